//! One connection on a clock of its own, its other end in memory: when it answers, and when it
//! gives up.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use futures_util::{SinkExt, StreamExt};
use serde_json::json;
use tokio::io::DuplexStream;
use tokio::sync::{oneshot, watch};
use tokio::time::{Instant, sleep, timeout};
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::protocol::Role;
use tokio_tungstenite::tungstenite::protocol::frame::coding::CloseCode;

use super::line::{End, LEAVING_MAX, Line, News, PING_EVERY, UNANSWERED_MAX, UNHEARD_MAX};
use super::taking::{Answer, Taking};
use super::{socket, stop};
use crate::model::Secret;
use crate::platform::dingtalk::stream::ROBOT_TOPIC;
use crate::platform::dingtalk::{Account, DingTalk, LIMITS};
use crate::platform::{Link, Passive, Platform, Pushed};

/// Room between both ends: less than two large frames.
const BETWEEN: usize = 16 * 1024;

/// Takes everything, and answers once it is told that all is durable.
struct Held {
    link: Arc<dyn Link>,
    durable: watch::Receiver<bool>,
    taken: AtomicUsize,
}

impl Taking for Held {
    fn take(&self, pushed: Pushed) -> Answer {
        self.taken.fetch_add(1, Ordering::SeqCst);
        let (link, mut durable) = (Arc::clone(&self.link), self.durable.clone());
        Box::pin(async move {
            stop::asked(&mut durable).await;
            Some(link.answer(pushed.id(), Ok(&Passive::default())))
        })
    }

    fn malformed(&self, _why: &'static str) {}
}

/// A running line and the platform's end of it.
struct Both {
    peer: WebSocketStream<DuplexStream>,
    held: Arc<Held>,
    durable: watch::Sender<bool>,
    stopping: watch::Sender<bool>,
    news: oneshot::Receiver<News>,
    running: tokio::task::JoinHandle<()>,
}

impl Both {
    async fn start() -> Self {
        let (ours, theirs) = tokio::io::duplex(BETWEEN);
        let limits = Some(socket::limits());
        let socket = WebSocketStream::from_raw_socket(ours, Role::Client, limits).await;
        let peer = WebSocketStream::from_raw_socket(theirs, Role::Server, None).await;
        let link = link();
        let (durable, told) = watch::channel(false);
        let taken = AtomicUsize::new(0);
        let held = Arc::new(Held { link: Arc::clone(&link), durable: told, taken });
        let (tell, news) = oneshot::channel();
        let (stopping, stopped) = watch::channel(false);
        let line = Line::new(socket, link, Arc::clone(&held) as Arc<dyn Taking>, tell);
        let running = tokio::spawn(line.run(stopped));
        Self { peer, held, durable, stopping, news, running }
    }

    async fn say(&mut self, kind: &str, topic: &str, id: &str, data: &str) {
        let headers = json!({ "topic": topic, "messageId": id });
        let frame = json!({ "type": kind, "headers": headers, "data": data });
        self.peer.send(Message::text(frame.to_string())).await.expect("written");
    }

    async fn push(&mut self, id: &str) {
        self.say("CALLBACK", ROBOT_TOPIC, id, "{}").await;
    }

    /// The id of the next answer.
    async fn answer(&mut self) -> String {
        loop {
            let message = self.peer.next().await.expect("open").expect("a frame");
            if let Message::Text(text) = message {
                let frame: serde_json::Value = serde_json::from_str(&text).expect("JSON");
                return frame["headers"]["messageId"].as_str().expect("an id").to_owned();
            }
        }
    }

    fn taken(&self) -> usize {
        self.held.taken.load(Ordering::SeqCst)
    }
}

#[tokio::test(start_paused = true)]
async fn nothing_is_answered_before_it_is_durable() {
    let mut both = Both::start().await;
    both.push("m1").await;
    both.say("SYSTEM", "ping", "p1", "{}").await;
    assert_eq!((both.answer().await.as_str(), both.taken()), ("p1", 1));
    both.durable.send_replace(true);
    assert_eq!(both.answer().await, "m1");
}

#[tokio::test(start_paused = true)]
async fn a_stop_waits_for_what_was_taken_and_reads_nothing_more() {
    let mut both = Both::start().await;
    both.push("m1").await;
    both.say("SYSTEM", "ping", "p1", "{}").await;
    both.answer().await;
    both.stopping.send_replace(true);
    tokio::task::yield_now().await;
    both.push("m2").await;
    both.durable.send_replace(true);
    assert_eq!(both.answer().await, "m1");
    let close = both.peer.next().await.expect("said").expect("a frame");
    assert!(matches!(close, Message::Close(Some(close)) if close.code == CloseCode::Normal));
    assert_eq!((both.taken(), both.news.await.map(|news| news.end)), (1, Ok(End::Stopped)));
}

#[tokio::test(start_paused = true)]
async fn an_end_that_says_nothing_any_more_is_given_up_and_one_that_answers_pings_is_not() {
    let both = Both::start().await;
    let began = Instant::now();
    let news = both.news.await.expect("news");
    assert_eq!((news.end, news.steady), (End::Silent, true));
    assert!(began.elapsed() <= PING_EVERY * (UNHEARD_MAX + 1));

    let mut both = Both::start().await;
    let hour = Duration::from_secs(3600);
    // Reading is what answers pings.
    let heard = timeout(hour, async { while both.peer.next().await.is_some() {} }).await;
    assert!(heard.is_err() && !both.running.is_finished());
}

#[tokio::test(start_paused = true)]
async fn an_end_that_reads_nothing_is_given_up() {
    let mut both = Both::start().await;
    let large = json!({ "opaque": "x".repeat(BETWEEN / 2) }).to_string();
    for id in ["p1", "p2", "p3"] {
        both.say("SYSTEM", "ping", id, &large).await;
    }
    let news = both.news.await.expect("news");
    assert_eq!((news.end, news.steady), (End::Stuck, false));
}

#[tokio::test(start_paused = true)]
async fn a_connection_that_is_left_is_read_for_a_while_and_then_closed() {
    let mut both = Both::start().await;
    both.durable.send_replace(true);
    both.say("SYSTEM", "disconnect", "", "{}").await;
    assert_eq!((&mut both.news).await.map(|news| news.end), Ok(End::Announced));
    both.push("m1").await;
    assert_eq!(both.answer().await, "m1");
    let began = Instant::now();
    let close = both.peer.next().await.expect("said").expect("a frame");
    assert!(close.is_close() && began.elapsed() <= LEAVING_MAX, "{close:?}");
    both.running.await.expect("it ends");
}

#[tokio::test(start_paused = true)]
async fn beyond_what_may_be_unanswered_nothing_more_is_read() {
    let mut both = Both::start().await;
    for n in 0..UNANSWERED_MAX + 5 {
        both.push(&format!("m{n}")).await;
    }
    // Longer than silence would be borne: who does not listen cannot know.
    sleep(PING_EVERY * 10).await;
    assert_eq!((both.taken(), both.running.is_finished()), (UNANSWERED_MAX, false));
    both.durable.send_replace(true);
    for _ in 0..UNANSWERED_MAX + 5 {
        both.answer().await;
    }
}

/// The connection of an account that connects to the platform's own places.
fn link() -> Arc<dyn Link> {
    let account = Account {
        name: "main".into(),
        app_key: "dingkey".into(),
        app_secret: Secret::new("secret"),
        robot_code: "dingrobot".into(),
        corp_id: None,
        event_token: None,
        event_aes_key: None,
        card_secret: None,
        custom_robot: None,
        api_base: "https://api.dingtalk.com".into(),
        oapi_base: "https://oapi.dingtalk.com".into(),
        webhook_origins: Vec::new(),
        stream: Some(Vec::new()),
        limits: LIMITS,
        bot_names: Vec::new(),
    };
    DingTalk::new(account).expect("good origins").link().expect("a link")
}
