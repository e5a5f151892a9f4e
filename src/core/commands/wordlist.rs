//! The words of a keyword rule as they are listed. A word finds its message by itself: what would
//! join or limit words is no word, and is refused where it stands as one; phrases in which a word
//! does not count are listed behind.

use crate::command::joints;
use crate::core::refusal::{Cannot, Missing, Refusal};
use crate::text::cut;
use crate::text::fold::fold;
use crate::text::keyword;

/// Most words of one rule.
pub const WORDS_MAX: usize = 50;

/// Longest word, in characters.
pub const WORD_CHARS_MAX: usize = 40;

/// Begins a condition or an effect that rules don't have, behind the first word; folded.
const LIMITS: [&str; 26] = [
    "但不",
    "但是",
    "除非",
    "只在",
    "只有",
    "仅在",
    "仅限",
    "每天",
    "每小时",
    "每周",
    "最多",
    "至少",
    "周末",
    "工作日",
    "工作时间",
    "上班时间",
    "建任务",
    "创建任务",
    "归档",
    "打标签",
    "直到",
    "but ",
    "only ",
    "at most ",
    "during ",
    "until ",
];

/// What stands behind these is excluded; longer ones first, folded.
const EXCEPT: [&str; 17] = [
    "但不包含",
    "但不包括",
    "但不含",
    "但不要",
    "但是不含",
    "但是不包括",
    "不包含",
    "不包括",
    "不含",
    "不要",
    "除了",
    "排除",
    "剔除",
    "but not",
    "except for",
    "except",
    "excluding",
];

/// Behind what is excluded, wherever it stands; longer ones first.
const OUT: [&str; 3] = ["的都除外", "的除外", "除外"];

/// The same behind a word of `EXCEPT`.
const BEHIND: [&str; 7] = ["的除外", "除外", "的不算", "不算", "以外", "之外", "的"];

/// Between two phrases.
const JOINTS: [&str; 8] = ["以及", "或者", "和", "或", "与", "及", " and ", " or "];

/// Begins a sentence about messages and not a word of them; folded.
const SENTENCES: [&str; 6] = ["包含", "含有", "凡是", "messages ", "containing ", "anything "];

/// That a part of the list is no word of messages.
pub fn condition(part: &str) -> Refusal {
    Refusal::NotUnderstood { word: "keyword".into(), part: part.to_owned() }
}

/// Whether something listed without quotation marks is more than a word to look for.
fn is_condition(word: &str, first: bool) -> bool {
    let folded = fold(word).text;
    let begins = |list: &[&str]| list.iter().any(|start| folded.starts_with(start));
    joints::WORDS.contains(&folded.as_str())
        || begins(&SENTENCES)
        || !first && begins(&LIMITS)
        || ["→", "->", "=>"].iter().any(|arrow| folded.contains(arrow))
}

/// A list in which a slash between two Chinese words parts them, as a comma does: `退款/退货`.
fn slashes_apart(list: &str) -> String {
    let wide = |c: Option<char>| c.is_some_and(|c| !c.is_ascii() && c.is_alphabetic());
    let mut apart = String::with_capacity(list.len());
    let mut chars = list.chars().peekable();
    let mut before = None;
    while let Some(c) = chars.next() {
        let slash = matches!(c, '/' | '／') && wide(before) && wide(chars.peek().copied());
        apart.push(if slash { '、' } else { c });
        before = Some(c);
    }
    apart
}

/// What a list says: words, and phrases in which they do not count.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Listed {
    /// The words, each once.
    pub words: Vec<String>,
    /// The phrases, each once; whether a word is in each is not known here.
    pub except: Vec<String>,
}

/// Separate words.
const MARKS: [char; 5] = [',', '，', '、', ';', '；'];

/// The words and phrases of a list; separated by commas of either width, without any by blanks.
/// What stands in quotation marks is one, whatever is in it. A list of phrases alone begins with
/// the word that excludes them where `alone` says that it may.
pub fn listed(content: &str, alone: bool) -> Result<Listed, Refusal> {
    let list = content.trim_end_matches(['→', '>', '-', '=', ' ']);
    let whole = &slashes_apart(list);
    let (list, behind) = excepting(whole, alone).unwrap_or((whole, ""));
    // Where marks separate, a blank belongs to a phrase: `refund, money back`.
    let marked = unquoted(list).contains(MARKS);
    let mut listed = Listed { words: Vec::new(), except: phrases(behind)? };
    let said = whole[list.len()..].trim();
    if !said.is_empty() && listed.except.is_empty() {
        return Err(condition(said));
    }
    for part in split(list, |c| MARKS.contains(&c) || !marked && c.is_whitespace()) {
        let word = cut::one_line(part.trim().trim_matches(QUOTES));
        let free = !part.trim().starts_with(QUOTES);
        // `退费，免退费除外`
        let beside = OUT.iter().find_map(|end| word.strip_suffix(end));
        if let Some(phrase) = beside.filter(|p| free && !p.is_empty() && !listed.words.is_empty()) {
            push(&mut listed.except, phrase)?;
            continue;
        }
        if free && is_condition(&word, listed.words.is_empty()) {
            return Err(condition(&word));
        }
        push(&mut listed.words, &word)?;
    }
    Ok(listed)
}

/// What a list says behind the word that excludes, with that word.
pub fn excluded(list: &str) -> Option<&str> {
    excepting(list, false).map(|(before, _)| list[before.len()..].trim())
}

/// The words of a list, of which there is one at least.
pub fn words(content: &str) -> Result<Listed, Refusal> {
    match listed(content, false)? {
        none if none.words.is_empty() => {
            Err(Refusal::Missing { word: "keyword", what: Missing::Content })
        }
        some => Ok(some),
    }
}

fn push(list: &mut Vec<String>, word: &str) -> Result<(), Refusal> {
    if word.chars().count() > WORD_CHARS_MAX {
        return Err(Refusal::Limit { what: "word", most: WORD_CHARS_MAX });
    }
    if !word.is_empty() && !list.iter().any(|other| other == word) {
        list.push(word.to_owned());
    }
    match list.len() {
        0..=WORDS_MAX => Ok(()),
        _ => Err(Refusal::Limit { what: "words", most: WORDS_MAX }),
    }
}

/// A list at the word that excludes the rest of it, which is left out.
fn excepting(list: &str, alone: bool) -> Option<(&str, &str)> {
    let mut close: Option<char> = None;
    let mut before: Option<char> = None;
    for (at, c) in list.char_indices() {
        match close {
            Some(end) => close = Some(end).filter(|end| *end != c),
            None => {
                let rest = &list[at..];
                let said = EXCEPT.iter().find(|word| begins(rest, word));
                let apart = before.map_or(alone, |c| c.is_whitespace() || MARKS.contains(&c));
                if let Some(word) = said.filter(|_| apart || glued(&list[..at], rest)) {
                    return Some((&list[..at], &rest[word.len()..]));
                }
                close = closes(c).filter(|end| rest[c.len_utf8()..].contains(*end));
            }
        }
        before = Some(c);
    }
    None
}

/// Whether a text begins with a word, of either case; a Latin one ends there.
fn begins(text: &str, word: &str) -> bool {
    let head = text.get(..word.len()).is_some_and(|head| head.eq_ignore_ascii_case(word));
    let goes_on = |c: char| c.is_alphanumeric();
    head && !(word.is_ascii() && text[word.len()..].starts_with(goes_on))
}

/// `退费不含免退费`: what is excluded holds the word it is glued to; `不含税` and `价格不含税` are words.
fn glued(before: &str, rest: &str) -> bool {
    let last = before.rsplit(|c: char| c.is_whitespace() || MARKS.contains(&c)).next();
    last.is_some_and(|last| !last.is_empty() && rest.contains(last))
}

/// The phrases behind the word that excludes them. A blank parts Chinese ones alone: `but not
/// refund policy` is one.
fn phrases(list: &str) -> Result<Vec<String>, Refusal> {
    let cjk = |c: char| !c.is_ascii() && c.is_alphabetic();
    let marked = unquoted(list).contains(MARKS) || !list.contains(cjk);
    let mut phrases = Vec::new();
    for part in split(list, |c| MARKS.contains(&c) || !marked && c.is_whitespace()) {
        let free = part.trim();
        let free = EXCEPT.iter().find(|word| begins(free, word)).map_or(free, |w| &free[w.len()..]);
        let free = free.trim().trim_start_matches([':', '：', ' ']);
        let free = match free.starts_with(QUOTES) {
            true => free,
            false => BEHIND.iter().find_map(|end| free.strip_suffix(end)).unwrap_or(free),
        };
        push(&mut phrases, &cut::one_line(free.trim_matches(QUOTES)))?;
    }
    Ok(phrases)
}

/// The phrases as they are kept: each holds a word that is looked for, and more than it.
/// `免退费和退费率` are two of them.
pub fn fitted(words: &[String], except: Vec<String>) -> Result<Vec<String>, Refusal> {
    let folded: Vec<String> = words.iter().map(|word| keyword::folded(word)).collect();
    let fits = |phrase: &str| {
        let whole = keyword::folded(phrase);
        folded.iter().any(|word| !word.is_empty() && *word != whole && whole.contains(word))
    };
    let mut fitted = Vec::new();
    for phrase in except {
        if !fits(&phrase) {
            return Err(Refusal::Cannot {
                what: Cannot::Excluded,
                part: phrase,
                lines: Vec::new(),
            });
        }
        let parts = JOINTS.iter().map(|joint| phrase.split(joint).map(str::trim));
        let mut parts = parts.map(Iterator::collect::<Vec<_>>);
        let parts = parts.find(|parts| parts.len() > 1 && parts.iter().all(|part| fits(part)));
        for part in parts.unwrap_or_else(|| vec![&phrase]) {
            push(&mut fitted, part)?;
        }
    }
    Ok(fitted)
}

/// Marks around a phrase.
const QUOTES: [char; 7] = ['"', '“', '”', '「', '」', '『', '』'];

/// What closes the quotation that a mark opens.
fn closes(open: char) -> Option<char> {
    match open {
        '"' => Some('"'),
        '“' => Some('”'),
        '「' => Some('」'),
        '『' => Some('』'),
        _ => None,
    }
}

/// A text without what stands in quotation marks.
fn unquoted(text: &str) -> String {
    let mut close: Option<char> = None;
    let mut outside = |c: char| match close {
        Some(end) => {
            close = Some(end).filter(|end| *end != c);
            false
        }
        None => {
            close = closes(c);
            close.is_none()
        }
    };
    text.chars().filter(|c| outside(*c)).collect()
}

/// A text cut where it is apart, but never within quotation marks that are closed.
fn split(text: &str, apart: impl Fn(char) -> bool) -> Vec<&str> {
    let (mut parts, mut from, mut close) = (Vec::new(), 0, None);
    for (at, c) in text.char_indices() {
        let behind = at + c.len_utf8();
        match close {
            Some(end) if end == c => close = None,
            Some(_) => {}
            None => close = closes(c).filter(|end| text[behind..].contains(*end)),
        }
        if close.is_none() && apart(c) {
            parts.push(&text[from..at]);
            from = behind;
        }
    }
    parts.push(&text[from..]);
    parts
}
