//! What of kept messages somebody is shown: the one place that decides whether personal data in
//! them is hidden, and by which names their tags go. Search looks at them as they are shown, but
//! for whole numbers.

use super::tags;
use super::turn::Turn;
use crate::model::message::Message;
use crate::text::mask;

/// Whether a word is personal data from end to end, or holds some.
pub fn is_hidden(word: &str) -> bool {
    mask::mask(word) != word
}

/// A message as it is shown to whoever acts. All see the same while a conversation's setting alone
/// decides.
pub fn shown(turn: &mut Turn, mut message: Message) -> Message {
    if !message.tags.is_empty() {
        tags::as_called_now(turn, &mut message.tags);
    }
    if turn.preferences.unmasked {
        return message;
    }
    // Whole, before anything is cut: half a number is no number.
    Message { text: mask::mask(&message.text).into_owned(), ..message }
}
