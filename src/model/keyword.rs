//! A keyword rule of a conversation: words, and what happens to messages that hold one.

use serde::{Deserialize, Serialize};

use super::message::Message;
use super::task::Named;
use super::{Lang, Timestamp};

/// A keyword rule, numbered `R…`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Keyword {
    /// The words, as typed; 1 to `WORDS_MAX`, matched folded (width, case) and as substrings.
    pub words: Vec<String>,
    /// Tags to set, without the `#`.
    pub tags: Vec<String>,
    /// People to notify.
    pub notify: Vec<Named>,
    /// Cabinet to archive to.
    pub cabinet: Option<String>,
    /// Not working while `false`.
    pub enabled: bool,
    /// Rises with each change: what `为什么` names.
    pub version: u32,
    /// Who made it.
    pub creator: Named,
    /// When it was made.
    pub created_at: Timestamp,
    /// The language its notices are in.
    pub lang: Lang,
}

/// What words would have found lately.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Tried {
    /// So many messages.
    pub count: usize,
    /// The newest of them as they are shown, with the word that was found first.
    pub newest: Vec<(u32, Message, String)>,
    /// Only so many messages were looked at, and there were more.
    pub cut: Option<usize>,
}
