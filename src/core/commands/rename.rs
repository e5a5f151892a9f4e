//! `改名`: a tag and all below it are called otherwise, or several are called the same. Messages keep
//! the names they were given and show the new one; tasks and keyword rules get it at once.

use crate::command::Invocation;
use crate::core::hits::{self, FOUND_MAX};
use crate::core::keep::RULES_MAX;
use crate::core::numbers::TASKS_MAX;
use crate::core::refusal::{Missing, OfTag, Refusal};
use crate::core::say;
use crate::core::say::tags::Count;
use crate::core::tags::{self, RENAMED_MAX};
use crate::core::turn::Turn;
use crate::model::keyword::Keyword;
use crate::model::renamed::Renamed;
use crate::model::task::Task;
use crate::store::Order;
use crate::text::branch::{grafted, is_under};
use crate::text::fold::fold;
use crate::text::near;
use crate::text::sought::Sought;

/// Between the old names and the new one, apart from both.
const TO: [&str; 13] =
    ["→", "->", "=>", "到", "为", "成", "改成", "改为", "换成", "叫", "to", "into", "as"];

/// The same before a `#`, where it is glued to the name before.
const GLUED: [&str; 7] = ["改成", "改为", "换成", "合并到", "并到", "→", "->"];

/// Most tags that are near a mistyped one.
const NEAR_MAX: usize = 3;

/// Renames.
pub fn run(turn: &mut Turn, invocation: &Invocation) -> Result<(), Refusal> {
    let typed = typed(invocation.behind());
    let typed = tags::plain(typed.iter().map(String::as_str))?;
    let Some((to, from)) = typed.split_last().filter(|(_, from)| !from.is_empty()) else {
        return Err(Refusal::Missing { word: "rename", what: Missing::Tags });
    };
    into_a_level(turn, invocation, from, to)?;
    let mut count = Count::default();
    for tag in from {
        let tag = tags::meant(turn, std::slice::from_ref(tag)).remove(0);
        let one = rename(turn, &tag, to)?;
        count.messages += one.messages;
        count.tasks += one.tasks;
        count.rules += one.rules;
    }
    let card = say::tags::done(&turn.voice(), from, to, &count);
    turn.say(card);
    Ok(())
}

/// `合并 #投诉 到 #退费`, where #退费 is no tag of its own and only a level of others: it is asked which is
/// meant, or the two would stand side by side.
fn into_a_level(
    turn: &mut Turn,
    invocation: &Invocation,
    from: &[String],
    to: &str,
) -> Result<(), Refusal> {
    let merges = invocation.typed.contains("合并") || invocation.typed.starts_with("merge");
    if !merges || to.contains('/') {
        return Ok(());
    }
    let wanted = fold(to).text;
    let known: Vec<String> = tags::counted(turn).0.into_iter().map(|(tag, _)| tag).collect();
    let begins = |tag: &String| grafted(&fold(tag).text, &wanted, "").is_some();
    if known.iter().any(begins) {
        return Ok(());
    }
    let other = |tag: &&String| is_under(tag, &wanted) && !from.contains(tag);
    let levels = known.iter().filter(other).take(NEAR_MAX);
    let all: Vec<String> = from.iter().map(|tag| format!("#{tag}")).collect();
    let all = all.join(" ");
    let (word, to_, again) =
        turn.voice().pick(("合并", "到", "标签改名"), ("merge", "into", "retag"));
    let mut lines: Vec<String> =
        levels.map(|level| format!("{word} {all} {to_} #{level}")).collect();
    if lines.is_empty() {
        return Ok(());
    }
    lines.push(format!("{again} {all} {} #{to}", turn.voice().pick("→", "to")));
    Err(Refusal::Which { part: format!("#{to}"), lines })
}

/// The tags of a line, the last of them the new name.
fn typed(line: &str) -> Vec<String> {
    let mut line = line.replace('＃', "#");
    for joint in GLUED {
        line = line.replace(&format!("{joint}#"), " #");
    }
    let apart = |c: char| c.is_whitespace() || "，,、；;".contains(c);
    let words = line.split(apart).flat_map(|word| word.split('#'));
    let words = words.map(|word| word.trim_matches('/')).filter(|word| !word.is_empty());
    words.filter(|word| !TO.contains(word)).map(str::to_owned).collect()
}

/// Renames a tag that is called so now.
fn rename(turn: &mut Turn, from: &str, to: &str) -> Result<Count, Refusal> {
    if from == to {
        return Err(Refusal::Tag(OfTag::Same { tag: to.to_owned() }));
    }
    if fold(from).text != fold(to).text && grafted(to, from, "").is_some() {
        let (from, to) = (from.to_owned(), to.to_owned());
        return Err(Refusal::Tag(OfTag::BelowItself { from, to }));
    }
    let mut count = Count { messages: messages(turn, from), ..Count::default() };
    each_branch(turn, from, to, &mut count);
    if count == Count::default() {
        let known = tags::counted(turn).0;
        let known: Vec<&str> = known.iter().map(|(tag, _)| tag.as_str()).collect();
        // A level of other tags is found by its name alone, and is no tag of its own.
        let level = fold(from).text;
        let mut near: Vec<&str> = known.iter().copied().filter(|t| is_under(t, &level)).collect();
        near.truncate(NEAR_MAX);
        if near.is_empty() {
            near = near::nearest(from, known.iter().copied(), NEAR_MAX);
        }
        let near = near.into_iter().map(str::to_owned).collect();
        return Err(Refusal::Tag(OfTag::NoSuch { tag: from.to_owned(), near }));
    }
    record(turn, from, to)?;
    Ok(count)
}

/// Remembers what it is called now. No record renames what another one renames to: so a name is
/// looked up once.
fn record(turn: &mut Turn, from: &str, to: &str) -> Result<(), Refusal> {
    let Some(by) = turn.acting.actor.clone() else { return Ok(()) };
    let records = turn.list::<Renamed>(RENAMED_MAX, Order::Up);
    let mut left = records.len();
    for (number, mut old) in records {
        if let Some(moved) = grafted(&old.to, from, to) {
            old.to = moved;
            turn.put(number, &old);
        }
        // The new name is a name of its own again.
        if grafted(to, &old.from, "").is_some() || old.from == old.to {
            turn.remove::<Renamed>(number);
            left -= 1;
        }
    }
    if left >= RENAMED_MAX {
        return Err(Refusal::Limit { what: "renamed", most: RENAMED_MAX });
    }
    let number = turn.next_number::<Renamed>();
    let at = turn.now();
    turn.put(number, &Renamed { from: from.to_owned(), to: to.to_owned(), by, at });
    turn.names = None;
    Ok(())
}

/// How many messages show it, at most [`FOUND_MAX`].
fn messages(turn: &mut Turn, tag: &str) -> usize {
    let wanted = fold(tag).text;
    let former = tags::names(turn).before(&wanted).into_iter();
    let former = former.map(|name| (wanted.clone(), name)).collect();
    let sought = Sought { tags: vec![wanted.clone()], former, ..Sought::default() };
    let hits = hits::of(turn, &sought, FOUND_MAX).found;
    let bears = |tag: &str| grafted(&fold(tag).text, &wanted, "").is_some();
    let names = tags::names(turn);
    let of_branch = hits
        .iter()
        .filter(|(_, message)| message.tags.iter().any(|tagged| bears(&names.now(&tagged.tag))));
    of_branch.count()
}

/// Tasks and rules bear the new name from now on.
fn each_branch(turn: &mut Turn, from: &str, to: &str, count: &mut Count) {
    let moved = |tags: &mut Vec<String>| {
        let mut any = false;
        for tag in tags.iter_mut() {
            if let Some(now) = grafted(tag, from, to) {
                (*tag, any) = (now, true);
            }
        }
        let mut once = std::collections::BTreeSet::new();
        tags.retain(|tag| once.insert(tag.clone()));
        any
    };
    for (number, mut task) in turn.list::<Task>(TASKS_MAX, Order::Up) {
        if moved(&mut task.tags) {
            turn.put(number, &task);
            count.tasks += 1;
        }
    }
    for (number, mut rule) in turn.list::<Keyword>(RULES_MAX, Order::Up) {
        if moved(&mut rule.tags) {
            rule.version += 1;
            turn.put(number, &rule);
            count.rules += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::typed;

    #[test]
    fn the_new_name_stands_last_however_it_is_joined() {
        for line in [
            "#客户A → #客户甲",
            "客户A 客户甲",
            "#客户A改成#客户甲",
            "#客户A#客户甲",
            "客户A 到 /客户甲/",
            "＃客户A->＃客户甲",
        ] {
            assert_eq!(typed(line), ["客户A", "客户甲"], "{line}");
        }
        assert_eq!(typed("#a, #b into #c"), ["a", "b", "c"]);
    }
}
