//! Every known shape of the message that was replied to.

use serde_json::{Value, json};
use steward::model::MessageId;
use steward::model::event::Quoted;

use super::support::*;

/// What a reply to this message quotes.
fn quoted(replied: Value) -> Quoted {
    let text = json!({ "content": "标 周报", "isReplyMsg": true, "repliedMsg": replied });
    heard(json!({ "text": text })).quoted.expect("a quote")
}

#[test]
fn the_text_of_every_type_is_found() {
    let rich = json!({ "richText": [
        { "msgType": "text", "content": "第一段 " },
        { "msgType": "picture", "downloadCode": "x" },
        { "msgType": "text", "text": "第二段" },
    ] });
    let card = json!({ "cardContent": { "body": [
        { "tag": "h", "title": "上线审批" },
        { "elements": [{ "text": "请处理" }, { "value": 3 }] },
    ] } });
    for (kind, content, text) in [
        ("text", json!({ "text": "原话" }), Some("原话")),
        ("text", json!({ "content": "原话" }), Some("原话")),
        ("text", json!("原话"), Some("原话")),
        ("richText", rich, Some("第一段 第二段")),
        ("picture", json!({ "downloadCode": "x" }), None),
        ("video", json!({ "downloadCode": "x" }), None),
        ("audio", json!({ "downloadCode": "x", "recognition": "说的话" }), Some("说的话")),
        ("audio", json!({ "downloadCode": "x" }), None),
        ("file", json!({ "downloadCode": "x", "fileName": "a.pdf" }), Some("a.pdf")),
        ("chatRecord", json!({ "title": "记录", "summary": "甲: 好" }), Some("记录\n甲: 好")),
        ("interactiveCard", card, Some("上线审批\n请处理")),
        ("interactiveCard", json!({}), None),
        ("interactiveCard", json!(null), None),
        ("unknownMsgType", json!({ "unknownMsgType": "不支持" }), None),
        ("text", json!({}), None),
        ("text", json!(17), None),
    ] {
        let quote = quoted(json!({ "msgType": kind, "msgId": "m1", "content": content }));
        assert_eq!(quote.text.as_deref(), text, "{kind}");
        assert_eq!(quote.id, Some(MessageId("m1".into())), "{kind}");
    }
}

#[test]
fn the_author_is_named_only_if_the_callback_says_who_that_is() {
    let author = |id: &str| {
        quoted(json!({ "msgType": "text", "senderId": id, "content": { "text": "x" } })).sender
    };
    assert_eq!(author("$:LWCP_v1:$USER1"), Some(person("user0001")), "the sender");
    assert_eq!(author("$:LWCP_v1:$USER2"), Some(person("user0002")), "somebody @-ed");
    assert_eq!(author("$:LWCP_v1:$BOT"), None, "the robot");
    assert_eq!(author("$:LWCP_v1:$USER9"), None, "nobody known");
}

#[test]
fn a_message_of_our_own_is_known_by_the_key_of_its_sending() {
    let text = json!({ "content": "x", "isReplyMsg": true,
        "repliedMsg": { "msgType": "interactiveCard", "msgId": "m1" } });
    let quote = heard(json!({ "text": text, "originalProcessQueryKey": "pqk" })).quoted;
    assert_eq!(quote.and_then(|quote| quote.id), Some(MessageId("pqk".into())));
}

#[test]
fn an_id_alone_is_a_quote_without_words() {
    for member in ["originalMsgId", "originalProcessQueryKey"] {
        let quote = heard(json!({ member: "m7" })).quoted.expect("a quote");
        assert_eq!(quote.id, Some(MessageId("m7".into())));
        assert_eq!((quote.text, quote.sender, quote.sender_name), (None, None, None));
    }
}

#[test]
fn the_old_shape_is_read() {
    let old = json!({ "msgId": "m2", "msgtype": "text", "text": { "content": "原话" },
        "senderNick": "李\u{202e}四", "senderId": "$:LWCP_v1:$USER9" });
    let quote = heard(json!({ "quoteMessage": old })).quoted.expect("a quote");
    assert_eq!(quote.id, Some(MessageId("m2".into())));
    assert_eq!(quote.text.as_deref(), Some("原话"));
    assert_eq!(quote.sender_name.as_deref(), Some("李四"));
}

#[test]
fn a_reply_in_rich_text_is_read_too() {
    let replied = json!({ "msgType": "text", "msgId": "m3", "content": { "text": "原话" } });
    let content = json!({ "richText": [{ "text": "归档" }], "repliedMsg": replied });
    let said = heard(json!({ "msgtype": "richText", "text": null, "content": content }));
    assert_eq!(text(&said), "归档");
    assert_eq!(said.quoted.and_then(|quote| quote.text).as_deref(), Some("原话"));
}

#[test]
fn a_quote_of_no_known_shape_is_no_error() {
    for replied in [json!(null), json!("x"), json!([]), json!(3)] {
        let text = json!({ "content": "x", "isReplyMsg": true, "repliedMsg": replied });
        assert_eq!(heard(json!({ "text": text })).quoted, None);
    }
    let quote = quoted(json!({ "msgType": 3, "msgId": {}, "content": [[], {}] }));
    assert_eq!((quote.id, quote.text), (None, None));
}
