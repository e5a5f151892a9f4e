//! How a store fails: for the operator, never naming a value.

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
