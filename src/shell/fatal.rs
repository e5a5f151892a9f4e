//! The end of the process when the store fails: what is in memory can no longer be trusted to match
//! the disk.

use std::sync::Arc;

use crate::store::Fault;

/// Exit code after a fault of the store: a supervisor may start again, a person should look.
pub const EXIT_FAULT: i32 = 3;

/// What happens on a fault of the engine. Tests hand in one that returns; whoever called it then
/// stops by itself.
pub type Fatal = Arc<dyn Fn(&Fault) + Send + Sync>;

/// Logs the fault and ends the process at once: nothing that is not durable has been answered.
pub fn exit() -> Fatal {
    Arc::new(|fault| {
        tracing::error!(%fault, "the store failed, stopping at once");
        std::process::exit(EXIT_FAULT);
    })
}
