//! What a line is read as, or why it is no command. Plain values.

use super::args::Args;
use crate::model::{Handle, Lang};

/// A command as understood.
#[derive(Debug, Clone, PartialEq)]
pub struct Invocation {
    /// Key of the noun (or, for a handle, of the noun that owns its letter).
    pub word: String,
    /// Which of the four shapes.
    pub shape: Shape,
    /// More records that are shown or acted on likewise: `T4、T7 完成`.
    pub also: Vec<Handle>,
    /// Its arguments.
    pub args: Args,
    /// Language of the words used, so of the answer.
    pub lang: Lang,
    /// The name or alias that was typed, as the catalogue spells it.
    pub typed: String,
    /// The whole line, one line, without the @ of the bot.
    pub line: String,
}

impl Invocation {
    /// The first record it shows or acts on.
    pub fn handle(&self) -> Option<Handle> {
        match &self.shape {
            Shape::Show(handle) | Shape::Act(handle, _) => Some(*handle),
            Shape::List | Shape::Create => None,
        }
    }

    /// What stands behind the word, or behind the verb, as it was typed.
    pub fn behind(&self) -> &str {
        let typed = || self.typed.chars().filter(|c| !c.is_whitespace());
        let ends = |from: usize| {
            let mut wanted = typed().peekable();
            for (at, c) in self.line[from..].char_indices() {
                let Some(next) = wanted.peek() else { return Some(from + at) };
                match c.is_whitespace() {
                    true => {}
                    false if c.to_lowercase().eq(next.to_lowercase()) => drop(wanted.next()),
                    false => return None,
                }
            }
            wanted.peek().is_none().then_some(self.line.len())
        };
        let end = self.line.char_indices().find_map(|(from, _)| ends(from)).unwrap_or_default();
        self.line[end..].trim_start_matches([' ', '：', ':', '，', ','])
    }
}

/// The four shapes of every noun.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shape {
    /// `任务`, also with filters only.
    List,
    /// `任务 内容…`
    Create,
    /// `T12`
    Show(Handle),
    /// `T12 完成 …`: the handle and the verb's key.
    Act(Handle, String),
}

/// Why a line is no command.
#[derive(Debug, Clone, PartialEq)]
pub enum ParseError {
    /// Nothing in it looks like a command: plain talk.
    Talk,
    /// Nothing but the bot's name.
    Empty,
    /// The first word, or the verb behind a handle, is none of ours; what could stand in its place,
    /// nearest first.
    Unknown { word: String, near: Vec<String>, lang: Lang },
    /// A handle of a letter no noun has.
    UnknownLetter { handle: Handle, lang: Lang },
    /// A handle, then a word that is no verb of its noun; the verbs that are.
    UnknownVerb { handle: Handle, word: String, verbs: Vec<String>, lang: Lang },
    /// A verb (its key) without a handle.
    VerbAlone { verb: String, lang: Lang },
    /// Longer than `LINE_CHARS_MAX`.
    TooLong { lang: Lang },
}
