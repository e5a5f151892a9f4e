//! What a stop, a crash or damage leaves of the store is whole or a clear fault; the engine is
//! caught up from the commit log.

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

const FRAMES: u64 = 5;
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

/// A log of five frames in one segment; its file and where each frame ends in it.
fn written(folder: &Path) -> (PathBuf, Vec<usize>) {
    let mut log =
        CommitLog::open(folder, &master(), &Known { viewed: 0, durable: 0 }, LONG, |_| {
            panic!("a new log holds nothing")
        })
        .unwrap();
    let file = files(folder).remove(0);
    let mut ends = vec![fs::metadata(&file).unwrap().len() as usize];
    for number in 1..=FRAMES {
        append(&mut log, number);
        ends.push(fs::metadata(&file).unwrap().len() as usize);
    }
    (file, ends)
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut files: Vec<_> = fs::read_dir(folder).unwrap().map(|f| f.unwrap().path()).collect();
    files.sort();
    files
}

#[test]
fn a_log_cut_anywhere_gives_the_whole_frames_before_the_cut() {
    let folder = tempfile::tempdir().unwrap();
    let (file, ends) = written(folder.path());
    let whole = fs::read(&file).unwrap();
    for cut in 0..=whole.len() {
        fs::write(&file, &whole[..cut]).unwrap();
        let left = ends.iter().rposition(|end| *end <= cut).unwrap_or(0) as u64;
        let promised = read(folder.path(), 0, left + 1);
        assert!(promised.is_err(), "a promised frame is gone at {cut}");
        assert_eq!(read(folder.path(), 0, left).unwrap(), expected(left), "cut at {cut}");
        // Opening began another segment.
        for other in files(folder.path()).into_iter().filter(|other| *other != file) {
            fs::remove_file(other).unwrap();
        }
    }
}

#[test]
fn a_flipped_bit_anywhere_is_never_read_as_something_else() {
    let folder = tempfile::tempdir().unwrap();
    let (file, ends) = written(folder.path());
    let whole = fs::read(&file).unwrap();
    let mut unseen = 0;
    for at in 0..whole.len() {
        let mut bytes = whole.clone();
        bytes[at] ^= 1 << (at % 8);
        fs::write(&file, &bytes).unwrap();
        // The name of the key in front of a seal is not needed to open it.
        match read(folder.path(), 0, FRAMES) {
            Ok(found) => {
                assert_eq!(found, expected(FRAMES), "flipped at {at}");
                unseen += 1;
            }
            Err(fault) => assert!(matches!(fault, Fault::Directory(_)), "{fault}"),
        }
        match read(folder.path(), 0, 0) {
            // A frame that was not promised to anybody may be missing, with all after it.
            Ok(found) => assert_eq!(found, expected(found.len() as u64), "flipped at {at}"),
            Err(fault) => assert!(matches!(fault, Fault::Directory(_)), "{fault}"),
        }
        for other in files(folder.path()).into_iter().filter(|other| *other != file) {
            fs::remove_file(other).unwrap();
        }
    }
    // The header, and four bytes in front of each frame's seal.
    assert_eq!(unseen, ends[0] as u64 + 4 * FRAMES);
}

#[test]
fn what_the_view_has_need_not_open_and_what_it_lacks_must() {
    const VIEWED: u64 = 3;
    let folder = tempfile::tempdir().unwrap();
    let (file, ends) = written(folder.path());
    let whole = fs::read(&file).unwrap();
    let known = |viewed| Known { viewed, durable: FRAMES };
    for (at, viewed) in (0..whole.len()).flat_map(|at| [(at, VIEWED), (at, FRAMES)]) {
        let mut bytes = whole.clone();
        bytes[at] ^= 1 << (at % 8);
        fs::write(&file, &bytes).unwrap();
        let mut found = Vec::new();
        let read = CommitLog::replay(folder.path(), &master(), &known(viewed), |rows| {
            found.push(rows);
            Ok(())
        });
        let frame = ends.iter().position(|end| at < *end).unwrap();
        // Behind the magic and each end: a length, the seal's version, the name of its key, which
        // is not needed to open it.
        let inside = at.checked_sub(if frame == 0 { 8 } else { ends[frame - 1] });
        let of_length = frame > 0 && inside.is_some_and(|inside| inside < 4);
        let of_name = inside.is_some_and(|inside| (5..9).contains(&inside));
        match read {
            Ok(read) => {
                assert_eq!(found, expected(FRAMES)[viewed as usize..], "{at} {viewed}");
                assert_eq!(read.last, FRAMES);
                assert_eq!(read.hurt, !of_name && frame as u64 <= viewed, "{at} {viewed}");
            }
            Err(fault) => {
                assert!(matches!(fault, Fault::Directory(_)), "{fault}");
                assert!(of_length || frame as u64 > viewed, "refused for {at} {viewed}: {fault}");
            }
        }
    }
    // Frames that are gone may be more than the view has.
    for cut in ends[0]..whole.len() {
        fs::write(&file, &whole[..cut]).unwrap();
        let read = CommitLog::replay(folder.path(), &master(), &known(FRAMES), |_| Ok(()));
        assert!(read.is_err(), "cut at {cut}");
    }
}

#[test]
fn a_damaged_header_is_no_wrong_key() {
    let folder = tempfile::tempdir().unwrap();
    let (file, ends) = written(folder.path());
    let mut bytes = fs::read(&file).unwrap();
    bytes[..ends[0]].fill(0);
    fs::write(&file, &bytes).unwrap();
    assert_eq!(read(folder.path(), 0, FRAMES).unwrap(), expected(FRAMES));
    let known = Known { viewed: 0, durable: FRAMES };
    let other = CommitLog::open(folder.path(), &Secret::new([8; 32]), &known, LONG, |_| {});
    assert!(other.err().unwrap().to_string().contains("not the one"));
}

#[test]
fn a_frame_in_the_place_of_another_is_damage() {
    let folder = tempfile::tempdir().unwrap();
    let (file, ends) = written(folder.path());
    let whole = fs::read(&file).unwrap();
    let frame = |n: usize| whole[ends[n]..ends[n + 1]].to_vec();
    let swapped = [whole[..ends[1]].to_vec(), frame(2), frame(1), frame(3), frame(4)].concat();
    fs::write(&file, swapped).unwrap();
    assert!(read(folder.path(), 0, FRAMES).is_err());
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

#[cfg(target_os = "linux")]
#[test]
fn after_a_write_or_a_sync_that_failed_nothing_is_tried_again() {
    // One takes no byte, the other takes all and cannot be synced.
    for (device, error) in [("/dev/full", "os error 28"), ("/dev/null", "os error 22")] {
        let folder = tempfile::tempdir().unwrap();
        let known = Known { viewed: 0, durable: 0 };
        // Each frame in a segment of its own.
        let mut log = CommitLog::open(folder.path(), &master(), &known, 0, |_| {}).unwrap();
        append(&mut log, 1);
        let next = folder.path().join(format!("{:020}.log", 2));
        std::os::unix::fs::symlink(device, &next).unwrap();
        let mut frame = Vec::new();
        encode(&rows(2), &mut frame);
        let fault = log.append(&frame).unwrap_err().to_string();
        assert!(fault.contains(error), "{fault}");
        // It would succeed now.
        fs::remove_file(&next).unwrap();
        for _ in 0..2 {
            let fault = log.append(&frame).unwrap_err().to_string();
            assert!(fault.contains("failed before"), "{fault}");
        }
        assert_eq!((log.last(), next.exists()), (1, false));
        assert_eq!(read(folder.path(), 0, 1).unwrap(), expected(1));
    }
}
