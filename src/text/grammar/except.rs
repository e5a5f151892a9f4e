//! The days a recurrence leaves out: 周末除外, 除了周三, `except weekends`, `but not on Fridays`; and the
//! hours it keeps to: 工作时间内, `during work hours`.

use chrono::{NaiveTime, Weekday};

use super::cursor::Cursor;
use crate::model::Recurrence;
use crate::model::recurrence::{OffDays, Rule};
use crate::text::lex::{En, Tok, Unit, Zh};
use crate::text::weekday::{WEEKDAYS, in_order};

/// Behind days, these say that it does not come then.
const NOT_THEN: [&str; 13] = [
    "不用",
    "不用提醒",
    "不提醒",
    "不发",
    "不要",
    "不要提醒",
    "不需要",
    "不打扰",
    "休息",
    "不必",
    "别提醒",
    "不需要提醒",
    "不响",
];

/// 放假不用, in one word.
const HOLIDAYS: [&str; 4] = ["放假时", "放假的时候", "放假", "休假"];

/// English words that leave out the days behind them.
const NOT_ON: [&str; 7] = ["not", "no", "without", "skip", "skipping", "excluding", "minus"];

/// What is left out.
pub struct LeftOut {
    days: Vec<Weekday>,
    off_days: Option<OffDays>,
}

impl LeftOut {
    /// Leaves it out of a recurrence as well.
    pub fn put(self, every: &mut Recurrence) {
        every.except.extend(self.days);
        every.except = in_order(std::mem::take(&mut every.except));
        every.off_days = self.off_days.unwrap_or(every.off_days);
    }
}

/// Eats days that are left out.
pub fn left_out(c: &mut Cursor) -> Option<LeftOut> {
    if let Some(found) = c.attempt(holidays_not) {
        return Some(found);
    }
    let led = leads(c);
    let found = list(c)?;
    let tail = tail(c);
    (led || tail).then_some(found)
}

/// Whether words stand here that leave out a day, whichever; they are eaten, the day is not.
pub fn leads(c: &mut Cursor) -> bool {
    let word = |c: &mut Cursor, word: &str| {
        let there = c.tok() == Tok::Latin && word.chars().eq(c.chars());
        there.then(|| c.bump()).is_some()
    };
    if c.zh_of(&[Zh::Without, Zh::SkipOver]).is_some() {
        return true;
    }
    let led = c.en(En::Except) && {
        c.en(En::For);
        true
    } || c.attempt(|c| (word(c, "apart") && c.en(En::From)).then_some(())).is_some()
        || c.attempt(|c| (c.en(En::Other) && word(c, "than")).then_some(())).is_some()
        || {
            let but = word(c, "but");
            NOT_ON.iter().any(|not| word(c, not)) || but && c.en(En::Except)
        };
    if led {
        c.en_of(&[En::On, En::During, En::In]);
        c.en_of(&[En::The, En::All]);
    }
    led
}

fn list(c: &mut Cursor) -> Option<LeftOut> {
    let mut found = LeftOut { days: Vec::new(), off_days: None };
    loop {
        match c.tok() {
            Tok::Unit(Unit::Weekend) => found.days.extend([Weekday::Sat, Weekday::Sun]),
            Tok::En(En::Weekday) => found.days.extend(WEEKDAYS),
            Tok::Zh(Zh::Holidays) | Tok::En(En::Holidays) => found.off_days = Some(OffDays::Skip),
            Tok::Weekday(day, _) => found.days.push(day),
            Tok::Other if c.sees(|c| on_holidays(c)) => {
                on_holidays(c);
                found.off_days = Some(OffDays::Skip);
                return Some(found);
            }
            Tok::Zh(Zh::Week) if matches!(c.peek(1), Tok::Weekday(..)) => {}
            // Public holidays, bank holidays.
            Tok::Latin if c.peek(1) == Tok::En(En::Holidays) => {}
            Tok::Zh(Zh::And) | Tok::Pause | Tok::En(En::And) | Tok::Comma
                if (!found.days.is_empty() || found.off_days.is_some()) && names(c.peek(1)) => {}
            _ => break,
        }
        c.bump();
    }
    (!found.days.is_empty() || found.off_days.is_some()).then_some(found)
}

/// Eats 放假 that 除外 follows.
fn on_holidays(c: &mut Cursor) -> Option<()> {
    let said = HOLIDAYS.iter().any(|word| word.chars().eq(c.chars()));
    said.then(|| c.bump())?;
    matches!(c.tok(), Tok::Zh(Zh::Except | Zh::SkipOver)).then_some(())
}

/// Eats 放假不用 in one word.
fn holidays_not(c: &mut Cursor) -> Option<LeftOut> {
    let word: String = if c.tok() == Tok::Other { c.chars().collect() } else { return None };
    let rest = HOLIDAYS.iter().find_map(|holidays| word.strip_prefix(holidays))?;
    let rest = rest.trim_start_matches(['就', '则', '都', '也']).trim_end_matches(ENDS);
    NOT_THEN.contains(&rest).then(|| c.bump())?;
    Some(LeftOut { days: Vec::new(), off_days: Some(OffDays::Skip) })
}

fn names(tok: Tok) -> bool {
    matches!(
        tok,
        Tok::Weekday(..)
            | Tok::Unit(Unit::Weekend)
            | Tok::En(En::Weekday | En::Holidays)
            | Tok::Zh(Zh::Week | Zh::Holidays)
    )
}

/// 除外, 不提醒, `excluded` behind the days; whether it was there.
fn tail(c: &mut Cursor) -> bool {
    if c.zh_of(&[Zh::Except, Zh::SkipOver, Zh::Without]).is_some() {
        return true;
    }
    let spelt = |word: &str| word.chars().eq(c.chars());
    let said = c.tok() == Tok::Other && spelt("外") || c.tok() == Tok::Latin && spelt("excluded");
    if said {
        c.bump();
    }
    said || not_then(c)
}

/// Eats 不用, 就不提醒了 behind days.
pub fn not_then(c: &mut Cursor) -> bool {
    let word: String = if c.tok() == Tok::Other { c.chars().collect() } else { return false };
    let word = word.trim_start_matches(['就', '则', '都', '也']).trim_end_matches(ENDS);
    let said = NOT_THEN.contains(&word);
    if said {
        c.bump();
    }
    said
}

/// Behind those words, these add nothing.
const ENDS: [char; 6] = ['了', '吧', '哦', '啊', '我', '的'];

/// 工作时间内, `during work hours`: what repeats within the day keeps to the working hours of working
/// days.
pub fn work_hours(c: &mut Cursor, every: &mut Recurrence) -> Option<()> {
    if c.zh(Zh::WorkHours) {
        c.zh(Zh::Inside);
    } else {
        c.en(En::Only);
        c.en_of(&[En::During, En::Within, En::In]);
        c.en(En::The);
        let office = c.tok() == Tok::Latin && "office".chars().eq(c.chars());
        let named = c.tok() == Tok::En(En::Business) || office;
        named.then(|| c.bump())?;
        c.eat(Tok::Unit(Unit::Hour)).then_some(())?;
    }
    if !matches!(every.rule, Rule::Secondly | Rule::Minutely | Rule::Hourly) {
        return None;
    }
    let work = c.work();
    // Over midnight they go on to the end of the day.
    let end = if work.from < work.to { work.to } else { NaiveTime::from_hms_opt(23, 59, 0)? };
    every.window = Some((work.from, end));
    every.off_days = OffDays::Skip;
    Some(())
}
