//! Reckoning a draft from now. The conventions: what is undecided lies ahead, and a date that is
//! over is not taken.

use chrono::{Datelike, Duration, Months, NaiveDate, NaiveTime, Weekday};

use super::draft::{Day, Draft, Moment};
use super::types::{Reference, When};
use crate::model::Timestamp;
use crate::text::clock::{Reading, Wall};

/// Years that are looked through for a day such as 29 February (none in 1900 or 2100).
const YEARS_MAX: i32 = 8;
/// Months that are looked through for a day such as the 31st.
const MONTHS_MAX: i64 = 3;

/// What the drafts mean: one, or several of which the member must pick one.
pub fn resolve(drafts: &[Draft], reference: Reference) -> When {
    let mut found = Vec::new();
    for draft in drafts {
        let when = match draft {
            Draft::At(moment) => at(*moment, reference),
            Draft::After(duration) => {
                let later = reference.now.plus_ms(duration.num_milliseconds());
                When::Instant(later)
            }
            Draft::Nowhere => When::Impossible(None),
            Draft::Unclear(moment) => When::Ambiguous(vec![at(*moment, reference)]),
        };
        if !found.contains(&when) {
            found.push(when);
        }
    }
    if found.len() == 1 { found.remove(0) } else { When::Ambiguous(found) }
}

fn at(moment: Moment, reference: Reference) -> When {
    let today = reference.today();
    let days = match moment.day {
        Some(day) => days(day, today),
        None => vec![today, today + Duration::days(1)],
    };
    let Some(first) = days.first() else { return When::Impossible(None) };
    if let Some(weekday) = moment.weekday.filter(|weekday| first.weekday() != *weekday) {
        return contradiction(moment, weekday, &days, reference);
    }
    match moment.clock {
        Some(clock) => match clock.reading() {
            Some(reading) => timed(moment, reading, &days, reference),
            None => When::Impossible(None),
        },
        None => dated(moment, *first, reference),
    }
}

/// The days that are meant, the likeliest first; the others count if a clock time on the first is
/// over.
fn days(day: Day, today: NaiveDate) -> Vec<NaiveDate> {
    match day {
        Day::Away(days) => today.checked_add_signed(Duration::days(days)).into_iter().collect(),
        Day::MonthsAway(months) => {
            today.checked_add_months(Months::new(months)).into_iter().collect()
        }
        Day::Weekday(None, day) => {
            let next = today + Duration::days(i64::from(day.days_since(today.weekday())));
            vec![next, next + Duration::days(7)]
        }
        Day::Weekday(Some(week), day) => {
            let monday = today - Duration::days(i64::from(today.weekday().num_days_from_monday()));
            vec![monday + Duration::days(7 * week + i64::from(day.num_days_from_monday()))]
        }
        Day::Dated { year: Some(year), month, day } => {
            NaiveDate::from_ymd_opt(year, month, day).into_iter().collect()
        }
        Day::Dated { year: None, month, day } => (0..=YEARS_MAX)
            .filter_map(|years| NaiveDate::from_ymd_opt(today.year() + years, month, day))
            .filter(|date| *date >= today)
            .take(2)
            .collect(),
        Day::EndOf { year, month } => {
            let years = year.map_or(today.year()..=today.year() + 1, |year| year..=year);
            years
                .filter_map(|y| last_of_month(NaiveDate::from_ymd_opt(y, month, 1)?))
                .filter(|date| year.is_some() || *date >= today)
                .take(1)
                .collect()
        }
        Day::OfMonth(day) => (0..=MONTHS_MAX)
            .filter_map(|months| month_away(today, months)?.with_day(day))
            .filter(|date| *date >= today)
            .take(2)
            .collect(),
        Day::InMonth(months, day) => month_away(today, months)
            .and_then(|first| match day {
                Some(day) => first.with_day(day),
                None => last_of_month(first),
            })
            .into_iter()
            .collect(),
    }
}

/// The first day of the month so many months away.
fn month_away(today: NaiveDate, months: i64) -> Option<NaiveDate> {
    let first = today.with_day(1)?;
    let count = Months::new(u32::try_from(months.unsigned_abs()).ok()?);
    if months < 0 { first.checked_sub_months(count) } else { first.checked_add_months(count) }
}

fn last_of_month(first: NaiveDate) -> Option<NaiveDate> {
    first.checked_add_months(Months::new(1))?.pred_opt()
}

/// A day without a clock time; with a part of the day (今晚) the stretch of it that is still ahead.
fn dated(moment: Moment, day: NaiveDate, reference: Reference) -> When {
    let today = reference.today();
    let Some(part) = moment.part else {
        return if day >= today {
            When::Date(day)
        } else {
            When::Impossible(later(moment, today).map(|day| Box::new(When::Date(day))))
        };
    };
    let (from, to) = part.hours();
    let range = |day: NaiveDate| {
        let hour = |hours: u32| {
            Timestamp::from_local(
                day.and_time(NaiveTime::MIN) + Duration::hours(hours.into()),
                reference.zone,
            )
        };
        When::Range(Some(hour(from)), Some(hour(to)))
    };
    match range(day) {
        When::Range(_, Some(end)) if end <= reference.now => {
            let next =
                if day >= today { Some(day + Duration::days(1)) } else { later(moment, today) };
            When::Impossible(next.map(|day| Box::new(range(day))))
        }
        when => when,
    }
}

/// A clock time on the first of the days on which it is ahead.
fn timed(moment: Moment, reading: Reading, days: &[NaiveDate], reference: Reference) -> When {
    let today = reference.today();
    let instant = |day: NaiveDate, wall: Wall| {
        Timestamp::from_local(day.and_time(wall.time) + Duration::days(wall.days), reference.zone)
    };
    let ahead = |at: &Timestamp| *at > reference.now;
    for day in days {
        match reading {
            Reading::One(wall) => {
                if let Some(at) = Some(instant(*day, wall)).filter(ahead) {
                    return When::Instant(at);
                }
            }
            Reading::Else(wall, other) => {
                let first = Some(instant(*day, wall)).filter(ahead);
                let second = Some(instant(*day, other)).filter(|at| ahead(at) && *day == today);
                if let Some(at) = first.or(second) {
                    return When::Instant(at);
                }
            }
            Reading::Either(wall, other) => {
                let both = [instant(*day, wall), instant(*day, other)];
                let both: Vec<When> = both.into_iter().filter(ahead).map(When::Instant).collect();
                // Of tonight, and where no day was said, the next one is meant.
                if both.len() == 1 || (both.len() == 2 && (moment.day.is_none() || *day == today)) {
                    return both[0].clone();
                }
                if !both.is_empty() {
                    return When::Ambiguous(both);
                }
            }
        }
    }
    let (Reading::One(wall) | Reading::Else(wall, _) | Reading::Either(_, wall)) = reading;
    let correction =
        later(moment, today).map(|day| instant(day, wall)).filter(ahead).or_else(|| {
            let tomorrow = today + Duration::days(1);
            Some(instant(tomorrow, wall)).filter(ahead)
        });
    When::Impossible(correction.map(|at| Box::new(When::Instant(at))))
}

/// The day that was probably meant by one that is over: today, the weekday ahead, the date in the
/// next year that has it.
fn later(moment: Moment, today: NaiveDate) -> Option<NaiveDate> {
    let ahead = match moment.day {
        None | Some(Day::Away(_) | Day::MonthsAway(_)) => Day::Away(0),
        Some(Day::Weekday(_, day)) => Day::Weekday(None, day),
        Some(Day::Dated { month, day, .. }) => Day::Dated { year: None, month, day },
        Some(Day::EndOf { month, .. }) => Day::EndOf { year: None, month },
        Some(Day::OfMonth(day) | Day::InMonth(_, Some(day))) => Day::OfMonth(day),
        Some(Day::InMonth(_, None)) => Day::InMonth(0, None),
    };
    days(ahead, today).first().copied()
}

/// A date and a weekday that don't agree: this year's date if that is over and agrees, else ask.
fn contradiction(
    moment: Moment,
    weekday: Weekday,
    days: &[NaiveDate],
    reference: Reference,
) -> When {
    let alone = at(Moment { weekday: None, ..moment }, reference);
    let agreeing = days.iter().find(|day| day.weekday() == weekday);
    let past = match moment.day {
        Some(Day::Dated { year: None, month, day }) => {
            NaiveDate::from_ymd_opt(reference.today().year(), month, day)
        }
        Some(_) | None => None,
    };
    if past.is_some_and(|past| past < reference.today() && past.weekday() == weekday) {
        return When::Impossible(Some(Box::new(alone)));
    }
    let other = match agreeing {
        Some(day) => Day::Dated { year: Some(day.year()), month: day.month(), day: day.day() },
        None => Day::Weekday(None, weekday),
    };
    let other = at(Moment { weekday: None, day: Some(other), ..moment }, reference);
    When::Ambiguous(vec![alone, other])
}
