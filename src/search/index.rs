//! The indexes of all scopes, a folder each: looked into by many, written by one. Whoever searches
//! while one is written reads it as it was.

use std::collections::{HashMap, HashSet};
use std::fs::{self, DirBuilder};
use std::os::unix::fs::DirBuilderExt;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::batch::Batch;
use super::fault::Fault;
use super::of_scope::OfScope;
use crate::model::Secret;
use crate::model::indexed::Place;
use crate::store::ScopeHash;
use crate::text::terms::Term;

/// Scopes whose first tokens are in memory, before all are forgotten: with a million messages each
/// about 40 KB.
const OPEN_MAX: usize = 256;
/// Only the owner.
const FOLDER_MODE: u32 = 0o700;

/// The indexes.
pub struct Index {
    folder: PathBuf,
    secret: Secret,
    open: Mutex<HashMap<ScopeHash, Arc<OfScope>>>,
    /// What is to be made anew.
    broken: Mutex<HashSet<ScopeHash>>,
    /// Held by whoever writes.
    writing: Mutex<()>,
}

/// What an index knows of some terms.
pub struct Looked {
    /// Up to where.
    pub place: Place,
    /// Numbers of the messages that may have a term of each group, ascending, none twice.
    pub numbers: Vec<u32>,
}

impl Index {
    /// In a folder that need not be there, under the deployment's index key.
    pub fn new(folder: PathBuf, secret: Secret) -> Self {
        let (open, broken, writing) = Default::default();
        Self { folder, secret, open, broken, writing }
    }

    /// Which messages of a scope may have a term of each group; `None` where there is no index, or
    /// one that is damaged: then it must be made anew.
    pub fn look(&self, scope: ScopeHash, wanted: &[Vec<Term>]) -> Option<Looked> {
        let mut known = self.of_scope(scope)?;
        loop {
            let fault = match known.look(wanted) {
                Ok(numbers) => return Some(Looked { place: known.place(), numbers }),
                Err(fault) => fault,
            };
            // Segments go when they have become one: then there is a newer index to look into.
            let now = self.of_scope(scope)?;
            if Arc::ptr_eq(&now, &known) {
                self.broke(scope, &fault);
                return None;
            }
            known = now;
        }
    }

    /// How far a scope's index follows it; `None` where there is none that can be used.
    pub fn place(&self, scope: ScopeHash) -> Option<Place> {
        self.of_scope(scope).map(|known| known.place())
    }

    /// Begins a scope's index anew, with nothing in it: nothing of the one before is left.
    pub fn begin(&self, scope: ScopeHash, place: Place) -> Result<(), Fault> {
        let _writing = lock(&self.writing);
        let folder = self.folder_of(scope);
        lock(&self.open).remove(&scope);
        match fs::remove_dir_all(&folder) {
            Err(cause) if cause.kind() != std::io::ErrorKind::NotFound => return Err(cause.into()),
            Ok(()) | Err(_) => {}
        }
        DirBuilder::new().recursive(true).mode(FOLDER_MODE).create(&folder)?;
        let known = OfScope::begin(folder, &self.secret, scope, place)?;
        lock(&self.broken).remove(&scope);
        self.keep(scope, Arc::new(known));
        Ok(())
    }

    /// An empty batch for a scope's index.
    pub fn batch(&self, scope: ScopeHash) -> Option<Batch> {
        self.of_scope(scope).map(|known| known.batch())
    }

    /// Adds a batch, after which the index follows its scope up to a place.
    pub fn add(&self, scope: ScopeHash, batch: Batch, place: Place) -> Result<(), Fault> {
        let _writing = lock(&self.writing);
        let missing = Fault::Damaged("it is not there any more");
        let known = self.of_scope(scope).ok_or(missing)?;
        match known.with(batch, place) {
            Ok(with) => {
                let with = Arc::new(with);
                self.keep(scope, Arc::clone(&with));
                with.sweep();
                Ok(())
            }
            Err(fault) => {
                self.broke(scope, &fault);
                Err(fault)
            }
        }
    }

    fn of_scope(&self, scope: ScopeHash) -> Option<Arc<OfScope>> {
        if lock(&self.broken).contains(&scope) {
            return None;
        }
        // Held while it is read, or an older one could take the place of a newer.
        let mut open = lock(&self.open);
        if let Some(known) = open.get(&scope) {
            return Some(Arc::clone(known));
        }
        match OfScope::read(self.folder_of(scope), &self.secret, scope) {
            Ok(read) => {
                let read = Arc::new(read?);
                if open.len() >= OPEN_MAX {
                    open.clear();
                }
                open.insert(scope, Arc::clone(&read));
                Some(read)
            }
            Err(fault) => {
                drop(open);
                self.broke(scope, &fault);
                None
            }
        }
    }

    fn keep(&self, scope: ScopeHash, known: Arc<OfScope>) {
        lock(&self.open).insert(scope, known);
    }

    fn broke(&self, scope: ScopeHash, fault: &Fault) {
        let name = hex::encode(scope.0);
        tracing::warn!(scope = name, %fault, "the index of scope {name} is made anew: {fault}");
        lock(&self.broken).insert(scope);
        lock(&self.open).remove(&scope);
    }

    fn folder_of(&self, scope: ScopeHash) -> PathBuf {
        self.folder.join(hex::encode(scope.0))
    }
}

/// What a panic left under a lock is whole: it is changed by whole operations only.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
