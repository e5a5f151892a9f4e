//! Opens a whole store: directory, lock, master key, engine. It decides nothing about settings.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::directory::Directory;
use super::logged::Logged;
use super::memory::Memory;
use super::seal::Cipher;
use super::sealed::Sealed;
use super::sled::Sled;
use super::{Fault, KeyHasher, Store, keyfile, meta, seal};
use crate::model::Secret;

/// Which engine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Nothing survives; uses no directory and a key of its own.
    Memory,
    /// The embedded default.
    Sled,
}

/// Where the master key comes from.
#[derive(Debug, Clone)]
pub enum Master {
    /// A file; made on the first start.
    File(PathBuf),
    /// Given, as 32 bytes (from the environment; see [`keyfile::parse`]).
    Given(Secret),
}

/// An open store. The directory stays locked until the last holder of `store` is gone.
pub struct Opened {
    /// The store.
    pub store: Arc<dyn Store>,
    /// Hashes names into its keys.
    pub keys: KeyHasher,
}

/// Opens the store in a data directory, or makes it. Whatever prevents that is a
/// [`Fault::Directory`] that says what to do: the directory in use or damaged, the key gone while
/// data exists, too open, or wrong.
pub fn open(kind: Kind, path: &Path, master: &Master) -> Result<Opened, Fault> {
    match kind {
        Kind::Memory => {
            let master = Secret::new(seal::random::<{ seal::KEY_BYTES }>()?);
            let (store, keys) = Sealed::open(Memory::default(), &master)?;
            Ok(Opened { store: Arc::new(store), keys })
        }
        Kind::Sled => {
            let directory = Arc::new(Directory::open(path)?);
            let data_exists = directory.marked()?.is_some() || Sled::stands_in(&directory);
            let master = master_key(master, data_exists)?;
            let engine = Sled::open(Arc::clone(&directory))?;
            // Before anything is written with a key that may be wrong.
            meta::check(&engine, &Cipher::wrapping(&master))?;
            let (store, keys) = Sealed::open(Logged::open(engine, directory, &master)?, &master)?;
            Ok(Opened { store: Arc::new(store), keys })
        }
    }
}

/// A new key is made only where there is nothing that an older one sealed.
fn master_key(master: &Master, data_exists: bool) -> Result<Secret, Fault> {
    let file = match master {
        Master::Given(secret) => return Ok(secret.clone()),
        Master::File(file) => file,
    };
    match keyfile::read(file)? {
        Some(secret) => Ok(secret),
        None if data_exists => Err(Fault::Directory(format!(
            "the master key file {} is missing, but the store holds data that only it opens: \
             put the file back (it is kept apart from backups). No new key has been made",
            file.display()
        ))),
        None => keyfile::create(file),
    }
}
