//! A world in which commands are only practised: the bot itself carries them out, on a store that
//! knows who is who and what is set here, and nothing else. It is made anew from what was said
//! before, and gone with the turn; nothing in it can reach the store.

use super::input::{Core, Input};
use super::journal::Row;
use super::remembered;
use super::turn::Turn;
use crate::model::journal::{Step, What};
use crate::model::member::{Grant, Member};
use crate::model::preferences::Preferences;
use crate::model::reminder::Reminder;
use crate::model::request::Question;
use crate::model::task::{Task, TaskState};
use crate::model::tour::Practised;
use crate::model::{Capabilities, Cause, Event, Handle, Outgoing, Scope, Timestamp};
use crate::store::overlay::Overlay;
use crate::store::{Fault, KeyHasher, Order, ScopeHash, Store, Table, TableId, View};

/// What is seen of the real store: names, roles and settings.
const SHOWN: [TableId; 3] = [Member::ID, Grant::ID, Preferences::ID];

/// More records than anybody practises.
const LOOKED_MAX: usize = 100;

/// What came of a line.
pub struct Outcome {
    /// What was said.
    pub said: Vec<Outgoing>,
    /// What the line was.
    pub what: What,
    /// It changed something.
    pub changed: bool,
    /// It took something back.
    pub undid: bool,
}

/// The world.
pub struct Practice<'a> {
    core: &'a Core,
    keys: &'a KeyHasher,
    capabilities: Option<&'a Capabilities>,
    seed: [u8; 32],
    scope: &'a Scope,
    hash: ScopeHash,
    store: Overlay<'a>,
}

impl<'a> Practice<'a> {
    /// The world as these lines left it.
    pub fn after(turn: &Turn<'a>, said: &[Practised]) -> Result<Self, Fault> {
        let practice = Self {
            core: turn.core,
            keys: turn.view.keys,
            capabilities: turn.input.capabilities,
            seed: turn.input.seed,
            scope: turn.scope(),
            hash: turn.hash,
            store: Overlay::new(turn.view.store, &SHOWN),
        };
        said.iter().try_for_each(|line| practice.hear(line).map(drop))?;
        Ok(practice)
    }

    /// Carries out one line more.
    pub fn hear(&self, line: &Practised) -> Result<Outcome, Fault> {
        let cause = Cause::Message(Box::new(line.message.clone()));
        let event = Event { scope: self.scope.clone(), key: None, cause };
        let input = Input {
            event: &event,
            wake: None,
            now: line.at,
            seed: self.seed,
            // No word that gives away a secret is practised.
            fresh_secret: "",
            capabilities: self.capabilities,
            seen: &remembered::Memory::default(),
            index: None,
        };
        let decision = self.core.decide(&input, self.view())?;
        self.store.apply(decision.commit.into_iter().collect())?;
        let entry = self.list::<Row>(1, Order::Down)?.pop().map(|row| row.entry.into_value());
        Ok(Outcome {
            said: decision.sends.into_iter().map(|(_, unsent)| unsent.card).collect(),
            changed: entry.as_ref().is_some_and(|entry| !entry.touched.is_empty()),
            undid: entry.as_ref().is_some_and(|entry| !entry.undoes.is_empty()),
            what: entry.map_or(What::Message, |entry| entry.what),
        })
    }

    /// Whether there is such a record.
    pub fn has(&self, handle: Handle) -> Result<bool, Fault> {
        let rest = super::derive::rest_of(handle.number);
        Ok(match handle.letter {
            'T' => self.view().get::<Task>(self.hash, &rest)?.is_some(),
            'J' => self.view().get::<Reminder>(self.hash, &rest)?.is_some(),
            _ => false,
        })
    }

    /// Whether there is a record at all, or was one.
    pub fn has_steps(&self) -> Result<bool, Fault> {
        Ok(!self.list::<Step>(1, Order::Down)?.is_empty())
    }

    /// The last task that is not done.
    pub fn open_task(&self) -> Result<Option<Handle>, Fault> {
        let tasks = self.view().list::<Task>(self.hash, LOOKED_MAX, Order::Down)?;
        let open = tasks.into_iter().find(|(_, task)| task.state == TaskState::Open);
        let number = open.and_then(|(key, _)| super::derive::number_of(key.rest()));
        Ok(number.map(|number| Handle { letter: 'T', number }))
    }

    /// Whether something was done that is not taken back.
    pub fn can_undo(&self) -> Result<bool, Fault> {
        let steps = self.list::<Step>(LOOKED_MAX, Order::Down)?;
        Ok(steps.iter().any(|step| step.undone_by.is_none() && step.undoes.is_empty()))
    }

    /// Whether the bot asked something that can be answered now.
    pub fn asks(&self, now: Timestamp) -> Result<bool, Fault> {
        let questions = self.list::<Question>(1, Order::Down)?;
        Ok(questions.iter().any(|question| question.until > now))
    }

    fn view(&self) -> View<'_> {
        View { store: &self.store, keys: self.keys }
    }

    fn list<T: Table>(&self, limit: usize, order: Order) -> Result<Vec<T>, Fault> {
        let rows = self.view().list::<T>(self.hash, limit, order)?;
        Ok(rows.into_iter().map(|(_, record)| record).collect())
    }
}
