//! What an outsider tries against the real bot over loopback. Each test is an attack that once
//! worked, or must never.

mod bot;
#[expect(dead_code, reason = "the whole-bot tests use the rest")]
mod fake;

use std::ops::Range;
use std::sync::Arc;

use fake::bot::Said;
use fake::dingtalk::{FakeDingTalk, Recorded, Way};
use reqwest::Client;
use serde_json::{Value, json};
use steward::app::{App, AppConfig, Running};
use steward::core::Core;
use steward::model::event::{Body, Report, Sender};
use steward::model::{Cause, Event, Incoming, MessageId, PersonId, Scope, Timestamp};
use steward::platform::playground::Playground;
use steward::platform::{Raw, source};
use steward::shell::worker::{Job, Turns};
use steward::store::backend::{Backend, Row, Rows};
use steward::store::memory::Memory;
use steward::store::table::id;
use steward::store::{Fault, Kind, Master, Order, Sealed, Store};

/// A bot with a playground account `play` and its page.
async fn playground() -> Running {
    steward::shell::transport::install_tls();
    let names = vec!["管家".into()];
    let config = AppConfig {
        listen: ([127, 0, 0, 1], 0).into(),
        store: Kind::Memory,
        path: "data".into(),
        master: Master::File("data.key".into()),
        settings: fake::bot::settings(),
        platforms: vec![("play".into(), Arc::new(Playground::new("play", names)))],
        page: Some("play".into()),
        fatal: Arc::new(|fault| panic!("{fault}")),
    };
    App::start(config).await.expect("it starts")
}

/// The status of a post to the bot.
async fn status(client: &Client, bot: &Running, path: &str, header: (&str, &str)) -> u16 {
    let body = json!({
        "conversation": "g", "direct": true, "sender": { "id": "manager01" },
        "text": "状态", "id": "m1",
    });
    let request = client.post(format!("http://{}{path}", bot.addr)).header(header.0, header.1);
    request.body(body.to_string()).send().await.expect("an answer").status().as_u16()
}

#[tokio::test]
async fn nobody_posts_to_the_playground_but_through_its_page() {
    let bot = playground().await;
    let client = fake::bot::client();
    // What a foreign web page can make a browser send.
    let plain = ("content-type", "text/plain");
    assert_eq!(status(&client, &bot, "/callback/play", plain).await, 401);
    assert_eq!(status(&client, &bot, "/callback/play/", plain).await, 404);
    for header in [("host", "evil.example"), ("origin", "http://evil.example")] {
        assert_eq!(status(&client, &bot, "/play/say", header).await, 403, "{header:?}");
    }
    bot.stop().await;
}

/// What the bot answers to a line in a direct chat.
fn direct(bot: &mut bot::Bot, id: &str, text: &str) -> String {
    let before = bot.said.len();
    let body = json!({
        "conversation": "", "direct": true, "sender": { "id": "甲", "name": "甲" },
        "text": text, "id": id,
    });
    let raw = Raw { body: body.to_string().into_bytes(), ..Raw::default() };
    bot.callback(&raw).expect("the store works");
    bot.said[before..].iter().map(|said| said.card.plain()).collect()
}

#[test]
fn guessing_the_claim_code_is_worth_nothing_after_a_few_tries_a_day() {
    let mut bot = bot::Bot::new();
    for n in 0..20 {
        let answer = direct(&mut bot, &format!("w{n}"), &format!("认领 管理员 AAAA-{n:04}"));
        assert!(!answer.contains("你现在是组织管理员"), "{answer}");
    }
    let late = direct(&mut bot, "late", "认领 管理员 K7QF-2MXD");
    assert!(!late.contains("你现在是组织管理员"), "{late}");
    bot.jump(bot.now.plus_ms(24 * 3_600_000)).expect("the store works");
    let next_day = direct(&mut bot, "next", "认领 管理员 K7QF-2MXD");
    assert!(next_day.contains("你现在是组织管理员"), "{next_day}");
}

/// The numbers of people, words or tags that one line may hold.
#[test]
fn no_line_makes_the_bot_look_for_hundreds_of_things() {
    let mut bot = bot::Bot::new();
    let many = |mark: &str| {
        let words: Vec<String> = (0..200).map(|n| format!("{mark}x{n}")).collect();
        words.join(" ")
    };
    for (n, (line, most)) in [
        (format!("任务 写周报 {}", many("@")), "最多 20"),
        (format!("任务 写周报 {}", many("#")), "最多 20"),
        (format!("任务 写周报 #{}", "长".repeat(41)), "最多 40"),
        (format!("搜 {}", many("")), "最多 10"),
        (format!("搜 {}", many("#")), "最多 10"),
    ]
    .into_iter()
    .enumerate()
    {
        let answer = direct(&mut bot, &format!("l{n}"), &line);
        assert!(answer.contains(most), "{line}: {answer}");
    }
}

/// Makes a source and reads its secret where the admin reads it.
async fn source_secret(bot: &fake::bot::Bot, fake: &FakeDingTalk) -> String {
    let mut body = bot.body(&Said::new("make", "来源 新建 库存"));
    body["senderStaffId"] = json!("manager01");
    bot.post_signed("/callback/main", body.to_string().into_bytes()).await;
    let direct = |call: &&Recorded| call.way == Way::Direct;
    let calls = fake.until("a secret", |calls| calls.iter().any(|call| direct(&call))).await;
    let param = calls.iter().find(direct).and_then(|call| call.body["msgParam"].as_str());
    let param: Value = serde_json::from_str(param.expect("a message")).expect("JSON");
    let mut lines = param["content"].as_str().expect("a text").lines();
    lines.find(|line| line.len() == 43).expect("43 letters").to_owned()
}

#[tokio::test]
async fn a_copied_report_under_another_event_id_is_refused() {
    let fake = FakeDingTalk::start().await;
    let bot = fake::bot::Bot::start(&fake).await;
    let secret = source_secret(&bot, &fake).await;
    let (client, at) = (fake::bot::client(), bot.now().to_string());
    let sign = source::signature(secret.as_bytes(), &at, b"{}");
    let send = async |id: &str| {
        let request = client
            .post(format!("{}/events/%E5%BA%93%E5%AD%98", bot.base))
            .header(source::TIMESTAMP_HEADER, &at)
            .header(source::SIGNATURE_HEADER, &sign)
            .header(source::EVENT_ID_HEADER, id);
        request.body("{}").send().await.expect("an answer").status().as_u16()
    };
    assert_eq!(send("e1").await, 200);
    assert_eq!(send("e1").await, 200, "an honest repetition");
    assert_eq!(send("e2").await, 401);
    bot.stop(&fake).await;
}

/// An engine that panics when a person is looked up, as a bug in a decision would.
struct Brittle(Memory);

impl Backend for Brittle {
    fn get(&self, key: &[u8]) -> Result<Option<Vec<u8>>, Fault> {
        assert!(key[0] != id::MEMBER.0, "a person");
        self.0.get(key)
    }

    fn scan(&self, range: Range<&[u8]>, limit: usize, order: Order) -> Result<Vec<Row>, Fault> {
        self.0.scan(range, limit, order)
    }

    fn write(&self, rows: Rows) -> Result<(), Fault> {
        self.0.write(rows)
    }

    fn sync(&self) -> Result<(), Fault> {
        self.0.sync()
    }
}

#[test]
fn an_event_whose_turn_panics_is_kept_once_and_the_next_one_is_taken() {
    let (store, keys) = Sealed::open(Brittle(Memory::default()), &bot::master()).expect("opens");
    let store = Arc::new(store);
    let core = Core { settings: bot::settings(), catalogue: bot::catalogue() };
    let turns = Turns::new(
        core,
        Arc::clone(&store) as Arc<dyn Store>,
        keys.clone(),
        Arc::default(),
        Arc::default(),
        Arc::default(),
    );
    let scope = Scope::Source("库存".into());
    let hash = keys.scope(&scope);
    let job = |key: &str, cause| {
        let event = Event { scope: scope.clone(), key: Some(key.into()), cause };
        Job { event, wake: None, now: Timestamp(1_790_000_000_000) }
    };
    let sender = Sender {
        person: PersonId { account: "main".into(), id: "甲".into() },
        name: "甲".into(),
        is_bot: false,
    };
    let message = Incoming {
        id: MessageId("m1".into()),
        sender,
        title: String::new(),
        sent_at: Timestamp(0),
        body: Body::Text("任务 写周报".into()),
        addressed: true,
        mentions: Vec::new(),
        quoted: None,
        reply_route: None,
    };
    let broken = job("m1", Cause::Message(Box::new(message)));
    assert!(!turns.take(&broken, hash).expect("it is over").duplicate);
    assert!(turns.take(&broken, hash).expect("it is over").duplicate, "a redelivery");
    let fine = job("e1", Cause::Reported(Report { fields: Vec::new() }));
    assert!(!turns.take(&fine, hash).expect("it is over").duplicate);
    let dead = store.scan(vec![id::DEAD.0]..vec![id::DEAD.0 + 1], 10, Order::Up).expect("a scan");
    assert_eq!(dead.len(), 1);
    assert_eq!(turns.metrics.dead_letters.get(), 1);
}
