//! Folding for comparison: NFKC, lower case, invisible characters dropped, with offsets back to the
//! original. Traditional and simplified Chinese stay apart, and so do look-alike letters of
//! different scripts.

use std::iter::once;
use std::ops::Range;

use unicode_normalization::char::{canonical_combining_class, decompose_compatible};
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfkc_quick};

/// A folded copy and, for each of its bytes, where the characters it came from lie in the original.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Folded {
    /// The folded text.
    pub text: String,
    /// For each byte of `text`, the byte range of the original it came from: a base character with
    /// its marks.
    origins: Vec<Range<usize>>,
    /// Length of the original in bytes.
    length: usize,
}

/// Folds a text.
pub fn fold(text: &str) -> Folded {
    let mut folded = Folded {
        text: String::with_capacity(text.len()),
        origins: Vec::with_capacity(text.len()),
        length: text.len(),
    };
    if text.chars().all(|c| plain(c).is_some()) {
        for (at, c) in text.char_indices() {
            folded.text.push(plain(c).unwrap_or(c));
            folded.origins.resize(folded.text.len(), at..at + c.len_utf8());
        }
        return folded;
    }
    let mut cluster = String::new();
    let mut origin = 0..0;
    for (at, c) in text.char_indices().filter(|(_, c)| !is_invisible(*c)) {
        if !joins(c) {
            folded.push(&cluster, &origin);
            cluster.clear();
            origin.start = at;
        }
        cluster.push(c);
        origin.end = at + c.len_utf8();
    }
    folded.push(&cluster, &origin);
    folded
}

/// Whether a character shows nothing of its own: zero width, direction control, soft hyphen,
/// variation selector, byte order mark, tag.
pub fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}'
        | '\u{e0000}'..='\u{e01ef}')
}

/// What a character folds to if that is one character and it melts into no other: so it is with
/// nearly all there are. `None` says nothing.
pub fn plain(c: char) -> Option<char> {
    match c {
        '\0'..='\u{7e}' => Some(c.to_ascii_lowercase()),
        '\u{4e00}'..='\u{9fff}' | '\u{3001}'..='\u{3002}' | '\u{3008}'..='\u{3011}' => Some(c),
        '\u{2014}' | '\u{2018}'..='\u{201d}' => Some(c),
        // Full width.
        '\u{ff01}'..='\u{ff5e}' => {
            char::from_u32(c as u32 - 0xfee0).map(|c| c.to_ascii_lowercase())
        }
        '\u{3000}' => Some(' '),
        _ => None,
    }
}

impl Folded {
    /// The range of the original that became this range of the folded text: whole characters, on
    /// boundaries. An empty range gives an empty one.
    pub fn original(&self, range: Range<usize>) -> Range<usize> {
        let start = self.origins.get(range.start).map_or(self.length, |origin| origin.start);
        if range.is_empty() {
            return start..start;
        }
        let end = self.origins.get(range.end - 1).map_or(self.length, |origin| origin.end);
        start..end
    }

    fn push(&mut self, cluster: &str, origin: &Range<usize>) {
        // Lower case can leave a sequence that composes anew, hence the second NFKC.
        self.text.extend(cluster.nfkc().flat_map(char::to_lowercase).nfkc());
        self.origins.resize(self.text.len(), origin.clone());
    }
}

/// Whether a character may melt into the one before it, so that both must be folded together.
fn joins(c: char) -> bool {
    if c.is_ascii() {
        return false;
    }
    let mut first = c;
    let mut seen = false;
    decompose_compatible(c, |part| {
        if !seen {
            first = part;
            seen = true;
        }
    });
    canonical_combining_class(first) != 0 || is_nfkc_quick(once(first)) == IsNormalized::Maybe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn width_case_and_invisible_characters_do_not_matter() {
        let cases = [
            ("ＡＢＣ", "abc"),
            ("敏\u{200b}感", "敏感"),
            ("１８：００", "18:00"),
            ("数量＜５０", "数量<50"),
            ("e\u{301}", "é"),
            ("e\u{200d}\u{301}", "é"),
            ("ｶﾞ", "ガ"),
            ("㎏", "kg"),
            ("\u{202e}abc\u{feff}", "abc"),
            ("❤\u{fe0f}", "❤"),
            ("", ""),
        ];
        for (text, expected) in cases {
            assert_eq!(fold(text).text, expected, "{text:?}");
            assert_eq!(fold(expected).text, expected, "folding twice changes {text:?}");
        }
    }

    #[test]
    fn a_found_stretch_is_cut_out_of_the_original_as_written() {
        for (text, needle, expected) in [
            ("看ＡＢＣ吧", "bc", "ＢＣ"),
            ("x敏\u{200b}感y", "敏感", "敏\u{200b}感"),
            ("5㎏", "g", "㎏"),
            ("cafe\u{301}!", "é", "e\u{301}"),
            ("18:00\u{200b} 写", "18:00", "18:00"),
        ] {
            let folded = fold(text);
            let at = folded.text.find(needle).expect("the needle is in the folded text");
            assert_eq!(&text[folded.original(at..at + needle.len())], expected);
        }
    }

    #[test]
    fn every_range_lies_on_boundaries_of_the_original() {
        let text = "\u{200b}Ａe\u{301}\u{fe0f}㎏ﬃ\u{1100}\u{1161}한한😀\u{feff}";
        let folded = fold(text);
        for start in 0..=folded.text.len() {
            for end in start..=folded.text.len() {
                let range = folded.original(start..end);
                assert!(text.get(range.clone()).is_some(), "{start}..{end} → {range:?}");
            }
        }
    }
}
