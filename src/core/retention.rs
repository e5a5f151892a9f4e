//! Messages that are kept for so many days: announced a day before they go, then cleared page by
//! page, with what the journal holds of them. What somebody archived or holds stays.

use chrono::{Datelike, Days, NaiveDate};

use super::derive::{number_of, rest_of};
use super::import;
use super::journal::Row;
use super::rid;
use super::say;
use super::turn::{OWN_NUMBER, Turn};
use crate::model::journal::Step;
use crate::model::message::{Gone, Message};
use crate::model::outgoing::Lane;
use crate::model::post::{Due, DueName};
use crate::model::retention::{Announced, Clearing, OLD_MAX, Old, Progress, Retention, Stage};
use crate::model::{Post, Timestamp};
use crate::store::Table;

/// When messages are announced and cleared, by the wall clock: people are there to say no.
const HOUR: u32 = 9;
/// What was announced is cleared a day later: not sooner, whatever the clock does, ...
const SOONEST_MS: i64 = 20 * 3_600_000;
/// ... and not much later: who knows of it would have forgotten. It is announced again.
const LATEST_MS: i64 = 36 * 3_600_000;

/// How long messages are kept here, if not for ever.
pub fn set(turn: &mut Turn) -> Option<Retention> {
    turn.get(OWN_NUMBER)
}

/// How far clearing has come.
pub fn progress(turn: &mut Turn) -> Progress {
    turn.get(OWN_NUMBER).unwrap_or_default()
}

/// The next time at which something is announced or cleared.
pub fn next(turn: &Turn) -> Timestamp {
    let at = |day: NaiveDate| {
        let wall = day.and_hms_opt(HOUR, 0, 0).unwrap_or_default();
        Timestamp::from_local(wall, turn.zone())
    };
    let today = at(turn.today());
    if today > turn.now() { today } else { at(turn.today() + Days::new(1)) }
}

/// Whether something is to be cleared that was announced.
pub fn is_announced(turn: &mut Turn) -> bool {
    set(turn).is_some_and(|set| !set.paused) && progress(turn).announced.is_some()
}

/// What is older than so many days at the next day's hour.
pub fn old(turn: &mut Turn, upto: NaiveDate) -> Old {
    let from = progress(turn).message;
    let mut old = Old::default();
    let mut next = from;
    for begin in std::iter::once(from).chain(import::begins(turn, from)) {
        for (number, message) in
            numbered(rid::from::<Message>(turn, &rest_of(begin.max(next)), OLD_MAX))
        {
            if message.day > upto {
                break;
            }
            next = number + 1;
            let (gone, kept) = (message.gone.is_some(), message.is_kept());
            old.kept += usize::from(!gone && kept);
            old.count += usize::from(!gone && !kept);
            old.tagged += usize::from(!gone && !kept && !message.tags.is_empty());
        }
    }
    old
}

/// A message that stayed may go from now on.
pub fn look_again(turn: &mut Turn, number: u32) {
    let mut progress = progress(turn);
    progress.message = progress.message.min(number);
    (progress.entry, progress.step) = (0, 0);
    turn.put(OWN_NUMBER, &progress);
}

/// The last day of which messages are due so many days later.
pub fn upto(turn: &Turn, days: u32) -> NaiveDate {
    let day = turn.today().checked_sub_days(Days::new(u64::from(days)));
    day.unwrap_or(NaiveDate::MIN)
}

/// The hour has come: what was announced the day before is cleared, then the next is announced.
pub fn come(turn: &mut Turn, due: &Due) {
    let Some(mut set) = set(turn).filter(|set| set.next_at == due.at) else { return };
    set.next_at = next(turn);
    turn.put(OWN_NUMBER, &set);
    let mut progress = progress(turn);
    let announced = progress.announced.take();
    if progress.clearing.is_none() && !set.paused {
        let waited = |a: &Announced| turn.now().0.saturating_sub(a.at.0);
        let ripe = announced.filter(|a| (SOONEST_MS..=LATEST_MS).contains(&waited(a)));
        // Set to keep for longer meanwhile: then less is cleared than was announced.
        let old = upto(turn, set.days.saturating_add(1));
        if turn.today().day() == 1 {
            // What was archived or held once may not be so any more.
            (progress.message, progress.entry, progress.step) = (0, 0, 0);
        }
        let stage = match ripe {
            Some(_) => Stage::Messages(progress.message),
            None => Stage::Entries(progress.entry),
        };
        let upto = ripe.map_or(old, |a| a.upto.min(old));
        let before = upto.succ_opt().and_then(|day| day.and_hms_opt(0, 0, 0)).unwrap_or_default();
        let before = Timestamp::from_local(before, turn.zone());
        let (cleared, kept, left) = (0, 0, None);
        progress.clearing = Some(Clearing { upto, before, stage, cleared, kept, left });
    }
    turn.put(OWN_NUMBER, &progress);
    page(turn);
}

/// Clears one page, and posts the next one to itself.
pub fn page(turn: &mut Turn) {
    let mut progress = progress(turn);
    let Some(mut clearing) = progress.clearing.take() else { return };
    let Some(set) = set(turn).filter(|set| !set.paused) else {
        turn.put(OWN_NUMBER, &progress);
        return;
    };
    turn.acting.lang = turn.unasked_lang(set.lang);
    let next = match clearing.stage {
        Stage::Messages(first) => messages(turn, &mut progress, &mut clearing, first),
        Stage::Entries(first) => entries(turn, &mut progress, &mut clearing, first),
        Stage::Steps(first) => steps(turn, &mut progress, first),
    };
    match next {
        Some(stage) => {
            progress.clearing = Some(Clearing { stage, ..clearing });
            turn.put(OWN_NUMBER, &progress);
            let at = turn.now();
            let due = Due { table: Retention::ID.0, number: OWN_NUMBER, name: DueName::Page, at };
            let here = turn.scope().clone();
            turn.post(here, Post::Due(due));
        }
        None => ended(turn, &set, progress, &clearing),
    }
}

fn messages(
    turn: &mut Turn,
    progress: &mut Progress,
    clearing: &mut Clearing,
    first: u32,
) -> Option<Stage> {
    let rows = rid::from::<Message>(turn, &rest_of(first), rid::PAGE);
    let mut next = (rows.len() == rid::PAGE).then_some(first);
    // What was imported is older than what was said before it.
    let ahead = first > progress.message;
    for (number, message) in numbered(rows) {
        if message.day > clearing.upto {
            next = import::begins(turn, number + 1).into_iter().next();
            break;
        }
        if !ahead {
            progress.message = number + 1;
        }
        next = next.map(|_| number + 1);
        match (message.gone.is_some(), message.is_kept()) {
            (true, _) => {}
            (false, true) => clearing.kept += 1,
            (false, false) => {
                clearing.cleared += 1;
                rid::message(turn, number, message, Gone::Cleared);
            }
        }
    }
    Some(next.map_or(Stage::Entries(progress.entry), Stage::Messages))
}

/// Contents of the entries of these days, but of those whose messages are still there.
fn entries(
    turn: &mut Turn,
    progress: &mut Progress,
    clearing: &mut Clearing,
    first: u64,
) -> Option<Stage> {
    let rows = rid::from::<Row>(turn, &first.to_be_bytes(), rid::PAGE);
    let mut next = (rows.len() == rid::PAGE).then_some(first);
    let mut seen = first;
    for (_, row) in rows {
        if row.entry.at >= clearing.before {
            next = None;
            break;
        }
        seen = row.entry.seq + 1;
        next = next.map(|_| seen);
        let there = rid::messages(turn, &row.entry);
        let there: Vec<_> = there.iter().filter(|(_, m)| m.gone.is_none()).collect();
        if there.iter().any(|(_, message)| !message.is_kept()) {
            clearing.left.get_or_insert(row.entry.seq);
        }
        if there.is_empty() && row.content.is_some() {
            rid::entry(turn, row);
        }
    }
    if let Some(next) = next {
        return Some(Stage::Entries(next));
    }
    progress.entry = clearing.left.unwrap_or(seen);
    (clearing.cleared > 0).then_some(Stage::Steps(progress.step))
}

/// What later steps changed of messages that are gone.
fn steps(turn: &mut Turn, progress: &mut Progress, first: u32) -> Option<Stage> {
    let rows = rid::from::<Step>(turn, &rest_of(first), rid::PAGE);
    let whole = rows.len() == rid::PAGE;
    let mut next = first;
    for (number, step) in numbered(rows) {
        next = number + 1;
        if step.seq < progress.entry {
            progress.step = next;
            continue;
        }
        let Some(row) = turn.get_at::<Row>(&step.seq.to_be_bytes()) else { continue };
        let touched = rid::messages(turn, &row.entry);
        if row.content.is_some() && touched.iter().any(|(_, message)| message.gone.is_some()) {
            rid::entry(turn, row);
        }
    }
    whole.then_some(Stage::Steps(next))
}

/// Says what was cleared, and what will be a day later.
fn ended(turn: &mut Turn, set: &Retention, mut progress: Progress, clearing: &Clearing) {
    turn.put(OWN_NUMBER, &progress);
    let upto = upto(turn, set.days);
    let old = old(turn, upto);
    if old.count > 0 {
        progress.announced = Some(Announced { at: turn.now(), upto });
        turn.put(OWN_NUMBER, &progress);
    }
    if clearing.cleared > 0 {
        rid::tell(turn, false);
    }
    if clearing.cleared > 0 || old.count > 0 {
        let card = say::keep::cleared(&turn.voice(), clearing, set.next_at, upto, old);
        turn.say(card.in_lane(Lane::Notice));
    }
}

fn numbered<T>(rows: Vec<(Vec<u8>, T)>) -> impl Iterator<Item = (u32, T)> {
    rows.into_iter().filter_map(|(rest, record)| number_of(&rest).map(|n| (n, record)))
}
