//! What the page is shown, as JSON: the cast, the words for completion, lines. The form of every
//! field is here.

use axum::Json;
use axum::extract::State;
use serde::Serialize;

use super::cast::Cast;
use super::line::{Author, Line, Reference};
use super::state::PlayState;
use crate::command::Word;
use crate::command::catalogue::{Kind, Names};
use crate::model::{Lang, Outgoing};

/// `GET /play/state`: everything a page needs to begin.
pub(super) async fn state(State(state): State<PlayState>) -> Json<serde_json::Value> {
    let (lines, after) = state.hub.kept();
    let lines: Vec<_> = lines.iter().filter_map(|line| line_view(&state.cast, line)).collect();
    Json(serde_json::json!({
        "bot": *state.bot_name,
        "lang": state.lang,
        "now_ms": state.door.now().0,
        "zone": state.zone.name(),
        "members": state.cast.members.iter().map(member_view).collect::<Vec<_>>(),
        "conversations": state.cast.conversations.iter().map(conversation_view).collect::<Vec<_>>(),
        "words": state.words.iter().map(word_view).collect::<Vec<_>>(),
        "lines": lines,
        "after": after,
    }))
}

/// A line, or nothing when it is of a conversation the page doesn't have.
pub(super) fn line_view<'a>(cast: &'a Cast, line: &'a Line) -> Option<LineView<'a>> {
    let said = &line.said;
    Some(LineView {
        id: line.id,
        conversation: &cast.at(&said.target)?.id,
        at_ms: said.at.0,
        speaker: said.speaker.as_ref().map(author_view),
        message_id: &said.message_id,
        text: &said.text,
        card: said.card.as_ref(),
        quoted: said.quoted.as_ref().map(reference_view),
        twice: said.twice,
    })
}

/// A line as the page reads it. A card is the model's own form, as it is stored.
#[derive(Serialize)]
pub(super) struct LineView<'a> {
    id: u64,
    conversation: &'a str,
    at_ms: i64,
    speaker: Option<AuthorView<'a>>,
    message_id: &'a str,
    text: &'a str,
    card: Option<&'a Outgoing>,
    quoted: Option<ReferenceView<'a>>,
    twice: bool,
}

#[derive(Serialize)]
struct AuthorView<'a> {
    id: &'a str,
    name: &'a str,
}

#[derive(Serialize)]
struct ReferenceView<'a> {
    message_id: &'a str,
    speaker: Option<AuthorView<'a>>,
    text: &'a str,
}

fn author_view(author: &Author) -> AuthorView<'_> {
    AuthorView { id: &author.id, name: &author.name }
}

fn reference_view(reference: &Reference) -> ReferenceView<'_> {
    ReferenceView {
        message_id: &reference.message_id,
        speaker: reference.speaker.as_ref().map(author_view),
        text: &reference.text,
    }
}

fn member_view(member: &super::cast::Member) -> serde_json::Value {
    serde_json::json!({ "id": member.id, "name": member.name, "admin": member.admin })
}

fn conversation_view(conversation: &super::cast::Conversation) -> serde_json::Value {
    serde_json::json!({
        "id": conversation.id,
        "title": conversation.title,
        "direct": conversation.whose.is_some(),
        "whose": conversation.whose,
    })
}

fn word_view(word: &Word) -> serde_json::Value {
    let kind = match word.kind {
        Kind::Noun => "noun",
        Kind::Verb => "verb",
    };
    serde_json::json!({
        "key": word.key,
        "kind": kind,
        "letter": word.letter,
        "verbs": word.verbs,
        "zh": names_view(word.names(Lang::Zh)),
        "en": names_view(word.names(Lang::En)),
    })
}

fn names_view(names: &Names) -> serde_json::Value {
    serde_json::json!({
        "name": names.name,
        "aliases": names.aliases,
        "help": names.help,
        "lines": names.lines,
    })
}
