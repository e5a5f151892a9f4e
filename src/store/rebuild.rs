//! Makes an engine anew from the base copy and the commit log. It changes neither of them.

use std::path::Path;

use super::backend::{Backend, Rows};
use super::commit_log::{CommitLog, Known};
use super::logged::{FOLDER, VIEWED_AT};
use super::seal::Cipher;
use super::{Fault, copy};
use crate::model::Secret;

/// What a data directory has beside its engine.
pub struct Remains<'a> {
    /// The data directory.
    pub path: &'a Path,
    /// The master key.
    pub master: &'a Secret,
    /// So many frames were promised.
    pub durable: u64,
}

impl Remains<'_> {
    /// Whether an engine can be made of it: everything is there, whole, and opens with the key.
    pub fn suffice(&self) -> bool {
        // Nothing but an empty log is no history.
        self.read(|_| Ok(())).is_ok_and(|last| last > 0)
    }

    /// Fills an empty engine. Only its last write says that it has all: one that breaks off leaves
    /// an engine that is not taken for a whole one.
    pub fn fill(&self, engine: &impl Backend) -> Result<(), Fault> {
        let last = self.read(|rows| engine.write_loose(rows))?;
        engine.sync()?;
        let mark = (VIEWED_AT.to_vec(), Some(last.to_be_bytes().to_vec()));
        engine.write(Rows::from([mark]))?;
        engine.sync()
    }

    /// Hands over the rows of the copy and of the frames after it; the number of the last frame.
    fn read(&self, mut each: impl FnMut(Rows) -> Result<(), Fault>) -> Result<u64, Fault> {
        let folder = self.path.join(FOLDER);
        let unreadable =
            |cause: std::io::Error| Fault::Directory(format!("{}: {cause}", folder.display()));
        let mut viewed = 0;
        if let Some(base) = copy::newest(&folder).map_err(unreadable)? {
            base.read(&Cipher::of_log(self.master), &mut each)?;
            viewed = base.frame;
        }
        let known = Known { viewed, durable: self.durable };
        CommitLog::replay(&folder, self.master, &known, each).map(|read| read.last)
    }
}
