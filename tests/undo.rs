//! Undo over random histories, and the journal it rests on: everything can be taken back, nothing
//! derived is left over, no number comes back, and no change of the journal goes unseen.

mod bot;
#[expect(dead_code, reason = "only its dice")]
mod rounds;

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

use bot::derived::Date;
use bot::line::Line;
use bot::{ACCOUNT, Bot, catalogue, instant, master, settings};
use rounds::Dice;
use serde::Serialize;
use serde::de::DeserializeOwned;
use steward::core::Core;
use steward::core::journal::{Head, Row, verify};
use steward::core::tables;
use steward::model::follow::Follow;
use steward::model::journal::Step;
use steward::model::keyword::Keyword;
use steward::model::message::Message;
use steward::model::reminder::Reminder;
use steward::model::report::Report;
use steward::model::source::Subscription;
use steward::model::task::Task;
use steward::model::{ConversationId, Scope};
use steward::store::memory::Memory;
use steward::store::stored::Stored;
use steward::store::table;
use steward::store::{Key, ScopeHash, Sealed, Table, TableId};

/// Histories tried, and commands in each.
const SEEDS: u64 = 6;
const COMMANDS: usize = 40;

/// Tables of what members make.
const MADE: [TableId; 6] =
    [Task::ID, Keyword::ID, Subscription::ID, Report::ID, Reminder::ID, Follow::ID];

const GROUP: &str = "项目群";
const CAST: [&str; 4] = ["甲", "乙", "丙", "经理"];

/// Read once: every group has the same vocabulary.
static CORE: LazyLock<Arc<Core>> =
    LazyLock::new(|| Arc::new(Core { settings: settings(), catalogue: catalogue() }));

/// One group and its bot.
struct Group {
    bot: Bot,
    scope: Scope,
    hash: ScopeHash,
    lines: usize,
    /// No time passes.
    clock_stands: bool,
}

/// All that undo is about, and what follows from it.
#[derive(Debug, PartialEq)]
struct State {
    /// Rows as they are stored, by table; messages apart, for what was heard stays heard.
    records: BTreeMap<u8, BTreeMap<Key, Vec<u8>>>,
    dates: Vec<(u8, u32, u8, i64)>,
    mirrors: Vec<(ScopeHash, String)>,
}

#[test]
fn whatever_was_done_can_be_undone_to_the_last_trace() {
    let mut existed = MADE.map(|table| (table, 0));
    for seed in 1..=SEEDS {
        println!("seed {seed}");
        let (mut group, mut dice) = (Group::new(), Dice::new(seed));
        let mut heard: BTreeMap<Key, Vec<u8>> = BTreeMap::new();
        for n in 0..COMMANDS {
            let before = group.rows(Message::ID);
            group.anything(&mut dice, n);
            let is_new = |(key, _): &(Key, Vec<u8>)| !before.contains_key(key);
            heard.extend(group.rows(Message::ID).into_iter().filter(is_new));
            group.derived_is_right();
        }
        let numbers = group.head().numbers;
        existed.iter_mut().for_each(|(table, rows)| *rows += group.rows(*table).len());
        group.undo_everything();
        let left = |table: &TableId| !group.rows(*table).is_empty();
        assert_eq!(MADE.iter().find(|table| left(table)), None, "seed {seed}: records left");
        assert_eq!(group.rows(Message::ID), heard, "seed {seed}: tags and cabinets");
        assert!(group.dates().is_empty(), "seed {seed}: dates");
        assert!(group.mirrors().is_empty(), "seed {seed}: mirrors");
        group.derived_is_right();
        let head = group.head();
        assert_eq!(verify(&group.bot.journal(group.hash)), Ok(head.hash), "seed {seed}");
        let next = numbers.get(&Task::ID.0).copied().unwrap_or_default() + 1;
        let answer = group.say("甲", "任务 从头来");
        assert!(answer.contains(&format!("T{next} ")), "a number came back: {answer}");
    }
    assert!(existed.iter().all(|(_, rows)| *rows > 0), "nothing to undo: {existed:?}");
}

#[test]
fn undo_of_all_since_a_moment_gives_the_bytes_of_that_moment() {
    let (mut undone, mut compared, mut differed) = (0, 0, 0);
    for seed in 1..=SEEDS {
        println!("seed {seed}");
        let (mut group, mut dice) = (Group::new(), Dice::new(seed));
        (0..COMMANDS).for_each(|n| group.anything(&mut dice, n));
        let (before, mark) = (group.state(), group.last_step());
        // What comes at its time is nobody's step: told is told.
        group.clock_stands = true;
        let mut heard = group.rows(Message::ID);
        for n in COMMANDS..2 * COMMANDS {
            group.anything(&mut dice, n);
            for (key, value) in group.rows(Message::ID) {
                heard.entry(key).or_insert(value);
            }
        }
        differed += usize::from(group.state() != before);
        for step in (mark + 1..=group.last_step()).rev() {
            if group.step(step).undone_by.is_none() {
                group.undo(step);
                undone += 1;
            }
        }
        let after = group.state();
        for (table, rows) in &before.records {
            assert_eq!(after.records[table], *rows, "seed {seed}: rows of table {table}");
            compared += rows.len();
        }
        assert_eq!(after, before, "seed {seed}");
        assert_eq!(group.rows(Message::ID), heard, "seed {seed}: tags and cabinets");
    }
    assert!(undone > 100 && compared > 50, "{undone} steps, {compared} records");
    assert_eq!(differed, SEEDS as usize, "nothing was changed");
}

#[test]
fn undo_of_undo_brings_everything_back() {
    for seed in 1..=SEEDS {
        println!("seed {seed}");
        let (mut group, mut dice) = (Group::new(), Dice::new(seed));
        (0..COMMANDS / 2).for_each(|n| group.anything(&mut dice, n));
        let records = MADE.into_iter().chain([Message::ID]);
        let tables: Vec<TableId> = records.collect();
        let states = |group: &Group| tables.iter().map(|t| group.rows(*t)).collect::<Vec<_>>();
        for _ in 0..5 {
            let (before, step) = (states(&group), group.last_step());
            if group.step(step).undone_by.is_some() {
                continue;
            }
            group.undo(step);
            assert_ne!(states(&group), before, "seed {seed}: U{step} changed nothing");
            group.undo(step + 1);
            assert_eq!(states(&group), before, "seed {seed}: U{step}");
            group.derived_is_right();
            group.undo(step + 2);
            group.undo(step + 3);
            assert_eq!(states(&group), before, "seed {seed}: U{step}, twice around");
        }
    }
}

#[test]
fn a_step_is_in_effect_or_not_through_every_undo_of_an_undo() {
    let mut group = Group::new();
    group.say("甲", "任务 写周报");
    for (undone, in_effect) in [(1, false), (2, true), (3, false), (4, true)] {
        group.undo(undone);
        let there = !group.rows(Task::ID).is_empty();
        assert_eq!(there, in_effect, "after undo of U{undone}");
        assert_eq!(group.step(1).undone_by.is_none(), in_effect, "after undo of U{undone}");
    }
}

#[test]
fn a_later_change_of_the_record_is_named_and_can_be_overruled() {
    let mut group = Group::new();
    group.say("甲", "任务 写周报");
    group.say("乙", "任务 别的");
    group.say("甲", "T1 改 标题=写月报");
    let answer = group.say("甲", "撤销 U1");
    assert!(answer.contains("U3") && answer.contains("仍撤销 U1"), "{answer}");
    assert!(!answer.contains("U2"), "another record: {answer}");
    assert_eq!(group.rows(Task::ID).len(), 2);
    let answer = group.say("甲", "仍撤销 U1");
    assert!(answer.contains("已撤销 U1"), "{answer}");
    assert_eq!(group.rows(Task::ID).len(), 1);
    group.derived_is_right();
}

#[test]
fn a_reminder_and_an_undone_step_do_not_stand_in_the_way() {
    let mut group = Group::new();
    group.say("甲", "任务 今天10点 写周报");
    group.say("甲", "T1 改 标题=写月报");
    group.bot.jump(instant("2026-03-02 11:00", "+08:00")).expect("memory");
    group.undo(2);
    group.undo(1);
    assert!(group.rows(Task::ID).is_empty());
    group.derived_is_right();
}

#[test]
fn somebody_elses_step_is_not_theirs_to_undo() {
    let mut group = Group::new();
    group.say("甲", "任务 写周报");
    let answer = group.say("乙", "撤销 U1");
    assert!(!answer.contains("已撤销"), "{answer}");
    let answer = group.say("乙", "仍撤销 U1");
    assert!(!answer.contains("已撤销"), "{answer}");
    assert_eq!(group.rows(Task::ID).len(), 1);
}

#[test]
fn every_change_of_a_journal_is_seen_except_the_erasure_of_content() {
    let (mut group, mut dice, mut tried) = (Group::new(), Dice::new(7), 0);
    (0..8).for_each(|n| group.anything(&mut dice, n));
    let (chain, whole) = (group.bot.journal(group.hash), Ok(group.head().hash));
    assert_eq!(verify(&chain), whole);
    for n in 0..chain.len() {
        let changed = |change: &dyn Fn(&mut Vec<Row>)| {
            let mut chain = chain.clone();
            change(&mut chain);
            verify(&chain)
        };
        assert_eq!(changed(&|c| c[n].content = None), whole, "erased: {n}");
        assert_ne!(changed(&|c| drop(c.remove(n))), whole, "dropped: {n}");
        let other = (n + 1) % chain.len();
        assert_ne!(changed(&|c| c.swap(n, other)), whole, "swapped: {n}");
        let Row { entry, content } = &chain[n];
        tried += forgeries(entry).len();
        for forged in forgeries(entry) {
            assert_ne!(changed(&|c| c[n].entry = forged.clone()), whole, "{forged:?}");
        }
        for forged in content.iter().flat_map(forgeries) {
            assert_ne!(changed(&|c| c[n].content = Some(forged.clone())), whole, "content of {n}");
        }
    }
    assert!(tried > 100, "{tried} forged entries are no test");
    let mut erased = chain.clone();
    erased.iter_mut().for_each(|row| row.content = None);
    assert_eq!(verify(&erased), whole, "all content erased");
}

/// The record with one bit of its stored form flipped, wherever that still reads as another one.
fn forgeries<T>(record: &Stored<T>) -> Vec<Stored<T>>
where
    T: Serialize + DeserializeOwned + PartialEq,
{
    let bytes = table::encode_versioned(1, record);
    let flipped = (0..bytes.len()).filter_map(|at| {
        let mut bytes = bytes.clone();
        bytes[at] ^= 1;
        table::decode_versioned(1, &Key(vec![]), &bytes).ok()
    });
    flipped.filter(|forged| forged != record).collect()
}

impl Group {
    /// With a source to subscribe to.
    fn new() -> Self {
        let (store, _) = Sealed::open(Memory::default(), &master()).expect("an empty store opens");
        let mut bot = Bot::of(Arc::clone(&CORE), Arc::new(store));
        bot.now = instant("2026-03-02 09:00", "+08:00");
        let scope =
            Scope::Conversation(ConversationId { account: ACCOUNT.into(), id: GROUP.into() });
        let hash = bot.keys.scope(&scope);
        let mut group = Self { bot, scope, hash, lines: 0, clock_stands: false };
        group.say("经理", "来源 新建 库存");
        group
    }

    /// A command to the bot; what it answers.
    fn say(&mut self, speaker: &str, command: &str) -> String {
        self.hear(speaker, &format!("@管家 {command}"))
    }

    fn hear(&mut self, speaker: &str, text: &str) -> String {
        self.lines += 1;
        let (id, at) = (format!("m{}", self.lines), self.bot.now);
        let line = Line { place: GROUP, speaker, text, id: &id, quoted: None, at };
        let before = self.bot.said.len();
        self.bot.callback(&line.raw(CAST)).expect("memory");
        let said = self.bot.said[before..].iter().filter(|said| said.target == self.scope);
        said.map(|said| said.card.plain()).collect::<Vec<_>>().join("\n")
    }

    /// Somebody does something; much of it is refused.
    fn anything(&mut self, dice: &mut Dice, n: usize) {
        let (who, whom, k) = (dice.pick(&CAST), dice.pick(&CAST), dice.roll(6) + 1);
        let hour = dice.roll(12) + 10;
        let switch = dice.pick(&["启用", "停用", "停用", "删"]);
        let command = match dice.roll(26) {
            0 => format!("任务 事{n}"),
            1 => format!("任务 今天{hour}点 事{n} @{whom}"),
            2 => format!("任务 明天 事{n} @{who} @{whom}"),
            3 => format!("T{k} 完成"),
            4 => format!("T{k} 重开"),
            5 => format!("T{k} 改 标题=事{n}"),
            6 => format!("T{k} 改 截止=后天"),
            7 => format!("T{k} 转给 @{whom}"),
            8 => format!("T{k} 删"),
            9 => format!("关键词 词{k} → #标签{k} 通知@{whom}"),
            10 => format!("R{k} {switch}"),
            11 => format!("订阅 库存 数量<{n}"),
            12 => format!("S{k} {switch}"),
            13 => format!("报告 每天{hour}:00 给 @{whom}"),
            14 => format!("D{k} {switch}"),
            15 => format!("标 M{k} 标签{n}"),
            16 => format!("归档 M{k} 到 库{n}"),
            17 => "撤销".into(),
            18 => format!("提醒 @{whom} 今天{hour}点 事{n}"),
            19 => format!("提醒 @{whom} 每天{hour}:30 事{n}"),
            20 => format!("J{k} {switch}"),
            21 => format!("J{k} {}", dice.pick(&["跳过", "延后 20分钟", "完成", "改 每天9:00"])),
            22 => format!("跟进 @{whom} 今天{hour}点 事{n}"),
            23 => format!("F{k} {}", dice.pick(&["已办", "重开", "延后 20分钟", "删"])),
            24 => format!("{} U{}", dice.pick(&["撤销", "仍撤销"]), dice.roll(n + 1) + 1),
            _ => {
                self.hear(who, &format!("词{k}又来了"));
                if self.clock_stands {
                    return;
                }
                let later = self.bot.now.plus_ms(dice.roll(3) as i64 * 3_600_000);
                return self.bot.jump(later).expect("memory");
            }
        };
        // Members may not make rules and reports: those would only be refused.
        let who =
            if matches!(command.chars().next(), Some('关' | '报')) { "经理" } else { who };
        self.say(who, &command);
    }

    /// Every step still in effect, newest first, by an admin; nothing may stand in the way.
    fn undo_everything(&mut self) {
        for step in (1..=self.last_step()).rev() {
            if self.step(step).undone_by.is_none() {
                self.undo(step);
                self.derived_is_right();
            }
        }
    }

    fn undo(&mut self, step: u32) {
        let answer = self.say("经理", &format!("撤销 U{step}"));
        assert!(answer.contains(&format!("已撤销 U{step}")), "{answer}");
    }

    fn last_step(&self) -> u32 {
        self.head().numbers.get(&Step::ID.0).copied().unwrap_or_default()
    }

    fn step(&self, number: u32) -> Step {
        let step = self.bot.view().get(self.hash, &number.to_be_bytes());
        step.expect("readable").expect("a step")
    }

    fn head(&self) -> Head {
        self.bot.view().get(self.hash, &[]).expect("readable").expect("a head")
    }

    fn rows(&self, table: TableId) -> BTreeMap<Key, Vec<u8>> {
        self.bot.rows(self.hash, table)
    }

    fn state(&self) -> State {
        let undone = tables::TABLES.iter().filter(|entry| entry.undone && entry.id != Message::ID);
        let records = undone.map(|entry| (entry.id.0, self.rows(entry.id))).collect();
        let dates = self.dates().into_iter();
        let mut dates: Vec<_> =
            dates.map(|(table, number, name, at)| (table, number, name as u8, at)).collect();
        dates.sort_unstable();
        State { records, dates, mirrors: self.mirrors() }
    }

    fn dates(&self) -> Vec<Date> {
        self.bot.dates(&self.scope)
    }

    fn mirrors(&self) -> Vec<(ScopeHash, String)> {
        self.bot.mirrors_from(&self.scope)
    }

    fn derived_is_right(&self) {
        self.bot.derived_is_right(&self.scope);
    }
}
