//! Many messages archived at once: as many as one batch takes, in one step that is taken back
//! whole.

mod bot;

use std::collections::BTreeMap;

use bot::Bot;
use bot::line::Line;
use steward::core::batch::BATCH_MAX;
use steward::model::message::Message;
use steward::store::Key;

fn say(bot: &mut Bot, nth: usize, text: &str) -> String {
    let (id, at) = (format!("m{nth}"), bot.now);
    let line = Line { place: "项目群", speaker: "甲", text, id: &id, quoted: None, at };
    let before = bot.said.len();
    bot.callback(&line.raw(["甲", "乙"])).expect("memory");
    let said: Vec<String> = bot.said[before..].iter().map(|s| s.card.plain()).collect();
    said.join("\n")
}

fn cabinets(bot: &Bot) -> BTreeMap<Key, Option<String>> {
    bot.all::<Message>().into_iter().map(|(key, message)| (key, message.cabinet)).collect()
}

#[test]
fn a_batch_of_the_largest_size_is_one_step_and_the_rest_is_another() {
    let over = 30;
    let mut bot = Bot::new();
    for nth in 0..BATCH_MAX + over {
        say(&mut bot, nth, &format!("第{nth}位家长要退费"));
    }
    let none = cabinets(&bot);
    let mut nth = BATCH_MAX + over;
    let mut next = |bot: &mut Bot, text: &str| {
        nth += 1;
        say(bot, nth, text)
    };
    let asked = next(&mut bot, "@管家 归档 退费 到 退费库");
    assert!(asked.contains(&format!("先归档最新的 {BATCH_MAX} 条")), "{asked}");
    assert_eq!(cabinets(&bot), none);
    let done = next(&mut bot, "@管家 确定");
    assert!(done.contains(&format!("{BATCH_MAX} 条已归档")), "{done}");
    let count =
        |bot: &Bot| cabinets(bot).values().filter(|c| c.as_deref() == Some("退费库")).count();
    assert_eq!(count(&bot), BATCH_MAX);
    let rest = next(&mut bot, "@管家 归档 退费 到 退费库");
    assert!(rest.contains(&format!("{over} 条会归档")), "{rest}");
    next(&mut bot, "@管家 确定");
    assert_eq!(count(&bot), BATCH_MAX + over);
    next(&mut bot, "@管家 撤销");
    let undone = next(&mut bot, "@管家 撤销");
    assert!(undone.contains(&format!("共 {BATCH_MAX} 条")), "{undone}");
    assert!(undone.chars().count() < 200, "{undone}");
    assert_eq!(cabinets(&bot), none);
}
