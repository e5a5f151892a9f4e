//! The numbers of a conversation's day, from its counters and its open tasks.

use super::outage;
use super::tables::{Count, counter_rest, deadline_at};
use super::turn::Turn;
use crate::model::Timestamp;
use crate::model::report::Counted;
use crate::model::task::{Deadline, Task, TaskState};
use crate::store::Order;

/// The numbers of a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Numbers {
    /// Messages heard.
    pub messages: i64,
    /// Tasks finished.
    pub done: i64,
    /// Open tasks whose deadline is that day and not over.
    pub due: i64,
    /// Open tasks whose deadline is over.
    pub overdue: i64,
    /// Keyword hits.
    pub hits: i64,
    /// Alerts.
    pub alerts: i64,
    /// Messages that came while nothing was recorded.
    pub unrecorded: i64,
    /// Minutes in which the bot did not run.
    pub down: i64,
}

/// Most tasks of a conversation that are looked through for a list or a number.
pub const TASKS_MAX: usize = 2_000;

/// The numbers of the day of `at`, as they stand at `at`.
pub fn of_day(turn: &mut Turn, at: Timestamp) -> Numbers {
    let zone = turn.zone();
    let day = at.day(zone);
    let begin = Timestamp::from_local(day.and_hms_opt(0, 0, 0).unwrap_or_default(), zone);
    let down = outage::within(turn, Some(begin), Some(at)).ms / 60_000;
    let mut count =
        |kind| turn.get_at::<Count>(&counter_rest(day, kind)).map_or(0, |c: Count| c.count);
    let mut numbers = Numbers {
        messages: count(Counted::Messages),
        done: count(Counted::TasksDone),
        hits: count(Counted::KeywordHits),
        alerts: count(Counted::Alerts),
        unrecorded: count(Counted::Unrecorded),
        down,
        ..Numbers::default()
    };
    let open = |t: &Task| t.state == TaskState::Open;
    for (_, task) in turn.list::<Task>(TASKS_MAX, Order::Down).into_iter().filter(|(_, t)| open(t))
    {
        let Some(due) = task.due else { continue };
        let (last, last_day) = match due {
            Deadline::At(at) => (at, at.day(zone)),
            Deadline::On(of) => (deadline_at(due, turn.reference()), of),
        };
        // Its last moment is still in time.
        if last < at {
            numbers.overdue += 1;
        } else if last_day == day {
            numbers.due += 1;
        }
    }
    numbers
}
