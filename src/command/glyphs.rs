//! A line and its folded copy, character by character: what is matched is folded, what is quoted
//! is as written.

use std::ops::Range;

use crate::text::fold::{fold, plain};

/// A line whose folded characters know where they came from. Positions are indices of folded
/// characters.
pub struct Glyphs<'a> {
    text: &'a str,
    /// The folded character and the byte of `text` where its original begins.
    folded: Vec<(char, usize)>,
    /// A bit for each character of ASCII that is among them.
    ascii: u128,
}

impl<'a> Glyphs<'a> {
    /// Folds a line.
    pub fn new(text: &'a str) -> Self {
        // Nearly every line folds character by character.
        let mut folded = Vec::with_capacity(text.len());
        let mut ascii = 0;
        for (at, c) in text.char_indices() {
            let Some(c) = plain(c) else { return Self::of_rare(text) };
            folded.push((c, at));
            ascii |= bit(c);
        }
        Self { text, folded, ascii }
    }

    /// The same for a text of characters that melt into each other, or are several when folded.
    fn of_rare(text: &'a str) -> Self {
        let copy = fold(text);
        let start = |at: usize| copy.original(at..at).start;
        let folded: Vec<_> = copy.text.char_indices().map(|(at, c)| (c, start(at))).collect();
        let ascii = folded.iter().fold(0, |all, (c, _)| all | bit(*c));
        Self { text, folded, ascii }
    }

    /// Whether any of these characters, all of ASCII, is among the folded ones: without one there
    /// is nothing to look for.
    pub fn has_any(&self, chars: &[u8]) -> bool {
        chars.iter().any(|c| self.ascii & bit(char::from(*c)) != 0)
    }

    /// Number of folded characters.
    pub fn len(&self) -> usize {
        self.folded.len()
    }

    /// The folded character at a position; `None` behind the end.
    pub fn get(&self, at: usize) -> Option<char> {
        self.folded.get(at).map(|(c, _)| *c)
    }

    /// Whether the character of a position was written as a capital.
    pub fn is_capital(&self, at: usize) -> bool {
        let original = self.folded.get(at).and_then(|(_, byte)| self.text.get(*byte..));
        original.is_some_and(|text| text.starts_with(|c: char| c.is_ascii_uppercase()))
    }

    /// The folded character before a position.
    pub fn before(&self, at: usize) -> Option<char> {
        at.checked_sub(1).and_then(|at| self.get(at))
    }

    /// The byte of the original where a position begins.
    pub fn byte(&self, at: usize) -> usize {
        self.folded.get(at).map_or(self.text.len(), |(_, byte)| *byte)
    }

    /// The original of a range of positions.
    pub fn original(&self, range: Range<usize>) -> &'a str {
        &self.text[self.byte(range.start)..self.byte(range.end)]
    }

    /// The folded text of a range of positions within the line.
    pub fn folded(&self, range: Range<usize>) -> String {
        self.folded[range].iter().map(|(c, _)| c).collect()
    }

    /// Whether this folded text stands at a position.
    pub fn starts_with(&self, at: usize, folded: &str) -> bool {
        let mut wanted = folded.chars();
        self.folded[at.min(self.len())..].iter().zip(&mut wanted).all(|((c, _), w)| *c == w)
            && wanted.next().is_none()
    }

    /// Like `starts_with`, and a Latin word does not go on before or after it.
    pub fn word_at(&self, at: usize, folded: &str) -> bool {
        // Nearly always it does not stand there.
        if !self.starts_with(at, folded) {
            return false;
        }
        let end = at + folded.chars().count();
        let opens = !folded.starts_with(is_latin) || !self.before(at).is_some_and(is_latin);
        opens && self.boundary(end)
    }

    /// Whether a Latin word that ends before this position really ends there: `task` does in
    /// `task: x` and `task写`, but not in `tasks`, `task-force` or `task.md`.
    pub fn boundary(&self, at: usize) -> bool {
        let latin_before = self.before(at).is_some_and(is_latin);
        let joined = match self.get(at) {
            Some('\'' | '-' | '.' | '@') => self.get(at + 1).is_some_and(is_latin),
            Some(c) => is_latin(c),
            None => false,
        };
        !latin_before || !joined
    }

    /// The position behind these words, each of which may stand once, and the separators between.
    pub fn polite_end(&self, from: usize, words: &[&str]) -> usize {
        words.iter().fold(from, |at, _| {
            let word = words.iter().find(|word| self.word_at(at, word));
            word.map_or(at, |word| self.skip(at + word.chars().count(), is_separator))
        })
    }

    /// The first position from here on that is no blank.
    pub fn skip_blanks(&self, from: usize) -> usize {
        self.skip(from, char::is_whitespace)
    }

    /// The first position from here on whose character does not fit.
    pub fn skip(&self, from: usize, fits: impl Fn(char) -> bool) -> usize {
        (from..self.len()).find(|at| !self.get(*at).is_some_and(&fits)).unwrap_or(self.len())
    }
}

/// The bit of a character of ASCII; none of any other.
fn bit(c: char) -> u128 {
    if c.is_ascii() { 1 << (c as u32) } else { 0 }
}

/// A character that goes on a Latin word or a number.
pub fn is_latin(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_' || (!c.is_ascii() && !is_cjk(c) && c.is_alphabetic())
}

/// A character of Chinese writing (Han, kana included: names carry them).
pub fn is_cjk(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{2fdf}' | '\u{3005}'..='\u{3007}' | '\u{3040}'..='\u{30ff}'
        | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}'
        | '\u{20000}'..='\u{3ffff}')
}

/// A character that separates what is written: blanks and the marks between words.
pub fn is_separator(c: char) -> bool {
    c.is_whitespace() || matches!(c, ',' | '、' | ';' | ':')
}
