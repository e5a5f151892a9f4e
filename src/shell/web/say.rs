//! `POST /play/say`: what a member says becomes a callback of the playground, in through the one
//! door.

use axum::Json;
use axum::extract::State;
use axum::extract::rejection::JsonRejection;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use serde_json::{Value, json};

use super::cast::{Conversation, Member};
use super::door::SayError;
use super::line::{Author, Reference, Said};
use super::refused::refused;
use super::state::PlayState;
use crate::model::Timestamp;
use crate::platform::Raw;

/// Longest text in characters: more than any command, and well below the body's limit in any
/// script.
const TEXT_CHARS_MAX: usize = 10_000;

/// Longest id of a message that a page may make.
const MESSAGE_ID_BYTES_MAX: usize = 64;

/// The bot's id as the author of a line that is quoted.
const BOT_ID: &str = "steward";

/// What the page sends. Names are not among it: they are the cast's.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Say {
    conversation: String,
    sender: String,
    text: String,
    /// Made by the page, so that sending again after a lost answer is the same message.
    id: String,
    #[serde(default)]
    quoted: Option<String>,
    /// The message of theirs that says this instead from now on.
    #[serde(default)]
    edits: Option<String>,
    /// The message of theirs that they take back.
    #[serde(default)]
    recalls: Option<String>,
    /// Behave like a platform that hears only what @-s the bot.
    #[serde(default)]
    only_mentions: bool,
    /// Deliver the callback twice.
    #[serde(default)]
    twice: bool,
}

/// Answers 200 once what was said is durable.
pub(super) async fn say(
    State(state): State<PlayState>,
    body: Result<Json<Say>, JsonRejection>,
) -> Response {
    let say = match body {
        Ok(Json(say)) => say,
        Err(rejection) => return refused(rejection.status(), "malformed"),
    };
    let Some((said, raw)) = compose(&state, &say) else {
        return refused(StatusCode::BAD_REQUEST, "malformed");
    };
    // A task of its own: a page that goes away doesn't stop half-way what it said.
    let delivery = tokio::spawn(async move { deliver(&state, said, raw).await });
    match delivery.await {
        Ok(Ok(())) => (StatusCode::OK, Json(json!({}))).into_response(),
        Ok(Err(SayError::Malformed)) => refused(StatusCode::BAD_REQUEST, "malformed"),
        Ok(Err(SayError::Busy)) => refused(StatusCode::SERVICE_UNAVAILABLE, "busy"),
        Ok(Err(SayError::NotStored)) | Err(_) => {
            refused(StatusCode::INTERNAL_SERVER_ERROR, "failed")
        }
    }
}

/// Submits, once or twice, and only then shows the line.
async fn deliver(state: &PlayState, said: Said, raw: Raw) -> Result<(), SayError> {
    let hold = state.hub.hold(said.target.clone());
    state.door.say(raw.clone()).await?;
    let again = match said.twice {
        true => state.door.say(raw).await,
        false => Ok(()),
    };
    hold.show(said);
    again
}

/// The line for the page and the callback for the bot; `None` when it names nobody or nothing the
/// cast has.
fn compose(state: &PlayState, say: &Say) -> Option<(Said, Raw)> {
    let conversation = state.cast.conversation(&say.conversation)?;
    let sender = state.cast.member(&say.sender)?;
    let is_theirs = conversation.whose.as_ref().is_none_or(|whose| *whose == sender.id);
    let says = !say.text.trim().is_empty() || say.recalls.is_some();
    let is_text = says && say.text.chars().nth(TEXT_CHARS_MAX).is_none();
    if !is_theirs || !is_text || !is_message_id(&say.id) {
        return None;
    }
    let target = state.cast.scope(conversation);
    let quoted = match &say.quoted {
        None => None,
        Some(id) => Some(reference(&state.hub.find(&target, id)?.said)),
    };
    let at = state.door.now();
    let body = callback(state, say, conversation, sender, quoted.as_ref(), at);
    let raw = Raw { body: body.to_string().into_bytes(), ..Raw::default() };
    let said = Said {
        target,
        at,
        speaker: Some(Author { id: sender.id.clone(), name: sender.name.clone() }),
        message_id: say.id.clone(),
        text: say.text.clone(),
        card: None,
        quoted,
        twice: say.twice,
    };
    Some((said, raw))
}

/// The body that the playground's platform receives.
fn callback(
    state: &PlayState,
    say: &Say,
    conversation: &Conversation,
    sender: &Member,
    quoted: Option<&Reference>,
    at: Timestamp,
) -> Value {
    let mentions: Vec<Value> = state.cast.mentioned(&say.text).into_iter().map(person).collect();
    let quoted = quoted.map(|q| {
        let (id, name) = match &q.speaker {
            Some(author) => (author.id.as_str(), author.name.as_str()),
            None => (BOT_ID, &*state.bot_name),
        };
        json!({ "id": q.message_id, "sender_id": id, "sender_name": name, "text": q.text })
    });
    let mut body = json!({
        "conversation": conversation.id,
        "direct": conversation.whose.is_some(),
        "title": conversation.title,
        "sender": person(sender),
        "text": say.text,
        "id": say.id,
        "mentions": mentions,
        "quoted": quoted,
        "at_ms": at.0,
        "only_mentions": say.only_mentions,
    });
    for (name, earlier) in [("edits", &say.edits), ("recalls", &say.recalls)] {
        if let Some(id) = earlier {
            body[name] = json!(id);
        }
    }
    body
}

fn person(member: &Member) -> Value {
    json!({ "id": member.id, "name": member.name })
}

fn reference(said: &Said) -> Reference {
    Reference {
        message_id: said.message_id.clone(),
        speaker: said.speaker.clone(),
        text: said.text.clone(),
    }
}

fn is_message_id(id: &str) -> bool {
    (1..=MESSAGE_ID_BYTES_MAX).contains(&id.len())
        && id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
}
