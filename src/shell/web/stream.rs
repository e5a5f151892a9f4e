//! `GET /play/stream`: every line and every jump of the clock, live, as server-sent events.

use std::convert::Infallible;
use std::sync::Arc;

use axum::extract::{Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use tokio_stream::wrappers::BroadcastStream;
use tokio_stream::{Stream, StreamExt};

use super::cast::Cast;
use super::hub::{Feed, Follow};
use super::line::Line;
use super::show::line_view;
use super::state::PlayState;
use crate::model::Timestamp;

/// Pages that may follow at once: a browser allows six a host, a handful of browsers is plenty.
const PAGES_MAX: usize = 32;

/// Where to go on.
#[derive(Deserialize)]
pub(super) struct From {
    after: Option<u64>,
}

/// Begins after `Last-Event-ID` (a browser that reconnects), else after `?after=`, else with the
/// next line.
pub(super) async fn stream(
    State(state): State<PlayState>,
    Query(from): Query<From>,
    headers: HeaderMap,
) -> Response {
    let last = headers.get("last-event-id").and_then(|v| v.to_str().ok()?.parse().ok());
    let Some(follow) = state.hub.follow(last.or(from.after), PAGES_MAX) else {
        return StatusCode::SERVICE_UNAVAILABLE.into_response();
    };
    let now = state.door.now();
    Sse::new(events(state.cast, follow, now)).keep_alive(KeepAlive::default()).into_response()
}

/// The clock, what was missed, then everything as it comes. A page that cannot be told everything
/// is told to reload.
fn events(
    cast: Arc<Cast>,
    follow: Follow,
    now: Timestamp,
) -> impl Stream<Item = Result<Event, Infallible>> {
    let gap = follow.gap.then(reload);
    let missed: Vec<Event> = match follow.gap {
        true => Vec::new(),
        false => follow.missed.iter().filter_map(|line| line_event(&cast, line)).collect(),
    };
    let first = [clock_event(now)].into_iter().chain(gap).chain(missed);
    let live = BroadcastStream::new(follow.live).filter_map(move |feed| match feed {
        Ok(Feed::Line(line)) => line_event(&cast, &line),
        Ok(Feed::Clock(now)) => Some(clock_event(now)),
        Err(_lagged) => Some(reload()),
    });
    tokio_stream::iter(first).chain(live).map(Ok)
}

fn line_event(cast: &Cast, line: &Line) -> Option<Event> {
    let event = Event::default().event("line").id(line.id.to_string());
    // A view is strings and numbers, which always are JSON.
    event.json_data(line_view(cast, line)?).ok()
}

fn clock_event(now: Timestamp) -> Event {
    Event::default().event("clock").data(format!(r#"{{"now_ms":{}}}"#, now.0))
}

fn reload() -> Event {
    Event::default().event("reload").data("{}")
}
