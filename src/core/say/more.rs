//! Long lists: what is shown at first, and how the rest is had.

use super::Voice;
use super::voice::shown_of;
use crate::model::outgoing::{Block, Outgoing, Span};

/// Lines above a list.
pub const HEAD_LINES: usize = 1;

/// A list that may be longer than what fits a phone.
pub struct Long {
    /// What stands above it.
    pub head: Outgoing,
    /// All its lines.
    pub lines: Vec<Vec<Span>>,
    /// Lines that would narrow it down.
    pub hint: Option<&'static str>,
}

impl Long {
    /// Without a hint.
    pub fn new(head: Outgoing, lines: Vec<Vec<Span>>) -> Self {
        Self { head, lines, hint: None }
    }

    /// A sentence instead of a list.
    pub fn none(card: Outgoing) -> Self {
        Self::new(card, Vec::new())
    }
}

/// The first lines, and how to get the others.
pub fn first(voice: &Voice, long: Long) -> Outgoing {
    let shown = shown_of(long.lines.len(), HEAD_LINES);
    let left = long.lines.len() - shown;
    let lines = long.lines.into_iter().take(shown).collect();
    page(voice, long.head, lines, left, long.hint)
}

/// The lines that come next, of `left` that are left after them.
pub fn next(voice: &Voice, lines: Vec<Vec<Span>>, left: usize) -> Outgoing {
    let head = Outgoing::text(voice.pick("接着看", "Continued"));
    page(voice, head, lines, left, None)
}

/// There is nothing to go on with.
pub fn nothing(voice: &Voice) -> Outgoing {
    voice
        .lines("没有更多了。要看列表，例如：任务", "Nothing more to show. To see a list, try: task")
}

fn page(
    voice: &Voice,
    mut card: Outgoing,
    mut lines: Vec<Vec<Span>>,
    left: usize,
    hint: Option<&'static str>,
) -> Outgoing {
    if left > 0 {
        let narrow = hint
            .map(|hint| voice.pick(format!("；筛选：{hint}"), format!("; narrow down: {hint}")));
        let narrow = narrow.unwrap_or_default();
        lines.push(vec![Span::from(voice.pick(
            format!("还有 {left} 项，往下看：更多{narrow}"),
            format!("{left} more. To continue: more{narrow}"),
        ))]);
        card = card.and_button(voice.pick("更多", "More"), voice.pick("更多", "more"));
    }
    if !lines.is_empty() {
        card.blocks.push(Block::List(lines));
    }
    card
}
