//! Our card to DingTalk calls: which way, which message type, which JSON. Sends nothing.

use serde::Serialize;
use serde_json::{Value, json};

use super::account::{Account, json_header, staff_id};
use super::at::At;
use super::token::TOKEN_HEADER;
use super::{fit, markdown, neutral, parts, plain, sign};
use crate::model::{Block, Outgoing, Scope, Timestamp};
use crate::platform::{HttpCall, Route, TokenUse};
use crate::text::cut;

/// A webhook is not used in the last moments of its life, in ms: the call takes time too.
const WEBHOOK_MARGIN_MS: i64 = 5_000;
/// Room for the JSON of most messages, in bytes; it grows for the others.
const JSON_BYTES: usize = 1024;
/// Longest title in the list of conversations, in characters: a phone shows about 20.
const TITLE_CHARS_MAX: usize = 40;

/// The calls that deliver a card: by the live webhook that came with the event, else by the
/// OpenAPI; several if it is too long for one. None for sources, the organisation, other accounts,
/// and people without a staff id.
pub fn render(account: &Account, card: &Outgoing, route: &Route, now: Timestamp) -> Vec<HttpCall> {
    if route.target.account() != Some(account.name.as_str()) {
        return Vec::new();
    }
    if !route.begun {
        match one(account, card, route, route.idempotency_key, now) {
            None => return Vec::new(),
            Some((call, true)) => return vec![call],
            Some((_, false)) => {}
        }
    }
    let parts = parts::split(card);
    let part = |(n, part): (usize, &Outgoing)| {
        // The platform takes the same key for the same message.
        let key = format!("{}-{n}", route.idempotency_key);
        one(account, part, route, &key, now).map(|(call, _)| call)
    };
    parts.iter().enumerate().filter_map(part).collect()
}

/// The call for a card or a part of one, and whether it holds all of it.
fn one(
    account: &Account,
    card: &Outgoing,
    route: &Route,
    key: &str,
    now: Timestamp,
) -> Option<(HttpCall, bool)> {
    if route.robot {
        let robot = account.custom_robot.as_ref()?;
        let Scope::Conversation(conversation) = route.target else { return None };
        let there = robot.conversation.as_ref() == Some(&conversation.id);
        return if there { through_robot(account, card, key, now) } else { None };
    }
    let live = route.reply.filter(|reply| reply.expires_at > now.plus_ms(WEBHOOK_MARGIN_MS));
    let group = !route.target.is_direct();
    if let Some(reply) = live {
        // In a direct chat nobody needs to be called, and an id would show as it is.
        let message = compose(account, card, group, group);
        return Some(webhook(reply.url.clone(), &message, key));
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
    Some(open_api(account, path, receiver, &message))
}

/// The same through the account's custom robot.
fn through_robot(
    account: &Account,
    card: &Outgoing,
    key: &str,
    now: Timestamp,
) -> Option<(HttpCall, bool)> {
    let robot = account.custom_robot.as_ref()?;
    let bare = std::str::from_utf8(robot.url.expose()).ok()?;
    let url = sign::custom_robot_url(bare, &robot.secret, now);
    Some(webhook(url, &compose(account, card, true, true), key))
}

/// A card in the platform's words, its text not yet cut.
struct Message<'a> {
    card: &'a Outgoing,
    /// `None` for a plain text.
    title: Option<String>,
    /// The text, and what a cut must leave: the buttons.
    text: String,
    /// Where those begin.
    tail_at: usize,
    at: At,
}

impl Message<'_> {
    /// The JSON that `write` makes of the text, cut as far as the JSON would be longer than
    /// `bytes_max`; and whether nothing had to be cut.
    fn within(&self, bytes_max: usize, write: impl Fn(&str) -> Vec<u8>) -> (Vec<u8>, bool) {
        let json = write(&self.text);
        if json.len() <= bytes_max {
            return (json, true);
        }
        let (text, tail) = self.text.split_at(self.tail_at);
        let taken = json.len() - fit::json_bytes(text);
        let note = if neutral::is_chinese(&self.card.plain()) {
            "\n\n…（内容太长，后面省略）"
        } else {
            "\n\n… (cut: too long)"
        };
        let cut = fit::cut(text, bytes_max.saturating_sub(taken), note);
        (write(&[cut.as_str(), tail].concat()), false)
    }
}

fn compose<'a>(account: &Account, card: &'a Outgoing, group: bool, live: bool) -> Message<'a> {
    let mut at = At::new(live);
    if !needs_markup(card) {
        let text = plain::draw(card, &mut at);
        let tail_at = text.len();
        return Message { card, title: None, text, tail_at, at };
    }
    let called = account.bot_names.first().filter(|_| group).map(String::as_str);
    let mut text = markdown::draw(card, &mut at);
    let tail_at = text.len();
    markdown::buttons(&card.buttons, called, &mut text);
    Message { card, title: Some(title(card)), text, tail_at, at }
}

/// The first line that says something.
fn title(card: &Outgoing) -> String {
    let said = card.first_line();
    cut::chars(neutral::clean(&said).trim(), TITLE_CHARS_MAX)
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

/// The text of a message where each way and kind has it. Members that are absent are left out.
#[derive(Serialize)]
struct Said<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    content: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<&'a str>,
}

impl<'a> Said<'a> {
    fn new(title: Option<&'a str>, text: &'a str) -> Self {
        match title {
            None => Said { content: Some(text), title, text: None },
            Some(_) => Said { content: None, title, text: Some(text) },
        }
    }
}

/// The body of a post to a `sessionWebhook` or custom robot.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Posted<'a> {
    msgtype: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<Said<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    markdown: Option<Said<'a>>,
    at: PostedAt<'a>,
    msg_uuid: &'a str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct PostedAt<'a> {
    at_user_ids: &'a [String],
    is_at_all: bool,
}

/// A post to a `sessionWebhook` or custom robot, at most `WEBHOOK_BODY_BYTES_MAX`.
fn webhook(url: String, message: &Message, idempotency_key: &str) -> (HttpCall, bool) {
    let title = message.title.as_deref();
    let (body, whole) = message.within(fit::WEBHOOK_BODY_BYTES_MAX, |text| {
        let said = Said::new(title, text);
        let (msgtype, text, markdown) = match title {
            None => ("text", Some(said), None),
            Some(_) => ("markdown", None, Some(said)),
        };
        let at = PostedAt { at_user_ids: message.at.ids(), is_at_all: false };
        json_bytes(&Posted { msgtype, text, markdown, at, msg_uuid: idempotency_key })
    });
    let (headers, token) = (json_header(), TokenUse::None);
    (HttpCall { method: "POST", url, headers, body, token }, whole)
}

/// A send by OpenAPI, its `msgParam` at most `MSG_PARAM_BYTES_MAX`.
/// Source: docs/platforms/dingtalk.md#permissions.
fn open_api(
    account: &Account,
    path: &str,
    (receiver, value): (&str, Value),
    message: &Message,
) -> (HttpCall, bool) {
    let title = message.title.as_deref();
    let key = if title.is_some() { "sampleMarkdown" } else { "sampleText" };
    let (param, whole) =
        message.within(fit::MSG_PARAM_BYTES_MAX, |text| json_bytes(&Said::new(title, text)));
    let mut body = json!({ "robotCode": account.robot_code, "msgKey": key });
    body["msgParam"] = Value::from(String::from_utf8_lossy(&param));
    body[receiver] = value;
    let call = HttpCall {
        method: "POST",
        url: format!("{}/v1.0/robot/{path}", account.api_base),
        headers: json_header(),
        body: json_bytes(&body),
        token: TokenUse::Header(TOKEN_HEADER),
    };
    (call, whole)
}

fn json_bytes(value: &impl Serialize) -> Vec<u8> {
    let mut json = Vec::with_capacity(JSON_BYTES);
    // Writing to memory cannot fail, and texts are the only keys.
    serde_json::to_writer(&mut json, value).expect("JSON is written");
    json
}
