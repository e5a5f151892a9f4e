//! Limits and shapes of what comes in, the same for every platform. Understands no platform's
//! words.

use crate::text::cut;

/// Longest text of a message that is looked at, in bytes: members type far less, and every
/// pass over a message stays short. The rest is cut.
pub const TEXT_BYTES_MAX: usize = 64 * 1024;
/// Longest display name or title, in characters; platforms allow about 40.
pub const NAME_CHARS_MAX: usize = 80;
/// Longest file name, in characters: what a file system would take.
pub const FILE_NAME_CHARS_MAX: usize = 255;
/// Longest id of anything, in bytes; real ones are under 100.
pub const ID_BYTES_MAX: usize = 512;
/// Most people @-ed in one message that are looked at.
pub const MENTIONS_MAX: usize = 100;

/// A text as the rest of the bot sees it: ends trimmed, at most `TEXT_BYTES_MAX`.
pub fn text(text: &str) -> String {
    cut::bytes(text.trim(), TEXT_BYTES_MAX).trim_end().to_owned()
}

/// A name or title that somebody chose: one line without invisible characters, at most
/// `NAME_CHARS_MAX`.
pub fn name(name: &str) -> String {
    one_line(name, NAME_CHARS_MAX)
}

/// A file's name: likewise, at most `FILE_NAME_CHARS_MAX`.
pub fn file_name(name: &str) -> String {
    one_line(name, FILE_NAME_CHARS_MAX)
}

/// An id, if it is neither empty nor absurdly long.
pub fn id(id: &str) -> Option<String> {
    (!id.is_empty() && id.len() <= ID_BYTES_MAX).then(|| id.to_owned())
}

fn one_line(text: &str, chars_max: usize) -> String {
    // Cut first, generously, so that the work is bounded by the limit and not by the input.
    let bytes_max = chars_max * 16;
    cut::chars(&cut::one_line(cut::bytes(text, bytes_max)), chars_max)
}
