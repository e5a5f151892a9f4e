//! What only a disk shows of the store: rights, locks, lost and damaged files, and that nothing is
//! legible.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use steward::model::{Secret, Timestamp};
use steward::store::{
    Commit, Fault, Key, Kind, Master, Opened, Position, ScopeHash, TableId, copy, open,
};

const CANARY: &str = "kanarienvogel-canary-金丝雀";
const RECORDS: u8 = 200;
const A: ScopeHash = ScopeHash([0xA; 16]);

struct Place {
    folder: tempfile::TempDir,
}

impl Place {
    fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    fn key(&self) -> PathBuf {
        self.folder.path().join("data.key")
    }

    fn open(&self) -> Result<Opened, Fault> {
        open(Kind::Sled, &self.data(), &Master::File(self.key()))
    }

    fn fault(&self) -> String {
        match self.open() {
            Err(Fault::Directory(text)) => text,
            Err(other) => panic!("not a fault of the directory: {other}"),
            Ok(_) => panic!("opened"),
        }
    }

    /// It opens, and has all that was filled in.
    fn is_whole(&self) {
        let opened = self.open().unwrap();
        assert_eq!(opened.store.revision(A).unwrap(), 1);
        for n in 0..RECORDS {
            let value = opened.store.get(&record(n)).unwrap();
            assert_eq!(value, Some(CANARY.repeat(9).into_bytes()), "record {n}");
        }
    }

    /// A store with something in it, closed.
    fn filled() -> Self {
        let place = Self::new();
        let opened = place.open().unwrap();
        let writes = (0..RECORDS).map(|n| (record(n), Some(CANARY.repeat(9).into_bytes())));
        let commit = Commit {
            scope: A,
            at: Timestamp(0),
            expect: vec![(A, 0)],
            revision: Some(1),
            writes: writes.collect(),
        };
        opened.store.apply(vec![commit]).unwrap()[0].unwrap();
        opened.store.sync(Position(1)).unwrap();
        place
    }
}

fn record(n: u8) -> Key {
    Key::new(TableId(40), A, &[n])
}

fn files(folder: &Path) -> Vec<PathBuf> {
    fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] })
        .collect()
}

#[test]
fn what_was_synced_is_there_after_a_restart() {
    let place = Place::filled();
    let opened = place.open().unwrap();
    assert_eq!(opened.store.revision(A).unwrap(), 1);
    assert_eq!(opened.store.get(&record(199)).unwrap(), Some(CANARY.repeat(9).into_bytes()));
}

#[test]
fn nothing_written_is_legible_on_disk() {
    let place = Place::filled();
    let files = files(&place.data());
    assert!(files.iter().any(|file| fs::metadata(file).unwrap().len() > 10_000));
    for file in files {
        let bytes = fs::read(&file).unwrap();
        let shown = bytes.windows(CANARY.len()).any(|part| part == CANARY.as_bytes());
        assert!(!shown, "{}", file.display());
    }
}

#[test]
fn the_key_and_the_directory_are_the_owners_alone() {
    let place = Place::filled();
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&place.key()), 0o600);
    assert_eq!(mode(&place.data()), 0o700);
}

#[test]
fn a_second_opener_is_told_who_holds_the_store() {
    let place = Place::new();
    let first = place.open().unwrap();
    let fault = place.fault();
    assert!(fault.contains(&format!("process {}", std::process::id())), "{fault}");
    let store = first.store.clone();
    drop(first);
    assert!(place.open().is_err(), "still held by whoever has the store");
    drop(store);
    place.open().unwrap();
}

#[test]
fn a_missing_key_is_not_replaced_where_data_exists() {
    let place = Place::filled();
    let kept = place.folder.path().join("elsewhere");
    fs::rename(place.key(), &kept).unwrap();
    let fault = place.fault();
    assert!(fault.contains("data.key is missing"), "{fault}");
    assert!(!place.key().exists());
    fs::rename(kept, place.key()).unwrap();
    place.open().unwrap();
}

#[test]
fn another_key_is_refused() {
    let place = Place::filled();
    let other = Master::Given(Secret::new([1; 32]));
    let fault = open(Kind::Sled, &place.data(), &other).map(|_| ()).unwrap_err();
    assert!(fault.to_string().contains("not the one"), "{fault}");
}

#[test]
fn a_lost_database_is_made_anew_from_the_log() {
    let place = Place::filled();
    fs::remove_dir_all(place.data().join("sled")).unwrap();
    place.is_whole();
}

#[test]
fn without_database_and_log_nothing_passes_for_a_new_store() {
    let place = Place::filled();
    fs::remove_dir_all(place.data().join("sled")).unwrap();
    fs::remove_dir_all(place.data().join("log")).unwrap();
    for _ in 0..2 {
        let fault = place.fault();
        assert!(fault.contains("last copy"), "{fault}");
    }
}

#[test]
fn a_torn_snapshot_does_not_prevent_opening() {
    let place = Place::filled();
    fs::write(place.data().join("sled/snap.0000000000000000.generating"), "torn").unwrap();
    assert_eq!(place.open().unwrap().store.revision(A).unwrap(), 1);
}

#[test]
fn a_damaged_database_is_made_anew_and_kept_aside() {
    for at in [0, 8, 600, 4096, 20_000, 60_000, 100_000] {
        let place = Place::filled();
        let file = place.data().join("sled/db");
        let mut bytes = fs::read(&file).unwrap();
        bytes[at..at + 64].fill(0x5A);
        fs::write(&file, bytes).unwrap();
        place.is_whole();
        place.is_whole();
    }
}

#[test]
fn a_cut_off_database_is_made_anew() {
    for len in [50_000, 100, 0] {
        let place = Place::filled();
        let file = fs::OpenOptions::new().write(true).open(place.data().join("sled/db")).unwrap();
        file.set_len(len).unwrap();
        place.is_whole();
    }
}

#[test]
fn a_database_that_broke_in_use_is_made_anew_at_the_next_start() {
    let place = Place::filled();
    fs::write(place.data().join("REBUILD"), "").unwrap();
    place.is_whole();
    assert!(place.data().join("sled.damaged/db").exists());
    assert!(!place.data().join("REBUILD").exists());
}

#[test]
fn a_damaged_log_whose_database_is_whole_is_replaced_by_a_copy() {
    for at in [3, 20, 200, 4000] {
        let place = Place::filled();
        let log = place.data().join("log");
        let first = files(&log).into_iter().min().unwrap();
        let mut bytes = fs::read(&first).unwrap();
        bytes[at] ^= 1;
        fs::write(&first, &bytes).unwrap();
        let opened = place.open().unwrap();
        while copy::newest(&log).unwrap().is_none() {
            std::thread::yield_now();
        }
        drop(opened);
        assert!(!first.exists(), "damaged at {at}, and kept");
        place.is_whole();
        // The database can be lost again.
        fs::remove_dir_all(place.data().join("sled")).unwrap();
        place.is_whole();
    }
}

#[test]
fn a_damaged_database_with_a_damaged_log_is_a_clear_fault() {
    let place = Place::filled();
    let db = place.data().join("sled/db");
    fs::write(db, "damaged").unwrap();
    let first = files(&place.data().join("log")).into_iter().min().unwrap();
    let mut bytes = fs::read(&first).unwrap();
    bytes[200] ^= 1;
    fs::write(&first, bytes).unwrap();
    for _ in 0..2 {
        let fault = place.fault();
        assert!(fault.contains("last copy"), "{fault}");
    }
    assert!(!place.data().join("sled.damaged").exists());
}
