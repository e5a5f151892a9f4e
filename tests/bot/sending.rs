//! Sends what waits, as the outbox does, to a platform that answers as a test wants.

use steward::core::outbox::Unsent;
use steward::model::event::SendFailed;
use steward::model::{Cause, Event, Scope, Timestamp};
use steward::platform::SendOutcome;
use steward::shell::outbox::plan;
use steward::store::{Commit, Fault, Key, Order, ScopeHash, table};

use super::{Bot, Said, TURNS_MAX};

/// What the platform makes of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// It is shown, and the bot learns so.
    Shown,
    /// It is shown, and the answer is lost.
    ShownUnknown,
    /// It is lost, and so is the answer.
    LostUnknown,
    /// Not now.
    Busy,
}

impl Bot {
    /// Sends what waits for a scope, in order, as the outbox does: each attempt is on record before
    /// it is made, and removed once its outcome is known.
    pub fn send(&mut self, scope: &Scope) -> Result<(), Fault> {
        let hash = self.keys.scope(scope);
        // The pause before a second attempt is over: nothing else depends on the instant.
        let now = self.now.plus_ms(1);
        let mut rows = self.view().list::<Unsent>(hash, TURNS_MAX, Order::Up)?;
        while let plan::Next::Go(n) = plan::next(rows.iter().map(|(_, row)| row), now, |_| Ok(())) {
            let (key, unsent) = rows.remove(n);
            if let Some(again) = self.attempt(&key, unsent, now)? {
                rows.insert(n, (key, again));
            }
        }
        Ok(())
    }

    /// One attempt at a message: the message as it waits for another, if it does.
    fn attempt(
        &mut self,
        key: &Key,
        mut unsent: Unsent,
        now: Timestamp,
    ) -> Result<Option<Unsent>, Fault> {
        if plan::is_expired(&unsent, now) {
            self.expired.insert(key.clone());
            self.write(key, None)?;
            return Ok(None);
        }
        if unsent.doubts > plan::DOUBTS_MAX {
            return self.give_up(key, &unsent).map(|()| None);
        }
        if plan::is_waiting(&unsent) {
            unsent = plan::begun(&unsent);
            self.write(key, Some(table::encode(&unsent)))?;
        }
        let answer = self.answers.as_mut().map_or(Answer::Shown, |answers| answers());
        if matches!(answer, Answer::Shown | Answer::ShownUnknown) {
            let (target, card) = (unsent.target.clone(), unsent.card.clone());
            let in_doubt = unsent.doubts > 0;
            self.said.push(Said { target, key: key.clone(), in_doubt, card });
        }
        let outcome = match answer {
            Answer::Shown => SendOutcome::Sent { id: None },
            Answer::ShownUnknown | Answer::LostUnknown => {
                SendOutcome::Unclear { why: "no answer".into() }
            }
            Answer::Busy => SendOutcome::RetryAfter { delay_ms: 1000 },
        };
        match plan::after(outcome, &unsent, now, 0) {
            plan::After::Done => self.write(key, None).map(|()| None),
            plan::After::Again(again) => {
                self.write(key, Some(table::encode(&*again)))?;
                Ok(Some(*again))
            }
            plan::After::Failed(..) => self.give_up(key, &unsent).map(|()| None),
        }
    }

    /// What the outbox does with what a former process left: begun attempts are in doubt from now
    /// on, then everything is sent that may go.
    pub fn send_left(&mut self) -> Result<(), Fault> {
        for (key, unsent) in self.all::<Unsent>() {
            if let Some(found) = plan::found(&unsent, self.now) {
                self.write(&key, Some(table::encode(&found)))?;
            }
        }
        self.send_all()
    }

    /// Sends what waits for any scope.
    pub fn send_all(&mut self) -> Result<(), Fault> {
        let mut targets: Vec<Scope> =
            self.all::<Unsent>().into_iter().map(|(_, unsent)| unsent.target).collect();
        targets.dedup();
        targets.iter().try_for_each(|target| self.send(target))
    }

    /// A message in doubt twice is not sent a third time; its scope is told.
    fn give_up(&mut self, key: &Key, unsent: &Unsent) -> Result<(), Fault> {
        let (revision, nth) = key.rest().split_first_chunk::<8>().expect("an outbox key");
        let (revision, nth) = (u64::from_be_bytes(*revision), u16::from_be_bytes([nth[0], nth[1]]));
        let cause = Cause::SendFailed(SendFailed { revision, nth, why: "unclear".into() });
        let known = Some(format!("send-failed/{revision}/{nth}"));
        self.turn(&Event { scope: unsent.target.clone(), key: known, cause }, None)?;
        self.failed.insert(key.clone());
        self.write(key, None)
    }

    /// An attempt is durable before it is made; a removal is some time.
    fn write(&self, key: &Key, value: Option<Vec<u8>>) -> Result<(), Fault> {
        let mut scope = ScopeHash::default();
        scope.0.copy_from_slice(&key.0[1..17]);
        let is_attempt = value.is_some();
        let writes = vec![(key.clone(), value)];
        let commit = Commit { scope, at: self.now, writes, ..Commit::default() };
        let applied = self.store.apply(vec![commit])?;
        for position in applied.into_iter().flatten().filter(|_| is_attempt) {
            self.store.sync(position)?;
        }
        Ok(())
    }
}
