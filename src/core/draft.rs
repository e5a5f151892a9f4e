//! What a turn has come to so far, and in whose name.

use std::collections::{BTreeMap, BTreeSet};

use super::journal::Head;
use crate::model::journal::{RuleRef, What};
use crate::model::outgoing::Outgoing;
use crate::model::task::Named;
use crate::model::{Lang, Post, Scope, Timestamp};
use crate::store::{Key, Value};

/// What a turn would write if it ended now. A refusal puts back the draft from before the handler.
#[derive(Debug, Clone)]
pub struct Draft {
    /// Where the log stands.
    pub head: Head,
    /// Rows written or removed.
    pub writes: BTreeMap<Key, Option<Value>>,
    /// What is said in this scope.
    pub said: Vec<Outgoing>,
    /// What is told to other scopes, and when.
    pub posts: Vec<(Scope, Timestamp, Post)>,
    /// Rules that acted.
    pub rules: Vec<RuleRef>,
    /// Steps that were undone.
    pub undoes: Vec<u32>,
    /// What came in.
    pub what: What,
    /// The event holds a secret: the journal keeps only that it came.
    pub confidential: bool,
    /// Where records with numbers of this turn stand: nothing was there before.
    pub fresh: BTreeSet<Key>,
    /// Records that were rid of their content: what they said before is kept nowhere.
    pub rid: BTreeSet<Key>,
    /// Journal entries that were rid of theirs.
    pub blanked: BTreeSet<u64>,
}

/// Who acts, in which words.
#[derive(Debug, Clone, Default)]
pub struct Acting {
    /// The person; `None` for dates and outside systems.
    pub actor: Option<Named>,
    /// By whose leave, where the actor's own rights are not enough: then theirs count.
    pub leave: Option<Named>,
    /// The command's line, for the undo step.
    pub line: String,
    /// The language of the answer.
    pub lang: Lang,
}

impl Acting {
    /// The person whose rights count.
    pub fn in_name_of(&self) -> Option<Named> {
        self.leave.clone().or_else(|| self.actor.clone())
    }
}
