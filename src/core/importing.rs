//! What a conversation does with a record that somebody brings: it gives out an address for it,
//! and takes all of it in one turn, or nothing.

use std::collections::BTreeSet;

use super::cabinets;
use super::import::{Import, LINK_LIFE_MS, Link, Same, State, TRIES_MAX, key_of, link_key};
use super::index;
use super::keep;
use super::people::{self, MEMBERS_MAX};
use super::retention;
use super::rights;
use super::say;
use super::tags;
use super::turn::Turn;
use crate::command::Role;
use crate::model::import::{NAMED_MAX, NotRead, Records, Row, Why, Wrong};
use crate::model::journal::What;
use crate::model::member::Member;
use crate::model::message::{Message, Tagged};
use crate::model::post::Due;
use crate::model::task::Named;
use crate::model::{MessageId, PersonId, Post, Scope};
use crate::store::{Order, table};
use crate::text::fold::fold;

/// Who may bring messages into a conversation: they pass for what others said.
pub const NEEDS: Role = Role::Admin;

/// Puts an import on record and gives its address to whoever asked. One that is open already is
/// over: there is one address at a time.
pub fn begin(turn: &mut Turn, by: Named, line: String) {
    if let Some((number, open)) = last_open(turn) {
        end(turn, number, open, State::Over);
    }
    let token = turn.input.fresh_secret;
    let (link, key) = key_of(token);
    let number = turn.next_number::<Import>();
    let to = Link { scope: turn.scope().clone(), number };
    turn.draft.writes.insert(key, Some(table::encode(&to)));
    let until = turn.now().plus_ms(LINK_LIFE_MS);
    let (leave, lang) = (turn.acting.leave.clone(), turn.lang());
    let person = by.person.clone();
    let state = State::Open(link);
    turn.put(number, &Import { by, leave, line, until, tries: 0, lang, state });
    let url = format!("{}/import/{token}", turn.core.settings.public_url);
    let place = turn.title().to_owned();
    let card = say::import::link(&turn.voice(), &place, &url, until);
    turn.post(Scope::Person(person), Post::Say(Box::new(card)));
    let direct = turn.scope().is_direct();
    if !direct {
        let card = say::import::begun(&turn.voice());
        turn.say(card);
    }
}

fn last_open(turn: &mut Turn) -> Option<(u32, Import)> {
    let last = turn.list::<Import>(1, Order::Down).pop();
    last.filter(|(_, import)| matches!(import.state, State::Open(_)))
}

/// Ends an import: its address leads nowhere any more.
fn end(turn: &mut Turn, number: u32, import: Import, state: State) {
    if let State::Open(link) = &import.state {
        turn.draft.writes.insert(link_key(link), None);
    }
    turn.put(number, &Import { state, ..import });
}

/// The import that is open at this address.
fn open(turn: &mut Turn, number: u32, link: &[u8; 16]) -> Option<Import> {
    let import = turn.get::<Import>(number)?;
    let is_open = import.state == State::Open(*link) && import.until > turn.now();
    if !is_open {
        return None;
    }
    turn.acting.lang = import.lang;
    turn.acting.actor = Some(import.by.clone());
    turn.acting.leave.clone_from(&import.leave);
    if rights::may(turn, import.in_name_of(), NEEDS, None) {
        return Some(import);
    }
    let card = say::import::not_allowed(&turn.voice(), &import.by);
    end(turn, number, import, State::Over);
    turn.say(card);
    None
}

/// A long record has come and is being compared.
pub fn progress(turn: &mut Turn, number: u32, link: &[u8; 16], rows: u32) {
    if open(turn, number, link).is_some() {
        let card = say::import::progress(&turn.voice(), rows);
        turn.say(card);
    }
}

/// What was brought cannot be taken: whoever brought it may mend it.
pub fn refused(turn: &mut Turn, number: u32, link: &[u8; 16], why: &NotRead) {
    let Some(mut import) = open(turn, number, link) else { return };
    import.tries += 1;
    let again = import.tries < TRIES_MAX;
    let card = say::import::refused(&turn.voice(), why, again);
    match again {
        true => turn.put(number, &import),
        false => end(turn, number, import, State::Over),
    }
    turn.say(card);
}

/// A record was read: all of it is kept, in this turn.
pub fn take(turn: &mut Turn, records: &Records) {
    // The journal keeps what was said with each message, so that it goes with it.
    turn.draft.confidential = true;
    let number = records.number;
    let Some(import) = open(turn, number, &records.link) else { return };
    let (mut rows, mut same) = (records.rows.clone(), records.same);
    same += said_since(turn, records.upto, &mut rows);
    if let Some(why) = cleared(turn, &rows) {
        return refused(turn, number, &records.link, &why);
    }
    let first = index::messages(&turn.draft.head) + 1;
    let span = rows.first().zip(rows.last()).map(|(first, last)| (first.at, last.at));
    let new = u32::try_from(rows.len()).unwrap_or(u32::MAX);
    let hits = keep_all(turn, rows);
    let by = import.by.clone();
    if new > 0 {
        // One step of whoever brought it: an undo takes all of it back.
        turn.draft.what = What::Command("import.create".into());
        turn.acting.line.clone_from(&import.line);
    }
    let taken = State::Taken { claim: records.claim, first, new, same };
    end(turn, number, import, taken);
    let card = say::import::taken(&turn.voice(), &by, [first, new, same, hits], span);
    turn.say(card);
}

/// What was kept while the record was compared.
fn said_since(turn: &mut Turn, upto: u32, rows: &mut Vec<Row>) -> u32 {
    let last = index::messages(&turn.draft.head);
    if last <= upto {
        return 0;
    }
    let mut known = Same::new(rows);
    for number in upto + 1..=last {
        if let Some(message) = turn.get::<Message>(number) {
            known.look(&message);
        }
    }
    known.take_out(rows)
}

/// What is older than this conversation keeps: it would be cleared, or stay where nothing is to.
fn cleared(turn: &mut Turn, rows: &[Row]) -> Option<NotRead> {
    let days = retention::set(turn)?.days;
    let (upto, zone) = (retention::upto(turn, days), turn.zone());
    let old = rows.iter().filter(|row| row.at.day(zone) <= upto);
    let mut old: Vec<u32> = old.map(|row| row.row).collect();
    old.sort_unstable();
    let count = u32::try_from(old.len()).unwrap_or(u32::MAX);
    let named = old.into_iter().take(NAMED_MAX).map(|row| Wrong { row, why: Why::Cleared });
    (count > 0).then(|| NotRead::Rows(named.collect(), count))
}

/// Keeps the messages; how often keywords stand in them.
fn keep_all(turn: &mut Turn, rows: Vec<Row>) -> u32 {
    let members = turn.rows::<Member>(MEMBERS_MAX, Order::Up);
    let members: Vec<_> =
        members.into_iter().map(|(_, member)| (fold(&member.name).text, member)).collect();
    let (zone, names, mut hits) = (turn.zone(), tags::names(turn), 0);
    let named: BTreeSet<&String> = rows.iter().filter_map(|row| row.cabinet.as_ref()).collect();
    for cabinet in named {
        // Beyond the most there are a cabinet is not listed, and found all the same.
        if cabinets::know(turn, cabinet).is_err() {
            break;
        }
    }
    for row in rows {
        let tag = |tag: String| Tagged { tag: names.now(&tag), rule: None, word: None };
        let sender = (!row.who.is_empty()).then(|| who(&members, &row.who));
        let mut message = Message {
            id: row.id.map(MessageId),
            sender,
            heard: !row.copied,
            cabinet: row.cabinet,
            imported: true,
            ..Message::heard(row.text, row.at, row.at.day(zone))
        };
        for tagged in row.tags.into_iter().map(tag) {
            keep::add_tag(&mut message.tags, tagged);
        }
        let number = turn.next_number::<Message>();
        keep::match_keywords(turn, &mut message, number);
        hits += message.hits;
        turn.put(number, &message);
    }
    hits
}

/// The one member of that name; else somebody of no account, who can do nothing here.
fn who(members: &[(String, Member)], name: &str) -> Named {
    let wanted = fold(name).text;
    let mut fit = members.iter().filter(|(folded, _)| *folded == wanted);
    match (fit.next(), fit.next()) {
        (Some((_, one)), None) => Named { person: one.person.clone(), name: one.name.clone() },
        _ => {
            let name = people::shown(name);
            let person = PersonId { account: String::new(), id: name.clone() };
            Named { person, name }
        }
    }
}

/// Nobody brought anything in time.
pub fn expire(turn: &mut Turn, due: &Due) {
    let Some(import) = turn.get::<Import>(due.number) else { return };
    if matches!(import.state, State::Open(_)) && import.until <= turn.now() {
        end(turn, due.number, import, State::Over);
    }
}
