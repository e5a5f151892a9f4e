//! Everything that can wake the bot, in our words. Platforms translate into these and nothing else.

use serde::{Deserialize, Serialize};

pub use super::field::{Field, Report};
use super::{MessageId, PersonId, Post, Scope, Timestamp};

/// One thing that happened to one scope; it becomes exactly one turn.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Event {
    /// Whose log the turn appends to.
    pub scope: Scope,
    /// The platform's identity of this event within the scope, kept `DEDUP_DAYS`; a second delivery
    /// with the same key has no effect. Posts and timers are deduplicated by their wake row
    /// instead.
    pub key: Option<String>,
    /// What happened.
    pub cause: Cause,
}

/// The closed list of causes of a turn.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Cause {
    /// Somebody said something, pressed a button that types, or replied to a message.
    Message(Box<Incoming>),
    /// Somebody changed what they had said. No platform delivers it yet but the playground.
    Edited(Box<Edited>),
    /// Somebody took back what had been said. No platform delivers it yet but the playground.
    Recalled(Box<Recalled>),
    /// Another scope posted to this one, or a date this scope waited for has come.
    Post(Post),
    /// An outside system reported something to a source (`POST /events/{source}`, verified).
    Reported(Report),
    /// A send ended in a way that needs a decision.
    SendFailed(SendFailed),
}

/// A message as it arrived, normalised by the platform.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Incoming {
    /// The platform's id of this message.
    pub id: MessageId,
    /// Who said it.
    pub sender: Sender,
    /// The conversation's title as shown to members; empty in direct chats or where unknown.
    pub title: String,
    /// When the platform says it was said.
    pub sent_at: Timestamp,
    /// What was said.
    pub body: Body,
    /// The bot was @-ed, the chat is direct, or a button of the bot was pressed.
    pub addressed: bool,
    /// The people @-ed, the bot left out, in the order the platform gave.
    pub mentions: Vec<Mentioned>,
    /// The message this one replies to.
    pub quoted: Option<Quoted>,
    /// A short-lived way to answer, if the platform gave one.
    pub reply_route: Option<ReplyRoute>,
}

/// A message that says something else now.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Edited {
    /// The platform's id of the message.
    pub id: MessageId,
    /// Who changed it.
    pub sender: Sender,
    /// What it says now.
    pub text: String,
}

/// A message that was taken back.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Recalled {
    /// The platform's id of the message.
    pub id: MessageId,
    /// Who took it back.
    pub by: Sender,
}

/// The author of a message.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Sender {
    /// Their identity.
    pub person: PersonId,
    /// Their display name: chosen by them, so shown escaped and never trusted.
    pub name: String,
    /// A bot's message is never answered.
    pub is_bot: bool,
}

/// What a message carries. Text is as written, without the leading @ of the bot.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Body {
    /// Plain or rich text, flattened; mentions stay as `@name`.
    Text(String),
    /// A picture.
    Picture,
    /// Speech; the platform's transcript where it gives one.
    Audio { transcript: Option<String> },
    /// A video.
    Video,
    /// A file and its name.
    File { name: String },
    /// A kind we don't know, under the platform's name for it.
    Unknown { kind: String },
}

/// Somebody @-ed in a message: by id, by the name in the text, or both.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mentioned {
    /// Their identity, where the platform says it.
    pub person: Option<PersonId>,
    /// The name after the @ in the text, where it is known to be theirs.
    pub name: Option<String>,
}

/// The message that was replied to.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Quoted {
    /// Its id, where the platform gives it.
    pub id: Option<MessageId>,
    /// Its author's id, where the platform gives it.
    pub sender: Option<PersonId>,
    /// Its author's display name, where the platform gives it.
    pub sender_name: Option<String>,
    /// Its text; `None` where the platform withholds it.
    pub text: Option<String>,
}

/// A short-lived address for answers (DingTalk: `sessionWebhook`), already checked by the platform.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReplyRoute {
    /// Where to post; its origin was found in the account's `webhook_origins`.
    pub url: String,
    /// Not to be used from this instant on.
    pub expires_at: Timestamp,
}

/// The end of a send that the scope has to know of.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SendFailed {
    /// Which outgoing message: the revision of its turn and its number within it.
    pub revision: u64,
    /// Its number within the turn, from 0.
    pub nth: u16,
    /// Why, in the words of the outcome (`refused`, `expired`, `unclear`), without any text or
    /// secret.
    pub why: String,
}
