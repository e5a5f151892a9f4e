//! Sentences about what comes and what became of what came.

use super::Voice;
use super::more::Long;
use super::schedule::{next as next_run, outcome};
use super::voice::{excerpt, names};
use crate::core::schedule::RUNS_MAX;
use crate::model::occurrence::Occurrence;
use crate::model::outgoing::{Block, Outgoing, Span};
use crate::model::task::Named;
use crate::model::{Handle, Timestamp};

/// What waits for a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A reminder.
    Reminder,
    /// A report.
    Report,
    /// A task with a deadline.
    Task,
    /// A reply that is waited for.
    Follow,
}

/// Something that comes, at these times.
#[derive(Debug, Clone, PartialEq)]
pub struct Item {
    /// What it is.
    pub kind: Kind,
    /// As it is named here: `J1`, or `项目群 J1`.
    pub handle: String,
    /// Its words; a report has none.
    pub text: String,
    /// Whom it is for, where that is known; nobody in particular if empty.
    pub to: Option<Vec<Named>>,
    /// When, soonest first; at most `RUNS_MAX`.
    pub times: Vec<Timestamp>,
    /// How often, for what comes many times a day: said in place of a count.
    pub often: Option<String>,
}

impl Item {
    /// Keeps the times within a stretch; says whether there are any.
    pub fn within(&mut self, from: Timestamp, until: Timestamp) -> bool {
        self.times.retain(|at| *at >= from && *at < until);
        !self.times.is_empty()
    }
}

/// What comes until a moment, soonest first.
pub fn coming(voice: &Voice, items: &[Item], until: Timestamp) -> Long {
    if until <= voice.reference.now {
        return Long::none(voice.lines(
            "这段时间已经过去了。看某个提醒过去各次的结果：计划 J1",
            "That is over. To see what became of a reminder’s past times: agenda J1",
        ));
    }
    let until = voice.at(until);
    if items.is_empty() {
        return Long::none(Outgoing::text(voice.pick(
            format!("到 {until} 没有安排。记一个：提醒我 明天9点 交报告"),
            format!(
                "Nothing comes until {until}. Try: remind me tomorrow 9:00 to submit the report"
            ),
        )));
    }
    let lines = items.iter().map(|item| vec![Span::from(line(voice, item))]).collect();
    let count = items.len();
    let head = voice.pick(format!("到 {until} 有 {count} 项"), format!("{count} until {until}"));
    let hint = Some(voice.pick("计划 明天", "agenda tomorrow"));
    Long { head: Outgoing::line(vec![Span::from(head)]), lines, hint }
}

/// `3月3日(周二)9:00 J1 交报告 · @甲 · 共 5 次`
fn line(voice: &Voice, item: &Item) -> String {
    let at = item.times.first().map(|at| voice.at(*at)).unwrap_or_default();
    let text = match item.kind {
        Kind::Reminder => excerpt(&item.text),
        Kind::Report => super::report::name(voice).to_owned(),
        Kind::Follow => voice.pick(
            format!("等回复：{}", excerpt(&item.text)),
            format!("{}: waiting for a reply", excerpt(&item.text)),
        ),
        Kind::Task => voice.pick(
            format!("{} 到期", excerpt(&item.text)),
            format!("{} is due", excerpt(&item.text)),
        ),
    };
    let mut line = format!("{at} {} {text}", item.handle);
    match item.to.as_deref() {
        Some([]) => line.push_str(voice.pick(" · 大家", " · everybody")),
        Some(people) => line.push_str(&format!(" · {}", names(people))),
        None => {}
    }
    let count = item.times.len();
    if let Some(often) = &item.often {
        line.push_str(&voice.pick(format!(" · {often}"), format!(", {often}")));
    } else if count > 1 {
        let count = match count >= RUNS_MAX {
            true => voice.pick(format!("{count} 次以上"), format!("{count} times or more")),
            false => voice.pick(format!("共 {count} 次"), format!("{count} times")),
        };
        line.push_str(&format!(" · {count}"));
    }
    line
}

/// What became of the last times of a schedule, newest first, and when it comes next.
pub fn past(
    voice: &Voice,
    handle: Handle,
    past: &[(Timestamp, Occurrence)],
    next: Option<Timestamp>,
) -> Outgoing {
    let ran = match handle.letter {
        'D' => voice.pick("已发出", "sent"),
        _ => super::remind::ran(voice),
    };
    let line = |(at, row): &(Timestamp, Occurrence)| {
        let (at, what) = (voice.at(*at), outcome(voice, &row.outcome, ran));
        vec![Span::from(voice.pick(format!("{at} {what}"), format!("{at}: {what}")))]
    };
    let head = match past.len() {
        0 => voice.pick(format!("{handle} 还没到过时间"), format!("{handle} has not come yet")),
        n => voice.pick(format!("{handle} 最近 {n} 次"), format!("{handle}, the last {n}")),
    };
    let mut card = Outgoing::line(vec![Span::from(head)]);
    if !past.is_empty() {
        card.blocks.push(Block::List(past.iter().map(line).collect()));
    }
    card.and_line(vec![Span::from(next_run(voice, next.as_slice()))])
}
