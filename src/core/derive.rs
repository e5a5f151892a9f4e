//! What follows from a record, told once per table: dates, mirrors, counts and index rows. `finish`
//! compares before and after, so that an edit, an undo or a replay never leaves an orphaned
//! reminder or a wrong count.

use chrono::NaiveDate;

use crate::model::post::{DueName, Mirrored};
use crate::model::report::Counted;
use crate::model::task::TaskState;
use crate::model::{Calendar, Lang, MessageId, PersonId, Post, Scope, Timestamp};
use crate::store::{Fault, Key, Table, TableId, table};

/// Everything that follows from one record.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Derived {
    /// Dates it waits for.
    pub dates: Vec<(DueName, Timestamp)>,
    /// What other scopes show of it.
    pub mirrors: Vec<(Scope, Mirrored)>,
    /// What it counts for, and how much.
    pub counts: Vec<(NaiveDate, Counted, i64)>,
    /// The platform's message that is kept in it.
    pub message: Option<MessageId>,
    /// What other scopes are told once it is as it is.
    pub tells: Vec<(Scope, Post)>,
    /// What they are told once it is gone.
    pub untells: Vec<(Scope, Post)>,
    /// Where it stands, of which those concerned are told when it changes.
    pub standing: Option<Standing>,
}

/// Where a record stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Standing {
    /// Whom it concerns.
    pub people: Vec<PersonId>,
    /// The title of its conversation.
    pub place: String,
    /// Its handle there.
    pub handle: String,
    /// Its own words.
    pub title: String,
    /// Its state.
    pub state: TaskState,
    /// The language it was written in.
    pub lang: Lang,
}

/// A record type whose consequences are known.
pub trait Derives: Table {
    /// Letter of its handles; `None` if members never type one.
    const LETTER: Option<char>;

    /// What follows from this record, known by `number` in `scope`, by a calendar of working days;
    /// nothing from most.
    fn derive(&self, _scope: &Scope, _number: u32, _calendar: &Calendar) -> Derived {
        Derived::default()
    }
}

/// What follows from a value of a table.
type Derive = fn(&Key, &[u8], &Scope, u32, &Calendar) -> Result<Derived, Fault>;

/// A table as `finish` and `undo` see it: without its type.
pub struct TableEntry {
    /// Which table.
    pub id: TableId,
    /// Letter of its handles.
    pub letter: Option<char>,
    /// Whether an undo brings its values before back.
    pub undone: bool,
    /// What follows from a value of it.
    derive: Derive,
}

impl TableEntry {
    /// The entry of a record type.
    pub const fn of<T: Derives>() -> Self {
        Self {
            id: T::ID,
            letter: T::LETTER,
            undone: true,
            derive: |key, value, scope, number, calendar| {
                let record = table::decode::<T>(key, value)?;
                Ok(record.derive(scope, number, calendar))
            },
        }
    }

    /// The entry of a record type that no undo touches: what happened to it cannot happen again.
    pub const fn of_lasting<T: Derives>() -> Self {
        Self { undone: false, ..Self::of::<T>() }
    }

    /// What follows from the value at a key; nothing where there is no value.
    pub fn derived(
        &self,
        key: &Key,
        value: Option<&[u8]>,
        scope: &Scope,
        calendar: &Calendar,
    ) -> Result<Derived, Fault> {
        let number = number_of(key.rest()).unwrap_or_default();
        let Some(value) = value else { return Ok(Derived::default()) };
        (self.derive)(key, value, scope, number, calendar)
    }
}

/// The rest of a numbered record's key.
pub fn rest_of(number: u32) -> [u8; 4] {
    number.to_be_bytes()
}

/// The number in the rest of a key, if it is one.
pub fn number_of(rest: &[u8]) -> Option<u32> {
    rest.try_into().ok().map(u32::from_be_bytes)
}
