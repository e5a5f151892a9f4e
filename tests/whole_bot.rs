//! The real bot against a fake platform: routes, turns, store and outbox as in production, over
//! loopback. Nothing may be left over at the end of a test.

#[expect(dead_code, reason = "tests/stream.rs and tests/delivery.rs use the rest")]
mod fake;

use fake::bot::{Bot, HOUR_MS, Said};
use fake::cue::Cue;
use fake::dingtalk::{FakeDingTalk, Way};
use fake::play::Play;
use reqwest::Response;
use serde_json::json;
use steward::app::{App, AppConfig};

async fn assert_empty(answer: Response, status: u16) {
    assert_eq!(answer.status().as_u16(), status);
    assert_eq!(answer.bytes().await.expect("a body").len(), 0, "no detail in a refusal");
}

#[tokio::test]
async fn a_signed_callback_is_answered_200_and_in_the_group() {
    let fake = FakeDingTalk::start().await;
    let bot = Bot::start(&fake).await;
    let answer = bot.say(&Said::new("m1", "任务 写周报")).await;
    assert_eq!(answer.status().as_u16(), 200);
    let messages = fake.delivered(1).await;
    assert_eq!((messages[0].way, messages[0].session()), (Way::Session, "m1"));
    assert!(messages[0].body.to_string().contains("写周报"), "{:?}", messages[0]);
    bot.stop(&fake).await;
    assert_eq!(fake.messages().len(), 1);
}

#[tokio::test]
async fn the_same_callback_at_once_and_again_has_one_effect() {
    let fake = FakeDingTalk::start().await;
    let bot = Bot::start(&fake).await;
    let said = Said::new("m1", "任务 写周报");
    let answers = tokio::join!(bot.say(&said), bot.say(&said), bot.say(&said));
    for answer in [answers.0, answers.1, answers.2] {
        assert_eq!(answer.status().as_u16(), 200);
    }
    fake.delivered(1).await;
    for _ in 0..3 {
        assert_eq!(bot.say(&said).await.status().as_u16(), 200);
    }
    bot.stop(&fake).await;
    assert_eq!(fake.messages().len(), 1);
}

#[tokio::test]
async fn answers_of_one_group_come_in_the_order_of_its_messages() {
    let fake = FakeDingTalk::start().await;
    let bot = Bot::start(&fake).await;
    let ids: Vec<String> = (0..8).map(|n| format!("m{n}")).collect();
    for id in &ids {
        let said = Said { group: "cid-one==".into(), ..Said::new(id, "任务 写周报") };
        assert_eq!(bot.say(&said).await.status().as_u16(), 200);
    }
    let messages = fake.delivered(ids.len()).await;
    let sessions: Vec<&str> = messages.iter().map(|m| m.session()).collect();
    assert_eq!(sessions, ids);
    bot.stop(&fake).await;
}

#[tokio::test]
async fn what_is_not_proved_gets_one_empty_401() {
    let fake = FakeDingTalk::start().await;
    let bot = Bot::start(&fake).await;
    let body = bot.body(&Said::new("m1", "任务 写周报")).to_string().into_bytes();
    assert_empty(bot.post("/callback/main", 0, "wrong", body.clone()).await, 401).await;
    assert_empty(bot.post_late(body.clone(), 2 * HOUR_MS).await, 401).await;
    assert_empty(bot.post_late(body.clone(), -2 * HOUR_MS).await, 401).await;
    assert_empty(bot.post_signed("/callback/other", body.clone()).await, 401).await;
    assert_empty(bot.post_signed("/callback/%ff", body.clone()).await, 401).await;
    assert_empty(bot.post_signed("/events/%E5%BA%93%E5%AD%98", body).await, 401).await;
    bot.stop(&fake).await;
    assert_eq!(fake.calls().len(), 0);
}

#[tokio::test]
async fn what_is_too_big_or_malformed_is_refused_without_detail() {
    let fake = FakeDingTalk::start().await;
    let bot = Bot::start(&fake).await;
    assert_empty(bot.post_signed("/callback/main", vec![b' '; 2 << 20]).await, 413).await;
    assert_empty(bot.post_signed("/events/x", vec![b' '; 257 << 10]).await, 413).await;
    assert_empty(bot.post_signed("/callback/main", vec![b'{', 0xff, 0xfe]).await, 400).await;
    assert_empty(bot.post_signed("/callback/main", b"[]".to_vec()).await, 400).await;
    assert_empty(bot.get("/callback/main").await, 405).await;
    assert_empty(bot.get("/nowhere").await, 404).await;
    bot.stop(&fake).await;
    assert_eq!(fake.calls().len(), 0);
}

#[tokio::test]
async fn a_reply_address_elsewhere_is_never_called() {
    let fake = FakeDingTalk::start().await;
    let elsewhere = FakeDingTalk::start().await;
    let bot = Bot::start(&fake).await;
    let webhook = format!("{}/robot/sendBySession?session=x", elsewhere.base);
    let said = Said { webhook: Some(webhook), ..Said::new("m1", "任务 写周报") };
    assert_eq!(bot.say(&said).await.status().as_u16(), 200);
    let messages = fake.delivered(1).await;
    assert_eq!(messages[0].way, Way::Group);
    assert_eq!(messages[0].body["openConversationId"], said.group.as_str());
    bot.stop(&fake).await;
    assert_eq!(elsewhere.calls().len(), 0);
}

#[tokio::test]
async fn a_used_up_reply_address_moves_the_message_to_the_api() {
    let fake = FakeDingTalk::start().await;
    let bot = Bot::start(&fake).await;
    fake.cue(Way::Session, [Cue::Answer(200, json!({ "errcode": 300001, "errmsg": "gone" }))]);
    bot.say(&Said::new("m1", "任务 写周报")).await;
    let messages = fake.delivered(1).await;
    assert_eq!(messages[0].way, Way::Group);
    bot.stop(&fake).await;
    assert_eq!(fake.messages().len(), 1);
}

#[tokio::test]
async fn an_expired_token_is_fetched_anew_once() {
    let fake = FakeDingTalk::start().await;
    let bot = Bot::start(&fake).await;
    let gone = || Cue::Answer(200, json!({ "errcode": 300001, "errmsg": "gone" }));
    let expired = Cue::Answer(401, json!({ "code": "InvalidAuthentication", "message": "old" }));
    fake.cue(Way::Session, [gone()]);
    fake.cue(Way::Group, [expired]);
    bot.say(&Said::new("m1", "任务 写周报")).await;
    fake.delivered(1).await;
    bot.stop(&fake).await;
    let tokens = fake.calls().iter().filter(|call| call.way == Way::Token).count();
    assert_eq!((tokens, fake.messages().len()), (2, 1));
}

#[tokio::test]
async fn a_platform_that_is_busy_gets_the_message_later_and_once() {
    let fake = FakeDingTalk::start().await;
    let bot = Bot::start(&fake).await;
    fake.cue(Way::Session, [Cue::SlowDown(1)]);
    bot.say(&Said::new("m1", "任务 写周报")).await;
    fake.delivered(1).await;
    bot.stop(&fake).await;
    assert_eq!((fake.calls().len(), fake.messages().len()), (2, 1));
}

#[tokio::test]
async fn a_gateway_error_is_repeated_once() {
    let fake = FakeDingTalk::start().await;
    let bot = Bot::start(&fake).await;
    fake.cue(Way::Session, [Cue::Html(502)]);
    bot.say(&Said::new("m1", "任务 写周报")).await;
    fake.delivered(1).await;
    bot.stop(&fake).await;
    assert_eq!((fake.calls().len(), fake.messages().len()), (2, 1));
}

#[tokio::test]
async fn a_platform_that_hangs_leads_to_one_copy_at_most() {
    let fake = FakeDingTalk::start().await;
    let bot = Bot::start(&fake).await;
    fake.cue(Way::Session, [Cue::Hang]);
    bot.say(&Said::new("m1", "任务 写周报")).await;
    // Other groups are served meanwhile.
    bot.say(&Said::new("m2", "任务 写周报")).await;
    let served = fake.until("m2", |calls| calls.iter().any(|call| call.session() == "m2")).await;
    assert_eq!(served.iter().filter(|call| call.session() == "m1").count(), 1);
    fake.delivered(3).await;
    bot.stop(&fake).await;
    let copies = fake.messages().into_iter().filter(|call| call.session() == "m1").count();
    assert_eq!(copies, 2);
}

#[tokio::test]
async fn a_send_in_doubt_twice_is_not_sent_a_third_time() {
    let fake = FakeDingTalk::start().await;
    let bot = Bot::start(&fake).await;
    fake.cue(Way::Session, [Cue::CutOff, Cue::CutOff]);
    let said = Said::new("m1", "任务 写周报");
    bot.say(&said).await;
    fake.delivered(2).await;
    // The next message of the same group goes only once the first is given up.
    bot.say(&Said { id: "m2".into(), ..said }).await;
    fake.until("m2", |calls| calls.iter().any(|call| call.session() == "m2")).await;
    bot.stop(&fake).await;
    let copies = fake.messages().into_iter().filter(|call| call.session() == "m1").count();
    assert_eq!(copies, 2);
}

#[tokio::test]
async fn a_graceful_stop_loses_nothing_and_repeats_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let fake = FakeDingTalk::start().await;
    let bot = Bot::start_on(&fake, Some(folder.path().into())).await;
    fake.cue(Way::Session, (0..5).map(|_| Cue::SlowDown(1)));
    let said: Vec<Said> = (0..20).map(|n| Said::new(&format!("m{n}"), "任务 写周报")).collect();
    for one in &said {
        assert_eq!(bot.say(one).await.status().as_u16(), 200);
    }
    bot.stop_only().await;
    let bot = Bot::start_on(&fake, Some(folder.path().into())).await;
    for one in &said {
        // Redelivered after the restart: known.
        assert_eq!(bot.say(one).await.status().as_u16(), 200);
    }
    fake.delivered(said.len()).await;
    bot.stop(&fake).await;
    let mut sessions: Vec<String> = fake.messages().iter().map(|m| m.session().into()).collect();
    sessions.sort();
    let mut ids: Vec<String> = said.into_iter().map(|one| one.id).collect();
    ids.sort();
    assert_eq!(sessions, ids);
}

#[tokio::test]
async fn a_supervisor_sees_that_it_lives_is_ready_and_counts() {
    let fake = FakeDingTalk::start().await;
    let bot = Bot::start(&fake).await;
    bot.say(&Said::new("m1", "任务 写周报")).await;
    fake.delivered(1).await;
    let health = bot.get("/healthz").await;
    assert_eq!(health.text().await.expect("text"), "ok");
    assert_eq!(bot.get("/readyz").await.status().as_u16(), 200);
    let metrics = bot.get("/metrics").await.text().await.expect("text");
    let line = "steward_callbacks_total{account=\"main\",result=\"ok\"} 1";
    assert!(metrics.contains(line), "{metrics}");
    assert!(!metrics.contains("李雷") && !metrics.contains("cid-m1"), "{metrics}");
    bot.stop(&fake).await;
}

#[tokio::test]
async fn a_jump_takes_each_date_at_its_own_time_and_outlives_a_restart() {
    const DAY_MS: i64 = 24 * HOUR_MS;
    let folder = tempfile::tempdir().expect("a folder");
    let play = Play::start(folder.path()).await;
    play.say("m1", "@管家 任务 写周报 明天18:00").await;
    play.say("m2", "@管家 任务 写月报 明天19:00").await;
    let to_ms = play.now_ms() + 10 * DAY_MS;
    play.jump(to_ms).await;
    for (text, hour) in [("写周报 到期", 18), ("写月报 到期", 19)] {
        let lines = play.lines(text).await;
        assert_eq!(lines.len(), 1, "{lines:?}");
        let local_ms = lines[0].0 + 8 * HOUR_MS;
        // To the minute: a turn that was posted takes the clock as it runs on.
        assert_eq!(local_ms.rem_euclid(DAY_MS) / 60_000, hour * 60, "{lines:?}");
    }
    play.stop().await;
    let play = Play::start(folder.path()).await;
    assert!(play.now_ms() >= to_ms);
    play.jump(play.now_ms() + DAY_MS).await;
    assert_eq!(play.lines("到期").await, [], "nothing is reminded twice");
    play.stop().await;
}

#[tokio::test]
async fn a_page_is_refused_beyond_this_machine_before_anything_runs() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("data");
    for (listen, name) in [([0, 0, 0, 0], "play"), ([127, 0, 0, 1], "nobody")] {
        let config = AppConfig {
            listen: (listen, 0).into(),
            path: path.clone(),
            page: Some(name.into()),
            ..fake::play::config(folder.path())
        };
        assert!(App::start(config).await.is_err(), "{listen:?} {name}");
        assert!(!path.exists(), "no data was made");
    }
}
