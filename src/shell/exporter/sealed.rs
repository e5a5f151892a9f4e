//! A file that nobody can read without its key: chunks, each sealed by itself, bound to its place
//! and to whether it is the last one. Nothing legible is written, not for a moment.

use std::io::{self, Read, Write};

use sha2::{Digest, Sha256};

use crate::store::{Cipher, KEY_BYTES, SEAL_BYTES};

/// What is sealed at once: what is in memory of a file, however long it is.
pub const CHUNK_BYTES: usize = 64 * 1024;
/// Longest file: a million messages of usual length, and what a browser takes in some minutes.
pub const FILE_BYTES_MAX: u64 = 1 << 30;

/// Binds chunks to what they are.
const PLACE: &[u8] = b"steward export 1 ";

/// Seals what is written into it.
pub struct Sealing<W> {
    out: W,
    cipher: Cipher,
    chunk: Vec<u8>,
    nth: u64,
    hash: Sha256,
    bytes: u64,
}

/// What went through.
pub struct Sealed {
    /// How much.
    pub bytes: u64,
    /// Its SHA-256.
    pub sha256: [u8; 32],
}

impl<W: Write> Sealing<W> {
    /// Into an empty place.
    pub fn new(out: W, key: &[u8; KEY_BYTES]) -> Self {
        let chunk = Vec::with_capacity(CHUNK_BYTES);
        Self { out, cipher: Cipher::new(key), chunk, nth: 0, hash: Sha256::new(), bytes: 0 }
    }

    /// The last chunk, and what went through.
    pub fn finish(mut self) -> io::Result<(W, Sealed)> {
        self.seal(true)?;
        self.out.flush()?;
        let sealed = Sealed { bytes: self.bytes, sha256: self.hash.finalize().into() };
        Ok((self.out, sealed))
    }

    fn seal(&mut self, last: bool) -> io::Result<()> {
        let sealed = self.cipher.seal(0, &place(self.nth, last), &self.chunk);
        let sealed = sealed.map_err(io::Error::other)?;
        // A chunk and its seal are shorter than 2^32.
        self.out.write_all(&(sealed.len() as u32).to_be_bytes())?;
        self.out.write_all(&sealed)?;
        self.nth += 1;
        self.chunk.clear();
        Ok(())
    }
}

impl<W: Write> Write for Sealing<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.chunk.len() == CHUNK_BYTES {
            self.seal(false)?;
        }
        let taken = bytes.len().min(CHUNK_BYTES - self.chunk.len());
        let taking = &bytes[..taken];
        self.bytes += taken as u64;
        if self.bytes > FILE_BYTES_MAX {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        self.hash.update(taking);
        self.chunk.extend_from_slice(taking);
        Ok(taken)
    }

    /// A chunk is sealed when it is full: whoever flushes waits for nothing.
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Opens what was sealed.
pub struct Opening<R> {
    sealed: R,
    cipher: Cipher,
    nth: u64,
    over: bool,
}

impl<R: Read> Opening<R> {
    /// From its beginning.
    pub fn new(sealed: R, key: &[u8; KEY_BYTES]) -> Self {
        Self { sealed, cipher: Cipher::new(key), nth: 0, over: false }
    }

    /// The next chunk; `None` behind the last. What was changed, cut or put elsewhere is an error.
    pub fn chunk(&mut self) -> io::Result<Option<Vec<u8>>> {
        if self.over {
            return Ok(None);
        }
        let mut length = [0; 4];
        self.sealed.read_exact(&mut length)?;
        let length = u32::from_be_bytes(length) as usize;
        if length > CHUNK_BYTES + SEAL_BYTES {
            return Err(io::ErrorKind::InvalidData.into());
        }
        let mut sealed = vec![0; length];
        self.sealed.read_exact(&mut sealed)?;
        let whole = self.cipher.open(&place(self.nth, false), sealed.clone());
        let plain = match whole {
            Ok(plain) => plain,
            Err(_) => {
                self.over = true;
                let last = self.cipher.open(&place(self.nth, true), sealed);
                last.map_err(|why| io::Error::new(io::ErrorKind::InvalidData, why))?
            }
        };
        self.nth += 1;
        Ok(Some(plain))
    }
}

fn place(nth: u64, last: bool) -> Vec<u8> {
    [PLACE, &nth.to_be_bytes(), &[u8::from(last)]].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: [u8; KEY_BYTES] = [7; KEY_BYTES];

    fn sealed(plain: &[u8]) -> Vec<u8> {
        let mut sealing = Sealing::new(Vec::new(), &KEY);
        sealing.write_all(plain).unwrap();
        let (out, sealed) = sealing.finish().unwrap();
        assert_eq!(sealed.bytes, plain.len() as u64);
        assert_eq!(sealed.sha256, <[u8; 32]>::from(Sha256::digest(plain)));
        out
    }

    fn opened(sealed: &[u8], key: &[u8; KEY_BYTES]) -> io::Result<Vec<u8>> {
        let (mut opening, mut plain) = (Opening::new(sealed, key), Vec::new());
        while let Some(chunk) = opening.chunk()? {
            plain.extend(chunk);
        }
        Ok(plain)
    }

    #[test]
    fn what_is_sealed_opens_whole_and_with_its_key_alone() {
        for length in [0, 1, CHUNK_BYTES - 1, CHUNK_BYTES, CHUNK_BYTES + 1, 3 * CHUNK_BYTES] {
            let plain: Vec<u8> = (0..length).map(|n| n as u8).collect();
            let sealed = sealed(&plain);
            assert!(opened(&sealed, &KEY).unwrap() == plain, "{length}");
            assert!(opened(&sealed, &[8; KEY_BYTES]).is_err());
            assert!(opened(&sealed[..sealed.len() - 1], &KEY).is_err());
        }
    }

    #[test]
    fn a_file_cut_between_chunks_or_with_chunks_changed_over_does_not_open() {
        let sealed = sealed(&vec![1; 2 * CHUNK_BYTES + 5]);
        let chunk = 4 + CHUNK_BYTES + SEAL_BYTES;
        assert!(opened(&sealed[..chunk], &KEY).is_err());
        let swapped = [&sealed[chunk..2 * chunk], &sealed[..chunk], &sealed[2 * chunk..]].concat();
        assert!(opened(&swapped, &KEY).is_err());
    }
}
