//! An account, a signed callback, and short ways to look at what came of it.

use serde_json::{Value, json};
use steward::model::event::Body;
use steward::model::{Cause, ConversationId, Event, Incoming, PersonId, Scope, Secret, Timestamp};
use steward::platform::dingtalk::{Account, CustomRobot, DingTalk, LIMITS, sign};
use steward::platform::{Arrived, Platform, Raw, Received};

pub const NOW: Timestamp = Timestamp(1_760_000_000_500);
pub const APP_SECRET: &str = "this-is-a-demo-app-secret-0123456789";

pub fn account() -> Account {
    Account {
        name: "main".into(),
        app_key: "dingkey".into(),
        app_secret: Secret::new(APP_SECRET),
        robot_code: "dingrobot01".into(),
        corp_id: Some("ding0001".into()),
        event_token: None,
        event_aes_key: None,
        card_secret: None,
        custom_robot: Some(CustomRobot {
            url: Secret::new("https://oapi.dingtalk.com/robot/send?access_token=TOKEN"),
            secret: Secret::new("SECdeadbeef"),
            conversation: Some("cidRobot==".into()),
        }),
        api_base: "https://api.dingtalk.com".into(),
        oapi_base: "https://oapi.dingtalk.com".into(),
        webhook_origins: Vec::new(),
        stream: None,
        limits: LIMITS,
        bot_names: vec!["管家".into(), "steward".into()],
    }
}

pub fn bot() -> DingTalk {
    DingTalk::new(account()).expect("the default origins are fine")
}

/// The sample callback.
pub fn sample() -> Value {
    serde_json::from_str(include_str!("../data/dingtalk/group_text.json")).expect("JSON")
}

/// The sample with these members changed; null removes one.
pub fn changed(changes: Value) -> Value {
    let mut body = sample();
    for (name, value) in changes.as_object().expect("an object") {
        body[name] = value.clone();
        if value.is_null() {
            body.as_object_mut().expect("an object").remove(name);
        }
    }
    body
}

/// These bytes, signed as DingTalk signs at `at`.
pub fn signed(body: impl Into<Vec<u8>>, at: Timestamp) -> Raw {
    let timestamp = at.0.to_string();
    let sign = sign::timestamp_sign(&Secret::new(APP_SECRET), &timestamp);
    with_headers(body, [("timestamp", timestamp), ("sign", sign)])
}

/// These bytes with these headers.
pub fn with_headers(body: impl Into<Vec<u8>>, headers: [(&'static str, String); 2]) -> Raw {
    let mut raw = Raw { body: body.into(), ..Raw::default() };
    for (name, value) in headers {
        raw.headers.insert(name, value.parse().expect("a header"));
    }
    raw
}

/// What the account makes of this body, rightly signed.
pub fn receive(body: &Value) -> Received {
    bot().receive(Arrived::Callback(&signed(body.to_string(), NOW)), NOW)
}

/// The one event of a callback.
pub fn event(received: Received) -> Event {
    match received {
        Received::Events { mut events, answer, .. } => {
            assert_eq!(answer.content_type, "application/json");
            assert_eq!(events.len(), 1);
            events.remove(0)
        }
        other => panic!("no event: {other:?}"),
    }
}

/// The message in an event.
pub fn message(event: Event) -> Incoming {
    match event.cause {
        Cause::Message(incoming) => *incoming,
        other => panic!("no message: {other:?}"),
    }
}

/// The message that the sample becomes with these members changed.
pub fn heard(changes: Value) -> Incoming {
    message(event(receive(&changed(changes))))
}

pub fn text(incoming: &Incoming) -> &str {
    match &incoming.body {
        Body::Text(text) => text,
        other => panic!("no text: {other:?}"),
    }
}

pub fn person(id: &str) -> PersonId {
    PersonId { account: "main".into(), id: id.into() }
}

pub fn group() -> Scope {
    Scope::Conversation(ConversationId { account: "main".into(), id: "cidAbCd1234==".into() })
}

pub fn direct(id: &str) -> Scope {
    Scope::Person(person(id))
}

pub fn rich(items: Value) -> Value {
    json!({ "msgtype": "richText", "text": null, "content": { "richText": items } })
}
