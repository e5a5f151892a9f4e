//! The end of a turn: the draft, and all that follows from it, as one commit.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde_bytes::ByteBuf;

use super::derive::{Derived, number_of};
use super::input::Decision;
use super::outbox::{ANSWER_LIFE_MS, Unsent, Wake, key as outbox_key, wake_key};
use super::seen::Seen;
use super::tables::{self, Count, Mirror, counter_rest};
use super::turn::Turn;
use super::{journal, notices, paging, seen};
use crate::model::journal::{Content, Entry, Step, Touched, What};
use crate::model::keyword::Keyword;
use crate::model::outgoing::Outgoing;
use crate::model::post::Due;
use crate::model::report::Counted;
use crate::model::{Cause, Lane, MessageId, Post, Scope};
use crate::store::stored::Stored;
use crate::store::{Commit, Fault, Key, Table, Value, table};

/// Most steps that one undo takes in or out of effect: more undos of undos than anybody types.
const MARKS_MAX: usize = 1_000;

/// A record that changed.
struct Changed {
    key: Key,
    before: Option<Value>,
    after: Option<Value>,
}

/// Turns the draft into a commit. `acted` names what acted, for logs.
pub fn finish(mut turn: Turn, acted: &'static str) -> Result<Decision, Fault> {
    paging::fit(&mut turn);
    // Posts that follow from records are undone with them; what a handler tells is not.
    let told = turn.draft.posts.len();
    let changed = changed(&mut turn)?;
    let kept = apply_derived(&mut turn, &changed)?;
    if let Some(fault) = turn.fault.take() {
        return Err(fault);
    }
    let revision = turn.revision + 1;
    record(&mut turn, &changed, told);
    let sends = put_outbox(&mut turn, revision);
    put_posts(&mut turn, revision);
    put_seen(&mut turn, &kept);
    if let Some(wake) = turn.input.wake {
        turn.draft.writes.insert(wake.clone(), None);
    }
    let head = turn.draft.head.clone();
    turn.put_at(&[], &head);
    let mut expect = vec![(turn.hash, turn.revision)];
    expect.extend(turn.others.iter().map(|(scope, revision)| (*scope, *revision)));
    let commit = Commit {
        scope: turn.hash,
        at: turn.now(),
        expect,
        revision: Some(revision),
        writes: turn.draft.writes.into_iter().collect(),
    };
    Ok(Decision { commit: Some(commit), duplicate: false, sends, acted })
}

/// The records that are not what they were; a record written as it was is taken out of the draft.
fn changed(turn: &mut Turn) -> Result<Vec<Changed>, Fault> {
    let mut changed = Vec::new();
    let mut same = Vec::new();
    for (key, after) in &turn.draft.writes {
        if tables::entry(key.table()).is_none() {
            continue;
        }
        let before = if turn.draft.fresh.contains(key) { None } else { turn.view.raw(key)? };
        if before == *after {
            same.push(key.clone());
        } else {
            changed.push(Changed { key: key.clone(), before, after: after.clone() });
        }
    }
    for key in same {
        turn.draft.writes.remove(&key);
    }
    Ok(changed)
}

/// Dates, mirrors and counts of every changed record, before against after. Returns the platform's
/// messages that are kept from now on, and under which numbers.
fn apply_derived(turn: &mut Turn, changed: &[Changed]) -> Result<Vec<(MessageId, u32)>, Fault> {
    let mut kept = Vec::new();
    let mut counts: BTreeMap<(NaiveDate, Counted), i64> = BTreeMap::new();
    for record in changed {
        let Some(entry) = tables::entry(record.key.table()) else { continue };
        let (scope, calendar) = (turn.scope(), turn.calendar());
        let before = entry.derived(&record.key, record.before.as_deref(), scope, calendar)?;
        let after = entry.derived(&record.key, record.after.as_deref(), scope, calendar)?;
        for (sign, side) in [(-1, &before), (1, &after)] {
            for (day, kind, count) in &side.counts {
                *counts.entry((*day, *kind)).or_default() += sign * count;
            }
        }
        let number = number_of(record.key.rest()).unwrap_or_default();
        move_dates(turn, record.key.table().0, number, &before, &after);
        move_mirrors(turn, &record.key, &before, &after);
        if after.message != before.message {
            kept.extend(after.message.clone().map(|id| (id, number)));
        }
        notices::tell(turn, &before, &after);
        tell(turn, if record.after.is_some() { after.tells } else { before.untells });
    }
    for ((day, kind), delta) in counts.into_iter().filter(|(_, delta)| *delta != 0) {
        let rest = counter_rest(day, kind);
        let count = turn.get_at::<Count>(&rest).map_or(0, |c| c.count) + delta;
        turn.put_at(&rest, &Count { count });
    }
    Ok(kept)
}

fn move_dates(turn: &mut Turn, table: u8, number: u32, before: &Derived, after: &Derived) {
    let scope = turn.scope().clone();
    for (name, at) in before.dates.iter().filter(|d| !after.dates.contains(d)) {
        let key = wake_key(*at, turn.hash, &date_rest(table, number, *name as u8));
        turn.draft.writes.insert(key, None);
    }
    for (name, at) in after.dates.iter().filter(|d| !before.dates.contains(d)) {
        let key = wake_key(*at, turn.hash, &date_rest(table, number, *name as u8));
        let post = Post::Due(Due { table, number, name: *name, at: *at });
        let wake = Wake { target: scope.clone(), post };
        turn.draft.writes.insert(key, Some(table::encode(&wake)));
    }
}

fn date_rest(table: u8, number: u32, name: u8) -> Vec<u8> {
    let mut rest = vec![table];
    rest.extend_from_slice(&number.to_be_bytes());
    rest.push(name);
    rest
}

/// A mirror is a post that stays: written blind under its target, replaced and withdrawn by the
/// scope whose record it shows. No turn of the target is needed, and nobody else writes the row.
fn move_mirrors(turn: &mut Turn, key: &Key, before: &Derived, after: &Derived) {
    let from = turn.scope().clone();
    // In the order of the records here: what a scope shows of another lies together.
    let rest = [&turn.hash.0[..], &[key.table().0], key.rest()].concat();
    let row = |turn: &Turn, to: &Scope| Key::new(Mirror::ID, turn.view.keys.scope(to), &rest);
    for (to, _) in &before.mirrors {
        if !after.mirrors.iter().any(|(other, _)| other == to) {
            let row = row(turn, to);
            turn.draft.writes.insert(row, None);
        }
    }
    for (to, shown) in after.mirrors.iter().filter(|m| !before.mirrors.contains(m)) {
        let row = row(turn, to);
        let mirror = Mirror { from: from.clone(), shown: shown.clone() };
        turn.draft.writes.insert(row, Some(table::encode(&mirror)));
    }
}

/// Tells other scopes what a record asks of them, in the name of whoever acts.
fn tell(turn: &mut Turn, posts: Vec<(Scope, Post)>) {
    for (to, mut post) in posts {
        if let Post::RoleSet(set) = &mut post {
            set.by = turn.acting.in_name_of();
        }
        turn.post(to, post);
    }
}

/// The journal entry, and the undo step of a command that changed records.
fn record(turn: &mut Turn, changed: &[Changed], told: usize) {
    let seq = turn.draft.head.seq + 1;
    let rules = changed.iter().any(|c| c.key.table() == Keyword::ID);
    turn.draft.head.rules += u32::from(rules);
    let rid = |c: &Changed| turn.draft.rid.contains(&c.key);
    let undoable = changed.iter().any(|c| tables::is_undone(c.key.table()) && !rid(c));
    let step = matches!(turn.draft.what, What::Command(_))
        .then(|| undoable.then(|| turn.next_number::<Step>()))
        .flatten();
    if let Some(number) = step {
        name_step(&mut turn.draft.said, number);
    }
    let confidential = turn.draft.confidential;
    let content = Stored::new(Content {
        salt: journal::salt(&turn.input.seed, seq),
        event: (!confidential).then(|| turn.input.event.clone()),
        before: changed.iter().map(|c| before(turn, c)).collect(),
        said: turn.draft.said.iter().filter(|card| !card.confidential).cloned().collect(),
    });
    let entry = Stored::new(Entry {
        seq,
        at: turn.now(),
        actor: turn.acting.actor.clone(),
        leave: turn.acting.leave.clone(),
        what: turn.draft.what.clone(),
        touched: changed
            .iter()
            .map(|c| Touched {
                table: c.key.table().0,
                rest: c.key.rest().to_vec(),
                after: journal::value_hash(c.after.as_deref()),
            })
            .collect(),
        step,
        undoes: turn.draft.undoes.clone(),
        sent: u16::try_from(turn.draft.said.len()).unwrap_or(u16::MAX),
        posted: u16::try_from(told).unwrap_or(u16::MAX),
        rules: turn.draft.rules.clone(),
        erased: journal::ranges(&turn.draft.blanked),
        commitment: journal::commitment(&content),
        previous: turn.draft.head.hash,
    });
    turn.draft.head.seq = seq;
    turn.draft.head.hash = journal::hash(&entry);
    if let Some(number) = step {
        let step = Step {
            seq,
            actor: turn.acting.actor.clone(),
            line: turn.acting.line.clone(),
            undoes: turn.draft.undoes.clone(),
            undone_by: None,
            lang: turn.lang(),
            leave: turn.acting.leave.clone(),
        };
        turn.put(number, &step);
        mark_undone(turn, number);
    }
    turn.put_at(&seq.to_be_bytes(), &journal::Row { entry, content: Some(content) });
}

/// What a record was, for an undo; nothing of one that is to be known nowhere any more.
fn before(turn: &Turn, changed: &Changed) -> Option<ByteBuf> {
    let rid = turn.draft.rid.contains(&changed.key);
    changed.before.clone().filter(|_| !rid).map(ByteBuf::from)
}

/// A button that undoes says which step: pressed later, or by somebody else, it must not undo
/// another one.
fn name_step(said: &mut [Outgoing], number: u32) {
    for button in said.iter_mut().flat_map(|card| &mut card.buttons) {
        if ["撤销", "undo"].contains(&button.types.as_str()) {
            button.types = format!("{} U{number}", button.types);
        }
    }
}

/// The steps this turn undid are out of effect; those that they had undone are in effect again,
/// those that these had undone are out of it, and so on.
fn mark_undone(turn: &mut Turn, by: u32) {
    let mut marks: Vec<(u32, Option<u32>)> =
        turn.draft.undoes.iter().map(|number| (*number, Some(by))).collect();
    for _ in 0..MARKS_MAX {
        let Some((number, undone_by)) = marks.pop() else { return };
        let Some(mut step) = turn.get::<Step>(number) else { continue };
        step.undone_by = undone_by;
        turn.put(number, &step);
        let again = undone_by.is_none().then_some(number);
        marks.extend(step.undoes.iter().map(|inner| (*inner, again)));
    }
}

fn put_outbox(turn: &mut Turn, revision: u64) -> Vec<(Key, Unsent)> {
    let now = turn.now();
    let reply = match &turn.input.event.cause {
        Cause::Message(message) => message.reply_route.clone(),
        Cause::Edited(_)
        | Cause::Recalled(_)
        | Cause::Post(_)
        | Cause::Reported(_)
        | Cause::SendFailed(_) => None,
    };
    // Nobody listens in a source or the organisation.
    let cards = match turn.scope() {
        Scope::Conversation(_) | Scope::Person(_) => std::mem::take(&mut turn.draft.said),
        Scope::Source(_) | Scope::Organisation => Vec::new(),
    };
    let mut sends = Vec::with_capacity(cards.len());
    for (nth, card) in (0u16..).zip(cards) {
        let expires_at = (card.lane == Lane::Answer).then(|| now.plus_ms(ANSWER_LIFE_MS));
        let said = Unsent::new(turn.scope().clone(), card, now);
        let unsent = Unsent { reply: reply.clone(), expires_at, ..said };
        let key = outbox_key(turn.hash, revision, nth);
        turn.draft.writes.insert(key.clone(), Some(table::encode(&unsent)));
        sends.push((key, unsent));
    }
    sends
}

/// That the event had its turn, and the numbers of messages that are kept from now on.
fn put_seen(turn: &mut Turn, kept: &[(MessageId, u32)]) {
    let event = turn.input.event.key.as_deref();
    for entry in seen::added(turn.view, event, kept) {
        let number = seen::newest(&turn.draft.head);
        let open = turn.get::<Seen>(number).filter(Seen::has_room);
        let (number, mut row) = match open {
            Some(row) => (number, row),
            None => (turn.next_number::<Seen>(), Seen::default()),
        };
        row.add(entry, turn.now());
        turn.put(number, &row);
    }
}

fn put_posts(turn: &mut Turn, revision: u64) {
    let posts = std::mem::take(&mut turn.draft.posts);
    for (nth, (target, due, post)) in (0u16..).zip(posts) {
        let mut rest = turn.hash.0.to_vec();
        rest.extend_from_slice(&revision.to_be_bytes());
        rest.extend_from_slice(&nth.to_be_bytes());
        let key = wake_key(due, turn.view.keys.scope(&target), &rest);
        turn.draft.writes.insert(key, Some(table::encode(&Wake { target, post })));
    }
}
