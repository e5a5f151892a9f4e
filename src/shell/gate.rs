//! Whether an account may call its platform now: its budgets, and the line of those who wait for
//! one. Plain arithmetic behind a lock; it waits for nothing and wakes nobody.

use std::collections::{BTreeSet, HashMap};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};

use super::bell::lock;
use super::circuit::Circuit;
use super::limiter::{Limiter, Reserves, Window};
use crate::core::outbox::Unsent;
use crate::core::tally::{LANES, Sends, Tally};
use crate::model::{Lane, Timestamp};
use crate::platform::Limits;
use crate::store::ScopeHash;

const SECOND_MS: i64 = 1000;
const MINUTE_MS: i64 = 60 * SECOND_MS;
/// Targets whose minute is remembered; beyond it those that are idle are forgotten at each call.
const TARGETS_MAX: usize = 4096;
/// Those called up are given this long to take their place before the next are, in ms.
const CALL_MS: i64 = 20;
/// From such a part of the month's quota on (in hundredths), what can be merged goes to each target
/// this seldom, in ms: a flood then ends in few messages and not in an empty quota.
const THIN: [(u32, i64); 2] = [(75, 6 * 60 * MINUTE_MS), (50, 60 * MINUTE_MS)];
/// Quotas of a month are of the month in Beijing.
const MONTH_ZONE: chrono_tz::Tz = chrono_tz::Asia::Shanghai;

/// The budgets of one account.
#[derive(Debug)]
pub struct Gate {
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
    /// Calls of the month.
    month: Month,
    /// When something that can be merged last went to each target, while that is rationed.
    thin: HashMap<ScopeHash, Timestamp>,
    line: Line,
    circuit: Circuit,
}

/// Calls of one month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Month {
    /// Which month: twelve times the year and the month from 0.
    pub nth: i32,
    /// Calls in it.
    pub calls: u32,
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
            month: Month::default(),
            thin: HashMap::new(),
            line: Line::default(),
            circuit: Circuit::default(),
        };
        let (waiting, troubled, down, ends, noted) = <_>::default();
        Self { limits, state: Mutex::new(state), waiting, troubled, down, ends, noted }
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
        if row.card.told.is_some() && self.rationed(state).is_some() {
            state.thin.insert(target, now);
        }
        state.month.calls = state.month.calls.saturating_add(1);
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
        let month = month(now);
        if state.month.nth != month {
            state.month = Month { nth: month, calls: 0 };
            state.thin.clear();
        }
        let rationed = row.card.told.as_ref().and_then(|_| self.rationed(state));
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

    /// How long a target has to wait between two messages that can be merged, in ms, if much of the
    /// month's quota is used.
    fn rationed(&self, state: &State) -> Option<i64> {
        let quota = u64::from(self.limits.calls_per_month);
        let used = u64::from(state.month.calls) * 100;
        let passed = |percent: u32| quota > 0 && used >= quota * u64::from(percent);
        THIN.iter().find(|(percent, _)| passed(*percent)).map(|(_, gap_ms)| *gap_ms)
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

fn month(now: Timestamp) -> i32 {
    use chrono::Datelike;
    let day = now.day(MONTH_ZONE);
    day.year().saturating_mul(12).saturating_add(day.month0().cast_signed())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::told::{Kind, Told};
    use crate::model::{Lang, Outgoing, Scope};

    const T0: Timestamp = Timestamp(1_790_000_000_000);

    fn target(n: u8) -> ScopeHash {
        ScopeHash([n; 16])
    }

    fn row(lane: Lane) -> Unsent {
        Unsent {
            target: Scope::Organisation,
            card: Outgoing::text("x").in_lane(lane),
            reply: None,
            created_at: T0,
            expires_at: None,
            attempts: 1,
            doubts: 0,
            parts: 0,
            not_before: T0,
        }
    }

    #[test]
    fn a_target_has_a_minute_of_its_own() {
        let gate = Gate::new(Limits { calls_per_s: 100, target_per_min: 4, ..Limits::default() });
        for _ in 0..2 {
            gate.take(target(1), &row(Lane::Notice), T0).expect("there is room");
        }
        let full = gate.ask(target(1), &row(Lane::Notice), T0).expect_err("two are for others");
        assert!(matches!(full, Full::Target(at) if at > T0.plus_ms(MINUTE_MS)), "{full:?}");
        assert_eq!(gate.ask(target(1), &row(Lane::Urgent), T0), Ok(2));
        assert!(gate.ask(target(2), &row(Lane::Notice), T0).is_ok());
    }

    #[test]
    fn the_months_quota_ends_for_digests_before_it_does_for_urgent_messages() {
        let gate = Gate::new(Limits { calls_per_month: 100, ..Limits::default() });
        for (lane, most) in [(Lane::Digest, 88), (Lane::Notice, 93), (Lane::Urgent, 100)] {
            while gate.take(target(1), &row(lane), T0).is_ok() {}
            let ended = gate.take(target(1), &row(lane), T0);
            assert_eq!((ended, gate.month().calls), (Err(Full::Month), most));
        }
        let next_month = T0.plus_ms(31 * 86_400_000);
        assert_eq!(gate.take(target(1), &row(Lane::Digest), next_month), Ok(()));
        assert_eq!(gate.month().calls, 1);
    }

    #[test]
    fn what_can_be_merged_is_rationed_once_half_of_the_month_is_used() {
        let gate = Gate::new(Limits { calls_per_month: 100, ..Limits::default() });
        let mut alert = row(Lane::Notice);
        alert.card.told = Some(Told::one(Lang::Zh, Kind::Alert, "库存", 1));
        (0..50).for_each(|_| gate.take(target(1), &alert, T0).expect("there is room"));
        assert_eq!(gate.take(target(2), &alert, T0), Ok(()));
        let hour = T0.plus_ms(60 * MINUTE_MS);
        assert_eq!(gate.take(target(2), &alert, T0), Err(Full::Target(hour)));
        assert_eq!(gate.take(target(2), &row(Lane::Notice), T0), Ok(()), "a reminder is not");
        assert_eq!(gate.ask(target(2), &alert, hour), Ok(1));
    }

    #[test]
    fn the_line_is_called_up_by_lane_then_by_age() {
        let gate = Gate::new(Limits { calls_per_s: 4, ..Limits::default() });
        for (n, lane, age) in [
            (1, Lane::Notice, 9),
            (2, Lane::Answer, 1),
            (3, Lane::Answer, 5),
            (4, Lane::Digest, 99),
            (5, Lane::Urgent, 0),
        ] {
            gate.enter(target(n), lane, T0.plus_ms(-age));
        }
        // One of four is for urgent messages alone, one more for answers.
        let (called, next) = gate.call_up(T0);
        assert_eq!(called, [5, 3, 2].map(target));
        assert!(next.is_some_and(|at| at > T0));
        called.iter().for_each(|t| gate.take(*t, &row(Lane::Urgent), T0).expect("there is room"));
        assert_eq!(gate.call_up(T0).0, []);
        let later = T0.plus_ms(2000);
        assert_eq!(gate.call_up(later).0, [1].map(target));
        gate.leave(target(4));
        assert!(!gate.is_crowded());
        assert_eq!(gate.call_up(later), (Vec::new(), None));
    }
}
