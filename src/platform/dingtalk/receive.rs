//! A robot's message to an event, by whichever way it came: verify, parse, check whose it is,
//! translate. Follows docs/platforms/dingtalk.md#wire. Encrypted events and card callbacks are not
//! routed yet.

use serde_json::Value;

use super::account::Account;
use super::body::{Callback, Word, text_of};
use super::{mention, quote, sign};
use crate::model::event::{Body, ReplyRoute, Sender};
use crate::model::{Cause, ConversationId, Event, Incoming, MessageId, PersonId, Scope, Timestamp};
use crate::platform::origin::Origins;
use crate::platform::{Passive, Pushed, Raw, Received, Reject, called, inbound};

/// The only path a `sessionWebhook` has. Source: docs/platforms/dingtalk.md#origins.
const WEBHOOK_PATH: &str = "/robot/sendBySession";
/// The documented "nothing to say"; answers go another way (docs/platforms/dingtalk.md#wire).
const NO_REPLY: &str = r#"{"msgtype":"empty"}"#;
/// The same over a connection (docs/platforms/dingtalk.md#stream).
const NO_RESPONSE: &str = r#"{"response":null}"#;

/// Translates a callback of this account, its signature checked.
pub fn callback(account: &Account, origins: &Origins, raw: &Raw, now: Timestamp) -> Received {
    let verified = verify(account, raw, now);
    received(verified.and_then(|()| read(account, origins, &raw.body)), NO_REPLY)
}

/// Translates what came over the account's own connection: the same body, and no signature.
pub fn pushed(account: &Account, origins: &Origins, pushed: &Pushed) -> Received {
    received(read(account, origins, &pushed.body), NO_RESPONSE)
}

type Read = Result<Option<(Event, Option<&'static str>)>, Reject>;

fn received(read: Read, answer: &'static str) -> Received {
    let answer = Passive { content_type: "application/json", body: answer.into() };
    match read {
        Ok(Some((event, left_out))) => Received::Events { events: vec![event], answer, left_out },
        Ok(None) => Received::Answer(answer),
        Err(reject) => Received::Reject(reject),
    }
}

fn verify(account: &Account, raw: &Raw, now: Timestamp) -> Result<(), Reject> {
    if !raw.path.is_empty() {
        return Err(Reject::Unauthorized("path"));
    }
    sign::check_callback(&account.app_secret, raw.header("timestamp"), raw.header("sign"), now)
        .map_err(|error| Reject::Unauthorized(error.name()))
}

fn read(account: &Account, origins: &Origins, body: &[u8]) -> Read {
    let text = std::str::from_utf8(body).map_err(|_| Reject::Malformed("utf8"))?;
    if !text.trim_start().starts_with('{') {
        // serde would read a list as the members in order.
        return Err(Reject::Malformed("json"));
    }
    let callback: Callback<'_> =
        serde_json::from_str(text).map_err(|_| Reject::Malformed("json"))?;
    check_addressee(account, &callback)?;
    if callback.error_code.is_some() && callback.text.is_null() && callback.content.is_null() {
        // The month's pushes are used up (20001): there is nothing in it, and nobody to tell.
        return Ok(None);
    }
    let offered = callback.session_webhook.is_some();
    let event = translate(account, origins, callback)?;
    let used = matches!(&event.cause, Cause::Message(heard) if heard.reply_route.is_some());
    Ok(Some((event, (offered && !used).then_some("sessionWebhook"))))
}

/// The signature proves who sent a timestamp, not whose message the body is
/// (docs/platforms/dingtalk.md#sign). The robot code is no such proof: one app's robot is known by
/// its code or by the app's key, and consoles show either.
fn check_addressee(account: &Account, callback: &Callback) -> Result<(), Reject> {
    if let (Some(ours), Some(theirs)) = (&account.corp_id, &callback.chatbot_corp_id)
        && ours != theirs.as_ref()
    {
        return Err(Reject::Unauthorized("corp"));
    }
    Ok(())
}

fn translate(account: &Account, origins: &Origins, callback: Callback) -> Result<Event, Reject> {
    let key = required(&callback.msg_id, "msgId")?;
    let conversation = required(&callback.conversation_id, "conversationId")?;
    let sender = sender(account, &callback)?;
    let direct = match required(&callback.conversation_type, "conversationType")?.as_str() {
        "1" => true,
        "2" => false,
        _ => return Err(Reject::Malformed("conversationType")),
    };
    let scope = if direct {
        Scope::Person(sender.person.clone())
    } else {
        Scope::Conversation(ConversationId { account: account.name.clone(), id: conversation })
    };
    let body = message_body(account, &callback)?;
    let mentions = mention::mentions(account, &callback, &body);
    let title = if direct { None } else { callback.conversation_title.as_deref() };
    let incoming = Incoming {
        id: MessageId(key.clone()),
        title: inbound::name(title.unwrap_or_default()),
        sent_at: Timestamp(callback.create_at.ok_or(Reject::Malformed("createAt"))?),
        addressed: direct || is_called(&callback),
        mentions,
        quoted: quote::quoted(account, &callback, &sender.person),
        reply_route: reply_route(origins, &callback),
        body,
        sender,
    };
    Ok(Event { scope, key: Some(key), cause: Cause::Message(Box::new(incoming)) })
}

/// The sender's staff id, if it is one of our organisation, else their marked `dingtalkId`
/// (docs/platforms/dingtalk.md#people).
fn sender(account: &Account, callback: &Callback) -> Result<Sender, Reject> {
    let outside = match (&callback.sender_corp_id, &callback.chatbot_corp_id) {
        (Some(theirs), Some(ours)) => theirs != ours,
        _ => false,
    };
    let person: PersonId = match &callback.sender_staff_id {
        Some(staff) if !outside => {
            account.member(inbound::id(staff).ok_or(Reject::Malformed("senderStaffId"))?)
        }
        _ => account.outsider(&required(&callback.sender_id, "senderId")?),
    };
    let name = inbound::name(callback.sender_nick.as_deref().unwrap_or_default());
    let is_bot = callback.sender_id.is_some() && callback.sender_id == callback.chatbot_user_id;
    Ok(Sender { person, name, is_bot })
}

/// In groups only messages that @ the robot are delivered, so silence on the matter means yes.
fn is_called(callback: &Callback) -> bool {
    callback.is_in_at_list.unwrap_or(true)
        || callback.at_users.iter().flatten().any(|user| mention::is_robot(callback, user))
}

fn message_body(account: &Account, callback: &Callback) -> Result<Body, Reject> {
    let kind = required(&callback.msgtype, "msgtype")?;
    let content = &callback.content;
    Ok(match kind.as_str() {
        "text" => {
            let text = callback.text.get("content").and_then(Value::as_str);
            Body::Text(uncalled(account, text.ok_or(Reject::Malformed("text.content"))?))
        }
        "richText" => rich_body(account, content)?,
        "picture" => Body::Picture,
        "audio" => {
            Body::Audio { transcript: text_of(content, &["recognition"]).map(inbound::text) }
        }
        "video" => Body::Video,
        "file" => {
            let name = text_of(content, &["fileName"]).unwrap_or_default();
            Body::File { name: inbound::file_name(name) }
        }
        other => Body::Unknown { kind: inbound::name(other) },
    })
}

fn rich_body(account: &Account, content: &Value) -> Result<Body, Reject> {
    let items = content.get("richText").and_then(Value::as_array);
    let items = items.ok_or(Reject::Malformed("content.richText"))?;
    let text = quote::rich_text(items);
    Ok(if !text.trim().is_empty() {
        Body::Text(uncalled(account, &text))
    } else if items.iter().any(|item| text_of(item, &["downloadCode"]).is_some()) {
        Body::Picture
    } else {
        Body::Unknown { kind: "richText".into() }
    })
}

/// The text without a leading @ of the bot: the platform removes it from `text` but not from
/// `richText`, and a button may have typed it (docs/platforms/dingtalk.md#buttons).
fn uncalled(account: &Account, text: &str) -> String {
    inbound::text(called::without_leading(text, &account.bot_names).unwrap_or(text))
}

fn reply_route(origins: &Origins, callback: &Callback) -> Option<ReplyRoute> {
    let url = origins.checked(callback.session_webhook.as_deref()?, WEBHOOK_PATH)?;
    let expires_at = Timestamp(callback.session_webhook_expired_time?);
    Some(ReplyRoute { url, expires_at })
}

fn required(member: &Word, name: &'static str) -> Result<String, Reject> {
    member.as_deref().and_then(inbound::id).ok_or(Reject::Malformed(name))
}
