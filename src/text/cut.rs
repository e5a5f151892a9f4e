//! Cutting and counting text without breaking characters.

/// At most `max` characters, with `…` as the last one where something was cut.
pub fn chars(text: &str, max: usize) -> String {
    let _ = (text, max);
    todo!()
}

/// The longest prefix of at most `max` bytes that ends on a character boundary.
pub fn bytes(text: &str, max: usize) -> &str {
    let _ = max;
    text
}

/// One line fit for a title or a name: white space and control characters become single blanks, invisible and
/// direction-changing characters are dropped, the ends are trimmed.
pub fn one_line(text: &str) -> String {
    let _ = text;
    todo!()
}
