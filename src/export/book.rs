//! What every format is given: a message as a line, and the calls of a file that is being written.

use std::io;
use std::ops::Range;

use chrono::NaiveDateTime;

use super::about::End;

/// A message as it is exported.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Line {
    /// Its handle, such as `M12`.
    pub handle: String,
    /// When it was said, on the clock there.
    pub at: NaiveDateTime,
    /// The same with its offset: `2026-03-02T09:00:05+08:00`.
    pub instant: String,
    /// Who said it; empty where nobody knows.
    pub who: String,
    /// What was said, as the one who asked is shown it.
    pub text: String,
    /// Its tags, without the `#`.
    pub tags: Vec<String>,
    /// The cabinet it lies in.
    pub cabinet: String,
    /// It is known from a quote alone.
    pub copied: bool,
    /// What is marked in the text: byte ranges in order, none touching another.
    pub marks: Vec<Range<usize>>,
}

impl Line {
    /// When it was said, to be read.
    pub fn at_text(&self) -> String {
        self.at.format("%Y-%m-%d %H:%M:%S").to_string()
    }

    /// Its tags as they are typed.
    pub fn tags_text(&self) -> String {
        let tags: Vec<String> = self.tags.iter().map(|tag| format!("#{tag}")).collect();
        tags.join(" ")
    }
}

/// A file that is being written.
pub trait Book {
    /// Adds a message.
    fn line(&mut self, line: &Line) -> io::Result<()>;
    /// Ends it with what is known only now.
    fn end(&mut self, end: &End) -> io::Result<()>;
}
