//! Sentences about undo.

use super::Voice;
use super::voice::{LISTED_MAX, excerpt};
use crate::core::refusal::Later;
use crate::core::undo::{Became, Undone};
use crate::model::Handle;
use crate::model::outgoing::Outgoing;

/// Most later steps that are named.
const STEPS_MAX: usize = 3;

/// What came back, a line a step.
pub fn undone(voice: &Voice, steps: &[Undone]) -> Outgoing {
    let line = |undone: &Undone| {
        let records =
            voice.joined(undone.records.iter().take(LISTED_MAX).map(|(handle, became)| {
                let became = match became {
                    Became::Back => voice.pick("已恢复", "is back"),
                    Became::Gone => voice.pick("已取消", "is gone"),
                    Became::Restored => voice.pick("已复原", "is as before"),
                };
                format!("{handle} {became}")
            }));
        let records = match undone.records.len() {
            count if count > LISTED_MAX => voice
                .pick(format!("{records}……共 {count} 条"), format!("{records} … {count} in all")),
            _ => records,
        };
        let what = voice.quote(&excerpt(&undone.line));
        // Settings and roles bear no number.
        if records.is_empty() {
            return voice.pick(
                format!("已撤销 U{}{what}", undone.step),
                format!("Undid U{} {what}", undone.step),
            );
        }
        voice.pick(
            format!("已撤销 U{}{what}：{records}", undone.step),
            format!("Undid U{} {what}: {records}", undone.step),
        )
    };
    let mut lines: Vec<String> = steps.iter().map(line).collect();
    if steps.iter().any(|s| s.told) {
        lines.push(voice.pick("已经发出去的消息收不回", "What was sent stays sent").to_owned());
    }
    Outgoing::text(lines.join("\n"))
}

/// The asker has no step in effect.
pub fn nothing(voice: &Voice) -> String {
    voice.pick(
        "你还没有可撤销的操作。看最近的改动：日志".to_owned(),
        "Nothing of yours to undo. See the latest changes: log".to_owned(),
    )
}

/// A step is not in effect any more, or what was there before it is gone.
pub fn stays(voice: &Voice, step: u32, gone: bool) -> String {
    if gone {
        return voice.pick(
            format!("U{step} 改动前的内容已清掉，不能再撤销"),
            format!("U{step} cannot be undone: what was there before has been cleared"),
        );
    }
    voice.pick(
        format!("U{step} 已经撤销过，不能再撤。看最近的改动：日志"),
        format!("U{step} was undone before. See the latest changes: log"),
    )
}

/// Later steps touched the same records.
pub fn conflict(voice: &Voice, step: u32, later: &[Later], insist: &str) -> String {
    let said = |later: &Later| {
        let (step, line) = (later.step, voice.quote(&excerpt(&later.line)));
        voice.pick(format!("U{step}{line}"), format!("U{step} {line}"))
    };
    let lines = voice.joined(later.iter().take(STEPS_MAX).map(said));
    let records = joined(voice, later.iter().flat_map(|later| &later.records));
    // Settings and roles bear no number.
    if records.is_empty() {
        return voice.pick(
            format!("U{step} 之后又改过：{lines}，撤销会一起丢掉。确定就说：{insist}"),
            format!("Changed since U{step}: {lines}; undoing would lose that. To do it: {insist}"),
        );
    }
    voice.pick(
        format!("{records} 在 U{step} 之后又改过：{lines}，撤销会一起丢掉。确定就说：{insist}"),
        format!(
            "{records} changed since U{step}: {lines}; undoing would lose that. To do it: {insist}"
        ),
    )
}

/// Undoing would take away what somebody else did.
pub fn would_override(voice: &Voice, step: u32, other: &Later) -> String {
    let (records, other) = (joined(voice, &other.records), other.step);
    if records.is_empty() {
        return voice.pick(
            format!(
                "撤销 U{step} 会丢掉别人做的 U{other}，要管理员来撤销。看是谁做的：日志 U{other}"
            ),
            format!(
                "Undoing U{step} would lose U{other}, which somebody else did: an admin has to do \
                 it. See who: log U{other}"
            ),
        );
    }
    voice.pick(
        format!(
            "撤销 U{step} 会丢掉别人后来对 {records} 的改动（U{other}），要管理员来撤销。看是谁改的：\
             日志 U{other}"
        ),
        format!(
            "Undoing U{step} would lose what somebody else did to {records} since (U{other}): an \
             admin has to do it. See who: log U{other}"
        ),
    )
}

/// A step of somebody else.
pub fn not_yours(voice: &Voice, step: u32, records: &[Handle]) -> String {
    let records = match joined(voice, records) {
        none if none.is_empty() => voice.pick(" ", "").to_owned(),
        some => voice.pick(format!("（{some}）"), format!(" ({some})")),
    };
    voice.pick(
        format!("U{step}{records}不是你做的，要本人或管理员来撤销。看是谁做的：日志 U{step}"),
        format!(
            "U{step}{records} is somebody else’s: they or an admin can undo it. See whose: log \
             U{step}"
        ),
    )
}

/// Handles, each once, as many as a line bears.
fn joined<'h>(voice: &Voice, records: impl IntoIterator<Item = &'h Handle>) -> String {
    let mut once: Vec<String> = Vec::new();
    for record in records.into_iter().map(Handle::to_string) {
        if !once.contains(&record) {
            once.push(record);
        }
    }
    once.truncate(LISTED_MAX);
    voice.joined(once)
}

/// The line that undoes all the same.
pub fn insist(voice: &Voice, step: u32) -> String {
    voice.pick(format!("仍撤销 U{step}"), format!("undo anyway U{step}"))
}
