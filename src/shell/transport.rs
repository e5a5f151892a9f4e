//! Calls platforms over HTTP: one client, access tokens, limits of time and size. What an answer
//! means, the platform says.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use reqwest::header::{HeaderName, HeaderValue};
use reqwest::redirect::Policy;
use reqwest::{Method, Request, Url};

use super::accounts::{Account, HeldToken};
use super::bell::lock;
use super::clock::Clock;
use crate::model::Secret;
use crate::platform::{HttpCall, Reply, TokenUse};

/// Longest wait for a connection.
const CONNECT_MAX: Duration = Duration::from_secs(3);
/// Longest wait for the whole answer: platforms' gateways give up after 3 s.
const TOTAL_MAX: Duration = Duration::from_secs(10);
/// An idle connection is kept this long: less than servers do, or a send meets their end of it and
/// is in doubt.
const IDLE_MAX: Duration = Duration::from_secs(20);
/// Bytes of an answer that are read; platforms answer with a few hundred.
pub const REPLY_BYTES_MAX: usize = 64 * 1024;
/// Addresses kept as read: each platform has a few.
const BASES_MAX: usize = 64;
/// A token is fetched anew this long before its end, in ms.
const TOKEN_EARLY_MS: i64 = 5 * 60 * 1000;
/// Longest life of a token we believe in, in s.
const TOKEN_LIFE_S_MAX: u64 = 24 * 3600;

/// The end of a call.
pub enum CallEnd {
    /// The platform answered.
    Reply(Reply),
    /// The call certainly did not reach the platform; the word is for the log.
    NotMade(&'static str),
    /// The same, because the platform could not be reached.
    Unreachable(&'static str),
    /// The call was made and no whole answer came: it may have had its effect.
    NoAnswer(&'static str),
}

impl CallEnd {
    /// Whether somebody is there: a gateway's error says that nobody is.
    pub fn is_answered(&self) -> bool {
        match self {
            Self::Reply(reply) => reply.status < 500 && reply.status != 408,
            Self::NotMade(_) => true,
            Self::Unreachable(_) | Self::NoAnswer(_) => false,
        }
    }
}

/// The client. Cheap to clone.
#[derive(Clone)]
pub struct Transport {
    client: reqwest::Client,
    clock: Arc<Clock>,
    bases: Arc<Bases>,
}

/// Addresses read before, up to the query: those of one platform differ in nothing else.
#[derive(Default)]
struct Bases(Mutex<HashMap<String, Url>>);

impl Bases {
    /// The address as a URL.
    fn url(&self, address: &str) -> Option<Url> {
        let Some((base, query)) = address.split_once('?').filter(|_| !address.contains('#')) else {
            return Url::parse(address).ok();
        };
        let known = lock(&self.0).get(base).cloned();
        let mut url = match known {
            Some(url) => url,
            None => {
                let url = Url::parse(base).ok()?;
                let mut bases = lock(&self.0);
                if bases.len() >= BASES_MAX {
                    bases.clear();
                }
                bases.insert(base.to_owned(), url.clone());
                url
            }
        };
        url.set_query(Some(query));
        Some(url)
    }
}

/// Installs the one TLS provider of the process; later calls change nothing.
pub fn install_tls() {
    // An error says that one is installed already.
    let _ = rustls::crypto::ring::default_provider().install_default();
}

impl Transport {
    /// A client that follows no redirect (calls carry secrets) and no proxy of the environment
    /// (bases are settings).
    #[expect(clippy::disallowed_methods, reason = "the home of this call")]
    pub fn new(clock: Arc<Clock>) -> Result<Self, reqwest::Error> {
        install_tls();
        let client = reqwest::Client::builder()
            .connect_timeout(CONNECT_MAX)
            .timeout(TOTAL_MAX)
            .pool_idle_timeout(IDLE_MAX)
            .redirect(Policy::none())
            // What is repeated, and how often, is for the outbox to say.
            .retry(reqwest::retry::never())
            .no_proxy()
            .build()?;
        Ok(Self { client, clock, bases: Arc::default() })
    }

    /// Makes a call of an account, with its access token where the call wants one.
    pub async fn call(&self, account: &Account, call: HttpCall) -> CallEnd {
        let token = match call.token {
            TokenUse::None => None,
            TokenUse::Header(name) => match self.token(account).await {
                Ok(token) => Some((name, token)),
                Err(end) => return end,
            },
        };
        self.send(call, token).await
    }

    /// Whether the account's platform answers at all. What it is asked for is a token, which counts
    /// for no quota; where there are none, nothing is asked and the next message will show.
    pub async fn probe(&self, account: &Account) -> bool {
        match account.platform.token_call() {
            Some(call) => self.send(call, None).await.is_answered(),
            None => true,
        }
    }

    /// Drops the account's token: the next call fetches another.
    pub async fn drop_token(&self, account: &Account) {
        *account.token.lock().await = None;
    }

    async fn token(&self, account: &Account) -> Result<Secret, CallEnd> {
        let mut held = account.token.lock().await;
        if let Some(token) = held.as_ref().filter(|t| t.fresh_until > self.clock.now()) {
            return Ok(token.value.clone());
        }
        let call = account.platform.token_call();
        let call = call.ok_or(CallEnd::NotMade("the platform has no tokens"))?;
        let answer = self.send(call, None).await;
        let answered = answer.is_answered();
        let CallEnd::Reply(reply) = answer else {
            return Err(CallEnd::Unreachable("no answer to the token call"));
        };
        let Some(token) = account.platform.read_token(&reply) else {
            tracing::warn!(account = account.name, status = reply.status, "no access token given");
            let why = "no access token given";
            return Err(if answered { CallEnd::NotMade(why) } else { CallEnd::Unreachable(why) });
        };
        let life_s = token.expires_in_s.min(TOKEN_LIFE_S_MAX);
        let life_ms = i64::try_from(life_s).unwrap_or(0) * 1000;
        // A token that lives shorter than we refresh early serves half its life.
        let fresh_ms = (life_ms - TOKEN_EARLY_MS).max(life_ms / 2);
        let fresh_until = self.clock.now().plus_ms(fresh_ms);
        *held = Some(HeldToken { value: token.value.clone(), fresh_until });
        Ok(token.value)
    }

    async fn send(&self, call: HttpCall, token: Option<(&'static str, Secret)>) -> CallEnd {
        let Some(url) = self.bases.url(&call.url) else { return CallEnd::NotMade("not a request") };
        let request = match request(call, url, token) {
            Ok(request) => request,
            Err(why) => return CallEnd::NotMade(why),
        };
        match self.client.execute(request).await {
            Ok(answer) => read(answer).await,
            Err(error) if error.is_builder() => CallEnd::NotMade("not a request"),
            Err(error) if error.is_connect() => CallEnd::Unreachable("no connection"),
            Err(error) if error.is_timeout() => CallEnd::NoAnswer("time-out"),
            Err(_) => CallEnd::NoAnswer("connection lost"),
        }
    }
}

fn request(
    call: HttpCall,
    url: Url,
    token: Option<(&'static str, Secret)>,
) -> Result<Request, &'static str> {
    let method = Method::from_bytes(call.method.as_bytes()).map_err(|_| "no such method")?;
    let mut request = Request::new(method, url);
    for (name, value) in call.headers {
        let name = HeaderName::try_from(name).map_err(|_| "not a request")?;
        let value = HeaderValue::try_from(value).map_err(|_| "not a request")?;
        request.headers_mut().append(name, value);
    }
    if let Some((name, token)) = token {
        let value = HeaderValue::from_bytes(token.expose());
        let mut value = value.map_err(|_| "the access token is no header value")?;
        value.set_sensitive(true);
        let name = HeaderName::try_from(name).map_err(|_| "not a request")?;
        request.headers_mut().append(name, value);
    }
    *request.body_mut() = Some(call.body.into());
    Ok(request)
}

/// The seconds of a `Retry-After`; none if it is missing, negative, a date or anything else: the
/// platform's own pause is taken then.
fn seconds(retry_after: Option<&str>) -> Option<u64> {
    let digits = retry_after?.trim();
    let is_number = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
    // More digits than a number has are as good as the longest pause.
    is_number.then(|| digits.parse().unwrap_or(u64::MAX))
}

async fn read(mut answer: reqwest::Response) -> CallEnd {
    let status = answer.status().as_u16();
    let retry_after = answer.headers().get("retry-after").and_then(|v| v.to_str().ok());
    let retry_after_s = seconds(retry_after);
    let mut body = Vec::new();
    loop {
        match answer.chunk().await {
            Ok(Some(chunk)) => {
                let room = REPLY_BYTES_MAX - body.len();
                body.extend_from_slice(&chunk[..chunk.len().min(room)]);
                if body.len() == REPLY_BYTES_MAX {
                    break;
                }
            }
            Ok(None) => break,
            Err(_) => return CallEnd::NoAnswer("answer cut off"),
        }
    }
    CallEnd::Reply(Reply { status, retry_after_s, body })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_whole_seconds_are_a_retry_after() {
        for (header, seconds) in [
            (None, None),
            (Some("0"), Some(0)),
            (Some(" 7 "), Some(7)),
            (Some("604800"), Some(604_800)),
            (Some("99999999999999999999999"), Some(u64::MAX)),
            (Some("-5"), None),
            (Some("+5"), None),
            (Some("1.5"), None),
            (Some("soon"), None),
            (Some(""), None),
            (Some("Wed, 21 Oct 2026 07:28:00 GMT"), None),
        ] {
            assert_eq!(super::seconds(header), seconds, "{header:?}");
        }
    }

    #[test]
    fn an_address_read_in_parts_is_the_same_address() {
        let bases = Bases::default();
        for address in [
            "https://a.example/robot/sendBySession?session=1",
            "https://a.example/robot/sendBySession?session=%2B2 é&x='",
            "https://a.example/robot/sendBySession?",
            "https://a.example/robot/sendBySession",
            "https://a.example/x?y#z?",
            "http://[::1]:8/x?y",
            "not an address?x",
        ] {
            for _ in 0..2 {
                assert_eq!(bases.url(address), Url::parse(address).ok(), "{address}");
            }
        }
    }
}
