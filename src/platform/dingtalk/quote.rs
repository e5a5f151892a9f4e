//! The message that a message replies to. The vendor documents none of it, so every member is
//! optional and every known shape is read (docs/platforms/dingtalk.md#quotes).

use serde_json::Value;

use super::account::Account;
use super::body::{Callback, text_of};
use super::mention;
use crate::model::event::Quoted;
use crate::model::{MessageId, PersonId};
use crate::platform::inbound;

/// How deep the tree of a quoted card is read, and how many of its nodes: real ones are small.
const CARD_DEPTH_MAX: usize = 8;
const CARD_NODES_MAX: usize = 256;
/// Members of a card that hold words a reader sees.
const CARD_WORDS: &[&str] = &["title", "text", "content", "markdown", "summary"];

/// What was replied to; `None` if nothing was.
pub fn quoted(account: &Account, callback: &Callback, sender: &PersonId) -> Option<Quoted> {
    let replied = [&callback.text, &callback.content]
        .into_iter()
        .filter_map(|payload| payload.get("repliedMsg"))
        .find(|replied| replied.is_object());
    let legacy = Some(&callback.quote_message).filter(|quote| quote.is_object());
    let shape = replied.or(legacy);
    // A message of our own is known to us by the key that its sending returned.
    let id = callback
        .original_process_query_key
        .as_deref()
        .or_else(|| shape.and_then(|shape| text_of(shape, &["msgId"])))
        .or(callback.original_msg_id.as_deref())
        .and_then(inbound::id);
    if shape.is_none() && id.is_none() {
        return None;
    }
    let author = shape.and_then(|shape| text_of(shape, &["senderId"]));
    let name = shape.and_then(|shape| text_of(shape, &["senderNick"])).map(inbound::name);
    Some(Quoted {
        id: id.map(MessageId),
        sender: author.and_then(|id| mention::known(account, callback, sender, id)),
        sender_name: name.filter(|name| !name.is_empty()),
        text: shape.and_then(words).map(|text| inbound::text(&text)),
    })
}

/// The texts of rich text, in order; a picture in it has none.
pub fn rich_text(items: &[Value]) -> String {
    let mut all = String::new();
    for item in items {
        if let Some(name) = text_of(item, &["atName"]) {
            all.push_str(&format!("@{} ", inbound::name(name)));
        } else if let Some(text) = text_of(item, &["text", "content"]) {
            all.push_str(text);
        } else if item.get("text").and_then(Value::as_str).is_some() {
            all.push(' ');
        }
    }
    all
}

/// What a quoted message says, by its type; `None` where the platform withholds it.
fn words(shape: &Value) -> Option<String> {
    let content = shape.get("content").unwrap_or(&Value::Null);
    let one = |members: &[&str]| text_of(content, members).map(str::to_owned);
    match text_of(shape, &["msgType", "msgtype"]).unwrap_or("text") {
        "text" => one(&["text", "content"])
            .or_else(|| content.as_str().map(str::to_owned))
            .or_else(|| text_of(shape.get("text")?, &["content", "text"]).map(str::to_owned)),
        "richText" => content.get("richText").and_then(Value::as_array).map(|i| rich_text(i)),
        "audio" => one(&["recognition"]),
        "file" => one(&["fileName"]),
        "chatRecord" => {
            let parts = [one(&["title"]), one(&["summary"])];
            Some(parts.into_iter().flatten().collect::<Vec<_>>().join("\n"))
        }
        "picture" | "video" | "unknownMsgType" => None,
        // Cards, and whatever comes next.
        _ => Some(card_words(content)),
    }
    .filter(|text| !text.trim().is_empty())
}

/// The words of a card's tree, top to bottom, one a line.
fn card_words(content: &Value) -> String {
    let mut found: Vec<&str> = Vec::new();
    let mut nodes = vec![(content, 0)];
    let mut seen = 0;
    while let Some((node, depth)) = nodes.pop() {
        seen += 1;
        if seen > CARD_NODES_MAX || depth > CARD_DEPTH_MAX {
            continue;
        }
        match node {
            Value::Object(members) => {
                found.extend(CARD_WORDS.iter().filter_map(|word| members.get(*word)?.as_str()));
                nodes.extend(members.values().rev().map(|member| (member, depth + 1)));
            }
            Value::Array(items) => nodes.extend(items.iter().rev().map(|item| (item, depth + 1))),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }
    found.join("\n")
}
