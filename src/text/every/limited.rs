//! Limits that stand apart from what repeats, before or behind it; and words of a limit that were
//! not taken, which put it in doubt.

use std::ops::Range;

use chrono::NaiveDate;

use crate::model::Recurrence;
use crate::model::recurrence::Rule;
use crate::text::grammar::{
    Context, Cursor, Draft, bound, days, leads, limit, not_then, phrase, put, said_at,
};
use crate::text::lex::{En, Line, Tok, Unit, Zh};
use crate::text::reference::Reference;

/// Most parts of one recurrence.
const LIMITS_MAX: usize = 5;

/// Limits with blanks around them, before or behind: `每周一9点 交周报 到12月31日为止`.
pub fn limits_apart(
    line: &Line,
    ctx: &Context,
    parts: &mut Vec<Range<usize>>,
    every: &mut Recurrence,
) {
    let mut at = 0;
    while at < line.token_count() && parts.len() < LIMITS_MAX {
        let start = Cursor::new(line, at).at_work(&ctx.work);
        let taken = parts.iter().any(|part| part.contains(&at));
        let touches = parts.iter().any(|part| part.end == at);
        // 直到 needs no blank.
        let long = start.tok() == Tok::Zh(Zh::To) && start.chars().count() > 1;
        let may = !taken && (long || touches || opens(start) || lasts(start, every));
        let meets = |c: Cursor| parts.iter().any(|part| part.start == c.at);
        let fits = |c: Cursor| closes(c) || meets(c);
        let end = if !may {
            None
        } else if let Some((end, limited)) = one(start, ctx, every).filter(|(end, _)| fits(*end)) {
            *every = limited;
            Some(end)
        } else if let Some((end, days)) = days_before(start, ctx).filter(|(end, _)| meets(*end)) {
            (every.from, every.until) = (days.0.or(every.from), days.1.or(every.until));
            Some(end)
        } else if let Some((end, kept)) = hours_before(start, ctx, every).filter(|f| meets(f.0)) {
            *every = kept;
            Some(end)
        } else {
            None
        };
        match end {
            Some(end) => {
                parts.push(at..end.at);
                at = end.at;
            }
            None => at += 1,
        }
    }
}

/// A length that ends the line, glued to what is done each day: 每天8点吃药7天.
fn lasts(c: Cursor, every: &Recurrence) -> bool {
    let daily =
        matches!(every.rule, Rule::Daily | Rule::Workdays) || every.rule.seconds().is_some();
    let begins = matches!(c.tok(), Tok::Num(_)) && c.before() == Tok::Other;
    daily && begins && c.sees(|c| bound(c).filter(|_| c.tok() == Tok::End))
}

/// What repeats, within limits that are all a text says: 到12月3号为止, 只提醒到12月18号, `skip holidays`.
pub fn with_limits(text: &str, reference: Reference, every: &Recurrence) -> Option<Recurrence> {
    let line = Line::new(text);
    let ctx = Context::new(reference, false);
    let mut c = Cursor::new(&line, 0).at_work(&ctx.work);
    while c.tok() == Tok::Other && ADDS.iter().any(|word| word.chars().eq(c.chars())) {
        c.bump();
    }
    c.en(En::Only);
    let mut limited = every.clone();
    let start = c.at;
    for _ in 0..LIMITS_MAX {
        while c.eat(Tok::Comma) || c.eat(Tok::Break) {}
        if c.tok() == Tok::End {
            break;
        }
        (c, limited) = one(c, &ctx, &limited)?;
    }
    let whole = c.at > start && c.tok() == Tok::End;
    // What is counted goes on being counted from where it was.
    let since = if limited.count == every.count { every.since } else { limited.since };
    whole.then_some(Recurrence { since, ..limited })
}

/// Before limits that are added, these say no more.
const ADDS: [&str; 14] = [
    "只提醒",
    "只",
    "提醒",
    "改成",
    "改为",
    "成",
    "为",
    "加上",
    "加",
    "增加",
    "设为",
    "一直",
    "成只提醒",
    "为只提醒",
];

/// One limit, and the recurrence with it.
fn one<'a>(
    mut c: Cursor<'a>,
    ctx: &Context,
    every: &Recurrence,
) -> Option<(Cursor<'a>, Recurrence)> {
    limits(c.tok()).then_some(())?;
    let mut limited = every.clone();
    if let Some(bound) = limit(&mut c, ctx, &mut limited)? {
        put(ctx, &mut limited, bound)?;
    }
    said_at(ctx, &mut limited);
    Some((c, limited))
}

/// The first and the last day of a stretch.
type Days = (Option<NaiveDate>, Option<NaiveDate>);

/// A stretch of days right before what repeats: 本周每天9点, 12月1日到5日每天9点.
fn days_before<'a>(mut c: Cursor<'a>, ctx: &Context) -> Option<(Cursor<'a>, Days)> {
    let mut found = days(&mut c, ctx)?;
    if c.attempt(rest).is_some() {
        found.0 = found.0.max(Some(ctx.today));
    }
    c.eat(Tok::Comma);
    let before = matches!(
        c.tok(),
        Tok::Zh(Zh::Every | Zh::Skip)
            | Tok::Unit(Unit::Workday | Unit::Day)
            | Tok::En(En::Every | En::Each | En::Daily)
    );
    before.then_some((c, found))
}

/// The hours of one day right before what repeats within it: 明天下午两点到四点之间每20分钟.
fn hours_before<'a>(
    mut c: Cursor<'a>,
    ctx: &Context,
    every: &Recurrence,
) -> Option<(Cursor<'a>, Recurrence)> {
    (every.rule.seconds().is_some() && every.window.is_none()).then_some(())?;
    let Draft::Stretch(Some(from), Some(to), None) = phrase(&mut c, ctx)? else { return None };
    let (from, to) = (from.local(ctx.zone), to.local(ctx.zone));
    c.zh(Zh::Between);
    c.eat(Tok::Comma);
    let day = Some(from.date());
    let window = Some((from.time(), to.time()));
    let kept = Recurrence { from: day, until: day, window, ..every.clone() };
    (from.date() == to.date()).then_some((c, kept))
}

/// Eats 剩下的, 剩余, 余下的 behind a stretch.
fn rest(c: &mut Cursor) -> Option<()> {
    c.zh(Zh::Of);
    let said = ["剩", "余", "剩余", "其余"].iter().any(|word| word.chars().eq(c.chars()));
    said.then(|| c.bump())?;
    c.zh(Zh::Down);
    c.zh(Zh::Of);
    Some(())
}

/// Whether a limit may begin with a token: a flat table.
fn limits(tok: Tok) -> bool {
    matches!(
        tok,
        Tok::Num(_)
            | Tok::Other
            | Tok::Latin
            | Tok::Unit(Unit::Weekend | Unit::Workday)
            | Tok::Weekday(..)
            | Tok::Part(_)
            | Tok::Zh(
                Zh::To
                    | Zh::Every
                    | Zh::In
                    | Zh::Due
                    | Zh::From
                    | Zh::Meets
                    | Zh::Holidays
                    | Zh::YearEnd
                    | Zh::Total
                    | Zh::Running
                    | Zh::Without
                    | Zh::SkipOver
                    | Zh::WorkHours
                    | Zh::Coming
                    | Zh::Week
            )
            | Tok::En(
                En::Until
                    | En::Starting
                    | En::Except
                    | En::For
                    | En::During
                    | En::Within
                    | En::In
                    | En::Only
                    | En::Business
                    | En::Other
                    | En::Twice
                    | En::On
                    | En::At
                    | En::From
                    | En::Between
                    | En::Every
                    | En::Each
                    | En::Daily
                    | En::Weekday
            )
    )
}

fn closes(c: Cursor) -> bool {
    matches!(c.tok(), Tok::End | Tok::Break | Tok::Comma | Tok::Pause) || c.gap()
}

/// The tokens of a limit that belongs to the recurrence of these tokens and cannot be read, so that
/// nothing may be done about it: 每周五9点 交周报 连续3天.
pub fn unread_limit(
    line: &Line,
    ctx: &Context,
    tokens: &Range<usize>,
    every: &Recurrence,
) -> Option<Range<usize>> {
    let (mut parts, mut every) = (vec![tokens.clone()], every.clone());
    limits_apart(line, ctx, &mut parts, &mut every);
    doubt(line, ctx, &parts)
}

/// Words of a limit that were not taken.
pub fn doubt(line: &Line, ctx: &Context, parts: &[Range<usize>]) -> Option<Range<usize>> {
    (0..line.token_count()).find_map(|at| {
        let start = Cursor::new(line, at).at_work(&ctx.work);
        let touches = parts.iter().any(|part| part.end == at);
        let excepts = start.tok() == Tok::Zh(Zh::Except);
        let begins = opens(start) || touches || excepts || dated_before(start);
        if parts.iter().any(|part| part.contains(&at)) || !begins {
            return None;
        }
        let mut c = start;
        c.eat(Tok::Comma);
        let led = if matches!(bound(&mut c), Some((_, true))) {
            closes(c)
        } else {
            leads(&mut c) && (dates_on(c) || c.tok() == Tok::En(En::At) || at_a_meal(c))
        };
        // 12月除外, 元旦那周不用: what is left out was not read.
        let off = |tok| matches!(tok, Tok::Zh(Zh::Holidays) | Tok::Unit(Unit::Weekend));
        let meets = start.tok() == Tok::Zh(Zh::Meets) && off(start.peek(1));
        let left_out = excepts || meets || dated_before(start) && start.sees(unsaid);
        let hours = start.tok() == Tok::Zh(Zh::WorkHours) && {
            let mut behind = start;
            behind.bump();
            behind.tok() == Tok::Zh(Zh::Inside) || closes(behind)
        };
        // What is left out is part of it: 除了12月25日.
        let dated = |at: usize| dates_on(Cursor::new(line, at));
        let glued = |at: usize| line.token_at(at).is_some_and(|token| !token.gap);
        let behind = |at: usize| glued(at) || dated(at);
        let end = (c.at.max(at + 1)..).find(|at| !behind(*at)).unwrap_or(c.at);
        (led || hours || left_out).then_some(at..end)
    })
}

/// Whether a meal follows, as in `but not during lunch`.
fn at_a_meal(c: Cursor) -> bool {
    ["lunch", "lunchtime", "dinner", "breakfast"].iter().any(|meal| meal.chars().eq(c.chars()))
}

/// Whether the end of a date stands right before a word: 那周不用.
fn dated_before(c: Cursor) -> bool {
    c.tok() == Tok::Other
        && matches!(
            c.before(),
            Tok::Festival(_)
                | Tok::Unit(_)
                | Tok::Weekday(..)
                | Tok::DayWord(_)
                | Tok::Zh(Zh::Week | Zh::Month | Zh::Day | Zh::Number | Zh::Feast | Zh::During)
        )
}

/// Eats 不用 and its like.
fn unsaid(c: &mut Cursor) -> Option<()> {
    not_then(c).then_some(())
}

/// Whether a day, a time or a number follows.
fn dates_on(c: Cursor) -> bool {
    matches!(
        c.tok(),
        Tok::Num(_)
            | Tok::Unit(_)
            | Tok::Weekday(..)
            | Tok::Month(..)
            | Tok::DayWord(_)
            | Tok::Part(_)
            | Tok::Festival(_)
            | Tok::Zh(
                Zh::Week
                    | Zh::This
                    | Zh::Up
                    | Zh::Down
                    | Zh::Every
                    | Zh::Nth
                    | Zh::First
                    | Zh::Last
                    | Zh::MonthEnd
                    | Zh::YearEnd
            )
            | Tok::En(En::Last | En::Next | En::Every | En::Weekday)
    )
}

fn opens(c: Cursor) -> bool {
    c.gap() || matches!(c.before(), Tok::Break | Tok::Comma | Tok::Pause)
}
