//! Handles such as `T12`: one, several (`T4、T7`), a stretch of them (`T4-T7`). Whether there is
//! such a record is not known here.

use super::glyphs::{Glyphs, is_cjk, is_latin, is_separator};
use super::scan::Scan;
use super::word::{Form, Word};
use crate::model::Handle;

/// Longest number of a handle: more digits would not fit its type, and nobody types them.
const HANDLE_DIGITS_MAX: usize = 9;

/// Most handles one command acts on: what fits one answer on a phone.
pub const HANDLES_MAX: usize = 20;

/// The letter of undo steps, which belong to no noun.
pub const UNDO_LETTER: char = 'U';

/// Between two handles, besides separators.
const AND: [&str; 7] = ["和", "与", "及", "跟", "and", "&", "+"];
/// From the first handle of a stretch to its last.
const THROUGH: [&str; 9] = ["-", "~", "–", "—", "到", "至", "through", "thru", "to"];

/// A handle at a position and where it ends: `T12` in `T12`, `T12完成`, `T12: done`; none in `T1.5`
/// or `T12x`.
pub fn handle_at(glyphs: &Glyphs, at: usize) -> Option<(Handle, usize)> {
    let (handle, end) = numbered_at(glyphs, at)?;
    let goes_on = match glyphs.get(end) {
        Some('.' | '-' | '/' | '@' | '=' | '%' | '\'') => {
            glyphs.get(end + 1).is_some_and(|c| is_latin(c) || is_cjk(c))
        }
        Some(c) => is_latin(c),
        None => false,
    };
    (!goes_on).then_some((handle, end))
}

/// A letter and a number, whatever follows.
fn numbered_at(glyphs: &Glyphs, at: usize) -> Option<(Handle, usize)> {
    let letter = glyphs.get(at).filter(char::is_ascii_lowercase)?.to_ascii_uppercase();
    if glyphs.before(at).is_some_and(is_latin) {
        return None;
    }
    let end = glyphs.skip(at + 1, |c| c.is_ascii_digit());
    if end - at - 1 > HANDLE_DIGITS_MAX {
        return None;
    }
    let number = glyphs.folded(at + 1..end).parse().ok().filter(|number| *number > 0)?;
    Some((Handle { letter, number }, end))
}

/// The handles that begin at a position, each once, and where they end. Of very many a few more
/// than `HANDLES_MAX` are given, so that it shows.
pub fn handles_at(glyphs: &Glyphs, at: usize) -> Option<(Vec<Handle>, usize)> {
    let (mut found, mut end) = stretch_at(glyphs, at)?;
    while found.len() <= HANDLES_MAX {
        let next = glyphs.skip(end, is_separator);
        let and = AND.iter().find(|and| glyphs.word_at(next, and));
        let next = and.map_or(next, |and| glyphs.skip_blanks(next + and.chars().count()));
        let more = stretch_at(glyphs, next).filter(|_| next > end);
        let Some((handles, behind)) = more else { break };
        found.extend(handles);
        end = behind;
    }
    let mut once: Vec<Handle> = Vec::new();
    for handle in found {
        if !once.contains(&handle) {
            once.push(handle);
        }
    }
    Some((once, end))
}

/// `T4-T7`, `T4到T7`, `T4-7`; else one handle.
fn stretch_at(glyphs: &Glyphs, at: usize) -> Option<(Vec<Handle>, usize)> {
    let one = || handle_at(glyphs, at).map(|(handle, end)| (vec![handle], end));
    let Some((first, end)) = numbered_at(glyphs, at) else { return one() };
    let sign = glyphs.skip_blanks(end);
    let Some(through) = THROUGH.iter().find(|through| glyphs.starts_with(sign, through)) else {
        return one();
    };
    let next = glyphs.skip_blanks(sign + through.chars().count());
    let Some((last, end)) = handle_at(glyphs, next).or_else(|| bare(glyphs, next, first, through))
    else {
        return one();
    };
    if last.letter != first.letter || last.number <= first.number {
        return one();
    }
    let numbers = (first.number..=last.number).take(HANDLES_MAX + 1);
    Some((numbers.map(|number| Handle { number, ..first }).collect(), end))
}

/// The `7` of `T4-7`, where nothing is joined to it: `T4-7月` is none.
fn bare(glyphs: &Glyphs, at: usize, first: Handle, through: &str) -> Option<(Handle, usize)> {
    let end = glyphs.skip(at, |c| c.is_ascii_digit());
    let apart = glyphs.get(end).is_none_or(is_separator) && matches!(through, "-" | "~");
    let number = glyphs.folded(at..end).parse().ok().filter(|_| apart)?;
    (end - at <= HANDLE_DIGITS_MAX).then_some((Handle { number, ..first }, end))
}

/// Handles of the letters the catalogue has among the arguments; others, and all where the word
/// takes none, stay content.
pub fn handles(scan: &mut Scan, word: &Word, known: impl Fn(char) -> bool) -> Vec<Handle> {
    let mut found = Vec::new();
    if !scan.glyphs.has_any(b"0123456789") {
        return found;
    }
    for at in scan.from..scan.end() {
        if !scan.open(at).is_some_and(|c| c.is_ascii_lowercase()) {
            continue;
        }
        let Some((handles, end)) = stretch_at(scan.glyphs, at) else { continue };
        if !scan.is_open(at..end) {
            continue;
        }
        if word.takes.contains(&Form::Handles) && handles.iter().all(|h| known(h.letter)) {
            scan.take(at..end);
            found.extend(handles);
        } else {
            scan.keep(at..end);
        }
    }
    found
}
