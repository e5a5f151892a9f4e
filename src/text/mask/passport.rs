//! Numbers of passports and travel permits: one or two letters and seven or eight digits, in a text
//! that speaks of such a thing. Alone they are not told from the numbers of parts and orders.

use super::edges::{closes, is_hyphen};
use super::groups::Groups;
use super::hit::Hit;
use super::kind::Kind;

/// Words that make a number one. Folding keeps both ways of writing Chinese apart.
const WORDS: [&str; 11] = [
    "护照",
    "護照",
    "签证",
    "簽證",
    "港澳通行证",
    "台湾通行证",
    "内地通行证",
    "大陆通行证",
    "回乡证",
    "passport",
    "visa",
];

/// All of them.
pub fn find(groups: &Groups) -> Vec<Hit> {
    let hits = groups.each(at);
    match hits.is_empty() || is_told(groups.chars) {
        true => hits,
        false => Vec::new(),
    }
}

fn at(groups: &Groups, nth: usize) -> Option<Hit> {
    let (chars, run) = (groups.chars, groups.run(nth)?);
    let before = chars[..run.start].iter().rev().take(3);
    let letters = before.take_while(|c| c.is_ascii_alphabetic()).count();
    let start = run.start - letters;
    let fits = matches!(letters, 1 | 2) && matches!(run.len(), 7 | 8);
    if !fits || !opens(chars, start) || !closes(chars, run.end) {
        return None;
    }
    Some(Hit::starred(Kind::Passport, start..run.end, start + 2..run.end - 2))
}

/// Whether a token may begin here.
fn opens(chars: &[char], start: usize) -> bool {
    let before = |n: usize| start.checked_sub(n).map(|at| chars[at]);
    let latin = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
    match before(1) {
        None => true,
        Some(c) if is_hyphen(c) => !latin(before(2)),
        Some(c) => !c.is_ascii_alphanumeric() && c != '_',
    }
}

/// Whether the text speaks of a passport. Latin words stand alone or end in s.
fn is_told(chars: &[char]) -> bool {
    let text: String = chars.iter().collect();
    let latin = |c: char| c.is_ascii_alphabetic();
    WORDS.iter().any(|word| {
        text.match_indices(word).any(|(at, _)| {
            let behind = text[at + word.len()..].trim_start_matches('s');
            !word.is_ascii() || !text[..at].ends_with(latin) && !behind.starts_with(latin)
        })
    })
}
