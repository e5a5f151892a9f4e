//! Robot callbacks of every type to events, and whose they are.

use serde_json::{Value, json};
use steward::model::event::{Body, Mentioned};
use steward::model::{MessageId, Timestamp};
use steward::platform::dingtalk::DingTalk;
use steward::platform::{Arrived, Platform, Received, Reject};

use super::support::*;

#[test]
fn the_sample_becomes_one_event() {
    let event = event(receive(&sample()));
    assert_eq!(event.scope, group());
    assert_eq!(event.key.as_deref(), Some("msgQwErTy=="));
    let said = message(event);
    assert_eq!(said.id, MessageId("msgQwErTy==".into()));
    assert_eq!(text(&said), "任务 写周报 @韩梅梅 今天18:00");
    assert_eq!(said.title, "值班群");
    assert_eq!(said.sent_at, Timestamp(1_760_000_000_123));
    assert_eq!((said.sender.person, said.sender.name), (person("user0001"), "张三".into()));
    assert!(said.addressed && !said.sender.is_bot);
    assert_eq!(said.quoted, None);
    let route = said.reply_route.expect("a route");
    assert_eq!(route.url, "https://oapi.dingtalk.com/robot/sendBySession?session=abc");
    assert_eq!(route.expires_at, Timestamp(1_760_005_400_123));
    let named = Mentioned { person: Some(person("user0002")), name: Some("韩梅梅".into()) };
    assert_eq!(said.mentions, [named]);
}

#[test]
fn the_passive_answer_says_nothing() {
    let Received::Events { answer, .. } = receive(&sample()) else { panic!("no event") };
    let body: Value = serde_json::from_slice(&answer.body).expect("JSON");
    assert_eq!(body, json!({ "msgtype": "empty" }));
}

#[test]
fn a_direct_chat_is_the_persons_scope() {
    let direct_text = json!({
        "conversationType": "1", "conversationTitle": null, "isInAtList": null, "atUsers": null,
    });
    let event = event(receive(&changed(direct_text)));
    assert_eq!(event.scope, direct("user0001"));
    assert!(message(event).addressed);
}

#[test]
fn every_type_has_its_body() {
    let file = Body::File { name: "报 表.xlsx".into() };
    let heard_words = Body::Audio { transcript: Some("明天开会".into()) };
    for (kind, content, body) in [
        ("picture", json!({ "downloadCode": "x" }), Body::Picture),
        ("audio", json!({ "recognition": "明天开会", "duration": 3000 }), heard_words),
        ("audio", json!({ "downloadCode": "x" }), Body::Audio { transcript: None }),
        ("video", json!({ "downloadCode": "x", "duration": "5" }), Body::Video),
        ("file", json!({ "fileName": "报\n表.xlsx", "fileId": 7 }), file),
        ("unknownMsgType", json!({}), Body::Unknown { kind: "unknownMsgType".into() }),
        ("hologram", json!(["?"]), Body::Unknown { kind: "hologram".into() }),
    ] {
        let said = heard(json!({ "msgtype": kind, "text": null, "content": content }));
        assert_eq!(said.body, body, "{kind}");
    }
}

#[test]
fn rich_text_is_flattened_and_the_leading_call_taken_off() {
    let picture = json!({ "type": "picture", "downloadCode": "x", "pictureDownloadCode": "y" });
    let at = json!({ "type": "at", "atName": "韩梅梅", "atUserId": "user0002" });
    for (items, said) in [
        (json!([{ "text": "@管家" }, { "text": " 归档" }, picture]), "归档"),
        (json!([{ "text": "＠Steward 归档\n第二行", "type": "text" }]), "归档\n第二行"),
        (json!([{ "text": "任务 写周报 " }, at, { "text": "明天" }]), "任务 写周报 @韩梅梅 明天"),
        (json!([{ "type": "video" }, { "text": "x" }, { "text": 3 }]), "x"),
    ] {
        assert_eq!(text(&heard(rich(items))), said);
    }
    assert_eq!(heard(rich(json!([picture]))).body, Body::Picture);
    assert_eq!(heard(rich(json!([]))).body, Body::Unknown { kind: "richText".into() });
}

#[test]
fn a_call_that_a_button_typed_is_taken_off() {
    let said = heard(json!({ "text": { "content": " @管家 T1 完成" } }));
    assert_eq!(text(&said), "T1 完成");
}

#[test]
fn names_are_paired_only_when_the_numbers_agree() {
    let two = json!([
        { "dingtalkId": "$:LWCP_v1:$A", "staffId": "a" },
        { "dingtalkId": "$:LWCP_v1:$B", "staffId": "b" },
    ]);
    let named = |content: &str| -> Vec<Option<String>> {
        let said = heard(json!({ "text": { "content": content }, "atUsers": two }));
        let ids: Vec<_> = said.mentions.iter().map(|m| m.person.clone()).collect();
        assert_eq!(ids, [Some(person("a")), Some(person("b"))]);
        said.mentions.into_iter().map(|m| m.name).collect()
    };
    let both = [Some("甲".to_owned()), Some("乙".to_owned())];
    assert_eq!(named("任务 @甲 @乙"), both);
    assert_eq!(named("任务 @甲，@乙: 看 a@b.example"), both);
    assert_eq!(named("@甲 @乙 再说一遍 @甲"), both, "somebody twice");
    assert_eq!(named("@甲 请 @管家 叫 @乙"), both, "the bot does not count");
    assert_eq!(named("@甲 @乙 @丙"), [None, None]);
    assert_eq!(named("@甲"), [None, None]);
    assert_eq!(named("没有"), [None, None]);
}

#[test]
fn an_empty_staff_id_is_none() {
    let users = json!([
        { "dingtalkId": "$:LWCP_v1:$BOT", "staffId": "" },
        { "dingtalkId": "$:LWCP_v1:$X", "staffId": "" },
    ]);
    let said = heard(json!({ "text": { "content": "hi" }, "atUsers": users }));
    let people: Vec<_> = said.mentions.into_iter().map(|m| m.person).collect();
    assert_eq!(people, [Some(person("dingtalkId:$:LWCP_v1:$X"))]);
}

#[test]
fn somebody_from_outside_never_gets_a_members_id() {
    let outside = person("dingtalkId:$:LWCP_v1:$USER1");
    assert_eq!(heard(json!({ "senderStaffId": null })).sender.person, outside);
    assert_eq!(heard(json!({ "senderCorpId": "ding0002" })).sender.person, outside);
    let posing = heard(json!({ "senderStaffId": null, "senderId": "manager01" }));
    assert_ne!(posing.sender.person, person("manager01"));
}

#[test]
fn the_robots_own_message_is_a_bots() {
    assert!(heard(json!({ "senderId": "$:LWCP_v1:$BOT" })).sender.is_bot);
}

#[test]
fn a_group_message_is_addressed_unless_it_says_otherwise() {
    assert!(heard(json!({ "isInAtList": null })).addressed);
    assert!(heard(json!({ "isInAtList": false })).addressed, "the robot is in atUsers");
    assert!(!heard(json!({ "isInAtList": false, "atUsers": [] })).addressed);
}

#[test]
fn times_and_ids_may_be_numbers_or_texts() {
    let said = heard(json!({
        "createAt": "1760000000123", "sessionWebhookExpiredTime": "1760005400123",
        "msgId": 42, "conversationType": 2,
    }));
    assert_eq!(said.sent_at, Timestamp(1_760_000_000_123));
    assert_eq!(said.id, MessageId("42".into()));
    assert!(said.reply_route.is_some());
}

#[test]
fn a_used_up_quota_is_answered_without_an_event() {
    let empty = json!({ "errorCode": 20001, "errorMessage": "quota", "text": null });
    assert!(matches!(receive(&changed(empty)), Received::Answer(_)));
}

#[test]
fn callbacks_of_other_organisations_are_refused() {
    let other = changed(json!({ "chatbotCorpId": "ding9999" }));
    assert_eq!(receive(&other), Received::Reject(Reject::Unauthorized("corp")));
    event(receive(&changed(json!({ "robotCode": "dingkey" }))));
    event(receive(&changed(json!({ "robotCode": null, "chatbotCorpId": null }))));
}

#[test]
fn an_address_for_answers_that_is_not_used_is_told_to_the_log() {
    let left_out = |url: Value| match receive(&changed(json!({ "sessionWebhook": url }))) {
        Received::Events { left_out, .. } => left_out,
        other => panic!("no event: {other:?}"),
    };
    let foreign = "https://evil.example/robot/sendBySession?session=x";
    assert_eq!(left_out(json!(foreign)), Some("sessionWebhook"));
    assert_eq!(left_out(json!("https://oapi.dingtalk.com/robot/sendBySession?session=x")), None);
    assert_eq!(left_out(json!(null)), None);
}

#[test]
fn an_address_for_answers_is_used_only_if_it_is_the_platforms() {
    let route = |account, url: &str| {
        let bot = DingTalk::new(account).expect("an account");
        let body = changed(json!({ "sessionWebhook": url })).to_string();
        message(event(bot.receive(Arrived::Callback(&signed(body, NOW)), NOW)))
            .reply_route
            .map(|route| route.url)
    };
    let path = "/robot/sendBySession";
    for good in ["https://oapi.dingtalk.com", "https://oapi.dingtalk.com:443"] {
        assert!(route(account(), &format!("{good}{path}?session=x")).is_some(), "{good}");
    }
    for bad in [
        "https://evil.example/robot/sendBySession",
        "https://oapi.dingtalk.com.evil.example/robot/sendBySession",
        "https://oapi.dingtalk.com@evil.example/robot/sendBySession",
        "https://evil.example\\@oapi.dingtalk.com/robot/sendBySession",
        "https://me@oapi.dingtalk.com/robot/sendBySession",
        "https://me:pw@oapi.dingtalk.com/robot/sendBySession",
        "http://oapi.dingtalk.com/robot/sendBySession",
        "https://oapi.dingtalk.com:8443/robot/sendBySession",
        "https://oapi.dingtalk.com/robot/send?access_token=x",
        "https://oapi.dingtalk.com/robot/sendBySession/",
        "https://oapi.dingtalk.com/robot/sendBySession/../send",
        "https://oapi.dingtalk.com/robot/%73endBySession",
        "https://oapi.dingtalk.com/robot/sendBySession?x#y",
        "http://127.0.0.1:9900/robot/sendBySession",
        "ftp://oapi.dingtalk.com/robot/sendBySession",
        "file:///robot/sendBySession",
        "/robot/sendBySession",
        "not an address",
    ] {
        assert_eq!(route(account(), bad), None, "{bad}");
    }
    let mut local = account();
    local.oapi_base = "http://127.0.0.1:9900".into();
    let sink = "http://127.0.0.1:9900/robot/sendBySession?session=x";
    assert_eq!(route(local.clone(), sink).as_deref(), Some(sink));
    assert_eq!(route(local, "http://127.0.0.1:9901/robot/sendBySession"), None);
    let mut proxied = account();
    proxied.webhook_origins = vec!["https://proxy.example:8443".into()];
    assert!(route(proxied.clone(), "https://proxy.example:8443/robot/sendBySession").is_some());
    assert_eq!(route(proxied, "https://oapi.dingtalk.com/robot/sendBySession"), None);
}

#[test]
fn a_plain_http_base_elsewhere_gives_no_origin_and_cannot_be_listed() {
    let mut plain = account();
    plain.oapi_base = "http://proxy.example".into();
    let bot = DingTalk::new(plain).expect("the public origin is left");
    let url = json!({ "sessionWebhook": "http://proxy.example/robot/sendBySession" });
    let raw = signed(changed(url).to_string(), NOW);
    assert_eq!(message(event(bot.receive(Arrived::Callback(&raw), NOW))).reply_route, None);
    let mut listed = account();
    listed.webhook_origins = vec!["http://proxy.example".into()];
    assert_eq!(DingTalk::new(listed).err().as_deref(), Some("http://proxy.example"));
}

#[test]
fn an_address_without_an_end_is_not_used() {
    assert_eq!(heard(json!({ "sessionWebhookExpiredTime": null })).reply_route, None);
    assert_eq!(heard(json!({ "sessionWebhook": null })).reply_route, None);
}
