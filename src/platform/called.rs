//! Whether a text calls the bot by name (`@管家`), and the text without the call. Knows no ids.

use std::ops::Range;

/// The text behind a call at its very beginning; `None` if it does not begin with one.
pub fn without_leading<'a>(text: &'a str, names: &[String]) -> Option<&'a str> {
    let text = text.trim_start();
    let end = called_at(text, names)?;
    Some(text[end..].trim_start())
}

/// The text without the first call in it, wherever that is; `None` if there is none.
pub fn without(text: &str, names: &[String]) -> Option<String> {
    let call = find(text, names)?;
    let (before, after) = (text[..call.start].trim(), text[call.end..].trim());
    let gap = if before.is_empty() || after.is_empty() { "" } else { " " };
    Some(format!("{before}{gap}{after}"))
}

/// The bytes of the first call. An `@` right behind a Latin letter or digit is of an e-mail
/// address.
fn find(text: &str, names: &[String]) -> Option<Range<usize>> {
    let mut before = ' ';
    for (start, c) in text.char_indices() {
        if is_at(c)
            && !before.is_ascii_alphanumeric()
            && let Some(length) = called_at(&text[start..], names)
        {
            return Some(start..start + length);
        }
        before = c;
    }
    None
}

/// The length of the `@` and the longest name behind it.
fn called_at(text: &str, names: &[String]) -> Option<usize> {
    let at = text.chars().next().filter(|c| is_at(*c))?.len_utf8();
    names.iter().filter_map(|name| prefix(&text[at..], name)).max().map(|length| at + length)
}

/// How many bytes of `text` are `name`, case and width aside. A name that ends on a Latin letter or
/// digit ends there in the text too; a Chinese one needs nothing behind it.
fn prefix(text: &str, name: &str) -> Option<usize> {
    let mut rest = text.chars();
    let mut last = None;
    for c in name.trim().chars() {
        if fold(rest.next()?) != fold(c) {
            return None;
        }
        last = Some(c);
    }
    let open = last?.is_ascii_alphanumeric()
        && rest.clone().next().is_some_and(|c| {
            let c = fold(c);
            c.is_ascii_alphanumeric() || c == '_' || c == '-'
        });
    (!open).then(|| text.len() - rest.as_str().len())
}

/// Both widths of the sign.
pub fn is_at(c: char) -> bool {
    c == '@' || c == '＠'
}

/// Full-width ASCII to ASCII, and lower case where that is one character.
fn fold(c: char) -> char {
    let narrow = match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        other => other,
    };
    narrow.to_lowercase().next().unwrap_or(narrow)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names() -> Vec<String> {
        vec!["管家".into(), "steward".into(), "Steward 群管家".into()]
    }

    #[test]
    fn a_call_is_found_with_and_without_a_blank_behind_it() {
        for (text, rest) in [
            ("@管家 任务", "任务"),
            ("＠管家任务", "任务"),
            ("@Steward, list", ", list"),
            ("@ＳＴＥＷＡＲＤ list", "list"),
            ("请看 @管家 任务", "请看 任务"),
            ("@steward 群管家 任务", "任务"),
            ("@管家", ""),
        ] {
            assert_eq!(without(text, &names()).as_deref(), Some(rest), "{text}");
        }
    }

    #[test]
    fn other_names_and_mail_addresses_are_no_calls() {
        for text in ["@stewardship x", "a@steward.example", "管家 任务", "@王管家 x", "@", ""]
        {
            assert_eq!(without(text, &names()), None, "{text}");
        }
    }

    #[test]
    fn only_the_beginning_counts_as_leading() {
        assert_eq!(without_leading("  @管家 任务 @管家", &names()), Some("任务 @管家"));
        assert_eq!(without_leading("请看 @管家", &names()), None);
    }
}
