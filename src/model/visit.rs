//! What somebody does on the archive page, as it travels to the conversation it is about.

use serde::{Deserialize, Serialize};

use super::Lang;
use super::export::Format;

/// One thing done on the page: it becomes one turn.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct OnPage {
    /// Number of the visit.
    pub visit: u32,
    /// Hash of its session.
    #[serde(with = "serde_bytes")]
    pub session: [u8; 16],
    /// By what the page knows the answer.
    #[serde(with = "serde_bytes")]
    pub claim: [u8; 16],
    /// The page's language.
    pub lang: Lang,
    /// What.
    pub act: Act,
}

/// What can be done there.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Act {
    /// A tag on these messages.
    Tag { numbers: Vec<u32>, tag: String },
    /// These messages into a cabinet.
    File { numbers: Vec<u32>, cabinet: String },
    /// What a search finds as a file.
    Export { query: String, format: Format, purpose: String },
    /// The last of these taken back.
    Undo,
}
