//! `steward verify --seal`: judges a sealed file by itself, without store, key or bot. Says what is
//! proven and what is not.

use std::io::{BufRead, Read};

use crate::evidence::finding::{Finding, range};
use crate::evidence::seal::{Header, LINE_BYTES_MAX};
use crate::evidence::verify::{self, Report};

/// Most lines of a file: more than the journal of a busy year.
const LINES_MAX: usize = 10_000_000;

/// What was judged: lines for whoever asked, and whether nothing is wrong.
pub struct Judged {
    /// The verdict first.
    pub lines: Vec<String>,
    /// Nothing was inserted, deleted, reordered, cut off or altered.
    pub whole: bool,
}

/// Judges a file; `head` is one that was seen elsewhere, in hex.
pub fn run(input: impl BufRead, head: Option<&str>) -> Result<Judged, Vec<String>> {
    let one = |error: String| vec![error];
    let mut lines = read_lines(input).map_err(one)?.into_iter();
    let first = lines.next().ok_or_else(|| vec!["the file is empty".to_owned()])?;
    let header = verify::header(&first).map_err(|error| one(error.to_string()))?;
    let head = head.map(|head| hex::decode(head.trim())).transpose();
    let head = head.map_err(|_| vec!["the head is not in hex".to_owned()])?;
    let lines: Vec<String> = lines.collect();
    let report = verify::verify(&header, lines.iter().map(String::as_str), head.as_deref());
    let report = report.map_err(|error| one(error.to_string()))?;
    Ok(Judged { whole: report.findings.is_empty(), lines: told(&header, &report) })
}

fn read_lines(mut input: impl BufRead) -> Result<Vec<String>, String> {
    let mut lines = Vec::new();
    loop {
        let mut line = Vec::new();
        let most = LINE_BYTES_MAX as u64 + 1;
        let read = input.by_ref().take(most).read_until(b'\n', &mut line);
        if read.map_err(|error| error.to_string())? == 0 {
            return Ok(lines);
        }
        if line.len() > LINE_BYTES_MAX || lines.len() >= LINES_MAX {
            return Err("the file is too long to be a seal".to_owned());
        }
        let text = String::from_utf8_lossy(&line);
        // A blank line at the end is no entry.
        if !text.trim().is_empty() {
            lines.push(text.trim_end().to_owned());
        }
    }
}

fn told(header: &Header, report: &Report) -> Vec<String> {
    let last = header.first.saturating_add(header.count).saturating_sub(1);
    let mut lines = vec![match report.findings.as_slice() {
        [] => "INTACT: nothing was inserted, deleted, reordered, cut off or altered".to_owned(),
        findings => format!("NOT INTACT: {} findings", findings.len()),
    }];
    lines.extend(report.findings.iter().map(|finding| format!("  {finding}")));
    lines.push(format!(
        "{:?}, {}: {} entries of {}, head {}",
        header.conversation,
        range(header.first, last),
        report.entries,
        header.count,
        header.head
    ));
    if !report.erased.is_empty() {
        lines.push(format!(
            "ERASED ON RECORD: {} contents, by {}; the chain holds without them",
            report.erased.len(),
            by(report)
        ));
    }
    lines.push("Proven, where INTACT:".to_owned());
    lines.push("  - these entries, in this order, lead to this head".to_owned());
    lines.push(match header.contents {
        true => "  - each content that is here is the one that was committed to".to_owned(),
        false => "  - nothing about contents: none are in the file".to_owned(),
    });
    lines.push(match report.witnessed {
        Some(seq) => format!("  - up to #{seq}, all of it is as it was when that head was shown"),
        None => "  - not since when: compare the head with one posted in the chat (--head)".into(),
    });
    lines.push("Not proven:".to_owned());
    lines.push("  - that people wrote what the platform delivered in their names".to_owned());
    lines.push("  - that everything said was delivered to the bot".to_owned());
    lines.push("  - times: they are those of the bot’s clock".to_owned());
    lines.push("  - anything before the first head that somebody else has seen".to_owned());
    if report.findings.iter().any(|f| matches!(f, Finding::Deleted { .. })) {
        lines.push("  - that what stands before a gap belongs to this head".to_owned());
    }
    lines
}

/// The entries that have erasures on record.
fn by(report: &Report) -> String {
    let mut by: Vec<u64> = report.erased.iter().map(|(_, by)| *by).collect();
    by.sort_unstable();
    by.dedup();
    let named: Vec<String> = by.iter().take(10).map(|seq| format!("#{seq}")).collect();
    let more = by.len().saturating_sub(named.len());
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    format!("{}{more}", named.join(", "))
}
