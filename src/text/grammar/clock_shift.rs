//! So long before or behind a clock time: 下班前半小时, 9点前10分钟, `half an hour before EOD`. Knows no
//! days.

use super::amount;
use super::cursor::Cursor;
use super::draft::Amount;
use crate::text::clock::Clock;
use crate::text::lex::{En, Zh};

/// Minutes of a day.
const DAY: i64 = 24 * 60;

/// Eats 前半小时 behind a clock time; the time it makes.
pub fn behind(c: &mut Cursor, clock: Clock) -> Option<Clock> {
    c.attempt(|c| {
        let word = c.zh_of(&[Zh::Front, Zh::Before, Zh::Back, Zh::After])?;
        c.zh(Zh::Of);
        let amount = amount::read(c).filter(is_short)?;
        // 9点前2小时内 is a stretch.
        let inside = c.sees(|c| c.zh(Zh::Inside).then_some(()));
        let back = matches!(word, Zh::Front | Zh::Before);
        (!inside).then(|| moved(clock, amount, back))?
    })
}

/// Eats `half an hour before`, and the time by `read`.
pub fn before(c: &mut Cursor, read: impl FnOnce(&mut Cursor) -> Option<Clock>) -> Option<Clock> {
    let amount = amount::read(c).filter(is_short)?;
    let back = c.en_of(&[En::Before, En::After])? == En::Before;
    moved(read(c)?, amount, back)
}

/// Hours and minutes that can be nothing else.
fn is_short(amount: &Amount) -> bool {
    let seconds = amount.seconds;
    let plain = amount.days == 0 && amount.months == 0 && amount.workdays == 0;
    plain && !amount.loose && seconds > 0 && seconds.is_multiple_of(60) && seconds < 12 * 3_600
}

/// So many minutes earlier on the same day.
pub fn earlier(clock: Clock, minutes: u32) -> Option<Clock> {
    moved(clock, Amount { seconds: minutes * 60, ..Amount::default() }, true)
}

/// A time so much earlier or later on the same day; half of the day as it was written.
fn moved(clock: Clock, amount: Amount, back: bool) -> Option<Clock> {
    let minutes = i64::from(amount.seconds) / 60;
    let at = i64::from(clock.hour) * 60 + i64::from(clock.minute);
    let mut to = if back { at - minutes } else { at + minutes };
    // 1点前10分钟 is 12:50.
    if to < 60 && !clock.exact && (1..12).contains(&clock.hour) {
        to += DAY / 2;
    }
    let time = u32::try_from(to).ok().filter(|_| to < DAY)?;
    Some(Clock { hour: time / 60, minute: time % 60, ..clock })
}
