//! `标`: a tag on a quoted message, or on `M3`.

use crate::command::{Invocation, Shape};
use crate::core::keep::{self, TAGS_MAX};
use crate::core::refusal::{Missing, Refusal};
use crate::core::say;
use crate::core::turn::Turn;
use crate::model::Handle;
use crate::model::message::{Message, Tagged};
use crate::store::Order;
use crate::text::cut;

/// Longest tag, in characters.
pub const TAG_CHARS_MAX: usize = 40;

/// How many kept messages are counted for 「同类」.
const COUNTED_MAX: usize = 5_000;

/// Tags the message that is meant.
pub fn run(turn: &mut Turn, invocation: &Invocation) -> Result<(), Refusal> {
    let tags = tags(invocation)?;
    let (number, mut message) = meant(turn, invocation, "tag")?;
    let mut before = true;
    for tag in &tags {
        let new = Tagged { tag: tag.clone(), rule: None, word: None };
        before &= !keep::add_tag(&mut message.tags, new);
    }
    if message.tags.len() > TAGS_MAX {
        return Err(Refusal::Limit { what: "tags", most: TAGS_MAX });
    }
    turn.put(number, &message);
    let alike = turn.list::<Message>(COUNTED_MAX, Order::Down);
    let alike = alike.iter().filter(|(_, m)| m.tags.iter().any(|t| tags.contains(&t.tag))).count();
    let handle = Handle { letter: 'M', number };
    let card = say::message::tagged(&turn.voice(), handle, &tags, alike.saturating_sub(1), before);
    turn.say(card);
    Ok(())
}

/// The message a command is about: `M3`, or the quoted one.
pub fn meant(
    turn: &mut Turn,
    invocation: &Invocation,
    word: &'static str,
) -> Result<(u32, Message), Refusal> {
    debug_assert!(matches!(invocation.shape, Shape::List | Shape::Create));
    if let Some(handle) = invocation.args.handles.iter().find(|h| h.letter == 'M') {
        let message = turn.get::<Message>(handle.number).ok_or(Refusal::NoSuch(*handle))?;
        return Ok((handle.number, message));
    }
    match turn.incoming().and_then(|m| m.quoted.as_ref()) {
        Some(quoted) => keep::quoted(turn, quoted).ok_or(Refusal::QuoteHidden),
        None => Err(Refusal::Missing { word, what: Missing::Quote }),
    }
}

/// The tags typed, with or without `#`.
fn tags(invocation: &Invocation) -> Result<Vec<String>, Refusal> {
    let args = &invocation.args;
    // `打标签 客诉`
    let content = args.content.strip_prefix("签").filter(|_| invocation.typed == "打标");
    let content = content.unwrap_or(&args.content).trim_start_matches(['：', ':', ' ']);
    let bare = content.split([' ', ',', '，', '、']).map(|t| t.trim_matches(['/', '#']));
    let tags = fit(args.tags.iter().map(String::as_str).chain(bare))?;
    if tags.is_empty() {
        return Err(Refusal::Missing { word: "tag", what: Missing::Tags });
    }
    Ok(tags)
}

/// Tags fit to be kept: each one line, short and once, and not too many.
pub fn fit<'a>(typed: impl IntoIterator<Item = &'a str>) -> Result<Vec<String>, Refusal> {
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
