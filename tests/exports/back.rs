//! What an export wrote is read back: nothing of it is new where it came from, all of it is
//! elsewhere; and thousands of messages at once.

use steward::core::derive::rest_of;
use steward::model::message::Message;
use steward::model::{ConversationId, Scope};

use crate::bot::line::Line;
use crate::bot::{ACCOUNT, Bot};
use crate::files::exported;

const PLACE: &str = "售后群";

fn say(bot: &mut Bot, text: &str) -> String {
    let before = bot.said.len();
    let id = format!("i{}-{before}", bot.turns);
    let line = Line { place: PLACE, speaker: "经理", text, id: &id, quoted: None, at: bot.now };
    bot.callback(&line.raw(["甲", "经理"])).unwrap();
    told(bot, before)
}

fn told(bot: &Bot, before: usize) -> String {
    let said: Vec<String> = bot.said[before..].iter().map(|said| said.card.plain()).collect();
    said.join("\n")
}

fn bring(bot: &mut Bot, record: &[u8]) -> String {
    let said = say(bot, "@管家 导入");
    let url = said.lines().find(|line| line.contains("/import/")).expect("an address").trim();
    let before = bot.said.len();
    assert!(bot.bring(url, record).unwrap());
    told(bot, before)
}

fn kept(bot: &Bot, number: u32) -> Option<Message> {
    let place = ConversationId { account: ACCOUNT.into(), id: PLACE.into() };
    let scope = bot.keys.scope(&Scope::Conversation(place));
    bot.view().get(scope, &rest_of(number)).unwrap()
}

#[test]
fn an_export_holds_nothing_new_where_it_came_from_and_everything_elsewhere() {
    for format in ["csv", "json"] {
        let (mut bot, file) = exported(&format!("导出 退费 {format} 水印:内部 用途:复盘"));
        say(&mut bot, "@管家 标 M2 公式");
        let said = bring(&mut bot, &file);
        assert!(said.contains("没有新消息：8 条都已经有了"), "{format}: {said}");
        let mut other = Bot::new();
        let said = bring(&mut other, &file);
        assert!(said.contains("导入了 8 条：M1–M8"), "{format}: {said}");
        for number in 1..=8 {
            let shown = say(&mut bot, &format!("@管家 M{number}"));
            let brought = kept(&other, number).expect("a message");
            let was = kept(&bot, number).expect("a message");
            assert_eq!(brought.sent_at.0 / 1000, was.sent_at.0 / 1000, "{format}: {shown}");
            assert_eq!(brought.day, was.day);
            assert!(brought.imported && !was.imported);
            let text = brought.text.replace('\u{fffd}', "");
            let own = was.text.replace("13800001234", "138****1234");
            assert_eq!(text, own.trim().replace('\u{fffd}', ""), "{format}: {shown}");
        }
    }
}

#[test]
fn two_thousand_messages_are_taken_and_taken_back_in_one_turn_each() {
    let mut bot = Bot::new();
    say(&mut bot, "@管家 关键词 第77单 → #单");
    let row = |n: usize| {
        format!(
            "2026-01-{:02} {:02}:{:02},用户{},第{n}单发货了\n",
            n / 1440 + 1,
            n / 60 % 24,
            n % 60,
            n % 40
        )
    };
    let record: String = (0..2_000).map(row).collect();
    let said = bring(&mut bot, record.as_bytes());
    assert!(said.contains("收到 2000 条") && said.contains("导入了 2000 条"), "{said}");
    assert!(said.contains("命中 1 次"), "{said}");
    assert!(bring(&mut bot, record.as_bytes()).contains("2000 条都已经有了"));
    let said = say(&mut bot, "@管家 撤销");
    assert!(said.contains("共 2000 条"), "{said}");
    assert!(kept(&bot, 1).is_none() && kept(&bot, 2_000).is_none());
}
