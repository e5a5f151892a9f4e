//! What outside systems report: flat fields with plain values.

use serde::{Deserialize, Serialize};

/// What an outside system told a source.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Report {
    /// Flat fields in the order of the JSON object; nested ones are joined with a dot.
    pub fields: Vec<(String, Field)>,
}

/// A value of a field.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Field {
    /// A JSON number.
    Number(f64),
    /// A JSON string, cut at `FIELD_CHARS_MAX`.
    Text(String),
    /// A JSON boolean.
    Bool(bool),
}
