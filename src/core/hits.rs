//! Which kept messages are what was looked for. The index only says where to look: each message is
//! read and judged by its own text, so a stale or wrong index finds nothing that is not there.

use std::cmp::Reverse;

use super::index::{self, BEHIND_MAX, INDEXED_FROM};
use super::masking;
use super::turn::Turn;
use crate::model::message::Message;
use crate::store::Order;
use crate::text::sought::Sought;
use crate::text::terms::Term;

/// How many of the newest messages are looked through where there is no index.
pub const SCANNED_MAX: usize = 5_000;

/// Hits of a search after which nothing more is looked for: more than anybody pages through.
pub const FOUND_MAX: usize = 200;

/// Most messages that are read where the index has led.
const READ_MAX: usize = 5_000;

/// What was found.
pub struct Hits {
    /// Newest first, at most as many as were wanted.
    pub found: Vec<(u32, Message)>,
    /// How many there are in what was looked through; `None` if they were not counted to the end.
    pub count: Option<usize>,
    /// How much was looked through.
    pub reach: Reach,
}

/// How much was looked through.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// Everything that is kept here.
    All,
    /// Only so many of the newest messages.
    Newest(usize, Why),
}

/// Why not everything.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// Nothing that is wanted can be found but by reading.
    Unindexed,
    /// The index is being made.
    Indexing,
    /// Too many messages look as if they fitted.
    Many,
}

/// Looks for it, until `most` are found.
pub fn of(turn: &mut Turn, sought: &Sought, most: usize) -> Hits {
    let mut hits = looked_for(turn, sought, most);
    // Numbers follow time, but for what was imported.
    hits.found.sort_by_key(|(number, message)| Reverse((message.sent_at, *number)));
    hits
}

fn looked_for(turn: &mut Turn, sought: &Sought, most: usize) -> Hits {
    let kept = index::messages(&turn.draft.head);
    let groups = sought.terms(turn.now());
    if kept <= INDEXED_FROM || turn.input.index.is_none() || groups.is_empty() {
        return scan(turn, sought, most, Why::Unindexed);
    }
    let Some((numbers, from)) = led(turn, &groups) else {
        return scan(turn, sought, most, Why::Indexing);
    };
    let covered = kept.saturating_sub(from.saturating_sub(1)) as usize;
    if from > 1 && covered < SCANNED_MAX {
        return scan(turn, sought, most, Why::Indexing);
    }
    let mut hits = judged(turn, sought, most, &numbers).0;
    if from > 1 && hits.reach == Reach::All {
        hits.reach = Reach::Newest(covered, Why::Indexing);
    }
    hits
}

/// Where the index and the journal behind it lead, ascending, and from which number on it knows
/// all; `None` while it is being made.
fn led(turn: &mut Turn, groups: &[Vec<Term>]) -> Option<(Vec<u32>, u32)> {
    let looked = turn.input.index.and_then(|index| index.look(turn.hash, groups))?;
    let behind = index::behind(turn.view, turn.hash, &looked.place, BEHIND_MAX);
    let behind = turn.caught(behind).filter(|behind| behind.last.0 == turn.draft.head.seq)?;
    let mut numbers = looked.numbers;
    numbers.extend(behind.touched);
    numbers.sort_unstable();
    numbers.dedup();
    Some((numbers, looked.place.below))
}

/// Looks for it among the messages below a number, until `most` are found; and below which number
/// to go on, where there may be more. Where no index leads, so many are read at once that nobody
/// waits long.
pub fn below(turn: &mut Turn, sought: &Sought, top: u32, most: usize) -> (Hits, Option<u32>) {
    let kept = index::messages(&turn.draft.head);
    let groups = sought.terms(turn.now());
    let small = kept <= INDEXED_FROM || groups.is_empty();
    let known = if small { None } else { led(turn, &groups).filter(|(_, from)| *from <= 1) };
    if let Some((mut numbers, _)) = known {
        numbers.retain(|number| *number < top);
        return judged(turn, sought, most, &numbers);
    }
    let top = top.min(kept.saturating_add(1));
    // One more than is read shows that there are more.
    let from = top.saturating_sub(READ_MAX as u32 + 1).max(1);
    let numbers: Vec<u32> = (from..top).collect();
    let (mut hits, next) = judged(turn, sought, most, &numbers);
    if let Reach::Newest(_, why) = &mut hits.reach {
        *why = Why::Unindexed;
    }
    (hits, next)
}

/// What is looked for, as the asker may look for it: what is hidden must not be guessed piece by
/// piece. A whole number finds where it was said: whoever types it knows it.
pub struct Judge {
    /// Whole numbers, found in what was said.
    known: Sought,
    /// Words of which one must be there, some of them whole numbers: those, and the others.
    either: Vec<(Sought, Sought)>,
    /// All else, found in what the asker is shown.
    shown: Sought,
    /// All words that may be found in what is shown.
    words: Vec<String>,
}

impl Judge {
    /// Of what is looked for.
    pub fn new(sought: &Sought) -> Self {
        let words = sought.words.iter().cloned();
        let (known, words) = words.partition(|word| masking::is_hidden(word));
        let known = Sought { words: known, ..Sought::default() };
        let hides = |words: &Vec<String>| words.iter().any(|word| masking::is_hidden(word));
        let (mixed, any): (Vec<_>, Vec<_>) = sought.any.iter().cloned().partition(hides);
        let one = |words: Vec<String>| Sought { any: vec![words], ..Sought::default() };
        let apart = |words: Vec<String>| {
            let (known, shown) = words.into_iter().partition(|word| masking::is_hidden(word));
            (one(known), one(shown))
        };
        let either = mixed.into_iter().map(apart).collect();
        let shown = Sought { words, any, ..sought.clone() };
        let words = shown.words.iter().chain(shown.any.iter().flatten()).cloned().collect();
        Self { known, either, shown, words }
    }

    /// Whether it is what was looked for.
    fn fits(&self, turn: &mut Turn, message: &Message) -> bool {
        self.fits_shown(message, &masking::shown(turn, message.clone()))
    }

    /// The same for a message and what of it the asker is shown.
    pub fn fits_shown(&self, message: &Message, shown: &Message) -> bool {
        let one = |(known, hidden): &(Sought, Sought)| known.fits(message) || hidden.fits(shown);
        message.is_shown()
            && self.known.fits(message)
            && self.either.iter().all(one)
            && self.shown.fits(shown)
    }

    /// Words that stand in what is shown.
    pub fn words(&self) -> &[String] {
        &self.words
    }
}

/// Reads messages, newest first, until enough of them fit; and below which number others are that
/// were not read.
fn judged(turn: &mut Turn, sought: &Sought, most: usize, numbers: &[u32]) -> (Hits, Option<u32>) {
    let mut hits = Hits { found: Vec::new(), count: None, reach: Reach::All };
    let judge = Judge::new(sought);
    for (nth, number) in numbers.iter().rev().enumerate() {
        if hits.found.len() == most {
            return (hits, Some(number.saturating_add(1)));
        }
        if nth == READ_MAX {
            let last = index::messages(&turn.draft.head).saturating_sub(*number) as usize;
            hits.reach = Reach::Newest(last, Why::Many);
            hits.count = Some(hits.found.len());
            return (hits, Some(number.saturating_add(1)));
        }
        if let Some(message) = turn.get::<Message>(*number).filter(|m| judge.fits(turn, m)) {
            hits.found.push((*number, message));
        }
    }
    hits.count = Some(hits.found.len());
    (hits, None)
}

/// Reads the newest messages: what an index must find as well.
fn scan(turn: &mut Turn, sought: &Sought, most: usize, why: Why) -> Hits {
    let read = turn.list::<Message>(SCANNED_MAX, Order::Down);
    let reach = match index::messages(&turn.draft.head) as usize <= SCANNED_MAX {
        true => Reach::All,
        false => Reach::Newest(SCANNED_MAX, why),
    };
    let judge = Judge::new(sought);
    let mut found: Vec<_> = read.into_iter().filter(|(_, m)| judge.fits(turn, m)).collect();
    let count = Some(found.len());
    found.truncate(most);
    Hits { found, count, reach }
}
