//! What a visitor reads: what a search in the chat would find, masked as there, of this
//! conversation alone.

use serde_json::json;

use crate::page::{Bot, json_of, numbers, text};

#[tokio::test(flavor = "multi_thread")]
async fn a_search_finds_what_the_chat_finds_masked_and_marked() {
    let folder = tempfile::tempdir().unwrap();
    let mut bot = Bot::start(folder.path()).await;
    bot.say("lilei", "三班有家长要退费，电话 13800001234").await;
    bot.say("hanmeimei", "合同终稿发了").await;
    bot.say("wangfang", "退费走财务").await;
    bot.say("chen", "@管家 标 M3 财务/退费").await;
    bot.say("chen", "@管家 归档 M2 到 合同库").await;
    let visitor = bot.enter("chen").await;
    let found = bot.find(&visitor, "退费", None).await;
    assert_eq!(found["line"], "搜 退费");
    assert_eq!(found["notes"], json!(["找到 2 条"]));
    assert_eq!(numbers(&found), [3, 1]);
    assert_eq!(text(&found["messages"][1]), "三班有家长要退费，电话 138****1234");
    assert_eq!(found["messages"][1]["pieces"][1], json!(["退费", true]));
    for (query, expected) in [
        ("", vec![3, 2, 1]),
        ("@李雷", vec![1]),
        ("#财务", vec![3]),
        ("库:合同库", vec![2]),
        ("退费 -财务", vec![1]),
        ("今天", vec![3, 2, 1]),
        ("昨天", vec![]),
        // As the calendar writes it.
        ("2020-01-01到2099-12-31 退费", vec![3, 1]),
        ("2020-01-01 to 2099-12-31", vec![3, 2, 1]),
        ("2020-01-01到2020-12-31", vec![]),
        ("2020-02-29", vec![]),
        ("未归档 @王芳", vec![3]),
        // A whole number finds where it was said, a piece of it nothing.
        ("13800001234", vec![1]),
        ("0000", vec![]),
    ] {
        assert_eq!(numbers(&bot.find(&visitor, query, None).await), expected, "{query}");
    }
    let state = json_of(bot.ask(&visitor, "state", json!({})).await).await;
    assert_eq!((&state["title"], &state["by"]), (&json!("项目群"), &json!("陈经理")));
    assert_eq!(state["tags"], json!(["财务/退费"]));
    assert_eq!(state["cabinets"], json!(["合同库"]));
    bot.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn another_conversations_messages_are_not_there() {
    let folder = tempfile::tempdir().unwrap();
    let mut bot = Bot::start(folder.path()).await;
    bot.say("lilei", "项目群的话").await;
    for _ in 0..3 {
        bot.say_in("support", "lilei", "售后群的秘密").await;
    }
    let visitor = bot.enter("chen").await;
    assert_eq!(numbers(&bot.find(&visitor, "", None).await), [1]);
    assert_eq!(numbers(&bot.find(&visitor, "秘密", None).await), [0; 0]);
    let around = json!({ "number": 2, "before": 10, "behind": 10, "query": "" });
    assert_eq!(bot.ask(&visitor, "around", around).await.status().as_u16(), 404);
    let done = bot.act(&visitor, json!({ "do": "tag", "numbers": [1, 2], "name": "x" })).await;
    assert_eq!(done["done"], json!(false));
    assert!(done["said"].as_str().unwrap().contains("M2"), "{done}");
    assert_eq!(bot.find(&visitor, "", None).await["messages"][0]["tags"], json!([]));
    bot.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_hold_each_message_once_and_a_message_has_its_neighbours() {
    let folder = tempfile::tempdir().unwrap();
    let mut bot = Bot::start(folder.path()).await;
    for nth in 1..=120 {
        bot.say("lilei", &format!("第 {nth} 件事")).await;
    }
    let visitor = bot.enter("chen").await;
    for (query, note) in [("", None), ("件事", Some("找到 120 条"))] {
        let (mut all, mut below) = (Vec::new(), None);
        loop {
            let found = bot.find(&visitor, query, below).await;
            if below.is_none() {
                assert_eq!(found["notes"][0].as_str(), note);
            }
            assert!(numbers(&found).len() <= 50);
            all.extend(numbers(&found));
            below = found["next"].as_u64();
            if below.is_none() {
                break;
            }
        }
        assert_eq!(all, (1..=120).rev().collect::<Vec<u64>>(), "{query}");
    }
    let around = json!({ "number": 60, "before": 10, "behind": 5, "query": "60" });
    let around = json_of(bot.ask(&visitor, "around", around).await).await;
    assert_eq!(numbers(&around), (50..=65).collect::<Vec<u64>>());
    assert_eq!((&around["before"], &around["behind"]), (&json!(true), &json!(true)));
    let first = json!({ "number": 1, "before": 10, "behind": 0, "query": "" });
    let first = json_of(bot.ask(&visitor, "around", first).await).await;
    assert_eq!((numbers(&first), &first["before"]), (vec![1], &json!(false)));
    bot.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_search_is_refused_in_words_and_what_is_no_request_without_any() {
    let folder = tempfile::tempdir().unwrap();
    let mut bot = Bot::start(folder.path()).await;
    bot.say("lilei", "退费").await;
    let visitor = bot.enter("chen").await;
    for query in ["退".repeat(5_000), "2月30日".into(), "-退费".into(), "@没这个人".into()]
    {
        let body = json!({ "query": query, "below": null });
        let answer = bot.ask(&visitor, "find", body).await;
        assert_eq!(answer.status().as_u16(), 422, "{query:.20}");
        let said = json_of(answer).await["said"].as_str().unwrap().to_owned();
        assert!(!said.is_empty() && said.chars().count() < 400, "{said}");
    }
    for (what, body, status) in [
        ("find", json!({ "query": "退费" }), 200),
        ("find", json!({ "query": 3 }), 400),
        ("find", json!({ "query": "退费", "scope": "support" }), 400),
        ("find", json!({ "query": "x".repeat(70_000) }), 413),
        ("act", json!({ "act": { "do": "tag", "numbers": [], "name": "x" } }), 400),
        ("act", json!({ "act": { "do": "say", "text": "@管家 角色" } }), 400),
        ("around", json!({ "number": -1, "before": 1, "behind": 1, "query": "" }), 400),
    ] {
        let answer = bot.ask(&visitor, what, body.clone()).await;
        assert_eq!(answer.status().as_u16(), status, "{what} {body:.60}");
    }
    bot.stop().await;
}
