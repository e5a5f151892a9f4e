//! Messages that are cleared: nothing of them is in any row of the store, nothing goes that was not
//! announced a day before, and what stays is whole.

mod bot;

use bot::Bot;
use bot::line::{Act, Line};
use steward::core::journal::verify;
use steward::model::time::DAY_MS;
use steward::model::{ConversationId, Scope};
use steward::store::Order;

/// More rows than this leaves.
const ROWS_MAX: usize = 100_000;
const HOUR_MS: i64 = DAY_MS / 24;
/// What was said, and nothing else here says.
const CANARY: &str = "蓝莓松饼";

struct Group {
    bot: Bot,
    said: usize,
}

impl Group {
    fn new() -> Self {
        Self { bot: Bot::new(), said: 0 }
    }

    fn say(&mut self, speaker: &str, text: &str) -> String {
        self.said += 1;
        let (id, at) = (format!("m{}", self.said), self.bot.now);
        let line = Line { place: "项目群", speaker, text, id: &id, quoted: None, at };
        let before = self.bot.said.len();
        self.bot.callback(&line.raw(["甲", "乙"])).expect("memory");
        self.told(before)
    }

    fn told(&self, before: usize) -> String {
        let said: Vec<String> = self.bot.said[before..].iter().map(|s| s.card.plain()).collect();
        said.join("\n")
    }

    fn days(&mut self, days: i64) -> String {
        let before = self.bot.said.len();
        self.bot.jump(self.bot.now.plus_ms(days * DAY_MS)).expect("memory");
        self.told(before)
    }

    /// Whether any row holds these words.
    fn keeps(&self, words: &str) -> bool {
        let rows = self.bot.store.scan(vec![0]..vec![255], ROWS_MAX, Order::Up).expect("readable");
        rows.iter()
            .any(|(_, value)| value.windows(words.len()).any(|part| part == words.as_bytes()))
    }

    fn is_whole(&self) {
        let id = ConversationId { account: bot::ACCOUNT.into(), id: "项目群".into() };
        let journal = self.bot.journal(self.bot.keys.scope(&Scope::Conversation(id)));
        assert!(journal.len() > 1);
        verify(&journal).expect("the chain is whole");
    }
}

#[test]
fn what_was_imported_is_cleared_by_its_own_day_though_it_has_later_numbers() {
    let mut group = Group::new();
    for nth in 0..3 {
        group.say("甲", &format!("第{nth}句新话"));
    }
    let address = group.say("经理", "@管家 导入");
    let address = address.lines().find(|line| line.contains("/import/")).expect("an address");
    // 2026-03-02 9:00 is now.
    let mut record = String::from("time,sender,text\n");
    for nth in 0..250 {
        record.push_str(&format!("2026-02-20 {:02}:{:02},甲,{nth}{CANARY}\n", nth / 60, nth % 60));
    }
    record.push_str("2026-03-02 08:00,甲,今早说的\n");
    assert!(group.bot.bring(address.trim(), record.as_bytes()).expect("memory"));
    let kept = group.say("经理", "@管家 保留 7天");
    assert!(kept.contains("250 条"), "{kept}");
    assert!(group.keeps(CANARY));
    group.days(1);
    let told = group.days(1);
    assert!(told.contains("已清 250 条"), "{told}");
    assert!(!group.keeps(CANARY));
    assert!(group.keeps("第0句新话") && group.keeps("今早说的"));
    group.is_whole();
    let told = group.days(7);
    assert!(told.contains("已清 4 条"), "{told}");
}

#[test]
fn all_versions_of_a_message_are_cleared_with_it_and_a_recalled_one_as_well() {
    let mut group = Group::new();
    let change = |group: &mut Group, act| {
        let at = group.bot.now;
        let id = format!("c{}", group.bot.turns);
        let text = "换成别的了";
        let line = Line { place: "项目群", speaker: "甲", text, id: &id, quoted: None, at };
        group.bot.callback(&line.raw_of([], Some(act))).expect("memory");
    };
    group.say("甲", &format!("先说{CANARY}"));
    group.say("甲", &format!("再说{CANARY}"));
    change(&mut group, Act::Edits("m1"));
    change(&mut group, Act::Recalls("m2"));
    assert!(group.say("经理", "@管家 M1 版本").contains(CANARY));
    assert!(!group.say("经理", "@管家 M2").contains(CANARY));
    group.say("经理", "@管家 保留 3天");
    assert!(group.keeps(CANARY));
    group.days(5);
    assert!(!group.keeps(CANARY));
    group.is_whole();
}

#[test]
fn nothing_of_a_cleared_message_is_in_any_row() {
    let mut group = Group::new();
    group.say("经理", "@管家 关键词 松饼 → #甜点 通知@乙");
    for nth in 0..450 {
        group.say("甲", &format!("第{nth}个{CANARY}"));
    }
    group.say("乙", "@管家 标 M7 好吃");
    assert!(group.say("乙", "@管家 搜 蓝莓松").contains("松饼"));
    group.say("乙", "@管家 归档 M9 到 菜单");
    group.say("经理", "@管家 保留 3天");
    group.days(3);
    // What is changed on a later day holds in its entry what was there before.
    group.say("乙", "@管家 标 M8 难吃");
    let told = group.days(2);
    assert!(told.contains("已清 449 条") && told.contains("1 条留着"), "{told}");
    assert!(group.keeps(CANARY), "the archived one stays");
    assert!(group.say("乙", "@管家 M9").contains(CANARY));
    group.is_whole();
    // The answers of these last days, and the archived one, go in their turn.
    group.say("经理", "@管家 仍撤销 U453");
    group.say("乙", "@管家 撤销");
    group.say("经理", "@管家 保留 1天");
    group.days(12);
    assert!(group.say("乙", "@管家 M9").contains(CANARY));
    group.say("经理", "@管家 保留 永久");
    group.is_whole();
}

#[test]
fn without_anything_archived_no_row_says_what_was_said() {
    let mut group = Group::new();
    for nth in 0..250 {
        group.say("甲", &format!("第{nth}个{CANARY}"));
    }
    group.say("乙", "@管家 标 M7 好吃");
    group.say("乙", "@管家 撤销");
    group.say("经理", "@管家 保留 2天");
    assert!(group.keeps(CANARY));
    group.days(8);
    assert!(!group.keeps(CANARY));
    assert!(!group.say("乙", "@管家 仍撤销 U2").contains(CANARY));
    assert!(!group.keeps(CANARY));
    group.is_whole();
}

#[test]
fn after_an_outage_what_was_announced_is_announced_again() {
    let mut group = Group::new();
    group.say("甲", CANARY);
    group.say("经理", "@管家 保留 1天");
    let told = group.days(1);
    assert!(told.contains("将清 1 条"), "{told}");
    // Nobody is there for a week: the dates of that week come at once, at its end.
    let before = group.bot.said.len();
    group.bot.now = group.bot.now.plus_ms(7 * DAY_MS);
    group.bot.run_due().expect("memory");
    let told = group.told(before);
    assert!(told.contains("将清 1 条") && !told.contains("已清"), "{told}");
    assert!(group.keeps(CANARY));
    let told = group.days(1);
    assert!(told.contains("已清 1 条"), "{told}");
    assert!(!group.keeps(CANARY));
}

#[test]
fn a_clock_put_ahead_clears_nothing_before_its_time() {
    let mut group = Group::new();
    group.say("甲", CANARY);
    group.say("经理", "@管家 保留 1天");
    group.days(1);
    // The hour comes again much too early: the clock was put forward, then back.
    group.bot.now = group.bot.now.plus_ms(3_650 * DAY_MS);
    group.bot.run_due().expect("memory");
    assert!(group.keeps(CANARY));
    group.bot.now = group.bot.now.plus_ms(HOUR_MS);
    group.bot.run_due().expect("memory");
    assert!(group.keeps(CANARY));
}

#[test]
fn one_who_keeps_longer_meanwhile_loses_less() {
    let mut group = Group::new();
    group.say("甲", CANARY);
    group.say("经理", "@管家 保留 1天");
    assert!(group.days(1).contains("将清 1 条"));
    group.say("经理", "@管家 保留 30天");
    assert_eq!(group.days(5), "");
    assert!(group.keeps(CANARY));
}
