//! What a line may have meant whose first word, or whose verb, is none of ours: the stretch that is
//! wrong, and what could stand in its place, nearest first. Nothing is carried out by it.

use std::cmp::Reverse;

use super::glyphs::{Glyphs, is_cjk, is_latin, is_separator};
use super::handles::handle_at;
use super::names::{Entry, Index};
use super::word::Kind;
use crate::model::Lang;
use crate::text::slip::{ANY_COST, Sign, aligned, distance, may_be_near, signs};

/// Most names suggested: the three that fit a line.
const NEAR_MAX: usize = 3;

/// More characters too many or too few are another word.
const LENGTHS_MAX: usize = 2;

/// Longest word that is looked at; longer ones are sentences.
pub const TYPO_CHARS_MAX: usize = 16;

/// What may slip where more Chinese follows without a blank, in hundredths: such a word is often
/// another one (`任意时间都行`), so only sound and shape count.
const GLUED_COST_MAX: u32 = 40;

/// Endings that make another word of one of ours, so that nobody forgot a blank.
const ENDINGS: [&str; 24] = [
    "ing", "ings", "ful", "less", "able", "ness", "ers", "ment", "ation", "force", "desk", "line",
    "board", "play", "code", "book", "ist", "ists", "ship", "word", "words", "work", "let", "ory",
];

/// Everyday words that are near to one of ours.
pub const EVERYDAY: [&str; 24] = [
    "fine", "kind", "mind", "mask", "rule", "rules", "whole", "hole", "gone", "none", "one",
    "does", "don", "bone", "well", "hello", "held", "nope", "what", "who", "way", "say", "lost",
    "sent",
];

/// A wrong stretch and what may have been meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Repair {
    /// Where the stretch ends.
    pub end: usize,
    /// What could stand there, nearest first; never empty.
    pub near: Vec<String>,
    /// Language of the nearest.
    pub lang: Lang,
}

/// What the word at a place may have meant, among the names that fit.
pub fn repair(
    index: &Index,
    line: &Glyphs,
    at: usize,
    fits: impl Fn(&Entry) -> bool,
) -> Option<Repair> {
    let latin = line.get(at).is_some_and(is_latin);
    let run = word_end(line, at, latin);
    if latin && run - at > TYPO_CHARS_MAX {
        return None;
    }
    let typed = signs(&line.folded(at..run.min(at + TYPO_CHARS_MAX)));
    let mut found: Vec<(u32, usize, &Entry)> = Vec::new();
    // A name of one character is near to everything.
    let apt = |e: &&Entry| e.latin == latin && e.signs.len() > 1 && fits(e);
    for entry in index.entries().filter(apt) {
        let meant = &entry.signs;
        if entry.blanks > 0 {
            let Some(end) = words_end(line, at, latin, entry.blanks) else { continue };
            if end - at > TYPO_CHARS_MAX || (end - at).abs_diff(meant.len()) > LENGTHS_MAX {
                continue;
            }
            let typed = signs(&line.folded(at..end));
            let cost = near(&typed, entry, allowed(latin, &typed, meant));
            found.extend(cost.map(|cost| (cost, end, entry)));
            continue;
        }
        let ends = match latin {
            true => run..=run,
            false => at + meant.len() - 1..=(at + meant.len() + 1).min(run),
        };
        for end in ends {
            let Some(typed) = typed.get(..end - at).filter(|typed| !typed.is_empty()) else {
                continue;
            };
            let cost = match !latin && end < run {
                true => aligned(typed, meant, GLUED_COST_MAX).filter(|cost| *cost > 0),
                false => near(typed, entry, allowed(latin, typed, meant)),
            };
            found.extend(cost.map(|cost| (cost, end, entry)));
        }
    }
    found.sort_by_key(|(cost, end, entry)| (*cost, entry.kind != Kind::Noun, Reverse(*end)));
    let (_, end, best) = *found.first()?;
    let mut near: Vec<&Entry> = Vec::new();
    for (_, other, entry) in found {
        let same = near.iter().any(|seen| seen.key == entry.key);
        if other == end && !same && near.len() < NEAR_MAX {
            near.push(entry);
        }
    }
    let spelled = |entry: &Entry| match entry.latin {
        true => entry.name.clone(),
        false => entry.name.split_whitespace().collect(),
    };
    let near = near.into_iter().map(spelled).collect();
    Some(Repair { end, near, lang: best.lang })
}

/// How far a word is from a name, if that is not too far; a name itself is no slip.
fn near(typed: &[Sign], meant: &Entry, most: u32) -> Option<u32> {
    let lengths = typed.len().abs_diff(meant.signs.len());
    if most == 0 || lengths > LENGTHS_MAX || typed.len() > TYPO_CHARS_MAX {
        return None;
    }
    let may = may_be_near(typed, meant.kin, most);
    may.then(|| distance(typed, &meant.signs)).filter(|cost| (1..=most).contains(cost))
}

/// Where the word at a place ends.
fn word_end(line: &Glyphs, at: usize, latin: bool) -> usize {
    line.skip(at, |c| match latin {
        true => is_latin(c) || matches!(c, '-' | '\'' | '.' | '@'),
        false => is_cjk(c),
    })
}

/// Where this many words more end, a blank between each.
fn words_end(line: &Glyphs, at: usize, latin: bool, blanks: usize) -> Option<usize> {
    (0..blanks).try_fold(word_end(line, at, latin), |end, _| {
        let next = word_end(line, end + 1, latin);
        (line.get(end) == Some(' ') && next > end + 1).then_some(next)
    })
}

/// How much may slip in a word that stands alone, in hundredths. Chinese words of two characters
/// are near to many others by one of them, so there it must sound or look alike.
fn allowed(latin: bool, typed: &[Sign], meant: &[Sign]) -> u32 {
    let shorter = typed.len().min(meant.len());
    if !latin {
        return match shorter {
            0 | 1 => 0,
            2 => 70,
            3 | 4 => ANY_COST,
            _ => 160,
        };
    }
    match shorter {
        0..=2 => 0,
        3 if typed.first() != meant.first() => 0,
        3..=7 => ANY_COST,
        _ => 2 * ANY_COST,
    }
}

/// A blank was forgotten: `T12done`, `taskwrite the report`.
pub fn blank_missing(index: &Index, line: &Glyphs, at: usize) -> Option<Repair> {
    let run = line.skip(at, is_latin);
    if run == at {
        return None;
    }
    let folded = line.folded(at..run);
    let ends = line.get(run).is_none_or(is_separator);
    let verb = index.entries().filter(|e| e.kind == Kind::Verb && e.name.is_ascii()).find(|e| {
        let Some(handle) = folded.strip_suffix(e.folded.as_str()) else { return false };
        let glyphs = Glyphs::new(handle);
        handle_at(&glyphs, 0).is_some_and(|(_, end)| end == glyphs.len())
    });
    let noun = index.entries().filter(|e| e.kind == Kind::Noun && e.folded.len() >= 4).find(|e| {
        let rest = folded.strip_prefix(e.folded.as_str()).unwrap_or_default();
        rest.len() >= 3 && rest.is_ascii() && !ENDINGS.contains(&rest)
    });
    let entry = verb.or(noun).filter(|_| ends)?;
    let typed = line.original(at..run);
    let apart = match entry.kind {
        Kind::Verb => typed.len() - entry.folded.len(),
        Kind::Noun => entry.folded.len(),
    };
    let (first, second) = typed.split_at_checked(apart)?;
    Some(Repair { end: run, near: vec![format!("{first} {second}")], lang: entry.lang })
}

/// Somebody or a tag was named before the word: `@乙 任务 写周报`.
pub fn swapped(index: &Index, line: &Glyphs, at: usize) -> Option<Repair> {
    line.get(at).filter(|c| matches!(c, '@' | '#'))?;
    let named = line.skip(at, |c| !c.is_whitespace());
    let from = line.skip_blanks(named);
    let noun = index.at(Kind::Noun, line, from)?;
    let blank = line.get(noun.end).is_none_or(char::is_whitespace);
    let near = vec![format!("{} {}", noun.name, line.original(at..named))];
    blank.then_some(Repair { end: noun.end, near, lang: noun.lang })
}
