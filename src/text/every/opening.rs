//! Telling that something repeats here, also where it is of a kind that is not read (`每月1号`, `every
//! month on the 4th`).

use crate::text::clock;
use crate::text::scan::Cursor;
use crate::text::weekday::ENGLISH;

/// Whether something that repeats begins here, read or not; then it is eaten as far as it is one
/// (`每月1号`).
pub fn opening(cursor: &mut Cursor) -> bool {
    let mut next = *cursor;
    if next.eat("每") {
        let start = next.at;
        while let Some(c) = next.peek() {
            let gap = c == ' ' && next.peek_after(1).is_some_and(|c| REPEATING.contains(c));
            if !gap && !REPEATING.contains(c) {
                break;
            }
            next.step();
        }
        let person = next.at == start + 1 && next.before() == Some('个');
        if next.at == start || person {
            return false;
        }
    } else if starts(next) && next.any_word(&["every", "each"]) {
        let start = next.at;
        while repeating_word(&mut next) {}
        if next.at == start {
            return false;
        }
    } else {
        return false;
    }
    *cursor = next;
    true
}

/// Characters that go on with what 每 began.
const REPEATING: &str = "0123456789:一二三四五六七八九十两半几个隔的第最后天日号周星期礼拜月年季度小时分钟秒点上下午早晚中凌晨工作末初底、和与及到至";

fn repeating_word(cursor: &mut Cursor) -> bool {
    const WORDS: [&str; 34] = [
        "day", "days", "week", "weeks", "month", "months", "year", "years", "hour", "hours",
        "minute", "minutes", "morning", "evening", "night", "weekday", "weekdays", "weekend",
        "other", "second", "first", "last", "third", "fourth", "on", "the", "of", "at", "and",
        "quarter", "am", "pm", "in", "noon",
    ];
    let mut next = *cursor;
    next.eat(",");
    if !next.blanks() {
        return false;
    }
    let word = next.any_word(&WORDS)
        || next.word_of(&ENGLISH).is_some()
        || clock::read(&mut next, false).is_some()
        || next
            .digits(2)
            .is_some_and(|_| next.any(&["st", "nd", "rd", "th", ""]) && next.at_word_end());
    if word {
        *cursor = next;
    }
    word
}

/// A Latin word or a number may begin here.
pub fn starts(cursor: Cursor) -> bool {
    let inside = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | ':' | '/' | '-' | '_');
    !cursor.peek().is_some_and(|c| c.is_ascii_alphanumeric())
        || !cursor.before().is_some_and(inside)
}
