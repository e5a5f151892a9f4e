//! Taking the force out of text that somebody typed: no control characters, no @所有人, no links that
//! act. Leaves markup alone: that is `markdown`'s.

use std::borrow::Cow;

use crate::text::fold;

/// Words behind an `@` that call everybody, lower case (docs/platforms/dingtalk.md#escape).
const EVERYBODY: &[&str] = &["所有人", "全体成员", "全员", "all", "everyone", "here", "channel"];
/// Schemes of links that act inside the client when pressed: they type, open pages, start calls.
const ACTING_SCHEMES: &[&str] = &["dtmd", "dingtalk"];

/// One line of text without its force: control characters become blanks, invisible and
/// direction-changing ones go, `@所有人` gets a full-width ＠ and `dtmd:` a full-width ：. These
/// look the same, and commands read them the same, but no client acts on them.
pub fn clean(text: &str) -> Cow<'_, str> {
    if is_harmless(text) {
        return Cow::Borrowed(text);
    }
    let seen = text.chars().filter(|c| !is_invisible(*c));
    let visible: String = seen.map(|c| if is_blank(c) { ' ' } else { c }).collect();
    Cow::Owned(calm(&visible).unwrap_or(visible))
}

/// Whether a text stays as it is, as most do: all of it shows, and nothing in it acts.
fn is_harmless(text: &str) -> bool {
    text.char_indices().all(|(i, c)| match c {
        '@' => !calls_everybody(&text[i + 1..]),
        ':' => !text[i + 1..].starts_with("//"),
        c => is_ordinary(c) || !(is_blank(c) || is_invisible(c)),
    })
}

/// Visible ASCII, the Chinese characters and their punctuation: the most of most texts, known
/// without further looks.
fn is_ordinary(c: char) -> bool {
    matches!(c,
        ' '..='~' | '\u{2010}'..='\u{2027}' | '\u{3001}'..='\u{30ff}' | '\u{4e00}'..='\u{9fff}'
        | '\u{ff01}'..='\u{ff5e}')
}

fn is_blank(c: char) -> bool {
    c.is_control() || is_line_end(c)
}

/// A visible text with full-width twins where it would act; `None` if it does nowhere.
fn calm(visible: &str) -> Option<String> {
    let (mut calm, mut copied) = (String::new(), 0);
    // Both signs are ASCII, so no byte of another character looks like one.
    for (i, sign) in visible.bytes().enumerate() {
        let twin = match sign {
            b'@' if calls_everybody(&visible[i + 1..]) => '＠',
            b':' if visible[i + 1..].starts_with("//") && ends_on_scheme(&visible[..i]) => '：',
            _ => continue,
        };
        calm.push_str(&visible[copied..i]);
        calm.push(twin);
        copied = i + 1;
    }
    if copied == 0 {
        return None;
    }
    calm.push_str(&visible[copied..]);
    Some(calm)
}

/// Whether there is a Chinese character: the language of the few words that rendering adds.
pub fn is_chinese(text: &str) -> bool {
    text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c))
}

fn calls_everybody(after: &str) -> bool {
    // Variation selectors stay, for emoji need them; here they only hide the word.
    let after = after.trim_start_matches(is_selector);
    EVERYBODY.iter().any(|word| match after.get(..word.len()) {
        Some(start) if start.eq_ignore_ascii_case(word) => {
            // `@Allen` is somebody; Chinese words need no end.
            let next = after[word.len()..].chars().next();
            !word.is_ascii() || !next.is_some_and(|c| c.is_ascii_alphanumeric())
        }
        Some(_) | None => false,
    })
}

fn ends_on_scheme(before: &str) -> bool {
    ACTING_SCHEMES.iter().any(|scheme| {
        let start = before.len().checked_sub(scheme.len());
        start.and_then(|start| before.get(start..)).is_some_and(|s| s.eq_ignore_ascii_case(scheme))
    })
}

/// What folding drops, except the selectors that emoji need; and the fillers of Hangul, the marks
/// of annotations and the rest of the tags' plane, which clients draw as nothing.
fn is_invisible(c: char) -> bool {
    (fold::is_invisible(c) && !is_selector(c))
        || matches!(c,
            '\u{115f}' | '\u{1160}' | '\u{3164}' | '\u{ffa0}' | '\u{fff9}'..='\u{fffb}'
            | '\u{e01f0}'..='\u{e0fff}')
}

/// The selectors between a symbol drawn as text and as an emoji, and their like.
fn is_selector(c: char) -> bool {
    ('\u{fe00}'..='\u{fe0f}').contains(&c)
}

fn is_line_end(c: char) -> bool {
    matches!(c, '\u{2028}' | '\u{2029}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_called_by_text() {
        for (typed, said) in [
            ("@所有人 开会", "＠所有人 开会"),
            ("@\u{200b}所有\u{2060}人", "＠所有人"),
            ("@ALL!", "＠ALL!"),
            ("@\u{fe0f}all", "＠\u{fe0f}all"),
            ("@Allen @all", "@Allen ＠all"),
            ("@管家 任务", "@管家 任务"),
            ("@@all", "@＠all"),
            ("a\nb\u{202e}c\u{7}", "a bc "),
            ("DTMD://x dingtalk://y http://z", "DTMD：//x dingtalk：//y http://z"),
            ("@", "@"),
            ("人:// ://", "人:// ://"),
        ] {
            assert_eq!(clean(typed), said);
        }
    }
}
