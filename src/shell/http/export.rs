//! `GET /export/{token}`: the file of an export, once, for whoever has the address that its asker
//! was sent. Whether it may be had is decided by a turn of the conversation, which puts it on
//! record.

use std::fs::File;
use std::io::{self, BufReader};
use std::sync::Arc;
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State as Shared};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use tokio::sync::{OwnedSemaphorePermit, mpsc};
use tokio_stream::wrappers::ReceiverStream;

use super::State;
use super::answer;
use crate::core::derive::rest_of;
use crate::core::export::{self, Export, Link, State as Stands, link_of};
use crate::export::html;
use crate::model::{Cause, Event, Post};
use crate::shell::entropy;
use crate::shell::exporter::sealed::Opening;
use crate::store::table::decode;
use crate::store::{Fault, View};

/// Downloads at once: each holds a file and some chunks.
pub const DOWNLOADS_MAX: usize = 16;

/// Name in metrics.
const COUNTED_AS: &str = "export";
/// Chunks that are ready and not yet taken.
const CHUNKS_AHEAD: usize = 2;
/// How long somebody may take for a chunk of 64 KiB: slower is gone.
const CHUNK_WAIT: Duration = Duration::from_secs(60);
/// Longest address that is looked up; ours have 43 characters.
const TOKEN_CHARS_MAX: usize = 64;

/// What everybody is told who gets no file: nobody learns which addresses there were.
const GONE: &str = "这个下载地址已失效：用过了、过期了，或被取消了。需要的话请再导出一次。\n\
This address is used up, expired or cancelled. Ask for the export again if you need it.\n";

/// A program that only looks whether there is something does not use the address up.
pub async fn look() -> StatusCode {
    StatusCode::METHOD_NOT_ALLOWED
}

/// Hands the file out.
pub async fn download(
    Shared(state): Shared<Arc<State>>,
    token: Result<Path<String>, PathRejection>,
    headers: HeaderMap,
) -> Response {
    let token = token.map_or_else(|_| String::new(), |Path(token)| token);
    let (response, result) = if is_ahead(&headers) {
        // A page that is fetched in case somebody opens it was opened by nobody.
        (StatusCode::SERVICE_UNAVAILABLE.into_response(), "ahead")
    } else {
        match Arc::clone(&state.downloads).try_acquire_owned() {
            Err(_) => (StatusCode::SERVICE_UNAVAILABLE.into_response(), "busy"),
            Ok(place) => answer(&state, &token, place).await,
        }
    };
    state.metrics.callback(COUNTED_AS, result);
    response
}

async fn answer(
    state: &State,
    token: &str,
    place: OwnedSemaphorePermit,
) -> (Response, &'static str) {
    let gone = || ((StatusCode::GONE, plain(), GONE).into_response(), "gone");
    let found = find(state, token).unwrap_or_else(|fault| {
        tracing::error!(%fault, "an export cannot be read: {fault}");
        None
    });
    let Some((link, row)) = found else { return gone() };
    // Before it is used up: what is not there any more is not had.
    let Ok(file) = state.exports.open(&row.file) else { return gone() };
    let claim = entropy::bytes::<16>();
    let post = Post::ExportOpened { number: row.number, link, claim };
    let event = Event { scope: row.scope.clone(), key: None, cause: Cause::Post(post) };
    let Ok(over) = state.worker.submit(event, state.clock.now()) else {
        return (StatusCode::SERVICE_UNAVAILABLE.into_response(), "busy");
    };
    // An error says that the turn was not taken.
    if answer::until(over).await.is_none() {
        return (StatusCode::SERVICE_UNAVAILABLE.into_response(), "busy");
    }
    let view = View { store: &*state.store, keys: &state.keys };
    let scope = state.keys.scope(&row.scope);
    match view.get::<Export>(scope, &rest_of(row.number)) {
        Ok(Some(export)) if is_theirs(&export, &claim) => {
            (handed(&row, &export, file, place), "ok")
        }
        Ok(_) | Err(_) => gone(),
    }
}

/// The row that an address leads to.
fn find(state: &State, token: &str) -> Result<Option<([u8; 16], Link)>, Fault> {
    if token.len() > TOKEN_CHARS_MAX {
        return Ok(None);
    }
    let link = link_of(token);
    let key = export::link_key(&link);
    let value = state.store.get(&key)?;
    value.map(|value| decode(&key, &value).map(|row| (link, row))).transpose()
}

fn is_theirs(export: &Export, claim: &[u8; 16]) -> bool {
    matches!(&export.state, Stands::Fetched { claim: own, .. } if own == claim)
}

fn is_ahead(headers: &HeaderMap) -> bool {
    let says = |name: &str| {
        let value = headers.get(name).and_then(|value| value.to_str().ok());
        value.is_some_and(|value| value.to_ascii_lowercase().contains("prefetch"))
    };
    ["sec-purpose", "purpose", "x-moz"].into_iter().any(says)
}

fn plain() -> [(header::HeaderName, &'static str); 2] {
    [(header::CONTENT_TYPE, "text/plain; charset=utf-8"), (header::CACHE_CONTROL, "no-store")]
}

/// The file as it goes out. Its name is made here: nobody typed any of it.
fn handed(link: &Link, export: &Export, file: File, place: OwnedSemaphorePermit) -> Response {
    let name = format!("steward-X{}.{}", link.number, export.format.ending());
    let headers = [
        (header::CONTENT_TYPE, export.format.media_type().to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
        (header::CACHE_CONTROL, "no-store".to_owned()),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff".to_owned()),
        (header::CONTENT_SECURITY_POLICY, html::POLICY.to_owned()),
        (header::REFERRER_POLICY, "no-referrer".to_owned()),
    ];
    let length = export.holds.as_ref().map(|holds| holds.bytes.to_string()).unwrap_or_default();
    let mut response = (headers, chunks(file, link.key, place)).into_response();
    if let Ok(length) = length.parse::<header::HeaderValue>() {
        response.headers_mut().insert(header::CONTENT_LENGTH, length);
    }
    response
}

/// The file's chunks, opened one after another as they are taken. One that does not open breaks
/// the download off.
fn chunks(file: File, key: [u8; 32], place: OwnedSemaphorePermit) -> Body {
    let (give, take) = mpsc::channel::<io::Result<Bytes>>(CHUNKS_AHEAD);
    tokio::spawn(async move {
        let mut opening = Opening::new(BufReader::new(file), &key);
        loop {
            let next = tokio::task::spawn_blocking(move || (opening.chunk(), opening)).await;
            let Ok((chunk, back)) = next else { break };
            opening = back;
            let Some(chunk) = chunk.transpose() else { break };
            let broken = chunk.is_err();
            let given = give.send(chunk.map(Bytes::from));
            if !matches!(tokio::time::timeout(CHUNK_WAIT, given).await, Ok(Ok(()))) || broken {
                break;
            }
        }
        drop(place);
    });
    Body::from_stream(ReceiverStream::new(take))
}
