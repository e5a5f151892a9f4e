//! A thread that writes exports, one after another, behind the turns that asked for them. What is
//! to be written stands in the store, so that a process that ends in the middle leaves it to the
//! next one; what it tells goes to the conversation as turns. Nothing is decided here.

pub mod folder;
pub mod job;
pub mod reading;
pub mod sealed;

use std::collections::HashSet;
use std::io::BufWriter;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

use self::folder::Folder;
use self::job::{Ended, Progress};
use self::reading::Source;
use super::bell::{Alarm, lock};
use super::clock::{Clock, Stopwatch};
use super::entropy;
use super::rows;
use super::worker::Worker;
use crate::core::derive::rest_of;
use crate::core::export::{Export, Job, Link, State};
use crate::model::export::{NoFile, Written};
use crate::model::{Cause, Event, Post, Scope};
use crate::store::table::id;
use crate::store::{Fault, KEY_BYTES, Key, KeyHasher, Store, View};

/// Longest sleep: a file whose address was given up is looked for then at the latest.
const SLEEP_MAX: Duration = Duration::from_secs(60);
/// Jobs and addresses read at once.
const ROWS_AT_ONCE: usize = 256;
/// Archives above this are worth telling how far it is.
const TOLD_FROM: u32 = 20_000;
/// How often it is told: after each quarter of the messages.
const TOLD_PARTS: u32 = 4;

/// What exports are written with.
pub struct Parts {
    /// What is read.
    pub store: Arc<dyn Store>,
    /// Hashes scopes.
    pub keys: KeyHasher,
    /// What time it is.
    pub clock: Arc<Clock>,
    /// Takes the turns of what is told.
    pub worker: Arc<Worker>,
    /// Rung when something is to be written, or a file is wanted no more.
    pub alarm: Arc<Alarm>,
    /// Where the files are.
    pub folder: Folder,
    /// The zone where a conversation set none.
    pub zone: chrono_tz::Tz,
}

/// Handle of the thread.
pub struct Exporter {
    shared: Arc<Shared>,
    thread: Mutex<Option<JoinHandle<()>>>,
}

struct Shared {
    parts: Parts,
    stopping: AtomicBool,
    /// Told when it is.
    stopped: (Mutex<()>, Condvar),
}

impl Exporter {
    /// Starts the thread. What a former process left unwritten is written, its half files are
    /// removed.
    pub fn start(parts: Parts) -> std::io::Result<Self> {
        let (stopping, stopped) = Default::default();
        let shared = Arc::new(Shared { parts, stopping, stopped });
        let of_thread = Arc::clone(&shared);
        let thread = std::thread::Builder::new().name("exporter".into());
        let thread = thread.spawn(move || of_thread.run())?;
        Ok(Self { shared, thread: Mutex::new(Some(thread)) })
    }

    /// Ends the thread after its present page.
    pub fn stop(&self) {
        self.shared.stopping.store(true, Ordering::SeqCst);
        self.shared.parts.alarm.ring();
        drop(lock(&self.shared.stopped.0));
        self.shared.stopped.1.notify_all();
        if let Some(thread) = lock(&self.thread).take() {
            // A panic of the thread has been logged by the hook; the next start begins anew.
            let _ = thread.join();
        }
    }
}

impl Drop for Exporter {
    fn drop(&mut self) {
        self.stop();
    }
}

impl Shared {
    fn run(&self) {
        while !self.is_stopping() {
            let round = catch_unwind(AssertUnwindSafe(|| self.round()));
            match round {
                Ok(Ok(())) => {}
                // The store's own users end the process where it must end.
                Ok(Err(fault)) => tracing::error!(%fault, "exports wait: {fault}"),
                // The hook has logged it.
                Err(_) => {}
            }
            self.parts.alarm.wait(SLEEP_MAX);
        }
    }

    /// Writes what is to be written, and removes what nobody can have any more.
    fn round(&self) -> Result<(), Fault> {
        self.sweep()?;
        let store = &*self.parts.store;
        let (mut from, end) = (vec![id::EXPORT_JOB.0], Key::after_prefix(&[id::EXPORT_JOB.0]));
        loop {
            let jobs = rows::read::<Job>(store, from..end.clone(), ROWS_AT_ONCE)?;
            for (_, job) in jobs.records {
                if self.is_stopping() {
                    return Ok(());
                }
                self.carry_out(&job)?;
                self.sweep()?;
            }
            match jobs.more_from {
                Some(more) => from = more,
                None => return Ok(()),
            }
        }
    }

    fn carry_out(&self, job: &Job) -> Result<(), Fault> {
        let Parts { store, keys, .. } = &self.parts;
        let scope = keys.scope(&job.scope);
        let view = View { store: &**store, keys };
        let asked: Option<Export> = view.get(scope, &rest_of(job.number))?;
        let Some(asked) = asked.filter(|asked| asked.state == State::Working) else {
            return Ok(());
        };
        let number = job.number;
        // What panics once would again at every start.
        let written = catch_unwind(AssertUnwindSafe(|| self.write(job, &asked)));
        let written = written.unwrap_or(Err(Ended::NoFile(NoFile::Broken)));
        let post = match written {
            Ok(written) => Post::Exported(Box::new(written)),
            Err(Ended::NoFile(why)) => Post::NotExported { number, why },
            Err(Ended::Fault(fault)) => return Err(fault),
            Err(Ended::Stopped) => return Ok(()),
        };
        self.tell(&job.scope, post, true);
        Ok(())
    }

    fn write(&self, job: &Job, asked: &Export) -> Result<Written, Ended> {
        let key = entropy::bytes::<KEY_BYTES>();
        let (file, out) = self.parts.folder.make()?;
        let source =
            Source { store: &*self.parts.store, keys: &self.parts.keys, zone: self.parts.zone };
        let (mut watch, mut told) = (Stopwatch::start(), 0);
        let mut each = |progress: Progress| {
            let part = part(progress);
            if part > told {
                told = part;
                let Progress { looked, of, found } = progress;
                let post = Post::Exporting { number: job.number, looked, of, found };
                self.tell(&job.scope, post, false);
            }
            // Half of a core at most: turns come first.
            self.rest(Duration::from_secs_f64(watch.seconds()));
            watch = Stopwatch::start();
            !self.is_stopping()
        };
        let out = (BufWriter::new(out), &key);
        let (out, holds) = job::write(&source, job, asked, out, &mut each)?;
        out.into_inner().map_err(std::io::IntoInnerError::into_error)?.sync_all()?;
        Ok(Written { number: job.number, file, key, holds })
    }

    /// A turn of the conversation; waits until it is over if so said: what it wrote decides which
    /// files stay.
    fn tell(&self, scope: &Scope, post: Post, wait: bool) {
        let event = Event { scope: scope.clone(), key: None, cause: Cause::Post(post) };
        // What is not taken is told after the next start: the job is still there.
        let taken = self.parts.worker.submit_own(event, self.parts.clock.now());
        if let Some(over) = taken.ok().filter(|_| wait) {
            let _ = over.blocking_recv();
        }
    }

    /// Removes the files that no address leads to.
    fn sweep(&self) -> Result<(), Fault> {
        let (mut kept, mut from) = (HashSet::new(), vec![id::EXPORT_LINK.0]);
        let end = Key::after_prefix(&from);
        loop {
            let store = &*self.parts.store;
            let links = rows::read::<Link>(store, from..end.clone(), ROWS_AT_ONCE)?;
            kept.extend(links.records.into_iter().map(|(_, link)| link.file));
            match links.more_from {
                Some(more) => from = more,
                None => break,
            }
        }
        if let Err(cause) = self.parts.folder.sweep(&kept) {
            tracing::error!(%cause, "old exports cannot be removed: {cause}");
        }
        Ok(())
    }

    fn is_stopping(&self) -> bool {
        self.stopping.load(Ordering::SeqCst)
    }

    fn rest(&self, time: Duration) {
        let going = |(): &mut ()| !self.is_stopping();
        let waited = self.stopped.1.wait_timeout_while(lock(&self.stopped.0), time, going);
        drop(waited.unwrap_or_else(PoisonError::into_inner));
    }
}

/// How many parts of a long way are behind it; the last one is told by what comes of it.
fn part(progress: Progress) -> u32 {
    if progress.of < TOLD_FROM {
        return 0;
    }
    (progress.looked / (progress.of / TOLD_PARTS).max(1)).min(TOLD_PARTS - 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_quarter_of_a_long_way_is_told_once_and_nothing_of_a_short_one() {
        let parts = |of: u32| -> Vec<u32> {
            let steps = (0..=of).step_by(256);
            let mut parts: Vec<u32> =
                steps.map(|looked| part(Progress { looked, of, found: 0 })).collect();
            parts.dedup();
            parts
        };
        assert_eq!(parts(TOLD_FROM - 1), [0]);
        assert_eq!(parts(100_000), [0, 1, 2, 3]);
    }
}
