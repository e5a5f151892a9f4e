//! Undo of any step, by writing its values before back; it knows tables and keys, never what a
//! record means.

use serde_bytes::ByteBuf;

use super::derive::number_of;
use super::journal::{self, Row};
use super::refusal::Later;
use super::tables;
use super::turn::Turn;
use crate::model::journal::{Entry, Step, Touched};
use crate::model::message::Message;
use crate::model::task::Named;
use crate::model::{Handle, PersonId};
use crate::store::{Key, Order, Table, TableId, Value, table};

/// Most steps looked through for the asker's last ones.
pub const STEPS_BACK_MAX: usize = 500;

/// Most steps undone by one command.
pub const STEPS_AT_ONCE_MAX: usize = 20;

/// What became of a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Became {
    /// It is there again.
    Back,
    /// It is gone again.
    Gone,
    /// It is as it was before.
    Restored,
}

/// A step that was undone.
#[derive(Debug, Clone, PartialEq)]
pub struct Undone {
    /// Its number.
    pub step: u32,
    /// The line that had done it.
    pub line: String,
    /// The records, by handle, and what became of them.
    pub records: Vec<(Handle, Became)>,
    /// It had told somebody something that cannot be taken back.
    pub told: bool,
}

/// Why a step stays.
#[derive(Debug, Clone, PartialEq)]
pub enum Stays {
    /// There is none of this number, or it was undone before.
    Never,
    /// What it changed was cleared or erased.
    Gone,
    /// These later steps touched the same records.
    Touched(Vec<Later>),
}

/// The last `count` steps of a person that are in effect and are no undos, newest first.
pub fn last_steps(turn: &mut Turn, who: &PersonId, count: usize) -> Vec<u32> {
    let steps = turn.list::<Step>(STEPS_BACK_MAX, Order::Down);
    let is = |someone: &Option<Named>| someone.as_ref().is_some_and(|a| a.person == *who);
    let own = |s: &Step| is(&s.actor) || is(&s.leave);
    steps
        .into_iter()
        .filter(|(_, s)| own(s) && s.undone_by.is_none() && s.undoes.is_empty())
        .map(|(number, _)| number)
        .take(count.min(STEPS_AT_ONCE_MAX))
        .collect()
}

/// The last step in effect, and no undo, that touched a record.
pub fn last_touching(turn: &mut Turn, handle: Handle) -> Option<u32> {
    let steps = turn.list::<Step>(STEPS_BACK_MAX, Order::Down);
    let stands = |(_, step): &(u32, Step)| step.undone_by.is_none() && step.undoes.is_empty();
    let mut numbers = steps.into_iter().filter(stands).map(|(number, _)| number);
    numbers.find(|number| records(turn, *number).contains(&handle))
}

/// Undoes a step; `insist` does so even if something touched its records since.
pub fn undo(turn: &mut Turn, number: u32, insist: bool) -> Result<Undone, Stays> {
    let step = turn.get::<Step>(number).filter(|s| s.undone_by.is_none()).ok_or(Stays::Never)?;
    let seq = step.seq.to_be_bytes();
    let Row { entry, content } = turn.get_at::<Row>(&seq).ok_or(Stays::Never)?;
    let before = content.ok_or(Stays::Gone)?.into_value().before;
    let as_left = |turn: &mut Turn, touched: &Touched| {
        let key = key_of(turn, touched);
        journal::value_hash(turn.raw(&key).as_deref()) == touched.after
    };
    let undone = |touched: &Touched| tables::is_undone(TableId(touched.table));
    if !insist && !entry.touched.iter().filter(|t| undone(t)).all(|t| as_left(turn, t)) {
        // A date that came (a reminder sent) is no step: it does not stand in the way.
        let later = later(turn, number, &entry);
        if !later.is_empty() {
            return Err(Stays::Touched(later.into_iter().map(|(later, _)| later).collect()));
        }
    }
    let mut records = Vec::new();
    for (touched, before) in entry.touched.iter().zip(before).filter(|(t, _)| undone(t)) {
        let key = key_of(turn, touched);
        if is_gone(turn, touched) {
            continue;
        }
        let now = turn.raw(&key);
        let became = match (&now, &before) {
            (None, _) => Became::Back,
            (Some(_), None) => Became::Gone,
            (Some(_), Some(_)) => Became::Restored,
        };
        if let Some(handle) =
            number_of(&touched.rest).and_then(|n| tables::handle(TableId(touched.table), n))
        {
            records.push((handle, became));
        }
        let before = before.map(ByteBuf::into_vec);
        let before = before.map(|before| as_said_now(turn, touched, before));
        turn.draft.writes.insert(key, before);
    }
    turn.draft.undoes.push(number);
    Ok(Undone { step: number, line: step.line, records, told: entry.posted > 0 })
}

/// The records a step touched.
pub fn records(turn: &mut Turn, number: u32) -> Vec<Handle> {
    let Some(step) = turn.get::<Step>(number) else { return Vec::new() };
    let row = turn.get_at::<Row>(&step.seq.to_be_bytes());
    row.iter().flat_map(|row| &row.entry.touched).filter_map(tables::touched_handle).collect()
}

/// The first step of somebody else that undoing `number` would override.
pub fn overridden(turn: &mut Turn, number: u32, by: &PersonId) -> Option<Later> {
    let step = turn.get::<Step>(number)?;
    let Row { entry, .. } = turn.get_at::<Row>(&step.seq.to_be_bytes())?;
    let others = |step: &Step| step.actor.as_ref().is_none_or(|actor| actor.person != *by);
    later(turn, number, &entry).into_iter().find(|(_, step)| others(step)).map(|(later, _)| later)
}

/// The steps after `number`, still in effect, that touched one of its records. An undo of later
/// steps alone is none of them: together they changed nothing.
fn later(turn: &mut Turn, number: u32, entry: &Entry) -> Vec<(Later, Step)> {
    let same = |t: &&Touched| entry.touched.iter().any(|o| o.table == t.table && o.rest == t.rest);
    let steps = turn.list::<Step>(STEPS_BACK_MAX, Order::Down);
    // Those undone along with it, a moment before, are still on record as in effect.
    let along = turn.draft.undoes.clone();
    let mut later: Vec<(Later, Step)> = Vec::new();
    let changes = |(n, step): &(u32, Step)| {
        let neutral = !step.undoes.is_empty() && step.undoes.iter().all(|undone| *undone > number);
        *n > number && step.undone_by.is_none() && !neutral && !along.contains(n)
    };
    for (n, step) in steps.into_iter().filter(changes) {
        let Some(Row { entry: other, .. }) = turn.get_at::<Row>(&step.seq.to_be_bytes()) else {
            continue;
        };
        let shared: Vec<&Touched> = other.touched.iter().filter(same).collect();
        if !shared.is_empty() {
            let records = shared.into_iter().filter_map(tables::touched_handle).collect();
            later.push((Later { step: n, line: step.line.clone(), records }, step));
        }
    }
    later.reverse();
    later
}

/// Whether it is a message that was cleared or erased: no undo brings one back.
fn is_gone(turn: &mut Turn, touched: &Touched) -> bool {
    let message = touched.table == Message::ID.0;
    let message = message.then(|| turn.get_at::<Message>(&touched.rest)).flatten();
    message.is_some_and(|message| message.gone.is_some())
}

/// A value before, in which a message says what its sender made it say since: no command did that.
fn as_said_now(turn: &mut Turn, touched: &Touched, before: Value) -> Value {
    if touched.table != Message::ID.0 {
        return before;
    }
    let key = key_of(turn, touched);
    let (Some(now), Ok(was)) =
        (turn.get_at::<Message>(&touched.rest), table::decode::<Message>(&key, &before))
    else {
        return before;
    };
    let Message { text, versions, recalled, .. } = now;
    table::encode(&Message { text, versions, recalled, ..was })
}

fn key_of(turn: &Turn, touched: &Touched) -> Key {
    turn.key(TableId(touched.table), &touched.rest)
}
