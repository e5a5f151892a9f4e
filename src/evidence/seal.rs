//! The form of a seal: lines of JSON, a header and then an entry each. Written by the operator's
//! side, read by anybody.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::model::journal::Entry;

/// The format's name and version.
pub const FORMAT: &str = "steward-seal-1";
/// Longest line that is read, in bytes: an entry with its content.
pub const LINE_BYTES_MAX: usize = 16 << 20;

/// SHA-256 of something.
pub type Hash = [u8; 32];

/// The first line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Header {
    /// [`FORMAT`].
    pub format: String,
    /// What the conversation is called.
    pub conversation: String,
    /// Place of the first entry in the journal, from 1.
    pub first: u64,
    /// How many entries there are.
    pub count: u64,
    /// Hash of the entry before the first, in hex; zeros before #1.
    pub previous: String,
    /// Hash of the last entry, in hex.
    pub head: String,
    /// Contents are in it, as far as they were not erased.
    pub contents: bool,
}

/// Another line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// The entry's lasting part as it is stored, in base64.
    pub entry: String,
    /// Its content, likewise: salt, event, values before, what was said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub content: Option<String>,
}

impl Line {
    /// From the stored bytes of an entry.
    pub fn new(entry: &[u8], content: Option<&[u8]>) -> Self {
        Self { entry: STANDARD.encode(entry), content: content.map(|c| STANDARD.encode(c)) }
    }
}

/// An entry as a verifier sees it.
#[derive(Debug, Clone, PartialEq)]
pub struct Sealed {
    /// What it says.
    pub entry: Entry,
    /// Its hash, which the next entry names.
    pub hash: Hash,
    /// Hash of the content beside it; `None` where there is none.
    pub content: Option<Hash>,
}

impl Sealed {
    /// Of a line; `None` if it is no entry.
    pub fn read(line: &str) -> Option<Self> {
        let line: Line = serde_json::from_str(line).ok()?;
        let bytes = STANDARD.decode(&line.entry).ok()?;
        let entry: Entry = rmp_serde::from_slice(&bytes).ok()?;
        let content = match &line.content {
            Some(content) => Some(hash(&STANDARD.decode(content).ok()?)),
            None => None,
        };
        Some(Self { entry, hash: hash(&bytes), content })
    }
}

/// The hash of stored bytes.
pub fn hash(bytes: &[u8]) -> Hash {
    Sha256::digest(bytes).into()
}

/// A hash from its hex.
pub fn unhex(text: &str) -> Option<Hash> {
    hex::decode(text).ok()?.try_into().ok()
}
