//! All keywords of a conversation in one pass over a message. Knows words and places, not rules.

use std::ops::Range;

use aho_corasick::{AhoCorasick, MatchKind};

use super::fold::fold;

/// Compiled words. Matching is on folded text, as substrings; words inside longer words are found
/// as well.
pub struct Matcher {
    /// `None` if there is no word to look for.
    automaton: Option<AhoCorasick>,
    /// For each pattern of the automaton, the index of its word in the list given.
    words: Vec<usize>,
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
    /// Compiles words (folded here). A word that folds to nothing is never found, and neither is
    /// any if there are so many that no automaton can hold them (billions of bytes).
    pub fn new<'a>(words: impl IntoIterator<Item = &'a str>) -> Self {
        let (words, patterns): (Vec<usize>, Vec<String>) = words
            .into_iter()
            .map(|word| fold(word).text)
            .enumerate()
            .filter(|(_, folded)| !folded.is_empty())
            .unzip();
        let automaton = if patterns.is_empty() {
            None
        } else {
            AhoCorasick::builder().match_kind(MatchKind::Standard).build(patterns).ok()
        };
        Self { automaton, words }
    }

    /// Every word that occurs, each once, by first place; at the same place the longer first.
    pub fn find(&self, text: &str) -> Vec<Hit> {
        let Some(automaton) = &self.automaton else { return Vec::new() };
        let folded = fold(text);
        let mut seen = vec![false; self.words.len()];
        let mut hits = Vec::new();
        for found in automaton.find_overlapping_iter(&folded.text) {
            let pattern = found.pattern().as_usize();
            if !std::mem::replace(&mut seen[pattern], true) {
                let span = folded.original(found.range());
                hits.push(Hit { word: self.words[pattern], span });
            }
        }
        hits.sort_by_key(|hit| (hit.span.start, usize::MAX - hit.span.end, hit.word));
        hits
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found<'a>(words: &[&'a str], text: &'a str) -> Vec<(&'a str, &'a str)> {
        let hits = Matcher::new(words.iter().copied()).find(text);
        hits.into_iter().map(|hit| (words[hit.word], &text[hit.span])).collect()
    }

    #[test]
    fn words_are_found_folded_each_once_and_inside_longer_ones() {
        let words = ["退款", "退款失败", "VIP", "", "急"];
        let cases: [(&str, &[(&str, &str)]); 5] = [
            ("要退款失败", &[("退款失败", "退款失败"), ("退款", "退款")]),
            ("退\u{200b}款，退款", &[("退款", "退\u{200b}款")]),
            ("ｖｉｐ客户很急", &[("VIP", "ｖｉｐ"), ("急", "急")]),
            ("没有", &[]),
            ("", &[]),
        ];
        for (text, expected) in cases {
            assert_eq!(found(&words, text), expected, "{text:?}");
        }
    }

    #[test]
    fn the_same_word_written_twice_is_reported_for_both() {
        assert_eq!(found(&["vip", "VIP"], "Vip"), [("vip", "Vip"), ("VIP", "Vip")]);
    }

    #[test]
    fn no_words_find_nothing() {
        assert_eq!(Matcher::new([]).find("退款"), []);
    }
}
