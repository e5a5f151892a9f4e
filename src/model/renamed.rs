//! A tag that is called otherwise now: messages keep the name they were given, and are shown and
//! found by the new one.

use serde::{Deserialize, Serialize};

use super::Timestamp;
use super::task::Named;

/// Another name for a tag and all below it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Renamed {
    /// As it was called.
    pub from: String,
    /// As it is called now; renamed by no other record.
    pub to: String,
    /// Who renamed it.
    pub by: Named,
    /// When.
    pub at: Timestamp,
}
