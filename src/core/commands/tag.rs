//! `标`: a tag on a quoted message, or on `M3 M5`.

use crate::command::{HANDLES_MAX, Invocation, Shape};
use crate::core::keep;
use crate::core::refusal::{Missing, Refusal};
use crate::core::turn::Turn;
use crate::core::{paging, say, tags};
use crate::model::Handle;
use crate::model::message::{Message, TAGS_MAX, Tagged};

/// Most messages chosen at once on the archive page.
pub const CHOSEN_MAX: usize = 200;

/// Tags the messages that are meant.
pub fn run(turn: &mut Turn, invocation: &Invocation) -> Result<(), Refusal> {
    if invocation.behind().trim().is_empty() && !is_quoting(turn) {
        list(turn);
        return Ok(());
    }
    let (tags, anew) = typed(turn, invocation)?;
    let mut messages = meant(turn, invocation, "tag")?;
    if anew {
        messages.iter_mut().for_each(|(_, message)| message.tags.clear());
    }
    put_on(turn, messages, &tags)
}

/// Before tags that take the place of others: `标签改成 重要`.
const ANEW: [&str; 6] = ["改成", "改为", "换成", "换为", "anew as", "anew"];

/// Puts tags on messages, and says what is new.
pub fn put_on(
    turn: &mut Turn,
    messages: Vec<(u32, Message)>,
    tags: &[String],
) -> Result<(), Refusal> {
    let (names, mut before) = (tags::names(turn), true);
    let handles: Vec<Handle> = messages.iter().map(|(number, _)| handle(*number)).collect();
    for (number, mut message) in messages {
        tags::as_called_now(&names, &mut message.tags);
        for tag in tags {
            let new = Tagged { tag: tag.clone(), rule: None, word: None };
            before &= !keep::add_tag(&mut message.tags, new);
        }
        if message.tags.len() > TAGS_MAX {
            return Err(Refusal::Limit { what: "tags", most: TAGS_MAX });
        }
        turn.put(number, &message);
    }
    let alike = tags::bearing(turn, tags).saturating_sub(handles.len());
    let card = say::message::tagged(&turn.voice(), &handles, tags, alike, before);
    turn.say(card);
    Ok(())
}

/// `标签`: every tag there is.
fn list(turn: &mut Turn) {
    let (counted, cut) = tags::counted(turn);
    let long = say::tags::list(&turn.voice(), &counted, cut);
    paging::say(turn, long);
}

fn is_quoting(turn: &Turn) -> bool {
    turn.incoming().is_some_and(|message| message.quoted.is_some())
}

/// The messages a command is about: `M3 M5`, or the quoted one.
pub fn meant(
    turn: &mut Turn,
    invocation: &Invocation,
    word: &'static str,
) -> Result<Vec<(u32, Message)>, Refusal> {
    debug_assert!(matches!(invocation.shape, Shape::List | Shape::Create));
    let named = invocation.args.handles.iter().filter(|handle| handle.letter == 'M');
    let named: Vec<_> = named
        .map(|handle| Ok((handle.number, there(turn, *handle)?)))
        .collect::<Result<_, Refusal>>()?;
    // What is chosen on a page was seen there, and needs no room in a line.
    let most = if turn.incoming().is_some() { HANDLES_MAX } else { CHOSEN_MAX };
    if named.len() > most {
        return Err(Refusal::Limit { what: "handles", most });
    }
    if !named.is_empty() {
        return Ok(named);
    }
    match turn.incoming().and_then(|m| m.quoted.as_ref()) {
        Some(quoted) => Ok(vec![keep::quoted(turn, quoted).ok_or(Refusal::QuoteHidden)?]),
        None => Err(Refusal::Missing { word, what: Missing::Quote }),
    }
}

/// The handle of a kept message.
pub fn handle(number: u32) -> Handle {
    Handle { letter: 'M', number }
}

/// A kept message that still says something.
pub fn there(turn: &mut Turn, handle: Handle) -> Result<Message, Refusal> {
    let message = turn.get::<Message>(handle.number).ok_or(Refusal::NoSuch(handle))?;
    match message.gone {
        Some(how) => Err(Refusal::Gone(handle, how)),
        None => Ok(message),
    }
}

/// The tags typed, with or without `#`, and whether they take the place of others.
fn typed(turn: &mut Turn, invocation: &Invocation) -> Result<(Vec<String>, bool), Refusal> {
    let args = &invocation.args;
    // `打标签 客诉`
    let content = args.content.strip_prefix("签").filter(|_| invocation.typed == "打标");
    let content = content.unwrap_or(&args.content).trim_start_matches(['：', ':', ' ']);
    let anew = ANEW.iter().find_map(|anew| content.strip_prefix(anew));
    let content = anew.unwrap_or(content).trim_start_matches(['：', ':', ' ']);
    let bare = content.split([' ', ',', '，', '、']).map(|t| t.trim_matches(['/', '#']));
    let bare = bare.filter(|word| !["和", "及", "and", "&"].contains(word));
    let tags = tags::fit(turn, args.tags.iter().map(String::as_str).chain(bare))?;
    if tags.is_empty() {
        return Err(Refusal::Missing { word: "tag", what: Missing::Tags });
    }
    Ok((tags, anew.is_some()))
}
