//! Why a command was not carried out: for the person in the chat, rendered in their language by
//! `say`.

use super::setting::Setting;
use crate::command::{ParseError, Role};
use crate::model::lead::Lead;
use crate::model::member::Rank;
use crate::model::message::Gone;
use crate::model::task::{Deadline, Named};
use crate::model::{Handle, Timestamp};
use crate::text::pattern::Wrong;

/// A refusal: what was understood, the one thing missing, and (in `say`) a line that would work.
#[derive(Debug, Clone, PartialEq)]
pub enum Refusal {
    /// The line was not understood.
    Parse(ParseError),
    /// Their role is not enough; only these may.
    NotAllowed { needs: Role },
    /// Only whoever did this step, and admins, may undo it.
    NotYourStep { step: u32, records: Vec<Handle> },
    /// There is no such record.
    NoSuch(Handle),
    /// What the message said was cleared or erased.
    Gone(Handle, Gone),
    /// The source is there, but its history is not kept in this conversation.
    LoggedElsewhere(Handle),
    /// A line typed in a direct chat names no group that shows its tasks there.
    NoSuchGroup,
    /// Several groups of that name show such a record.
    SeveralGroups,
    /// Something is missing: the word's key says which example to show.
    Missing { word: &'static str, what: Missing },
    /// The date is over: its words, and the whole line with what may have been meant in its place.
    Past { part: String, line: String },
    /// There is no such day.
    NoSuchDay { part: String },
    /// A task happens once; this asks for it again and again.
    Recurring { part: String },
    /// A recurrence that comes more often than this many minutes apart.
    TooOften { minutes: i64 },
    /// It cannot be told so long before its time.
    Lead(OfLead),
    /// A recurrence without any occurrence.
    Never,
    /// Only the next one can be left out, which is not on the day that was said; `None`: it comes
    /// once.
    OnlyNext { handle: Handle, next: Option<Timestamp> },
    /// What is to be said of it holds no word; the key of the word that wants one.
    NoWords { word: &'static str, part: String },
    /// The date can mean several things, each as it would be typed.
    Unclear { choices: Vec<String> },
    /// What is put off would come earlier than its deadline is now; the line that does so.
    Earlier { handle: Handle, now: Deadline, line: String },
    /// Words that can mean several things; the line for each.
    Which { part: String, lines: Vec<String> },
    /// A name that fits nobody; the ones that are near.
    NoSuchPerson { name: String, near: Vec<String> },
    /// A name that fits several people.
    SeveralPeople { name: String, count: usize },
    /// The same command about several records: those that refused, and the line without them.
    Several { failed: Vec<(Handle, Refusal)>, rest: Option<String> },
    /// Several commands in one message: the lines that refused.
    Lines { failed: Vec<(String, Refusal)> },
    /// A command that goes with no other in one message.
    Apart { line: String },
    /// Of these, one is answered at a time.
    OneByOne(Handle),
    /// Behind `提醒` stands a name nobody here bears; those that are near, and the lines that may
    /// have been meant.
    NobodyCalled { name: String, lines: Vec<String> },
    /// In this direct chat only its owner can be reminded; the others, and the line for a group.
    OnlyYouHere { others: Vec<Named>, line: Option<String> },
    /// What nobody can do here; the lines that can be done instead.
    Cannot { what: Cannot, part: String, lines: Vec<String> },
    /// The record is in this state already; the verb (its key) that would change it.
    Already { handle: Handle, state: &'static str, instead: &'static str },
    /// The task does not stand as the command wants it.
    Task(OfTask),
    /// The tag cannot be called so.
    Tag(OfTag),
    /// The cabinet does not let it.
    Cabinet(OfCabinet),
    /// Nothing to undo.
    NothingToUndo,
    /// Something touched it since: the steps that did, and the line that insists.
    UndoConflict { step: u32, later: Vec<Later>, insist: String },
    /// Undoing the step would take away one of somebody else's: an admin may.
    WouldOverride { step: u32, other: Later },
    /// A step that was undone already, or whose values before are gone.
    CannotUndo { step: u32, gone: bool },
    /// The archive page's address goes to one person, and the platform reaches none.
    PageNotPrivate,
    /// What is to be exported would be read otherwise in an export.
    PageInQuotes,
    /// Nothing of what was done on the page can be taken back.
    PageNothingToUndo,
    /// There is no such file to be had.
    Export(OfExport),
    /// No record can be brought.
    Import(OfImport),
    /// A limit, by its name and number.
    Limit { what: &'static str, most: usize },
    /// No source of that name; the ones there are.
    NoSuchSource { name: String, near: Vec<String> },
    /// A name that holds what no address may hold; the same without.
    BadName { name: String, fit: String, most: usize },
    /// The same is there already.
    Exists(Handle),
    /// A name that is taken.
    Taken { name: String },
    /// The claim code is not right, or nobody can claim any more.
    WrongCode,
    /// The platform does not show what was quoted.
    QuoteHidden,
    /// The line asks for something in words we don't have; the text says what was understood.
    NotUnderstood { word: String, part: String },
    /// The second half of an edit, which asks for something more.
    SecondHalf { handle: Handle, part: String },
    /// The request was answered or is over; how it stands.
    Settled { handle: Handle, state: String },
    /// A direct chat has no roles of its own.
    NoRolesHere,
    /// They are that already; in the organisation, if so said.
    SameRank { name: String, rank: Rank, everywhere: bool },
    /// The operator's settings make them admin, and no command changes that.
    FixedAdmin { name: String },
    /// Nobody would be left who could give roles.
    LastAdmin { name: String },
    /// A setting of another name; the ones that are near.
    NoSuchSetting { name: String, near: Vec<String> },
    /// A value a setting cannot have, and the values that are near.
    BadSetting { setting: Setting, value: String, near: Vec<String> },
}

impl Refusal {
    /// The role that would have been enough, where a role is all that was missing.
    pub fn lacks(&self) -> Option<Role> {
        if let Refusal::NotAllowed { needs } = self {
            return Some(*needs).filter(|needs| *needs != Role::Member);
        }
        if let Refusal::Several { failed, .. } = self {
            let lacks: Option<Vec<Role>> = failed.iter().map(|(_, why)| why.lacks()).collect();
            return lacks.and_then(|lacks| lacks.into_iter().max());
        }
        let others = matches!(self, Refusal::NotYourStep { .. } | Refusal::WouldOverride { .. });
        others.then_some(Role::Admin)
    }
}

/// A later step that stands in the way of an undo.
#[derive(Debug, Clone, PartialEq)]
pub struct Later {
    /// Its number.
    pub step: u32,
    /// The line that did it.
    pub line: String,
    /// The records it shares with the one to undo.
    pub records: Vec<Handle>,
}

/// What is missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Missing {
    /// What is to be done.
    Content,
    /// A recurrence.
    Every,
    /// A date, a time or a recurrence.
    When,
    /// A person.
    People,
    /// A tag.
    Tags,
    /// What a rule is to do.
    Effects,
    /// A quoted message.
    Quote,
    /// A name.
    Name,
    /// A field to change.
    Pairs,
}

/// Why something cannot be told before its time; with the line without that.
#[derive(Debug, Clone, PartialEq)]
pub enum OfLead {
    /// It would be told at a time that is over.
    Over { lead: Lead, at: Timestamp, line: String },
    /// How long before was not said.
    Unread { line: String },
    /// Several leads; the line without them.
    Several { line: String, leads: Vec<Lead> },
}

/// What cannot be done as it was said.
#[derive(Debug, Clone, PartialEq)]
pub enum Cannot {
    /// Everybody but somebody.
    Except,
    /// A task for everybody.
    TaskForAll,
    /// Everybody, from a direct chat; the line for a group.
    AllHere(String),
    /// Another group; the line to be said there.
    OtherGroup(String),
    /// Something only on a condition.
    Condition,
    /// Tasks that nobody is to do.
    Nobodys,
    /// No reminders on some days.
    Days,
    /// A keyword of one character, before it is said that it is meant; so many messages lately.
    Short { hits: usize },
    /// A phrase in which no word counts, but none of the rule's is in it.
    Excluded,
    /// It is not a pattern.
    Pattern(Wrong),
}

/// Why a tag cannot be called otherwise.
#[derive(Debug, Clone, PartialEq)]
pub enum OfTag {
    /// Nothing bears it; those that are near.
    NoSuch { tag: String, near: Vec<String> },
    /// It would lie below itself.
    BelowItself { from: String, to: String },
    /// It is called so already.
    Same { tag: String },
}

/// Why a cabinet stays as it is.
#[derive(Debug, Clone, PartialEq)]
pub enum OfCabinet {
    /// It takes nothing more.
    Closed { handle: Handle },
    /// Others look after it.
    NotYours { name: String, owners: Vec<Named> },
    /// There is none of that name.
    NoSuch { name: String },
}

/// Why a task cannot do what it was told.
#[derive(Debug, Clone, PartialEq)]
pub enum OfTask {
    /// Their part of it is done already; those whose part is not.
    PartDone { handle: Handle, open: Vec<Named> },
    /// They are not among those who are to do it.
    NotAssigned { handle: Handle, name: String },
    /// It is theirs already.
    AlreadyTheirs { handle: Handle, names: Vec<Named> },
    /// Nobody would be left to do it.
    NobodyLeft { handle: Handle },
    /// It has no deadline that could be moved.
    NoDeadline { handle: Handle },
    /// It does not wait for acceptance; the state it is in.
    NotSubmitted { handle: Handle, state: &'static str },
}

/// Why messages are not exported.
#[derive(Debug, Clone, PartialEq)]
pub enum OfExport {
    /// This program was built without that kind of file.
    NoPdf,
    /// Several kinds of file at once.
    TwoFiles { part: String },
    /// Somebody else is to have it.
    NotForOthers,
    /// Nobody can be written to directly here.
    NotPrivate,
    /// Another export of this conversation is being written.
    UnderWay(Handle),
    /// It is over, and nothing can be done to it any more; how it stands.
    Over { handle: Handle, state: &'static str },
}

/// Why there is no address to bring a record to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OfImport {
    /// Nobody can be written to directly here.
    NotPrivate,
    /// Nothing is to be recorded here.
    NotRecorded,
}
