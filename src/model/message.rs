//! A kept message: what was said, its tags and the cabinet it was put into.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::task::Named;
use super::{MessageId, Timestamp};

/// Longest message that is kept whole, in characters.
pub const CHARS_MAX: usize = 4_000;
/// Most versions of one message that are kept besides the present one.
pub const VERSIONS_MAX: usize = 20;
/// Most tags of one record.
pub const TAGS_MAX: usize = 20;
/// Longest tag, in characters.
pub const TAG_CHARS_MAX: usize = 40;
/// Longest name of a cabinet, in characters.
pub const CABINET_CHARS_MAX: usize = 40;

/// A message kept in its conversation, numbered `M…`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Message {
    /// The platform's id, where known.
    pub id: Option<MessageId>,
    /// Who said it; `None` where the platform withholds it (some quotes).
    pub sender: Option<Named>,
    /// What was said, cut at `CHARS_MAX`.
    pub text: String,
    /// When it was said, as far as known.
    pub sent_at: Timestamp,
    /// The day it counts for, in the conversation's zone.
    pub day: NaiveDate,
    /// It was heard when it was said; `false` when it is only known from a quote, then it is not
    /// counted.
    pub heard: bool,
    /// Its tags, sorted, none twice; levels joined by `/`.
    pub tags: Vec<Tagged>,
    /// The cabinet it was archived to.
    pub cabinet: Option<String>,
    /// Number of keyword hits when it was kept: what the day's count counts.
    pub hits: u32,
    /// It stays, whatever is cleared or erased. Left out of the stored form where it is not so,
    /// that older values keep their hashes.
    #[serde(default, skip_serializing_if = "is_false")]
    pub held: bool,
    /// What it said is gone for good: there is neither text nor sender, tag or cabinet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gone: Option<Gone>,
    /// It was not heard here: it comes from a record that somebody imported.
    #[serde(default, skip_serializing_if = "is_false")]
    pub imported: bool,
    /// What it said before it was edited, the first version first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub versions: Vec<Version>,
    /// Since when it is taken back: what it said is shown to nobody but who may see versions.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recalled: Option<Timestamp>,
    /// How it was said, if not in written words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub form: Option<Form>,
}

/// How something was said that is no written text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Form {
    /// Spoken; the text is the platform's transcript.
    Voice,
    /// A picture.
    Picture,
    /// A video.
    Video,
    /// A file, whose name is the text: which one of that name, from 1.
    File { version: u32 },
}

/// What a message said once.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Version {
    /// What.
    pub text: String,
    /// Until when.
    pub until: Timestamp,
}

impl Message {
    /// Something that was heard, of which nothing else is known yet.
    pub fn heard(text: String, sent_at: Timestamp, day: NaiveDate) -> Self {
        Self {
            id: None,
            sender: None,
            text,
            sent_at,
            day,
            heard: true,
            tags: Vec::new(),
            cabinet: None,
            hits: 0,
            held: false,
            gone: None,
            imported: false,
            versions: Vec::new(),
            recalled: None,
            form: None,
        }
    }

    /// Whether what it said may be shown: it is neither gone nor taken back.
    pub fn is_shown(&self) -> bool {
        self.gone.is_none() && self.recalled.is_none()
    }

    /// Whether a clearing leaves it: it is held, or somebody put it into a cabinet.
    pub fn is_kept(&self) -> bool {
        self.held || self.cabinet.is_some()
    }

    /// The same without what was said. Its day and its number still count.
    pub fn without_content(self, gone: Gone) -> Self {
        Self {
            sender: None,
            text: String::new(),
            versions: Vec::new(),
            tags: Vec::new(),
            cabinet: None,
            gone: Some(gone),
            ..self
        }
    }
}

fn is_false(is: &bool) -> bool {
    !*is
}

/// Why a message is gone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Gone {
    /// Its conversation keeps messages only for so long.
    Cleared,
    /// Whoever said it asked for that.
    Erased,
}

/// A tag and how it came to be there.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Tagged {
    /// The tag, without the `#`.
    pub tag: String,
    /// The rule that set it (`R…`); `None` when a person did.
    pub rule: Option<u32>,
    /// The word that matched, as written.
    pub word: Option<String>,
}
