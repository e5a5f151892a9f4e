//! Reads a record that somebody brings and compares it with what is kept, page by page and outside
//! any turn. What becomes of it is decided by the conversation's turn, which is told.

use super::exporter::reading::{PAGE, Source};
use super::rows;
use crate::core::derive::rest_of;
use crate::core::import::{Link, Same};
use crate::core::index;
use crate::core::journal::Head;
use crate::core::turn::OWN_NUMBER;
use crate::import;
use crate::model::import::{Records, Row};
use crate::model::message::Message;
use crate::model::preferences::Preferences;
use crate::model::{Post, Timestamp};
use crate::store::table::id;
use crate::store::{Fault, Key, ScopeHash, View};

/// Records from here on are worth telling that they have come.
const TOLD_FROM: usize = 1_000;

/// What was brought, and by whom.
pub struct Brought<'a> {
    /// Where the address leads.
    pub to: &'a Link,
    /// Hash of the address.
    pub link: [u8; 16],
    /// Drawn for whoever brought it.
    pub claim: [u8; 16],
    /// The file.
    pub bytes: &'a [u8],
}

/// What the conversation is told of it; `each` hears of what it is told before that.
pub fn read(
    source: &Source,
    brought: &Brought,
    now: Timestamp,
    each: &mut dyn FnMut(Post),
) -> Result<Post, Fault> {
    let Brought { to, link, claim, bytes } = *brought;
    let scope = source.keys.scope(&to.scope);
    let view = View { store: source.store, keys: source.keys };
    let set = view.get::<Preferences>(scope, &rest_of(OWN_NUMBER))?.unwrap_or_default();
    let number = to.number;
    let mut rows = match import::read(bytes, now, set.zone.unwrap_or(source.zone)) {
        Ok(rows) => rows,
        Err(why) => return Ok(Post::NotImported { number, link, why }),
    };
    if rows.len() >= TOLD_FROM {
        let rows = u32::try_from(rows.len()).unwrap_or(u32::MAX);
        each(Post::Importing { number, link, rows });
    }
    // Up to here now: what is kept meanwhile is looked at by the turn itself.
    let upto = index::messages(&view.get::<Head>(scope, &[])?.unwrap_or_default());
    let same = compare(source, scope, upto, &mut rows)?;
    Ok(Post::Imported(Box::new(Records { number, link, claim, rows, same, upto })))
}

/// Takes out what is kept already; how many that were.
fn compare(
    source: &Source,
    scope: ScopeHash,
    upto: u32,
    rows: &mut Vec<Row>,
) -> Result<u32, Fault> {
    let mut same = Same::new(rows);
    let end = Key::new(id::MESSAGE, scope, &rest_of(upto.saturating_add(1))).0;
    let mut from = Some(Key::new(id::MESSAGE, scope, &rest_of(1)).0);
    while let Some(begin) = from {
        let page = rows::read::<Message>(source.store, begin..end.clone(), PAGE)?;
        page.records.iter().for_each(|(_, message)| same.look(message));
        from = page.more_from;
    }
    Ok(same.take_out(rows))
}
