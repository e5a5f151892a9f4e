//! An engine that stops at a chosen write, for crash tests: what a power cut leaves behind is what
//! its inner engine holds. It invents no other faults.

use std::ops::Range;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use super::backend::{Backend, Row, Rows};
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
        if self.stopped() {
            return Err(Fault::Engine("stopped by the test".to_owned()));
        }
        Ok(())
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
