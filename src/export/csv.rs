//! A table as plain text (RFC 4180), with the mark by which spreadsheets know that it is UTF-8.
//! What the file says of itself stands below the table: the first row is that of the names.

use std::io::{self, Write};

use super::about::{About, End};
use super::book::{Book, Line};
use super::plain::is_formula;

/// The file.
pub struct Csv<'a> {
    about: &'a About,
    out: &'a mut dyn Write,
}

impl<'a> Csv<'a> {
    /// Begins it.
    pub fn begin(about: &'a About, out: &'a mut dyn Write) -> io::Result<Self> {
        out.write_all("\u{feff}".as_bytes())?;
        let mut csv = Self { about, out };
        let [number, at, who, text, tags, cabinet, remark] = about.columns();
        let marks = about.pick("命中", "Matched");
        csv.row(&[number, at, who, text, tags, cabinet, remark, marks])?;
        Ok(csv)
    }

    /// Every field in quotation marks: then none has to be looked at.
    fn row<T: AsRef<str>>(&mut self, fields: &[T]) -> io::Result<()> {
        for (nth, field) in fields.iter().enumerate() {
            let field = field.as_ref();
            let comma = if nth == 0 { "" } else { "," };
            // A spreadsheet shows the mark or hides it, and computes nothing either way.
            let text = if is_formula(field) { "'" } else { "" };
            write!(self.out, "{comma}\"{text}{}\"", field.replace('"', "\"\""))?;
        }
        self.out.write_all(b"\r\n")
    }
}

impl Book for Csv<'_> {
    fn line(&mut self, line: &Line) -> io::Result<()> {
        let mut marked: Vec<&str> =
            line.marks.iter().filter_map(|range| line.text.get(range.clone())).collect();
        marked.sort_unstable();
        marked.dedup();
        let (at, tags, marked) = (line.at_text(), line.tags_text(), marked.join(" "));
        let remark = self.about.remark(line.copied);
        let known = [&line.handle, &at, &line.who, &line.text, &tags, &line.cabinet];
        let fields: Vec<&str> =
            known.into_iter().chain([&remark, &marked]).map(String::as_str).collect();
        self.row(&fields)
    }

    fn end(&mut self, end: &End) -> io::Result<()> {
        self.row(&[""])?;
        let facts = self.about.facts().into_iter().chain(self.about.last_facts(end));
        facts.into_iter().try_for_each(|(name, value)| self.row(&[name, value]))
    }
}
