//! What every route holds.

use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use crate::shell::accounts::Accounts;
use crate::shell::clock::Clock;
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
    /// The process is ending: not ready for more.
    pub stopping: AtomicBool,
}
