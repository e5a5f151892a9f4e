//! Messages too long for one call: where they are cut, what each part holds, and by which ways.

use serde_json::Value;
use steward::model::event::ReplyRoute;
use steward::model::{Block, Outgoing, Scope, Span};
use steward::platform::{Call, Platform, Route};

use super::support::*;

/// What the platform takes (docs/platforms/dingtalk.md#limits).
const BODY_BYTES_MAX: usize = 20_000;
const PARAM_BYTES_MAX: usize = 15_000;

fn webhook() -> ReplyRoute {
    let url = "https://oapi.dingtalk.com/robot/sendBySession?session=abc".into();
    ReplyRoute { url, expires_at: NOW.plus_ms(60_000) }
}

/// The texts of a card's parts, each checked against the limit of its way.
fn texts(card: &Outgoing, live: bool, begun: bool) -> Vec<String> {
    let (target, reply) = (group(), webhook());
    let reply = live.then_some(&reply);
    let route = Route { target: &target, reply, robot: false, begun, idempotency_key: "key-1" };
    let text = |call: Call| {
        let Call::Http(call) = call else { panic!("a call") };
        let json: Value = serde_json::from_slice(&call.body).expect("JSON");
        if live {
            assert!(call.body.len() <= BODY_BYTES_MAX, "{}", call.body.len());
            let member = if json["msgtype"] == "text" { "content" } else { "text" };
            let kind = json["msgtype"].as_str().expect("a kind");
            json[kind][member].as_str().expect("text").to_owned()
        } else {
            let param = json["msgParam"].as_str().expect("a string");
            assert!(param.len() <= PARAM_BYTES_MAX, "{}", param.len());
            let param: Value = serde_json::from_str(param).expect("JSON");
            let text = param.get("content").or(param.get("text"));
            text.and_then(Value::as_str).expect("text").to_owned()
        }
    };
    bot().render(card, &route, NOW).into_iter().map(text).collect()
}

/// What members read, without numbers of parts and blanks.
fn words(texts: &[String]) -> String {
    let bare = |(n, text): (usize, &String)| {
        let number = format!("（{}/{}）", n + 1, texts.len());
        text.strip_prefix(&number).unwrap_or(text).to_owned()
    };
    let all: String = texts.iter().enumerate().map(bare).collect();
    all.chars().filter(|c| !c.is_whitespace()).collect()
}

#[test]
fn a_message_that_just_fits_is_one_and_one_byte_more_makes_two() {
    let chars = |count: usize| Outgoing::text("x".repeat(count));
    for (live, most) in [(true, BODY_BYTES_MAX), (false, PARAM_BYTES_MAX)] {
        // What the call takes besides the text.
        let route_bytes = |count: usize| {
            let (target, reply) = (group(), webhook());
            let reply = live.then_some(&reply);
            let route =
                Route { target: &target, reply, robot: false, begun: false, idempotency_key: "k" };
            match bot().render(&chars(count), &route, NOW).remove(0) {
                Call::Http(call) if live => call.body.len(),
                Call::Http(call) => {
                    let json: Value = serde_json::from_slice(&call.body).expect("JSON");
                    json["msgParam"].as_str().expect("a string").len()
                }
                Call::Page(_) => panic!("a call"),
            }
        };
        let besides = route_bytes(100) - 100;
        // The key of these calls is longer by four than that of `route_bytes`.
        let fits = most - besides - if live { 4 } else { 0 };
        assert_eq!(texts(&chars(fits), live, false).len(), 1, "{live}");
        assert_eq!(texts(&chars(fits + 1), live, false).len(), 2, "{live}");
        // In the platform's unit a quotation mark is two bytes.
        let quotes = |count: usize| Outgoing::text("\"".repeat(count));
        assert_eq!(texts(&quotes(fits / 2), live, false).len(), 1, "{live}");
        assert!(texts(&quotes(fits / 2 + 1), live, false).len() > 1, "{live}");
    }
}

#[test]
fn parts_hold_everything_in_order_and_end_with_sentences() {
    let sentence = "这是第一句话，不算短也不算长。";
    let text = sentence.repeat(600);
    for live in [true, false] {
        let texts = texts(&Outgoing::text(text.clone()), live, false);
        assert!((2..=3).contains(&texts.len()), "{}", texts.len());
        assert_eq!(words(&texts), text);
        assert!(texts.iter().all(|part| part.ends_with('。')), "{texts:?}");
        assert!(texts[1].starts_with(&format!("（2/{}）", texts.len())), "{}", texts[1]);
    }
}

#[test]
fn parts_are_the_same_whatever_way_the_rest_goes() {
    let card = Outgoing::text("一句一句又一句。".repeat(1_000));
    assert_eq!(texts(&card, true, false), texts(&card, false, false));
    // One that a reply takes whole is split for whoever goes on with its second part.
    let card = Outgoing::text("x".repeat(17_000));
    assert_eq!(texts(&card, true, false).len(), 1);
    assert_eq!(texts(&card, true, true), texts(&card, false, true));
}

#[test]
fn every_kind_of_block_is_split_between_its_lines_and_nothing_is_lost() {
    let lines = |what: &str| (0..900).map(|n| format!("{what}{n}行")).collect::<Vec<_>>();
    let code: Vec<String> = lines("代码");
    let list: Vec<Vec<Span>> = lines("条目").into_iter().map(|l| vec![Span::from(l)]).collect();
    let fields = lines("名").into_iter().map(|name| (name, "值".to_owned())).collect();
    let quote = lines("引用").join("\n");
    for block in [
        Block::Code(code.join("\n")),
        Block::List(list),
        Block::Fields(fields),
        Block::Quote(quote),
    ] {
        let card = Outgoing { blocks: vec![block.clone()], ..Outgoing::default() };
        for live in [true, false] {
            let texts = texts(&card, live, true);
            assert!((2..=3).contains(&texts.len()), "{} of {block:.40?}", texts.len());
            let all = texts.join("\n");
            for n in 0..900 {
                let times = all.matches(&format!("{n}行")).count();
                assert!(times >= 1, "line {n} of {block:.40?}");
            }
            let ends = |part: &String| part.trim_end().ends_with(['行', '值', '*']);
            assert!(texts.iter().all(ends), "cut within a line");
        }
    }
}

#[test]
fn a_mention_stays_whole_and_buttons_are_on_the_last_part() {
    let person =
        |n: usize| Span::Mention { person: person(&format!("user{n:04}")), name: "甲".into() };
    let spans = (0..2_000).flat_map(|n| [person(n % 40), Span::from("请看这一条，谢谢。")]);
    let card = Outgoing::line(spans.collect()).and_button("好", "好");
    let texts = texts(&card, true, false);
    assert_eq!(texts.len(), 3);
    for (n, text) in texts.iter().enumerate() {
        assert_eq!(text.contains("[好](dtmd://"), n == 2, "{n}");
        for id in text.split('@').skip(1).take(30) {
            assert!(id.starts_with("user") && id[4..8].bytes().all(|b| b.is_ascii_digit()), "{id}");
        }
    }
}

#[test]
fn what_three_parts_do_not_hold_is_cut_with_a_note() {
    for piece in ["这是一句话。", "a\"b\\c", "🚀", "x"] {
        let card = Outgoing::text(piece.repeat(90_000 / piece.len())).and_button("好", "好");
        for live in [true, false] {
            let texts = texts(&card, live, false);
            assert_eq!(texts.len(), 3, "{piece}");
            assert!(texts[2].contains('…') && texts[2].contains("[好](dtmd://"), "{piece}");
        }
    }
}

#[test]
fn each_part_has_a_key_of_its_own() {
    let (target, reply): (Scope, _) = (group(), webhook());
    let route = Route {
        target: &target,
        reply: Some(&reply),
        robot: false,
        begun: false,
        idempotency_key: "key-1",
    };
    let calls = bot().render(&Outgoing::text("x".repeat(30_000)), &route, NOW);
    let keys: Vec<String> = calls
        .iter()
        .map(|call| {
            let Call::Http(call) = call else { panic!("a call") };
            let json: Value = serde_json::from_slice(&call.body).expect("JSON");
            json["msgUuid"].as_str().expect("a key").to_owned()
        })
        .collect();
    assert_eq!(keys, ["key-1-0", "key-1-1", "key-1-2"]);
}
