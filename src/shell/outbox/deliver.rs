//! One attempt to deliver one message: render, call, interpret; the next way when one is surely
//! closed, a new token once.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use crate::core::outbox::{self, Unsent};
use crate::platform::{Call, HttpCall, Route, SendOutcome, TokenUse};
use crate::shell::accounts::Account;
use crate::shell::clock::Clock;
use crate::shell::gate::Full;
use crate::shell::transport::{CallEnd, Transport};
use crate::shell::web::{Hub, Said};
use crate::store::Key;

/// A custom robot that asks for a pause this long, in ms, had more than its minute's worth.
const TOO_MUCH_MS: u64 = 60_000;

/// What delivering needs.
pub struct Deliver {
    /// Calls platforms.
    pub transport: Transport,
    /// Shows the lines of the playground.
    pub pages: Arc<Hub>,
    /// What time it is.
    pub clock: Arc<Clock>,
}

/// The ways of a message, in the order in which they are tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    /// The address that came with the event.
    Reply,
    /// The account's API.
    Api,
    /// A robot that stands in the conversation.
    Robot,
}

fn is_api(call: &Call) -> bool {
    matches!(call, Call::Http(call) if call.token != TokenUse::None)
}

/// What came of an attempt.
#[derive(Debug, PartialEq)]
pub struct Attempted {
    /// Of the call that was made.
    pub outcome: SendOutcome,
    /// The message has more parts behind the one that was sent.
    pub more: bool,
}

/// The budget was taken by others meanwhile: nothing was sent, and the message is to ask again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoRoom;

impl Deliver {
    /// With these.
    pub fn new(transport: Transport, pages: Arc<Hub>, clock: Arc<Clock>) -> Self {
        Self { transport, pages, clock }
    }

    /// One attempt at the part that comes next, by each way that is open. Answers `TokenExpired`
    /// only if that came twice.
    pub async fn attempt(
        &self,
        account: &Account,
        key: &Key,
        row: &Unsent,
    ) -> Result<Attempted, NoRoom> {
        let (mut way, mut renewed) = (Way::Reply, false);
        let mut before =
            Attempted { outcome: refused("the platform has no way there"), more: false };
        let idempotency_key = &name(key);
        loop {
            let reply = row.reply.as_ref().filter(|_| way == Way::Reply);
            let (target, begun, robot) = (&row.target, row.parts > 0, way == Way::Robot);
            let route = Route { target, reply, robot, begun, idempotency_key };
            let now = self.clock.now();
            let calls = guarded(|| account.platform.render(&row.card, &route, now));
            let Some(calls) = calls else {
                return Ok(Attempted { outcome: refused("rendering panicked"), more: false });
            };
            let mut calls = calls.into_iter().skip(usize::from(row.parts));
            // No such way: what came of the one before stands.
            let Some(call) = calls.next() else { return Ok(before) };
            // A reply route that is over is none.
            if way == Way::Reply && is_api(&call) {
                way = Way::Api;
            }
            let outcome = self.call(account, key, row, call, way).await?;
            let attempted = Attempted { outcome, more: calls.len() > 0 };
            match (&attempted.outcome, way) {
                // Surely not there: only then may another way be tried.
                (SendOutcome::Moved | SendOutcome::Refused { .. }, Way::Reply) => way = Way::Api,
                (SendOutcome::Moved | SendOutcome::Refused { .. }, Way::Api) => way = Way::Robot,
                (SendOutcome::TokenExpired, _) if !renewed => {
                    self.transport.drop_token(account).await;
                    renewed = true;
                }
                (
                    SendOutcome::Sent { .. }
                    | SendOutcome::RetryAfter { .. }
                    | SendOutcome::Moved
                    | SendOutcome::Refused { .. }
                    | SendOutcome::TokenExpired
                    | SendOutcome::Unclear { .. },
                    _,
                ) => return Ok(attempted),
            }
            before = attempted;
        }
    }

    async fn call(
        &self,
        account: &Account,
        key: &Key,
        row: &Unsent,
        call: Call,
        way: Way,
    ) -> Result<SendOutcome, NoRoom> {
        match call {
            Call::Http(call) => match self.room(account, key, row, way)? {
                Some(not_now) => Ok(not_now),
                None => {
                    let outcome = self.http(account, call).await;
                    let too_much = matches!(
                        outcome,
                        SendOutcome::RetryAfter { delay_ms } if delay_ms >= TOO_MUCH_MS
                    );
                    if way == Way::Robot && too_much {
                        account.gate.shut_robot(self.clock.now());
                    }
                    Ok(outcome)
                }
            },
            Call::Page(page) => {
                self.pages.publish(Said::by_bot(page, row.created_at));
                Ok(SendOutcome::Sent { id: None })
            }
        }
    }

    /// Takes the call's place in the budgets of its way; an outcome if there is none. A reply route
    /// is bound to its conversation and has none.
    fn room(
        &self,
        account: &Account,
        key: &Key,
        row: &Unsent,
        way: Way,
    ) -> Result<Option<SendOutcome>, NoRoom> {
        let now = self.clock.now();
        match way {
            Way::Reply => Ok(None),
            Way::Robot => Ok(account.gate.take_robot(row.card.lane, now).err().map(|until| {
                let delay_ms = u64::try_from(until.0 - now.0).unwrap_or(0);
                SendOutcome::RetryAfter { delay_ms }
            })),
            Way::Api => match account.gate.take(outbox::target(key), row, now) {
                Ok(()) => Ok(None),
                Err(Full::Account | Full::Target(_)) => Err(NoRoom),
                Err(Full::Month) => Ok(Some(refused("the quota of the month is used up"))),
            },
        }
    }

    async fn http(&self, account: &Account, call: HttpCall) -> SendOutcome {
        let end = self.transport.call(account, call).await;
        if end.is_answered() {
            account.gate.answered();
        } else if account.gate.failed(self.clock.now()) {
            let name = &account.name;
            tracing::warn!(account = name, "the platform of {name} is down: sending is paused");
        }
        match end {
            CallEnd::Reply(reply) => guarded(|| account.platform.interpret(&reply))
                .unwrap_or_else(|| refused("reading the answer panicked")),
            CallEnd::NotMade(why) | CallEnd::Unreachable(why) => {
                tracing::warn!(account = account.name, why, "a call could not be made: {why}");
                SendOutcome::RetryAfter { delay_ms: 0 }
            }
            CallEnd::NoAnswer(why) => SendOutcome::Unclear { why: why.into() },
        }
    }
}

/// Platforms are pure: a panic in one leaves nothing behind but this message.
fn guarded<T>(pure: impl FnOnce() -> T) -> Option<T> {
    catch_unwind(AssertUnwindSafe(pure)).ok()
}

/// A key in hex.
fn name(key: &Key) -> String {
    let mut digits = vec![0; 2 * key.0.len()];
    // There is room for all digits, and they are ASCII.
    let _ = hex::encode_to_slice(&key.0, &mut digits);
    String::from_utf8(digits).unwrap_or_default()
}

fn refused(why: &str) -> SendOutcome {
    SendOutcome::Refused { why: why.into() }
}
