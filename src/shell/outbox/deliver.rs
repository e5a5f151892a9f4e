//! One attempt to deliver one message: render, call, interpret; the other way when one is closed, a
//! new token once.

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

/// What delivering needs.
pub struct Deliver {
    /// Calls platforms.
    pub transport: Transport,
    /// Shows the lines of the playground.
    pub pages: Arc<Hub>,
    /// What time it is.
    pub clock: Arc<Clock>,
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

    /// One attempt at the part that comes next. Never answers `Moved` or `TokenExpired` unless that came twice.
    pub async fn attempt(
        &self,
        account: &Account,
        key: &Key,
        row: &Unsent,
    ) -> Result<Attempted, NoRoom> {
        let mut reply = row.reply.as_ref();
        let mut renewed = false;
        let idempotency_key = &name(key);
        loop {
            let (target, begun) = (&row.target, row.parts > 0);
            let route = Route { target, reply, robot: false, begun, idempotency_key };
            let now = self.clock.now();
            let calls = guarded(|| account.platform.render(&row.card, &route, now));
            let mut calls = calls.map(|calls| calls.into_iter().skip(usize::from(row.parts)));
            let (outcome, more) = match calls.as_mut().map(|calls| (calls.next(), calls.len())) {
                Some((Some(call), left)) => (self.call(account, key, row, call).await?, left > 0),
                Some((None, _)) => (refused("the platform has no way there"), false),
                None => (refused("rendering panicked"), false),
            };
            match outcome {
                SendOutcome::Moved if reply.is_some() => reply = None,
                SendOutcome::TokenExpired if !renewed => {
                    self.transport.drop_token(account).await;
                    renewed = true;
                }
                SendOutcome::Sent { .. }
                | SendOutcome::RetryAfter { .. }
                | SendOutcome::Moved
                | SendOutcome::Refused { .. }
                | SendOutcome::TokenExpired
                | SendOutcome::Unclear { .. } => return Ok(Attempted { outcome, more }),
            }
        }
    }

    async fn call(
        &self,
        account: &Account,
        key: &Key,
        row: &Unsent,
        call: Call,
    ) -> Result<SendOutcome, NoRoom> {
        match call {
            Call::Http(call) => match self.room(account, key, row, &call)? {
                Some(refused) => Ok(refused),
                None => Ok(self.http(account, call).await),
            },
            Call::Page(page) => {
                self.pages.publish(Said::by_bot(page, row.created_at));
                Ok(SendOutcome::Sent { id: None })
            }
        }
    }

    /// Takes the call's place in the account's budgets; an outcome if there will be none. The
    /// budgets are of the account's API; a reply route is bound to its conversation and has none.
    fn room(
        &self,
        account: &Account,
        key: &Key,
        row: &Unsent,
        call: &HttpCall,
    ) -> Result<Option<SendOutcome>, NoRoom> {
        if call.token == TokenUse::None {
            return Ok(None);
        }
        match account.gate.take(outbox::target(key), row, self.clock.now()) {
            Ok(()) => Ok(None),
            Err(Full::Account | Full::Target(_)) => Err(NoRoom),
            Err(Full::Month) => Ok(Some(refused("the quota of the month is used up"))),
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
