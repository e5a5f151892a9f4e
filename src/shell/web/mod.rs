//! The playground's page under `/play`: several members in one browser window, a clock that can
//! jump.
//! It decides nothing: what is said goes through the same door as every callback.

mod assets;
mod cast;
mod door;
mod guard;
mod hub;
mod jump;
mod line;
mod refused;
mod say;
mod show;
mod state;
mod stream;

pub use cast::{Cast, Conversation, Member};
pub use door::{Door, JumpError, SayError, Work};
pub use hub::{Feed, Hub};
pub use line::{Author, Line, Reference, Said};
pub use state::PlayState;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware;
use axum::routing::{get, post};

/// Longest body of a request in bytes: a line of `TEXT_CHARS_MAX` in any script and its envelope.
const BODY_BYTES_MAX: usize = 64 * 1024;

/// Everything under `/play`. Only answers requests of this machine's own browser (see `guard`).
pub fn routes(state: PlayState) -> Router {
    Router::new()
        .route("/play", get(assets::page))
        .route("/play/assets/{name}", get(assets::asset))
        .route("/play/state", get(show::state))
        .route("/play/say", post(say::say))
        .route("/play/stream", get(stream::stream))
        .route("/play/clock", post(jump::jump))
        .layer(DefaultBodyLimit::max(BODY_BYTES_MAX))
        .layer(middleware::from_fn(guard::guard))
        .with_state(state)
}
