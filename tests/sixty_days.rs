//! Sixty days over 国庆 2026 and the end of summer time in Berlin, with two outages, changes by hand
//! and undos: every occurrence of every schedule has exactly one outcome, and each that ran was
//! said once. And what became of a message that did not arrive is on its occurrence's record.

mod bot;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use bot::line::Line;
use bot::{ACCOUNT, Bot, catalogue, instant, master, settings};
use chrono::{Datelike, NaiveDate, NaiveTime, Weekday};
use chrono_tz::Tz;
use steward::core::Core;
use steward::model::Calendar;
use steward::model::event::SendFailed;
use steward::model::occurrence::{Occurrence, Outcome, Why};
use steward::model::{Cause, ConversationId, Event, Scope, Settings, Timestamp};
use steward::store::memory::Memory;
use steward::store::table::id;
use steward::store::{Order, Sealed};

const GROUP: &str = "项目群";
const CAST: [&str; 3] = ["甲", "乙", "经理"];
const DAY_MS: i64 = 86_400_000;
const DAYS: i64 = 60;

/// More rows than sixty days leave.
const ROWS_MAX: usize = 100_000;

/// A schedule as the test reckons it by itself: days and times of its wall clock.
struct Expected {
    handle: &'static str,
    said: &'static str,
    days: fn(NaiveDate) -> bool,
    times: &'static [(u32, u32)],
}

/// One of each kind; what is said tells them apart.
const SCHEDULES: [(&str, Expected); 8] = [
    (
        "提醒 大家 每天9:00 晨会",
        Expected { handle: "J1", said: "晨会", days: |_| true, times: &[(9, 0)] },
    ),
    (
        "提醒 @乙 每周五17:00 周报",
        Expected { handle: "J2", said: "周报", days: is_friday, times: &[(17, 0)] },
    ),
    (
        "提醒我 每天2:30 值夜",
        Expected { handle: "J3", said: "值夜", days: |_| true, times: &[(14, 30)] },
    ),
    (
        "提醒我 每天02:30和23:59 巡检",
        Expected { handle: "J4", said: "巡检", days: |_| true, times: &[(2, 30), (23, 59)] },
    ),
    (
        "提醒我 每周一、周日10:00 盘点",
        Expected { handle: "J5", said: "盘点", days: is_sunday_or_monday, times: &[(10, 0)] },
    ),
    (
        "提醒 @甲 每个工作日9:30 站会",
        Expected {
            handle: "J6",
            said: "站会",
            days: |day| Calendar::official().is_workday(day),
            times: &[(9, 30)],
        },
    ),
    (
        "提醒 大家 每天8:30，节假日除外 早操",
        Expected { handle: "J7", said: "早操", days: |_| true, times: &[(8, 30)] },
    ),
    (
        "报告 每天18:00 给 @经理",
        Expected { handle: "D1", said: "日报", days: |_| true, times: &[(18, 0)] },
    ),
];

fn is_friday(day: NaiveDate) -> bool {
    day.weekday() == Weekday::Fri
}

fn is_sunday_or_monday(day: NaiveDate) -> bool {
    matches!(day.weekday(), Weekday::Sun | Weekday::Mon)
}

/// A group over sixty days.
struct World {
    bot: Bot,
    zone: Tz,
    group: Scope,
    lines: usize,
    begins: Timestamp,
}

#[test]
fn sixty_days_in_shanghai_leave_one_outcome_for_every_occurrence() {
    World::new(chrono_tz::Asia::Shanghai, "2026-09-15 08:00", "+08:00").live();
}

#[test]
fn sixty_days_over_the_end_of_summer_time_leave_one_outcome_for_every_occurrence() {
    World::new(chrono_tz::Europe::Berlin, "2026-09-15 08:00", "+02:00").live();
}

#[test]
fn a_message_that_does_not_arrive_is_on_its_occurrences_record() {
    let mut world = World::new(chrono_tz::Asia::Shanghai, "2026-03-02 08:00", "+08:00");
    world.say("甲", "提醒我 每天9:00 开会");
    world.say("经理", "报告 每天9:30 给 @经理");
    world.say("甲", "任务 今天9:10 写周报");
    world.bot.jump(instant("2026-03-02 10:00", "+08:00")).expect("memory");
    for (part, handle) in [("开会", "J1"), ("写周报", "T1"), ("日报 · ", "D1")] {
        let said = world.bot.said.iter().rev().find(|said| said.card.plain().contains(part));
        let (scope, key) = said.map(|said| (said.target.clone(), said.key.clone())).expect(part);
        let (revision, nth) = steward::core::outbox::place(&key);
        let failed = SendFailed { revision, nth, why: "refused".into() };
        let cause = Cause::SendFailed(failed);
        world.bot.event(&Event { scope, key: Some(part.into()), cause }).expect("memory");
        let answer = world.say("甲", &format!("计划 {handle}"));
        assert!(answer.contains("没送到：平台拒收"), "{handle}: {answer}");
    }
}

impl World {
    fn new(zone: Tz, wall: &str, offset: &str) -> Self {
        let (store, _) = Sealed::open(Memory::default(), &master()).expect("an empty store opens");
        let settings = Settings { zone, ..settings() };
        let core = Arc::new(Core { settings, catalogue: catalogue() });
        let mut bot = Bot::of(core, Arc::new(store));
        bot.now = instant(wall, offset);
        let group =
            Scope::Conversation(ConversationId { account: ACCOUNT.into(), id: GROUP.into() });
        let begins = bot.now;
        Self { bot, zone, group, lines: 0, begins }
    }

    /// Sixty days with what people do in them; then everything is counted.
    fn live(&mut self) {
        for (line, schedule) in &SCHEDULES {
            let who = if schedule.handle == "D1" { "经理" } else { "甲" };
            let answer = self.say(who, line);
            assert!(answer.starts_with(schedule.handle), "{answer}");
        }
        self.say("甲", "J5 改 错过=不补");
        self.say("甲", "J2 改 错过=并入下次");
        let mut put_off = Vec::new();
        for day in 1..=DAYS {
            self.people_do(day, &mut put_off);
            let to = self.begins.plus_ms(day * DAY_MS);
            // 2026-10-02 to 10-05, and over the change of the clocks in the night to 10-25.
            let off = (17..20).contains(&day) || (39..41).contains(&day);
            match off {
                true => {}
                // Only now does it run again; what passed is settled.
                false if [20, 41].contains(&day) => {
                    self.bot.now = to;
                    self.bot.run_due().expect("memory");
                }
                false => self.bot.jump(to).expect("memory"),
            }
        }
        self.check(&put_off);
    }

    fn people_do(&mut self, day: i64, put_off: &mut Vec<Timestamp>) {
        match day {
            5 => drop(self.say("甲", "J1 跳过")),
            6 => drop(self.say("乙", "J2 停用")),
            15 => drop(self.say("乙", "撤销")),
            23 => drop(self.say("甲", "J4 删")),
            26 => drop(self.say("甲", "撤销")),
            30 => {
                // The last time was long ago: the next one is put off.
                let answer = self.say("甲", "J3 延后 1小时");
                assert!(answer.contains("延后到"), "{answer}");
                let wall = self.bot.now.day(self.zone).and_hms_opt(15, 30, 0).expect("a time");
                put_off.push(Timestamp::from_local(wall, self.zone));
            }
            33 => drop(self.say("经理", "D1 停用")),
            36 => drop(self.say("经理", "撤销")),
            50 => drop(self.say("经理", "D1 跳过")),
            51 => drop(self.say("甲", "J1 改 内容=晨会（新）")),
            _ => {}
        }
    }

    fn check(&mut self, put_off: &[Timestamp]) {
        let mut whys: BTreeSet<String> = BTreeSet::new();
        for (_, schedule) in &SCHEDULES {
            let mut wanted = self.expected(schedule);
            if schedule.handle == "J3" {
                wanted.extend(put_off);
            }
            let kept = self.outcomes(schedule.handle);
            assert_eq!(
                kept.keys().copied().collect::<BTreeSet<_>>(),
                wanted,
                "{}",
                schedule.handle
            );
            let ran = kept.values().filter(|row| row.outcome == Outcome::Ran).count();
            let said = self.bot.said.iter().filter(|said| {
                let text = said.card.plain();
                let comes = said.card.buttons.len() == 3 || text.contains("日报 · ");
                comes && text.contains(schedule.said)
            });
            assert_eq!(said.count(), ran, "{}", schedule.handle);
            whys.extend(kept.values().map(|row| format!("{:?}", row.outcome)));
        }
        let all = [Why::ByHand, Why::PutOff, Why::Disabled, Why::Folded, Why::Missed];
        let skipped = all.into_iter().chain([Why::NotInEffect, Why::Holiday]).map(Outcome::Skipped);
        for outcome in skipped.chain([Outcome::Ran]) {
            assert!(whys.contains(&format!("{outcome:?}")), "no {outcome:?} in sixty days");
        }
    }

    /// Every occurrence of a schedule until now, reckoned from the calendar alone.
    fn expected(&self, schedule: &Expected) -> BTreeSet<Timestamp> {
        let first = self.begins.day(self.zone);
        let days = first.iter_days().take(DAYS as usize + 1).filter(|day| (schedule.days)(*day));
        let times = days.flat_map(|day| {
            let at = |(hour, minute): &(u32, u32)| {
                let time = NaiveTime::from_hms_opt(*hour, *minute, 0).expect("a time");
                // The first time where the clocks repeat an hour.
                let at = day.and_time(time).and_local_timezone(self.zone).earliest();
                Timestamp(at.expect("no hour is skipped in autumn").timestamp_millis())
            };
            schedule.times.iter().map(at).collect::<Vec<_>>()
        });
        times.filter(|at| *at > self.begins && *at <= self.bot.now).collect()
    }

    /// What became of each occurrence of a schedule.
    fn outcomes(&self, handle: &str) -> BTreeMap<Timestamp, Occurrence> {
        let table = if handle.starts_with('D') { id::REPORT } else { id::REMINDER };
        let number: u32 = handle[1..].parse().expect("a number");
        let mut prefix = vec![table.0];
        prefix.extend_from_slice(&number.to_be_bytes());
        let rows = self.bot.view().list::<Occurrence>(self.hash(), ROWS_MAX, Order::Up);
        let own = rows.expect("readable").into_iter().filter_map(|(key, row)| {
            let at = key.rest().strip_prefix(&prefix[..])?.try_into().ok()?;
            Some((Timestamp((u64::from_be_bytes(at) ^ (1 << 63)) as i64), row))
        });
        own.collect()
    }

    fn hash(&self) -> steward::store::ScopeHash {
        self.bot.keys.scope(&self.group)
    }

    /// A command to the bot; what it answers in the group.
    fn say(&mut self, speaker: &str, command: &str) -> String {
        self.lines += 1;
        let (id, at) = (format!("m{}", self.lines), self.bot.now);
        let text = format!("@管家 {command}");
        let line = Line { place: GROUP, speaker, text: &text, id: &id, quoted: None, at };
        let before = self.bot.said.len();
        self.bot.callback(&line.raw(CAST)).expect("memory");
        let said = self.bot.said[before..].iter().filter(|said| said.target == self.group);
        said.map(|said| said.card.plain()).collect::<Vec<_>>().join("\n")
    }
}
