//! What is wrong with the settings, and where. Collects sentences; decides nothing.

use std::fmt;
use std::ops::Range;

/// How alike two words must be for one to be suggested for the other (Jaro–Winkler, 0 to 1).
const ALIKE_MIN: f64 = 0.75;

/// One thing wrong with the settings, as a sentence for the operator. It never holds a secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Name of the file, as it was handed in.
    pub file: String,
    /// Line from 1; none for a value that the file leaves at its default.
    pub line: Option<usize>,
    /// What is wrong, with the wrong word and what to write instead.
    pub text: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            Some(line) => write!(f, "{}:{line}: {}", self.file, self.text),
            None => write!(f, "{}: {}", self.file, self.text),
        }
    }
}

impl std::error::Error for Problem {}

/// Where something is written: a byte range of the file, or nowhere (a default).
pub(super) type Place = Option<Range<usize>>;

/// The problems found in one file so far.
pub(super) struct Problems<'t> {
    file: &'t str,
    text: &'t str,
    found: Vec<Problem>,
}

impl<'t> Problems<'t> {
    pub(super) fn new(file: &'t str, text: &'t str) -> Self {
        Self { file, text, found: Vec::new() }
    }

    pub(super) fn add(&mut self, place: &Place, text: impl Into<String>) {
        let problem = self.at(place, text);
        self.found.push(problem);
    }

    /// A problem at a place, for whoever reports it later.
    pub(super) fn at(&self, place: &Place, text: impl Into<String>) -> Problem {
        let newlines = |end: usize| self.text.bytes().take(end).filter(|b| *b == b'\n').count();
        let line = place.as_ref().map(|range| newlines(range.start) + 1);
        Problem { file: self.file.into(), line, text: text.into() }
    }

    /// All of them in the order of the file; empty if the settings are good.
    pub(super) fn sorted(mut self) -> Vec<Problem> {
        self.found.sort_by_key(|problem| problem.line);
        self.found
    }
}

/// The end of a sentence about a word that is not known: the nearest known one, else all of them.
pub(super) fn suggestion(word: &str, known: &[&str]) -> String {
    let alike = |name: &&str| strsim::jaro_winkler(&word.to_lowercase(), &name.to_lowercase());
    let near = known.iter().map(|name| (alike(name), name)).max_by(|a, b| a.0.total_cmp(&b.0));
    match near {
        Some((score, name)) if score >= ALIKE_MIN => format!("; did you mean {name:?}?"),
        Some(_) | None => format!("; known are {}", known.join(", ")),
    }
}
