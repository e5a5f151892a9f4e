//! The days of feasts. The days of the Chinese calendar are a table: they are observed, not
//! reckoned.

use chrono::{Datelike, NaiveDate};

use super::calendar::nth_weekday;
use super::draft::{Context, Day, Flex, Period, plus_days, plus_months};
use crate::text::lex::Festival;

/// First year of the table.
const FIRST: i32 = 2000;

/// Month * 100 + day of 春节, 端午, 七夕, 中秋 and 重阳 in each year from [`FIRST`] on.
const LUNAR: [[u16; 5]; 51] = [
    [205, 606, 806, 912, 1006],
    [124, 625, 825, 1001, 1025],
    [212, 615, 815, 921, 1014],
    [201, 604, 804, 911, 1004],
    [122, 622, 822, 928, 1022],
    [209, 611, 811, 918, 1011],
    [129, 531, 731, 1006, 1030],
    [218, 619, 819, 925, 1019],
    [207, 608, 807, 914, 1007],
    [126, 528, 826, 1003, 1026],
    [214, 616, 816, 922, 1016],
    [203, 606, 806, 912, 1005],
    [123, 623, 823, 930, 1023],
    [210, 612, 813, 919, 1013],
    [131, 602, 802, 908, 1002],
    [219, 620, 820, 927, 1021],
    [208, 609, 809, 915, 1009],
    [128, 530, 828, 1004, 1028],
    [216, 618, 817, 924, 1017],
    [205, 607, 807, 913, 1007],
    [125, 625, 825, 1001, 1025],
    [212, 614, 814, 921, 1014],
    [201, 603, 804, 910, 1004],
    [122, 622, 822, 929, 1023],
    [210, 610, 810, 917, 1011],
    [129, 531, 829, 1006, 1029],
    [217, 619, 819, 925, 1018],
    [206, 609, 808, 915, 1008],
    [126, 528, 826, 1003, 1026],
    [213, 616, 816, 922, 1016],
    [203, 605, 805, 912, 1005],
    [123, 624, 824, 1001, 1024],
    [211, 612, 812, 919, 1012],
    [131, 601, 801, 908, 1001],
    [219, 620, 820, 927, 1020],
    [208, 610, 810, 916, 1009],
    [128, 530, 828, 1004, 1027],
    [215, 618, 817, 924, 1017],
    [204, 607, 807, 913, 1007],
    [124, 527, 826, 1002, 1026],
    [212, 614, 814, 920, 1014],
    [201, 603, 803, 910, 1003],
    [122, 622, 822, 928, 1022],
    [210, 611, 811, 917, 1011],
    [130, 531, 731, 1005, 1029],
    [217, 619, 819, 925, 1018],
    [206, 608, 808, 915, 1008],
    [126, 529, 827, 1004, 1027],
    [214, 615, 816, 922, 1016],
    [202, 604, 805, 911, 1005],
    [123, 623, 823, 930, 1024],
];

/// The feast's day of a year; `None` outside the table.
pub fn of_year(feast: Festival, year: i32) -> Option<NaiveDate> {
    let lunar = |nth: usize| {
        let row = LUNAR.get(usize::try_from(year - FIRST).ok()?)?;
        let value = u32::from(row[nth]);
        NaiveDate::from_ymd_opt(year, value / 100, value % 100)
    };
    match feast {
        Festival::Fixed(month, day) => NaiveDate::from_ymd_opt(year, month.into(), day.into()),
        Festival::Spring(days) => plus_days(lunar(0)?, days.into()),
        Festival::DragonBoat => lunar(1),
        Festival::Qixi => lunar(2),
        Festival::MidAutumn => lunar(3),
        Festival::DoubleNinth => lunar(4),
        Festival::Qingming => solar_term(year, 4, 4.81),
        Festival::SummerSolstice => solar_term(year, 6, 21.37),
        // The formula is a day late for this one.
        Festival::WinterSolstice if year == 2021 => NaiveDate::from_ymd_opt(year, 12, 21),
        Festival::WinterSolstice => solar_term(year, 12, 21.94),
        Festival::Nth(month, nth, weekday, days) => {
            let from = NaiveDate::from_ymd_opt(year, month.into(), 1)?;
            let of = Period::new(from, plus_months(from, 1)?);
            let weekday = chrono::Weekday::try_from(weekday).ok()?;
            plus_days(nth_weekday(of, nth.into(), weekday)?, days.into())
        }
        Festival::Easter(days) => plus_days(easter(year)?, days.into()),
    }
}

/// A solar term, by the usual formula for 2000 to 2099: its month, and its number there.
fn solar_term(year: i32, month: u32, number: f64) -> Option<NaiveDate> {
    let (part, leap) = ((year - 2000) as f64 * 0.2422 + number, (year - 2000) / 4);
    NaiveDate::from_ymd_opt(year, month, (part as i32 - leap).try_into().ok()?)
}

/// The next (or latest) of a feast, or that of a year.
pub fn day(ctx: &Context, feast: Festival, year: Option<i32>) -> Option<Day> {
    if let Some(year) = year {
        return of_year(feast, year).map(Day::fixed);
    }
    let date = (-1..=2).find_map(|n| {
        let year = ctx.today.year() + if ctx.past { -n } else { n };
        let date = of_year(feast, year)?;
        (if ctx.past { date <= ctx.today } else { date >= ctx.today }).then_some(date)
    })?;
    Some(Day { date, flex: Flex::Relative })
}

/// Easter Sunday, by the anonymous Gregorian algorithm.
fn easter(year: i32) -> Option<NaiveDate> {
    let (a, b, c) = (year % 19, year / 100, year % 100);
    let (d, e) = (b / 4, b % 4);
    let g = (8 * b + 13) / 25;
    let h = (19 * a + b - d - g + 15) % 30;
    let (i, k) = (c / 4, c % 4);
    let l = (32 + 2 * e + 2 * i - h - k) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    let n = h + l - 7 * m + 114;
    NaiveDate::from_ymd_opt(year, u32::try_from(n / 31).ok()?, u32::try_from(n % 31 + 1).ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn feasts_are_on_their_days() {
        for (feast, day) in [
            (Festival::Spring(0), "2026-02-17"),
            (Festival::Spring(-1), "2026-02-16"),
            (Festival::Qingming, "2026-04-05"),
            (Festival::DragonBoat, "2026-06-19"),
            (Festival::SummerSolstice, "2026-06-21"),
            (Festival::WinterSolstice, "2026-12-22"),
            (Festival::MidAutumn, "2026-09-25"),
            (Festival::Easter(0), "2026-04-05"),
            (Festival::Nth(11, 4, 3, 0), "2026-11-26"),
        ] {
            assert_eq!(of_year(feast, 2026), day.parse().ok(), "{feast:?}");
        }
    }
}
