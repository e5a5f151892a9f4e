//! Erases one person's messages, page by page: the records, what the journal holds of them and of
//! what that person typed, and whatever else of this scope still shows them. What is held stays.

use sha2::{Digest, Sha256};

use super::derive::{number_of, rest_of};
use super::journal::Row;
use super::outbox::{Dead, Wake};
use super::rid;
use super::rights;
use super::say;
use super::tables::More;
use super::turn::Turn;
use super::undelivered::Undelivered;
use crate::command::Role;
use crate::model::erasure::{Erasure, Hash, Stage};
use crate::model::event::{Event, Incoming};
use crate::model::journal::{Content, Step};
use crate::model::message::{Gone, Message};
use crate::model::outgoing::{Lane, Outgoing, Span};
use crate::model::post::{Due, DueName};
use crate::model::task::Named;
use crate::model::{Cause, PersonId, Post, Timestamp};
use crate::store::{Order, Table};

/// How long others have to say no where one person alone wants it, in ms.
const WAIT_MS: i64 = 24 * 3_600_000;
/// Rows of other tables that are looked through for words of theirs.
const LOOSE_MAX: usize = 5_000;
/// Most erasures that are listed.
pub const LISTED_MAX: usize = 5;
/// Digits of a message's number: there are no longer ones.
const DIGITS_MAX: usize = 10;

/// Puts an erasure on record; it begins at once, or after a day if only one person wants it.
pub fn order(turn: &mut Turn, who: Named) -> Erasure {
    let two = by_two(turn, &who.person);
    let not_before = if two { turn.now() } else { turn.now().plus_ms(WAIT_MS) };
    let erasure = Erasure {
        who,
        not_before,
        stage: Stage::Waiting,
        lang: turn.lang(),
        head: (0, Hash::default()),
        count: 0,
        numbers: None,
        held: 0,
        entries: 0,
        digest: Hash::default(),
    };
    let number = turn.next_number::<Erasure>();
    turn.put(number, &erasure);
    erasure
}

/// Whether whoever asks is the person meant, or an admin, and somebody else gave their leave.
fn by_two(turn: &mut Turn, who: &PersonId) -> bool {
    let (Some(actor), Some(leave)) = (turn.acting.actor.clone(), turn.acting.leave.clone()) else {
        return false;
    };
    let asks = actor.person == *who || rights::may(turn, &actor.person, Role::Admin, None);
    asks && actor.person != leave.person
}

/// The last ones, newest first.
pub fn list(turn: &mut Turn) -> Vec<(u32, Erasure)> {
    turn.list(LISTED_MAX, Order::Down)
}

/// Its time has come.
pub fn begin(turn: &mut Turn, due: &Due) {
    let Some(mut erasure) = turn.get::<Erasure>(due.number) else { return };
    if erasure.stage != Stage::Waiting || erasure.not_before != due.at {
        return;
    }
    let head = &turn.draft.head;
    erasure.head = (head.seq, Hash(head.hash));
    erasure.stage = Stage::Messages(0);
    turn.put(due.number, &erasure);
    page(turn, due.number);
}

/// Erases one page, and posts the next one to itself.
pub fn page(turn: &mut Turn, number: u32) {
    let Some(mut erasure) = turn.get::<Erasure>(number) else { return };
    erasure.stage = match erasure.stage {
        Stage::Messages(first) => messages(turn, &mut erasure, first),
        Stage::Entries(first) => entries(turn, &mut erasure, first),
        Stage::Steps(first) => steps(turn, &erasure, first),
        Stage::Waiting | Stage::Done(_) | Stage::Cancelled => return,
    };
    turn.put(number, &erasure);
    if let Stage::Done(_) = erasure.stage {
        loose(turn, &erasure.who.person);
        rid::tell(turn, true);
        turn.acting.lang = turn.unasked_lang(erasure.lang);
        let after = (turn.draft.head.seq, turn.draft.head.hash);
        let card = say::erase::done(&turn.voice(), &erasure, after);
        turn.say(card.in_lane(Lane::Notice));
        return;
    }
    let due = Due { table: Erasure::ID.0, number, name: DueName::Page, at: turn.now() };
    let here = turn.scope().clone();
    turn.post(here, Post::Due(due));
}

fn messages(turn: &mut Turn, erasure: &mut Erasure, first: u32) -> Stage {
    let rows = rid::from::<Message>(turn, &rest_of(first), rid::PAGE);
    let more = rows.len() == rid::PAGE;
    let mut next = first;
    for (rest, message) in rows {
        let Some(number) = number_of(&rest) else { continue };
        next = number + 1;
        let theirs = message.sender.as_ref().is_some_and(|s| s.person == erasure.who.person);
        match (theirs, message.held) {
            (false, _) => {}
            (true, true) => erasure.held += 1,
            (true, false) => {
                erasure.count += 1;
                let first = erasure.numbers.map_or(number, |(first, _)| first);
                erasure.numbers = Some((first, number));
                rid::message(turn, number, message, Gone::Erased);
            }
        }
    }
    if more { Stage::Messages(next) } else { Stage::Entries(1) }
}

fn entries(turn: &mut Turn, erasure: &mut Erasure, first: u64) -> Stage {
    let rows = rid::from::<Row>(turn, &first.to_be_bytes(), rid::PAGE);
    let more = rows.len() == rid::PAGE;
    let mut next = first;
    for (_, row) in rows {
        let seq = row.entry.seq;
        next = seq + 1;
        if !concerns(turn, erasure, &row) {
            continue;
        }
        erasure.entries += 1;
        let digest = Sha256::new()
            .chain_update(erasure.digest.0)
            .chain_update(seq.to_be_bytes())
            .chain_update(row.entry.commitment);
        erasure.digest = Hash(digest.finalize().into());
        rid::entry(turn, row);
    }
    if more { Stage::Entries(next) } else { Stage::Steps(0) }
}

/// Whether an entry's content says what that person said, or shows a message that is erased. One
/// that touched a held message of theirs and no other stays.
fn concerns(turn: &mut Turn, erasure: &Erasure, row: &Row) -> bool {
    let Some(content) = &row.content else { return false };
    let touched = rid::messages(turn, &row.entry);
    if touched.iter().any(|(_, message)| message.gone == Some(Gone::Erased)) {
        return true;
    }
    if touched.iter().any(|(_, message)| message.held) {
        return false;
    }
    let who = &erasure.who.person;
    let before = row.entry.seq <= erasure.head.0;
    let typed = row.entry.actor.as_ref().is_some_and(|actor| actor.person == *who);
    (before && typed && says(content))
        || content.event.as_ref().is_some_and(|event| quotes(turn, event, who))
        || content.said.iter().any(|card| shows(turn, card))
}

/// Whether something was typed there.
fn says(content: &Content) -> bool {
    let cause = content.event.as_ref().map(|event| &event.cause);
    matches!(cause, Some(Cause::Message(_) | Cause::Edited(_) | Cause::Post(Post::Typed(_))))
}

/// Whether somebody quoted a message of theirs.
fn quotes(turn: &mut Turn, event: &Event, who: &PersonId) -> bool {
    let Cause::Message(message) = &event.cause else { return false };
    let Incoming { quoted: Some(quoted), .. } = &**message else { return false };
    let number = quoted.id.as_ref().and_then(|id| super::keep::by_id(turn, id));
    quoted.sender.as_ref() == Some(who) || number.is_some_and(|number| is_erased(turn, number))
}

/// Whether a card shows a message that is erased, by its number.
fn shows(turn: &mut Turn, card: &Outgoing) -> bool {
    numbers(&card.plain()).into_iter().any(|number| is_erased(turn, number))
}

fn is_erased(turn: &mut Turn, number: u32) -> bool {
    turn.get::<Message>(number).is_some_and(|message| message.gone == Some(Gone::Erased))
}

/// The numbers behind an M in a text.
fn numbers(text: &str) -> Vec<u32> {
    let behind = |(at, _): (usize, &str)| {
        let digits = text[at + 1..].bytes().take(DIGITS_MAX).take_while(u8::is_ascii_digit).count();
        text[at + 1..at + 1 + digits].parse().ok()
    };
    text.match_indices('M').filter_map(behind).collect()
}

fn steps(turn: &mut Turn, erasure: &Erasure, first: u32) -> Stage {
    let rows = rid::from::<Step>(turn, &rest_of(first), rid::PAGE);
    let more = rows.len() == rid::PAGE;
    let mut next = first;
    for (rest, step) in rows {
        let Some(number) = number_of(&rest) else { continue };
        next = number + 1;
        let typed = step.actor.as_ref().is_some_and(|a| a.person == erasure.who.person);
        if typed && step.seq <= erasure.head.0 && !step.line.is_empty() {
            turn.put(number, &Step { line: String::new(), ..step });
        }
    }
    let now: Timestamp = turn.now();
    if more { Stage::Steps(next) } else { Stage::Done(now) }
}

/// Lists that somebody may go on with, what waits for the end of quiet hours, what failed to be
/// sent, and events whose turn broke off.
fn loose(turn: &mut Turn, who: &PersonId) {
    for (rest, more) in turn.rows::<More>(LOOSE_MAX, Order::Up) {
        let shown = more.lines.iter().any(|line| {
            let card = Outgoing::line(line.iter().map(Span::clone).collect());
            shows(turn, &card)
        });
        if shown {
            turn.remove_at::<More>(&rest);
        }
    }
    let here = turn.scope().clone();
    for (key, wake) in turn.everywhere::<Wake>(LOOSE_MAX) {
        let card = match &wake.post {
            Post::Say(card) => Some(&**card),
            Post::SayFor(said) => Some(&said.card),
            _ => None,
        };
        if wake.target == here && card.is_some_and(|card| shows(turn, card)) {
            turn.draft.writes.insert(key, None);
        }
    }
    for (key, failed) in turn.everywhere::<Undelivered>(LOOSE_MAX) {
        if failed.unsent.target == here && shows(turn, &failed.unsent.card) {
            turn.draft.writes.insert(key, None);
        }
    }
    for (key, dead) in turn.everywhere::<Dead>(LOOSE_MAX) {
        let theirs = match &dead.event.cause {
            Cause::Message(message) => message.sender.person == *who,
            Cause::Edited(edited) => edited.sender.person == *who,
            Cause::Recalled(_) | Cause::Post(_) | Cause::Reported(_) | Cause::SendFailed(_) => {
                false
            }
        };
        if dead.event.scope == here && theirs {
            turn.draft.writes.insert(key, None);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::numbers;

    #[test]
    fn numbers_of_messages_are_found_in_what_was_said() {
        assert_eq!(numbers("M1 3月2日 甲：M12x M M99999999999 KM3"), [1, 12, 3]);
        assert_eq!(numbers("没有"), [0; 0]);
    }
}
