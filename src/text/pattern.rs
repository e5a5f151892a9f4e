//! Patterns of keyword rules: regular expressions that are matched in linear time, so that none can
//! take long by how it is made. Knows nothing of rules.

use std::ops::Range;

use regex::{Regex, RegexBuilder};

use super::fold::plain;
use super::simplified::simplified;

/// Longest pattern, in characters.
pub const CHARS_MAX: usize = 200;

/// Bytes that a compiled one may take: some thousands of states, so that even the slowest way
/// through a message ends in milliseconds.
const SIZE_MAX: usize = 256 << 10;

/// A pattern, ready to look for.
#[derive(Debug)]
pub struct Pattern(Regex);

/// Why something typed is no pattern.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wrong {
    /// It can't be read, or asks for what takes more than linear time.
    Unreadable,
    /// It would take too much room: too long, or repeated too often.
    Large,
    /// It finds nothing at all everywhere: `a*`.
    Empty,
}

impl Pattern {
    /// Reads a pattern as it was typed.
    pub fn read(typed: &str) -> Result<Self, Wrong> {
        if typed.chars().count() > CHARS_MAX {
            return Err(Wrong::Large);
        }
        let built = RegexBuilder::new(&folded(typed))
            .case_insensitive(true)
            .size_limit(SIZE_MAX)
            .dfa_size_limit(SIZE_MAX)
            .build();
        let regex = built.map_err(|error| match error {
            regex::Error::CompiledTooBig(_) => Wrong::Large,
            _ => Wrong::Unreadable,
        })?;
        match regex.is_match("") {
            true => Err(Wrong::Empty),
            false => Ok(Self(regex)),
        }
    }

    /// Where it is found first in a folded text.
    pub fn find(&self, folded: &str) -> Option<Range<usize>> {
        self.0.find(folded).map(|found| found.range()).filter(|span| !span.is_empty())
    }
}

/// A pattern for folded text. Signs of the usual width are signs; wide ones stand for themselves.
fn folded(typed: &str) -> String {
    let mut folded = String::with_capacity(typed.len());
    for c in typed.chars() {
        match plain(c) {
            Some(same) if !c.is_ascii() && same.is_ascii() => {
                folded.push_str(&regex::escape(&same.to_string()));
            }
            _ => folded.push(simplified(c)),
        }
    }
    folded
}

#[cfg(test)]
mod tests {
    use super::{Pattern, Wrong};

    #[test]
    fn a_pattern_finds_text_of_any_width_and_case() {
        let cases = [
            ("退.{0,3}费", "把退还的费用", Some("退还的费")),
            ("退.{0,3}費", "退学费", Some("退学费")),
            (r"订单\D{0,2}\d{6,}", "订单号123456", Some("订单号123456")),
            ("a（b）", "xa(b)", Some("a(b)")),
            ("VIP|Pro", "vip", Some("vip")),
            ("^急", "很急", None),
        ];
        for (typed, text, found) in cases {
            let span = Pattern::read(typed).unwrap().find(text);
            assert_eq!(span.map(|span| &text[span]), found, "{typed}");
        }
    }

    #[test]
    fn what_cannot_be_a_pattern_says_why() {
        let cases = [
            ("(退", Wrong::Unreadable),
            (r"(a)\1", Wrong::Unreadable),
            ("a*", Wrong::Empty),
            ("", Wrong::Empty),
            (".{1000}{100}", Wrong::Large),
        ];
        for (typed, wrong) in cases {
            assert_eq!(Pattern::read(typed).err(), Some(wrong), "{typed}");
        }
        assert_eq!(Pattern::read(&"a".repeat(201)).err(), Some(Wrong::Large));
    }
}
