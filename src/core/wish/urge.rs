//! Somebody is to be asked how it goes: `催一下李雷 报价`, `催一下 T3`, `nudge Ben about the quote`. What
//! follows it up, is asked.

use super::plain::{Wish, names_only};
use crate::core::named::names_at;
use crate::core::people;
use crate::core::read;
use crate::core::turn::Turn;
use crate::model::task::{Task, TaskState};
use crate::store::Order;

/// Asks for it. Longer spellings first.
const URGES: [&str; 14] = [
    "催办一下",
    "催办",
    "催一下",
    "催一催",
    "催促",
    "催催",
    "催下",
    "催",
    "问一下进度",
    "nudge ",
    "chase up ",
    "chase ",
    "ping ",
    "press ",
];

/// Between whom and about what.
const ABOUT: [&str; 6] = ["about ", "for ", "on ", "the ", "一下", "的"];

/// Most tasks among which one is looked for.
const TASKS_MAX: usize = 200;

/// Most lines that are offered.
const LINES_MAX: usize = 4;

/// The lines that follow it up.
pub fn urged(turn: &mut Turn, text: &str) -> Option<Wish> {
    let lower = text.to_lowercase();
    let urge = URGES.iter().find(|urge| lower.starts_with(**urge))?;
    let rest =
        text.get(urge.len()..)?.trim_matches(|c: char| c.is_whitespace() || "。.!！".contains(c));
    let known = people::names(turn);
    let latin = names_only(&known, text);
    let found = names_at(&known, rest).filter(|found| !found.names.iter().any(|name| name == "我"));
    let (names, topic) = match found {
        Some(found) => (found.names, rest[found.end..].trim()),
        None => (Vec::new(), rest),
    };
    let topic = ABOUT.iter().fold(topic, |t, about| t.strip_prefix(about).unwrap_or(t)).trim();
    let tasks = concerned(turn, &names, topic);
    let word = if latin { "follow" } else { "跟进" };
    let mut lines: Vec<String> = tasks.iter().map(|said| format!("{word} {said}")).collect();
    if lines.is_empty() && !names.is_empty() && !topic.is_empty() {
        let names: Vec<String> = names.iter().map(|name| format!("@{name}")).collect();
        lines.push(format!("{word} {} {topic}", names.join(" ")));
    }
    // Nobody can be asked: at least it is shown how it stands.
    let number = topic.strip_prefix(['T', 't']).is_some_and(|n| n.parse::<u32>().is_ok());
    if lines.is_empty() && number {
        return read::read(turn, topic).ok().map(|read| Wish::Do(Box::new(read)));
    }
    lines.truncate(LINES_MAX);
    lines.retain(|line| read::read(turn, line).is_ok());
    (!lines.is_empty()).then_some(Wish::Ask(lines))
}

/// `T4 催一下`: the number stands before the word.
pub fn of_record(turn: &mut Turn, text: &str) -> Option<Wish> {
    let rest = text.strip_prefix(['T', 't'])?;
    let behind = rest.trim_start_matches(|c: char| c.is_ascii_digit());
    let urge = behind.trim().trim_end_matches(['吧', '了', '。', '他', '她']);
    let urges = URGES.iter().any(|word| word.trim_end() == urge) || urge == "帮我催一下";
    if behind.len() == rest.len() || !urges {
        return None;
    }
    urged(turn, &format!("催 {}", &text[..text.len() - behind.len()]))
}

/// The open tasks of others that are named by their number, their words or whose they are: whose
/// they are and what they say.
fn concerned(turn: &mut Turn, names: &[String], topic: &str) -> Vec<String> {
    let Some(me) = turn.acting.actor.clone() else { return Vec::new() };
    let lower = topic.to_lowercase();
    let mut all = turn.list::<Task>(TASKS_MAX, Order::Down);
    all.retain(|(number, task)| {
        let numbered = lower == format!("t{number}");
        let says = !lower.is_empty() && task.title.to_lowercase().contains(&lower);
        let theirs = names.is_empty() || task.assignees.iter().any(|who| names.contains(&who.name));
        let any = lower.is_empty() && !names.is_empty();
        task.state == TaskState::Open && theirs && (numbered || says || any)
    });
    let said = |(number, task): (u32, Task)| {
        let parts = task.open_parts().into_iter();
        let others = parts.filter(|who| who.person != me.person);
        let others = others.filter(|who| names.is_empty() || names.contains(&who.name));
        let others: Vec<String> = others.map(|who| format!("@{}", who.name)).collect();
        (!others.is_empty()).then(|| format!("{} T{number} {}", others.join(" "), task.title))
    };
    all.into_iter().filter_map(said).collect()
}
