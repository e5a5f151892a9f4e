//! The simulation: who says what when, senders that wait for a slow platform, and what came of it.

pub mod cut;
pub mod platform;

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap, HashMap};

use platform::Arrived;
use steward::core::merge::merge;
use steward::core::outbox::{Unsent, key};
use steward::model::told::{Kind, Told};
use steward::model::{ConversationId, Lane, Lang, Outgoing, Scope, Timestamp};
use steward::platform::Limits;
use steward::shell::gate::{Full, Gate};
use steward::shell::outbox::desk::{self, Step};
use steward::shell::outbox::{SENDERS_MAX, plan};
use steward::shell::tray::{Left, Message, SHARE_MAX, Tray};
use steward::store::{Key, ScopeHash};

/// Alerts of a flood.
pub const ALERTS: u32 = 10_000;
/// Messages of the other lanes while it lasts.
const URGENT: u32 = 150;
const ANSWERS: u32 = 300;
const DIGESTS: u32 = 100;
/// Slowest way to the platform, and slowest answer, in ms.
const WAY_MS: usize = 150;
const ANSWER_MS: usize = 400;
/// The others come for at least this long, in ms.
const OTHERS_MS: i64 = 120_000;

const T0: i64 = 1_790_000_000_000;

/// A flood to come.
pub struct Flood {
    /// To how many conversations.
    pub conversations: u32,
    /// Within which time it comes.
    pub over_ms: i64,
    /// Of everything that is left to chance.
    pub seed: u64,
}

/// What came of it.
pub struct Outcome {
    /// What the platform got.
    pub arrived: Vec<Arrived>,
    /// Alerts by conversation.
    pub said: BTreeMap<u32, u32>,
    /// Alerts that arrived, alone or counted in a digest, by conversation.
    pub accounted: BTreeMap<u32, u32>,
    /// Messages that stand for several.
    pub digests: usize,
    /// Messages by lane: when they were said, and how long they took to arrive, in ms.
    pub delays: Vec<(Lane, i64, i64)>,
    /// Messages that still wait.
    pub left: usize,
    /// Messages that did not go because the month's quota was used up.
    pub refused: usize,
}

/// What happens at a time.
enum Happens {
    Said(u32, Outgoing),
    /// The platform's answer to what a sender sent.
    Answered(Box<Desk>, Key),
    /// Something rests until now.
    Look,
}

/// A sender's work.
struct Desk {
    target: ScopeHash,
    rows: Vec<Message>,
    full: bool,
}

struct World {
    now: i64,
    count: u64,
    happens: BinaryHeap<Reverse<(i64, u64)>>,
    what: HashMap<u64, Happens>,
    tray: Tray,
    gate: Gate,
    store: BTreeMap<Key, Unsent>,
    revisions: u64,
    free: usize,
    looks: i64,
    dice: Dice,
    arrived: Vec<Arrived>,
    refused: Vec<(u32, Unsent)>,
}

impl Flood {
    /// Everything comes, and goes as far as it may.
    pub fn run(self, limits: Limits) -> Outcome {
        let mut world = World {
            now: T0,
            count: 0,
            happens: BinaryHeap::new(),
            what: HashMap::new(),
            tray: Tray::default(),
            gate: Gate::new(limits),
            store: BTreeMap::new(),
            revisions: 0,
            free: SENDERS_MAX,
            looks: i64::MAX,
            dice: Dice(self.seed),
            arrived: Vec::new(),
            refused: Vec::new(),
        };
        let said = self.say(&mut world);
        while let Some(Reverse((at, nth))) = world.happens.pop() {
            world.now = at;
            if let Some(what) = world.what.remove(&nth) {
                world.happen(what);
            }
            world.work();
        }
        Outcome::of(world, said)
    }

    fn say(&self, world: &mut World) -> BTreeMap<u32, u32> {
        let mut said: BTreeMap<u32, u32> = BTreeMap::new();
        for n in 0..ALERTS {
            let target = n % self.conversations;
            let number = said.entry(target).or_default();
            *number += 1;
            let mut card = Outgoing::text(format!("A{number} 库存 上报")).in_lane(Lane::Notice);
            card.told = Some(Told::one(Lang::Zh, Kind::Alert, "库存", *number));
            let at = self.over_ms * i64::from(n) / i64::from(ALERTS);
            world.later(T0 + at, Happens::Said(target, card));
        }
        let others = [(Lane::Urgent, URGENT), (Lane::Answer, ANSWERS), (Lane::Digest, DIGESTS)];
        // Of one conversation no more than its minute takes.
        let span =
            self.over_ms.max(OTHERS_MS) * i64::from(500 / self.conversations.min(500)).max(1);
        for (lane, count) in others {
            for nth in 0..count {
                let target = world.dice.roll(self.conversations as usize) as u32;
                let at = T0 + span * i64::from(nth) / i64::from(count);
                let card = Outgoing::text("今天 18:00 吃药").in_lane(lane);
                world.later(at, Happens::Said(target, card));
            }
        }
        said
    }
}

impl World {
    fn later(&mut self, at: i64, what: Happens) {
        self.count += 1;
        self.happens.push(Reverse((at, self.count)));
        self.what.insert(self.count, what);
    }

    fn happen(&mut self, what: Happens) {
        match what {
            Happens::Said(target, card) => self.say(target, card),
            Happens::Answered(desk, key) => {
                self.store.remove(&key);
                self.free += 1;
                let lane = desk.rows.iter().map(|(_, row)| row.card.lane).min();
                if lane.is_some_and(|lane| self.tray.has_before(desk.target, lane)) {
                    self.tray.left(desk.target, Left::More);
                } else {
                    self.send(*desk);
                }
            }
            Happens::Look => self.looks = i64::MAX,
        }
    }

    fn say(&mut self, target: u32, card: Outgoing) {
        self.revisions += 1;
        let hash = hash(target);
        let key = key(hash, self.revisions, 0);
        let id = format!("cid{target}");
        let now = Timestamp(self.now);
        let to = Scope::Conversation(ConversationId { account: "main".into(), id });
        let unsent = Unsent::new(to, card, now);
        self.store.insert(key.clone(), unsent.clone());
        self.tray.hand(hash, vec![(key, unsent)]);
    }

    /// Senders that are free take targets; what rests is looked at when its time has come.
    fn work(&mut self) {
        loop {
            let now = Timestamp(self.now);
            let (called, next) = self.gate.call_up(now);
            called.into_iter().for_each(|target| self.tray.call(target));
            let next = [self.tray.wake_rested(now), next].into_iter().flatten().min();
            let work = if self.free > 0 { self.tray.try_next() } else { None };
            let Some(work) = work else {
                if let Some(at) =
                    next.map(|at| at.0.max(self.now + 1)).filter(|at| *at < self.looks)
                {
                    self.looks = at;
                    self.later(at, Happens::Look);
                }
                return;
            };
            self.gate.leave(work.target);
            let (rows, full) = match work.messages {
                Some(messages) => (messages, false),
                None => self.read(work.target, &work.upto),
            };
            self.send(Desk { target: work.target, rows, full });
        }
    }

    fn read(&self, target: ScopeHash, upto: &Key) -> (Vec<Message>, bool) {
        let from = key(target, 0, 0);
        let rows = self.store.range(from..=upto.clone()).take(SHARE_MAX);
        let rows: Vec<Message> = rows.map(|(k, row)| (k.clone(), row.clone())).collect();
        let full = rows.len() == SHARE_MAX;
        (rows, full)
    }

    /// What a sender does until it waits for the platform or leaves its target.
    fn send(&mut self, mut desk: Desk) {
        let now = Timestamp(self.now);
        loop {
            match desk::next(desk.target, &desk.rows, desk.full, Some(&self.gate), now) {
                Step::Leave(left) => {
                    self.tray.left(desk.target, left);
                    if let Left::Held(lane, since) = left {
                        self.gate.enter(desk.target, lane, since);
                    }
                    return;
                }
                Step::Merge(pile) => {
                    let row = merge(pile.iter().map(|n| &desk.rows[*n].1)).expect("a pile");
                    for n in pile[1..].iter().rev() {
                        let (key, _) = desk.rows.remove(*n);
                        self.store.remove(&key);
                    }
                    let (key, first) = &mut desk.rows[pile[0]];
                    first.clone_from(&row);
                    self.store.insert(key.clone(), row);
                    if desk.full {
                        return self.tray.left(desk.target, Left::More);
                    }
                }
                Step::Send(n) => {
                    let (key, row) = desk.rows.remove(n);
                    let taken = self.gate.take(desk.target, &row, now);
                    if taken == Err(Full::Month) {
                        // A dead letter: on record, and told.
                        self.store.remove(&key);
                        self.refused.push((number(desk.target), row));
                        continue;
                    }
                    if taken.is_err() {
                        let row = plan::put_back(&row, now);
                        self.store.insert(key.clone(), row.clone());
                        desk.rows.insert(n, (key, row));
                        continue;
                    }
                    self.free -= 1;
                    let at = self.now + self.dice.roll(WAY_MS) as i64;
                    let target = number(desk.target);
                    self.arrived.push(Arrived { at, target, key: key.clone(), row });
                    let answered = at + self.dice.roll(ANSWER_MS) as i64;
                    return self.later(answered, Happens::Answered(Box::new(desk), key));
                }
            }
        }
    }
}

impl Outcome {
    fn of(world: World, said: BTreeMap<u32, u32>) -> Self {
        let mut accounted: BTreeMap<u32, u32> = BTreeMap::new();
        let mut digests = 0;
        let count = |row: &Unsent| row.card.told.as_ref().map_or(0, Told::count);
        for (target, row) in &world.refused {
            *accounted.entry(*target).or_default() += count(row);
        }
        for call in &world.arrived {
            let count = count(&call.row);
            *accounted.entry(call.target).or_default() += count;
            digests += usize::from(count > 1);
        }
        let delay = |call: &Arrived| {
            let said = call.row.created_at.0;
            (call.row.card.lane, said - T0, call.at - said)
        };
        let delays = world.arrived.iter().map(delay).collect();
        let (left, refused) = (world.store.len(), world.refused.len());
        Self { arrived: world.arrived, said, accounted, digests, delays, left, refused }
    }

    /// Within a conversation and a lane, messages went in the order in which they were said, each
    /// once.
    pub fn in_order(&self) {
        let mut last: HashMap<(u32, Lane), &Key> = HashMap::new();
        for call in &self.arrived {
            let before = last.insert((call.target, call.row.card.lane), &call.key);
            assert!(before < Some(&call.key), "out of order: {call:?}");
        }
    }
}

fn number(target: ScopeHash) -> u32 {
    u32::from_be_bytes(target.0[..4].try_into().expect("four bytes"))
}

fn hash(target: u32) -> ScopeHash {
    let mut hash = ScopeHash::default();
    hash.0[..4].copy_from_slice(&target.to_be_bytes());
    hash
}

/// Numbers that look random and come again with the seed.
struct Dice(u64);

impl Dice {
    /// From 0 to below `sides`.
    fn roll(&mut self, sides: usize) -> usize {
        // SplitMix64.
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut x = self.0;
        x = (x ^ (x >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        x = (x ^ (x >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((x ^ (x >> 31)) % sides as u64) as usize
    }
}
