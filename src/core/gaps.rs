//! What the archive lacks: messages that came while recording was off are counted, and nothing else
//! of them is known.

use super::turn::Turn;
use crate::model::Timestamp;
use crate::model::gap::Gap;
use crate::store::Order;

/// Most gaps that are looked through: a day each.
const GAPS_MAX: usize = 400;

/// Whether what is said is recorded here.
pub fn records(turn: &Turn) -> bool {
    turn.preferences.unrecorded_since.is_none()
}

/// Counts a message that is not to be recorded. The journal keeps nothing of it either.
pub fn count(turn: &mut Turn) {
    let (Some(since), now, day) = (turn.preferences.unrecorded_since, turn.now(), turn.today())
    else {
        return;
    };
    turn.draft.confidential = true;
    let last = turn.list::<Gap>(1, Order::Down).into_iter().next();
    let goes_on = last.filter(|(_, gap)| gap.since == since && gap.day == day);
    let (number, gap) = match goes_on {
        Some((number, gap)) => {
            (number, Gap { last: now, count: gap.count.saturating_add(1), ..gap })
        }
        None => (turn.next_number::<Gap>(), Gap { day, since, first: now, last: now, count: 1 }),
    };
    turn.put(number, &gap);
}

/// All that is missing of a stretch of time, as one gap; `None` where nothing is known to be.
pub fn within(turn: &mut Turn, from: Option<Timestamp>, to: Option<Timestamp>) -> Option<Gap> {
    let gaps = turn.list::<Gap>(GAPS_MAX, Order::Down).into_iter().map(|(_, gap)| gap);
    let within = gaps.filter(|gap| {
        from.is_none_or(|from| gap.last >= from) && to.is_none_or(|to| gap.first < to)
    });
    within.reduce(|later, earlier| Gap {
        first: earlier.first,
        count: later.count.saturating_add(earlier.count),
        ..later
    })
}
