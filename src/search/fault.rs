//! Why an index cannot be read or written. Never fatal: it is made anew.

/// What is wrong with it.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    /// A file cannot be read or written.
    #[error("{0}")]
    File(#[from] std::io::Error),
    /// A file is not what was written, or the store cannot seal.
    #[error("{0}")]
    Damaged(&'static str),
}

impl From<crate::store::Fault> for Fault {
    fn from(_: crate::store::Fault) -> Self {
        Self::Damaged("nothing can be sealed")
    }
}
