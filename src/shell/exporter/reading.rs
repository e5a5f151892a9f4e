//! From kept messages to lines of a file: what fits, masked as its asker may see it, with what was
//! looked for marked; and the tally of it all.

use std::ops::Range;

use chrono::SecondsFormat;
use chrono_tz::Tz;
use sha2::{Digest, Sha256};

use crate::core::derive::number_of;
use crate::core::export::Export;
use crate::core::hits::Judge;
use crate::core::masking;
use crate::export::{About, Coverage, End, Line, marks};
use crate::model::Timestamp;
use crate::model::export::Holds;
use crate::model::message::Message;
use crate::shell::rows;
use crate::store::{Fault, KeyHasher, Store};
use crate::text::branch::Names;
use crate::text::fold::fold;

/// Messages read at once: what is in memory of an archive, however large it is.
pub const PAGE: usize = 256;
/// What exports are read from.
pub struct Source<'a> {
    /// The store.
    pub store: &'a dyn Store,
    /// Hashes scopes.
    pub keys: &'a KeyHasher,
    /// The zone where a conversation set none.
    pub zone: chrono_tz::Tz,
}

/// Reads messages.
pub struct Reader<'a> {
    /// From where.
    pub source: &'a Source<'a>,
    /// Which are wanted.
    pub judge: Judge,
    /// By which clock.
    pub zone: Tz,
    /// Personal data is shown.
    pub unmasked: bool,
    /// What tags are called now.
    pub names: Names,
}

/// Some messages.
pub struct Page {
    /// With their numbers, in order.
    pub messages: Vec<(u32, Message)>,
    /// Others that do not open.
    pub damaged: u32,
    /// There may be more from here on.
    pub more_from: Option<Vec<u8>>,
}

impl Reader<'_> {
    /// The next messages of a range.
    pub fn page(&self, range: Range<Vec<u8>>) -> Result<Page, Fault> {
        let read = rows::read::<Message>(self.source.store, range, PAGE)?;
        let numbered = read.records.into_iter();
        let messages = numbered.filter_map(|(key, m)| Some((number_of(key.rest())?, m))).collect();
        let damaged = u32::try_from(read.damaged).unwrap_or(u32::MAX);
        Ok(Page { messages, damaged, more_from: read.more_from })
    }

    /// A message as a line, if it is wanted.
    pub fn line(&self, number: u32, message: Message) -> Option<Line> {
        let shown = masking::seen(&self.names, self.unmasked, message.clone());
        if !self.judge.fits_shown(&message, &shown) {
            return None;
        }
        let by_rules = shown.tags.iter().filter_map(|tagged| tagged.word.as_deref());
        let mut words: Vec<String> = by_rules.map(|word| fold(word).text).collect();
        words.extend_from_slice(self.judge.words());
        let mut tags: Vec<String> = shown.tags.into_iter().map(|tagged| tagged.tag).collect();
        tags.dedup();
        let at = shown.sent_at.to_utc().with_timezone(&self.zone);
        Some(Line {
            handle: format!("M{number}"),
            at: at.naive_local(),
            instant: at.to_rfc3339_opts(SecondsFormat::Secs, false),
            who: shown.sender.map(|who| who.name).unwrap_or_default(),
            marks: marks::find(&shown.text, &words),
            text: shown.text,
            tags,
            cabinet: shown.cabinet.unwrap_or_default(),
            copied: !shown.heard,
        })
    }
}

/// What has been written.
pub struct Tally {
    /// What was looked at.
    pub coverage: Coverage,
    /// Over all lines.
    pub digest: Sha256,
    /// How many.
    pub found: u32,
    span: Option<(Timestamp, Timestamp)>,
}

impl Tally {
    /// Of nothing yet.
    pub fn new(asked: &Export, zone: Tz) -> Self {
        let last = asked.sought.to.map(|to| to.plus_ms(-1).min(asked.asked_at));
        let from = asked.sought.from.map(|from| from.day(zone));
        let to = last.unwrap_or(asked.asked_at).day(zone);
        let coverage = Coverage::new(asked.hears_all, from, Some(to));
        Self { coverage, digest: Sha256::new(), found: 0, span: None }
    }

    /// A line is written, of a message of that time.
    pub fn add(&mut self, line: &str, at: Timestamp) {
        self.digest.update(line.as_bytes());
        self.found += 1;
        let (from, to) = self.span.unwrap_or((at, at));
        self.span = Some((from.min(at), to.max(at)));
    }

    /// What the file says at its end.
    pub fn end(&self) -> End {
        let digest = hex::encode(self.digest.clone().finalize());
        End { count: self.found, digest, coverage: self.coverage.clone() }
    }

    /// What the record says of the file.
    pub fn holds(self, bytes: u64, sha256: [u8; 32]) -> Holds {
        let digest = self.digest.finalize().into();
        Holds { count: self.found, span: self.span, bytes, sha256, digest }
    }
}

/// What the file says of itself.
pub fn about(asked: &Export, number: u32, place: String, zone: Tz, masked: bool) -> About {
    let at = asked.asked_at.local(zone);
    About {
        handle: format!("X{number}"),
        place,
        exporter: asked.by.name.clone(),
        leave: asked.leave.as_ref().map(|by| by.name.clone()),
        purpose: asked.purpose.clone(),
        watermark: asked.watermark.clone(),
        asked: asked.asked.clone(),
        at: at.format("%Y-%m-%d %H:%M:%S").to_string(),
        zone: zone.name().to_owned(),
        snapshot: asked.snapshot,
        masked,
        lang: asked.lang,
    }
}
