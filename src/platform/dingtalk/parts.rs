//! A card that is too long for one message, as several: cut between blocks, list items, lines of
//! code and sentences, never within a mention. The same card gives the same parts whatever way it
//! goes, so that another way can go on where one ended.

use super::fit;
use crate::model::{Block, Outgoing, Span};
use crate::text::cut;

/// Most parts of one message; the last one is cut if they do not suffice.
pub const PARTS_MAX: usize = 3;
/// What a line or a block takes besides its words, in bytes of JSON: breaks, markers.
const LINE_BYTES: usize = 10;
/// What a mention takes at most, in bytes of JSON: an id, or a name of some length.
const MENTION_BYTES: usize = 70;
/// What a button takes at most besides its words, in bytes of JSON: a link and a line to copy.
const BUTTON_BYTES: usize = 120;
/// Least room for words in a part, however many buttons there are.
const ROOM_BYTES_MIN: usize = fit::TEXT_BYTES_MAX / 2;

/// The card in up to `PARTS_MAX` parts, each with its number; one if that is enough.
pub fn split(card: &Outgoing) -> Vec<Outgoing> {
    // An encoded byte of a button's line takes three, and the line stands there twice.
    let button = |label: &str, types: &str| BUTTON_BYTES + text_bytes(label) + 4 * types.len();
    let buttons: usize = card.buttons.iter().map(|b| button(&b.label, &b.types)).sum();
    let title = card.title.as_deref().map_or(0, |title| text_bytes(title) + LINE_BYTES);
    let room = fit::TEXT_BYTES_MAX.saturating_sub(buttons + title).max(ROOM_BYTES_MIN);
    let mut parts: Vec<(Vec<(usize, Block)>, usize)> = vec![(Vec::new(), 0)];
    for (nth, block) in card.blocks.iter().enumerate() {
        for piece in pieces(block, room) {
            let bytes = block_bytes(&piece);
            let is_last = parts.len() == PARTS_MAX;
            match parts.last_mut() {
                Some((blocks, used)) if *used + bytes <= room || blocks.is_empty() || is_last => {
                    *used += bytes;
                    add(blocks, nth, piece);
                }
                Some(_) | None => parts.push((vec![(nth, piece)], bytes)),
            }
        }
    }
    let count = parts.len();
    let part = |(n, (blocks, _)): (usize, (Vec<(usize, Block)>, usize))| {
        let mut blocks: Vec<Block> = blocks.into_iter().map(|(_, block)| block).collect();
        if count > 1 {
            blocks.insert(0, Block::Line(vec![Span::from(format!("（{}/{count}）", n + 1))]));
        }
        Outgoing {
            title: card.title.clone().filter(|_| n == 0),
            blocks,
            buttons: if n + 1 == count { card.buttons.clone() } else { Vec::new() },
            ..Outgoing { lane: card.lane, confidential: card.confidential, ..Outgoing::default() }
        }
    };
    parts.into_iter().enumerate().map(part).collect()
}

/// A block in pieces of which each fits a part.
fn pieces(block: &Block, room: usize) -> Vec<Block> {
    if block_bytes(block) <= room {
        return match block {
            Block::List(items) => items.iter().map(|i| Block::List(vec![i.clone()])).collect(),
            Block::Fields(rows) => rows.iter().map(|r| Block::Fields(vec![r.clone()])).collect(),
            Block::Line(_) | Block::Quote(_) | Block::Code(_) => vec![block.clone()],
        };
    }
    let lines = |text: &str| -> Vec<String> {
        let cut = |line| texts(line, room).into_iter().map(str::to_owned);
        text.lines().flat_map(cut).collect()
    };
    match block {
        Block::Line(spans) => runs(spans, room).into_iter().map(Block::Line).collect(),
        Block::List(items) => {
            let runs = items.iter().flat_map(|item| runs(item, room));
            runs.map(|run| Block::List(vec![run])).collect()
        }
        Block::Fields(rows) => {
            let cut = |(name, value): &(String, String)| -> Vec<Block> {
                let values = texts(value, room.saturating_sub(text_bytes(name)).max(1));
                let row = |value: &str| Block::Fields(vec![(name.clone(), value.to_owned())]);
                values.into_iter().map(row).collect()
            };
            rows.iter().flat_map(cut).collect()
        }
        Block::Quote(text) => lines(text).into_iter().map(Block::Quote).collect(),
        Block::Code(text) => lines(text).into_iter().map(Block::Code).collect(),
    }
}

/// Puts a piece behind those of its part: back into its block where that is the same one.
fn add(blocks: &mut Vec<(usize, Block)>, nth: usize, piece: Block) {
    match (blocks.last_mut().filter(|(last, _)| *last == nth), piece) {
        (Some((_, Block::Line(spans))), Block::Line(more)) => spans.extend(more),
        (Some((_, Block::List(items))), Block::List(more)) => items.extend(more),
        (Some((_, Block::Fields(rows))), Block::Fields(more)) => rows.extend(more),
        (
            Some((_, Block::Quote(text) | Block::Code(text))),
            Block::Quote(more) | Block::Code(more),
        ) => {
            text.push('\n');
            text.push_str(&more);
        }
        (_, piece) => blocks.push((nth, piece)),
    }
}

/// Spans in runs of which each fits; a mention stays whole.
fn runs(spans: &[Span], room: usize) -> Vec<Vec<Span>> {
    let mut runs: Vec<Vec<Span>> = Vec::new();
    let mut used = room;
    let cut = spans.iter().flat_map(|span| match span {
        Span::Text(text) => texts(text, room).into_iter().map(Span::from).collect(),
        Span::Strong(text) => {
            texts(text, room).into_iter().map(|t| Span::Strong(t.into())).collect()
        }
        Span::Mention { .. } => vec![span.clone()],
    });
    for span in cut {
        let bytes = span_bytes(&span);
        if used + bytes > room {
            runs.push(Vec::new());
            used = LINE_BYTES;
        }
        used += bytes;
        if let Some(run) = runs.last_mut() {
            run.push(span);
        }
    }
    runs
}

/// A text in pieces of which each fits, to the ends of sentences where there are some.
fn texts(text: &str, room: usize) -> Vec<&str> {
    let room = room.saturating_sub(LINE_BYTES).max(8);
    let (mut rest, mut pieces) = (text, Vec::new());
    while text_bytes(rest) > room {
        let mut used = 0;
        let end = rest.char_indices().find_map(|(i, c)| {
            used += char_bytes(c);
            (used > room).then_some(i)
        });
        let head = fit::to_sentence(cut::bytes(rest, end.unwrap_or(rest.len())));
        let (piece, behind) = rest.split_at(head.len());
        pieces.push(piece);
        rest = behind;
    }
    pieces.push(rest);
    pieces
}

fn block_bytes(block: &Block) -> usize {
    let line = |spans: &Vec<Span>| LINE_BYTES + spans.iter().map(span_bytes).sum::<usize>();
    match block {
        Block::Line(spans) => line(spans),
        Block::List(items) => items.iter().map(line).sum(),
        Block::Fields(rows) => {
            rows.iter().map(|(n, v)| 2 * LINE_BYTES + text_bytes(n) + text_bytes(v)).sum()
        }
        Block::Quote(text) => text.lines().map(|line| LINE_BYTES + text_bytes(line)).sum(),
        // Each blank at a line's beginning is drawn with six bytes.
        Block::Code(text) => {
            let blanks = |line: &str| line.len() - line.trim_start_matches(' ').len();
            text.lines().map(|l| LINE_BYTES + text_bytes(l) + 5 * blanks(l)).sum()
        }
    }
}

fn span_bytes(span: &Span) -> usize {
    match span {
        Span::Text(text) | Span::Strong(text) => text_bytes(text) + LINE_BYTES / 2,
        Span::Mention { name, .. } => MENTION_BYTES.max(text_bytes(name) + 2),
    }
}

/// What a text takes at most however it is drawn: what could be markup becomes its full-width twin.
fn text_bytes(text: &str) -> usize {
    text.chars().map(char_bytes).sum()
}

fn char_bytes(c: char) -> usize {
    let drawn = if c.is_ascii_punctuation() { '＊'.len_utf8() } else { 0 };
    fit::json_char_bytes(c).max(drawn)
}
