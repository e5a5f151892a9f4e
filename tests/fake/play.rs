//! The real bot with its playground, driven as the page drives it.

use std::path::Path;
use std::sync::Arc;

use reqwest::Client;
use serde_json::{Value, json};
use steward::app::{App, AppConfig, Running};
use steward::platform::playground::Playground;
use steward::store::{Kind, Master};

use super::bot::{client, settings};

/// A running bot with one playground account, `play`.
pub struct Play {
    running: Running,
    client: Client,
}

impl Play {
    /// On a store in this folder.
    pub async fn start(folder: &Path) -> Self {
        let running = App::start(config(folder)).await.expect("it starts");
        Self { running, client: client() }
    }

    /// What time it is for the bot, in ms.
    pub fn now_ms(&self) -> i64 {
        self.running.clock.now().0
    }

    /// A member says something in the project group.
    pub async fn say(&self, id: &str, text: &str) {
        let body = json!({
            "conversation": "project", "sender": "lilei", "text": text, "id": id
        });
        self.post("/play/say", &body).await;
    }

    /// The clock jumps.
    pub async fn jump(&self, to_ms: i64) {
        self.post("/play/clock", &json!({ "to_ms": to_ms })).await;
    }

    /// The lines on the page that hold this text: when, and what.
    pub async fn lines(&self, text: &str) -> Vec<(i64, String)> {
        let url = format!("http://{}/play/state", self.running.addr);
        let answer = self.client.get(url).send().await.expect("an answer");
        let body = answer.text().await.expect("text");
        let state: Value = serde_json::from_str(&body).expect("JSON");
        let lines = state["lines"].as_array().expect("lines").iter();
        let read = lines.map(|line| {
            let text = line["text"].as_str().expect("a text");
            (line["at_ms"].as_i64().expect("a time"), text.to_owned())
        });
        read.filter(|(_, line)| line.contains(text)).collect()
    }

    /// Stops it.
    pub async fn stop(self) {
        self.running.stop().await;
    }

    async fn post(&self, path: &str, body: &Value) {
        let url = format!("http://{}{path}", self.running.addr);
        let request = self.client.post(url).header("content-type", "application/json");
        let answer = request.body(body.to_string()).send().await.expect("an answer");
        assert_eq!(answer.status().as_u16(), 200, "{path}");
    }
}

/// A bot with one playground account, `play`, and its page, on a store in this folder.
pub fn config(folder: &Path) -> AppConfig {
    let settings = settings();
    let playground = Playground::new("play", vec![settings.name.clone()]);
    AppConfig {
        listen: ([127, 0, 0, 1], 0).into(),
        store: Kind::Sled,
        path: folder.join("data"),
        master: Master::File(folder.join("data.key")),
        settings,
        platforms: vec![("play".into(), Arc::new(playground))],
        page: Some("play".into()),
        fatal: Arc::new(|fault| panic!("{fault}")),
    }
}
