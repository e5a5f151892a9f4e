//! One attempt to deliver one message: render, call, interpret; the other way when one is closed, a
//! new token once.

use std::collections::HashMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex};

use crate::core::outbox::{self, Unsent};
use crate::platform::{Call, HttpCall, Route, SendOutcome, TokenUse};
use crate::shell::accounts::Account;
use crate::shell::bell::lock;
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
    /// Calls that a message of several is through with, so that another attempt does not repeat
    /// them. In memory only, and only for messages between attempts: never more than there are
    /// rows.
    begun: Mutex<HashMap<Key, usize>>,
}

/// The budget was taken by others meanwhile: nothing was sent, and the message is to ask again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoRoom;

impl Deliver {
    /// With nothing begun.
    pub fn new(transport: Transport, pages: Arc<Hub>, clock: Arc<Clock>) -> Self {
        Self { transport, pages, clock, begun: Mutex::default() }
    }

    /// One attempt. Never answers `Moved` or `TokenExpired` unless that came twice.
    pub async fn attempt(
        &self,
        account: &Account,
        key: &Key,
        row: &Unsent,
    ) -> Result<SendOutcome, NoRoom> {
        let mut reply = row.reply.as_ref();
        let mut renewed = false;
        let idempotency_key = &name(key);
        loop {
            let route = Route { target: &row.target, reply, idempotency_key };
            let now = self.clock.now();
            let calls = guarded(|| account.platform.render(&row.card, &route, now));
            let outcome = match calls {
                Some(calls) if calls.is_empty() => refused("the platform has no way there"),
                Some(calls) => self.calls(account, key, row, calls).await?,
                None => refused("rendering panicked"),
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
                | SendOutcome::Unclear { .. } => return Ok(outcome),
            }
        }
    }

    /// The message is over: what was remembered of it is dropped.
    pub fn forget(&self, key: &Key) {
        let mut begun = lock(&self.begun);
        if !begun.is_empty() {
            begun.remove(key);
        }
    }

    async fn calls(
        &self,
        account: &Account,
        key: &Key,
        row: &Unsent,
        calls: Vec<Call>,
    ) -> Result<SendOutcome, NoRoom> {
        let several = calls.len() > 1;
        let done = if several { lock(&self.begun).get(key).copied() } else { None }.unwrap_or(0);
        let mut last = SendOutcome::Sent { id: None };
        for (n, call) in calls.into_iter().enumerate().skip(done) {
            last = match call {
                Call::Http(call) => match self.room(account, key, row, &call)? {
                    Some(refused) => refused,
                    None => self.http(account, call).await,
                },
                Call::Page(page) => {
                    self.pages.publish(Said::by_bot(page, row.created_at));
                    SendOutcome::Sent { id: None }
                }
            };
            if !matches!(last, SendOutcome::Sent { .. }) {
                break;
            }
            if several {
                lock(&self.begun).insert(key.clone(), n + 1);
            }
        }
        Ok(last)
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
