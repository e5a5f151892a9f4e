//! Whom something is for where that is no list of names: everybody but somebody, everybody in a
//! task, another group. What cannot be done is refused with lines that work; says nothing itself.

use std::ops::Range;

use super::elsewhere;
use super::people::{self, NAMED_MAX, resolve};
use super::refusal::{Cannot, Refusal};
use super::reminded;
use super::say;
use super::spared;
use super::turn::Turn;
use super::whose;
use crate::command::Invocation;
use crate::command::everybody::{self, EVERYBODY};
use crate::command::joints;
use crate::command::stranger;
use crate::model::Lang;
use crate::model::task::Named;

/// Begins an exception. Longer spellings first.
const EXCEPT: [&str; 13] = [
    "除了",
    "除去",
    "除开",
    "除",
    "不包括",
    "不含",
    "except for",
    "except",
    "excluding",
    "other than",
    "apart from",
    "but not",
    "but",
];

/// Closes one.
const BEYOND: [&str; 3] = ["以外", "之外", "外"];

/// Says that all of a group are meant.
const MEMBERS: [&str; 9] =
    ["里的所有人", "的所有人", "里的人", "的人", "里所有人", "所有人", "里大家", "大家", "里"];

/// Whom a reminder is for, `None` where nobody is named; and of what.
pub fn reminded(
    turn: &mut Turn,
    invocation: &Invocation,
) -> Result<(Option<Vec<Named>>, String), Refusal> {
    if let Some(refusal) = excepted(turn, invocation) {
        return Err(refusal);
    }
    let args = &invocation.args;
    let (to, content) = match joints::is_mine(&invocation.typed) {
        true => with_me(turn, invocation)?,
        false => reminded::whom(turn, &args.people, &args.content)?,
    };
    if let Some(refusal) = whose::told(turn, invocation, &content) {
        return Err(refusal);
    }
    if let Some(refusal) = beside(turn, invocation, &content) {
        return Err(refusal);
    }
    from_here(turn, invocation, to, content)
}

/// With those who are named beside the speaker, `提醒我和@李雷`, `None` where nobody is; and of what.
fn with_me(
    turn: &mut Turn,
    invocation: &Invocation,
) -> Result<(Option<Vec<Named>>, String), Refusal> {
    let args = &invocation.args;
    let content = args.content.strip_prefix("to ").unwrap_or(&args.content).to_owned();
    if args.people.iter().any(|name| everybody::is_everybody(name)) {
        return Ok((Some(Vec::new()), content));
    }
    // `提醒我 开会 @李雷`: is he told as well, or instead?
    if let Some((_, last)) = args.content.rsplit_once(' ').filter(|(_, last)| last.starts_with('@'))
        && invocation.lang == Lang::Zh
        && invocation.line.ends_with(last)
        && args.people.is_empty()
    {
        let rest = invocation.behind();
        let rest = rest.strip_suffix(last).unwrap_or(rest).trim();
        let lines = vec![format!("提醒我和{last} {rest}"), format!("提醒 {last} {rest}")];
        return Err(Refusal::Which { part: last.to_owned(), lines });
    }
    let mut names = args.people.clone();
    if !names.is_empty() && !names.iter().any(|name| ["我", "自己", "me"].contains(&name.as_str()))
    {
        names.insert(0, "我".to_owned());
    }
    let people = resolve(turn, &names)?;
    Ok((Some(people).filter(|people| !people.is_empty()), content))
}

/// `提醒李雷、芳姐 开会`, `提醒 李雷 王芳 开会 明天9点`: is she told as well, or spoken of?
fn beside(turn: &mut Turn, invocation: &Invocation, content: &str) -> Option<Refusal> {
    let args = &invocation.args;
    let (first, rest) = content.split_once(' ')?;
    if args.people.is_empty() || args.quoted || invocation.lang == Lang::En || rest.is_empty() {
        return None;
    }
    let known = people::names(turn);
    let exact = known.iter().map(String::as_str).find(|name| *name == first);
    let name = exact.or_else(|| stranger::called(&known, first))?;
    let line = &invocation.line;
    let (_, behind) = line.split_once(first)?;
    let names: Vec<String> = args.people.iter().map(|name| format!("@{name}")).collect();
    let names = names.join(" ");
    let both = format!("提醒 {names} @{name} {}", behind.trim());
    let when = args.when.as_ref().and_then(|when| say::when::printed(&turn.voice(), when));
    let only = when.map(|when| format!("提醒 {names} {when} 「{content}」"));
    let lines = std::iter::once(both).chain(only).collect();
    Some(Refusal::Which { part: first.to_owned(), lines })
}

/// Refused where all but somebody are meant: those who are known can be named.
pub fn excepted(turn: &mut Turn, invocation: &Invocation) -> Option<Refusal> {
    let line = &invocation.line;
    if !may_except(line) {
        return None;
    }
    let names = people::names(turn);
    let from = line.len() - invocation.behind().len();
    let lower = line.to_lowercase();
    let found = EXCEPT.iter().any(|word| lower.contains(word));
    let found = found.then(|| exception(line, &names)).flatten();
    let (span, said, mut gone) = match found {
        Some((span, gone)) => (span.clone(), span, gone),
        // The clause stands apart from those it is taken out of.
        None => {
            let spared = spared::spared(line, from, &names)?;
            let all = spared.others.then(|| spared.clause.clone());
            let all = all.or_else(|| Some(everybody_in(line, from)?.0))?;
            (all, spared.clause, spared.gone)
        }
    };
    if let Some(me) = &turn.acting.actor
        && gone.iter().any(|name| ["我", "me"].contains(&name.as_str()))
    {
        gone.push(me.name.to_lowercase());
    }
    let stays = |name: &&String| !gone.contains(&name.to_lowercase());
    let left = mentions(names.iter().filter(stays));
    let line_of = |left: String| match said == span {
        true => replaced(line, &span, &left),
        false if said.start >= span.end => {
            let kept = replaced(line, &said, "");
            replaced(&kept, &span, &left)
        }
        false => {
            let kept = replaced(line, &span, &left);
            kept.replacen(&line[said.clone()], "", 1)
        }
    };
    let lines = left.map(line_of).into_iter().collect();
    let part = line[said].trim_matches([' ', '，', ',']).to_owned();
    Some(Refusal::Cannot { what: Cannot::Except, part, lines })
}

/// Whether the beginning of any exception stands in a line: in most there is none, and they need
/// not be copied.
fn may_except(line: &str) -> bool {
    let latin = |two: &[u8]| {
        let begin = [two[0].to_ascii_lowercase(), two[1].to_ascii_lowercase()];
        matches!(&begin, b"ex" | b"ot" | b"ap" | b"bu" | b"no")
    };
    line.contains(['除', '不', '例']) || line.as_bytes().windows(2).any(latin)
}

/// Where `除了王芳的所有人`, `everyone except Ben` stands, and who is left out, in lower case.
fn exception(line: &str, names: &[String]) -> Option<(Range<usize>, Vec<String>)> {
    let lower = line.to_lowercase();
    if lower.len() != line.len() {
        return None;
    }
    let (at, word) = EXCEPT.iter().filter_map(|word| Some((lower.find(word)?, *word))).min()?;
    let mut end =
        at + EXCEPT.iter().filter(|w| lower[at..].starts_with(**w)).map(|w| w.len()).max()?;
    let (mut gone, loose) = (Vec::new(), [' ', '、', ',', '，', '@', '＠']);
    loop {
        let mut rest = lower[end..].trim_start_matches(loose);
        if !gone.is_empty() {
            let joint = joints::NAMES.iter().find_map(|joint| rest.strip_prefix(joint));
            rest = joint.unwrap_or(rest).trim_start_matches(loose);
        }
        let whole = |name: &String| {
            // Tom is no part of tomorrow.
            let latin = |c: char| c.is_ascii_alphanumeric();
            let behind = rest.strip_prefix(name.as_str());
            behind.is_some_and(|rest| !(name.ends_with(latin) && rest.starts_with(latin)))
        };
        let known = names.iter().map(|name| name.to_lowercase()).find(whole);
        let me = ["我", "me"].iter().find(|me| rest.starts_with(**me) && gone.is_empty());
        let Some(name) = known.or(me.map(|me| (*me).to_owned())) else { break };
        end = lower.len() - rest.len() + name.len();
        gone.push(name);
    }
    if gone.is_empty() {
        // Somebody who is not known here.
        let stop = |c: char| c.is_whitespace() || "外以之的，,）)".contains(c);
        let rest = lower[end..].trim_start_matches(loose);
        let length = rest.find(stop).unwrap_or(rest.len());
        end = lower.len() - rest.len() + length;
    }
    let rest = BEYOND.iter().find_map(|word| lower[end..].strip_prefix(word));
    let rest = rest.unwrap_or(&lower[end..]);
    let behind = rest.trim_start_matches(['的', ' ', '，', ',', '@']);
    if let Some(all) = everybody::at_start(behind, true).filter(|_| !word.is_ascii()) {
        return Some((at..lower.len() - behind.len() + all, gone));
    }
    let head = lower[..at].trim_end_matches([' ', '（', '(', '，', ',']);
    let begins = |from: &usize| {
        let marked = head[..*from].ends_with('@');
        everybody::at_start(&head[*from..], marked) == Some(head.len() - from)
    };
    let from = head.char_indices().map(|(from, _)| from).find(begins)?;
    let from = if head[..from].ends_with('@') { from - 1 } else { from };
    let end = lower.len() - rest.trim_start_matches(['）', ')']).len();
    Some((from..end, gone))
}

/// As much of a text shows whether it begins with a word for everybody.
const ALL_CHARS: usize = 32;

/// A task needs names: refused where it is for everybody.
pub fn task_for_all(turn: &mut Turn, invocation: &Invocation) -> Option<Refusal> {
    let args = &invocation.args;
    let begin = args.content.chars().take(ALL_CHARS).flat_map(char::to_lowercase);
    let begins = everybody::at_start(&begin.collect::<String>(), false).is_some();
    let named = args.people.iter().any(|name| name == EVERYBODY);
    let meant = named || begins && args.people.is_empty();
    if args.quoted || !meant {
        return None;
    }
    let line = &invocation.line;
    let (span, part) = everybody_in(line, line.len() - invocation.behind().len())?;
    let before = line.get(line.len() - invocation.behind().len()..span.start).unwrap_or_default();
    let rest = format!("{} {}", before.trim(), line[span.end..].trim());
    let rest = rest.trim();
    let (remind, mine) = match invocation.lang {
        Lang::Zh => (format!("提醒大家 {rest}"), format!("任务 {rest}")),
        Lang::En => (format!("remind everyone {rest}"), format!("task {rest}")),
    };
    if turn.scope().is_direct() {
        return Some(Refusal::Cannot { what: Cannot::AllHere(remind), part, lines: vec![mine] });
    }
    let names = people::names(turn);
    let dated = args.when.is_some();
    let named = mentions(names.iter()).map(|all| replaced(line, &span, &all));
    let lines = named.into_iter().chain(Some(remind).filter(|_| dated)).collect();
    Some(Refusal::Cannot { what: Cannot::TaskForAll, part, lines })
}

/// These as they are @-ed in a line; `None` for too many, and where a name cannot be typed.
fn mentions<'n>(names: impl Iterator<Item = &'n String>) -> Option<String> {
    let names: Vec<String> = names.map(|name| format!("@{name}")).collect();
    let typed =
        |name: &String| name.chars().skip(1).all(|c| c.is_alphanumeric() || "_-·".contains(c));
    let fits = !names.is_empty() && names.len() <= NAMED_MAX && names.iter().all(typed);
    fits.then(|| names.join(" "))
}

/// Where the word for everybody stands behind `from`, with what leads to it.
fn everybody_in(line: &str, from: usize) -> Option<(Range<usize>, String)> {
    let lower = line.to_lowercase();
    if lower.len() != line.len() {
        return None;
    }
    let ends = |at: usize| {
        let marked = lower[..at].ends_with(['@', '＠']);
        Some(at..at + everybody::at_start(lower.get(at..)?, marked)?)
    };
    let places = lower.char_indices().map(|(at, _)| at).filter(|at| *at >= from);
    let found = places.into_iter().find_map(ends)?;
    let mut head = lower[..found.start].trim_end_matches(['@', '＠']);
    let part = line[head.len()..found.end].to_owned();
    for lead in ["分配给", "交给", "由", "让", "请", "叫", "给", "for "] {
        let led = head.trim_end().strip_suffix(lead).filter(|head| head.len() >= from);
        head = led.unwrap_or(head);
    }
    Some((head.len()..found.end, part))
}

/// A line with other words in a place of it, apart from what stands around.
fn replaced(line: &str, span: &Range<usize>, by: &str) -> String {
    let whole = format!("{} {by} {}", &line[..span.start], &line[span.end..]);
    whole.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whom a reminder reaches from here: all of this group where its name is said; another group, or
/// everybody from a direct chat, is not reached.
fn from_here(
    turn: &mut Turn,
    invocation: &Invocation,
    to: Option<Vec<Named>>,
    content: String,
) -> Result<(Option<Vec<Named>>, String), Refusal> {
    let direct = turn.scope().is_direct();
    let behind = |rest: &str| match invocation.lang {
        Lang::Zh => (format!("提醒大家 {rest}"), format!("提醒我 {rest}")),
        Lang::En => (format!("remind everyone {rest}"), format!("remind me {rest}")),
    };
    let (line, behind_word) =
        (invocation.behind(), invocation.line.len() - invocation.behind().len());
    if let Some(all) = to.as_ref().filter(|_| direct)
        && all.is_empty()
        && let Some((span, part)) = everybody_in(&invocation.line, behind_word)
    {
        let rest = invocation.line.get(span.end..).unwrap_or_default().trim();
        let (there, mine) = behind(rest);
        return Err(Refusal::Cannot { what: Cannot::AllHere(there), part, lines: vec![mine] });
    }
    if to.is_some() || invocation.args.quoted || joints::is_mine(&invocation.typed) {
        return Ok((to, content));
    }
    let Some(group) = group_at(turn, &content) else { return Ok((to, content)) };
    if !direct && group == turn.title() {
        let rest = without(&content, &group).trim().to_owned();
        return Ok((Some(Vec::new()), rest));
    }
    let rest = line.strip_prefix(&*group).map_or(line, |rest| without_members(rest).trim());
    let (there, mine) = behind(rest);
    Err(Refusal::Cannot { what: Cannot::OtherGroup(there), part: group, lines: vec![mine] })
}

/// The group a content begins with: one that is known here, or what is called one.
fn group_at(turn: &mut Turn, content: &str) -> Option<String> {
    let mut titles: Vec<String> = match turn.scope().is_direct() {
        true => elsewhere::shown(turn).into_iter().map(|mirror| mirror.shown.title).collect(),
        false => Vec::new(),
    };
    titles.push(turn.title().to_owned());
    let starts = |title: &&String| !title.is_empty() && content.starts_with(title.as_str());
    let known = titles.iter().filter(starts).max_by_key(|title| title.len()).cloned();
    let called = || {
        let head = content.split(' ').next()?;
        let head = MEMBERS.iter().find_map(|m| head.strip_suffix(m)).unwrap_or(head);
        let named = head.ends_with('群') && head.chars().count() > 2 && head.len() < content.len();
        named.then(|| head.to_owned())
    };
    known.or_else(called)
}

fn without<'c>(content: &'c str, group: &str) -> &'c str {
    content.strip_prefix(group).map_or(content, without_members)
}

fn without_members(rest: &str) -> &str {
    let rest = rest.trim_start();
    MEMBERS.iter().find_map(|members| rest.strip_prefix(members)).unwrap_or(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_excepts_somebody_is_looked_at() {
        for word in EXCEPT {
            assert!(may_except(word) && may_except(&word.to_uppercase()), "{word}");
        }
        assert!(!may_except("任务 整理周会纪要 abc123"));
    }

    #[test]
    fn who_is_left_out_is_found_with_the_whole_phrase() {
        let names = ["王芳".to_owned(), "Ben".to_owned(), "李雷".to_owned()];
        for (line, part, gone) in [
            ("提醒除了王芳的所有人 明天9点 开会", "除了王芳的所有人", "王芳"),
            ("提醒除王芳、李雷外的所有人开会", "除王芳、李雷外的所有人", "王芳 李雷"),
            ("提醒大家（除了@王芳）明天9点开会", "大家（除了@王芳）", "王芳"),
            ("remind everyone except Ben tomorrow", "everyone except Ben", "ben"),
        ] {
            let (span, left) = exception(line, &names).unwrap_or_else(|| panic!("{line}"));
            assert_eq!((&line[span], left.join(" ").as_str()), (part, gone));
        }
        for line in ["提醒我 除了周末每天9点 打卡", "remind me of all but one", "任务 除草"]
        {
            assert_eq!(exception(line, &names), None, "{line}");
        }
    }
}
