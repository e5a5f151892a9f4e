//! Public cases of personal data, in the repository as far as their licences let them; all of them
//! where they live beside it, else that part is passed over. The rules are in docs/masking.md.

use std::collections::BTreeMap;

use serde_json::Value;
use steward::cli::mask::answer;

/// Cases in the repository, with source and licence in each row.
const OWN: &str = include_str!("../data/mask/pii.jsonl");

/// Cases beside the repository: also rows that may not be copied.
fn shared() -> Option<String> {
    let root = env!("CARGO_MANIFEST_DIR");
    let places = ["..", "../.."].map(|up| format!("{root}/{up}/shared/fixtures/pii.jsonl"));
    let text = places.iter().find_map(|path| std::fs::read_to_string(path).ok());
    if text.is_none() {
        eprintln!("passed over: there is no shared/fixtures/pii.jsonl beside the repository");
    }
    text
}

/// How often a kind was found rightly, wrongly, and not at all.
#[derive(Debug, Default)]
struct Score {
    right: usize,
    wrong: usize,
    missed: usize,
}

/// Scores by kind, and a line for whatever was not as expected.
fn score(cases: &str) -> (BTreeMap<String, Score>, Vec<String>) {
    let (mut scores, mut unlike): (BTreeMap<String, Score>, Vec<String>) = Default::default();
    for line in cases.lines() {
        let case: Value = serde_json::from_str(line).expect("a row is JSON");
        let answer = answer(line.as_bytes());
        let spans = |of: &Value| of["spans"].as_array().cloned().unwrap_or_default();
        let (expected, got) = (spans(&case), spans(&answer));
        let kind = |span: &Value| span["type"].as_str().unwrap_or_default().to_owned();
        for span in &expected {
            let score = scores.entry(kind(span)).or_default();
            let found = got.contains(span);
            score.right += usize::from(found);
            score.missed += usize::from(!found);
        }
        for span in got.iter().filter(|span| !expected.contains(span)) {
            scores.entry(kind(span)).or_default().wrong += 1;
        }
        if case["masked"] != answer["masked"] || expected != got {
            unlike.push(format!("{} → {}, not {}", case["text"], answer, case["masked"]));
        }
    }
    (scores, unlike)
}

fn hold(name: &str, cases: &str) {
    let (scores, unlike) = score(cases);
    for (kind, Score { right, wrong, missed }) in &scores {
        println!("{name} {kind}: {right} found, {missed} missed, {wrong} where there is none");
    }
    println!("{name}: {} of {} texts unlike", unlike.len(), cases.lines().count());
    assert!(unlike.is_empty(), "{}", unlike.join("\n"));
}

#[test]
fn personal_data_is_found_and_masked_as_the_cases_say() {
    hold("own", OWN);
    if let Some(cases) = shared() {
        hold("all", &cases);
    }
}

#[test]
fn a_masked_text_holds_nothing_more_to_mask() {
    for line in OWN.lines().chain(shared().unwrap_or_default().lines()) {
        let masked = answer(line.as_bytes())["masked"].clone();
        let again = answer(serde_json::json!({ "text": masked }).to_string().as_bytes());
        assert_eq!(again["masked"], masked);
    }
}
