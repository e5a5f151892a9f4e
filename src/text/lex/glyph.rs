//! A text as folded characters: width, case, traditional forms that occur in dates. Invisible
//! characters are left out.

use unicode_normalization::char::decompose_compatible;

use crate::text::fold::is_invisible;

/// Only so much of a text is searched: the longest line that can be a command.
pub const SCAN_CHARS_MAX: usize = 4_000;

/// A folded character and the bytes of the original it came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Glyph {
    /// Lower case, half width, simplified.
    pub folded: char,
    /// Whether it was written as a capital.
    pub capital: bool,
    /// First byte of the original.
    pub start: u32,
    /// One past its last byte.
    pub end: u32,
}

impl Glyph {
    /// A character that was folded elsewhere, and the place its span is told by.
    pub fn new(folded: char, capital: bool, start: u32, end: u32) -> Self {
        Self { folded: simplified(folded), capital, start, end }
    }
}

/// Folds a text, at most its first 4,000 characters.
pub fn glyphs(text: &str) -> Vec<Glyph> {
    let mut all = Vec::with_capacity(text.len().min(SCAN_CHARS_MAX));
    for (at, c) in text.char_indices().take(SCAN_CHARS_MAX) {
        let end = at + c.len_utf8();
        // Lines are limited before they come here; what is longer than 4 GB is not read.
        let (Ok(start), Ok(end)) = (u32::try_from(at), u32::try_from(end)) else { break };
        let mut push = |folded: char| {
            let capital = folded.is_ascii_uppercase();
            all.push(Glyph { folded: folded.to_ascii_lowercase(), capital, start, end });
        };
        match c {
            ' '..='~' | '½' => push(c),
            '\u{4e00}'..='\u{9fff}' => push(simplified(c)),
            '\u{ff01}'..='\u{ff5e}' => push(half_width(c)),
            '\u{3000}' | '\u{a0}' => push(' '),
            '\u{3001}' | '\u{3002}' => push(c),
            c if is_invisible(c) => {}
            c => decompose_compatible(c, push),
        }
    }
    all
}

/// `Ａ` as `A`.
fn half_width(c: char) -> char {
    char::from_u32(c as u32 - 0xfee0).unwrap_or(c)
}

/// The simplified form of the traditional characters that occur in dates.
pub fn simplified(c: char) -> char {
    if c.is_ascii() {
        return c;
    }
    match c {
        '後' => '后',
        '點' => '点',
        '禮' => '礼',
        '個' => '个',
        '鐘' | '鍾' => '钟',
        '時' => '时',
        '號' => '号',
        '週' => '周',
        '兩' => '两',
        '內' => '内',
        '這' => '这',
        '裡' | '裏' => '里',
        '節' => '节',
        '間' => '间',
        '從' => '从',
        '開' => '开',
        '過' => '过',
        '來' => '来',
        '幾' => '几',
        '現' => '现',
        '勞' => '劳',
        '動' => '动',
        '婦' => '妇',
        '兒' => '儿',
        '軍' => '军',
        '聖' => '圣',
        '誕' => '诞',
        '國' => '国',
        '慶' => '庆',
        '萬' => '万',
        '親' => '亲',
        '師' => '师',
        '黨' => '党',
        '樹' => '树',
        '陽' => '阳',
        '當' => '当',
        '歲' => '岁',
        '數' => '数',
        '還' => '还',
        '約' => '约',
        '與' => '与',
        '為' => '为',
        '於' => '于',
        '進' => '进',
        '終' => '终',
        '連' => '连',
        '續' => '续',
        _ => c,
    }
}
