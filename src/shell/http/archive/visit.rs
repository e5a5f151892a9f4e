//! A visit begun with the address that was sent, and ended.

use std::sync::Arc;

use axum::extract::{Request, State as Shared};
use axum::http::header::SET_COOKIE;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Deserialize;

use super::super::{State, answer};
use super::session::{self, Session, TOKEN_CHARS_MAX};
use super::show::{self, Answered, Nothing};
use crate::core::derive::rest_of;
use crate::core::visit::{self, Visit, hash_of};
use crate::model::{Cause, Event, Post};
use crate::shell::entropy;
use crate::store::View;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Begin {
    token: String,
}

/// `POST /archive/in`: the address is used up for a session.
pub(super) async fn begin(Shared(state): Shared<Arc<State>>, request: Request) -> Response {
    show::counted(&state, begun(&state, request).await)
}

async fn begun(state: &State, request: Request) -> Answered {
    let Begin { token } = show::read(state, request).await?;
    let gone = || show::refused(StatusCode::GONE, "gone");
    if token.len() > TOKEN_CHARS_MAX {
        return Err(gone());
    }
    let link = hash_of(&token);
    let to = session::find(state, &link).map_err(|fault| show::failed(&fault))?;
    let to = to.ok_or_else(gone)?;
    let token = URL_SAFE_NO_PAD.encode(entropy::bytes::<32>());
    let hash = hash_of(&token);
    let post = Post::PageOpened { number: to.number, link, session: hash };
    let event = Event { scope: to.scope.clone(), key: None, cause: Cause::Post(post) };
    over(state, event).await?;
    let view = View { store: &*state.store, keys: &state.keys };
    let visit = view.get::<Visit>(state.keys.scope(&to.scope), &rest_of(to.number));
    let visit = visit.map_err(|fault| show::failed(&fault))?;
    let own = visit::State::Open { session: hash };
    if visit.is_none_or(|visit| visit.state != own) {
        return Err(gone());
    }
    let cookie = session::cookie(Some(&token), &state.public_url);
    Ok(([(SET_COOKIE, cookie)], StatusCode::NO_CONTENT).into_response())
}

/// `POST /archive/out`: the visit is over, whoever still has a window open.
pub(super) async fn end(
    Shared(state): Shared<Arc<State>>,
    headers: HeaderMap,
    request: Request,
) -> Response {
    show::counted(&state, ended(&state, &headers, request).await)
}

async fn ended(state: &State, headers: &HeaderMap, request: Request) -> Answered {
    let Nothing {} = show::read(state, request).await?;
    if let Some(session) = Session::of(state, headers) {
        if !session.is_stamped(headers) {
            return Err(show::refused(StatusCode::CONFLICT, "other"));
        }
        over(state, session.event(Post::PageLeft { number: session.number })).await?;
    }
    let cookie = session::cookie(None, &state.public_url);
    Ok(([(SET_COOKIE, cookie)], StatusCode::NO_CONTENT).into_response())
}

/// A turn; waits until it is durable.
pub(super) async fn over(state: &State, event: Event) -> Result<(), show::Refused> {
    let busy = || show::refused(StatusCode::SERVICE_UNAVAILABLE, "busy");
    let over = state.worker.submit(event, state.clock.now()).map_err(|_| busy())?;
    // An error says that the turn was not taken.
    answer::until(over).await.map(|_| ()).ok_or_else(busy)
}
