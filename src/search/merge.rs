//! Several segments read as one, in the order of their tokens, a block of each at a time.

use std::collections::VecDeque;
use std::fs::File;

use super::block;
use super::fault::Fault;
use super::keys::Token;
use super::segment::{Segment, Writing};

/// Writes all that segments hold to another one.
pub fn merge(segments: &[&Segment], into: &mut Writing) -> Result<(), Fault> {
    let mut all = segments.iter().map(|one| Reading::begin(one)).collect::<Result<Vec<_>, _>>()?;
    let mut numbers = Vec::new();
    while let Some(token) = all.iter().filter_map(Reading::token).min() {
        numbers.clear();
        for one in &mut all {
            one.take(token, &mut numbers)?;
        }
        numbers.sort_unstable();
        numbers.dedup();
        into.add(token, &numbers)?;
    }
    Ok(())
}

/// A segment that is read from its first block to its last.
struct Reading<'s> {
    segment: &'s Segment,
    file: File,
    /// The block to go on with.
    next: usize,
    /// What of the blocks before it was not taken yet.
    left: VecDeque<(Token, u32)>,
}

impl<'s> Reading<'s> {
    fn begin(segment: &'s Segment) -> Result<Self, Fault> {
        let mut reading = Self { segment, file: segment.file()?, next: 0, left: VecDeque::new() };
        reading.fill()?;
        Ok(reading)
    }

    /// The token that comes next; `None` at the end.
    fn token(&self) -> Option<Token> {
        self.left.front().map(|(token, _)| *token)
    }

    /// Takes all numbers of the token, if that comes next.
    fn take(&mut self, token: Token, numbers: &mut Vec<u32>) -> Result<(), Fault> {
        while let Some((_, number)) = self.left.pop_front_if(|(next, _)| *next == token) {
            numbers.push(number);
            self.fill()?;
        }
        Ok(())
    }

    fn fill(&mut self) -> Result<(), Fault> {
        while self.left.is_empty() && self.next < self.segment.blocks() {
            let block = self.segment.block(&self.file, self.next)?;
            let walked = block::walk(&block, |token, number| self.left.push_back((token, number)));
            walked.ok_or(Fault::Damaged("a block holds no runs"))?;
            self.next += 1;
        }
        Ok(())
    }
}
