//! Messages on their way into the index.

use std::collections::HashMap;
use std::sync::Arc;

use super::fault::Fault;
use super::keys::{Keys, Token};
use super::segment::Writing;
use crate::model::message::Message;
use crate::text::terms::{self, Term};

/// Some messages of a scope, by their terms.
pub struct Batch {
    keys: Arc<Keys>,
    /// Tokens of the terms met so far: most come again and again.
    known: HashMap<Term, Token>,
    postings: Vec<(Token, u32)>,
    /// How many messages there are.
    pub messages: usize,
}

impl Batch {
    /// Of no message yet.
    pub(super) fn new(keys: Arc<Keys>) -> Self {
        Self { keys, known: HashMap::new(), postings: Vec::new(), messages: 0 }
    }

    /// Adds a message under its number.
    pub fn add(&mut self, number: u32, message: &Message) {
        for term in terms::of(message) {
            let keys = &self.keys;
            let token = *self.known.entry(term).or_insert_with_key(|term| keys.token(term));
            self.postings.push((token, number));
        }
        self.messages += 1;
    }

    /// Writes them all to a segment.
    pub(super) fn write(mut self, into: &mut Writing) -> Result<(), Fault> {
        self.postings.sort_unstable();
        self.postings.dedup();
        for of_token in self.postings.chunk_by(|a, b| a.0 == b.0) {
            let numbers: Vec<u32> = of_token.iter().map(|(_, number)| *number).collect();
            into.add(of_token[0].0, &numbers)?;
        }
        Ok(())
    }
}
