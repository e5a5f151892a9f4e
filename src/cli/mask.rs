//! `steward mask`: JSON lines with texts in, JSON lines with the personal data in them out. For
//! tools and for measuring; the shapes are in docs/masking.md.

use std::io::{BufRead, Write};

use serde::Deserialize;
use serde_json::error::Category;
use serde_json::{Value, json};

use crate::text::mask;

/// A line of input; other fields are passed over.
#[derive(Debug, Deserialize)]
struct Question {
    #[serde(default)]
    id: Value,
    text: String,
}

/// Answers each line of `input`; a line that is no question is answered with an `error`.
pub fn answer_all(input: impl BufRead, mut output: impl Write) -> std::io::Result<()> {
    for line in input.split(b'\n') {
        let line = line?;
        if !line.trim_ascii().is_empty() {
            writeln!(output, "{}", answer(&line))?;
        }
    }
    output.flush()
}

/// The answer to one line. An error says where and repeats nothing: the line may hold what nobody
/// is to see.
pub fn answer(line: &[u8]) -> Value {
    let question: Question = match serde_json::from_slice(line) {
        Ok(question) => question,
        Err(error) => {
            let what = match error.classify() {
                Category::Data => "\"text\" is missing or no string",
                Category::Io | Category::Syntax | Category::Eof => "this is no JSON",
            };
            return json!({ "error": format!("{what} (column {})", error.column()) });
        }
    };
    let masked = mask::read(&question.text);
    let span = |found: &mask::Found| {
        json!({
            "start_char": found.chars.start,
            "end_char": found.chars.end,
            "type": found.kind.name(),
        })
    };
    let spans: Vec<Value> = masked.found.iter().map(span).collect();
    json!({ "id": question.id, "spans": spans, "masked": masked.text })
}
