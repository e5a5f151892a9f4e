//! What a word brings to core: its vocabulary, its code, and whose a record of it is.

use super::refusal::Refusal;
use super::turn::Turn;
use crate::command::Invocation;
use crate::model::PersonId;

/// A word with its handler; the list of all is `commands::LIST`.
pub struct Handler {
    /// The word's key.
    pub key: &'static str,
    /// The name of its file in `commands/`.
    pub file: &'static str,
    /// Text of that file.
    pub toml: &'static str,
    /// Carries a command out. Rights were checked before. A refusal drops everything it wrote.
    pub run: fn(&mut Turn, &Invocation) -> Result<(), Refusal>,
    /// Who owns the record of this number; `None` where there is no such record.
    pub owners: fn(&mut Turn, u32) -> Option<Vec<PersonId>>,
}

/// For words that number no records.
pub fn nobody(_: &mut Turn, _: u32) -> Option<Vec<PersonId>> {
    None
}

/// For verbs: the noun's handler carries them out.
pub fn by_noun(_: &mut Turn, _: &Invocation) -> Result<(), Refusal> {
    Ok(())
}

/// For the word whose commands carry out commands: the dispatcher does.
pub fn by_dispatch(_: &mut Turn, _: &Invocation) -> Result<(), Refusal> {
    Ok(())
}
