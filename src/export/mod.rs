//! Kept messages as files that other programs open: one file a format, each written from the first
//! message to the last without holding them. Who may have what is decided elsewhere.

pub mod about;
pub mod book;
pub mod coverage;
pub mod csv;
pub mod docx;
pub mod html;
pub mod jsonl;
pub mod marks;
pub mod plain;
pub mod xlsx;
pub mod zip;

use std::io::{self, Write};

pub use about::{About, End};
pub use book::{Book, Line};
pub use coverage::Coverage;

use crate::model::export::Format;

/// Begins a file of a format.
pub fn begin<'a>(
    format: Format,
    about: &'a About,
    out: &'a mut dyn Write,
) -> io::Result<Box<dyn Book + 'a>> {
    Ok(match format {
        Format::Csv => Box::new(csv::Csv::begin(about, out)?),
        Format::Jsonl => Box::new(jsonl::Jsonl::begin(about, out)?),
        Format::Html => Box::new(html::Html::begin(about, out)?),
        Format::Xlsx => Box::new(xlsx::Xlsx::begin(about, out)?),
        Format::Docx => Box::new(docx::Docx::begin(about, out)?),
    })
}
