//! The arguments' part of a line while it is read: what was taken out, what is literal, what is
//! still open.

use std::ops::Range;

use super::glyphs::{Glyphs, is_latin};
use crate::text::when::{Glyph, Line};

/// Quotation marks whose inside is literal.
const QUOTES: [(char, char); 4] = [('「', '」'), ('『', '』'), ('“', '”'), ('"', '"')];

/// Stands for what is not open: no date goes across.
const BARRIER: char = '|';

/// What a character has become.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// Nobody has claimed it yet.
    Open,
    /// It is content, and no form may be read from it.
    Literal,
    /// It was read as an argument and is not content.
    Taken,
}

/// A line being read from a position on.
pub struct Scan<'g, 'a> {
    /// The line.
    pub glyphs: &'g Glyphs<'a>,
    /// Where the arguments begin.
    pub from: usize,
    marks: Vec<Mark>,
}

impl<'g, 'a> Scan<'g, 'a> {
    /// Begins; quoted stretches are literal at once.
    pub fn new(glyphs: &'g Glyphs<'a>, from: usize) -> Self {
        let marks = vec![Mark::Open; glyphs.len()];
        let mut scan = Self { glyphs, from, marks };
        scan.keep_quotes();
        scan
    }

    /// One past the last position.
    pub fn end(&self) -> usize {
        self.glyphs.len()
    }

    /// What a position has become; behind the end nothing is open.
    pub fn mark(&self, at: usize) -> Mark {
        self.marks.get(at).copied().unwrap_or(Mark::Taken)
    }

    /// The character of a position that is still open.
    pub fn open(&self, at: usize) -> Option<char> {
        self.glyphs.get(at).filter(|_| at >= self.from && self.mark(at) == Mark::Open)
    }

    /// Whether a whole range is still open.
    pub fn is_open(&self, mut range: Range<usize>) -> bool {
        range.all(|at| self.open(at).is_some())
    }

    /// Out of the content.
    pub fn take(&mut self, range: Range<usize>) {
        self.marks[range].fill(Mark::Taken);
    }

    /// Content for good.
    pub fn keep(&mut self, range: Range<usize>) {
        self.marks[range].fill(Mark::Literal);
    }

    /// The first position from here on that is not open or does not fit.
    pub fn run(&self, from: usize, fits: impl Fn(char) -> bool) -> usize {
        (from..self.end()).find(|at| !self.open(*at).is_some_and(&fits)).unwrap_or(self.end())
    }

    /// Where the open run that ends before this position begins.
    pub fn run_back(&self, to: usize, fits: impl Fn(char) -> bool) -> usize {
        let fits = |at: &usize| self.open(*at).is_some_and(&fits);
        (self.from..to).rev().take_while(fits).last().unwrap_or(to)
    }

    /// Takes the first of these words that ends before this position, blanks between allowed.
    /// The longer spelling must come first. Returns where it began.
    pub fn take_before(&mut self, at: usize, words: &[&str]) -> Option<usize> {
        let end = self.run_back(at, char::is_whitespace);
        let start = words.iter().find_map(|word| {
            let start = end.checked_sub(word.chars().count()).filter(|s| *s >= self.from)?;
            // The boundary behind it is the blank or the argument's own mark.
            let opens =
                !word.starts_with(is_latin) || !self.glyphs.before(start).is_some_and(is_latin);
            (opens && self.glyphs.starts_with(start, word) && self.is_open(start..end))
                .then_some(start)
        })?;
        self.take(start..at);
        Some(start)
    }

    /// What is open from `from` on, ready for dates: no date is read out of a name. Its spans are
    /// positions of this scan.
    pub fn dates(&self) -> Line {
        let glyph = |at: usize| {
            // A line has at most `LINE_CHARS_MAX` characters.
            let (start, end) = (at as u32, at as u32 + 1);
            match self.glyphs.get(at).filter(|_| self.mark(at) == Mark::Open) {
                Some(c) => {
                    let capital = c.is_ascii_lowercase() && self.glyphs.is_capital(at);
                    Glyph::new(c, capital, start, end)
                }
                None => Glyph::new(BARRIER, false, start, end),
            }
        };
        Line::of((self.from..self.end()).map(glyph).collect())
    }

    fn keep_quotes(&mut self) {
        // A mark that is never closed is looked for once, or a line full of them would cost its
        // square.
        let mut unclosed: Vec<char> = Vec::new();
        let mut at = self.from;
        while at < self.end() {
            let close = self.quote_at(at).filter(|close| !unclosed.contains(close));
            at += 1;
            let Some(close) = close else { continue };
            let end = self.glyphs.skip(at, |c| c != close);
            if end < self.end() {
                self.keep(at - 1..end + 1);
                at = end + 1;
            } else {
                unclosed.push(close);
            }
        }
    }

    /// What closes the quotation that opens here.
    fn quote_at(&self, at: usize) -> Option<char> {
        let open = self.glyphs.get(at)?;
        let (_, close) = QUOTES.iter().find(|(mark, _)| *mark == open)?;
        // 27" is a size, no quotation.
        let size = open == '"' && self.glyphs.before(at).is_some_and(is_latin);
        (!size).then_some(*close)
    }
}

/// What stands between the quotation marks if a text is one quotation and nothing else.
pub fn unquoted(text: &str) -> Option<&str> {
    let open = text.chars().next()?;
    let (_, close) = QUOTES.iter().find(|(mark, _)| *mark == open)?;
    let inside = text.strip_prefix(open)?.strip_suffix(*close)?.trim();
    (!inside.is_empty() && !inside.contains([open, *close])).then_some(inside)
}
