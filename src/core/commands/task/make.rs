//! A new task.

use super::title::{TITLE_CHARS_MAX, actor, title, title_line};
use crate::command::{Args, Invocation, Part, stranger};
use crate::core::due::{deadline, guessed_year, once, remind_at};
use crate::core::for_others;
use crate::core::led;
use crate::core::people::{self, resolve};
use crate::core::quoted;
use crate::core::read;
use crate::core::refusal::{Missing, Refusal};
use crate::core::say;
use crate::core::tables::deadline_at;
use crate::core::tags;
use crate::core::turn::Turn;
use crate::core::whom_else;
use crate::core::whose::{self, Whose};
use crate::model::task::{Task, TaskState};
use crate::model::{Handle, Lang, Span};
use crate::text::cut;

/// Longest Chinese name that is looked for without a blank behind it, in characters.
const NAME_CHARS_MAX: usize = 3;

/// Makes a task of a line, or of the message it quotes.
pub fn create(turn: &mut Turn, invocation: &Invocation) -> Result<(), Refusal> {
    match whose::whose(turn, invocation) {
        Some(Whose::Unclear(refusal)) => Err(refusal),
        Some(Whose::Plain(line)) => {
            let read = read::read(turn, &line).map_err(Refusal::Parse)?;
            make(turn, &Invocation { line: invocation.line.clone(), ..read })
        }
        None => make(turn, invocation),
    }
}

/// The same where it is known whose it is.
fn make(turn: &mut Turn, invocation: &Invocation) -> Result<(), Refusal> {
    let args = &invocation.args;
    let quoted = quoted::title(turn);
    if let Some(refusal) = whom_else::excepted(turn, invocation) {
        return Err(refusal);
    }
    if let Some(refusal) = whom_else::task_for_all(turn, invocation) {
        return Err(refusal);
    }
    if let Some(refusal) = part_of(invocation).or_else(|| familiar(turn, invocation)) {
        return Err(refusal);
    }
    let missing = Refusal::Missing { word: "task", what: Missing::Content };
    let points = quoted::points(turn, &args.content);
    let title = match args.content.is_empty() || points {
        false => title(done_by(args))?,
        // What somebody else said at length is cut, not refused.
        true => cut::chars(&title_line(&quoted.ok_or(missing)?)?, TITLE_CHARS_MAX),
    };
    once(turn, args)?;
    let creator = actor(turn)?;
    let mut assignees = resolve(turn, &args.people)?;
    if assignees.is_empty() {
        assignees.push(creator.clone());
    }
    let due = args.when.as_ref().map(|w| deadline(turn, w, &invocation.line)).transpose()?;
    let lead = led::of_task(turn, args.lead, due, &invocation.line)?;
    let task = Task {
        title,
        assignees,
        due,
        state: TaskState::Open,
        creator,
        created_at: turn.now(),
        done_on: None,
        remind_at: due.and_then(|due| remind_at(turn, due, lead)),
        lead,
        lang: turn.lang(),
        place: turn.title().to_owned(),
        tags: tags::fit(turn, args.tags.iter().map(String::as_str))?,
        done_parts: Vec::new(),
        progress: Vec::new(),
    };
    let number = turn.next_number::<Task>();
    turn.put(number, &task);
    let voice = turn.voice();
    let mut card = say::task::created(&voice, Handle { letter: 'T', number }, &task);
    let due_at = due.map(|due| deadline_at(due, turn.reference()));
    if let Some(year) = due_at.and_then(|at| guessed_year(turn, at, &invocation.line)) {
        card = card.and_line(vec![Span::from(say::when::unannounced(&voice, year))]);
    }
    if invocation.args.clauses && due.is_some() {
        let hint =
            say::task::of_several_dates(&turn.voice(), Handle { letter: 'T', number }, &task);
        card = card.and_line(vec![Span::from(hint)]);
    }
    if let Some(names) = bare_names(turn, invocation, &task) {
        let hint = say::task::for_somebody(&turn.voice(), Handle { letter: 'T', number }, &names);
        card = card.and_line(vec![Span::from(hint)]);
    }
    let others = for_others::others(turn.scope(), &task.assignees);
    if !others.is_empty() {
        let note = say::unheard::of_others(&turn.voice(), &others, &invocation.line);
        card = card.and_line(vec![Span::from(note)]);
    }
    turn.say(card);
    Ok(())
}

/// What is to be done: `task @Carol to review it` leads to it.
fn done_by(args: &Args) -> &str {
    let content = args.content.as_str();
    match args.people.is_empty() {
        true => content,
        false => content.strip_prefix("to ").unwrap_or(content),
    }
}

/// `任务 写合同 @韩梅梅审核`: is it hers, or does she only have a part in it?
fn part_of(invocation: &Invocation) -> Option<Refusal> {
    let Args { parts, people, .. } = &invocation.args;
    if parts.is_empty() || !people.is_empty() {
        return None;
    }
    let mut mine = invocation.line.clone();
    for Part { said, name } in parts {
        let plain: String = said.replace(['@', '＠'], "");
        let plain = if said.is_ascii() { plain } else { plain.replace(' ', "") };
        let owned = said.contains(&format!("{name}的"));
        let whole = invocation.args.content == *said || owned;
        let (open, close) = match invocation.lang {
            _ if whole => ("", ""),
            Lang::Zh => ("（", "）"),
            Lang::En => (" (", ") "),
        };
        mine = mine.replacen(said, &format!("{open}{plain}{close}"), 1);
    }
    let mine = mine.split_whitespace().collect::<Vec<_>>().join(" ");
    let mine = mine.replace(" （", "（").replace("，（", "（");
    let names: Vec<String> = parts.iter().map(|part| format!("@{}", part.name)).collect();
    let theirs = format!("{mine} {}", names.join(" "));
    let said: Vec<&str> = parts.iter().map(|part| part.said.as_str()).collect();
    Some(Refusal::Which { part: said.join(" "), lines: vec![mine, theirs] })
}

/// Leads to whoever is to do it.
const LEADS: [&str; 4] = ["让", "请", "叫", "由"];

/// `任务 让梅梅明天交表`: is it 韩梅梅 who is to do it?
fn familiar(turn: &mut Turn, invocation: &Invocation) -> Option<Refusal> {
    let Args { content, people, quoted, .. } = &invocation.args;
    let lead = LEADS.iter().find(|lead| content.starts_with(**lead))?;
    if *quoted || !people.is_empty() {
        return None;
    }
    let known = people::names(turn);
    let rest = &content[lead.len()..];
    let ends = rest.char_indices().map(|(at, _)| at).skip(2).take(2);
    let found = ends.filter_map(|at| Some((&rest[..at], stranger::called(&known, &rest[..at])?)));
    let (said, name) = found.max_by_key(|(said, _)| said.len())?;
    let line = &invocation.line;
    let lines = vec![
        line.replacen(&format!("{lead}{said}"), &format!("{lead}@{name} "), 1),
        format!("{line} @我"),
    ];
    Some(Refusal::Which { part: said.to_owned(), lines })
}

/// Colleagues' names at an end of a title of one's own: `任务 王芳 写周报`. Nothing leads to it, so that
/// it stays; how to hand the task over is said. The directory is only looked at for what looks like
/// a name.
fn bare_names(turn: &mut Turn, invocation: &Invocation, task: &Task) -> Option<Vec<String>> {
    if !invocation.args.people.is_empty() {
        return None;
    }
    let begin = |chars: usize| task.title.char_indices().nth(chars).map(|(at, _)| at);
    let begins = (2..=NAME_CHARS_MAX).map(|n| &task.title[..begin(n).unwrap_or(task.title.len())]);
    let words = [task.title.split(' ').next()?, task.title.rsplit(' ').next()?];
    let capital = |word: &str| word.starts_with(|c: char| c.is_ascii_uppercase());
    let named = |word: &&str| capital(word) || stranger::is_name(word);
    let mut ends = words.into_iter().chain(begins).filter(named);
    let first = ends.find(|word| people::is_known(turn, word))?.to_owned();
    // `盘点库存 陈静 赵磊` names both.
    let words: Vec<&str> = task.title.rsplit([' ', '、', '，', ',']).collect();
    let mut last: Vec<&str> = Vec::new();
    for word in words {
        if !people::is_known(turn, word) {
            break;
        }
        last.insert(0, word);
    }
    Some(match last.len() {
        0 | 1 => vec![first],
        _ => last.into_iter().map(str::to_owned).collect(),
    })
}
