//! `状态`: what is going on here, and what the platform lets the bot hear.

use super::report::REPORTS_MAX;
use super::subscribe::SUBSCRIPTIONS_MAX;
use crate::command::Invocation;
use crate::core::keep;
use crate::core::numbers::TASKS_MAX;
use crate::core::refusal::Refusal;
use crate::core::say;
use crate::core::say::status::Standing;
use crate::core::schedule::Plan;
use crate::core::tables::deadline_at;
use crate::core::turn::Turn;
use crate::model::report::Report;
use crate::model::source::Subscription;
use crate::model::task::{Task, TaskState};
use crate::store::Order;

/// Tells how things stand.
pub fn run(turn: &mut Turn, _: &Invocation) -> Result<(), Refusal> {
    let now = turn.now();
    let open = |t: &Task| t.state == TaskState::Open;
    let reference = turn.reference();
    let late = |t: &Task| t.due.is_some_and(|due| deadline_at(due, reference) < now);
    let tasks: Vec<(u32, Task)> =
        turn.list::<Task>(TASKS_MAX, Order::Down).into_iter().filter(|(_, t)| open(t)).collect();
    let subscriptions = turn.list::<Subscription>(SUBSCRIPTIONS_MAX, Order::Up);
    let reports = turn.list::<Report>(REPORTS_MAX, Order::Up);
    let standing = Standing {
        open: tasks.len(),
        late: tasks.iter().filter(|(_, t)| late(t)).count(),
        rules: keep::enabled(turn).len(),
        subscriptions: subscriptions.iter().filter(|(_, s)| s.enabled).count(),
        next_report: reports
            .iter()
            .filter_map(|(_, r)| Plan::of_report(r, turn.calendar()).runs().next())
            .min(),
        hears_all: turn.capabilities().is_none_or(|c| c.hears_all),
    };
    let card = say::status::standing(&turn.voice(), &standing);
    turn.say(card);
    Ok(())
}
