//! A task changed, handed over, with somebody more or less to do it.

use super::title::title;
use crate::command::args::Ahead;
use crate::command::undated::is_undated;
use crate::command::{Args, Invocation};
use crate::core::due::{deadline, remind_at};
use crate::core::fields::{self, is_none};
use crate::core::led;
use crate::core::named::names_at;
use crate::core::people::{self, resolve};
use crate::core::refusal::{Missing, OfTask, Refusal};
use crate::core::say;
use crate::core::tables::deadline_at;
use crate::core::tags;
use crate::core::timing;
use crate::core::turn::Turn;
use crate::model::task::{Deadline, Named, Task, TaskState};
use crate::model::{Handle, Timestamp};
use crate::text::when;

/// What people call the deadline. Longer spellings first.
const DUE: [&str; 12] = [
    "截止时间",
    "截止日期",
    "截止",
    "到期时间",
    "到期",
    "时间",
    "日期",
    "deadline",
    "due date",
    "due",
    "date",
    "by",
];
/// The title. Longer spellings first.
const TITLE: [&str; 11] =
    ["标题", "题目", "内容", "名称", "名字", "文字", "名", "title", "text", "name", "subject"];
/// Those who are to do it.
const PEOPLE: [&str; 5] = ["负责人", "执行人", "assignees", "assignee", "owner"];
/// What became of the deadline.
enum Due<'a> {
    Kept,
    Dropped,
    /// To this date, in these words.
    Moved(when::When, &'a str),
}

/// Those to whom a content hands the task, and says nothing else: `给王芳和李雷一起`.
fn handed(turn: &mut Turn, content: &str) -> Option<Vec<String>> {
    let rest = ["给", "由", "让"].iter().find_map(|gives| content.strip_prefix(gives))?;
    let does = ["一起做", "一起", "来做", "来负责", "负责", "做", "吧"];
    let rest = does.iter().fold(rest.trim(), |rest, does| rest.strip_suffix(does).unwrap_or(rest));
    let names = fields::names(&rest.replace(['和', '跟'], " "));
    let all = !names.is_empty() && names.iter().all(|name| people::is_known(turn, name));
    all.then_some(names)
}

/// Those a field names: `李雷和王芳`, with or without the @.
fn people_of(turn: &mut Turn, value: &str) -> Vec<String> {
    let known = people::names(turn);
    match names_at(&known, value).filter(|found| found.end == value.len()) {
        Some(found) => found.names,
        None => fields::names(value),
    }
}

/// Changes text, date, people or tags.
pub fn edit(
    turn: &mut Turn,
    invocation: &Invocation,
    handle: Handle,
    before: Task,
) -> Result<(), Refusal> {
    let args = &invocation.args;
    let mut task = before.clone();
    let mut due = args.when.clone().map_or(Due::Kept, |when| Due::Moved(when, &invocation.line));
    let mut names = args.people.clone();
    let (pairs, content) = fields::said(args, &[&DUE, &TITLE, &PEOPLE], &DUE);
    let who = handed(turn, &content);
    let content = if who.is_some() { String::new() } else { content };
    names.extend(who.into_iter().flatten());
    for (key, value) in &pairs {
        match key.as_str() {
            key if DUE.contains(&key) && (is_none(value) || is_undated(value)) => {
                due = Due::Dropped;
            }
            key if DUE.contains(&key) => {
                let found = fields::date(value, turn.reference());
                let unread = || Refusal::NotUnderstood { word: "edit".into(), part: value.clone() };
                due = Due::Moved(found.ok_or_else(unread)?, value);
            }
            key if TITLE.contains(&key) && value.is_empty() => {
                return Err(Refusal::Missing { word: "edit", what: Missing::Pairs });
            }
            key if TITLE.contains(&key) => {
                named_in(turn, invocation, handle, value)?;
                task.title = renamed(invocation, value)?;
            }
            key if PEOPLE.contains(&key) => names.extend(people_of(turn, value)),
            _ => return Err(Refusal::NotUnderstood { word: "edit".into(), part: key.clone() }),
        }
    }
    if is_undated(&content) {
        due = Due::Dropped;
    } else if !content.is_empty() {
        doubtful(turn, handle, &content)?;
        task.title = title(&content)?;
    }
    let people = resolve(turn, &names)?;
    if !people.is_empty() {
        task.assignees = people;
    }
    task.tags = tags::fit(turn, task.tags.iter().chain(&args.tags).map(String::as_str))?;
    match due {
        Due::Kept => {}
        Due::Dropped => (task.due, task.remind_at, task.lead) = (None, None, None),
        Due::Moved(when, said) => {
            task.due = Some(moved(turn, invocation, handle, (before.due, &when, said))?);
            task.remind_at = reminded(turn, &task);
        }
    }
    if args.lead.is_some() {
        task.lead = led::of_task(turn, args.lead, task.due, &invocation.line)?;
        task.remind_at = reminded(turn, &task);
    }
    if task == before {
        return Err(match names.is_empty() {
            true => Refusal::Missing { word: "edit", what: Missing::Pairs },
            false => Refusal::Task(OfTask::AlreadyTheirs { handle, names: task.assignees }),
        });
    }
    turn.put(handle.number, &task);
    let card = say::task::edited(&turn.voice(), handle, &before, &task);
    turn.say(card);
    Ok(())
}

/// The deadline from now on. `提前到9点` that would come later than now is asked about.
fn moved(
    turn: &Turn,
    invocation: &Invocation,
    handle: Handle,
    (now, when, said): (Option<Deadline>, &when::When, &str),
) -> Result<Deadline, Refusal> {
    let then = deadline(turn, when, &invocation.line)?;
    let then = timing::with_the_rest(turn, now, (then, when), said);
    let at = |due: Deadline| deadline_at(due, turn.reference());
    let forward = ["提前", "bring forward", "move up"];
    let forward = forward.iter().any(|word| invocation.typed.starts_with(word));
    if !forward || now.is_none_or(|now| at(then) <= at(now)) {
        return Ok(then);
    }
    let when = match then {
        Deadline::At(at) => when::When::Instant(at),
        Deadline::On(day) => when::When::Date(day),
    };
    let day = say::when::printed(&turn.voice(), &when).unwrap_or_default();
    let (edit, due) = turn.voice().pick(("改", "截止"), ("edit", "due"));
    let lines = vec![format!("{handle} {edit} {due}={day}")];
    Err(Refusal::Which { part: invocation.behind().trim().to_owned(), lines })
}

/// The title that is said: `rename T2 to send it`.
fn renamed(invocation: &Invocation, value: &str) -> Result<String, Refusal> {
    let renames = invocation.typed.starts_with("rename");
    title(value.strip_prefix("to ").filter(|_| renames).unwrap_or(value))
}

/// `T1 改名 搬家 @王芳`: is it hers from now on, or called so?
fn named_in(
    turn: &Turn,
    invocation: &Invocation,
    handle: Handle,
    value: &str,
) -> Result<(), Refusal> {
    let Some((head, tail)) = value.split_once(['@', '＠']) else { return Ok(()) };
    let line = &invocation.line;
    let mail = head.ends_with(|c: char| c.is_ascii_alphanumeric());
    if line.contains(['=', '＝']) || mail || head.trim().is_empty() {
        return Ok(());
    }
    let (edit, title) = turn.voice().pick(("改", "标题"), ("edit", "title"));
    let lines = vec![
        format!("{handle} {edit} {} @{tail}", head.trim()),
        format!("{handle} {edit} {title}={value}"),
    ];
    Err(Refusal::Which { part: format!("@{tail}"), lines })
}

/// When an open task is told, with its lead.
fn reminded(turn: &Turn, task: &Task) -> Option<Timestamp> {
    let due = task.due.filter(|_| task.state == TaskState::Open)?;
    remind_at(turn, due, task.lead)
}

/// `T1 提前一天提醒`: it is told so long before its deadline from now on.
pub fn lead(
    turn: &mut Turn,
    line: &str,
    handle: Handle,
    (before, lead): (Task, Ahead),
) -> Result<(), Refusal> {
    let mut task = before.clone();
    task.lead = led::of_task(turn, Some(lead), task.due, line)?;
    task.remind_at = reminded(turn, &task);
    if task == before {
        return Err(Refusal::Missing { word: "edit", what: Missing::Pairs });
    }
    turn.put(handle.number, &task);
    let card = say::task::edited(&turn.voice(), handle, &before, &task);
    turn.say(card);
    Ok(())
}

/// Words of an edit without a field that would make a strange title: a colleague's name, who is to
/// be reminded, that it repeats or reminds nobody. It is asked what is meant.
fn doubtful(turn: &mut Turn, handle: Handle, content: &str) -> Result<(), Refusal> {
    let word = |key: &str| {
        let word = turn.core.catalogue.word(key);
        word.map(|word| word.names(turn.lang()).name.clone()).unwrap_or_default()
    };
    let (edit, give) = (word("edit"), word("give"));
    let title = turn.voice().pick("标题", "title");
    let as_title = format!("{handle} {edit} {title}={content}");
    let which = |line: String| {
        let (part, lines) = (content.to_owned(), vec![line, as_title.clone()]);
        Err(Refusal::Which { part, lines })
    };
    if let Some(name) = fields::named_alone(turn, content) {
        return which(format!("{handle} {give} @{name}"));
    }
    let lower = content.to_lowercase();
    let reminds = lower.contains("提醒") || lower.contains("remind");
    let silent = ["不", "别", "取消", "关", "no ", "don't", "stop"];
    if reminds && silent.iter().any(|none| lower.starts_with(none)) {
        let none = turn.voice().pick("不限时", "no deadline");
        return which(format!("{handle} {edit} {none}"));
    }
    let again = timing::timeless(turn, content).ok().flatten();
    let again = again.is_some_and(|(timing, rest)| timing.every.is_some() && rest.is_empty());
    if again || reminds && ["每", "every ", "each "].iter().any(|every| lower.starts_with(every)) {
        return Err(Refusal::Recurring { part: content.to_owned() });
    }
    Ok(())
}

/// Hands it to others.
pub fn give(
    turn: &mut Turn,
    invocation: &Invocation,
    handle: Handle,
    mut task: Task,
) -> Result<(), Refusal> {
    let people = named(turn, &invocation.args, "give")?;
    if people.is_empty() {
        return Err(Refusal::Missing { word: "give", what: Missing::People });
    }
    let same = |who: &Named| people.iter().any(|other| other.person == who.person);
    if people.len() == task.assignees.len() && task.assignees.iter().all(same) {
        return Err(Refusal::Task(OfTask::AlreadyTheirs { handle, names: people }));
    }
    let from = std::mem::replace(&mut task.assignees, people);
    turn.put(handle.number, &task);
    let card = say::task::given(&turn.voice(), handle, &from, &task);
    turn.say(card);
    Ok(())
}

/// `T4 加 @丙`, `T4 加 #报价`: somebody more is to do it, or a tag more is on it.
pub fn add(
    turn: &mut Turn,
    invocation: &Invocation,
    handle: Handle,
    before: Task,
) -> Result<(), Refusal> {
    // `T2 加急` makes it urgent and adds nobody called 急.
    let urgent = invocation.args.content == "急";
    let mut args = fields::tagged(&invocation.args, &invocation.typed);
    if urgent {
        args.content.clear();
        args.tags.push("加急".to_owned());
    }
    let people = named(turn, &args, "add")?;
    let tags = &tags::meant(turn, &args.tags);
    if people.is_empty() && tags.is_empty() {
        return Err(Refusal::Missing { word: "add", what: Missing::People });
    }
    let mut task = before.clone();
    if !people.is_empty() && people.iter().all(|who| task.is_assigned(who)) {
        return Err(Refusal::Task(OfTask::AlreadyTheirs { handle, names: people }));
    }
    let people: Vec<Named> = people.into_iter().filter(|who| !before.is_assigned(who)).collect();
    task.assignees.extend(people.iter().cloned());
    let new: Vec<&String> = tags.iter().filter(|tag| !before.tags.contains(tag)).collect();
    task.tags = tags::fit(turn, task.tags.iter().chain(tags).map(String::as_str))?;
    if task == before {
        return Err(Refusal::Missing { word: "add", what: Missing::Pairs });
    }
    turn.put(handle.number, &task);
    let card = say::task::added(&turn.voice(), handle, &task, &people, &new);
    turn.say(card);
    Ok(())
}

/// `T4 减 @丙`, `T4 减 #报价`: it is not theirs to do any more, the tag is off.
pub fn drop(
    turn: &mut Turn,
    invocation: &Invocation,
    handle: Handle,
    before: Task,
) -> Result<(), Refusal> {
    let args = fields::tagged(&invocation.args, &invocation.typed);
    let people = named(turn, &args, "drop")?;
    let tags = &tags::meant(turn, &args.tags);
    if people.is_empty() && tags.is_empty() {
        return Err(Refusal::Missing { word: "drop", what: Missing::People });
    }
    if let Some(other) = people.iter().find(|who| !before.is_assigned(who)) {
        let name = other.name.clone();
        return Err(Refusal::Task(OfTask::NotAssigned { handle, name }));
    }
    let mut task = before.clone();
    let gone = |who: &Named| people.iter().any(|other| other.person == who.person);
    task.assignees.retain(|who| !gone(who));
    task.done_parts.retain(|part| !people.iter().any(|other| other.person == *part));
    if task.assignees.is_empty() {
        return Err(Refusal::Task(OfTask::NobodyLeft { handle }));
    }
    let gone: Vec<&String> = before.tags.iter().filter(|tag| tags.contains(tag)).collect();
    task.tags.retain(|tag| !tags.contains(tag));
    if task == before {
        return Err(Refusal::Missing { word: "drop", what: Missing::Pairs });
    }
    turn.put(handle.number, &task);
    let card = say::task::dropped(&turn.voice(), handle, &task, &people, &gone);
    turn.say(card);
    Ok(())
}

/// The people a verb names, with or without the @; anything else it says is not understood.
fn named(turn: &mut Turn, args: &Args, word: &'static str) -> Result<Vec<Named>, Refusal> {
    if args.people.is_empty() {
        // `转给 乙` without the @ is clear enough.
        return resolve(turn, &fields::names(&args.content));
    }
    if !args.content.is_empty() && !fields::says_no_more(&args.content) {
        let part = args.content.clone();
        return Err(Refusal::NotUnderstood { word: word.into(), part });
    }
    resolve(turn, &args.people)
}
