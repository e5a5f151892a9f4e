//! A day in the playground: the real program over HTTP, its virtual clock, and at 18:00 the report
//! with exactly these numbers; the same when it was killed at noon.

mod program;

use std::path::Path;
use std::time::Duration;

use chrono::{DateTime, Datelike, Days, NaiveTime, TimeZone, Weekday};
use chrono_tz::Asia::Shanghai;
use chrono_tz::Tz;
use program::Running;
use reqwest::{Client, StatusCode};
use serde_json::{Value, json};
use steward::platform::source::{EVENT_ID_HEADER, SIGNATURE_HEADER, TIMESTAMP_HEADER, signature};

/// No answer and no line takes this long; only a broken bot is waited for.
const DEADLINE: Duration = Duration::from_secs(60);

const GROUP: &str = "support";
const ADMIN_CHAT: &str = "direct-chen";

/// What the report says under its title.
const NUMBERS: [&str; 4] =
    ["消息：3 条", "任务：完成 1，今天到期 1，逾期 1", "关键词命中：3 次", "告警：2 条"];

#[tokio::test]
async fn at_six_the_report_has_exactly_the_numbers_of_the_day() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut day = Day::begin(folder.path()).await;
    day.morning().await;
    day.afternoon().await;
}

#[tokio::test]
async fn at_six_the_report_has_exactly_the_numbers_of_the_day_killed_at_noon() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut day = Day::begin(folder.path()).await;
    day.morning().await;
    day.killed(folder.path()).await;
    day.afternoon().await;
}

/// The bot, its page and its source.
struct Day {
    bot: Running,
    client: Client,
    /// Midnight of the day: a Monday ahead of whatever day the test runs on.
    midnight: DateTime<Tz>,
    secret: String,
    lines: usize,
}

impl Day {
    /// On Monday at nine, with a rule, a source, a subscription, a report and three tasks.
    async fn begin(folder: &Path) -> Self {
        // Another test of this process may have been first.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let mut day = Self {
            bot: program::demo(folder),
            client: client(),
            midnight: DateTime::UNIX_EPOCH.with_timezone(&Shanghai),
            secret: String::new(),
            lines: 0,
        };
        day.midnight = next_monday(day.state().await["now_ms"].as_i64().expect("a clock"));
        day.jump(9, 0).await;
        day.say("chen", "@管家 关键词 退费,转班 → #教务/退费 通知@王芳", "R1 退费、转班").await;
        day.say("chen", "@管家 来源 新建 库存", "来源「库存」已建").await;
        let card = day.line(ADMIN_CHAT, "密钥（只显示这一次）").await;
        let mut lines = card.lines().skip_while(|line| !line.starts_with("密钥"));
        day.secret = lines.nth(1).expect("the secret").to_owned();
        day.say("lilei", "@管家 订阅 库存 数量<50", "S1 已订阅").await;
        day.say("chen", "@管家 报告 每个工作日18:00 给 @陈经理", "D1 报告").await;
        day.say("lilei", "@管家 任务 今天17点 回访家长", "T1 回访家长").await;
        day.say("lilei", "@管家 任务 今天20点 写总结", "T2 写总结").await;
        day.say("lilei", "@管家 任务 今天16点 盘点", "T3 盘点").await;
        day
    }

    /// Two messages with three hits, two events of which one is an alert; then it is noon.
    async fn morning(&mut self) {
        self.say("hanmeimei", "有家长想退费，也想转班", "@王芳 有人提到「退费」").await;
        self.jump(10, 0).await;
        self.event("e-1", r#"{"sku":"A100","数量":12}"#).await;
        self.line(GROUP, "A1 库存 告警").await;
        self.event("e-2", r#"{"sku":"A100","数量":80}"#).await;
        self.event("e-1", r#"{"sku":"A100","数量":12}"#).await;
        self.jump(12, 0).await;
        self.post("/play/say", &self.body("hanmeimei", "大家吃了吗", "lunch")).await;
    }

    /// The program is killed and started on the same data: its clock is where it was, and what was
    /// sent before is known.
    async fn killed(&mut self, folder: &Path) {
        self.bot.kill();
        self.bot = program::demo(folder);
        let now_ms = self.state().await["now_ms"].as_i64().expect("a clock");
        let noon = self.at(12, 0);
        assert!((noon..noon + 3_600_000).contains(&now_ms), "{now_ms} is not about {noon}");
        self.post("/play/say", &self.body("hanmeimei", "大家吃了吗", "lunch")).await;
        self.event("e-1", r#"{"sku":"A100","数量":12}"#).await;
    }

    /// A task is done, one is due, one is late, one more hit and alert; and at six the report.
    async fn afternoon(&mut self) {
        self.say("lilei", "@管家 T1 完成", "T1 任务【回访家长】").await;
        self.say("wangfang", "又有人要退费", "有人提到「退费」（R1 · M3）").await;
        self.event("e-3", r#"{"sku":"A100","数量":3}"#).await;
        self.line(GROUP, "A2 库存 告警").await;
        self.jump(16, 30).await;
        self.line(GROUP, "T3 盘点 到期了").await;
        self.jump(18, 0).await;
        let report = self.line(ADMIN_CHAT, "日报").await;
        let lines: Vec<&str> = report.lines().collect();
        assert!(lines[0].starts_with("售后群 日报 · "), "{report}");
        assert_eq!(lines[1..5], NUMBERS, "{report}");
        let state = self.state().await;
        let reports =
            texts(&state["lines"], ADMIN_CHAT).filter(|text| text.contains("日报")).count();
        assert_eq!(reports, 1);
        self.jump(21, 0).await;
        self.line(GROUP, "T2 写总结 到期了").await;
    }

    /// A member says something in the group and the bot answers with this.
    async fn say(&mut self, sender: &str, text: &str, answer: &str) {
        self.lines += 1;
        let body = self.body(sender, text, &format!("line-{}", self.lines));
        self.post("/play/say", &body).await;
        self.line(GROUP, answer).await;
    }

    fn body(&self, sender: &str, text: &str, id: &str) -> Value {
        json!({ "conversation": GROUP, "sender": sender, "text": text, "id": id })
    }

    async fn jump(&self, hour: u32, minute: u32) {
        let to_ms = self.at(hour, minute);
        self.post("/play/clock", &json!({ "to_ms": to_ms })).await;
    }

    /// The source reports, signed at the bot's own time.
    async fn event(&self, id: &str, body: &str) {
        let timestamp = self.state().await["now_ms"].to_string();
        let signature = signature(self.secret.as_bytes(), &timestamp, body.as_bytes());
        let request = self.client.post(self.url("/events/%E5%BA%93%E5%AD%98"));
        let request = request
            .header(TIMESTAMP_HEADER, timestamp)
            .header(SIGNATURE_HEADER, signature)
            .header(EVENT_ID_HEADER, id)
            .body(body.to_owned());
        assert_eq!(request.send().await.expect("an answer").status(), StatusCode::OK);
    }

    /// The first line of the bot in a conversation that contains this, as soon as it is there.
    async fn line(&self, conversation: &str, part: &str) -> String {
        let state = self.state().await;
        if let Some(text) = texts(&state["lines"], conversation).find(|text| text.contains(part)) {
            return text.to_owned();
        }
        // What is said from here on comes by the stream, nothing is missed in between.
        let stream = self.client.get(self.url(&format!("/play/stream?after={}", state["after"])));
        let mut stream = stream.send().await.expect("an answer");
        let found = async {
            let mut heard = Vec::new();
            loop {
                if let Some(text) = heard_line(&heard, conversation, part) {
                    return text;
                }
                let chunk = stream.chunk().await.expect("a stream");
                heard.extend_from_slice(&chunk.expect("a stream has no end"));
            }
        };
        let found = tokio::time::timeout(DEADLINE, found).await;
        found.unwrap_or_else(|_| panic!("{part:?} was not said in {conversation}"))
    }

    async fn state(&self) -> Value {
        let answer = self.client.get(self.url("/play/state")).send().await.expect("an answer");
        serde_json::from_str(&answer.text().await.expect("a body")).expect("JSON")
    }

    async fn post(&self, path: &str, body: &Value) {
        let request = self.client.post(self.url(path)).header("content-type", "application/json");
        let answer = request.body(body.to_string()).send().await.expect("an answer");
        assert_eq!(answer.status(), StatusCode::OK, "{path} {body}");
    }

    fn url(&self, path: &str) -> String {
        format!("{}{path}", self.bot.said.trim_end_matches("/play"))
    }

    /// An instant of the day in ms.
    fn at(&self, hour: u32, minute: u32) -> i64 {
        let time = NaiveTime::from_hms_opt(hour, minute, 0).expect("a time");
        let at = self.midnight.with_time(time).single().expect("Shanghai skips no hour");
        at.timestamp_millis()
    }
}

/// Midnight of the first Monday that has not begun.
fn next_monday(now_ms: i64) -> DateTime<Tz> {
    let now = Shanghai.timestamp_millis_opt(now_ms).single().expect("an instant");
    let days = (1..=7).map(|days| now + Days::new(days));
    let monday = { days }.find(|day| day.weekday() == Weekday::Mon).expect("within a week");
    monday.with_time(NaiveTime::MIN).single().expect("Shanghai skips no hour")
}

/// The texts of the bot's lines in a conversation.
fn texts<'a>(lines: &'a Value, conversation: &'a str) -> impl Iterator<Item = &'a str> {
    let lines = lines.as_array().map(Vec::as_slice).unwrap_or_default().iter();
    let bots =
        lines.filter(move |line| line["speaker"].is_null() && line["conversation"] == conversation);
    bots.filter_map(|line| line["text"].as_str())
}

/// The line among what came by the stream so far, if it is whole.
fn heard_line(heard: &[u8], conversation: &str, part: &str) -> Option<String> {
    let whole = heard.split_inclusive(|byte| *byte == b'\n').filter(|line| line.ends_with(b"\n"));
    let data = whole.filter_map(|line| line.strip_prefix(b"data:"));
    let lines = Value::Array(data.filter_map(|data| serde_json::from_slice(data).ok()).collect());
    texts(&lines, conversation).find(|text| text.contains(part)).map(str::to_owned)
}

#[expect(clippy::disallowed_methods, reason = "a member's side, not the bot's")]
fn client() -> Client {
    Client::builder().no_proxy().build().expect("a client")
}
