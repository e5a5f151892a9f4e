//! What a lead time in a text is, and its length.

use std::ops::Range;

use crate::model::lead::Lead;
use crate::text::grammar::{Amount, Cursor, length};
use crate::text::lex::Line;

/// More characters hold no length.
const LENGTH_CHARS_MAX: usize = 24;

/// Longest lead that is read, in days: two years.
const DAYS_MAX: u32 = 731;

/// A lead time in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Its bytes, with the words that say that something is told then.
    pub span: Range<usize>,
    /// Those of its length and the word that makes it a lead: 提前一小时.
    pub bare: Range<usize>,
    /// How long; `None` if that was not said or cannot be kept.
    pub lead: Option<Lead>,
    /// It is said that something is told: 提前一小时提醒, and not only 提前一小时.
    pub told: bool,
    /// It goes on with the words behind it (`10 min before the meeting`), and stays among them
    /// where it does not begin the text.
    pub goes_on: bool,
}

/// The length that a text begins with, and its bytes.
pub fn amount_at(text: &str) -> Option<(Amount, usize)> {
    let blanks = text.len() - text.trim_start().len();
    let text = &text[blanks..];
    let cut = text.char_indices().nth(LENGTH_CHARS_MAX).map_or(text.len(), |(at, _)| at);
    let line = Line::new(&text[..cut]);
    let mut cursor = Cursor::new(&line, 0);
    let amount = length(&mut cursor).filter(|amount| !amount.is_zero())?;
    (cursor.at > 0).then(|| (amount, blanks + line.span(0..cursor.at).end))
}

/// A length as a lead; `None` if it is too long.
pub fn lead_of(amount: Amount, also: bool) -> Option<Lead> {
    let Amount { months, days, seconds, workdays, .. } = amount;
    let long = months.checked_mul(31)?.checked_add(days)?.checked_add(workdays)?;
    let fits = long <= DAYS_MAX && seconds <= DAYS_MAX * 86_400;
    fits.then_some(Lead { months, days, workdays, seconds, also })
}
