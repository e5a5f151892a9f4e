//! Dates as they are read back, in forms that `find` reads again. Whole minutes; seconds are not
//! shown.

use chrono::{Datelike, NaiveDate};

use crate::model::{Lang, Timestamp};
use crate::text::every::print_time;
use crate::text::reference::Reference;
use crate::text::weekday;

/// A moment as it is read back: `3月2日(周一)18:00` / `Mon, Mar 2 at 18:00`; the year only where it is
/// not `now`'s.
pub fn print_instant(at: Timestamp, reference: Reference, lang: Lang) -> String {
    let wall = at.local(reference.zone);
    let day = print_date(wall.date(), reference, lang);
    let time = print_time(wall.time());
    match lang {
        Lang::Zh => format!("{day}{time}"),
        Lang::En => format!("{day} at {time}"),
    }
}

/// A day as it is read back: `3月2日(周一)` / `Mon, Mar 2`; with another year `2027年3月2日(周二)` / `Tue,
/// Mar 2, 2027`.
pub fn print_date(day: NaiveDate, reference: Reference, lang: Lang) -> String {
    let other_year = day.year() != reference.today().year();
    let weekday = weekday::print(day.weekday(), lang);
    match lang {
        Lang::Zh => {
            let year = if other_year { format!("{}年", day.year()) } else { String::new() };
            format!("{year}{}月{}日({weekday})", day.month(), day.day())
        }
        Lang::En => {
            let year = if other_year { format!(", {}", day.year()) } else { String::new() };
            format!("{weekday}, {} {}{year}", day.format("%b"), day.day())
        }
    }
}
