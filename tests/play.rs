//! The playground's routes over real HTTP, against a door that only writes down what it is given.

use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use reqwest::{Client, RequestBuilder, Response, StatusCode};
use serde_json::{Value, json};
use steward::model::{Lang, Outgoing, Scope, Timestamp};
use steward::platform::{Page, Raw};
use steward::shell::web::{Cast, Door, Hub, JumpError, PlayState, Said, SayError, Work, routes};

/// No answer of a loopback server takes this long; only a broken one is waited for.
const DEADLINE: Duration = Duration::from_secs(10);

const NOW_MS: i64 = 1_795_000_000_000;
const FLOOR: u64 = 1_000;

/// Answers each line with its text, before the line itself is known to be durable.
struct Notebook {
    hub: Arc<Hub>,
    now: AtomicI64,
    said: Mutex<Vec<Value>>,
}

impl Door for Notebook {
    fn say(&self, raw: Raw) -> Work<'_, Result<(), SayError>> {
        let body: Value = serde_json::from_slice(&raw.body).expect("the page's own JSON");
        let text = body["text"].as_str().unwrap_or_default().to_owned();
        let scope = Cast::sample("play", Lang::Zh);
        let scope = scope
            .conversation(body["conversation"].as_str().unwrap_or_default())
            .map(|c| scope.scope(c))
            .expect("a conversation of the cast");
        let id = body["id"].clone();
        self.said.lock().expect("no test panics in here").push(body);
        Box::pin(async move {
            if text == "full" {
                return Err(SayError::Busy);
            }
            self.hub.publish(answer(scope, &format!("re {id}"), &format!("re {text}")));
            Ok(())
        })
    }

    fn jump(&self, to: Timestamp) -> Work<'_, Result<(), JumpError>> {
        self.now.store(to.0, Ordering::SeqCst);
        Box::pin(async { Ok(()) })
    }

    fn now(&self) -> Timestamp {
        Timestamp(self.now.load(Ordering::SeqCst))
    }
}

fn answer(target: Scope, key: &str, text: &str) -> Said {
    let card = Outgoing::text(text).and_button("完成", "T1 完成");
    Said::by_bot(Page { target, card, idempotency_key: key.into() }, Timestamp(NOW_MS))
}

struct Playground {
    door: Arc<Notebook>,
    client: Client,
    base: String,
}

impl Playground {
    async fn open() -> Self {
        // Another test of this process may have been first.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let hub = Arc::new(Hub::new(FLOOR));
        let door = Arc::new(Notebook {
            hub: Arc::clone(&hub),
            now: AtomicI64::new(NOW_MS),
            said: Mutex::default(),
        });
        let state = PlayState {
            door: door.clone(),
            hub,
            cast: Arc::new(Cast::sample("play", Lang::Zh)),
            words: Arc::from([]),
            bot_name: "管家".into(),
            zone: chrono_tz::Asia::Shanghai,
            lang: Lang::Zh,
        };
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let base = format!("http://{}/play", listener.local_addr().expect("bound"));
        tokio::spawn(async move { axum::serve(listener, routes(state)).await });
        Self { door, client: client(), base }
    }

    fn get(&self, path: &str) -> RequestBuilder {
        self.client.get(format!("{}{path}", self.base))
    }

    fn post(&self, path: &str, body: &Value) -> RequestBuilder {
        let request = self.client.post(format!("{}{path}", self.base));
        request.header("content-type", "application/json").body(body.to_string())
    }

    async fn say(&self, body: Value) -> StatusCode {
        send(self.post("/say", &body)).await.status()
    }

    async fn state(&self) -> Value {
        json_of(send(self.get("/state")).await).await
    }

    async fn texts(&self) -> Vec<String> {
        let state = self.state().await;
        let lines = state["lines"].as_array().cloned().unwrap_or_default();
        lines.iter().filter_map(|l| l["text"].as_str().map(str::to_owned)).collect()
    }

    fn said(&self) -> Vec<Value> {
        self.door.said.lock().expect("no test panics in here").clone()
    }
}

async fn send(request: RequestBuilder) -> Response {
    request.send().await.expect("an answer")
}

async fn json_of(response: Response) -> Value {
    serde_json::from_str(&response.text().await.expect("a body")).expect("JSON")
}

/// The stream's text up to and including `end`.
async fn read_until(mut stream: Response, end: &str) -> String {
    let mut text = String::new();
    while !text.contains(end) {
        let chunk = stream.chunk().await.expect("in time").expect("a stream has no end");
        text.push_str(&String::from_utf8_lossy(&chunk));
    }
    text
}

fn line(id: &str, text: &str) -> Value {
    json!({ "conversation": "project", "sender": "lilei", "text": text, "id": id })
}

#[expect(clippy::disallowed_methods, reason = "a page's side, not the bot's")]
fn client() -> Client {
    Client::builder().no_proxy().timeout(DEADLINE).build().expect("a client")
}

#[tokio::test]
async fn the_door_gets_the_names_of_the_cast_and_the_words_of_the_page() {
    let play = Playground::open().await;
    let said = json!({
        "conversation": "project", "sender": "chen", "text": "@管家 任务 写周报 @韩梅梅",
        "id": "m-1", "only_mentions": true,
    });
    assert_eq!(play.say(said).await, StatusCode::OK);
    let expected = json!({
        "conversation": "project", "direct": false, "title": "项目群",
        "sender": { "id": "chen", "name": "陈经理" }, "text": "@管家 任务 写周报 @韩梅梅",
        "id": "m-1", "mentions": [{ "id": "hanmeimei", "name": "韩梅梅" }],
        "quoted": null, "at_ms": NOW_MS, "only_mentions": true,
    });
    assert_eq!(play.said(), [expected]);
}

#[tokio::test]
async fn an_answer_stands_below_the_line_that_asked() {
    let play = Playground::open().await;
    play.say(line("a", "早")).await;
    assert_eq!(play.texts().await, ["早", "re 早"]);
}

#[tokio::test]
async fn a_quoted_line_goes_along_as_it_was_said() {
    let play = Playground::open().await;
    play.say(line("a", "早")).await;
    let mut reply = line("b", "T1 完成");
    reply["quoted"] = json!("re \"a\"");
    assert_eq!(play.say(reply).await, StatusCode::OK);
    let quoted = json!({
        "id": "re \"a\"", "sender_id": "steward", "sender_name": "管家", "text": "re 早",
    });
    assert_eq!(play.said()[1]["quoted"], quoted);
}

#[tokio::test]
async fn delivered_twice_is_heard_twice_and_shown_once() {
    let play = Playground::open().await;
    let mut twice = line("a", "早");
    twice["twice"] = json!(true);
    assert_eq!(play.say(twice).await, StatusCode::OK);
    let said = play.said();
    assert_eq!(said.len(), 2);
    assert_eq!(said[0], said[1]);
    assert_eq!(play.texts().await, ["早", "re 早"]);
}

#[tokio::test]
async fn what_was_not_taken_is_not_shown() {
    let play = Playground::open().await;
    assert_eq!(play.say(line("a", "full")).await, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(play.texts().await, [""; 0]);
}

#[tokio::test]
async fn what_the_cast_does_not_have_is_refused() {
    let play = Playground::open().await;
    for (field, value) in [
        ("conversation", json!("nowhere")),
        ("conversation", json!("direct-chen")),
        ("sender", json!("mallory")),
        ("text", json!(" \n")),
        ("text", json!("长".repeat(10_001))),
        ("id", json!("")),
        ("id", json!("a\u{0}b")),
        ("quoted", json!("never said")),
    ] {
        let mut body = line("a", "早");
        body[field] = value;
        assert_eq!(play.say(body).await, StatusCode::BAD_REQUEST, "{field}");
    }
    assert_eq!(play.said(), [Value::Null; 0]);
}

#[tokio::test]
async fn a_body_over_the_limit_is_refused() {
    let play = Playground::open().await;
    let status = play.say(line("a", &"a".repeat(64 * 1024))).await;
    assert_eq!(status, StatusCode::PAYLOAD_TOO_LARGE);
}

#[tokio::test]
async fn another_site_is_refused_on_every_route() {
    let play = Playground::open().await;
    let body = line("a", "早");
    let headers = [
        ("host", "evil.example"),
        ("origin", "http://evil.example"),
        ("sec-fetch-site", "cross-site"),
    ];
    for (name, value) in headers {
        for request in [
            play.get(""),
            play.get("/assets/play.js"),
            play.get("/state"),
            play.get("/stream"),
            play.post("/say", &body),
            play.post("/clock", &json!({ "to_ms": NOW_MS + 1 })),
        ] {
            let response = send(request.header(name, value)).await;
            assert_eq!(response.status(), StatusCode::FORBIDDEN, "{name} {}", response.url());
        }
    }
    assert_eq!(play.said(), [Value::Null; 0]);
}

#[tokio::test]
async fn the_stream_goes_on_after_the_last_line_seen() {
    let play = Playground::open().await;
    play.say(line("a", "一")).await;
    let stream = send(play.get(&format!("/stream?after={}", FLOOR + 1))).await;
    play.say(line("b", "二")).await;
    let text = read_until(stream, "re 二").await;
    assert!(text.contains("re 一") && text.contains("event: clock"), "{text}");
    assert!(!text.contains(r#""text":"一""#), "{text}");
    let request = play.get("/stream?after=0").header("last-event-id", (FLOOR + 3).to_string());
    let text = read_until(send(request).await, "re 二").await;
    assert!(!text.contains("re 一") && !text.contains("event: reload"), "{text}");
}

#[tokio::test]
async fn a_page_of_an_earlier_run_is_told_to_reload() {
    let play = Playground::open().await;
    play.say(line("a", "早")).await;
    let text = read_until(send(play.get("/stream?after=7")).await, "event: reload").await;
    assert!(!text.contains("早"), "{text}");
}

#[tokio::test]
async fn a_jump_is_told_to_every_page() {
    let play = Playground::open().await;
    let stream = send(play.get("/stream")).await;
    let to = NOW_MS + 3_600_000;
    let response = send(play.post("/clock", &json!({ "to_ms": to }))).await;
    assert_eq!(json_of(response).await, json!({ "now_ms": to }));
    read_until(stream, &format!(r#"{{"now_ms":{to}}}"#)).await;
    assert_eq!(play.state().await["now_ms"], to);
}

#[tokio::test]
async fn the_clock_jumps_forward_and_not_too_far() {
    let play = Playground::open().await;
    let day_ms = 24 * 3_600_000;
    for (to, status) in [
        (NOW_MS - 1, StatusCode::BAD_REQUEST),
        (NOW_MS + 400 * day_ms + 1, StatusCode::BAD_REQUEST),
        (i64::MAX, StatusCode::BAD_REQUEST),
        (NOW_MS + 400 * day_ms, StatusCode::OK),
    ] {
        let response = send(play.post("/clock", &json!({ "to_ms": to }))).await;
        assert_eq!(response.status(), status, "{to}");
    }
}

#[tokio::test]
async fn the_page_and_its_files_come_from_here_alone() {
    let play = Playground::open().await;
    let page = send(play.get("")).await;
    for (name, value) in [
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "no-referrer"),
        ("cache-control", "no-store"),
    ] {
        assert_eq!(page.headers()[name], value);
    }
    let policy = page.headers()["content-security-policy"].to_str().expect("text").to_owned();
    assert!(policy.starts_with("default-src 'self';") && !policy.contains("unsafe"), "{policy}");
    let html = page.text().await.expect("a body");
    assert!(!html.contains("//") && !html.contains(" style=") && !html.contains("<style"));
    let files: Vec<&str> = html.split('"').filter(|s| s.starts_with("/play/assets/")).collect();
    assert!(files.len() >= 4, "{files:?}");
    for file in files {
        let path = file.trim_start_matches("/play");
        assert_eq!(send(play.get(path)).await.status(), StatusCode::OK, "{file}");
    }
    assert_eq!(send(play.get("/assets/..%2Findex.html")).await.status(), StatusCode::NOT_FOUND);
}
