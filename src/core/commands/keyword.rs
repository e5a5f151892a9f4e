//! `关键词`: rules that tag, notify and archive messages with a word in them.

use super::wordlist::{self, Listed, WORDS_MAX, words};
use super::{effects, matched, tried, whom};
use crate::command::{Args, Invocation, Shape};
use crate::core::cabinets;
use crate::core::fields;
use crate::core::keep::RULES_MAX;
use crate::core::paging;
use crate::core::people::resolve;
use crate::core::refusal::{Missing, OfTask, Refusal};
use crate::core::turn::Turn;
use crate::core::{say, tags};
use crate::model::keyword::{Keyword, Matching};
use crate::model::task::Named;
use crate::model::{Handle, PersonId};
use crate::store::Order;
use crate::text::when;

/// Carries out a command on keyword rules.
pub fn run(turn: &mut Turn, invocation: &Invocation) -> Result<(), Refusal> {
    match &invocation.shape {
        Shape::List => list(turn, invocation),
        Shape::Create => create(turn, invocation),
        Shape::Show(handle) => {
            let rule = find(turn, *handle)?;
            let card = say::keyword::shown(&turn.voice(), *handle, &rule);
            turn.say(card);
            Ok(())
        }
        Shape::Act(handle, verb) if whom::VERBS.contains(&verb.as_str()) => {
            change(turn, invocation, *handle, verb)
        }
        Shape::Act(handle, verb) => act(turn, *handle, verb),
    }
}

/// Whoever made it.
pub fn owners(turn: &mut Turn, number: u32) -> Option<Vec<PersonId>> {
    Some(vec![turn.get::<Keyword>(number)?.creator.person])
}

fn find(turn: &mut Turn, handle: Handle) -> Result<Keyword, Refusal> {
    turn.get(handle.number).ok_or(Refusal::NoSuch(handle))
}

fn list(turn: &mut Turn, invocation: &Invocation) -> Result<(), Refusal> {
    let args = &invocation.args;
    // `关键词 → #教务` was meant to make one.
    if ["→", "->", "=>"].iter().any(|arrow| invocation.line.contains(arrow)) {
        return Err(Refusal::Missing { word: "keyword", what: Missing::Content });
    }
    let people = resolve(turn, &args.people)?;
    let wanted = tags::meant(turn, &args.tags);
    let fits = |rule: &Keyword| {
        wanted.iter().all(|tag| rule.tags.contains(tag))
            && people.iter().all(|who| rule.notify.iter().any(|n| n.person == who.person))
    };
    let mut rules = turn.list::<Keyword>(RULES_MAX, Order::Up);
    rules.retain(|(_, rule)| fits(rule));
    let narrowed = !args.tags.is_empty() || !people.is_empty();
    let long = say::keyword::list(&turn.voice(), &rules, narrowed);
    paging::say(turn, long);
    Ok(())
}

fn create(turn: &mut Turn, invocation: &Invocation) -> Result<(), Refusal> {
    let args = &effects::read(&invocation.args)?;
    let effects = !args.tags.is_empty() || !args.people.is_empty() || args.target.is_some();
    if let Some(words) = tried::asked(&args.content, effects).filter(|_| !args.quoted) {
        let args = Args { content: words.to_owned(), ..args.clone() };
        if let Some(rule) = described(turn, &args, &invocation.line)? {
            tried::run(turn, &rule);
        }
        return Ok(());
    }
    let (listed, sure) = tried::sure(&args.content);
    let args = &Args { content: listed.to_owned(), ..args.clone() };
    let Some(rule) = described(turn, args, &invocation.line)? else { return Ok(()) };
    if rule.tags.is_empty() && rule.notify.is_empty() && rule.cabinet.is_none() {
        return Err(Refusal::Missing { word: "keyword", what: Missing::Effects });
    }
    let rules = turn.list::<Keyword>(RULES_MAX, Order::Up);
    let same = |other: &Keyword| {
        (&other.words, &other.except, &other.tags) == (&rule.words, &rule.except, &rule.tags)
            && (&other.cabinet, &other.notify) == (&rule.cabinet, &rule.notify)
            && other.matching == rule.matching
    };
    if let Some((number, _)) = rules.iter().find(|(_, rule)| same(rule)) {
        return Err(Refusal::Exists(Handle { letter: 'R', number: *number }));
    }
    if rules.len() >= RULES_MAX {
        return Err(Refusal::Limit { what: "rules", most: RULES_MAX });
    }
    matched::few(rules.iter().map(|(_, rule)| rule).chain([&rule]))?;
    if !sure {
        tried::doubted(turn, invocation, &rule, &rule.words)?;
    }
    if let Some(cabinet) = &rule.cabinet {
        cabinets::know(turn, cabinet)?;
    }
    let number = turn.next_number::<Keyword>();
    turn.put(number, &rule);
    let hits = tried::past(turn, &rule).count;
    let handle = Handle { letter: 'R', number };
    let card = say::keyword::created(&turn.voice(), handle, &rule, hits);
    turn.say(card);
    Ok(())
}

/// The rule that a line describes, whether or not it does anything; `None` if nobody says it.
fn described(turn: &mut Turn, args: &Args, line: &str) -> Result<Option<Keyword>, Refusal> {
    let (listed, named) = told_apart(&args.content);
    let (matching, listed) = match args.quoted {
        true => (None, listed),
        false => matched::asked(listed),
    };
    let matching = matching.unwrap_or_default();
    let listed = match matching {
        Matching::Pattern => matched::pattern(listed)?,
        _ if args.quoted => words(&format!("\"{listed}\""))?,
        Matching::Substring | Matching::Word => words(listed)?,
    };
    let except = wordlist::fitted(&listed.words, listed.except)?;
    let notify = resolve(turn, &[&args.people[..], &named[..]].concat())?;
    let tags = tags::fit(turn, args.tags.iter().map(String::as_str))?;
    if let Some(until) = args.target.as_deref().filter(|target| is_date(turn, target)) {
        return Err(wordlist::condition(until));
    }
    let cabinet = args.target.as_deref().map(|to| cabinets::fit(turn, to, line)).transpose()?;
    Ok(turn.acting.actor.clone().map(|creator| Keyword {
        words: listed.words,
        matching,
        except,
        tags,
        notify,
        cabinet,
        enabled: true,
        version: 1,
        creator,
        created_at: turn.now(),
        lang: turn.lang(),
    }))
}

/// The words of a rule, and the names behind `通知` where somebody was named without an @:
/// `投诉、差评 → 通知陈经理`.
fn told_apart(content: &str) -> (&str, Vec<String>) {
    let begins = |at: usize| content[..at].ends_with([' ', '，', ',']);
    let tell = ["通知", "notify "].iter().find_map(|word| {
        let at = content.match_indices(word).map(|(at, _)| at).find(|at| begins(*at))?;
        Some((at, at + word.len()))
    });
    let Some((at, behind)) = tell else { return (content, Vec::new()) };
    let names = content[behind..].replace('和', " ").replace(" and ", " ");
    (effects::without_joint(&content[..at]), fields::names(&names))
}

/// Whether a cabinet's name is a time: `到12月底` says until when, and a rule has no end.
fn is_date(turn: &Turn, target: &str) -> bool {
    when::find(target, turn.reference()).is_some_and(|found| found.span == (0..target.len()))
}

/// `R1 加 宕机 #告警 @李雷`: a word, a phrase that is excluded, a tag or somebody more, or less.
fn change(
    turn: &mut Turn,
    invocation: &Invocation,
    handle: Handle,
    verb: &str,
) -> Result<(), Refusal> {
    let args = &fields::tagged(&invocation.args, &invocation.typed);
    let mut rule = find(turn, handle)?;
    let before = rule.clone();
    let adds = verb == "add";
    if !args.people.is_empty() {
        rule.notify = told(turn, args, handle, verb, &before.notify)?;
    }
    let quoted = args.quoted.then(|| format!("\"{}\"", args.content));
    let (content, sure) = tried::sure(&args.content);
    if !adds && let Some(refusal) = swapped(handle, content) {
        return Err(refusal);
    }
    let listed = quoted.unwrap_or_else(|| behind_word(content).to_owned());
    let (matching, behind) = matched::asked(&listed);
    if matching.is_some_and(|matching| matching != rule.matching) {
        return Err(wordlist::condition(&listed));
    }
    let Listed { words, except } = match rule.matching {
        _ if behind.is_empty() => Listed::default(),
        Matching::Pattern => matched::pattern(behind)?,
        Matching::Substring | Matching::Word => wordlist::listed(behind, true)?,
    };
    if adds {
        rule.words.extend(words.into_iter().filter(|word| !before.words.contains(word)));
        let new = wordlist::fitted(&rule.words, except)?.into_iter();
        rule.except.extend(new.filter(|phrase| !before.except.contains(phrase)));
        rule.tags = tags::fit(turn, before.tags.iter().chain(&args.tags).map(String::as_str))?;
    } else {
        // Without the word that excludes it a phrase is taken out as well.
        rule.words.retain(|word| !words.contains(word));
        rule.except.retain(|phrase| !except.contains(phrase) && !words.contains(phrase));
        let off = tags::meant(turn, &args.tags);
        rule.tags.retain(|tag| !off.contains(tag));
    }
    if rule.words.len().max(rule.except.len()) > WORDS_MAX {
        return Err(Refusal::Limit { what: "words", most: WORDS_MAX });
    }
    if rule.words.is_empty() {
        return Err(Refusal::Missing { word: "keyword", what: Missing::Content });
    }
    if rule.tags.is_empty() && rule.notify.is_empty() && rule.cabinet.is_none() {
        return Err(Refusal::Missing { word: "keyword", what: Missing::Effects });
    }
    if rule == before {
        return Err(Refusal::Missing { word: "edit", what: Missing::Pairs });
    }
    if adds {
        let others = turn.list::<Keyword>(RULES_MAX, Order::Up);
        let others = others.iter().filter(|(number, _)| *number != handle.number);
        matched::few(others.map(|(_, rule)| rule).chain([&rule]))?;
    }
    if adds && !sure {
        let new: Vec<String> =
            rule.words.iter().filter(|word| !before.words.contains(word)).cloned().collect();
        tried::doubted(turn, invocation, &rule, &new)?;
    }
    rule.version += 1;
    turn.put(handle.number, &rule);
    let card = say::keyword::shown(&turn.voice(), handle, &rule);
    turn.say(card);
    Ok(())
}

/// Whom a rule tells with somebody more, or less.
fn told(
    turn: &mut Turn,
    args: &Args,
    handle: Handle,
    verb: &str,
    before: &[Named],
) -> Result<Vec<Named>, Refusal> {
    let named = Args { people: args.people.clone(), ..Args::default() };
    let last = verb != "add" && before.len() <= args.people.len();
    match whom::changed(turn, &named, handle, verb, before) {
        // A rule that tells nobody may still tag.
        Err(Refusal::Task(OfTask::NobodyLeft { .. })) if last => Ok(Vec::new()),
        Err(Refusal::Task(OfTask::AlreadyTheirs { .. })) if before.is_empty() => {
            resolve(turn, &args.people)
        }
        people => people,
    }
}

/// `R1 加词 换货`, `R1 再加一个词 赔偿`: the words alone.
fn behind_word(content: &str) -> &str {
    let counted = ["一个", "1个", "几个", "两个", "个", "新"];
    let bare = counted.iter().find_map(|word| content.strip_prefix(word)).unwrap_or(content);
    let named = ["关键词 ", "关键词：", "词语 ", "词 ", "词：", "words ", "word ", "the word "];
    named.iter().find_map(|word| bare.strip_prefix(word)).unwrap_or(content)
}

/// `R1 去掉 退款 换成 退货`: a word less and another one more, which are two commands.
fn swapped(handle: Handle, content: &str) -> Option<Refusal> {
    let joints = [" 换成 ", "换成", " 改成 ", "改成", " and add ", " for "];
    let (old, new) = joints.iter().find_map(|joint| content.split_once(joint))?;
    let (old, new) = (old.trim(), new.trim());
    let line = match content.is_ascii() {
        true => format!("{handle} add {new}; {handle} drop {old}"),
        false => format!("{handle} 加 {new}；{handle} 减 {old}"),
    };
    let whole = !old.is_empty() && !new.is_empty();
    whole.then(|| Refusal::Which { part: content.to_owned(), lines: vec![line] })
}

fn act(turn: &mut Turn, handle: Handle, verb: &str) -> Result<(), Refusal> {
    let mut rule = find(turn, handle)?;
    if verb == "remove" {
        turn.remove::<Keyword>(handle.number);
        let words = say::keyword::words(&turn.voice(), &rule);
        let card = say::task::removed(&turn.voice(), handle, &words);
        turn.say(card);
        return Ok(());
    }
    let on = verb == "enable";
    if rule.enabled == on {
        let state = say::status::switched(&turn.voice(), on);
        let instead = if on { "disable" } else { "enable" };
        return Err(Refusal::Already { handle, state, instead });
    }
    rule.enabled = on;
    rule.version += 1;
    turn.put(handle.number, &rule);
    let what = say::keyword::words(&turn.voice(), &rule);
    let card = say::status::switch(&turn.voice(), &handle.to_string(), &what, on);
    turn.say(card);
    Ok(())
}
