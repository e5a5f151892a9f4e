//! What every route holds.

use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use tokio::sync::Semaphore;

use super::replays::Replays;
use crate::shell::accounts::Accounts;
use crate::shell::clock::Clock;
use crate::shell::committer::Committer;
use crate::shell::exporter::folder::Folder;
use crate::shell::metrics::Metrics;
use crate::shell::worker::Worker;
use crate::store::{KeyHasher, Store};

/// What the routes need. Shared by reference.
pub struct State {
    /// The accounts that are called back.
    pub accounts: Arc<Accounts>,
    /// What time it is.
    pub clock: Arc<Clock>,
    /// Takes the turns.
    pub worker: Arc<Worker>,
    /// Counts.
    pub metrics: Arc<Metrics>,
    /// Where sources are.
    pub store: Arc<dyn Store>,
    /// Hashes their names.
    pub keys: KeyHasher,
    /// Room for large bodies while they are read (see `body`).
    pub room: Semaphore,
    /// Signatures of reports taken lately.
    pub replays: Replays,
    /// Where the files of exports are.
    pub exports: Folder,
    /// Room for downloads: each holds some chunks and a file.
    pub downloads: Arc<Semaphore>,
    /// Room for records that are read: each is in memory.
    pub uploads: Arc<Semaphore>,
    /// The zone where a conversation set none.
    pub zone: chrono_tz::Tz,
    /// Room for looks through an archive.
    pub looks: Arc<Semaphore>,
    /// Makes durable what somebody is told.
    pub committer: Arc<Committer>,
    /// Where the bot is reached from outside.
    pub public_url: String,
    /// The process is ending: not ready for more.
    pub stopping: AtomicBool,
}
