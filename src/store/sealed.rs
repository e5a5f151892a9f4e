//! The store over an engine: conflicts, order, sealing, long values. It opens no files.

use std::ops::Range;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError, RwLock, RwLockReadGuard};

use super::backend::{Backend, Rows};
use super::key::TableId;
use super::keyring::{Keyring, Months};
use super::lately::Lately;
use super::parts::{self, Parts};
use super::seal::Cipher;
use super::table::id;
use super::{
    Commit, Conflict, Fault, Key, KeyHasher, Order, Position, Revision, ScopeHash, Store, Value,
    meta, revision,
};
use crate::model::Secret;

/// Rows after which a group of commits goes on in another batch, so that readers wait and memory
/// grows by a bounded step. A single commit is never divided. At most 3 KiB a row.
const BATCH_ROWS_MAX: usize = 4096;

/// A [`Store`] on any engine. Positions count from 1 in each process.
///
/// Conflicts are judged and commits written by one writer at a time, in order; a reader sees a
/// batch whole or not at all, and a scan is a snapshot. After a `Fault` of the engine nothing is
/// written any more: what it holds is only known after a restart.
pub struct Sealed<B> {
    backend: B,
    keys: KeyHasher,
    ring: Keyring,
    writer: Mutex<Writer>,
    /// Closed while a batch is written.
    gate: RwLock<()>,
    /// Asked and told inside the gate, so that it never is behind a batch.
    lately: Lately,
    applied: AtomicU64,
    /// The last position known to be durable; its lock makes waiting callers share one sync.
    synced: Mutex<u64>,
    failed: AtomicBool,
}

/// What is written at once.
#[derive(Default)]
struct Batch {
    /// For the engine.
    rows: Rows,
    /// The same, open; parts of long values are one.
    plain: Vec<(Vec<u8>, Option<Value>)>,
}

struct Writer {
    months: Months,
    parts: Parts,
}

impl<B: Backend> Sealed<B> {
    /// Opens an engine with the master key, or sets up an empty one. A wrong key and a newer format
    /// are [`Fault::Directory`] and change nothing. Also returns what hashes names into keys.
    pub fn open(backend: B, master: &Secret) -> Result<(Self, KeyHasher), Fault> {
        let wrapping = Cipher::wrapping(master);
        let keys = meta::open(&backend, &wrapping)?;
        let writer = Writer { months: Months::open(&backend)?, parts: Parts::open(&backend)? };
        let store = Self {
            ring: Keyring::new(wrapping),
            keys: keys.clone(),
            writer: Mutex::new(writer),
            gate: RwLock::new(()),
            lately: Lately::new(),
            applied: AtomicU64::new(0),
            synced: Mutex::new(0),
            failed: AtomicBool::new(false),
            backend,
        };
        Ok((store, keys))
    }

    fn reading(&self) -> RwLockReadGuard<'_, ()> {
        // The gate guards no data of its own; a broken engine says so by itself.
        self.gate.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// Nobody writes after an engine failed.
    fn running(&self) -> Result<(), Fault> {
        if self.failed.load(Ordering::Acquire) {
            return Err(Fault::Engine("it failed before; a restart is needed".to_owned()));
        }
        Ok(())
    }

    fn or_failed<T>(&self, result: Result<T, Fault>) -> Result<T, Fault> {
        if result.is_err() {
            self.failed.store(true, Ordering::Release);
        }
        result
    }

    /// The first expectation that no longer holds once `rows` are written.
    fn conflict(
        &self,
        rows: &Rows,
        expect: &[(ScopeHash, Revision)],
    ) -> Result<Option<Conflict>, Fault> {
        for &(scope, expected) in expect {
            let key = revision::key(scope);
            let stands = match rows.get(&key) {
                Some(row) => revision::decode(&self.keys, &key, row.as_deref())?,
                None => self.revision(scope)?,
            };
            if stands != expected {
                return Ok(Some(Conflict { scope }));
            }
        }
        Ok(None)
    }

    /// Adds a commit's rows: sealed to `rows`, as they are read to `plain`.
    fn stage(&self, writer: &mut Writer, batch: &mut Batch, commit: Commit) -> Result<(), Fault> {
        let Batch { rows, plain } = batch;
        if let Some(revision) = commit.revision {
            let key = revision::key(commit.scope);
            let row = revision::encode(&self.keys, &key, revision);
            plain.push((key.clone(), Some(revision.to_be_bytes().to_vec())));
            rows.insert(key, Some(row));
        }
        // Asked for by the first value only: removals need no key.
        let use_by = (commit.scope, commit.at, commit.writes.len() as u64);
        let mut cipher = None;
        for (Key(key), value) in commit.writes {
            if !open_to_all(&key) {
                return Err(Fault::Engine("a commit wrote to a table of the store".to_owned()));
            }
            let sealed = match &value {
                Some(value) => {
                    let (id, cipher) = match &mut cipher {
                        Some(known) => known,
                        none => none.insert(writer.months.cipher(
                            &self.ring,
                            &self.backend,
                            rows,
                            use_by,
                        )?),
                    };
                    Some(cipher.seal(*id, &key, value)?)
                }
                None => None,
            };
            plain.push((key.clone(), value));
            writer.parts.put(&self.backend, rows, key, sealed)?;
        }
        Ok(())
    }

    fn write(&self, Batch { rows, plain }: Batch, upto: u64) -> Result<(), Fault> {
        if !rows.is_empty() {
            let _closed = self.gate.write().unwrap_or_else(PoisonError::into_inner);
            self.or_failed(self.backend.write(rows))?;
            self.lately.written(plain);
        }
        self.applied.store(upto, Ordering::Release);
        Ok(())
    }
}

impl<B: Backend> Store for Sealed<B> {
    fn get(&self, Key(key): &Key) -> Result<Option<Value>, Fault> {
        if !open_to_all(key) {
            return Ok(None);
        }
        let _reading = self.reading();
        if let Some(known) = self.lately.get(key) {
            return Ok(known);
        }
        let value = match self.backend.get(key)? {
            Some(row) => {
                let sealed = parts::whole(&self.backend, key, row)?;
                Some(self.ring.open(&self.backend, key, sealed)?)
            }
            None => None,
        };
        self.lately.read(key, value.as_ref());
        Ok(value)
    }

    fn scan(
        &self,
        range: Range<Vec<u8>>,
        limit: usize,
        order: Order,
    ) -> Result<Vec<(Key, Value)>, Fault> {
        let start = range.start.max(vec![FIRST_OPEN.0]);
        let end = range.end.min(vec![parts::REGION]);
        if start >= end {
            return Ok(Vec::new());
        }
        let reading = self.reading();
        let mut rows = self.backend.scan(&start..&end, limit, order)?;
        for (key, row) in &mut rows {
            *row = parts::whole(&self.backend, key, std::mem::take(row))?;
        }
        drop(reading);
        rows.into_iter()
            .map(|(key, sealed)| {
                let value = self.ring.open(&self.backend, &key, sealed)?;
                Ok((Key(key), value))
            })
            .collect()
    }

    fn revision(&self, scope: ScopeHash) -> Result<Revision, Fault> {
        let key = revision::key(scope);
        let _reading = self.reading();
        let known = self.lately.get(&key).flatten();
        if let Some(count) = known.and_then(|count| count.try_into().ok()) {
            return Ok(Revision::from_be_bytes(count));
        }
        let row = self.backend.get(&key)?;
        let revision = revision::decode(&self.keys, &key, row.as_deref())?;
        self.lately.read(&key, Some(&revision.to_be_bytes().to_vec()));
        Ok(revision)
    }

    fn apply(&self, commits: Vec<Commit>) -> Result<Vec<Result<Position, Conflict>>, Fault> {
        let mut writer = unpoisoned(&self.writer)?;
        self.running()?;
        let mut batch = Batch::default();
        let mut upto = self.applied.load(Ordering::Acquire);
        let mut outcomes = Vec::with_capacity(commits.len());
        for commit in commits {
            if let Some(conflict) = self.conflict(&batch.rows, &commit.expect)? {
                outcomes.push(Err(conflict));
                continue;
            }
            self.stage(&mut writer, &mut batch, commit)?;
            upto += 1;
            outcomes.push(Ok(Position(upto)));
            if batch.rows.len() >= BATCH_ROWS_MAX {
                self.write(std::mem::take(&mut batch), upto)?;
            }
        }
        self.write(batch, upto)?;
        Ok(outcomes)
    }

    fn forget_past(&self, thoroughly: bool) -> Result<(), Fault> {
        self.running()?;
        self.or_failed(self.backend.forget_past(thoroughly))
    }

    fn sync(&self, upto: Position) -> Result<(), Fault> {
        let mut synced = unpoisoned(&self.synced)?;
        if upto.0 <= *synced {
            return Ok(());
        }
        self.running()?;
        // Read before the sync: what is applied meanwhile may or may not be in it.
        let applied = self.applied.load(Ordering::Acquire);
        self.or_failed(self.backend.sync())?;
        *synced = applied;
        Ok(())
    }
}

/// The first table that is not the store's own.
const FIRST_OPEN: TableId = TableId(id::REVISION.0 + 1);

fn open_to_all(key: &[u8]) -> bool {
    key.first().is_some_and(|table| (FIRST_OPEN.0..parts::REGION).contains(table))
}

/// A writer that panicked may have left a batch half counted: only a restart knows.
fn unpoisoned<T>(lock: &Mutex<T>) -> Result<MutexGuard<'_, T>, Fault> {
    lock.lock().map_err(|_| Fault::Engine("an earlier write panicked".to_owned()))
}
