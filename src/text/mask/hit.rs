//! What a kind finds: a stretch of the folded text, and which part of it is hidden how.

use std::ops::Range;

use super::kind::Kind;

/// A find, by characters of the folded text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// What it is.
    pub kind: Kind,
    /// All of it: separators and a country's prefix belong to it.
    pub range: Range<usize>,
    /// The part that is hidden.
    pub hidden: Range<usize>,
    /// How it is hidden.
    pub cover: Cover,
}

/// How a stretch is hidden.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cover {
    /// A star for each letter and digit; separators stay.
    Stars,
    /// The same however long it is.
    With(&'static str),
}

impl Hit {
    /// A find that is hidden letter by letter and digit by digit.
    pub fn starred(kind: Kind, range: Range<usize>, hidden: Range<usize>) -> Self {
        Self { kind, range, hidden, cover: Cover::Stars }
    }

    /// A find of which the hidden part does not show how long it is.
    pub fn covered(
        kind: Kind,
        range: Range<usize>,
        hidden: Range<usize>,
        with: &'static str,
    ) -> Self {
        Self { kind, range, hidden, cover: Cover::With(with) }
    }
}
