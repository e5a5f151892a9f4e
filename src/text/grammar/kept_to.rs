//! The days to which what repeats is kept: 工作日每隔2小时, `every hour on weekdays`, 每天9点 仅工作日.

use chrono::Weekday;

use super::cursor::Cursor;
use super::zh_list;
use crate::model::Recurrence;
use crate::model::recurrence::{OffDays, Rule};
use crate::text::lex::{En, Tok, Unit, Zh};
use crate::text::weekday::{WEEKDAYS, in_order};

const WEEKEND: [Weekday; 2] = [Weekday::Sat, Weekday::Sun];

/// Chinese words before the days.
const ONLY: [&str; 6] = ["仅", "只", "只在", "仅限", "限", "仅在"];

/// The days.
enum Days {
    Each,
    Workdays,
    Of(Vec<Weekday>),
}

/// Eats the days, and keeps a recurrence to them that comes each day, or within the day.
pub fn kept_to(c: &mut Cursor, every: &mut Recurrence) -> Option<()> {
    let spelt = |c: Cursor, word: &str| word.chars().eq(c.chars());
    let daily = every.rule == Rule::Daily && every.interval <= 1;
    (daily || every.rule.seconds().is_some()).then_some(())?;
    let only = c.en(En::Only) || {
        let only = c.tok() == Tok::Other && ONLY.iter().any(|word| spelt(*c, word));
        only.then(|| c.bump()).is_some()
    };
    c.zh(Zh::In);
    c.en_of(&[En::On, En::During]);
    let each = c.zh(Zh::Every) || c.en_of(&[En::Every, En::Each]).is_some();
    c.zh(Zh::Piece);
    let days = match c.tok() {
        Tok::Unit(Unit::Day) if each => bumped(c, Days::Each),
        Tok::En(En::Daily) => bumped(c, Days::Each),
        Tok::Unit(Unit::Workday) => bumped(c, Days::Workdays),
        Tok::En(En::Weekday) => bumped(c, Days::Of(WEEKDAYS.to_vec())),
        Tok::En(En::Business) if c.peek(1) == Tok::Unit(Unit::Day) => {
            c.bump();
            bumped(c, Days::Workdays)
        }
        Tok::Unit(Unit::Weekend) => bumped(c, Days::Of(WEEKEND.to_vec())),
        Tok::Zh(Zh::Week) => {
            c.bump();
            Days::Of(zh_list::list(c)?)
        }
        Tok::Weekday(..) if c.is_latin() => Days::Of(weekdays(c)?),
        _ => return None,
    };
    c.zh(Zh::Inside);
    c.en(En::Only);
    put(every, days, daily, only || each)
}

fn bumped(c: &mut Cursor, days: Days) -> Days {
    c.bump();
    days
}

/// `Mon, Wed and Fri`, `mon to fri`.
fn weekdays(c: &mut Cursor) -> Option<Vec<Weekday>> {
    let mut days = Vec::new();
    let mut to = false;
    while let Tok::Weekday(day, _) = c.tok() {
        if let (true, Some(first)) = (to, days.last().copied()) {
            let mut at: Weekday = first;
            while at != day {
                at = at.succ();
                days.push(at);
            }
        } else {
            days.push(day);
        }
        c.bump();
        let more = c.attempt(|c| {
            let to = c.en_of(&[En::To, En::Through]).is_some() || c.eat(Tok::Dash);
            let and = to || c.eat(Tok::Comma) | c.en(En::And);
            (and && matches!(c.tok(), Tok::Weekday(..))).then_some(to)
        });
        let Some(more) = more else { break };
        to = more;
    }
    Some(in_order(days))
}

/// A day beside one that comes each day is another date, unless it is said to be all there are.
fn put(every: &mut Recurrence, days: Days, daily: bool, sure: bool) -> Option<()> {
    match days {
        Days::Each => {}
        Days::Workdays if daily => every.rule = Rule::Workdays,
        Days::Workdays => every.off_days = OffDays::Skip,
        Days::Of(days) if daily => {
            (sure || days.len() > 1).then_some(())?;
            every.rule = Rule::Weekly(days);
        }
        Days::Of(days) => {
            let all = (0..7).filter_map(|n| Weekday::try_from(n).ok());
            every.except.extend(all.filter(|day| !days.contains(day)));
            every.except = in_order(std::mem::take(&mut every.except));
        }
    }
    Some(())
}
