//! What a visitor does: one turn each, said in the chat with who did it, taken back like anything
//! else.

use serde_json::json;

use crate::page::{Bot, numbers};

#[tokio::test(flavor = "multi_thread")]
async fn many_are_tagged_at_once_by_name_and_taken_back_by_one_undo() {
    let folder = tempfile::tempdir().unwrap();
    let mut bot = Bot::start(folder.path()).await;
    for nth in 1..=60 {
        bot.say("lilei", &format!("第 {nth} 件事")).await;
    }
    let visitor = bot.enter("chen").await;
    let all: Vec<u32> = (1..=60).collect();
    let done = bot.act(&visitor, json!({ "do": "tag", "numbers": all, "name": "#复盘" })).await;
    assert_eq!((&done["done"], &done["undo"]), (&json!(true), &json!(true)));
    assert!(
        done["said"].as_str().unwrap().contains("M1 M2 M3 M4 M5 等 60 条 已标 #复盘"),
        "{done}"
    );
    assert_eq!(bot.find(&visitor, "#复盘", None).await["notes"], json!(["找到 60 条"]));
    let said = bot.line("已标 #复盘").await;
    assert!(said.contains("陈经理 在存档页操作"), "{said}");

    let undone = bot.act(&visitor, json!({ "do": "undo" })).await;
    assert_eq!(undone["done"], json!(true), "{undone}");
    assert_eq!(numbers(&bot.find(&visitor, "#复盘", None).await), [0; 0]);
    let again = bot.act(&visitor, json!({ "do": "undo" })).await;
    assert_eq!((&again["done"], &again["said"]), (&json!(false), &json!("没有可撤销的")));
    bot.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_filed_is_undone_in_the_chat_and_is_on_record_there() {
    let folder = tempfile::tempdir().unwrap();
    let mut bot = Bot::start(folder.path()).await;
    bot.say("lilei", "打印机又卡纸了").await;
    bot.say("lilei", "换过滚轮就好").await;
    let visitor = bot.enter("chen").await;
    let file = json!({ "do": "file", "numbers": [2, 1, 2], "name": "售后 问题库" });
    let done = bot.act(&visitor, file.clone()).await;
    assert_eq!(done["said"], "M1 M2 已归档到「售后 问题库」");
    let again = bot.act(&visitor, file).await;
    assert_eq!(again["said"], "M1 M2 之前就在「售后 问题库」里");
    bot.say("chen", "@管家 日志 M1").await;
    assert!(bot.line("M1 的记录").await.contains("陈经理"));
    bot.say("chen", "@管家 撤销").await;
    bot.line("已撤销").await;
    let found = bot.find(&visitor, "未归档", None).await;
    assert_eq!(numbers(&found), [2, 1]);
    bot.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_name_is_a_name_whatever_stands_in_it() {
    let folder = tempfile::tempdir().unwrap();
    let mut bot = Bot::start(folder.path()).await;
    bot.say("lilei", "打印机又卡纸了").await;
    bot.say("lilei", "换过滚轮就好").await;
    let visitor = bot.enter("chen").await;
    for name in ["甲 M2 @李雷", "到 别处", "x\n撤销", "明天18点"] {
        let done = bot.act(&visitor, json!({ "do": "file", "numbers": [1], "name": name })).await;
        assert_eq!(done["done"], json!(true), "{done}");
        let found = bot.find(&visitor, "", None).await;
        assert_eq!(found["messages"][1]["cabinet"], json!(name.replace('\n', " ")));
        assert_eq!(found["messages"][0]["cabinet"], json!(null));
    }
    for name in ["", "  ", "长".repeat(41).as_str()] {
        let tagged = bot.act(&visitor, json!({ "do": "tag", "numbers": [1], "name": name })).await;
        assert_eq!(tagged["done"], json!(false), "{name}: {tagged}");
    }
    bot.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_found_is_exported_by_the_same_job_and_sent_the_same_way() {
    let folder = tempfile::tempdir().unwrap();
    let mut bot = Bot::start(folder.path()).await;
    bot.say("lilei", "三班有家长要退费").await;
    bot.say("lilei", "表格里写着退费").await;
    bot.say("lilei", "打印机又卡纸了").await;
    let visitor = bot.enter("chen").await;
    let export =
        |query: &str| json!({ "do": "export", "query": query, "format": "csv", "purpose": "复盘" });
    let done = bot.act(&visitor, export("退费 今天")).await;
    assert_eq!(done["done"], json!(true), "{done}");
    assert!(done["said"].as_str().unwrap().contains("X1 正在导出：CSV 表格"), "{done}");
    let sent = bot.line("导出 X1 好了").await;
    assert!(sent.contains("2 条"), "{sent}");
    let url = sent.lines().find(|line| line.contains("/export/")).unwrap().trim();
    let file = bot.get(url.strip_prefix(&bot.origin()).unwrap()).await.text().await.unwrap();
    assert!(file.contains("三班有家长要退费") && !file.contains("打印机"), "{file}");
    // A word that would be a kind of file there is not dropped.
    let refused = bot.act(&visitor, export("表格")).await;
    assert_eq!(refused["done"], json!(false), "{refused}");
    let quoted = bot.act(&visitor, export("\"表格\"")).await;
    assert_eq!(quoted["done"], json!(true), "{quoted}");
    bot.line("导出 X2 好了").await;
    let all = bot.act(&visitor, export("")).await;
    assert_eq!(all["done"], json!(true), "{all}");
    assert!(bot.line("导出 X3 好了").await.contains("3 条"));
    bot.stop().await;
}
