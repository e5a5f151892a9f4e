//! The words of a keyword rule as they are listed. A word finds its message by itself: what would
//! join, exclude or limit words is no word, and is refused where it stands as one.

use crate::command::joints;
use crate::core::refusal::{Missing, Refusal};
use crate::text::cut;
use crate::text::fold::fold;

/// Most words of one rule.
pub const WORDS_MAX: usize = 50;

/// Longest word, in characters.
pub const WORD_CHARS_MAX: usize = 40;

/// Begins a condition or an effect that rules don't have, behind the first word; folded.
const LIMITS: [&str; 32] = [
    "但不",
    "但是",
    "不含",
    "不包含",
    "不包括",
    "不要",
    "除了",
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
    "except ",
    "only ",
    "at most ",
    "during ",
    "until ",
];

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

/// The words of a list, each once; separated by commas of either width, without any by blanks. What
/// stands in quotation marks is one, whatever is in it.
pub fn words(content: &str) -> Result<Vec<String>, Refusal> {
    let list = content.trim_end_matches(['→', '>', '-', '=', ' ']);
    let list = &slashes_apart(list);
    // Where marks separate, a blank belongs to a phrase: `refund, money back`.
    let marks = [',', '，', '、', ';', '；'];
    let marked = unquoted(list).contains(marks);
    let apart = |c: char| marks.contains(&c) || !marked && c.is_whitespace();
    let mut words: Vec<String> = Vec::new();
    for part in split(list, apart) {
        let word = cut::one_line(part.trim().trim_matches(QUOTES));
        if !part.trim().starts_with(QUOTES) && is_condition(&word, words.is_empty()) {
            return Err(condition(&word));
        }
        if word.chars().count() > WORD_CHARS_MAX {
            return Err(Refusal::Limit { what: "word", most: WORD_CHARS_MAX });
        }
        if !word.is_empty() && !words.contains(&word) {
            words.push(word);
        }
    }
    match words.len() {
        0 => Err(Refusal::Missing { word: "keyword", what: Missing::Content }),
        1..=WORDS_MAX => Ok(words),
        _ => Err(Refusal::Limit { what: "words", most: WORDS_MAX }),
    }
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
