//! A whole bot without sockets, threads or clock: core, store and playground driven step by step.
//! What it says is kept in the order in which it was said. For talks and crash tests.

#![expect(dead_code, reason = "each test binary uses its own part")]

pub mod derived;
pub mod line;
pub mod same;
pub mod talk;

use std::sync::Arc;

use sha2::{Digest, Sha256};

use chrono::{FixedOffset, NaiveDateTime, TimeZone};
use steward::command::Catalogue;
use steward::core::journal::Row;
use steward::core::outbox::{Unsent, Wake, wake_due};
use steward::core::tables::Mirror;
use steward::core::{Core, Decision, Input, commands};
use steward::model::event::SendFailed;
use steward::model::source::Source;
use steward::model::{Cause, Event, Lang, Outgoing, PersonId, Scope, Secret, Settings, Timestamp};
use steward::platform::playground::Playground;
use steward::platform::{Platform, Raw, Received, SendOutcome, source};
use steward::shell::outbox::plan;
use steward::store::memory::Memory;
use steward::store::table::{self, id};
use steward::store::{Commit, Fault, Key, KeyHasher, Order, ScopeHash, Sealed, Store, Table, View};

/// The account of every person and conversation in a talk.
pub const ACCOUNT: &str = "play";

/// The master key of tests.
pub fn master() -> Secret {
    Secret::new([7; 32])
}

/// The settings of tests: 经理 and admin are admins.
pub fn settings() -> Settings {
    let person = |id: &str| PersonId { account: ACCOUNT.into(), id: id.into() };
    Settings {
        name: "管家".into(),
        aliases: vec!["steward".into()],
        lang: Lang::Zh,
        zone: chrono_tz::Asia::Shanghai,
        admins: vec![person("经理"), person("manager")],
        claim_code_hash: Some(Sha256::digest(b"K7QF-2MXD").into()),
        public_url: "http://127.0.0.1:8090".into(),
    }
}

/// The vocabulary as compiled in.
pub fn catalogue() -> Catalogue {
    Catalogue::read(&commands::files()).unwrap_or_else(|problems| panic!("{}", problems.join("\n")))
}

/// Something the bot said.
#[derive(Debug, Clone)]
pub struct Said {
    /// Where.
    pub target: Scope,
    /// Its place in the outbox: the same message sent again has the same.
    pub key: Key,
    /// It was in doubt whether it had been sent before.
    pub in_doubt: bool,
    /// What.
    pub card: Outgoing,
}

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

/// A bot that is driven by hand.
pub struct Bot {
    pub core: Arc<Core>,
    pub store: Arc<dyn Store>,
    pub keys: KeyHasher,
    pub platform: Playground,
    pub now: Timestamp,
    pub said: Vec<Said>,
    /// Turns begun; a new source's secret is named after it.
    pub turns: u64,
    /// What the platform answers; without it, that all is well.
    pub answers: Option<Box<dyn FnMut() -> Answer>>,
    /// Messages that were given up: too old, or in doubt twice.
    pub given_up: Vec<Key>,
}

/// Most turns that one step may cause before it counts as a loop.
const TURNS_MAX: usize = 1_000;

/// More rows than a test leaves in a table.
const ROWS_MAX: usize = 100_000;

impl Bot {
    /// A bot on an empty store.
    pub fn new() -> Self {
        let (store, _) = Sealed::open(Memory::default(), &master()).expect("an empty store opens");
        Self::on(Arc::new(store), settings())
    }

    /// A bot on a given store.
    pub fn on(store: Arc<dyn Store>, settings: Settings) -> Self {
        Self::of(Arc::new(Core { settings, catalogue: catalogue() }), store)
    }

    /// A bot of a given core, for tests that start many.
    pub fn of(core: Arc<Core>, store: Arc<dyn Store>) -> Self {
        let settings = &core.settings;
        let names =
            std::iter::once(settings.name.clone()).chain(settings.aliases.clone()).collect();
        Self {
            core,
            store,
            // Fixed, so that scopes are visited in the same order in every run.
            keys: KeyHasher::new(&Secret::new([9; 32])),
            platform: Playground::new(ACCOUNT, names),
            now: Timestamp(1_772_413_200_000),
            said: Vec::new(),
            turns: 0,
            answers: None,
            given_up: Vec::new(),
        }
    }

    /// Ends, and starts again on the same data: nothing else is remembered.
    pub fn restart(&mut self) {
        let settings = self.core.settings.clone();
        let said = std::mem::take(&mut self.said);
        *self = Self {
            now: self.now,
            said,
            turns: self.turns,
            ..Self::on(self.store.clone(), settings)
        };
    }

    /// A look at the store.
    pub fn view(&self) -> View<'_> {
        View { store: &*self.store, keys: &self.keys }
    }

    /// One turn, applied; `None` when the event was seen before or its wake row is gone.
    pub fn turn(&mut self, event: &Event, wake: Option<&Key>) -> Result<Option<Decision>, Fault> {
        self.turns += 1;
        let scope = self.keys.scope(&event.scope);
        // Of scope and revision: a turn run again after a crash is the same turn.
        let mut seed = [0; 32];
        seed[..16].copy_from_slice(&scope.0);
        seed[16..24].copy_from_slice(&self.store.revision(scope)?.to_be_bytes());
        let secret = format!("secret-{}", self.turns);
        let capabilities = event.scope.account().map(|_| self.platform.capabilities());
        let input = Input { event, wake, now: self.now, seed, fresh_secret: &secret, capabilities };
        let core = self.core.clone();
        let mut decision = core.decide(&input, self.view())?;
        let Some(commit) = decision.commit.take() else { return Ok(None) };
        let applied = self.store.apply(vec![commit])?;
        for result in applied {
            let position = result.expect("one turn at a time conflicts with nothing");
            self.store.sync(position)?;
        }
        Ok(Some(decision))
    }

    /// An event and everything that follows from it now.
    pub fn event(&mut self, event: &Event) -> Result<(), Fault> {
        self.turn(event, None)?;
        self.send(&event.scope)?;
        self.run_due()
    }

    /// Every post and date that is due, in order, with all that follows from them.
    pub fn run_due(&mut self) -> Result<(), Fault> {
        for _ in 0..TURNS_MAX {
            let Some((key, wake)) = self.next_wake()? else { return Ok(()) };
            if wake_due(&key).is_none_or(|due| due > self.now) {
                return Ok(());
            }
            let cause = Cause::Post(wake.post);
            let event = Event { scope: wake.target, key: None, cause };
            self.turn(&event, Some(&key))?;
            self.send(&event.scope)?;
        }
        panic!("more than {TURNS_MAX} turns follow from one step");
    }

    /// Moves the clock, stopping at every date on the way.
    pub fn jump(&mut self, to: Timestamp) -> Result<(), Fault> {
        loop {
            self.run_due()?;
            match self.next_wake()?.and_then(|(key, _)| wake_due(&key)) {
                Some(due) if due <= to => self.now = self.now.max(due),
                Some(_) | None => break,
            }
        }
        self.now = to;
        Ok(())
    }

    /// The next post or date.
    pub fn next_wake(&self) -> Result<Option<(Key, Wake)>, Fault> {
        let prefix = vec![id::WAKE.0];
        let end = Key::after_prefix(&prefix);
        let row = self.store.scan(prefix..end, 1, Order::Up)?.into_iter().next();
        row.map(|(key, value)| table::decode(&key, &value).map(|wake| (key, wake))).transpose()
    }

    /// Sends what waits for a scope, in order, as the outbox does: each attempt is on record before
    /// it is made, and removed once its outcome is known.
    pub fn send(&mut self, scope: &Scope) -> Result<(), Fault> {
        let hash = self.keys.scope(scope);
        // The pause before a second attempt is over: nothing else depends on the instant.
        let now = self.now.plus_ms(1);
        let mut rows = self.view().list::<Unsent>(hash, TURNS_MAX, Order::Up)?;
        while let plan::Next::Go(n) = plan::next(rows.iter().map(|(_, row)| row), now) {
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
            self.given_up.push(key.clone());
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
            plan::Step::Done => self.write(key, None).map(|()| None),
            plan::Step::Again(again) => {
                self.write(key, Some(table::encode(&*again)))?;
                Ok(Some(*again))
            }
            plan::Step::Failed(..) => self.give_up(key, &unsent).map(|()| None),
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
        self.given_up.push(key.clone());
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

    /// A callback of the playground, through its `receive`.
    pub fn callback(&mut self, raw: &Raw) -> Result<(), Fault> {
        match self.platform.receive(raw, self.now) {
            Received::Events { events, .. } => events.iter().try_for_each(|e| self.event(e)),
            Received::Answer(_) => Ok(()),
            Received::Reject(reject) => panic!("{reject:?}"),
        }
    }

    /// A signed report to a source.
    pub fn report(&mut self, name: &str, body: &str) -> Result<(), Fault> {
        let raw = self.signed(name, body);
        self.reported(name, &raw)
    }

    /// A report as a source with the secret it was given sends it now.
    pub fn signed(&self, name: &str, body: &str) -> Raw {
        let known = self.source(name).expect("a source");
        let timestamp = self.now.0.to_string();
        let signature = source::signature(known.secret.as_bytes(), &timestamp, body.as_bytes());
        Raw {
            headers: vec![
                (source::TIMESTAMP_HEADER.into(), timestamp),
                (source::SIGNATURE_HEADER.into(), signature),
            ],
            body: body.as_bytes().to_vec(),
            ..Raw::default()
        }
    }

    /// The call of a source; one that is no longer valid has no effect.
    pub fn reported(&mut self, name: &str, raw: &Raw) -> Result<(), Fault> {
        let Some(known) = self.source(name) else { return Ok(()) };
        match source::receive(name, known.secret.as_bytes(), raw, self.now) {
            Received::Events { events, .. } => events.iter().try_for_each(|e| self.event(e)),
            Received::Answer(_) | Received::Reject(_) => Ok(()),
        }
    }

    fn source(&self, name: &str) -> Option<Source> {
        let scope = self.keys.scope(&Scope::Source(name.to_owned()));
        let own = steward::core::derive::rest_of(commands::source::OWN_NUMBER);
        self.view().get(scope, &own).expect("readable")
    }

    /// A scope's journal from its first entry.
    pub fn journal(&self, scope: ScopeHash) -> Vec<Row> {
        let rows = self.view().list::<Row>(scope, ROWS_MAX, Order::Up).expect("readable");
        rows.into_iter().map(|(_, row)| row).collect()
    }

    /// What other scopes show in a person's direct chat.
    pub fn mirrors(&self, person: &str) -> Vec<Mirror> {
        let scope = Scope::Person(PersonId { account: ACCOUNT.into(), id: person.into() });
        let rows = self.view().list::<Mirror>(self.keys.scope(&scope), TURNS_MAX, Order::Up);
        rows.expect("readable").into_iter().map(|(_, mirror)| mirror).collect()
    }

    /// Every row of a table that has no scope in its key.
    pub fn all<T: Table>(&self) -> Vec<(Key, T)> {
        let prefix = vec![T::ID.0];
        let rows = self.store.scan(prefix.clone()..Key::after_prefix(&prefix), ROWS_MAX, Order::Up);
        let decode = |(key, value): (Key, Vec<u8>)| {
            let record = table::decode(&key, &value).expect("readable");
            (key, record)
        };
        rows.expect("readable").into_iter().map(decode).collect()
    }
}

/// The instant of a wall clock `2026-03-02 09:00` in an offset such as `+08:00`.
pub fn instant(wall: &str, offset: &str) -> Timestamp {
    let wall = NaiveDateTime::parse_from_str(wall, "%Y-%m-%d %H:%M").expect("YYYY-MM-DD HH:MM");
    let offset: FixedOffset = offset.parse().expect("±HH:MM");
    let at = offset.from_local_datetime(&wall).single().expect("fixed offsets have no gaps");
    Timestamp(at.timestamp_millis())
}
