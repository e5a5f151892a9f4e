//! What a scope's index consists of: one small file, replaced whole. The number that its keys
//! follow from stands in front, unsealed.

use std::fs::{self, File, OpenOptions};
use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::fault::Fault;
use super::keys::{Generation, Keys};
use super::segment::FILE_MODE;
use crate::model::Secret;
use crate::model::indexed::Place;
use crate::store::table::{decode_versioned, encode_versioned};
use crate::store::{Key, ScopeHash};

/// Its name.
const NAME: &str = "manifest";
/// It while it is written.
const UNFINISHED: &str = "manifest.new";
const VERSION: u8 = 1;
const SEALED_FOR: &[u8] = b"M";

/// The index as it stands.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Manifest {
    /// How far it follows its scope.
    pub place: Place,
    /// The number of the next segment; none comes twice.
    pub next: u32,
    /// Its segments: number and level.
    pub segments: Vec<(u32, u8)>,
}

impl Manifest {
    /// What stands in a folder, with its keys; `None` where nothing does.
    pub fn read(
        folder: &Path,
        secret: &Secret,
        scope: ScopeHash,
    ) -> Result<Option<(Self, Generation, Keys)>, Fault> {
        let bytes = match fs::read(folder.join(NAME)) {
            Ok(bytes) => bytes,
            Err(cause) if cause.kind() == std::io::ErrorKind::NotFound => return Ok(None),
            Err(cause) => return Err(cause.into()),
        };
        let (generation, sealed) =
            bytes.split_first_chunk().ok_or(Fault::Damaged("a manifest is cut short"))?;
        let keys = Keys::new(secret, scope, generation);
        let plain = keys.open(SEALED_FOR, sealed.to_vec())?;
        let read = decode_versioned(VERSION, &Key(Vec::new()), &plain);
        let manifest = read.map_err(|_| Fault::Damaged("a manifest of another version"))?;
        Ok(Some((manifest, *generation, keys)))
    }

    /// Puts it in the place of the one before.
    pub fn write(&self, folder: &Path, generation: &Generation, keys: &Keys) -> Result<(), Fault> {
        let sealed = keys.seal(SEALED_FOR, &encode_versioned(VERSION, self))?;
        let unfinished = folder.join(UNFINISHED);
        let mut options = OpenOptions::new();
        let options = options.write(true).create(true).truncate(true).mode(FILE_MODE);
        let mut file: File = options.open(&unfinished)?;
        file.write_all(generation)?;
        file.write_all(&sealed)?;
        file.sync_data()?;
        fs::rename(unfinished, folder.join(NAME))?;
        Ok(())
    }
}
