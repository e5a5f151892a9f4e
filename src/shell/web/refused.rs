//! How the page is told that something was not done: a status and a word. The text for the person
//! is the page's.

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::json;

/// The answer `{"error": word}`.
pub(super) fn refused(status: StatusCode, word: &'static str) -> Response {
    (status, Json(json!({ "error": word }))).into_response()
}
