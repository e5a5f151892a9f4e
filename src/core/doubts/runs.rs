//! So many days in a row: `连着吃5天药`, `for 5 days in a row`. Once is not what was said, nor for ever.

use std::ops::Range;

use super::typed::{REMIND, TASK, count, reminder, without};
use crate::command::Invocation;
use crate::core::refusal::Refusal;
use crate::core::turn::Turn;
use crate::model::{Lang, Recurrence};
use crate::text::every;
use crate::text::when::When;

/// Begins a run of days in Chinese. Longer spellings first.
const RUNS: [&str; 7] = ["接连着", "连续", "连着", "一连", "接连", "连", "坚持"];

/// Most characters of what is done between that and how many days: 连着吃5天.
const DEED_CHARS_MAX: usize = 2;

/// What is counted.
const DAYS: [&str; 3] = ["天", "日", "晚"];

/// Behind how many days in English. Longer spellings first.
const IN_A_ROW: [&str; 5] =
    [" days in a row", " days running", " days straight", " days on end", " consecutive days"];

/// Before how many days that are next.
const NEXT: [&str; 4] =
    ["for the next ", "over the next ", "for the following ", "for the coming "];

/// A run of days as it was said.
#[derive(Debug, PartialEq, Eq)]
struct Run {
    span: Range<usize>,
    days: u32,
    /// What is done, in the middle of it: 吃.
    deed: Option<Range<usize>>,
}

/// Asked where nothing bounds what repeats, or nothing repeats.
pub fn runs(turn: &mut Turn, invocation: &Invocation) -> Option<Refusal> {
    let args = &invocation.args;
    let line = invocation.line.as_str();
    let run = chinese(line).or_else(|| english(line))?;
    let bounded = |every: &Recurrence| every.until.is_some() || every.count.is_some();
    if args.every.as_ref().is_some_and(bounded) || !args.content.contains(&line[run.span.clone()]) {
        return None;
    }
    let daily = every::whole("每天9:00", turn.reference())?;
    let (times, from) = match &args.when {
        Some(When::Instant(at)) => {
            let wall = at.local(turn.zone());
            let later = wall.date() > turn.today().succ_opt()?;
            (vec![wall.time()], Some(wall.date()).filter(|_| later))
        }
        Some(When::Date(day)) => (daily.times.clone(), Some(*day)),
        Some(_) => return None,
        None => (daily.times.clone(), None),
    };
    let times = args.every.as_ref().map_or(times, |every| every.times.clone());
    let every = Recurrence { times, from, count: Some(run.days), ..daily };
    let said = line[run.span.clone()].to_owned();
    let mut content = without(&args.content, &said);
    // 吃药，连着吃5天 says what is done twice; 连着吃5天药 says it there alone.
    if let Some(deed) = run.deed.map(|deed| &line[deed])
        && !content.contains(deed)
    {
        content = format!("{deed}{content}");
    }
    if content.is_empty() {
        return None;
    }
    let mut lines = vec![reminder(invocation, &every, &content)];
    if invocation.word == TASK && line.contains(&args.content) {
        let (open, close) = if invocation.lang == Lang::Zh { ("「", "」") } else { ("\"", "\"") };
        lines.push(line.replacen(&args.content, &format!("{open}{}{close}", args.content), 1));
    }
    debug_assert!([REMIND, TASK].contains(&invocation.word.as_str()));
    Some(Refusal::Which { part: said, lines })
}

fn chinese(line: &str) -> Option<Run> {
    if !line.contains(['连', '坚']) {
        return None;
    }
    RUNS.iter().find_map(|word| {
        let at = line.find(word)?;
        let from = at + word.len();
        let begins = line[from..].char_indices().map(|(at, _)| from + at).take(DEED_CHARS_MAX + 1);
        begins.into_iter().find_map(|number| {
            let (days, rest) = count(&line[number..])?;
            let rest = DAYS.iter().find_map(|unit| rest.strip_prefix(unit))?;
            let deed = Some(from..number).filter(|deed| !deed.is_empty());
            // 连 alone begins many words.
            let plain = !rest.starts_with(['的', '前', '后', '内', '假', '班']);
            let alone = *word != "连" || deed.is_some() || line[..at].ends_with([' ', '，', ',']);
            let run = Run { span: at..line.len() - rest.len(), days, deed };
            (plain && alone && days > 1).then_some(run)
        })
    })
}

fn english(line: &str) -> Option<Run> {
    if !line.contains(" days") {
        return None;
    }
    let lower = line.to_ascii_lowercase();
    let row = IN_A_ROW.iter().find_map(|row| {
        let at = lower.find(row)?;
        Some((at, at + row.len()))
    });
    let next = || {
        let from = NEXT.iter().find_map(|next| lower.find(next).map(|at| at + next.len()))?;
        let at = from + lower[from..].find(" days")?;
        Some((at, at + " days".len()))
    };
    let (at, end) = row.or_else(next)?;
    let number = lower[..at].rfind(' ').map_or(0, |at| at + 1);
    let (days, rest) = count(&lower[number..at])?;
    let head = lower[..number].trim_end();
    let lead = ["for the next", "over the next", "for the following", "for the coming", "for"];
    let from = lead.iter().find_map(|lead| Some(head.strip_suffix(lead)?.len()));
    let run = Run { span: from.unwrap_or(number)..end, days, deed: None };
    (rest.is_empty() && days > 1).then_some(run)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_in_a_row_are_found_with_what_is_done() {
        for (line, said, days) in [
            ("任务 连着吃5天药", "连着吃5天", 5),
            ("提醒我吃药 一连三天 晚上9点", "一连三天", 3),
            ("提醒我连续三天早上8点吃药", "连续三天", 3),
            ("remind me to take pills for 5 days in a row", "for 5 days in a row", 5),
            ("remind me at 8am for the next five days", "for the next five days", 5),
        ] {
            let run = chinese(line).or_else(|| english(line)).unwrap_or_else(|| panic!("{line}"));
            assert_eq!((&line[run.span], run.days), (said, days));
        }
        for line in ["任务 整理连续3天的日志", "任务 连云港出差3天", "book a room for 3 days"]
        {
            assert_eq!(chinese(line).or_else(|| english(line)), None, "{line}");
        }
    }
}
