//! The folder of sealed exports: names made here and nowhere else, for the owner's eyes only, and
//! nothing in it that no address leads to.

use std::collections::HashSet;
use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io;
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::PathBuf;
use std::sync::Arc;

use crate::shell::entropy;
use crate::store::Kind;

/// Its name in the data directory.
pub const FOLDER: &str = "exports";
/// Only the owner.
const FOLDER_MODE: u32 = 0o700;
const FILE_MODE: u32 = 0o600;
/// Length of a name: 16 random bytes in hex.
const NAME_CHARS: usize = 32;

/// The folder.
#[derive(Clone)]
pub struct Folder {
    path: PathBuf,
    /// Where nothing is kept on disk, it goes with the process.
    _temporary: Option<Arc<tempfile::TempDir>>,
}

impl Folder {
    /// Of a store: in its data directory, made when something is put into it; of one in memory
    /// somewhere else, gone at the end.
    pub fn of(store: Kind, data: PathBuf) -> io::Result<Self> {
        match store {
            Kind::Sled => Ok(Self { path: data.join(FOLDER), _temporary: None }),
            Kind::Memory => {
                let made = tempfile::tempdir()?;
                Ok(Self { path: made.path().join(FOLDER), _temporary: Some(Arc::new(made)) })
            }
        }
    }

    /// A new file and its name.
    pub fn make(&self) -> io::Result<(String, File)> {
        DirBuilder::new().recursive(true).mode(FOLDER_MODE).create(&self.path)?;
        let name = hex::encode(entropy::bytes::<{ NAME_CHARS / 2 }>());
        let mut options = OpenOptions::new();
        let file = options.write(true).create_new(true).mode(FILE_MODE);
        let file = file.open(self.path.join(&name))?;
        Ok((name, file))
    }

    /// A file, to be read.
    pub fn open(&self, name: &str) -> io::Result<File> {
        // Names come from our own rows; none is a way elsewhere.
        let ours = name.len() == NAME_CHARS && name.bytes().all(|b| b.is_ascii_hexdigit());
        match ours {
            true => File::open(self.path.join(name)),
            false => Err(io::ErrorKind::InvalidInput.into()),
        }
    }

    /// Removes everything but these files. Says how many there were.
    pub fn sweep(&self, kept: &HashSet<String>) -> io::Result<usize> {
        let entries = match fs::read_dir(&self.path) {
            Err(cause) if cause.kind() == io::ErrorKind::NotFound => return Ok(0),
            entries => entries?,
        };
        let mut swept = 0;
        for entry in entries {
            let entry = entry?;
            if entry.file_name().to_str().is_none_or(|name| !kept.contains(name)) {
                fs::remove_file(entry.path())?;
                swept += 1;
            }
        }
        Ok(swept)
    }
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    #[test]
    fn files_are_the_owners_alone_and_go_once_nothing_leads_to_them() {
        let data = tempfile::tempdir().unwrap();
        let folder = Folder::of(Kind::Sled, data.path().to_owned()).unwrap();
        assert_eq!(folder.sweep(&HashSet::new()).unwrap(), 0);
        let (name, _) = folder.make().unwrap();
        let (other, _) = folder.make().unwrap();
        let mode = |path: PathBuf| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode(data.path().join(FOLDER)), 0o700);
        assert_eq!(mode(data.path().join(FOLDER).join(&name)), 0o600);
        assert_eq!(folder.sweep(&HashSet::from([name.clone()])).unwrap(), 1);
        assert!(folder.open(&name).is_ok() && folder.open(&other).is_err());
        assert!(folder.open("../data.key").is_err());
    }
}
