//! The date of a line: what is read, and what of it counts for a command.

use std::ops::Range as Span;

use chrono::{Datelike, Months, NaiveTime, Timelike};

use super::choose::{Candidate, choose, foremost, joined, of_one_day};
use super::doubt::{doubtful_day, doubtful_half, doubtful_morning, doubtful_night};
use super::told::when;
use super::types::{Found, When};
use crate::model::recurrence::Rule;
use crate::model::{Recurrence, Timestamp};
use crate::text::clock::{Clock, Part, Reading};
use crate::text::every;
use crate::text::grammar::{
    Context, Cursor, Day, Draft, Meaning, Moment, Read, all, begins_at, meaning, read_at,
    weekdays_of_the_month,
};
use crate::text::hours::USUAL;
use crate::text::lex::{Line, Tok, Token, Zh};
use crate::text::reach;
use crate::text::reference::Reference;
use crate::text::stance::{
    Aim, Stance, begins_deed, describes, is_first, is_of_two, is_topic, names_a_thing, numbers,
    repeats_all, stance,
};

/// Longer dates are not looked for at the beginning of a line.
const START_CHARS_MAX: usize = 100;

/// As much of a line shows whether it may begin with a date.
const BEGIN_CHARS: usize = 16;

/// Dates of one line that are weighed against each other; what stands behind them is not looked at.
const CANDIDATES_MAX: usize = 16;

/// The date, time or recurrence of `text`; `None` if there is none. What stands apart wins over
/// what is glued into words, the words of a deadline over both (see `text::stance`); of several
/// that are alike it is asked which. One that only describes something (`补昨天会议的纪要 周五交`) or is
/// over gives way to any other. What stands behind an @ up to the next blank is a name. A length
/// (3天) is none, a whole week or month only where it stands by itself. At most the first 4,000
/// characters are searched, and nothing is found outside the years 1 to 9000.
pub fn find(text: &str, reference: Reference) -> Option<Found> {
    find_in(&Line::new(text), reference, Aim::Deadline)
}

/// Like [`find`], in a line that was taken apart before.
pub fn find_in(line: &Line, reference: Reference, aim: Aim) -> Option<Found> {
    let ctx = context(line, reference)?;
    let Seen { all, aside, over, unread } = candidates(line, &ctx, aim);
    // What is said to repeat happens once in no case, also where that is not read.
    let repeats = all.iter().find(|one| {
        matches!(one.when, When::Recurrence(_)) && repeats_all(line, &one.read.tokens, aim, true)
    });
    match (repeats, unread) {
        (Some(every), _) => Some(kept(line, &ctx, every)),
        (None, Some(unread)) if all.is_empty() && aside.is_none() => {
            let every = unread.dayless.filter(|_| aim == Aim::Moment)?;
            let when = When::Ambiguous(vec![When::Recurrence(every)]);
            Some(Found { span: line.span(unread.tokens), also: None, when })
        }
        (None, Some(unread)) => {
            let span = line.span(unread.tokens);
            Some(Found { span, also: None, when: When::Impossible(None) })
        }
        (None, None) => {
            // What is over gives way, but not to what is only a topic beside it.
            let high = all.iter().map(|one| one.stance).max();
            let over = over.filter(|(stance, _)| high.is_some_and(|high| *stance > high));
            let found = match over {
                Some((Stance::Apart | Stance::Done | Stance::Deadline, over)) => Some(over),
                _ => choose(line, &ctx, &all).or(aside),
            }?;
            let doubtful = doubtful_day(line, &ctx, &all, &found);
            let doubtful = doubtful.or_else(|| doubtful_half(line, &ctx, &all, &found));
            let doubtful = doubtful.or_else(|| doubtful_night(&ctx, &all, &found));
            let doubtful = doubtful.or_else(|| doubtful_morning(line, &ctx, &all, &found));
            Some(doubtful.unwrap_or(found))
        }
    }
}

/// A recurrence, refused where a limit beside it cannot be read: `每周五9点 交周报 连续3天`.
fn kept(line: &Line, ctx: &Context, one: &Candidate) -> Found {
    let When::Recurrence(every) = &one.when else {
        return Found {
            span: line.span(one.read.tokens.clone()),
            also: None,
            when: one.when.clone(),
        };
    };
    let tokens = one.read.tokens.clone();
    match every::unread_limit(line, ctx, &tokens, every) {
        None => Found { span: line.span(tokens), also: None, when: one.when.clone() },
        Some(limit) => {
            let span = line.span(tokens.start.min(limit.start)..tokens.end.max(limit.end));
            Found { span, also: None, when: When::Impossible(None) }
        }
    }
}

/// Where the date or recurrence ends that a text begins with.
pub fn at_start(text: &str, reference: Reference) -> Option<usize> {
    let cut = |chars: usize| text.char_indices().nth(chars).map_or(text.len(), |(at, _)| at);
    // Nearly no line begins with a date, and its first word shows it.
    if !begins_at(&Line::new(&text[..cut(BEGIN_CHARS)]), 0) {
        return None;
    }
    let line = Line::new(&text[..cut(START_CHARS_MAX)]);
    let ctx = context(&line, reference)?;
    let read = read_at(&line, &ctx, 0)?;
    asked(&line, &ctx, &read, Aim::Deadline)?;
    Some(line.span(read.tokens)).filter(|span| span.start == 0).map(|span| span.end)
}

/// The dates of a text between which it is asked, each with its place; none if there is no doubt.
pub fn rivals(text: &str, reference: Reference, aim: Aim) -> Vec<Found> {
    let line = Line::new(text);
    let Some(ctx) = context(&line, reference) else { return Vec::new() };
    let Seen { all, .. } = candidates(&line, &ctx, aim);
    if joined(&ctx, &all).is_some() {
        return Vec::new();
    }
    let rivals = foremost(&all);
    match rivals.len() {
        0 | 1 => Vec::new(),
        _ => {
            let whens = of_one_day(&ctx, &rivals).into_iter();
            let found = rivals.iter().map(|one| one.found(&line, &ctx)).zip(whens);
            found.map(|(found, when)| Found { when, ..found }).collect()
        }
    }
}

/// What a line is read from, if it may hold a date.
pub fn context<'a>(line: &Line, reference: Reference<'a>) -> Option<Context<'a>> {
    let begins = || (0..line.token_count()).any(|at| begins_at(line, at));
    let holds = line.is_dated() && reach::holds(reference.now) && begins();
    holds.then(|| Context { command: true, ..Context::new(reference, false) })
}

/// What was seen in a line.
struct Seen {
    /// The dates that may be meant.
    all: Vec<Candidate>,
    /// The first that is over or describes something.
    aside: Option<Found>,
    /// The one of those that are over that stands apart most.
    over: Option<(Stance, Found)>,
    /// Something that repeats, without a time or in a way that is not read.
    unread: Option<Unread>,
}

/// Something that repeats and cannot be kept.
struct Unread {
    tokens: Span<usize>,
    /// The same on the day of today, where only the day was not said: 每半年.
    dayless: Option<Recurrence>,
}

fn candidates(line: &Line, ctx: &Context, aim: Aim) -> Seen {
    let mut seen = Seen { all: Vec::new(), aside: None, over: None, unread: None };
    all(line, ctx, |read| {
        let Some(when) = asked(line, ctx, &read, aim) else {
            let (open, dayless) = match &read.draft {
                Draft::Unread => (true, None),
                Draft::Every(every) => (!every::is_whole(every), every::on_day(every, ctx.today)),
                _ => (false, None),
            };
            if open && seen.unread.is_none() && repeats_all(line, &read.tokens, aim, false) {
                seen.unread = Some(Unread { tokens: read.tokens, dayless });
            }
            return true;
        };
        let when = after_midnight(line, ctx, &read).filter(|_| aim == Aim::Moment).unwrap_or(when);
        let when = match monthly(line, ctx, &read).filter(|_| aim == Aim::Moment) {
            Some(every) => When::Ambiguous(vec![When::Recurrence(every), when]),
            None => when,
        };
        let over = matches!(when, When::Impossible(Some(_)));
        if over || describes(line, &read.tokens) {
            let found = Found { span: line.span(read.tokens.clone()), also: None, when };
            if over && !describes(line, &read.tokens) {
                let stance = stance(line, &read.tokens, aim);
                if seen.over.as_ref().is_none_or(|(known, _)| *known < stance) {
                    seen.over = Some((stance, found.clone()));
                }
            }
            seen.aside.get_or_insert(found);
        } else {
            let stance = stance(line, &read.tokens, aim);
            seen.all.push(Candidate { read, when, stance });
        }
        seen.all.len() < CANDIDATES_MAX
    });
    only_numbers(line, &mut seen.all);
    seen
}

/// Beside another date, what reads like a day is the number of a thing: 明天发样，4号客户回电.
fn only_numbers(line: &Line, all: &mut Vec<Candidate>) {
    let thing = |one: &Candidate| {
        let tokens = &one.read.tokens;
        let start = Cursor::new(line, tokens.start);
        let day = tokens.len() == 2 && start.peek(1) == Tok::Zh(Zh::Number);
        // 1号和15号房租 is of two days.
        day && names_a_thing(Cursor::new(line, tokens.end)) && !is_of_two(line, tokens)
    };
    if !all.iter().all(thing) {
        all.retain(|one| !thing(one));
    }
    // Both stand as the one does that stands apart more.
    for n in 1..all.len() {
        let (one, other) = (&all[n - 1], &all[n]);
        let joined = one.read.tokens.end + 1 == other.read.tokens.start;
        if joined && is_of_two(line, &other.read.tokens) {
            let high = one.stance.max(other.stance);
            (all[n - 1].stance, all[n].stance) = (high, high);
        }
    }
}

/// 午夜后, `after midnight`: a moment of the clock, and not the day that begins then.
fn after_midnight(line: &Line, ctx: &Context, read: &Read) -> Option<When> {
    let Draft::Stretch(Some(from), None, _) = read.draft else { return None };
    let named = |at: usize| {
        let midnight = Tok::Part(Part::Midnight);
        line.token_at(at).is_some_and(|token| token.tok == midnight)
    };
    let said = from > ctx.at && read.tokens.clone().any(named);
    said.then_some(When::Instant(from))
}

/// `the second Tuesday of the month at 9` of what happens may be that of each month.
fn monthly(line: &Line, ctx: &Context, read: &Read) -> Option<Recurrence> {
    let Draft::Moment(Moment { clock, .. }) = read.draft else { return None };
    let mut c = Cursor::new(line, read.tokens.start);
    let days = weekdays_of_the_month(&mut c)?;
    let time = match clock?.reading()? {
        Reading::One(wall) | Reading::Else(wall, _) | Reading::Either(wall, _) => wall,
    };
    let rule = Rule::Monthly(days);
    (time.days == 0).then(|| Recurrence::new(rule, vec![time.time], ctx.zone))
}

/// The most certain meaning in `text` with its bytes, lengths and bare years included; `past` tells
/// that a stretch of records is asked for.
pub fn read(text: &str, reference: Reference, past: bool) -> Option<(Span<usize>, Meaning)> {
    if !reach::holds(reference.now) {
        return None;
    }
    let line = Line::new(text);
    let ctx = Context::new(reference, past);
    let mut best: Option<(u8, Read, Meaning)> = None;
    all(&line, &ctx, |read| {
        if let Some(meaning) = meaning(&ctx, &read.draft) {
            let rank = rank(&line, &read, &meaning);
            if best.as_ref().is_none_or(|(known, ..)| *known < rank) {
                best = Some((rank, read, meaning));
            }
        }
        true
    });
    best.map(|(_, read, meaning)| (line.span(read.tokens), meaning))
}

/// How sure it is that this was meant as the time of the line.
fn rank(line: &Line, read: &Read, meaning: &Meaning) -> u8 {
    let now = line.token_at(read.tokens.start).is_some_and(|token| token.tok == Tok::Now);
    match meaning {
        Meaning::Never => 1,
        Meaning::Length(_) => 2,
        Meaning::Range(range) if range.bare => 3,
        Meaning::Instant(..) if now => 3,
        Meaning::Instant(..)
        | Meaning::Date(_)
        | Meaning::Range(_)
        | Meaning::Every(_)
        | Meaning::Choices(_) => 4,
    }
}

/// What a command makes of something read; `None` if it is none of its business.
fn asked(line: &Line, ctx: &Context, read: &Read, aim: Aim) -> Option<When> {
    let whole_day = line.token_at(read.tokens.start).map(|token| token.tok);
    let single = read.tokens.len() == 1;
    if single && matches!(whole_day, Some(Tok::Zh(Zh::AllDay) | Tok::Now)) {
        return None;
    }
    // March and May are everyday words.
    let verb = single && matches!(whole_day, Some(Tok::Month(3 | 5, false)));
    if verb || is_topic(line, &read.tokens) || numbers(line, &read.tokens) {
        return None;
    }
    let morning = early(line, ctx, read);
    let draft = morning.as_ref().unwrap_or(&read.draft);
    let found = meaning(ctx, draft)?;
    if let Draft::Stretch(from, to, fuzzy) = read.draft {
        let midnight =
            |at: Option<Timestamp>| at.is_none_or(|at| at.local(ctx.zone).time() == NaiveTime::MIN);
        // The hours of a meeting are no deadline; days are, where they stand by themselves.
        let days = midnight(from) && midnight(to) || fuzzy.is_some();
        if to.is_some() && !(days && stands(line, &read.tokens)) {
            return None;
        }
    }
    // 早上建的 and 本周报表 are about a time, 14PM is none.
    let dayless = matches!(read.draft, Draft::Moment(Moment { day: None, .. }));
    let loose = match &found {
        Meaning::Range(range) => range.period || range.part.is_some() && dayless,
        Meaning::Never => dayless,
        _ => false,
    };
    let bare = match &found {
        Meaning::Range(range) => range.bare,
        Meaning::Never => true,
        _ => false,
    };
    // 提醒我下午给客户打电话.
    let deed = || {
        let begins = aim == Aim::Moment && dayless && is_first(line, read.tokens.start);
        begins && begins_deed(Cursor::new(line, read.tokens.end))
    };
    if loose && (bare || !(stands(line, &read.tokens) || deed())) {
        return None;
    }
    middle(line, ctx, read).or_else(|| when(ctx, draft, found))
}

/// 月中 is the 15th, unlike 中旬; said alone, the next one.
fn middle(line: &Line, ctx: &Context, read: &Read) -> Option<When> {
    let tok_at = |at: usize| line.token_at(at).map(|token| token.tok);
    let Draft::Period(ten) = read.draft else { return None };
    let middle = |at: &usize| tok_at(*at) == Some(Tok::Zh(Zh::MonthMiddle));
    let at = read.tokens.clone().find(middle)?;
    (Cursor::new(line, at + 1).next_char() != Some('旬')).then_some(())?;
    let day = ten.from.with_day(15)?;
    let alone = at == read.tokens.start && day < ctx.today;
    let day = if alone { day.checked_add_months(Months::new(1))? } else { day };
    let draft = Draft::Moment(Moment::day(Day::fixed(day)));
    when(ctx, &draft, Meaning::Date(day))
}

/// 明早 is when people begin to work, unlike 明天上午, which lasts until noon.
fn early(line: &Line, ctx: &Context, read: &Read) -> Option<Draft> {
    let Draft::Moment(moment @ Moment { day: Some(_), clock: None, .. }) = read.draft else {
        return None;
    };
    let said = |at: usize| Cursor::new(line, at).chars().any(|c| matches!(c, '早' | '晨'));
    let early = moment.part == Some(Part::Morning) && read.tokens.clone().any(said);
    let from = ctx.work.from;
    let begin = if (6..12).contains(&from.hour()) { from } else { USUAL.from };
    let clock = Clock { minute: begin.minute(), ..Clock::named(begin.hour()) };
    early.then_some(Draft::Moment(Moment { clock: Some(clock), part: None, ..moment }))
}

/// Whether a stretch of days stands by itself, or is closed by 内.
fn stands(line: &Line, tokens: &Span<usize>) -> bool {
    let behind = Cursor::new(line, tokens.end);
    let inside = tokens.end.checked_sub(1).and_then(|at| line.token_at(at));
    let open = Cursor::new(line, tokens.start).gap()
        || matches!(behind_of(line, tokens.start), Some(Tok::Break | Tok::Zh(_)));
    let closed = behind.gap_at(0) || matches!(behind.tok(), Tok::End | Tok::Break | Tok::Comma);
    // 中旬前交 is as plain as 本月内交.
    let before = inside.is_some_and(|token| matches!(token.tok, Tok::Zh(Zh::Front | Zh::Before)));
    let ten =
        |token: &Token| matches!(token.tok, Tok::Zh(Zh::Ten(_) | Zh::MonthStart | Zh::MonthMiddle));
    let ten = tokens.end.checked_sub(2).and_then(|at| line.token_at(at)).is_some_and(ten);
    inside.is_some_and(|token| token.tok == Tok::Zh(Zh::Inside))
        || open && (closed || before && ten)
}

fn behind_of(line: &Line, at: usize) -> Option<Tok> {
    at.checked_sub(1).and_then(|at| line.token_at(at)).map(|token| token.tok)
}
