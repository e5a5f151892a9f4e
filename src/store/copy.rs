//! The base copy: all rows of the engine in one sealed file, from which, with the log, the engine
//! is made anew. It knows rows as bytes.
//!
//! A copy is made bit by bit while rows are written, so its rows are of different moments. It bears
//! the number of the frame that the engine had when it began: the frames after that one, read over
//! it in order, give what the engine has.
//!
//! File: magic; then chunks of rows: length, sealed rows; an empty chunk ends it. The seal is bound
//! to the copy's number and the chunk's, so a chunk moved or taken from another copy does not open.

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufReader, Read, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use super::backend::{Backend, Row, Rows};
use super::commit_log::{self, FILE_MODE, NAME_DIGITS};
use super::seal::Cipher;
use super::{Fault, Order};

const MAGIC: &[u8; 8] = b"STWDCPY1";
const SUFFIX: &str = "copy";
const UNFINISHED: &str = "copying";
/// Rows a chunk: at most 3 KiB each.
const CHUNK_ROWS: usize = 512;
/// A longer chunk is damage: no length is trusted with memory.
const CHUNK_BYTES_MAX: usize = 8 << 20;
const OF_CHUNK: u8 = b'C';

/// A whole copy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Copy {
    /// The frames after this one belong over it.
    pub frame: u64,
    /// Its size.
    pub bytes: u64,
    path: PathBuf,
}

/// A copy that is being made.
pub struct Copying {
    file: File,
    frame: u64,
    bytes: u64,
    chunks: u64,
    /// The key to go on from.
    from: Vec<u8>,
    unfinished: PathBuf,
}

/// Base copies, as the thread that makes them knows them.
#[derive(Default)]
pub struct Copies {
    /// The newest whole one.
    pub newest: Option<Copy>,
    /// The one that is being made.
    pub copying: Option<Copying>,
    /// With the copy that is being made, so many wishes to forget are fulfilled.
    pub forgets: u64,
}

/// Removes what a stop left of unfinished copies.
pub fn remove_unfinished(folder: &Path) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.extension().is_some_and(|suffix| suffix == UNFINISHED) {
            fs::remove_file(&path)?;
        }
    }
    Ok(())
}

/// The newest whole copy in a folder.
pub fn newest(folder: &Path) -> io::Result<Option<Copy>> {
    let mut newest = None::<Copy>;
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let path = entry.path();
        let suffix = path.extension().and_then(|suffix| suffix.to_str());
        let stem = path.file_stem().and_then(|stem| stem.to_str());
        let frame = stem.filter(|_| suffix == Some(SUFFIX)).and_then(|stem| stem.parse().ok());
        if let Some(frame) = frame.filter(|frame| newest.as_ref().is_none_or(|n| n.frame < *frame))
        {
            newest = Some(Copy { frame, bytes: entry.metadata()?.len(), path });
        }
    }
    Ok(newest)
}

impl Copying {
    /// Begins a copy, from a key on, of an engine that has the frames up to `frame`.
    pub fn begin(folder: &Path, frame: u64, from: Vec<u8>) -> io::Result<Self> {
        let unfinished = folder.join(format!("{frame:0NAME_DIGITS$}.{UNFINISHED}"));
        let mut file = OpenOptions::new()
            .write(true)
            .create(true)
            .truncate(true)
            .mode(FILE_MODE)
            .open(&unfinished)?;
        file.write_all(MAGIC)?;
        let bytes = MAGIC.len() as u64;
        Ok(Self { file, frame, bytes, chunks: 0, from, unfinished })
    }

    /// The rows that are to be copied next.
    pub fn next(&self, engine: &impl Backend) -> Result<Vec<Row>, Fault> {
        engine.scan(&self.from..&[u8::MAX], CHUNK_ROWS, Order::Up)
    }

    /// Copies what [`Copying::next`] found; the copy, once it is whole and durable.
    pub fn step(&mut self, found: Vec<Row>, cipher: &Cipher) -> Result<Option<Copy>, Fault> {
        if let Some((key, _)) = found.last() {
            self.from = [key, &[0][..]].concat();
        }
        let last = found.len() < CHUNK_ROWS;
        let rows: Rows = found.into_iter().map(|(key, bytes)| (key, Some(bytes))).collect();
        if !rows.is_empty() {
            self.put(cipher, &rows)?;
        }
        if !last {
            return Ok(None);
        }
        self.put(cipher, &Rows::new())?;
        self.finish().map(Some).map_err(|cause| failed(&cause))
    }

    fn put(&mut self, cipher: &Cipher, rows: &Rows) -> Result<(), Fault> {
        let mut plain = Vec::new();
        commit_log::encode(rows, &mut plain);
        let sealed = cipher.seal(0, &place(self.frame, self.chunks), &plain)?;
        let length = u32::try_from(sealed.len()).unwrap_or(u32::MAX).to_be_bytes();
        let chunk = [&length[..], &sealed].concat();
        self.file.write_all(&chunk).map_err(|cause| failed(&cause))?;
        self.chunks += 1;
        self.bytes += chunk.len() as u64;
        Ok(())
    }

    fn finish(&mut self) -> io::Result<Copy> {
        self.file.sync_all()?;
        let path = self.unfinished.with_extension(SUFFIX);
        fs::rename(&self.unfinished, &path)?;
        if let Some(folder) = path.parent() {
            File::open(folder)?.sync_all()?;
        }
        Ok(Copy { frame: self.frame, bytes: self.bytes, path })
    }
}

impl Copy {
    /// Hands over its rows, in chunks. A copy that is damaged or not whole is
    /// [`Fault::Directory`].
    pub fn read(
        &self,
        cipher: &Cipher,
        mut each: impl FnMut(Rows) -> Result<(), Fault>,
    ) -> Result<(), Fault> {
        let damaged = || Fault::Directory(format!("{} is damaged", self.path.display()));
        let mut file = BufReader::new(File::open(&self.path).map_err(|_| damaged())?);
        let mut magic = [0; MAGIC.len()];
        file.read_exact(&mut magic).map_err(|_| damaged())?;
        if magic != *MAGIC {
            return Err(damaged());
        }
        for chunk in 0.. {
            let mut length = [0; 4];
            file.read_exact(&mut length).map_err(|_| damaged())?;
            let length = u32::from_be_bytes(length) as usize;
            if length > CHUNK_BYTES_MAX {
                return Err(damaged());
            }
            let mut sealed = vec![0; length];
            file.read_exact(&mut sealed).map_err(|_| damaged())?;
            let plain = cipher.open(&place(self.frame, chunk), sealed).map_err(|_| damaged())?;
            let rows = commit_log::decode(&plain).ok_or_else(damaged)?;
            if rows.is_empty() {
                break;
            }
            each(rows)?;
        }
        Ok(())
    }

    /// Removes it.
    pub fn remove(&self) {
        // One that stays is older than the newest and never read.
        let _ = fs::remove_file(&self.path);
    }
}

fn place(frame: u64, chunk: u64) -> [u8; 17] {
    let mut place = [OF_CHUNK; 17];
    place[1..9].copy_from_slice(&frame.to_be_bytes());
    place[9..].copy_from_slice(&chunk.to_be_bytes());
    place
}

fn failed(cause: &io::Error) -> Fault {
    Fault::Engine(format!("base copy: {cause}"))
}
