//! A card in the platform's markdown subset, and the escaping that keeps typed text from being
//! markup. The rules are in docs/platforms/dingtalk.md#escape.

use super::at::{At, Words};
use super::neutral::{clean, is_chinese};
use crate::model::{Block, Button, Outgoing};

/// A line break as the platform's pages advise it; a bare line feed is swallowed by some clients.
const BREAK: &str = "  \n  ";
const PARAGRAPH: &str = "\n\n";
/// Buttons that are written out once more, to be copied where pressing does nothing.
const COPY_LINES_MAX: usize = 3;
/// Digits of an encoded byte.
const HEX: &[u8; 16] = b"0123456789ABCDEF";
/// Room for most texts with their buttons, in bytes; it grows for the others.
const TEXT_BYTES: usize = 1024;
/// Most buttons of one message: more cannot be told apart on a phone.
const BUTTONS_MAX: usize = 20;

/// Title and blocks; mentions are written by `at`.
pub fn draw(card: &Outgoing, at: &mut At) -> String {
    let mut all = String::with_capacity(TEXT_BYTES);
    if let Some(title) = &card.title {
        all.push_str("### ");
        escape(&clean(title), true, &mut all);
    }
    let mut after_line = false;
    for block in &card.blocks {
        let is_line = matches!(block, Block::Line(_));
        let before = all.len();
        if before > 0 {
            all.push_str(if after_line && is_line { BREAK } else { PARAGRAPH });
        }
        let start = all.len();
        draw_block(block, at, &mut all);
        let is_empty = all.len() == start;
        if is_empty {
            all.truncate(before);
        }
        // An empty line ends the paragraph.
        after_line = is_line && !is_empty;
    }
    all
}

fn draw_block(block: &Block, at: &mut At, out: &mut String) {
    match block {
        Block::Line(spans) => at.line(spans, out, words),
        Block::List(items) => joined(items, "\n", out, |spans, out| {
            out.push_str("- ");
            at.line(spans, out, words);
        }),
        Block::Fields(rows) => joined(rows, "\n", out, |(name, value), out| {
            out.push_str("- ");
            strong(&clean(name), out);
            out.push('：');
            escape(&clean(value), false, out);
        }),
        Block::Quote(text) => joined(text.lines(), "  \n", out, |line, out| {
            out.push_str("> ");
            escape(&clean(line), true, out);
        }),
        Block::Code(text) => joined(text.lines(), BREAK, out, code_line),
    }
}

/// Draws items one behind the other with `gap` between them.
fn joined<T>(
    items: impl IntoIterator<Item = T>,
    gap: &str,
    out: &mut String,
    mut draw: impl FnMut(T, &mut String),
) {
    for (n, item) in items.into_iter().enumerate() {
        if n > 0 {
            out.push_str(gap);
        }
        draw(item, out);
    }
}

/// Writes buttons as links that type, and the first few as lines to copy: whether a pressed link
/// carries the @ of the bot into a group is not documented (docs/platforms/dingtalk.md#buttons).
/// `called` is the bot's name where it must be @-ed.
pub fn buttons(buttons: &[Button], called: Option<&str>, out: &mut String) {
    if buttons.is_empty() {
        return;
    }
    let drawn = buttons.iter().take(BUTTONS_MAX);
    // The blank ends the call, so that each part can be written by itself.
    let call = called.map(|name| format!("@{} ", clean(name))).unwrap_or_default();
    let call = clean(&call);
    out.push_str(PARAGRAPH);
    joined(drawn.clone(), " · ", out, link);
    out.push_str(PARAGRAPH);
    let chinese = buttons.iter().any(|button| is_chinese(&button.label));
    out.push_str(if chinese { "> 也可以发送：" } else { "> Or type: " });
    joined(drawn.take(COPY_LINES_MAX), " ｜ ", out, |button, out| {
        escape(&call, false, out);
        escape(&clean(&button.types), false, out);
    });
}

/// `dtmd://dingtalkclient/sendMessage?content=…`, every reserved character of the text encoded.
fn link(button: &Button, out: &mut String) {
    out.push('[');
    escape(&clean(&button.label), false, out);
    out.push_str("](dtmd://dingtalkclient/sendMessage?content=");
    for byte in clean(&button.types).bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.') {
            out.push(char::from(byte));
        } else {
            out.push('%');
            out.push(char::from(HEX[usize::from(byte >> 4)]));
            out.push(char::from(HEX[usize::from(byte & 15)]));
        }
    }
    out.push(')');
}

fn words(words: &Words, at_start: bool, out: &mut String) {
    match words {
        Words::Text(text) => escape(text, at_start, out),
        Words::Strong(text) => strong(text, out),
        Words::Id(text) => out.push_str(text),
    }
}

/// Emphasis; beside punctuation the asterisks need a blank, or they show.
fn strong(text: &str, out: &mut String) {
    let mut inner = String::with_capacity(text.len());
    escape(text.trim(), true, &mut inner);
    if inner.is_empty() {
        return;
    }
    let gap = |c: Option<char>| if c.is_some_and(char::is_alphanumeric) { "" } else { " " };
    let (before, behind) = (gap(inner.chars().next()), gap(inner.chars().next_back()));
    out.extend([before, "**", &inner, "**", behind]);
}

/// A line kept as it is, as far as markdown can: the blanks before it count.
fn code_line(line: &str, out: &mut String) {
    let line = clean(line);
    let text = line.trim_start_matches(' ');
    out.extend(std::iter::repeat_n("&nbsp;", line.len() - text.len()));
    escape(text, true, out);
}

/// Writes a line of typed text that no client takes for markup: what could be some becomes its
/// full-width twin, which reads the same and which commands fold back. Inside an http(s) address
/// only what could end it or begin a link is touched. `at_start`: the line begins here.
pub fn escape(text: &str, at_start: bool, out: &mut String) {
    let text = if at_start { text.trim_start() } else { text };
    let marker = if at_start { list_marker(text) } else { None };
    let opens = at_start && text.starts_with(['#', '>', '-', '+', '=']);
    let is_sign =
        |b: u8| matches!(b, b'*' | b'[' | b']' | b'<' | b'`' | b'|' | b'\\' | b'~' | b'_' | b'&');
    if marker.is_none() && !opens && !text.bytes().any(is_sign) {
        out.push_str(text);
        return;
    }
    let mut in_address = false;
    let mut before = ' ';
    for (i, c) in text.char_indices() {
        let behind = &text[i + c.len_utf8()..];
        in_address = (in_address && c.is_ascii_graphic()) || begins_address(&text[i..]);
        let is_markup = match c {
            '*' | '[' | ']' | '<' | '`' | '|' | '\\' => true,
            '#' | '>' | '-' | '+' | '=' => at_start && i == 0,
            '.' | ')' => marker == Some(i),
            '~' => !in_address,
            '_' => !in_address && !is_within_word(before, behind),
            '&' => !in_address && begins_entity(behind),
            _ => false,
        };
        out.push(if is_markup { full_width(c) } else { c });
        before = c;
    }
}

/// Where the stop of `1.` or `1)` stands, if the line begins with that and a blank or nothing
/// behind.
fn list_marker(text: &str) -> Option<usize> {
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let digits = text.len() - rest.len();
    let behind = rest.strip_prefix(['.', ')'])?;
    (digits > 0 && (behind.is_empty() || behind.starts_with(char::is_whitespace))).then_some(digits)
}

fn begins_address(text: &str) -> bool {
    ["http://", "https://"]
        .iter()
        .any(|scheme| text.get(..scheme.len()).is_some_and(|t| t.eq_ignore_ascii_case(scheme)))
}

/// `&lt;` and the like would be decoded.
fn begins_entity(behind: &str) -> bool {
    let name = behind.trim_start_matches(|c: char| c.is_ascii_alphanumeric() || c == '#');
    name.len() < behind.len() && name.starts_with(';')
}

fn is_within_word(before: char, behind: &str) -> bool {
    before.is_alphanumeric() && behind.starts_with(char::is_alphanumeric)
}

/// The full-width twin of a visible ASCII character.
fn full_width(c: char) -> char {
    match c {
        '!'..='~' => char::from_u32(u32::from(c) + 0xfee0).unwrap_or(c),
        other => other,
    }
}
