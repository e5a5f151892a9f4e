//! What a stop, a crash or damage leaves of the store is whole or a clear fault; the engine is
//! caught up from the commit log.

mod damage;

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use steward::model::Secret;
use steward::store::backend::{Backend, Rows};
use steward::store::commit_log::{CommitLog, Known, encode};
use steward::store::copy;
use steward::store::directory::Directory;
use steward::store::faulty::{Faulty, Stop};
use steward::store::logged::Logged;
use steward::store::memory::Memory;
use steward::store::rebuild::Remains;
use steward::store::{Commit, Fault, Key, Order, Position, ScopeHash, Sealed, Store, TableId};

/// Longer than any segment here.
const LONG: u64 = 1 << 20;
/// A log of so many bytes is copied soon.
const SHORT: u64 = 1 << 20;

fn master() -> Secret {
    Secret::new([7; 32])
}

fn rows(number: u64) -> Rows {
    let value = vec![number as u8; 40];
    Rows::from([(number.to_be_bytes().to_vec(), Some(value)), (b"last".to_vec(), None)])
}

fn append(log: &mut CommitLog, number: u64) {
    let mut frame = Vec::new();
    encode(&rows(number), &mut frame);
    assert_eq!(log.append(&frame).unwrap(), number);
}

/// What a log hands over that a view with `viewed` frames lacks.
fn read(folder: &Path, viewed: u64, durable: u64) -> Result<Vec<Rows>, Fault> {
    let mut found = Vec::new();
    CommitLog::open(folder, &master(), &Known { viewed, durable }, LONG, |rows| found.push(rows))?;
    Ok(found)
}

fn expected(upto: u64) -> Vec<Rows> {
    (1..=upto).map(rows).collect()
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut files: Vec<_> = fs::read_dir(folder).unwrap().map(|f| f.unwrap().path()).collect();
    files.sort();
    files
}

/// A log of three frames, each in a segment of its own.
fn three_segments(folder: &Path) -> CommitLog {
    let known = Known { viewed: 0, durable: 0 };
    let mut log = CommitLog::open(folder, &master(), &known, 1, |_| {}).unwrap();
    (1..=3).for_each(|number| append(&mut log, number));
    log
}

#[test]
fn a_lost_segment_is_said_and_another_key_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let known = Known { viewed: 0, durable: 0 };
    drop(three_segments(folder.path()));
    let all: Vec<Rows> = (1..=3).map(rows).collect();
    assert_eq!(read(folder.path(), 0, 3).unwrap(), all);
    assert_eq!(read(folder.path(), 2, 3).unwrap(), all[2..]);
    let other = CommitLog::open(folder.path(), &Secret::new([8; 32]), &known, 1, |_| {});
    assert!(other.err().unwrap().to_string().contains("not the one"));
    let kept = files(folder.path());
    for lost in [0, 1] {
        let bytes = fs::read(&kept[lost]).unwrap();
        fs::remove_file(&kept[lost]).unwrap();
        let fault = read(folder.path(), 0, 3).unwrap_err().to_string();
        assert!(fault.contains("gone") && fault.contains("last copy"), "{fault}");
        fs::write(&kept[lost], bytes).unwrap();
    }
    assert_eq!(read(folder.path(), 0, 3).unwrap(), all);
}

#[test]
fn segments_go_only_when_a_copy_has_all_of_them() {
    let folder = tempfile::tempdir().unwrap();
    let mut log = three_segments(folder.path());
    let left = |log: &mut CommitLog, copied| {
        log.forget(copied);
        files(folder.path()).len()
    };
    assert_eq!(left(&mut log, 0), 3);
    assert_eq!(left(&mut log, 1), 2);
    assert_eq!(left(&mut log, 2), 1);
    assert_eq!(left(&mut log, 3), 1, "the one that is written stays");
    drop(log);
    assert_eq!(read(folder.path(), 2, 3).unwrap(), [rows(3)]);
    assert!(read(folder.path(), 1, 3).is_err(), "the view lost what the log no longer has");
}

fn logged(path: &Path, engine: impl Backend + Clone + 'static) -> Result<impl Backend, Fault> {
    let directory = Arc::new(Directory::open(path)?);
    Logged::open(engine, directory, &master(), SHORT)
}

/// A batch large enough that a few of them are handed to the engine at once.
fn batch(number: u32) -> Rows {
    let key = |n: u32| [&[2], &number.to_be_bytes()[..], &n.to_be_bytes()].concat();
    (0..5000).map(|n| (key(n), Some(vec![number as u8]))).collect()
}

fn count(engine: &impl Backend) -> usize {
    engine.scan(&[2]..&[3], usize::MAX, Order::Up).unwrap().len()
}

#[test]
fn an_engine_that_fails_stops_the_store_and_the_log_brings_everything_back() {
    let folder = tempfile::tempdir().unwrap();
    let broken = Faulty::new(Memory::default(), Some(Stop { at_write: 3, applied: false }));
    let store = logged(folder.path(), broken.clone()).unwrap();
    let mut durable = 0;
    while store.write(batch(durable)).and_then(|()| store.sync()).is_ok() {
        durable += 1;
    }
    assert!(broken.stopped() && durable > 0);
    drop(store);
    let engine = Memory::default();
    let store = logged(folder.path(), engine.clone()).unwrap();
    assert!(count(&store) >= durable as usize * 5000);
    drop(store);
    let whole = count(&engine);
    // The engine has all of it and says so.
    let store = logged(folder.path(), engine).unwrap();
    assert_eq!(count(&store), whole);
}

/// Every row of an engine but the mark of its place in the log.
fn contents(engine: &impl Backend) -> Vec<(Vec<u8>, Vec<u8>)> {
    engine.scan(&[1, 0]..&[255], usize::MAX, Order::Up).unwrap()
}

#[test]
fn a_long_log_is_copied_while_rows_are_written_and_the_copy_with_the_rest_is_the_engine() {
    let folder = tempfile::tempdir().unwrap();
    let engine = Memory::default();
    let store = logged(folder.path(), engine.clone()).unwrap();
    let log = folder.path().join("log");
    let copied = || copy::newest(&log).unwrap().is_some();
    // Rows that come, change and go, until what was copied at different moments is whole.
    for number in 0u32.. {
        assert!(number < 20_000, "no copy was made");
        let key = |n: u32| [&[2], &n.wrapping_mul(0x9E37_79B9).to_be_bytes()[..]].concat();
        let new = (0..40).map(|n| (key(number * 40 + n), Some(vec![number as u8; 2_000])));
        let mut rows: Rows = new.collect();
        rows.insert(key(number * 20), None);
        rows.insert(key(number * 30 + 1), Some(number.to_be_bytes().to_vec()));
        store.write(rows).unwrap();
        store.sync().unwrap();
        if copied() {
            break;
        }
    }
    drop(store);
    assert!(logged(folder.path(), Memory::default()).is_err(), "the log alone has it all still");
    let master = master();
    let remains = Remains { path: folder.path(), master: &master, durable: 0 };
    let anew = Memory::default();
    remains.fill(&anew).unwrap();
    assert_eq!(contents(&anew), contents(&engine));
    // A stop while it is filled leaves nothing that passes for whole.
    let broken = Memory::default();
    let stops = Faulty::new(broken.clone(), Some(Stop { at_write: 5, applied: true }));
    assert!(remains.fill(&stops).is_err());
    assert!(logged(folder.path(), broken).is_err());
    // Neither does a damaged copy.
    let path = files(&log).into_iter().find(|f| f.extension().is_some_and(|e| e == "copy"));
    let path = path.unwrap();
    let whole = fs::read(&path).unwrap();
    for at in [3, 9, 40, whole.len() / 2, whole.len() - 1] {
        let mut bytes = whole.clone();
        bytes[at] ^= 4;
        fs::write(&path, &bytes).unwrap();
        assert!(!remains.suffice(), "flipped at {at}");
        fs::write(&path, &whole[..at]).unwrap();
        assert!(!remains.suffice(), "cut at {at}");
    }
}

#[test]
fn more_rows_than_memory_holds_wait_for_the_engine_and_none_is_lost() {
    let folder = tempfile::tempdir().unwrap();
    let engine = Memory::default();
    let store = logged(folder.path(), engine.clone()).unwrap();
    for number in 0..40 {
        store.write(batch(number)).unwrap();
    }
    assert!(count(&engine) > 0, "without any sync");
    assert_eq!(count(&store), 200_000);
    drop(store);
    assert_eq!(count(&engine), 200_000);
}

const A: ScopeHash = ScopeHash([0xA; 16]);

fn row(n: u16) -> Key {
    Key::new(TableId(40), A, &n.to_be_bytes())
}

fn turn(revision: u64) -> Commit {
    Commit {
        scope: A,
        expect: vec![(A, revision)],
        revision: Some(revision + 1),
        ..Commit::default()
    }
}

#[test]
fn a_stop_at_any_write_leaves_whole_commits_only() {
    for (at_write, applied) in (1..=8).flat_map(|n| [(n, false), (n, true)]) {
        let memory = Memory::default();
        let engine = Faulty::new(memory.clone(), Some(Stop { at_write, applied }));
        let mut acknowledged = 0;
        if let Ok((store, _)) = Sealed::open(engine.clone(), &master()) {
            for n in 0..6 {
                let writes =
                    vec![(row(2 * n), Some(vec![9; 7000])), (row(2 * n + 1), Some(vec![9]))];
                let commit = Commit { writes, ..turn(u64::from(n)) };
                if store.apply(vec![commit]).and_then(|_| store.sync(Position(u64::MAX))).is_err() {
                    assert!(store.apply(vec![]).is_err(), "a failed store stays failed");
                    break;
                }
                acknowledged += 1;
            }
        }
        assert_eq!(engine.stopped(), at_write <= 7);
        let store = Sealed::open(memory.clone(), &master()).unwrap().0;
        let revision = store.revision(A).unwrap();
        let kept = store.scan(row(0).0..row(99).0, 99, Order::Up).unwrap().len() as u64;
        assert_eq!(kept, 2 * revision);
        let unanswered = u64::from(applied && (2..=7).contains(&at_write));
        assert_eq!(revision, acknowledged + unanswered, "stop {at_write} {applied}");
    }
}
