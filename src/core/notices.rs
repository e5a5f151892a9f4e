//! Who hears that a task moved: whoever gave it and whoever is to do it, in their direct chat, all
//! changes of a minute at once. What is said where it happened is the handler's.

use std::collections::BTreeSet;

use super::derive::Derived;
use super::say;
use super::tables::Notices;
use super::turn::Turn;
use crate::model::notice::Moved;
use crate::model::post::Due;
use crate::model::{Lane, Post, Scope};

/// How long others' changes are waited for after the first, in ms.
const GATHER_MS: i64 = 60 * 1000;
/// Most changes gathered: more than a message shows.
const MOVED_MAX: usize = 100;
/// The one record of a person's scope.
const ONLY: u32 = 1;

/// Tells everybody concerned, but whoever did it, that a record of a group stands elsewhere.
pub fn tell(turn: &mut Turn, before: &Derived, after: &Derived) {
    let (Some(before), Some(after)) = (&before.standing, &after.standing) else { return };
    let (Scope::Conversation(_), Some(by)) = (turn.scope(), turn.acting.actor.clone()) else {
        return;
    };
    if before.state == after.state {
        return;
    }
    let everybody = before.people.iter().chain(&after.people);
    let to: BTreeSet<_> = everybody.filter(|who| **who != by.person).cloned().collect();
    let moved = Moved {
        place: after.place.clone(),
        handle: after.handle.clone(),
        title: after.title.clone(),
        from: before.state,
        to: after.state,
        by: by.name,
        lang: after.lang,
    };
    for person in to {
        turn.post(Scope::Person(person), Post::Moved(Box::new(moved.clone())));
    }
}

/// A person hears of a change; with others it becomes one message.
pub fn hear(turn: &mut Turn, moved: &Moved) {
    let at = turn.now().plus_ms(GATHER_MS);
    let mut notices =
        turn.get::<Notices>(ONLY).unwrap_or_else(|| Notices { at, moved: Vec::new(), more: 0 });
    let same = |other: &Moved| other.place == moved.place && other.handle == moved.handle;
    match notices.moved.iter().position(same) {
        // From where it first stood to where it stands now.
        Some(at) => {
            let from = notices.moved[at].from;
            notices.moved[at] = Moved { from, ..moved.clone() };
        }
        None if notices.moved.len() < MOVED_MAX => notices.moved.push(moved.clone()),
        None => notices.more += 1,
    }
    turn.put(ONLY, &notices);
}

/// The minute is over.
pub fn speak(turn: &mut Turn, due: &Due) {
    let Some(notices) = turn.get::<Notices>(due.number) else { return };
    turn.remove::<Notices>(due.number);
    let moved: Vec<Moved> = notices.moved.into_iter().filter(|m| m.from != m.to).collect();
    let Some(last) = moved.last() else { return };
    turn.acting.lang = turn.unasked_lang(last.lang);
    let card = say::task::notice(&turn.voice(), &moved, notices.more);
    turn.say(card.in_lane(Lane::Notice));
}
