//! An object a line: what the file says of itself first and last, between them the messages. The
//! digest of all formats is that of these lines, so that anybody can work it out again.

use std::io::{self, Write};

use serde_json::{Map, Value, json};

use super::about::{About, End};
use super::book::{Book, Line};

/// The file.
pub struct Jsonl<'a> {
    about: &'a About,
    out: &'a mut dyn Write,
}

/// A message as its line, the end of the line included.
pub fn line(line: &Line) -> String {
    let marked: Vec<&str> =
        line.marks.iter().filter_map(|range| line.text.get(range.clone())).collect();
    let object = json!({
        "id": line.handle, "at": line.instant, "who": line.who, "text": line.text,
        "tags": line.tags, "cabinet": line.cabinet, "copied": line.copied, "matched": marked,
    });
    format!("{object}\n")
}

impl<'a> Jsonl<'a> {
    /// Begins it.
    pub fn begin(about: &'a About, out: &'a mut dyn Write) -> io::Result<Self> {
        let mut jsonl = Self { about, out };
        jsonl.facts("export", about.facts())?;
        Ok(jsonl)
    }

    fn facts(&mut self, of: &str, facts: Vec<(String, String)>) -> io::Result<()> {
        let facts: Map<String, Value> =
            facts.into_iter().map(|(name, value)| (name, Value::String(value))).collect();
        writeln!(self.out, "{}", json!({ of: facts }))
    }
}

impl Book for Jsonl<'_> {
    fn line(&mut self, message: &Line) -> io::Result<()> {
        self.out.write_all(line(message).as_bytes())
    }

    fn end(&mut self, end: &End) -> io::Result<()> {
        let facts = self.about.last_facts(end);
        self.facts("end", facts)
    }
}
