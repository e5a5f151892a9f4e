//! Sentences about reports, and the report itself.

use super::Voice;
use super::more::Long;
use super::schedule;
use super::status::switched;
use super::voice::names;
use crate::core::numbers::Numbers;
use crate::core::schedule::{Plan, Run};
use crate::model::outgoing::{Block, Outgoing, Span};
use crate::model::report::Report;
use crate::model::task::Named;
use crate::model::{Handle, Timestamp};
use crate::text::when::print_date;

/// `每个工作日18:00 给 @经理`
fn summary(voice: &Voice, report: &Report) -> String {
    let every = schedule::every(voice, &report.every);
    let to = names(&report.to);
    voice.pick(format!("{every} 给 {to}"), format!("{every} to {to}"))
}

/// A report was set up.
pub fn created(voice: &Voice, handle: Handle, report: &Report) -> Outgoing {
    let (summary, next) = (summary(voice, report), next(voice, report));
    let text = voice.pick(
        format!("{handle} 报告 {summary}（私聊）\n{next}"),
        format!("{handle} report {summary} (direct chat)\n{next}"),
    );
    Outgoing::text(text)
        .and_button(
            voice.pick("停用", "Disable"),
            format!("{handle} {}", voice.pick("停用", "disable")),
        )
        .and_button(voice.pick("撤销", "Undo"), voice.pick("撤销", "undo"))
}

/// Every report, a line each.
pub fn list(voice: &Voice, all: &[(u32, Report)]) -> Long {
    if all.is_empty() {
        return Long::none(voice.lines(
            "还没有报告。管理员可以建：报告 每个工作日18:00 给 @经理",
            "No reports yet. An admin can set one up: report every weekday 18:00 to @manager",
        ));
    }
    let line = |(number, report): &(u32, Report)| {
        let state = switched(voice, report.enabled);
        vec![Span::from(format!("D{number} {} · {state}", summary(voice, report)))]
    };
    let head = Outgoing::text(
        voice.pick(format!("报告 {} 份", all.len()), format!("{} reports", all.len())),
    );
    Long::new(head, all.iter().map(line).collect())
}

/// One report's set-up.
pub fn shown(voice: &Voice, handle: Handle, report: &Report) -> Outgoing {
    let state = switched(voice, report.enabled);
    let summary = summary(voice, report);
    let mut lines = vec![
        voice.pick(format!("{handle} 报告 {summary}"), format!("{handle} report {summary}")),
        state.to_owned(),
    ];
    if report.enabled {
        lines[1] = format!("{state} · {}", next(voice, report));
    }
    lines.extend(schedule::policy(voice, report.missed).map(str::to_owned));
    Outgoing::text(lines.join("\n"))
}

/// The next two runs.
fn next(voice: &Voice, report: &Report) -> String {
    let runs: Vec<Timestamp> =
        Plan::of_report(report, voice.reference.calendar).runs().take(2).collect();
    schedule::next(voice, &runs)
}

/// What a report is called where others are named beside it.
pub fn name(voice: &Voice) -> &'static str {
    voice.pick("日报", "daily report")
}

/// The report of a day, with how to `stop` one that comes again; one line when nothing happened.
pub fn daily(
    voice: &Voice,
    stop: Option<Handle>,
    place: &str,
    run: Run,
    numbers: &Numbers,
) -> Outgoing {
    let late = schedule::late(voice, run).map(|text| vec![Span::from(text)]);
    let day = print_date(run.at.day(voice.reference.zone), voice.reference, voice.lang);
    let title = voice.pick(format!("{place} 日报 · {day}"), format!("{place} daily · {day}"));
    let Numbers { messages, done, due, overdue, hits, alerts, unrecorded, down } = *numbers;
    if *numbers == Numbers::default() {
        let text = voice.pick(format!("{title}：今天没有动静"), format!("{title}: a quiet day"));
        let card = Outgoing::text(text);
        return late.into_iter().fold(card, Outgoing::and_line);
    }
    let rows = voice.pick(
        [
            ("消息", format!("{messages} 条")),
            ("任务", format!("完成 {done}，今天到期 {due}，逾期 {overdue}")),
            ("关键词命中", format!("{hits} 次")),
            ("告警", format!("{alerts} 条")),
        ],
        [
            ("Messages", messages.to_string()),
            ("Tasks", format!("{done} done, {due} due today, {overdue} overdue")),
            ("Keyword hits", hits.to_string()),
            ("Alerts", alerts.to_string()),
        ],
    );
    let rows = rows.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
    let mut card =
        Outgoing { title: Some(title), blocks: vec![Block::Fields(rows)], ..Outgoing::default() };
    card = late.into_iter().fold(card, Outgoing::and_line);
    if unrecorded > 0 {
        card = card.and_line(vec![Span::from(voice.pick(
            format!("另有 {unrecorded} 条没有记录（记录关着时说的）"),
            format!("{unrecorded} more came while recording was off"),
        ))]);
    }
    if down > 0 {
        card = card.and_line(vec![Span::from(voice.pick(
            format!("今天停机 {down} 分钟，那时说的没有收到"),
            format!("Down for {down} minutes today: what was said then never came"),
        ))]);
    }
    let stop = stop.map(|handle| {
        voice.pick(
            format!("不想再收，在群里说：{handle} 停用"),
            format!("To stop it, say in the group: {handle} disable"),
        )
    });
    stop.into_iter().fold(card, |card, stop| card.and_line(vec![Span::from(stop)]))
}

/// Today's numbers went out at once.
pub fn sent(voice: &Voice, to: &[Named]) -> Outgoing {
    let to = names(to);
    Outgoing::text(voice.pick(
        format!("今天到现在的报告已私聊发给 {to}"),
        format!("The report of today so far went to {to} directly"),
    ))
}
