//! A moment or stretch with the words of deadlines around it: 周五18点前, `by Fri 6pm`, 从周一到周五.

use super::cursor::Cursor;
use super::draft::{Context, Day, Draft, Flex, Moment};
use super::lead::Lead;
use super::resolve;
use super::{clock, distance, moment, stretch};
use crate::text::clock::Clock;
use crate::text::lex::{En, Form, Tok, Zh};

/// Most alternatives that are listed.
const LISTED_MAX: usize = 4;
/// How far 前后 may reach, as a choice.
const NEAR_DAYS: i64 = 3;
/// Behind 前, these make another word: 前端, 前往.
const NOT_BEFORE: &str = "端台往期置后沿锋辈缀言途景提线去来任排";

/// Eats a phrase.
pub fn read(c: &mut Cursor, ctx: &Context) -> Option<Draft> {
    // `in 2 hours` and `after an hour` come with their own word.
    if let Some(draft) = c.attempt(|c| {
        matches!(c.tok(), Tok::En(En::In | En::Within | En::After | En::For)).then_some(())?;
        let found = distance::read(c, ctx)?;
        Some(stretch::for_from(c, ctx, &found).unwrap_or(found))
    }) {
        return Some(behind(c, ctx, draft, Lead::None));
    }
    if let Some(draft) = c.attempt(|c| stretch::numbers(c, ctx, Lead::None)) {
        return Some(draft);
    }
    c.attempt(|c| {
        let lead = lead(c);
        if lead != Lead::None
            && let Some(draft) = c.attempt(|c| stretch::numbers(c, ctx, lead))
        {
            return Some(draft);
        }
        let told = matches!(
            lead,
            Lead::At
                | Lead::By
                | Lead::Before
                | Lead::Until
                | Lead::From
                | Lead::Since
                | Lead::After
                | Lead::Between
        );
        let start = *c;
        let first = moment::read(c, ctx, told)?;
        if let Some(of_days) = of_days(c, ctx, &first) {
            return Some(of_days);
        }
        let first = plus(c, first);
        let first = beside(c, ctx, first);
        let draft = stretch::read(c, ctx, &first, lead).unwrap_or(first);
        Some(of_one_week(start, behind(c, ctx, draft, lead)))
    })
}

/// 下周三和周四: the days behind one of a week that is named are of that week.
fn of_one_week(mut c: Cursor, draft: Draft) -> Draft {
    let Draft::Choices(mut all) = draft else { return draft };
    let from = c.at;
    while c.zh_of(&[Zh::Down, Zh::Up]).is_some() {}
    let led = c.at > from;
    c.zh(Zh::Piece);
    let named = led && c.zh(Zh::Week);
    let first = match all.first() {
        Some(Draft::Moment(Moment { day: Some(day), .. })) if named => day.date,
        Some(_) | None => return Draft::Choices(all),
    };
    for draft in &mut all {
        if let Draft::Moment(Moment { day: Some(day), .. }) = draft
            && day.flex == Flex::Week
        {
            use chrono::Datelike;
            let number = |of: chrono::Weekday| i64::from(of.num_days_from_monday());
            let away = number(day.date.weekday()) - number(first.weekday());
            let date = super::draft::plus_days(first, away).unwrap_or(day.date);
            *day = Day { date, flex: Flex::Relative };
        }
    }
    Draft::Choices(all)
}

/// 周末10点, `weekend at 10`: on either day. An hour of a week or a month is none.
fn of_days(c: &mut Cursor, ctx: &Context, days: &Draft) -> Option<Draft> {
    let Draft::Period(of) = days else { return None };
    ctx.command.then_some(())?;
    c.attempt(|c| {
        c.zh(Zh::Of);
        let told = c.en_of(&[En::At, En::By, En::Around]).is_some() || c.eat(Tok::At);
        let read = clock::read(c, told).filter(|read| read.or_hour.is_none())?;
        // 下周 9点到11点 培训.
        let goes_on = matches!(c.tok(), Tok::Dash | Tok::Zh(Zh::To) | Tok::En(En::To | En::Until));
        (!goes_on).then_some(())?;
        tail_before(c);
        let all =
            of.from.iter_days().take_while(|day| *day < of.to && (of.to - of.from).num_days() < 3);
        let day = |date| Moment { clock: Some(read.clock), ..Moment::day(Day::fixed(date)) };
        let all: Vec<Draft> = all.map(|date| Draft::Moment(day(date))).collect();
        Some(if all.is_empty() { Draft::Never } else { Draft::Choices(all) })
    })
}

/// `the Friday before Christmas`: the last one before a date, or the first one behind it.
fn beside(c: &mut Cursor, ctx: &Context, first: Draft) -> Draft {
    let Draft::Moment(moment @ Moment { day: Some(day), clock: None, part: None, .. }) = first
    else {
        return first;
    };
    if day.flex != Flex::Week || !c.before_is_weekday() {
        return first;
    }
    let found = c.attempt(|c| {
        let before = c.en_of(&[En::Before, En::After])? == En::Before;
        let Draft::Moment(of) = moment::read(c, ctx, false)? else { return None };
        let date = of.day.filter(|day| day.flex != Flex::Week)?.date;
        use chrono::Datelike;
        let (wanted, there) = (day.date.weekday(), date.weekday());
        let away = if before { there.days_since(wanted) } else { wanted.days_since(there) };
        let away = i64::from(if away == 0 { 7 } else { away });
        let date = super::draft::plus_days(date, if before { -away } else { away })?;
        let clock = of.clock.or(moment.clock);
        Some(Moment { day: Some(Day::fixed(date)), clock, part: of.part, ..moment })
    });
    found.map_or(first, Draft::Moment)
}

/// `next tuesday +10 days`.
fn plus(c: &mut Cursor, first: Draft) -> Draft {
    let Draft::Moment(moment @ Moment { day: Some(day), clock: None, .. }) = first else {
        return first;
    };
    let later = c.attempt(|c| {
        c.eat(Tok::Plus).then_some(())?;
        let amount = super::amount::read(c).filter(|amount| amount.is_dayly())?;
        let months = i32::try_from(amount.months).ok()?;
        let date = super::draft::plus_months(day.date, months)?;
        super::draft::plus_days(date, amount.days.into())
    });
    later.map_or(first, |date| Draft::Moment(Moment { day: Some(Day::near(date)), ..moment }))
}

/// Eats the words before a moment.
fn lead(c: &mut Cursor) -> Lead {
    let mut lead = Lead::None;
    for _ in 0..2 {
        let found = match c.tok() {
            Tok::Zh(Zh::Due) => Lead::By,
            Tok::Zh(Zh::From) => Lead::From,
            Tok::Zh(Zh::In) if lead == Lead::None => Lead::At,
            Tok::Zh(Zh::About) => Lead::At,
            Tok::En(En::By | En::Starting) => Lead::By,
            // `about Friday` is a topic, `about 5` an hour.
            Tok::En(En::Around)
                if c.char_at(1) == Some('b') && !matches!(c.peek(1), Tok::Num(_)) =>
            {
                break;
            }
            Tok::En(En::At | En::On | En::Around | En::In | En::During | En::Is) => Lead::At,
            Tok::En(En::Before) => Lead::Before,
            Tok::En(En::Until) => Lead::Until,
            Tok::En(En::From) => Lead::From,
            Tok::En(En::Since) => Lead::Since,
            Tok::En(En::After) => Lead::After,
            Tok::En(En::Between) => Lead::Between,
            _ => break,
        };
        c.bump();
        if found == Lead::By {
            c.eat(Tok::Colon);
        }
        lead = if lead == Lead::None || found != Lead::At { found } else { lead };
        if found == Lead::Between {
            break;
        }
    }
    // `between '3:30-4:30pm'`.
    if lead == Lead::Between && c.tok() == Tok::Other && c.next_char() != Some('我') {
        c.attempt(|c| {
            let quote = c.chars().all(|c| matches!(c, '\'' | '"'));
            c.bump();
            quote.then_some(())
        });
    }
    lead
}

/// What stands behind a moment: 前, 之前, 起, 以后, `or later`, alternatives.
fn behind(c: &mut Cursor, ctx: &Context, draft: Draft, lead: Lead) -> Draft {
    if matches!(draft, Draft::Stretch(..) | Draft::Length(_) | Draft::Never | Draft::Unread) {
        return draft;
    }
    let from = || resolve::ends(ctx, &draft).0;
    let to = || resolve::ends(ctx, &draft).1;
    if tail_before(c) {
        return if ctx.past { Draft::Stretch(None, from(), None) } else { draft };
    }
    if c.attempt(|c| {
        let begun = c.zh(Zh::Since).then_some(()).filter(|()| {
            // 六点起床 and 起飞 are no beginning.
            !c.next_char().is_some_and(|c| "床飞草身来点码诉步立名因源".contains(c))
        });
        begun.or_else(|| {
            let word = c.zh_of(&[Zh::After, Zh::Back])?;
            let other = word == Zh::Back
                && c.next_char().is_some_and(|c| "端台面续勤备果悔盾方代".contains(c));
            (!other).then_some(())
        })
    })
    .is_some()
    {
        return Draft::Stretch(from(), None, None);
    }
    if c.attempt(|c| (c.en(En::Or) && c.en_of(&[En::Later, En::After]).is_some()).then_some(()))
        .is_some()
    {
        let open = later_day(c, ctx, &draft);
        return Draft::Stretch(open.or_else(from), None, None);
    }
    c.attempt(|c| {
        c.zh_of(&[Zh::Ends, Zh::Due]).map(|_| ()).or_else(|| {
            // 周五之内, 本周内.
            let inside = c.zh(Zh::Inside);
            let other = c.next_char().is_some_and(|c| "容部存测网外".contains(c));
            (inside && !other).then_some(())
        })
    });
    match lead {
        Lead::Before if ctx.past => Draft::Stretch(None, from(), None),
        Lead::Until if ctx.past => Draft::Stretch(None, to().or_else(from), None),
        Lead::Before | Lead::By | Lead::Until => draft,
        Lead::From | Lead::Since => Draft::Stretch(from(), None, None),
        Lead::After => Draft::Stretch(if is_clocked(&draft) { from() } else { to() }, None, None),
        Lead::None | Lead::At | Lead::Between => listed(c, ctx, draft),
    }
}

fn is_clocked(draft: &Draft) -> bool {
    matches!(draft, Draft::Moment(Moment { clock: Some(_), .. }) | Draft::Point(..))
}

/// `at 3 pm or later on Monday`.
fn later_day(c: &mut Cursor, ctx: &Context, draft: &Draft) -> Option<crate::model::Timestamp> {
    let Draft::Moment(first @ Moment { day: None, clock: Some(_), .. }) = draft else {
        return None;
    };
    c.attempt(|c| {
        c.en(En::On).then_some(())?;
        let Draft::Moment(Moment { day: Some(day), .. }) = moment::read(c, ctx, false)? else {
            return None;
        };
        resolve::ends(ctx, &Draft::Moment(Moment { day: Some(day), ..*first })).0
    })
}

/// Eats 前, 之前, 以前.
fn tail_before(c: &mut Cursor) -> bool {
    c.attempt(|c| {
        if c.zh(Zh::Before) {
            return Some(());
        }
        if c.zh(Zh::Due) {
            return Some(());
        }
        c.zh(Zh::Front).then_some(())?;
        let next = c.next_char();
        let interview = next == Some('面') && matches!(c.char_at(1), Some('试' | '谈' | '签'));
        let other = next.is_some_and(|c| c == '面' || NOT_BEFORE.contains(c));
        (!other || interview).then_some(())
    })
    .is_some()
}

/// 周一或周二: any of them.
fn listed(c: &mut Cursor, ctx: &Context, first: Draft) -> Draft {
    let Draft::Moment(one) = first else { return first };
    let dayed = |moment: &Moment| moment.day.is_some() && moment.clock.is_none();
    let mut all = vec![Draft::Moment(one)];
    while all.len() < LISTED_MAX {
        let more = c.attempt(|c| {
            let sure = c.zh(Zh::Or) || c.en(En::Or);
            if !sure {
                let and = c.zh(Zh::And) || c.eat(Tok::Pause) || c.en(En::And);
                // Mon, Wed and Fri.
                let named = matches!(c.peek(1), Tok::Weekday(..));
                // 下周二，周四 值日; but 周三，周五交付.
                let week = c.peek(1) == Tok::Zh(Zh::Week)
                    && matches!(c.peek(2), Tok::Weekday(..))
                    && c.gap_at(3)
                    && one.day.is_some_and(|day| day.flex == Flex::Relative);
                let and = and || c.before_is_weekday() && (named || week) && c.eat(Tok::Comma);
                (and && dayed(&one)).then_some(())?;
            }
            if let Some(day) = c.attempt(|c| day_number(c, all.last())) {
                return Some(Moment::day(day));
            }
            let Draft::Moment(more) = moment::read(c, ctx, false)? else { return None };
            let days = more.day.is_some() && one.day.is_some();
            // 明天3点或4点: the other hour is of the same day.
            if let (true, Some(day), None, Some(clock), Some(said)) =
                (sure, one.day, more.day, one.clock, more.clock)
            {
                let half = clock.part.or(one.part);
                let clock = Some(Clock { part: said.part.or(more.part).or(half), ..said });
                return Some(Moment { day: Some(day), clock, ..more });
            }
            let alike = dayed(&more) == dayed(&one) && more.clock.is_some() == one.clock.is_some();
            (alike || days || sure).then_some(more)
        });
        let Some(more) = more else { break };
        all.push(Draft::Moment(more));
    }
    if let Some(Draft::Moment(last)) = all.last().cloned() {
        // 周三和周四9点: the hour is that of both.
        for draft in &mut all {
            if let Draft::Moment(moment) = draft
                && dayed(moment)
            {
                (moment.clock, moment.part) = (last.clock, last.part);
            }
        }
    }
    if all.len() == 1 { Draft::Moment(one) } else { Draft::Choices(all) }
}

/// `31` of `Dec 24 and 31`.
fn day_number(c: &mut Cursor, before: Option<&Draft>) -> Option<Day> {
    let Some(Draft::Moment(Moment { day: Some(day), .. })) = before else { return None };
    let dated = matches!(day.flex, Flex::Year | Flex::Fixed);
    let num = c.num().filter(|num| dated && matches!(num.form, Form::Arabic | Form::Ordinal))?;
    let ends = matches!(c.tok(), Tok::End | Tok::Break | Tok::Comma | Tok::En(En::At | En::And));
    (c.in_english() && ends).then(|| super::lead::day_like(*day, num.value))?
}

/// The readings of one moment that stays open: 七八点, 下周三点.
pub fn choices(c: Cursor, moment: Moment) -> Option<Draft> {
    if let (Some(hour), Some(clock)) = (moment.or_hour, moment.clock) {
        let other = Moment { clock: Some(Clock { hour, ..clock }), or_hour: None, ..moment };
        let first = Moment { or_hour: None, ..moment };
        return Some(Draft::Choices(vec![Draft::Moment(first), Draft::Moment(other)]));
    }
    // 周六日10点: either day.
    if let Tok::Weekday(other, false) = c.tok()
        && let (Some(day), None, false) = (moment.day, moment.clock, c.gap())
    {
        use chrono::Datelike;
        let days = i64::from(other.days_since(day.date.weekday()));
        let date = super::draft::plus_days(day.date, days)?;
        let other = Moment { day: Some(Day { date, ..day }), ..moment };
        return Some(Draft::Choices(vec![Draft::Moment(moment), Draft::Moment(other)]));
    }
    // 月底前后: which day?
    if c.tok() == Tok::Zh(Zh::About)
        && c.next_char() == Some('前')
        && let (Some(day), None) = (moment.day, moment.clock)
    {
        let near = |days: i64| {
            let day = Day::near(super::draft::plus_days(day.date, days)?);
            Some(Draft::Moment(Moment { day: Some(day), ..moment }))
        };
        let all = [Some(Draft::Moment(moment)), near(-NEAR_DAYS), near(NEAR_DAYS)];
        return Some(Draft::Choices(all.into_iter().flatten().collect()));
    }
    // 下周三点开会: Wednesday or three o'clock?
    let weekday = matches!(c.before(), Tok::Weekday(..)) && moment.clock.is_none();
    if weekday && c.tok() == Tok::Zh(Zh::Point) && !c.gap() {
        return Some(Draft::Choices(vec![Draft::Moment(moment)]));
    }
    None
}
