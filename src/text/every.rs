//! Recurrences: reading `每个工作日18:00`, printing them, and their next occurrence.

use std::ops::Range;

use chrono_tz::Tz;

use crate::model::{Lang, Recurrence, Timestamp};

/// The first recurrence in `text` with its byte span: `每天9:00`, `每个工作日18:00`, `每周一 9:30`, `every weekday 18:00`,
/// or a cron expression of five fields behind `cron`.
pub fn find(text: &str, zone: Tz) -> Option<(Range<usize>, Recurrence)> {
    let _ = (text, zone);
    todo!()
}

/// The first occurrence strictly after `after`; `None` if there is none within four years.
pub fn next(every: &Recurrence, after: Timestamp) -> Option<Timestamp> {
    let _ = (every, after);
    todo!()
}

/// As it is read back, in a form that `find` reads again.
pub fn print(every: &Recurrence, lang: Lang) -> String {
    let _ = (every, lang);
    todo!()
}
