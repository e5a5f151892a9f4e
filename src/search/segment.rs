//! A segment: a file of sealed blocks that is written once and never changed, with the first token
//! of each block sealed at its end. All blocks have one length, so that the file tells no more than
//! how many there are.

use std::fs::{File, OpenOptions};
use std::io::{BufWriter, Write};
use std::os::unix::fs::{FileExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::block::{self, BLOCK_BYTES, Filling};
use super::fault::Fault;
use super::keys::{Keys, Token};
use crate::store::SEAL_BYTES;

/// Only the owner.
pub const FILE_MODE: u32 = 0o600;
/// Length of a sealed block.
const SEALED_BYTES: usize = BLOCK_BYTES + SEAL_BYTES;
/// Its name's end.
pub const SUFFIX: &str = "seg";

const TOKEN_BYTES: usize = size_of::<Token>();

/// A segment whose first tokens are in memory.
pub struct Segment {
    /// Its number within the index.
    pub id: u32,
    path: PathBuf,
    keys: Arc<Keys>,
    /// The first token of each block.
    firsts: Vec<Token>,
}

/// A segment that is being written.
pub struct Writing {
    file: BufWriter<File>,
    segment: Segment,
    filling: Filling,
}

/// The file of a segment.
fn path(folder: &Path, id: u32) -> PathBuf {
    folder.join(format!("{id:08x}.{SUFFIX}"))
}

/// What a block is sealed for.
fn place(id: u32, block: usize) -> [u8; 13] {
    let mut place = [b'B'; 13];
    place[1..5].copy_from_slice(&id.to_be_bytes());
    place[5..].copy_from_slice(&(block as u64).to_be_bytes());
    place
}

/// What the first tokens are sealed for.
fn end_place(id: u32) -> [u8; 5] {
    let mut place = [b'E'; 5];
    place[1..].copy_from_slice(&id.to_be_bytes());
    place
}

impl Writing {
    /// Begins a segment.
    pub fn begin(folder: &Path, id: u32, keys: Arc<Keys>) -> Result<Self, Fault> {
        let path = path(folder, id);
        let mut options = OpenOptions::new();
        let file = options.write(true).create(true).truncate(true).mode(FILE_MODE).open(&path)?;
        let segment = Segment { id, path, keys, firsts: Vec::new() };
        Ok(Self { file: BufWriter::new(file), segment, filling: Filling::default() })
    }

    /// Adds a token's numbers, ascending; tokens come in their order.
    pub fn add(&mut self, token: Token, mut numbers: &[u32]) -> Result<(), Fault> {
        while !numbers.is_empty() {
            let first = self.filling.is_empty();
            let added = self.filling.add(token, numbers);
            if added == 0 {
                self.close_block()?;
                continue;
            }
            if first {
                self.segment.firsts.push(token);
            }
            numbers = &numbers[added..];
        }
        Ok(())
    }

    fn close_block(&mut self) -> Result<(), Fault> {
        let Segment { id, keys, firsts, .. } = &self.segment;
        let sealed = keys.seal(&place(*id, firsts.len() - 1), &self.filling.take())?;
        Ok(self.file.write_all(&sealed)?)
    }

    /// Closes it; it is durable then.
    pub fn finish(mut self) -> Result<Segment, Fault> {
        if !self.filling.is_empty() {
            self.close_block()?;
        }
        let Segment { id, keys, firsts, .. } = &self.segment;
        let plain: Vec<u8> = firsts.iter().flat_map(|first| first.to_be_bytes()).collect();
        self.file.write_all(&keys.seal(&end_place(*id), &plain)?)?;
        let file = self.file.into_inner().map_err(std::io::IntoInnerError::into_error)?;
        file.sync_data()?;
        Ok(self.segment)
    }
}

impl Segment {
    /// Opens a segment that stands in a folder.
    pub fn open(folder: &Path, id: u32, keys: Arc<Keys>) -> Result<Self, Fault> {
        let path = path(folder, id);
        let file = File::open(&path)?;
        let length = usize::try_from(file.metadata()?.len()).unwrap_or(usize::MAX);
        let blocks = length.saturating_sub(SEAL_BYTES) / (SEALED_BYTES + TOKEN_BYTES);
        if length != SEAL_BYTES + blocks * (SEALED_BYTES + TOKEN_BYTES) {
            return Err(Fault::Damaged("a segment has no length of one"));
        }
        let mut sealed = vec![0; length - blocks * SEALED_BYTES];
        file.read_exact_at(&mut sealed, (blocks * SEALED_BYTES) as u64)?;
        let plain = keys.open(&end_place(id), sealed)?;
        let (firsts, _) = plain.as_chunks::<TOKEN_BYTES>();
        let firsts = firsts.iter().map(|first| Token::from_be_bytes(*first)).collect();
        Ok(Self { id, path, keys, firsts })
    }

    /// The file, to be read from.
    pub fn file(&self) -> Result<File, Fault> {
        Ok(File::open(&self.path)?)
    }

    /// Whether this is its file.
    pub fn is_at(&self, path: &Path) -> bool {
        self.path == path
    }

    /// How many blocks there are.
    pub fn blocks(&self) -> usize {
        self.firsts.len()
    }

    /// A block, opened.
    pub fn block(&self, file: &File, nth: usize) -> Result<Vec<u8>, Fault> {
        let mut sealed = vec![0; SEALED_BYTES];
        file.read_exact_at(&mut sealed, (nth * SEALED_BYTES) as u64)?;
        self.keys.open(&place(self.id, nth), sealed)
    }

    /// Adds a token's numbers, ascending, to those found before.
    pub fn find(&self, file: &File, token: Token, found: &mut Vec<u32>) -> Result<(), Fault> {
        // A block before the first that begins with it may end with it.
        let from = self.firsts.partition_point(|first| *first < token).saturating_sub(1);
        for (nth, first) in self.firsts.iter().enumerate().skip(from) {
            if *first > token {
                break;
            }
            let block = self.block(file, nth)?;
            let wanted = |of: Token, number: u32| {
                if of == token {
                    found.push(number);
                }
            };
            block::walk(&block, wanted).ok_or(Fault::Damaged("a block holds no runs"))?;
        }
        Ok(())
    }
}
