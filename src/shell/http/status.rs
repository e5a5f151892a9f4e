//! What a supervisor asks: alive, ready, counted. No personal data.

use std::sync::Arc;

use axum::extract::State as Shared;
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;

use super::State;

/// The process answers.
pub async fn healthz() -> &'static str {
    "ok"
}

/// Events are taken: the queue has room and the process is not ending. The store is open, or there
/// were no process.
pub async fn readyz(Shared(state): Shared<Arc<State>>) -> impl IntoResponse {
    if state.is_ready() {
        (StatusCode::OK, "ready")
    } else {
        (StatusCode::SERVICE_UNAVAILABLE, "not ready")
    }
}

/// Everything counted.
pub async fn metrics(Shared(state): Shared<Arc<State>>) -> impl IntoResponse {
    let form = "application/openmetrics-text; version=1.0.0; charset=utf-8";
    ([(header::CONTENT_TYPE, form)], state.metrics.text())
}
