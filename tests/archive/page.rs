//! The real server with its playground, a chat to speak in, and a browser's side of the archive
//! page. 陈经理 is its admin.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use reqwest::{Client, RequestBuilder, Response};
use serde_json::{Value, json};
use steward::app::{App, AppConfig, Running};
use steward::model::{PersonId, Settings};
use steward::platform::playground::Playground;
use steward::store::{Kind, Master};

use crate::fake::bot::{client, settings};

/// Only a bot that never answers is waited for this long.
const DEADLINE: Duration = Duration::from_secs(60);

/// A running bot.
pub struct Bot {
    running: Running,
    client: Client,
    said: usize,
}

/// A visitor: the cookie and the stamp of a window.
#[derive(Clone)]
pub struct Visitor {
    /// The cookie's name and value.
    pub cookie: String,
    /// The stamp.
    pub stamp: String,
}

impl Bot {
    pub async fn start(folder: &Path) -> Self {
        let chen = PersonId { account: "play".into(), id: "chen".into() };
        let settings =
            Settings { admins: vec![chen], public_url: "http://127.0.0.1:0".into(), ..settings() };
        let playground = Playground::new("play", vec![settings.name.clone()]);
        let config = AppConfig {
            listen: ([127, 0, 0, 1], 0).into(),
            store: Kind::Sled,
            path: folder.join("data"),
            master: Master::File(folder.join("data.key")),
            settings,
            platforms: vec![("play".into(), Arc::new(playground))],
            page: Some("play".into()),
            fatal: Arc::new(|fault| panic!("{fault}")),
        };
        let running = App::start(config).await.expect("it starts");
        Self { running, client: client(), said: 0 }
    }

    /// The origin of its pages.
    pub fn origin(&self) -> String {
        format!("http://{}", self.running.addr)
    }

    pub async fn say(&mut self, sender: &str, text: &str) {
        self.say_in("project", sender, text).await;
    }

    pub async fn say_in(&mut self, conversation: &str, sender: &str, text: &str) {
        self.said += 1;
        let id = format!("m{}", self.said);
        let body =
            json!({ "conversation": conversation, "sender": sender, "text": text, "id": id });
        let answer = self.post("/play/say", &body).send().await.expect("an answer");
        assert_eq!(answer.status().as_u16(), 200);
    }

    /// Moves the clock on.
    pub async fn pass(&self, minutes: i64) {
        let to = self.running.clock.now().0 + minutes * 60_000;
        let body = json!({ "to_ms": to });
        let answer = self.post("/play/clock", &body).send().await.expect("an answer");
        assert_eq!(answer.status().as_u16(), 200);
    }

    /// The last line of the chats that holds this text, once there is one.
    pub async fn line(&self, text: &str) -> String {
        let url = format!("{}/play/stream", self.origin());
        // From here on every new line comes with it.
        let mut news = self.client.get(&url).send().await.expect("a stream");
        let looking = async {
            loop {
                let found = self.lines().await.into_iter().rev().find(|line| line.contains(text));
                match found {
                    Some(line) => return line,
                    None => news.chunk().await.expect("news"),
                };
            }
        };
        tokio::time::timeout(DEADLINE, looking).await.expect("it is said")
    }

    /// Every line of the chats.
    pub async fn lines(&self) -> Vec<String> {
        let url = format!("{}/play/state", self.origin());
        let state = json_of(self.client.get(url).send().await.expect("an answer")).await;
        let lines = state["lines"].as_array().expect("lines").iter();
        lines.map(|line| line["text"].as_str().expect("a text").to_owned()).collect()
    }

    /// The key of an address that somebody asks for in the group.
    pub async fn asked(&mut self, sender: &str) -> String {
        let before = self.lines().await.iter().filter(|line| line.contains("/archive#")).count();
        self.say(sender, "@管家 存档页").await;
        let looking = async {
            loop {
                let lines = self.lines().await;
                let sent = lines.iter().filter(|line| line.contains("/archive#")).nth(before);
                if let Some(key) = sent.and_then(|line| line.split_once("/archive#")) {
                    return key.1.lines().next().expect("a key").to_owned();
                }
                tokio::task::yield_now().await;
            }
        };
        tokio::time::timeout(DEADLINE, looking).await.expect("it is sent")
    }

    /// A request of the page itself.
    pub fn post(&self, path: &str, body: &Value) -> RequestBuilder {
        let request = self.client.post(format!("{}{path}", self.origin()));
        let request = request.header("content-type", "application/json");
        request.header("origin", self.origin()).body(body.to_string())
    }

    pub async fn get(&self, path: &str) -> Response {
        self.client.get(format!("{}{path}", self.origin())).send().await.expect("an answer")
    }

    /// A request that brings no origin of its own.
    pub fn bare(&self, path: &str, body: &Value) -> RequestBuilder {
        let request = self.client.post(format!("{}{path}", self.origin()));
        request.header("content-type", "application/json").body(body.to_string())
    }

    /// Uses a key up; the answer.
    pub async fn use_up(&self, key: &str) -> Response {
        let body = json!({ "token": key });
        self.post("/archive/in", &body).send().await.expect("an answer")
    }

    /// A visit of somebody who asks for it in the group.
    pub async fn enter(&mut self, sender: &str) -> Visitor {
        let key = self.asked(sender).await;
        let answer = self.use_up(&key).await;
        assert_eq!(answer.status().as_u16(), 204);
        let cookie = answer.headers()["set-cookie"].to_str().expect("text");
        let cookie = cookie.split(';').next().expect("a value").to_owned();
        let visitor = Visitor { cookie, stamp: String::new() };
        let state = json_of(self.ask(&visitor, "state", json!({})).await).await;
        let stamp = state["stamp"].as_str().expect("a stamp").to_owned();
        Visitor { stamp, ..visitor }
    }

    /// A request of a visitor.
    pub async fn ask(&self, visitor: &Visitor, what: &str, mut body: Value) -> Response {
        if what != "out" {
            body["lang"] = json!("zh");
        }
        let request = self.post(&format!("/archive/{what}"), &body);
        let request = request.header("cookie", &visitor.cookie);
        request.header("x-archive-stamp", &visitor.stamp).send().await.expect("an answer")
    }

    /// The status of a visitor's search.
    pub async fn status(&self, visitor: &Visitor) -> u16 {
        let body = json!({ "query": "", "below": null });
        self.ask(visitor, "find", body).await.status().as_u16()
    }

    /// A page of a search.
    pub async fn find(&self, visitor: &Visitor, query: &str, below: Option<u64>) -> Value {
        let body = json!({ "query": query, "below": below });
        let answer = self.ask(visitor, "find", body).await;
        assert_eq!(answer.status().as_u16(), 200);
        json_of(answer).await
    }

    /// Something done; what came of it.
    pub async fn act(&self, visitor: &Visitor, act: Value) -> Value {
        let answer = self.ask(visitor, "act", json!({ "act": act })).await;
        assert_eq!(answer.status().as_u16(), 200);
        json_of(answer).await
    }

    pub async fn stop(self) {
        self.running.stop().await;
    }
}

pub async fn json_of(response: Response) -> Value {
    serde_json::from_str(&response.text().await.expect("a body")).expect("JSON")
}

/// The numbers of the messages of an answer.
pub fn numbers(found: &Value) -> Vec<u64> {
    let messages = found["messages"].as_array().expect("messages").iter();
    messages.map(|message| message["number"].as_u64().expect("a number")).collect()
}

/// The text of a message of an answer.
pub fn text(message: &Value) -> String {
    let pieces = message["pieces"].as_array().expect("pieces").iter();
    pieces.map(|piece| piece[0].as_str().expect("a text")).collect()
}
