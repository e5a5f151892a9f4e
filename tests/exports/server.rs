//! The real server with its playground: an export asked for in the chat is had once.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use reqwest::{Client, Method, Response};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use steward::app::{App, AppConfig, Running};
use steward::model::PersonId;
use steward::platform::playground::Playground;
use steward::store::{Kind, Master};

use crate::fake::bot::{client, settings};
use crate::read;

/// Only a bot that never answers is waited for this long.
const DEADLINE: Duration = Duration::from_secs(60);

/// A running bot with its page; 陈经理 is its admin.
pub struct Page {
    running: Running,
    pub client: Client,
    said: usize,
}

/// Its settings, with its data in this folder.
pub fn config(folder: &Path) -> AppConfig {
    let chen = PersonId { account: "play".into(), id: "chen".into() };
    let settings = steward::model::Settings { admins: vec![chen], ..settings() };
    let settings = steward::model::Settings { public_url: "http://127.0.0.1:0".into(), ..settings };
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

impl Page {
    pub async fn start(folder: &Path) -> Self {
        let running = App::start(config(folder)).await.expect("it starts");
        Self { running, client: client(), said: 0 }
    }

    pub async fn say(&mut self, sender: &str, text: &str) {
        self.said += 1;
        let id = format!("m{}", self.said);
        let body = json!({
            "conversation": "project", "sender": sender, "text": text, "id": id
        });
        let url = format!("http://{}/play/say", self.running.addr);
        let request = self.client.post(url).header("content-type", "application/json");
        let answer = request.body(body.to_string()).send().await.expect("an answer");
        assert_eq!(answer.status().as_u16(), 200);
    }

    /// The last line on the page that holds this text, once there is one.
    pub async fn line(&self, text: &str) -> String {
        let url = format!("http://{}/play/stream", self.running.addr);
        // From here on every new line comes with it.
        let mut news = self.get(&url).await;
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

    async fn lines(&self) -> Vec<String> {
        let url = format!("http://{}/play/state", self.running.addr);
        let answer = self.client.get(url).send().await.expect("an answer");
        let state: Value = serde_json::from_str(&answer.text().await.expect("text")).expect("JSON");
        let lines = state["lines"].as_array().expect("lines").iter();
        lines.map(|line| line["text"].as_str().expect("a text").to_owned()).collect()
    }

    /// The address of an export, as its asker was sent it.
    pub async fn address(&self, number: u32) -> String {
        let sent = self.line(&format!("导出 X{number} 好了")).await;
        assert!(sent.contains("/export/"), "{sent}");
        sent.lines().find(|line| line.contains("/export/")).expect("an address").trim().to_owned()
    }

    pub async fn get(&self, url: &str) -> Response {
        self.client.get(url).send().await.expect("an answer")
    }

    pub async fn stop(self) {
        self.running.stop().await;
    }
}

pub fn files(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let entries = entries.map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_is_had_once_and_then_never_again() {
    let folder = tempfile::tempdir().unwrap();
    let mut page = Page::start(folder.path()).await;
    page.say("lilei", "三班家长要求退费并投诉").await;
    page.say("chen", "@管家 导出 退费 csv").await;
    let url = page.address(1).await;
    let exports = folder.path().join("data/exports");
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!((mode(&exports), mode(&files(&exports)[0])), (0o700, 0o600));
    // Whoever only looks, or fetches it in case, has not had it.
    let head = page.client.request(Method::HEAD, &url).send().await.unwrap();
    assert_eq!(head.status().as_u16(), 405);
    let ahead = page.client.get(&url).header("sec-purpose", "prefetch").send().await.unwrap();
    assert_eq!(ahead.status().as_u16(), 503);
    let answer = page.get(&url).await;
    assert_eq!(answer.status().as_u16(), 200);
    let header = |name: &str| answer.headers()[name].to_str().unwrap().to_owned();
    assert_eq!(header("content-disposition"), "attachment; filename=\"steward-X1.csv\"");
    assert_eq!(header("cache-control"), "no-store");
    let file = answer.bytes().await.unwrap();
    assert_eq!(read::csv(&file)[1][3], "三班家长要求退费并投诉");
    let sent = page.line("文件 SHA-256").await;
    assert!(sent.contains(&hex::encode(Sha256::digest(&file))), "{sent}");
    for _ in 0..2 {
        let again = page.get(&url).await;
        assert_eq!(again.status().as_u16(), 410);
        assert!(again.text().await.unwrap().contains("已失效"));
    }
    page.line("X1 已用 陈经理 的地址下载").await;
    page.say("chen", "@管家 日志 X1").await;
    assert!(page.line("X1 的记录").await.contains("下载"));
    page.stop().await;
    assert!(files(&exports).is_empty(), "nothing is left of it");
}

#[tokio::test(flavor = "multi_thread")]
async fn of_many_who_open_it_at_once_one_has_it() {
    let folder = tempfile::tempdir().unwrap();
    let mut page = Page::start(folder.path()).await;
    page.say("lilei", "三班家长要退费").await;
    page.say("chen", "@管家 导出 退费 表格").await;
    let url = page.address(1).await;
    let all = tokio::join!(page.get(&url), page.get(&url), page.get(&url), page.get(&url));
    let all = [all.0, all.1, all.2, all.3].map(|answer| answer.status().as_u16());
    assert_eq!(all.iter().filter(|status| **status == 200).count(), 1, "{all:?}");
    assert_eq!(all.iter().filter(|status| **status == 410).count(), 3, "{all:?}");
    assert_eq!(page.get(&format!("{url}x")).await.status().as_u16(), 410);
    page.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_lost_the_right_meanwhile_gets_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let mut page = Page::start(folder.path()).await;
    page.say("lilei", "三班家长要退费").await;
    page.say("chen", "@管家 角色 @李雷 负责人").await;
    page.line("由【成员】变为【负责人】").await;
    page.say("lilei", "@管家 导出 退费 网页").await;
    let url = page.address(1).await;
    page.say("chen", "@管家 角色 @李雷 成员").await;
    page.line("由【负责人】变为【成员】").await;
    assert_eq!(page.get(&url).await.status().as_u16(), 410);
    page.line("X1 作废了").await;
    page.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_waits_holds_nothing_legible_and_goes_when_it_is_not_wanted() {
    let folder = tempfile::tempdir().unwrap();
    let mut page = Page::start(folder.path()).await;
    page.say("lilei", "独家代理权的事下周谈").await;
    for (number, format) in (1..).zip(["csv", "json", "网页", "表格", "word"]) {
        page.say("chen", &format!("@管家 导出 代理权 {format} 用途:保密用途")).await;
        page.address(number).await;
    }
    let data = folder.path().join("data");
    assert_eq!(files(&data.join("exports")).len(), 5);
    for path in files(&data) {
        let bytes = fs::read(&path).unwrap();
        for word in ["独家代理", "代理权的", "保密用途", "项目群"] {
            let legible = bytes.windows(word.len()).any(|part| part == word.as_bytes());
            assert!(!legible, "{word} in {}", path.display());
        }
    }
    page.say("chen", "@管家 X1 删").await;
    page.line("X1 已取消").await;
    page.stop().await;
}
