//! Who may do what, as a table; and what roles, requests and settings leave in the store.

mod bot;

use bot::line::Line;
use bot::{ACCOUNT, Bot, instant};
use steward::core::journal::Row;
use steward::model::journal::{Entry, What};
use steward::model::member::{Grant, Rank};
use steward::model::post::RoleSet;
use steward::model::preferences::Preferences;
use steward::model::request::{Question, Request, RequestState};
use steward::model::task::Named;
use steward::model::{
    Cause, ConversationId, Event, Lang, PersonId, Post, Scope, Settings, Timestamp,
};
use steward::store::table::{self, id};
use steward::store::{Key, Order, Table};

const GROUP: &str = "项目群";

/// A group and its bot.
struct Group {
    bot: Bot,
    lines: usize,
}

impl Group {
    fn new() -> Self {
        Self { bot: Bot::new(), lines: 0 }
    }

    /// What the bot answers to a line.
    fn say(&mut self, speaker: &str, text: &str) -> String {
        self.lines += 1;
        let id = format!("m{}", self.lines);
        let text = format!("@管家 {text}");
        let at = self.bot.now;
        let line = Line { place: GROUP, speaker, text: &text, id: &id, quoted: None, at };
        let before = self.bot.said.len();
        self.bot.callback(&line.raw(["甲", "乙", "丙", "经理"])).expect("memory");
        let said: Vec<String> = self.bot.said[before..].iter().map(|s| s.card.plain()).collect();
        said.join("\n")
    }

    fn rows<T: Table>(&self, scope: &Scope) -> Vec<T> {
        let rows = self.bot.view().list::<T>(self.bot.keys.scope(scope), 1_000, Order::Up);
        rows.expect("readable").into_iter().map(|(_, record)| record).collect()
    }

    fn here(&self) -> Scope {
        Scope::Conversation(ConversationId { account: ACCOUNT.into(), id: GROUP.into() })
    }
}

fn person(id: &str) -> PersonId {
    PersonId { account: ACCOUNT.into(), id: id.into() }
}

fn named(id: &str) -> Named {
    Named { person: person(id), name: id.into() }
}

/// A command on what 乙 made, and who may give it: a member, a lead here, an admin here, a lead of
/// the organisation, an admin of the organisation.
const MAY: [(&str, [bool; 5]); 16] = [
    ("任务 写周报", [true, true, true, true, true]),
    ("T1", [true, true, true, true, true]),
    ("T1 完成", [false, true, true, true, true]),
    ("T1 删", [false, true, true, true, true]),
    ("标 M1 合同", [true, true, true, true, true]),
    ("关键词", [true, true, true, true, true]),
    ("关键词 退费 → #教务", [false, true, true, true, true]),
    ("报告 每天18:00", [false, true, true, true, true]),
    ("设置", [true, true, true, true, true]),
    ("设置 时区 柏林", [false, true, true, true, true]),
    ("设置 恢复默认", [false, true, true, true, true]),
    ("撤销 U1", [false, false, true, false, true]),
    ("角色", [true, true, true, true, true]),
    ("角色 @丙 负责人", [false, false, true, false, true]),
    ("角色 @丙 组织负责人", [false, false, false, false, true]),
    ("来源 新建 库存", [false, false, false, false, true]),
];

#[test]
fn every_role_may_what_the_table_says_and_no_more() {
    let roles = ["成员", "负责人", "管理员", "组织负责人", "组织管理员"];
    for (at, role) in roles.into_iter().enumerate() {
        for (line, may) in MAY {
            let mut group = Group::new();
            group.say("乙", "三班有家长要退费");
            group.say("乙", "任务 写月报");
            group.say("丙", "早");
            group.say("甲", "早");
            if at > 0 {
                let given = group.say("经理", &format!("角色 @甲 {role}"));
                assert!(given.contains("变为"), "{role}: {given}");
            }
            let answer = group.say("甲", line);
            let refused = answer.contains("要替你问吗");
            assert_eq!(!refused, may[at], "{role}: {line}: {answer}");
        }
    }
}

#[test]
fn what_others_may_not_do_they_may_not_approve() {
    for (role, needs) in [("负责人", "角色 @甲 负责人"), ("管理员", "来源 新建 库存")]
    {
        let mut group = Group::new();
        group.say("乙", "早");
        group.say("经理", &format!("角色 @乙 {role}"));
        group.say("甲", needs);
        group.say("甲", "申请");
        let answer = group.say("乙", "同意 Q1");
        assert!(answer.contains("来做"), "{answer}");
        let answer = group.say("经理", "同意 Q1");
        assert!(answer.contains("经理 同意了 Q1"), "{answer}");
    }
}

#[test]
fn a_request_is_answered_once_and_its_command_is_on_record_with_both_names() {
    let mut group = Group::new();
    group.say("经理", "早");
    group.say("甲", "关键词 退费 → #教务");
    group.say("甲", "申请");
    group.say("经理", "Q1 同意");
    group.say("经理", "Q1 同意");
    group.say("经理", "Q1 拒绝");
    group.say("甲", "撤销");
    group.say("经理", "Q1 同意");
    let rows: Vec<Row> = group.rows(&group.here());
    let entries: Vec<Entry> = rows.into_iter().map(|row| row.entry.into_value()).collect();
    let made = |e: &&Entry| e.what == What::Command("keyword.create".into());
    let made: Vec<&Entry> = entries.iter().filter(made).collect();
    assert_eq!(made.len(), 1);
    assert_eq!(made[0].actor, Some(named("甲")));
    assert_eq!(made[0].leave, Some(named("经理")));
    let requests: Vec<Request> = group.rows(&group.here());
    assert_eq!(requests[0].state, RequestState::Granted(named("经理")));
    let others = entries.iter().filter(|e| e.leave.is_some());
    assert_eq!(others.count(), 1, "leave is for one command");
}

#[test]
fn a_question_is_its_askers_alone_and_leaves_nothing_once_answered() {
    let mut group = Group::new();
    group.say("经理", "早");
    group.say("甲", "设置 时区 柏林");
    assert_eq!(group.say("乙", "对"), "", "乙 was asked nothing");
    assert_eq!(group.rows::<Question>(&group.here()).len(), 1);
    assert!(group.say("甲", "对").contains("Q1"));
    assert!(group.rows::<Question>(&group.here()).is_empty());
    group.say("甲", "设置 时区 柏林");
    group.say("甲", "任务 别的");
    assert!(group.rows::<Question>(&group.here()).is_empty(), "another command settles it");
    assert_eq!(group.say("甲", "对"), "");
}

#[test]
fn the_organisation_keeps_an_admin_whatever_is_told_it() {
    let mut bot = Bot::new();
    let core = std::sync::Arc::get_mut(&mut bot.core).expect("nobody else has it");
    core.settings = Settings { admins: Vec::new(), ..core.settings.clone() };
    let mut group = Group { bot, lines: 0 };
    group.say("甲", "认领 管理员 K7QF-2MXD");
    group.say("甲", "早");
    let admins = |group: &Group| group.rows::<Grant>(&Scope::Organisation).len();
    assert_eq!(admins(&group), 1);
    assert!(group.say("甲", "角色 @甲 组织成员").contains("最后一位"));
    // What was said before somebody else left comes to the organisation later, and is judged there.
    for (to, by) in [(Rank::Member, "甲"), (Rank::Lead, "甲"), (Rank::Member, "乙")] {
        let (who, by) = (named("甲"), Some(named(by)));
        let set = RoleSet { who, to, by, at: group.here(), lang: Lang::Zh };
        let cause = Cause::Post(Post::RoleSet(Box::new(set)));
        let event = Event { scope: Scope::Organisation, key: None, cause };
        group.bot.event(&event).expect("memory");
        assert_eq!(admins(&group), 1);
    }
    let stranger = RoleSet {
        who: named("乙"),
        to: Rank::Admin,
        by: Some(named("乙")),
        at: group.here(),
        lang: Lang::Zh,
    };
    let cause = Cause::Post(Post::RoleSet(Box::new(stranger)));
    group.bot.event(&Event { scope: Scope::Organisation, key: None, cause }).expect("memory");
    assert_eq!(admins(&group), 1, "nobody makes themselves admin");
    assert!(group.say("甲", "角色 @乙 组织管理员").contains("变为"));
    assert_eq!(admins(&group), 2);
    assert!(group.say("甲", "角色 @甲 组织成员").contains("变为"), "乙 is left");
    assert_eq!(admins(&group), 1);
}

#[test]
fn settings_put_back_leave_no_record_and_an_undo_brings_them_back() {
    let mut group = Group::new();
    group.say("经理", "设置 时区 柏林");
    group.say("经理", "设置 签名 客服");
    let set = group.rows::<Preferences>(&group.here());
    assert_eq!(set[0].zone, Some(chrono_tz::Europe::Berlin));
    group.say("经理", "设置 恢复默认");
    assert!(group.rows::<Preferences>(&group.here()).is_empty());
    group.say("经理", "撤销");
    assert_eq!(group.rows::<Preferences>(&group.here()), set);
    group.say("经理", "撤销");
    group.say("经理", "撤销");
    assert!(group.rows::<Preferences>(&group.here()).is_empty());
}

#[test]
fn a_notice_of_quiet_hours_comes_once_when_they_end() {
    let mut group = Group::new();
    group.say("经理", "设置 免打扰 22:00-8:00");
    group.say("甲", "任务 今天23点 对账");
    let before = group.bot.said.len();
    for (wall, count) in [("2026-03-03 07:59", 0), ("2026-03-03 08:00", 1), ("2026-03-05 09:00", 1)]
    {
        group.bot.jump(instant(wall, "+08:00")).expect("memory");
        assert_eq!(group.bot.said.len() - before, count, "{wall}");
    }
}

/// An admin's record as it was stored before there were roles.
#[derive(Clone, serde::Serialize, serde::Deserialize)]
struct OldAdmin {
    person: PersonId,
    since: Timestamp,
}

impl Table for OldAdmin {
    const ID: steward::store::TableId = id::ADMIN;
}

#[test]
fn an_admin_of_before_the_roles_is_an_admin() {
    let old = table::encode(&OldAdmin { person: person("甲"), since: Timestamp(0) });
    let key = Key::new(id::ADMIN, steward::store::ScopeHash::default(), &[]);
    let read: Grant = table::decode(&key, &old).expect("readable");
    assert_eq!(read.rank, Rank::Admin);
}
