//! A zip file written from front to back into whatever takes bytes: nothing is kept but the list of
//! what is in it. No archives beyond 4 GiB; nothing is read.

use std::io::{self, Write};

use flate2::write::DeflateEncoder;
use flate2::{Compression, Crc};

/// What every reader since 1993 understands.
const VERSION: u16 = 20;
/// Sizes stand behind the file, names are UTF-8.
const FLAGS: u16 = 1 << 3 | 1 << 11;
/// Deflate.
const METHOD: u16 = 8;
/// 1 January 1980: the same messages make the same file.
const DATE: [u8; 4] = [0, 0, 0x21, 0];

/// The archive.
pub struct Zip<'a> {
    out: &'a mut dyn Write,
    /// How much was written.
    at: u64,
    open: Option<Open>,
    entries: Vec<Entry>,
}

/// The file that is being written.
struct Open {
    name: &'static str,
    offset: u64,
    began: u64,
    plain: u64,
    crc: Crc,
    packing: DeflateEncoder<Vec<u8>>,
}

/// A file that is in it.
struct Entry {
    name: &'static str,
    offset: u32,
    sizes: [u8; 12],
}

impl<'a> Zip<'a> {
    /// An empty one.
    pub fn new(out: &'a mut dyn Write) -> Self {
        Self { out, at: 0, open: None, entries: Vec::new() }
    }

    /// Ends the file before it and begins one.
    pub fn file(&mut self, name: &'static str) -> io::Result<()> {
        self.close()?;
        let offset = self.at;
        self.put(b"PK\x03\x04")?;
        self.put(&common(&[0; 12], name))?;
        self.put(name.as_bytes())?;
        let packing = DeflateEncoder::new(Vec::new(), Compression::fast());
        let (plain, crc, began) = (0, Crc::new(), self.at);
        self.open = Some(Open { name, offset, began, plain, crc, packing });
        Ok(())
    }

    /// Adds to the file.
    pub fn add(&mut self, text: &str) -> io::Result<()> {
        let Some(open) = &mut self.open else { return Err(io::ErrorKind::InvalidInput.into()) };
        open.plain += text.len() as u64;
        open.crc.update(text.as_bytes());
        open.packing.write_all(text.as_bytes())?;
        let packed = std::mem::take(open.packing.get_mut());
        self.put(&packed)
    }

    /// A whole file.
    pub fn whole(&mut self, name: &'static str, text: &str) -> io::Result<()> {
        self.file(name)?;
        self.add(text)
    }

    /// Ends the archive: what is in it, and where.
    pub fn end(&mut self) -> io::Result<()> {
        self.close()?;
        let from = small(self.at)?;
        for entry in std::mem::take(&mut self.entries) {
            self.put(b"PK\x01\x02")?;
            self.put(&VERSION.to_le_bytes())?;
            self.put(&common(&entry.sizes, entry.name))?;
            // No comment, the first disk, no attributes.
            self.put(&[0; 10])?;
            self.put(&entry.offset.to_le_bytes())?;
            self.put(entry.name.as_bytes())?;
            self.entries.push(entry);
        }
        let (size, count) = (small(self.at)? - from, self.entries.len() as u16);
        self.put(b"PK\x05\x06\0\0\0\0")?;
        self.put(&[count.to_le_bytes(), count.to_le_bytes()].concat())?;
        self.put(&[size.to_le_bytes(), from.to_le_bytes()].concat())?;
        self.put(&[0; 2])
    }

    fn close(&mut self) -> io::Result<()> {
        let Some(open) = self.open.take() else { return Ok(()) };
        let packed = open.packing.finish()?;
        self.put(&packed)?;
        let (packed, plain) = (small(self.at - open.began)?, small(open.plain)?);
        let mut sizes = [0; 12];
        sizes[..4].copy_from_slice(&open.crc.sum().to_le_bytes());
        sizes[4..8].copy_from_slice(&packed.to_le_bytes());
        sizes[8..].copy_from_slice(&plain.to_le_bytes());
        self.put(b"PK\x07\x08")?;
        self.put(&sizes)?;
        let offset = small(open.offset)?;
        self.entries.push(Entry { name: open.name, offset, sizes });
        Ok(())
    }

    fn put(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.at += bytes.len() as u64;
        self.out.write_all(bytes)
    }
}

/// What stands in front of a file and in the list alike.
fn common(sizes: &[u8; 12], name: &str) -> Vec<u8> {
    let [version, flags, method] = [VERSION, FLAGS, METHOD].map(u16::to_le_bytes);
    // Names are ours, and short.
    let length = (name.len() as u16).to_le_bytes();
    [&version[..], &flags, &method, &DATE, sizes, &length, &[0; 2]].concat()
}

fn small(size: u64) -> io::Result<u32> {
    u32::try_from(size).map_err(|_| io::ErrorKind::FileTooLarge.into())
}
