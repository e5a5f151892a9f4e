//! An index that is gone or damaged while it is used: answers are right or say what they lack, and
//! it is made anew.

use std::fs;
use std::path::PathBuf;

use steward::shell::indexer::follow::Step;

use crate::archive::{Archive, GROUP, Random, read};

/// The files of the group's index.
fn files(archive: &Archive) -> Vec<PathBuf> {
    let entries = fs::read_dir(archive.index_of(GROUP)).unwrap();
    let mut files: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
}

/// Searches until the index is whole again; each answer is right as far as it says it goes.
fn heals(archive: &mut Archive, what: &str) {
    let (all, newest) = ("找到 2 条", "只查了最近 5000 条");
    let mut healed = false;
    for _ in 0..20 {
        let answer = archive.ask(GROUP, "搜 独一无二的词");
        if answer.contains("索引正在重建") {
            assert!(answer.starts_with("找到 1 条") && answer.contains(newest), "{what}: {answer}");
        } else {
            assert!(answer.starts_with(all), "{what}: {answer}");
        }
        if answer.starts_with(all) && healed {
            return;
        }
        healed = archive.follower.step(archive.scope(GROUP)).unwrap() == Step::Done;
    }
    panic!("{what}: it is not made anew");
}

/// An archive that is too large to be looked through, with a word at each of its ends.
fn archive() -> Archive {
    let mut archive = Archive::new();
    archive.line(GROUP, "甲", "独一无二的词，头一次");
    archive.keep(GROUP, 0..5_050);
    archive.line(GROUP, "甲", "独一无二的词，又一次");
    archive.catch_up(GROUP);
    archive
}

#[test]
fn whatever_happens_to_the_files_answers_are_right_or_say_what_they_lack() {
    let mut archive = archive();
    heals(&mut archive, "as it was made");
    let mut random = Random(3);
    fs::remove_dir_all(archive.folder.path().join("index")).unwrap();
    let answer = archive.ask(GROUP, "搜 独一无二的词");
    assert!(answer.contains("索引正在重建"), "{answer}");
    heals(&mut archive, "the folder is gone");
    for round in 0..24 {
        let files = files(&archive);
        let file = &files[random.below(files.len())];
        let mut bytes = fs::read(file).unwrap();
        let at = random.below(bytes.len());
        let what = match round % 4 {
            0 => {
                bytes[at] ^= 1 << random.below(8);
                fs::write(file, &bytes).unwrap();
                "a bit is flipped"
            }
            1 => {
                fs::write(file, &bytes[..at]).unwrap();
                "it is cut short"
            }
            2 => {
                fs::remove_file(file).unwrap();
                "it is gone"
            }
            _ => {
                bytes.extend_from_slice(&bytes.clone()[..at]);
                fs::write(file, &bytes).unwrap();
                "it is longer"
            }
        };
        // Half of the time by a process that has not read it yet.
        if random.below(2) == 0 {
            archive.reopen();
        }
        heals(&mut archive, &format!("round {round}, {}: {what}", file.display()));
    }
}

#[test]
fn an_index_of_another_history_is_not_believed() {
    let mut archive = Archive::new().with(1_200);
    assert!(archive.ask(GROUP, "搜 退费").starts_with("找到"));
    // Put back from a copy, the store has other messages under the same numbers.
    let mut other = Archive::new();
    other.keep(GROUP, 1_000..2_300);
    other.line(GROUP, "甲", "独一无二的词");
    let key = |archive: &Archive| archive.index_of(GROUP);
    fs::create_dir_all(key(&other).parent().unwrap()).unwrap();
    fs::rename(key(&archive), key(&other)).unwrap();
    assert_eq!(read(&other.ask(GROUP, "搜 独一无二的词")).0, 1);
    other.catch_up(GROUP);
    assert_eq!(read(&other.ask(GROUP, "搜 独一无二的词")).0, 1);
    let sought = steward::text::sought::Sought {
        words: vec!["独一无二的词".into()],
        ..Default::default()
    };
    let messages = other.messages(GROUP);
    assert_eq!(other.found(GROUP, &messages, &sought).len(), 1);
}
