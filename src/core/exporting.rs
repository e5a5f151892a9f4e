//! What a conversation does while an export of it is written and had: it hears how far it is, gives
//! its address to the one person it is for, and asks again whether they may when it is opened.

use super::export::{Export, Job, LINK_LIFE_MS, Link, State, job_key, link_key, link_of};
use super::rights;
use super::say;
use super::turn::Turn;
use crate::command::Role;
use crate::model::export::{NoFile, Written};
use crate::model::post::Due;
use crate::model::{Handle, Lane, Post, Scope};
use crate::store::{Order, table};

/// Who may have messages out of a conversation; one's own direct chat is one's own.
pub const NEEDS: Role = Role::Lead;

/// Puts an export on record and lets it be written.
pub fn begin(turn: &mut Turn, export: &Export) -> Handle {
    let number = turn.next_number::<Export>();
    turn.put(number, export);
    let job = Job { scope: turn.scope().clone(), number };
    let key = job_key(turn.hash, number);
    turn.draft.writes.insert(key, Some(table::encode(&job)));
    Handle { letter: 'X', number }
}

/// The export that is being written here: there is one at most.
pub fn under_way(turn: &mut Turn) -> Option<Handle> {
    let last = turn.list::<Export>(1, Order::Down).pop();
    let last = last.filter(|(_, export)| export.state == State::Working);
    last.map(|(number, _)| Handle { letter: 'X', number })
}

/// Ends an export, whatever it was at: there is no job and no address any more, and so no file.
pub fn end(turn: &mut Turn, number: u32, export: Export, state: State) {
    turn.draft.writes.insert(job_key(turn.hash, number), None);
    if let State::Ready { link, .. } = &export.state {
        turn.draft.writes.insert(link_key(link), None);
    }
    turn.put(number, &Export { state, ..export });
}

/// It is under way: the chat hears how far.
pub fn progress(turn: &mut Turn, number: u32, looked: u32, of: u32, found: u32) {
    let Some(export) = working(turn, number) else { return };
    turn.acting.lang = export.lang;
    let card = say::export::progress(&turn.voice(), number, [looked, of, found]);
    turn.say(card);
}

/// It is written: the one it is for gets the address, if they still may have it.
pub fn written(turn: &mut Turn, written: &Written) {
    turn.draft.confidential = true;
    let number = written.number;
    let Some(mut export) = working(turn, number) else { return };
    turn.acting.lang = export.lang;
    if !rights::may(turn, export.in_name_of(), NEEDS, None) {
        return failed(turn, number, NoFile::NotAllowed);
    }
    let token = turn.input.fresh_secret;
    let (link, until) = (link_of(token), turn.now().plus_ms(LINK_LIFE_MS));
    let to =
        Link { scope: turn.scope().clone(), number, file: written.file.clone(), key: written.key };
    turn.draft.writes.insert(link_key(&link), Some(table::encode(&to)));
    export.holds = Some(written.holds.clone());
    let handle = Handle { letter: 'X', number };
    let place = turn.title().to_owned();
    let url = format!("{}/export/{token}", turn.core.settings.public_url);
    let card = say::export::link(&turn.voice(), handle, &export, &place, &url, until);
    turn.post(Scope::Person(export.by.person.clone()), Post::Say(Box::new(card)));
    let direct = turn.scope().is_direct();
    let card = say::export::ready(&turn.voice(), handle, &export);
    end(turn, number, export, State::Ready { until, link });
    if !direct {
        turn.say(card);
    }
}

/// There is no file: the chat hears why.
pub fn failed(turn: &mut Turn, number: u32, why: NoFile) {
    let Some(export) = working(turn, number) else { return };
    turn.acting.lang = export.lang;
    // It may come from a date at which nobody waits any more, and is wanted all the same.
    let card = say::export::failed(&turn.voice(), number, why).in_lane(Lane::Notice);
    end(turn, number, export, State::Failed(why));
    turn.say(card);
}

/// Somebody opened the address. Whether it is theirs is read from the record afterwards.
pub fn opened(turn: &mut Turn, number: u32, link: &[u8; 16], claim: &[u8; 16]) {
    let Some(export) = turn.get::<Export>(number) else { return };
    let State::Ready { until, link: own } = export.state.clone() else { return };
    if own != *link || until <= turn.now() {
        return;
    }
    turn.acting.lang = export.lang;
    turn.acting.actor = Some(export.by.clone());
    if !rights::may(turn, export.in_name_of(), NEEDS, None) {
        let card = say::export::failed(&turn.voice(), number, NoFile::NotAllowed);
        end(turn, number, export, State::Failed(NoFile::NotAllowed));
        return turn.say(card);
    }
    let card = say::export::fetched(&turn.voice(), number, &export.by).in_lane(Lane::Notice);
    end(turn, number, export, State::Fetched { at: turn.now(), claim: *claim });
    turn.say(card);
}

/// It waited for something in vain.
pub fn expire(turn: &mut Turn, due: &Due) {
    let Some(export) = turn.get::<Export>(due.number) else { return };
    match export.state {
        State::Working => failed(turn, due.number, NoFile::TooLong),
        State::Ready { until, .. } if until <= turn.now() => {
            end(turn, due.number, export, State::Expired);
        }
        State::Ready { .. }
        | State::Fetched { .. }
        | State::Expired
        | State::Removed
        | State::Failed(_) => {}
    }
}

fn working(turn: &mut Turn, number: u32) -> Option<Export> {
    turn.get::<Export>(number).filter(|export| export.state == State::Working)
}
