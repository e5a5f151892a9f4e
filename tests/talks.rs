//! Every talk of `tests/talks` and every example of the catalogue, run. `UPDATE_TALKS=1` writes the
//! bot's lines anew.

mod bot;

use std::path::{Path, PathBuf};

/// A place where talks are: the file, and the talk's text within it.
fn check(failures: &mut Vec<String>, name: &str, expected: &str) -> String {
    let run = std::panic::catch_unwind(|| bot::talk::run(expected));
    let actual = run.unwrap_or_else(|_| panic!("{name}: the talk stopped, see above"));
    if actual != expected {
        let differs = actual.lines().zip(expected.lines()).find(|(a, e)| a != e);
        let (is, was) = differs.unwrap_or(("(more or fewer lines)", ""));
        failures.push(format!("{name}:\n  is  {is}\n  was {was}"));
    }
    actual
}

fn updating() -> bool {
    std::env::vars().any(|(name, value)| name == "UPDATE_TALKS" && value == "1")
}

fn files(folder: &str, ending: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let entries = std::fs::read_dir(&folder).expect("the folder is there");
    let mut files: Vec<PathBuf> = entries.map(|e| e.expect("readable").path()).collect();
    files.retain(|f| f.extension().is_some_and(|e| e == ending));
    files.sort();
    assert!(!files.is_empty(), "no *.{ending} in {}", folder.display());
    files
}

#[test]
fn every_talk_goes_as_written() {
    let mut failures = Vec::new();
    for file in files("tests/talks", "talk") {
        let expected = std::fs::read_to_string(&file).expect("readable");
        let actual = check(&mut failures, &file.display().to_string(), &expected);
        if updating() {
            std::fs::write(&file, actual).expect("writable");
        }
    }
    assert!(updating() || failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn every_example_of_the_catalogue_goes_as_written() {
    let mut failures = Vec::new();
    for file in files("commands", "toml") {
        let mut text = std::fs::read_to_string(&file).expect("readable");
        let talks: Vec<String> = examples(&text);
        assert!(!talks.is_empty(), "{} has no example", file.display());
        for talk in talks {
            let actual = check(&mut failures, &file.display().to_string(), &talk);
            text = text.replace(&talk, &actual);
        }
        if updating() {
            std::fs::write(&file, text).expect("writable");
        }
    }
    assert!(updating() || failures.is_empty(), "{}", failures.join("\n"));
}

/// The texts between `talk = """` and `"""`.
fn examples(toml: &str) -> Vec<String> {
    let opened = toml.split("talk = \"\"\"\n").skip(1);
    opened.filter_map(|rest| rest.split_once("\"\"\"")).map(|(talk, _)| talk.to_owned()).collect()
}
