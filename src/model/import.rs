//! What scopes and the reader of imported records tell each other. The record itself is
//! `core::import`'s.

use serde::{Deserialize, Serialize};

use super::Timestamp;

/// Most messages of one file: one turn keeps them all (5.3 s in an unoptimised build, so that a
/// conversation waits for seconds at most).
pub const ROWS_MAX: usize = 10_000;
/// Longest file, in bytes.
pub const BYTES_MAX: usize = 8 << 20;
/// Oldest message, in years: a date before that is most likely misread.
pub const YEARS_MAX: u32 = 20;
/// How many wrong rows are named.
pub const NAMED_MAX: usize = 5;

/// A message of a record.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Row {
    /// Which row of the file, from 1.
    pub row: u32,
    /// When it was said.
    pub at: Timestamp,
    /// Who said it; empty where the record does not know.
    pub who: String,
    /// What was said.
    pub text: String,
    /// The platform's id, where the record has it.
    pub id: Option<String>,
    /// Its tags, without the `#`.
    pub tags: Vec<String>,
    /// The cabinet it lay in.
    pub cabinet: Option<String>,
    /// It was known from a quote alone.
    pub copied: bool,
}

/// A record that was read.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Records {
    /// Which import.
    pub number: u32,
    /// Hash of the address it came by.
    #[serde(with = "serde_bytes")]
    pub link: [u8; 16],
    /// Drawn by whoever brought it, to tell it from others that came at once.
    #[serde(with = "serde_bytes")]
    pub claim: [u8; 16],
    /// What is new, in the order of time.
    pub rows: Vec<Row>,
    /// How many were there already, among the messages up to `upto`.
    pub same: u32,
    /// The last message that they were compared with.
    pub upto: u32,
}

/// Why nothing of a record was taken.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum NotRead {
    /// These rows are wrong, the first ones of so many.
    Rows(Vec<Wrong>, u32),
    /// It holds more messages than one file may.
    TooMany,
    /// It is longer than a file may be.
    TooLong,
    /// It holds no message.
    Empty,
    /// It is not UTF-8.
    NotUtf8,
    /// Neither a heading nor three columns.
    NoColumns,
}

/// A row that is wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wrong {
    /// Which, from 1.
    pub row: u32,
    /// Why.
    pub why: Why,
}

/// Why a row is wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Why {
    /// It is no object of JSON.
    NoObject,
    /// Its quotation mark has no end, or something stands behind the end.
    Quotes,
    /// It lacks columns.
    Columns,
    /// Its time cannot be read.
    Time,
    /// It has not been said yet.
    Future,
    /// It is older than anything that is taken.
    Old,
    /// It is older than what is kept here.
    Cleared,
    /// Nobody said it.
    Nobody,
    /// It says nothing.
    NoText,
    /// It is longer than a message that is kept.
    LongText,
    /// A tag or a cabinet is too long, or there are too many.
    Tags,
}
