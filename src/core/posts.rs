//! What a scope does with posts: dates of its own that have come, and what other scopes tell it.

use super::commands::{claim, follow, report, role, seal, source, subscribe, task};
use super::export::{Export, OPENED};
use super::exporting;
use super::import::Import;
use super::importing;
use super::notices;
use super::requests;
use super::turn::Turn;
use super::visit::Visit;
use super::{erasure, ledger, on_page, reminders, retention, tour, typed, visits};
use crate::model::Post;
use crate::model::erasure::Erasure;
use crate::model::event::Report;
use crate::model::follow::Follow;
use crate::model::journal::What;
use crate::model::post::{Due, DueName};
use crate::model::reminder::Reminder;
use crate::model::tour::Tour;
use crate::store::Table;

/// Receives a post; the name of what it did is for the log.
pub fn receive(turn: &mut Turn, post: &Post) -> &'static str {
    let name = name(post);
    turn.draft.what = What::Post(name.into());
    match post {
        Post::Due(due) => came(turn, due),
        Post::Say(card) => {
            turn.draft.confidential |= card.confidential;
            turn.say((**card).clone());
        }
        Post::SayFor(said) => {
            ledger::say(turn, said.of.clone(), said.card.clone());
        }
        Post::NotSaid { of, why } => ledger::not_said(turn, of, why),
        Post::SourceNew(new) => source::make(turn, new),
        Post::SourceSet { number, state } => source::set(turn, *number, *state),
        Post::AdminClaimed { by, lang, name } => claim::grant(turn, by, name, *lang),
        Post::ClaimFailed => claim::count_failed(turn),
        Post::RoleSet(set) => role::set(turn, set),
        Post::SourceReported { source, report } => subscribe::hear(turn, source, report),
        Post::Moved(moved) => notices::hear(turn, moved),
        Post::Typed(post) => typed::typed(turn, post),
        Post::Exporting { number, looked, of, found } => {
            exporting::progress(turn, *number, *looked, *of, *found);
        }
        Post::Exported(written) => exporting::written(turn, written),
        Post::NotExported { number, why } => exporting::failed(turn, *number, *why),
        Post::Importing { number, link, rows } => importing::progress(turn, *number, link, *rows),
        Post::Imported(records) => importing::take(turn, records),
        Post::NotImported { number, link, why } => importing::refused(turn, *number, link, why),
        Post::ExportOpened { number, link, claim } => {
            exporting::opened(turn, *number, link, claim);
        }
        Post::PageOpened { number, link, session } => {
            visits::opened(turn, *number, link, session);
        }
        Post::OnPage(done) => on_page::act(turn, done),
        Post::PageLeft { number } => visits::end(turn, *number),
    }
    name
}

/// A source was told something: whoever shows a subscription here hears of it.
pub fn reported(turn: &mut Turn, report: &Report) -> &'static str {
    turn.draft.what = What::Reported;
    source::pass_on(turn, report);
    "reported"
}

fn came(turn: &mut Turn, due: &Due) {
    // A reminder waits as a date, not as words: what is done meanwhile needs none.
    if let (DueName::Remind, Some(until)) = (due.name, turn.quiet_until())
        && !task::in_quiet_hours(turn, due)
    {
        let to = turn.scope().clone();
        turn.draft.posts.push((to, until, Post::Due(due.clone())));
        return;
    }
    match due.name {
        DueName::Remind if due.table == Follow::ID.0 => follow::remind(turn, due),
        DueName::Remind => task::remind(turn, due),
        DueName::Occur if due.table == Reminder::ID.0 => reminders::occur(turn, due),
        DueName::Occur => report::occur(turn, due),
        DueName::Again => reminders::again(turn, due.number),
        DueName::Held => reminders::held(turn, due.number),
        DueName::Expire if due.table == Export::ID.0 => exporting::expire(turn, due),
        DueName::Expire if due.table == Import::ID.0 => importing::expire(turn, due),
        DueName::Expire if due.table == Tour::ID.0 => tour::expire(turn, due),
        DueName::Expire if due.table == Visit::ID.0 => visits::expire(turn, due),
        DueName::Expire => requests::expire(turn, due),
        DueName::Notice => notices::speak(turn, due),
        DueName::Clear if due.table == Erasure::ID.0 => erasure::begin(turn, due),
        DueName::Page if due.table == Erasure::ID.0 => erasure::page(turn, due.number),
        DueName::Head => seal::come(turn, due),
        DueName::Clear => retention::come(turn, due),
        DueName::Page => retention::page(turn),
    }
}

fn name(post: &Post) -> &'static str {
    match post {
        Post::Due(_) => "due",
        Post::Say(_) => "say",
        Post::SayFor(_) => "say for",
        Post::NotSaid { .. } => "not said",
        Post::SourceNew(_) => "source new",
        Post::SourceSet { .. } => "source set",
        Post::AdminClaimed { .. } => "admin claimed",
        Post::ClaimFailed => "claim failed",
        Post::RoleSet(_) => "role set",
        Post::SourceReported { .. } => "source reported",
        Post::Moved(_) => "moved",
        Post::Typed(_) => "typed",
        Post::Exporting { .. } => "exporting",
        Post::Exported(_) => "exported",
        Post::NotExported { .. } => "not exported",
        Post::Importing { .. } => "importing",
        Post::Imported(_) => "imported",
        Post::NotImported { .. } => "not imported",
        Post::ExportOpened { .. } => OPENED,
        Post::PageOpened { .. } => "page opened",
        Post::OnPage(_) => "on page",
        Post::PageLeft { .. } => "page left",
    }
}
