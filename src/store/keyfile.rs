//! The master key as a file: 32 bytes in base64 that only its owner may read. It never prints the
//! key.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Write};
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::path::Path;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use zeroize::Zeroizing;

use super::Fault;
use super::seal::{self, KEY_BYTES};
use crate::model::Secret;

const MODE: u32 = 0o600;
/// Rights that no other user may have.
const OTHERS: u32 = 0o077;
/// A key takes 44 characters; more than this is some other file.
const FILE_BYTES_MAX: u64 = 1 << 10;

/// Reads the key; `None` if there is no such file. [`Fault::Directory`] says what is wrong with it.
pub fn read(path: &Path) -> Result<Option<Secret>, Fault> {
    let failed = |cause: io::Error| wrong(path, &format!("cannot be read: {cause}"));
    let file = match File::open(path) {
        Ok(file) => file,
        Err(cause) if cause.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(cause) => return Err(failed(cause)),
    };
    let mode = file.metadata().map_err(failed)?.permissions().mode();
    if mode & OTHERS != 0 {
        return Err(wrong(path, &format!("can be read by others: chmod 600 {}", path.display())));
    }
    let mut text = Zeroizing::new(String::new());
    file.take(FILE_BYTES_MAX).read_to_string(&mut text).map_err(failed)?;
    parse(&text).map(Some).map_err(|why| wrong(path, why))
}

/// The key in a text: base64 of 32 bytes, white space around it ignored.
pub fn parse(text: &str) -> Result<Secret, &'static str> {
    let bytes = STANDARD.decode(text.trim()).map_err(|_| "is not base64")?;
    let secret = Secret::new(bytes);
    if secret.expose().len() != KEY_BYTES {
        return Err("is not a key of 32 bytes in base64");
    }
    Ok(secret)
}

/// Makes a new key and its file, durably: what it will seal must never outlive it.
pub fn create(path: &Path) -> Result<Secret, Fault> {
    let secret = Secret::new(seal::random::<KEY_BYTES>()?);
    let text = Zeroizing::new(STANDARD.encode(secret.expose()));
    write(path, &text).map_err(|cause| wrong(path, &format!("cannot be written: {cause}")))?;
    Ok(secret)
}

/// By way of a second name, so that a crash leaves no half-written key.
fn write(path: &Path, text: &str) -> io::Result<()> {
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        Some(_) | None => Path::new("."),
    };
    fs::create_dir_all(folder)?;
    let draft = path.with_added_extension("new");
    match fs::remove_file(&draft) {
        Err(cause) if cause.kind() != io::ErrorKind::NotFound => return Err(cause),
        Ok(()) | Err(_) => {}
    }
    let mut file = OpenOptions::new().write(true).create_new(true).mode(MODE).open(&draft)?;
    writeln!(file, "{text}")?;
    file.sync_all()?;
    fs::rename(&draft, path)?;
    File::open(folder)?.sync_all()
}

fn wrong(path: &Path, why: &str) -> Fault {
    Fault::Directory(format!("the master key file {} {why}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_made_key_reads_back_and_is_the_owners_alone() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("keys/data.key");
        assert!(read(&path).unwrap().is_none());
        let made = create(&path).unwrap();
        assert_eq!(read(&path).unwrap(), Some(made));
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, MODE);
    }

    #[test]
    fn a_key_that_others_may_read_is_refused_with_the_cure() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("data.key");
        create(&path).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
        assert!(read(&path).unwrap_err().to_string().contains("chmod 600"));
    }

    #[test]
    fn a_key_of_another_length_is_refused_and_not_shown() {
        for text in ["", "c2hvcnQ=", "not base64!", &STANDARD.encode([1; 33])] {
            let why = parse(text).unwrap_err();
            assert!(text.is_empty() || !why.contains(text));
        }
    }
}
