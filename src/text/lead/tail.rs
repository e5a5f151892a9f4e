//! The words around a lead time that say that something is told then.

/// The rest of a text behind the longest of these words that it begins with.
pub fn strip<'t>(text: &'t str, words: &[&str]) -> Option<&'t str> {
    let longest = words.iter().filter(|word| text.starts_with(**word)).max_by_key(|w| w.len())?;
    let rest = &text[longest.len()..];
    let goes_on = longest.ends_with(|c: char| c.is_ascii_alphanumeric())
        && rest.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '\'');
    (!goes_on).then_some(rest)
}

/// What is before the longest of these words that a text ends with.
pub fn strip_end<'t>(text: &'t str, words: &[&str]) -> Option<&'t str> {
    let longest = words.iter().filter(|word| text.ends_with(**word)).max_by_key(|w| w.len())?;
    let rest = &text[..text.len() - longest.len()];
    let goes_on = longest.starts_with(|c: char| c.is_ascii_alphanumeric())
        && rest.ends_with(|c: char| c.is_ascii_alphanumeric());
    (!goes_on).then_some(rest)
}

/// Whether nothing of a phrase goes on here.
pub fn closes(rest: &str) -> bool {
    rest.chars().next().is_none_or(|c| {
        c.is_whitespace() || c.is_ascii_punctuation() || "，。；、！？：".contains(c)
    })
}
