//! A card in the platform's markdown subset, and the escaping that keeps typed text from being
//! markup. The rules are in docs/platforms/dingtalk.md#escape.

use url::form_urlencoded;

use super::at::{At, Words};
use super::neutral::{clean, is_chinese};
use crate::model::{Block, Button, Outgoing};

/// A line break as the platform's pages advise it; a bare line feed is swallowed by some clients.
const BREAK: &str = "  \n  ";
const PARAGRAPH: &str = "\n\n";
/// Buttons that are written out once more, to be copied where pressing does nothing.
const COPY_LINES_MAX: usize = 3;
/// Most buttons of one message: more cannot be told apart on a phone.
const BUTTONS_MAX: usize = 20;

/// Title and blocks; mentions are written by `at`.
pub fn draw(card: &Outgoing, at: &mut At) -> String {
    let heading = |title: &String| format!("### {}", escape(&clean(title), true));
    let mut all = card.title.as_ref().map(heading).unwrap_or_default();
    let mut after_line = false;
    for block in &card.blocks {
        let drawn = draw_block(block, at);
        let is_line = matches!(block, Block::Line(_));
        if !all.is_empty() && !drawn.is_empty() {
            all.push_str(if after_line && is_line { BREAK } else { PARAGRAPH });
        }
        // An empty line ends the paragraph.
        after_line = is_line && !drawn.is_empty();
        all.push_str(&drawn);
    }
    all
}

fn draw_block(block: &Block, at: &mut At) -> String {
    match block {
        Block::Line(spans) => at.line(spans, words),
        Block::List(items) => {
            let items = items.iter().map(|spans| format!("- {}", at.line(spans, words)));
            items.collect::<Vec<_>>().join("\n")
        }
        Block::Fields(rows) => {
            let row = |(name, value): &(String, String)| {
                format!("- {}：{}", strong(&clean(name)), escape(&clean(value), false))
            };
            rows.iter().map(row).collect::<Vec<_>>().join("\n")
        }
        Block::Quote(text) => {
            let lines = text.lines().map(|line| format!("> {}", escape(&clean(line), true)));
            lines.collect::<Vec<_>>().join("  \n")
        }
        Block::Code(text) => text.lines().map(code_line).collect::<Vec<_>>().join(BREAK),
    }
}

/// Buttons as links that type, and the first few as lines to copy: whether a pressed link carries
/// the @ of the bot into a group is not documented (docs/platforms/dingtalk.md#buttons). `called`
/// is the bot's name where it must be @-ed.
pub fn buttons(buttons: &[Button], called: Option<&str>) -> String {
    if buttons.is_empty() {
        return String::new();
    }
    let drawn = buttons.iter().take(BUTTONS_MAX);
    let links = drawn.clone().map(link).collect::<Vec<_>>().join(" · ");
    let call = called.map(|name| format!("@{} ", clean(name))).unwrap_or_default();
    let lines =
        drawn.take(COPY_LINES_MAX).map(|b| escape(&clean(&format!("{call}{}", b.types)), false));
    let lines = lines.collect::<Vec<_>>().join(" ｜ ");
    let chinese = buttons.iter().any(|button| is_chinese(&button.label));
    let lead = if chinese { "也可以发送：" } else { "Or type: " };
    format!("{PARAGRAPH}{links}{PARAGRAPH}> {lead}{lines}")
}

/// `dtmd://dingtalkclient/sendMessage?content=…`, every reserved character of the text encoded.
fn link(button: &Button) -> String {
    let typed: String = form_urlencoded::byte_serialize(clean(&button.types).as_bytes()).collect();
    let typed = typed.replace('+', "%20").replace('*', "%2A").replace('_', "%5F");
    format!(
        "[{}](dtmd://dingtalkclient/sendMessage?content={typed})",
        escape(&clean(&button.label), false)
    )
}

fn words(words: &Words, at_start: bool) -> String {
    match words {
        Words::Text(text) => escape(text, at_start),
        Words::Strong(text) => strong(text),
        Words::Id(text) => text.clone(),
    }
}

/// Emphasis; beside punctuation the asterisks need a blank, or they show.
fn strong(text: &str) -> String {
    let inner = escape(text.trim(), true);
    if inner.is_empty() {
        return inner;
    }
    let gap = |c: Option<char>| if c.is_some_and(char::is_alphanumeric) { "" } else { " " };
    let (before, behind) = (gap(inner.chars().next()), gap(inner.chars().next_back()));
    format!("{before}**{inner}**{behind}")
}

/// A line kept as it is, as far as markdown can: the blanks before it count.
fn code_line(line: &str) -> String {
    let line = clean(line);
    let text = line.trim_start_matches(' ');
    format!("{}{}", "&nbsp;".repeat(line.len() - text.len()), escape(text, true))
}

/// A line of typed text that no client takes for markup: what could be some becomes its full-width
/// twin, which reads the same and which commands fold back. Inside an http(s) address only what
/// could end it or begin a link is touched. `at_start`: the line begins here.
pub fn escape(text: &str, at_start: bool) -> String {
    let text = if at_start { text.trim_start() } else { text };
    let marker = if at_start { list_marker(text) } else { None };
    let mut escaped = String::with_capacity(text.len());
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
        escaped.push(if is_markup { full_width(c) } else { c });
        before = c;
    }
    escaped
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
