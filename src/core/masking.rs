//! What of kept messages somebody is shown: the one place that decides whether personal data in
//! them is hidden. Search looks at the messages as they are.

use super::turn::Turn;
use crate::model::message::Message;
use crate::text::mask;

/// A message as it is shown to whoever acts. All see the same while a conversation's setting alone
/// decides.
pub fn shown(turn: &Turn, message: Message) -> Message {
    if turn.preferences.unmasked {
        return message;
    }
    // Whole, before anything is cut: half a number is no number.
    Message { text: mask::mask(&message.text).into_owned(), ..message }
}
