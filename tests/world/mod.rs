//! A bot to which everything happens at once: power cuts, callbacks late, out of order and again,
//! answers of the platform lost, jumps of the clock.

mod check;
pub mod steps;

use std::collections::{BTreeMap, BTreeSet};

use steward::core::outbox::{Unsent, wake_due};
use steward::model::message::Message;
use steward::platform::{Arrived, Platform, Raw, Received};
use steward::store::faulty::{Cut, PowerCut};
use steward::store::memory::Memory;
use steward::store::{Fault, Key, Table};

use crate::bot::{Bot, Said};
use crate::rounds::Dice;
use steps::{Step, answers, anything, morning, name, open, scopes};

/// Things that happen in a round.
pub const STEPS: usize = 18;
/// Power cuts in a round.
const CUTS: usize = 3;
/// Fewer calls of the engine until each.
const CALLS: usize = 50;
/// Callbacks that may be under way at once, and so overtake one another.
const UNDER_WAY: usize = 3;
/// How often what waits is looked at, at the end: the longest pause is short of an hour.
const SETTLING: usize = 200;
/// Longer than the first pauses between attempts.
const ATTEMPT_MS: i64 = 5_000;

const HOUR_MS: i64 = 3_600_000;

/// A bot to which everything happens at once.
pub struct World {
    dice: Dice,
    disk: Memory,
    engine: Cut,
    bot: Bot,
    cuts: usize,
    /// Callbacks under way, and those that are known to be answered.
    under_way: Vec<(Raw, bool)>,
    /// Events by their keys.
    events: BTreeSet<String>,
    said: Vec<Said>,
    expired: BTreeSet<Key>,
    failed: BTreeSet<Key>,
    /// Messages of groups as they were kept at first.
    heard: BTreeMap<Key, Vec<u8>>,
    /// What went wrong so far.
    pub seen: Seen,
}

/// What went wrong.
#[derive(Debug, Clone, Copy, Default)]
pub struct Seen {
    pub cuts: usize,
    pub events: usize,
    pub again: usize,
    pub messages: usize,
    pub copies: usize,
    pub expired: usize,
    pub failed: usize,
    pub undone: usize,
}

impl Seen {
    /// Of another round too.
    pub fn add(&mut self, other: &Self) {
        self.cuts += other.cuts;
        self.events += other.events;
        self.again += other.again;
        self.messages += other.messages;
        self.copies += other.copies;
        self.expired += other.expired;
        self.failed += other.failed;
        self.undone += other.undone;
    }
}

impl World {
    /// Of a seed.
    pub fn new(round: u64) -> Self {
        let (dice, disk) = (Dice::new(round), Memory::default());
        let engine = Cut::new(disk.clone(), None).expect("in memory");
        let bot = open(&engine, morning()).expect("in memory");
        let mut world = Self {
            dice,
            disk,
            engine,
            bot,
            cuts: CUTS,
            under_way: Vec::new(),
            events: BTreeSet::new(),
            said: Vec::new(),
            expired: BTreeSet::new(),
            failed: BTreeSet::new(),
            heard: BTreeMap::new(),
            seen: Seen::default(),
        };
        // With a cut ahead.
        world.restart();
        world
    }

    /// Everything happens.
    pub fn live(&mut self) {
        let mut next = 0;
        while next < STEPS || !self.under_way.is_empty() {
            let room = next < STEPS && self.under_way.len() < UNDER_WAY;
            if room && (self.under_way.is_empty() || self.dice.one_in(2)) {
                let step = anything(&mut self.dice, next);
                match (step.raw(next, self.bot.now), step) {
                    (Some(raw), _) => self.under_way.push((raw, false)),
                    (None, Step::Later(ms)) => self.later(ms),
                    (None, Step::Say { .. }) => unreachable!("it has a callback"),
                }
                next += 1;
            } else {
                self.deliver();
            }
        }
        // The last start, after which nothing stops it any more.
        self.cuts = 0;
        self.restart();
        for _ in 0..SETTLING {
            let due = self.bot.next_wake().expect("in memory").and_then(|(key, _)| wake_due(&key));
            let idle = due.is_none_or(|due| due > self.bot.now);
            if idle && self.bot.all::<Unsent>().is_empty() {
                break;
            }
            self.later(60_000);
        }
    }

    /// One of the callbacks under way arrives.
    fn deliver(&mut self) {
        let nth = self.dice.roll(self.under_way.len());
        let (raw, answered) = self.under_way[nth].clone();
        if let Received::Events { events, .. } =
            self.bot.platform.receive(Arrived::Callback(&raw), self.bot.now)
        {
            self.events.extend(events.iter().filter_map(name));
        }
        if self.act(|bot| bot.callback(&raw)) {
            self.seen.again += usize::from(answered);
            if !answered && self.dice.one_in(3) {
                self.under_way[nth].1 = true;
            } else {
                self.under_way.remove(nth);
            }
        }
    }

    fn later(&mut self, ms: i64) {
        let to = self.bot.now.plus_ms(ms);
        let jump = |bot: &mut Bot| {
            // Most of what waits for another attempt gets it.
            bot.jump(to.min(bot.now.plus_ms(ATTEMPT_MS)).max(bot.now))?;
            bot.send_all()?;
            bot.jump(to.max(bot.now))?;
            bot.send_all()
        };
        while !self.act(jump) {}
    }

    /// Does something; after a cut the bot starts again, and it has not been done to the end.
    fn act(&mut self, act: impl Fn(&mut Bot) -> Result<(), Fault>) -> bool {
        let done = act(&mut self.bot);
        if done.is_err() {
            assert!(self.engine.stopped(), "{done:?}");
            self.seen.cuts += 1;
            self.restart();
        }
        self.collect();
        done.is_ok()
    }

    fn restart(&mut self) {
        loop {
            self.collect();
            let cut = (self.cuts > 0).then(|| PowerCut {
                at_call: self.dice.roll(CALLS) as u64 + 1,
                survive: *self.dice.pick(&[&0, &1, &2, &usize::MAX]),
            });
            self.cuts -= usize::from(cut.is_some());
            self.engine = Cut::new(self.disk.clone(), cut).expect("in memory");
            let (hour, minute) = (HOUR_MS, HOUR_MS / 60);
            let off = *self.dice.pick(&[&0, &0, &minute, &(3 * hour), &(-10 * minute), &-hour]);
            let started = open(&self.engine, self.bot.now.plus_ms(off)).and_then(|bot| {
                self.bot = bot;
                self.bot.answers = Some(answers(Dice::new(self.dice.roll(1 << 30) as u64)));
                self.bot.send_left()?;
                self.bot.run_due()
            });
            if started.is_ok() {
                return self.collect();
            }
            assert!(self.engine.stopped());
            self.seen.cuts += 1;
        }
    }

    /// Takes down what the bot said, and what it has heard; without power, what it holds is not
    /// what it has.
    fn collect(&mut self) {
        self.said.append(&mut self.bot.said);
        self.expired.append(&mut self.bot.expired);
        self.failed.append(&mut self.bot.failed);
        if self.engine.stopped() {
            return;
        }
        for scope in scopes() {
            let rows = self.bot.rows(self.bot.keys.scope(&scope), Message::ID);
            let is_new = |(key, _): &(Key, Vec<u8>)| !self.heard.contains_key(key);
            let new: Vec<_> = rows.into_iter().filter(is_new).collect();
            self.heard.extend(new);
        }
    }
}
