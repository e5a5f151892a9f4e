//! What a new reminder says, and when it comes: read from what was typed.

use crate::command::asking::takes_back;
use crate::command::{Invocation, joints};
use crate::core::refusal::{Missing, Refusal};
use crate::core::reminded::{TEXT_CHARS_MAX, text};
use crate::core::schedule::EVERY_MS_MIN;
use crate::core::timing::{self, Timing};
use crate::core::turn::Turn;
use crate::model::Recurrence;
use crate::model::reminder::Reminder;
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
    // `16点提醒我，然后17点再提醒我一次，交报表`
    let first = ["然后", "再", "接着"].iter().any(|word| content.starts_with(word));
    let clauses = content.split(['，', ',', '；', ';', '。']);
    let mut clauses = clauses.skip(usize::from(!first));
    clauses.find(also).map(|clause| clause.trim().to_owned())
}

/// The time that is taken back (`9点，哦不，10点`) or one of several (`at 5 or 6`, `at 8, 12 and 6`):
/// which one holds is not guessed.
pub fn unsure(line: &str, content: &str) -> Option<String> {
    if takes_back(line) {
        return Some(line.to_owned());
    }
    let digit = |rest: &str| rest.trim_start().starts_with(|c: char| c.is_ascii_digit());
    let or = ["or ", "或者", "或", "还是"];
    // `at 9 and 17 every day`, but not 和3家供应商谈价.
    let and = ["and ", "和"].iter().find_map(|and| content.strip_prefix(and));
    let hour = and.is_some_and(|rest| {
        let behind = rest.trim_start_matches(|c: char| c.is_ascii_digit());
        let ends = |c: char| c.is_whitespace() || "点:：".contains(c);
        behind.len() < rest.len() && (behind.is_empty() || behind.starts_with(ends))
    });
    let begins = hour || or.iter().any(|or| content.strip_prefix(or).is_some_and(digit));
    let lower = content.to_lowercase();
    let counted = lower.rsplit_once(" and ").is_some_and(|(head, last)| {
        let before = head.rsplit_once(',').is_some_and(|(_, n)| n.trim().parse::<u8>().is_ok());
        before && last.trim().parse::<u8>().is_ok()
    });
    let at = if counted { content.find(',')? } else { 0 };
    (begins || counted).then(|| content[at..].trim_start_matches([',', ' ']).to_owned())
}

/// Two times of day an edit asks for, `J1 改成早上9点和下午3点`: its words, and what comes at both.
pub fn two_times(
    turn: &Turn,
    invocation: &Invocation,
    before: &Reminder,
) -> Option<(String, Option<Recurrence>)> {
    let every = before.every.as_ref()?;
    let behind = invocation.behind().trim_start_matches(['到', '成', '为', ' ']);
    let (first, rest) = behind.split_at_checked(dates::at_start(behind, turn.reference())?)?;
    let rest = rest.trim_start();
    let next = joints::NAMES.iter().find_map(|joint| rest.strip_prefix(joint))?.trim_start();
    if dates::at_start(next, turn.reference())? != next.len() {
        return None;
    }
    let hours = [first.trim(), next].map(|words| timing::at_another_time(turn, every, words));
    let both = match hours {
        [Some(mut one), Some(other)] => {
            one.times.extend(other.times);
            one.times.sort();
            one.times.dedup();
            Some(one)
        }
        [_, _] => None,
    };
    Some((behind.to_owned(), both))
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
