//! Public cases of dates, in the repository as far as their licences let them; all of them where
//! they live beside it, else that part is passed over.

use chrono_tz::Tz;
use steward::text::every;
use steward::text::when::{self, Reference, When};

use crate::{reference, show};

struct Case {
    text: String,
    reference: Reference,
    /// Right answers; none for texts without a date.
    right: Vec<String>,
    /// Instants and texts without dates, as deadlines: what must not be misread.
    judged: bool,
    /// Whether there is something to find.
    dated: bool,
}

/// Where a set of cases is.
#[derive(Clone, Copy)]
enum Set {
    /// In the repository, with source and licence in each row.
    Own,
    /// Beside it: also rows whose licence is not known.
    Shared,
}

fn cases(set: Set, lang: &str) -> Option<Vec<Case>> {
    let file = format!("time_{lang}.jsonl");
    let path = format!("{}/../shared/fixtures/{file}", env!("CARGO_MANIFEST_DIR"));
    let beside = format!("{}/../../shared/fixtures/{file}", env!("CARGO_MANIFEST_DIR"));
    let (path, beside) = match set {
        Set::Own => {
            let own = format!("{}/tests/data/time/{lang}.jsonl", env!("CARGO_MANIFEST_DIR"));
            (own.clone(), own)
        }
        Set::Shared => (path, beside),
    };
    let Ok(lines) = std::fs::read_to_string(&path).or_else(|_| std::fs::read_to_string(&beside))
    else {
        eprintln!("passed over: there is no {path}");
        return None;
    };
    Some(lines.lines().map(case).collect())
}

fn case(line: &str) -> Case {
    let row: serde_json::Value = serde_json::from_str(line).expect("a row is JSON");
    let zone: Tz = row["tz"].as_str().and_then(|zone| zone.parse().ok()).expect("a zone");
    let now = row["now"].as_str().expect("a now");
    let kind = row["kind"].as_str().expect("a kind");
    let value = |answer: &serde_json::Value| {
        let value = answer["value"].as_str()?;
        Some(
            value.strip_suffix(":00").filter(|short| short.len() == 16).unwrap_or(value).to_owned(),
        )
    };
    let mut right: Vec<String> = value(&row["expected"]).into_iter().collect();
    right.extend(row["accept"].as_array().into_iter().flatten().filter_map(value));
    Case {
        text: row["text"].as_str().expect("a text").to_owned(),
        reference: reference(now, zone),
        right,
        judged: row["use"] == "due" && (kind == "instant" || kind == "none"),
        dated: kind == "instant",
    }
}

/// Counts (exact, missed, wrong) over the deadlines; a question or "over" is no silent misreading.
fn judge(set: Set, lang: &str) -> Option<(usize, usize, Vec<String>)> {
    let (mut exact, mut missed, mut wrong) = (0, 0, Vec::new());
    for case in cases(set, lang)?.iter().filter(|case| case.judged) {
        let found = when::find(&case.text, case.reference).map(|found| found.when);
        let zone = case.reference.zone;
        match found {
            None | Some(When::Ambiguous(_) | When::Impossible(_)) if case.dated => missed += 1,
            None | Some(When::Ambiguous(_) | When::Impossible(_)) => exact += 1,
            Some(when) if case.right.contains(&show(&when, zone)) => exact += 1,
            Some(when) => {
                wrong.push(format!("{} → {}, not {:?}", case.text, show(&when, zone), case.right))
            }
        }
    }
    println!("{lang}: {exact} exact, {missed} missed, {} wrong", wrong.len());
    Some((exact, missed, wrong))
}

fn hold(set: Set, lang: &str, exact_min: usize, wrong_max: usize) {
    let Some((exact, _, wrong)) = judge(set, lang) else { return };
    assert!(wrong.len() <= wrong_max, "{} silent misreadings\n{}", wrong.len(), wrong.join("\n"));
    assert!(exact >= exact_min, "only {exact} exact");
}

#[test]
fn chinese_deadlines_are_hardly_ever_misread() {
    hold(Set::Own, "zh", 88, 0);
    hold(Set::Shared, "zh", 220, 0);
}

#[test]
fn english_deadlines_are_hardly_ever_misread() {
    hold(Set::Own, "en", 118, 1);
    hold(Set::Shared, "en", 145, 1);
}

#[test]
fn no_prefix_of_any_case_panics() {
    let sets = [(Set::Own, "zh"), (Set::Own, "en"), (Set::Shared, "zh"), (Set::Shared, "en")];
    for case in sets.into_iter().filter_map(|(set, lang)| cases(set, lang)).flatten() {
        for (end, _) in case.text.char_indices() {
            when::find(&case.text[..end], case.reference);
            every::find(&case.text[end..], case.reference.zone);
        }
    }
}
