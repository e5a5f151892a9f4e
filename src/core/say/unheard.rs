//! The sentence above what could not be said in a group.

use super::Voice;
use crate::model::outgoing::{Outgoing, Span};

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
