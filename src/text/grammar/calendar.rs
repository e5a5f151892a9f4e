//! Days from what was said of them: the next 3月5日, the third Friday, the week after. Reads no
//! text.

use chrono::{Datelike, Days, NaiveDate, Weekday};

use super::draft::{Context, Day, Flex, Period, plus_days, plus_months};

/// Years that are looked through for a day such as 29 February (none in 1900 or 2100).
const YEARS_MAX: i32 = 8;
/// Months that are looked through for a day such as the 31st.
const MONTHS_MAX: i32 = 3;

/// The next (or latest) day of this month and day of the month.
pub fn of_year(ctx: &Context, month: u32, day: u32) -> Option<Day> {
    let date = (0..=YEARS_MAX).find_map(|n| {
        let year = ctx.today.year() + if ctx.past { -n } else { n };
        let date = NaiveDate::from_ymd_opt(year, month, day)?;
        (if ctx.past { date <= ctx.today } else { date >= ctx.today }).then_some(date)
    })?;
    Some(Day { date, flex: Flex::Year })
}

/// A day with or without its year.
pub fn dated(ctx: &Context, year: Option<i32>, month: u32, day: u32) -> Option<Day> {
    match year {
        Some(year) => NaiveDate::from_ymd_opt(year, month, day).map(Day::fixed),
        None => of_year(ctx, month, day),
    }
}

/// The next (or latest) day with this number.
pub fn of_month(ctx: &Context, day: u32) -> Option<Day> {
    let date = (0..=MONTHS_MAX).find_map(|n| {
        let first = ctx.today.with_day(1)?;
        let date = plus_months(first, if ctx.past { -n } else { n })?.with_day(day)?;
        (if ctx.past { date <= ctx.today } else { date >= ctx.today }).then_some(date)
    })?;
    Some(Day { date, flex: Flex::Month })
}

/// The next (or latest) of a weekday, today included.
pub fn weekday(ctx: &Context, weekday: Weekday) -> Option<Day> {
    let ahead = i64::from(weekday.days_since(ctx.today.weekday()));
    let back = i64::from(ctx.today.weekday().days_since(weekday));
    let date = plus_days(ctx.today, if ctx.past { -back } else { ahead })?;
    Some(Day { date, flex: Flex::Week })
}

/// A weekday of the week so many weeks away.
pub fn of_week(ctx: &Context, weeks: i32, weekday: Weekday) -> Option<Day> {
    let days = 7 * i64::from(weeks) + i64::from(weekday.num_days_from_monday());
    let date = plus_days(ctx.monday(), days)?;
    Some(Day { date, flex: Flex::Relative })
}

/// The week so many weeks away.
pub fn week(ctx: &Context, weeks: i32) -> Option<Period> {
    let from = plus_days(ctx.monday(), 7 * i64::from(weeks))?;
    Some(Period::new(from, plus_days(from, 7)?))
}

/// The weekend of the week so many weeks away.
pub fn weekend(ctx: &Context, weeks: i32) -> Option<Period> {
    let from = plus_days(ctx.monday(), 7 * i64::from(weeks) + 5)?;
    Some(Period::new(from, plus_days(from, 2)?))
}

/// The month so many months away.
pub fn month_away(ctx: &Context, months: i32) -> Option<Period> {
    let from = plus_months(ctx.today.with_day(1)?, months)?;
    Some(Period::new(from, plus_months(from, 1)?))
}

/// A month with its year, or the next (or latest) one, the current included.
pub fn month(ctx: &Context, year: Option<i32>, month: u32) -> Option<Period> {
    let this = ctx.today.year();
    let from = match year {
        Some(year) => NaiveDate::from_ymd_opt(year, month, 1)?,
        None if ctx.past && month > ctx.today.month() => {
            NaiveDate::from_ymd_opt(this - 1, month, 1)?
        }
        None if !ctx.past && month < ctx.today.month() => {
            NaiveDate::from_ymd_opt(this + 1, month, 1)?
        }
        None => NaiveDate::from_ymd_opt(this, month, 1)?,
    };
    let to = plus_months(from, 1)?;
    Some(Period { from, to, yearly: year.is_none(), bare: true })
}

/// The quarter (1 to 4) of a year.
pub fn quarter(year: i32, quarter: u32) -> Option<Period> {
    let from = NaiveDate::from_ymd_opt(year, quarter.checked_sub(1)? * 3 + 1, 1)?;
    Some(Period::new(from, plus_months(from, 3)?))
}

/// The last day of a quarter; of one without a year the next (or latest).
pub fn quarter_end(ctx: &Context, year: Option<i32>, nth: u32) -> Option<Day> {
    let last = quarter(year.unwrap_or(ctx.today.year()), nth)?.last();
    let over = year.is_none() && !ctx.past && last < ctx.today;
    let last = if over { quarter(ctx.today.year() + 1, nth)?.last() } else { last };
    Some(Day { date: last, flex: Flex::Relative })
}

/// The quarter so many quarters away.
pub fn quarter_away(ctx: &Context, quarters: i32) -> Option<Period> {
    let now = quarter(ctx.today.year(), ctx.today.month0() / 3 + 1)?;
    let from = plus_months(now.from, 3 * quarters)?;
    Some(Period::new(from, plus_months(from, 3)?))
}

/// A year.
pub fn year(year: i32) -> Option<Period> {
    let from = NaiveDate::from_ymd_opt(year, 1, 1)?;
    Some(Period::new(from, NaiveDate::from_ymd_opt(year + 1, 1, 1)?))
}

/// The so many-th weekday of a stretch of days, from the end if negative.
pub fn nth_weekday(of: Period, nth: i32, weekday: Weekday) -> Option<NaiveDate> {
    let found = if nth > 0 {
        let first = i64::from(weekday.days_since(of.from.weekday()));
        plus_days(of.from, first + 7 * i64::from(nth - 1))?
    } else {
        let last = of.last();
        let back = i64::from(last.weekday().days_since(weekday));
        plus_days(last, -back - 7 * i64::from(-nth - 1))?
    };
    (nth != 0 && of.from <= found && found < of.to).then_some(found)
}

/// The so many-th day of a stretch of days, from the end if negative.
pub fn nth_day(of: Period, nth: i32) -> Option<NaiveDate> {
    let found = if nth > 0 {
        plus_days(of.from, i64::from(nth - 1))?
    } else {
        plus_days(of.to, nth.into())?
    };
    (nth != 0 && of.from <= found && found < of.to).then_some(found)
}

/// The so many-th week of a stretch of days, from the end if negative: one that begins in it.
pub fn nth_week(of: Period, nth: i32) -> Option<Period> {
    let from = nth_weekday(of, nth, Weekday::Mon)?;
    Some(Period::new(from, from.checked_add_days(Days::new(7))?))
}

/// The last day of the year of a day.
pub fn year_end(year: i32) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(year, 12, 31)
}

/// The year that two written digits mean: 18年, 98年.
pub fn full_year(value: u32, width: u8) -> Option<i32> {
    let value = i32::try_from(value).ok()?;
    match (width, value) {
        (4, 1900..=2199) => Some(value),
        (2, 0..=69) => Some(2000 + value),
        (2, 70..=99) => Some(1900 + value),
        _ => None,
    }
}
