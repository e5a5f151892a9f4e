//! The platform's size limits, and cutting a text to them. Messages are made of a longer one in
//! `parts`.

use crate::text::cut;

/// Longest body of a call to a `sessionWebhook` or custom robot, in bytes.
/// Source: docs/platforms/dingtalk.md#limits.
pub const WEBHOOK_BODY_BYTES_MAX: usize = 20_000;
/// Longest `msgParam`, in bytes. Source: docs/platforms/dingtalk.md#limits.
pub const MSG_PARAM_BYTES_MAX: usize = 15_000;
/// What of a text surely goes through on either way, in bytes: `MSG_PARAM_BYTES_MAX` less title,
/// envelope and escapes of an ordinary text.
pub const TEXT_BYTES_MAX: usize = 13_000;

/// Where a sentence ends.
const SENTENCE_ENDS: &[char] = &['。', '！', '？', '；', '.', '!', '?', ';', '\n'];

/// How many bytes a text takes within a JSON string, the quotes left out.
pub fn json_bytes(text: &str) -> usize {
    // Only ASCII characters are escaped, and no byte of another one looks like them.
    let escaped = |byte: u8| json_char_bytes(char::from(byte)) - char::from(byte).len_utf8();
    text.len() + text.bytes().filter(u8::is_ascii).map(escaped).sum::<usize>()
}

/// The text, if it takes at most `json_bytes_max` within JSON; else as much of it as leaves room
/// for `note` behind it, to the end of a sentence if one is near, never within a character.
pub fn cut(text: &str, json_bytes_max: usize, note: &str) -> String {
    if json_bytes(text) <= json_bytes_max {
        return text.to_owned();
    }
    let room = json_bytes_max.saturating_sub(json_bytes(note));
    let mut used = 0;
    let whole = text.char_indices().find_map(|(i, c)| {
        used += json_char_bytes(c);
        (used > room).then_some(i)
    });
    let head = cut::bytes(text, whole.unwrap_or(text.len()));
    format!("{}{note}", to_sentence(head).trim_end())
}

/// As much of a text as ends with a sentence, if that is most of it; else all.
pub fn to_sentence(head: &str) -> &str {
    let sentence = head.rfind(SENTENCE_ENDS).filter(|end| *end >= head.len() / 4 * 3);
    let end =
        sentence.map_or(head.len(), |i| i + head[i..].chars().next().map_or(0, char::len_utf8));
    &head[..end]
}

/// How many bytes a character takes within a JSON string.
pub fn json_char_bytes(c: char) -> usize {
    match c {
        '"' | '\\' | '\n' | '\r' | '\t' | '\u{8}' | '\u{c}' => 2,
        c if c < ' ' => 6,
        c => c.len_utf8(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_those_that_json_takes() {
        for text in ["", "a\"b\\c\n\t\u{1}\u{7f}", "管家🚀\u{2028}"] {
            let json = serde_json::Value::from(text).to_string();
            assert_eq!(json_bytes(text), json.len() - 2, "{text:?}");
        }
    }

    #[test]
    fn a_cut_keeps_to_the_limit_and_to_sentences() {
        let text = "第一句很短。第二句也短。第三句稍微长一点点";
        assert_eq!(cut(text, 200, "…"), text);
        assert_eq!(cut(text, 48, "…"), "第一句很短。第二句也短。…");
        for max in 3..json_bytes(text) {
            let cut = cut(text, max, "…");
            assert!(json_bytes(&cut) <= max, "{max}: {cut}");
            assert!(cut.ends_with('…'));
        }
    }
}
