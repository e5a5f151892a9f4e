//! An object of JSON a line as messages: our own exports, and whatever else has time, sender and
//! text.

use serde_json::{Map, Value};

use super::row::{Fields, Read};
use crate::model::import::Why;

/// Under what names things stand.
const TIME: [&str; 6] = ["at", "time", "date", "sent_at", "timestamp", "时间"];
const WHO: [&str; 6] = ["who", "sender", "from", "name", "author", "发言人"];
const TEXT: [&str; 4] = ["text", "content", "message", "内容"];
/// The lines in which an export says something of itself.
const FACTS: [&str; 2] = ["export", "end"];

/// The messages of a file with the numbers of their lines.
pub fn read(text: &str) -> Read {
    let mut found = Vec::new();
    for (row, line) in (1..).zip(text.lines()) {
        if line.trim().is_empty() {
            continue;
        }
        match serde_json::from_str::<Map<String, Value>>(line) {
            Ok(object) if is_facts(&object) => {}
            Ok(object) => found.push((row, Ok(fields(&object)))),
            Err(_) => found.push((row, Err(Why::NoObject))),
        }
    }
    found
}

fn is_facts(object: &Map<String, Value>) -> bool {
    let mut entries = object.iter();
    let first = entries.next();
    let only = first.filter(|_| entries.next().is_none());
    only.is_some_and(|(name, value)| FACTS.contains(&name.as_str()) && value.is_object())
}

fn fields(object: &Map<String, Value>) -> Fields {
    let first = |names: &[&str]| names.iter().find_map(|name| object.get(*name));
    let text = |names: &[&str]| first(names).map(plain).unwrap_or_default();
    let tags = match object.get("tags") {
        Some(Value::Array(tags)) => tags.iter().map(plain).collect(),
        Some(Value::String(tag)) => vec![tag.clone()],
        Some(Value::Null | Value::Bool(_) | Value::Number(_) | Value::Object(_)) | None => vec![],
    };
    Fields {
        time: text(&TIME),
        who: text(&WHO),
        text: text(&TEXT),
        id: text(&["id"]),
        tags,
        cabinet: text(&["cabinet"]),
        copied: object.get("copied").and_then(Value::as_bool).unwrap_or_default(),
    }
}

/// A text, or a number as it is written.
fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => String::new(),
    }
}
