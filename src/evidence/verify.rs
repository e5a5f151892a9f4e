//! Judges a seal: what was inserted, deleted, reordered, cut off, altered or erased.
//!
//! 1. From the head that the header names, back: of the lines that call themselves the last entry,
//!    the one with that hash is it; the hash it names tells the entry before it, and so on.
//! 2. Where no line has the hash that is named, the line of that place was altered, or there is
//!    none: it was deleted, or cut off if nothing follows. Behind a gap nothing names a hash; the
//!    line of the place is taken, and if there are several, the one that the line before it fits.
//! 3. Lines that are not part of the chain were inserted.
//! 4. Lines of the chain that stand in another order were reordered.
//! 5. A content is as committed to, or altered, or missing; one that is missing was erased by right
//!    if a later entry of the chain has that on record.

use std::collections::{BTreeMap, BTreeSet};

use super::finding::Finding;
use super::seal::{FORMAT, Hash, Header, Sealed, unhex};

/// Fewest bytes of a head by which an entry is looked for: what the chat shows is as long.
const HEAD_BYTES_MIN: usize = 8;

/// What came of it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Report {
    /// Entries of the chain that are there.
    pub entries: usize,
    /// What is wrong, in the order of the journal; empty: nothing is.
    pub findings: Vec<Finding>,
    /// Contents that were erased by right, with the entry that has it on record.
    pub erased: Vec<(u64, u64)>,
    /// The entry whose head was seen elsewhere: up to it, nothing changed since.
    pub witnessed: Option<u64>,
}

/// Why a file was not judged.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoSeal {
    /// It is not of the format, or of another version.
    #[error("this is no seal of a version that is known ({FORMAT})")]
    Format,
    /// The header is damaged.
    #[error("the header is damaged")]
    Header,
}

/// The lines of a place, by the place that they claim; each with its number in the file.
type Claims<'a> = BTreeMap<u64, Vec<(usize, &'a Sealed)>>;

/// Reads a header.
pub fn header(line: &str) -> Result<Header, NoSeal> {
    let header: Header = serde_json::from_str(line).map_err(|_| NoSeal::Format)?;
    if header.format != FORMAT {
        return Err(NoSeal::Format);
    }
    Ok(header)
}

/// Judges the lines behind a header, and whether a head seen elsewhere is in it.
pub fn verify<'a>(
    header: &Header,
    lines: impl IntoIterator<Item = &'a str>,
    head: Option<&[u8]>,
) -> Result<Report, NoSeal> {
    let (Some(named), Some(before)) = (unhex(&header.head), unhex(&header.previous)) else {
        return Err(NoSeal::Header);
    };
    let last = header.first.checked_add(header.count).and_then(|end| end.checked_sub(1));
    let last = last.filter(|_| header.first > 0 && header.count > 0).ok_or(NoSeal::Header)?;
    let mut report = Report::default();
    let mut read: Vec<(usize, Sealed)> = Vec::new();
    // The header is line 1.
    for (line, text) in (2..).zip(lines) {
        match Sealed::read(text) {
            Some(sealed) => read.push((line, sealed)),
            None => report.findings.push(Finding::Unreadable { line }),
        }
    }
    let mut claims: Claims = BTreeMap::new();
    for (line, sealed) in &read {
        claims.entry(sealed.entry.seq).or_default().push((*line, sealed));
    }
    let (chain, found) = chain(&claims, (header.first, last), named);
    report.findings.extend(found);
    if chain.first().is_some_and(|(_, s)| s.entry.seq == header.first && s.entry.previous != before)
    {
        report.findings.push(Finding::Beginning);
    }
    let known: BTreeSet<usize> = chain.iter().map(|(line, _)| *line).collect();
    let strange = read.iter().filter(|(line, _)| !known.contains(line));
    report.findings.extend(
        strange.map(|(line, sealed)| Finding::Inserted { line: *line, seq: sealed.entry.seq }),
    );
    report.findings.extend(reordered(&chain));
    contents(header, &chain, &mut report);
    if let Some(head) = head {
        let has = |hash: &Hash| head.len() >= HEAD_BYTES_MIN && hash.starts_with(head);
        report.witnessed = chain.iter().find(|(_, s)| has(&s.hash)).map(|(_, s)| s.entry.seq);
        if report.witnessed.is_none() {
            report.findings.push(Finding::OtherHead);
        }
    }
    report.entries = chain.len();
    Ok(report)
}

/// The lines that are the chain, in its order, and what is missing from it or was altered.
fn chain<'a>(
    claims: &Claims<'a>,
    (first, last): (u64, u64),
    head: Hash,
) -> (Vec<(usize, &'a Sealed)>, Vec<Finding>) {
    let (mut chain, mut found) = (Vec::new(), Vec::new());
    let mut named = Some(head);
    let mut missing: Option<(u64, u64)> = None;
    let none = Vec::new();
    // A count that is made up must not keep anybody waiting: places without a line are passed over
    // together.
    let mut seq = last;
    loop {
        let here = claims.get(&seq).unwrap_or(&none);
        let genuine = here.iter().find(|(_, s)| named == Some(s.hash));
        let taken = genuine.or_else(|| fitting(claims, seq, here));
        match taken {
            Some((line, sealed)) => {
                close(&mut missing, last, &mut found);
                if named.is_some_and(|named| named != sealed.hash) {
                    found.push(Finding::Altered { seq });
                }
                named = Some(sealed.entry.previous);
                chain.push((*line, *sealed));
                if seq == first {
                    break;
                }
                seq -= 1;
            }
            None => {
                let next = claims.range(first..seq).next_back().map(|(seq, _)| *seq);
                let from = next.map_or(first, |next| next + 1);
                let upto = missing.map_or(seq, |(_, upto)| upto);
                missing = Some((from, upto));
                named = None;
                match next {
                    Some(next) => seq = next,
                    None => break,
                }
            }
        }
    }
    close(&mut missing, last, &mut found);
    chain.reverse();
    found.reverse();
    (chain, found)
}

/// Of lines that nobody names, the one that follows the place before it; else the first.
fn fitting<'a, 'c>(
    claims: &'c Claims<'a>,
    seq: u64,
    here: &'c [(usize, &'a Sealed)],
) -> Option<&'c (usize, &'a Sealed)> {
    let before = seq.checked_sub(1).and_then(|before| claims.get(&before));
    let follows = |(_, s): &&(usize, &Sealed)| {
        before.is_some_and(|before| before.iter().any(|(_, b)| b.hash == s.entry.previous))
    };
    here.iter().find(follows).or(here.first())
}

fn close(missing: &mut Option<(u64, u64)>, last: u64, found: &mut Vec<Finding>) {
    if let Some((first, upto)) = missing.take() {
        found.push(match upto == last {
            true => Finding::Truncated { first, last: upto },
            false => Finding::Deleted { first, last: upto },
        });
    }
}

/// The entries that stand in the file in front of one that they follow.
fn reordered(chain: &[(usize, &Sealed)]) -> Option<Finding> {
    let mut furthest = 0;
    let mut seqs = Vec::new();
    for (line, sealed) in chain {
        if *line < furthest {
            seqs.push(sealed.entry.seq);
        }
        furthest = furthest.max(*line);
    }
    (!seqs.is_empty()).then_some(Finding::Reordered { seqs })
}

/// Whether contents are what was committed to, and who erased those that are missing.
fn contents(header: &Header, chain: &[(usize, &Sealed)], report: &mut Report) {
    // Ranges with the entry that has them on record.
    let mut records: Vec<(u64, u64, u64)> = Vec::new();
    for (_, sealed) in chain {
        let by = sealed.entry.seq;
        let earlier = sealed.entry.erased.iter().filter(|(_, last)| *last < by);
        records.extend(earlier.map(|(first, last)| (*first, *last, by)));
    }
    let mut left_out: Option<(u64, u64)> = None;
    for (_, sealed) in chain {
        let seq = sealed.entry.seq;
        let erased = records.iter().find(|(first, last, _)| (*first..=*last).contains(&seq));
        match (sealed.content, erased) {
            (Some(content), _) if content != sealed.entry.commitment => {
                report.findings.push(Finding::ContentAltered { seq });
            }
            (None, Some((_, _, by))) => report.erased.push((seq, *by)),
            (None, None) if header.contents => match &mut left_out {
                Some((_, last)) if *last + 1 == seq => *last = seq,
                Some(_) | None => {
                    let before = left_out.replace((seq, seq));
                    let left = before.map(|(first, last)| Finding::LeftOut { first, last });
                    report.findings.extend(left);
                }
            },
            (Some(_) | None, _) => {}
        }
    }
    let left = left_out.map(|(first, last)| Finding::LeftOut { first, last });
    report.findings.extend(left);
}
