//! Cabinets: where archived messages lie, by name.

use serde::{Deserialize, Serialize};

use super::Timestamp;
use super::task::Named;

/// A cabinet of a conversation, numbered `C…`; known since something was put there, whatever is
/// taken back.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Cabinet {
    /// Its name, as it was first typed.
    pub name: String,
    /// Who named it first.
    pub by: Option<Named>,
    /// When.
    pub at: Timestamp,
}

/// Who looks after the cabinet of the same number, and whether it takes more.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Charge {
    /// Only they and leads take messages out; nobody in particular where there is none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub owners: Vec<Named>,
    /// Nothing more is put there.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub closed: bool,
}
