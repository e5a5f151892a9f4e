//! Sentences about undo.

use super::Voice;
use super::voice::excerpt;
use crate::core::undo::{Became, Undone};
use crate::model::outgoing::Outgoing;

/// What came back, a line a step.
pub fn undone(voice: &Voice, steps: &[Undone]) -> Outgoing {
    let line = |undone: &Undone| {
        let records = voice.joined(undone.records.iter().map(|(handle, became)| {
            let became = match became {
                Became::Back => voice.pick("已恢复", "is back"),
                Became::Gone => voice.pick("已取消", "is gone"),
                Became::Restored => voice.pick("已复原", "is as before"),
            };
            format!("{handle} {became}")
        }));
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

/// The line that undoes all the same.
pub fn insist(voice: &Voice, step: u32) -> String {
    voice.pick(format!("仍撤销 U{step}"), format!("undo anyway U{step}"))
}
