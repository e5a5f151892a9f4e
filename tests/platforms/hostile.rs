//! Callbacks that are forged, broken or absurd: refused or harmless, never a panic.

use serde_json::{Value, json};
use steward::model::Timestamp;
use steward::platform::{Arrived, Platform, Raw, Received, Reject};

use super::support::*;

fn rejected(raw: &Raw, now: Timestamp) -> Reject {
    match bot().receive(Arrived::Callback(raw), now) {
        Received::Reject(reject) => reject,
        other => panic!("taken: {other:?}"),
    }
}

#[test]
fn without_a_right_signature_nothing_is_parsed() {
    let good = signed(sample().to_string(), NOW);
    let with = |name: &'static str, value: Option<&str>| {
        let mut raw = good.clone();
        raw.headers.remove(name);
        if let Some(value) = value {
            raw.headers.insert(name, value.parse().expect("a header"));
        }
        raw.body = b"not json at all \xff".to_vec();
        raw
    };
    let missing = Reject::Unauthorized("sign_missing");
    let mismatch = Reject::Unauthorized("sign_mismatch");
    assert_eq!(rejected(&with("sign", None), NOW), missing);
    assert_eq!(rejected(&with("timestamp", None), NOW), missing);
    for sign in ["", "x", "A7gSbwM2r+gLpG22KVzlPurh0PMmFCZQbIKPEhst/ds="] {
        assert_eq!(rejected(&with("sign", Some(sign)), NOW), mismatch);
    }
    assert_eq!(rejected(&with("timestamp", Some("1760000000501")), NOW), mismatch);
}

#[test]
fn absurd_times_are_stale_and_not_an_overflow() {
    let stale = Reject::Unauthorized("expired");
    for (signed_at, now) in [
        (0, NOW.0),
        (NOW.0, NOW.0 + 3_600_001),
        (NOW.0, NOW.0 - 3_600_001),
        (i64::MIN, i64::MAX),
        (i64::MAX, i64::MIN),
    ] {
        let raw = signed(sample().to_string(), Timestamp(signed_at));
        assert_eq!(rejected(&raw, Timestamp(now)), stale, "{signed_at} {now}");
    }
}

#[test]
fn other_paths_are_not_served() {
    let mut raw = signed(sample().to_string(), NOW);
    raw.path = "/event".into();
    assert_eq!(rejected(&raw, NOW), Reject::Unauthorized("path"));
}

#[test]
fn broken_bodies_are_malformed() {
    let deep = format!("{}{}", "[".repeat(2000), "]".repeat(2000));
    let in_member = |json: &str| {
        let text = sample().to_string();
        format!("{},\"hostingContext\":{json}}}", &text[..text.len() - 1]).into_bytes()
    };
    let twice = sample().to_string().replacen("{", "{\"msgId\":\"a\",", 1).into_bytes();
    for (body, word) in [
        (b"".to_vec(), "json"),
        (b"{".to_vec(), "json"),
        (b"null".to_vec(), "json"),
        (b"[1]".to_vec(), "json"),
        (b"\xff\xfe{}".to_vec(), "utf8"),
        (b"{\"msgId\":\"\xc3\x28\"}".to_vec(), "utf8"),
        (b"{\"x\":\"\xed\xa0\x80\"}".to_vec(), "utf8"),
        (deep.clone().into_bytes(), "json"),
        (format!("{{\"text\":{deep}}}").into_bytes(), "json"),
        (format!("{{\"createAt\":1{}}}", "0".repeat(400)).into_bytes(), "json"),
        (twice, "json"),
        (b"{}".to_vec(), "msgId"),
    ] {
        assert_eq!(rejected(&signed(body, NOW), NOW), Reject::Malformed(word));
    }
    // Deep nesting in a member that nobody reads harms nothing, whether it is taken or not.
    bot().receive(Arrived::Callback(&signed(in_member(&deep), NOW)), NOW);
}

#[test]
fn missing_and_wrongly_typed_members_are_malformed() {
    let required = ["msgId", "conversationId", "conversationType", "msgtype", "createAt"];
    for name in required {
        let reject = Received::Reject(Reject::Malformed(name));
        assert_eq!(receive(&changed(json!({ name: null }))), reject, "{name}");
    }
    for wrong in [json!({}), json!([]), json!(true)] {
        for name in required.into_iter().chain(["senderNick", "sessionWebhook", "senderStaffId"]) {
            let reject = Received::Reject(Reject::Malformed("json"));
            assert_eq!(receive(&changed(json!({ name: wrong }))), reject, "{name} {wrong}");
        }
    }
    for (changes, word) in [
        (json!({ "text": { "content": 7 } }), "text.content"),
        (json!({ "text": "x" }), "text.content"),
        (json!({ "text": null }), "text.content"),
        (json!({ "msgtype": "richText" }), "content.richText"),
        (json!({ "msgtype": "richText", "content": { "richText": {} } }), "content.richText"),
        (json!({ "conversationType": "3" }), "conversationType"),
        (json!({ "createAt": "yesterday" }), "json"),
        (json!({ "atUsers": "all" }), "json"),
        (json!({ "isInAtList": "maybe" }), "json"),
        (json!({ "msgId": "x".repeat(513) }), "msgId"),
        (json!({ "senderStaffId": null, "senderId": null }), "senderId"),
    ] {
        let reject = Received::Reject(Reject::Malformed(word));
        assert_eq!(receive(&changed(changes.clone())), reject, "{changes}");
    }
}

#[test]
fn huge_numbers_saturate() {
    let said = heard(json!({ "createAt": 1e300, "sessionWebhookExpiredTime": -1e300 }));
    assert_eq!(said.sent_at, Timestamp(i64::MAX));
    assert_eq!(said.reply_route.map(|route| route.expires_at), Some(Timestamp(i64::MIN)));
    assert_eq!(heard(json!({ "createAt": u64::MAX })).sent_at, Timestamp(i64::MAX));
}

#[test]
fn names_and_titles_are_one_visible_line() {
    let said = heard(json!({
        "senderNick": "张\u{200b}三\u{202e}\n# 管理员\u{0}",
        "conversationTitle": "  值班\r\n群\u{feff} ",
    }));
    assert_eq!(said.sender.name, "张三 # 管理员");
    assert_eq!(said.title, "值班 群");
    let long = heard(json!({ "senderNick": "名".repeat(5000) })).sender.name;
    assert_eq!(long.chars().count(), 80);
}

#[test]
fn a_long_text_is_cut_between_characters() {
    let long = "字".repeat(40_000);
    let said = heard(json!({ "text": { "content": long } }));
    assert_eq!(text(&said).chars().count(), 64 * 1024 / 3);
}

#[test]
fn a_crowd_of_mentions_is_bounded() {
    let users: Vec<Value> = (0..5000).map(|i| json!({ "staffId": format!("u{i}") })).collect();
    let said = heard(json!({ "atUsers": users, "text": { "content": "@a ".repeat(5000) } }));
    assert_eq!(said.mentions.len(), 100);
}

#[test]
fn a_wide_quoted_card_is_bounded() {
    let items: Vec<Value> = (0..20_000).map(|i| json!({ "text": format!("{i} ") })).collect();
    let text = json!({ "content": "x", "repliedMsg": { "msgType": "card", "content": items } });
    let quoted = heard(json!({ "text": text })).quoted.and_then(|quote| quote.text);
    assert!(quoted.expect("words").lines().count() < 300);
}

#[test]
fn is_admin_is_read_by_nobody() {
    let plain = receive(&changed(json!({ "isAdmin": false })));
    assert_eq!(receive(&sample()), plain);
}
