//! What becomes of messages when the platform is slow, down or says no: the real bot against a
//! fake platform, and the operator's side of it.

#[expect(dead_code, reason = "each test binary uses its own part")]
mod fake;

use std::path::Path;

use fake::bot::{Bot, ROBOTS_GROUP, Said};
use fake::cue::Cue;
use fake::dingtalk::{FakeDingTalk, Recorded, Way};
use serde_json::json;
use steward::cli::outbox;
use steward::core::outbox::{Unsent, key};
use steward::model::told::{Kind as Of, Told};
use steward::model::{ConversationId, Lane, Lang, Outgoing, Scope, Timestamp};
use steward::store::table::{decode, encode, id};
use steward::store::{self, Commit, Key, Kind, Master, Opened, Order};

#[tokio::test]
async fn a_platform_that_is_down_is_left_alone_until_it_answers_a_probe() {
    let fake = FakeDingTalk::start().await;
    let bot = Bot::start(&fake).await;
    fake.cue(Way::Session, (0..5).map(|_| Cue::Html(503)));
    // The first probe fails too.
    fake.cue(Way::Token, [Cue::Html(503)]);
    let said: Vec<Said> = (0..12).map(|n| Said::new(&format!("m{n}"), "任务 写周报")).collect();
    for one in &said[..5] {
        bot.say(one).await;
    }
    let tried = |calls: &[Recorded]| calls.iter().filter(|c| c.way == Way::Session).count() >= 5;
    fake.until("five failures", tried).await;
    fake.until("a probe", |calls| calls.iter().any(|c| c.way == Way::Token)).await;
    for one in &said[5..] {
        bot.say(one).await;
    }
    let down = bot.get("/metrics").await.text().await.expect("text");
    assert!(down.contains("steward_platform_down{account=\"main\"} 1"), "{down}");
    fake.delivered(said.len()).await;
    let calls = fake.calls();
    let probes: Vec<usize> = (0..calls.len()).filter(|n| calls[*n].way == Way::Token).collect();
    assert_eq!((probes.len(), probes[0] >= 5), (2, true), "{calls:#?}");
    let between = &calls[probes[0] + 1..probes[1]];
    assert!(between.is_empty(), "nothing is sent while it is down: {between:#?}");
    bot.stop(&fake).await;
    assert_eq!(fake.messages().len(), said.len());
}

#[tokio::test]
async fn parts_that_are_there_are_not_sent_again_after_a_crash() {
    let folder = tempfile::tempdir().expect("a folder");
    let fake = FakeDingTalk::start().await;
    // A crash before the second part, one while it was under way, and one before any.
    for (n, (parts, begun)) in [(1, false), (1, true), (0, false)].into_iter().enumerate() {
        leave_unsent(folder.path(), &format!("cid-{n}=="), 1_500, parts, begun);
        let before = fake.messages().len();
        let bot = Bot::start_on(&fake, Some(folder.path().into())).await;
        let left = 3 - usize::from(parts);
        fake.delivered(before + left).await;
        bot.stop(&fake).await;
        let texts: Vec<String> = fake.messages()[before..]
            .iter()
            .map(|call| call.body["msgParam"].as_str().expect("a string").to_owned())
            .collect();
        assert_eq!(texts.len(), left, "{parts} {begun}");
        for (text, number) in texts.iter().zip(usize::from(parts) + 1..) {
            assert!(text.contains(&format!("（{number}/3）")), "{parts} {begun}: part {number}");
        }
    }
}

#[tokio::test]
async fn a_refused_message_is_kept_shown_and_sent_again_by_the_operator() {
    let folder = tempfile::tempdir().expect("a folder");
    let fake = FakeDingTalk::start().await;
    let bot = Bot::start_on(&fake, Some(folder.path().into())).await;
    fake.cue(Way::Session, [Cue::Answer(200, json!({ "errcode": 300001, "errmsg": "gone" }))]);
    let refused = json!({ "code": "group.disbanded", "message": "x" });
    fake.cue(Way::Group, [Cue::Answer(400, refused)]);
    bot.say(&Said::new("m1", "任务 写周报")).await;
    fake.until("a refusal", |calls| calls.iter().any(|call| call.way == Way::Group)).await;
    bot.stop(&fake).await;
    let on_store = |verb: outbox::Verb| {
        let (path, master) =
            (folder.path().join("data"), Master::File(folder.path().join("data.key")));
        let Opened { store, .. } = store::open(Kind::Sled, &path, &master).expect("it opens");
        outbox::run(&*store, &verb, Timestamp(1), chrono_tz::Asia::Shanghai)
    };
    let list = on_store(outbox::Verb::List).expect("a list");
    let (failed, count) = (&list[0], &list[1]);
    assert!(failed.contains("answer  refused  group.disbanded"), "{list:?}");
    assert_eq!(count, "1 failed, 0 waiting to be sent");
    assert!(!list.concat().contains("写周报"), "a list shows no words: {list:?}");
    let id = failed.split(' ').next().expect("a name").to_owned();
    let shown = on_store(outbox::Verb::Show(id.clone())).expect("it is there");
    assert!(shown.concat().contains("写周报"), "{shown:?}");
    let told = on_store(outbox::Verb::Resend(id.clone())).expect("it can be sent again");
    assert_eq!(told, [format!("{id} will be sent at the next start")]);
    assert!(on_store(outbox::Verb::Drop(id)).is_err(), "it is no longer there");
    let bot = Bot::start_on(&fake, Some(folder.path().into())).await;
    fake.delivered(1).await;
    bot.stop(&fake).await;
    assert_eq!(fake.messages().len(), 1);
}

#[tokio::test]
async fn what_the_group_refuses_goes_through_its_robot_else_to_the_admins() {
    let refused = || Cue::Answer(400, json!({ "code": "bot.forbidden.sendMessage" }));
    let too_fast = || Cue::Answer(200, json!({ "errcode": 410100, "errmsg": "too fast" }));
    for (group, robot, ways) in [
        (ROBOTS_GROUP, None, vec![Way::Group, Way::Robot]),
        (ROBOTS_GROUP, Some(refused()), vec![Way::Group, Way::Robot, Way::Direct]),
        ("cid-other==", None, vec![Way::Group, Way::Direct]),
    ] {
        let folder = tempfile::tempdir().expect("a folder");
        let fake = FakeDingTalk::start().await;
        leave_unsent(folder.path(), group, 1, 0, false);
        fake.cue(Way::Group, [refused()]);
        fake.cue(Way::Robot, robot);
        let bot = Bot::start_on(&fake, Some(folder.path().into())).await;
        fake.delivered(1).await;
        bot.stop(&fake).await;
        let calls = fake.calls();
        let sends: Vec<&Recorded> = calls.iter().filter(|call| call.way != Way::Token).collect();
        assert_eq!(sends.iter().map(|call| call.way).collect::<Vec<_>>(), ways, "{group}");
        let last = sends.last().expect("a call").body.to_string();
        if ways.contains(&Way::Direct) {
            assert!(last.contains("manager01") && last.contains("没能发到一个群"), "{last}");
        }
    }
    // Too fast is no refusal: nobody else is told, the message waits.
    let folder = tempfile::tempdir().expect("a folder");
    let fake = FakeDingTalk::start().await;
    leave_unsent(folder.path(), ROBOTS_GROUP, 1, 0, false);
    fake.cue(Way::Group, [refused()]);
    fake.cue(Way::Robot, [too_fast()]);
    let bot = Bot::start_on(&fake, Some(folder.path().into())).await;
    fake.until("the robot", |calls| calls.iter().any(|call| call.way == Way::Robot)).await;
    bot.stop_only().await;
    assert_eq!(fake.messages().len(), 0);
}

#[tokio::test]
async fn alerts_that_pile_up_come_as_one_message_that_counts_them() {
    let folder = tempfile::tempdir().expect("a folder");
    let fake = FakeDingTalk::start().await;
    // A former process heard of them and was stopped before it could send any.
    for number in 1..=40 {
        let mut card = Outgoing::text(format!("A{number} 库存 上报")).in_lane(Lane::Notice);
        card.told = Some(Told::one(Lang::Zh, Of::Alert, "库存", number));
        leave(folder.path(), "cid-flood==", number.into(), |row| Unsent { card, ..row });
    }
    let bot = Bot::start_on(&fake, Some(folder.path().into())).await;
    fake.delivered(1).await;
    let metrics = bot.get("/metrics").await.text().await.expect("text");
    assert!(metrics.contains("steward_merged_total 39"), "{metrics}");
    bot.stop(&fake).await;
    let messages = fake.messages();
    assert_eq!(messages.len(), 1, "{messages:#?}");
    let text = messages[0].body["msgParam"].as_str().expect("a string");
    for part in ["40 条合成了这一条", "库存：40 条 A1–A40", "最后一条：A40 库存 上报", "看全部告警"]
    {
        assert!(text.contains(part), "no {part} in {text}");
    }
}

/// What a process leaves in its store that ended while it sent a message of so many sentences, of
/// which so many parts were there.
fn leave_unsent(folder: &Path, conversation: &str, count: usize, parts: u16, begun: bool) {
    let card = Outgoing::text("一句一句又一句。".repeat(count)).in_lane(Lane::Notice);
    leave(folder, conversation, 1, |row| {
        let not_before = row.created_at.plus_ms(i64::from(!begun));
        Unsent { card, parts, not_before, ..row }
    });
}

/// A message that waits in the store of a stopped bot.
fn leave(folder: &Path, conversation: &str, revision: u64, made: impl FnOnce(Unsent) -> Unsent) {
    let (path, master) = (folder.join("data"), Master::File(folder.join("data.key")));
    let Opened { store, keys } = store::open(Kind::Sled, &path, &master).expect("it opens");
    let conversation = ConversationId { account: "main".into(), id: conversation.into() };
    let target = Scope::Conversation(conversation);
    let at = Timestamp(1_790_000_000_000);
    let unsent = made(Unsent {
        target: target.clone(),
        card: Outgoing::default(),
        reply: None,
        created_at: at,
        expires_at: None,
        attempts: 1,
        doubts: 0,
        parts: 0,
        not_before: at.plus_ms(1),
    });
    let scope = keys.scope(&target);
    let writes = vec![(key(scope, revision, 0), Some(encode(&unsent)))];
    let commit = Commit { scope, at, writes, ..Commit::default() };
    let position = store.apply(vec![commit]).expect("written").pop().expect("one");
    store.sync(position.expect("no conflict")).expect("durable");
}

/// What the platform does, how; calls of the reply address and of the API; times it was seen.
type Row = (&'static str, Vec<Cue>, (usize, usize), usize);

/// How the platform answered, and what came of it: calls of the reply address and of the API, and
/// how many times members saw it. The table of docs/operations.md#answers, a row each.
#[tokio::test]
async fn every_bad_answer_has_its_outcome() {
    let code = |code: i64| Cue::Answer(200, json!({ "errcode": code, "errmsg": "no" }));
    let (again, api) = ((2, 0), (1, 1));
    let rows: [Row; 11] = [
        ("200 with an error that refuses", vec![code(310_000)], api, 1),
        ("200 with an error of a second", vec![code(90_018)], again, 1),
        ("a reply address that is used up", vec![code(300_001)], api, 1),
        ("too long by its own measure", vec![code(460_101)], api, 1),
        ("a page, 200", vec![Cue::Html(200)], again, 1),
        ("a page, 502", vec![Cue::Html(502)], again, 1),
        ("nothing", vec![Cue::Text("")], again, 2),
        ("an answer cut off", vec![Cue::CutOff], again, 2),
        ("nothing, twice", vec![Cue::Text(""), Cue::Text("")], again, 2),
        (
            "an answer that comes twice",
            vec![Cue::Text("{\"errcode\":0}{\"errcode\":0}")],
            (1, 0),
            1,
        ),
        ("another JSON", vec![Cue::Text("[0]")], again, 2),
    ];
    for (what, cues, calls, seen) in rows {
        let fake = FakeDingTalk::start().await;
        let bot = Bot::start(&fake).await;
        fake.cue(Way::Session, cues);
        bot.say(&Said::new("m1", "任务 写周报")).await;
        fake.delivered(seen).await;
        bot.stop(&fake).await;
        let all = fake.calls();
        let count = |way: Way| all.iter().filter(|call| call.way == way).count();
        assert_eq!((count(Way::Session), count(Way::Group)), calls, "{what}");
        assert_eq!(fake.messages().len(), seen, "{what}");
    }
}

#[tokio::test]
async fn a_retry_after_that_is_no_pause_is_not_believed() {
    for (header, least_ms) in [("604800", 600_000), ("-5", 5_000), ("soon", 5_000)] {
        let folder = tempfile::tempdir().expect("a folder");
        let fake = FakeDingTalk::start().await;
        let bot = Bot::start_on(&fake, Some(folder.path().into())).await;
        fake.cue(Way::Session, [Cue::SlowDownText(header)]);
        let said_at = bot.now();
        bot.say(&Said::new("m1", "任务 写周报")).await;
        fake.until("a call", |calls| !calls.is_empty()).await;
        bot.stop_only().await;
        let row = waiting(folder.path());
        let wait_ms = row.not_before.0 - said_at;
        // A quarter of it at the most is spread on top, and the call took a moment.
        assert!((least_ms..least_ms * 5 / 4 + 60_000).contains(&wait_ms), "{header}: {wait_ms}");
        assert_eq!((row.doubts, fake.messages().len()), (0, 0), "{header}");
    }
}

#[tokio::test]
async fn a_token_that_ends_between_two_sends_is_fetched_anew() {
    let folder = tempfile::tempdir().expect("a folder");
    let fake = FakeDingTalk::start().await;
    leave_unsent(folder.path(), "cid-a==", 1, 0, false);
    leave_unsent(folder.path(), "cid-b==", 1, 0, false);
    let expired = || Cue::Answer(401, json!({ "code": "InvalidAuthentication" }));
    fake.cue(Way::Group, [expired()]);
    let bot = Bot::start_on(&fake, Some(folder.path().into())).await;
    fake.delivered(2).await;
    bot.stop(&fake).await;
    assert_eq!(fake.messages().len(), 2, "each once");
}

/// The one message that a stopped bot has left.
fn waiting(folder: &Path) -> Unsent {
    let (path, master) = (folder.join("data"), Master::File(folder.join("data.key")));
    let Opened { store, .. } = store::open(Kind::Sled, &path, &master).expect("it opens");
    let range = vec![id::OUTBOX.0]..Key::after_prefix(&[id::OUTBOX.0]);
    let rows = store.scan(range, 2, Order::Up).expect("a scan");
    assert_eq!(rows.len(), 1, "one message waits");
    decode(&rows[0].0, &rows[0].1).expect("a message")
}
