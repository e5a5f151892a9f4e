//! A fake DingTalk on loopback: strict about form, records what it is told, misbehaves on cue.
//! Forms and limits: docs/platforms/dingtalk.md.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::body::Bytes;
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use serde_json::{Value, json};
use tokio::sync::watch;

use super::cue::Cue;
use super::stream::Gateway;

/// Generous: only a bot that will never call is waited for this long.
const DEADLINE: Duration = Duration::from_secs(60);

/// What can be called.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// `POST /v1.0/oauth2/accessToken`
    Token,
    /// `POST /robot/sendBySession?session=…`
    Session,
    /// `POST /v1.0/robot/groupMessages/send`
    Group,
    /// `POST /v1.0/robot/oToMessages/batchSend`
    Direct,
    /// `POST /robot/send?access_token=…&timestamp=…&sign=…`
    Robot,
}

/// A call as it came.
#[derive(Debug, Clone)]
pub struct Recorded {
    /// What was called.
    pub way: Way,
    /// The query string.
    pub query: String,
    /// The JSON body.
    pub body: Value,
    /// Members see it.
    pub delivered: bool,
}

/// The fake. Dropping it ends the server with the test's runtime.
pub struct FakeDingTalk {
    /// Base of both API families.
    pub base: String,
    /// Where a bot in Stream mode connects.
    pub gateway: Gateway,
    shared: Arc<Shared>,
    changed: watch::Receiver<usize>,
}

struct Shared {
    state: Mutex<Inner>,
    changed: watch::Sender<usize>,
}

#[derive(Default)]
struct Inner {
    calls: Vec<Recorded>,
    cues: Vec<(Way, VecDeque<Cue>)>,
    tokens: usize,
    violations: Vec<String>,
}

impl FakeDingTalk {
    /// Listens on a free port.
    pub async fn start() -> Self {
        Self::start_with(Gateway::start().await).await
    }

    /// The same with this gateway.
    pub async fn start_with(gateway: Gateway) -> Self {
        let (sender, changed) = watch::channel(0);
        let shared = Arc::new(Shared { state: Mutex::default(), changed: sender });
        let on = |way| {
            let shared = Arc::clone(&shared);
            post(move |request: Request| called(way, shared, request))
        };
        let places = gateway.clone();
        let routes: Router = Router::new()
            .route("/v1.0/gateway/connections/open", post(move |request| place(places, request)))
            .route("/v1.0/oauth2/accessToken", on(Way::Token))
            .route("/robot/sendBySession", on(Way::Session))
            .route("/robot/send", on(Way::Robot))
            .route("/v1.0/robot/groupMessages/send", on(Way::Group))
            .route("/v1.0/robot/oToMessages/batchSend", on(Way::Direct))
            .fallback(unknown)
            .with_state(Arc::clone(&shared));
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let base = format!("http://{}", listener.local_addr().expect("an address"));
        tokio::spawn(async move { axum::serve(listener, routes).await });
        Self { base, gateway, shared, changed }
    }

    /// The next calls of this way are answered so, one each.
    pub fn cue(&self, way: Way, cues: impl IntoIterator<Item = Cue>) {
        self.shared.lock().cues.push((way, cues.into_iter().collect()));
    }

    /// Waits until the calls so far are `enough`, and returns them.
    pub async fn until(&self, what: &str, enough: impl Fn(&[Recorded]) -> bool) -> Vec<Recorded> {
        let mut changed = self.changed.clone();
        let wait = changed.wait_for(|_| enough(&self.shared.lock().calls));
        let waited = tokio::time::timeout(DEADLINE, wait).await.map(|met| met.map(|_| ()));
        let calls = self.calls();
        assert!(matches!(waited, Ok(Ok(()))), "no {what} in {calls:#?}");
        calls
    }

    /// The messages that members see, once there are at least so many.
    pub async fn delivered(&self, count: usize) -> Vec<Recorded> {
        let seen = |calls: &[Recorded]| calls.iter().filter(|call| call.is_message()).count();
        self.until(&format!("{count} messages"), |calls| seen(calls) >= count).await;
        self.messages()
    }

    /// The messages that members see so far.
    pub fn messages(&self) -> Vec<Recorded> {
        self.calls().into_iter().filter(Recorded::is_message).collect()
    }

    /// All calls so far.
    pub fn calls(&self) -> Vec<Recorded> {
        self.shared.lock().calls.clone()
    }

    /// Every call was of the platform's form.
    pub fn assert_well_formed(&self) {
        assert_eq!(self.shared.lock().violations, [""; 0]);
        self.gateway.assert_well_formed();
    }
}

impl Recorded {
    /// A message that members see.
    pub fn is_message(&self) -> bool {
        self.delivered && self.way != Way::Token
    }

    /// The `session` of a reply.
    pub fn session(&self) -> &str {
        self.query.strip_prefix("session=").unwrap_or_default()
    }
}

impl Shared {
    fn lock(&self) -> std::sync::MutexGuard<'_, Inner> {
        self.state.lock().expect("no test panics with it")
    }

    fn violated(&self, what: impl Into<String>) -> Response {
        let what = what.into();
        self.lock().violations.push(what.clone());
        let body = json!({ "code": "invalidParameter", "requestid": "r", "message": what });
        (StatusCode::BAD_REQUEST, axum::Json(body)).into_response()
    }
}

/// A call for a place to connect to.
async fn place(gateway: Gateway, request: Request) -> Response {
    let accepts = header(&request, "accept").is_some_and(|kinds| kinds == "application/json");
    let token = header(&request, "x-acs-dingtalk-access-token").is_some();
    let bytes = axum::body::to_bytes(request.into_body(), 1 << 20).await.unwrap_or(Bytes::new());
    let body = serde_json::from_slice(&bytes).unwrap_or(Value::Null);
    gateway.place(accepts, token, &body)
}

async fn unknown(State(shared): State<Arc<Shared>>, request: Request) -> Response {
    shared.violated(format!("no such call: {} {}", request.method(), request.uri().path()))
}

async fn called(way: Way, shared: Arc<Shared>, request: Request) -> Response {
    let query = request.uri().query().unwrap_or_default().to_owned();
    let is_json =
        header(&request, "content-type").is_some_and(|k| k.starts_with("application/json"));
    let token = header(&request, "x-acs-dingtalk-access-token");
    let bytes = axum::body::to_bytes(request.into_body(), 1 << 20).await.unwrap_or(Bytes::new());
    let body: Value = match serde_json::from_slice(&bytes) {
        Ok(body) if is_json => body,
        _ => return shared.violated(format!("{way:?}: not JSON")),
    };
    if let Err(problem) = check(way, &query, token.is_some(), &body) {
        return shared.violated(format!("{way:?}: {problem} in {body}"));
    }
    let answer = {
        let mut inner = shared.lock();
        let cue = inner.next_cue(way);
        let cue = cue.unwrap_or_else(|| inner.good(way, token.as_deref()));
        let is_good = matches!(&cue, Cue::Answer(200, body) if is_success(body));
        let delivered = is_good || cue.delivers();
        inner.calls.push(Recorded { way, query, body, delivered });
        cue
    };
    shared.changed.send_modify(|count| *count += 1);
    answer.answer().await
}

fn header(request: &Request, name: &str) -> Option<String> {
    request.headers().get(name)?.to_str().ok().map(str::to_owned)
}

impl Inner {
    fn next_cue(&mut self, way: Way) -> Option<Cue> {
        self.cues.iter_mut().filter(|(of, _)| *of == way).find_map(|(_, cues)| cues.pop_front())
    }

    fn good(&mut self, way: Way, token: Option<&str>) -> Cue {
        let current = format!("token-{}", self.tokens);
        let body = match way {
            Way::Token => {
                self.tokens += 1;
                json!({ "accessToken": format!("token-{}", self.tokens), "expireIn": 7200 })
            }
            Way::Session | Way::Robot => json!({ "errcode": 0, "errmsg": "ok" }),
            Way::Group | Way::Direct if token != Some(&current) => {
                let body = json!({ "code": "InvalidAuthentication", "message": "token" });
                return Cue::Answer(401, body);
            }
            Way::Group => json!({ "processQueryKey": "pqk==" }),
            Way::Direct => json!({
                "processQueryKey": "pqk==",
                "invalidStaffIdList": [],
                "flowControlledStaffIdList": [],
            }),
        };
        Cue::Answer(200, body)
    }
}

fn is_success(body: &Value) -> bool {
    body.get("errcode").is_none_or(|code| code == 0) && body.get("code").is_none()
}

/// What the platform's pages require of a call.
fn check(way: Way, query: &str, has_token: bool, body: &Value) -> Result<(), &'static str> {
    let text = |name: &str| body[name].as_str().filter(|text| !text.is_empty());
    match way {
        Way::Token => {
            text("appKey").ok_or("appKey")?;
            text("appSecret").ok_or("appSecret")?;
        }
        Way::Session | Way::Robot => {
            let (begins, signed) = match way {
                Way::Robot => ("access_token=", query.contains("&sign=")),
                _ => ("session=", true),
            };
            query.strip_prefix(begins).filter(|_| signed).ok_or("query")?;
            if has_token {
                return Err("a token where none belongs");
            }
            let kind = text("msgtype").ok_or("msgtype")?;
            let part = match kind {
                "text" => &body["text"]["content"],
                "markdown" => {
                    body["markdown"]["title"].as_str().ok_or("title")?;
                    &body["markdown"]["text"]
                }
                _ => return Err("msgtype unknown"),
            };
            part.as_str().filter(|text| !text.is_empty()).ok_or("no text")?;
            if body.to_string().len() > 20_000 {
                return Err("too long");
            }
        }
        Way::Group | Way::Direct => {
            if !has_token {
                return Err("no token");
            }
            text("robotCode").ok_or("robotCode")?;
            text("msgKey").filter(|key| key.starts_with("sample")).ok_or("msgKey")?;
            let param = text("msgParam").filter(|text| text.len() <= 15_000).ok_or("msgParam")?;
            serde_json::from_str::<serde_json::Map<_, _>>(param).map_err(|_| "msgParam's JSON")?;
            if way == Way::Group {
                text("openConversationId").ok_or("openConversationId")?;
            } else {
                let people = body["userIds"].as_array().ok_or("userIds")?;
                if people.is_empty() || people.len() > 20 || !people.iter().all(Value::is_string) {
                    return Err("userIds");
                }
            }
        }
    }
    Ok(())
}
