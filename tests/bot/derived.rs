//! What a scope's dates, mirrors and counts must be: what its records say, no more and no
//! less.

use std::collections::BTreeMap;

use steward::core::outbox::Wake;
use steward::core::tables::{self, Count, Mirror, counter_rest};
use steward::model::post::{Due, DueName};
use steward::model::{Calendar, Post, Scope, Timestamp};
use steward::store::{Key, Order, ScopeHash, TableId};

use super::{Bot, ROWS_MAX};

/// A date that a record waits for: its table and number, the date's name, when.
pub type Date = (u8, u32, DueName, i64);

impl Bot {
    /// The rows of a table of a scope, as they are stored.
    pub fn rows(&self, scope: ScopeHash, table: TableId) -> BTreeMap<Key, Vec<u8>> {
        let prefix = Key::new(table, scope, &[]).0;
        let end = Key::after_prefix(&prefix);
        let rows = self.store.scan(prefix..end, ROWS_MAX, Order::Up);
        rows.expect("readable").into_iter().collect()
    }

    /// The dates that a scope waits for.
    pub fn dates(&self, scope: &Scope) -> Vec<Date> {
        let due = |wake: Wake| match wake.post {
            Post::Due(Due { table, number, name, at }) if wake.target == *scope => {
                Some((table, number, name, at.0))
            }
            _ => None,
        };
        self.all::<Wake>().into_iter().filter_map(|(_, wake)| due(wake)).collect()
    }

    /// What other scopes show of a scope.
    pub fn mirrors_from(&self, scope: &Scope) -> Vec<(ScopeHash, String)> {
        let all = self.all::<Mirror>().into_iter().filter(|(_, m)| m.from == *scope);
        let mut mirrors: Vec<_> = all
            .map(|(key, mirror)| {
                let mut shows = ScopeHash::default();
                shows.0.copy_from_slice(&key.0[1..17]);
                (shows, format!("{:?}", mirror.shown))
            })
            .collect();
        mirrors.sort();
        mirrors
    }

    /// Dates, mirrors and counts are what the records say.
    pub fn derived_is_right(&self, scope: &Scope) {
        let hash = self.keys.scope(scope);
        let (mut dates, mut mirrors) = (Vec::new(), Vec::new());
        let mut counts: BTreeMap<Vec<u8>, i64> = BTreeMap::new();
        for entry in tables::TABLES {
            for (key, value) in self.rows(hash, entry.id) {
                let calendar = Calendar::official();
                let derived = entry.derived(&key, Some(&value), scope, calendar);
                let derived = derived.expect("readable");
                let number = steward::core::derive::number_of(key.rest()).unwrap_or_default();
                let date = |(name, at): &(DueName, Timestamp)| (entry.id.0, number, *name, at.0);
                dates.extend(derived.dates.iter().map(date));
                let shown = derived.mirrors.iter();
                mirrors.extend(shown.map(|(to, m)| (self.keys.scope(to), format!("{m:?}"))));
                for (day, kind, count) in derived.counts {
                    *counts.entry(counter_rest(day, kind).to_vec()).or_default() += count;
                }
            }
        }
        let kept = self.view().list::<Count>(hash, ROWS_MAX, Order::Up).expect("readable");
        let kept: BTreeMap<Vec<u8>, i64> =
            kept.into_iter().map(|(key, count)| (key.rest().to_vec(), count.count)).collect();
        let nonzero = |counts: BTreeMap<Vec<u8>, i64>| -> BTreeMap<Vec<u8>, i64> {
            counts.into_iter().filter(|(_, count)| *count != 0).collect()
        };
        let mut waiting = self.dates(scope);
        waiting.sort_by_key(|(table, number, name, at)| (*table, *number, *name as u8, *at));
        dates.sort_by_key(|(table, number, name, at)| (*table, *number, *name as u8, *at));
        mirrors.sort();
        assert_eq!(waiting, dates, "dates");
        assert_eq!(self.mirrors_from(scope), mirrors, "mirrors");
        assert_eq!(nonzero(kept), nonzero(counts), "counts");
    }
}
