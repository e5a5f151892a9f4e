//! The commit log: segments of sealed frames on disk, one frame a sync. It is what makes a commit
//! durable. It knows rows as bytes and no engine.
//!
//! A frame is written only after the one before it is durable, so a crash leaves at most one that
//! does not open, the last: it was never promised to anybody and is passed over. One that does not
//! open anywhere else is damage, and said, unless the view has it: then the log has only lost its
//! use for making the view anew, and wants a base copy. So it is with a damaged header.
//!
//! Segment: magic, number of its first frame, a sealed empty value (tells a wrong key from damage);
//! then frames: length, sealed rows. The seal is bound to the frame's number, so a frame moved,
//! swapped or taken from another log does not open.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use super::Fault;
use super::backend::Rows;
use super::seal::{Cipher, SEAL_BYTES};
use crate::model::Secret;

const MAGIC: &[u8; 8] = b"STWDLOG1";
const SUFFIX: &str = "log";
/// Only the owner.
pub const FILE_MODE: u32 = 0o600;
/// Digits of the largest number, so that names sort.
pub const NAME_DIGITS: usize = 20;
/// Length of a frame, in front of it.
const LENGTH_BYTES: usize = 4;
/// Stands for the length of a value where the row is removed.
const REMOVED: u32 = u32::MAX;
/// Magic, length and seal of the empty value. Synced before any frame is written.
const HEADER_BYTES: usize = MAGIC.len() + LENGTH_BYTES + SEAL_BYTES;
/// What the seals of this file are bound to, besides a number.
const OF_SEGMENT: u8 = b'S';
const OF_FRAME: u8 = b'F';

/// The log of one data directory, open for appending. Frames count from 1.
pub struct CommitLog {
    folder: PathBuf,
    cipher: Cipher,
    file: File,
    /// Number of the last frame.
    last: u64,
    /// The segments in order; the last one is written.
    segments: Vec<Segment>,
    /// A segment with more is followed by another. Segments are read and removed whole.
    segment_bytes: u64,
    /// Something could not be appended: what the file holds since is not known.
    broken: bool,
    /// See [`Read::hurt`].
    hurt: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Segment {
    /// Number of its first frame.
    first: u64,
    bytes: u64,
}

/// What a log must agree with.
pub struct Known {
    /// Frames up to this are in the view behind the log.
    pub viewed: u64,
    /// Frames up to this were durable at the least.
    pub durable: u64,
}

/// What was read of a log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Read {
    /// Number of the last frame.
    pub last: u64,
    /// Something that the view has is damaged: without the view, the log would not suffice.
    pub hurt: bool,
}

impl CommitLog {
    /// Opens the log in a folder or makes it, and hands over, in order, the rows of the frames that
    /// the view lacks. A gap, damage or a wrong key is [`Fault::Directory`].
    pub fn open(
        folder: &Path,
        master: &Secret,
        known: &Known,
        segment_bytes: u64,
        mut each: impl FnMut(Rows),
    ) -> Result<Self, Fault> {
        let failed = |cause: io::Error| {
            Fault::of_room(folder, &cause).unwrap_or_else(|| damaged(folder, &cause.to_string()))
        };
        fs::create_dir_all(folder).map_err(failed)?;
        let Read { last, hurt } = Self::replay(folder, master, known, |rows| {
            each(rows);
            Ok(())
        })?;
        let mut segments = segments_in(folder).map_err(failed)?;
        // A segment without a frame is begun anew under the same name.
        segments.retain(|segment| segment.first <= last);
        let cipher = Cipher::of_log(master);
        let (file, begun) = begin_segment(folder, &cipher, last + 1).map_err(failed)?;
        segments.push(begun);
        let folder = folder.to_owned();
        Ok(Self { folder, cipher, file, last, segments, segment_bytes, broken: false, hurt })
    }

    /// Hands over the rows of the frames that a view lacks. Changes nothing. Errors are those of
    /// [`CommitLog::open`], and those of `each`.
    pub fn replay(
        folder: &Path,
        master: &Secret,
        known: &Known,
        mut each: impl FnMut(Rows) -> Result<(), Fault>,
    ) -> Result<Read, Fault> {
        let cipher = Cipher::of_log(master);
        let segments = segments_in(folder).map_err(|cause| damaged(folder, &cause.to_string()))?;
        if segments.first().is_some_and(|segment| segment.first > known.viewed + 1) {
            return Err(damaged(folder, "its beginning is gone"));
        }
        // The view has all of the segments before the one in which its last frame is followed.
        let needed = segments.iter().rposition(|segment| segment.first <= known.viewed + 1);
        let (mut last, mut hurt) = (known.viewed, false);
        for (nth, Segment { first, .. }) in segments.iter().enumerate().skip(needed.unwrap_or(0)) {
            let path = path_of(folder, *first);
            if Some(nth) != needed && *first != last + 1 {
                return Err(damaged(&path, "frames before it are gone"));
            }
            let bytes = fs::read(&path).map_err(|cause| damaged(&path, &cause.to_string()))?;
            let mut handed = Ok(());
            let segment = Written { path: &path, first: *first, bytes: &bytes };
            let read = read_segment(&cipher, &segment, known.viewed, |number, rows| {
                if number > known.viewed && handed.is_ok() {
                    handed = each(rows);
                }
            })?;
            handed?;
            if read.hurt {
                tracing::warn!("{} is damaged, where the database has it all", path.display());
            }
            (last, hurt) = (read.last, hurt || read.hurt);
        }
        let durable = known.durable.max(known.viewed);
        if last < durable {
            let cut = format!("{durable} frames were durable, and {last} are left");
            return Err(damaged(folder, &cut));
        }
        Ok(Read { last, hurt })
    }

    /// Appends a frame of encoded rows (see [`encode`]) and returns its number once it is durable.
    /// After an error nothing is appended any more, and nothing is tried again: what the file holds
    /// is not known, and a sync that succeeds later says nothing about what one lost before.
    pub fn append(&mut self, rows: &[u8]) -> Result<u64, Fault> {
        if self.broken {
            return Err(Fault::Engine("commit log: it failed before".to_owned()));
        }
        self.broken = true;
        let number = self.append_whole(rows)?;
        self.broken = false;
        Ok(number)
    }

    fn append_whole(&mut self, rows: &[u8]) -> Result<u64, Fault> {
        let number = self.last + 1;
        let full = |segment: &Segment| segment.first < number && segment.bytes > self.segment_bytes;
        if self.segments.last().is_none_or(full) {
            self.begin(number)?;
        }
        let sealed = self.cipher.seal(0, &place(OF_FRAME, number), rows)?;
        let length = u32::try_from(sealed.len())
            .map_err(|_| Fault::Engine("a frame is too long for the commit log".to_owned()))?;
        let mut frame = Vec::with_capacity(LENGTH_BYTES + sealed.len());
        frame.extend_from_slice(&length.to_be_bytes());
        frame.extend_from_slice(&sealed);
        let written = self.file.write_all(&frame).and_then(|()| self.file.sync_data());
        written.map_err(|cause| Fault::Engine(format!("commit log: {cause}")))?;
        self.last = number;
        if let Some(segment) = self.segments.last_mut() {
            segment.bytes += frame.len() as u64;
        }
        Ok(number)
    }

    /// Number of the last frame.
    pub fn last(&self) -> u64 {
        self.last
    }

    /// Whether it wants a base copy: it does not suffice without the view.
    pub fn is_hurt(&self) -> bool {
        self.hurt
    }

    /// Its size.
    pub fn bytes(&self) -> u64 {
        self.segments.iter().map(|segment| segment.bytes).sum()
    }

    fn begin(&mut self, first: u64) -> Result<(), Fault> {
        let (file, begun) = begin_segment(&self.folder, &self.cipher, first)
            .map_err(|cause| Fault::Engine(format!("commit log: {cause}")))?;
        self.file = file;
        self.segments.push(begun);
        Ok(())
    }

    /// What is appended from now on stands in another segment.
    pub fn turn_over(&mut self) -> Result<(), Fault> {
        let empty = self.segments.last().is_some_and(|segment| segment.first > self.last);
        if empty { Ok(()) } else { self.begin(self.last + 1) }
    }

    /// Removes the segments whose frames are all among those up to `copied`.
    pub fn forget(&mut self, copied: u64) {
        // What was damaged is of frames before this process's, hence copied.
        self.hurt = false;
        while let [first, next, ..] = self.segments[..]
            && next.first <= copied + 1
        {
            // One that stays is passed over when the log is opened, and removed later.
            let _ = fs::remove_file(path_of(&self.folder, first.first));
            self.segments.remove(0);
        }
    }
}

/// Adds rows to the bytes of a frame. Later rows of a frame win.
pub fn encode(rows: &Rows, frame: &mut Vec<u8>) {
    for (key, value) in rows {
        put(frame, Some(key));
        put(frame, value.as_deref());
    }
}

/// Lengths are far below 4 GiB: a row has at most 3 KiB.
fn put(frame: &mut Vec<u8>, bytes: Option<&[u8]>) {
    let length = bytes.map_or(REMOVED, |bytes| bytes.len() as u32);
    frame.extend_from_slice(&length.to_be_bytes());
    frame.extend_from_slice(bytes.unwrap_or_default());
}

/// The rows of what [`encode`] made; `None` if it did not make it.
pub fn decode(mut frame: &[u8]) -> Option<Rows> {
    let mut rows = Rows::new();
    while !frame.is_empty() {
        let key = take(&mut frame)??;
        rows.insert(key, take(&mut frame)?);
    }
    Some(rows)
}

/// The next bytes, or `None` inside where a row is removed.
fn take(frame: &mut &[u8]) -> Option<Option<Vec<u8>>> {
    let (length, rest) = frame.split_first_chunk::<LENGTH_BYTES>()?;
    let length = u32::from_be_bytes(*length);
    let (bytes, rest) = match length {
        REMOVED => (None, rest),
        length => rest.split_at_checked(length as usize).map(|(b, rest)| (Some(b), rest))?,
    };
    *frame = rest;
    Some(bytes.map(<[u8]>::to_vec))
}

/// A segment as it stands on the disk.
struct Written<'a> {
    path: &'a Path,
    first: u64,
    bytes: &'a [u8],
}

/// Hands over the frames of a segment. Those up to `viewed` need not open.
fn read_segment(
    cipher: &Cipher,
    segment: &Written,
    viewed: u64,
    mut each: impl FnMut(u64, Rows),
) -> Result<Read, Fault> {
    let Written { path, first, .. } = *segment;
    let Some((mut rest, mut hurt)) = after_header(cipher, segment)? else {
        return Ok(Read { last: first - 1, hurt: false });
    };
    // Frames were passed over, and none has opened since: their lengths may be wrong, too.
    let mut lost = false;
    let mut number = first;
    while let Some((sealed, after)) = split_frame(rest) {
        match opened(cipher, number, sealed) {
            Some(rows) => {
                each(number, rows);
                lost = false;
            }
            None if number <= viewed => (lost, hurt) = (true, true),
            None if opens_next(cipher, number, after) => {
                return Err(damaged(path, "a frame before the last does not open"));
            }
            None => break,
        }
        number += 1;
        rest = after;
    }
    if lost && !rest.is_empty() {
        return Err(damaged(path, "frames do not open"));
    }
    Ok(Read { last: number - 1, hurt })
}

/// The frames, and whether the header is damaged; `None` if the process died before the header was
/// durable, so that none were written.
fn after_header<'a>(
    cipher: &Cipher,
    segment: &Written<'a>,
) -> Result<Option<(&'a [u8], bool)>, Fault> {
    let Written { path, first, bytes } = *segment;
    let Some((header, frames)) = bytes.split_at_checked(HEADER_BYTES) else { return Ok(None) };
    let sealed = header.strip_prefix(MAGIC).and_then(split_frame).map(|(sealed, _)| sealed);
    let opens = |sealed: &[u8]| cipher.open(&place(OF_SEGMENT, first), sealed.to_vec()).is_ok();
    if sealed.is_some_and(opens) {
        return Ok(Some((frames, false)));
    }
    if frames.is_empty() {
        return Ok(None);
    }
    // Frames of this key are proof enough.
    let (mut rest, mut number) = (frames, first);
    while let Some((sealed, after)) = split_frame(rest) {
        if opened(cipher, number, sealed).is_some() {
            return Ok(Some((frames, true)));
        }
        (rest, number) = (after, number + 1);
    }
    Err(Fault::Directory(format!(
        "the master key is not the one this store was made with, or {} is damaged from its first \
         bytes on: put the right key back, or else the last copy of the whole directory (nothing \
         has been changed)",
        path.display()
    )))
}

/// The next frame and what follows it; `None` if it is not all there.
fn split_frame(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let (length, rest) = bytes.split_first_chunk::<LENGTH_BYTES>()?;
    rest.split_at_checked(u32::from_be_bytes(*length) as usize)
}

fn opened(cipher: &Cipher, number: u64, sealed: &[u8]) -> Option<Rows> {
    cipher.open(&place(OF_FRAME, number), sealed.to_vec()).ok().and_then(|rows| decode(&rows))
}

/// Whether the frame after one that does not open does: then that one was durable once.
fn opens_next(cipher: &Cipher, number: u64, after: &[u8]) -> bool {
    split_frame(after).is_some_and(|(sealed, _)| opened(cipher, number + 1, sealed).is_some())
}

/// The segments in a folder, in order.
fn segments_in(folder: &Path) -> io::Result<Vec<Segment>> {
    let mut segments = Vec::new();
    for entry in fs::read_dir(folder)?.collect::<io::Result<Vec<_>>>()? {
        let name = entry.file_name();
        let stem = name.to_str().and_then(|name| name.strip_suffix(SUFFIX)?.strip_suffix('.'));
        if let Some(first) = stem.and_then(|stem| stem.parse().ok()) {
            segments.push(Segment { first, bytes: entry.metadata()?.len() });
        }
    }
    segments.sort_unstable();
    Ok(segments)
}

fn begin_segment(folder: &Path, cipher: &Cipher, first: u64) -> io::Result<(File, Segment)> {
    let mut file = OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(true)
        .mode(FILE_MODE)
        .open(path_of(folder, first))?;
    let sealed = cipher.seal(0, &place(OF_SEGMENT, first), b"").map_err(io::Error::other)?;
    let mut header = MAGIC.to_vec();
    put(&mut header, Some(&sealed));
    file.write_all(&header)?;
    file.sync_all()?;
    File::open(folder)?.sync_all()?;
    Ok((file, Segment { first, bytes: header.len() as u64 }))
}

fn path_of(folder: &Path, first: u64) -> PathBuf {
    folder.join(format!("{first:0NAME_DIGITS$}.{SUFFIX}"))
}

fn place(of: u8, number: u64) -> [u8; 9] {
    let mut place = [of; 9];
    place[1..].copy_from_slice(&number.to_be_bytes());
    place
}

fn damaged(path: &Path, cause: &str) -> Fault {
    Fault::Directory(format!(
        "cannot use the commit log {}: {cause}. Move the data directory away (keep it), put the \
         last copy of the whole directory in its place, and start again with the same key file",
        path.display()
    ))
}
