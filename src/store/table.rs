//! Typed, versioned records over plain values.

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::{Fault, Key, TableId, Value};

/// The tables. Numbers are stored: never change or reuse one.
pub mod id {
    use super::super::key::TableId;

    /// Data of the store itself (format, wrapped keys); not reachable through `Store`.
    pub const META: TableId = TableId(1);
    /// Revision of a scope.
    pub const REVISION: TableId = TableId(2);
    /// Head of a scope's journal and its next numbers.
    pub const HEAD: TableId = TableId(3);
    /// Journal entries with their erasable content, by sequence.
    pub const JOURNAL: TableId = TableId(4);
    // 5 was the content of journal entries: it stands in their rows.
    /// Undo steps, by number.
    pub const STEP: TableId = TableId(6);
    /// Events seen and messages kept, in their order, many a row.
    pub const SEEN: TableId = TableId(7);
    /// Posts and dates to come, by due time; over all scopes.
    pub const WAKE: TableId = TableId(8);
    /// Messages to send, by target scope, revision and number.
    pub const OUTBOX: TableId = TableId(9);
    /// Events whose turn panicked, by time; over all scopes.
    pub const DEAD: TableId = TableId(10);
    /// What was sent by each account, by its name; over all scopes.
    pub const TALLY: TableId = TableId(12);
    /// Messages that failed for good, by time and place; over all scopes.
    pub const UNDELIVERED: TableId = TableId(13);
    /// Counters of a scope, by day and kind.
    pub const COUNTER: TableId = TableId(11);

    /// Tasks, `T…`.
    pub const TASK: TableId = TableId(32);
    /// Kept messages, `M…`.
    pub const MESSAGE: TableId = TableId(33);
    /// Keyword rules, `R…`.
    pub const KEYWORD: TableId = TableId(34);
    /// Subscriptions, `S…`.
    pub const SUBSCRIPTION: TableId = TableId(35);
    /// Alerts, `A…`.
    pub const ALERT: TableId = TableId(36);
    /// Reports, `D…`.
    pub const REPORT: TableId = TableId(37);
    /// A source's own record.
    pub const SOURCE: TableId = TableId(38);
    /// Sources as the organisation lists them, `E…`.
    pub const SOURCE_LISTED: TableId = TableId(39);
    /// People seen, by hash of their id.
    pub const MEMBER: TableId = TableId(41);
    /// Roles given in this scope, by hash of the person's id.
    pub const ADMIN: TableId = TableId(42);
    // 43 was the number of each kept message by its id: it stands with the events seen.
    // 45 was when a task was last reminded: its occurrences say it now.
    /// What other scopes show here, by scope, table and rest of the key there.
    pub const MIRROR: TableId = TableId(44);
    /// Reminders, `J…`.
    pub const REMINDER: TableId = TableId(55);
    /// What became of each occurrence of a schedule, by table, number and due time; kept out of
    /// undo.
    pub const OCCURRENCE: TableId = TableId(56);
    /// For which occurrence a message was said, by the message's place in the outbox.
    pub const SAID_FOR: TableId = TableId(57);
    /// Questions that are followed up, `F…`.
    pub const FOLLOW: TableId = TableId(54);
    /// What this scope set for itself.
    pub const PREFERENCES: TableId = TableId(50);
    /// Roles in the organisation given from this conversation, by number.
    pub const GIVEN: TableId = TableId(51);
    /// Requests, `Q…`.
    pub const REQUEST: TableId = TableId(52);
    /// What the bot asked whom, by hash of their id; kept out of undo.
    pub const QUESTION: TableId = TableId(53);
    /// Changes of tasks that a person has yet to hear of; one record.
    pub const NOTICES: TableId = TableId(46);
    /// The rest of a long list, by hash of whoever asked for it; kept out of undo.
    pub const MORE: TableId = TableId(47);
    /// Tours that somebody takes, by number; kept out of undo.
    pub const TOUR: TableId = TableId(48);
    /// What somebody last did from their direct chat to a group's record; kept out of undo.
    pub const ACTED: TableId = TableId(49);
    /// Tags that are called otherwise now, by number.
    pub const RENAMED: TableId = TableId(63);
    /// What was not recorded, by number; kept out of undo.
    pub const GAP: TableId = TableId(66);
    /// How long this scope keeps messages; one record.
    pub const RETENTION: TableId = TableId(58);
    /// How far a clearing has come; kept out of undo.
    pub const CLEARING: TableId = TableId(59);
    /// What was erased and still stands in files behind the store, by scope and journal entry;
    /// over all scopes.
    pub const RID: TableId = TableId(61);
    /// People whose messages are erased, by number; kept out of undo.
    pub const ERASURE: TableId = TableId(62);
    /// Cabinets, `C…`; kept out of undo.
    pub const CABINET: TableId = TableId(78);
    /// Who looks after the cabinet of the same number.
    pub const CABINET_CHARGE: TableId = TableId(79);
    /// Exports, `X…`; kept out of undo.
    pub const EXPORT: TableId = TableId(64);
    /// Exports to be written; over all scopes.
    pub const EXPORT_JOB: TableId = TableId(65);
    /// Where the files of exports are had, by hash of the address; over all scopes.
    pub const EXPORT_LINK: TableId = TableId(67);
    /// When the head of this scope's journal is said; one record.
    pub const WITNESS: TableId = TableId(68);
    /// Imports, by number; kept out of undo.
    pub const IMPORT: TableId = TableId(70);
    /// Where records are brought, by hash of the address; over all scopes.
    pub const IMPORT_LINK: TableId = TableId(71);
    /// Which messages brought a file, by hash of its name; kept out of undo.
    pub const FILE: TableId = TableId(72);
    /// Visits to the archive page; kept out of undo.
    pub const VISIT: TableId = TableId(75);
    /// What the hash of an address or a session of a visit leads to; over all scopes.
    pub const VISIT_KEY: TableId = TableId(76);
    /// What was answered last to a visit, by session; over all scopes.
    pub const VISIT_REPLY: TableId = TableId(77);
    /// When it was noted last that the bot runs; one row over all scopes.
    pub const ALIVE: TableId = TableId(73);
    /// When it did not run; over all scopes.
    pub const OUTAGE: TableId = TableId(74);
    /// Settings that shell keeps (the virtual clock's offset); over all scopes.
    pub const SHELL: TableId = TableId(60);
}

/// A record type and the table it lives in.
pub trait Table: Serialize + DeserializeOwned + Clone + Send + 'static {
    /// Its table.
    const ID: TableId;
    /// Version of the stored form; raised when old bytes no longer read as the new type.
    const VERSION: u8 = 1;
}

/// A record as a plain value.
pub fn encode<T: Table>(record: &T) -> Value {
    encode_versioned(T::VERSION, record)
}

/// Any serialisable value behind a version byte.
pub fn encode_versioned(version: u8, value: &impl Serialize) -> Value {
    let mut bytes = Vec::with_capacity(USUAL_BYTES);
    bytes.push(version);
    write(&mut bytes, value);
    bytes
}

/// Any serialisable value without a version: part of a record that has one.
pub fn encoded(value: &impl Serialize) -> Value {
    let mut bytes = Vec::with_capacity(USUAL_BYTES);
    write(&mut bytes, value);
    bytes
}

/// Most records are no longer: their bytes are allocated once.
const USUAL_BYTES: usize = 512;

fn write(bytes: &mut Value, value: &impl Serialize) {
    // Writing to memory cannot fail, and our records hold nothing that MessagePack lacks.
    rmp_serde::encode::write_named(bytes, value).expect("records encode");
}

/// A record from a plain value at `key`.
pub fn decode<T: Table>(key: &Key, value: &[u8]) -> Result<T, Fault> {
    decode_versioned(T::VERSION, key, value)
}

/// Any value from behind its version byte.
pub fn decode_versioned<T: DeserializeOwned>(
    version: u8,
    key: &Key,
    value: &[u8],
) -> Result<T, Fault> {
    let unreadable = |why| Fault::Unreadable { key: hex::encode(&key.0), why };
    let (&found, body) = value.split_first().ok_or_else(|| unreadable("empty"))?;
    if found != version {
        return Err(unreadable("unknown version"));
    }
    rmp_serde::from_slice(body).map_err(|_| unreadable("not a record of this table"))
}
