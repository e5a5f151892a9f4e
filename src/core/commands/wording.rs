//! What a new reminder says, and when it comes: read from what was typed.

use crate::command::Invocation;
use crate::core::refusal::{Missing, Refusal};
use crate::core::reminded::{TEXT_CHARS_MAX, text};
use crate::core::schedule::EVERY_MS_MIN;
use crate::core::timing::{self, Timing};
use crate::core::turn::Turn;
use crate::text::cut;
use crate::text::when as dates;

/// What it is about: what was typed, or the message that is quoted.
pub fn said(content: &str, quoted: Option<String>) -> Result<String, Refusal> {
    match (content.is_empty(), quoted) {
        // What somebody else said at length is cut, not refused.
        (true, Some(said)) => text(&cut::chars(&said, TEXT_CHARS_MAX)),
        (false, _) | (true, None) => text(content),
    }
}

/// When it comes, and the content without what says so.
pub fn when(
    turn: &Turn,
    invocation: &Invocation,
    content: String,
) -> Result<(Timing, String), Refusal> {
    let counted = timing::counted_down(turn, &invocation.typed, &content);
    Ok(
        match timing::typed(turn, &invocation.args, &invocation.line)?
            .map(|t| (t, content.clone()))
            .or(counted)
        {
            Some((timing, rest)) => (timing, alarm_text(turn, invocation, rest)),
            None => {
                let (timing, rest) =
                    timing::timeless(turn, &content)?.ok_or_else(|| no_time(&content))?;
                (timing, rest.strip_prefix("to ").map_or(rest.clone(), str::to_owned))
            }
        },
    )
}

/// What an alarm or a timer says that says nothing else.
fn alarm_text(turn: &Turn, invocation: &Invocation, text: String) -> String {
    let typed = invocation.typed.as_str();
    let named = |words: [&str; 2]| words.iter().any(|word| typed.contains(word));
    let quotes = turn.incoming().is_some_and(|m| m.quoted.is_some());
    match (text.is_empty() && !quotes, named(["闹钟", "alarm"]), timing::is_timer(typed)) {
        (true, true, _) => turn.voice().pick("闹钟", "alarm").to_owned(),
        (true, false, true) => turn.voice().pick("时间到了", "time is up").to_owned(),
        (true | false, _, _) => text,
    }
}

/// The clause that asks for the same at another time: `…，后天也是`. One reminder has one time.
pub fn another_time(turn: &Turn, content: &str) -> Option<String> {
    let also = |clause: &&str| {
        let said = ["也是", "也要", "也提醒", "再提醒", "再叫", "同样", "as well", "too", "again"];
        said.iter().any(|word| clause.to_lowercase().contains(word))
            && dates::find(clause, turn.reference()).is_some()
    };
    let mut clauses = content.split(['，', ',', '；', ';', '。']).skip(1);
    clauses.find(also).map(|clause| clause.trim().to_owned())
}

/// No time was understood: one is missing, or what stands for it is not known.
fn no_time(content: &str) -> Refusal {
    let lower = content.to_lowercase();
    let says = |words: &[&str]| words.iter().any(|word| lower.contains(word));
    if says(&["每秒", "每分钟", "every second", "every minute", "cron * "]) {
        return Refusal::TooOften { minutes: EVERY_MS_MIN / 60_000 };
    }
    if says(&["每", "every ", "each ", "cron "]) {
        return Refusal::NotUnderstood { word: "remind".into(), part: content.to_owned() };
    }
    Refusal::Missing { word: "remind", what: Missing::When }
}
