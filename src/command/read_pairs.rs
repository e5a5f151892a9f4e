//! Arguments around a sign: `key=value` of edits, `field<50` of filters.

use std::ops::Range;

use super::glyphs::{is_cjk, is_latin, is_separator};
use super::scan::{Mark, Scan, unquoted};
use crate::model::condition::Test;
use crate::model::event::Field;
use crate::text::condition::read_test;

/// Words between two tests: all tests must hold anyway.
const AND: [&str; 6] = ["并且", "且", "和", "and", "&&", "&"];

/// `key=value` pairs. A value is a quotation, or runs to the next pair or the end.
pub fn pairs(scan: &mut Scan) -> Vec<(String, String)> {
    let keys: Vec<(Range<usize>, usize)> =
        (scan.from..scan.end()).filter_map(|at| key_at(scan, at)).collect();
    let mut found = Vec::new();
    for (nth, (key, begins)) in keys.iter().enumerate() {
        let ends = keys.get(nth + 1).map_or(scan.end(), |(next, _)| next.start);
        // An earlier quoted value may have ended before this one begins, never behind it.
        let ends = quoted(scan, *begins).unwrap_or(ends).min(ends);
        let value = scan.glyphs.original(*begins..ends).trim();
        let value = value.trim_end_matches([',', '，', '、', ';', '；']).trim_end();
        let value = unquoted(value).unwrap_or(value).to_owned();
        found.push((scan.glyphs.original(key.clone()).to_owned(), value));
        scan.take(key.start..ends);
    }
    found
}

/// The key whose `=` stands at a position, and where its value begins.
fn key_at(scan: &Scan, sign: usize) -> Option<(Range<usize>, usize)> {
    if scan.open(sign) != Some('=') || scan.open(sign + 1) == Some('=') {
        return None;
    }
    let ends = scan.run_back(sign, char::is_whitespace);
    let begins = scan.run_back(ends, |c| is_latin(c) || is_cjk(c));
    let apart = begins == scan.from || scan.open(begins - 1).is_some_and(is_separator);
    (begins < ends && apart).then(|| (begins..ends, scan.glyphs.skip_blanks(sign + 1)))
}

/// Where the quotation that opens at a position ends.
fn quoted(scan: &Scan, at: usize) -> Option<usize> {
    let literal = |at: &usize| scan.mark(*at) == Mark::Literal;
    let end = (at..scan.end()).take_while(literal).last()? + 1;
    Some(end)
}

/// Comparisons. What is no comparison stays where it is.
pub fn tests(scan: &mut Scan) -> Vec<Test> {
    let mut found = Vec::new();
    let mut at = scan.from;
    while at < scan.end() {
        let behind = scan.run(at, is_sign);
        if behind > at
            && let Some((whole, test)) = test_around(scan, at..behind)
        {
            let start = whole.start;
            at = whole.end;
            scan.take(whole);
            if !found.is_empty() {
                scan.take_before(start, &AND);
            }
            found.push(test);
        } else {
            at = behind.max(at + 1);
        }
    }
    found
}

/// The comparison whose sign stands here, blanks around the sign allowed.
fn test_around(scan: &Scan, sign: Range<usize>) -> Option<(Range<usize>, Test)> {
    let field_ends = scan.run_back(sign.start, char::is_whitespace);
    let mut begins = scan.run_back(field_ends, is_word);
    if scan.glyphs.starts_with(begins, "且") && begins + 1 < field_ends {
        begins += 1;
    }
    let value_begins = scan.glyphs.skip_blanks(sign.end);
    let field = scan.glyphs.original(begins..field_ends);
    let written = scan.glyphs.folded(sign);
    let written = written.replace('≤', "<=").replace('≥', ">=").replace('≠', "!=");
    if let Some(ends) = quoted(scan, value_begins) {
        let value = scan.glyphs.original(value_begins..ends);
        let mut test = read_test(&format!("{field}{written}x"))?;
        test.value = Field::Text(unquoted(value).unwrap_or(value).to_owned());
        return Some((begins..ends, test));
    }
    let ends = scan.run(value_begins, is_word);
    let value = scan.glyphs.original(value_begins..ends);
    let test = read_test(&format!("{field}{written}{value}"))?;
    Some((begins..ends, test))
}

fn is_sign(c: char) -> bool {
    matches!(c, '<' | '>' | '=' | '!' | '≤' | '≥' | '≠')
}

/// What a field or a value may hold.
fn is_word(c: char) -> bool {
    !is_sign(c) && !is_separator(c) && !matches!(c, '。' | '!' | '?' | '(' | ')')
}
