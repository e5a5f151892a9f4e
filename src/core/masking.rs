//! What of kept messages somebody is shown: the one place that decides whether personal data in
//! them is hidden, and by which names their tags go. Search looks at them as they are shown, but
//! for whole numbers.

use super::tags;
use super::turn::Turn;
use crate::model::message::Message;
use crate::text::branch::Names;
use crate::text::mask;

/// Whether a word is personal data from end to end, or holds some.
pub fn is_hidden(word: &str) -> bool {
    mask::mask(word) != word
}

/// A message as it is shown to whoever acts. All see the same while a conversation's setting alone
/// decides.
pub fn shown(turn: &mut Turn, message: Message) -> Message {
    let names = tags::names(turn);
    seen(&names, turn.preferences.unmasked, message)
}

/// The same where names of tags and the setting are known.
pub fn seen(names: &Names, unmasked: bool, mut message: Message) -> Message {
    tags::as_called_now(names, &mut message.tags);
    if message.recalled.is_some() {
        message.text = String::new();
    }
    if unmasked {
        return message;
    }
    // Whole, before anything is cut: half a number is no number.
    Message { text: mask::mask(&message.text).into_owned(), ..message }
}

/// Hides what is hidden in all that a message ever said.
pub fn hide_versions(turn: &mut Turn, message: &mut Message) {
    if turn.preferences.unmasked {
        return;
    }
    let texts = message.versions.iter_mut().map(|version| &mut version.text);
    for text in texts.chain([&mut message.text]) {
        *text = mask::mask(text).into_owned();
    }
}
