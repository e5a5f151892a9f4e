//! What dates in text mean. No logic.

use std::ops::Range;

use chrono::NaiveDate;

use crate::model::{Recurrence, Timestamp};

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
    /// It names a moment that is over, or a day that does not exist; the best correction, if there
    /// is one.
    Impossible(Option<Box<When>>),
}

/// A meaning and the bytes of the original text that carry it.
#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    /// Byte range in the text as given, on character boundaries; all of it, such as `周五18点前`.
    pub span: Range<usize>,
    /// Where the clock time stands if it was said apart from the day: `明天 开会 下午3点`.
    pub also: Option<Range<usize>>,
    /// Its meaning.
    pub when: When,
}
