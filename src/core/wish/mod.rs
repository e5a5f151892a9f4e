//! What somebody may want who @-ed the bot in words that are no command: what only looks is carried
//! out, what changes something is asked about, in lines that work. Says nothing itself.

mod about;
mod acts;
mod bulk;
mod handed;
mod kept;
mod many;
mod memo;
mod plain;
mod records;
mod retained;
mod roles;
mod rules;
mod set;
mod stop;
mod subject;
mod talked;
mod timed;
mod urge;

pub use acts::verb_of_a_task;
pub use plain::{Wish, greets};
pub use records::verb_alone;

use super::asks;
use super::conditions;
use super::lines;
use super::read;
use super::refusal::{Cannot, Refusal};
use super::turn::Turn;
use crate::command::{Invocation, Shape, asking};
use crate::model::Lang;
use crate::text::cut::one_line;

/// What is asked, where nothing is to change: lists, and how something is written.
pub fn asked(turn: &mut Turn, text: &str) -> Option<Wish> {
    let text = plain::plain(text)?;
    if let Some(wish) = bulk::bulk(turn, &text).or_else(|| set::accepted(&text)) {
        return Some(wish);
    }
    if asks::nobodys(&text) {
        return Some(nobodys(&text));
    }
    // `show today's messages` asks for them, and not for help.
    if text.starts_with("show")
        && let Some(wish) = kept::looked(turn, &text)
    {
        return Some(wish);
    }
    if let Some(read) = asks::how(turn, &text) {
        return Some(Wish::Do(Box::new(read)));
    }
    if let Some(wish) = urge::urged(turn, &text).or_else(|| stop::silenced(&text)) {
        return Some(wish);
    }
    roles::given(turn, &text)
        .or_else(|| about::whose_work(turn, &text))
        .or_else(|| rules::mentioned(turn, &text))
        .or_else(|| rules::reported(&text))
        .or_else(|| kept::looked(turn, &text))
        .or_else(|| retained::kept(turn, &text))
        .or_else(|| set::stands(turn, &text))
        .or_else(|| retained::withdrawn(turn, &text))
        .or_else(|| asks::list(turn, &text).map(|read| Wish::Do(Box::new(read))))
        .or_else(|| subject::asked(turn, &text))
        .or_else(|| {
            let help = asking::asks(&text).then(|| read::read(turn, "帮助 任务").ok()).flatten()?;
            Some(Wish::Do(Box::new(help)))
        })
}

/// What reads as a new record, and only asks for those there are: `task status?`, `tasks assigned
/// to me`, `reminders for tomorrow`. Every word of it must ask.
pub fn listed(turn: &mut Turn, text: &str, read: &Invocation) -> Option<Wish> {
    // `任务都做完了`, `把我的任务全部推迟到下周一`
    let all = || ALL.iter().any(|all| read.args.content.starts_with(all));
    if read.word == TASK && read.shape == Shape::Create && !read.args.quoted && all() {
        let text = plain::plain(text)?;
        return bulk::bulk(turn, &text);
    }
    let plural = LISTS.contains(&read.typed.as_str());
    let content = read.args.content.as_str();
    let asks = text.trim_end().ends_with(['?', '？']) || content.starts_with("status");
    let status = read.word == "status" && !content.is_empty();
    let makes = read.shape == Shape::Create && [TASK, REMIND].contains(&read.word.as_str());
    // `tasks in sales` from a direct chat is a list already.
    let group = content.starts_with("in ");
    if group || read.args.quoted || read.lang != Lang::En || !(makes && (plural || asks) || status)
    {
        return None;
    }
    let text = plain::plain(text)?;
    if asks::nobodys(&text) {
        return Some(nobodys(&text));
    }
    asks::list(turn, &format!("show {text}")).map(|read| Wish::Do(Box::new(read)))
}

/// Behind the word for tasks, all of them are meant.
const ALL: [&str; 4] = ["都", "全", "统统", "一律"];

/// Names of words that mean several records.
const LISTS: [&str; 4] = ["tasks", "todos", "my tasks", "reminders"];

/// The words whose records those are.
const TASK: &str = "task";
const REMIND: &str = "remind";

/// No task is nobody's.
fn nobodys(text: &str) -> Wish {
    let part = text.to_owned();
    Wish::Refuse(Box::new(Refusal::Cannot { what: Cannot::Nobodys, part, lines: Vec::new() }))
}

/// What is said of how long messages are kept, or takes a request back, and is read as a list of
/// messages or requests that says too much; what is looked for among them.
pub fn left_over(turn: &mut Turn, text: &str, read: &Invocation) -> Option<Wish> {
    let word = read.word.as_str();
    let content = !read.args.content.is_empty();
    let content = content && matches!(read.shape, Shape::List | Shape::Create);
    let open = ["message", "request", "keep", "record", "erase", "mask"].contains(&word) && content;
    let text = plain::plain(text).filter(|_| open)?;
    if let Some(wish) = set::stands(turn, &text) {
        return Some(wish);
    }
    match word {
        "mask" => None,
        "request" => retained::withdrawn(turn, &text),
        "message" => retained::kept(turn, &text)
            .or_else(|| kept::looked(turn, &text))
            .or_else(|| kept::searched(turn, read)),
        _ => retained::kept(turn, &text),
    }
}

/// What is said to a message of the bot that is quoted, about the record it names: `再早半小时`.
pub fn replied(turn: &mut Turn, handle: &str, text: &str) -> Option<Wish> {
    acts::of(turn, handle, &plain::plain(text)?)
}

/// `T2 先别删`, `T2 不要删`: nothing is to be done to it.
pub fn left(turn: &mut Turn, text: &str) -> Option<Wish> {
    let text = plain::plain(text)?;
    stop::left_alone(turn, &text).or_else(|| urge::of_record(turn, &text))
}

/// `改名 #旧 → #新`: the verb of records, but a tag has no number.
pub fn retagged(turn: &mut Turn, text: &str) -> Option<Wish> {
    about::retagged(turn, &plain::plain(text)?)
}

/// What is wanted in words that cannot be a slip of the finger.
pub fn plainly(turn: &mut Turn, text: &str) -> Option<Wish> {
    let text = plain::plain(text)?;
    stop::unsubscribed(turn, &text)
        .or_else(|| memo::memo(turn, &text))
        .or_else(|| rules::counted(turn, &text))
        .or_else(|| timed::timed(turn, &text))
}

/// What is wanted, asked or to be done.
pub fn wanted(turn: &mut Turn, text: &str) -> Option<Wish> {
    let order = plain::plain(text);
    let shown = text.contains("```") || text.trim_start().starts_with('>');
    if let Some(rest) = lines::behind_talk(turn, text).filter(|_| !shown) {
        return Some(Wish::Ask(vec![rest]));
    }
    let whole = one_line(text);
    if let Some(line) = handed::told(turn, &whole) {
        return Some(Wish::Ask(vec![line]));
    }
    let text = order?;
    stop::left_alone(turn, &text)
        .or_else(|| about::last_reminder(turn, &text))
        .or_else(|| about::skipped(turn, &text))
        .or_else(|| about::retagged(turn, &text))
        .or_else(|| stop::away(turn, &text))
        .or_else(|| stop::stopped(turn, &text))
        .or_else(|| stop::unsubscribed(turn, &text))
        .or_else(|| subject::told(turn, &text))
        .or_else(|| set::set(turn, &text))
        .or_else(|| set::switched(turn, &text))
        .or_else(|| records::brought_back(turn, &text))
        .or_else(|| records::mistaken(&text))
        .or_else(|| records::finished(turn, &text))
        .or_else(|| rules::overheard(turn, &text))
        .or_else(|| rules::keyword(turn, &text))
        .or_else(|| conditions::wished(turn, &text).map(|refusal| Wish::Refuse(Box::new(refusal))))
        .or_else(|| set::hushed(turn, &text))
        .or_else(|| set::language(&text))
        .or_else(|| rules::summary(turn, &text))
        .or_else(|| timed::alarm(turn, &text))
        .or_else(|| rules::ordered(turn, &whole, &text))
        .or_else(|| timed::timed(turn, &text))
        .or_else(|| timed::whom_last(turn, &text))
        .or_else(|| timed::turned(turn, &text))
        .or_else(|| memo::memo(turn, &text))
        .or_else(|| handed::handed(turn, &text))
        .or_else(|| memo::dated(turn, &text))
        .or_else(|| rules::counted(turn, &text))
        .or_else(|| timed::time_alone(turn, &text))
}
