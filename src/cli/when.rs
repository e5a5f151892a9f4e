//! `steward when`: JSON lines with texts in, JSON lines with the times in them out. For tools and
//! for measuring; the shapes are in docs/time.md.

use std::io::{BufRead, Write};

use chrono::NaiveDateTime;
use chrono_tz::Tz;
use serde::Deserialize;
use serde_json::{Map, Value, json};

use crate::model::{Calendar, Recurrence, Timestamp};
use crate::text::every;
use crate::text::when::{Amount, Meaning, Part, Range, Reference, read};

/// A line of input; other fields are passed over.
#[derive(Debug, Deserialize)]
struct Question {
    #[serde(default)]
    id: Value,
    text: String,
    /// The wall clock in `tz`.
    now: String,
    tz: Tz,
    /// `due` (a deadline, the default) or `query` (a stretch of records).
    #[serde(default, rename = "use")]
    purpose: String,
}

/// Answers each line of `input`; a line that is no question is answered with an `error`.
pub fn answer_all(input: impl BufRead, mut output: impl Write) -> std::io::Result<()> {
    for line in input.lines() {
        let line = line?;
        if !line.trim().is_empty() {
            writeln!(output, "{}", answer(&line))?;
        }
    }
    output.flush()
}

/// The answer to one line.
pub fn answer(line: &str) -> Value {
    let question: Question = match serde_json::from_str(line) {
        Ok(question) => question,
        Err(error) => return json!({ "error": error.to_string() }),
    };
    let formats = ["%Y-%m-%dT%H:%M:%S", "%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M:%S"];
    let now = formats.iter().find_map(|f| NaiveDateTime::parse_from_str(&question.now, f).ok());
    let Some(now) = now else {
        return json!({ "id": question.id, "error": "now is no date and time" });
    };
    let zone = question.tz;
    let reference = Reference::usual(Timestamp::from_local(now, zone), zone);
    let found = read(&question.text, reference, question.purpose == "query");
    let mut answer = Map::new();
    answer.insert("id".into(), question.id);
    let meaning = found.as_ref().map(|(_, meaning)| meaning);
    let (kind, expected) = match meaning {
        Some(Meaning::Choices(all)) => {
            let all: Vec<Value> = all.iter().map(|one| shape(one, zone).1).collect();
            let best = all.first().cloned().unwrap_or_else(nothing);
            answer.insert("choices".into(), all.into());
            ("ambiguous", best)
        }
        Some(meaning) => shape(meaning, zone),
        None => ("none", nothing()),
    };
    answer.insert("kind".into(), kind.into());
    answer.insert("expected".into(), expected);
    if let Some((span, _)) = found.as_ref().filter(|_| kind != "none") {
        answer.insert("span".into(), question.text.get(span.clone()).into());
    }
    if let Some(year) = meaning.and_then(|meaning| unknown_year(meaning, zone)) {
        answer.insert("note".into(), format!("{year}年的放假安排还没公布").into());
    }
    answer.into()
}

fn nothing() -> Value {
    json!({ "value": null })
}

/// The year beyond the official days off that a meaning reaches into, if that matters.
fn unknown_year(meaning: &Meaning, zone: Tz) -> Option<i32> {
    use chrono::Datelike;
    let year = match meaning {
        Meaning::Instant(at, _) => at.day(zone).year(),
        Meaning::Date(day) => day.year(),
        Meaning::Range(Range { from: Some(from), .. }) => from.day(zone).year(),
        Meaning::Range(Range { from: None, .. })
        | Meaning::Length(_)
        | Meaning::Every(_)
        | Meaning::Choices(_)
        | Meaning::Never => return None,
    };
    let calendar = Calendar::official();
    (!calendar.is_known(year) && calendar.is_known(year - 1)).then_some(year)
}

fn shape(meaning: &Meaning, zone: Tz) -> (&'static str, Value) {
    match meaning {
        Meaning::Instant(at, seconds) => {
            let wall = at.local(zone);
            let exact = *seconds || wall.format("%S").to_string() != "00";
            let (form, granularity) =
                if exact { ("%Y-%m-%dT%H:%M:%S", "second") } else { ("%Y-%m-%dT%H:%M", "minute") };
            let value = wall.format(form).to_string();
            ("instant", json!({ "value": value, "granularity": granularity }))
        }
        Meaning::Date(day) => {
            ("instant", json!({ "value": day.to_string(), "granularity": "day" }))
        }
        Meaning::Range(range) => ("range", range_shape(range, zone)),
        Meaning::Length(amount) => ("duration", json!({ "value": iso(*amount) })),
        Meaning::Every(every) => ("recurrence", every_shape(every, zone)),
        Meaning::Choices(all) => all.first().map_or(("none", nothing()), |one| shape(one, zone)),
        Meaning::Never => ("none", nothing()),
    }
}

fn range_shape(range: &Range, zone: Tz) -> Value {
    let at =
        |at: Option<Timestamp>| at.map(|at| at.local(zone).format("%Y-%m-%dT%H:%M:%S").to_string());
    let mut shape = json!({ "start": at(range.from), "end": at(range.to) });
    let part = range.part.and_then(|part| match part {
        Part::Dawn => Some("dawn"),
        Part::Am | Part::Morning => Some("morning"),
        Part::Pm | Part::Afternoon => Some("afternoon"),
        Part::Evening | Part::Midnight => Some("evening"),
        Part::Noon | Part::All => None,
    });
    if let Some(part) = part {
        shape["daypart"] = part.into();
    }
    if let Some(seconds) = range.fuzzy_s {
        shape["fuzzy"] = if seconds >= 86_400 { "P1D" } else { "PT1M" }.into();
    }
    shape
}

/// A length as ISO 8601 writes it.
fn iso(amount: Amount) -> String {
    let mut text = String::from("P");
    for (count, letter) in
        [(amount.months / 12, 'Y'), (amount.months % 12, 'M'), (amount.days, 'D')]
    {
        if count > 0 {
            text.push_str(&format!("{count}{letter}"));
        }
    }
    let seconds = amount.seconds;
    if seconds > 0 || text.len() == 1 {
        text.push('T');
        for (count, letter) in
            [(seconds / 3_600, 'H'), (seconds / 60 % 60, 'M'), (seconds % 60, 'S')]
        {
            if count > 0 || seconds == 0 && letter == 'S' {
                text.push_str(&format!("{count}{letter}"));
            }
        }
    }
    text
}

fn every_shape(every: &Recurrence, zone: Tz) -> Value {
    let time = |time: &chrono::NaiveTime| time.format("%H:%M").to_string();
    let times: Vec<String> = every.times.iter().map(time).collect();
    let mut shape = json!({ "rrule": every::rrule(every), "times": times });
    if let crate::model::recurrence::Rule::Cron(expression) = &every.rule {
        shape = json!({ "cron": expression });
    }
    if every.rule == crate::model::recurrence::Rule::Workdays {
        shape["calendar"] = "cn_workday".into();
    }
    if every.zone != zone {
        shape["tz"] = every.zone.name().into();
    }
    if let Some(from) = every.from {
        shape["start"] = from.to_string().into();
    }
    if let Some(seconds) = every.duration_s {
        shape["duration"] = iso(Amount { seconds, ..Amount::default() }).into();
    }
    if let Some((from, to)) = &every.window {
        shape["window"] = json!([time(from), time(to)]);
    }
    if !every.except.is_empty() {
        let days: Vec<String> = every.except.iter().map(|day| day.to_string()).collect();
        shape["except"] = days.into();
    }
    shape
}
