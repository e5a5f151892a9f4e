//! A line of `搜` read as what is looked for: words that must be there, `-` before what may not,
//! quotation marks around what is meant as written, a stretch of the past, a cabinet.

use std::ops::Range;

use super::people::{self, resolve};
use super::refusal::{Missing, Refusal};
use super::sayer;
use super::stretch::{BARRIER, stretch};
use super::tags;
use super::turn::Turn;
use crate::command::Invocation;
use crate::text::fold::fold;
use crate::text::sought::Sought;
use crate::text::when::Reference;

/// Most words, phrases and tags of a search: each is looked for in every message that is read.
pub const WANTED_MAX: usize = 10;

/// Quotation marks around what is meant as written.
pub const QUOTES: [(char, char); 5] =
    [('「', '」'), ('『', '』'), ('“', '”'), ('"', '"'), ('＂', '＂')];

/// What may stand before what is not wanted.
const MINUS: [char; 3] = ['-', '－', '−'];

/// The same as a text.
const BARRIER_TEXT: &str = "\u{1}";

/// What was put into no cabinet, folded.
const UNFILED: [&str; 3] = ["未归档", "没归档", "unarchived"];

/// Before the name of a cabinet.
const CABINET: [&str; 4] = ["库:", "库：", "in:", "cabinet:"];

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
    /// Whoever was named without an @, and is taken for the sender.
    pub by_name: Option<String>,
    /// Something stands between quotation marks.
    literal: bool,
    /// An `或` with nothing on one side of it.
    dangling: bool,
    /// What does, and whether it may not be there.
    phrases: Vec<(String, bool)>,
}

/// Reads the line.
pub fn read(turn: &mut Turn, invocation: &Invocation) -> Result<Seek, Refusal> {
    let args = &invocation.args;
    let mut seek = Seek::default();
    let (said, content) = match args.quoted {
        true => (None, String::new()),
        false => told(turn, &args.content),
    };
    if args.quoted {
        seek.word(&args.content, false);
    } else {
        seek.read_content(&content, turn.reference())?;
        seek.as_written = seek.as_written.filter(|_| said.is_none());
    }
    if seek.dangling && !args.tags.is_empty() {
        // Of tags all must be there.
        return Err(Refusal::NotUnderstood { word: "find".into(), part: "或".into() });
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
    let mut wanted: Vec<String> = wanted.into_iter().chain(said).collect();
    seek.drop_filler(!wanted.is_empty() || !args.tags.is_empty());
    if wanted.is_empty() && !args.quoted {
        wanted.extend(seek.sender(turn));
    }
    for (names, not) in [(wanted, false), (out, true)] {
        for who in resolve(turn, &names)? {
            seek.said(not).push(format!("@{}", who.name));
            match not {
                true => seek.sought.without_people.push(who.person),
                false => seek.sought.people.push(who.person),
            }
        }
    }
    let either: usize = seek.sought.any.iter().map(Vec::len).sum();
    let count = seek.sought.words.len() + either + seek.sought.tags.len() + seek.unwanted.len();
    if count > WANTED_MAX {
        return Err(Refusal::Limit { what: "wanted", most: WANTED_MAX });
    }
    if !seek.sought.says_something() {
        return Err(Refusal::Missing { word: "find", what: Missing::Content });
    }
    Ok(seek)
}

/// Who said it, where that is said without an @, and the rest of what is looked for.
fn told(turn: &mut Turn, content: &str) -> (Option<String>, String) {
    let mut names = people::names(turn);
    names.extend(["我", "me"].map(str::to_owned));
    let reference = turn.reference();
    let is_time = |text: &str| {
        let found = stretch(text, reference).ok().flatten();
        found.is_some_and(|(span, _, _)| span == (0..text.len()))
    };
    match sayer::said_by(&names, content, is_time) {
        Some((name, rest)) => (Some(name), rest),
        None => (None, sayer::plain(content)),
    }
}

impl Seek {
    /// `今天的消息`: of which 消息 says no more.
    fn drop_filler(&mut self, beside: bool) {
        let dated = self.sought.from.is_some() || self.sought.to.is_some();
        let other = beside || dated || self.cabinet.is_some() || self.sought.unfiled;
        if other && !self.literal {
            self.sought.words.retain(|word| !sayer::is_filler(word));
            let filler = |part: &String| sayer::is_filler(&fold(part).text);
            self.wanted.retain(|part| !filler(part));
        }
    }

    /// The only word that is looked for, if it is somebody's name: what they said is meant. Between
    /// quotation marks it is looked for as it is.
    fn sender(&mut self, turn: &mut Turn) -> Vec<String> {
        self.senders(turn).unwrap_or_default()
    }

    /// Several of them, of whom one said it: `李雷、王芳`, `李雷 或 王芳`.
    fn senders(&mut self, turn: &mut Turn) -> Option<Vec<String>> {
        let names = people::names(turn);
        let either = match (self.sought.words.as_slice(), self.sought.any.as_slice()) {
            ([], [all]) => all.clone(),
            ([only], []) => only.split(['、', '和', '与']).map(str::to_owned).collect(),
            _ => return self.only_sender(turn).map(|name| vec![name]),
        };
        let known = |word: &String| names.iter().find(|name| fold(name).text == *word).cloned();
        let all: Option<Vec<String>> = either.iter().map(known).collect();
        let plain = !self.literal && self.unwanted.is_empty() && either.len() > 1;
        let Some(all) = all.filter(|_| plain) else {
            return self.only_sender(turn).map(|name| vec![name]);
        };
        resolve(turn, &all).ok()?;
        self.sought.words.clear();
        self.sought.any.clear();
        self.wanted.clear();
        Some(all)
    }

    /// The same of one.
    fn only_sender(&mut self, turn: &mut Turn) -> Option<String> {
        let [only] = self.sought.words.as_slice() else { return None };
        if self.literal || !self.sought.any.is_empty() || !self.unwanted.is_empty() {
            return None;
        }
        let names = people::names(turn);
        let name = names.into_iter().find(|name| fold(name).text == *only)?;
        // Of two people of that name neither is meant more.
        resolve(turn, std::slice::from_ref(&name)).ok()?;
        self.sought.words.clear();
        self.wanted.retain(|part| fold(part).text != fold(&name).text);
        self.by_name = Some(name.clone());
        Some(name)
    }

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
            let mut behind = open[span.end..].trim_start_matches('的');
            for of in ["'s", "’s"] {
                behind = behind.strip_prefix(of).unwrap_or(behind);
            }
            open = format!("{} {behind}", &open[..span.start]);
        }
        self.read_words(&open)
    }

    /// Reads words and phrases; of those on both sides of an `或` either will do.
    fn read_words(&mut self, open: &str) -> Result<(), Refusal> {
        let mut phrases = std::mem::take(&mut self.phrases).into_iter();
        let mut read: Vec<(String, bool)> = Vec::new();
        let mut either: Vec<bool> = Vec::new();
        let (mut or, mut out) = (false, false);
        for part in open.split(char::is_whitespace) {
            for word in part.split_inclusive(BARRIER).flat_map(cut_barrier) {
                let (word, not) = match word.strip_prefix(MINUS) {
                    // Of `-#标签` and `-@人`.
                    Some("") => continue,
                    Some(rest) => (rest.to_owned(), true),
                    None if word == BARRIER_TEXT => phrases.next().unwrap_or_default(),
                    None if sayer::is_or(word) => {
                        or = true;
                        continue;
                    }
                    None if sayer::is_out(word) => {
                        out = true;
                        continue;
                    }
                    None if sayer::joins(word) && !read.is_empty() => continue,
                    None => sayer::left_out(word),
                };
                let not = not || std::mem::take(&mut out);
                if fold(&word).text.trim().is_empty() {
                    continue;
                }
                read.push((word, not));
                either.push(std::mem::take(&mut or));
            }
        }
        self.dangling |= or || either.first() == Some(&true);
        let mut at = 0;
        while at < read.len() {
            let end = (at + 1..read.len()).find(|next| !either[*next]).unwrap_or(read.len());
            match &read[at..end] {
                [(word, not)] => self.word(word, *not),
                several => self.either(several),
            }
            at = end;
        }
        Ok(())
    }

    /// Words of which one must be there.
    fn either(&mut self, words: &[(String, bool)]) {
        let all: Vec<String> = words.iter().map(|(word, _)| word.clone()).collect();
        if words.iter().any(|(_, not)| *not) {
            words.iter().for_each(|(word, not)| self.word(word, *not));
            return;
        }
        self.wanted.push(all.join(" 或 "));
        self.sought.any.push(all.iter().map(|word| fold(word).text).collect());
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
            self.literal = true;
            self.phrases.push((phrase.to_owned(), minus.is_some()));
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
        let bare = folded.trim();
        if UNFILED.contains(&bare.strip_suffix('的').unwrap_or(bare)) && !not {
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

/// A word, and the phrase behind it.
fn cut_barrier(text: &str) -> impl Iterator<Item = &str> {
    let (word, phrase) = match text.strip_suffix(BARRIER) {
        Some(word) => (word, BARRIER_TEXT),
        None => (text, ""),
    };
    let bars = word.split_inclusive(['|', '｜']).flat_map(|part| {
        let bare = part.trim_end_matches(['|', '｜']);
        [bare, &part[bare.len()..]]
    });
    bars.chain([phrase]).filter(|part| !part.is_empty())
}

fn strip_folded<'a>(word: &'a str, mark: &str) -> Option<&'a str> {
    let head = word.get(..mark.len())?;
    head.eq_ignore_ascii_case(mark).then(|| &word[mark.len()..])
}

/// The words that a date stands in, where it is glued to them or is all there is.
fn as_written(text: &str, span: &Range<usize>) -> Option<String> {
    let ends = |c: char| c.is_whitespace() || c == BARRIER;
    let from = span.start - text[..span.start].rsplit(ends).next().unwrap_or_default().len();
    let to = span.end + text[span.end..].split(ends).next().unwrap_or_default().len();
    let glued = from < span.start || span.end < to;
    (glued || text.trim() == &text[span.clone()]).then(|| text[from..to].to_owned())
}
