//! An import as it is kept: by whom, at which address, and how it stands; and what is the same
//! message as one that is kept already. The address itself is kept nowhere.

use std::collections::{HashMap, HashSet};

use serde::{Deserialize, Serialize};

use super::derive::{Derived, Derives};
use super::export::link_of;
use super::turn::Turn;
use crate::model::import::Row;
use crate::model::message::Message;
use crate::model::post::DueName;
use crate::model::task::Named;
use crate::model::{Calendar, Lang, PersonId, Scope, Timestamp};
use crate::store::table::id;
use crate::store::{Key, Order, Table, TableId};
use crate::text::fold::fold;
use crate::text::mask;

/// How long an address is good, in ms: as long as somebody needs to find the file and mend it.
pub const LINK_LIFE_MS: i64 = 30 * 60 * 1000;
/// Files that may be brought to one address before one of them is taken.
pub const TRIES_MAX: u32 = 10;
/// Imports of a conversation that are looked through for old messages.
const IMPORTS_MAX: usize = 1_000;
/// A minute, in ms: exports from elsewhere often know no seconds.
const MINUTE_MS: i64 = 60_000;

/// An import; bookkeeping, by number.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Import {
    /// Who asked for the address.
    pub by: Named,
    /// By whose leave, where their own rights were not enough.
    pub leave: Option<Named>,
    /// The line they typed.
    pub line: String,
    /// Until when something may be brought.
    pub until: Timestamp,
    /// Files brought so far.
    pub tries: u32,
    /// Language of the command.
    pub lang: Lang,
    /// How it stands.
    pub state: State,
}

/// How an import stands.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum State {
    /// Something may be brought to the address with this hash.
    Open(#[serde(with = "serde_bytes")] [u8; 16]),
    /// It was, and taken.
    Taken {
        /// By which of those who came at the same time.
        #[serde(with = "serde_bytes")]
        claim: [u8; 16],
        /// The first one's number.
        first: u32,
        /// How many were new.
        new: u32,
        /// How many were there already.
        same: u32,
    },
    /// Nobody may bring anything any more.
    Over,
}

impl Import {
    /// Whose rights count.
    pub fn in_name_of(&self) -> &PersonId {
        &self.leave.as_ref().unwrap_or(&self.by).person
    }
}

impl Table for Import {
    const ID: TableId = id::IMPORT;
}

impl Derives for Import {
    const LETTER: Option<char> = None;

    /// While it is open it waits for its end.
    fn derive(&self, _: &Scope, _: u32, _: &Calendar) -> Derived {
        let open = matches!(self.state, State::Open(_)).then_some((DueName::Expire, self.until));
        Derived { dates: open.into_iter().collect(), ..Derived::default() }
    }
}

/// Where imported messages begin that have no smaller number than this: older ones may stand there.
pub fn begins(turn: &mut Turn, from: u32) -> Vec<u32> {
    let imports = turn.list::<Import>(IMPORTS_MAX, Order::Up).into_iter();
    let first = imports.filter_map(|(_, import)| match import.state {
        State::Taken { first, new, .. } if new > 0 => Some(first),
        State::Taken { .. } | State::Open(_) | State::Over => None,
    });
    first.filter(|first| *first >= from).collect()
}

/// What the hash of an address leads to; gone with its end. Bookkeeping over all scopes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Link {
    /// Whose.
    pub scope: Scope,
    /// Its number there.
    pub number: u32,
}

impl Table for Link {
    const ID: TableId = id::IMPORT_LINK;
}

/// The key of an address's row.
pub fn link_key(link: &[u8; 16]) -> Key {
    Key::global(id::IMPORT_LINK, link)
}

/// The row an address leads to, by what is kept of it.
pub fn key_of(token: &str) -> ([u8; 16], Key) {
    let link = link_of(token);
    (link, link_key(&link))
}

/// The same message: in the same minute by the same name in the same words, or with the same id.
/// Words are compared as they are shown, since an export may have been masked.
pub struct Same {
    rows: HashMap<(i64, String, String), usize>,
    ids: HashMap<String, usize>,
    found: HashSet<usize>,
}

impl Same {
    /// Those of a record. Of two that are the same the first one counts.
    pub fn new(rows: &[Row]) -> Self {
        let (mut same, mut ids) = (HashMap::new(), HashMap::new());
        let mut found = HashSet::new();
        for (nth, row) in rows.iter().enumerate() {
            let first = *same.entry(key(row.at, &row.who, &row.text)).or_insert(nth);
            let by_id = row.id.clone().map(|id| *ids.entry(id).or_insert(nth));
            if first != nth || by_id.is_some_and(|first| first != nth) {
                found.insert(nth);
            }
        }
        Self { rows: same, ids, found }
    }

    /// A message that is kept.
    pub fn look(&mut self, kept: &Message) {
        if kept.gone.is_some() {
            return;
        }
        let by_id = kept.id.as_ref().and_then(|id| self.ids.get(&id.0));
        let who = kept.sender.as_ref().map(|sender| sender.name.as_str()).unwrap_or_default();
        let same = self.rows.get(&key(kept.sent_at, who, &kept.text));
        self.found.extend(by_id.into_iter().chain(same));
    }

    /// Takes out of the record what is there already; how many that were.
    pub fn take_out(&self, rows: &mut Vec<Row>) -> u32 {
        let before = rows.len();
        let mut nth = 0..;
        rows.retain(|_| nth.next().is_none_or(|nth| !self.found.contains(&nth)));
        u32::try_from(before - rows.len()).unwrap_or(u32::MAX)
    }
}

fn key(at: Timestamp, who: &str, text: &str) -> (i64, String, String) {
    let said = fold(mask::mask(text).trim()).text;
    (at.0.div_euclid(MINUTE_MS), fold(who.trim()).text, said)
}
