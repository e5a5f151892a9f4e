//! What the page is told, as JSON: the form of every field is here. Texts are plain; what is to be
//! marked is said by cutting them into pieces.

use axum::Json;
use axum::extract::Request;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::super::body::NoBody;
use super::super::{State, answer, body};
use crate::core::turn::Turn;
use crate::core::visit::{Reply, Visit};
use crate::core::visitor::{Around, Choices, Found};
use crate::export::marks;
use crate::model::message::{Gone, Message};
use crate::store::Fault;

/// Largest body of a request in bytes: a query of some thousand characters, or the numbers of a
/// few hundred messages.
const BODY_BYTES_MAX: usize = 64 * 1024;

/// Name in metrics.
const COUNTED_AS: &str = "archive";

/// An answer, or why there is none.
pub type Answered = Result<Response, Refused>;

/// Why there is no answer.
pub struct Refused {
    status: StatusCode,
    /// For the page, and what it is counted under.
    word: &'static str,
    /// What the bot says of it.
    said: Option<String>,
}

/// A request without anything in it.
#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Nothing {}

/// The answer `{"error": word}`.
pub fn refused(status: StatusCode, word: &'static str) -> Refused {
    Refused { status, word, said: None }
}

/// The same with what the bot says of it.
pub fn refused_saying(status: StatusCode, word: &'static str, said: String) -> Refused {
    Refused { status, word, said: Some(said) }
}

/// Something cannot be read.
pub fn failed(fault: &Fault) -> Refused {
    tracing::error!(%fault, "the archive page cannot be shown: {fault}");
    broken()
}

/// Something broke; the log knows what.
pub fn broken() -> Refused {
    refused(StatusCode::INTERNAL_SERVER_ERROR, "failed")
}

/// Counts an answer.
pub fn counted(state: &State, answered: Answered) -> Response {
    let (response, word) = match answered {
        Ok(response) => (response, "ok"),
        Err(Refused { status, word, said }) => {
            ((status, Json(json!({ "error": word, "said": said }))).into_response(), word)
        }
    };
    state.metrics.callback(COUNTED_AS, word);
    response
}

/// A request's body as what it must be.
pub async fn read<T: DeserializeOwned>(state: &State, request: Request) -> Result<T, Refused> {
    let raw = body::raw(request, String::new(), BODY_BYTES_MAX, &state.room);
    let raw = answer::soon(raw).await;
    let raw = raw.ok_or_else(|| refused(StatusCode::REQUEST_TIMEOUT, "slow"))?;
    let raw = raw.map_err(|why| match why {
        NoBody::TooBig => refused(StatusCode::PAYLOAD_TOO_LARGE, "too_big"),
        NoBody::Broken => refused(StatusCode::BAD_REQUEST, "broken"),
        NoBody::NoRoom => refused(StatusCode::SERVICE_UNAVAILABLE, "busy"),
    })?;
    let read = serde_json::from_slice(&raw.body);
    read.map_err(|_| refused(StatusCode::BAD_REQUEST, "malformed"))
}

/// Whose visit it is, and what there is to choose from.
pub fn frame(turn: &Turn, visit: &Visit, choices: &Choices, stamp: &str) -> Value {
    json!({
        "stamp": stamp,
        "title": turn.title(),
        "direct": turn.scope().is_direct(),
        "by": visit.by.name,
        "bot": turn.voice().bot,
        "lang": visit.lang,
        "until_ms": visit.until.0,
        "now_ms": turn.now().0,
        "zone": turn.zone().name(),
        "tags": choices.tags,
        "cabinets": choices.cabinets,
        "people": choices.people,
    })
}

/// A page of a search.
pub fn found(found: &Found) -> Value {
    json!({
        "line": found.line,
        "notes": found.notes,
        "messages": messages(&found.messages, &found.words),
        "next": found.next,
    })
}

/// A message among its neighbours.
pub fn around(around: &Around) -> Value {
    json!({
        "messages": messages(&around.messages, &around.words),
        "before": around.before,
        "behind": around.behind,
    })
}

/// What came of something done.
pub fn reply(reply: &Reply, undo: bool) -> Value {
    json!({ "done": reply.done, "said": reply.said, "undo": undo })
}

fn messages(messages: &[(u32, Message)], words: &[String]) -> Vec<Value> {
    messages.iter().map(|(number, shown)| message(*number, shown, words)).collect()
}

fn message(number: u32, message: &Message, words: &[String]) -> Value {
    let marks = marks::find(&message.text, words);
    let tags: Vec<&str> = message.tags.iter().map(|tagged| tagged.tag.as_str()).collect();
    let gone = message.gone.map(|gone| match gone {
        Gone::Cleared => "cleared",
        Gone::Erased => "erased",
    });
    json!({
        "number": number,
        "at_ms": message.sent_at.0,
        "who": message.sender.as_ref().map(|who| who.name.as_str()),
        "pieces": marks::pieces(&message.text, &marks),
        "tags": tags,
        "cabinet": message.cabinet,
        "heard": message.heard,
        "held": message.held,
        "gone": gone,
    })
}
