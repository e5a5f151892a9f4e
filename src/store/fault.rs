//! How a store fails: for the operator, never naming a value.

use std::io::{self, ErrorKind};
use std::path::Path;

/// The store failed. For the operator; it never names a value.
#[derive(Debug, Clone, thiserror::Error)]
pub enum Fault {
    /// The engine or the disk failed.
    #[error("store: {0}")]
    Engine(String),
    /// A value does not open: damaged, moved from another key, or sealed by a key that is gone.
    #[error("store: the value at {key} does not open ({why})")]
    Unreadable {
        /// The key in hex.
        key: String,
        /// What was wrong with it.
        why: &'static str,
    },
    /// The data directory cannot be used; the text says what to do.
    #[error("{0}")]
    Directory(String),
}

impl Fault {
    /// The fault of a disk that has no room or gives no leave to write, where nothing is damaged;
    /// `None` for every other cause.
    pub fn of_room(path: &Path, cause: &io::Error) -> Option<Self> {
        let of_room = matches!(
            cause.kind(),
            ErrorKind::StorageFull
                | ErrorKind::QuotaExceeded
                | ErrorKind::FileTooLarge
                | ErrorKind::ReadOnlyFilesystem
                | ErrorKind::PermissionDenied
        );
        of_room.then(|| {
            Self::Engine(format!(
                "{}: {cause}. Nothing is lost: make room there, or give leave to write, and start \
                 again",
                path.display()
            ))
        })
    }
}
