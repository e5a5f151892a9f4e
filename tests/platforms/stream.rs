//! Stream mode as bytes: the call for a place, which places are taken, what frames mean, how they
//! are answered.

use std::sync::Arc;

use serde_json::{Value, json};
use steward::platform::dingtalk::{Account, DingTalk};
use steward::platform::{Arrived, Heard, Link, Platform, Pushed, Received, Reject, Reply};

use super::support::*;

fn streaming(origins: &[&str]) -> DingTalk {
    let origins = origins.iter().map(|origin| (*origin).to_owned()).collect();
    DingTalk::new(Account { stream: Some(origins), ..account() }).expect("good origins")
}

fn link(origins: &[&str]) -> Arc<dyn Link> {
    streaming(origins).link().expect("a link")
}

fn offer(status: u16, body: &str) -> Reply {
    Reply { status, retry_after_s: None, body: body.into() }
}

/// What is connected to for this endpoint; `None` if it is not taken.
fn place(link: &dyn Link, endpoint: &str, ticket: &str) -> Option<String> {
    let body = json!({ "endpoint": endpoint, "ticket": ticket }).to_string();
    let place = link.read_place(&offer(200, &body)).ok()?;
    Some(String::from_utf8(place.url.expose().to_vec()).expect("text"))
}

fn frame(kind: &str, topic: &str, id: &str, data: &str) -> String {
    let headers = json!({ "topic": topic, "messageId": id, "contentType": "application/json" });
    json!({ "specVersion": "1.0", "type": kind, "headers": headers, "data": data }).to_string()
}

/// The sample, or another body, pushed in a frame.
fn pushed(body: &Value) -> Pushed {
    let text = frame("CALLBACK", "/v1.0/im/bot/messages/get", "f1", &body.to_string());
    match link(&[]).read(&text) {
        Heard::Pushed(pushed) => pushed,
        other => panic!("not pushed: {other:?}"),
    }
}

fn answered(heard: Heard) -> Value {
    match heard {
        Heard::Answer(frame) => serde_json::from_str(&frame).expect("JSON"),
        other => panic!("no answer: {other:?}"),
    }
}

#[test]
fn an_account_that_is_called_back_has_no_link() {
    assert!(bot().link().is_none());
}

#[test]
fn the_call_for_a_place_asks_for_what_is_said_to_the_robot_as_json() {
    let call = link(&[]).place_call();
    assert_eq!(call.url, "https://api.dingtalk.com/v1.0/gateway/connections/open");
    assert!(call.headers.contains(&("accept", "application/json".into())));
    let body: Value = serde_json::from_slice(&call.body).expect("JSON");
    assert_eq!((&body["clientId"], &body["clientSecret"]), (&json!("dingkey"), &json!(APP_SECRET)));
    let topics = json!([{ "type": "CALLBACK", "topic": "/v1.0/im/bot/messages/get" }]);
    assert_eq!(body["subscriptions"], topics);
}

#[test]
fn only_the_platforms_own_places_are_connected_to() {
    let link = link(&[]);
    let url = place(&*link, "wss://wss-open-connection.dingtalk.com:443/connect", "a+b/c=");
    let wanted = "wss://wss-open-connection.dingtalk.com/connect?ticket=a%2Bb%2Fc%3D";
    assert_eq!(url.as_deref(), Some(wanted));
    for good in [
        "wss://wss-open-connection-union.dingtalk.com/connect",
        "wss://wss-open-connection.dingtalk.com/other?x=1",
        "wss://api.dingtalk.com/connect",
    ] {
        assert!(place(&*link, good, "t").is_some(), "{good}");
    }
    for evil in [
        "ws://wss-open-connection.dingtalk.com/connect",
        "https://wss-open-connection.dingtalk.com/connect",
        "wss://wss-open-connection.dingtalk.com:8443/connect",
        "wss://wss-open-connection.evil.dingtalk.com/connect",
        "wss://wss-open-connection.dingtalk.com.evil.example/connect",
        "wss://evil.dingtalk.com/connect",
        "wss://wss-open-connection.dingtalk.com@evil.example/connect",
        "wss://me:pw@wss-open-connection.dingtalk.com/connect",
        "wss://wss-open-connection.dingtalk.com/connect#x",
        "wss://127.0.0.1/connect",
        "ws://127.0.0.1:9000/connect",
        "/connect",
        "",
    ] {
        assert_eq!(place(&*link, evil, "t"), None, "{evil}");
    }
    let own = "wss://wss-open-connection.dingtalk.com/connect";
    assert_eq!(place(&*link, own, ""), None);
    assert_eq!(place(&*link, own, &"t".repeat(5000)), None);
}

#[test]
fn settings_replace_the_platforms_places() {
    let private = link(&["wss://stream.example:8443", "ws://127.0.0.1:9000"]);
    for (endpoint, taken) in [
        ("wss://stream.example:8443/connect", true),
        ("ws://127.0.0.1:9000/connect", true),
        ("wss://stream.example/connect", false),
        ("ws://stream.example:8443/connect", false),
        ("wss://wss-open-connection.dingtalk.com/connect", false),
    ] {
        assert_eq!(place(&*private, endpoint, "t").is_some(), taken, "{endpoint}");
    }
    let open = Account { stream: Some(vec!["ws://10.0.0.1:9000".into()]), ..account() };
    assert_eq!(DingTalk::new(open).err().as_deref(), Some("ws://10.0.0.1:9000"));
}

#[test]
fn a_private_base_is_a_place_of_its_own() {
    let near =
        Account { stream: Some(vec![]), api_base: "http://127.0.0.1:9000".into(), ..account() };
    let link = DingTalk::new(near).expect("good origins").link().expect("a link");
    assert!(place(&*link, "ws://127.0.0.1:9000/connect", "t").is_some());
    assert!(place(&*link, "ws://127.0.0.1:9001/connect", "t").is_none());
}

#[test]
fn what_is_no_offer_is_told_by_its_code_alone() {
    let link = link(&[]);
    let told = r#"{"code":"invalidClient\nId<b>","message":"app 10.0.0.9","requestid":"r"}"#;
    for (reply, why) in [
        (offer(401, told), "invalidClientIdb"),
        (offer(503, "<html>"), "http 503"),
        (offer(200, "<xml/>"), "http 200"),
        (offer(200, "[]"), "http 200"),
        (offer(200, r#"{"endpoint":"wss://evil.example","ticket":"t"}"#), "endpoint"),
        (offer(200, r#"{"ticket":"t"}"#), "http 200"),
        (offer(500, r#"{"endpoint":"wss://api.dingtalk.com","ticket":"t"}"#), "http 500"),
    ] {
        assert_eq!(link.read_place(&reply).map_err(|no| no.why), Err(why.into()), "{reply:?}");
    }
}

#[test]
fn a_place_does_not_print_its_ticket() {
    let body = r#"{"endpoint":"wss://api.dingtalk.com/connect","ticket":"hunter2"}"#;
    let place = link(&[]).read_place(&offer(200, body)).expect("a place");
    assert!(!format!("{place:?}").contains("hunter2"));
    assert!(!format!("{:?}", streaming(&[])).contains(APP_SECRET));
}

#[test]
fn what_is_pushed_is_the_event_of_the_same_callback() {
    let (bot, sample) = (streaming(&[]), sample());
    let pushed = pushed(&sample);
    let received = bot.receive(Arrived::Pushed(&pushed), NOW);
    assert_eq!(event(received.clone()), event(receive(&sample)));
    let Received::Events { answer, .. } = received else { panic!("no event") };
    let frame: Value =
        serde_json::from_str(&link(&[]).answer(pushed.id(), Ok(&answer))).expect("JSON");
    let headers = json!({ "messageId": "f1", "contentType": "application/json" });
    let data = r#"{"response":null}"#;
    let wanted = json!({ "code": 200, "message": "OK", "headers": headers, "data": data });
    assert_eq!(frame, wanted);
}

#[test]
fn what_is_pushed_is_still_of_the_right_organisation_and_form() {
    let bot = streaming(&[]);
    let other = pushed(&changed(json!({ "chatbotCorpId": "ding0002" })));
    let refused = Received::Reject(Reject::Unauthorized("corp"));
    assert_eq!(bot.receive(Arrived::Pushed(&other), NOW), refused);
    let bare = pushed(&json!([]));
    let refused = Received::Reject(Reject::Malformed("json"));
    assert_eq!(bot.receive(Arrived::Pushed(&bare), NOW), refused);
    let answer = link(&[]).answer("f1", Err(Reject::Malformed("json")));
    assert!(answer.contains("\"code\":400"), "{answer}");
}

#[test]
fn a_frame_pushed_to_an_account_that_is_called_back_is_read_by_nobody() {
    // Only a link makes what is pushed, and the page has none.
    let page = steward::platform::playground::Playground::new("play", vec![]);
    let refused = Received::Reject(Reject::Unauthorized("pushed"));
    assert_eq!(page.receive(Arrived::Pushed(&pushed(&sample())), NOW), refused);
}

#[test]
fn frames_mean_what_the_platform_says() {
    let link = link(&[]);
    let ping = answered(link.read(&frame("SYSTEM", "ping", "p1", r#"{"opaque":"x"}"#)));
    assert_eq!((&ping["code"], &ping["data"]), (&json!(200), &json!(r#"{"opaque":"x"}"#)));
    assert_eq!(ping["headers"]["messageId"], "p1");
    let bare = r#"{"type":"SYSTEM","headers":{"topic":"disconnect"},"data":"{}"}"#;
    assert_eq!(link.read(bare), Heard::Leaving);
    let greeting = r#"{"type":"SYSTEM","headers":{"topic":"CONNECTED"}}"#;
    assert_eq!(link.read(greeting), Heard::Nothing);
    let card = frame("CALLBACK", "/v1.0/card/instances/callback", "c1", "{}");
    assert_eq!(answered(link.read(&card))["code"], 404);
    let event = answered(link.read(&frame("EVENT", "*", "e1", "{}")));
    let data: Value = serde_json::from_str(event["data"].as_str().expect("text")).expect("JSON");
    assert_eq!((&event["code"], &data["status"]), (&json!(200), &json!("SUCCESS")));
    let unnamed = frame("CALLBACK", "/v1.0/im/bot/messages/get", "", "{}");
    let absurd = frame("CALLBACK", "/v1.0/im/bot/messages/get", &"x".repeat(600), "{}");
    for (text, why) in [
        ("", "json"),
        ("[\"SYSTEM\",{\"topic\":\"disconnect\"},\"\"]", "json"),
        ("{\"type\":\"CALLBACK\",\"headers\":{},\"data\":{}}", "json"),
        ("{}", "type"),
        ("{\"type\":\"system\"}", "type"),
        (&unnamed, "messageId"),
        (&absurd, "messageId"),
    ] {
        assert_eq!(link.read(text), Heard::Malformed(why), "{text}");
    }
}

#[test]
fn no_frame_made_of_our_own_pieces_panics() {
    let (link, bot) = (link(&[]), streaming(&[]));
    let whole = frame("CALLBACK", "/v1.0/im/bot/messages/get", "f1", &sample().to_string());
    let ends = whole.char_indices().map(|(at, _)| at);
    let mut taken = 0;
    for end in ends.chain([whole.len()]) {
        let (head, tail) = whole.split_at(end);
        for text in [head.to_owned(), tail.to_owned(), format!("{tail}{head}")] {
            if let Heard::Pushed(pushed) = link.read(&text) {
                taken += 1;
                bot.receive(Arrived::Pushed(&pushed), NOW);
            }
        }
    }
    assert!(taken > 0, "nothing was pushed");
}
