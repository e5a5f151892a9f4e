//! What must hold after a round, whatever went wrong in it.

use std::collections::{BTreeMap, BTreeSet};

use steward::core::journal::{Head, Row, value_hash, verify};
use steward::core::outbox::{Dead, Unsent, place, target, wake_due};
use steward::core::tables;
use steward::model::Lane;
use steward::model::follow::Follow;
use steward::model::journal::{Step as UndoStep, What};
use steward::model::keyword::Keyword;
use steward::model::message::Message;
use steward::model::reminder::Reminder;
use steward::model::report::Report;
use steward::model::task::Task;
use steward::store::{Key, ScopeHash, Table, TableId};

use super::steps::{CAST, name, places, scopes};
use super::{Seen, World};
use crate::bot::Bot;
use crate::bot::derived::Date;
use crate::bot::line::Line;
use crate::bot::same::scope_of;

/// Tables of what members make.
const MADE: [TableId; 5] = [Task::ID, Keyword::ID, Report::ID, Reminder::ID, Follow::ID];

impl World {
    /// Nothing is lost, nothing came twice, and the journal says the same as the records.
    pub fn check(&mut self) {
        let bot = &self.bot;
        let due = bot.next_wake().expect("readable").and_then(|(key, _)| wake_due(&key));
        assert!(due.is_none_or(|due| due > bot.now), "due and not done");
        assert!(bot.all::<Dead>().is_empty(), "dead letters");
        assert!(bot.all::<Unsent>().is_empty(), "unsent");
        let mut effects: BTreeMap<String, usize> = BTreeMap::new();
        let (mut sent, mut failures) = (0, 0);
        for (key, head) in bot.all::<Head>() {
            let journal = bot.journal(scope_of(&key.0));
            assert_eq!(verify(&journal), Ok(head.hash));
            assert_eq!(journal.len() as u64, head.seq);
            for Row { entry, content } in &journal {
                sent += usize::from(entry.sent);
                failures += usize::from(entry.what == What::SendFailed);
                let event = content.as_ref().and_then(|content| content.event.as_ref());
                if let Some(event) = event.and_then(name) {
                    *effects.entry(event).or_default() += 1;
                }
            }
            is_fold(bot, scope_of(&key.0), &journal);
        }
        for scope in scopes() {
            bot.derived_is_right(&scope);
        }
        let twice: Vec<_> = effects.iter().filter(|(_, times)| **times != 1).collect();
        assert!(twice.is_empty(), "more than one effect: {twice:?}");
        let lost: Vec<_> = self.events.iter().filter(|e| !effects.contains_key(*e)).collect();
        assert!(lost.is_empty(), "no effect: {lost:?}");
        self.seen.events = self.events.len();
        self.messages(sent, failures);
    }

    /// Every message that a turn said was sent or is known not to have been; at most one copy, and
    /// only in doubt; in order within a lane.
    fn messages(&mut self, sent: usize, failures: usize) {
        let mut firsts: BTreeMap<&Key, usize> = BTreeMap::new();
        let mut last: BTreeMap<(ScopeHash, Lane), (u64, u16)> = BTreeMap::new();
        let mut copies = 0;
        for said in &self.said {
            let times = firsts.entry(&said.key).or_default();
            *times += 1;
            if *times > 1 {
                assert!(said.in_doubt, "sent again without a doubt: {said:?}");
                copies += 1;
            } else if !self.expired.contains(&said.key) {
                // Too old once, and not again after the clock was set back: it comes late.
                let lane = (target(&said.key), said.card.lane);
                let before = last.insert(lane, place(&said.key));
                assert!(before < Some(place(&said.key)), "out of order: {said:?}");
            }
            assert!(*times <= 2, "two copies: {said:?}");
        }
        let ended = self.expired.iter().chain(&self.failed);
        let known: BTreeSet<&Key> = firsts.keys().copied().chain(ended).collect();
        assert_eq!(known.len(), sent, "messages that nobody knows of");
        // A message that failed may have grown too old before it was removed.
        let told = self.failed.len()..=self.failed.union(&self.expired).count();
        assert!(told.contains(&failures), "told of {failures} messages of {told:?}");
        let (expired, failed) = (self.expired.len(), self.failed.len());
        self.seen = Seen { messages: known.len(), copies, expired, failed, ..self.seen };
    }

    /// Every step still in effect, newest first, until nothing is left.
    pub fn undo_everything(&mut self) {
        self.bot.answers = None;
        for (place, speaker, scope) in places() {
            let hash = self.bot.keys.scope(&scope);
            let head = self.bot.view().get::<Head>(hash, &[]).expect("readable");
            let steps = head.and_then(|head| head.numbers.get(&UndoStep::ID.0).copied());
            for number in (1..=steps.unwrap_or_default()).rev() {
                let step = self.bot.view().get::<UndoStep>(hash, &number.to_be_bytes());
                if step.expect("readable").expect("a step").undone_by.is_some() {
                    continue;
                }
                self.seen.undone += 1;
                let (id, text) =
                    (format!("undo{}", self.seen.undone), format!("@管家 撤销 U{number}"));
                let (place, at, text) = (&*place, self.bot.now, &*text);
                let line = Line { place, speaker, text, id: &id, quoted: None, at };
                self.bot.said.clear();
                self.bot.callback(&line.raw(CAST)).expect("in memory");
                let answers = self.bot.said.iter().map(|said| said.card.plain());
                let answers = answers.collect::<Vec<_>>().join("\n");
                assert!(answers.contains(&format!("已撤销 U{number}")), "{answers}");
            }
        }
        let mut messages = BTreeMap::new();
        for scope in scopes() {
            let hash = self.bot.keys.scope(&scope);
            let left = MADE.iter().find(|table| !self.bot.rows(hash, **table).is_empty());
            assert_eq!(left, None, "records left");
            let of_made = |(table, ..): &Date| MADE.contains(&TableId(*table));
            let dates = self.bot.dates(&scope);
            assert_eq!(dates.into_iter().find(of_made), None, "dates left");
            assert_eq!(self.bot.mirrors_from(&scope), [], "mirrors left");
            self.bot.derived_is_right(&scope);
            messages.extend(self.bot.rows(hash, Message::ID));
        }
        assert!(messages == self.heard, "messages are not as they were heard");
    }
}

/// The records of a scope are what its journal says last of each, and nothing changed a record
/// without an entry.
fn is_fold(bot: &Bot, scope: ScopeHash, journal: &[Row]) {
    let mut after: BTreeMap<Key, [u8; 16]> = BTreeMap::new();
    for Row { entry, content } in journal {
        for (n, touched) in entry.touched.iter().enumerate() {
            let key = Key::new(TableId(touched.table), scope, &touched.rest);
            let before = content.as_ref().and_then(|content| content.before.get(n));
            if let Some(before) = before {
                let was = after.get(&key).copied().unwrap_or_default();
                let before = before.as_ref().map(|bytes| bytes.as_slice());
                assert_eq!(value_hash(before), was, "entry {}", entry.seq);
            }
            after.insert(key, touched.after);
        }
    }
    after.retain(|_, hash| *hash != [0; 16]);
    let mut stands = BTreeMap::new();
    for entry in tables::TABLES {
        let rows = bot.rows(scope, entry.id).into_iter();
        stands.extend(rows.map(|(key, value)| (key, value_hash(Some(&value)))));
    }
    assert!(after == stands, "the records are not what the journal says");
}
