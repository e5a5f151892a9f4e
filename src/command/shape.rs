//! How a line opens: a handle, a noun or a verb, and where its arguments begin.

use super::catalogue::Catalogue;
use super::glyphs::{Glyphs, is_cjk, is_separator};
use super::handles::{UNDO_LETTER, handles_at};
use super::invocation::{ParseError, Shape};
use super::names::{Entry, Found};
use super::repair::{self, EVERYDAY, Repair, TYPO_CHARS_MAX};
use super::word::{Form, Kind, Word};
use crate::model::{Handle, Lang};
use crate::text::cut;

/// Words that may follow a noun with records and only say that one is made.
const CREATE: [&str; 7] = ["新建", "创建", "新增", "添加", "create", "add", "new"];
/// Words that may follow a noun with records and only ask for the list.
const LIST: [&str; 5] = ["列表", "清单", "全部", "list", "all"];
/// What people put before a command, and it adds nothing. Longer spellings first.
const POLITE: [&str; 10] =
    ["麻烦你", "麻烦", "请你", "请", "帮我", "帮忙", "把", "将", "please", "pls"];
/// What may stand between a handle and its verb and adds nothing: `T12 已经做完了`, `T12 is done`.
const FILLERS: [&str; 20] = [
    "已经", "刚刚", "刚", "我", "都", "也", "全部", "全", "可以", "is", "are", "was", "has",
    "been", "as", "i", "i've", "all", "now", "already",
];
/// The verb that a bare share belongs to: `T12 80%`; and the one that means the same with `100%`.
const PROGRESS: &str = "progress";
const DONE: &str = "done";
/// What may follow a Chinese verb and adds nothing: `T12 完成了`.
const PARTICLES: [char; 4] = ['了', '啦', '吧', '掉'];

/// What a time begins with, besides digits.
const OPENS_TIME: &str = "半一两二三四五六七八九十几今明后下周";

/// A line's beginning, understood.
#[derive(Debug)]
pub struct Opening {
    /// Key of the noun.
    pub noun: String,
    /// Its handle, and the verb's key if it is acted on; `None` for lines that open with a noun.
    pub record: Option<(Handle, Option<String>)>,
    /// More handles that stood with it.
    pub also: Vec<Handle>,
    /// A word such as `新建` stood behind the noun.
    pub creates: bool,
    /// Where a word such as `列表` behind the noun ends.
    pub list_end: Option<usize>,
    /// Language of the words used.
    pub lang: Lang,
    /// The name that was typed, as the catalogue spells it.
    pub typed: String,
    /// Where the arguments begin.
    pub from: usize,
}

impl Opening {
    /// The shape of a line that opens with a handle.
    pub fn record_shape(&self) -> Option<Shape> {
        self.record.as_ref().map(|(handle, verb)| match verb {
            Some(verb) => Shape::Act(*handle, verb.clone()),
            None => Shape::Show(*handle),
        })
    }
}

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
        && let Some((handles, end)) = handles_at(line, line.skip(verb.end, is_separator))
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
        let end = words.iter().find_map(|word| {
            let end = next + word.chars().count();
            // Glued Chinese goes on: `任务 新建筑的图纸`, `任务 列表页改版`.
            let ends = line.get(end).is_none_or(|c| is_separator(c) || matches!(c, '@' | '#'));
            (line.starts_with(next, word) && ends).then_some(end)
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

/// `任务4` and `任务 4 完成` mean T4; `任务 4月报表` and `任务 2 个报价` don't.
fn numbered(
    catalogue: &Catalogue,
    line: &Glyphs,
    word: &Word,
    at: usize,
) -> Option<(Vec<Handle>, usize)> {
    let end = line.skip(at, |c| c.is_ascii_digit());
    let number = line.folded(at..end).parse().ok().filter(|number| *number > 0)?;
    let next = line.skip(end, is_separator);
    let verb = catalogue.index().at(Kind::Verb, line, next);
    let fits = verb.is_some_and(|verb| {
        word.verbs.iter().any(|key| key == verb.key) && over(line, verb.end) == line.len()
    });
    let handle = Handle { letter: word.letter?, number };
    (next == line.len() || fits).then_some((vec![handle], end))
}

/// Where a line goes on behind a verb, particles and full stops left out.
fn over(line: &Glyphs, end: usize) -> usize {
    let particles = line.skip(end, |c| PARTICLES.contains(&c));
    line.skip(particles, |c| is_separator(c) || matches!(c, '。' | '.' | '!' | '~'))
}

/// Handles were read: alone they show, with a verb they act. `handles` is never empty.
fn records(
    catalogue: &Catalogue,
    line: &Glyphs,
    handles: &[Handle],
    end: usize,
    lang: Lang,
) -> Result<Opening, ParseError> {
    let handle = handles[0];
    let next = line.skip(end, |c| is_separator(c) || matches!(c, '。' | '.' | '?' | '!'));
    let (verb, lang) = verb_at(catalogue, line, next, lang);
    let noun = match noun_of(catalogue, handle, lang) {
        // `V4 怎么样` is talk: nothing but the handle or a verb says that a command was meant.
        Err(_) if next < line.len() && verb.is_none() => return Err(ParseError::Talk),
        // So is `Q4 怎么样`, for quarters are counted likewise.
        Ok(noun) if is_quarter(handle) && next < line.len() && verb.is_none() => {
            return Err(mistyped_verb(catalogue, noun, line, next).unwrap_or(ParseError::Talk));
        }
        noun => noun?,
    };
    if next == line.len() {
        return Ok(opening_of(noun, handles, None, lang, end));
    }
    if let Some(from) = share(line, next, verb.as_ref()).filter(|_| has(noun, PROGRESS)) {
        let key = Some(PROGRESS.to_owned());
        return Ok(opening_of(noun, handles, key, lang, from));
    }
    match verb {
        Some(verb) => {
            fit_all(catalogue, handles, &verb)?;
            Ok(act(line, noun, handles, &verb, verb.end))
        }
        None => {
            if let Some(mistyped) = mistyped_verb(catalogue, noun, line, next) {
                return Err(mistyped);
            }
            let word = line.original(next..line.skip(next, |c| !is_separator(c)));
            let word = cut::chars(word, TYPO_CHARS_MAX);
            Err(unknown_verb(catalogue, noun, handle, word, lang))
        }
    }
}

/// The verb behind a handle, what adds nothing passed over, and the language of the line: its words
/// decide; where there are none, the fallback does.
fn verb_at<'c>(
    catalogue: &'c Catalogue,
    line: &Glyphs,
    next: usize,
    lang: Lang,
) -> (Option<Found<'c>>, Lang) {
    let behind = || catalogue.index().at(Kind::Verb, line, line.polite_end(next, &FILLERS));
    let verb = catalogue.index().at(Kind::Verb, line, next).or_else(behind);
    let letters = |at: usize| line.get(at).is_some_and(|c| c.is_alphabetic() && !is_cjk(c));
    let latin = (next..line.len()).any(letters)
        && !(0..line.len()).any(|at| line.get(at).is_some_and(is_cjk));
    let lang = match &verb {
        Some(verb) => verb.lang,
        None if latin => Lang::En,
        None => lang,
    };
    (verb, lang)
}

/// Where a share of the work begins that is all a line says: `T12 80%`, `T12 完成80%`. With `完成`,
/// all of it is done.
fn share(line: &Glyphs, next: usize, verb: Option<&Found>) -> Option<usize> {
    let from = match verb {
        None => next,
        Some(verb) if verb.key == DONE => {
            line.skip(verb.end, |c| is_separator(c) || PARTICLES.contains(&c) || c == '到')
        }
        Some(_) => return None,
    };
    let digits = line.skip(from, |c| c.is_ascii_digit());
    let all = verb.is_some() && line.folded(from..digits) == "100";
    (digits > from && line.get(line.skip_blanks(digits)) == Some('%') && !all).then_some(from)
}

fn has(noun: &Word, verb: &str) -> bool {
    noun.verbs.iter().any(|key| key == verb)
}

/// Whether a verb goes with every one of these.
fn fit_all(catalogue: &Catalogue, handles: &[Handle], verb: &Found) -> Result<(), ParseError> {
    for handle in handles {
        let noun = noun_of(catalogue, *handle, verb.lang)?;
        if !has(noun, verb.key) {
            return Err(unknown_verb(catalogue, noun, *handle, verb.name.into(), verb.lang));
        }
    }
    Ok(())
}

/// A verb of this noun that the word at a place may have meant.
fn mistyped_verb(
    catalogue: &Catalogue,
    noun: &Word,
    line: &Glyphs,
    at: usize,
) -> Option<ParseError> {
    let of_noun = |entry: &Entry| noun.verbs.contains(&entry.key);
    let Repair { end, near, lang } = repair::repair(catalogue.index(), line, at, of_noun)?;
    let word = line.original(at..end).to_owned();
    Some(ParseError::Unknown { word, near, lang })
}

/// `Q1` to `Q4` are quarters of a year as well as requests.
fn is_quarter(handle: Handle) -> bool {
    handle.letter == 'Q' && handle.number <= 4
}

/// `handles` is never empty.
fn opening_of(
    noun: &Word,
    handles: &[Handle],
    verb: Option<String>,
    lang: Lang,
    from: usize,
) -> Opening {
    Opening {
        noun: noun.key.clone(),
        record: Some((handles[0], verb)),
        also: handles[1..].to_vec(),
        creates: false,
        list_end: None,
        lang,
        typed: noun.names(lang).name.clone(),
        from,
    }
}

fn act(line: &Glyphs, noun: &Word, handles: &[Handle], verb: &Found, end: usize) -> Opening {
    let over = over(line, end);
    // `T12 完成 100%` is done.
    let all = (verb.key == DONE).then(|| line.skip(over, |c| c.is_ascii_digit() || c == '%'));
    let from = match all {
        Some(end) if end == line.len() && line.get(end - 1) == Some('%') => end,
        Some(_) | None if over == line.len() => over,
        Some(_) | None => end,
    };
    let key = Some(verb.key.to_owned());
    let opening = opening_of(noun, handles, key, verb.lang, from);
    Opening { typed: verb.name.into(), ..opening }
}

fn noun_of(catalogue: &Catalogue, handle: Handle, lang: Lang) -> Result<&Word, ParseError> {
    catalogue.noun_of(handle.letter).ok_or(ParseError::UnknownLetter { handle, lang })
}

fn unknown_verb(
    catalogue: &Catalogue,
    noun: &Word,
    handle: Handle,
    word: String,
    lang: Lang,
) -> ParseError {
    let name = |key: &String| catalogue.word(key).map(|verb| verb.names(lang).name.clone());
    let verbs = noun.verbs.iter().filter_map(name).collect();
    ParseError::UnknownVerb { handle, word, verbs, lang }
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
