//! What a visitor of the archive page does: a command of theirs like any other, through the same
//! dispatcher. What was done is said in the chat with who did it; what was refused is said to them
//! alone.

use super::commands::export;
use super::refusal::Refusal;
use super::say::lacking::Said;
use super::turn::Turn;
use super::visit::{Reply, reply_key};
use super::{dispatch, read, say, visitor, visits};
use crate::command::{Args, Invocation, Shape};
use crate::model::export::Format;
use crate::model::journal::{Step, What};
use crate::model::visit::{Act, OnPage};
use crate::model::{Handle, Lang};
use crate::store::table;
use crate::store::{Table, TableId};
use crate::text::cut;
use crate::text::sought::Sought;

/// Marks that would end a purpose too early.
const QUOTES: [char; 5] = ['"', '“', '”', '＂', '\u{1}'];

/// Carries it out.
pub fn act(turn: &mut Turn, done: &OnPage) {
    // Whoever may not any more is told when they look.
    let Ok(visit) = visits::admit(turn, done.visit, &done.session) else { return };
    turn.acting.lang = done.lang;
    let before = turn.draft.writes.clone();
    match invocation(turn, done) {
        Ok(invocation) => dispatch::dispatch(turn, &invocation),
        Err(refusal) => refuse(turn, &refusal),
    }
    let carried_out = matches!(turn.draft.what, What::Command(_));
    let said: Vec<String> = turn.draft.said.iter().map(|card| card.plain()).collect();
    if !carried_out {
        // Neither what was refused nor a question about it is anybody else's business.
        turn.draft.writes = before;
        turn.draft.said.clear();
        turn.draft.posts.clear();
    } else if let Some(card) = turn.draft.said.pop() {
        let by = say::page::by(&turn.voice(), &visit.by.name);
        turn.say(card.and_line(vec![by.into()]));
    }
    let reply = Reply {
        claim: done.claim,
        done: carried_out,
        said: said.join("\n"),
        seq: turn.draft.head.seq + 1,
        step: last_step(turn) + 1,
    };
    turn.draft.writes.insert(reply_key(&done.session), Some(table::encode(&reply)));
}

/// The last answer to a session.
pub fn reply(turn: &mut Turn, session: &[u8; 16]) -> Option<Reply> {
    let key = reply_key(session);
    let value = turn.raw(&key)?;
    let decoded = table::decode::<Reply>(&key, &value).map(Some);
    turn.caught(decoded)
}

/// The step that a reply was about, if it made one that can still be taken back.
pub fn step(turn: &mut Turn, reply: &Reply) -> Option<u32> {
    let step = turn.get::<Step>(reply.step)?;
    let open = step.seq == reply.seq && step.undone_by.is_none() && step.undoes.is_empty();
    open.then_some(reply.step)
}

fn last_step(turn: &Turn) -> u32 {
    let TableId(steps) = Step::ID;
    turn.draft.head.numbers.get(&steps).copied().unwrap_or_default()
}

fn refuse(turn: &mut Turn, refusal: &Refusal) {
    turn.draft.what = What::Refused("page".into());
    let said = Said::default();
    let card = say::refusal::card(&turn.voice(), &turn.core.catalogue, refusal, said);
    turn.say(card);
}

/// The command that it is.
fn invocation(turn: &mut Turn, done: &OnPage) -> Result<Invocation, Refusal> {
    let lang = done.lang;
    match &done.act {
        Act::Tag { numbers, tag } => {
            let tag = cut::one_line(tag).trim_matches(['#', '/', ' ']).to_owned();
            let line = match lang {
                Lang::Zh => format!("标 {} #{tag}", listed(numbers)),
                Lang::En => format!("tag {} #{tag}", listed(numbers)),
            };
            let args = Args { tags: vec![tag], handles: handles(numbers), ..Args::default() };
            Ok(chosen(turn, "tag", lang, line, args))
        }
        Act::File { numbers, cabinet } => {
            let cabinet = cut::one_line(cabinet);
            let line = match lang {
                Lang::Zh => format!("归档 {} 到 {cabinet}", listed(numbers)),
                Lang::En => format!("archive {} to {cabinet}", listed(numbers)),
            };
            let (target, handles) = (Some(cabinet), handles(numbers));
            let args = Args { target, handles, ..Args::default() };
            Ok(chosen(turn, "archive", lang, line, args))
        }
        Act::Export { query, format, purpose } => exporting(turn, lang, (query, *format, purpose)),
        Act::Undo => {
            let reply = reply(turn, &done.session);
            let step = reply.and_then(|reply| step(turn, &reply));
            let step = step.ok_or(Refusal::PageNothingToUndo)?;
            let line = match lang {
                Lang::Zh => format!("撤销 U{step}"),
                Lang::En => format!("undo U{step}"),
            };
            read::read(turn, &line).map_err(Refusal::Parse)
        }
    }
}

/// A command about messages that were chosen.
fn chosen(turn: &Turn, word: &str, lang: Lang, line: String, args: Args) -> Invocation {
    let names = turn.core.catalogue.word(word).map(|word| word.names(lang));
    let typed = names.map(|names| names.name.clone()).unwrap_or_default();
    let word = word.to_owned();
    Invocation { word, shape: Shape::Create, also: Vec::new(), args, lang, typed, line }
}

/// The export of what a search finds, if it is read as just that.
fn exporting(
    turn: &mut Turn,
    lang: Lang,
    (query, format, purpose): (&str, Format, &str),
) -> Result<Invocation, Refusal> {
    let search = visitor::line(lang, query);
    let wanted = match search.as_str() {
        "" => Sought::default(),
        line => visitor::sought(turn, line)?.sought,
    };
    let query = cut::one_line(query);
    let query = match (query.as_str(), lang) {
        ("", Lang::Zh) => "全部",
        ("", Lang::En) => "all",
        (query, _) => query,
    };
    let kind = match format {
        Format::Xlsx => "xlsx",
        Format::Docx => "docx",
        Format::Html => "html",
        Format::Csv => "csv",
        Format::Jsonl => "jsonl",
    };
    let purpose = cut::one_line(&purpose.replace(QUOTES, " "));
    let purpose = match (purpose.as_str(), lang) {
        ("", _) => String::new(),
        (purpose, Lang::Zh) => format!(" 用途:“{purpose}”"),
        (purpose, Lang::En) => format!(" purpose:“{purpose}”"),
    };
    let line = match lang {
        Lang::Zh => format!("导出 {query} {kind}{purpose}"),
        Lang::En => format!("export {query} {kind}{purpose}"),
    };
    let invocation = read::read(turn, &line).map_err(Refusal::Parse)?;
    let read = match invocation.word.as_str() {
        "export" => export::searched(turn, &invocation).map(|seek| seek.sought),
        _ => Err(Refusal::PageInQuotes),
    };
    if read? != wanted {
        return Err(Refusal::PageInQuotes);
    }
    Ok(invocation)
}

fn handles(numbers: &[u32]) -> Vec<Handle> {
    numbers.iter().map(|number| Handle { letter: 'M', number: *number }).collect()
}

/// Most numbers that stand in the line on record; what was touched is on record in any case.
const LISTED_MAX: usize = 5;

fn listed(numbers: &[u32]) -> String {
    let shown = numbers.iter().take(LISTED_MAX).map(|number| format!("M{number}"));
    let more = if numbers.len() > LISTED_MAX { vec!["…".to_owned()] } else { Vec::new() };
    shown.chain(more).collect::<Vec<_>>().join(" ")
}
