//! The archive page under `/archive`: a conversation's kept messages for one visitor, who was sent
//! its address. What may be read and done is decided by `core`, at every request anew; each thing
//! done is a turn like a line in the chat.

mod act;
mod assets;
mod guard;
mod look;
mod session;
mod show;
mod visit;

use std::sync::Arc;

use axum::Router;
use axum::middleware;
use axum::routing::{get, post};

use super::State;

/// Looks at once: each may read some thousand messages, and turns come first.
pub const LOOKS_MAX: usize = 2;

/// The routes. Nothing that was asked for stands in an address: addresses are logged by proxies.
pub fn routes(state: &Arc<State>) -> Router<Arc<State>> {
    Router::new()
        .route("/archive", get(assets::page))
        .route("/archive/assets/{name}", get(assets::asset))
        .route("/archive/in", post(visit::begin))
        .route("/archive/out", post(visit::end))
        .route("/archive/state", post(look::state))
        .route("/archive/find", post(look::find))
        .route("/archive/around", post(look::around))
        .route("/archive/act", post(act::act))
        .layer(middleware::from_fn_with_state(Arc::clone(state), guard::guard))
}
