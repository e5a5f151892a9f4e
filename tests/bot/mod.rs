//! A whole bot without sockets, threads or clock: core, store and playground driven step by step.
//! What it says is kept in the order in which it was said. For talks and crash tests.

#![expect(dead_code, reason = "each test binary uses its own part")]

pub mod derived;
pub mod exports;
mod imports;
pub mod line;
pub mod same;
mod sending;
pub mod talk;

use std::collections::BTreeSet;
use std::sync::Arc;

pub use sending::Answer;
use sha2::{Digest, Sha256};

use chrono::{FixedOffset, NaiveDateTime, TimeZone};
use steward::command::Catalogue;
use steward::core::index::Index;
use steward::core::journal::Row;
use steward::core::outbox::{Wake, wake_due};
use steward::core::tables::Mirror;
use steward::core::{Core, Decision, Input, commands, remembered};
use steward::model::source::Source;
use steward::model::{
    Calendar, Cause, Event, Lang, Outgoing, PersonId, Scope, Secret, Settings, Timestamp,
};
use steward::platform::playground::Playground;
use steward::platform::{Arrived, Platform, Raw, Received, source};
use steward::shell::alive;
use steward::store::memory::Memory;
use steward::store::table::{self, id};
use steward::store::{Fault, Key, KeyHasher, Order, ScopeHash, Sealed, Store, Table, View};

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
        calendar: Calendar::official().clone().into(),
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

/// A bot that is driven by hand.
pub struct Bot {
    pub core: Arc<Core>,
    pub store: Arc<dyn Store>,
    pub keys: KeyHasher,
    pub platform: Playground,
    pub now: Timestamp,
    pub said: Vec<Said>,
    /// What turns leave in memory for those after them.
    pub seen: remembered::Memory,
    /// Turns begun; a new source's secret is named after it.
    pub turns: u64,
    /// What the platform answers; without it, that all is well.
    pub answers: Option<Box<dyn FnMut() -> Answer>>,
    /// Messages that grew too old before they were sent.
    pub expired: BTreeSet<Key>,
    /// Messages in doubt twice.
    pub failed: BTreeSet<Key>,
    /// Where kept messages are looked for; nowhere unless a test says so.
    pub index: Option<Arc<dyn Index>>,
    /// Files of exports.
    pub exports: exports::Files,
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
            seen: remembered::Memory::default(),
            turns: 0,
            answers: None,
            expired: BTreeSet::new(),
            failed: BTreeSet::new(),
            index: None,
            exports: exports::Files::new(),
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

    /// Did not run until then, as the next start puts on record.
    pub fn off_until(&mut self, back: Timestamp) -> Result<(), Fault> {
        alive::note(&*self.store, self.now)?;
        self.now = back;
        alive::begin(&*self.store, back)
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
        let (now, fresh_secret) = (self.now, secret.as_str());
        let index = self.index.as_deref();
        let seen = &self.seen;
        let input = Input { event, wake, now, seed, fresh_secret, capabilities, seen, index };
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

    /// A callback of the playground, through its `receive`.
    pub fn callback(&mut self, raw: &Raw) -> Result<(), Fault> {
        match self.platform.receive(Arrived::Callback(raw), self.now) {
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
        let mut raw = Raw { body: body.as_bytes().to_vec(), ..Raw::default() };
        let headers =
            [(source::TIMESTAMP_HEADER, timestamp), (source::SIGNATURE_HEADER, signature)];
        for (name, value) in headers {
            raw.headers.insert(name, value.parse().expect("a header"));
        }
        raw
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
