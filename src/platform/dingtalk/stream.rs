//! Stream mode: where to connect, what a frame means, how one is answered. Follows
//! docs/platforms/dingtalk.md#stream. What a robot's message says is read by `receive`.

use serde::Deserialize;
use serde_json::json;
use url::{Host, Origin, Url};

use super::account::{Account, json_header};
use super::body::{Word, word};
use super::interpret;
use crate::model::Secret;
use crate::platform::{Heard, HttpCall, Link, NoPlace, Passive, Place, Pushed, Reject, Reply};
use crate::platform::{TokenUse, inbound};

/// What is said to the robot; the only topic asked for.
pub const ROBOT_TOPIC: &str = "/v1.0/im/bot/messages/get";
/// The platform's own places, `wss-open-connection….dingtalk.com`, are known by both ends.
const PUBLIC_HOST: (&str, &str) = ("wss-open-connection", ".dingtalk.com");
/// Longest address taken, ticket included, in bytes; real ones are under 200.
const PLACE_BYTES_MAX: usize = 4096;
/// How we call ourselves, in the form that is asked for: name, language, version.
const USER_AGENT: &str = concat!("steward-rust/", env!("CARGO_PKG_VERSION"));

/// What answers an event. None is asked for; unless it is taken, it comes again and again.
const EVENT_TAKEN: &str = r#"{"status":"SUCCESS","message":"ok"}"#;

/// The long connection of one account.
#[derive(Debug)]
pub struct Stream {
    app_key: String,
    app_secret: Secret,
    /// The call that asks for a place.
    url: String,
    places: Places,
}

/// Where a connection may go. Each is encrypted, or does not leave this machine.
#[derive(Debug)]
enum Places {
    /// The platform's own, and the origin of the account's `api_base`.
    Default(Option<Origin>),
    /// These alone.
    Only(Vec<Origin>),
}

/// A frame of the platform. Header values are texts, and numbers in some samples.
#[derive(Deserialize)]
struct Frame<'a> {
    #[serde(rename = "type", borrow, default, deserialize_with = "word")]
    kind: Word<'a>,
    #[serde(borrow, default)]
    headers: Headers<'a>,
    /// JSON as a text.
    #[serde(borrow, default, deserialize_with = "word")]
    data: Word<'a>,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Headers<'a> {
    #[serde(borrow, deserialize_with = "word")]
    topic: Word<'a>,
    #[serde(borrow, deserialize_with = "word")]
    message_id: Word<'a>,
}

/// The answer to the call that asks for a place; `code` where there is none.
#[derive(Deserialize)]
struct Offer {
    endpoint: Option<String>,
    ticket: Option<String>,
    code: Option<String>,
}

impl Stream {
    /// The connection of an account that is not called back; `None` for one that is. The error is
    /// the origin that may not be connected to.
    pub(super) fn of(account: &Account) -> Result<Option<Self>, String> {
        let Some(listed) = &account.stream else { return Ok(None) };
        let origin = |text: &String| place(text).map(|url| url.origin()).ok_or(text.clone());
        let places = if listed.is_empty() {
            // The scheme's first four letters are those of a WebSocket's counterpart.
            let base = account.api_base.strip_prefix("http").map(|rest| format!("ws{rest}"));
            Places::Default(base.and_then(|base| place(&base)).map(|url| url.origin()))
        } else {
            Places::Only(listed.iter().map(origin).collect::<Result<_, _>>()?)
        };
        Ok(Some(Self {
            app_key: account.app_key.clone(),
            app_secret: account.app_secret.clone(),
            url: format!("{}/v1.0/gateway/connections/open", account.api_base),
            places,
        }))
    }

    /// The whole address of an offered place, if it may be connected to.
    fn address(&self, endpoint: &str, ticket: &str) -> Option<Secret> {
        let mut url = place(endpoint).filter(|url| self.places.allow(url))?;
        url.query_pairs_mut().append_pair("ticket", ticket);
        (url.as_str().len() <= PLACE_BYTES_MAX).then(|| Secret::new(String::from(url)))
    }
}

impl Places {
    fn allow(&self, url: &Url) -> bool {
        match self {
            Places::Default(base) => is_public(url) || base.as_ref() == Some(&url.origin()),
            Places::Only(listed) => listed.contains(&url.origin()),
        }
    }
}

/// One of the platform's own places, at the usual port.
fn is_public(url: &Url) -> bool {
    let middle =
        url.domain().and_then(|host| host.strip_prefix(PUBLIC_HOST.0)?.strip_suffix(PUBLIC_HOST.1));
    url.scheme() == "wss" && url.port().is_none() && middle.is_some_and(|m| !m.contains('.'))
}

/// An address of a WebSocket that is encrypted or of this machine, without user name, password and
/// fragment.
fn place(text: &str) -> Option<Url> {
    if text.len() > PLACE_BYTES_MAX {
        return None;
    }
    let url = Url::parse(text).ok()?;
    let bare = url.username().is_empty() && url.password().is_none() && url.fragment().is_none();
    let near = match url.host()? {
        Host::Domain(name) => name == "localhost",
        Host::Ipv4(address) => address.is_loopback(),
        Host::Ipv6(address) => address.is_loopback(),
    };
    let safe = url.scheme() == "wss" || (url.scheme() == "ws" && near);
    (bare && safe).then_some(url)
}

impl Link for Stream {
    fn place_call(&self) -> HttpCall {
        let secret = String::from_utf8_lossy(self.app_secret.expose());
        let body = json!({
            "clientId": self.app_key,
            "clientSecret": secret,
            "ua": USER_AGENT,
            "subscriptions": [{ "type": "CALLBACK", "topic": ROBOT_TOPIC }],
        });
        let mut headers = json_header();
        // Without it the answer may be XML.
        headers.push(("accept", "application/json".into()));
        let body = body.to_string().into_bytes();
        HttpCall { method: "POST", url: self.url.clone(), headers, body, token: TokenUse::None }
    }

    fn read_place(&self, reply: &Reply) -> Result<Place, NoPlace> {
        let no = |why: &str| NoPlace { why: why.to_owned() };
        let offer = serde_json::from_slice::<Offer>(&reply.body).ok();
        let (endpoint, ticket) = match offer {
            Some(Offer { endpoint: Some(endpoint), ticket: Some(ticket), .. })
                if reply.status == 200 && !ticket.is_empty() =>
            {
                (endpoint, ticket)
            }
            Some(Offer { code: Some(code), .. }) => return Err(no(&interpret::word(&code))),
            Some(_) | None => return Err(no(&format!("http {}", reply.status))),
        };
        let url = self.address(&endpoint, &ticket).ok_or_else(|| no("endpoint"))?;
        Ok(Place { url })
    }

    fn read(&self, frame: &str) -> Heard {
        // serde would read a list as the members in order.
        let object = frame.trim_start().starts_with('{');
        let Some(frame) = object.then(|| serde_json::from_str::<Frame>(frame).ok()).flatten()
        else {
            return Heard::Malformed("json");
        };
        let (kind, topic) = (frame.kind.unwrap_or_default(), frame.headers.topic);
        let topic = topic.unwrap_or_default();
        match (kind.as_ref(), topic.as_ref()) {
            ("SYSTEM", "disconnect") => return Heard::Leaving,
            ("SYSTEM", "ping") | ("CALLBACK" | "EVENT", _) => {}
            ("SYSTEM", _) => return Heard::Nothing,
            _ => return Heard::Malformed("type"),
        }
        let Some(id) = frame.headers.message_id.as_deref().and_then(inbound::id) else {
            return Heard::Malformed("messageId");
        };
        let data = frame.data.unwrap_or_default();
        match (kind.as_ref(), topic.as_ref()) {
            ("CALLBACK", ROBOT_TOPIC) => {
                Heard::Pushed(Pushed { id, body: data.into_owned().into_bytes() })
            }
            ("CALLBACK", _) => Heard::Answer(answer(&id, 404, "no such topic", "{}")),
            ("EVENT", _) => Heard::Answer(answer(&id, 200, "OK", EVENT_TAKEN)),
            _ => Heard::Answer(answer(&id, 200, "OK", &data)),
        }
    }

    fn answer(&self, id: &str, with: Result<&Passive, Reject>) -> String {
        match with {
            Ok(passive) => answer(id, 200, "OK", &String::from_utf8_lossy(&passive.body)),
            Err(Reject::Unauthorized(_) | Reject::Malformed(_)) => {
                answer(id, 400, "bad request", "{}")
            }
        }
    }
}

/// An answer's frame; `data` is JSON as a text.
fn answer(id: &str, code: u16, message: &str, data: &str) -> String {
    let headers = json!({ "messageId": id, "contentType": "application/json" });
    json!({ "code": code, "message": message, "headers": headers, "data": data }).to_string()
}
