//! Sentences about how things stand.

use super::Voice;
use crate::model::Timestamp;
use crate::model::outgoing::Outgoing;

/// How things stand in a conversation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    /// Open tasks.
    pub open: usize,
    /// Overdue ones among them.
    pub late: usize,
    /// Enabled keyword rules.
    pub rules: usize,
    /// Enabled subscriptions.
    pub subscriptions: usize,
    /// When the next report comes.
    pub next_report: Option<Timestamp>,
    /// The platform lets the bot hear everything.
    pub hears_all: bool,
}

/// The state of a conversation, five lines at the most.
pub fn standing(voice: &Voice, standing: &Standing) -> Outgoing {
    let Standing { open, late, rules, subscriptions, next_report, hears_all } = *standing;
    let report = next_report.map(|at| voice.at(at));
    let text = voice.pick(
        format!(
            "{}在线\n任务：进行中 {open}，逾期 {late}\n关键词规则 {rules} 条，订阅 {subscriptions} 条\n\
             下次报告：{}\n{}",
            voice.bot,
            report.as_deref().unwrap_or("没有"),
            if hears_all { "本平台会把群里的消息都给我" } else { "本平台只把 @我 的消息给我" },
        ),
        format!(
            "{} is here\nTasks: {open} open, {late} overdue\nKeyword rules: {rules}, \
             subscriptions: {subscriptions}\nNext report: {}\n{}",
            voice.bot,
            report.as_deref().unwrap_or("none"),
            if hears_all {
                "This platform lets me hear every message"
            } else {
                "This platform lets me hear only messages that @ me"
            },
        ),
    );
    Outgoing::text(text)
}

/// The word for on or off.
pub fn switched(voice: &Voice, on: bool) -> &'static str {
    if on { voice.pick("启用", "enabled") } else { voice.pick("停用", "disabled") }
}

/// Something was switched on or off.
pub fn switch(voice: &Voice, handle: &str, what: &str, on: bool) -> Outgoing {
    let state = switched(voice, on);
    let text =
        voice.pick(format!("已{state} {handle} {what}"), format!("{handle} {what} is {state}"));
    let (label, verb) = match on {
        true => voice.pick(("停用", "停用"), ("Disable", "disable")),
        false => voice.pick(("启用", "启用"), ("Enable", "enable")),
    };
    Outgoing::text(text).and_button(label, format!("{handle} {verb}"))
}
