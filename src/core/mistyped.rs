//! A line that was nearly a command: what may have been meant by it, and what is said of it.

use super::commands::whom::VERBS as WHOM;
use super::people;
use super::question;
use super::refusal::Refusal;
use super::say;
use super::say::lacking::Said;
use super::setting;
use super::turn::Turn;
use super::{dispatch, read};
use crate::command::catalogue::Form;
use crate::command::{Args, Invocation, ParseError, Shape, guess};
use crate::model::Lang;
use crate::model::request::About;

/// The lines that a word may have been a slip of the finger in, as those near it are.
pub fn near(turn: &mut Turn, text: &str, word: &str, near: &[String], lang: Lang) -> Vec<String> {
    // 别提醒我 is no slip of 提醒我.
    let not = |word: &str| word.starts_with(['别', '勿']) || word.starts_with("不要");
    let near = near.iter().filter(|right| !not(word) || not(right));
    let lines = near.map(|right| text.replacen(word, right, 1));
    let lines: Vec<String> = lines.filter(|line| may_be(turn, line)).collect();
    if lines.is_empty() { noted(turn, text, word, lang).into_iter().collect() } else { lines }
}

/// Whether a line that was not typed can be meant: nothing is handed to what is nobody's name.
fn may_be(turn: &mut Turn, line: &str) -> bool {
    let Ok(read) = read::read(turn, line) else { return false };
    // `long day today` is no `log` with words behind it.
    let word = turn.core.catalogue.word(&read.word);
    let takes = word.is_some_and(|word| word.takes.contains(&Form::Content));
    let noun = matches!(read.shape, Shape::Create | Shape::List);
    if noun && !takes && !read.args.content.is_empty() {
        return false;
    }
    if noun && read.word == "settings" && setting::read(&read.args.content).is_none() {
        return read.args.content.is_empty();
    }
    let hands = matches!(&read.shape, Shape::Act(_, verb) if WHOM.contains(&verb.as_str()));
    !hands || !read.args.people.is_empty() || people::is_known(turn, read.args.content.trim())
}

/// `T1 交期确认了一家`: words behind a number that begin like a verb, and are a note.
fn noted(turn: &mut Turn, text: &str, word: &str, lang: Lang) -> Option<String> {
    let at = text.find(word)?;
    let (head, note) = text.split_at_checked(at)?;
    let progress = turn.core.catalogue.word("progress")?.names(lang).name.clone();
    let line = format!("{} {progress} {note}", head.trim());
    let read = read::read(turn, &line).ok()?;
    matches!(&read.shape, Shape::Act(_, verb) if verb == "progress").then_some(line)
}

/// Says what was not understood, and what may have been meant by it.
pub fn not_read(turn: &mut Turn, text: &str, error: ParseError) {
    let core = turn.core;
    let lines = guess::meant(&core.catalogue, &error, text, turn.reference());
    // What only looks harms nobody, and `T8 今天6点前` can only be its deadline.
    if let [line] = lines.as_slice()
        && let Ok(meant) = read::read(turn, line)
        && (matches!(meant.shape, Shape::Show(_)) || is_deadline(&meant, text))
    {
        question::close(turn);
        return dispatch::dispatch(turn, &meant);
    }
    let card = match (&error, lines.is_empty()) {
        (ParseError::UnknownVerb { word, lang, .. }, false) => {
            turn.acting.lang = *lang;
            say::misread::meant(&turn.voice(), word, &lines, turn.scope().is_direct())
        }
        (_, _) => {
            let said = Said { line: text, handle: None };
            say::refusal::card(&turn.voice(), &core.catalogue, &Refusal::Parse(error), said)
        }
    };
    if !lines.is_empty() {
        question::ask(turn, About::Meant(lines));
    }
    turn.say(card);
}

/// Whether nothing but until when was said of a record.
fn is_deadline(meant: &Invocation, text: &str) -> bool {
    let Shape::Act(_, verb) = &meant.shape else { return false };
    let Args { when, content, people, tags, .. } = &meant.args;
    let text = text.trim().trim_end_matches(['吧', '了', '。', '.']).to_lowercase();
    let says = |words: &[&str]| words.iter().any(|word| text.contains(word));
    let until = text.ends_with(['前', '止']) || says(&[" by ", " before ", "截止", "deadline"]);
    let alone = content.is_empty() && people.is_empty() && tags.is_empty();
    verb == "edit" && when.is_some() && alone && until
}
