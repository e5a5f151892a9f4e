//! A line of `搜` read as what is looked for: words that must be there, `-` before what may not,
//! quotation marks around what is meant as written, a stretch of the past, a cabinet.

use std::ops::Range;

use super::people::{self, resolve};
use super::refusal::{Missing, Refusal};
use super::tags;
use super::turn::Turn;
use crate::command::Invocation;
use crate::model::Timestamp;
use crate::text::fold::fold;
use crate::text::sought::Sought;
use crate::text::when::{self, Meaning, Reference};

/// Most words, phrases and tags of a search: each is looked for in every message that is read.
pub const WANTED_MAX: usize = 10;

/// Quotation marks around what is meant as written.
pub const QUOTES: [(char, char); 5] =
    [('「', '」'), ('『', '』'), ('“', '”'), ('"', '"'), ('＂', '＂')];

/// What may stand before what is not wanted.
const MINUS: [char; 3] = ['-', '－', '−'];

/// Stands where a phrase was: no word and no date goes across.
const BARRIER: char = '\u{1}';

/// What was put into no cabinet, folded.
const UNFILED: [&str; 3] = ["未归档", "没归档", "unarchived"];

/// Before the name of a cabinet.
const CABINET: [&str; 4] = ["库:", "库：", "in:", "cabinet:"];

/// How days and stretches begin that tell when something was said, also where they are glued to
/// a word (`上周合同`); any other date is one only where it stands by itself.
const TELLING: [&str; 27] = [
    "昨",
    "前天",
    "今天",
    "今早",
    "今日",
    "上周",
    "上个",
    "上月",
    "上星期",
    "上礼拜",
    "本周",
    "本月",
    "这周",
    "这个",
    "这几",
    "最近",
    "近",
    "过去",
    "去年",
    "今年",
    "yesterday",
    "today",
    "last",
    "this",
    "past",
    "previous",
    "recent",
];

/// One hour: what somebody who names a time means by it.
const HOUR_MS: i64 = 3_600_000;

/// What is looked for.
#[derive(Debug, Default)]
pub struct Seek {
    /// As it is judged.
    pub sought: Sought,
    /// What must be there, as it was typed.
    pub wanted: Vec<String>,
    /// What may not, as it was typed.
    pub unwanted: Vec<String>,
    /// The cabinet's name, as it was typed.
    pub cabinet: Option<String>,
    /// The stretch of time, as it was typed.
    pub days: Option<String>,
    /// Words with a date in them that may have been meant as written.
    pub as_written: Option<String>,
}

/// Reads the line.
pub fn read(turn: &mut Turn, invocation: &Invocation) -> Result<Seek, Refusal> {
    let args = &invocation.args;
    let mut seek = Seek::default();
    let said = if args.quoted { None } else { said_by(turn, &args.content) };
    if args.quoted {
        seek.word(&args.content, false);
    } else {
        let content = said.as_ref().map_or(args.content.as_str(), |(_, rest)| rest);
        seek.read_content(content, turn.reference())?;
        seek.as_written = seek.as_written.filter(|_| said.is_none());
    }
    let line = fold(&invocation.line).text;
    let minus = |mark: char, name: &str| line.contains(&format!(" -{mark}{}", fold(name).text));
    let names = tags::names(turn);
    for tag in &args.tags {
        let (tag, not) = (names.now(tag), minus('#', tag));
        let former = names.before(&fold(&tag).text).into_iter();
        seek.sought.former.extend(former.map(|name| (fold(&tag).text, name)));
        seek.tag(&tag, not);
    }
    let (out, wanted): (Vec<String>, Vec<String>) =
        args.people.iter().cloned().partition(|name| minus('@', name));
    let wanted = wanted.into_iter().chain(said.map(|(name, _)| name)).collect();
    for (names, not) in [(wanted, false), (out, true)] {
        for who in resolve(turn, &names)? {
            seek.said(not).push(format!("@{}", who.name));
            match not {
                true => seek.sought.without_people.push(who.person),
                false => seek.sought.people.push(who.person),
            }
        }
    }
    let count = seek.sought.words.len() + seek.sought.tags.len() + seek.unwanted.len();
    if count > WANTED_MAX {
        return Err(Refusal::Limit { what: "wanted", most: WANTED_MAX });
    }
    if !seek.sought.says_something() {
        return Err(Refusal::Missing { word: "find", what: Missing::Content });
    }
    Ok(seek)
}

/// Behind somebody's name: they said what follows. Longer spellings first.
const SAID: [&str; 13] = [
    "说过的",
    "说的",
    "发过的",
    "发的",
    "提过的",
    "提到的",
    "提的",
    "讲的",
    "贴的",
    " said about",
    " said",
    " sent",
    " posted",
];

/// `王芳昨天说的快递单号`, `what Ben said yesterday`: who said it, and the rest of what is looked for.
fn said_by(turn: &mut Turn, content: &str) -> Option<(String, String)> {
    let (at, said) = SAID.iter().find_map(|said| Some((content.find(said)?, *said)))?;
    let head = &content[..at];
    let names = people::names(turn);
    let (from, name) = names.iter().find_map(|name| Some((head.rfind(name.as_str())?, name)))?;
    let between = &head[from + name.len()..];
    let begins = |c: char| c.is_ascii_alphanumeric();
    let whole = !(head[..from].ends_with(begins) && name.starts_with(begins));
    let apart = between.trim().is_empty() || {
        let found = stretch(between.trim(), turn.reference()).ok().flatten();
        found.is_some_and(|(span, _, _)| span == (0..between.trim().len()))
    };
    let before = head[..from].trim();
    let before = before.strip_suffix("what").unwrap_or(before);
    let rest = format!("{before} {between} {}", &content[at + said.len()..]);
    (whole && apart).then(|| (name.clone(), rest.trim().to_owned()))
}

impl Seek {
    /// Nothing can be found by it but by reading: a single character has no neighbours.
    pub fn is_short(&self) -> bool {
        let words = &self.sought.words;
        !words.is_empty() && words.iter().all(|word| word.chars().nth(1).is_none())
    }

    /// Nothing but words is said: no tag, person, day or cabinet.
    pub fn only_words(&self) -> bool {
        let words = Sought { words: self.sought.words.clone(), ..Sought::default() };
        self.sought == words
    }

    /// What must be there, as it was typed.
    pub fn asked(&self) -> String {
        let cabinet = self.cabinet.iter().map(|name| format!("{}{name}", CABINET[0]));
        self.wanted.iter().chain(&self.days).cloned().chain(cabinet).collect::<Vec<_>>().join(" ")
    }

    fn read_content(&mut self, content: &str, reference: Reference) -> Result<(), Refusal> {
        let mut open = self.take_phrases(content);
        if let Some((span, from, to)) = stretch(&open, reference)? {
            (self.sought.from, self.sought.to) = (from, to);
            self.as_written = as_written(&open, &span);
            self.days = Some(open[span.clone()].to_owned());
            let behind = open[span.end..].trim_start_matches('的');
            open = format!("{} {behind}", &open[..span.start]);
        }
        for word in open.split(|c: char| c.is_whitespace() || c == BARRIER) {
            match word.strip_prefix(MINUS) {
                // Of `-#标签` and `-@人`.
                Some("") => {}
                Some(rest) => self.word(rest, true),
                None => self.word(word, false),
            }
        }
        Ok(())
    }

    /// Takes what stands between quotation marks out of the content.
    fn take_phrases(&mut self, content: &str) -> String {
        let (mut open, mut rest) = (String::new(), content);
        while let Some(c) = rest.chars().next() {
            rest = &rest[c.len_utf8()..];
            let closing = QUOTES.iter().find(|(opening, _)| *opening == c).map(|(_, close)| *close);
            let phrase = closing.and_then(|closing| rest.split_once(closing));
            let Some((phrase, behind)) = phrase.filter(|(phrase, _)| !phrase.trim().is_empty())
            else {
                open.push(c);
                continue;
            };
            let before = open.strip_suffix(MINUS);
            let minus =
                before.filter(|before| before.is_empty() || before.ends_with([' ', BARRIER]));
            let minus = minus.map(str::len);
            open.truncate(minus.unwrap_or(open.len()));
            open.push(BARRIER);
            self.word(phrase, minus.is_some());
            rest = behind;
        }
        open
    }

    fn word(&mut self, word: &str, not: bool) {
        let cabinet = CABINET.iter().find_map(|mark| strip_folded(word, mark));
        if let Some(cabinet) = cabinet.filter(|name| !not && !name.is_empty()) {
            self.sought.cabinet = Some(fold(cabinet).text);
            self.cabinet = Some(cabinet.to_owned());
            return;
        }
        let folded = fold(word).text;
        if folded.trim().is_empty() {
            return;
        }
        if UNFILED.contains(&folded.trim()) && !not {
            self.sought.unfiled = true;
            self.said(not).push(word.to_owned());
            return;
        }
        self.said(not).push(word.to_owned());
        match not {
            true => self.sought.without.push(folded),
            false => self.sought.words.push(folded),
        }
    }

    fn tag(&mut self, tag: &str, not: bool) {
        self.said(not).push(format!("#{tag}"));
        match not {
            true => self.sought.without_tags.push(fold(tag).text),
            false => self.sought.tags.push(fold(tag).text),
        }
    }

    fn said(&mut self, not: bool) -> &mut Vec<String> {
        if not { &mut self.unwanted } else { &mut self.wanted }
    }
}

fn strip_folded<'a>(word: &'a str, mark: &str) -> Option<&'a str> {
    let head = word.get(..mark.len())?;
    head.eq_ignore_ascii_case(mark).then(|| &word[mark.len()..])
}

/// A stretch of the past in a text, and where it stands. A number, a length and what repeats are
/// words like any other; a day that does not exist is refused.
#[expect(clippy::type_complexity, reason = "a place and the two ends of a stretch")]
fn stretch(
    text: &str,
    reference: Reference,
) -> Result<Option<(Range<usize>, Option<Timestamp>, Option<Timestamp>)>, Refusal> {
    let Some((span, meaning)) = when::read(text, reference, true) else { return Ok(None) };
    let said = &text[span.clone()];
    let apart = |c: Option<char>| c.is_none_or(|c| c.is_whitespace() || c == BARRIER);
    let alone = apart(text[..span.start].chars().next_back())
        && apart(text[span.end..].trim_start_matches('的').chars().next());
    let lower = said.to_lowercase();
    let telling = TELLING.iter().any(|word| lower.starts_with(word));
    // 12.5 and 3/4 are numbers before they are days.
    let named = said.chars().any(char::is_alphabetic) || said.matches('-').count() == 2;
    if !(telling || alone && named) {
        return Ok(None);
    }
    let ends = match first(meaning) {
        Meaning::Date(day) => {
            let start = |day: chrono::NaiveDate| {
                Timestamp::from_local(day.and_time(chrono::NaiveTime::MIN), reference.zone)
            };
            (Some(start(day)), day.succ_opt().map(start))
        }
        Meaning::Instant(at, _) => (Some(at), Some(at.plus_ms(HOUR_MS))),
        Meaning::Range(range) if !range.bare => (range.from, range.to),
        Meaning::Range(_) | Meaning::Length(_) | Meaning::Every(_) | Meaning::Choices(_) => {
            return Ok(None);
        }
        Meaning::Never => {
            let part = said.trim().to_owned();
            return Err(Refusal::NotUnderstood { word: "find".into(), part });
        }
    };
    Ok(Some((span, ends.0, ends.1)))
}

/// The stretch of the past that a text is, if it is nothing else.
pub fn past(text: &str, at: Reference) -> Option<(Option<Timestamp>, Option<Timestamp>)> {
    let text = text.trim();
    let (span, from, to) = stretch(text, at).ok()??;
    (span == (0..text.len())).then_some((from, to))
}

/// The words that a date stands in, where it is glued to them or is all there is.
fn as_written(text: &str, span: &Range<usize>) -> Option<String> {
    let ends = |c: char| c.is_whitespace() || c == BARRIER;
    let from = span.start - text[..span.start].rsplit(ends).next().unwrap_or_default().len();
    let to = span.end + text[span.end..].split(ends).next().unwrap_or_default().len();
    let glued = from < span.start || span.end < to;
    (glued || text.trim() == &text[span.clone()]).then(|| text[from..to].to_owned())
}

/// The likeliest of several meanings.
fn first(meaning: Meaning) -> Meaning {
    match meaning {
        Meaning::Choices(all) => all.into_iter().next().map_or(Meaning::Never, first),
        other => other,
    }
}
