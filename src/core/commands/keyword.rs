//! `关键词`: rules that tag, notify and archive messages with a word in them.

use super::{archive, tag};
use crate::command::{Invocation, Shape};
use crate::core::fields;
use crate::core::keep::RULES_MAX;
use crate::core::paging;
use crate::core::people::resolve;
use crate::core::refusal::{Missing, Refusal};
use crate::core::say;
use crate::core::turn::Turn;
use crate::model::keyword::Keyword;
use crate::model::message::Message;
use crate::model::{Handle, PersonId};
use crate::store::Order;
use crate::text::cut;
use crate::text::keyword::Matcher;

/// Most words of one rule.
pub const WORDS_MAX: usize = 50;

/// Longest word, in characters.
pub const WORD_CHARS_MAX: usize = 40;

/// How many kept messages a new rule is tried on.
const TRIED_MAX: usize = 2_000;

/// How far back a new rule is tried, in ms: seven days.
const TRIED_MS: i64 = 7 * 86_400_000;

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
    let fits = |rule: &Keyword| {
        args.tags.iter().all(|tag| rule.tags.contains(tag))
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
    let args = &invocation.args;
    let (listed, named) = told_apart(&args.content);
    let words = words(listed)?;
    let notify = resolve(turn, &[&args.people[..], &named[..]].concat())?;
    let tags = tag::fit(args.tags.iter().map(String::as_str))?;
    let cabinet = args.target.as_deref().map(archive::cabinet).transpose()?;
    if args.tags.is_empty() && notify.is_empty() && args.target.is_none() {
        return Err(Refusal::Missing { word: "keyword", what: Missing::Effects });
    }
    if turn.list::<Keyword>(RULES_MAX, Order::Up).len() >= RULES_MAX {
        return Err(Refusal::Limit { what: "rules", most: RULES_MAX });
    }
    let Some(creator) = turn.acting.actor.clone() else { return Ok(()) };
    let rule = Keyword {
        words,
        tags,
        notify,
        cabinet,
        enabled: true,
        version: 1,
        creator,
        created_at: turn.now(),
        lang: turn.lang(),
    };
    let number = turn.next_number::<Keyword>();
    turn.put(number, &rule);
    let hits = past_hits(turn, &rule);
    let handle = Handle { letter: 'R', number };
    let card = say::keyword::created(&turn.voice(), handle, &rule, hits);
    turn.say(card);
    Ok(())
}

/// The words of a rule, and the names behind `通知` where somebody was named without an @:
/// `投诉、差评 → 通知陈经理`.
fn told_apart(content: &str) -> (&str, Vec<String>) {
    let begins = |at: usize| content[..at].ends_with([' ', '→', '>', '，', ',']);
    let tell = ["通知", "notify "].iter().find_map(|word| {
        let at = content.match_indices(word).map(|(at, _)| at).find(|at| begins(*at))?;
        Some((at, at + word.len()))
    });
    let arrow = ["→", "->", "=>"].iter().find_map(|arrow| content.find(arrow));
    let Some((at, behind)) = tell else { return (content, Vec::new()) };
    let names = content[behind..].replace('和', " ").replace(" and ", " ");
    (&content[..arrow.map_or(at, |arrow| arrow.min(at))], fields::names(&names))
}

/// The words of a list, each once; separated by commas of either width, without any by blanks.
fn words(content: &str) -> Result<Vec<String>, Refusal> {
    let list = content.trim_end_matches(['→', '>', '-', '=', ' ']);
    // Where marks separate, a blank belongs to a phrase: `refund, money back`.
    let marks = [',', '，', '、', ';', '；'];
    let marked = list.contains(marks);
    let apart = |c: char| marks.contains(&c) || !marked && c.is_whitespace();
    let mut words: Vec<String> = Vec::new();
    for word in list.split(apart) {
        let word = cut::one_line(word.trim().trim_matches(['"', '“', '”', '「', '」']));
        if word.chars().count() > WORD_CHARS_MAX {
            return Err(Refusal::Limit { what: "word", most: WORD_CHARS_MAX });
        }
        if !word.is_empty() && !words.contains(&word) {
            words.push(word);
        }
    }
    match words.len() {
        0 => Err(Refusal::Missing { word: "keyword", what: Missing::Content }),
        1..=WORDS_MAX => Ok(words),
        _ => Err(Refusal::Limit { what: "words", most: WORDS_MAX }),
    }
}

/// How many of the last week's messages the rule would have found.
fn past_hits(turn: &mut Turn, rule: &Keyword) -> usize {
    let since = turn.now().plus_ms(-TRIED_MS);
    let matcher = Matcher::new(rule.words.iter().map(String::as_str));
    let messages = turn.list::<Message>(TRIED_MAX, Order::Down);
    let recent = messages.iter().take_while(|(_, m)| m.sent_at >= since);
    recent.filter(|(_, m)| !matcher.find(&m.text).is_empty()).count()
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
