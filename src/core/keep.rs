//! The keyword pass and the archive: what is heard is matched, tagged, notified and kept.

use std::sync::Arc;

use super::compiled::Rules;
use super::files;
use super::say;
use super::turn::Turn;
use crate::model::event::{Incoming, Quoted};
use crate::model::journal::RuleRef;
use crate::model::keyword::Keyword;
use crate::model::message::{CHARS_MAX, Form, Message, TAGS_MAX, Tagged};
use crate::model::task::Named;
use crate::model::told::{Kind, Told};
use crate::model::{Handle, Lane};
use crate::store::{Order, Table};
use crate::text::cut;

/// Most keyword rules of a conversation: each message is matched against all of them.
pub const RULES_MAX: usize = 200;

/// Most patterns of a conversation: each message is looked through for one after another.
pub const PATTERNS_MAX: usize = 20;

/// Matches, tags, notifies and keeps a message, and says which it is.
pub fn keep(turn: &mut Turn, message: &Incoming, text: &str, form: Option<Form>) -> (u32, Message) {
    let sender = turn.acting.actor.clone();
    let heard = Message::heard(cut::chars(text, CHARS_MAX), turn.now(), turn.today());
    let mut kept = Message { id: Some(message.id.clone()), sender, ..heard };
    let number = turn.next_number::<Message>();
    kept.form = match form {
        Some(Form::File { .. }) => Some(files::another(turn, text, number)),
        other => other,
    };
    // A picture says nothing.
    if !matches!(form, Some(Form::Picture | Form::Video)) {
        match_keywords(turn, &mut kept, number);
    }
    turn.put(number, &kept);
    (number, kept)
}

/// The enabled keyword rules.
pub fn enabled(turn: &mut Turn) -> Vec<(u32, Keyword)> {
    let rules = turn.list::<Keyword>(RULES_MAX, Order::Up);
    rules.into_iter().filter(|(_, rule)| rule.enabled).collect()
}

/// The same, ready to look for: compiled when they were last changed.
fn compiled(turn: &mut Turn) -> Arc<Rules> {
    let (memory, scope, revision) = (&turn.input.seen.rules, turn.hash, turn.draft.head.rules);
    // What this very turn makes of them is no revision yet.
    let first = turn.key(Keyword::ID, &[]);
    let next = turn.draft.writes.range(first..).next();
    let changes = next.is_some_and(|(key, _)| key.table() == Keyword::ID);
    if let Some(known) = memory.get(scope, revision).filter(|_| !changes) {
        return known;
    }
    let rules = Arc::new(Rules::new(enabled(turn)));
    if !changes && turn.fault.is_none() {
        memory.put(scope, revision, &rules);
    }
    rules
}

/// Applies every rule that finds a word of its own in the message; who is to be notified of an
/// imported one would hear of something long ago.
pub fn match_keywords(turn: &mut Turn, kept: &mut Message, number: u32) {
    let known = compiled(turn);
    act(turn, &known, kept, number, Vec::new());
}

/// The same for a message that said something else before: what was found in that has acted.
pub fn match_again(turn: &mut Turn, kept: &mut Message, number: u32, before: &str) {
    let known = compiled(turn);
    let acted = known.find(before).into_iter().map(|hit| hit.rule).collect();
    kept.hits = 0;
    act(turn, &known, kept, number, acted);
}

fn act(turn: &mut Turn, known: &Rules, kept: &mut Message, number: u32, mut acted: Vec<usize>) {
    let rules = &known.rules;
    for hit in known.find(&kept.text) {
        kept.hits += 1;
        // A rule acts once on a message, by the first of its words; each hit counts.
        if !acted.contains(&hit.rule) {
            acted.push(hit.rule);
            let (rule_number, rule) = &rules[hit.rule];
            apply(turn, kept, number, (*rule_number, rule), &rule.words[hit.word]);
        }
    }
}

fn apply(turn: &mut Turn, kept: &mut Message, number: u32, rule: (u32, &Keyword), word: &str) {
    let (rule_number, rule) = rule;
    let handle = Handle { letter: 'R', number: rule_number };
    for tag in &rule.tags {
        let tagged =
            Tagged { tag: tag.clone(), rule: Some(rule_number), word: Some(word.to_owned()) };
        // Many rules may act on one message; it has no more tags than a person could give it.
        if kept.tags.len() < TAGS_MAX {
            add_tag(&mut kept.tags, tagged);
        }
    }
    kept.cabinet = kept.cabinet.take().or_else(|| rule.cabinet.clone());
    turn.draft.rules.push(RuleRef {
        handle: handle.to_string(),
        version: rule.version,
        matched: format!("M{number}"),
    });
    if !rule.notify.is_empty() && !kept.imported {
        let voice = say::Voice { lang: turn.unasked_lang(rule.lang), ..turn.voice() };
        let mut card = say::keyword::notice(&voice, handle, rule, word, number, kept);
        let name = format!("{handle} {word}");
        card.told = Some(Told::one(voice.lang, Kind::Keyword, name, number));
        turn.say(card.in_lane(Lane::Notice));
    }
}

/// Adds a tag unless it is there.
pub fn add_tag(tags: &mut Vec<Tagged>, tagged: Tagged) -> bool {
    let new = !tags.iter().any(|t| t.tag == tagged.tag);
    if new {
        tags.push(tagged);
        tags.sort();
    }
    new
}

/// The number of a kept message by the platform's id.
pub fn by_id(turn: &mut Turn, message: &crate::model::MessageId) -> Option<u32> {
    let read = turn.seen().number(message);
    turn.caught(read)
}

/// The record of a quoted message: the kept one, or one made from what the quote shows; `None` if
/// it shows nothing.
pub fn quoted(turn: &mut Turn, quoted: &Quoted) -> Option<(u32, Message)> {
    if let Some(number) = quoted.id.as_ref().and_then(|id| by_id(turn, id))
        && let Some(message) = turn.get::<Message>(number).filter(|m| m.gone.is_none())
    {
        return Some((number, message));
    }
    let text = quoted.text.as_deref().filter(|t| !t.trim().is_empty())?;
    let name = quoted.sender_name.as_deref().map(super::people::shown).unwrap_or_default();
    let message = Message {
        id: quoted.id.clone(),
        sender: quoted.sender.clone().map(|person| Named { person, name }),
        heard: false,
        ..Message::heard(cut::chars(text, CHARS_MAX), turn.now(), turn.today())
    };
    Some((turn.next_number::<Message>(), message))
}
