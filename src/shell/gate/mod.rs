//! Whether an account may call its platform now: its budgets, and the line of those who wait for
//! one. Plain arithmetic behind a lock; it waits for nothing and wakes nobody.

mod month;

use std::collections::{BTreeSet, HashMap};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};

pub use month::Month;

use crate::core::outbox::Unsent;
use crate::core::tally::{LANES, Sends, Tally};
use crate::model::{Lane, Timestamp};
use crate::platform::Limits;
use crate::shell::bell::lock;
use crate::shell::circuit::Circuit;
use crate::shell::limiter::{Limiter, Reserves, Window};
use crate::store::ScopeHash;

const SECOND_MS: i64 = 1000;
const MINUTE_MS: i64 = 60 * SECOND_MS;
const HALF_HOUR_MS: i64 = 30 * MINUTE_MS;
/// Targets whose minute is remembered; beyond it those that are idle are forgotten at each call.
const TARGETS_MAX: usize = 4096;
/// Those called up are given this long to take their place before the next are, in ms.
const CALL_MS: i64 = 20;
/// The budgets of one account.
#[derive(Debug)]
pub struct Gate {
    /// The account's name, for the operator.
    account: String,
    limits: Limits,
    state: Mutex<State>,
    /// How many wait in the line: asked without the lock.
    waiting: AtomicUsize,
    /// Calls of late failed, or the platform is down: asked without the lock.
    troubled: AtomicBool,
    down: AtomicBool,
    /// What became of messages, by lane and end.
    ends: [[AtomicU64; ENDS]; LANES],
    /// The tally as it was last given out.
    noted: Mutex<Tally>,
}

/// How a message, or an attempt at one, ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// It arrived.
    Sent,
    /// It failed for good.
    Failed,
    /// Nobody waits for it any more.
    Expired,
    /// It is sent once more although it may have arrived.
    Copied,
    /// It is part of another one.
    Merged,
}

/// How many of these there are.
const ENDS: usize = 5;

#[derive(Debug)]
struct State {
    api: Limiter,
    /// The minute of each target that was spoken to by the API lately.
    targets: HashMap<ScopeHash, Window>,
    /// The minute of the custom robot, and until when it is shut.
    robot: Limiter,
    robot_shut: Timestamp,
    /// Calls of the month.
    month: Month,
    /// When something that can be merged last went to each target, while that is rationed.
    thin: HashMap<ScopeHash, Timestamp>,
    line: Line,
    circuit: Circuit,
}

/// Targets that wait for the account: the most urgent first, then who has waited longest.
#[derive(Debug, Default)]
struct Line {
    order: BTreeSet<(Lane, Timestamp, ScopeHash)>,
    of: HashMap<ScopeHash, (Lane, Timestamp)>,
}

/// Why a message may not go now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Full {
    /// The account is at its pace: it waits in the line.
    Account,
    /// The target has had enough for now: until then.
    Target(Timestamp),
    /// The month's quota is used up as far as its lane may.
    Month,
}

impl Gate {
    /// With these limits, and nothing used.
    pub fn new(limits: Limits) -> Self {
        let api = [(limits.calls_per_s, SECOND_MS), (limits.calls_per_min, MINUTE_MS)];
        let state = State {
            api: Limiter::new(&api),
            targets: HashMap::new(),
            robot: Limiter::new(&[(limits.robot_per_min, MINUTE_MS)]),
            robot_shut: Timestamp(i64::MIN),
            month: Month::default(),
            thin: HashMap::new(),
            line: Line::default(),
            circuit: Circuit::default(),
        };
        let (waiting, troubled, down, ends, noted) = <_>::default();
        let (account, state) = (String::new(), Mutex::new(state));
        Self { account, limits, state, waiting, troubled, down, ends, noted }
    }

    /// The same, of an account.
    #[must_use]
    pub fn of(mut self, account: &str) -> Self {
        account.clone_into(&mut self.account);
        self
    }

    /// Counts the ends of messages of a lane.
    pub fn count(&self, lane: Lane, end: End, by: u64) {
        self.ends[lane as usize][end as usize].fetch_add(by, Ordering::Relaxed);
    }

    /// Takes over what was counted before the last restart.
    pub fn restore(&self, tally: &Tally) {
        for (ends, sends) in self.ends.iter().zip(&tally.lanes) {
            let Sends { sent, failed, expired, copies, merged } = *sends;
            for (end, count) in ends.iter().zip([sent, failed, expired, copies, merged]) {
                end.store(count, Ordering::Relaxed);
            }
        }
        lock(&self.state).month = Month { nth: tally.month, calls: tally.calls };
        lock(&self.noted).clone_from(tally);
    }

    /// The tally, if it has changed and was not given out within `every_ms`.
    pub fn changed(&self, account: &str, now: Timestamp, every_ms: i64) -> Option<Tally> {
        let mut noted = lock(&self.noted);
        let lanes = std::array::from_fn(|nth| {
            let [sent, failed, expired, copies, merged] =
                std::array::from_fn(|end| self.ends[nth][end].load(Ordering::Relaxed));
            Sends { sent, failed, expired, copies, merged }
        });
        let (month, down_since) = {
            let state = lock(&self.state);
            (state.month, state.circuit.down_since())
        };
        let tally = Tally {
            account: account.to_owned(),
            at: noted.at,
            month: month.nth,
            calls: month.calls,
            quota: self.limits.calls_per_month,
            down_since,
            lanes,
        };
        let early = noted.at.plus_ms(every_ms) > now && now >= noted.at;
        if tally == *noted || (early && down_since == noted.down_since) {
            return None;
        }
        *noted = Tally { at: now, ..tally };
        Some(noted.clone())
    }

    /// Whether nothing may go at all until the platform answers again.
    pub fn is_down(&self) -> bool {
        self.down.load(Ordering::Relaxed)
    }

    /// Since when that is so.
    pub fn down_since(&self) -> Option<Timestamp> {
        lock(&self.state).circuit.down_since()
    }

    /// A call was answered.
    pub fn answered(&self) {
        if self.troubled.load(Ordering::Relaxed) {
            let mut state = lock(&self.state);
            state.circuit.answered();
            self.note(&state.circuit);
        }
    }

    /// A call was not answered; whether the platform counts as down from now on.
    pub fn failed(&self, now: Timestamp) -> bool {
        let mut state = lock(&self.state);
        let opens = state.circuit.failed(now);
        self.note(&state.circuit);
        opens
    }

    /// Whether the platform is to be probed now: whoever is told so does it.
    pub fn probe(&self, now: Timestamp) -> bool {
        self.is_down() && lock(&self.state).circuit.probe(now)
    }

    /// What came of the probe.
    pub fn probed(&self, answered: bool, now: Timestamp) {
        let mut state = lock(&self.state);
        state.circuit.probed(answered, now);
        self.note(&state.circuit);
    }

    fn note(&self, circuit: &Circuit) {
        self.troubled.store(circuit.failures() > 0, Ordering::Relaxed);
        self.down.store(circuit.down_since().is_some(), Ordering::Relaxed);
    }

    /// When a report of the full or half hour goes: spread behind it, always the same way for one
    /// target and never before its time. What somebody set for a time of day is not a report.
    pub fn off_the_hour(&self, target: ScopeHash, row: &Unsent) -> Timestamp {
        let past_ms = row.created_at.0.rem_euclid(HALF_HOUR_MS);
        if row.card.lane != Lane::Digest || past_ms >= MINUTE_MS || self.limits.spread_ms == 0 {
            return row.created_at;
        }
        let [a, b, c, d, ..] = target.0;
        let spread = u32::from_be_bytes([a, b, c, d]) % self.limits.spread_ms;
        row.created_at.plus_ms(i64::from(spread))
    }

    /// How many messages like this one may go to a target by the API now: at least one.
    pub fn ask(&self, target: ScopeHash, row: &Unsent, now: Timestamp) -> Result<usize, Full> {
        self.room(&mut lock(&self.state), target, row, now)
    }

    /// Takes the place of one call by the API.
    pub fn take(&self, target: ScopeHash, row: &Unsent, now: Timestamp) -> Result<(), Full> {
        let mut state = lock(&self.state);
        self.room(&mut state, target, row, now)?;
        let state = &mut *state;
        let quota = self.limits.calls_per_month;
        let share = Reserves::OF_MONTH.share(quota, row.card.lane);
        if quota > 0 && state.month.calls >= share {
            return Err(Full::Month);
        }
        if row.card.told.is_some() && state.month.rationed(quota).is_some() {
            state.thin.insert(target, now);
        }
        state.month.calls = state.month.calls.saturating_add(1);
        state.month.tell_of(quota, &self.account);
        state.api.take(now);
        let per_min = self.limits.target_per_min;
        if per_min > 0 {
            if state.targets.len() >= TARGETS_MAX {
                state.targets.retain(|_, window| window.used(now) > 0);
            }
            let new = || Window::new(per_min, MINUTE_MS);
            state.targets.entry(target).or_insert_with(new).take(now);
        }
        Ok(())
    }

    /// Takes a place of the custom robot, or says until when there is none.
    pub fn take_robot(&self, lane: Lane, now: Timestamp) -> Result<(), Timestamp> {
        let mut state = lock(&self.state);
        if state.robot_shut > now {
            return Err(state.robot_shut);
        }
        if state.robot.room(lane, now) == 0 {
            return Err(state.robot.free_at(lane, now));
        }
        state.robot.take(now);
        Ok(())
    }

    /// The custom robot said that it had too much: it is shut for a while, whatever was counted.
    pub fn shut_robot(&self, now: Timestamp) {
        lock(&self.state).robot_shut = now.plus_ms(self.limits.robot_shut_ms);
    }

    fn room(
        &self,
        state: &mut State,
        target: ScopeHash,
        row: &Unsent,
        now: Timestamp,
    ) -> Result<usize, Full> {
        let lane = row.card.lane;
        let room = state.api.room(lane, now);
        if room == 0 {
            return Err(Full::Account);
        }
        let month = Month::of(now, self.limits.month_zone);
        if state.month.nth != month.nth {
            state.month = month;
            state.thin.clear();
        }
        let quota = self.limits.calls_per_month;
        let rationed = row.card.told.as_ref().and_then(|_| state.month.rationed(quota));
        if let Some(gap_ms) = rationed
            && let Some(last) = state.thin.get(&target)
            && last.plus_ms(gap_ms) > now
        {
            return Err(Full::Target(last.plus_ms(gap_ms)));
        }
        let window = state.targets.get_mut(&target);
        let of_target = window.map(|w| (w.room(lane, now), w.free_at(lane, now)));
        match of_target {
            Some((0, free_at)) => Err(Full::Target(free_at)),
            _ if rationed.is_some() => Ok(1),
            Some((of_target, _)) => Ok(room.min(of_target)),
            None => Ok(room),
        }
    }

    /// The calls of this month.
    pub fn month(&self) -> Month {
        lock(&self.state).month
    }

    /// Whether anybody waits in the line.
    pub fn is_crowded(&self) -> bool {
        self.waiting.load(Ordering::Relaxed) > 0
    }

    /// A target waits in the line, with the lane and the age of what it has to say.
    pub fn enter(&self, target: ScopeHash, lane: Lane, since: Timestamp) {
        let mut state = lock(&self.state);
        state.line.leave(target);
        state.line.order.insert((lane, since, target));
        state.line.of.insert(target, (lane, since));
        self.waiting.store(state.line.of.len(), Ordering::Relaxed);
    }

    /// A target waits no longer.
    pub fn leave(&self, target: ScopeHash) {
        if self.is_crowded() {
            let mut state = lock(&self.state);
            state.line.leave(target);
            self.waiting.store(state.line.of.len(), Ordering::Relaxed);
        }
    }

    /// The targets of the line that may go now, and when to ask again; `None` if nobody is left.
    pub fn call_up(&self, now: Timestamp) -> (Vec<ScopeHash>, Option<Timestamp>) {
        if self.is_down() {
            return (Vec::new(), lock(&self.state).circuit.probe_at());
        }
        if !self.is_crowded() {
            return (Vec::new(), None);
        }
        let mut state = lock(&self.state);
        let state = &mut *state;
        let mut called = Vec::new();
        let mut next = None;
        while let Some(&(lane, _, target)) = state.line.order.first() {
            // Whoever comes behind is of this lane or of one that has less room.
            if called.len() >= state.api.room(lane, now) {
                next = Some(state.api.free_at(lane, now).max(now.plus_ms(CALL_MS)));
                break;
            }
            state.line.leave(target);
            called.push(target);
        }
        self.waiting.store(state.line.of.len(), Ordering::Relaxed);
        (called, next)
    }
}

impl Line {
    fn leave(&mut self, target: ScopeHash) {
        if let Some((lane, since)) = self.of.remove(&target) {
            self.order.remove(&(lane, since, target));
        }
    }
}

#[cfg(test)]
mod tests;
