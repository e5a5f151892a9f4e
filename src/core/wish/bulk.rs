//! The same for all of somebody's tasks: `把王芳的任务都转给韩梅梅`. They are counted and shown first, and
//! the line that does it names each, so that nothing is done to others.

use super::plain::{Bulk, Wish, is_question};
use crate::command::{Args, HANDLES_MAX, Invocation, Shape, guess};
use crate::core::fields;
use crate::core::numbers::TASKS_MAX;
use crate::core::people;
use crate::core::read;
use crate::core::refusal::Refusal;
use crate::core::tables::deadline_at;
use crate::core::turn::Turn;
use crate::model::task::{Named, Task, TaskState};
use crate::model::{Handle, Timestamp};
use crate::store::Order;
use crate::text::fold::fold;
use crate::text::when::{self, When};

/// Before the owner. Longer spellings first.
const BEFORE: [&str; 27] = [
    "把",
    "将",
    "reassign all of",
    "hand all of",
    "move all of",
    "give all of",
    "mark all of",
    "postpone all of",
    "push all of",
    "delay all of",
    "delete all of",
    "cancel all of",
    "reassign",
    "transfer",
    "give",
    "hand",
    "move",
    "mark",
    "postpone",
    "push",
    "delay",
    "snooze",
    "complete",
    "finish",
    "close",
    "delete",
    "cancel",
];

/// Says that all are meant. Longer spellings first.
const ALL: [&str; 16] = [
    "所有的",
    "所有",
    "全部的",
    "全部",
    "没做完的",
    "未完成的",
    "手上的",
    "手头的",
    "名下的",
    "every other",
    "all other",
    "all the",
    "all",
    "open",
    "其他",
    "其余",
];

/// What they are.
const TASKS: [&str; 4] = ["任务", "待办", "tasks", "todos"];

/// Behind them. Longer spellings first.
const EACH: [&str; 10] =
    ["全都", "全部", "都", "全", "统统", "一起", "over", "all ", "is ", "are "];

/// What may be done to all at once; the others are named one by one.
const VERBS: [&str; 6] = ["give", "done", "snooze", "add", "drop", "remove"];

/// What of all is meant.
#[derive(Debug, Default)]
struct Of {
    /// Whose they are.
    whose: Option<String>,
    /// Due on this day or in this stretch.
    due: Option<When>,
    /// Only those that are late.
    late: bool,
    /// All but these.
    but: Vec<Handle>,
    /// Nobody says whose: those of whoever speaks, if there are any.
    own: bool,
}

/// All of somebody's, of a day, or all but some, and what is to be done.
pub fn bulk(turn: &mut Turn, text: &str) -> Option<Wish> {
    let lower = text.to_lowercase();
    let says = |words: &[&str]| words.iter().any(|word| lower.contains(word));
    if !says(&TASKS) && !says(&BUT) && !lower.contains("的都") || is_question(text) {
        return None;
    }
    let names = people::names(turn);
    let folded = fold(text).text;
    let latin = !folded
        .chars()
        .any(|c| ('\u{3400}'..='\u{9fff}').contains(&c) && !names.iter().any(|n| n.contains(c)));
    let mut of = Of::default();
    let rest = but(turn, folded.trim_end_matches(['。', '.', '!', '！']), &mut of.but);
    let led = BEFORE.iter().find_map(|word| Some((*word, rest.strip_prefix(word)?)));
    let verb = led.map(|(word, _)| word).filter(|word| word.is_ascii());
    let mut rest = led.map_or(rest, |(_, rest)| rest).trim_start();
    rest = rest.trim_start_matches(['@', ' ']);
    let mut all = !of.but.is_empty() || folded.contains(" all of ");
    let me = turn.acting.actor.clone()?;
    // In any order: 李雷今天的任务, 所有逾期的任务.
    for _ in 0..PARTS_MAX {
        rest = rest.trim_start_matches([' ', '的']);
        rest = rest.strip_prefix("'s ").unwrap_or(rest);
        let named = names
            .iter()
            .find_map(|name| Some((name.clone(), rest.strip_prefix(&*fold(name).text)?)));
        let mine = ["我的", "我", "my"]
            .iter()
            .find_map(|word| Some((me.name.clone(), rest.strip_prefix(word)?)));
        if let Some((name, behind)) = named.or(mine).filter(|_| of.whose.is_none()) {
            (of.whose, rest) = (Some(name), behind);
        } else if let Some(behind) = ALL.iter().find_map(|word| rest.strip_prefix(word)) {
            (rest, all) = (behind, true);
        } else if let Some(behind) = LATE.iter().find_map(|word| rest.strip_prefix(word)) {
            (rest, all, of.late) = (behind, true, true);
        } else if let Some((due, behind)) = due(turn, rest).filter(|_| of.due.is_none()) {
            (rest, all, of.due) = (behind, true, Some(due));
        } else {
            break;
        }
    }
    let tasks = TASKS.iter().find_map(|word| rest.strip_prefix(word));
    rest = match (tasks, of.but.is_empty()) {
        (Some(rest), _) => rest,
        // `除了T1其他都完成了`
        (None, false) => rest,
        // `李雷的都转给王芳`
        (None, true) if of.whose.is_some() && rest.starts_with('都') => rest,
        (None, true) => return None,
    };
    rest = rest.trim_start_matches([' ', '，', ',']);
    let mut each = led.is_some();
    while let Some(shorter) = EACH.iter().find_map(|word| rest.strip_prefix(word)) {
        // `任务都做完了`: one's own, if there are any.
        of.own |= !all && !shorter.is_ascii();
        (rest, each) = (shorter.trim_start(), true);
    }
    if !all && !of.own && (of.whose.is_none() || !each) {
        return None;
    }
    // Names are said as they were typed.
    let same = folded.len() == text.len() && folded.ends_with(rest);
    let typed = text.get(text.len() - rest.len().min(text.len())..).filter(|_| same);
    let typed = typed.unwrap_or(rest).trim();
    let action = match verb {
        Some(verb) => english(turn, verb, typed)?,
        None => whole_action(turn, typed)?,
    };
    made(turn, &of, &action, latin)
}

/// Most parts before the word for tasks.
const PARTS_MAX: usize = 5;

/// Begins what is left out. Longer spellings first.
const BUT: [&str; 8] = [
    "除了",
    "除去",
    "除",
    "everything except",
    "everything but",
    "all except",
    "all but",
    "except",
];

/// Are late.
const LATE: [&str; 6] = ["已经逾期", "逾期了", "逾期", "过期", "超期", "overdue"];

/// The text behind the records that are left out: `除了T1，其他任务都完成了`, `all done except T1`.
fn but<'t>(turn: &Turn, text: &'t str, gone: &mut Vec<Handle>) -> &'t str {
    let Some((at, word)) = BUT.iter().find_map(|word| Some((text.find(word)?, *word))) else {
        return text;
    };
    let rest = text[at + word.len()..].trim_start();
    let loose = |c: char| c.is_whitespace() || "、,，和与".contains(c);
    let mut end = rest;
    while let Some(behind) = end.trim_start_matches(loose).strip_prefix(['t', 'T']) {
        let digits = behind.len() - behind.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let Ok(number) = behind[..digits].parse() else { break };
        gone.push(Handle { letter: 'T', number });
        end = &behind[digits..];
    }
    let known = turn.core.catalogue.noun_of('T').is_some();
    if gone.is_empty() || !known {
        gone.clear();
        return text;
    }
    for word in ["以外", "之外", "外"] {
        end = end.strip_prefix(word).unwrap_or(end);
    }
    end = end.trim_start_matches([' ', '，', ',', '的']);
    for word in ["其他的", "其它的", "其余的", "剩下的", "其他", "其它", "其余", "别的"]
    {
        end = end.strip_prefix(word).unwrap_or(end);
    }
    match at {
        0 => end,
        // What is left out stands last.
        _ => text[..at].trim_end_matches([' ', ',', '，']),
    }
}

/// The day or stretch that a text begins with, before 的 or the word for tasks.
fn due<'t>(turn: &Turn, text: &'t str) -> Option<(When, &'t str)> {
    let ends = TASKS.iter().chain(&["的", "'s "]).filter_map(|word| text.find(word));
    let (said, rest) = text.split_at(ends.min()?);
    let found = when::find(said.trim(), turn.reference())?;
    let looks = matches!(found.when, When::Date(_) | When::Range(..));
    // 1号任务 is T1.
    let numbered = said.trim_end().ends_with('号') && !rest.starts_with('的');
    (looks && !numbered && found.span == (0..said.trim().len())).then_some((found.when, rest))
}

/// What is done to each, as it would be typed behind a number: `都推一天` puts off by a day.
fn whole_action(turn: &mut Turn, action: &str) -> Option<String> {
    let line = format!("T1 {action}");
    match read::read(turn, &line) {
        Ok(_) => Some(action.to_owned()),
        Err(error) => {
            let lines = guess::meant(&turn.core.catalogue, &error, &line, turn.reference());
            lines.first()?.strip_prefix("T1 ").map(str::to_owned)
        }
    }
}

/// `move … to Monday`, `mark … as done`: the same where the verb stood before them.
fn english(turn: &mut Turn, verb: &str, behind: &str) -> Option<String> {
    let verb = verb.trim_end_matches(" all of");
    let line = match verb {
        "mark" => behind.strip_prefix("as ").unwrap_or(behind).to_owned(),
        "complete" | "finish" | "close" if behind.is_empty() => "done".to_owned(),
        "delete" | "remove" | "cancel" if behind.is_empty() => "remove".to_owned(),
        "postpone" | "push" | "delay" | "snooze" => {
            format!("postpone {}", behind.strip_prefix("by ").unwrap_or(behind))
        }
        "reassign" | "transfer" | "hand" | "move" | "give" => match behind.strip_prefix("to ") {
            Some(whom) if people::is_known(turn, whom.trim_start_matches('@')) => {
                format!("give {whom}")
            }
            Some(when) => format!("postpone to {when}"),
            None => return None,
        },
        _ => return None,
    };
    read::read(turn, &format!("T1 {line}")).ok().map(|_| line)
}

/// The message that does it, if it is something that may be done to all at once.
fn made(turn: &mut Turn, meant: &Of, action: &str, latin: bool) -> Option<Wish> {
    let of = meant.whose.clone();
    let one = read::read(turn, &format!("T1 {action}")).ok()?;
    let Shape::Act(_, verb) = &one.shape else { return None };
    let said = one.args.content.trim_matches(['了', '吧', '。', ' ']);
    let one = if fields::says_no_more(said) || said.is_empty() {
        Invocation { args: Args { content: String::new(), ..one.args.clone() }, ..one.clone() }
    } else {
        one.clone()
    };
    let names = one.args.people.is_empty() && !one.args.content.is_empty();
    let known = !names || people::is_known(turn, &one.args.content);
    if !VERBS.contains(&verb.as_str()) || names && !known && verb != "snooze" {
        return None;
    }
    let whom = of.clone().map(|name| people::resolve(turn, &[name]));
    let whom = whom.transpose().ok()?.and_then(|who| who.into_iter().next());
    let found = open(turn, meant, whom.as_ref())?;
    if found.is_empty() {
        // Of what is due then nothing is open: which are meant, is asked elsewhere.
        let asks = verb == "done" && meant.due.is_some();
        return if asks { None } else { none(turn, meant, latin) };
    }
    // Of what several do only this one's part goes to somebody else.
    let shared = |task: &Task| verb == "give" && of.is_some() && task.assignees.len() > 1;
    let (parts, whole): (Vec<_>, Vec<_>) = found.iter().partition(|(_, task)| shared(task));
    if found.len() > HANDLES_MAX || parts.len() * 2 >= HANDLES_MAX {
        let limit = Refusal::Limit { what: "handles", most: HANDLES_MAX };
        return Some(Wish::Refuse(Box::new(limit)));
    }
    let to = match one.args.people.first() {
        Some(name) => name.clone(),
        None => one.args.content.clone(),
    };
    let lines = lines(turn, meant, [&whole, &parts], (action, &to), latin)?;
    let records = found
        .iter()
        .map(|(number, task)| (Handle { letter: 'T', number: *number }, task.title.clone()));
    let bulk =
        Bulk { of, records: records.collect(), line: lines.join(if latin { "; " } else { "；" }) };
    Some(Wish::Bulk(Box::new(bulk)))
}

/// The commands that do it: to all of each, and to this one's part of what several do.
fn lines(
    turn: &mut Turn,
    meant: &Of,
    [whole, parts]: [&[&(u32, Task)]; 2],
    (action, to): (&str, &str),
    latin: bool,
) -> Option<Vec<String>> {
    let handles = |tasks: &[&(u32, Task)]| {
        let all: Vec<String> = tasks.iter().map(|(number, _)| format!("T{number}")).collect();
        all.join(if latin { ", " } else { "、" })
    };
    let mut lines = Vec::new();
    if !whole.is_empty() {
        lines.push(format!("{} {action}", handles(whole)));
    }
    if !parts.is_empty() {
        let name = meant.whose.clone().unwrap_or_default();
        let (add, drop) = if latin { ("add", "drop") } else { ("加", "减") };
        let new = people::resolve(turn, &[to.to_owned()]).ok()?.into_iter().next()?;
        let lacks = |task: &Task| !task.is_assigned(&new);
        let without: Vec<_> = parts.iter().filter(|(_, task)| lacks(task)).copied().collect();
        if !without.is_empty() {
            lines.push(format!("{} {add} @{to}", handles(&without)));
        }
        lines.push(format!("{} {drop} @{name}", handles(parts)));
    }
    Some(lines)
}

/// The open tasks that are meant.
fn open(turn: &mut Turn, meant: &Of, whom: Option<&Named>) -> Option<Vec<(u32, Task)>> {
    let tasks = turn.list::<Task>(TASKS_MAX, Order::Up);
    let span = meant.due.as_ref().and_then(|due| stretch(turn, due));
    let (now, reference) = (turn.now(), turn.reference());
    let theirs = |(number, task): &(u32, Task)| {
        let last = task.due.map(|due| deadline_at(due, reference));
        let handle = Handle { letter: 'T', number: *number };
        task.state == TaskState::Open
            && whom.is_none_or(|who| task.is_assigned(who))
            && span.is_none_or(|(from, to)| last.is_some_and(|last| from <= last && last < to))
            && (!meant.late || last.is_some_and(|last| last < now))
            && !meant.but.contains(&handle)
    };
    let found: Vec<(u32, Task)> = tasks.into_iter().filter(theirs).collect();
    // `除了T1其他都完成了` is said of one's own, if there are any.
    let me = turn.acting.actor.clone()?;
    let own = |(_, task): &(u32, Task)| task.is_assigned(&me);
    let mine = meant.own || !meant.but.is_empty();
    Some(match meant.whose.is_none() && mine && found.iter().any(own) {
        true => found.into_iter().filter(own).collect(),
        false => found,
    })
}

/// There are none: the list that says so.
fn none(turn: &mut Turn, meant: &Of, latin: bool) -> Option<Wish> {
    let (task, late) = if latin { ("task", " overdue") } else { ("任务", " 逾期") };
    let whose = meant.whose.as_ref().map(|name| format!(" @{name}")).unwrap_or_default();
    let late = if meant.late { late } else { "" };
    let mut list = read::read(turn, &format!("{task}{whose}{late}")).ok()?;
    list.args.when.clone_from(&meant.due);
    Some(Wish::Do(Box::new(list)))
}

/// The moments between which a day or stretch lies.
fn stretch(turn: &Turn, due: &When) -> Option<(Timestamp, Timestamp)> {
    let midnight = |day: chrono::NaiveDate| {
        Timestamp::from_local(day.and_time(chrono::NaiveTime::MIN), turn.zone())
    };
    match due {
        When::Date(day) => Some((midnight(*day), midnight(day.succ_opt()?))),
        When::Range(from, to) => {
            Some((from.unwrap_or(Timestamp(i64::MIN)), to.unwrap_or(Timestamp(i64::MAX))))
        }
        When::Instant(_) | When::Recurrence(_) | When::Ambiguous(_) | When::Impossible(_) => None,
    }
}
