//! One turn: a look at the store, and a draft of what is to change. Handlers write records and
//! speak, nothing else; what follows from the records is worked out in `finish`.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use chrono::NaiveDate;
use chrono_tz::Tz;

use super::derive::{number_of, rest_of};
use super::draft::{Acting, Draft};
use super::input::{Core, Input};
use super::say::Voice;
use super::seen;
use crate::model::event::{Cause, Incoming};
use crate::model::journal::What;
use crate::model::outgoing::{Lane, Outgoing, Span};
use crate::model::preferences::{self, Preferences};
use crate::model::{Calendar, Capabilities, Lang, Post, Scope, Timestamp};
use crate::store::table;
use crate::store::{Fault, Key, Order, Revision, ScopeHash, Table, TableId, Value, View};
use crate::text::branch::Names;
use crate::text::hours;
use crate::text::when::Reference;

/// A turn in progress.
pub struct Turn<'a> {
    /// What stays the same.
    pub core: &'a Core,
    /// What came in.
    pub input: &'a Input<'a>,
    /// Who acts.
    pub acting: Acting,
    /// What is to change.
    pub draft: Draft,
    /// What was set here.
    pub preferences: Preferences,
    /// What tags are called now, once it was looked up.
    pub(super) names: Option<Rc<Names>>,
    pub(super) view: View<'a>,
    pub(super) hash: ScopeHash,
    pub(super) revision: Revision,
    pub(super) others: BTreeMap<ScopeHash, Revision>,
    pub(super) fault: Option<Fault>,
}

impl<'a> Turn<'a> {
    /// Opens a turn on the event's scope.
    pub fn open(core: &'a Core, input: &'a Input<'a>, view: View<'a>) -> Result<Self, Fault> {
        let hash = view.keys.scope(&input.event.scope);
        let revision = view.store.revision(hash)?;
        let draft = Draft {
            head: view.get(hash, &[])?.unwrap_or_default(),
            writes: BTreeMap::new(),
            said: Vec::new(),
            posts: Vec::new(),
            rules: Vec::new(),
            undoes: Vec::new(),
            what: What::Message,
            confidential: false,
            fresh: BTreeSet::new(),
            rid: BTreeSet::new(),
            blanked: BTreeSet::new(),
        };
        let preferences: Preferences = view.get(hash, &rest_of(OWN_NUMBER))?.unwrap_or_default();
        let lang = preferences.lang.unwrap_or(core.settings.lang);
        let acting = Acting { lang, ..Acting::default() };
        let others = BTreeMap::new();
        let (names, fault) = (None, None);
        Ok(Self {
            core,
            input,
            acting,
            draft,
            preferences,
            names,
            view,
            hash,
            revision,
            others,
            fault,
        })
    }

    /// The turn's instant.
    pub fn now(&self) -> Timestamp {
        self.input.now
    }

    /// The zone of the wall clock here.
    pub fn zone(&self) -> Tz {
        self.preferences.zone.unwrap_or(self.core.settings.zone)
    }

    /// The working hours of a day here, in order; never empty.
    pub fn hours(&self) -> Vec<preferences::Span> {
        match self.preferences.hours.as_slice() {
            [] => vec![hours::USUAL],
            set => set.to_vec(),
        }
    }

    /// Until when notices wait; `None` where they need not.
    pub fn quiet_until(&self) -> Option<Timestamp> {
        let quiet = self.preferences.quiet?;
        hours::end(quiet, self.now(), self.zone())
    }

    /// The days on which people work.
    pub fn calendar(&self) -> &'a Calendar {
        &self.core.settings.calendar
    }

    /// The language of what nobody typed a command for.
    pub fn usual_lang(&self) -> Lang {
        self.preferences.lang.unwrap_or(self.core.settings.lang)
    }

    /// The language of what nobody asked for: as set here, else that of the command it is due to.
    pub fn unasked_lang(&self, typed: Lang) -> Lang {
        self.preferences.lang.unwrap_or(typed)
    }

    /// From where dates are reckoned.
    pub fn reference(&self) -> Reference<'a> {
        let (now, zone, calendar) = (self.now(), self.zone(), &*self.core.settings.calendar);
        Reference { now, zone, work: hours::whole(&self.preferences.hours), calendar }
    }

    /// Where the events stand that were seen here.
    pub fn seen(&self) -> seen::Standing<'a> {
        seen::Standing {
            view: self.view,
            scope: self.hash,
            revision: self.revision,
            newest: seen::newest(&self.draft.head),
            now: self.now(),
        }
    }

    /// Today, here.
    pub fn today(&self) -> NaiveDate {
        self.now().day(self.zone())
    }

    /// The language of the answer.
    pub fn lang(&self) -> Lang {
        self.acting.lang
    }

    /// Whether a finished task waits here for whoever gave it to accept it.
    pub fn acceptance(&self) -> bool {
        self.preferences.acceptance
    }

    /// Whose turn it is.
    pub fn scope(&self) -> &'a Scope {
        &self.input.event.scope
    }

    /// Its title as last seen; empty where it has none.
    pub fn title(&self) -> &str {
        &self.draft.head.title
    }

    /// What the platform here can do; `None` where nobody listens.
    pub fn capabilities(&self) -> Option<&'a Capabilities> {
        self.input.capabilities
    }

    /// The message that woke this turn, if one did.
    pub fn incoming(&self) -> Option<&'a Incoming> {
        match &self.input.event.cause {
            Cause::Message(message) => Some(message),
            Cause::Edited(_)
            | Cause::Recalled(_)
            | Cause::Post(_)
            | Cause::Reported(_)
            | Cause::SendFailed(_) => None,
        }
    }

    /// The language, the clock and the name that sentences are made with.
    pub fn voice(&self) -> Voice<'_> {
        let (called, own) = (self.core.settings.name.as_str(), self.preferences.name.as_deref());
        let bot = own.unwrap_or(called);
        Voice { lang: self.lang(), reference: self.reference(), bot, called }
    }

    /// Says something in this scope. What nobody asked for bears the signature that was set, and
    /// waits while notices are to be held back.
    pub fn say(&mut self, mut card: Outgoing) {
        let unasked = matches!(card.lane, Lane::Notice | Lane::Digest);
        match self.quiet_until().filter(|_| unasked) {
            Some(until) => {
                let to = self.scope().clone();
                self.draft.posts.push((to, until, Post::Say(Box::new(card))));
            }
            None => {
                if let Some(signature) = self.preferences.signature.as_ref().filter(|_| unasked) {
                    card = card.and_line(vec![Span::from(format!("—— {signature}"))]);
                }
                self.draft.said.push(card);
            }
        }
    }

    /// Tells another scope.
    pub fn post(&mut self, to: Scope, post: Post) {
        let now = self.now();
        self.draft.posts.push((to, now, post));
    }

    /// The next number of a table; never given again.
    pub fn next_number<T: Table>(&mut self) -> u32 {
        let last = self.draft.head.numbers.entry(T::ID.0).or_default();
        *last += 1;
        let number = *last;
        self.draft.fresh.insert(self.key(T::ID, &rest_of(number)));
        number
    }

    /// A numbered record of this scope.
    pub fn get<T: Table>(&mut self, number: u32) -> Option<T> {
        self.get_at(&rest_of(number))
    }

    /// A record of this scope by the rest of its key.
    pub fn get_at<T: Table>(&mut self, rest: &[u8]) -> Option<T> {
        let key = Key::new(T::ID, self.hash, rest);
        let read = match self.draft.writes.get(&key) {
            Some(written) => written.as_ref().map(|v| table::decode(&key, v)).transpose(),
            None => self.view.get(self.hash, rest),
        };
        self.caught(read)
    }

    /// Writes a numbered record of this scope.
    pub fn put<T: Table>(&mut self, number: u32, record: &T) {
        self.put_at(&rest_of(number), record);
    }

    /// Writes a record of this scope by the rest of its key.
    pub fn put_at<T: Table>(&mut self, rest: &[u8], record: &T) {
        let key = Key::new(T::ID, self.hash, rest);
        self.draft.writes.insert(key, Some(table::encode(record)));
    }

    /// Removes a numbered record of this scope.
    pub fn remove<T: Table>(&mut self, number: u32) {
        self.remove_at::<T>(&rest_of(number));
    }

    /// Removes a record of this scope by the rest of its key.
    pub fn remove_at<T: Table>(&mut self, rest: &[u8]) {
        self.draft.writes.insert(Key::new(T::ID, self.hash, rest), None);
    }

    /// Up to `limit` numbered records of this scope, by number.
    pub fn list<T: Table>(&mut self, limit: usize, order: Order) -> Vec<(u32, T)> {
        let rows = self.rows::<T>(limit, order);
        rows.into_iter().filter_map(|(rest, r)| number_of(&rest).map(|n| (n, r))).collect()
    }

    /// Up to `limit` records of this scope with the rests of their keys, the draft's own writes
    /// included.
    pub fn rows<T: Table>(&mut self, limit: usize, order: Order) -> Vec<(Vec<u8>, T)> {
        self.rows_under(&[], limit, order)
    }

    /// The same for the records whose rests begin with `rest`.
    pub fn rows_under<T: Table>(
        &mut self,
        rest: &[u8],
        limit: usize,
        order: Order,
    ) -> Vec<(Vec<u8>, T)> {
        let prefix = Key::new(T::ID, self.hash, rest).0;
        let own = Key(prefix.clone())..Key(Key::after_prefix(&prefix));
        // Each row of the draft hides at most one of the store's.
        let asked = limit.saturating_add(self.draft.writes.range(own.clone()).count());
        let mut rows: BTreeMap<Key, Value> = {
            let read =
                self.view.store.scan(prefix.clone()..Key::after_prefix(&prefix), asked, order);
            self.caught(read.map(Some)).unwrap_or_default().into_iter().collect()
        };
        for (key, written) in self.draft.writes.range(own) {
            match written {
                Some(value) => rows.insert(key.clone(), value.clone()),
                None => rows.remove(key),
            };
        }
        let decoded: Vec<_> = rows
            .into_iter()
            .map(|(key, value)| table::decode::<T>(&key, &value).map(|r| (key.rest().to_vec(), r)))
            .collect();
        let mut found: Vec<_> =
            decoded.into_iter().filter_map(|row| self.caught(row.map(Some))).collect();
        if order == Order::Down {
            found.reverse();
        }
        found.truncate(limit);
        found
    }

    /// A record of another scope; the turn is run again if that scope moves on meanwhile.
    pub fn get_in<T: Table>(&mut self, scope: &Scope, rest: &[u8]) -> Option<T> {
        let hash = self.visit(scope)?;
        let read = self.view.get(hash, rest);
        self.caught(read)
    }

    /// Up to `limit` numbered records of another scope, by number.
    pub fn list_in<T: Table>(&mut self, scope: &Scope, limit: usize) -> Vec<(u32, T)> {
        let Some(hash) = self.visit(scope) else { return Vec::new() };
        let read = self.view.list::<T>(hash, limit, Order::Up);
        let rows = self.caught(read.map(Some)).unwrap_or_default();
        rows.into_iter().filter_map(|(key, r)| number_of(key.rest()).map(|n| (n, r))).collect()
    }

    /// Up to `limit` records of another scope, whatever their keys.
    pub fn rows_in<T: Table>(&mut self, scope: &Scope, limit: usize, order: Order) -> Vec<T> {
        let Some(hash) = self.visit(scope) else { return Vec::new() };
        let read = self.view.list::<T>(hash, limit, order);
        let rows = self.caught(read.map(Some)).unwrap_or_default();
        rows.into_iter().map(|(_, record)| record).collect()
    }

    /// Up to `limit` rows of a table over all scopes: bookkeeping that nobody decides by.
    pub fn everywhere<T: Table>(&mut self, limit: usize) -> Vec<(Key, T)> {
        let range = vec![T::ID.0]..Key::after_prefix(&[T::ID.0]);
        let read = self.view.store.scan(range, limit, Order::Up);
        let rows = self.caught(read.map(Some)).unwrap_or_default();
        let decoded = rows.into_iter().map(|(key, value)| {
            let row = table::decode::<T>(&key, &value);
            row.ok().map(|row| (key, row))
        });
        decoded.flatten().collect()
    }

    /// The rest of a key that a name is hashed into.
    pub fn name_rest(&self, table: TableId, name: &[u8]) -> [u8; 16] {
        self.view.keys.name(&[table.0], name)
    }

    /// The value of a row as it would be after this turn.
    pub fn raw(&mut self, key: &Key) -> Option<Value> {
        if let Some(written) = self.draft.writes.get(key) {
            return written.clone();
        }
        let read = self.view.raw(key);
        self.caught(read)
    }

    /// The key of a row of this scope.
    pub fn key(&self, table: TableId, rest: &[u8]) -> Key {
        Key::new(table, self.hash, rest)
    }

    /// Keeps the first fault; the turn then comes to nothing whatever its handler goes on to do.
    pub(super) fn caught<T>(&mut self, read: Result<Option<T>, Fault>) -> Option<T> {
        read.unwrap_or_else(|fault| {
            self.fault.get_or_insert(fault);
            None
        })
    }

    fn visit(&mut self, scope: &Scope) -> Option<ScopeHash> {
        let hash = self.view.keys.scope(scope);
        if hash != self.hash && !self.others.contains_key(&hash) {
            // The revision is read before the record: a change in between is then seen as a
            // conflict.
            let read = self.view.store.revision(hash).map(Some);
            let revision = self.caught(read)?;
            self.others.insert(hash, revision);
        }
        Some(hash)
    }
}

/// A scope's own settings are the only record of their kind in it.
pub const OWN_NUMBER: u32 = 1;
