//! Addresses of the internet, version 4. Versions of programs look alike: a leading v, a fifth
//! number or a word for versions tells them.

use super::edges::{is_hyphen, opens};
use super::groups::Groups;
use super::hit::Hit;
use super::kind::Kind;

/// What hides the last two numbers.
const HIDDEN: &str = "*.*";
/// Words that, right before four numbers, make them a version or a section.
const WORDS: [&str; 10] =
    ["版本", "版本号", "固件", "第", "version", "ver", "release", "build", "firmware", "section"];
/// What stands right behind a version or the number of a section.
const BEHIND: &str = "版节条章";
/// How far before the numbers a word ends, in characters, and how long it is.
const WORD_WITHIN: usize = 12;

/// All of them.
pub fn find(groups: &Groups) -> Vec<Hit> {
    groups.each(at)
}

fn at(groups: &Groups, nth: usize) -> Option<Hit> {
    let mut runs = Vec::with_capacity(4);
    for step in 0..4 {
        let run = groups.run(nth + step)?;
        let last: Option<&std::ops::Range<usize>> = runs.last();
        let joined = last.is_none_or(|last| groups.is(last.end..run.start, "."));
        let number = groups.digits(run.clone()).iter().take(4).fold(0, |n, digit| n * 10 + digit);
        if !joined || run.len() > 3 || number > 255 {
            return None;
        }
        runs.push(run);
    }
    let (start, end) = (runs[0].start, runs[3].end);
    let fits = begins(groups.chars, start) && ends(groups.chars, end);
    fits.then(|| Hit::covered(Kind::Ipv4, start..end, runs[2].start..end, HIDDEN))
}

fn begins(chars: &[char], start: usize) -> bool {
    let before = |n: usize| start.checked_sub(n).map(|at| chars[at]);
    let edge = match before(1) {
        // The second of a range of addresses.
        Some(c) if is_hyphen(c) => !before(2).is_some_and(|c| c.is_ascii_alphabetic()),
        // `Chrome/120.0.0.0`, but `http://10.0.0.1`.
        Some('/') => !before(2).is_some_and(|c| c.is_ascii_alphabetic()),
        Some('.') => false,
        _ => opens(chars, start),
    };
    edge && !is_version(chars, start)
}

/// Whether a word says that a version follows.
fn is_version(chars: &[char], start: usize) -> bool {
    let before: String = chars[start.saturating_sub(WORD_WITHIN)..start].iter().collect();
    let before = before.trim_end_matches([' ', ':', '=', '.', '为', '是']);
    WORDS.iter().any(|word| {
        before.strip_suffix(word).is_some_and(|rest| {
            !word.is_ascii() || !rest.ends_with(|c: char| c.is_ascii_alphabetic())
        })
    })
}

fn ends(chars: &[char], end: usize) -> bool {
    let then = |c: fn(&char) -> bool| chars.get(end + 1).is_some_and(c);
    match chars.get(end) {
        None => true,
        Some(c) if c.is_ascii_alphanumeric() || *c == '_' => false,
        Some('.') => !then(char::is_ascii_alphanumeric),
        Some(c) if is_hyphen(*c) => !then(char::is_ascii_alphabetic),
        Some(' ') => !then(|c| *c == '版'),
        Some(c) => !BEHIND.contains(*c),
    }
}
