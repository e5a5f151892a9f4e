//! One segment of the log, cut, flipped and swapped everywhere, and a disk that fails under it:
//! what is read is right, or a clear fault.

use std::fs;
use std::path::{Path, PathBuf};

use steward::model::Secret;
use steward::store::Fault;
use steward::store::commit_log::{CommitLog, Known, encode};

use super::{LONG, append, expected, files, master, read, rows};

const FRAMES: u64 = 5;

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
