//! `POST /play/clock`: the virtual clock jumps forward, and everything due on the way happens.

use axum::Json;
use axum::extract::State;
use axum::extract::rejection::JsonRejection;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use serde_json::json;

use super::door::JumpError;
use super::refused::refused;
use super::state::PlayState;
use crate::model::Timestamp;

/// Longest jump in ms: a year and a bit, so that a yearly date can be tried; a longer one would run
/// for minutes.
const JUMP_MS_MAX: i64 = 400 * 24 * 60 * 60 * 1000;

/// What the page sends.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Jump {
    to_ms: i64,
}

/// Answers 200 with the clock once the jump is done; 400 backwards or too far.
pub(super) async fn jump(
    State(state): State<PlayState>,
    body: Result<Json<Jump>, JsonRejection>,
) -> Response {
    let to = match body {
        Ok(Json(jump)) => Timestamp(jump.to_ms),
        Err(rejection) => return refused(rejection.status(), "malformed"),
    };
    let now = state.door.now();
    if to < now || to > now.plus_ms(JUMP_MS_MAX) {
        return refused(StatusCode::BAD_REQUEST, "range");
    }
    // A task of its own: a page that goes away doesn't stop the clock half-way.
    let travel = tokio::spawn(async move {
        let end = state.door.jump(to).await;
        let now = state.door.now();
        state.hub.clock(now);
        end.map(|()| now)
    });
    match travel.await {
        Ok(Ok(now)) => (StatusCode::OK, Json(json!({ "now_ms": now.0 }))).into_response(),
        Ok(Err(JumpError::Busy)) => refused(StatusCode::CONFLICT, "busy"),
        Ok(Err(JumpError::Unfinished)) | Err(_) => {
            refused(StatusCode::INTERNAL_SERVER_ERROR, "failed")
        }
    }
}
