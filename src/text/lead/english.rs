//! Lead times in English: `10 min before the meeting`, `remind me again an hour before`, `2 days in
//! advance`.

use super::found::{Found, amount_at, lead_of};
use super::tail::{closes, strip, strip_end};
use crate::text::grammar::Amount;
use crate::text::reference::Reference;
use crate::text::when;

/// Makes the length before it a lead.
const BEFORE: [&str; 17] = [
    "before that",
    "before it",
    "before then",
    "before the deadline",
    "before the due date",
    "before due",
    "before it's due",
    "before it is due",
    "before hand",
    "beforehand",
    "ahead of time",
    "ahead of it",
    "ahead",
    "in advance",
    "earlier",
    "prior",
    "early",
];

/// The same, and words may follow: `10 min before the meeting`.
const BEFORE_WHAT: [&str; 3] = ["before", "ahead of", "prior to"];

/// Behind it, and it says that it comes on top.
const TOO: [&str; 4] = [" as well", " again", " also", " too"];

/// Before it, and it adds nothing but that something is told, perhaps again.
const LEADS: [&str; 27] = [
    "remind me",
    "remind us",
    "remind everyone",
    "remind them",
    "reminder",
    "remind",
    "alert me",
    "alert",
    "notify me",
    "notify",
    "ping me",
    "ping",
    "tell me",
    "warn me",
    "nudge me",
    "let me know",
    "again",
    "also",
    "another",
    "please",
    "with a",
    "with",
    "and",
    "but",
    "once more",
    "a",
    "once",
];

/// Of these, those that tell somebody.
const TELLS: [&str; 15] = [
    "remind me",
    "remind us",
    "remind everyone",
    "remind them",
    "reminder",
    "remind",
    "alert me",
    "alert",
    "notify me",
    "notify",
    "ping me",
    "ping",
    "tell me",
    "let me know",
    "nudge me",
];

/// Of these, those that say that it comes on top.
const ON_TOP: [&str; 4] = ["again", "also", "another", "once more"];

/// A day in words that are no length.
const ONE_DAY: [&str; 2] = ["the day", "one day"];

/// One of these is in every lead time.
pub const SAYS: [&str; 7] = ["before", "ahead", "advance", "earlier", "prior", "early", "notice"];

/// The first one of a text.
pub fn find(text: &str, reference: Reference) -> Option<Found> {
    // Most lines that hold none are Chinese.
    if !text.bytes().any(|byte| byte.is_ascii_lowercase()) {
        return None;
    }
    if !SAYS.iter().any(|word| text.contains(word)) {
        return None;
    }
    let starts = text.char_indices().map(|(at, _)| at).filter(|at| {
        let before = text[..*at].chars().next_back();
        before.is_none_or(|c| !c.is_alphanumeric() && !"-'.:/".contains(c))
    });
    starts.filter_map(|at| found_at(text, at, reference)).next()
}

fn found_at(text: &str, at: usize, reference: Reference) -> Option<Found> {
    let rest = &text[at..];
    if let Some(long) = before_a_call(text, at) {
        let span = at..at + long;
        return Some(Found { bare: span.clone(), span, lead: None, told: true, goes_on: true });
    }
    if !rest.starts_with(|c: char| c.is_ascii_alphanumeric()) {
        return None;
    }
    let day =
        ONE_DAY.iter().find_map(|day| Some((one_day(), rest.len() - strip(rest, &[day])?.len())));
    let (amount, long) = day.or_else(|| amount_at(rest))?;
    let behind = rest[long..].trim_start();
    let closed = strip(behind, &BEFORE).or_else(|| {
        strip(behind, &["notice", "'s notice", "' notice"])
            .filter(|_| text[..at].trim_end().ends_with("with"))
    });
    let closed = closed.filter(|behind| closes(behind));
    let open = || strip(behind, &BEFORE_WHAT);
    let (behind, goes_on) = match closed {
        Some(behind) => (behind, false),
        None => {
            let behind = open()?;
            // `2 days before Dec 25` and `half an hour before 3pm` are dates.
            let end = text.len() - behind.len();
            let date = when::at_start(rest, reference).is_some_and(|long| at + long > end);
            if date {
                return None;
            }
            let ends = behind.trim().trim_matches(['.', ',', '!']).is_empty()
                || behind.starts_with([',', '.', ';', ':', '|'])
                || ["remind", "too", "as well", "again"]
                    .iter()
                    .any(|w| behind.trim_start().starts_with(w));
            (behind, !ends)
        }
    };
    let bare = at..text.len() - behind.len();
    let (behind, too) = match strip(behind, &TOO) {
        Some(rest) => (rest, true),
        None => (behind, false),
    };
    let (start, told, on_top) = leads(text, at);
    let span = start..text.len() - behind.len();
    Some(Found { span, bare, lead: lead_of(amount, too || on_top), told, goes_on })
}

/// `before my 3pm call`, right behind whom it is told: how long before is not said.
fn before_a_call(text: &str, at: usize) -> Option<usize> {
    let head = text[..at].trim_end();
    let told = head.is_empty() || strip_end(head, &["remind me", "remind us"]).is_some();
    let rest = strip(&text[at..], &["before"]).filter(|_| told)?;
    let of = strip(rest.trim_start(), &["my", "our", "the"])?.trim_start();
    let hour = of.split_whitespace().next()?;
    let half = ["am", "pm"].iter().find_map(|half| hour.strip_suffix(half))?;
    let digits = |c: char| c.is_ascii_digit() || c == ':';
    let named = of[hour.len()..].trim_start().starts_with(|c: char| c.is_ascii_alphabetic());
    (!half.is_empty() && half.chars().all(digits) && named).then_some("before".len())
}

fn one_day() -> Amount {
    Amount { days: 1, ..Amount::default() }
}

/// Where the words before it begin that say that something is told; whether they do, and whether
/// it is told again.
fn leads(text: &str, at: usize) -> (usize, bool, bool) {
    let (mut from, mut told, mut on_top) = (at, false, false);
    let mut head = text[..at].trim_end();
    while let Some(next) = strip_end(head, &LEADS) {
        let word = &head[next.len()..];
        told |= TELLS.contains(&word);
        on_top |= ON_TOP.contains(&word);
        from = next.len();
        head = next.trim_end_matches([' ', ',', ';', '.']);
    }
    (if told || on_top { from } else { at }, told, on_top)
}
