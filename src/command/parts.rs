//! Somebody with a part of their own in what others do: `写合同 @韩梅梅审核`. She is not simply the one to
//! do it, so that it is content, and core asks whose it is where nobody else is named.

use std::ops::Range;

use super::args::Part;
use super::glyphs::{is_cjk, is_latin, is_separator};
use super::scan::{Mark, Scan};
use crate::text::when::{self, Reference};

/// What people do for the work of others. Longer spellings first.
const ZH: [&str; 38] = [
    "审核",
    "审批",
    "审阅",
    "审一下",
    "复核",
    "复审",
    "评审",
    "校对",
    "校稿",
    "把关",
    "过目",
    "确认",
    "验收",
    "签字",
    "签批",
    "盖章",
    "协助",
    "配合",
    "帮忙",
    "支持",
    "辅助",
    "参与",
    "参加",
    "旁听",
    "监督",
    "督促",
    "知晓",
    "知悉",
    "备份",
    "协同",
    "对接",
    "起草",
    "主笔",
    "牵头",
    "主导",
    "统筹",
    "拍板",
    "兜底",
];

/// The same in English. Longer spellings first.
const EN: [&str; 22] = [
    "to review",
    "reviews",
    "reviewing",
    "to approve",
    "approves",
    "approving",
    "to help",
    "helps",
    "helping",
    "to assist",
    "assists",
    "assisting",
    "to support",
    "supports",
    "to check",
    "to sign off",
    "signs off",
    "to proofread",
    "as reviewer",
    "as approver",
    "as backup",
    "for review",
];

/// Before the name, and belongs to it.
const LEADS: [&str; 8] = ["再由", "再让", "由", "请", "让", "找", "with", "and"];

/// Says no more behind the part.
const BEHIND: [&str; 4] = ["一下", "下", "吧", "就行"];

/// Where the part ends that follows somebody's name, if it is all that is said of them.
pub fn end_of(scan: &Scan, name_end: usize, reference: Reference) -> Option<usize> {
    let start = scan.glyphs.skip_blanks(name_end);
    let start = if scan.glyphs.starts_with(start, "来") { start + 1 } else { start };
    let part = ZH.iter().chain(&EN).find(|part| scan.glyphs.word_at(start, part))?;
    let end = start + part.chars().count();
    let more = BEHIND.iter().find(|more| scan.glyphs.starts_with(end, more));
    let end = end + more.map_or(0, |more| more.chars().count());
    let next = scan.glyphs.skip_blanks(end);
    let mark = |c: char| is_separator(c) || "@。.!/)）".contains(c);
    let ends = scan.open(next).is_none_or(mark) || {
        let rest = scan.glyphs.original(next..scan.end());
        when::at_start(rest, reference).is_some()
    };
    (scan.is_open(start..end) && ends).then_some(end)
}

/// Before 给, these make it a word that hands something over.
const HANDS: &str = "交转派发配寄送带还传拿报打分借递";

/// Where what is done for somebody stands, `给@王芳过生日`: hers to do, or about her?
pub fn done_for(
    scan: &Scan,
    at: usize,
    name_end: usize,
    reference: Reference,
) -> Option<Range<usize>> {
    let next = scan.open(name_end).filter(|c| is_cjk(*c))?;
    let before = scan.run_back(at, char::is_whitespace);
    let lead = before.checked_sub(1).filter(|start| scan.open(*start) == Some('给'));
    let hands = |start: usize| scan.glyphs.before(start).is_some_and(|c| HANDS.contains(c));
    // `催@王芳的报告`
    let start = match (lead.filter(|start| !hands(*start)), next) {
        (Some(start), _) => start,
        (None, '的') => at,
        (None, _) => return None,
    };
    if "和与跟及同来去负做办".contains(next) {
        return None;
    }
    let end = scan.run(name_end, |c| !is_separator(c) && !"@#。".contains(c));
    let rest = scan.glyphs.original(name_end..end);
    let dated = when::at_start(rest, reference).is_some();
    (!dated && end > name_end + 1).then_some(start..end)
}

/// The phrase about somebody: from the word that leads to them.
pub fn phrase(scan: &Scan, at: usize, end: usize) -> Range<usize> {
    let before = scan.run_back(at, char::is_whitespace);
    let lead = LEADS.iter().find_map(|lead| {
        let start = before.checked_sub(lead.chars().count()).filter(|start| *start >= scan.from)?;
        (scan.glyphs.word_at(start, lead) && scan.is_open(start..before)).then_some(start)
    });
    lead.unwrap_or(at)..end
}

/// A part that was found: whose it is, and where it stands.
#[derive(Debug)]
pub struct Found {
    /// The name, without the @.
    pub name: String,
    /// The name with its @, if it has one.
    pub person: Range<usize>,
    /// The whole phrase.
    pub phrase: Range<usize>,
}

/// Parts in what others do stay; somebody before whose part nothing else is said is to do it.
pub fn settle(scan: &mut Scan, found: Vec<Found>, people: &mut Vec<String>) -> Vec<Part> {
    let within = |at: usize| found.iter().any(|part| part.phrase.contains(&at));
    let says = |scan: &Scan, at: usize| {
        let shows = scan.glyphs.get(at).is_some_and(|c| is_latin(c) || is_cjk(c));
        shows && scan.mark(at) != Mark::Taken && !within(at)
    };
    let mut parts = Vec::new();
    for part in &found {
        let for_them = part.person == part.phrase;
        if for_them || (scan.from..part.phrase.start).any(|at| says(scan, at)) {
            let said = scan.glyphs.original(part.phrase.clone()).trim().to_owned();
            parts.push(Part { name: part.name.clone(), said });
        } else {
            scan.take(part.phrase.start..part.person.end);
            people.push(part.name.clone());
        }
    }
    parts
}
