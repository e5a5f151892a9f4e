//! Tags of kept messages by the names they go by now. A message keeps the name it was given, so a
//! new name is one record, however many bear it.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::refusal::Refusal;
use super::turn::Turn;
use crate::model::message::{Message, TAG_CHARS_MAX, TAGS_MAX, Tagged};
use crate::model::renamed::Renamed;
use crate::store::Order;
use crate::text::branch::Names;
use crate::text::cut;

/// Most tags of a conversation that were renamed: each is looked at for every tag that is shown.
pub const RENAMED_MAX: usize = 200;

/// How many kept messages are counted for their tags.
pub const COUNTED_MAX: usize = 5_000;

/// Names that changed here.
pub fn names(turn: &mut Turn) -> Rc<Names> {
    if let Some(names) = &turn.names {
        return names.clone();
    }
    let renamed = turn.list::<Renamed>(RENAMED_MAX, Order::Up);
    let names = Rc::new(of(renamed.into_iter().map(|(_, renamed)| renamed)));
    turn.names = Some(names.clone());
    names
}

/// The names that these records change.
pub fn of(renamed: impl IntoIterator<Item = Renamed>) -> Names {
    Names::new(renamed.into_iter().map(|renamed| (renamed.from, renamed.to)))
}

/// Tags by the names they go by now, none twice.
pub fn as_called_now(names: &Names, tags: &mut Vec<Tagged>) {
    if names.is_empty() || tags.is_empty() {
        return;
    }
    for tagged in tags.iter_mut() {
        tagged.tag = names.now(&tagged.tag);
    }
    tags.sort();
    tags.dedup_by(|one, other| one.tag == other.tag);
}

/// Typed names as they go now.
pub fn meant(turn: &mut Turn, typed: &[String]) -> Vec<String> {
    let names = names(turn);
    typed.iter().map(|tag| names.now(tag)).collect()
}

/// Typed tags fit to be kept: by the names they go by now, each one line, short and once, and not
/// too many.
pub fn fit<'a>(
    turn: &mut Turn,
    typed: impl IntoIterator<Item = &'a str>,
) -> Result<Vec<String>, Refusal> {
    let names = names(turn);
    let mut once = BTreeSet::new();
    let mut tags: Vec<String> = plain(typed)?.iter().map(|tag| names.now(tag)).collect();
    tags.retain(|tag| once.insert(tag.clone()));
    Ok(tags)
}

/// The same by the names that were typed.
pub fn plain<'a>(typed: impl IntoIterator<Item = &'a str>) -> Result<Vec<String>, Refusal> {
    let mut tags: Vec<String> = Vec::new();
    for tag in typed {
        let tag = cut::one_line(tag);
        if tag.chars().count() > TAG_CHARS_MAX {
            return Err(Refusal::Limit { what: "tag", most: TAG_CHARS_MAX });
        }
        if !tag.is_empty() && !tags.contains(&tag) {
            tags.push(tag);
        }
        if tags.len() > TAGS_MAX {
            return Err(Refusal::Limit { what: "tags", most: TAGS_MAX });
        }
    }
    Ok(tags)
}

/// On how many of the newest messages one of these tags is.
pub fn bearing(turn: &mut Turn, tags: &[String]) -> usize {
    let names = names(turn);
    let bears = |message: &Message| {
        message.tags.iter().any(|tagged| tags.contains(&names.now(&tagged.tag)))
    };
    let messages = turn.list::<Message>(COUNTED_MAX, Order::Down);
    messages.iter().filter(|(_, message)| bears(message)).count()
}

/// Every tag of the newest messages and on how many of them it is, most first; and whether there
/// are older ones, which were not counted.
pub fn counted(turn: &mut Turn) -> (Vec<(String, usize)>, bool) {
    let messages = turn.list::<Message>(COUNTED_MAX, Order::Down);
    let cut = messages.len() == COUNTED_MAX;
    let names = names(turn);
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for (_, mut message) in messages {
        as_called_now(&names, &mut message.tags);
        for tagged in message.tags {
            *counts.entry(tagged.tag).or_default() += 1;
        }
    }
    let mut counts: Vec<_> = counts.into_iter().collect();
    counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    (counts, cut)
}
