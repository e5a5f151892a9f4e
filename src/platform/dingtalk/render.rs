//! Our card to DingTalk calls: which way, which message type, which JSON. Sends nothing.

use serde_json::{Value, json};

use super::account::{Account, json_header, staff_id};
use super::at::At;
use super::token::TOKEN_HEADER;
use super::{fit, markdown, neutral, plain, sign};
use crate::model::{Block, Outgoing, Scope, Timestamp};
use crate::platform::{HttpCall, Route, TokenUse};
use crate::text::cut;

/// A webhook is not used in the last moments of its life, in ms: the call takes time too.
const WEBHOOK_MARGIN_MS: i64 = 5_000;
/// Longest title in the list of conversations, in characters: a phone shows about 20.
const TITLE_CHARS_MAX: usize = 40;

/// The call that delivers a card: by the live webhook that came with the event, else by the
/// OpenAPI. None for sources, the organisation, other accounts, and people without a staff id.
pub fn render(
    account: &Account,
    card: &Outgoing,
    route: &Route,
    now: Timestamp,
) -> Option<HttpCall> {
    if route.target.account() != Some(account.name.as_str()) {
        return None;
    }
    let live = route.reply.filter(|reply| reply.expires_at > now.plus_ms(WEBHOOK_MARGIN_MS));
    let group = !route.target.is_direct();
    if let Some(reply) = live {
        // In a direct chat nobody needs to be called, and an id would show as it is.
        let message = compose(account, card, group, group);
        return Some(webhook(reply.url.clone(), message, route.idempotency_key));
    }
    // The OpenAPI cannot @ anybody (docs/platforms/dingtalk.md#mentions).
    let message = compose(account, card, group, false);
    let (path, receiver) = match route.target {
        Scope::Conversation(conversation) => {
            ("groupMessages/send", ("openConversationId", json!(conversation.id)))
        }
        Scope::Person(person) => ("oToMessages/batchSend", ("userIds", json!([staff_id(person)?]))),
        Scope::Source(_) | Scope::Organisation => return None,
    };
    Some(open_api(account, path, receiver, message))
}

/// The same through the account's custom robot.
pub fn custom_robot(
    account: &Account,
    card: &Outgoing,
    idempotency_key: &str,
    now: Timestamp,
) -> Option<HttpCall> {
    let robot = account.custom_robot.as_ref()?;
    let bare = std::str::from_utf8(robot.url.expose()).ok()?;
    let url = sign::custom_robot_url(bare, &robot.secret, now);
    Some(webhook(url, compose(account, card, true, true), idempotency_key))
}

/// A card in the platform's words, its text not yet cut.
struct Message {
    /// `None` for a plain text.
    title: Option<String>,
    text: String,
    /// What a cut must leave: the buttons.
    tail: String,
    at: At,
    /// What stands where something was cut.
    note: &'static str,
}

impl Message {
    /// Writes text and tail, within `room` bytes of JSON, to where this kind of message has its
    /// text.
    fn fill(&self, object: &mut Value, room: usize) {
        let room = room.saturating_sub(fit::json_bytes(&self.tail));
        let text = format!("{}{}", fit::cut(&self.text, room, self.note), self.tail);
        let member = if self.title.is_some() { "text" } else { "content" };
        object[member] = Value::from(text);
    }
}

fn compose(account: &Account, card: &Outgoing, group: bool, live: bool) -> Message {
    let mut at = At::new(live);
    let said = card.plain();
    let note = if neutral::is_chinese(&said) {
        "\n\n…（内容太长，后面省略）"
    } else {
        "\n\n… (cut: too long)"
    };
    if !needs_markup(card) {
        let text = plain::draw(card, &mut at);
        return Message { title: None, text, tail: String::new(), at, note };
    }
    let called = account.bot_names.first().filter(|_| group).map(String::as_str);
    let text = markdown::draw(card, &mut at);
    let tail = markdown::buttons(&card.buttons, called);
    let title = neutral::clean(said.lines().find(|l| !l.trim().is_empty()).unwrap_or_default());
    let title = cut::chars(title.trim(), TITLE_CHARS_MAX);
    Message { title: Some(title), text, tail, at, note }
}

/// Plain text wherever it will do. Only buttons need markup; titles, lists and fields look better
/// with it, except beside text to copy, which must stay as it is
/// (docs/platforms/dingtalk.md#escape).
fn needs_markup(card: &Outgoing) -> bool {
    let shaped = card.title.is_some()
        || card.blocks.iter().any(|b| matches!(b, Block::List(_) | Block::Fields(_)));
    let copied = card.blocks.iter().any(|b| matches!(b, Block::Code(_)));
    !card.buttons.is_empty() || (shaped && !copied)
}

/// A post to a `sessionWebhook` or custom robot, at most `WEBHOOK_BODY_BYTES_MAX`.
fn webhook(url: String, message: Message, idempotency_key: &str) -> HttpCall {
    let (kind, said) = match &message.title {
        None => ("text", json!({ "content": "" })),
        Some(title) => ("markdown", json!({ "title": title, "text": "" })),
    };
    let mut body = json!({
        "msgtype": kind,
        "at": { "atUserIds": message.at.ids(), "isAtAll": false },
        "msgUuid": idempotency_key,
    });
    body[kind] = said;
    let room = fit::WEBHOOK_BODY_BYTES_MAX.saturating_sub(body.to_string().len());
    message.fill(&mut body[kind], room);
    let body = body.to_string().into_bytes();
    HttpCall { method: "POST", url, headers: json_header(), body, token: TokenUse::None }
}

/// A send by OpenAPI, its `msgParam` at most `MSG_PARAM_BYTES_MAX`.
/// Source: docs/platforms/dingtalk.md#permissions.
fn open_api(
    account: &Account,
    path: &str,
    (receiver, value): (&str, Value),
    message: Message,
) -> HttpCall {
    let (key, mut param) = match &message.title {
        None => ("sampleText", json!({ "content": "" })),
        Some(title) => ("sampleMarkdown", json!({ "title": title, "text": "" })),
    };
    let room = fit::MSG_PARAM_BYTES_MAX.saturating_sub(param.to_string().len());
    message.fill(&mut param, room);
    let mut body = json!({ "robotCode": account.robot_code, "msgKey": key });
    body["msgParam"] = Value::from(param.to_string());
    body[receiver] = value;
    HttpCall {
        method: "POST",
        url: format!("{}/v1.0/robot/{path}", account.api_base),
        headers: json_header(),
        body: body.to_string().into_bytes(),
        token: TokenUse::Header(TOKEN_HEADER),
    }
}
