//! A tour leaves nothing behind: whatever is said on it, the store holds the tour itself and the
//! end of its time, and neither once it is over.

mod bot;

use std::collections::BTreeMap;

use bot::Bot;
use bot::line::Line;
use steward::model::tour::Tour;
use steward::store::table::id;
use steward::store::{Key, Order, TableId, Value};

/// Tables of the engine's own bookkeeping: every turn writes there.
const OF_EVERY_TURN: [TableId; 5] = [id::REVISION, id::HEAD, id::JOURNAL, id::SEEN, id::OUTBOX];

/// What somebody may say on a tour, besides the lines it asks for.
const LINES: [&str; 16] = [
    "任务 明天18点 发报价单 @乙",
    "任务 今天12点 写周报 #报价",
    "任务",
    "T1 完成",
    "T1 转给 @乙",
    "T2 进度 60% 卡在法务",
    "提醒 @乙 每天9点 喝水",
    "提醒我 10分钟后 开会",
    "J1 延后 1小时",
    "任物 写周报",
    "对",
    "T1 删",
    "撤销",
    "撤销 2",
    "下一步",
    "试玩 重来",
];

struct Group {
    bot: Bot,
    said: usize,
}

impl Group {
    fn say(&mut self, speaker: &str, text: &str) -> String {
        self.said += 1;
        let (id, text) = (format!("m{}", self.said), format!("@管家 {text}"));
        let line =
            Line {
                place: "项目群", speaker, text: &text, id: &id, quoted: None, at: self.bot.now
            };
        let before = self.bot.said.len();
        self.bot.callback(&line.raw(["甲", "乙"])).expect("memory");
        let said: Vec<String> = self.bot.said[before..].iter().map(|s| s.card.plain()).collect();
        said.join("\n")
    }

    /// Every row but those that any turn writes.
    fn rows(&self) -> BTreeMap<Key, Value> {
        let all = self.bot.store.scan(vec![0]..vec![255], 100_000, Order::Up).expect("readable");
        all.into_iter().filter(|(key, _)| !OF_EVERY_TURN.contains(&key.table())).collect()
    }
}

/// A group in which 甲 and 乙 are known and something is going on. Its own T1, T2 and J1 are gone, so
/// that they can only be those of practice.
fn group() -> Group {
    let mut group = Group { bot: Bot::new(), said: 0 };
    group.say("甲", "状态");
    for line in ["任务 盘点", "任务 备货", "任务 周五18点 对账 @甲", "T1 删", "T2 删"]
    {
        group.say("乙", line);
    }
    for line in ["提醒我 明天9点 交报告", "提醒 @甲 每天9点 交报告", "J1 删"] {
        group.say("乙", line);
    }
    group
}

#[test]
fn on_a_tour_only_the_tour_and_its_end_are_kept_whatever_is_said() {
    // Each round begins with another line and takes every third, fifth or seventh from there.
    for round in 0..LINES.len() {
        let mut group = group();
        let before = group.rows();
        let mut answer = group.say("甲", "试玩");
        for n in 0..LINES.len() {
            let line = LINES[(round + n * [3, 5, 7][round % 3]) % LINES.len()];
            if line == "对" && !answer.ends_with(line) {
                continue;
            }
            answer = group.say("甲", line);
            if group.bot.all::<Tour>().is_empty() {
                break;
            }
            assert!(answer.lines().count() <= 6, "{line}: {answer}");
            let mut rows = group.rows();
            assert!(before.keys().all(|key| rows.contains_key(key)), "{line}: {answer}");
            rows.retain(|key, value| before.get(key) != Some(value));
            let tables: Vec<TableId> = rows.keys().map(Key::table).collect();
            assert_eq!(tables, [id::WAKE, id::TOUR], "{line}: {answer}");
        }
        group.say("甲", "退出");
        assert_eq!(group.rows(), before, "round {round}");
    }
}

#[test]
fn a_tour_that_is_left_alone_is_gone_and_nothing_it_practised_comes() {
    let mut group = group();
    let before = group.rows();
    for line in ["试玩", "任务 今天12点 写周报", "T1 进度 10%", "提醒 @乙 10分钟后 喝水"]
    {
        group.say("甲", line);
    }
    let said = group.bot.said.len();
    let later = group.bot.now.plus_ms(8 * 60 * 60 * 1000);
    group.bot.jump(later).expect("memory");
    let heard: Vec<String> = group.bot.said[said..].iter().map(|said| said.card.plain()).collect();
    assert_eq!(heard.len(), 1, "{heard:?}");
    assert!(heard[0].starts_with("试玩 · 甲：停在第 4 步"), "{heard:?}");
    assert_eq!(group.rows(), before);
}

#[test]
fn a_tour_goes_on_after_a_restart() {
    let mut group = group();
    for line in ["试玩", "任务 今天12点 写周报"] {
        group.say("甲", line);
    }
    group.bot.restart();
    let answer = group.say("甲", "完成");
    assert!(answer.starts_with("试玩 · 甲：T1 任务【写周报】"), "{answer}");
}

#[test]
fn a_tour_carries_out_no_more_than_it_is_for() {
    let mut group = group();
    group.say("甲", "试玩");
    let answers: Vec<String> = (0..22).map(|n| group.say("甲", &format!("任务 第{n}件"))).collect();
    assert!(answers[19].starts_with("试玩 · 甲：T20 第19件"), "{}", answers[19]);
    assert!(answers[20].starts_with("试玩 · 甲：这一轮练得够多了"), "{}", answers[20]);
    assert!(group.say("甲", "重来").contains("1/5"));
}

#[test]
fn a_group_has_room_for_so_many_tours_at_once() {
    let mut group = group();
    let answers: Vec<String> = (0..21).map(|n| group.say(&format!("成员{n}"), "试玩")).collect();
    assert!(answers[19].contains("1/5"), "{}", answers[19]);
    assert_eq!(answers[20], "这里同时最多 20 个人试玩，过一会儿再来");
    group.say("成员3", "退出");
    assert!(group.say("成员20", "试玩").contains("1/5"));
}
