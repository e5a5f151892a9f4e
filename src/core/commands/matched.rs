//! How the words of a keyword rule are to be looked for, as it is said before them: `整词 VIP`,
//! `模式 退.{0,3}费`, `/退.{0,3}费/`.

use super::wordlist::{self, Listed};
use crate::core::keep::PATTERNS_MAX;
use crate::core::refusal::{Cannot, Refusal};
use crate::model::keyword::{Keyword, Matching};
use crate::text::fold::fold;
use crate::text::pattern::Pattern;

/// Says how, before a blank or a colon. Longer spellings first; folded.
const KINDS: [(&str, Matching); 18] = [
    ("正则表达式", Matching::Pattern),
    ("正则", Matching::Pattern),
    ("模式", Matching::Pattern),
    ("regular expression", Matching::Pattern),
    ("regexp", Matching::Pattern),
    ("regex", Matching::Pattern),
    ("pattern", Matching::Pattern),
    ("整词匹配", Matching::Word),
    ("全词匹配", Matching::Word),
    ("整词", Matching::Word),
    ("全词", Matching::Word),
    ("whole words", Matching::Word),
    ("whole word", Matching::Word),
    ("exact words", Matching::Word),
    ("exact word", Matching::Word),
    ("子串", Matching::Substring),
    ("substrings", Matching::Substring),
    ("substring", Matching::Substring),
];

/// Signs without which a pattern is nothing but words.
const SIGNS: [char; 13] = ['.', '*', '+', '?', '|', '(', ')', '[', ']', '{', '}', '\\', '^'];

/// What is said of how words are looked for, and what stands behind it.
pub fn asked(content: &str) -> (Option<Matching>, &str) {
    let bare = content.trim().trim_end_matches(['→', '>', '-', '=', ' ']);
    let within = bare.strip_prefix('/').and_then(|rest| rest.strip_suffix('/'));
    if let Some(pattern) = within.filter(|pattern| pattern.contains(SIGNS)) {
        return (Some(Matching::Pattern), pattern);
    }
    let folded = fold(content);
    let said = KINDS.iter().find_map(|(word, matching)| {
        folded.text.starts_with(word).then(|| (*matching, folded.original(0..word.len()).end))
    });
    let Some((matching, end)) = said else { return (None, content) };
    let (behind, colon) = match content[end..].trim_start().strip_prefix([':', '：']) {
        Some(behind) => (behind, true),
        None => (&content[end..], false),
    };
    let apart = colon || behind.starts_with(char::is_whitespace);
    // `关键词 模式 方案`: two words.
    let words = matching == Matching::Pattern && !colon && !behind.contains(SIGNS);
    match apart && !words && !behind.trim().is_empty() {
        true => (Some(matching), behind.trim()),
        false => (None, content),
    }
}

/// The one pattern that is written there.
pub fn pattern(content: &str) -> Result<Listed, Refusal> {
    let typed = content.trim_end_matches(['→', '>', '-', '=', ' ']).trim();
    let typed = typed.strip_prefix('/').and_then(|t| t.strip_suffix('/')).unwrap_or(typed);
    if let Some(behind) = wordlist::excluded(typed) {
        return Err(wordlist::condition(behind));
    }
    match Pattern::read(typed) {
        Ok(_) => Ok(Listed { words: vec![typed.to_owned()], except: Vec::new() }),
        Err(wrong) => Err(Refusal::Cannot {
            what: Cannot::Pattern(wrong),
            part: typed.to_owned(),
            lines: Vec::new(),
        }),
    }
}

/// That there are no more patterns than each message can be looked through for.
pub fn few<'a>(rules: impl IntoIterator<Item = &'a Keyword>) -> Result<(), Refusal> {
    let patterns = rules.into_iter().filter(|rule| rule.matching == Matching::Pattern);
    match patterns.map(|rule| rule.words.len()).sum::<usize>() {
        0..=PATTERNS_MAX => Ok(()),
        _ => Err(Refusal::Limit { what: "patterns", most: PATTERNS_MAX }),
    }
}

#[cfg(test)]
mod tests {
    use super::asked;
    use crate::model::keyword::Matching;

    #[test]
    fn how_words_are_looked_for_is_said_apart_from_them() {
        let cases = [
            ("整词 VIP,Pro", Some(Matching::Word), "VIP,Pro"),
            ("Whole words: cat, dog", Some(Matching::Word), "cat, dog"),
            ("模式 退.{0,3}费 →", Some(Matching::Pattern), "退.{0,3}费 →"),
            ("模式：退费", Some(Matching::Pattern), "退费"),
            ("/退.*费/ →", Some(Matching::Pattern), "退.*费"),
            ("子串 VIP", Some(Matching::Substring), "VIP"),
            ("模式 方案", None, "模式 方案"),
            ("模式,方案", None, "模式,方案"),
            ("整词", None, "整词"),
            ("退款/退货", None, "退款/退货"),
        ];
        for (content, matching, behind) in cases {
            assert_eq!(asked(content), (matching, behind), "{content}");
        }
    }
}
