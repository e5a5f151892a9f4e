//! `消息`: the last kept messages, one of them whole, and its tags.

use super::tag::{self, there};
use crate::command::{Args, Invocation, Role, Shape};
use crate::core::refusal::{Missing, Refusal};
use crate::core::turn::Turn;
use crate::core::{cabinets, fields, masking, rights, say, tags};
use crate::model::message::Message;
use crate::model::{Handle, Post, Scope};
use crate::store::Order;
use crate::text::branch::is_under;
use crate::text::fold::fold;

/// Messages looked through for the last ones that still say something.
const LOOKED_MAX: usize = 200;

/// Shows kept messages, or changes the tags of one.
pub fn run(turn: &mut Turn, invocation: &Invocation) -> Result<(), Refusal> {
    let card = match &invocation.shape {
        Shape::List | Shape::Create => {
            let mut messages = turn.list::<Message>(LOOKED_MAX, Order::Down);
            // What was imported is not what was said last.
            messages.retain(|(_, message)| message.gone.is_none() && !message.imported);
            messages.truncate(say::voice::LISTED_MAX);
            let shown = |(n, message)| (n, masking::shown(turn, message));
            let messages: Vec<_> = messages.into_iter().map(shown).collect();
            say::message::list(&turn.voice(), &messages)
        }
        Shape::Show(handle) => {
            let message = there(turn, *handle)?;
            let message = masking::shown(turn, message);
            say::message::shown(&turn.voice(), *handle, &message)
        }
        Shape::Act(handle, verb) if verb == "versions" => return versions(turn, *handle),
        Shape::Act(handle, verb) => return retag(turn, invocation, *handle, verb == "add"),
    };
    turn.say(card);
    Ok(())
}

/// `M3 版本`: what it said before, to whoever asked alone. What was taken back admins may see.
fn versions(turn: &mut Turn, handle: Handle) -> Result<(), Refusal> {
    let mut message = there(turn, handle)?;
    if message.recalled.is_some() && !rights::has(turn, Role::Admin, None) {
        return Err(Refusal::NotAllowed { needs: Role::Admin });
    }
    if message.versions.is_empty() && message.recalled.is_none() {
        let card = say::message::never_edited(&turn.voice(), handle);
        turn.say(card);
        return Ok(());
    }
    masking::hide_versions(turn, &mut message);
    let place = turn.title().to_owned();
    let card = say::message::versions(&turn.voice(), handle, &place, &message);
    if turn.scope().is_direct() {
        turn.say(card);
        return Ok(());
    }
    let sent = turn.capabilities().is_none_or(|can| can.private_send);
    if let Some(actor) = turn.acting.actor.clone().filter(|_| sent) {
        turn.post(Scope::Person(actor.person), Post::Say(Box::new(card)));
    }
    let card = say::message::versions_sent(&turn.voice(), handle, sent);
    turn.say(card);
    Ok(())
}

/// `M3 加 #合同`, `M3 去掉 #合同`: a tag more or less.
fn retag(
    turn: &mut Turn,
    invocation: &Invocation,
    handle: Handle,
    adds: bool,
) -> Result<(), Refusal> {
    let mut args = fields::tagged(&invocation.args, &invocation.typed);
    // `M2 加急` tags it so, and adds nothing called 急.
    if adds && args.content.trim() == "急" {
        args.content.clear();
        args.tags.push("加急".to_owned());
    }
    let mut message = there(turn, handle)?;
    if !adds && args.tags.is_empty() && is_unfiled(&message, &args.content, &invocation.typed) {
        return unfile(turn, handle, message);
    }
    if !adds && let Some(other) = elsewhere(&args, &invocation.typed) {
        let card = say::message::not_in(&turn.voice(), handle, &other, message.cabinet.as_deref());
        turn.say(card);
        return Ok(());
    }
    tags::as_called_now(&tags::names(turn), &mut message.tags);
    if !adds && let Some(off) = tags_off(&message, &args, &invocation.typed) {
        take_off(turn, handle, message, &off);
        return Ok(());
    }
    let over = args.people.first().map(|name| format!("@{name}"));
    // `去掉 M6 的 #团建`
    let rest = args.content.trim_matches(['的', '上', '里', ' ']);
    let over = over.or_else(|| Some(rest.to_owned()).filter(|rest| !rest.is_empty()));
    if let Some(part) = over {
        let word = if adds { "add" } else { "drop" };
        return Err(Refusal::NotUnderstood { word: word.into(), part });
    }
    let tags = tags::fit(turn, args.tags.iter().map(String::as_str))?;
    if tags.is_empty() {
        return Err(Refusal::Missing { word: "tag", what: Missing::Tags });
    }
    match adds {
        true => tag::put_on(turn, vec![(handle.number, message)], &tags),
        false => {
            take_off(turn, handle, message, &tags);
            Ok(())
        }
    }
}

/// The tags of a message that are to go: all of them (`M2 去掉标签`), some by their names alone (`M2 去掉
/// 教务/退费`), or the one that lies under what was named (`M2 去掉 #退费`).
fn tags_off(message: &Message, args: &Args, typed: &str) -> Option<Vec<String>> {
    let own = |name: &str| {
        let name = fold(name.trim_matches(['#', '＃', '/'])).text;
        let exact = message.tags.iter().find(|tagged| fold(&tagged.tag).text == name);
        let mut under = message.tags.iter().filter(|tagged| is_under(&tagged.tag, &name));
        let only = under.next().filter(|_| under.next().is_none());
        exact.or(only).map(|tagged| tagged.tag.clone())
    };
    let said = args.content.trim_matches(['的', '上', '里', ' ', '都', '掉']);
    let said = said.strip_prefix("标签").unwrap_or(said).trim();
    let all = ["", "全部标签", "所有标签", "全部", "所有", "all tags", "tags", "all", "标签"];
    let of_tags = args.content.contains("标签") || args.content.contains("tag");
    let of_tags = of_tags || typed.contains("标签") || typed.contains("tag");
    if args.tags.is_empty() && args.people.is_empty() && of_tags && all.contains(&said) {
        return Some(message.tags.iter().map(|tagged| tagged.tag.clone()).collect());
    }
    if !args.people.is_empty() || args.tags.is_empty() && said.is_empty() {
        return None;
    }
    let words = said.split(|c: char| c.is_whitespace() || "，,、".contains(c));
    let names = words.filter(|word| !word.is_empty()).chain(args.tags.iter().map(String::as_str));
    names.map(own).collect()
}

/// Whether it is to be taken out of its cabinet: `M4 取消归档`, `M4 移出 售后库`.
fn is_unfiled(message: &Message, content: &str, typed: &str) -> bool {
    let said = fold(content).text;
    let said = said.trim().trim_start_matches('从').trim_end_matches("里");
    let cabinet = message.cabinet.as_deref().map(|cabinet| fold(cabinet).text);
    let unfiles = ["归档", "unarchive", "撤出", "移出", "take out"];
    let unfiles = unfiles.iter().any(|word| typed.contains(word));
    unfiles && said.is_empty() || !said.is_empty() && cabinet.is_some_and(|own| own == said)
}

/// The cabinet it is to be taken out of, which is not its own.
fn elsewhere(args: &Args, typed: &str) -> Option<String> {
    let takes = ["撤出", "移出", "take out"].iter().any(|word| typed.contains(word));
    let said = args.content.trim().trim_start_matches('从').trim_end_matches('里');
    let named = args.tags.is_empty() && args.people.is_empty() && !said.is_empty();
    (takes && named).then(|| said.to_owned())
}

fn unfile(turn: &mut Turn, handle: Handle, mut message: Message) -> Result<(), Refusal> {
    let cabinet = message.cabinet.take();
    if let Some(cabinet) = &cabinet {
        cabinets::opens(turn, cabinet)?;
        turn.put(handle.number, &message);
    }
    let card = say::message::unfiled(&turn.voice(), handle, cabinet.as_deref());
    turn.say(card);
    Ok(())
}

/// A tag that is not there is said with those that are.
fn take_off(turn: &mut Turn, handle: Handle, mut message: Message, off: &[String]) {
    let before = message.tags.len();
    message.tags.retain(|tagged| !off.contains(&tagged.tag));
    let taken = before > message.tags.len();
    if taken {
        turn.put(handle.number, &message);
    }
    let card = say::message::untagged(&turn.voice(), handle, off, &message.tags, taken);
    turn.say(card);
}
