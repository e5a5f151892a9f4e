//! `POST /events/{source}`: an outside system reports something, signed with the source's secret.

use std::sync::Arc;

use axum::extract::rejection::PathRejection;
use axum::extract::{Path, Request, State as Shared};
use axum::response::Response;

use super::answer::{self, Answer};
use super::{State, body};
use crate::core::commands::source::OWN_NUMBER;
use crate::core::derive::rest_of;
use crate::model::source::{Source, SourceState};
use crate::model::{Scope, Timestamp};
use crate::platform::{Raw, Received, Reject, source};
use crate::store::table::{decode, id};
use crate::store::{Fault, Key};

/// Name in metrics: sources are named by members, so not by their own.
const COUNTED_AS: &str = "events";

/// Takes a report. Unknown, removed and disabled sources are answered like a wrong signature.
pub async fn report(
    Shared(state): Shared<Arc<State>>,
    name: Result<Path<String>, PathRejection>,
    request: Request,
) -> Response {
    answer::in_time(answer(state, name, request)).await
}

async fn answer(
    state: Arc<State>,
    name: Result<Path<String>, PathRejection>,
    request: Request,
) -> Response {
    let raw = body::raw(request, String::new(), source::BODY_BYTES_MAX, &state.room).await;
    let name = name.map_or_else(|_| String::new(), |Path(name)| name);
    let now = state.clock.now();
    let Answer { response, result } = match (raw, secret(&state, &name)) {
        (Err(why), _) => answer::no_body(why),
        (Ok(_), None) => answer::unauthorized("unknown"),
        (Ok(raw), Some(secret)) => match received(&state, &name, &secret, &raw) {
            received if is_copy(&state, &raw, &received, now) => answer::unauthorized("copy"),
            received => answer::take(&state, COUNTED_AS, received, now).await,
        },
    };
    state.metrics.callback(COUNTED_AS, result);
    response
}

/// A report signed in time: by the clock of the bot or, where that one has been moved ahead to try
/// things out, by the system's, which is all that an outside system knows.
fn received(state: &State, name: &str, secret: &str, raw: &Raw) -> Received {
    let by = |now| source::receive(name, secret.as_bytes(), raw, now);
    match by(state.clock.now()) {
        Received::Reject(Reject::Unauthorized(_)) if state.clock.offset_ms() != 0 => {
            by(state.clock.system())
        }
        received => received,
    }
}

/// Whether this is a copy of an earlier report under another event id.
fn is_copy(state: &State, raw: &Raw, received: &Received, now: Timestamp) -> bool {
    let Received::Events { events, .. } = received else { return false };
    let key = events.first().and_then(|event| event.key.as_deref()).unwrap_or_default();
    let signature = raw.header(source::SIGNATURE_HEADER).unwrap_or_default();
    state.replays.is_copy(signature, key, now)
}

/// The secret of an enabled source.
fn secret(state: &State, name: &str) -> Option<String> {
    let found = find(state, name).unwrap_or_else(|fault| {
        tracing::error!(%fault, "a source cannot be read");
        None
    })?;
    match found.state {
        SourceState::Enabled => Some(found.secret),
        SourceState::Disabled | SourceState::Removed => None,
    }
}

fn find(state: &State, name: &str) -> Result<Option<Source>, Fault> {
    let scope = state.keys.scope(&Scope::Source(name.to_owned()));
    let key = Key::new(id::SOURCE, scope, &rest_of(OWN_NUMBER));
    let value = state.store.get(&key)?;
    value.map(|value| decode(&key, &value)).transpose()
}
