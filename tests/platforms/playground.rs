//! The playground's page as a platform.

use serde_json::{Value, json};
use steward::model::event::{Mentioned, Quoted};
use steward::model::{MessageId, Outgoing, Timestamp};
use steward::platform::playground::Playground;
use steward::platform::{Arrived, Call, Platform, Raw, Received, Reject, Route};

use super::support::*;

fn page() -> Playground {
    Playground::new("main", vec!["管家".into(), "steward".into()])
}

fn say(changes: Value) -> Received {
    let mut say = json!({
        "conversation": "cidAbCd1234==", "direct": false, "title": "项目群",
        "sender": { "id": "jia", "name": "甲" }, "text": "@管家 任务 写周报", "id": "m1",
        "mentions": [], "quoted": null, "at_ms": 1_772_413_200_000_i64, "only_mentions": false,
    });
    for (name, value) in changes.as_object().expect("an object") {
        say[name] = value.clone();
    }
    let raw = Raw { body: say.to_string().into_bytes(), ..Raw::default() };
    page().receive(Arrived::Callback(&raw), NOW)
}

#[test]
fn a_line_on_the_page_becomes_an_event() {
    let event = event(say(json!({})));
    assert_eq!((event.scope.clone(), event.key.as_deref()), (group(), Some("m1")));
    let said = message(event);
    assert_eq!(text(&said), "任务 写周报");
    assert!(said.addressed);
    assert_eq!(said.sent_at, Timestamp(1_772_413_200_000));
    assert_eq!((said.sender.person, said.sender.name), (person("jia"), "甲".into()));
    assert_eq!(said.title, "项目群");
}

#[test]
fn the_bot_is_called_by_every_name_anywhere() {
    for (line, addressed, said) in [
        ("＠管家任务", true, "任务"),
        ("大家好 @STEWARD, list", true, "大家好 , list"),
        ("大家好", false, "大家好"),
        ("@管理员 你好", false, "@管理员 你好"),
    ] {
        let heard = message(event(say(json!({ "text": line }))));
        assert_eq!((heard.addressed, text(&heard)), (addressed, said), "{line}");
    }
}

#[test]
fn a_direct_chat_needs_no_call() {
    let event = event(say(json!({ "direct": true, "text": "任务" })));
    assert_eq!(event.scope, direct("jia"));
    assert!(message(event).addressed);
}

#[test]
fn behaving_like_dingtalk_drops_what_is_not_said_to_the_bot() {
    let strict = |text: &str| say(json!({ "text": text, "only_mentions": true }));
    assert!(matches!(strict("大家好"), Received::Answer(_)));
    event(strict("@管家 大家好"));
    event(say(json!({ "direct": true, "text": "你好", "only_mentions": true })));
}

#[test]
fn mentions_and_quotes_are_taken_over() {
    let quoted = json!({ "id": "m0", "sender_id": "yi", "sender_name": "乙", "text": "原话" });
    let mentions = json!([{ "id": "yi", "name": "乙" }]);
    let heard = message(event(say(json!({ "quoted": quoted, "mentions": mentions }))));
    let quote = Quoted {
        id: Some(MessageId("m0".into())),
        sender: Some(person("yi")),
        sender_name: Some("乙".into()),
        text: Some("原话".into()),
    };
    assert_eq!(heard.quoted, Some(quote));
    let named = Mentioned { person: Some(person("yi")), name: Some("乙".into()) };
    assert_eq!(heard.mentions, [named]);
}

#[test]
fn what_is_missing_or_wrong_is_malformed() {
    for (changes, word) in [
        (json!({ "id": "" }), "id"),
        (json!({ "id": 3 }), "json"),
        (json!({ "sender": { "id": "" } }), "sender.id"),
        (json!({ "conversation": "" }), "conversation"),
        (json!({ "text": null }), "json"),
    ] {
        assert_eq!(say(changes), Received::Reject(Reject::Malformed(word)));
    }
}

#[test]
fn a_card_goes_to_the_page_as_it_is() {
    let card = Outgoing::text("好").and_button("完成", "T1 完成");
    let target = group();
    let route =
        Route { target: &target, reply: None, robot: false, begun: false, idempotency_key: "k" };
    let [Call::Page(shown)] = &page().render(&card, &route, NOW)[..] else { panic!("no page") };
    assert_eq!((&shown.target, &shown.card), (&target, &card));
    assert_eq!(shown.idempotency_key, "k");
}
