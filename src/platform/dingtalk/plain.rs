//! A card as the plain text of a `text` message: the safest form, for nothing in it is markup.

use super::at::{At, Words};
use super::neutral::clean;
use crate::model::{Block, Outgoing};

/// The card's text, one line a line; mentions are written by `at`. Buttons are not: a card that has
/// some is drawn as markdown (docs/platforms/dingtalk.md#escape).
pub fn draw(card: &Outgoing, at: &mut At) -> String {
    let mut lines: Vec<String> = card.title.iter().map(|title| clean(title)).collect();
    for block in &card.blocks {
        match block {
            Block::Line(spans) => lines.push(at.line(spans, words)),
            Block::List(items) => {
                lines.extend(items.iter().map(|spans| format!("- {}", at.line(spans, words))));
            }
            Block::Fields(rows) => lines.extend(
                rows.iter().map(|(name, value)| format!("{}：{}", clean(name), clean(value))),
            ),
            Block::Quote(text) => {
                lines.extend(text.lines().map(|line| format!("> {}", clean(line))));
            }
            Block::Code(text) => lines.extend(text.lines().map(clean)),
        }
    }
    lines.join("\n")
}

fn words(words: &Words, _at_start: bool) -> String {
    match words {
        Words::Text(text) | Words::Strong(text) | Words::Id(text) => text.clone(),
    }
}
