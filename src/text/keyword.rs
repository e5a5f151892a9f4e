//! All keywords of a conversation in one pass over a message. Knows words and places, not what
//! follows from them.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use aho_corasick::automaton::OverlappingState;
use aho_corasick::{AhoCorasick, MatchKind, StartKind};

use super::fold::{Folded, fold, plain};
use super::pattern::Pattern;
use super::simplified::simplified;
use super::starts::Starts;
use crate::model::keyword::Matching;

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
    /// How they are looked for.
    pub matching: Matching,
}

impl<'a> Words<'a> {
    /// Words that are looked for wherever they stand, but for these phrases.
    pub fn new(words: &'a [String], except: &'a [String]) -> Self {
        Self { words, except, matching: Matching::Substring }
    }
}

/// Compiled words of several rules. Matching is on folded text in simplified characters; words
/// inside longer ones are found as well, but for those that are looked for whole.
pub struct Matcher {
    /// `None` if there is no word to look for.
    automaton: Option<AhoCorasick>,
    /// Where a word can begin.
    starts: Starts,
    /// For each pattern of the automaton, whose word it is. No pattern is there twice: so no place
    /// in a text ends more of them than the longest has characters.
    users: Vec<Vec<User>>,
    /// Those that are looked for one by one.
    expressions: Vec<Expression>,
    /// How many words were given.
    words: usize,
}

/// A word of a rule.
struct User {
    rule: usize,
    word: usize,
    /// Its place among all words given.
    nth: usize,
    /// Letters and digits beside it make it another one.
    whole: bool,
    /// Folded phrases around it, and at which byte of each it stands.
    except: Vec<(String, usize)>,
}

/// A pattern of a rule.
struct Expression {
    rule: usize,
    word: usize,
    pattern: Pattern,
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
        let (mut expressions, mut nth) = (Vec::new(), 0);
        for (rule, of) in rules.into_iter().enumerate() {
            if of.matching == Matching::Pattern {
                // What was no pattern was not kept.
                let read = |(word, typed): (usize, &String)| {
                    Pattern::read(typed).ok().map(|pattern| Expression { rule, word, pattern })
                };
                expressions.extend(of.words.iter().enumerate().filter_map(read));
                continue;
            }
            let except: Vec<String> = of.except.iter().map(|phrase| folded(phrase)).collect();
            for (at, word) in of.words.iter().enumerate().filter(|(_, word)| may_be(word)) {
                let folded = folded(word);
                if folded.is_empty() {
                    continue;
                }
                let except = except.iter().flat_map(|phrase| {
                    phrase.match_indices(&folded).map(|(place, _)| (phrase.clone(), place))
                });
                let whole = of.matching == Matching::Word;
                let user = User { rule, word: at, nth, whole, except: except.collect() };
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
        let patterns: Vec<String> = patterns.into_iter().map(|(pattern, _)| pattern).collect();
        let starts = Starts::new(&patterns);
        let mut builder = AhoCorasick::builder();
        builder.match_kind(MatchKind::Standard).start_kind(StartKind::Both);
        let automaton = match users.is_empty() {
            true => None,
            false => builder.build(patterns).ok(),
        };
        Self { automaton, starts, users, expressions, words: nth }
    }

    /// Bytes it takes in memory, about.
    pub fn bytes(&self) -> usize {
        let automaton = self.automaton.as_ref().map_or(0, AhoCorasick::memory_usage);
        let phrases = self.users.iter().flatten().flat_map(|user| &user.except);
        let phrases: usize = phrases.map(|(phrase, _)| phrase.len() + size_of::<User>()).sum();
        automaton + self.starts.bytes() + self.words * size_of::<(User, Vec<User>)>() + phrases
    }

    /// Every word that occurs and counts, each once, by first place; at the same place the longer
    /// first.
    pub fn find(&self, text: &str) -> Vec<Hit> {
        if self.automaton.is_none() && self.expressions.is_empty() {
            return Vec::new();
        }
        // Where each character came from is asked only if a word is found.
        let quick = quick(text);
        let whole = quick.is_none().then(|| simple(text));
        let folded = quick.as_deref().or(whole.as_ref().map(|whole| whole.text.as_str()));
        let mut hits = self.found(folded.unwrap_or_default());
        if hits.is_empty() {
            return hits;
        }
        let whole = whole.unwrap_or_else(|| fold(text));
        hits.iter_mut().for_each(|hit| hit.span = whole.original(hit.span.clone()));
        hits.sort_by_key(|hit| (hit.span.start, usize::MAX - hit.span.end, hit.rule, hit.word));
        hits
    }

    /// The same in a folded text, in no order.
    fn found(&self, folded: &str) -> Vec<Hit> {
        let pattern = |e: &Expression| {
            let span = e.pattern.find(folded)?;
            Some(Hit { rule: e.rule, word: e.word, span })
        };
        let mut hits: Vec<Hit> = self.expressions.iter().filter_map(pattern).collect();
        let Some(automaton) = &self.automaton else { return hits };
        let mut seen: Vec<bool> = Vec::new();
        let mut looks = LOOKS_MAX;
        for input in self.starts.inputs(folded) {
            let mut state = OverlappingState::start();
            // The automaton can search from a place and over a whole text, so that none fails.
            while automaton.try_find_overlapping(input.clone(), &mut state).is_ok()
                && let Some(found) = state.get_match()
            {
                seen.resize(self.words, false);
                for user in &self.users[found.pattern().as_usize()] {
                    if !seen[user.nth] && user.counts(folded, found.range(), &mut looks) {
                        seen[user.nth] = true;
                        hits.push(Hit { rule: user.rule, word: user.word, span: found.range() });
                    }
                }
            }
        }
        hits
    }
}

/// A text as words are looked for in it.
pub fn folded(text: &str) -> String {
    quick(text).unwrap_or_else(|| simple(text).text)
}

/// The same, if each of its characters folds by itself.
fn quick(text: &str) -> Option<String> {
    let mut folded = String::with_capacity(text.len());
    for c in text.chars() {
        folded.push(simplified(plain(c)?));
    }
    Some(folded)
}

/// The same, with where each character came from: simplified ones take as many bytes.
fn simple(text: &str) -> Folded {
    let mut folded = fold(text);
    folded.text = folded.text.chars().map(simplified).collect();
    folded
}

impl User {
    /// Whether the word found there is meant.
    fn counts(&self, text: &str, span: Range<usize>, looks: &mut usize) -> bool {
        let at = span.start;
        (!self.whole || stands_alone(text, span)) && !self.is_excepted(text, at, looks)
    }

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

/// Whether no letter or digit goes on with a word at either end; Chinese ones never do.
fn stands_alone(text: &str, span: Range<usize>) -> bool {
    let goes_on = |c: char| c.is_alphanumeric() && !is_han(c);
    let apart = |inside: Option<char>, outside: Option<char>| {
        !(inside.is_some_and(goes_on) && outside.is_some_and(goes_on))
    };
    let word = &text[span.clone()];
    apart(word.chars().next(), text[..span.start].chars().next_back())
        && apart(word.chars().next_back(), text[span.end..].chars().next())
}

fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}' | '\u{20000}'..='\u{3ffff}')
}

/// What [`Matcher`] finds, for a text that is looked through only once: compiling 200 rules of 50
/// long words takes 270 ms, so words of which two neighbours never stand together in the text are
/// left out before.
pub fn find_once<'a>(rules: impl IntoIterator<Item = Words<'a>>, text: &str) -> Vec<Hit> {
    let pairs: HashSet<(char, char)> = pairs(&folded(text)).collect();
    let may_occur = |word: &str| match word.chars().all(is_folded) {
        true => self::pairs(word).all(|pair| pairs.contains(&pair)),
        false => self::pairs(&folded(word)).all(|pair| pairs.contains(&pair)),
    };
    Matcher::of(rules, may_occur).find(text)
}

fn pairs(text: &str) -> impl Iterator<Item = (char, char)> {
    text.chars().zip(text.chars().skip(1))
}

/// A character that surely folds to itself, whatever stands beside it.
fn is_folded(c: char) -> bool {
    matches!(c, 'a'..='z' | '0'..='9') || matches!(c, '\u{4e00}'..='\u{9fff}') && simplified(c) == c
}

#[cfg(test)]
mod tests {
    use super::super::starts::PLACES_MAX;
    use super::*;

    fn owned(words: &[&str]) -> Vec<String> {
        words.iter().map(|word| (*word).to_owned()).collect()
    }

    fn found<'a>(words: &[&'a str], except: &[&str], text: &'a str) -> Vec<(&'a str, &'a str)> {
        let (given, except) = (owned(words), owned(except));
        let hits = Matcher::new([Words::new(&given, &except)]).find(text);
        assert_eq!(hits, find_once([Words::new(&given, &except)], text), "{text:?}");
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
        let rules = [Words::new(&words, &except), Words::new(&words, &[])];
        let hits = Matcher::new(rules).find("免退费");
        let found: Vec<_> = hits.iter().map(|hit| (hit.rule, hit.word)).collect();
        assert_eq!(found, [(1, 1), (1, 0)]);
    }

    #[test]
    fn a_word_is_found_at_every_place_in_texts_that_are_nothing_but_words() {
        let text: String = ["退费", "急", "转班"].repeat(PLACES_MAX).concat();
        let hits = found(&["转班", "费急", "急"], &[], &text);
        assert_eq!(hits, [("费急", "费急"), ("急", "急"), ("转班", "转班")]);
        assert_eq!(found(&["班退", "班"], &["班退费"], "转班退费，早班"), [("班", "班")]);
    }

    #[test]
    fn words_and_phrases_alike_by_the_thousand_end_soon() {
        let words: Vec<String> = (1..40).map(|n| "啊".repeat(n)).collect();
        let except: Vec<String> = (30..40).map(|n| "啊".repeat(n) + "吧").collect();
        let rule = Words::new(&words, &except);
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
        let found = find_once([Words::new(&words, &[])], "这是第77号词很长的一句");
        assert_eq!(found.iter().map(|hit| hit.word).collect::<Vec<_>>(), [77]);
    }

    #[test]
    fn traditional_characters_are_the_simplified_ones() {
        assert_eq!(
            found(&["退费", "轉班"], &["免退費"], "要退費，转班"),
            [("退费", "退費"), ("轉班", "转班")]
        );
        assert_eq!(found(&["退費"], &["免退费"], "免退費"), []);
    }

    #[test]
    fn a_whole_word_ends_where_letters_and_digits_do() {
        let words = owned(&["VIP", "3楼", "A1"]);
        let rule = Words { matching: Matching::Word, ..Words::new(&words, &[]) };
        let found = |text: &str| {
            let hits = Matcher::new([rule]).find(text);
            assert_eq!(hits, find_once([rule], text), "{text}");
            hits.iter().map(|hit| hit.word).collect::<Vec<_>>()
        };
        assert_eq!(found("VIPER 13楼 A12"), [0; 0]);
        assert_eq!(found("这位ＶＩＰ客户在3楼A1室"), [0, 1, 2]);
        assert_eq!(found("VIPs, vip."), [0]);
    }

    #[test]
    fn patterns_are_found_beside_words() {
        let (words, patterns) = (owned(&["退费"]), owned(&["退.{0,3}费", "(", r"单号\s*\d+"]));
        let rules = [
            Words::new(&words, &[]),
            Words { matching: Matching::Pattern, ..Words::new(&patterns, &[]) },
        ];
        let text = "退还费用，再退费，单号 １２";
        let hits = Matcher::new(rules).find(text);
        let found: Vec<_> = hits.iter().map(|h| (h.rule, h.word, &text[h.span.clone()])).collect();
        assert_eq!(found, [(1, 0, "退还费"), (0, 0, "退费"), (1, 2, "单号 １２")]);
        assert_eq!(hits, find_once(rules, text));
    }

    #[test]
    fn no_words_find_nothing() {
        assert_eq!(Matcher::new([]).find("退款"), []);
    }
}
