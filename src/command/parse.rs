//! A line read as an invocation: longest word first, Chinese without a blank, Latin with a
//! boundary.

pub use super::invocation::{Invocation, ParseError, Shape};

use super::args::{Args, Of};
use super::called::{Known, nobody};
use super::catalogue::Catalogue;
use super::everybody::EVERYBODY;
use super::glyphs::{Glyphs, is_cjk};
use super::opening::Opening;
use super::read_args;
use super::shape::{known_letter, opening};
use super::turned;
use super::word::{Form, Names, Word};
use crate::model::Lang;
use crate::text::cut::one_line;
use crate::text::fold::{fold, is_invisible, plain};
use crate::text::when::{Reference, When};

/// Longest line that is read as a command, in characters.
pub const LINE_CHARS_MAX: usize = 4_000;

/// The word that explains words.
const HELP: &str = "help";

/// Behind a word, these ask how it is used.
const HOW: [&str; 5] = ["帮助", "怎么用", "怎么写", "用法", "help"];

/// Reads a line where nobody is known by name; see [`parse_among`].
pub fn parse(
    catalogue: &Catalogue,
    line: &str,
    reference: Reference,
    fallback: Lang,
) -> Result<Invocation, ParseError> {
    parse_among(catalogue, line, reference, fallback, &mut nobody)
}

/// Reads a line (the bot's @ already removed) among people who are known by name. The first line
/// decides the word; later lines belong to the content of words that take one. A line that is
/// quoted (`>`) or opens a code block is talk.
pub fn parse_among(
    catalogue: &Catalogue,
    line: &str,
    reference: Reference,
    fallback: Lang,
    known: &mut Known,
) -> Result<Invocation, ParseError> {
    let whole = from_first_line(line).ok_or(ParseError::Empty)?;
    let limit = whole.char_indices().nth(LINE_CHARS_MAX).map(|(byte, _)| byte);
    let whole = &whole[..limit.unwrap_or(whole.len())];
    let first = one_line(whole.lines().next().unwrap_or_default());
    let glyphs = Glyphs::new(&first);
    if glyphs.starts_with(0, ">") || glyphs.starts_with(0, "```") {
        return Err(ParseError::Talk);
    }
    let script = if first.chars().any(is_cjk) { Lang::Zh } else { fallback };
    let mut opening = match opening(catalogue, &glyphs, script) {
        Ok(opening) => opening,
        Err(error) => {
            // `明天9点提醒我交报告` is read as `提醒我 明天9点 交报告`.
            let turned = turned::time_behind(catalogue, (&first, &glyphs), script, reference);
            let turned = turned.ok_or(error)?;
            let whole = turned + &whole[whole.lines().next().unwrap_or_default().len()..];
            let read = parse_among(catalogue, &whole, reference, fallback, known)?;
            return Ok(Invocation { line: first, ..read });
        }
    };
    if limit.is_some() {
        return Err(ParseError::TooLong { lang: opening.lang });
    }
    // `T1 完成了吗？` asks where it stands.
    if let Some((_, verb)) = &mut opening.record
        && asks_whether(&glyphs, opening.from)
    {
        *verb = None;
    }
    let key = match &opening.record {
        Some((_, Some(verb))) => verb,
        Some((_, None)) | None => &opening.noun,
    };
    if opening.record.is_none() && asks_how(&glyphs, opening.from) {
        return Ok(help_on(catalogue, opening, first));
    }
    // The opening was read from the same catalogue, so its key is there.
    let word = catalogue.word(key).ok_or(ParseError::Talk)?;
    let shows = matches!(opening.record, Some((_, None)));
    let all = word.takes.contains(&Form::Content) && !shows;
    let text = if all && whole.contains('\n') { one_line(whole) } else { first.clone() };
    let of = Of { word, typed: &opening.typed, reference };
    // One line, as nearly always, is folded once.
    let (shape, args) = if text == first {
        shape_and_args(catalogue, of, &opening, &glyphs, known)
    } else {
        shape_and_args(catalogue, of, &opening, &Glyphs::new(&text), known)
    };
    Ok(Invocation {
        word: opening.noun,
        shape,
        also: opening.also,
        args,
        lang: opening.lang,
        typed: opening.typed,
        line: text,
    })
}

/// `任务 怎么用` asks about the word: it is no task of that name.
fn asks_how(line: &Glyphs, from: usize) -> bool {
    let end = HOW.iter().find(|how| line.word_at(from, how)).map(|how| from + how.chars().count());
    let stop = |c: char| c.is_whitespace() || matches!(c, '?' | '。' | '.' | '!');
    end.is_some_and(|end| line.skip(end, stop) == line.len())
}

/// Whether nothing but a question follows.
fn asks_whether(line: &Glyphs, from: usize) -> bool {
    let word = |at| ["吗", "么", "没有", "没"].iter().find(|word| line.starts_with(at, word));
    let blank = |at| line.skip(at, char::is_whitespace);
    let mut at = blank(from);
    at = if line.starts_with(at, "了") { at + 1 } else { at };
    let asked = word(at).map(|word| at + word.chars().count());
    at = blank(asked.unwrap_or(at));
    let end = line.skip(at, |c| c == '?');
    (asked.is_some() || end > at) && blank(end) == line.len()
}

/// Help on the word that opens a line.
fn help_on(catalogue: &Catalogue, opening: Opening, line: String) -> Invocation {
    let name = catalogue.word(&opening.noun).map(|word| word.names(opening.lang).name.clone());
    // `帮助 帮助` and `help help` ask for all of it.
    let content = name.filter(|_| opening.noun != HELP).unwrap_or_default();
    Invocation {
        word: HELP.into(),
        shape: Shape::Create,
        also: Vec::new(),
        args: Args { content, ..Args::default() },
        lang: opening.lang,
        typed: opening.typed,
        line,
    }
}

/// The text from its first line that is not blank; `None` if there is none.
fn from_first_line(text: &str) -> Option<&str> {
    let mut from = 0;
    for line in text.split_inclusive('\n') {
        let shows = |c: char| !c.is_whitespace() && !c.is_control() && !is_invisible(c);
        if line.chars().any(shows) {
            return Some(&text[from..]);
        }
        from += line.len();
    }
    None
}

/// The arguments, and the shape they make of a noun.
fn shape_and_args(
    catalogue: &Catalogue,
    of: Of,
    opening: &Opening,
    glyphs: &Glyphs,
    known: &mut Known,
) -> (Shape, Args) {
    let word = of.word;
    let letter = |letter| known_letter(catalogue, letter);
    let mut read = |from| read_args::read(glyphs, from, of, letter, known);
    if let Some(shape) = opening.record_shape() {
        return (shape, read(opening.from));
    }
    // `任务 列表 @乙` asks for the list, `task list page redesign` makes a task.
    if let Some(list) = opening.list_end.map(&mut read).filter(|args| filters_only(word, args)) {
        return (Shape::List, list);
    }
    let mut args = read(opening.from);
    if let Some(filters) = filters(word.names(opening.lang), &args.content) {
        args.content.clear();
        args.filters = filters;
    }
    let lists = !word.bare_creates && !opening.creates && filters_only(word, &args);
    (if lists { Shape::List } else { Shape::Create }, args)
}

/// Longer contents are no filters.
const FILTERS_BYTES_MAX: usize = 256;

/// The filters a content consists of, by their keys; `None` if it says anything else.
pub fn filters(names: &Names, content: &str) -> Option<Vec<String>> {
    if content.len() > FILTERS_BYTES_MAX {
        return None;
    }
    let apart = |c: char| matches!(c, ' ' | '、' | ',' | '，' | '的');
    // Nearly every content begins like none of them, and need not be folded to see it.
    let first = content.trim_start_matches(apart).chars().next().and_then(plain);
    let begins = |first| names.filters.values().flatten().any(|name| name.starts_with(first));
    if !first.is_none_or(|first| apart(first) || begins(first)) {
        return None;
    }
    let folded = fold(content).text;
    let (mut rest, mut keys) = (folded.trim_matches(apart), Vec::new());
    while !rest.is_empty() {
        // A name may have blanks of its own, and ends where the next part begins.
        let ends = |name: &String| {
            rest.strip_prefix(name.as_str())
                .filter(|behind| behind.is_empty() || behind.starts_with(apart))
        };
        let found = names.filters.iter().flat_map(|(key, spelled)| {
            spelled.iter().filter_map(move |name| Some((key, ends(name)?)))
        });
        let (key, behind) = found.min_by_key(|(_, behind)| behind.len())?;
        keys.push(key.clone());
        rest = behind.trim_start_matches(apart);
    }
    Some(keys).filter(|keys| !keys.is_empty())
}

/// Whether these arguments only narrow a list. For words that take a content, a date would be a
/// new record's and a stretch of time is a filter; for the others a date can only be a filter.
fn filters_only(word: &Word, args: &Args) -> bool {
    let Args { content, when, every, pairs, tests, count, target, filters, .. } = args;
    let narrows = !word.takes.contains(&Form::Content);
    let Args { people, .. } = args;
    // A list of everybody's is all of it; `提醒大家` was to become a reminder.
    if people.iter().any(|name| name == EVERYBODY) {
        return false;
    }
    let stretch = match when {
        None | Some(When::Range(..)) => true,
        // With a word such as `逾期`, a day is a filter too.
        Some(When::Date(_)) => !filters.is_empty(),
        Some(When::Instant(_) | When::Recurrence(_) | When::Ambiguous(_) | When::Impossible(_)) => {
            false
        }
    };
    content.is_empty()
        && (narrows || stretch)
        && (narrows || count.is_none())
        && every.is_none()
        && args.lead.is_none()
        && pairs.is_empty()
        && tests.is_empty()
        && target.is_none()
}
