//! All keywords of a conversation in one pass over a message. Knows words and places, not rules.

use std::collections::HashSet;
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

/// What [`Matcher`] finds, for a text that is looked through only once: compiling 200 rules of 50
/// long words takes 270 ms, so words of which two neighbours never stand together in the text are
/// left out before.
pub fn find_once(words: &[&str], text: &str) -> Vec<Hit> {
    let pairs: HashSet<(char, char)> = pairs(&fold(text).text).collect();
    let may_occur = |word: &str| match word.chars().all(is_folded) {
        true => self::pairs(word).all(|pair| pairs.contains(&pair)),
        false => self::pairs(&fold(word).text).all(|pair| pairs.contains(&pair)),
    };
    let left: Vec<usize> = (0..words.len()).filter(|at| may_occur(words[*at])).collect();
    let mut hits = Matcher::new(left.iter().map(|at| words[*at])).find(text);
    hits.iter_mut().for_each(|hit| hit.word = left[hit.word]);
    hits
}

fn pairs(text: &str) -> impl Iterator<Item = (char, char)> {
    text.chars().zip(text.chars().skip(1))
}

/// A character that surely folds to itself, whatever stands beside it.
fn is_folded(c: char) -> bool {
    matches!(c, '\u{4e00}'..='\u{9fff}' | 'a'..='z' | '0'..='9')
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
    fn looking_once_finds_the_same() {
        let words =
            ["退款", "退款失败", "ＶＩＰ", "", "急", "e\u{301}t", "款失", "客户很急", "户急"];
        for text in ["要退款失败", "退\u{200b}款，退款", "vip客户很急", "cafe\u{301}té", "没有", ""]
        {
            assert_eq!(find_once(&words, text), Matcher::new(words).find(text), "{text:?}");
        }
    }

    #[test]
    fn a_word_is_found_among_thousands_that_do_not_occur() {
        let words: Vec<String> = (0..10_000).map(|n| format!("第{n}号词很长")).collect();
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let found = find_once(&words, "这是第77号词很长的一句");
        assert_eq!(found.iter().map(|hit| words[hit.word]).collect::<Vec<_>>(), ["第77号词很长"]);
    }

    #[test]
    fn no_words_find_nothing() {
        assert_eq!(Matcher::new([]).find("退款"), []);
    }
}
