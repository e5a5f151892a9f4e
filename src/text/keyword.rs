//! All keywords of a conversation in one pass over a message.

use std::ops::Range;

/// Compiled words. Matching is on folded text, as substrings, longest first.
pub struct Matcher {
    words: usize,
}

/// A word found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// Index of the word in the list given to [`Matcher::new`].
    pub word: usize,
    /// Byte range in the original text.
    pub span: Range<usize>,
}

impl Matcher {
    /// Compiles words (folded here).
    pub fn new<'a>(words: impl IntoIterator<Item = &'a str>) -> Self {
        Self { words: words.into_iter().count() }
    }

    /// Every word that occurs, each once, by first place.
    pub fn find(&self, text: &str) -> Vec<Hit> {
        let _ = (text, self.words);
        todo!()
    }
}
