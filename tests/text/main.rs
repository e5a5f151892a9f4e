//! Dates and recurrences as members type them: tables of claims, the shared fixtures, and random
//! lines.

mod bounds;
mod dates;
mod fixtures;
mod misread;
mod printing;
mod recurrences;
mod repeats;
mod rivals;
mod robust;

use chrono::NaiveDateTime;
use chrono_tz::Tz;
use steward::model::{Lang, Timestamp};
use steward::text::every;
use steward::text::when::{Reference, When};

/// A Friday morning.
const NOW: &str = "2026-11-20T10:00";

fn wall(text: &str) -> NaiveDateTime {
    let text = if text.len() == 16 { format!("{text}:00") } else { text.to_owned() };
    NaiveDateTime::parse_from_str(&text, "%Y-%m-%dT%H:%M:%S").expect("a wall clock")
}

fn reference(now: &str, zone: Tz) -> Reference<'static> {
    Reference::usual(Timestamp::from_local(wall(now), zone), zone)
}

/// `(text, the recurrence as it is read back)`; nothing where there is none, or it may not be kept.
fn read_back(cases: &[(&str, &str)]) {
    let mut wrong = Vec::new();
    for (text, expected) in cases {
        let found = every::find(text, reference(NOW, chrono_tz::Asia::Shanghai));
        let got = found.map_or(String::new(), |(_, every)| every::print(&every, Lang::Zh));
        if got != *expected {
            wrong.push(format!("{text}: {got:?}, not {expected:?}"));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

/// A meaning in one short line.
fn show(when: &When, zone: Tz) -> String {
    let short = |at: Timestamp| {
        let text = at.local(zone).format("%Y-%m-%dT%H:%M:%S").to_string();
        text.strip_suffix(":00").map(str::to_owned).unwrap_or(text)
    };
    match when {
        When::Instant(t) => short(*t),
        When::Date(day) => day.to_string(),
        When::Range(from, to) => format!(
            "{}..{}",
            from.map(short).unwrap_or_default(),
            to.map(short).unwrap_or_default()
        ),
        When::Recurrence(every) => every::print(every, Lang::Zh),
        When::Ambiguous(all) => {
            let all: Vec<String> = all.iter().map(|one| show(one, zone)).collect();
            format!("? {}", all.join(" | "))
        }
        When::Impossible(Some(better)) => format!("over, {}", show(better, zone)),
        When::Impossible(None) => "never".to_owned(),
    }
}
