//! Moments and stretches reckoned from now: 3天后, 最近一周, `in 2 hours`, `3 fridays from now`.

use chrono::{Datelike, Duration};

use super::amount;
use super::cursor::Cursor;
use super::draft::{Amount, Context, Day, Draft, Moment, plus_days, plus_months};
use super::{en_day, zh_day};
use crate::model::Timestamp;
use crate::text::lex::{En, Form, Tok, Unit, Zh};
use crate::text::workday;

/// Behind 前, 后 and 内, these make another word: 前端, 后台, 内容.
const NOT_BEFORE: &str = "端台往期置后沿锋辈缀言途景提线去来任排";
const NOT_AFTER: &str = "端台面续勤备果悔盾方代";
const NOT_INSIDE: &str = "容部存测网外";

/// Eats a distance from now, or a bare length.
pub fn read(c: &mut Cursor, ctx: &Context) -> Option<Draft> {
    let begins = match c.tok() {
        Tok::Num(_) => {
            // 五点五分钟 is a length.
            let clock = c.peek(1) == Tok::Zh(Zh::Point) && !matches!(c.peek(2), Tok::Num(_));
            clean(*c) && !clock && !matches!(c.peek(1), Tok::Zh(Zh::Number) | Tok::Colon)
        }
        Tok::DayWord(_) | Tok::DayPart(..) | Tok::YearWord(_) | Tok::Festival(_) => false,
        Tok::Zh(Zh::Week | Zh::Up | Zh::Down | Zh::This | Zh::OffWork | Zh::MonthEnd) => false,
        _ => true,
    };
    if !begins {
        return None;
    }
    c.attempt(|c| rolling(c, ctx))
        .or_else(|| c.attempt(|c| weekdays_away(c, ctx)))
        .or_else(|| c.attempt(|c| led(c, ctx)))
        .or_else(|| c.attempt(|c| counted(c, ctx)))
}

fn clean(c: Cursor) -> bool {
    c.gap()
        || !matches!(
            c.before(),
            Tok::Latin
                | Tok::Sign
                | Tok::Num(_)
                | Tok::Dot
                | Tok::Slash
                | Tok::Name
                | Tok::Colon
                | Tok::Zh(Zh::Nth)
        )
}

/// 最近三天, 未来一周, 前1周, `last 2 days`, `next few hours`, `the 3 next weeks`.
fn rolling(c: &mut Cursor, ctx: &Context) -> Option<Draft> {
    let chinese = c.attempt(|c| {
        let word =
            c.zh_of(&[Zh::Recent, Zh::Coming, Zh::Front, Zh::Back, Zh::After, Zh::Before])?;
        c.zh(Zh::Of);
        let amount = amount::read(c).filter(|amount| amount.workdays == 0)?;
        let ahead = matches!(word, Zh::Coming | Zh::Back | Zh::After);
        let sure = matches!(word, Zh::Recent | Zh::Coming);
        if !sure && (amount.loose || c.tok() == Tok::Zh(Zh::Inside)) {
            return None;
        }
        c.zh(Zh::Inside);
        Some((amount, ahead))
    });
    if chinese.is_none() && !c.in_english() {
        return None;
    }
    let (amount, ahead) = chinese.or_else(|| {
        c.attempt(|c| {
            let within = c.en(En::Within) || c.en(En::In);
            c.en(En::The);
            let word = c.en_of(&[En::Next, En::Last, En::Past, En::Previous, En::Coming])?;
            c.en(En::Long);
            let amount = match c.tok() {
                Tok::En(En::Few | En::Couple) => {
                    let count = if c.tok() == Tok::En(En::Few) { 3 } else { 2 };
                    c.bump();
                    c.en(En::Of);
                    let Tok::Unit(unit) = c.tok() else { return None };
                    c.bump();
                    amount::of(f64::from(count), unit)?
                }
                Tok::Unit(unit) if word == En::Past => {
                    c.bump();
                    amount::of(1.0, unit)?
                }
                _ => amount::read(c)?,
            };
            let ahead = matches!(word, En::Next | En::Coming);
            // Within the next N is a deadline, not a stretch.
            if within && ahead && !ctx.past {
                return Some((Amount { loose: true, ..amount }, true));
            }
            Some((Amount { loose: false, ..amount }, ahead))
        })
        .or_else(|| c.attempt(counted_next))
    })?;
    if amount.workdays > 0 {
        return None;
    }
    if amount.loose && chinese_or(c, ahead) {
        return away(ctx, amount, 1);
    }
    stretch(ctx, amount, ahead)
}

/// Within the next N, marked as loose above.
fn chinese_or(c: &Cursor, ahead: bool) -> bool {
    ahead && c.before() != Tok::Zh(Zh::Inside) && matches!(c.before(), Tok::Unit(_) | Tok::En(_))
}

/// `the 3 next weeks`, `5 coming minutes`.
fn counted_next(c: &mut Cursor) -> Option<(Amount, bool)> {
    c.en(En::In);
    c.en(En::The);
    let num = c.num().filter(|num| num.form != Form::Ordinal)?;
    let word = c.en_of(&[En::Next, En::Last, En::Past, En::Previous, En::Coming])?;
    let Tok::Unit(unit) = c.tok() else { return None };
    // `only 3 next week` counts something else.
    if num.value > 1 && c.chars().last() != Some('s') {
        return None;
    }
    c.bump();
    let amount = amount::of(f64::from(num.value), unit)?;
    Some((amount, matches!(word, En::Next | En::Coming)))
}

fn stretch(ctx: &Context, amount: Amount, ahead: bool) -> Option<Draft> {
    let other = shifted(ctx, amount, if ahead { 1 } else { -1 })?;
    let fuzzy = Some(amount.grain_s.min(86_400));
    Some(if ahead {
        Draft::Stretch(Some(ctx.at), Some(other), fuzzy)
    } else {
        Draft::Stretch(Some(other), Some(ctx.at), fuzzy)
    })
}

/// Now, so much later or earlier.
fn shifted(ctx: &Context, amount: Amount, sign: i32) -> Option<Timestamp> {
    let months = i32::try_from(amount.months).ok()?;
    let day = plus_months(ctx.today, sign * months)?;
    let day = plus_days(day, i64::from(sign) * i64::from(amount.days))?;
    let at = if day == ctx.today { ctx.at } else { ctx.instant(day.and_time(ctx.now.time())) };
    let ms = Duration::seconds(amount.seconds.into()).num_milliseconds();
    Some(at.plus_ms(i64::from(sign) * ms))
}

/// So much from now: a day if it was said in days.
pub fn away(ctx: &Context, amount: Amount, sign: i32) -> Option<Draft> {
    if amount.workdays > 0 {
        let count = i32::try_from(amount.workdays).ok()?;
        let day = Day::near(workday::away(ctx.calendar, ctx.today, sign * count)?);
        return Some(Draft::Moment(Moment::day(day)));
    }
    if amount.is_dayly() {
        let months = i32::try_from(amount.months).ok()?;
        let date = plus_months(ctx.today, sign * months)?;
        let date = plus_days(date, i64::from(sign) * i64::from(amount.days))?;
        return Some(Draft::Moment(Moment::day(Day::near(date))));
    }
    let at = shifted(ctx, amount, sign)?;
    super::draft::reachable(at).then_some(Draft::Point(at, amount.grain_s == 1))
}

/// `3 fridays from now`.
fn weekdays_away(c: &mut Cursor, ctx: &Context) -> Option<Draft> {
    let count = match c.tok() {
        Tok::En(En::A | En::LoneA) => 1,
        Tok::Num(num) if num.form != Form::Ordinal => num.value,
        _ => return None,
    };
    c.bump();
    let Tok::Weekday(day, _) = c.tok() else { return None };
    c.bump();
    (c.en(En::From) && c.eat(Tok::Now) || c.en(En::Later)).then_some(())?;
    let first = match day.days_since(ctx.today.weekday()) {
        0 => 7,
        days => days,
    };
    let days = i64::from(first) + 7 * (i64::from(count.clamp(1, 500)) - 1);
    Some(Draft::Moment(Moment::day(Day::near(plus_days(ctx.today, days)?))))
}

/// A length with a word before it: 再过3天, `in 2 hours`, `within a month`, `for 5 minutes`.
fn led(c: &mut Cursor, ctx: &Context) -> Option<Draft> {
    if c.zh(Zh::Pass) {
        let amount = amount::read(c).filter(|amount| !amount.loose)?;
        c.zh_of(&[Zh::After, Zh::Back]);
        return away(ctx, amount, 1);
    }
    let timer = timer_before(*c);
    let word = c.en_of(&[En::In, En::Within, En::After, En::For])?;
    c.en_of(&[En::Around, En::Only]);
    c.en_of(&[En::The]);
    let amount = amount::read(c)?;
    let counted = c.sees(|c| {
        c.en(En::Ago).then_some(()).or_else(|| {
            c.en(En::From).then_some(())?;
            matches!(c.tok(), Tok::Now | Tok::DayWord(_)).then_some(())
        })
    });
    if counted {
        return None;
    }
    match word {
        En::For if timer => away(ctx, amount, 1),
        En::For => Some(Draft::Length(amount)),
        En::Within if ctx.past => stretch(ctx, amount, false),
        En::In | En::Within | En::After => {
            c.en(En::Of);
            if c.before() == Tok::En(En::Of) {
                return None;
            }
            away(ctx, amount, 1)
        }
        _ => None,
    }
}

/// `timer for`, `wait for`.
fn timer_before(c: Cursor) -> bool {
    (1..=3).any(|n| {
        let mut before = c;
        let Some(at) = c.at.checked_sub(n) else { return false };
        before.at = at;
        before.tok() == Tok::En(En::Timer)
    })
}

/// A length with a word behind it: 3天后, `2 hours ago`, `a week before yesterday`; or bare.
fn counted(c: &mut Cursor, ctx: &Context) -> Option<Draft> {
    let said = c.at;
    let the = c.en(En::The)
        && match c.tok() {
            Tok::Unit(unit) => matches!(c.peek(1), Tok::En(En::Before)) && unit != Unit::Day,
            _ => true,
        };
    let amount = match c.tok() {
        // `the min before`.
        Tok::Unit(unit) if the => {
            c.bump();
            amount::of(1.0, unit)?
        }
        _ => amount::read(c)?,
    };
    if c.at == said {
        return None;
    }
    if let Some(found) = c.attempt(|c| chinese_tail(c, ctx, amount)) {
        return Some(found);
    }
    if let Some(found) = c.attempt(|c| english_tail(c, ctx, amount)) {
        return Some(found);
    }
    let open = amount.workdays > 0 || amount.is_zero();
    let bare_half_day = matches!(c.tok(), Tok::Zh(Zh::More | Zh::About));
    (!open && !bare_half_day).then_some(Draft::Length(amount))
}

fn chinese_tail(c: &mut Cursor, ctx: &Context, amount: Amount) -> Option<Draft> {
    let word = c.zh_of(&[Zh::Back, Zh::After, Zh::Inside, Zh::Front, Zh::Before])?;
    let next = c.next_char();
    let other = |words: &str| next.is_some_and(|c| words.contains(c));
    match word {
        Zh::Back if other(NOT_AFTER) => None,
        Zh::Inside if other(NOT_INSIDE) => None,
        Zh::Front if other(NOT_BEFORE) => None,
        // 5日前 is a day of the month.
        Zh::Front | Zh::Before if amount.loose && amount.days > 0 && !ctx.past => None,
        Zh::Inside if ctx.past => stretch(ctx, amount, false),
        Zh::Back | Zh::After | Zh::Inside => away(ctx, amount, 1),
        _ => away(ctx, amount, -1),
    }
}

fn english_tail(c: &mut Cursor, ctx: &Context, amount: Amount) -> Option<Draft> {
    // `a week on Friday`.
    if amount.is_dayly() && amount.months == 0 && amount.days > 0 && amount.days.is_multiple_of(7) {
        let found = c.attempt(|c| {
            c.en(En::On).then_some(())?;
            let Tok::Weekday(..) = c.tok() else { return None };
            let Draft::Moment(Moment { day: Some(day), .. }) = en_day::read(c, ctx)? else {
                return None;
            };
            away(&Context { today: day.date, ..*ctx }, amount, 1)
        });
        if found.is_some() {
            return found;
        }
    }
    let word = c.en_of(&[En::Ago, En::Later, En::From, En::After, En::Before])?;
    match word {
        En::Ago => return away(ctx, amount, -1),
        En::Later => return away(ctx, amount, 1),
        En::From if c.eat(Tok::Now) => return away(ctx, amount, 1),
        _ => {}
    }
    let sign = if word == En::Before { -1 } else { 1 };
    let anchor = c.attempt(|c| en_day::read(c, ctx).or_else(|| zh_day::read(c, ctx)));
    match anchor {
        Some(Draft::Moment(Moment { day: Some(day), .. })) if amount.is_dayly() => {
            let from = Context { today: day.date, ..*ctx };
            away(&from, amount, sign)
        }
        Some(_) => None,
        // `15 minutes before`, with nothing behind it.
        None if word == En::Before && ctx.past => away(ctx, amount, -1),
        None => None,
    }
}
