//! `POST /archive/act`: something a visitor does. It becomes a turn of the conversation, by the
//! same worker as a line in the chat; what came of it is what the bot said.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Request, State as Shared};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;

use super::super::State;
use super::look::{look, stamped};
use super::show::{self, Answered};
use super::visit;
use crate::core::commands::tag::CHOSEN_MAX;
use crate::core::on_page;
use crate::model::export::{FORMATS, Format};
use crate::model::visit::{Act, OnPage};
use crate::model::{Lang, Post};
use crate::shell::entropy;

/// Longest name or purpose, in characters: what is longer is refused by whoever keeps it.
const NAME_CHARS_MAX: usize = 400;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Body {
    act: Typed,
    lang: Lang,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "lowercase", tag = "do")]
enum Typed {
    Tag { numbers: Vec<u32>, name: String },
    File { numbers: Vec<u32>, name: String },
    Export { query: String, format: String, purpose: String },
    Undo,
}

/// Does it.
pub(super) async fn act(
    Shared(state): Shared<Arc<State>>,
    headers: HeaderMap,
    request: Request,
) -> Response {
    show::counted(&state, done(&state, &headers, request).await)
}

async fn done(state: &Arc<State>, headers: &HeaderMap, request: Request) -> Answered {
    let Body { act, lang } = show::read(state, request).await?;
    let session = stamped(state, headers)?;
    let act = plain(act).ok_or_else(|| show::refused(StatusCode::BAD_REQUEST, "malformed"))?;
    let (claim, hash) = (entropy::bytes::<16>(), session.hash);
    let done = OnPage { visit: session.number, session: hash, claim, lang, act };
    visit::over(state, session.event(Post::OnPage(Box::new(done)))).await?;
    let replied = look(state, session, lang, move |turn, _| {
        let reply = on_page::reply(turn, &hash).filter(|reply| reply.claim == claim)?;
        let undo = reply.done && on_page::step(turn, &reply).is_some();
        Some(show::reply(&reply, undo))
    });
    // Two at once in two windows: what was said of this one stands in the chat.
    let replied = replied.await?.ok_or_else(|| show::refused(StatusCode::CONFLICT, "unknown"))?;
    Ok(Json(replied).into_response())
}

/// The same in our words; `None` for what no page of ours sends.
fn plain(act: Typed) -> Option<Act> {
    let short = |text: &str| text.chars().nth(NAME_CHARS_MAX).is_none();
    match act {
        Typed::Tag { numbers, name } if short(&name) => {
            Some(Act::Tag { numbers: once(numbers)?, tag: name })
        }
        Typed::File { numbers, name } if short(&name) => {
            Some(Act::File { numbers: once(numbers)?, cabinet: name })
        }
        Typed::Export { query, format, purpose } if short(&purpose) => {
            let format = FORMATS.into_iter().find(|f: &Format| f.ending() == format)?;
            Some(Act::Export { query, format, purpose })
        }
        Typed::Undo => Some(Act::Undo),
        Typed::Tag { .. } | Typed::File { .. } | Typed::Export { .. } => None,
    }
}

fn once(mut numbers: Vec<u32>) -> Option<Vec<u32>> {
    numbers.sort_unstable();
    numbers.dedup();
    (1..=CHOSEN_MAX).contains(&numbers.len()).then_some(numbers)
}
