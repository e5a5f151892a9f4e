//! One scope's index as it stood when it was looked at: a manifest and its segments.
//!
//! Messages come in batches. Each batch is a segment of its own; when [`FAN_IN`] of a size stand
//! side by side they become one of the next size, so a message is written again once a size, and a
//! search looks into few segments. Nothing is changed in place: what is added makes another one.

use std::fs;
use std::path::PathBuf;
use std::sync::Arc;

use super::batch::Batch;
use super::fault::Fault;
use super::keys::{Generation, Keys};
use super::manifest::Manifest;
use super::merge::merge;
use super::segment::{SUFFIX, Segment, Writing};
use crate::model::Secret;
use crate::model::indexed::Place;
use crate::store::{ScopeHash, random};
use crate::text::terms::Term;

/// Segments of a size that become one.
const FAN_IN: usize = 8;
/// Messages of a batch of the smallest size; each size is [`FAN_IN`] times the one before.
const SMALLEST: usize = 128;

/// The index.
pub struct OfScope {
    folder: PathBuf,
    generation: Generation,
    keys: Arc<Keys>,
    manifest: Manifest,
    segments: Vec<Arc<Segment>>,
}

impl OfScope {
    /// One with nothing in it, in an empty folder.
    pub fn begin(
        folder: PathBuf,
        secret: &Secret,
        scope: ScopeHash,
        place: Place,
    ) -> Result<Self, Fault> {
        let generation: Generation = random()?;
        let keys = Arc::new(Keys::new(secret, scope, &generation));
        let manifest = Manifest { place, next: 1, segments: Vec::new() };
        manifest.write(&folder, &generation, &keys)?;
        Ok(Self { folder, generation, keys, manifest, segments: Vec::new() })
    }

    /// What stands in a folder, if anything does.
    pub fn read(folder: PathBuf, secret: &Secret, scope: ScopeHash) -> Result<Option<Self>, Fault> {
        let Some((manifest, generation, keys)) = Manifest::read(&folder, secret, scope)? else {
            return Ok(None);
        };
        let keys = Arc::new(keys);
        let open =
            |(id, _): &(u32, u8)| Segment::open(&folder, *id, Arc::clone(&keys)).map(Arc::new);
        let segments = manifest.segments.iter().map(open).collect::<Result<_, _>>()?;
        Ok(Some(Self { folder, generation, keys, manifest, segments }))
    }

    /// How far it follows its scope.
    pub fn place(&self) -> Place {
        self.manifest.place
    }

    /// A batch for it.
    pub fn batch(&self) -> Batch {
        Batch::new(Arc::clone(&self.keys))
    }

    /// Numbers under a token of each group, ascending, none twice.
    pub fn look(&self, wanted: &[Vec<Term>]) -> Result<Vec<u32>, Fault> {
        let groups: Vec<Vec<_>> =
            wanted.iter().map(|group| group.iter().map(|t| self.keys.token(t)).collect()).collect();
        let mut lists = vec![Vec::new(); groups.len()];
        for segment in &self.segments {
            let file = segment.file()?;
            for (tokens, list) in groups.iter().zip(&mut lists) {
                for token in tokens {
                    segment.find(&file, *token, list)?;
                }
            }
        }
        for list in &mut lists {
            list.sort_unstable();
            list.dedup();
        }
        lists.sort_by_key(Vec::len);
        let mut lists = lists.into_iter();
        let mut numbers = lists.next().unwrap_or_default();
        for list in lists {
            numbers.retain(|number| list.binary_search(number).is_ok());
        }
        Ok(numbers)
    }

    /// With a batch of messages, after which it follows its scope up to a place; on disk then.
    pub fn with(&self, batch: Batch, place: Place) -> Result<Self, Fault> {
        let mut with = self.copy();
        with.manifest.place = place;
        if batch.messages > 0 {
            let level = level(batch.messages);
            with.push(level, |writing| batch.write(writing))?;
        }
        while let Some(level) = with.crowded() {
            with = with.merged(level)?;
        }
        with.manifest.write(&with.folder, &with.generation, &with.keys)?;
        Ok(with)
    }

    /// A level with as many segments as become one.
    fn crowded(&self) -> Option<u8> {
        let of =
            |level: u8| self.manifest.segments.iter().filter(move |(_, l)| *l == level).count();
        self.manifest.segments.iter().map(|(_, level)| *level).find(|level| of(*level) >= FAN_IN)
    }

    /// With all segments of a level as one of the next.
    fn merged(&self, level: u8) -> Result<Self, Fault> {
        let mut with = self.copy();
        let of_level = |id: u32| self.manifest.segments.contains(&(id, level));
        with.segments.retain(|segment| !of_level(segment.id));
        with.manifest.segments.retain(|(_, of)| *of != level);
        let old = self.segments.iter().filter(|segment| of_level(segment.id));
        let old: Vec<&Segment> = old.map(|segment| &**segment).collect();
        with.push(level.saturating_add(1), |writing| merge(&old, writing))?;
        Ok(with)
    }

    fn push(
        &mut self,
        level: u8,
        fill: impl FnOnce(&mut Writing) -> Result<(), Fault>,
    ) -> Result<(), Fault> {
        let id = self.manifest.next;
        let mut writing = Writing::begin(&self.folder, id, Arc::clone(&self.keys))?;
        fill(&mut writing)?;
        self.segments.push(Arc::new(writing.finish()?));
        self.manifest.segments.push((id, level));
        self.manifest.next += 1;
        Ok(())
    }

    fn copy(&self) -> Self {
        Self {
            folder: self.folder.clone(),
            generation: self.generation,
            keys: Arc::clone(&self.keys),
            manifest: self.manifest.clone(),
            segments: self.segments.clone(),
        }
    }

    /// Removes segments that are none of it: they have become one, or a stop left them.
    pub fn sweep(&self) {
        // What stays for once is removed the next time.
        let Ok(entries) = fs::read_dir(&self.folder) else { return };
        for path in entries.flatten().map(|entry| entry.path()) {
            let of_segment = path.extension().is_some_and(|end| end == SUFFIX);
            if of_segment && !self.segments.iter().any(|segment| segment.is_at(&path)) {
                let _ = fs::remove_file(path);
            }
        }
    }
}

/// The size of a batch.
fn level(messages: usize) -> u8 {
    let sizes = std::iter::successors(Some(messages / SMALLEST), |left| Some(left / FAN_IN));
    sizes.skip(1).take_while(|left| *left > 0).map(|_| 1).sum()
}
