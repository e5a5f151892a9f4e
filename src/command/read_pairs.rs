//! Arguments around a sign: `key=value` of edits, `field<50` of filters.

use std::ops::Range;

use super::glyphs::{is_cjk, is_latin, is_separator};
use super::scan::{Mark, Scan, unquoted};
use crate::model::condition::Test;
use crate::model::event::Field;
use crate::text::condition::read_test;

/// What people call a record's own words: what stands behind is taken as it is written, dates and
/// names included. Longer spellings first.
const TEXTS: [&str; 10] =
    ["标题", "题目", "内容", "名称", "名字", "文字", "title", "text", "name", "subject"];

/// Other fields, which may stand before a colon as well. Longer spellings first.
const OTHERS: [&str; 19] = [
    "截止时间",
    "截止日期",
    "截止",
    "到期时间",
    "到期",
    "期限",
    "时间",
    "日期",
    "周期",
    "负责人",
    "执行人",
    "错过",
    "deadline",
    "due date",
    "due",
    "assignees",
    "assignee",
    "owner",
    "missed",
];

/// Between the name of a field and its value. Longer spellings first.
const JOINTS: [&str; 10] = ["改成", "改为", "换成", "改叫", "改到", "叫", "为", "是", "to", "is"];

/// Before the name of a field, and adds nothing.
const BEFORE: [&str; 8] = ["把", "将", "它", "的", "the", "its", "it", "'s"];

/// The names of a verb that are about a record's own words alone.
const RENAMES: [&str; 10] = [
    "改名",
    "改名为",
    "改名成",
    "改名叫",
    "重命名",
    "重命名为",
    "rename",
    "rename to",
    "rename it to",
    "retitle",
];

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
        found.push((scan.glyphs.folded(key.clone()), value));
        scan.take(key.start..ends);
    }
    found
}

/// A record's own words that are named first, without a sign: `标题 准备周五例会`, `title to prepare
/// the Friday meeting`, and all that stands behind `改名`.
pub fn text(scan: &mut Scan, typed: &str) -> Option<(String, String)> {
    let renames = RENAMES.contains(&typed);
    let loose = |c: char| is_separator(c) || c == '=';
    let begin = scan.glyphs.polite_end(scan.glyphs.skip(scan.from, is_separator), &BEFORE);
    let (key, from) = match TEXTS.iter().find(|text| scan.glyphs.word_at(begin, text)) {
        Some(text) => {
            let behind = begin + text.chars().count();
            let from = scan.glyphs.skip(behind, loose);
            let joint = JOINTS.iter().find(|joint| scan.glyphs.word_at(from, joint));
            let end = joint.map_or(from, |joint| from + joint.chars().count());
            if end == behind && !renames {
                return None;
            }
            (*text, scan.glyphs.skip(end, loose))
        }
        None if renames => (TEXTS[0], begin),
        None => return None,
    };
    let open = |at: &usize| scan.mark(*at) != Mark::Taken;
    let end = (from..scan.end()).take_while(open).last().map_or(from, |last| last + 1);
    let value = scan.glyphs.original(from..end).trim();
    let value = value.trim_end_matches([',', '，', '、', ';', '；']).trim_end();
    let value = unquoted(value).unwrap_or(value).to_owned();
    (!value.is_empty()).then(|| {
        scan.take(scan.from..end);
        (key.to_owned(), value)
    })
}

/// The key whose `=` stands at a position, and where its value begins.
fn key_at(scan: &Scan, sign: usize) -> Option<(Range<usize>, usize)> {
    if scan.open(sign) == Some(':') {
        return field_at(scan, sign);
    }
    if scan.open(sign) != Some('=') || scan.open(sign + 1) == Some('=') {
        return None;
    }
    let ends = scan.run_back(sign, char::is_whitespace);
    let begins = scan.run_back(ends, |c| is_latin(c) || is_cjk(c));
    let apart = begins == scan.from || scan.open(begins - 1).is_some_and(is_separator);
    (begins < ends && apart).then(|| (begins..ends, scan.glyphs.skip_blanks(sign + 1)))
}

/// The field whose `:` stands at a position: only what is known as one, for a colon stands in many
/// a text and in times of day.
fn field_at(scan: &Scan, sign: usize) -> Option<(Range<usize>, usize)> {
    let ends = scan.run_back(sign, char::is_whitespace);
    let begins = TEXTS.iter().chain(&OTHERS).find_map(|field| {
        let begins = ends.checked_sub(field.chars().count()).filter(|at| *at >= scan.from)?;
        let apart = begins == scan.from || scan.open(begins - 1).is_some_and(is_separator);
        (apart && scan.glyphs.starts_with(begins, field) && scan.is_open(begins..ends))
            .then_some(begins)
    })?;
    Some((begins..ends, scan.glyphs.skip_blanks(sign + 1)))
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
