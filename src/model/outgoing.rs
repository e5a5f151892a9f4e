//! Our own card: what the bot says, in structure. Each platform draws it; user text is never markup
//! here.

use serde::{Deserialize, Serialize};

use super::PersonId;
use super::told::Told;

/// One message to one scope.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Outgoing {
    /// How soon it must leave, against others of the same target.
    pub lane: Lane,
    /// A heading; most answers have none.
    pub title: Option<String>,
    /// The body, top to bottom.
    pub blocks: Vec<Block>,
    /// What can be pressed: pressing is typing.
    pub buttons: Vec<Button>,
    /// The text holds a secret: the journal keeps only that it was sent.
    pub confidential: bool,
    /// What it tells of, counted, if it may be merged with others of its kind.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub told: Option<Told>,
}

/// Send order and life time of a message.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
pub enum Lane {
    /// Before everything; does not expire.
    Urgent,
    /// The answer to somebody who waits; expires after `ANSWER_LIFE_MS`.
    #[default]
    Answer,
    /// A reminder or an alert; does not expire.
    Notice,
    /// A report; does not expire.
    Digest,
}

/// A part of the body.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Block {
    /// One paragraph.
    Line(Vec<Span>),
    /// Lines of equal rank, drawn as a list.
    List(Vec<Vec<Span>>),
    /// Names and values, a row each.
    Fields(Vec<(String, String)>),
    /// Somebody's words, set apart.
    Quote(String),
    /// Text to copy, kept as it is.
    Code(String),
}

/// A stretch of a line.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Span {
    /// Text as it is; the platform escapes it.
    Text(String),
    /// Emphasis, escaped likewise.
    Strong(String),
    /// A mention that really notifies.
    Mention { person: PersonId, name: String },
}

/// A button: its words and the command it types.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Button {
    /// What stands on it.
    pub label: String,
    /// The line it types, without the @ of the bot.
    pub types: String,
}

impl Outgoing {
    /// An answer of plain text, one block a line.
    pub fn text(text: impl Into<String>) -> Self {
        let text: String = text.into();
        let blocks = text.lines().map(|l| Block::Line(vec![Span::Text(l.into())])).collect();
        Self { blocks, ..Self::default() }
    }

    /// An answer of one line.
    pub fn line(spans: Vec<Span>) -> Self {
        Self { blocks: vec![Block::Line(spans)], ..Self::default() }
    }

    /// The same with one more line.
    #[must_use]
    pub fn and_line(mut self, spans: Vec<Span>) -> Self {
        self.blocks.push(Block::Line(spans));
        self
    }

    /// The same with one more button.
    #[must_use]
    pub fn and_button(mut self, label: impl Into<String>, types: impl Into<String>) -> Self {
        self.buttons.push(Button { label: label.into(), types: types.into() });
        self
    }

    /// The same in another lane.
    #[must_use]
    pub fn in_lane(mut self, lane: Lane) -> Self {
        self.lane = lane;
        self
    }

    /// Everything as plain text, one line a line: for talks, logs of the chat and platforms without
    /// markup.
    pub fn plain(&self) -> String {
        self.lines().collect::<Vec<_>>().join("\n")
    }

    /// The first line of that which says something; empty if none does.
    pub fn first_line(&self) -> String {
        let said = |text: String| text.lines().find(|l| !l.trim().is_empty()).map(str::to_owned);
        self.lines().find_map(said).unwrap_or_default()
    }

    fn lines(&self) -> impl Iterator<Item = String> {
        self.title.iter().cloned().chain(self.blocks.iter().flat_map(Block::lines))
    }

    /// How long its words are, in bytes of UTF-8.
    pub fn bytes(&self) -> usize {
        let line = |spans: &Vec<Span>| -> usize {
            let words = spans.iter().map(|span| match span {
                Span::Text(text) | Span::Strong(text) => text.len(),
                Span::Mention { name, .. } => name.len() + 1,
            });
            words.sum()
        };
        let blocks = self.blocks.iter().map(|block| match block {
            Block::Line(spans) => line(spans),
            Block::List(items) => items.iter().map(line).sum(),
            Block::Fields(rows) => rows.iter().map(|(name, value)| name.len() + value.len()).sum(),
            Block::Quote(text) | Block::Code(text) => text.len(),
        });
        blocks.sum::<usize>() + self.title.as_ref().map_or(0, String::len)
    }

    /// Everyone mentioned, once each, in order.
    pub fn mentioned(&self) -> Vec<&PersonId> {
        let mut people: Vec<&PersonId> = Vec::new();
        let lines = self.blocks.iter().flat_map(|block| match block {
            Block::Line(spans) => std::slice::from_ref(spans),
            Block::List(items) => items.as_slice(),
            Block::Fields(_) | Block::Quote(_) | Block::Code(_) => &[],
        });
        for span in lines.flatten() {
            if let Span::Mention { person, .. } = span
                && !people.contains(&person)
            {
                people.push(person);
            }
        }
        people
    }
}

impl Block {
    /// As plain text, one line a line.
    fn lines(&self) -> Vec<String> {
        match self {
            Block::Line(spans) => vec![flat(spans)],
            Block::List(items) => items.iter().map(|spans| format!("- {}", flat(spans))).collect(),
            Block::Fields(rows) => {
                let colon = colon(rows);
                rows.iter().map(|(name, value)| format!("{name}{colon}{value}")).collect()
            }
            Block::Quote(text) => text.lines().map(|l| format!("> {l}")).collect(),
            Block::Code(text) => text.lines().map(str::to_owned).collect(),
        }
    }
}

/// The colon after the names of all rows: wide as soon as one of them holds wide characters.
pub fn colon(rows: &[(String, String)]) -> &'static str {
    if rows.iter().all(|(name, _)| name.is_ascii()) { ": " } else { "：" }
}

fn flat(spans: &[Span]) -> String {
    let mut line = String::new();
    for span in spans {
        match span {
            Span::Text(text) | Span::Strong(text) => line.push_str(text),
            Span::Mention { name, .. } => line.extend(["@", name]),
        }
    }
    line
}

impl From<&str> for Span {
    fn from(text: &str) -> Self {
        Span::Text(text.into())
    }
}

impl From<String> for Span {
    fn from(text: String) -> Self {
        Span::Text(text)
    }
}
