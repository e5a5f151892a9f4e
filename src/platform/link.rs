//! What a long connection to a platform brings, as values. Opens no socket and waits for nothing:
//! `shell::links` does.

use crate::model::Secret;

/// Where to connect, once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The whole address, `wss://` or, on this machine, `ws://`; secret for the ticket in it.
    pub url: Secret,
}

/// Why there is no place to connect to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoPlace {
    /// For the log: the platform's code or a word of ours, nothing it wrote freely.
    pub why: String,
}

/// What a frame turned out to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Heard {
    /// Something happened: for `Platform::receive`, and answered afterwards.
    Pushed(Pushed),
    /// Answered at once with this frame.
    Answer(String),
    /// The platform will close this connection soon: another one is opened before it does.
    Leaving,
    /// Nothing to do.
    Nothing,
    /// Not of the platform's form; the word is for the log, without content.
    Malformed(&'static str),
}

/// What a platform told over a connection that we opened to it. Nothing in it proves where it is
/// from, the connection does; so only a platform's `Link` makes one, of a frame of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pushed {
    /// The frame's id, for the answer.
    pub(super) id: String,
    /// What a callback would have as its body.
    pub(super) body: Vec<u8>,
}

impl Pushed {
    /// The frame's id, for `Link::answer`.
    pub fn id(&self) -> &str {
        &self.id
    }
}
