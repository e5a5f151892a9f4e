//! Every line that an answer proposes works as it stands: it is a command, and one that goes with
//! the record it names.

use std::path::Path;

use steward::command::{Catalogue, Invocation, Shape};

use super::{catalogue, said};

/// Before a line that an answer proposes.
const BEFORE: [&str; 6] = ["例如：", "例如 ", "Try: ", "try: ", "as in: ", "such as: "];

/// The bot's lines of all talks.
fn answers() -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/talks");
    let mut files: Vec<_> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let mut all = Vec::new();
    for file in files {
        let name = file.file_name().unwrap().to_string_lossy().into_owned();
        let text = std::fs::read_to_string(&file).unwrap();
        let said = |line: &&str| line.starts_with("    ") || line.contains("] 管家> ");
        all.extend(text.lines().filter(said).map(|line| (name.clone(), line.trim().to_owned())));
    }
    all
}

/// The lines an answer proposes.
fn proposed(answer: &str) -> Option<Vec<&str>> {
    let (at, mark) = BEFORE.iter().find_map(|mark| Some((answer.find(mark)?, *mark)))?;
    let line = answer[at + mark.len()..].trim().trim_end_matches(['。', '.']);
    let line = line.strip_prefix("@管家 ").unwrap_or(line);
    let mut parts = line.split(['；', ';']).map(str::trim).filter(|part| !part.is_empty());
    let first = parts.next().into_iter();
    // `一直留着：保留 永久` says what the line is for.
    Some(first.chain(parts.map(|part| part.rsplit('：').next().unwrap_or(part))).collect())
}

/// What is wrong with a proposed line.
fn wrong(catalogue: &Catalogue, line: &str) -> Option<String> {
    if line.chars().all(|c| c.is_ascii_digit()) {
        return None; // An answer to a numbered question.
    }
    let read = match said(catalogue, line) {
        Ok(read) => read,
        Err(error) => return Some(format!("{error:?}")),
    };
    let Invocation { shape: Shape::Act(handle, verb), args, .. } = &read else { return None };
    let noun = catalogue.noun_of(handle.letter)?;
    if !noun.verbs.contains(verb) {
        return Some(format!("{} has no {verb}", handle.letter));
    }
    let says = !args.content.is_empty() || !args.tags.is_empty();
    let says = says || !args.people.is_empty() || args.when.is_some() || !args.pairs.is_empty();
    let bare = ["add", "drop", "give", "edit"].contains(&verb.as_str()) && !says;
    let of_a_message = handle.letter == 'M' && !args.people.is_empty();
    (bare || of_a_message).then(|| format!("{verb} of {args:?}"))
}

#[test]
fn every_line_an_answer_proposes_works_as_it_stands() {
    let catalogue = catalogue();
    let mut problems = Vec::new();
    let mut count = 0;
    for (file, answer) in answers() {
        for line in proposed(&answer).unwrap_or_default() {
            count += 1;
            problems.extend(wrong(&catalogue, line).map(|why| format!("{file}: {line}: {why}")));
        }
    }
    assert!(count > 100, "{count}");
    problems.sort();
    problems.dedup();
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}
