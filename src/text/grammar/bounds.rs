//! How often or how long something goes on: 共5次, 连续7天, `for 3 weeks`, `5 times`.

use chrono::NaiveTime;

use super::amount;
use super::cursor::Cursor;
use super::draft::{Amount, Context, plus_days, plus_months};
use crate::model::Recurrence;
use crate::model::recurrence::Rule;
use crate::text::lex::{En, Form, Tok, Zh};
use crate::text::next;

/// What is done so many times: 提醒5次.
const DONE: [&str; 8] = ["提醒", "发", "发送", "响", "叫", "做", "只", "只提醒"];
/// Longer words before a length are no verb of it.
const VERB_CHARS_MAX: usize = 1;
/// What may stand behind a bound and says no more: 共5次就停.
const ENDS: [&str; 8] = ["就停", "停止", "结束", "即可", "就好", "就行", "就可以", "后停止"];

/// So many, in all.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Bound {
    /// So many times.
    Times(u32),
    /// For so long.
    For(Amount),
    /// 提醒一次 behind what repeats: once each time.
    Each,
}

/// Eats a bound, and tells whether words led to it. Without them it must stand apart: `5 times`,
/// and a length at the end of the line.
pub fn bound(c: &mut Cursor) -> Option<(Bound, bool)> {
    let english = |c: &mut Cursor| if c.in_english() { c.attempt(english) } else { None };
    c.attempt(chinese).or_else(|| english(c))
}

fn chinese(c: &mut Cursor) -> Option<(Bound, bool)> {
    let coming = c.zh(Zh::Coming);
    let mut led = coming;
    while !coming && c.zh_of(&[Zh::Total, Zh::Running]).is_some() {
        led = true;
    }
    // 共计提醒5次.
    let verb = c.tok() == Tok::Other && DONE.iter().any(|word| word.chars().eq(c.chars()));
    let limits = verb && c.char_at(0) == Some('只');
    if verb {
        c.bump();
    }
    // 吃7天: any short verb, where only a length of days follows.
    let any = !verb && c.tok() == Tok::Other && c.gap() && c.chars().count() <= VERB_CHARS_MAX;
    if any {
        c.bump();
    }
    c.zh(Zh::Of);
    let times = c.attempt(|c| {
        let num = c.num().filter(|num| num.form != Form::Ordinal && num.value > 0)?;
        c.zh(Zh::Times).then_some(Bound::Times(num.value))
    });
    let found = match times.filter(|_| !coming && !any) {
        Some(Bound::Times(1)) if !led && !limits => {
            // 起来走一次 is what is done each time.
            return verb.then_some((Bound::Each, false));
        }
        Some(times) => {
            // 5次会议 is a thing.
            (led || verb || apart(*c)).then_some(times)?
        }
        None => {
            let amount = length(c)?;
            (led || amount.is_dayly() && c.tok() == Tok::End).then_some(())?;
            c.zh(Zh::Inside);
            Bound::For(amount)
        }
    };
    c.zh(Zh::Ends);
    c.zh_of(&[Zh::Back, Zh::After]);
    if c.tok() == Tok::Other && ENDS.iter().any(|word| word.chars().eq(c.chars())) {
        c.bump();
    }
    Some((found, led || verb))
}

fn english(c: &mut Cursor) -> Option<(Bound, bool)> {
    if c.en(En::Twice) {
        return apart(*c).then_some((Bound::Times(2), false));
    }
    // `x5`.
    if c.tok() == Tok::Latin && c.chars().eq(['x']) && !c.gap_at(1) {
        c.bump();
        let num = c.num().filter(|num| num.value > 0)?;
        return apart(*c).then_some((Bound::Times(num.value), true));
    }
    let over = c.tok() == Tok::Latin && "over".chars().eq(c.chars());
    let word = c.en_of(&[En::For, En::During, En::Within, En::In]);
    if over {
        c.bump();
    }
    let led = over || word.is_some();
    if led {
        c.en(En::The);
    }
    let next = led && c.en_of(&[En::Next, En::Coming]).is_some();
    let times = c.attempt(|c| {
        let num = c.num().filter(|num| num.form != Form::Ordinal && num.value > 0)?;
        let times = c.en(En::Times) && !rate(*c);
        times.then_some(Bound::Times(num.value))
    });
    if let Some(times) = times {
        // `in all`, `in total`.
        c.attempt(|c| {
            c.en(En::In).then_some(())?;
            let total = c.tok() == Tok::Latin && "total".chars().eq(c.chars());
            (total || c.tok() == Tok::En(En::All)).then(|| c.bump())
        });
        return (led || apart(*c)).then_some((times, led));
    }
    let amount = match c.tok() {
        // `for the next week`.
        Tok::Unit(unit) if next => {
            c.bump();
            amount::of(1.0, unit)?
        }
        _ => length(c)?,
    };
    let ahead = word == Some(En::For) || next;
    let bare = !led && amount.is_dayly() && c.tok() == Tok::End;
    (ahead || bare).then_some((Bound::For(amount), led))
}

/// `a day` behind `3 times`.
fn rate(c: Cursor) -> bool {
    matches!(c.tok(), Tok::En(En::A | En::LoneA | En::Every | En::Each))
        || c.tok() == Tok::Latin && "per".chars().eq(c.chars())
}

/// A length that can be nothing else.
fn length(c: &mut Cursor) -> Option<Amount> {
    let amount = amount::read(c)?;
    (!amount.loose && !amount.is_zero()).then_some(amount)
}

fn apart(c: Cursor) -> bool {
    c.gap() || matches!(c.tok(), Tok::End | Tok::Break | Tok::Comma | Tok::Close)
}

/// Puts a bound to a recurrence that knows its times; `None` if it does not fit: 每周五, 连续3天.
pub fn put(ctx: &Context, every: &mut Recurrence, bound: Bound) -> Option<()> {
    let amount = match bound {
        Bound::Times(count) => {
            every.count = Some(count);
            return Some(());
        }
        Bound::Each => return Some(()),
        Bound::For(amount) => amount,
    };
    if amount.workdays > 0 {
        let daily = matches!(every.rule, Rule::Daily | Rule::Workdays) && every.interval == 1;
        daily.then_some(())?;
        every.rule = Rule::Workdays;
        every.count = u32::try_from(every.times.len().max(1)).ok()?.checked_mul(amount.workdays);
        return Some(());
    }
    let step_s = every.rule.seconds().unwrap_or(0);
    if !amount.is_dayly() {
        // 每10分钟持续1小时, or each occurrence lasts so long.
        if step_s > 0 {
            every.count = Some((amount.seconds / (step_s * every.interval.max(1))).max(1));
        } else {
            (every.times.len() == 1 && amount.seconds > 0).then_some(())?;
            every.duration_s = Some(amount.seconds).filter(|seconds| *seconds < 86_400);
            every.duration_s?;
        }
        return Some(());
    }
    let period = match &every.rule {
        Rule::Weekly(days) if days.len() < 2 => 7,
        Rule::Monthly(_) => 28,
        Rule::Yearly(..) => 365,
        Rule::Daily
        | Rule::Workdays
        | Rule::Weekly(_)
        | Rule::Cron(_)
        | Rule::Secondly
        | Rule::Minutely
        | Rule::Hourly => 1,
    };
    let whole = amount.months > 0 || amount.days >= period * every.interval.max(1) || step_s > 0;
    whole.then_some(())?;
    let first = first_day(ctx, every)?;
    let months = i32::try_from(amount.months).ok()?;
    let behind = plus_days(plus_months(first, months)?, amount.days.into())?;
    let last = behind.pred_opt()?;
    every.until = Some(every.until.map_or(last, |until| until.min(last)));
    Some(())
}

/// The day of the first occurrence; one without times is at nine.
fn first_day(ctx: &Context, every: &Recurrence) -> Option<chrono::NaiveDate> {
    let mut every = Recurrence { count: None, until: None, interval: 1, ..every.clone() };
    if every.times.is_empty() {
        every.times.extend(NaiveTime::from_hms_opt(9, 0, 0));
    }
    next::next(&every, ctx.at, ctx.calendar).map(|at| at.day(every.zone))
}
