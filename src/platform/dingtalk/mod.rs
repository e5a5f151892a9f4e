//! DingTalk (钉钉): an enterprise-app robot, called back or over a connection (Stream). Holds one
//! account's settings and translates; rules and their sources are in docs/platforms/dingtalk.md.
//! Opens no connection.

pub mod event;
pub mod fit;
pub mod interpret;
pub mod markdown;
pub mod neutral;
pub mod plain;
pub mod sign;
pub mod stream;
pub mod token;

mod account;
mod at;
mod body;
mod mention;
mod parts;
mod quote;
mod receive;
mod render;

use std::sync::Arc;

pub use account::{Account, CustomRobot};

use self::stream::Stream;
use super::origin::Origins;
use super::{Arrived, Call, Capabilities, HttpCall, Limits, Link, Platform, Received, Reply};
use super::{Route, SendOutcome, Token, Unit};
use crate::model::{Outgoing, Timestamp};

/// What the standard edition allows; the number for one conversation is our own, for the platform
/// names none: it is that of custom robots. Source: docs/platforms/dingtalk.md#limits.
pub const LIMITS: Limits = Limits {
    calls_per_s: 20,
    calls_per_min: 0,
    calls_per_month: 5_000,
    target_per_min: 20,
    robot_per_min: 20,
    robot_shut_ms: 10 * 60 * 1000,
    month_zone: chrono_tz::Asia::Shanghai,
    spread_ms: 120_000,
};
/// What answers by `sessionWebhook` and custom robots are posted to besides the account's bases.
const PUBLIC_ORIGIN: &str = "https://oapi.dingtalk.com";

/// One account on DingTalk.
#[derive(Debug)]
pub struct DingTalk {
    account: Account,
    origins: Origins,
    stream: Option<Arc<Stream>>,
    capabilities: Capabilities,
}

impl DingTalk {
    /// Takes the settings over. The error is the entry of `webhook_origins` that is neither https
    /// nor http to this machine itself, or the one of `stream_origins` that is neither wss nor ws
    /// to this machine itself; with none given, the origins of the two bases and the
    /// public one are allowed (docs/platforms/dingtalk.md#origins).
    pub fn new(account: Account) -> Result<Self, String> {
        let origins = if account.webhook_origins.is_empty() {
            let bases = [account.api_base.as_str(), &account.oapi_base, PUBLIC_ORIGIN];
            Origins::lenient(bases)
        } else {
            Origins::new(account.webhook_origins.iter().map(String::as_str))?
        };
        let capabilities = Capabilities {
            hears_all: false,
            can_quote: true,
            buttons_type: true,
            private_send: true,
            text_max: fit::TEXT_BYTES_MAX,
            text_unit: Unit::Bytes,
        };
        let stream = Stream::of(&account)?.map(Arc::new);
        Ok(Self { account, origins, stream, capabilities })
    }
}

impl Platform for DingTalk {
    fn receive(&self, arrived: Arrived, now: Timestamp) -> Received {
        let (account, origins) = (&self.account, &self.origins);
        match arrived {
            Arrived::Callback(raw) => receive::callback(account, origins, raw, now),
            Arrived::Pushed(pushed) => receive::pushed(account, origins, pushed),
        }
    }

    fn link(&self) -> Option<Arc<dyn Link>> {
        self.stream.clone().map(|stream| stream as Arc<dyn Link>)
    }

    fn render(&self, card: &Outgoing, route: &Route, now: Timestamp) -> Vec<Call> {
        let calls = render::render(&self.account, card, route, now);
        calls.into_iter().map(Call::Http).collect()
    }

    fn interpret(&self, reply: &Reply) -> SendOutcome {
        interpret::interpret(reply)
    }

    fn token_call(&self) -> Option<HttpCall> {
        Some(token::call(&self.account))
    }

    fn read_token(&self, reply: &Reply) -> Option<Token> {
        token::read(reply)
    }

    fn capabilities(&self) -> &Capabilities {
        &self.capabilities
    }

    fn limits(&self) -> Limits {
        self.account.limits
    }
}
