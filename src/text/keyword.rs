//! All keywords of a conversation in one pass over a message. Knows words and places, not what
//! follows from them.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use aho_corasick::{AhoCorasick, MatchKind};

use super::fold::fold;

/// Most looks at a phrase around a word in one message, some milliseconds' worth. Beyond them a
/// word counts: better once too often than not at all.
const LOOKS_MAX: usize = 100_000;

/// Words looked for, and phrases in which they do not count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Words<'a> {
    /// What is looked for.
    pub words: &'a [String],
    /// A word within one of these is none: `免退费` for `退费`.
    pub except: &'a [String],
}

/// Compiled words of several rules. Matching is on folded text, as substrings; words inside longer
/// words are found as well.
pub struct Matcher {
    /// `None` if there is no word to look for.
    automaton: Option<AhoCorasick>,
    /// For each pattern of the automaton, whose word it is. No pattern is there twice: so no place
    /// in a text ends more of them than the longest has characters.
    users: Vec<Vec<User>>,
    /// How many words were given.
    words: usize,
}

/// A word of a rule.
struct User {
    rule: usize,
    word: usize,
    /// Its place among all words given.
    nth: usize,
    /// Folded phrases around it, and at which byte of each it stands.
    except: Vec<(String, usize)>,
}

/// A word found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// Index of the rule in the list given to [`Matcher::new`].
    pub rule: usize,
    /// Index of the word in the rule.
    pub word: usize,
    /// Byte range in the original text.
    pub span: Range<usize>,
}

impl Matcher {
    /// Compiles words (folded here). A word that folds to nothing is never found, and neither is
    /// any if there are so many that no automaton can hold them (billions of bytes).
    pub fn new<'a>(rules: impl IntoIterator<Item = Words<'a>>) -> Self {
        Self::of(rules, |_| true)
    }

    /// The same with those words alone that may be found.
    fn of<'a>(rules: impl IntoIterator<Item = Words<'a>>, may_be: impl Fn(&str) -> bool) -> Self {
        let mut places: HashMap<String, usize> = HashMap::new();
        let mut users: Vec<Vec<User>> = Vec::new();
        let mut nth = 0;
        for (rule, of) in rules.into_iter().enumerate() {
            let except: Vec<String> = of.except.iter().map(|phrase| fold(phrase).text).collect();
            for (at, word) in of.words.iter().enumerate().filter(|(_, word)| may_be(word)) {
                let folded = fold(word).text;
                if folded.is_empty() {
                    continue;
                }
                let except = except.iter().flat_map(|phrase| {
                    phrase.match_indices(&folded).map(|(place, _)| (phrase.clone(), place))
                });
                let user = User { rule, word: at, nth, except: except.collect() };
                nth += 1;
                let place = *places.entry(folded).or_insert(users.len());
                match users.get_mut(place) {
                    Some(users) => users.push(user),
                    None => users.push(vec![user]),
                }
            }
        }
        let mut patterns: Vec<(String, usize)> = places.into_iter().collect();
        patterns.sort_by_key(|(_, place)| *place);
        let patterns = patterns.into_iter().map(|(pattern, _)| pattern);
        let automaton = match users.is_empty() {
            true => None,
            false => AhoCorasick::builder().match_kind(MatchKind::Standard).build(patterns).ok(),
        };
        Self { automaton, users, words: nth }
    }

    /// Every word that occurs and counts, each once, by first place; at the same place the longer
    /// first.
    pub fn find(&self, text: &str) -> Vec<Hit> {
        let Some(automaton) = &self.automaton else { return Vec::new() };
        let folded = fold(text);
        let mut seen: Vec<bool> = Vec::new();
        let mut hits = Vec::new();
        let mut looks = LOOKS_MAX;
        for found in automaton.find_overlapping_iter(&folded.text) {
            seen.resize(self.words, false);
            for user in &self.users[found.pattern().as_usize()] {
                if !seen[user.nth] && !user.is_excepted(&folded.text, found.start(), &mut looks) {
                    seen[user.nth] = true;
                    let span = folded.original(found.range());
                    hits.push(Hit { rule: user.rule, word: user.word, span });
                }
            }
        }
        hits.sort_by_key(|hit| (hit.span.start, usize::MAX - hit.span.end, hit.rule, hit.word));
        hits
    }
}

impl User {
    /// Whether the word at a byte of the folded text stands in one of its phrases.
    fn is_excepted(&self, text: &str, at: usize, looks: &mut usize) -> bool {
        self.except.iter().any(|(phrase, place)| {
            if *looks == 0 {
                return false;
            }
            *looks -= 1;
            let from = at.checked_sub(*place);
            let around = from.and_then(|from| text.as_bytes().get(from..));
            around.is_some_and(|around| around.starts_with(phrase.as_bytes()))
        })
    }
}

/// What [`Matcher`] finds, for a text that is looked through only once: compiling 200 rules of 50
/// long words takes 270 ms, so words of which two neighbours never stand together in the text are
/// left out before.
pub fn find_once<'a>(rules: impl IntoIterator<Item = Words<'a>>, text: &str) -> Vec<Hit> {
    let pairs: HashSet<(char, char)> = pairs(&fold(text).text).collect();
    let may_occur = |word: &str| match word.chars().all(is_folded) {
        true => self::pairs(word).all(|pair| pairs.contains(&pair)),
        false => self::pairs(&fold(word).text).all(|pair| pairs.contains(&pair)),
    };
    Matcher::of(rules, may_occur).find(text)
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

    fn owned(words: &[&str]) -> Vec<String> {
        words.iter().map(|word| (*word).to_owned()).collect()
    }

    fn found<'a>(words: &[&'a str], except: &[&str], text: &'a str) -> Vec<(&'a str, &'a str)> {
        let (given, except) = (owned(words), owned(except));
        let hits = Matcher::new([Words { words: &given, except: &except }]).find(text);
        assert_eq!(hits, find_once([Words { words: &given, except: &except }], text), "{text:?}");
        hits.into_iter().map(|hit| (words[hit.word], &text[hit.span])).collect()
    }

    #[test]
    fn words_are_found_folded_each_once_and_inside_longer_ones() {
        let words = ["退款", "退款失败", "VIP", "", "急", "款失", "e\u{301}t"];
        let cases: [(&str, &[(&str, &str)]); 6] = [
            ("要退款失败", &[("退款失败", "退款失败"), ("退款", "退款"), ("款失", "款失")]),
            ("退\u{200b}款，退款", &[("退款", "退\u{200b}款")]),
            ("ｖｉｐ客户很急", &[("VIP", "ｖｉｐ"), ("急", "急")]),
            ("cafe\u{301}té", &[("e\u{301}t", "e\u{301}t")]),
            ("没有", &[]),
            ("", &[]),
        ];
        for (text, expected) in cases {
            assert_eq!(found(&words, &[], text), expected, "{text:?}");
        }
    }

    #[test]
    fn a_word_does_not_count_within_a_phrase_that_is_excepted() {
        let except = ["免退费", "退费率高", "ＶＩＰ lounge"];
        for text in
            ["免退费", "免退\u{200b}费，免退费", "看退费率高不高", "the vip Lounge", "免费退"]
        {
            assert_eq!(found(&["退费", "VIP"], &except, text), [], "{text:?}");
        }
        for text in ["免退费，但我要退费", "退费率", "不免，退费", "退费"] {
            assert_eq!(found(&["退费"], &except, text), [("退费", "退费")], "{text:?}");
        }
    }

    #[test]
    fn what_one_rule_excepts_another_finds() {
        let (words, except) = (owned(&["退费", "免"]), owned(&["免退费"]));
        let rules =
            [Words { words: &words, except: &except }, Words { words: &words, except: &[] }];
        let hits = Matcher::new(rules).find("免退费");
        let found: Vec<_> = hits.iter().map(|hit| (hit.rule, hit.word)).collect();
        assert_eq!(found, [(1, 1), (1, 0)]);
    }

    #[test]
    fn words_and_phrases_alike_by_the_thousand_end_soon() {
        let words: Vec<String> = (1..40).map(|n| "啊".repeat(n)).collect();
        let except: Vec<String> = (30..40).map(|n| "啊".repeat(n) + "吧").collect();
        let rule = Words { words: &words, except: &except };
        let hits = Matcher::new([rule; 200]).find(&("啊".repeat(4_000) + "吧"));
        assert_eq!(hits.len(), 200 * words.len());
    }

    #[test]
    fn the_same_word_written_twice_is_reported_for_both() {
        assert_eq!(found(&["vip", "VIP"], &[], "Vip"), [("vip", "Vip"), ("VIP", "Vip")]);
    }

    #[test]
    fn a_word_is_found_among_thousands_that_do_not_occur() {
        let words: Vec<String> = (0..10_000).map(|n| format!("第{n}号词很长")).collect();
        let found = find_once([Words { words: &words, except: &[] }], "这是第77号词很长的一句");
        assert_eq!(found.iter().map(|hit| hit.word).collect::<Vec<_>>(), [77]);
    }

    #[test]
    fn no_words_find_nothing() {
        assert_eq!(Matcher::new([]).find("退款"), []);
    }
}
