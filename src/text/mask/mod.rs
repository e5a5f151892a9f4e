//! Personal data in a text: where it stands, and the text with it hidden. What is found when, and
//! what deliberately is not, is in docs/masking.md. Who may see a text as it is is not decided
//! here.

mod address;
mod card;
mod country;
mod edges;
mod email;
mod groups;
mod hit;
mod id_number;
mod ipv4;
mod kind;
mod landline;
mod mobile;
mod passport;
mod plate;

use std::borrow::Cow;
use std::cmp::Reverse;
use std::ops::Range;

pub use kind::Kind;

use super::fold::{Folded, fold};
use groups::Groups;
use hit::{Cover, Hit};

/// A stretch of personal data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// What it is.
    pub kind: Kind,
    /// Where it stands, in bytes.
    pub bytes: Range<usize>,
    /// Where it stands, in characters (code points).
    pub chars: Range<usize>,
}

/// A text with what was found in it hidden.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Masked<'a> {
    /// The masked text; borrowed where nothing was found.
    pub text: Cow<'a, str>,
    /// What was found, by position in the original.
    pub found: Vec<Found>,
}

/// Every kind's way to find itself in the characters of a folded text.
const FINDERS: [fn(&Groups) -> Vec<Hit>; 9] = [
    id_number::find,
    mobile::find,
    landline::find,
    card::find,
    email::find,
    plate::find,
    passport::find,
    ipv4::find,
    address::find,
];

/// The text with all personal data hidden.
pub fn mask(text: &str) -> Cow<'_, str> {
    read(text).text
}

/// Finds personal data and hides it. Each character is looked at a bounded number of times.
///
/// Where finds overlap, the one that begins first is kept; of those that begin together the
/// longest; of equals the first in the order of [`Kind`].
pub fn read(text: &str) -> Masked<'_> {
    if !text.chars().any(|c| c.is_numeric() || matches!(c, '@' | '＠' | '﹫')) {
        return Masked { text: text.into(), found: Vec::new() };
    }
    let folded = fold(text);
    let chars: Vec<char> = folded.text.chars().collect();
    let groups = Groups::of(&chars);
    let mut hits: Vec<Hit> = FINDERS.iter().flat_map(|find| find(&groups)).collect();
    hits.sort_by_key(|hit| (hit.range.start, Reverse(hit.range.end), hit.kind));
    let mut end = 0;
    hits.retain(|hit| {
        let apart = hit.range.start >= end;
        end = if apart { hit.range.end } else { end };
        apart
    });
    if hits.is_empty() {
        return Masked { text: text.into(), found: Vec::new() };
    }
    cover(text, &folded, &hits)
}

/// Hides what the hits say; they stand in order and apart.
fn cover<'a>(text: &'a str, folded: &Folded, hits: &[Hit]) -> Masked<'a> {
    // Of each folded character the place in bytes, and that of the end.
    let mut places: Vec<usize> = folded.text.char_indices().map(|(byte, _)| byte).collect();
    places.push(folded.text.len());
    let original = |range: &Range<usize>| folded.original(places[range.start]..places[range.end]);
    let (mut masked, mut found) = (String::with_capacity(text.len()), Vec::new());
    // How far the text was taken over, in bytes; and the characters up to `counted`, in bytes.
    let (mut taken, mut counted, mut chars) = (0, 0, 0);
    let mut count = |to: usize| {
        chars += text[counted..to].chars().count();
        counted = to;
        chars
    };
    for hit in hits {
        let bytes = original(&hit.range);
        let hidden = original(&hit.hidden);
        // One original character may have been folded to several, of which two hits have a part.
        if hidden.start < taken || bytes.start < found.last().map_or(0, |f: &Found| f.bytes.end) {
            continue;
        }
        masked.push_str(&text[taken..hidden.start]);
        match hit.cover {
            Cover::With(stars) => masked.push_str(stars),
            Cover::Stars => push_stars(&mut masked, text, &hit.hidden, original),
        }
        taken = hidden.end;
        let chars = count(bytes.start)..count(bytes.end);
        found.push(Found { kind: hit.kind, bytes, chars });
    }
    masked.push_str(&text[taken..]);
    Masked { text: masked.into(), found }
}

/// A star for each letter and digit; what stands between them stays, if it shows.
fn push_stars(
    masked: &mut String,
    text: &str,
    hidden: &Range<usize>,
    original: impl Fn(&Range<usize>) -> Range<usize>,
) {
    let mut end = 0;
    for at in hidden.clone() {
        let from = original(&(at..at + 1));
        // Another part of the same original character: it is hidden already.
        if from.start < end {
            continue;
        }
        end = from.end;
        let part = &text[from];
        match part.chars().any(char::is_alphanumeric) {
            true => masked.push('*'),
            false => masked.push_str(part),
        }
    }
}
