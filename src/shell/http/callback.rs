//! `/callback/{account}`: a platform tells us something. The platform verifies and translates it.

use std::sync::Arc;

use axum::extract::rejection::PathRejection;
use axum::extract::{Path, Request, State as Shared};
use axum::response::Response;

use super::answer::{self, Answer};
use super::{State, body};
use crate::platform::Arrived;
use crate::shell::clock::Stopwatch;

/// Largest body of a callback: ten times the longest message of any platform.
pub const BODY_BYTES_MAX: usize = 1024 * 1024;

/// `/callback/{account}`.
pub async fn bare(
    Shared(state): Shared<Arc<State>>,
    account: Result<Path<String>, PathRejection>,
    request: Request,
) -> Response {
    let account = account.map_or_else(|_| String::new(), |Path(account)| account);
    answer::in_time(answer(&state, &account, String::new(), request)).await
}

/// `/callback/{account}/…`.
pub async fn below(
    Shared(state): Shared<Arc<State>>,
    path: Result<Path<(String, String)>, PathRejection>,
    request: Request,
) -> Response {
    let (account, rest) = path.map_or_else(|_| Default::default(), |Path(parts)| parts);
    answer::in_time(answer(&state, &account, format!("/{rest}"), request)).await
}

async fn answer(state: &State, name: &str, path: String, request: Request) -> Response {
    // Read before the account is looked up: an unknown one is not answered faster.
    let raw = body::raw(request, path, BODY_BYTES_MAX, &state.room).await;
    let watch = Stopwatch::start();
    // An account whose callbacks prove nothing is unknown here: any web page could post to it.
    let account = state.accounts.get(name).filter(|account| account.platform.is_verified());
    let known = account.map_or("", |account| account.name.as_str());
    let Answer { response, result } = match (raw, account) {
        (Err(why), _) => answer::no_body(why),
        (Ok(_), None) => answer::unauthorized("unknown"),
        (Ok(raw), Some(account)) => {
            let now = state.clock.now();
            let received = account.platform.receive(Arrived::Callback(&raw), now);
            answer::take(state, known, received, now).await
        }
    };
    state.metrics.callback(known, result);
    state.metrics.callback_seconds.observe(watch.seconds());
    response
}
