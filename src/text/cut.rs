//! Cutting and counting text without breaking characters. Knows no platform's limits.

use super::fold::is_invisible;

/// At most `max` characters, with `…` as the last one where something was cut.
pub fn chars(text: &str, max: usize) -> String {
    let Some((last, _)) = max.checked_sub(1).and_then(|last| text.char_indices().nth(last)) else {
        return if max == 0 { String::new() } else { text.to_owned() };
    };
    if text[last..].chars().nth(1).is_none() {
        return text.to_owned();
    }
    format!("{}…", &text[..last])
}

/// The longest prefix of at most `max` bytes that ends on a character boundary.
pub fn bytes(text: &str, max: usize) -> &str {
    &text[..text.floor_char_boundary(max)]
}

/// One line fit for a title or a name: white space and control characters become single blanks,
/// invisible and direction-changing characters are dropped, the ends are trimmed.
pub fn one_line(text: &str) -> String {
    if is_one_line(text) {
        return text.to_owned();
    }
    let mut line = String::with_capacity(text.len());
    let mut gap = false;
    for c in text.chars() {
        let usual = is_usual(c);
        if !usual && is_invisible(c) {
            continue;
        }
        if !usual && (c.is_whitespace() || c.is_control()) {
            gap = true;
            continue;
        }
        if gap && !line.is_empty() {
            line.push(' ');
        }
        gap = false;
        line.push(c);
    }
    line
}

/// Whether a character shows and is no blank, as nearly every one.
fn is_usual(c: char) -> bool {
    matches!(c, '!'..='~' | '\u{3001}'..='\u{9fff}' | '\u{ff01}'..='\u{ff5e}')
}

/// Whether a text is one already: usual characters with single blanks between them.
fn is_one_line(text: &str) -> bool {
    let mut gap = true;
    for c in text.chars() {
        if !is_usual(c) && (gap || c != ' ') {
            return false;
        }
        gap = c == ' ';
    }
    !gap
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_text_ends_in_an_ellipsis_and_a_short_one_stays() {
        for (text, max, expected) in [
            ("写周报", 3, "写周报"),
            ("写周报告", 3, "写周…"),
            ("写", 0, ""),
            ("", 0, ""),
            ("", 5, ""),
            ("写周", 1, "…"),
            ("写", 1, "写"),
        ] {
            assert_eq!(chars(text, max), expected, "{text} {max}");
        }
    }

    #[test]
    fn bytes_are_cut_between_characters() {
        for (text, max, expected) in
            [("写周报", 7, "写周"), ("写", 2, ""), ("abc", 9, "abc"), ("a写", 1, "a")]
        {
            assert_eq!(bytes(text, max), expected, "{text} {max}");
        }
    }

    #[test]
    fn a_title_is_one_visible_line() {
        for (text, expected) in [
            ("  写\n\n周报\t", "写 周报"),
            ("a\u{202e}b\u{200b}c", "abc"),
            ("a\u{0}b", "a b"),
            ("\u{3000}写\u{a0}周报", "写 周报"),
            ("\u{200b}", ""),
        ] {
            assert_eq!(one_line(text), expected, "{text:?}");
        }
    }
}
