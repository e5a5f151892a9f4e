//! `状态`: what is going on here, and what the platform lets the bot hear.

use super::report::REPORTS_MAX;
use super::subscribe::SUBSCRIPTIONS_MAX;
use crate::command::{Invocation, Role};
use crate::core::numbers::TASKS_MAX;
use crate::core::outbox::Unsent;
use crate::core::refusal::Refusal;
use crate::core::say;
use crate::core::say::sending::Sending;
use crate::core::say::status::Standing;
use crate::core::schedule::Plan;
use crate::core::tables::deadline_at;
use crate::core::tally::Tally;
use crate::core::turn::Turn;
use crate::core::undelivered::Undelivered;
use crate::core::{keep, rights};
use crate::model::report::Report;
use crate::model::source::Subscription;
use crate::model::task::{Task, TaskState};
use crate::store::Order;

/// Accounts that are told of; nobody has more.
const ACCOUNTS_MAX: usize = 32;
/// Messages that are counted; beyond it there are "so many or more".
const WAITING_MAX: usize = 5_000;
/// Words behind it that ask how sending goes.
const SENDING: [&str; 3] = ["发送", "sending", "delivery"];

/// Tells how things stand.
pub fn run(turn: &mut Turn, invocation: &Invocation) -> Result<(), Refusal> {
    let asked = invocation.args.content.trim();
    if SENDING.iter().any(|word| word.eq_ignore_ascii_case(asked)) {
        return sending(turn);
    }
    if !asked.is_empty() {
        return Err(Refusal::NotUnderstood { word: "status".into(), part: asked.into() });
    }
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

/// Tells admins what was sent, what waits and what failed: numbers only, of all conversations.
fn sending(turn: &mut Turn) -> Result<(), Refusal> {
    if !rights::has(turn, Role::Admin, None) {
        return Err(Refusal::NotAllowed { needs: Role::Admin });
    }
    let tallies = turn.everywhere::<Tally>(ACCOUNTS_MAX).into_iter().map(|(_, t)| t).collect();
    let mut sending = Sending { tallies, ..Sending::default() };
    for (_, row) in turn.everywhere::<Unsent>(WAITING_MAX) {
        let waiting = &mut sending.waiting[row.card.lane as usize];
        waiting.0 += 1;
        waiting.1 += usize::from(row.doubts > 0);
    }
    sending.undelivered = turn.everywhere::<Undelivered>(WAITING_MAX).len();
    sending.most = WAITING_MAX;
    let card = say::sending::card(&turn.voice(), &sending);
    turn.say(card);
    Ok(())
}
