//! Opens a whole store: directory, lock, master key, engine. It decides nothing about settings.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::directory::Directory;
use super::logged::{LOG_BYTES, Logged};
use super::memory::Memory;
use super::packed::Packed;
use super::rebuild::Remains;
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

/// Whether anything of a store is in a folder. Changes nothing.
pub fn stands_in(path: &Path) -> bool {
    path.join(super::logged::FOLDER).exists() || path.join(super::sled::FOLDER).exists()
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
            if directory.is_renewed() {
                renew(&directory, &master)?;
            }
            let engine = match whole(&directory, &master) {
                Ok(engine) => engine,
                Err(Refused::Damaged(fault)) => {
                    anew(&directory, &master, DAMAGED).unwrap_or(Err(Refused::Damaged(fault)))?
                }
                Err(Refused::Other(fault)) => return Err(fault),
            };
            let (store, keys) = Sealed::open(engine, &master)?;
            Ok(Opened { store: Arc::new(store), keys })
        }
    }
}

/// Why an engine is made anew.
const DAMAGED: &str = "the database is damaged or lost";
const ERASED: &str = "something was erased that the database may still hold";

/// Why an engine was not opened.
enum Refused {
    /// Another one can be tried.
    Damaged(Fault),
    /// Another one would meet the same.
    Other(Fault),
}

impl From<Fault> for Refused {
    fn from(fault: Fault) -> Self {
        match fault {
            Fault::Directory(_) => Self::Damaged(fault),
            Fault::Engine(_) | Fault::Unreadable { .. } => Self::Other(fault),
        }
    }
}

impl From<Refused> for Fault {
    fn from(refused: Refused) -> Self {
        let (Refused::Damaged(fault) | Refused::Other(fault)) = refused;
        fault
    }
}

/// The engine as it stands, behind its log.
fn whole(directory: &Arc<Directory>, master: &Secret) -> Result<Logged<Packed<Sled>>, Refused> {
    if directory.in_doubt() {
        return Err(Refused::Damaged(Fault::Directory(format!(
            "the database in {} broke while it was used, and the log beside it does not suffice to \
             make it anew. Move the data directory away (keep it), put the last copy of the whole \
             directory in its place, and start again with the same key file",
            directory.path().display()
        ))));
    }
    let engine = Packed(Sled::open(Arc::clone(directory))?);
    meta::check_format(&engine).map_err(Refused::Other)?;
    // Before anything is written with a key that may be wrong.
    meta::check(&engine, &Cipher::wrapping(master))?;
    Ok(Logged::open(engine, Arc::clone(directory), master, LOG_BYTES)?)
}

/// The engine made anew from what lies beside it; `None` if that does not suffice, and then nothing
/// has been changed.
fn anew(
    directory: &Arc<Directory>,
    master: &Secret,
    why: &str,
) -> Option<Result<Logged<Packed<Sled>>, Refused>> {
    let durable = directory.marked().ok()?.unwrap_or_default();
    let remains = Remains { path: directory.path(), master, durable };
    remains.suffice().then(|| {
        tracing::warn!("{why}: it is made anew from the commit log");
        Sled::set_aside(directory)?;
        remains.fill(&Packed(Sled::open(Arc::clone(directory))?))?;
        let untrusted = |cause: std::io::Error| Fault::Engine(cause.to_string());
        directory.trust().map_err(untrusted)?;
        whole(directory, master)
    })
}

/// Makes the engine's files anew after something was erased: they may hold, sealed, what is written
/// over. If the log does not suffice they stay as they are, and the next start tries again.
fn renew(directory: &Arc<Directory>, master: &Secret) -> Result<(), Fault> {
    let Some(engine) = anew(directory, master, ERASED) else {
        tracing::warn!("the database cannot be made anew without what was erased: it stays");
        return Ok(());
    };
    drop(engine?);
    Sled::remove_set_aside(directory)?;
    directory.renewed().map_err(|cause| Fault::Engine(cause.to_string()))
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
