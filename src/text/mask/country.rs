//! What stands before telephone numbers: the country's prefix (`+86`, `86-`, `0086`, `(+86)`), the
//! trunk's 0 before a mobile number, and words that say what a number is.

use super::edges::is_joint;
use super::groups::Groups;

/// Where a number behind the country's prefix begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Prefixed {
    /// Where the prefix begins, with its sign and bracket.
    pub start: usize,
    /// The run of digits that the number begins in.
    pub run: usize,
    /// Where in it.
    pub from: usize,
}

/// Words that say that a telephone number follows.
const WORDS: [&str; 11] =
    ["电话", "手机", "座机", "固话", "传真", "总机", "热线", "phone", "mobile", "tel", "fax"];
/// How far before it, in characters.
const WORD_WITHIN: usize = 8;
/// Digits of a mobile number with the trunk's 0.
const TRUNK_CHARS: usize = 12;
/// Digits of a mobile number with `86` right before it.
const GLUED_CHARS: usize = 13;

/// The prefix that begins in a run of digits.
pub fn prefix(groups: &Groups, nth: usize) -> Option<Prefixed> {
    let run = groups.run(nth)?;
    let before = |at: usize, c: char| at > 0 && groups.chars[at - 1] == c;
    let plus = before(run.start, '+');
    let signed = run.start - usize::from(plus);
    let long = groups.chars[run.clone()].starts_with(&['0', '0', '8', '6']);
    let short = groups.chars[run.clone()].starts_with(&['8', '6']);
    let digits = match (long, short) {
        (true, _) => 4,
        (_, true) => 2,
        (false, false) => return None,
    };
    let end = run.start + digits;
    if run.end > end {
        // `86138…`: other numbers begin with 86 as well.
        let glued = long || plus || run.len() == GLUED_CHARS;
        return glued.then_some(Prefixed { start: signed, run: nth, from: end });
    }
    let next = groups.run(nth + 1)?;
    let bracket = before(signed, '(') && groups.chars[end] == ')';
    let between = &groups.chars[end + usize::from(bracket)..next.start];
    // An area code behind it may stand in brackets.
    let joined = match between.strip_suffix(&['(']).unwrap_or(between) {
        [] => bracket,
        // `86 138…` may be any two numbers.
        [c] => is_joint(*c) && (bracket || plus || long || *c != ' '),
        _ => false,
    };
    let start = signed - usize::from(bracket);
    joined.then_some(Prefixed { start, run: nth + 1, from: next.start })
}

/// The trunk's 0 before a mobile number, as some dial it from another province; only where words
/// say what it is, for codes of invoices look the same.
pub fn trunk(groups: &Groups, nth: usize) -> Option<Prefixed> {
    let run = groups.run(nth)?;
    let fits = run.len() == TRUNK_CHARS && groups.chars[run.start] == '0';
    let told = fits && is_told(groups.chars, run.start);
    told.then_some(Prefixed { start: run.start, run: nth, from: run.start + 1 })
}

/// Whether words before a number say that it is a telephone's.
pub fn is_told(chars: &[char], start: usize) -> bool {
    let before: String = chars[start.saturating_sub(WORD_WITHIN)..start].iter().collect();
    WORDS.iter().any(|word| before.contains(word))
}
