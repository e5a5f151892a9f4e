//! Where a number may begin and end: inside a longer token, a decimal or an amount it is none.

/// Words that introduce a number and may be written without a blank before it.
const LABELS: [&str; 14] = [
    "tel", "phone", "mobile", "mob", "cell", "wechat", "weixin", "wx", "vx", "whatsapp", "fax",
    "card", "id", "ip",
];
/// Longest of them.
const LABEL_CHARS_MAX: usize = 8;

/// Whether this is a blank or a hyphen as they stand inside numbers.
pub fn is_joint(c: char) -> bool {
    c == ' ' || is_hyphen(c)
}

/// Whether this is a hyphen or what people type for one.
pub fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}')
}

/// Whether a number may begin at a place.
pub fn opens(chars: &[char], at: usize) -> bool {
    let before = |n: usize| at.checked_sub(n).map(|at| chars[at]);
    match before(1) {
        None => true,
        Some(c) if c.is_ascii_alphanumeric() => is_label(chars, at),
        // `SKU-139…` is one token, `tel-139…` is not.
        Some(c) if is_hyphen(c) => {
            !before(2).is_some_and(|c| c.is_ascii_alphanumeric()) || is_label(chars, at - 1)
        }
        Some('.') => !before(2).is_some_and(|c| c.is_ascii_digit()) || is_item(chars, at - 1),
        // Another country's number, or money.
        Some('_' | '+' | '$' | '¥') => false,
        Some(_) => true,
    }
}

/// Whether a number may end at a place.
pub fn closes(chars: &[char], end: usize) -> bool {
    let then = |c: fn(&char) -> bool| chars.get(end + 1).is_some_and(c);
    match chars.get(end) {
        None => true,
        Some(c) if c.is_ascii_alphanumeric() => false,
        Some('_' | '%') => false,
        Some('.') => !then(char::is_ascii_digit),
        Some(c) if is_hyphen(*c) => !then(char::is_ascii_alphanumeric),
        Some(_) => true,
    }
}

/// Whether one of the labels, and no longer word, ends at a place.
fn is_label(chars: &[char], end: usize) -> bool {
    let letters = chars[..end].iter().rev().take(LABEL_CHARS_MAX + 1);
    let count = letters.take_while(|c| c.is_ascii_alphabetic()).count();
    let whole = !chars[..end - count].last().is_some_and(|c| c.is_ascii_alphanumeric());
    let word = &chars[end - count..end];
    whole && LABELS.iter().any(|label| word.iter().copied().eq(label.chars()))
}

/// Whether the digits up to a place number an item at the beginning of a line: `1.`, `12.`.
fn is_item(chars: &[char], end: usize) -> bool {
    let count = chars[..end].iter().rev().take(3).take_while(|c| c.is_ascii_digit()).count();
    let begins = chars[..end - count].last().is_none_or(|c| *c == '\n');
    count <= 2 && begins && chars[end - count] != '0'
}
