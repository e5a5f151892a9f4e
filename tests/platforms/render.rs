//! Cards to calls: the way, the type, the JSON, and that no typed text acts.

use serde_json::{Value, json};
use steward::model::event::ReplyRoute;
use steward::model::{Block, ConversationId, Outgoing, Scope, Span, Timestamp};
use steward::platform::{Call, HttpCall, Platform, Route, TokenUse};

use super::support::*;

const WEBHOOK: &str = "https://oapi.dingtalk.com/robot/sendBySession?session=abc";

fn mention(id: &str, name: &str) -> Span {
    Span::Mention { person: person(id), name: name.into() }
}

fn webhook() -> ReplyRoute {
    ReplyRoute { url: WEBHOOK.into(), expires_at: NOW.plus_ms(60_000) }
}

fn calls(card: &Outgoing, target: &Scope, reply: Option<&ReplyRoute>) -> Vec<Call> {
    let route = Route { target, reply, robot: false, begun: false, idempotency_key: "key-1" };
    bot().render(card, &route, NOW)
}

fn call(card: &Outgoing, target: &Scope, reply: Option<&ReplyRoute>) -> HttpCall {
    match calls(card, target, reply).as_slice() {
        [Call::Http(call)] => call.clone(),
        other => panic!("not one call: {other:?}"),
    }
}

fn body(call: &HttpCall) -> Value {
    serde_json::from_slice(&call.body).expect("JSON")
}

/// The JSON that answers a message in the group.
fn answer(card: &Outgoing) -> Value {
    body(&call(card, &group(), Some(&webhook())))
}

/// The markdown of a card with this text and a button.
fn drawn(text: &str) -> String {
    let card = Outgoing::line(vec![text.into()]).and_button("好", "好");
    let answer = answer(&card);
    let text = answer["markdown"]["text"].as_str().expect("markdown");
    text.split("\n\n[").next().expect("a body").to_owned()
}

#[test]
fn a_plain_answer_is_a_text_with_mentions_that_notify() {
    let card = Outgoing::line(vec![
        "T1 写周报 · ".into(),
        mention("user0002", "韩梅梅"),
        "今天".into(),
        mention("user0002", "韩梅梅"),
        " 完".into(),
    ]);
    let call = call(&card, &group(), Some(&webhook()));
    assert_eq!((call.method, call.url.as_str(), call.token), ("POST", WEBHOOK, TokenUse::None));
    assert_eq!(call.headers, [("content-type", "application/json; charset=utf-8".to_owned())]);
    let expected = json!({
        "msgtype": "text",
        "text": { "content": "T1 写周报 · @user0002 今天@user0002 完" },
        "at": { "atUserIds": ["user0002"], "isAtAll": false },
        "msgUuid": "key-1",
    });
    assert_eq!(body(&call), expected);
}

#[test]
fn a_card_with_buttons_is_markdown_whose_links_type() {
    let card = Outgoing {
        title: Some("待办 [1]".into()),
        blocks: vec![
            Block::List(vec![
                vec![Span::Strong("T1".into()), " 写周报".into()],
                vec![mention("user0002", "韩梅梅")],
            ]),
            Block::Fields(vec![("数量".into(), "12".into())]),
            Block::Quote("原话\n# 第二行".into()),
        ],
        ..Outgoing::default()
    }
    .and_button("完成", "T1 完成 (a b)")
    .and_button("推迟", "T1 推迟 明天18:00");
    let answer = answer(&card);
    assert_eq!(answer["msgtype"], "markdown");
    assert_eq!(answer["markdown"]["title"], "待办 [1]");
    assert_eq!(answer["at"]["atUserIds"], json!(["user0002"]));
    let expected = "### 待办 ［1］\n\n- **T1** 写周报\n- @user0002\n\n- **数量**：12\n\n\
        > 原话  \n> ＃ 第二行\n\n\
        [完成](dtmd://dingtalkclient/sendMessage?content=T1%20%E5%AE%8C%E6%88%90%20%28a%20b%29) · \
        [推迟](dtmd://dingtalkclient/sendMessage?content=T1%20\
        %E6%8E%A8%E8%BF%9F%20%E6%98%8E%E5%A4%A918%3A00)\n\n\
        > 也可以发送：@管家 T1 完成 (a b) ｜ @管家 T1 推迟 明天18:00";
    assert_eq!(answer["markdown"]["text"], expected);
}

#[test]
fn lines_break_and_empty_lines_part_paragraphs() {
    let card = Outgoing::text("一\n二\n\n三").and_button("ok", "help");
    let answer = answer(&card);
    let text = answer["markdown"]["text"].as_str().expect("markdown");
    assert!(text.starts_with("一  \n  二\n\n三\n\n["), "{text:?}");
    assert!(text.ends_with("> Or type: @管家 help"), "{text:?}");
}

#[test]
fn text_to_copy_stays_as_it_is() {
    let card = Outgoing {
        title: Some("来源".into()),
        blocks: vec![Block::Code("A='*[x](y)*'\n  curl \"$A\" | tee `b`_c".into())],
        ..Outgoing::default()
    };
    let answer = answer(&card);
    assert_eq!(answer["msgtype"], "text");
    assert_eq!(answer["text"]["content"], "来源\nA='*[x](y)*'\n  curl \"$A\" | tee `b`_c");
}

#[test]
fn a_webhook_in_its_last_seconds_is_not_used() {
    let card = Outgoing::text("好");
    for (left_ms, used) in [(5_001, true), (5_000, false), (-1, false), (i64::MIN, false)] {
        let reply = ReplyRoute { url: WEBHOOK.into(), expires_at: NOW.plus_ms(left_ms) };
        let url = call(&card, &group(), Some(&reply)).url;
        assert_eq!(url == WEBHOOK, used, "{left_ms}");
    }
}

#[test]
fn without_a_webhook_a_group_is_written_to_by_api_with_names() {
    let card = Outgoing::line(vec![mention("user0002", "韩梅梅"), " 到期了".into()]);
    let call = call(&card, &group(), None);
    assert_eq!(call.url, "https://api.dingtalk.com/v1.0/robot/groupMessages/send");
    assert_eq!(call.token, TokenUse::Header("x-acs-dingtalk-access-token"));
    let mut body = body(&call);
    let param: Value = serde_json::from_str(body["msgParam"].as_str().expect("a string"))
        .expect("JSON in a string");
    assert_eq!(param, json!({ "content": "@韩梅梅 到期了" }));
    body["msgParam"] = Value::Null;
    let expected = json!({
        "robotCode": "dingrobot01", "openConversationId": "cidAbCd1234==",
        "msgKey": "sampleText", "msgParam": null,
    });
    assert_eq!(body, expected);
}

#[test]
fn without_a_webhook_a_person_is_written_to_by_api() {
    let card = Outgoing::text("日报").and_button("看", "日报");
    let call = call(&card, &direct("user0001"), None);
    assert_eq!(call.url, "https://api.dingtalk.com/v1.0/robot/oToMessages/batchSend");
    let body = body(&call);
    assert_eq!(body["userIds"], json!(["user0001"]));
    assert_eq!(body["msgKey"], "sampleMarkdown");
    let param: Value = serde_json::from_str(body["msgParam"].as_str().expect("a string"))
        .expect("JSON in a string");
    assert_eq!(param["title"], "日报");
    let text = param["text"].as_str().expect("text");
    assert!(text.contains("也可以发送：日报"), "no @ in a direct chat: {text}");
}

#[test]
fn where_there_is_no_way_there_is_no_call() {
    let card = Outgoing::text("x");
    let elsewhere =
        Scope::Person(steward::model::PersonId { account: "other".into(), id: "user0001".into() });
    let outside = direct("dingtalkId:$:LWCP_v1:$X");
    for target in [Scope::Organisation, Scope::Source("库存".into()), elsewhere, outside.clone()]
    {
        assert_eq!(calls(&card, &target, None), [], "{target:?}");
    }
    let route = webhook();
    assert_eq!(calls(&card, &outside, Some(&route)).len(), 1, "the webhook reaches them");
}

#[test]
fn in_a_direct_chat_people_are_named_and_not_called() {
    let card = Outgoing::line(vec![mention("user0002", "韩梅梅")]);
    let answer = body(&call(&card, &direct("user0001"), Some(&webhook())));
    assert_eq!(answer["text"]["content"], "@韩梅梅");
    assert_eq!(answer["at"]["atUserIds"], json!([]));
}

#[test]
fn an_id_that_could_call_everybody_or_be_markup_is_written_as_a_name() {
    for id in ["all", "ALL", "所有人", "a b", "[x](y)", "", "@all", "dingtalkId:$:L", "-x"] {
        let answer = answer(&Outgoing::line(vec![mention(id, "所有人")]));
        assert_eq!(answer["text"]["content"], "＠所有人", "{id}");
        assert_eq!(answer["at"], json!({ "atUserIds": [], "isAtAll": false }));
    }
}

#[test]
fn beyond_fifty_people_names_are_written() {
    let crowd = (0..60).map(|i| mention(&format!("user{i:04}"), "某人")).collect();
    let answer = answer(&Outgoing::line(crowd));
    assert_eq!(answer["at"]["atUserIds"].as_array().expect("a list").len(), 50);
    let text = answer["text"]["content"].as_str().expect("text");
    assert_eq!(text.matches("@某人").count(), 10);
}

#[test]
fn no_typed_text_is_markup() {
    for (typed, said) in [
        ("# 标题", "＃ 标题"),
        ("> 引用", "＞ 引用"),
        ("- 项", "－ 项"),
        ("+ 项", "＋ 项"),
        ("---", "－--"),
        ("===", "＝=="),
        ("   # 标题", "＃ 标题"),
        ("12. 项", "12． 项"),
        ("12) 项", "12） 项"),
        ("3.5 元", "3.5 元"),
        ("[点我](https://evil.example)", "［点我］(https://evil.example)"),
        ("![](https://evil.example/p.png)", "!［］(https://evil.example/p.png)"),
        ("<font color=red>红</font>", "＜font color=red>红＜/font>"),
        ("**粗** __粗__ ~~删~~", "＊＊粗＊＊ ＿＿粗＿＿ ～～删～～"),
        ("`a` | b \\", "｀a｀ ｜ b ＼"),
        ("user_name a&b &lt;b&#60;", "user_name a&b ＆lt;b＆#60;"),
        ("https://x.example/_a~b?c=1&d;=2", "https://x.example/_a~b?c=1&d;=2"),
        ("https://x.example/[a](b)", "https://x.example/［a］(b)"),
        ("一\n# 二", "一 # 二"),
        ("@所有人 @all", "＠所有人 ＠all"),
        ("dtmd://dingtalkclient/x", "dtmd：//dingtalkclient/x"),
        ("18:00 - 19:00 -> 好", "18:00 - 19:00 -> 好"),
    ] {
        assert_eq!(drawn(typed), said, "{typed}");
    }
}

#[test]
fn no_place_of_a_card_lets_markup_or_a_call_through() {
    let evil =
        "](https://evil.example)\n# [x](y) ![](z) <b> `c` **d** @所有人 @\u{200b}all dtmd://x";
    let card = Outgoing {
        title: Some(evil.into()),
        blocks: vec![
            Block::Line(vec![evil.into(), Span::Strong(evil.into()), mention("u1", evil)]),
            Block::List(vec![vec![evil.into()]]),
            Block::Fields(vec![(evil.into(), evil.into())]),
            Block::Quote(evil.into()),
            Block::Code(evil.into()),
        ],
        ..Outgoing::default()
    }
    .and_button(evil, "x")
    .and_button("x", evil);
    for reply in [Some(webhook()), None] {
        let body = body(&call(&card, &group(), reply.as_ref()));
        let (title, text) = match body["msgParam"].as_str() {
            None => (body["markdown"]["title"].clone(), body["markdown"]["text"].clone()),
            Some(param) => {
                let param: Value = serde_json::from_str(param).expect("JSON");
                (param["title"].clone(), param["text"].clone())
            }
        };
        let text = text.as_str().expect("text");
        let everything = format!("{title}{text}");
        for call in ["@所有人", "@all", "\u{200b}"] {
            assert!(!everything.contains(call), "{call:?} in {everything}");
        }
        // What is left of markup is ours alone: two buttons, a heading, emphasis, quotes, lists.
        assert_eq!(text.matches("](").count(), 2, "{text}");
        assert_eq!(text.matches("](dtmd://dingtalkclient/sendMessage?content=").count(), 2);
        assert_eq!(text.matches("dtmd://").count(), 2, "{text}");
        assert!(!text.contains("![") && !text.contains(['<', '`']), "{text}");
        let headings = text.lines().filter(|line| line.trim_start().starts_with('#')).count();
        assert_eq!(headings, 1, "{text}");
        assert_eq!(text.matches("**").count(), 4, "{text}");
    }
}

#[test]
fn the_custom_robots_address_is_signed_anew_for_each_call() {
    let card = Outgoing::text("构建失败");
    let group =
        |id: &str| Scope::Conversation(ConversationId { account: "main".into(), id: id.into() });
    let target = group("cidRobot==");
    let route =
        Route { target: &target, reply: None, robot: true, begun: false, idempotency_key: "job-1" };
    let url = |at| match bot().render(&card, &route, at).as_slice() {
        [Call::Http(call)] => call.url.clone(),
        other => panic!("not one call: {other:?}"),
    };
    let elsewhere = group("cidOther==");
    let elsewhere = Route { target: &elsewhere, ..route.clone() };
    assert_eq!(bot().render(&card, &elsewhere, NOW), [], "it stands in one group alone");
    let signed = url(Timestamp(1_760_000_000_003));
    let expected = "https://oapi.dingtalk.com/robot/send?access_token=TOKEN\
        &timestamp=1760000000003&sign=r0Rx7fC6t3rF5C0le%2Bm%2FEChw7eGhOfYvXsWvcQh0cJs%3D";
    assert_eq!(signed, expected);
    assert_eq!(url(NOW).matches("sign=").count(), 1);
}
