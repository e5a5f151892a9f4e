//! `steward seal`: a stretch of a conversation's journal as a file that others can judge, from a
//! store that no bot is running on. It changes nothing.

use std::io::Write;
use std::ops::RangeInclusive;

use chrono::NaiveDate;
use chrono_tz::Tz;

use crate::core::journal::{self, Head, Row};
use crate::evidence::seal::{FORMAT, Header, Line};
use crate::model::Timestamp;
use crate::shell::rows;
use crate::store::table::{decode, id};
use crate::store::{Fault, Key, ScopeHash, Store, TableId};

/// Rows read at once.
const ROWS_AT_ONCE: usize = 256;

/// What is to be sealed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    /// What the conversation is called.
    pub conversation: String,
    /// The first day, where not from the beginning.
    pub since: Option<NaiveDate>,
    /// The last day, where not up to the end.
    pub until: Option<NaiveDate>,
    /// With contents, as far as they were not erased.
    pub contents: bool,
}

/// Writes the seal; the header is told, too. Days are those of `zone`.
pub fn run(
    store: &dyn Store,
    wanted: &Wanted,
    zone: Tz,
    mut out: impl Write,
) -> Result<Header, Vec<String>> {
    let fault = |fault: Fault| vec![fault.to_string()];
    let scope = named(store, &wanted.conversation)?;
    let day = |day: NaiveDate| Timestamp::from_local(day.and_time(chrono::NaiveTime::MIN), zone);
    let from = wanted.since.map_or(Timestamp(i64::MIN), day);
    let end = wanted.until.and_then(|until| until.succ_opt()).map_or(Timestamp(i64::MAX), day);
    let range = stretch(store, scope, from..=end.plus_ms(-1)).map_err(fault)?;
    let Some((first, last)) = range else {
        return Err(vec!["nothing happened there in that time: nothing to seal".to_owned()]);
    };
    let header = Header {
        format: FORMAT.to_owned(),
        conversation: wanted.conversation.clone(),
        first: first.entry.seq,
        count: last.entry.seq - first.entry.seq + 1,
        previous: hex::encode(first.entry.previous),
        head: hex::encode(journal::hash(&last.entry)),
        contents: wanted.contents,
    };
    let mut put = |line: String| writeln!(out, "{line}").map_err(|error| vec![error.to_string()]);
    put(json(&header))?;
    each(store, scope, first.entry.seq, |row| {
        if row.entry.seq > last.entry.seq {
            return Ok(false);
        }
        let content = row.content.as_ref().filter(|_| wanted.contents);
        put(json(&Line::new(row.entry.bytes(), content.map(|c| c.bytes())))).map(|()| true)
    })?;
    Ok(header)
}

fn json(value: &impl serde::Serialize) -> String {
    // Plain structures of texts and numbers.
    serde_json::to_string(value).unwrap_or_default()
}

/// The conversation of a name; where several bear it, `name#` and the beginning of its hash.
fn named(store: &dyn Store, name: &str) -> Result<ScopeHash, Vec<String>> {
    let (mut found, mut from) = (Vec::new(), vec![id::HEAD.0]);
    let end = Key::after_prefix(&from);
    let (title, begins) = name.rsplit_once('#').unwrap_or((name, ""));
    loop {
        let heads = rows::read::<Head>(store, from..end.clone(), ROWS_AT_ONCE);
        let heads = heads.map_err(|fault| vec![fault.to_string()])?;
        for (key, head) in &heads.records {
            let hash = key.0.get(1..).and_then(|bytes| <[u8; 16]>::try_from(bytes).ok());
            let fits = |hash: &[u8; 16]| {
                head.title == name || (head.title == title && hex::encode(hash).starts_with(begins))
            };
            found.extend(hash.filter(fits).map(ScopeHash));
        }
        match heads.more_from {
            Some(more) => from = more,
            None => break,
        }
    }
    match found.as_slice() {
        [one] => Ok(*one),
        [] => Err(vec![format!("no conversation is called {name:?}")]),
        several => {
            let head = format!("{} conversations are called {name:?}; name one:", several.len());
            let line = |hash: &ScopeHash| format!("  {title}#{}", &hex::encode(hash.0)[..8]);
            Ok(std::iter::once(head).chain(several.iter().map(line)).collect()).and_then(Err)
        }
    }
}

/// The first and the last entry of a time.
fn stretch(
    store: &dyn Store,
    scope: ScopeHash,
    time: RangeInclusive<Timestamp>,
) -> Result<Option<(Row, Row)>, Fault> {
    let mut found: Option<(Row, Row)> = None;
    let mut fault = Ok(());
    let walked = each(store, scope, 1, |row| {
        if time.contains(&row.entry.at) {
            match &mut found {
                Some((_, last)) => *last = row,
                None => found = Some((row.clone(), row)),
            }
        }
        Ok::<bool, Vec<String>>(true)
    });
    if let Err(lines) = walked {
        fault = Err(Fault::Engine(lines.join("; ")));
    }
    fault.map(|()| found)
}

/// Hands over entries from a place on, until one says that it is enough.
fn each(
    store: &dyn Store,
    scope: ScopeHash,
    first: u64,
    mut row: impl FnMut(Row) -> Result<bool, Vec<String>>,
) -> Result<(), Vec<String>> {
    let journal: TableId = id::JOURNAL;
    let mut from = Key::new(journal, scope, &first.to_be_bytes()).0;
    let end = Key::after_prefix(&Key::new(journal, scope, &[]).0);
    loop {
        let fault = |fault: Fault| vec![fault.to_string()];
        // An entry that does not open is said: a seal with a gap would tell of a deletion.
        let found = store.scan(from.clone()..end.clone(), ROWS_AT_ONCE, crate::store::Order::Up);
        let found = found.map_err(fault)?;
        let Some((last, _)) = found.last() else { return Ok(()) };
        from = rows::after(&last.0);
        for (key, value) in found {
            let read = decode::<Row>(&key, &value).map_err(fault)?;
            if !row(read)? {
                return Ok(());
            }
        }
    }
}
