//! Platforms as pure functions over bytes: a callback becomes events, a card becomes calls, a reply
//! an outcome. No platform's word leaves this folder; what platforms differ in is a value,
//! `Capabilities`.

pub mod called;
pub mod crypto;
pub mod dingtalk;
pub mod inbound;
pub mod link;
pub mod origin;
pub mod playground;
pub mod report;
pub mod source;

use std::sync::Arc;

use http::HeaderMap;

pub use self::link::{Heard, NoPlace, Place, Pushed};
pub use crate::model::capabilities::{Capabilities, Unit};
use crate::model::event::ReplyRoute;
use crate::model::{Event, Outgoing, Scope, Timestamp};

/// A callback as it came over the wire.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Raw {
    /// What follows `/callback/{account}` in the path: empty, `/event`, `/card` …
    pub path: String,
    /// The query string, undecoded, without the `?`.
    pub query: String,
    /// Its headers.
    pub headers: HeaderMap,
    /// The body, at most `BODY_BYTES_MAX`.
    pub body: Vec<u8>,
}

impl Raw {
    /// The first header of this lower-case name that is text: no platform sends another.
    pub fn header(&self, name: &'static str) -> Option<&str> {
        self.headers.get_all(name).iter().find_map(|value| value.to_str().ok())
    }
}

/// What came in, by its way in: each way has its own proof of who sent it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Arrived<'a> {
    /// Somebody called us: what they sent must prove who they are.
    Callback(&'a Raw),
    /// It came over a connection that we opened to the platform: that is the proof.
    Pushed(&'a Pushed),
}

/// What a callback turned out to be.
#[derive(Debug, Clone, PartialEq)]
pub enum Received {
    /// Nothing happens; this is the answer (a URL check).
    Answer(Passive),
    /// These turns, then this answer.
    Events {
        /// In the order in which they happened.
        events: Vec<Event>,
        /// The answer once all are durable.
        answer: Passive,
        /// Something in it was not believed and is not used; the word is for the log.
        left_out: Option<&'static str>,
    },
    /// Not taken.
    Reject(Reject),
}

/// A passive answer: the body of the 200.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Passive {
    /// Its media type.
    pub content_type: &'static str,
    /// Its bytes.
    pub body: Vec<u8>,
}

/// Why a callback is not taken; the sender sees only the status.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reject {
    /// 401: not signed by whom it says, or not of now. The word is for the counter.
    Unauthorized(&'static str),
    /// 400: verified, but not of the platform's form. The word is for the log, without content.
    Malformed(&'static str),
}

/// How much a platform lets an account say. 0 means that there is no such limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Limits {
    /// Calls a second of the account's API, all targets together.
    pub calls_per_s: u32,
    /// Calls a minute of it.
    pub calls_per_min: u32,
    /// Calls a month of it: the organisation's quota.
    pub calls_per_month: u32,
    /// Messages a minute by the API to one conversation or person.
    pub target_per_min: u32,
    /// Messages a minute through a custom robot; one more, and it is shut for a while.
    pub robot_per_min: u32,
    /// How long a custom robot is shut that had too much, in ms.
    pub robot_shut_ms: i64,
    /// Where the month of `calls_per_month` begins at midnight.
    pub month_zone: chrono_tz::Tz,
    /// How far reports of the full or half hour are spread behind it, in ms: everybody's come then.
    pub spread_ms: u32,
}

/// The way one message goes.
#[derive(Debug, Clone, PartialEq)]
pub struct Route<'a> {
    /// To whom.
    pub target: &'a Scope,
    /// A short-lived way that came with the event; used while it lives.
    pub reply: Option<&'a ReplyRoute>,
    /// Through the robot that stands in the conversation beside the account's own way.
    pub robot: bool,
    /// Some of the message's calls have been made: the others have to be what they were then.
    pub begun: bool,
    /// A key that stays the same over repeats of this message.
    pub idempotency_key: &'a str,
}

/// One thing to do to deliver a message.
#[derive(Debug, Clone, PartialEq)]
pub enum Call {
    /// Call the platform.
    Http(HttpCall),
    /// Show it on the playground's page.
    Page(Page),
}

/// A request to a platform.
#[derive(Debug, Clone, PartialEq)]
pub struct HttpCall {
    /// `POST`, `PUT` or `GET`.
    pub method: &'static str,
    /// The whole address.
    pub url: String,
    /// Headers besides the token's.
    pub headers: Vec<(&'static str, String)>,
    /// The body.
    pub body: Vec<u8>,
    /// Where the account's access token goes.
    pub token: TokenUse,
}

/// Where an access token goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TokenUse {
    /// Nowhere.
    None,
    /// Into this header.
    Header(&'static str),
}

/// A line for the playground's page.
#[derive(Debug, Clone, PartialEq)]
pub struct Page {
    /// In which conversation or direct chat.
    pub target: Scope,
    /// What is shown.
    pub card: Outgoing,
    /// Stays the same over repeats, so that the page shows it once.
    pub idempotency_key: String,
}

/// What a platform answered to a call.
#[derive(Debug, Clone, PartialEq)]
pub struct Reply {
    /// HTTP status.
    pub status: u16,
    /// Seconds of a `Retry-After` header, if it is a whole number.
    pub retry_after_s: Option<u64>,
    /// The body, at most `REPLY_BYTES_MAX`.
    pub body: Vec<u8>,
}

/// How a send ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SendOutcome {
    /// It is there; the platform's id of it where it gives one.
    Sent { id: Option<String> },
    /// Not now: again after this long.
    RetryAfter { delay_ms: u64 },
    /// This way is closed, another may be open (a used-up webhook): render anew without it.
    Moved,
    /// It will never go; the word is for the log.
    Refused { why: String },
    /// The access token is no longer valid: fetch one, once, and try again.
    TokenExpired,
    /// Nobody knows whether it arrived.
    Unclear { why: String },
}

/// An access token as the platform gave it.
#[derive(Debug, Clone)]
pub struct Token {
    /// The token.
    pub value: crate::model::Secret,
    /// How long it lives.
    pub expires_in_s: u64,
}

/// A platform, holding one account's settings and secrets. Pure: no clock, no network, no
/// randomness.
pub trait Platform: Send + Sync {
    /// Whether a callback proves who sent it. One that does not is never taken from the network:
    /// only from the page that the bot itself serves to this machine.
    fn is_verified(&self) -> bool {
        true
    }

    /// Verifies, decrypts and translates what came in.
    fn receive(&self, arrived: Arrived, now: Timestamp) -> Received;

    /// The long connection over which this account is told things; `None` where it is called back.
    fn link(&self) -> Option<Arc<dyn Link>> {
        None
    }

    /// The calls that deliver a card, to be made one after the other. Empty when there is no way
    /// (no direct send): the outcome is `Refused`.
    fn render(&self, card: &Outgoing, route: &Route, now: Timestamp) -> Vec<Call>;

    /// What a platform's answer to such a call means.
    fn interpret(&self, reply: &Reply) -> SendOutcome;

    /// The call that fetches an access token; `None` where there are none.
    fn token_call(&self) -> Option<HttpCall>;

    /// The token in the answer to that call.
    fn read_token(&self, reply: &Reply) -> Option<Token>;

    /// What it can do.
    fn capabilities(&self) -> &Capabilities;

    /// How fast it may be called.
    fn limits(&self) -> Limits;
}

/// The long connection of one account, as pure functions: how a place is asked for, what a frame
/// means, how one is answered. What it brings is taken by [`Platform::receive`], like a callback.
pub trait Link: Send + Sync {
    /// The call that asks where to connect. Its answer is good for one connection.
    fn place_call(&self) -> HttpCall;

    /// Where to connect, as the answer to that call says.
    fn read_place(&self, reply: &Reply) -> Result<Place, NoPlace>;

    /// What a frame of the platform means.
    fn read(&self, frame: &str) -> Heard;

    /// The frame that answers what was pushed: with what [`Platform::receive`] said, once all that
    /// it did is durable, or with why it was not taken.
    fn answer(&self, id: &str, with: Result<&Passive, Reject>) -> String;
}
