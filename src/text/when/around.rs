//! What may stand around a moment: words of deadlines, of stretches, and what makes it unreadable.
//! Reads no dates.

use super::english;
use crate::text::scan::{Cursor, digit_of};

/// Words between 前 and what it is not a tail of: 前端, 前往.
const NOT_BEFORE: &str = "端台往期置后沿锋辈缀言途景提线去来任排";

/// Words whose date we cannot read, so that what follows is not the whole of it.
const UNREAD: [&str; 14] = [
    "past",
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "xmas",
    "christmas",
    "halloween",
    "easter",
    "eve",
    "from",
    "after",
    "since",
];

/// Units before a number that belong to it: `1 month 21 days later`.
const UNITS: [&str; 6] = ["year", "years", "month", "months", "week", "weeks"];

/// Zones that a clock time can be followed by. We don't reckon in them, and must not ignore them.
const ZONES: [&str; 13] =
    ["utc", "gmt", "cet", "cest", "est", "edt", "cst", "mst", "mdt", "pst", "pdt", "bst", "jst"];

/// What stands before a moment.
#[derive(PartialEq)]
pub enum Lead {
    /// Nothing that belongs to it.
    None,
    /// A word of deadlines.
    Clear,
    /// 于, 在: only with a tail (在周五前).
    Weak,
}

/// Eats the words of a deadline before a moment.
pub fn lead(cursor: &mut Cursor) -> Lead {
    let mut next = *cursor;
    let chinese = next.any(&[
        "截止时间",
        "截止日期",
        "截止到",
        "截止于",
        "截止",
        "截至到",
        "截至",
        "不晚于",
        "最晚",
        "最迟",
    ]);
    let english = !chinese && next.any_word(&["by", "before", "at", "on", "until", "till", "due"]);
    if chinese {
        next.eat(":");
        next.blanks();
        *cursor = next;
        return Lead::Clear;
    }
    if english && next.blanks() {
        next.any_word(&["by", "at", "on", "the end of"]);
        next.blanks();
        *cursor = next;
        return Lead::Clear;
    }
    if cursor.any(&["于", "在"]) { Lead::Weak } else { Lead::None }
}

/// Eats 前, 之前, 截止 and the like behind a moment.
pub fn tail(cursor: &mut Cursor) -> bool {
    let mut next = *cursor;
    next.blanks();
    if next.any(&["之前", "以前", "为止", "截止", "之内", "以内"]) {
        *cursor = next;
        return true;
    }
    let mut next = *cursor;
    if !next.eat("前") {
        return false;
    }
    let interview = ["面试", "面谈", "面签"].iter().any(|word| next.clone().eat(word));
    let other = next.peek().is_some_and(|c| c == '面' || NOT_BEFORE.contains(c));
    if other && !interview {
        return false;
    }
    *cursor = next;
    true
}

/// Eats `到`, `-`, `to`: what stands between the ends of a stretch of time.
pub fn stretches(cursor: &mut Cursor) -> bool {
    cursor.any(&["到", "至", "-", "~", "–", "—", "一直到"])
        || cursor.any_word(&["to", "until", "till", "through"])
}

/// Eats what stands between alternatives.
pub fn lists(cursor: &mut Cursor) -> bool {
    cursor.any(&["、", "或者", "或", "和", "及", "与", "/"]) || cursor.any_word(&["or", "and"])
}

/// Something stands before that changes the meaning and that we cannot read: `half past`, `2nd
/// Friday of Feb at`, 儿童节.
pub fn misled(phrase: Cursor, moment: Cursor) -> bool {
    let word = phrase.word_before();
    let year = word.len() == 4 && word.bytes().all(|b| b.is_ascii_digit());
    let latin = phrase.peek().is_some_and(|c| c.is_ascii());
    let digit = phrase.peek().is_some_and(|c| c.is_ascii_digit());
    let to = ["quarter to ", "minutes to ", "past "].iter().any(|words| moment.follows(words));
    to || year && phrase.before() == Some(' ') && moment.at > phrase.at
        || (UNREAD.contains(&word.as_str()) && latin)
        || (UNITS.contains(&word.as_str()) && digit)
        || english::is_month(&word)
        || phrase.follows("节")
}

/// Something follows that changes the meaning and that we cannot read: a zone, or more digits of a
/// date.
pub fn unread(cursor: Cursor) -> bool {
    let mut next = cursor;
    next.blanks();
    let zone = next.any_word(&ZONES);
    let mut of_month = next;
    let picked = of_month.any_word(&["on the", "of the"]) && of_month.blanks();
    let picked = picked && (of_month.digits(2).is_some() || of_month.any_word(&UNREAD));
    let mut digits = next;
    zone || picked
        || (digits.digits(8).is_some() && digits.peek().is_some_and(|c| matches!(c, '-' | '/')))
}

/// A phrase cannot begin inside a word or a number: v2.10:30, 第3点.
pub fn starts_clean(cursor: Cursor) -> bool {
    let (Some(c), Some(before)) = (cursor.peek(), cursor.before()) else {
        return cursor.peek().is_some();
    };
    if c.is_ascii_digit() {
        return !(before.is_ascii_alphanumeric()
            || "第.:/-_#$¥€£+~*%=".contains(before)
            || digit_of(before).is_some());
    }
    if c.is_ascii_alphabetic() {
        return !(before.is_ascii_alphanumeric()
            || before == '_'
            || before == '-'
            || before == '/');
    }
    digit_of(c).is_none() && c != '十'
        || !(digit_of(before).is_some() || "十百千万第".contains(before) || before.is_ascii_digit())
}
