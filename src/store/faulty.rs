//! Engines that stop at a chosen moment, for crash tests: [`Faulty`] as a process that dies does,
//! what it wrote stays; [`Cut`] as a machine without power does, what was not synced may be gone.
//! They invent no other faults.

use std::ops::Range;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::backend::{Backend, Row, Rows};
use super::memory::Memory;
use super::{Fault, Order};

/// Where a [`Faulty`] engine stops.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stop {
    /// Which write, from 1. The first write of a fresh store is its own set-up.
    pub at_write: u64,
    /// Whether that write still reaches the inner engine (the answer is lost), or is lost itself.
    pub applied: bool,
}

/// Wraps an engine, counts its writes, and from the stop on fails every `write` and `sync`. Reads
/// go on. Clones share count and stop, so that a test keeps one while a store owns the other.
#[derive(Debug, Clone)]
pub struct Faulty<B> {
    inner: B,
    stop: Option<Stop>,
    state: Arc<State>,
}

#[derive(Debug, Default)]
struct State {
    writes: AtomicU64,
    stopped: AtomicBool,
}

impl<B: Backend> Faulty<B> {
    /// Stops as told; `None` only counts.
    pub fn new(inner: B, stop: Option<Stop>) -> Self {
        Self { inner, stop, state: Arc::default() }
    }

    /// How many writes were asked for before the stop, the one that stopped included.
    pub fn writes(&self) -> u64 {
        self.state.writes.load(Ordering::SeqCst)
    }

    /// Whether it has stopped.
    pub fn stopped(&self) -> bool {
        self.state.stopped.load(Ordering::SeqCst)
    }

    fn running(&self) -> Result<(), Fault> {
        if self.stopped() { Err(stopped()) } else { Ok(()) }
    }
}

impl<B: Backend> Backend for Faulty<B> {
    fn get(&self, key: &[u8]) -> Result<Option<Vec<u8>>, Fault> {
        self.inner.get(key)
    }

    fn scan(&self, range: Range<&[u8]>, limit: usize, order: Order) -> Result<Vec<Row>, Fault> {
        self.inner.scan(range, limit, order)
    }

    fn write(&self, rows: Rows) -> Result<(), Fault> {
        self.running()?;
        let this = self.state.writes.fetch_add(1, Ordering::SeqCst) + 1;
        let stops = self.stop.filter(|stop| stop.at_write == this);
        if stops.is_none_or(|stop| stop.applied) {
            self.inner.write(rows)?;
        }
        if stops.is_some() {
            self.state.stopped.store(true, Ordering::SeqCst);
        }
        self.running()
    }

    fn sync(&self) -> Result<(), Fault> {
        self.running()?;
        self.inner.sync()
    }
}

/// When the power goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PowerCut {
    /// At which write or sync, from 1.
    pub at_call: u64,
    /// So many of the batches that were not synced are on the disk all the same, the first ones.
    pub survive: usize,
}

/// An engine in memory over a disk that gets batches with a sync only, until the power is cut. From
/// then on every `write` and `sync` fails; the disk is what the next start finds. Clones share all.
#[derive(Debug, Clone)]
pub struct Cut {
    memory: Memory,
    disk: Memory,
    cut: Option<PowerCut>,
    state: Arc<Mutex<Volatile>>,
}

#[derive(Debug, Default)]
struct Volatile {
    unsynced: Vec<Rows>,
    calls: u64,
    stopped: bool,
}

impl Cut {
    /// Begins with what is on the disk; `None` only counts.
    pub fn new(disk: Memory, cut: Option<PowerCut>) -> Result<Self, Fault> {
        let memory = Memory::default();
        let rows = disk.scan(&[]..&[u8::MAX; 64], usize::MAX, Order::Up)?;
        memory.write(rows.into_iter().map(|(key, bytes)| (key, Some(bytes))).collect())?;
        Ok(Self { memory, disk, cut, state: Arc::default() })
    }

    /// How many writes and syncs were asked for before the cut, the one that was cut included.
    pub fn calls(&self) -> u64 {
        self.state().calls
    }

    /// Whether the power is gone.
    pub fn stopped(&self) -> bool {
        self.state().stopped
    }

    fn state(&self) -> MutexGuard<'_, Volatile> {
        // Changed by whole operations only: one left by a panic is whole.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Counts a call; whether the power stays on in it.
    fn count(&self, state: &mut Volatile) -> Result<(), Fault> {
        state.calls += u64::from(!state.stopped);
        if let Some(cut) = self.cut.filter(|cut| !state.stopped && cut.at_call == state.calls) {
            state.stopped = true;
            for rows in state.unsynced.drain(..).take(cut.survive) {
                self.disk.write(rows)?;
            }
        }
        if state.stopped { Err(stopped()) } else { Ok(()) }
    }
}

impl Backend for Cut {
    fn get(&self, key: &[u8]) -> Result<Option<Vec<u8>>, Fault> {
        self.memory.get(key)
    }

    fn scan(&self, range: Range<&[u8]>, limit: usize, order: Order) -> Result<Vec<Row>, Fault> {
        self.memory.scan(range, limit, order)
    }

    fn write(&self, rows: Rows) -> Result<(), Fault> {
        let mut state = self.state();
        state.unsynced.push(rows.clone());
        self.count(&mut state)?;
        self.memory.write(rows)
    }

    fn sync(&self) -> Result<(), Fault> {
        let mut state = self.state();
        self.count(&mut state)?;
        state.unsynced.drain(..).try_for_each(|rows| self.disk.write(rows))
    }
}

fn stopped() -> Fault {
    Fault::Engine("stopped by the test".to_owned())
}
