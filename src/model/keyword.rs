//! A keyword rule of a conversation: words, and what happens to messages that hold one.

use serde::{Deserialize, Serialize};

use super::message::Message;
use super::task::Named;
use super::{Lang, Timestamp};

/// A keyword rule, numbered `R…`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Keyword {
    /// The words, as typed; 1 to `WORDS_MAX`, matched folded (width, case, traditional forms).
    pub words: Vec<String>,
    /// How the words are looked for.
    #[serde(default, skip_serializing_if = "Matching::is_usual")]
    pub matching: Matching,
    /// Phrases around a word in which it does not count, as typed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub except: Vec<String>,
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

/// How a word is looked for in a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Matching {
    /// Wherever it stands, also inside a longer word: what Chinese needs.
    #[default]
    Substring,
    /// Letters and digits beside it make it another word: `VIP` is not in `VIPER`.
    Word,
    /// It is a regular expression, of the kind that is matched in linear time.
    Pattern,
}

impl Matching {
    /// Whether it is that of a rule that says nothing of it.
    pub fn is_usual(&self) -> bool {
        *self == Self::default()
    }
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

#[cfg(test)]
mod tests {
    use super::Keyword;

    #[test]
    fn a_rule_kept_before_there_were_exceptions_has_none() {
        let kept = r#"{"words":["退费"],"tags":[],"notify":[],"cabinet":null,"enabled":true,
            "version":1,"creator":{"person":{"account":"a","id":"b"},"name":"甲"},
            "created_at":0,"lang":"zh"}"#;
        let rule: Keyword = serde_json::from_str(kept).unwrap();
        assert!(rule.except.is_empty());
        assert!(!serde_json::to_string(&rule).unwrap().contains("except"));
    }
}
