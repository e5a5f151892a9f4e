//! How far an index follows what a scope keeps.

use serde::{Deserialize, Serialize};

/// A place in a scope's journal, and from where on everything before it is in the index.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// The last entry that it knows of.
    pub seq: u64,
    /// That entry's hash: with another one there, it follows another history.
    #[serde(with = "serde_bytes")]
    pub hash: [u8; 32],
    /// Messages with this number or a higher one are in it; 1 once all are.
    pub below: u32,
}
