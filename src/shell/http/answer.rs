//! From what was received to the HTTP answer: turns first, then their durability, then the status.
//! No detail in a refusal.

use std::time::Duration;

use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use tokio::sync::oneshot::error::RecvError;

use super::State;
use super::body::NoBody;
use crate::model::Timestamp;
use crate::platform::{Passive, Received, Reject};
use crate::shell::intake::{self, Refused};

/// Longest time for a request, its body included. What it began is finished all the same.
const REQUEST_MAX: Duration = Duration::from_secs(10);

/// The answer, if there is one in time. Asked here and not in a layer around all routes: that
/// would cost a box and a copy of the route for each request.
pub async fn in_time(answer: impl Future<Output = Response>) -> Response {
    let answered = tokio::time::timeout(REQUEST_MAX, answer).await;
    answered.unwrap_or_else(|_| StatusCode::GATEWAY_TIMEOUT.into_response())
}

/// What is waited for, if it comes in time.
pub async fn until<T>(coming: impl Future<Output = Result<T, RecvError>>) -> Option<T> {
    tokio::time::timeout(REQUEST_MAX, coming).await.ok()?.ok()
}

/// What is waited for, whatever it is, if it comes in time.
pub async fn soon<T>(coming: impl Future<Output = T>) -> Option<T> {
    tokio::time::timeout(REQUEST_MAX, coming).await.ok()
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
    let taken = match intake::begin(&state.worker, from, received, now) {
        Ok(taking) => taking.durable().await,
        Err(refused) => Err(refused),
    };
    match taken {
        Ok((passive, result)) => Answer { response: passive_answer(passive), result },
        Err(refused) => {
            let status = match refused {
                Refused::Rejected(Reject::Unauthorized(_)) => StatusCode::UNAUTHORIZED,
                Refused::Rejected(Reject::Malformed(_)) => StatusCode::BAD_REQUEST,
                Refused::Busy | Refused::Ending => StatusCode::SERVICE_UNAVAILABLE,
            };
            empty(status, refused.result())
        }
    }
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
