//! From what was received to the HTTP answer: turns first, then their durability, then the status.
//! No detail in a refusal.

use std::time::Duration;

use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};

use super::State;
use super::body::NoBody;
use crate::model::{Event, Timestamp};
use crate::platform::{Passive, Received, Reject};

/// Longest time for a request, its body included. What it began is finished all the same.
const REQUEST_MAX: Duration = Duration::from_secs(10);

/// The answer, if there is one in time. Asked here and not in a layer around all routes: that
/// would cost a box and a copy of the route for each request.
pub async fn in_time(answer: impl Future<Output = Response>) -> Response {
    let answered = tokio::time::timeout(REQUEST_MAX, answer).await;
    answered.unwrap_or_else(|_| StatusCode::GATEWAY_TIMEOUT.into_response())
}

/// An answer and the word it is counted under.
pub struct Answer {
    /// The answer.
    pub response: Response,
    /// The word.
    pub result: &'static str,
}

/// The one answer to everything that is not proved: no sender learns which names exist.
pub fn unauthorized(result: &'static str) -> Answer {
    empty(StatusCode::UNAUTHORIZED, result)
}

/// The answer to a body that was not taken.
pub fn no_body(why: NoBody) -> Answer {
    match why {
        NoBody::TooBig => empty(StatusCode::PAYLOAD_TOO_LARGE, "too_big"),
        NoBody::Broken => empty(StatusCode::BAD_REQUEST, "broken"),
        NoBody::NoRoom => empty(StatusCode::SERVICE_UNAVAILABLE, "busy"),
    }
}

/// Takes what was received; returns when everything it did is durable. `from` is a configured name,
/// for the log.
pub async fn take(state: &State, from: &str, received: Received, now: Timestamp) -> Answer {
    match received {
        Received::Answer(passive) => Answer { response: passive_answer(passive), result: "answer" },
        Received::Events { events, answer, left_out } => {
            if let Some(what) = left_out {
                tracing::warn!(from, what, "a callback of {from} holds a {what} that is not used");
            }
            match turns(state, events, now).await {
                Ok(()) => Answer { response: passive_answer(answer), result: "ok" },
                Err(result) => empty(StatusCode::SERVICE_UNAVAILABLE, result),
            }
        }
        Received::Reject(Reject::Unauthorized(why)) => unauthorized(why),
        Received::Reject(Reject::Malformed(why)) => {
            tracing::warn!(from, why, "a callback of {from} is malformed: {why}");
            empty(StatusCode::BAD_REQUEST, "malformed")
        }
    }
}

async fn turns(state: &State, events: Vec<Event>, now: Timestamp) -> Result<(), &'static str> {
    // All are queued before the first is waited for: they share a flush. One that finds no place
    // makes the sender repeat all of them, and those taken are then duplicates.
    let mut waits = Vec::with_capacity(events.len());
    for event in events {
        waits.push(state.worker.submit(event, now).map_err(|_| "busy")?);
    }
    for wait in waits {
        wait.await.map_err(|_| "not_taken")?;
    }
    Ok(())
}

fn passive_answer(passive: Passive) -> Response {
    if passive.content_type.is_empty() {
        return (StatusCode::OK, passive.body).into_response();
    }
    (StatusCode::OK, [(header::CONTENT_TYPE, passive.content_type)], passive.body).into_response()
}

fn empty(status: StatusCode, result: &'static str) -> Answer {
    Answer { response: status.into_response(), result }
}
