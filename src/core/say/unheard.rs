//! The sentence above what could not be said in a group, and the one below what others do not see.

use super::Voice;
use crate::model::outgoing::{Outgoing, Span};
use crate::model::task::Named;

/// A group's message for an admin's direct chat; its buttons would type into the wrong one.
pub fn card(voice: &Voice, title: &str, mut card: Outgoing) -> Outgoing {
    let place = if title.is_empty() {
        voice.pick("一个群", "a group").to_owned()
    } else {
        voice.quote(title)
    };
    let head = voice.pick(
        format!("这条没能发到{place}，转给你："),
        format!("This could not be sent to {place}, so it comes to you:"),
    );
    card.blocks.insert(0, crate::model::Block::Line(vec![Span::from(head)]));
    card.buttons.clear();
    card
}

/// That a task of this direct chat does not reach those whose it is, with the line that would.
pub fn of_others(voice: &Voice, others: &[Named], line: &str) -> String {
    let (names, bot) = (voice.joined(others.iter().map(|who| who.name.clone())), voice.called);
    voice.pick(
        format!("{names} 看不到私聊里的任务。要让对方收到，到群里说：@{bot} {line}"),
        format!(
            "{names} cannot see tasks of this chat. To reach them, say in the group: @{bot} {line}"
        ),
    )
}
