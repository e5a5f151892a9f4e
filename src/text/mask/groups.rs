//! The runs of digits in a text, and what stands between them: of those all numbers are made.

use std::ops::Range;

use super::edges::is_joint;
use super::hit::Hit;

/// A folded text by characters, with its runs of digits.
#[derive(Debug)]
pub struct Groups<'a> {
    /// The characters.
    pub chars: &'a [char],
    /// Where each run of digits stands, in order; neither end touches another digit.
    runs: Vec<Range<usize>>,
}

impl<'a> Groups<'a> {
    /// The runs of digits of a text.
    pub fn of(chars: &'a [char]) -> Self {
        let mut runs: Vec<Range<usize>> = Vec::new();
        for (at, _) in chars.iter().enumerate().filter(|(_, c)| c.is_ascii_digit()) {
            match runs.last_mut() {
                Some(run) if run.end == at => run.end = at + 1,
                _ => runs.push(at..at + 1),
            }
        }
        Self { chars, runs }
    }

    /// A run by its number.
    pub fn run(&self, nth: usize) -> Option<Range<usize>> {
        self.runs.get(nth).cloned()
    }

    /// What begins at each run, as `at` reads it from a run's number; what was found is not read
    /// again.
    pub fn each(&self, at: impl Fn(&Self, usize) -> Option<Hit>) -> Vec<Hit> {
        let mut hits: Vec<Hit> = Vec::new();
        for (nth, run) in self.runs.iter().enumerate() {
            if hits.last().is_none_or(|hit| hit.range.end <= run.start) {
                hits.extend(at(self, nth));
            }
        }
        hits
    }

    /// Where the digits end that begin at `from` within a run, if the run's rest and the runs
    /// behind it have these lengths, with one blank or hyphen between each two.
    pub fn shaped(&self, nth: usize, from: usize, lengths: &[usize]) -> Option<usize> {
        let mut end = 0;
        for (step, length) in lengths.iter().enumerate() {
            let run = self.runs.get(nth + step)?;
            let start = if step == 0 { from } else { run.start };
            let joined = step == 0 || start == end + 1 && is_joint(self.chars[end]);
            if !joined || run.end.checked_sub(start) != Some(*length) {
                return None;
            }
            end = run.end;
        }
        Some(end)
    }

    /// Where the digit stands that has `before` others between it and `from`; the text's end where
    /// there are fewer.
    pub fn digit(&self, from: usize, before: usize) -> usize {
        let digits = (from..self.chars.len()).filter(|at| self.chars[*at].is_ascii_digit());
        digits.take(before + 1).nth(before).unwrap_or(self.chars.len())
    }

    /// The values of the digits in a stretch.
    pub fn digits(&self, range: Range<usize>) -> Vec<u32> {
        self.chars[range].iter().filter_map(|c| c.to_digit(10)).collect()
    }

    /// Whether a stretch is written like this.
    pub fn is(&self, range: Range<usize>, text: &str) -> bool {
        self.chars[range].iter().copied().eq(text.chars())
    }
}
