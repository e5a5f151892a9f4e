//! What scopes and the writer of exports tell each other. The record itself is `core::export`'s.

use serde::{Deserialize, Serialize};

use super::Timestamp;

/// A kind of file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Format {
    /// A spreadsheet.
    Xlsx,
    /// A text document.
    Docx,
    /// A page to read or print.
    Html,
    /// A table as plain text.
    Csv,
    /// An object a line.
    Jsonl,
}

/// All formats.
pub const FORMATS: [Format; 5] =
    [Format::Xlsx, Format::Docx, Format::Html, Format::Csv, Format::Jsonl];

impl Format {
    /// The ending of its files' names.
    pub fn ending(self) -> &'static str {
        match self {
            Format::Xlsx => "xlsx",
            Format::Docx => "docx",
            Format::Html => "html",
            Format::Csv => "csv",
            Format::Jsonl => "jsonl",
        }
    }

    /// What browsers are told it is.
    pub fn media_type(self) -> &'static str {
        match self {
            Format::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Format::Docx => {
                "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
            }
            Format::Html => "text/html; charset=utf-8",
            Format::Csv => "text/csv; charset=utf-8",
            Format::Jsonl => "application/x-ndjson",
        }
    }
}

/// A file that was written.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct Written {
    /// The number of the export (`X…`).
    pub number: u32,
    /// The file's name in the folder of exports.
    pub file: String,
    /// What it is sealed with: kept with the file's address, gone with it.
    #[serde(with = "serde_bytes")]
    pub key: [u8; 32],
    /// What is in it.
    pub holds: Holds,
}

impl std::fmt::Debug for Written {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Written").field("number", &self.number).finish_non_exhaustive()
    }
}

/// What is in a file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Holds {
    /// Messages.
    pub count: u32,
    /// When the first and the last of them were said.
    pub span: Option<(Timestamp, Timestamp)>,
    /// Its length when it is opened.
    pub bytes: u64,
    /// SHA-256 of the whole file as it is downloaded.
    #[serde(with = "serde_bytes")]
    pub sha256: [u8; 32],
    /// SHA-256 of its messages alone, the same in every format.
    #[serde(with = "serde_bytes")]
    pub digest: [u8; 32],
}

/// Why there is no file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum NoFile {
    /// Nothing that is kept fits.
    Nothing,
    /// It would have been larger than a file may be.
    TooLarge,
    /// It could not be written.
    Broken,
    /// It took longer than anybody waits.
    TooLong,
    /// Whoever asked for it may not have it any more.
    NotAllowed,
}
