//! The playground: a web page with several members and groups, as a platform like the others.
//! Nothing is signed here, so shell routes it only while it listens on this machine alone.

use serde::Deserialize;

use super::{
    Arrived, Call, Capabilities, HttpCall, Limits, Page, Passive, Platform, Raw, Received,
};
use super::{Reject, Reply, Route, SendOutcome, Token, Unit, called, inbound};
use crate::model::Timestamp;
use crate::model::event::{Body, Edited, Mentioned, Quoted, Recalled, Sender};
use crate::model::{Cause, ConversationId, Event, Incoming, MessageId, Outgoing, PersonId, Scope};

/// Nothing but this machine is behind it; only a runaway loop would reach this.
const CALLS_PER_S: u32 = 1000;

/// The page's account.
#[derive(Debug)]
pub struct Playground {
    account: String,
    bot_names: Vec<String>,
    capabilities: Capabilities,
}

/// A line somebody said on the page: the JSON of `POST /play/say`.
#[derive(Debug, Deserialize)]
pub struct Say {
    /// The conversation's id; of no meaning in a direct chat.
    pub conversation: String,
    /// Said to the bot alone.
    #[serde(default)]
    pub direct: bool,
    /// The conversation's title.
    #[serde(default)]
    pub title: String,
    /// Who said it.
    pub sender: Someone,
    /// What was said.
    pub text: String,
    /// Id of the message; the same once more is a redelivery.
    pub id: String,
    /// Members @-ed; their `@name` stays in the text.
    #[serde(default)]
    pub mentions: Vec<Someone>,
    /// The message replied to.
    #[serde(default)]
    pub quoted: Option<Replied>,
    /// When, in ms since 1970 UTC; missing means now.
    #[serde(default)]
    pub at_ms: Option<i64>,
    /// The message that says this instead from now on.
    #[serde(default)]
    pub edits: Option<String>,
    /// The message that is taken back; what is said does not count.
    #[serde(default)]
    pub recalls: Option<String>,
    /// The name of a file that is sent instead of words.
    #[serde(default)]
    pub file: Option<String>,
    /// It was spoken: the text is a transcript.
    #[serde(default)]
    pub spoken: bool,
    /// Behave like DingTalk: what is not said to the bot is not delivered.
    #[serde(default)]
    pub only_mentions: bool,
}

/// A member on the page.
#[derive(Debug, Deserialize)]
pub struct Someone {
    /// Their id.
    pub id: String,
    /// Their display name.
    #[serde(default)]
    pub name: String,
}

/// The message replied to.
#[derive(Debug, Deserialize)]
pub struct Replied {
    /// Its id.
    #[serde(default)]
    pub id: Option<String>,
    /// Its author.
    #[serde(default)]
    pub sender_id: Option<String>,
    /// The author's display name.
    #[serde(default)]
    pub sender_name: Option<String>,
    /// Its text.
    #[serde(default)]
    pub text: Option<String>,
}

impl Playground {
    /// The page's account of this name, with the names the bot is called by.
    pub fn new(account: impl Into<String>, bot_names: Vec<String>) -> Self {
        let capabilities = Capabilities {
            hears_all: true,
            can_quote: true,
            buttons_type: true,
            private_send: true,
            text_max: inbound::TEXT_BYTES_MAX,
            text_unit: Unit::Bytes,
        };
        Self { account: account.into(), bot_names, capabilities }
    }

    /// `None` where DingTalk would not have delivered it.
    fn read(&self, raw: &Raw, now: Timestamp) -> Result<Option<Event>, Reject> {
        let say: Say = serde_json::from_slice(&raw.body).map_err(|_| Reject::Malformed("json"))?;
        let key = inbound::id(&say.id).ok_or(Reject::Malformed("id"))?;
        let person = self.person(&say.sender.id).ok_or(Reject::Malformed("sender.id"))?;
        let called = called::without(&say.text, &self.bot_names);
        let addressed = say.direct || called.is_some();
        if say.only_mentions && !addressed {
            return Ok(None);
        }
        let scope = if say.direct {
            Scope::Person(person.clone())
        } else {
            let id = inbound::id(&say.conversation).ok_or(Reject::Malformed("conversation"))?;
            Scope::Conversation(ConversationId { account: self.account.clone(), id })
        };
        let sender = Sender { person, name: inbound::name(&say.sender.name), is_bot: false };
        if let Some(cause) = changed(&say, &sender)? {
            return Ok(Some(Event { scope, key: Some(key), cause }));
        }
        let incoming = Incoming {
            id: MessageId(key.clone()),
            sender,
            title: if say.direct { String::new() } else { inbound::name(&say.title) },
            sent_at: say.at_ms.map_or(now, Timestamp),
            body: body(&say, inbound::text(called.as_deref().unwrap_or(&say.text))),
            addressed,
            mentions: self.mentions(&say.mentions),
            quoted: say.quoted.as_ref().map(|quoted| self.quoted(quoted)),
            reply_route: None,
        };
        Ok(Some(Event { scope, key: Some(key), cause: Cause::Message(Box::new(incoming)) }))
    }

    fn mentions(&self, people: &[Someone]) -> Vec<Mentioned> {
        let mentioned = people.iter().take(inbound::MENTIONS_MAX).map(|someone| Mentioned {
            person: self.person(&someone.id),
            name: Some(inbound::name(&someone.name)).filter(|name| !name.is_empty()),
        });
        mentioned.collect()
    }

    fn quoted(&self, quoted: &Replied) -> Quoted {
        Quoted {
            id: quoted.id.as_deref().and_then(inbound::id).map(MessageId),
            sender: quoted.sender_id.as_deref().and_then(|id| self.person(id)),
            sender_name: quoted.sender_name.as_deref().map(inbound::name),
            text: quoted.text.as_deref().map(inbound::text),
        }
    }

    fn person(&self, id: &str) -> Option<PersonId> {
        inbound::id(id).map(|id| PersonId { account: self.account.clone(), id })
    }
}

fn body(say: &Say, text: String) -> Body {
    match &say.file {
        Some(name) => Body::File { name: inbound::file_name(name) },
        None if say.spoken => Body::Audio { transcript: Some(text) },
        None => Body::Text(text),
    }
}

/// What somebody makes of an earlier message of theirs, if that is meant.
fn changed(say: &Say, by: &Sender) -> Result<Option<Cause>, Reject> {
    let earlier = |id: &Option<String>| {
        let id = id.as_deref().map(|id| inbound::id(id).map(MessageId));
        id.map(|id| id.ok_or(Reject::Malformed("earlier"))).transpose()
    };
    if let Some(id) = earlier(&say.recalls)? {
        return Ok(Some(Cause::Recalled(Box::new(Recalled { id, by: by.clone() }))));
    }
    let edited = earlier(&say.edits)?.map(|id| {
        let edited = Edited { id, sender: by.clone(), text: inbound::text(&say.text) };
        Cause::Edited(Box::new(edited))
    });
    Ok(edited)
}

impl Platform for Playground {
    fn is_verified(&self) -> bool {
        false
    }

    fn receive(&self, arrived: Arrived, now: Timestamp) -> Received {
        let Arrived::Callback(raw) = arrived else {
            // The page has no long connection.
            return Received::Reject(Reject::Unauthorized("pushed"));
        };
        let answer = Passive { content_type: "application/json", body: b"{}".to_vec() };
        match self.read(raw, now) {
            Ok(Some(event)) => Received::Events { events: vec![event], answer, left_out: None },
            Ok(None) => Received::Answer(answer),
            Err(reject) => Received::Reject(reject),
        }
    }

    fn render(&self, card: &Outgoing, route: &Route, _now: Timestamp) -> Vec<Call> {
        vec![Call::Page(Page {
            target: route.target.clone(),
            card: card.clone(),
            idempotency_key: route.idempotency_key.to_owned(),
        })]
    }

    fn interpret(&self, _reply: &Reply) -> SendOutcome {
        SendOutcome::Sent { id: None }
    }

    fn token_call(&self) -> Option<HttpCall> {
        None
    }

    fn read_token(&self, _reply: &Reply) -> Option<Token> {
        None
    }

    fn capabilities(&self) -> &Capabilities {
        &self.capabilities
    }

    fn limits(&self) -> Limits {
        Limits { calls_per_s: CALLS_PER_S, ..Limits::default() }
    }
}
