//! Hands posts and dates over when they are due, forgets old events, and jumps the virtual clock.
//! Each row becomes one turn of its target, which deletes it; here nothing is decided.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;
use std::time::Duration;

use super::alive;
use super::bell::{Alarm, lock};
use super::clock::{Clock, Stopwatch};
use super::committer::Committer;
use super::fatal::Fatal;
use super::forget;
use super::rows::{self, Rows};
use super::steady::Steady;
use super::tray::Tray;
use super::worker::Worker;
use crate::core::outbox::{Wake, wake_due, wake_key};
use crate::model::post::DueName;
use crate::model::{Post, Timestamp};
use crate::store::table::id;
use crate::store::{Fault, Key, Position, ScopeHash, Store};

/// Rows looked at in one scan.
const SCAN_MAX: usize = 256;
/// Longest sleep: the system's clock may be set, and old events are to be forgotten.
const SLEEP_MAX: Duration = Duration::from_secs(30);
/// Sleep while due rows are under way or could not be handed over.
const SLEEP_BUSY: Duration = Duration::from_millis(50);
/// How often old events are looked for.
const FORGET_EVERY: Duration = Duration::from_secs(600);
/// Turns of one jump: a year of an hourly report. Beyond it the jump stops where it is.
const JUMP_TURNS_MAX: usize = 10_000;
/// How long a jump waits for one date's turn and all that it posted.
const JUMP_TURN_WAIT: Duration = Duration::from_secs(30);

/// What the ticker works with.
pub struct Parts {
    /// Where the rows are.
    pub store: Arc<dyn Store>,
    /// What time it is.
    pub clock: Arc<Clock>,
    /// Takes the turns.
    pub worker: Arc<Worker>,
    /// Makes a jump durable.
    pub committer: Arc<Committer>,
    /// Rung when something is due later than now.
    pub alarm: Arc<Alarm>,
    /// Waited for within a jump, and nudged after it: waiting messages may be due.
    pub outbox: Arc<Tray>,
    /// Called on a fault of the engine.
    pub fatal: Fatal,
}

/// Handle of the ticking thread.
pub struct Ticker {
    shared: Arc<Shared>,
    thread: Mutex<Option<JoinHandle<()>>>,
}

struct Shared {
    parts: Parts,
    stopping: AtomicBool,
    /// Held by whoever hands rows over: a tick or a jump.
    handing: Mutex<()>,
    /// Since the start.
    watch: Stopwatch,
    steady: Mutex<Steady>,
}

impl Ticker {
    /// Starts the thread.
    pub fn start(parts: Parts) -> std::io::Result<Self> {
        let (stopping, handing) = (AtomicBool::new(false), Mutex::default());
        let (watch, steady) = (Stopwatch::start(), Mutex::default());
        let shared = Arc::new(Shared { parts, stopping, handing, watch, steady });
        let of_thread = Arc::clone(&shared);
        let thread =
            std::thread::Builder::new().name("ticker".into()).spawn(move || of_thread.run())?;
        Ok(Self { shared, thread: Mutex::new(Some(thread)) })
    }

    /// Moves the clock forward to `to`, taking every date on the way at its own time, and keeps the
    /// new offset. Returns where the clock stands then: before `to` if there was too much on the
    /// way or the bot is stopping. Blocks.
    pub fn jump(&self, to: Timestamp) -> Result<Timestamp, Fault> {
        self.shared.jump(to)
    }

    /// Ends the thread.
    pub fn stop(&self) {
        self.shared.stopping.store(true, Ordering::SeqCst);
        self.shared.parts.alarm.ring();
        if let Some(thread) = lock(&self.thread).take() {
            // A panic of the thread has been logged by the hook.
            let _ = thread.join();
        }
    }
}

impl Drop for Ticker {
    fn drop(&mut self) {
        self.stop();
    }
}

impl Shared {
    fn run(&self) {
        let mut forgot: Option<Stopwatch> = None;
        let mut noted: Option<Timestamp> = None;
        while !self.stopping.load(Ordering::SeqCst) {
            let old = forgot.is_none_or(|watch| watch.left_of(FORGET_EVERY).is_zero());
            let now = self.parts.clock.now();
            let ticked = self.tick().and_then(|sleep| {
                if alive::is_due(noted, now) {
                    alive::note(&*self.parts.store, now)?;
                    noted = Some(now);
                }
                if old {
                    forgot = Some(Stopwatch::start());
                    forget::forget(&*self.parts.store, self.parts.clock.now())?;
                }
                Ok(sleep)
            });
            let sleep = ticked.unwrap_or_else(|fault| self.failed(&fault));
            self.parts.alarm.wait(sleep);
        }
    }

    /// Hands over what is due. Returns how long nothing else will be.
    fn tick(&self) -> Result<Duration, Fault> {
        let _handing = lock(&self.handing);
        let (mut from, mut left) = (first(), false);
        let passed = Duration::from_secs_f64(self.watch.seconds());
        let steady = lock(&self.steady).is_so(self.parts.clock.system().0, passed);
        loop {
            let now = self.parts.clock.now();
            let rows = self.scan(from, SCAN_MAX)?;
            for (key, wake) in rows.records {
                match wake_due(&key) {
                    Some(due) if due > now => {
                        let sleep = self.parts.clock.until(due).min(SLEEP_MAX);
                        return Ok(if left { sleep.min(SLEEP_BUSY) } else { sleep });
                    }
                    Some(_) | None if !steady && is_clearing(&wake) => {}
                    Some(_) | None => left |= self.parts.worker.wake(key, wake, now).is_none(),
                }
            }
            match rows.more_from {
                Some(next) => from = next,
                None => return Ok(if left { SLEEP_BUSY } else { SLEEP_MAX }),
            }
        }
    }

    fn jump(&self, to: Timestamp) -> Result<Timestamp, Fault> {
        let _handing = lock(&self.handing);
        let Parts { clock, worker, outbox, .. } = &self.parts;
        let (mut from, mut at, mut turns) = (first(), to, 0);
        while let Some((key, wake)) = self.next(from)? {
            let due = wake_due(&key).unwrap_or_default().max(clock.now());
            if due > to {
                break;
            }
            if turns == JUMP_TURNS_MAX || self.stopping.load(Ordering::SeqCst) {
                at = due;
                break;
            }
            turns += 1;
            clock.set(due);
            // What its turn posts for this very instant sorts behind it; a row that stays is passed
            // over.
            from = rows::after(&key.0);
            worker.wake(key, wake, due);
            worker.wait_quiet(JUMP_TURN_WAIT);
            // What it says is sent at its time too, or an answer would be found expired.
            self.durable(worker.last());
            outbox.wait_idle(JUMP_TURN_WAIT);
        }
        clock.set(at.max(clock.now()));
        alive::note(&*self.parts.store, clock.now())?;
        let kept = self.parts.store.apply(vec![clock.keep()])?;
        let position = kept.into_iter().flatten().max().unwrap_or_default();
        self.durable(position.max(worker.last()));
        outbox.nudge();
        self.parts.alarm.ring();
        Ok(clock.now())
    }

    fn durable(&self, position: Position) {
        // An error says that the process is ending.
        let _ = self.parts.committer.durable(position).blocking_recv();
    }

    /// The first row from a key on.
    fn next(&self, mut from: Vec<u8>) -> Result<Option<(Key, Wake)>, Fault> {
        loop {
            let mut rows = self.scan(from, 1)?;
            match (rows.records.pop(), rows.more_from) {
                (None, Some(next)) => from = next,
                (row, _) => return Ok(row),
            }
        }
    }

    fn scan(&self, from: Vec<u8>, limit: usize) -> Result<Rows<Wake>, Fault> {
        let end = Key::after_prefix(&[id::WAKE.0]);
        rows::read(&*self.parts.store, from..end, limit)
    }

    fn failed(&self, fault: &Fault) -> Duration {
        tracing::error!(%fault, "dates that are due cannot be read");
        match fault {
            Fault::Unreadable { .. } => {}
            Fault::Engine(_) | Fault::Directory(_) => {
                self.stopping.store(true, Ordering::SeqCst);
                (self.parts.fatal)(fault);
            }
        }
        SLEEP_MAX
    }
}

/// Whether it clears messages: that waits while the clock cannot be trusted.
fn is_clearing(wake: &Wake) -> bool {
    let Post::Due(due) = &wake.post else { return false };
    matches!(due.name, DueName::Clear | DueName::Page)
}

fn first() -> Vec<u8> {
    wake_key(Timestamp(i64::MIN), ScopeHash::default(), &[]).0
}
