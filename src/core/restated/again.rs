//! What is said to the card of a record that needs no number: told again (`10分钟后再提醒我`), shown,
//! taken back, told before its time.

use crate::command::{Invocation, ParseError};
use crate::core::turn::Turn;
use crate::text::fold::fold;
use crate::text::when;

/// Asks to be told once more. Longer spellings first.
const AGAIN: &[&str] = &[
    "再提醒我一次",
    "再提醒一次",
    "再提醒我一下",
    "再提醒一下",
    "再提醒我",
    "再提醒",
    "再叫我",
    "再通知我",
    "再喊我",
    "再说",
    "提醒我一下",
    "提醒我",
    "叫我",
    "remind me again",
    "remind me",
    "tell me again",
    "again",
];

/// A while that is not said. Longer spellings first.
const LATER: &[&str] = &[
    "过一会儿",
    "过会儿",
    "过一会",
    "待会儿",
    "待会",
    "等会儿",
    "等会",
    "等一下",
    "晚点",
    "稍后",
    "later",
];

/// Asks for what a card is about.
const SHOWS: &[&str] = &[
    "看一下",
    "看看",
    "看下",
    "详情",
    "详细",
    "怎么样了",
    "怎么样",
    "咋样了",
    "进展如何",
    "进度如何",
    "谁在做",
    "谁负责",
    "谁在跟",
    "details",
    "show",
    "status",
    "who is on it",
    "how is it going",
];

/// Where the record of a card is simply shown, taken back or told before its time.
pub fn of_record(
    turn: &Turn,
    record: &str,
    text: &str,
    whole: &Result<Invocation, ParseError>,
) -> Option<String> {
    let lower = text.to_lowercase();
    let said = lower.trim_matches(|c: char| c.is_whitespace() || "。.！!吧?？".contains(c));
    if SHOWS.contains(&said) && !record.starts_with('M') {
        // With the word before it, so that the answer is in its language.
        let noun = turn.core.catalogue.noun_of(record.chars().next()?)?;
        let noun = if said.is_ascii() { &noun.en.name } else { &noun.zh.name };
        return Some(format!("{noun} {record}"));
    }
    // `撤销` to a card takes back what was done to its record, and nothing else.
    if let Ok(read) = whole
        && read.word == "undo"
        && read.args.handles.is_empty()
        && read.args.content.is_empty()
    {
        return Some(format!("{} {record}", read.typed));
    }
    let ahead = said.starts_with("提前") && said.contains("提醒");
    let ahead = ahead || said.starts_with("remind me") && said.ends_with("before");
    (ahead && record.starts_with(['T', 'J']))
        .then(|| format!("{record} {}", said.trim_end_matches('我').replace("remind me", "remind")))
}

/// `10分钟后再提醒我`: the reminder that came is put off; of anything else a reminder is made.
pub fn again(
    turn: &mut Turn,
    record: Option<&str>,
    text: &str,
    whole: &Result<Invocation, ParseError>,
) -> Option<String> {
    let makes = |read: &Invocation| read.word == "remind" && read.args.people.is_empty();
    if !whole.as_ref().map_or(true, makes) {
        return None;
    }
    let folded = fold(text).text;
    let said = folded.trim_matches(|c: char| c.is_whitespace() || "。.！!吧,，".contains(c));
    if let Some(record) = record.filter(|record| record.starts_with('J'))
        && LATER.contains(&said)
    {
        return Some(format!("{record} {}", if said.is_ascii() { "snooze" } else { "延后" }));
    }
    let (at, word) = AGAIN.iter().find_map(|word| Some((said.find(word)?, *word)))?;
    let (before, behind) = (said[..at].trim(), said[at + word.len()..].trim());
    let time = [before, behind].join(" ");
    let time = time.trim().trim_start_matches('过').trim_end_matches(['再', '请']).trim();
    let time = time.strip_prefix("in ").unwrap_or(time);
    let put_off = record.filter(|record| record.starts_with('J'));
    let latin = word.is_ascii();
    if let Some(record) = put_off {
        let snooze = if latin { "snooze" } else { "延后" };
        if LATER.contains(&time) {
            return Some(format!("{record} {snooze}"));
        }
        if !is_time(turn, time) {
            return None;
        }
        let whole = when::at_start(time, turn.reference()) == Some(time.len());
        let distance = time.strip_suffix("之后").or_else(|| time.strip_suffix('后'));
        let distance = distance.or((!whole).then_some(time));
        return Some(match distance {
            Some(distance) => format!("{record} {snooze} {distance}"),
            None if latin => format!("{record} {snooze} {time}"),
            None => format!("{record} {snooze} 到 {time}"),
        });
    }
    let again = word.starts_with('再') || word.ends_with("again");
    let remind = if latin { "remind me" } else { "提醒我" };
    let whole = when::at_start(time, turn.reference()) == Some(time.len());
    let (after, within) = if whole { ("", "") } else { ("后", "in ") };
    (again && is_time(turn, time)).then(|| match latin {
        true => format!("{remind} {within}{time}"),
        false => format!("{remind} {time}{after}"),
    })
}

/// Whether a text is a time, or a distance, and nothing else.
pub fn is_time(turn: &Turn, text: &str) -> bool {
    let whole = |text: &str| when::at_start(text, turn.reference()) == Some(text.len());
    !text.is_empty() && (whole(text) || whole(&format!("{text}后")) || whole(&format!("in {text}")))
}
