//! `保留`: for how many days messages are kept here, and which stay whatever is cleared.

use super::tag::there;
use crate::command::{HANDLES_MAX, Invocation, Role, Shape};
use crate::core::keep;
use crate::core::refusal::Refusal;
use crate::core::retention;
use crate::core::rights;
use crate::core::say;
use crate::core::turn::{OWN_NUMBER, Turn};
use crate::model::Handle;
use crate::model::message::Message;
use crate::model::retention::{Old, Progress, Retention};
use crate::text::fold::fold;
use crate::text::period;

/// Longest time for which messages are kept, in days: ten years. Whoever wants more keeps them for
/// ever.
pub const DAYS_MAX: u32 = 3_650;

/// Words for ever; folded.
const FOREVER: [&str; 18] = [
    "永久",
    "永远",
    "永久保留",
    "长期",
    "长期保留",
    "一直",
    "一直保留",
    "不清",
    "不清理",
    "不限",
    "关",
    "关闭",
    "forever",
    "always",
    "for ever",
    "permanently",
    "everything",
    "off",
];
/// Words that stop clearing for the time being.
const PAUSE: [&str; 7] = ["暂停", "先暂停", "停", "先停", "先别清", "pause", "stop"];
/// Words that go on with it.
const RESUME: [&str; 6] = ["继续", "恢复", "继续清", "resume", "continue", "go on"];
/// Words that hold a message no longer.
const RELEASE: [&str; 9] = [
    "取消",
    "解除",
    "取消永久",
    "解除永久",
    "不用了",
    "不用永久",
    "release",
    "no longer",
    "cancel",
];

/// Carries out a command on how long messages are kept.
pub fn run(turn: &mut Turn, invocation: &Invocation) -> Result<(), Refusal> {
    let args = &invocation.args;
    let folded = fold(args.content.trim_start_matches([':', '：', '=', ' '])).text;
    let said = folded.trim();
    let quotes = turn.incoming().is_some_and(|message| message.quoted.is_some());
    let handles: Vec<Handle> = args.handles.iter().copied().filter(|h| h.letter == 'M').collect();
    let of_messages = said.is_empty() || FOREVER.contains(&said) || RELEASE.contains(&said);
    if !handles.is_empty() || (quotes && of_messages) {
        return hold(turn, &handles, said);
    }
    match invocation.shape {
        Shape::List | Shape::Show(_) | Shape::Act(..) if said.is_empty() => show(turn),
        Shape::Create | Shape::List | Shape::Show(_) | Shape::Act(..) => change(turn, said),
    }
}

fn show(turn: &mut Turn) -> Result<(), Refusal> {
    let set = retention::set(turn);
    let old = set.as_ref().map(|set| waiting(turn, set));
    let announced = retention::progress(turn).announced;
    let card = say::keep::standing(&turn.voice(), set.as_ref().zip(old), announced);
    turn.say(card);
    Ok(())
}

/// What would be cleared if today were the day.
fn waiting(turn: &mut Turn, set: &Retention) -> Old {
    let upto = retention::upto(turn, set.days);
    retention::old(turn, upto)
}

fn change(turn: &mut Turn, said: &str) -> Result<(), Refusal> {
    let set = retention::set(turn);
    if FOREVER.contains(&said) {
        if set.is_some() {
            turn.remove::<Retention>(OWN_NUMBER);
            turn.put(OWN_NUMBER, &Progress::default());
        }
        let card = say::keep::forever(&turn.voice(), set.is_some());
        turn.say(card);
        return Ok(());
    }
    let pauses = PAUSE.contains(&said);
    if pauses || RESUME.contains(&said) {
        return pause(turn, set, pauses);
    }
    let days = period::days(said).ok_or_else(|| {
        let part = said.to_owned();
        Refusal::NotUnderstood { word: "keep".into(), part }
    })?;
    let most = DAYS_MAX as usize;
    let days = u32::try_from(days).ok().filter(|days| (1..=DAYS_MAX).contains(days));
    let days = days.ok_or(Refusal::Limit { what: "keep", most })?;
    let next_at = retention::next(turn);
    let set = Retention { days, paused: false, next_at, lang: turn.lang() };
    turn.put(OWN_NUMBER, &set);
    // What was announced under another number of days is announced anew.
    let progress = retention::progress(turn);
    turn.put(OWN_NUMBER, &Progress { announced: None, clearing: None, ..progress });
    let old = waiting(turn, &set);
    let card = say::keep::set(&turn.voice(), &set, old);
    turn.say(card);
    Ok(())
}

fn pause(turn: &mut Turn, set: Option<Retention>, paused: bool) -> Result<(), Refusal> {
    let Some(mut set) = set else {
        let card = say::keep::standing(&turn.voice(), None, None);
        turn.say(card);
        return Ok(());
    };
    set.paused = paused;
    set.next_at = retention::next(turn);
    turn.put(OWN_NUMBER, &set);
    let progress = retention::progress(turn);
    turn.put(OWN_NUMBER, &Progress { announced: None, clearing: None, ..progress });
    let card = say::keep::paused(&turn.voice(), &set);
    turn.say(card);
    Ok(())
}

/// Holds messages, or holds them no longer.
fn hold(turn: &mut Turn, handles: &[Handle], said: &str) -> Result<(), Refusal> {
    // As its file has it for what is set; a bare `保留 M3` is no list.
    if !rights::has(turn, Role::Lead, None) {
        return Err(Refusal::NotAllowed { needs: Role::Lead });
    }
    let release = RELEASE.contains(&said);
    if !release && !said.is_empty() && !FOREVER.contains(&said) {
        return Err(Refusal::NotUnderstood { word: "keep".into(), part: said.to_owned() });
    }
    if handles.len() > HANDLES_MAX {
        return Err(Refusal::Limit { what: "handles", most: HANDLES_MAX });
    }
    let mut meant: Vec<(Handle, Message)> = Vec::new();
    for handle in handles {
        meant.push((*handle, there(turn, *handle)?));
    }
    if meant.is_empty() {
        let quoted = turn.incoming().and_then(|message| message.quoted.as_ref());
        let found = quoted.and_then(|quoted| keep::quoted(turn, quoted));
        let (number, message) = found.ok_or(Refusal::QuoteHidden)?;
        meant.push((Handle { letter: 'M', number }, message));
    }
    let before = meant.iter().all(|(_, message)| message.held != release);
    for (handle, message) in &mut meant {
        message.held = !release;
        turn.put(handle.number, message);
        if release {
            retention::look_again(turn, handle.number);
        }
    }
    let handles: Vec<Handle> = meant.iter().map(|(handle, _)| *handle).collect();
    let card = say::keep::held(&turn.voice(), &handles, release, before);
    turn.say(card);
    Ok(())
}
