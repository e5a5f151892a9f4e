//! A decision: the passes in their fixed order, each seeing what the earlier wrote.

use super::finish::finish;
use super::input::{Core, Decision, Input};
use super::outbox::Dead;
use super::turn::Turn;
use super::{changed, ledger, pass, posts, seen, unheard};
use crate::model::Cause;
use crate::model::event::SendFailed;
use crate::model::journal::What;
use crate::store::table::{self, id};
use crate::store::{Commit, Fault, Key, View};

impl Core {
    /// Decides an event against a view of the store. A `Fault` means that the store could not be
    /// read.
    pub fn decide(&self, input: &Input, view: View) -> Result<Decision, Fault> {
        if let Some(wake) = input.wake
            && view.raw(wake)?.is_none()
        {
            return Ok(nothing("wake gone", false));
        }
        let mut turn = Turn::open(self, input, view)?;
        let event = input.event.key.as_deref();
        if event.map(|id| input.seen.has(&turn.seen(), id)).transpose()? == Some(true) {
            return Ok(nothing("seen", true));
        }
        let acted = match &input.event.cause {
            Cause::Message(message) => pass::message(&mut turn, message),
            Cause::Edited(edited) => changed::edited(&mut turn, edited),
            Cause::Recalled(recalled) => changed::recalled(&mut turn, recalled),
            Cause::Post(post) => posts::receive(&mut turn, post),
            Cause::Reported(report) => posts::reported(&mut turn, report),
            Cause::SendFailed(failed) => send_failed(&mut turn, failed),
        };
        finish(turn, acted)
    }

    /// The commit that keeps an event whose decision panicked, so that nothing accepted is lost.
    pub fn dead_letter(&self, input: &Input, error: &str, view: View) -> Commit {
        let event = input.event.clone();
        let scope = view.keys.scope(&event.scope);
        let dead = Dead { event, error: error.to_owned(), at: input.now };
        let mut rest = input.now.0.to_be_bytes().to_vec();
        rest.extend_from_slice(&input.seed[..8]);
        let mut writes = vec![(Key::global(id::DEAD, &rest), Some(table::encode(&dead)))];
        writes.extend(input.wake.map(|wake| (wake.clone(), None)));
        let mut commit =
            Commit { scope, at: input.now, expect: Vec::new(), revision: None, writes };
        // Whatever cannot be read, the event itself is kept.
        let _ = seen::put_alone(view, input.event, &mut commit);
        input.seen.forget(scope);
        commit
    }
}

/// Nothing is to be written.
fn nothing(acted: &'static str, duplicate: bool) -> Decision {
    Decision { commit: None, duplicate, sends: Vec::new(), acted }
}

/// A send that failed is on record, also at the occurrence it was for; nobody here can be told
/// through the same way, but admins directly.
fn send_failed(turn: &mut Turn, failed: &SendFailed) -> &'static str {
    turn.draft.what = What::SendFailed;
    ledger::send_failed(turn, failed);
    unheard::tell_admins(turn, failed);
    "send failed"
}
