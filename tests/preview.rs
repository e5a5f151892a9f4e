//! A text that somebody tries to mask is nowhere in the store, however it was typed, while the turn
//! is on record like any other.

mod bot;

use bot::Bot;
use bot::line::Line;
use steward::core::journal::{Row, verify};
use steward::model::journal::What;
use steward::store::Order;

/// More rows than this leaves.
const ROWS_MAX: usize = 100_000;

fn say(bot: &mut Bot, nth: usize, text: &str) -> String {
    let (id, text) = (format!("m{nth}"), format!("@管家 {text}"));
    let at = bot.now;
    let line = Line { place: "项目群", speaker: "甲", text: &text, id: &id, quoted: None, at };
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
