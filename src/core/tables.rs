//! The tables of the domain and what follows from their records. One line a table in [`TABLES`].

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::derive::{Derived, Derives, Standing, TableEntry, number_of};
use super::export::Export;
use super::import::Import;
use super::visit::Visit;
use crate::model::cabinet::{Cabinet, Charge};
use crate::model::erasure::Erasure;
use crate::model::follow::Follow;
use crate::model::gap::Gap;
use crate::model::journal::Touched;
use crate::model::keyword::Keyword;
use crate::model::member::{Given, Grant, Member};
use crate::model::message::Message;
use crate::model::notice::Moved;
use crate::model::post::{DueName, Mirrored, RoleSet};
use crate::model::preferences::Preferences;
use crate::model::reminder::Reminder;
use crate::model::renamed::Renamed;
use crate::model::report::{Counted, Report};
use crate::model::request::{Question, Request, RequestState};
use crate::model::retention::Retention;
use crate::model::source::{Alert, Source, SourceListed, Subscription};
use crate::model::task::{Deadline, Task, TaskState};
use crate::model::tour::Tour;
use crate::model::witness::Witness;
use crate::model::{Calendar, Handle, Post, Scope, Span, Timestamp};
use crate::store::table::id;
use crate::store::{Table, TableId};
use crate::text::when::Reference;

/// Every table whose records are journaled with their values before. Others are bookkeeping of the
/// engine.
pub const TABLES: &[TableEntry] = &[
    TableEntry::of::<Task>(),
    TableEntry::of::<Message>(),
    TableEntry::of::<Keyword>(),
    TableEntry::of::<Subscription>(),
    TableEntry::of::<Alert>(),
    TableEntry::of::<Report>(),
    TableEntry::of::<Reminder>(),
    TableEntry::of::<Follow>(),
    TableEntry::of::<Renamed>(),
    // Once something was put there a cabinet is known, whatever is taken back.
    TableEntry::of_lasting::<Cabinet>(),
    TableEntry::of::<Charge>(),
    // What was not recorded then is missing, whatever is taken back.
    TableEntry::of_lasting::<Gap>(),
    TableEntry::of::<SourceListed>(),
    TableEntry::of::<Grant>(),
    TableEntry::of::<Given>(),
    TableEntry::of::<Preferences>(),
    // Answered once: an undo of what was granted asks nobody again.
    TableEntry::of_lasting::<Request>(),
    TableEntry::of::<Notices>(),
    TableEntry::of::<Retention>(),
    TableEntry::of::<Witness>(),
    // Nothing that was erased comes back.
    TableEntry::of_lasting::<Erasure>(),
    // What was only practised is nothing to take back.
    TableEntry::of_lasting::<Tour>(),
    // What was handed out cannot be taken back.
    TableEntry::of_lasting::<Export>(),
    // What was brought is taken back by its messages.
    TableEntry::of_lasting::<Import>(),
    // Who may look is no step of anybody's.
    TableEntry::of_lasting::<Visit>(),
];

/// The entry of a table; `None` for bookkeeping.
pub fn entry(table: TableId) -> Option<&'static TableEntry> {
    TABLES.iter().find(|entry| entry.id == table)
}

/// Whether an undo brings back what a record of this table was.
pub fn is_undone(table: TableId) -> bool {
    entry(table).is_some_and(|entry| entry.undone)
}

/// The handle of a record of a table, if members type one.
pub fn handle(table: TableId, number: u32) -> Option<Handle> {
    entry(table)?.letter.map(|letter| Handle { letter, number })
}

impl Table for Task {
    const ID: TableId = id::TASK;
}

impl Derives for Task {
    const LETTER: Option<char> = Some('T');

    fn derive(&self, scope: &Scope, number: u32, _: &Calendar) -> Derived {
        let open = self.state == TaskState::Open;
        let handle = Handle { letter: 'T', number };
        let mirrored = || Mirrored {
            title: self.place.clone(),
            handle: handle.to_string(),
            text: self.title.clone(),
            due: self.due,
            tags: self.tags.clone(),
        };
        // A task made in a direct chat is there already.
        let mirrors = match scope {
            Scope::Conversation(_) if open => self
                .open_parts()
                .into_iter()
                .map(|who| (Scope::Person(who.person), mirrored()))
                .collect(),
            Scope::Conversation(_) | Scope::Person(_) | Scope::Source(_) | Scope::Organisation => {
                Vec::new()
            }
        };
        Derived {
            dates: self
                .remind_at
                .filter(|_| open)
                .map(|at| (DueName::Remind, at))
                .into_iter()
                .collect(),
            mirrors,
            counts: self.done_on.map(|day| (day, Counted::TasksDone, 1)).into_iter().collect(),
            standing: Some(Standing {
                people: std::iter::once(&self.creator)
                    .chain(&self.assignees)
                    .map(|who| who.person.clone())
                    .collect(),
                place: self.place.clone(),
                handle: handle.to_string(),
                title: self.title.clone(),
                state: self.state,
                lang: self.lang,
            }),
            ..Derived::default()
        }
    }
}

impl Table for Subscription {
    const ID: TableId = id::SUBSCRIPTION;
}

impl Derives for Subscription {
    const LETTER: Option<char> = Some('S');

    /// An enabled subscription shows itself at its source, which so knows whom to tell.
    fn derive(&self, _: &Scope, number: u32, _: &Calendar) -> Derived {
        let shown = Mirrored {
            title: String::new(),
            handle: Handle { letter: 'S', number }.to_string(),
            text: String::new(),
            due: None,
            tags: Vec::new(),
        };
        let mirrors =
            if self.enabled { vec![(Scope::Source(self.source.clone()), shown)] } else { vec![] };
        Derived { mirrors, ..Derived::default() }
    }
}

impl Table for Alert {
    const ID: TableId = id::ALERT;
}

impl Derives for Alert {
    const LETTER: Option<char> = Some('A');

    fn derive(&self, _: &Scope, _: u32, _: &Calendar) -> Derived {
        Derived { counts: vec![(self.day, Counted::Alerts, 1)], ..Derived::default() }
    }
}

/// Not in [`TABLES`]: it holds a secret, and the journal keeps the values before of every table
/// there.
impl Table for Source {
    const ID: TableId = id::SOURCE;
}

impl Table for SourceListed {
    const ID: TableId = id::SOURCE_LISTED;
}

impl Derives for SourceListed {
    const LETTER: Option<char> = Some('E');
}

impl Table for Grant {
    const ID: TableId = id::ADMIN;
}

impl Derives for Grant {
    const LETTER: Option<char> = None;
}

impl Table for Given {
    const ID: TableId = id::GIVEN;
}

impl Derives for Given {
    const LETTER: Option<char> = None;

    /// The organisation owns its roles: it is told what is asked of it, and by an undo the
    /// opposite.
    fn derive(&self, _: &Scope, _: u32, _: &Calendar) -> Derived {
        let tell = |to| {
            let (who, at, lang) = (self.who.clone(), self.at.clone(), self.lang);
            let set = RoleSet { who, to, by: None, at, lang };
            vec![(Scope::Organisation, Post::RoleSet(Box::new(set)))]
        };
        Derived { tells: tell(self.to), untells: tell(self.from), ..Derived::default() }
    }
}

impl Table for Preferences {
    const ID: TableId = id::PREFERENCES;
}

impl Derives for Preferences {
    const LETTER: Option<char> = None;
}

impl Table for Request {
    const ID: TableId = id::REQUEST;
}

impl Derives for Request {
    const LETTER: Option<char> = Some('Q');

    /// While it is open it waits for its end, and those who may answer see it in their direct
    /// chats.
    fn derive(&self, _: &Scope, number: u32, _: &Calendar) -> Derived {
        if self.state != RequestState::Open {
            return Derived::default();
        }
        let shown = Mirrored {
            title: self.place.clone(),
            handle: Handle { letter: 'Q', number }.to_string(),
            text: self.line.clone(),
            due: None,
            tags: Vec::new(),
        };
        let to = self.to.iter().map(|person| (Scope::Person(person.clone()), shown.clone()));
        Derived {
            dates: vec![(DueName::Expire, self.until)],
            mirrors: to.collect(),
            ..Derived::default()
        }
    }
}

impl Table for Tour {
    const ID: TableId = id::TOUR;
}

impl Derives for Tour {
    const LETTER: Option<char> = None;

    /// Nothing follows from what was practised, but that it is over some time.
    fn derive(&self, _: &Scope, _: u32, _: &Calendar) -> Derived {
        Derived { dates: vec![(DueName::Expire, self.until)], ..Derived::default() }
    }
}

impl Table for Question {
    const ID: TableId = id::QUESTION;
}

impl Table for Member {
    const ID: TableId = id::MEMBER;
}

/// A mirror as it is kept: who shows what. Keyed by the hash of scope and key, bookkeeping of the
/// engine.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Mirror {
    /// The scope that owns the record.
    pub from: Scope,
    /// What it shows.
    pub shown: Mirrored,
}

impl Table for Mirror {
    const ID: TableId = id::MIRROR;
}

/// The rest of a list that was too long. Bookkeeping.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct More {
    /// Its lines.
    pub lines: Vec<Vec<Span>>,
    /// Until when it is worth showing.
    pub until: Timestamp,
}

impl Table for More {
    const ID: TableId = id::MORE;
}

/// Changes of tasks that a person has yet to hear of.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Notices {
    /// When they are told.
    pub at: Timestamp,
    /// Each task once, with the state it was in first and the one it is in.
    pub moved: Vec<Moved>,
    /// How many tasks more than are kept.
    pub more: u32,
}

impl Table for Notices {
    const ID: TableId = id::NOTICES;
}

impl Derives for Notices {
    const LETTER: Option<char> = None;

    fn derive(&self, _: &Scope, _: u32, _: &Calendar) -> Derived {
        Derived { dates: vec![(DueName::Notice, self.at)], ..Derived::default() }
    }
}

/// A day's count.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Count {
    /// How many.
    pub count: i64,
}

impl Table for Count {
    const ID: TableId = id::COUNTER;
}

/// The rest of a counter's key: day, then kind.
pub fn counter_rest(day: NaiveDate, kind: Counted) -> [u8; 5] {
    use chrono::Datelike;
    // Days since year 1; the sign bit is flipped so that days before it would still sort first.
    let days = (day.num_days_from_ce() as u32) ^ (1 << 31);
    let mut rest = [0; 5];
    rest[..4].copy_from_slice(&days.to_be_bytes());
    rest[4] = kind as u8;
    rest
}

/// The last moment of a deadline: a day's is when work ends there, in the night of the next day
/// where it goes over midnight.
pub fn deadline_at(due: Deadline, reference: Reference) -> Timestamp {
    let work = reference.work;
    let ends_on = |day: NaiveDate| if work.to > work.from { Some(day) } else { day.succ_opt() };
    match due {
        Deadline::At(at) => at,
        Deadline::On(day) => ends_on(day).map_or(Timestamp(i64::MAX), |day| {
            Timestamp::from_local(day.and_time(work.to), reference.zone)
        }),
    }
}

/// The handle of a record an entry touched, if members type one.
pub fn touched_handle(touched: &Touched) -> Option<Handle> {
    handle(TableId(touched.table), number_of(&touched.rest)?)
}
