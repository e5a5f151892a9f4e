//! What is not to be kept is nowhere in the store: a text that somebody tries to mask, however it
//! was typed, and what is said while recording is off. The turn is on record like any other.

mod bot;

use bot::Bot;
use bot::line::Line;
use steward::core::journal::{Row, verify};
use steward::model::journal::What;
use steward::store::Order;

/// More rows than this leaves.
const ROWS_MAX: usize = 100_000;

fn say(bot: &mut Bot, nth: usize, text: &str) -> String {
    hear(bot, nth, "甲", &format!("@管家 {text}"))
}

fn hear(bot: &mut Bot, nth: usize, speaker: &str, text: &str) -> String {
    let (id, at) = (format!("m{nth}"), bot.now);
    let line = Line { place: "项目群", speaker, text, id: &id, quoted: None, at };
    let before = bot.said.len();
    bot.callback(&line.raw(["甲", "乙"])).expect("memory");
    let said: Vec<String> = bot.said[before..].iter().map(|s| s.card.plain()).collect();
    said.join("\n")
}

/// Whether any row holds these words.
fn is_kept(bot: &Bot, words: &str) -> bool {
    let rows = bot.store.scan(vec![0]..vec![255], ROWS_MAX, Order::Up).expect("readable");
    rows.iter().any(|(_, value)| value.windows(words.len()).any(|part| part == words.as_bytes()))
}

#[test]
fn a_text_to_try_is_nowhere_in_the_store() {
    let lines = [
        "脱敏 试 家长电话 13800001234",
        "脱敏试13800001234",
        "脱敏 13800001234",
        "脱敏 试\n13800001234\n谢谢",
        "请脱敏 试 13800001234",
        "打码：13800001234",
        "mask test 13800001234",
        "脱敏 试 13800001234\n任务 写周报",
    ];
    let mut bot = Bot::new();
    for (nth, line) in lines.into_iter().enumerate() {
        let answer = say(&mut bot, nth, line);
        assert!(answer.contains("138****1234"), "{line:?}: {answer}");
        assert!(!answer.contains("13800001234"), "{line:?}: {answer}");
    }
    assert!(!is_kept(&bot, "13800001234"));
    // Anything else that is said is kept, so the search above can find something.
    say(&mut bot, lines.len(), "家长电话 13900005678");
    assert!(is_kept(&bot, "13900005678"));
}

#[test]
fn that_somebody_tried_is_on_record() {
    let mut bot = Bot::new();
    say(&mut bot, 0, "脱敏 试 13800001234");
    let rows = bot.journal(bot.keys.scope(&bot.said[0].target));
    verify(&rows).expect("the chain holds");
    let [Row { entry, content }] = rows.as_slice() else { panic!("one turn, one entry") };
    assert_eq!(entry.what, What::Command("mask.create".into()));
    assert!(entry.actor.is_some());
    let content = content.as_ref().expect("it is not erased");
    assert!(content.event.is_none() && content.said.len() == 1);
}

#[test]
fn what_is_said_while_recording_is_off_is_nowhere_in_the_store() {
    let mut bot = Bot::new();
    hear(&mut bot, 0, "经理", "@管家 记录 关");
    for nth in 1..4 {
        assert_eq!(hear(&mut bot, nth, "甲", &format!("下季度的底价是4217{nth}")), "");
    }
    assert!(!is_kept(&bot, "底价") && !is_kept(&bot, "4217"));
    let answer = hear(&mut bot, 4, "甲", "@管家 记录");
    assert!(answer.contains("有 3 条没有记录"), "{answer}");
    hear(&mut bot, 5, "经理", "@管家 记录 开");
    hear(&mut bot, 6, "甲", "底价改了");
    assert!(is_kept(&bot, "底价"));
}
