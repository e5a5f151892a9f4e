//! `库`: the cabinets there are, who looks after them, and whether they take more.

use super::whom;
use crate::command::{Args, Invocation, Role, Shape};
use crate::core::cabinets::{self, handle};
use crate::core::fields;
use crate::core::hits;
use crate::core::keep::RULES_MAX;
use crate::core::masking;
use crate::core::paging;
use crate::core::people::resolve;
use crate::core::refusal::{Missing, OfCabinet, OfTask, Refusal};
use crate::core::rights;
use crate::core::say;
use crate::core::say::cabinet::Inside;
use crate::core::turn::Turn;
use crate::model::cabinet::{Cabinet, Charge};
use crate::model::keyword::Keyword;
use crate::model::{Handle, PersonId};
use crate::store::Order;
use crate::text::fold::fold;
use crate::text::sought::Sought;

/// How many of the messages inside are shown.
const SHOWN_MAX: usize = 3;

/// Ask for a new one, before its name. Longer spellings first; folded.
const NEW: [&str; 8] = ["新建", "新增", "创建", "增加", "建", "create", "new", "add"];

/// Lead to those who look after it; folded.
const CHARGE: [&str; 9] =
    ["负责人", "负责", "管理员", "管理", "归", "owned by", "owners", "owner", "for"];

/// Carries out a command on cabinets.
pub fn run(turn: &mut Turn, invocation: &Invocation) -> Result<(), Refusal> {
    match &invocation.shape {
        Shape::Create if cabinets::asks(&invocation.args.content) => list(turn),
        Shape::List if new_end(invocation.behind()) == 0 => list(turn),
        Shape::List | Shape::Create => create(turn, invocation),
        Shape::Show(handle) => show(turn, *handle),
        Shape::Act(handle, verb) if whom::VERBS.contains(&verb.as_str()) => {
            charge(turn, &invocation.args, *handle, verb)
        }
        Shape::Act(handle, verb) => close(turn, *handle, verb == "disable"),
    }
}

/// Those who look after it.
pub fn owners(turn: &mut Turn, number: u32) -> Option<Vec<PersonId>> {
    turn.get::<Cabinet>(number)?;
    let owners = cabinets::charge(turn, number).owners;
    Some(owners.into_iter().map(|owner| owner.person).collect())
}

fn find(turn: &mut Turn, handle: Handle) -> Result<Cabinet, Refusal> {
    turn.get(handle.number).ok_or(Refusal::NoSuch(handle))
}

/// Says which there are.
pub fn list(turn: &mut Turn) -> Result<(), Refusal> {
    let (counts, cut) = cabinets::counts(turn);
    let mut all = Vec::new();
    for (number, known) in cabinets::all(turn) {
        let count = counts.get(&known.name).copied().unwrap_or_default();
        all.push((number, known.name, cabinets::charge(turn, number), count));
    }
    let long = say::cabinet::list(&turn.voice(), &all, cut);
    paging::say(turn, long);
    Ok(())
}

/// `库 新建 售后问题库 负责人@乙`; a name alone shows it.
fn create(turn: &mut Turn, invocation: &Invocation) -> Result<(), Refusal> {
    let args = &invocation.args;
    let (content, named) = read(&args.content);
    let name = cabinets::name(content)?;
    let owners = resolve(turn, &[&args.people[..], &named[..]].concat())?;
    let new = new_end(invocation.behind()) > 0 || !owners.is_empty();
    if name.is_empty() {
        return Err(Refusal::Missing { word: "cabinet", what: Missing::Content });
    }
    match cabinets::by_name(turn, &name) {
        Some((number, _)) if owners.is_empty() => return show(turn, handle(number)),
        Some((number, _)) => return Err(Refusal::Exists(handle(number))),
        None if !new => return Err(Refusal::Cabinet(OfCabinet::NoSuch { name })),
        // Naming owners keeps others from something.
        None if !owners.is_empty() && !rights::has(turn, Role::Lead, None) => {
            return Err(Refusal::NotAllowed { needs: Role::Lead });
        }
        None => {}
    }
    let number = cabinets::know(turn, &name)?;
    turn.put(number, &Charge { owners: owners.clone(), closed: false });
    let card = say::cabinet::made(&turn.voice(), handle(number), &name, &owners);
    turn.say(card);
    Ok(())
}

/// Where what asks for a new one ends; 0 where nothing does.
fn new_end(line: &str) -> usize {
    let folded = fold(line);
    let new = NEW.iter().find(|word| {
        let rest = folded.text.strip_prefix(**word);
        rest.is_some_and(|rest| !word.is_ascii() || rest.is_empty() || rest.starts_with([' ', ':']))
    });
    new.map_or(0, |word| folded.original(0..word.len()).end)
}

/// A name, without what asks for a new one, and the names of those who look after it.
fn read(content: &str) -> (&str, Vec<String>) {
    let rest = content[new_end(content)..].trim_start_matches([' ', ':', '：']);
    let folded = fold(rest);
    let led = CHARGE.iter().find_map(|word| {
        let at = folded.text.find(&format!(" {word}"))?;
        Some((at, at + 1 + word.len()))
    });
    match led {
        Some((at, end)) => {
            let (name, who) = (folded.original(0..at).end, folded.original(0..end).end);
            (rest[..name].trim(), fields::names(rest[who..].trim_start_matches([':', '：', ' '])))
        }
        None => (rest.trim(), Vec::new()),
    }
}

fn show(turn: &mut Turn, handle: Handle) -> Result<(), Refusal> {
    let known = find(turn, handle)?;
    let charge = cabinets::charge(turn, handle.number);
    let sought = Sought { cabinet: Some(fold(&known.name).text), ..Sought::default() };
    let hits = hits::of(turn, &sought, hits::FOUND_MAX);
    let count = hits.count.ok_or(hits.found.len());
    let newest = hits.found.into_iter().take(SHOWN_MAX);
    let newest = newest.map(|(n, message)| (n, masking::shown(turn, message))).collect();
    let rules = turn.list::<Keyword>(RULES_MAX, Order::Up).into_iter();
    let files = |rule: &Keyword| rule.cabinet.as_ref() == Some(&known.name);
    let rules =
        rules.filter(|(_, rule)| files(rule)).map(|(n, _)| Handle { letter: 'R', number: n });
    let inside = Inside { count, newest, rules: rules.collect() };
    let card = say::cabinet::shown(&turn.voice(), handle, (&known, &charge), &inside);
    turn.say(card);
    Ok(())
}

/// `C1 加 @丙`, `C1 减 @丙`, `C1 转给 @丙`: who looks after it.
fn charge(turn: &mut Turn, args: &Args, handle: Handle, verb: &str) -> Result<(), Refusal> {
    let known = find(turn, handle)?;
    let before = cabinets::charge(turn, handle.number);
    let owners = match whom::changed(turn, args, handle, verb, &before.owners) {
        // Nobody in particular is as it is at first.
        Err(Refusal::Task(OfTask::NobodyLeft { .. })) => Vec::new(),
        Err(Refusal::Task(OfTask::AlreadyTheirs { names, .. })) if before.owners.is_empty() => {
            names
        }
        owners => owners?,
    };
    let after = Charge { owners, ..before };
    turn.put(handle.number, &after);
    let card = say::cabinet::charged(&turn.voice(), handle, &known.name, &after.owners);
    turn.say(card);
    Ok(())
}

fn close(turn: &mut Turn, handle: Handle, closed: bool) -> Result<(), Refusal> {
    let known = find(turn, handle)?;
    let charge = cabinets::charge(turn, handle.number);
    if charge.closed == closed {
        let state = say::status::switched(&turn.voice(), !closed);
        let instead = if closed { "enable" } else { "disable" };
        return Err(Refusal::Already { handle, state, instead });
    }
    turn.put(handle.number, &Charge { closed, ..charge });
    let card = say::cabinet::closed(&turn.voice(), handle, &known.name, closed);
    turn.say(card);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn a_new_cabinet_is_told_from_its_name_and_its_owners() {
        let cases: [(&str, &str, &[&str]); 6] = [
            ("新建 售后问题库", "售后问题库", &[]),
            ("新建：售后问题库 负责人 李雷、王芳", "售后问题库", &["李雷", "王芳"]),
            ("new ledger owner Ann", "ledger", &["Ann"]),
            ("news clippings", "news clippings", &[]),
            ("售后 问题库 负责人", "售后 问题库", &[]),
            ("售后库", "售后库", &[]),
        ];
        for (content, name, owners) in cases {
            let owners: Vec<String> = owners.iter().map(|who| (*who).to_owned()).collect();
            assert_eq!(read(content), (name, owners), "{content}");
        }
    }
}
