//! One export: the messages read page by page and written into whatever takes bytes. No thread, no
//! file, no turn.

use std::io::{self, Write};

use super::reading::{Reader, Source, Tally, about};
use super::sealed::Sealing;
use crate::core::derive::rest_of;
use crate::core::export::{Export, Job};
use crate::core::hits::Judge;
use crate::core::journal::Head;
use crate::core::outage;
use crate::core::tags::{self, RENAMED_MAX};
use crate::core::turn::OWN_NUMBER;
use crate::export::{self, jsonl};
use crate::model::export::{Holds, NoFile};
use crate::model::preferences::Preferences;
use crate::model::renamed::Renamed;
use crate::store::table::id;
use crate::store::{Fault, KEY_BYTES, Key, Order, View};

/// After so many messages a file takes no further page: a spreadsheet holds 1,048,576 rows.
pub const MESSAGES_MAX: u32 = 1_000_000;

/// How an export ended that came to no file.
#[derive(Debug)]
pub enum Ended {
    /// The asker is told why.
    NoFile(NoFile),
    /// The store cannot be read.
    Fault(Fault),
    /// The bot is ending: it is begun again at the next start.
    Stopped,
}

impl From<Fault> for Ended {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}

impl From<io::Error> for Ended {
    fn from(cause: io::Error) -> Self {
        if cause.kind() == io::ErrorKind::FileTooLarge {
            return Self::NoFile(NoFile::TooLarge);
        }
        tracing::error!(%cause, "an export could not be written: {cause}");
        Self::NoFile(NoFile::Broken)
    }
}

/// How far it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Messages looked at.
    pub looked: u32,
    /// Of how many.
    pub of: u32,
    /// How many of them fit.
    pub found: u32,
}

/// Writes an export, sealed; `each` hears after every page how far it is, and stops it by saying
/// no.
pub fn write<W: Write>(
    source: &Source,
    job: &Job,
    asked: &Export,
    (out, key): (W, &[u8; KEY_BYTES]),
    each: &mut dyn FnMut(Progress) -> bool,
) -> Result<(W, Holds), Ended> {
    let scope = source.keys.scope(&job.scope);
    let view = View { store: source.store, keys: source.keys };
    let set = view.get::<Preferences>(scope, &rest_of(OWN_NUMBER))?.unwrap_or_default();
    let place = view.get::<Head>(scope, &[])?.unwrap_or_default().title;
    let zone = set.zone.unwrap_or(source.zone);
    // What was hidden when it was asked for, or is now, stays hidden.
    let unmasked = asked.unmasked && set.unmasked;
    let about = about(asked, job.number, place, zone, !unmasked);
    let renamed = view.list::<Renamed>(scope, RENAMED_MAX, Order::Up)?;
    let names = tags::of(renamed.into_iter().map(|(_, renamed)| renamed));
    let reader = Reader { source, zone, unmasked, names, judge: Judge::new(&asked.sought) };
    let mut tally = Tally::new(asked, zone);
    if asked.hears_all && !job.scope.is_direct() {
        let to = asked.sought.to.unwrap_or(asked.asked_at).min(asked.asked_at);
        let missing = outage::between(view, scope, asked.sought.from, Some(to))?;
        tally.coverage.down = missing.span.map(|(from, to)| {
            (missing.count, from.local(zone), to.local(zone), missing.ms / 60_000)
        });
    }
    let mut sealing = Sealing::new(out, key);
    {
        let mut book = export::begin(asked.format, &about, &mut sealing)?;
        let end = Key::new(id::MESSAGE, scope, &rest_of(asked.upto.saturating_add(1))).0;
        let mut from = Some(Key::new(id::MESSAGE, scope, &rest_of(1)).0);
        while let Some(begin) = from {
            let page = reader.page(begin..end.clone())?;
            tally.coverage.unreadable += page.damaged;
            for (number, message) in page.messages {
                tally.coverage.saw(message.day);
                let at = message.sent_at;
                if let Some(line) = reader.line(number, message) {
                    book.line(&line)?;
                    tally.add(&jsonl::line(&line), at);
                }
            }
            let (looked, found) = (tally.coverage.looked, tally.found);
            if !each(Progress { looked, of: asked.upto, found }) {
                return Err(Ended::Stopped);
            }
            tally.coverage.cut = page.more_from.is_some() && found >= MESSAGES_MAX;
            from = page.more_from.filter(|_| !tally.coverage.cut);
        }
        if tally.found == 0 {
            return Err(Ended::NoFile(NoFile::Nothing));
        }
        book.end(&tally.end())?;
    }
    let (out, sealed) = sealing.finish()?;
    Ok((out, tally.holds(sealed.bytes, sealed.sha256)))
}
