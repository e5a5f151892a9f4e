//! What a store knows of itself: its format, whether the master key is the right one, and the
//! key-hash secret. Data keys are the keyring's.

use super::backend::{Backend, Rows};
use super::seal::{self, Cipher, KEY_BYTES};
use super::table::id::META;
use super::{Fault, Key, KeyHasher, Order};
use crate::model::Secret;

/// The form of rows and keys that this version writes and reads.
const FORMAT: u8 = 4;

/// Rests of META keys.
const FORMAT_AT: &[u8] = b"F";
const CHECK_AT: &[u8] = b"C";
const HASH_SECRET_AT: &[u8] = b"H";

/// What the check value says once opened.
const CHECK: &[u8] = b"steward";

/// Reads what stands, or sets up an empty engine. Writes nothing to a store it cannot read.
pub fn open(backend: &impl Backend, wrapping: &Cipher) -> Result<KeyHasher, Fault> {
    match backend.get(&key(FORMAT_AT))?.as_deref() {
        Some([FORMAT]) => read(backend, wrapping),
        Some([other, ..]) => Err(of_another_version(*other)),
        Some([]) => Err(Fault::Directory("the store's format mark is empty".to_owned())),
        None if backend.scan(&[]..&[u8::MAX], 1, Order::Up)?.is_empty() => {
            create(backend, wrapping)
        }
        None => Err(Fault::Directory(
            "the store holds data but no format mark: it is damaged, or not a store of steward; \
             put back the last copy of the data directory"
                .to_owned(),
        )),
    }
}

/// Whether a store that stands was written by a version with this format.
pub fn check_format(backend: &impl Backend) -> Result<(), Fault> {
    match backend.get(&key(FORMAT_AT))?.as_deref() {
        Some([other, ..]) if *other != FORMAT => Err(of_another_version(*other)),
        Some(_) | None => Ok(()),
    }
}

fn of_another_version(format: u8) -> Fault {
    Fault::Directory(format!(
        "the store has format {format}, and this version reads format {FORMAT}: start the version \
         of steward that wrote it, or give this one another data directory. Nothing has been \
         changed"
    ))
}

/// Whether a store that stands is one of this version and this master key.
pub fn check(backend: &impl Backend, wrapping: &Cipher) -> Result<(), Fault> {
    match backend.get(&key(FORMAT_AT))? {
        Some(_) => open(backend, wrapping).map(drop),
        None => Ok(()),
    }
}

fn read(backend: &impl Backend, wrapping: &Cipher) -> Result<KeyHasher, Fault> {
    let opened = |at| {
        let key = key(at);
        let sealed = backend.get(&key)?.unwrap_or_default();
        Ok::<_, Fault>(wrapping.open(&key, sealed))
    };
    if opened(CHECK_AT)?.as_deref() != Ok(CHECK) {
        return Err(Fault::Directory(
            "the master key is not the one this store was made with: \
             put the right key back (nothing has been changed)"
                .to_owned(),
        ));
    }
    let secret = opened(HASH_SECRET_AT)?
        .map_err(|why| Fault::Unreadable { key: hex::encode(key(HASH_SECRET_AT)), why })?;
    Ok(KeyHasher::new(&Secret::new(secret)))
}

fn create(backend: &impl Backend, wrapping: &Cipher) -> Result<KeyHasher, Fault> {
    let secret = Secret::new(seal::random::<KEY_BYTES>()?);
    let sealed = |at: &[u8], plain: &[u8]| {
        let key = key(at);
        let bytes = wrapping.seal(0, &key, plain)?;
        Ok::<_, Fault>((key, Some(bytes)))
    };
    backend.write(Rows::from([
        (key(FORMAT_AT), Some(vec![FORMAT])),
        sealed(CHECK_AT, CHECK)?,
        sealed(HASH_SECRET_AT, secret.expose())?,
    ]))?;
    backend.sync()?;
    Ok(KeyHasher::new(&secret))
}

fn key(at: &[u8]) -> Vec<u8> {
    Key::global(META, at).0
}

#[cfg(test)]
mod tests {
    use super::super::memory::Memory;
    use super::*;

    #[test]
    fn another_format_is_refused_and_left_alone() {
        let wrapping = Cipher::new(&[1; KEY_BYTES]);
        let memory = Memory::default();
        open(&memory, &wrapping).unwrap();
        for other in [FORMAT - 1, FORMAT + 1] {
            memory.write(Rows::from([(key(FORMAT_AT), Some(vec![other]))])).unwrap();
            let fault = open(&memory, &wrapping).unwrap_err().to_string();
            assert!(fault.contains(&format!("format {other}")), "{fault}");
        }
    }

    #[test]
    fn foreign_data_is_not_taken_for_an_empty_store() {
        let memory = Memory::default();
        memory.write(Rows::from([(b"x".to_vec(), Some(vec![]))])).unwrap();
        assert!(open(&memory, &Cipher::new(&[1; KEY_BYTES])).is_err());
    }
}
