//! Reading a whole phrase at a cursor: lead, day, clock, tail (`截止 周五18点前`). Nothing is reckoned
//! here.

use chrono::NaiveDate;

use super::around::{Lead, lead, lists, misled, starts_clean, stretches, tail, unread};
use super::draft::{Day, Draft, Moment};
use super::{around, chinese, distance, english, numeric};
use crate::text::clock;
use crate::text::scan::Cursor;

/// More moments than this in one list (周一、周二…) are not collected.
const LISTED_MAX: usize = 4;

/// What stands at a cursor.
pub enum Phrase {
    /// One moment, or several of which one must be picked.
    Drafts(Vec<Draft>),
    /// Something about time that is no moment, such as a stretch: to be passed over as a whole.
    Other,
}

/// Eats a phrase.
pub fn read(cursor: &mut Cursor, today: NaiveDate) -> Option<Phrase> {
    if cursor.in_name() || cursor.peek() == Some(' ') || !starts_clean(*cursor) {
        return None;
    }
    let mut next = *cursor;
    let lead = lead(&mut next);
    let start = next;
    let first = draft(&mut next, today)?;
    let tail = tail(&mut next);
    let clock_only = matches!(first, Draft::At(Moment { day: None, .. }));
    if misled(*cursor, start) || (clock_only && cursor.pair_before()) {
        *cursor = next;
        return Some(Phrase::Other);
    }
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
        let glued = next.peek() != Some(' ') && more.before() != Some(' ');
        let number = stretch && glued;
        let Some(draft) = draft(&mut more, today).or_else(|| bare_end(&mut more, number)) else {
            break;
        };
        if stretch {
            more.at = more.at.max(end + 1);
            *cursor = more;
            return Some(Phrase::Other);
        }
        around::tail(&mut more);
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

fn draft(cursor: &mut Cursor, today: NaiveDate) -> Option<Draft> {
    let mut next = *cursor;
    let draft = distance::chinese(&mut next)
        .or_else(|| distance::english(&mut next))
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
    let at = connect(&mut next);
    if let Some(clock) = clock::read(&mut next, false) {
        moment.clock = Some(clock);
    } else if let Some(part) = clock::whole_part(&mut next).or_else(|| english::part(&mut next)) {
        moment.part = Some(part);
        let mut more = next;
        let told = connect(&mut more);
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
    if counted {
        return None;
    }
    let mut next = *cursor;
    // `at 5` needs a day or a part of the day behind it.
    let clear = clock::read(&mut next, true);
    let bare = clear.is_none();
    let mut clock = clear.or_else(|| clock::bare_hour(&mut next))?;
    let part = english::part(&mut next);
    let mut more = next;
    let comma = more.eat(",");
    let gap = more.blanks();
    more.any_word(&["on", "for"]);
    more.blanks();
    let mut moment = Moment::default();
    let latin = more.peek().is_some_and(|c| c.is_ascii_alphabetic());
    let joined = if latin { gap } else { !comma };
    if joined && let Some(Draft::At(found)) = day(&mut more, today) {
        moment = found;
        beside(&mut more, &mut moment, today);
        moment.part = moment.part.or_else(|| english::part(&mut more));
        next = more;
    }
    if bare && part.is_none() && moment.part.is_none() && !(told && moment.day.is_some()) {
        return None;
    }
    clock.part = clock.part.or(part).or(moment.part);
    if moment.day.is_none() {
        // 14PM alone is no time at all.
        clock.reading()?;
    }
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
    let Some(Draft::At(other)) = day(&mut next, today) else { return };
    if open {
        next.any(&[")", "]"]);
    }
    let dated = matches!(other.day, Some(Day::Dated { .. } | Day::OfMonth(_)));
    if let Some(Day::Weekday(_, weekday)) = moment.day {
        if !dated {
            return;
        }
        *moment = Moment { weekday: Some(weekday), ..other };
    } else if let Some(Day::Weekday(None, weekday)) = other.day {
        moment.weekday = Some(weekday);
    } else {
        return;
    }
    *cursor = next;
}

/// Eats what may stand between a day and its clock time; whether it says that a time follows.
fn connect(cursor: &mut Cursor) -> bool {
    let mut next = *cursor;
    next.eat("的");
    next.eat(",");
    next.blanks();
    let told = next.any_word(&["at", "by", "before", "around"]);
    if told || next.eat_word("for") || next.eat("@") {
        next.blanks();
    }
    *cursor = next;
    told
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

/// The other end of a stretch, if it is only a number: `9点到11`; not the 3 of `周五-3号楼`.
fn bare_end(cursor: &mut Cursor, looked_for: bool) -> Option<Draft> {
    let mut next = *cursor;
    next.number().filter(|_| looked_for)?;
    if next.peek().is_some_and(char::is_alphanumeric) {
        return None;
    }
    *cursor = next;
    Some(Draft::Nowhere)
}
