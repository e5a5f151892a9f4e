//! The arguments of a command: known by their form, in any order; what is left is the content.

use super::word::Word;
use crate::model::condition::Test;
use crate::model::lead::Lead;
use crate::model::{Handle, Recurrence};
use crate::text::when::{Reference, When};

/// Of what the arguments are, and from where their dates are reckoned.
#[derive(Clone, Copy)]
pub struct Of<'w> {
    /// The word.
    pub word: &'w Word,
    /// As it was typed, as the catalogue spells it.
    pub typed: &'w str,
    /// The clock.
    pub reference: Reference<'w>,
}

/// Somebody's part in what others do: `@韩梅梅审核`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Part {
    /// Who, without the `@`.
    pub name: String,
    /// What is said of them, as it was typed.
    pub said: String,
}

/// How long before its time something is to be told, as far as that was said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ahead {
    /// So long.
    By(Lead),
    /// It was not said how long, or not in a way that can be kept.
    Unread,
}

/// Arguments found in a line. Only forms that the word `takes` are looked for; the rest stays
/// content.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Args {
    /// What is left when everything else was taken out: one line for titles, white space folded,
    /// ends trimmed.
    pub content: String,
    /// All of the content stood between quotation marks.
    pub quoted: bool,
    /// A date or time.
    pub when: Option<When>,
    /// The date belongs to one of several clauses that have one each, and stands in the content as
    /// well: `周三写方案，周五交付`.
    pub clauses: bool,
    /// A recurrence.
    pub every: Option<Recurrence>,
    /// How long before its time something is told.
    pub lead: Option<Ahead>,
    /// Names after `@`, in order, without the `@`.
    pub people: Vec<String>,
    /// People with a part of their own in it; they stand in the content as well.
    pub parts: Vec<Part>,
    /// Tags after `#`, in order, without the `#`; levels joined by `/`.
    pub tags: Vec<String>,
    /// `key=value` pairs, in order; for verbs that edit.
    pub pairs: Vec<(String, String)>,
    /// Comparisons such as `数量<50`.
    pub tests: Vec<Test>,
    /// Handles such as `T1` or `U3`.
    pub handles: Vec<Handle>,
    /// A bare number, as in `撤销 3`.
    pub count: Option<u32>,
    /// What narrows a list, by the keys of the word's `filters`.
    pub filters: Vec<String>,
    /// The name after `到` / `to`, as in `归档 到 售后问题库`; of a list, the group it is of.
    pub target: Option<String>,
}
