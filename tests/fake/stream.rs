//! A fake Stream gateway on loopback: hands out tickets for one connection each, speaks frames,
//! records answers, and breaks off on cue. Forms: docs/platforms/dingtalk.md#stream.

use std::collections::{HashMap, HashSet, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use futures_util::{SinkExt, StreamExt};
use rustls::ServerConfig;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use serde_json::{Value, json};
use steward::shell::transport;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpListener;
use tokio::sync::{mpsc, watch};
use tokio_rustls::TlsAcceptor;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::handshake::server::{ErrorResponse, Request, Response as Met};

/// Generous: only a bot that will never come is waited for this long.
const DEADLINE: Duration = Duration::from_secs(60);
/// The topic of what is said to the robot.
const ROBOT: &str = "/v1.0/im/bot/messages/get";

/// What the gateway does with an open connection.
#[derive(Debug)]
pub enum Do {
    /// Says this.
    Say(String),
    /// Says bytes.
    Bytes(Vec<u8>),
    /// Closes it as the protocol asks.
    Close,
    /// Is gone from one moment to the next.
    Vanish,
}

/// How a call for a place is answered, instead of with one.
#[derive(Debug, Clone)]
pub enum Offer {
    /// This status and body.
    Answer(u16, String),
    /// A place elsewhere, with a ticket.
    Elsewhere(String),
    /// The right place, with a ticket that is not taken.
    BadTicket,
}

/// What the bot said over a connection.
#[derive(Debug, Clone)]
pub struct Answer {
    /// Over which.
    pub line: usize,
    /// The frame.
    pub frame: Value,
}

/// The gateway. Dropping it ends it with the test's runtime.
#[derive(Clone)]
pub struct Gateway {
    /// Where it is: `ws://127.0.0.1:…`.
    pub origin: String,
    shared: Arc<Shared>,
}

struct Shared {
    state: Mutex<Inner>,
    changed: watch::Sender<usize>,
}

#[derive(Default)]
struct Inner {
    offers: VecDeque<Offer>,
    calls: usize,
    /// Good for one connection each.
    tickets: HashSet<String>,
    lines: Vec<Line>,
    answers: Vec<Answer>,
    /// Frames that want an answer, by id: over which connection.
    pushed: HashMap<String, usize>,
    violations: Vec<String>,
    /// Frames that were given their ids here.
    delivered: usize,
    /// Connections whose other end did not trust the certificate.
    distrusted: usize,
}

struct Line {
    tell: mpsc::UnboundedSender<Do>,
    open: bool,
    /// The code with which the bot closed it.
    closed_with: Option<u16>,
}

impl Gateway {
    /// Listens on a free port.
    pub async fn start() -> Self {
        Self::listen(None).await
    }

    /// The same over TLS, as `localhost`, with a certificate that nobody trusts who does not know
    /// tests/data/tls/ca.pem.
    pub async fn start_secured() -> Self {
        let pem = include_bytes!("../data/tls/leaf.pem");
        let certificate = CertificateDer::from_pem_slice(pem).expect("a certificate");
        let key = include_bytes!("../data/tls/leaf.key");
        let key = PrivateKeyDer::from_pem_slice(key).expect("a key");
        transport::install_tls();
        let config = ServerConfig::builder().with_no_client_auth();
        let config = config.with_single_cert(vec![certificate], key).expect("they belong together");
        Self::listen(Some(TlsAcceptor::from(Arc::new(config)))).await
    }

    async fn listen(tls: Option<TlsAcceptor>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let addr = listener.local_addr().expect("an address");
        let origin = match tls {
            None => format!("ws://{addr}"),
            Some(_) => format!("wss://localhost:{}", addr.port()),
        };
        let shared = Arc::new(Shared { state: Mutex::default(), changed: watch::channel(0).0 });
        let gateway = Self { origin, shared };
        let of_task = gateway.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (gateway, tls) = (of_task.clone(), tls.clone());
                tokio::spawn(async move {
                    match tls {
                        None => gateway.serve(stream).await,
                        // Who does not trust the certificate says so and goes.
                        Some(tls) => match tls.accept(stream).await {
                            Ok(stream) => gateway.serve(stream).await,
                            Err(_) => gateway.distrusted(),
                        },
                    }
                });
            }
        });
        gateway
    }

    /// The next calls for a place are answered so, one each.
    pub fn offer(&self, offers: impl IntoIterator<Item = Offer>) {
        self.lock().offers.extend(offers);
    }

    /// Calls for a place so far.
    pub fn calls(&self) -> usize {
        self.lock().calls
    }

    /// Waits until so many connections were made, in all.
    pub async fn connected(&self, count: usize) {
        self.until("connection", |inner| inner.lines.len() >= count).await;
    }

    /// Waits until so many did not trust the certificate.
    pub async fn was_distrusted(&self, count: usize) {
        self.until("distrust", |inner| inner.distrusted >= count).await;
    }

    /// Connections made so far, and how many are open.
    pub fn lines(&self) -> (usize, usize) {
        let inner = self.lock();
        (inner.lines.len(), inner.lines.iter().filter(|line| line.open).count())
    }

    /// Waits until a connection has ended; the code with which the bot closed it.
    pub async fn ended(&self, line: usize) -> Option<u16> {
        self.until("end", |inner| !inner.lines[line].open).await;
        self.lock().lines[line].closed_with
    }

    /// Does something with a connection.
    pub fn tell(&self, line: usize, what: Do) {
        // It may have ended: then nothing is heard, as on a real network.
        let _ = self.lock().lines[line].tell.send(what);
    }

    /// Pushes what was said to the robot over a connection, in a frame of this id.
    pub fn push(&self, line: usize, id: &str, body: &Value) {
        self.say(line, ["CALLBACK", ROBOT, id, &body.to_string()]);
    }

    /// Says a frame over a connection: type, topic, id and data. It may be answered.
    pub fn say(&self, line: usize, [kind, topic, id, data]: [&str; 4]) {
        self.lock().pushed.insert(id.to_owned(), line);
        let headers = json!({
            "topic": topic, "messageId": id, "contentType": "application/json",
            "time": "1760000000456", "appId": "app-uuid", "connectionId": "conn-uuid",
        });
        let frame = json!({ "specVersion": "1.0", "type": kind, "headers": headers, "data": data });
        self.tell(line, Do::Say(frame.to_string()));
    }

    /// Pushes a body over the newest open connection, in a frame of its own; whether it was taken
    /// before that connection ended.
    pub async fn deliver(&self, body: &Value) -> bool {
        let (line, id) = {
            let mut inner = self.lock();
            let Some(line) = inner.lines.iter().rposition(|line| line.open) else { return false };
            inner.delivered += 1;
            (line, format!("frame-{}", inner.delivered))
        };
        self.push(line, &id, body);
        let over = |inner: &Inner| inner.code(&id).is_some() || !inner.lines[line].open;
        self.until("answer or end", over).await;
        self.lock().code(&id) == Some(200)
    }

    /// The answer to a frame, once there is one.
    pub async fn answer(&self, id: &str) -> Answer {
        self.until(id, |inner| inner.answer(id).is_some()).await;
        self.lock().answer(id).cloned().expect("it is there")
    }

    /// The code of the answer to a frame so far.
    pub fn code(&self, id: &str) -> Option<u64> {
        self.lock().code(id)
    }

    /// Everything the bot said was of the platform's form.
    pub fn assert_well_formed(&self) {
        let violations = self.lock().violations.clone();
        assert_eq!(violations, [""; 0]);
    }

    /// Answers a call for a place.
    pub fn place(&self, accepts_json: bool, has_token: bool, body: &Value) -> Response {
        let mut inner = self.lock();
        inner.calls += 1;
        let topics = body["subscriptions"].as_array().cloned().unwrap_or_default();
        let wanted = json!([{ "type": "CALLBACK", "topic": ROBOT }]);
        let filled = |name: &str| body[name].as_str().is_some_and(|text| !text.is_empty());
        let right = accepts_json && !has_token && json!(topics) == wanted;
        if !right || !["clientId", "clientSecret", "ua"].into_iter().all(filled) {
            inner.violations.push(format!("a call for a place: {accepts_json} {body}"));
        }
        let ticket = format!("ticket+{}/secret=", inner.calls);
        let (endpoint, good) = match inner.offers.pop_front() {
            None => (format!("{}/connect", self.origin), true),
            Some(Offer::BadTicket) => (format!("{}/connect", self.origin), false),
            Some(Offer::Elsewhere(endpoint)) => (endpoint, true),
            Some(Offer::Answer(status, body)) => {
                let status = StatusCode::from_u16(status).expect("a status");
                return (status, body).into_response();
            }
        };
        if good {
            inner.tickets.insert(ticket.clone());
        }
        axum::Json(json!({ "endpoint": endpoint, "ticket": ticket })).into_response()
    }

    async fn serve(self, stream: impl AsyncRead + AsyncWrite + Unpin) {
        // The library fixes the error's size.
        #[expect(clippy::result_large_err, reason = "tungstenite's callback")]
        let admit = |request: &Request, answer: Met| {
            let query = request.uri().query().unwrap_or_default();
            let mut pairs = url::form_urlencoded::parse(query.as_bytes());
            let ticket = pairs.next().filter(|(name, _)| name == "ticket");
            let good = ticket.is_some_and(|(_, ticket)| self.lock().tickets.remove(&*ticket));
            if good && request.uri().path() == "/connect" && pairs.next().is_none() {
                return Ok(answer);
            }
            let mut refused = ErrorResponse::new(None);
            *refused.status_mut() = StatusCode::UNAUTHORIZED;
            Err(refused)
        };
        let Ok(socket) = tokio_tungstenite::accept_hdr_async(stream, admit).await else { return };
        let (tell, told) = mpsc::unbounded_channel();
        let line = {
            let mut inner = self.lock();
            inner.lines.push(Line { tell, open: true, closed_with: None });
            inner.lines.len() - 1
        };
        self.changed();
        let code = self.speak(line, socket, told).await;
        let mut inner = self.lock();
        inner.lines[line].open = false;
        inner.lines[line].closed_with = code;
        drop(inner);
        self.changed();
    }

    /// Until either end is done; the code with which the bot closed it.
    async fn speak(
        &self,
        line: usize,
        mut socket: WebSocketStream<impl AsyncRead + AsyncWrite + Unpin>,
        mut told: mpsc::UnboundedReceiver<Do>,
    ) -> Option<u16> {
        loop {
            tokio::select! {
                heard = socket.next() => match heard {
                    Some(Ok(Message::Text(text))) => self.heard(line, &text),
                    Some(Ok(Message::Close(close))) => {
                        // Says the same, and is done.
                        let _ = socket.flush().await;
                        return close.map(|close| close.code.into());
                    }
                    Some(Ok(_)) => {}
                    Some(Err(_)) | None => return None,
                },
                Some(what) = told.recv() => {
                    let message = match what {
                        Do::Say(text) => Message::text(text),
                        Do::Bytes(bytes) => Message::binary(bytes),
                        Do::Close => Message::Close(None),
                        Do::Vanish => return None,
                    };
                    // The bot may have gone meanwhile; then the next read says so.
                    let _ = socket.send(message).await;
                }
            }
        }
    }

    fn distrusted(&self) {
        self.lock().distrusted += 1;
        self.changed();
    }

    fn heard(&self, line: usize, text: &str) {
        let frame: Value = serde_json::from_str(text).unwrap_or(Value::Null);
        let mut inner = self.lock();
        let id = frame["headers"]["messageId"].as_str().unwrap_or_default().to_owned();
        let data = frame["data"].as_str().unwrap_or_default();
        let is_json = serde_json::from_str::<Value>(data).is_ok();
        let is_answer = frame["code"].is_u64() && frame["message"].is_string() && is_json;
        let kind = frame["headers"]["contentType"] == "application/json";
        let asked = inner.pushed.get(&id) == Some(&line);
        if !is_answer || !kind || !asked || inner.answer(&id).is_some() {
            inner.violations.push(format!("over {line}: {text}"));
        }
        inner.answers.push(Answer { line, frame });
        drop(inner);
        self.changed();
    }

    async fn until(&self, what: &str, enough: impl Fn(&Inner) -> bool) {
        let mut changed = self.shared.changed.subscribe();
        let wait = changed.wait_for(|_| enough(&self.lock()));
        let waited = tokio::time::timeout(DEADLINE, wait).await.map(|met| met.map(|_| ()));
        let inner = self.lock();
        assert!(matches!(waited, Ok(Ok(()))), "no {what} in {:#?}", inner.answers);
    }

    fn changed(&self) {
        self.shared.changed.send_modify(|count| *count += 1);
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.shared.state.lock().expect("no test panics with it")
    }
}

impl Inner {
    fn answer(&self, id: &str) -> Option<&Answer> {
        self.answers.iter().find(|answer| answer.frame["headers"]["messageId"] == id)
    }

    fn code(&self, id: &str) -> Option<u64> {
        self.answer(id)?.frame["code"].as_u64()
    }
}
