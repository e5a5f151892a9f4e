//! A stretch of the past in words: `上周`, `12月3日`, `last month`. What is no such stretch is
//! a word like any other.

use std::ops::Range;

use super::refusal::Refusal;
use crate::model::Timestamp;
use crate::text::when::{self, Meaning, Reference};

/// Stands where a phrase was: no word and no date goes across.
pub const BARRIER: char = '\u{1}';

/// How days and stretches begin that tell when something was said, also where they are glued to
/// a word (`上周合同`); any other date is one only where it stands by itself.
const TELLING: [&str; 27] = [
    "昨",
    "前天",
    "今天",
    "今早",
    "今日",
    "上周",
    "上个",
    "上月",
    "上星期",
    "上礼拜",
    "本周",
    "本月",
    "这周",
    "这个",
    "这几",
    "最近",
    "近",
    "过去",
    "去年",
    "今年",
    "yesterday",
    "today",
    "last",
    "this",
    "past",
    "previous",
    "recent",
];

/// One hour: what somebody who names a time means by it.
const HOUR_MS: i64 = 3_600_000;

/// A stretch of the past in a text, and where it stands. A number, a length and what repeats are
/// words like any other; a day that does not exist is refused.
#[expect(clippy::type_complexity, reason = "a place and the two ends of a stretch")]
pub fn stretch(
    text: &str,
    reference: Reference,
) -> Result<Option<(Range<usize>, Option<Timestamp>, Option<Timestamp>)>, Refusal> {
    let Some((span, meaning)) = when::read(text, reference, true) else { return Ok(None) };
    let said = &text[span.clone()];
    let apart = |c: Option<char>| c.is_none_or(|c| c.is_whitespace() || c == BARRIER);
    let alone = apart(text[..span.start].chars().next_back())
        && apart(text[span.end..].trim_start_matches('的').chars().next());
    let lower = said.to_lowercase();
    let telling = TELLING.iter().any(|word| lower.starts_with(word));
    // 12.5 and 3/4 are numbers before they are days.
    let named = said.chars().any(char::is_alphabetic) || said.matches('-').count() == 2;
    if !(telling || alone && named) {
        return Ok(None);
    }
    let ends = match first(meaning) {
        Meaning::Date(day) => {
            let start = |day: chrono::NaiveDate| {
                Timestamp::from_local(day.and_time(chrono::NaiveTime::MIN), reference.zone)
            };
            (Some(start(day)), day.succ_opt().map(start))
        }
        Meaning::Instant(at, _) => (Some(at), Some(at.plus_ms(HOUR_MS))),
        Meaning::Range(range) if !range.bare => (range.from, range.to),
        Meaning::Range(_) | Meaning::Length(_) | Meaning::Every(_) | Meaning::Choices(_) => {
            return Ok(None);
        }
        Meaning::Never => {
            let part = said.trim().to_owned();
            return Err(Refusal::NotUnderstood { word: "find".into(), part });
        }
    };
    Ok(Some((span, ends.0, ends.1)))
}

/// The stretch of the past that a text is, if it is nothing else.
pub fn past(text: &str, at: Reference) -> Option<(Option<Timestamp>, Option<Timestamp>)> {
    let text = text.trim();
    let (span, from, to) = stretch(text, at).ok()??;
    (span == (0..text.len())).then_some((from, to))
}

/// The likeliest of several meanings.
fn first(meaning: Meaning) -> Meaning {
    match meaning {
        Meaning::Choices(all) => all.into_iter().next().map_or(Meaning::Never, first),
        other => other,
    }
}
