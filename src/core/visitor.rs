//! What a visitor of the archive page reads: a search page by page, a message among its neighbours,
//! what there is to choose from. By the same judge and the same mask as in the chat; nothing is
//! written.

use std::collections::BTreeMap;

use super::hits::{self, FOUND_MAX, Judge};
use super::refusal::Refusal;
use super::say::lacking::Said;
use super::seek::{self, Seek};
use super::turn::Turn;
use super::{gaps, index, masking, people, read, say, tags};
use crate::command::Invocation;
use crate::model::Lang;
use crate::model::message::Message;
use crate::store::Order;
use crate::text::cut;

/// Messages of a page.
pub const PAGE_MAX: usize = 50;
/// Most messages shown before or behind one at once.
pub const AROUND_MAX: usize = 50;
/// Most numbers looked at for them: what was cleared is passed over.
const PASSED_MAX: u32 = 500;
/// Messages looked through for tags and cabinets to choose from.
const CHOICES_FROM: usize = 2_000;
/// Most tags, cabinets and people to choose from.
const CHOICES_MAX: usize = 60;

/// A page of a search.
#[derive(Debug, Clone, Default)]
pub struct Found {
    /// The line that would find the same in the chat; empty where it has none.
    pub line: String,
    /// How many there are, how the line was read, what could not be looked through.
    pub notes: Vec<String>,
    /// The messages as they are shown, newest first.
    pub messages: Vec<(u32, Message)>,
    /// What stands in them, folded, to be marked.
    pub words: Vec<String>,
    /// Below which number to go on, where there may be more.
    pub next: Option<u32>,
}

/// A message among its neighbours.
#[derive(Debug, Clone, Default)]
pub struct Around {
    /// All of them as they are shown, oldest first.
    pub messages: Vec<(u32, Message)>,
    /// What was looked for, folded, to be marked.
    pub words: Vec<String>,
    /// There are older ones.
    pub before: bool,
    /// There are later ones.
    pub behind: bool,
}

/// What there is to choose from, most frequent first.
#[derive(Debug, Clone, Default)]
pub struct Choices {
    /// Tags of the newest messages.
    pub tags: Vec<String>,
    /// Cabinets of the newest messages.
    pub cabinets: Vec<String>,
    /// People who are known here.
    pub people: Vec<String>,
}

/// The messages that a query finds, below a number; an empty query finds all. What it cannot be is
/// said as in the chat.
pub fn find(turn: &mut Turn, query: &str, top: Option<u32>, lang: Lang) -> Result<Found, String> {
    turn.acting.lang = lang;
    let line = line(lang, query);
    match found(turn, &line, top) {
        Ok(found) => Ok(found),
        Err(refusal) => Err(refused(turn, &line, &refusal)),
    }
}

fn found(turn: &mut Turn, line: &str, top: Option<u32>) -> Result<Found, Refusal> {
    let seek = match line {
        "" => Seek::default(),
        line => sought(turn, line)?,
    };
    let most = if top.is_none() && !line.is_empty() { FOUND_MAX } else { PAGE_MAX };
    let (mut hits, mut next) = hits::below(turn, &seek.sought, top.unwrap_or(u32::MAX), most);
    let mut messages = std::mem::take(&mut hits.found);
    let notes = if top.is_none() { notes(turn, &seek, &hits, line) } else { Vec::new() };
    if messages.len() > PAGE_MAX {
        messages.truncate(PAGE_MAX);
        next = messages.last().map(|(number, _)| *number);
    }
    let shown = |(number, message)| (number, masking::shown(turn, message));
    let messages = messages.into_iter().map(shown).collect();
    let words = Judge::new(&seek.sought).words().to_vec();
    Ok(Found { line: line.to_owned(), notes, messages, words, next })
}

/// The line of a query as it would be typed.
pub fn line(lang: Lang, query: &str) -> String {
    let query = cut::one_line(query);
    match (query.is_empty(), lang) {
        (true, _) => String::new(),
        (false, Lang::Zh) => format!("搜 {query}"),
        (false, Lang::En) => format!("search {query}"),
    }
}

/// What a line of a search looks for; a line that is read as anything else is refused.
pub fn sought(turn: &mut Turn, line: &str) -> Result<Seek, Refusal> {
    let invocation = searching(turn, line)?;
    seek::read(turn, &invocation)
}

fn searching(turn: &mut Turn, line: &str) -> Result<Invocation, Refusal> {
    match read::read(turn, line) {
        Ok(invocation) if invocation.word == "find" => Ok(invocation),
        Ok(_) => Err(Refusal::NotUnderstood { word: "find".into(), part: line.to_owned() }),
        Err(error) => Err(Refusal::Parse(error)),
    }
}

fn refused(turn: &mut Turn, line: &str, refusal: &Refusal) -> String {
    let said = Said { line, handle: None };
    say::refusal::card(&turn.voice(), &turn.core.catalogue, refusal, said).plain()
}

/// How many, and what is missing: the sentences of a search in the chat.
fn notes(turn: &mut Turn, seek: &Seek, hits: &hits::Hits, line: &str) -> Vec<String> {
    let hears_all = turn.capabilities().is_none_or(|can| can.hears_all);
    let gap = gaps::within(turn, seek.sought.from, seek.sought.to);
    let long = say::found::found(&turn.voice(), seek, hits, hears_all, gap.as_ref());
    let count = usize::from(line.is_empty());
    long.head.plain().lines().skip(count).map(str::to_owned).collect()
}

/// A message with up to so many before and behind it that are still there.
pub fn around(
    turn: &mut Turn,
    number: u32,
    [before, behind]: [usize; 2],
    query: &str,
) -> Option<Around> {
    let own = turn.get::<Message>(number)?;
    let older = (1..number).rev();
    let (mut messages, before) = neighbours(turn, older, before);
    messages.reverse();
    messages.push((number, own));
    let later = number.saturating_add(1)..=index::messages(&turn.draft.head);
    let (later, behind) = neighbours(turn, later, behind);
    messages.extend(later);
    let shown = |(number, message)| (number, masking::shown(turn, message));
    let messages = messages.into_iter().map(shown).collect();
    let line = line(turn.lang(), query);
    // What it cannot be was said with the list.
    let seek = if line.is_empty() { None } else { sought(turn, &line).ok() };
    let words = seek.map(|seek| Judge::new(&seek.sought).words().to_vec()).unwrap_or_default();
    Some(Around { messages, words, before, behind })
}

/// The next messages of these numbers, and whether there are more.
fn neighbours(
    turn: &mut Turn,
    numbers: impl Iterator<Item = u32>,
    most: usize,
) -> (Vec<(u32, Message)>, bool) {
    let mut found = Vec::new();
    for number in numbers.take(PASSED_MAX as usize) {
        let Some(message) = turn.get::<Message>(number) else { continue };
        if found.len() == most.min(AROUND_MAX) {
            return (found, true);
        }
        found.push((number, message));
    }
    (found, false)
}

/// What there is to choose from.
pub fn choices(turn: &mut Turn) -> Choices {
    let names = tags::names(turn);
    let (mut tags, mut cabinets) = (BTreeMap::new(), BTreeMap::new());
    for (_, mut message) in turn.list::<Message>(CHOICES_FROM, Order::Down) {
        tags::as_called_now(&names, &mut message.tags);
        for tagged in message.tags {
            *tags.entry(tagged.tag).or_insert(0_u32) += 1;
        }
        if let Some(cabinet) = message.cabinet {
            *cabinets.entry(cabinet).or_insert(0_u32) += 1;
        }
    }
    let mut people = people::names(turn);
    people.sort();
    people.dedup();
    people.truncate(CHOICES_MAX);
    Choices { tags: frequent(tags), cabinets: frequent(cabinets), people }
}

fn frequent(counts: BTreeMap<String, u32>) -> Vec<String> {
    let mut counts: Vec<_> = counts.into_iter().collect();
    counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    counts.into_iter().map(|(name, _)| name).take(CHOICES_MAX).collect()
}
