//! The real bot in Stream mode against a fake gateway, over loopback: what was said over a
//! connection has one effect and is answered once that is durable, and whatever becomes of the
//! connection, the bot hears again.

#[expect(dead_code, reason = "tests/whole_bot.rs uses the rest")]
mod fake;

use std::path::Path;
use std::process::Stdio;

use fake::bot::{Bot, SECRET, Said, toml};
use fake::dingtalk::{FakeDingTalk, Way};
use fake::stream::{Do, Gateway, Offer};
use serde_json::{Value, json};
use steward::shell::clock::Clock;
use tokio::process::{Child, Command};
use tokio::time::Instant;

/// The close code that says that a frame was too big.
const TOO_BIG: Option<u16> = Some(1009);
/// The close code of whoever is done.
const DONE: Option<u16> = Some(1000);

/// A platform and a bot connected to it.
async fn connected() -> (FakeDingTalk, Bot) {
    let fake = FakeDingTalk::start().await;
    let bot = Bot::start_streaming(&fake, None).await;
    fake.gateway.connected(1).await;
    (fake, bot)
}

/// Says something over a connection, in a frame named like the message; it must be taken.
async fn say(fake: &FakeDingTalk, bot: &Bot, line: usize, id: &str) {
    fake.gateway.push(line, id, &bot.body(&Said::new(id, "任务 写周报")));
    let answer = fake.gateway.answer(id).await;
    assert_eq!((answer.line, &answer.frame["code"]), (line, &json!(200)));
}

/// The sessions of all replies, in order of their names.
fn replies(fake: &FakeDingTalk) -> Vec<String> {
    let mut sessions: Vec<_> = fake.messages().iter().map(|m| m.session().to_owned()).collect();
    sessions.sort();
    sessions
}

async fn metrics(bot: &Bot) -> String {
    bot.get("/metrics").await.text().await.expect("text")
}

fn data(frame: &Value) -> Value {
    serde_json::from_str(frame["data"].as_str().expect("a text")).expect("JSON")
}

#[tokio::test]
async fn what_is_said_over_a_connection_is_answered_there_and_in_the_group() {
    let (fake, bot) = connected().await;
    say(&fake, &bot, 0, "m1").await;
    let answer = fake.gateway.answer("m1").await.frame;
    assert_eq!((data(&answer), &answer["message"]), (json!({ "response": null }), &json!("OK")));
    let messages = fake.delivered(1).await;
    assert_eq!((messages[0].way, messages[0].session()), (Way::Session, "m1"));
    assert!(messages[0].body.to_string().contains("写周报"), "{:?}", messages[0]);
    let counted = metrics(&bot).await;
    for line in [
        "steward_links{account=\"main\"} 1",
        "steward_link_events_total{account=\"main\",what=\"connected\"} 1",
        "steward_callbacks_total{account=\"main\",result=\"ok\"} 1",
    ] {
        assert!(counted.contains(line), "{line} in {counted}");
    }
    bot.stop(&fake).await;
    assert_eq!((replies(&fake), fake.gateway.ended(0).await), (vec!["m1".into()], DONE));
}

#[tokio::test]
async fn the_same_message_again_and_over_another_way_has_one_effect() {
    let (fake, bot) = connected().await;
    let said = Said::new("m1", "任务 写周报");
    for id in ["f1", "f2", "f3"] {
        fake.gateway.push(0, id, &bot.body(&said));
    }
    for id in ["f1", "f2", "f3"] {
        assert_eq!(fake.gateway.answer(id).await.frame["code"], 200);
    }
    // While an app is being changed over, both ways may bring a message.
    assert_eq!(bot.say(&said).await.status().as_u16(), 200);
    fake.delivered(1).await;
    bot.stop(&fake).await;
    assert_eq!(replies(&fake), ["m1"]);
}

#[tokio::test]
async fn messages_of_a_group_are_answered_in_their_order() {
    let (fake, bot) = connected().await;
    let ids: Vec<String> = (0..8).map(|n| format!("m{n}")).collect();
    for id in &ids {
        let said = Said { group: "cid-one==".into(), ..Said::new(id, "任务 写周报") };
        fake.gateway.push(0, id, &bot.body(&said));
    }
    let messages = fake.delivered(ids.len()).await;
    assert_eq!(messages.iter().map(|m| m.session()).collect::<Vec<_>>(), ids);
    bot.stop(&fake).await;
}

#[tokio::test]
async fn an_announced_end_opens_another_connection_before_the_old_one_closes() {
    let (fake, bot) = connected().await;
    say(&fake, &bot, 0, "m1").await;
    fake.gateway.say(0, ["SYSTEM", "disconnect", "d1", r#"{"reason":"connection is expired"}"#]);
    fake.gateway.connected(2).await;
    assert_eq!(fake.gateway.lines(), (2, 2), "both are open");
    // What still comes over the old one counts, and once with what comes over both.
    say(&fake, &bot, 0, "m2").await;
    say(&fake, &bot, 1, "m3").await;
    fake.gateway.push(1, "m2 again", &bot.body(&Said::new("m2", "任务 写周报")));
    assert_eq!(fake.gateway.answer("m2 again").await.frame["code"], 200);
    fake.gateway.tell(0, Do::Close);
    fake.gateway.ended(0).await;
    say(&fake, &bot, 1, "m4").await;
    fake.delivered(4).await;
    assert_eq!(fake.gateway.lines(), (2, 1), "the end of the old one opens no third");
    bot.stop(&fake).await;
    assert_eq!(replies(&fake), ["m1", "m2", "m3", "m4"]);
}

#[tokio::test]
async fn a_connection_that_is_gone_or_closed_is_opened_again_with_another_ticket() {
    let (fake, bot) = connected().await;
    for (line, end) in [Do::Vanish, Do::Close].into_iter().enumerate() {
        say(&fake, &bot, line, &format!("m{line}")).await;
        fake.gateway.tell(line, end);
        fake.gateway.connected(line + 2).await;
    }
    say(&fake, &bot, 2, "m2").await;
    fake.delivered(3).await;
    let counted = metrics(&bot).await;
    assert!(counted.contains("steward_links{account=\"main\"} 1"), "{counted}");
    assert!(counted.contains("what=\"connected\"} 3"), "{counted}");
    bot.stop(&fake).await;
    assert_eq!((fake.gateway.calls(), replies(&fake).len()), (3, 3));
}

#[tokio::test]
async fn what_was_not_answered_before_a_break_is_told_again_and_has_one_effect() {
    let (fake, bot) = connected().await;
    for n in 0..5 {
        fake.gateway.push(0, &format!("f{n}"), &bot.body(&Said::new(&format!("m{n}"), "任务 写")));
    }
    fake.gateway.tell(0, Do::Vanish);
    fake.gateway.connected(2).await;
    for n in 0..5 {
        say(&fake, &bot, 1, &format!("m{n}")).await;
    }
    fake.delivered(5).await;
    bot.stop(&fake).await;
    assert_eq!(replies(&fake), ["m0", "m1", "m2", "m3", "m4"]);
}

#[tokio::test]
async fn no_place_and_a_ticket_that_is_not_taken_are_tried_again() {
    let fake = FakeDingTalk::start().await;
    let refused = json!({ "code": "invalidClientSecret", "message": "no", "requestid": "r" });
    fake.gateway.offer([Offer::Answer(400, refused.to_string()), Offer::BadTicket]);
    let bot = Bot::start_streaming(&fake, None).await;
    fake.gateway.connected(1).await;
    say(&fake, &bot, 0, "m1").await;
    assert_eq!(fake.gateway.calls(), 3);
    let counted = metrics(&bot).await;
    assert!(counted.contains("what=\"no_place\"} 1"), "{counted}");
    assert!(counted.contains("what=\"no_connection\"} 1"), "{counted}");
    bot.stop(&fake).await;
}

#[tokio::test]
async fn connections_that_end_at_once_are_opened_ever_more_slowly() {
    let (fake, bot) = connected().await;
    let began = Instant::now();
    for line in 0..2 {
        // The second says so beforehand: that makes it no better.
        if line == 1 {
            fake.gateway.say(line, ["SYSTEM", "disconnect", "", "{}"]);
        }
        fake.gateway.tell(line, Do::Close);
        fake.gateway.connected(line + 2).await;
    }
    assert!(began.elapsed().as_secs() >= 3, "a second, then two");
    bot.stop(&fake).await;
}

#[tokio::test]
async fn a_place_that_is_not_the_platforms_is_never_connected_to() {
    let (fake, elsewhere) = (FakeDingTalk::start().await, Gateway::start().await);
    fake.gateway.offer([Offer::Elsewhere(format!("{}/connect", elsewhere.origin))]);
    let bot = Bot::start_streaming(&fake, None).await;
    fake.gateway.connected(1).await;
    bot.stop(&fake).await;
    assert_eq!((fake.gateway.calls(), elsewhere.lines()), (2, (0, 0)));
}

#[tokio::test]
async fn a_frame_too_big_ends_the_connection_and_another_is_opened() {
    let (fake, bot) = connected().await;
    say(&fake, &bot, 0, "m1").await;
    fake.gateway.tell(0, Do::Say(" ".repeat((1 << 20) + 1)));
    assert_eq!(fake.gateway.ended(0).await, TOO_BIG);
    fake.gateway.connected(2).await;
    say(&fake, &bot, 1, "m2").await;
    fake.delivered(2).await;
    bot.stop(&fake).await;
}

#[tokio::test]
async fn what_is_no_frame_is_counted_and_the_connection_goes_on() {
    let (fake, bot) = connected().await;
    let garbage = ["", "{", "[]", "null", "{\"type\":7}", "{\"type\":\"SYSTEM\",\"headers\":7}"];
    garbage.iter().for_each(|text| fake.gateway.tell(0, Do::Say((*text).into())));
    fake.gateway.tell(0, Do::Bytes(vec![0xff; 32]));
    fake.gateway.say(0, ["CALLBACK", "/v1.0/im/bot/messages/get", "f1", "{\"msgId\":"]);
    fake.gateway.say(0, ["CALLBACK", "/v1.0/card/instances/callback", "f2", "{}"]);
    fake.gateway.say(0, ["EVENT", "*", "f3", "{}"]);
    for (id, code) in [("f1", 400), ("f2", 404), ("f3", 200)] {
        assert_eq!(fake.gateway.answer(id).await.frame["code"], code, "{id}");
    }
    say(&fake, &bot, 0, "m1").await;
    fake.delivered(1).await;
    let counted = metrics(&bot).await;
    let malformed = "steward_callbacks_total{account=\"main\",result=\"malformed\"} 8";
    assert!(counted.contains(malformed), "{counted}");
    bot.stop(&fake).await;
    assert_eq!(fake.gateway.lines().0, 1);
}

#[tokio::test]
async fn a_ping_is_answered_with_what_it_said() {
    let (fake, bot) = connected().await;
    fake.gateway.say(0, ["SYSTEM", "ping", "p1", r#"{"opaque":"0a1b"}"#]);
    let answer = fake.gateway.answer("p1").await.frame;
    assert_eq!((&answer["code"], data(&answer)), (&json!(200), json!({ "opaque": "0a1b" })));
    bot.stop(&fake).await;
}

#[tokio::test]
async fn a_graceful_stop_answers_what_it_took_and_leaves_the_rest_to_be_told_again() {
    let folder = tempfile::tempdir().expect("a folder");
    let fake = FakeDingTalk::start().await;
    let bot = Bot::start_streaming(&fake, Some(folder.path().into())).await;
    fake.gateway.connected(1).await;
    let said: Vec<Said> = (0..30).map(|n| Said::new(&format!("m{n:02}"), "任务 写")).collect();
    for one in &said {
        fake.gateway.push(0, &one.id, &bot.body(one));
    }
    fake.gateway.answer("m00").await;
    bot.stop_only().await;
    assert_eq!(fake.gateway.ended(0).await, DONE);
    let bot = Bot::start_streaming(&fake, Some(folder.path().into())).await;
    fake.gateway.connected(2).await;
    // Those that were answered are not told again, and are there all the same.
    for one in said.iter().filter(|one| fake.gateway.code(&one.id).is_none()) {
        assert!(fake.gateway.deliver(&bot.body(one)).await, "{one:?}");
    }
    fake.delivered(said.len()).await;
    bot.stop(&fake).await;
    assert_eq!(replies(&fake), said.into_iter().map(|one| one.id).collect::<Vec<_>>());
}

#[tokio::test]
async fn a_certificate_that_nobody_vouches_for_is_not_trusted() {
    let fake = FakeDingTalk::start_with(Gateway::start_secured().await).await;
    let bot = Bot::start_streaming(&fake, None).await;
    fake.gateway.was_distrusted(2).await;
    assert_eq!(fake.gateway.lines(), (0, 0));
    bot.stop(&fake).await;
}

// Where the roots are named by a variable; elsewhere they are the machine's alone.
#[cfg(target_os = "linux")]
#[tokio::test]
async fn over_tls_with_the_systems_roots_all_is_as_without() {
    let fake = FakeDingTalk::start_with(Gateway::start_secured().await).await;
    let folder = tempfile::tempdir().expect("a folder");
    let roots = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/tls/ca.pem");
    let _bot = serve(&fake, folder.path(), &[("SSL_CERT_FILE", roots)]);
    fake.gateway.connected(1).await;
    assert!(fake.gateway.deliver(&said_now(&fake, "m1")).await);
    assert_eq!(fake.delivered(1).await[0].session(), "m1");
    fake.assert_well_formed();
}

#[tokio::test]
async fn no_secret_no_ticket_and_no_message_is_logged_at_any_level() {
    let folder = tempfile::tempdir().expect("a folder");
    let fake = FakeDingTalk::start().await;
    let evil = Offer::Elsewhere("wss://evil.example/connect".into());
    fake.gateway.offer([Offer::Answer(400, "{\"message\":\"hunter2\"}".into()), evil]);
    let mut bot = serve(&fake, folder.path(), &[("RUST_LOG", "trace")]);
    fake.gateway.connected(1).await;
    assert!(fake.gateway.deliver(&said_now(&fake, "m1")).await);
    fake.delivered(1).await;
    bot.start_kill().expect("it runs");
    let log = bot.wait_with_output().await.expect("its log").stderr;
    let log = String::from_utf8_lossy(&log);
    assert!(log.contains("main is connected") && log.contains("endpoint"), "{log}");
    for told in [SECRET, "ticket", "hunter2", "evil.example", "写周报", "session="] {
        assert!(!log.contains(told), "{told} in {log}");
    }
}

/// The program in Stream mode, its data in this folder; ended when dropped.
fn serve(fake: &FakeDingTalk, folder: &Path, variables: &[(&str, &str)]) -> Child {
    let config = folder.join("bot.toml");
    std::fs::write(&config, toml(folder, &fake.base, Some(&fake.gateway))).expect("written");
    let mut bot = Command::new(env!("CARGO_BIN_EXE_steward"));
    bot.args(["serve", "--config"]).arg(&config).env("STEWARD_TEST_SECRET", SECRET);
    bot.envs(variables.iter().copied()).stdout(Stdio::null()).stderr(Stdio::piped());
    bot.kill_on_drop(true).spawn().expect("started")
}

/// The callback of a command said now.
fn said_now(fake: &FakeDingTalk, id: &str) -> Value {
    Said::new(id, "任务 写周报").body(&fake.base, Clock::default().now().0)
}
