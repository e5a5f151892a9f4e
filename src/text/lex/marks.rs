//! What single characters mean: signs, and the days behind 周.

use chrono::Weekday;

use super::token::Tok;

/// The token of a sign.
pub fn sign(c: char) -> Tok {
    match c {
        ':' => Tok::Colon,
        '.' => Tok::Dot,
        '-' | '\u{2010}'..='\u{2015}' | '~' | '\u{223c}' => Tok::Dash,
        '/' => Tok::Slash,
        ',' | '∙' => Tok::Comma,
        '、' => Tok::Pause,
        '(' | '[' => Tok::Open,
        ')' | ']' => Tok::Close,
        '+' => Tok::Plus,
        '½' => Tok::Half,
        '\'' | '"' | '\u{2018}'..='\u{201d}' => Tok::Other,
        _ => Tok::Sign,
    }
}

/// The weekday of the character behind 周.
pub fn weekday_of(c: char) -> Option<Weekday> {
    Some(match c {
        '一' | '1' => Weekday::Mon,
        '二' | '2' => Weekday::Tue,
        '三' | '3' => Weekday::Wed,
        '四' | '4' => Weekday::Thu,
        '五' | '5' => Weekday::Fri,
        '六' | '6' => Weekday::Sat,
        '日' | '天' => Weekday::Sun,
        _ => return None,
    })
}
