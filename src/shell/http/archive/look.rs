//! What a visitor reads: the frame of the page, a search, a message among its neighbours. Each
//! request asks anew whether they may.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Request, State as Shared};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;

use super::super::{State, answer};
use super::session::Session;
use super::show::{self, Answered, Refused};
use super::visit;
use crate::core::turn::Turn;
use crate::core::visit::Visit;
use crate::core::visitor::{self, AROUND_MAX};
use crate::core::visits::{self, Denied};
use crate::model::{Lang, Post};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Frame {
    lang: Lang,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Find {
    query: String,
    below: Option<u32>,
    lang: Lang,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AroundOf {
    number: u32,
    before: usize,
    behind: usize,
    query: String,
    lang: Lang,
}

/// `POST /archive/state`: whose visit it is, and what there is to choose from.
pub(super) async fn state(
    Shared(state): Shared<Arc<State>>,
    headers: HeaderMap,
    request: Request,
) -> Response {
    show::counted(&state, frame(&state, &headers, request).await)
}

async fn frame(state: &Arc<State>, headers: &HeaderMap, request: Request) -> Answered {
    let Frame { lang } = show::read(state, request).await?;
    // The one request that has no stamp yet: it is where a window gets it.
    let session = Session::of(state, headers).ok_or_else(unknown)?;
    let stamp = session.stamp.clone();
    let frame = look(state, session, lang, move |turn, visit| {
        let choices = visitor::choices(turn);
        show::frame(turn, visit, &choices, &stamp)
    });
    Ok(Json(frame.await?).into_response())
}

/// `POST /archive/find`: a page of a search.
pub(super) async fn find(
    Shared(state): Shared<Arc<State>>,
    headers: HeaderMap,
    request: Request,
) -> Response {
    show::counted(&state, found(&state, &headers, request).await)
}

async fn found(state: &Arc<State>, headers: &HeaderMap, request: Request) -> Answered {
    let Find { query, below, lang } = show::read(state, request).await?;
    let session = stamped(state, headers)?;
    let found = look(state, session, lang, move |turn, _| visitor::find(turn, &query, below, lang));
    match found.await? {
        Ok(found) => Ok(Json(show::found(&found)).into_response()),
        Err(said) => Err(show::refused_saying(StatusCode::UNPROCESSABLE_ENTITY, "query", said)),
    }
}

/// `POST /archive/around`: a message and what stood before and behind it.
pub(super) async fn around(
    Shared(state): Shared<Arc<State>>,
    headers: HeaderMap,
    request: Request,
) -> Response {
    show::counted(&state, neighbours(&state, &headers, request).await)
}

async fn neighbours(state: &Arc<State>, headers: &HeaderMap, request: Request) -> Answered {
    let AroundOf { number, before, behind, query, lang } = show::read(state, request).await?;
    let session = stamped(state, headers)?;
    let most = [before.min(AROUND_MAX), behind.min(AROUND_MAX)];
    let around =
        look(state, session, lang, move |turn, _| visitor::around(turn, number, most, &query));
    let around = around.await?;
    let around = around.ok_or_else(|| show::refused(StatusCode::NOT_FOUND, "none"))?;
    Ok(Json(show::around(&around)).into_response())
}

/// The session of a request of one of its windows.
pub(super) fn stamped(state: &State, headers: &HeaderMap) -> Result<Session, Refused> {
    let session = Session::of(state, headers).ok_or_else(unknown)?;
    match session.is_stamped(headers) {
        true => Ok(session),
        false => Err(show::refused(StatusCode::CONFLICT, "other")),
    }
}

/// What `read` makes of the session's conversation, told once it is durable.
pub(super) async fn look<T: Send + 'static>(
    state: &Arc<State>,
    session: Session,
    lang: Lang,
    read: impl FnOnce(&mut Turn, &Visit) -> T + Send + 'static,
) -> Result<T, Refused> {
    let busy = || show::refused(StatusCode::SERVICE_UNAVAILABLE, "busy");
    let place = Arc::clone(&state.looks).acquire_owned();
    let place = answer::soon(place).await.and_then(Result::ok).ok_or_else(busy)?;
    let (number, hash) = (session.number, session.hash);
    let event = session.event(Post::PageLeft { number });
    let (left, worker) = (event.clone(), Arc::clone(&state.worker));
    let looked = tokio::task::spawn_blocking(move || {
        let looked = worker.look(&event, |turn| {
            let visit = visits::admit(turn, number, &hash)?;
            turn.acting.lang = lang;
            Ok(read(turn, &visit))
        });
        drop(place);
        looked
    });
    let looked = looked.await.map_err(|_| show::broken())?;
    let (found, position) = looked.map_err(|fault| show::failed(&fault))?;
    answer::until(state.committer.durable(position)).await.ok_or_else(busy)?;
    match found {
        Ok(found) => Ok(found),
        Err(Denied::Over) => Err(unknown()),
        // Whoever gets the role back asks for a new address.
        Err(Denied::NotAllowed) => {
            visit::over(state, left).await?;
            Err(unknown())
        }
    }
}

/// Nobody is known by this cookie.
fn unknown() -> Refused {
    show::refused(StatusCode::UNAUTHORIZED, "over")
}
