//! The real bot on loopback, and a platform's side of its callbacks.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use reqwest::{Client, Response};
use serde_json::{Value, json};
use sha2::Sha256;
use steward::app::{App, AppConfig, Running};
use steward::model::{Calendar, Lang, PersonId, Secret, Settings};
use steward::platform::dingtalk::{Account, CustomRobot, DingTalk, LIMITS};
use steward::store::table::id;
use steward::store::{Key, Kind, Master, Order, Store, TableId};

use super::dingtalk::FakeDingTalk;
use super::stream::Gateway;

/// Secret of the account's app.
pub const SECRET: &str = "测试 secret-0123456789";
/// The group in which the account's custom robot stands.
pub const ROBOTS_GROUP: &str = "cid-robot==";
/// An hour in ms: callbacks older than that are stale (docs/platforms/dingtalk.md §1.1).
pub const HOUR_MS: i64 = 3_600_000;

/// A running bot with one DingTalk account, `main`.
pub struct Bot {
    running: Running,
    client: Client,
    /// Where it listens.
    pub base: String,
    fake: String,
}

/// One message of a member, as the platform calls it back.
#[derive(Debug, Clone)]
pub struct Said {
    /// Id of the message.
    pub id: String,
    /// Id of the group.
    pub group: String,
    /// What was said, without the @ of the bot.
    pub text: String,
    /// The whole reply address, if not the fake's own.
    pub webhook: Option<String>,
}

impl Said {
    /// A message in a group of its own, its session named like it.
    pub fn new(id: &str, text: &str) -> Self {
        Self { id: id.into(), group: format!("cid-{id}=="), text: text.into(), webhook: None }
    }

    /// The callback of something said (docs/platforms/dingtalk.md §1.2).
    pub fn body(&self, fake: &str, now: i64) -> Value {
        let own = || format!("{}/robot/sendBySession?session={}", fake, self.id);
        json!({
            "msgtype": "text", "text": { "content": format!(" {}", self.text) },
            "msgId": self.id, "createAt": now, "conversationType": "2",
            "conversationId": self.group, "conversationTitle": "项目群",
            "senderId": "$:LWCP_v1:$USER1", "senderNick": "李雷", "senderStaffId": "staff01",
            "senderCorpId": "ding0001", "chatbotCorpId": "ding0001",
            "chatbotUserId": "$:LWCP_v1:$BOT", "robotCode": "dingrobot", "isInAtList": true,
            "atUsers": [{ "dingtalkId": "$:LWCP_v1:$BOT" }],
            "sessionWebhook": self.webhook.clone().unwrap_or_else(own),
            "sessionWebhookExpiredTime": now + 5_400_000,
        })
    }
}

impl Bot {
    /// On a store in memory.
    pub async fn start(fake: &FakeDingTalk) -> Self {
        Self::start_on(fake, None).await
    }

    /// On a store in this folder.
    pub async fn start_on(fake: &FakeDingTalk, folder: Option<PathBuf>) -> Self {
        Self::start_as(fake, folder, None).await
    }

    /// In Stream mode, connecting to the fake's gateway alone.
    pub async fn start_streaming(fake: &FakeDingTalk, folder: Option<PathBuf>) -> Self {
        Self::start_as(fake, folder, Some(vec![fake.gateway.origin.clone()])).await
    }

    async fn start_as(
        fake: &FakeDingTalk,
        folder: Option<PathBuf>,
        stream: Option<Vec<String>>,
    ) -> Self {
        let path = folder.clone().unwrap_or_default();
        let config = AppConfig {
            listen: ([127, 0, 0, 1], 0).into(),
            store: if folder.is_some() { Kind::Sled } else { Kind::Memory },
            path: path.join("data"),
            master: Master::File(path.join("data.key")),
            settings: settings(),
            platforms: vec![("main".into(), Arc::new(dingtalk(&fake.base, stream)))],
            page: None,
            fatal: Arc::new(|fault| panic!("{fault}")),
        };
        let running = App::start(config).await.expect("it starts");
        let base = format!("http://{}", running.addr);
        Self { running, client: client(), base, fake: fake.base.clone() }
    }

    /// What time it is for the bot, in ms.
    pub fn now(&self) -> i64 {
        self.running.clock.now().0
    }

    /// Calls back with what was said, signed now.
    pub async fn say(&self, said: &Said) -> Response {
        let now = self.now();
        self.post("/callback/main", now, SECRET, self.body(said).to_string().into_bytes()).await
    }

    /// Calls back with any body and signature.
    pub async fn post(&self, path: &str, at: i64, secret: &str, body: Vec<u8>) -> Response {
        let request = self.client.post(format!("{}{path}", self.base));
        let request = request
            .header("content-type", "application/json; charset=utf-8")
            .header("timestamp", at.to_string())
            .header("sign", sign(at, secret));
        request.body(body).send().await.expect("an answer")
    }

    /// Signed rightly and now.
    pub async fn post_signed(&self, path: &str, body: Vec<u8>) -> Response {
        self.post(path, self.now(), SECRET, body).await
    }

    /// Signed rightly so long ago.
    pub async fn post_late(&self, body: Vec<u8>, age_ms: i64) -> Response {
        self.post("/callback/main", self.now() - age_ms, SECRET, body).await
    }

    /// Reads a page of the bot.
    pub async fn get(&self, path: &str) -> Response {
        self.client.get(format!("{}{path}", self.base)).send().await.expect("an answer")
    }

    /// Stops it and makes sure that nothing is left over: no message unsent, no event unread.
    pub async fn stop(self, fake: &FakeDingTalk) {
        let store = Arc::clone(&self.running.store);
        self.stop_only().await;
        assert_eq!(rows(&*store, id::OUTBOX), 0, "messages left in the outbox");
        assert_eq!(rows(&*store, id::DEAD), 0, "dead letters");
        fake.assert_well_formed();
    }

    /// Stops it; messages may wait.
    pub async fn stop_only(self) {
        self.running.stop().await;
    }

    /// The callback of something said.
    pub fn body(&self, said: &Said) -> Value {
        said.body(&self.fake, self.now())
    }
}

fn rows(store: &dyn Store, table: TableId) -> usize {
    let range = vec![table.0]..Key::after_prefix(&[table.0]);
    store.scan(range, 100, Order::Up).expect("a scan").len()
}

/// The signature of a callback.
pub fn sign(at: i64, secret: &str) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).expect("any length");
    mac.update(format!("{at}\n{secret}").as_bytes());
    STANDARD.encode(mac.finalize().into_bytes())
}

/// The settings of tests.
pub fn settings() -> Settings {
    Settings {
        name: "管家".into(),
        aliases: vec!["steward".into()],
        lang: Lang::Zh,
        zone: chrono_tz::Asia::Shanghai,
        admins: vec![PersonId { account: "main".into(), id: "manager01".into() }],
        claim_code_hash: None,
        public_url: "http://127.0.0.1".into(),
        calendar: Calendar::official().clone().into(),
    }
}

fn dingtalk(base: &str, stream: Option<Vec<String>>) -> DingTalk {
    let account = Account {
        name: "main".into(),
        app_key: "dingkey".into(),
        app_secret: Secret::new(SECRET),
        robot_code: "dingrobot".into(),
        corp_id: None,
        event_token: None,
        event_aes_key: None,
        card_secret: None,
        custom_robot: Some(CustomRobot {
            url: Secret::new(format!("{base}/robot/send?access_token=robot")),
            secret: Secret::new("SEC-robot"),
            conversation: Some(ROBOTS_GROUP.into()),
        }),
        api_base: base.into(),
        oapi_base: base.into(),
        webhook_origins: Vec::new(),
        stream,
        limits: LIMITS,
        bot_names: vec!["管家".into(), "steward".into()],
    };
    DingTalk::new(account).expect("good origins")
}

/// A client that goes nowhere but there.
#[expect(clippy::disallowed_methods, reason = "the platform's side, not the bot's")]
pub fn client() -> Client {
    Client::builder().no_proxy().build().expect("a client")
}

/// Settings of a bot with its data in this folder, its secret in STEWARD_TEST_SECRET; with a
/// gateway in Stream mode.
pub fn toml(folder: &Path, fake: &str, stream: Option<&Gateway>) -> String {
    let stream = stream.map_or_else(String::new, |gateway| {
        format!("mode = \"stream\"\nstream_origins = [\"{}\"]", gateway.origin)
    });
    let folder = folder.display();
    format!(
        r#"
[server]
listen = "127.0.0.1:0"
[store]
path = "{folder}/data"
[keys]
master = {{ file = "{folder}/data.key" }}
[bot]
admins = ["manager01"]
[[account]]
name = "main"
platform = "dingtalk"
app_key = "dingkey"
app_secret = {{ env = "STEWARD_TEST_SECRET" }}
robot_code = "dingrobot"
api_base = "{fake}"
oapi_base = "{fake}"
{stream}
limits = {{ calls_per_s = 1000 }}
"#
    )
}
