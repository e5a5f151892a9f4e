//! `导出` and `快照`: kept messages as a file for whoever asks. The file is written afterwards; here it
//! is decided who may have what, and one of a conversation at a time.

use crate::command::{Invocation, Shape};
use crate::core::export::{Export, State};
use crate::core::export_line::{self, Asked, Kind};
use crate::core::people;
use crate::core::refusal::{Missing, OfExport, Refusal};
use crate::core::turn::Turn;
use crate::core::{exporting, index, paging, say, seek};
use crate::model::export::Format;
use crate::model::{Handle, PersonId};
use crate::store::Order;
use crate::text::cut;

/// Longest watermark, in characters: what fits across a page.
pub const WATERMARK_CHARS_MAX: usize = 40;
/// Longest purpose, in characters.
pub const PURPOSE_CHARS_MAX: usize = 200;
/// Exports that are listed.
const LISTED_MAX: usize = 50;
/// The word for a stretch of time as it was.
const SNAPSHOT: &str = "snapshot";

/// Carries out a command on exports.
pub fn run(turn: &mut Turn, invocation: &Invocation) -> Result<(), Refusal> {
    match &invocation.shape {
        Shape::List if invocation.args.people.is_empty() && invocation.args.tags.is_empty() => {
            let all = turn.list::<Export>(LISTED_MAX, Order::Down);
            let long = say::export::list(&turn.voice(), &all);
            paging::say(turn, long);
            Ok(())
        }
        Shape::List | Shape::Create => create(turn, invocation),
        Shape::Show(handle) => {
            let export = find(turn, *handle)?;
            let card = say::export::shown(&turn.voice(), *handle, &export);
            turn.say(card);
            Ok(())
        }
        Shape::Act(handle, _) => {
            let export = find(turn, *handle)?;
            match export.state {
                State::Working | State::Ready { .. } => {}
                State::Fetched { .. } | State::Expired | State::Removed | State::Failed(_) => {
                    let state = say::export::state(&turn.voice(), &export);
                    return Err(Refusal::Export(OfExport::Over { handle: *handle, state }));
                }
            }
            let card = say::export::removed(&turn.voice(), *handle);
            exporting::end(turn, handle.number, export, State::Removed);
            turn.say(card);
            Ok(())
        }
    }
}

/// Whoever asked for it.
pub fn owners(turn: &mut Turn, number: u32) -> Option<Vec<PersonId>> {
    turn.get::<Export>(number).map(|export| vec![export.by.person])
}

fn find(turn: &mut Turn, handle: Handle) -> Result<Export, Refusal> {
    turn.get(handle.number).ok_or(Refusal::NoSuch(handle))
}

fn create(turn: &mut Turn, invocation: &Invocation) -> Result<(), Refusal> {
    let word = if invocation.word == SNAPSHOT { SNAPSHOT } else { "export" };
    let snapshot = word == SNAPSHOT;
    if turn.capabilities().is_some_and(|can| !can.private_send) {
        return Err(Refusal::Export(OfExport::NotPrivate));
    }
    let asked = export_line::read(&invocation.args.content, turn.reference());
    if export_line::is_for_others(&invocation.line) || is_for_somebody(turn, invocation) {
        return Err(Refusal::Export(OfExport::NotForOthers));
    }
    let format = format(&asked, invocation, snapshot)?;
    let long =
        |text: &Option<String>, most| text.as_ref().is_some_and(|text| text.chars().count() > most);
    if long(&asked.watermark, WATERMARK_CHARS_MAX) {
        return Err(Refusal::Limit { what: "watermark", most: WATERMARK_CHARS_MAX });
    }
    if long(&asked.purpose, PURPOSE_CHARS_MAX) {
        return Err(Refusal::Limit { what: "purpose", most: PURPOSE_CHARS_MAX });
    }
    let seek = sought(turn, invocation, &asked, word)?;
    if snapshot && seek.sought.from.is_none() && seek.sought.to.is_none() {
        return Err(Refusal::Missing { word, what: Missing::When });
    }
    if let Some(handle) = exporting::under_way(turn) {
        return Err(Refusal::Export(OfExport::UnderWay(handle)));
    }
    let Some(by) = turn.acting.actor.clone() else { return Ok(()) };
    let title = turn.title().to_owned();
    let usual = || cut::chars(format!("{title} {}", by.name).trim(), WATERMARK_CHARS_MAX);
    let one_line = |text: &String| cut::one_line(text);
    let watermark = asked.watermark.as_ref().map(one_line);
    let export = Export {
        format,
        asked: say::found::asked(&turn.voice(), &seek),
        upto: index::messages(&turn.draft.head),
        watermark: watermark.or_else(|| snapshot.then(usual)),
        purpose: asked.purpose.as_ref().map(one_line),
        snapshot,
        unmasked: turn.preferences.unmasked,
        hears_all: turn.capabilities().is_none_or(|can| can.hears_all),
        asked_at: turn.now(),
        lang: turn.lang(),
        leave: turn.acting.leave.clone(),
        by,
        sought: seek.sought,
        state: State::Working,
        holds: None,
    };
    let handle = exporting::begin(turn, &export);
    let card = say::export::begun(&turn.voice(), handle, &export);
    turn.say(card);
    Ok(())
}

/// The one kind of file that is meant.
fn format(asked: &Asked, invocation: &Invocation, snapshot: bool) -> Result<Format, Refusal> {
    match asked.kinds.as_slice() {
        [] if snapshot => Ok(Format::Html),
        [] => Ok(Format::Xlsx),
        [Kind::Of(format)] => Ok(*format),
        [Kind::Pdf] => Err(Refusal::Export(OfExport::NoPdf)),
        [_, _, ..] => {
            let part = cut::one_line(&invocation.args.content);
            Err(Refusal::Export(OfExport::TwoFiles { part }))
        }
    }
}

/// What the messages of a line are searched by.
pub fn searched(turn: &mut Turn, invocation: &Invocation) -> Result<seek::Seek, Refusal> {
    let asked = export_line::read(&invocation.args.content, turn.reference());
    sought(turn, invocation, &asked, "export")
}

/// What is searched for.
fn sought(
    turn: &mut Turn,
    invocation: &Invocation,
    asked: &Asked,
    word: &'static str,
) -> Result<seek::Seek, Refusal> {
    let mut search = invocation.clone();
    search.args.content.clone_from(&asked.rest);
    match seek::read(turn, &search) {
        Err(Refusal::Missing { what: Missing::Content, .. }) if asked.all => {
            Ok(seek::Seek::default())
        }
        Err(Refusal::Missing { what, .. }) => Err(Refusal::Missing { word, what }),
        Err(Refusal::NotUnderstood { part, .. }) => {
            Err(Refusal::NotUnderstood { word: word.to_owned(), part })
        }
        read => read,
    }
}

/// `导出 今天 给王芳`: somebody else is to have it, said without an @.
fn is_for_somebody(turn: &mut Turn, invocation: &Invocation) -> bool {
    let content = invocation.args.content.replace(" for ", " 给").replace(" to ", " 给");
    let words: Vec<&str> = content.split(' ').collect();
    let to = |word: &&str| ["发给", "给"].iter().find_map(|to| word.strip_prefix(to)).is_some();
    if !words.iter().any(to) {
        return false;
    }
    let known = people::names(turn);
    let named = |word: &&str| {
        let name = ["发给", "给"].iter().find_map(|to| word.strip_prefix(to));
        name.is_some_and(|name| known.iter().any(|known| known.eq_ignore_ascii_case(name)))
    };
    words.iter().any(named)
}
