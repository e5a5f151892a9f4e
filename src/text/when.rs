//! Dates and times as people type them, in Chinese and English. One interface for all that is to come.

use std::ops::Range;

use chrono::NaiveDate;
use chrono_tz::Tz;

use crate::model::{Lang, Recurrence, Timestamp};

/// What a stretch of text means.
#[derive(Debug, Clone, PartialEq)]
pub enum When {
    /// A moment, with clock time.
    Instant(Timestamp),
    /// A day without a clock time.
    Date(NaiveDate),
    /// A stretch of time, half open; `None` is open on that side.
    Range(Option<Timestamp>, Option<Timestamp>),
    /// Something that repeats.
    Recurrence(Recurrence),
    /// It can mean several things: ask.
    Ambiguous(Vec<When>),
    /// It names a moment that is over, or a day that does not exist; the best correction, if there is one.
    Impossible(Option<Box<When>>),
}

/// A meaning and the bytes of the original text that carry it.
#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    /// Byte range in the text as given, on character boundaries; all of it, such as `周五18点前`.
    pub span: Range<usize>,
    /// Its meaning.
    pub when: When,
}

/// From where a date is reckoned.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Reference {
    /// Now.
    pub now: Timestamp,
    /// The zone of the wall clock.
    pub zone: Tz,
}

/// The first date, time or recurrence in `text`, longest reading first; `None` if there is none.
pub fn find(text: &str, reference: Reference) -> Option<Found> {
    let _ = (text, reference);
    todo!()
}

/// A moment as it is read back: `3月2日(周一)18:00` / `Mon, Mar 2 at 18:00`; the year only where it is not `now`'s.
pub fn print_instant(at: Timestamp, reference: Reference, lang: Lang) -> String {
    let _ = (at, reference, lang);
    todo!()
}

/// A day as it is read back: `3月2日(周一)` / `Mon, Mar 2`.
pub fn print_date(day: NaiveDate, reference: Reference, lang: Lang) -> String {
    let _ = (day, reference, lang);
    todo!()
}
