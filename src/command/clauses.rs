//! Sentences of several clauses with a date each, `周三写方案，周五交付`: the one that was read as the
//! deadline must not be cut out of its clause, or nobody would know what was to happen when.

use std::ops::Range;

use super::scan::{Mark, Scan};
use crate::text::when::{self, Reference};

/// Marks between clauses.
const MARKS: [char; 9] = ['，', ',', '；', ';', '。', '、', '\n', '!', '！'];

/// Words between clauses; they begin the next one.
const WORDS: [&str; 7] = ["然后", "接着", "之后", "再", " and ", " then ", " but "];

/// Words around a date that leave it a clause of its own: `周五前完成`.
const BARE: [&str; 26] = [
    "前",
    "之前",
    "以前",
    "完成",
    "截止",
    "截至",
    "截止到",
    "交",
    "要",
    "就要",
    "必须",
    "最晚",
    "最迟",
    "due",
    "by",
    "before",
    "until",
    "deadline",
    "the",
    "on",
    "at",
    "latest",
    "done",
    "please",
    "要交",
    "前交",
];

/// Gives the date that was taken back to the content, if it stands in a clause with other words and
/// another clause has a date of its own.
pub fn give_back(scan: &mut Scan, reference: Reference) -> bool {
    let Some(taken) = taken(scan) else { return false };
    let clauses = clauses(scan);
    let holds = |clause: &Range<usize>| clause.contains(&taken.start);
    let Some(own) = clauses.iter().find(|clause| holds(clause)) else { return false };
    let words = |range: Range<usize>| scan.glyphs.original(range).to_lowercase();
    let rest = [words(own.start..taken.start), words(taken.end.min(own.end)..own.end)];
    let others = || clauses.iter().filter(|clause| !holds(clause));
    let dated = |clause: &Range<usize>| {
        let text = scan.glyphs.original(clause.clone());
        let span = when::find(text, reference).map(|found| found.span);
        span.is_some_and(|span| says(&text[..span.start]) || says(&text[span.end..]))
    };
    let gives = rest.iter().any(|part| says(part)) && others().any(dated);
    if gives {
        scan.keep(taken);
    }
    gives
}

/// The one stretch that was taken as a date: the last that is whole and no person or tag.
fn taken(scan: &Scan) -> Option<Range<usize>> {
    let is_mark = |at: usize| matches!(scan.glyphs.get(at), Some('@' | '#'));
    let mut found: Option<Range<usize>> = None;
    let mut at = scan.from;
    while at < scan.end() {
        let end = (at..scan.end()).find(|i| scan.mark(*i) != Mark::Taken).unwrap_or(scan.end());
        if end > at && !(at..end).any(is_mark) {
            // A date and a time of day that stand apart are two.
            if found.is_some() {
                return None;
            }
            found = Some(at..end);
        }
        at = end.max(at + 1);
    }
    found
}

/// The clauses of what is said.
fn clauses(scan: &Scan) -> Vec<Range<usize>> {
    let (mut all, mut from, mut at) = (Vec::new(), scan.from, scan.from);
    while at < scan.end() {
        let mark = scan.glyphs.get(at).is_some_and(|c| MARKS.contains(&c));
        let word = WORDS.iter().any(|word| scan.glyphs.starts_with(at, word));
        if (mark || word) && scan.mark(at) != Mark::Literal {
            all.push(from..at);
            from = at + usize::from(mark || scan.glyphs.get(at).is_some_and(char::is_whitespace));
        }
        at += 1;
    }
    all.push(from..scan.end());
    all.retain(|clause| !clause.is_empty());
    all
}

/// Whether words say more than that a date is a deadline.
fn says(words: &str) -> bool {
    let words = words.trim_matches(|c: char| c.is_whitespace() || c.is_ascii_punctuation());
    let words = words.trim_matches(['，', '；', '。', '、', '：']);
    !words.is_empty() && !words.split_whitespace().all(|word| BARE.contains(&word))
}
