//! What one scope tells another, or itself at a later date. Posts travel inside commits and become
//! turns.

use serde::{Deserialize, Serialize};

use super::export::{NoFile, Written};
use super::field::Report;
use super::import::{NotRead, Records};
use super::member::Rank;
use super::notice::Moved;
use super::occurrence::Of;
use super::source::SourceState;
use super::task::{Deadline, Named};
use super::visit::OnPage;
use super::{Lang, Outgoing, PersonId, Scope, Timestamp};

/// The closed list of posts.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Post {
    /// A date of one of the scope's own records has come (derived from the record, see
    /// `core::tables`).
    Due(Due),
    /// Say this to the scope's person or conversation (a secret to an admin).
    Say(Box<Outgoing>),
    /// Say this on behalf of another scope's schedule (a report to a manager), which is told if it
    /// does not arrive.
    SayFor(Box<SayFor>),
    /// What was said for an occurrence of this scope did not arrive; why, in the words of the
    /// send's outcome.
    NotSaid { of: Of, why: String },
    /// A source is to exist: first to the organisation, which numbers it, then to `Scope::Source`.
    SourceNew(Box<SourceNew>),
    /// A source is to be enabled, disabled or removed: by number to the organisation, then to
    /// `Scope::Source`.
    SourceSet { number: u32, state: SourceState },
    /// Somebody gave the right claim code; to the organisation.
    AdminClaimed {
        by: PersonId,
        lang: Lang,
        /// Their display name; empty in posts older than this field.
        #[serde(default)]
        name: String,
    },
    /// Somebody gave a wrong claim code; to the organisation, which counts.
    ClaimFailed,
    /// Somebody is to have a role in the organisation; to the organisation, which judges.
    RoleSet(Box<RoleSet>),
    /// A source reported something; to every scope that subscribed.
    SourceReported { source: String, report: Report },
    /// A task that concerns this person moved.
    Moved(Box<Moved>),
    /// Somebody typed a command in their direct chat about a record of this scope.
    Typed(Box<Typed>),
    /// How far an export of this scope has come: messages looked at, of how many, how many fit.
    Exporting { number: u32, looked: u32, of: u32, found: u32 },
    /// An export of this scope is written.
    Exported(Box<Written>),
    /// An export of this scope came to no file.
    NotExported { number: u32, why: NoFile },
    /// A record has come for an import of this scope, and is being compared: so many messages.
    Importing {
        number: u32,
        #[serde(with = "serde_bytes")]
        link: [u8; 16],
        rows: u32,
    },
    /// A record was read for an import of this scope.
    Imported(Box<Records>),
    /// A record that was brought cannot be taken.
    NotImported {
        number: u32,
        #[serde(with = "serde_bytes")]
        link: [u8; 16],
        why: NotRead,
    },
    /// Somebody opened the address of an export of this scope: if they may have it, it is theirs
    /// who made this claim, and nobody else's.
    ExportOpened {
        number: u32,
        #[serde(with = "serde_bytes")]
        link: [u8; 16],
        #[serde(with = "serde_bytes")]
        claim: [u8; 16],
    },
    /// Somebody opened the address of an archive page: the visit is theirs under this session.
    PageOpened {
        number: u32,
        #[serde(with = "serde_bytes")]
        link: [u8; 16],
        #[serde(with = "serde_bytes")]
        session: [u8; 16],
    },
    /// Somebody did something on an archive page.
    OnPage(Box<OnPage>),
    /// A visit to an archive page is over.
    PageLeft { number: u32 },
}

/// A date that was waited for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Due {
    /// Table of the record.
    pub table: u8,
    /// Number of the record.
    pub number: u32,
    /// Which of its dates.
    pub name: DueName,
    /// The date itself: becomes the turn's `now` when a virtual clock jumps over it.
    pub at: Timestamp,
}

/// The dates a record can wait for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum DueName {
    /// A task's reminder.
    Remind,
    /// The next regular occurrence of a reminder or report.
    Occur,
    /// A reminder's occurrence that was put off.
    Again,
    /// The end of a request nobody answered, of a tour nobody goes on with, or of a visit.
    Expire,
    /// The end of the minute in which changes are gathered.
    Notice,
    /// The end of the quiet hours in which a reminder came.
    Held,
    /// The hour at which old messages are announced and cleared.
    Clear,
    /// More of what is cleared or erased page by page.
    Page,
    /// The hour at which the head of the journal is said.
    Head,
}

/// Something to say for an occurrence of a schedule elsewhere.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SayFor {
    /// What.
    pub card: Outgoing,
    /// For which occurrence.
    pub of: Of,
}

/// A role in the organisation, as it is to be.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RoleSet {
    /// Whose.
    pub who: Named,
    /// What they are to be.
    pub to: Rank,
    /// In whose name: filled in from the turn that tells it, never from a record.
    pub by: Option<Named>,
    /// Where to answer if it cannot be.
    pub at: Scope,
    /// Language of the answer.
    pub lang: Lang,
}

/// A new source.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct SourceNew {
    /// Its name, as members type it.
    pub name: String,
    /// Its number in the organisation (`E3`); 0 until the organisation gave it one.
    pub number: u32,
    /// The admin who asked for it.
    pub by: PersonId,
    /// Its signing secret: handed in by shell, kept sealed in the source's own record.
    pub secret: String,
    /// Language of the admin's command.
    pub lang: Lang,
}

impl std::fmt::Debug for SourceNew {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SourceNew").field("number", &self.number).finish_non_exhaustive()
    }
}

/// A line that one scope shows of another's record.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Mirrored {
    /// The other scope's title.
    pub title: String,
    /// The record's handle there, such as `T12`.
    pub handle: String,
    /// The record's own words.
    pub text: String,
    /// Its deadline, if it has one.
    pub due: Option<Deadline>,
    /// Its tags, without the `#`.
    #[serde(default)]
    pub tags: Vec<String>,
}

/// A command typed elsewhere.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Typed {
    /// Who typed it.
    pub by: PersonId,
    /// Their display name.
    pub name: String,
    /// The line, without the group's name.
    pub line: String,
}
