//! Reading a whole phrase at a cursor: lead, day, clock, tail (`截止 周五18点前`). Nothing is reckoned
//! here.

use chrono::NaiveDate;

use super::draft::{Day, Draft, Moment};
use super::{chinese, english, numeric};
use crate::text::clock;
use crate::text::scan::{Cursor, digit_of};

/// More moments than this in one list (周一、周二…) are not collected.
const LISTED_MAX: usize = 4;

/// What stands at a cursor.
pub enum Phrase {
    /// One moment, or several of which one must be picked.
    Drafts(Vec<Draft>),
    /// Something about time that is no moment, such as a stretch: to be passed over as a whole.
    Other,
}

/// Words between 前 and what it is not a tail of: 前端, 前往.
const NOT_BEFORE: &str = "端台往期置后沿锋辈缀言途景提线去来任排";

/// Zones that a clock time can be followed by. We don't reckon in them, and must not ignore them.
const ZONES: [&str; 13] =
    ["utc", "gmt", "cet", "cest", "est", "edt", "cst", "mst", "mdt", "pst", "pdt", "bst", "jst"];

/// Eats a phrase.
pub fn read(cursor: &mut Cursor, today: NaiveDate) -> Option<Phrase> {
    if cursor.in_name() || !starts_clean(*cursor) {
        return None;
    }
    let mut next = *cursor;
    let lead = lead(&mut next);
    let first = draft(&mut next, today)?;
    let tail = tail(&mut next);
    if lead == Lead::Weak && !tail {
        return None;
    }
    let mut drafts = vec![first];
    while drafts.len() < LISTED_MAX {
        let mut more = next;
        more.blanks();
        let stretch = stretches(&mut more);
        if !stretch && !lists(&mut more) {
            break;
        }
        more.blanks();
        let end = more.at;
        let Some(draft) = draft(&mut more, today).or_else(|| bare_end(&mut more, stretch)) else {
            break;
        };
        if stretch {
            more.at = more.at.max(end + 1);
            *cursor = more;
            return Some(Phrase::Other);
        }
        self::tail(&mut more);
        drafts.push(draft);
        next = more;
    }
    if unread(next) {
        *cursor = next;
        return Some(Phrase::Other);
    }
    *cursor = next;
    Some(Phrase::Drafts(drafts))
}

#[derive(PartialEq)]
enum Lead {
    None,
    /// A word of deadlines.
    Clear,
    /// 于, 在: only with a tail (在周五前).
    Weak,
}

fn lead(cursor: &mut Cursor) -> Lead {
    let mut next = *cursor;
    let chinese = next.any(&["截止时间", "截止日期", "截止到", "截止于", "截止", "截至到", "截至"]);
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
fn tail(cursor: &mut Cursor) -> bool {
    let mut next = *cursor;
    next.blanks();
    if next.any(&["之前", "以前", "为止", "截止"]) {
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

fn draft(cursor: &mut Cursor, today: NaiveDate) -> Option<Draft> {
    let mut next = *cursor;
    let draft = chinese::distance(&mut next)
        .or_else(|| english::distance(&mut next))
        .or_else(|| day(&mut next, today))
        .map(|draft| with_clock(&mut next, draft, today))
        .or_else(|| clock_first(&mut next, today))?;
    *cursor = next;
    Some(draft)
}

fn day(cursor: &mut Cursor, today: NaiveDate) -> Option<Draft> {
    numeric::read(cursor).or_else(|| chinese::day(cursor, today)).or_else(|| english::day(cursor))
}

/// Adds what is written behind a day: the weekday or the date, the part of the day, the clock.
fn with_clock(cursor: &mut Cursor, draft: Draft, today: NaiveDate) -> Draft {
    let Draft::At(mut moment) = draft else { return draft };
    beside(cursor, &mut moment, today);
    let mut next = *cursor;
    connect(&mut next);
    let at = next.follows("at ") || next.follows("@ ");
    if let Some(clock) = clock::read(&mut next, false) {
        moment.clock = Some(clock);
    } else if let Some(part) = clock::part(&mut next).or_else(|| english::part(&mut next)) {
        moment.part = Some(part);
        let mut more = next;
        connect(&mut more);
        let told = more.follows("at ");
        if let Some(clock) = clock::read(&mut more, false).or_else(|| hour(&mut more, told)) {
            moment.clock = Some(clock);
            next = more;
        }
    } else if let Some(clock) = hour(&mut next, at) {
        moment.clock = Some(clock);
    } else if mistimed(&mut next) {
        *cursor = next;
        return Draft::Nowhere;
    } else {
        return Draft::At(moment);
    }
    if let Some(clock) = &mut moment.clock {
        clock.part = clock.part.or_else(|| english::part(&mut next)).or(moment.part);
    }
    *cursor = next;
    Draft::At(moment)
}

fn hour(cursor: &mut Cursor, told: bool) -> Option<clock::Clock> {
    if told { clock::bare_hour(cursor) } else { None }
}

/// `18:00`, then perhaps `tomorrow` or `on Friday`.
fn clock_first(cursor: &mut Cursor, today: NaiveDate) -> Option<Draft> {
    let told = cursor.follows("at ");
    let counted = cursor.before().is_some_and(|c| "第有这那共下几百千万点:".contains(c));
    let word = cursor.word_before();
    if counted || ["past", "quarter", "half"].contains(&word.as_str()) {
        return None;
    }
    let mut next = *cursor;
    // `at 5` needs a day or a part of the day behind it.
    let bare = clock::read(&mut next, true).is_none();
    let mut clock = if bare {
        next = *cursor;
        clock::bare_hour(&mut next)?
    } else {
        next = *cursor;
        clock::read(&mut next, true)?
    };
    let part = english::part(&mut next);
    let mut more = next;
    more.eat(",");
    let gap = more.blanks();
    more.any_word(&["on", "for"]);
    more.blanks();
    let mut moment = Moment::default();
    let latin = more.peek().is_some_and(|c| c.is_ascii_alphabetic());
    if (gap || !latin)
        && let Some(Draft::At(found)) = day(&mut more, today)
    {
        moment = found;
        beside(&mut more, &mut moment, today);
        moment.part = moment.part.or_else(|| english::part(&mut more));
        next = more;
    }
    if bare && part.is_none() && moment.part.is_none() && !(told && moment.day.is_some()) {
        return None;
    }
    clock.part = clock.part.or(part).or(moment.part);
    moment.clock = Some(clock);
    *cursor = next;
    Some(Draft::At(moment))
}

/// Eats `(周一)` behind a date, or the date behind a weekday (`Fri, Dec 4`).
fn beside(cursor: &mut Cursor, moment: &mut Moment, today: NaiveDate) {
    let mut next = *cursor;
    next.blanks();
    let open = next.any(&["(", ",", "["]);
    next.blanks();
    let of_week = matches!(moment.day, Some(Day::Weekday(_, _)));
    if let Some(Draft::At(other)) = day(&mut next, today) {
        let closed = !open || next.any(&[")", "]", ""]);
        match (moment.day, other.day) {
            (Some(Day::Weekday(_, weekday)), Some(Day::Dated { .. } | Day::OfMonth(_)))
                if closed =>
            {
                *moment = Moment { weekday: Some(weekday), ..other };
                *cursor = next;
            }
            (_, Some(Day::Weekday(None, weekday))) if closed && !of_week => {
                moment.weekday = Some(weekday);
                *cursor = next;
            }
            _ => {}
        }
    }
}

/// Eats what may stand between a day and its clock time.
fn connect(cursor: &mut Cursor) {
    let mut next = *cursor;
    next.eat("的");
    next.eat(",");
    next.blanks();
    if next.any_word(&["at", "by", "before", "around", "for", "@"]) || next.eat("@") {
        next.blanks();
    }
    *cursor = next;
}

/// Eats a clock time that does not exist: 25:00.
fn mistimed(cursor: &mut Cursor) -> bool {
    let mut next = *cursor;
    let digital =
        next.digits(2).is_some() && next.eat(":") && next.digits(2).is_some_and(|d| d.count == 2);
    if digital && next.at_word_end() {
        *cursor = next;
        return true;
    }
    false
}

/// Eats `到`, `-`, `to`: what stands between the ends of a stretch of time.
fn stretches(cursor: &mut Cursor) -> bool {
    cursor.any(&["到", "至", "-", "~", "–", "—", "一直到"])
        || cursor.any_word(&["to", "until", "till", "through"])
}

/// Eats what stands between alternatives.
fn lists(cursor: &mut Cursor) -> bool {
    cursor.any(&["、", "或者", "或", "和", "及", "与", "/"]) || cursor.any_word(&["or", "and"])
}

/// The other end of a stretch, if it is only a number: `9点到11`, `5-8日`.
fn bare_end(cursor: &mut Cursor, stretch: bool) -> Option<Draft> {
    if stretch { cursor.number().map(|_| Draft::Nowhere) } else { None }
}

/// Something follows that changes the meaning and that we cannot read: a zone, or more digits of a
/// date.
fn unread(cursor: Cursor) -> bool {
    let mut next = cursor;
    next.blanks();
    let zone = next.any_word(&ZONES);
    let mut digits = next;
    zone || (digits.digits(8).is_some() && digits.peek().is_some_and(|c| matches!(c, '-' | '/')))
}

/// A phrase cannot begin inside a word or a number: v2.10:30, 第3点.
fn starts_clean(cursor: Cursor) -> bool {
    let (Some(c), Some(before)) = (cursor.peek(), cursor.before()) else {
        return cursor.peek().is_some();
    };
    if c.is_ascii_digit() {
        return !(before.is_ascii_alphanumeric()
            || ".:/-_#$¥€£+~*%=".contains(before)
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
