//! A card as the plain text of a `text` message: the safest form, for nothing in it is markup.

use super::at::{At, Words};
use super::neutral::clean;
use crate::model::{Block, Outgoing};

/// The card's text, one line a line; mentions are written by `at`. Buttons are not: a card that has
/// some is drawn as markdown (docs/platforms/dingtalk.md#escape).
pub fn draw(card: &Outgoing, at: &mut At) -> String {
    let mut lines = Lines::default();
    if let Some(title) = &card.title {
        lines.next().push_str(&clean(title));
    }
    for block in &card.blocks {
        match block {
            Block::Line(spans) => at.line(spans, lines.next(), words),
            Block::List(items) => {
                for spans in items {
                    let line = lines.next();
                    line.push_str("- ");
                    at.line(spans, line, words);
                }
            }
            Block::Fields(rows) => {
                for (name, value) in rows {
                    lines.next().extend([&clean(name), "：", &clean(value)]);
                }
            }
            Block::Quote(text) => {
                for line in text.lines() {
                    lines.next().extend(["> ", &clean(line)]);
                }
            }
            Block::Code(text) => {
                text.lines().for_each(|line| lines.next().push_str(&clean(line)));
            }
        }
    }
    lines.text
}

/// A text that grows by lines.
#[derive(Default)]
struct Lines {
    text: String,
    begun: bool,
}

impl Lines {
    /// The text, at the beginning of another line.
    fn next(&mut self) -> &mut String {
        if self.begun {
            self.text.push('\n');
        }
        self.begun = true;
        &mut self.text
    }
}

fn words(words: &Words, _at_start: bool, out: &mut String) {
    match words {
        Words::Text(text) | Words::Strong(text) => out.push_str(text),
        Words::Id(text) => out.push_str(text),
    }
}
