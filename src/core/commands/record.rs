//! `记录`: whether what is said is kept, as `设置 记录` has it.

use super::settings;
use crate::command::{Invocation, Role};
use crate::core::refusal::Refusal;
use crate::core::turn::Turn;
use crate::core::{gaps, outage, rights, say};

/// Shows how it stands, or switches it.
pub fn run(turn: &mut Turn, invocation: &Invocation) -> Result<(), Refusal> {
    let content = invocation.args.content.trim();
    if !content.is_empty() {
        if !settings::is_switch(content) {
            return Err(noted(turn, invocation, content));
        }
        // As `设置` has it in its file.
        if !rights::has(turn, Role::Lead, None) {
            return Err(Refusal::NotAllowed { needs: Role::Lead });
        }
        return settings::change(turn, &format!("记录 {content}"));
    }
    let mut card = say::settings::recording(&turn.voice(), &settings::standing(turn));
    if let Some(gap) = gaps::within(turn, None, None) {
        card = card.and_line(vec![say::found::missing(&turn.voice(), &gap).into()]);
    }
    let down = outage::within(turn, None, None);
    if let Some(down) = say::found::down(&turn.voice(), down) {
        card = card.and_line(vec![down.into()]);
    }
    turn.say(card);
    Ok(())
}

/// `记录一下 明天交报告` wants something noted: that is a task.
fn noted(turn: &Turn, invocation: &Invocation, content: &str) -> Refusal {
    let task =
        turn.core.catalogue.word("task").map(|word| word.names(invocation.lang).name.clone());
    let rest = content.strip_prefix("一下").unwrap_or(content);
    let rest = rest.trim_start_matches(['：', ':', '，', ',', ' ']);
    let lines = vec![format!("{} {rest}", task.unwrap_or_default())];
    Refusal::Which { part: invocation.line.clone(), lines }
}
