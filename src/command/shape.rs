//! How a line opens: a handle, a noun or a verb, and where its arguments begin.

use super::catalogue::Catalogue;
use super::glyphs::{Glyphs, is_cjk, is_separator};
use super::handles::{UNDO_LETTER, handles_at};
use super::invocation::ParseError;
use super::names::Found;
use super::opening::Opening;
use super::record::{act, fit_all, noun_of, numbered, object, over, records};
use super::repair::{self, EVERYDAY, Repair};
use super::word::{Form, Kind, Word};
use crate::model::Lang;

/// Words that may follow a noun with records and only say that one is made.
const CREATE: [&str; 7] = ["新建", "创建", "新增", "添加", "create", "add", "new"];

/// Words that may follow a noun with records and only ask for the list.
const LIST: [&str; 5] = ["列表", "清单", "全部", "list", "all"];

/// What people put before a command, and it adds nothing. Longer spellings first.
const POLITE: [&str; 12] =
    ["麻烦你", "麻烦", "请你", "请", "记得", "帮我", "帮忙", "把", "将", "please", "pls", "mark"];

/// What a time begins with, besides digits.
const OPENS_TIME: &str = "半一两二三四五六七八九十几今明后下周";

/// Reads how a line opens. A leading `/` is a habit from elsewhere and means nothing; nor do the
/// comma behind the bot's name and words of politeness.
pub fn opening(catalogue: &Catalogue, line: &Glyphs, lang: Lang) -> Result<Opening, ParseError> {
    let at = line.skip(0, is_separator);
    let slash = line.get(at) == Some('/') && line.get(at + 1).is_some_and(|c| !c.is_whitespace());
    let at = at + usize::from(slash);
    let error = match opening_at(catalogue, line, at, lang) {
        Ok(opening) => return Ok(opening),
        Err(error) => error,
    };
    match line.polite_end(at, &POLITE) {
        polite if polite > at => opening_at(catalogue, line, polite, lang).map_err(|_| error),
        _ => Err(error),
    }
}

fn opening_at(
    catalogue: &Catalogue,
    line: &Glyphs,
    at: usize,
    lang: Lang,
) -> Result<Opening, ParseError> {
    if let Some((handles, end)) = handles_at(line, at) {
        return records(catalogue, line, &handles, end, lang);
    }
    if let Some(noun) = catalogue.index().at(Kind::Noun, line, at)
        && let Some(word) = catalogue.word(noun.key)
    {
        return after_noun(catalogue, line, word, &noun);
    }
    if let Some(verb) = catalogue.index().at(Kind::Verb, line, at)
        && let Some((handles, end)) = object(catalogue, line, verb.end)
    {
        fit_all(catalogue, &handles, &verb)?;
        let noun = noun_of(catalogue, handles[0], verb.lang)?;
        return Ok(act(line, noun, &handles, &verb, end));
    }
    Err(unknown(catalogue, line, at))
}

/// A noun stands at the beginning: its own record may follow, with or without a verb.
fn after_noun(
    catalogue: &Catalogue,
    line: &Glyphs,
    word: &Word,
    noun: &Found,
) -> Result<Opening, ParseError> {
    let next = line.skip(noun.end, is_separator);
    let own = |at: usize| handles_at(line, at).filter(|(h, _)| word.letter == Some(h[0].letter));
    if let Some((handles, end)) = own(next).or_else(|| numbered(catalogue, line, word, next)) {
        let mut opening = records(catalogue, line, &handles, end, noun.lang)?;
        opening.lang = noun.lang;
        return Ok(opening);
    }
    if let Some(verb) = catalogue.index().at(Kind::Verb, line, next)
        && word.verbs.iter().any(|key| key == verb.key)
        && let Some((handles, end)) = own(line.skip(verb.end, is_separator))
    {
        fit_all(catalogue, &handles, &verb)?;
        return Ok(act(line, word, &handles, &verb, end));
    }
    let behind = |words: &[&str]| {
        let stand = words.iter().filter(|word| line.starts_with(next, word));
        let end = stand.map(|word| next + word.chars().count()).find(|end| {
            // Glued Chinese goes on: `任务 新建筑的图纸`, `任务 列表页改版`.
            line.get(*end).is_none_or(|c| is_separator(c) || matches!(c, '@' | '#'))
        });
        end.filter(|_| word.letter.is_some())
    };
    let create_end = behind(&CREATE);
    Ok(Opening {
        noun: word.key.clone(),
        record: None,
        also: Vec::new(),
        creates: create_end.is_some(),
        list_end: behind(&LIST),
        lang: noun.lang,
        typed: noun.name.into(),
        from: create_end.unwrap_or(next),
    })
}

/// The first word is none of ours: a typo if it is near to one, else talk.
fn unknown(catalogue: &Catalogue, line: &Glyphs, at: usize) -> ParseError {
    let goes_on = |c: char| is_cjk(c) || c.is_alphanumeric() || matches!(c, '_' | '-' | '\'' | '@');
    let end = line.skip(at, goes_on);
    if let Some(verb) = catalogue.index().at(Kind::Verb, line, at) {
        // A verb that takes a time is one in `延后1小时` and `snooze 1 hour` as well.
        let takes = |form| catalogue.word(verb.key).is_some_and(|w| w.takes.contains(&form));
        let timed = takes(Form::When) && !takes(Form::Pairs);
        let blank = line.get(verb.end).is_some_and(char::is_whitespace);
        let opens_time = |c: char| c.is_ascii_digit() || OPENS_TIME.contains(c);
        let counts = line.get(line.skip_blanks(verb.end)).is_some_and(opens_time);
        let apart = verb.lang == Lang::Zh && blank || timed && counts;
        if apart || over(line, verb.end) == line.len() {
            return ParseError::VerbAlone { verb: verb.key.into(), lang: verb.lang };
        }
    }
    let folded = line.folded(at..end);
    // A name spelled right is there because it goes on, as in `task.md`.
    let right = catalogue.index().entries().any(|entry| entry.folded == folded)
        || EVERYDAY.contains(&folded.as_str());
    let index = catalogue.index();
    let repair = repair::swapped(index, line, at)
        .or_else(|| repair::blank_missing(index, line, at))
        .or_else(|| repair::repair(index, line, at, |_| true))
        .filter(|_| !right);
    match repair {
        Some(Repair { end, near, lang }) => {
            let word = line.original(at..end).to_owned();
            ParseError::Unknown { word, near, lang }
        }
        None => ParseError::Talk,
    }
}

/// Whether handles of this letter can be meant: those of the nouns, and undo steps.
pub fn known_letter(catalogue: &Catalogue, letter: char) -> bool {
    letter == UNDO_LETTER || catalogue.noun_of(letter).is_some()
}
