//! Events seen lately, in memory: so that a new one is not looked for in the store. Beside them the
//! compiled keyword rules.

use std::collections::{HashMap, HashSet};
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::compiled;
use super::derive::rest_of;
use super::seen::{DEDUP_DAYS, Seen, Standing, hash};
use crate::model::Timestamp;
use crate::model::time::DAY_MS;
use crate::store::{Fault, Revision, ScopeHash};

/// Rows after those known that are read one by one.
const ROWS_BEHIND_MAX: u32 = 16;
/// Events in memory, of all scopes, before all are forgotten and read anew: about 20 MB.
const REMEMBERED_MAX: usize = 1 << 20;

/// The events of scopes that are at work, read once and kept up from turn to turn. It is never the
/// only place of anything: what it lacks is in the scope's rows.
#[derive(Default)]
pub struct Memory {
    events: Mutex<Scopes>,
    /// The keyword rules of scopes that are at work, of the same store.
    pub rules: compiled::Memory,
}

#[derive(Default)]
struct Scopes {
    known: HashMap<ScopeHash, Known>,
    /// Of all of them.
    events: usize,
}

/// What is known of a scope, as of a revision.
struct Known {
    revision: Revision,
    /// The newest row, and how many of its entries are known.
    row: u32,
    entries: usize,
    /// Two generations, each of `DEDUP_DAYS` at least.
    young: HashSet<u64>,
    old: HashSet<u64>,
    young_since: Timestamp,
}

impl Memory {
    /// Whether a scope had an event.
    pub fn has(&self, at: &Standing, event: &str) -> Result<bool, Fault> {
        // One turn at a time has a scope: nobody misses what is taken out meanwhile.
        let known = match self.take(at.scope).filter(|known| known.goes_on_to(at)) {
            Some(mut known) => {
                known.catch_up(at)?;
                known
            }
            None => Known::read(at)?,
        };
        let event = hash(at.view, event);
        let has = known.young.contains(&event) || known.old.contains(&event);
        self.put_back(at.scope, known);
        Ok(has)
    }

    /// Forgets a scope, after something was written without a revision of its own.
    pub fn forget(&self, scope: ScopeHash) {
        self.take(scope);
        self.rules.forget(scope);
    }

    fn scopes(&self) -> MutexGuard<'_, Scopes> {
        // Changed by whole operations only: one left by a panic is whole.
        self.events.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn take(&self, scope: ScopeHash) -> Option<Known> {
        let mut scopes = self.scopes();
        let known = scopes.known.remove(&scope)?;
        scopes.events -= known.events();
        Some(known)
    }

    fn put_back(&self, scope: ScopeHash, known: Known) {
        let mut scopes = self.scopes();
        if scopes.events > REMEMBERED_MAX {
            *scopes = Scopes::default();
        }
        scopes.events += known.events();
        scopes.known.insert(scope, known);
    }
}

impl Known {
    fn events(&self) -> usize {
        self.young.len() + self.old.len()
    }

    /// Whether only some rows lie between this and the turn.
    fn goes_on_to(&self, at: &Standing) -> bool {
        let near = self.row..=self.row.saturating_add(ROWS_BEHIND_MAX);
        self.revision <= at.revision && near.contains(&at.newest)
    }

    /// Reads the rows of the last days.
    fn read(at: &Standing) -> Result<Self, Fault> {
        let since = at.now.plus_ms(-DEDUP_DAYS * DAY_MS);
        let mut known = Self {
            revision: at.revision,
            row: at.newest,
            entries: 0,
            young: HashSet::new(),
            old: HashSet::new(),
            young_since: at.now,
        };
        let mut below = at.newest + 1;
        loop {
            let rows = at.rows_below(below)?;
            for (number, seen) in &rows {
                if *number == at.newest {
                    known.entries = seen.entries().count();
                }
                known.young.extend(seen.entries().filter(|e| e.heard).map(|entry| entry.hash));
            }
            match rows.last() {
                Some((oldest, _)) if rows.iter().any(|(_, seen)| seen.last >= since) => {
                    below = *oldest;
                }
                Some(_) | None => return Ok(known),
            }
        }
    }

    /// Reads what was added since.
    fn catch_up(&mut self, at: &Standing) -> Result<(), Fault> {
        if at.now.0 - self.young_since.0 > DEDUP_DAYS * DAY_MS {
            self.old = std::mem::take(&mut self.young);
            self.young_since = at.now;
        }
        if self.revision == at.revision {
            return Ok(());
        }
        for number in self.row..=at.newest {
            let skipped = if number == self.row { self.entries } else { 0 };
            let seen: Option<Seen> = at.view.get(at.scope, &rest_of(number))?;
            let entries = seen.as_ref().into_iter().flat_map(Seen::entries);
            self.young.extend(entries.skip(skipped).filter(|e| e.heard).map(|entry| entry.hash));
            self.entries = seen.map_or(0, |seen| seen.entries().count());
        }
        (self.row, self.revision) = (at.newest, at.revision);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::super::seen::added;
    use super::*;
    use crate::model::{MessageId, Secret, Timestamp};
    use crate::store::memory::Memory as Engine;
    use crate::store::{Commit, Key, KeyHasher, Sealed, Store, Table, View, table};

    const SCOPE: ScopeHash = ScopeHash([3; 16]);

    /// A scope whose turns do nothing but be remembered.
    struct Scope {
        store: Sealed<Engine>,
        keys: KeyHasher,
        newest: u32,
        turns: Revision,
    }

    impl Scope {
        fn new() -> Self {
            let (store, keys) = Sealed::open(Engine::default(), &Secret::new([7; 32])).unwrap();
            Self { store, keys, newest: 0, turns: 0 }
        }

        fn at(&self, now: Timestamp) -> Standing<'_> {
            let view = View { store: &self.store, keys: &self.keys };
            Standing { view, scope: SCOPE, revision: self.turns, newest: self.newest, now }
        }

        fn add(&mut self, event: Option<&str>, kept: &[(MessageId, u32)], now: Timestamp) {
            for entry in added(self.at(now).view, event, kept) {
                let row = self.at(now).view.get(SCOPE, &rest_of(self.newest)).unwrap();
                let mut row: Seen = row.filter(Seen::has_room).unwrap_or_else(|| {
                    self.newest += 1;
                    Seen::default()
                });
                row.add(entry, now);
                let at = Key::new(Seen::ID, SCOPE, &rest_of(self.newest));
                let writes = vec![(at, Some(table::encode(&row)))];
                let commit = Commit { scope: SCOPE, at: now, writes, ..Commit::default() };
                self.store.apply(vec![commit]).unwrap().remove(0).unwrap();
            }
            self.turns += 1;
        }
    }

    fn day(nth: i64) -> Timestamp {
        Timestamp(1_795_140_000_000 + nth * DAY_MS)
    }

    #[test]
    fn an_event_is_remembered_for_a_week_by_who_saw_it_and_by_who_reads_it() {
        let (mut scope, memory) = (Scope::new(), Memory::default());
        for today in 0..40 {
            for nth in 0..50 {
                let id = format!("{today} {nth}");
                assert!(!memory.has(&scope.at(day(today)), &id).unwrap(), "{id}");
                scope.add(Some(&id), &[], day(today));
            }
            for earlier in (today - DEDUP_DAYS).max(0)..=today {
                let id = format!("{earlier} {}", earlier % 50);
                for memory in [&memory, &Memory::default()] {
                    assert!(memory.has(&scope.at(day(today)), &id).unwrap(), "{id} on {today}");
                }
            }
        }
        assert!(!memory.has(&scope.at(day(60)), "0 0").unwrap(), "never forgotten");
    }

    #[test]
    fn an_event_is_remembered_with_the_clock_set_back() {
        let mut scope = Scope::new();
        for (nth, today) in [(0, 0), (1, 400), (2, 1), (3, -30), (4, 2)] {
            scope.add(Some(&format!("{nth}")), &[], day(today));
        }
        for nth in 0..5 {
            assert!(Memory::default().has(&scope.at(day(2)), &format!("{nth}")).unwrap());
        }
    }

    #[test]
    fn a_message_is_found_by_its_id_and_one_known_from_a_quote_was_not_heard() {
        let mut scope = Scope::new();
        for number in 1..=700 {
            let id = MessageId(format!("m{number}"));
            scope.add(Some(&id.0), &[(id.clone(), number)], day(0));
        }
        scope.add(Some("a command"), &[(MessageId("quoted".into()), 701)], day(0));
        let number = |id: &str| scope.at(day(0)).number(&MessageId(id.into())).unwrap();
        assert_eq!([number("m1"), number("m700"), number("quoted")], [1, 700, 701].map(Some));
        assert_eq!([number("a command"), number("m0")], [None, None]);
        let had = |id: &str| Memory::default().has(&scope.at(day(0)), id).unwrap();
        assert_eq!([had("m1"), had("a command"), had("quoted")], [true, true, false]);
    }

    #[test]
    fn what_is_forgotten_is_read_again() {
        let (mut scope, memory) = (Scope::new(), Memory::default());
        scope.add(Some("a"), &[], day(0));
        assert!(!memory.has(&scope.at(day(0)), "b").unwrap());
        scope.turns -= 1;
        scope.add(Some("b"), &[], day(0));
        memory.forget(SCOPE);
        assert!(memory.has(&scope.at(day(0)), "b").unwrap());
        memory.scopes().events = REMEMBERED_MAX + 10;
        assert!(memory.has(&scope.at(day(0)), "a").unwrap());
        assert_eq!(memory.scopes().events, 2);
    }
}
