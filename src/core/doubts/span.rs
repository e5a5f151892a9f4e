//! From one day of the week to another, `周三到周五每天9点`: this time, or every week? From Monday to
//! Friday is said of every week.

use chrono::{Datelike, Days, Weekday};

use super::typed::{REMIND, reminder, without};
use crate::command::Invocation;
use crate::core::refusal::Refusal;
use crate::core::turn::Turn;
use crate::model::Recurrence;
use crate::model::recurrence::Rule;
use crate::text::every;
use crate::text::when::When;

/// What joins the two days.
const TO: [&str; 9] = ["到", "至", "~", "～", "—", "-", " to ", " through ", " thru "];

/// Says that every week is meant.
const WEEKLY: [&str; 12] = [
    "每周",
    "每个周",
    "每星期",
    "每个星期",
    "每礼拜",
    "每个礼拜",
    "周周",
    "every",
    "each",
    "weekly",
    "days to",
    "days -",
];

/// Both days of a weekend, which are not read beside an hour.
const WEEKEND: [&str; 5] = ["周末两天", "周末这两天", "周末双休", "双休日", "both weekend days"];

/// `周末两天早上8点`: this weekend, or each?
fn weekend(turn: &Turn, invocation: &Invocation) -> Option<Refusal> {
    let args = &invocation.args;
    let said = WEEKEND.iter().find(|word| args.content.contains(**word))?;
    let Some(When::Instant(at)) = &args.when else { return None };
    let weekly = every::whole("每周六、日9:00", turn.reference())?;
    let times = vec![at.local(turn.zone()).time()];
    let weekly = Recurrence { times, ..weekly };
    let sunday =
        turn.today() + Days::new(u64::from(Weekday::Sun.days_since(turn.today().weekday())));
    let once = Recurrence {
        rule: Rule::Daily,
        from: Some((sunday - Days::new(1)).max(turn.today())),
        until: Some(sunday),
        ..weekly.clone()
    };
    let content = without(&args.content, said);
    let lines = [&once, &weekly].map(|every| reminder(invocation, every, &content));
    Some(Refusal::Which { part: (*said).to_owned(), lines: lines.to_vec() })
}

/// Asked where no week was said.
pub fn span(turn: &mut Turn, invocation: &Invocation) -> Option<Refusal> {
    let args = &invocation.args;
    if invocation.word == REMIND
        && let Some(refusal) = weekend(turn, invocation)
    {
        return Some(refusal);
    }
    let every = args.every.as_ref().filter(|_| invocation.word == REMIND && args.lead.is_none())?;
    let Rule::Weekly(days) = &every.rule else { return None };
    let (first, last) = (*days.first()?, *days.last()?);
    let ahead = u64::from(last.days_since(first));
    let run = days.len() as u64 == ahead + 1 && days.len() > 1;
    let workdays = (first, last) == (Weekday::Mon, Weekday::Fri);
    let lower = invocation.line.to_ascii_lowercase();
    let weekly = workdays || days.len() > 6 || WEEKLY.iter().any(|word| lower.contains(word));
    let plain = every.from.is_none() && every.until.is_none() && every.count.is_none();
    if !run || weekly || !plain || !TO.iter().any(|to| lower.contains(to)) {
        return None;
    }
    let today = turn.today();
    let monday = today - Days::new(u64::from(today.weekday().num_days_from_monday()));
    let of_week =
        |monday: chrono::NaiveDate| monday + Days::new(u64::from(first.num_days_from_monday()));
    let mut from = of_week(monday);
    let mut until = from + Days::new(ahead);
    if until < today {
        (from, until) = (from + Days::new(7), until + Days::new(7));
    }
    let daily = Recurrence {
        rule: Rule::Daily,
        from: Some(from.max(today)),
        until: Some(until),
        ..every.clone()
    };
    let lines = [&daily, every].map(|every| reminder(invocation, every, &args.content));
    let said = said(&invocation.line)?;
    Some(Refusal::Which { part: said, lines: lines.to_vec() })
}

/// The two days as they were said.
fn said(line: &str) -> Option<String> {
    if line.is_ascii() {
        let day = |word: &str| {
            let word = word.get(..3).unwrap_or_default().to_ascii_lowercase();
            ["mon", "tue", "wed", "thu", "fri", "sat", "sun"].contains(&word.as_str())
        };
        let words: Vec<&str> = line.split(' ').collect();
        let (from, to) = (words.iter().position(|w| day(w))?, words.iter().rposition(|w| day(w))?);
        return Some(words[from..=to].join(" "));
    }
    let at = ["周", "星期", "礼拜"].iter().filter_map(|week| line.find(week)).min()?;
    let end = line[at..].find(|c: char| c.is_whitespace() || "每天日上下早晚中，,".contains(c));
    let end = end.map_or(line.len(), |end| at + end);
    Some(line[at..end].to_owned()).filter(|said| TO.iter().any(|to| said.contains(to)))
}
