//! Lead times: 提前一小时提醒, `10 minutes before`. Where one stands in a text, how one is printed, and
//! which moment it makes of another. Reads no dates.

mod chinese;
mod english;
mod find;
mod found;
mod print;
mod several;
mod tail;

use chrono::{Duration, Months};
use chrono_tz::Tz;

pub use find::{find, may_stand};
pub use found::Found;
pub use print::print;
pub use several::several;

use super::workday;
use crate::model::lead::Lead;
use crate::model::{Calendar, Timestamp};

/// The moment so long before another one, by the wall clock of a zone.
pub fn before(lead: Lead, at: Timestamp, zone: Tz, calendar: &Calendar) -> Timestamp {
    let Lead { months, days, workdays, seconds, also: _ } = lead;
    let shift = Duration::seconds(seconds.into()).num_milliseconds();
    if months == 0 && days == 0 && workdays == 0 {
        return at.plus_ms(-shift);
    }
    let wall = at.local(zone);
    let count = i32::try_from(workdays).map_or(0, |count| -count);
    let day = wall.date().checked_sub_months(Months::new(months));
    let day = day.and_then(|day| day.checked_sub_signed(Duration::days(days.into())));
    let day = day.and_then(|day| workday::away(calendar, day, count));
    let day = day.unwrap_or(wall.date());
    Timestamp::from_local(day.and_time(wall.time()), zone).plus_ms(-shift)
}

/// Whether it is reckoned in days, not in hours and minutes alone.
pub fn is_dayly(lead: Lead) -> bool {
    lead.months > 0 || lead.days > 0 || lead.workdays > 0
}
