//! Public cases of times, in the repository as far as their licences let them; all of them where
//! they live beside it, else that part is passed over. Scored by the conventions of docs/time.md.

use std::collections::BTreeMap;

use chrono::NaiveDateTime;
use serde_json::Value;
use steward::cli::when::answer;
use steward::text::every;
use steward::text::when;

use crate::reference;

/// Where a set of cases is.
#[derive(Clone, Copy)]
enum Set {
    /// In the repository, with source and licence in each row.
    Own,
    /// Beside it: also rows whose licence is not known.
    Shared,
}

/// How a case went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Score {
    Right,
    /// Asked back, which is no misreading.
    Asked,
    /// Something is there and nothing was found.
    Missed,
    /// Silently another thing.
    Wrong,
}

fn cases(set: Set, lang: &str) -> Option<Vec<Value>> {
    let root = env!("CARGO_MANIFEST_DIR");
    let file = format!("time_{lang}.jsonl");
    let places = match set {
        Set::Own => vec![format!("{root}/tests/data/time/{lang}.jsonl")],
        Set::Shared => vec![
            format!("{root}/../shared/fixtures/{file}"),
            format!("{root}/../../shared/fixtures/{file}"),
        ],
    };
    let Some(lines) = places.iter().find_map(|path| std::fs::read_to_string(path).ok()) else {
        eprintln!("passed over: there is no {file}");
        return None;
    };
    Some(lines.lines().map(|line| serde_json::from_str(line).expect("a row is JSON")).collect())
}

fn score(case: &Value) -> (Score, String) {
    let answer = answer(&case.to_string());
    let (kind, expected) = (answer["kind"].as_str().unwrap_or_default(), &answer["expected"]);
    let accepted = case["accept"].as_array().into_iter().flatten();
    let right = std::iter::once(&case["expected"]).chain(accepted).any(|one| alike(one, expected));
    let score = match kind {
        "ambiguous" => Score::Asked,
        _ if right => Score::Right,
        "none" => Score::Missed,
        _ => Score::Wrong,
    };
    let line = format!("{} → {expected}, not {}", case["text"], case["expected"]);
    (score, line)
}

/// Whether an answer is the expected one, by the equivalences of the conventions.
fn alike(expected: &Value, got: &Value) -> bool {
    if expected.get("rrule").is_some() {
        return rule(expected) == rule(got);
    }
    if expected.get("start").is_some() || expected.get("end").is_some() {
        let slack = expected["fuzzy"].as_str().map_or(0, |fuzzy| seconds(fuzzy).1 as i64);
        return ["start", "end"].iter().all(|side| {
            match (expected[side].as_str(), got.get(side).and_then(Value::as_str)) {
                (None, None) => got.get(side).is_some(),
                (Some(a), Some(b)) => (moment(a) - moment(b)).num_seconds().abs() <= slack,
                _ => false,
            }
        });
    }
    match (expected["value"].as_str(), got.get("value")) {
        (None, Some(Value::Null)) => true,
        (Some(a), Some(Value::String(b))) if a.starts_with('P') => {
            b.starts_with('P') && seconds(a) == seconds(b)
        }
        (Some(a), Some(Value::String(b))) => {
            a.len().min(11) == b.len().min(11) && moment(a) == moment(b)
        }
        _ => false,
    }
}

fn moment(text: &str) -> NaiveDateTime {
    let text = match text.len() {
        10 => format!("{text}T00:00:00"),
        16 => format!("{text}:00"),
        _ => text.to_owned(),
    };
    NaiveDateTime::parse_from_str(&text, "%Y-%m-%dT%H:%M:%S").unwrap_or_default()
}

/// An ISO 8601 length as months and seconds.
fn seconds(text: &str) -> (f64, f64) {
    let (mut months, mut seconds, mut number, mut clock) = (0.0, 0.0, String::new(), false);
    for c in text.chars() {
        if c.is_ascii_digit() || c == '.' {
            number.push(c);
            continue;
        }
        let value: f64 = std::mem::take(&mut number).parse().unwrap_or(0.0);
        match (c, clock) {
            ('T', _) => clock = true,
            ('Y', _) => months += 12.0 * value,
            ('M', false) => months += value,
            ('W', _) => seconds += 604_800.0 * value,
            ('D', _) => seconds += 86_400.0 * value,
            ('H', _) => seconds += 3_600.0 * value,
            ('M', true) => seconds += 60.0 * value,
            ('S', _) => seconds += value,
            _ => {}
        }
    }
    (months, seconds)
}

/// A recurrence in one form: seven days are a week, hours stand with the times.
fn rule(value: &Value) -> Option<String> {
    let text = value["rrule"].as_str()?;
    let mut parts: BTreeMap<&str, String> = BTreeMap::new();
    for (key, list) in text.split(';').filter_map(|part| part.split_once('=')) {
        let mut list: Vec<&str> = list.split(',').collect();
        list.sort_unstable();
        parts.insert(key, list.join(","));
    }
    let mut times: Vec<String> = (value["times"].as_array().into_iter().flatten())
        .filter_map(|time| time.as_str().map(str::to_owned))
        .collect();
    if let Some(hours) = parts.remove("BYHOUR") {
        let minute = parts.remove("BYMINUTE").unwrap_or("0".into());
        times.extend(hours.split(',').map(|hour| format!("{hour:0>2}:{minute:0>2}")));
    }
    times.sort();
    let every: u32 = parts.remove("INTERVAL").and_then(|n| n.parse().ok()).unwrap_or(1);
    let freq = parts.remove("FREQ")?;
    let (freq, every) = match (freq.as_str(), every) {
        ("DAILY", 1) if parts.contains_key("BYDAY") => ("WEEKLY", 1),
        ("DAILY", n) if n % 7 == 0 => ("WEEKLY", n / 7),
        ("MONTHLY", n) if n % 12 == 0 => ("YEARLY", n / 12),
        (freq, n) => (freq, n),
    };
    let text = |key: &str| value[key].as_str().unwrap_or_default().to_owned();
    let lasts = seconds(&text("duration")).1;
    let rest = (text("calendar"), text("tz"), text("start"), lasts);
    Some(format!("{freq} {every} {parts:?} {times:?} {rest:?}"))
}

/// Prints the scores by kind; holds the least share that is right and the most that are wrong.
fn hold(set: Set, lang: &str, right_min: usize, wrong_max: usize) {
    let Some(cases) = cases(set, lang) else { return };
    let mut table: BTreeMap<(String, Score), usize> = BTreeMap::new();
    let mut wrong = Vec::new();
    for case in &cases {
        let (score, line) = score(case);
        let kind = case["kind"].as_str().unwrap_or_default().to_owned();
        *table.entry((kind, score)).or_default() += 1;
        if matches!(score, Score::Wrong | Score::Missed) {
            wrong.push(line);
        }
    }
    for ((kind, score), count) in &table {
        println!("{lang} {kind}: {score:?} {count}");
    }
    let count = |wanted: Score| {
        table.iter().filter(|((_, score), _)| *score == wanted).map(|(_, n)| n).sum::<usize>()
    };
    let (right, all) = (count(Score::Right), cases.len());
    println!("{lang}: {right} of {all} right, {} wrong or missed", wrong.len());
    assert!(wrong.len() <= wrong_max, "{} misreadings\n{}", wrong.len(), wrong.join("\n"));
    assert!(right >= right_min, "only {right} of {all} right");
}

// What is not right is listed with its reason in docs/time.md.
#[test]
fn chinese_times_are_read_by_the_conventions() {
    hold(Set::Own, "zh", 328, 1);
    hold(Set::Shared, "zh", 570, 1);
}

#[test]
fn english_times_are_read_by_the_conventions() {
    hold(Set::Own, "en", 467, 2);
    hold(Set::Shared, "en", 525, 2);
}

#[test]
fn no_prefix_of_any_case_panics() {
    let sets = [(Set::Own, "zh"), (Set::Own, "en"), (Set::Shared, "zh"), (Set::Shared, "en")];
    for case in sets.into_iter().filter_map(|(set, lang)| cases(set, lang)).flatten() {
        let zone = case["tz"].as_str().and_then(|zone| zone.parse().ok()).expect("a zone");
        let reference = reference(case["now"].as_str().expect("a now"), zone);
        let text = case["text"].as_str().expect("a text");
        for (end, _) in text.char_indices() {
            when::find(&text[..end], reference);
            every::find(&text[end..], reference);
        }
    }
}
