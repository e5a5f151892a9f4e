//! `/import/{token}`: a form to choose a file, and the file itself, for whoever has the address
//! that its asker was sent. Whether it is taken is decided by a turn of the conversation.

use std::sync::Arc;
use std::time::Duration;

use axum::extract::rejection::PathRejection;
use axum::extract::{Path, Request, State as Shared};
use axum::http::{HeaderName, StatusCode, header};
use axum::response::{IntoResponse, Response};

use super::State;
use super::{answer, body, form};
use crate::core::derive::rest_of;
use crate::core::import::{Import, Link, State as Stands, key_of};
use crate::core::say::{Voice, import};
use crate::model::import::{BYTES_MAX, NotRead};
use crate::model::{Calendar, Cause, Event, Lang, Post};
use crate::platform::Raw;
use crate::shell::entropy;
use crate::shell::exporter::reading::Source;
use crate::shell::importer::{self, Brought};
use crate::store::table::decode;
use crate::store::{Fault, View};
use crate::text::hours;
use crate::text::when::Reference;

/// Records read at once: each is in memory while it is compared.
pub const UPLOADS_MAX: usize = 2;

/// Name in metrics.
const COUNTED_AS: &str = "import";
/// Longest address that is looked up; ours have 43 characters.
const TOKEN_CHARS_MAX: usize = 64;
/// What a form adds to a file, in bytes.
const FORM_BYTES: usize = 4 << 10;
/// Longest time for a file to come.
const UPLOAD_MAX: Duration = Duration::from_secs(120);

/// What everybody is told who has no address: nobody learns which there were.
const GONE: &str = "这个上传地址已失效：用过了或过期了。需要的话请在聊天里再说一次「导入」。\n\
This address is used up or expired. Ask for another in the chat: import\n";
const BUSY: &str = "正忙，请过一会儿再传。\nBusy: try again in a moment.\n";

/// The form. It runs nothing, loads nothing and is in no frame.
const PAGE: &str = "<!doctype html><html lang=\"zh\"><meta charset=\"utf-8\">\
<meta name=\"viewport\" content=\"width=device-width\"><title>导入记录 · Import</title>\
<style>body{font:16px/1.6 system-ui,sans-serif;max-width:36em;margin:2em auto;padding:0 1em}\
button{font:inherit;padding:.4em 1.2em}</style>\
<h1>导入记录 · Import</h1>\
<p>选一个文件：导出的 csv、json，或有「时间、发言人、内容」\
三列的 csv（UTF-8）。整份收下或整份不收。</p>\
<p lang=\"en\">Choose a file: a csv or json exported here, or a csv (UTF-8) of time, sender and \
text. It is taken whole or not at all.</p>\
<form method=\"post\" enctype=\"multipart/form-data\">\
<p><label>文件 · File <input type=\"file\" name=\"file\" accept=\".csv,.json,.jsonl,.txt\" required>\
</label></p><p><button>上传 · Upload</button></p></form></html>";
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; \
frame-ancestors 'none'; base-uri 'none'";

type Token = Result<Path<String>, PathRejection>;

/// Shows the form.
pub async fn page(Shared(state): Shared<Arc<State>>, token: Token) -> Response {
    let token = token.map_or_else(|_| String::new(), |Path(token)| token);
    let (response, result) = match found(&state, &token) {
        Some(_) => {
            let policy = [(header::CONTENT_SECURITY_POLICY, POLICY)];
            ((headers("text/html; charset=utf-8"), policy, PAGE).into_response(), "form")
        }
        None => (text(StatusCode::GONE, GONE), "gone"),
    };
    state.metrics.callback(COUNTED_AS, result);
    response
}

/// Takes a file.
pub async fn upload(Shared(state): Shared<Arc<State>>, token: Token, request: Request) -> Response {
    let token = token.map_or_else(|_| String::new(), |Path(token)| token);
    let (response, result) = take(&state, &token, request).await;
    state.metrics.callback(COUNTED_AS, result);
    response
}

async fn take(state: &Arc<State>, token: &str, request: Request) -> (Response, &'static str) {
    // Nothing is read of whoever has no address.
    let Some((link, to)) = found(state, token) else {
        return (text(StatusCode::GONE, GONE), "gone");
    };
    let Ok(place) = Arc::clone(&state.uploads).try_acquire_owned() else {
        return (text(StatusCode::SERVICE_UNAVAILABLE, BUSY), "busy");
    };
    let reading = body::raw(request, String::new(), BYTES_MAX + FORM_BYTES, &state.room);
    let raw = match tokio::time::timeout(UPLOAD_MAX, reading).await {
        Ok(Ok(raw)) => raw,
        Ok(Err(body::NoBody::TooBig)) => return refused(state, &NotRead::TooLong),
        Ok(Err(why)) => {
            let answer = answer::no_body(why);
            return (answer.response, answer.result);
        }
        Err(_) => return (StatusCode::REQUEST_TIMEOUT.into_response(), "slow"),
    };
    let claim = entropy::bytes::<16>();
    let of_thread = Arc::clone(state);
    let (scope, number) = (to.scope.clone(), to.number);
    let read = tokio::task::spawn_blocking(move || {
        // The place is kept until the file was read, whoever still waits for it.
        let _place = place;
        compared(&of_thread, &to, link, claim, raw)
    });
    let post = match read.await {
        Ok(Ok(post)) => post,
        Ok(Err(fault)) => {
            tracing::error!(%fault, "a record cannot be compared: {fault}");
            return (StatusCode::INTERNAL_SERVER_ERROR.into_response(), "fault");
        }
        // The hook has logged it.
        Err(_) => return (StatusCode::INTERNAL_SERVER_ERROR.into_response(), "fault"),
    };
    let why = match &post {
        Post::NotImported { why, .. } => Some(why.clone()),
        _ => None,
    };
    let event = Event { scope: scope.clone(), key: None, cause: Cause::Post(post) };
    let Ok(over) = state.worker.submit(event, state.clock.now()) else {
        return (text(StatusCode::SERVICE_UNAVAILABLE, BUSY), "busy");
    };
    if answer::until(over).await.is_none() {
        return (text(StatusCode::SERVICE_UNAVAILABLE, BUSY), "busy");
    }
    if let Some(why) = why {
        return refused(state, &why);
    }
    let view = View { store: &*state.store, keys: &state.keys };
    match view.get::<Import>(state.keys.scope(&scope), &rest_of(number)) {
        Ok(Some(Import { state: Stands::Taken { claim: own, new, same, .. }, .. }))
            if own == claim =>
        {
            (text(StatusCode::OK, taken(new, same)), "ok")
        }
        Ok(_) | Err(_) => (text(StatusCode::CONFLICT, NOT_TAKEN), "refused"),
    }
}

const NOT_TAKEN: &str = "没有导入，原因已发到聊天里。\nNothing was imported; the chat says why.\n";

/// Reads the file and compares it.
fn compared(
    state: &State,
    to: &Link,
    link: [u8; 16],
    claim: [u8; 16],
    raw: Raw,
) -> Result<Post, Fault> {
    let number = to.number;
    let kind = raw.headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    let Some(bytes) = form::file(kind.unwrap_or_default(), &raw.body) else {
        return Ok(Post::NotImported { number, link, why: NotRead::Empty });
    };
    let source = Source { store: &*state.store, keys: &state.keys, zone: state.zone };
    let now = state.clock.now();
    let mut tell = |post: Post| {
        let event = Event { scope: to.scope.clone(), key: None, cause: Cause::Post(post) };
        // Who does not hear how far it is hears what came of it.
        let _ = state.worker.submit(event, now);
    };
    importer::read(&source, &Brought { to, link, claim, bytes }, now, &mut tell)
}

/// Where an address leads, by its hash: how long that takes says nothing of an address.
fn found(state: &State, token: &str) -> Option<([u8; 16], Link)> {
    if token.len() > TOKEN_CHARS_MAX {
        return None;
    }
    let (link, key) = key_of(token);
    let read = state.store.get(&key).and_then(|value| {
        let value = value.as_deref();
        value.map(|value| decode::<Link>(&key, value)).transpose()
    });
    let to = read.unwrap_or_else(|fault| {
        tracing::error!(%fault, "an import cannot be read: {fault}");
        None
    });
    to.map(|to| (link, to))
}

fn refused(state: &State, why: &NotRead) -> (Response, &'static str) {
    let (now, calendar) = (state.clock.now(), Calendar::official());
    let reference = Reference { now, zone: state.zone, work: hours::USUAL, calendar };
    let said = [Lang::Zh, Lang::En].map(|lang| {
        let voice = Voice { lang, reference, bot: "", called: "" };
        import::refused(&voice, why, true).plain()
    });
    let status = match why {
        NotRead::TooLong => StatusCode::PAYLOAD_TOO_LARGE,
        NotRead::Rows(..)
        | NotRead::TooMany
        | NotRead::Empty
        | NotRead::NotUtf8
        | NotRead::NoColumns => StatusCode::UNPROCESSABLE_ENTITY,
    };
    (text(status, said.join("\n\n") + "\n"), "refused")
}

fn taken(new: u32, same: u32) -> String {
    format!(
        "导入好了：新收 {new} 条，{same} 条已经有了。聊天里有明细，可以撤销。\n\
         Imported: {new} new, {same} were here already. The chat has the details, and an undo.\n"
    )
}

fn text(status: StatusCode, text: impl Into<String>) -> Response {
    (status, headers("text/plain; charset=utf-8"), text.into()).into_response()
}

fn headers(kind: &'static str) -> [(HeaderName, &'static str); 4] {
    [
        (header::CONTENT_TYPE, kind),
        (header::CACHE_CONTROL, "no-store"),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ]
}
