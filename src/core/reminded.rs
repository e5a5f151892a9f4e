//! Who is reminded, and of what, from what was typed. The time is read in `timing`.

use super::people::{names, resolve};
use super::refusal::{Missing, Refusal};
use super::turn::Turn;
use crate::command::{Invocation, everybody, stranger};
use crate::model::Lang;
use crate::model::task::Named;
use crate::text::fold::fold;
use crate::text::{cut, near, when};

/// Longest text of a reminder, in characters: one screen line or two.
pub const TEXT_CHARS_MAX: usize = 200;

/// Who is to be reminded: named people, everybody (an empty list), or `None` where nobody is
/// named; and the content without them.
pub fn whom(
    turn: &mut Turn,
    names: &[String],
    content: &str,
) -> Result<(Option<Vec<Named>>, String), Refusal> {
    let content = content.strip_prefix("to ").unwrap_or(content).to_owned();
    if names.iter().any(|name| everybody::is_everybody(name)) {
        // Whoever else is named is among them.
        return Ok((Some(Vec::new()), content));
    }
    let named = resolve(turn, names)?;
    if !named.is_empty() {
        return Ok((Some(named), content));
    }
    let marked = content.starts_with(['@', '＠']);
    let all = fold(content.trim_start_matches(['@', '＠']));
    if let Some(end) = everybody::at_start(&all.text, marked) {
        let rest = all.original(end..all.text.len()).start;
        let rest = content.trim_start_matches(['@', '＠']).get(rest..).unwrap_or_default();
        let rest = rest.trim_start();
        return Ok((Some(Vec::new()), rest.strip_prefix("to ").unwrap_or(rest).to_owned()));
    }
    Ok((None, content))
}

/// The name behind the word that nobody here bears, and the lines that may have been meant:
/// `提醒韩梅梅明天3点开会`, `remind Anna to call`. `None` where it does not look like a name.
pub fn stranger(turn: &mut Turn, invocation: &Invocation) -> Option<(String, Vec<String>)> {
    let (line, typed) = (invocation.line.as_str(), invocation.typed.as_str());
    if ["我", "自己", "me", "me to"].iter().any(|me| typed.ends_with(me)) {
        return None;
    }
    let at = line.to_lowercase().find(typed)? + typed.len();
    let rest = line.get(at..)?.trim_start_matches([' ', '：', ':', '，', ',']);
    let names = names(turn);
    let Some(span) = when::find(rest, turn.reference()).map(|found| found.span) else {
        let name = without_time(&names, rest)?;
        let near = stranger::called(&names, &name);
        let meant = near.map(|near| line.replacen(&name, &format!("@{near} "), 1));
        let mine = line.replacen(typed, "提醒我", 1);
        return Some((name, meant.into_iter().chain([mine]).collect()));
    };
    let name = match turn.lang() {
        Lang::Zh => {
            let goes_on = !rest[span.end..].trim().is_empty();
            let unknown = |head: &&str| {
                let known = names.iter().any(|name| name == head);
                goes_on
                    && !known
                    && (stands_for_somebody(head) || stranger::called(&names, head).is_some())
            };
            let heads = rest[..span.start].split(['和', '与', '跟', '、', '，', ',']);
            heads.map(str::trim).find(unknown)?
        }
        Lang::En => {
            let (first, behind) = rest.split_once(' ')?;
            // `remind the designers tomorrow`: who that is, is not known.
            let some = behind.split(' ').next().filter(|word| {
                let head = first.len() + 1 + word.len();
                first == "the" && span.start == head + 1 && word.ends_with(['s', 'm', 'p'])
            });
            if let Some(word) = some {
                let mine = vec![format!("remind me {rest}")];
                return Some((format!("the {word}"), mine));
            }
            let timed = first.len() + 1 == span.start && span.end < rest.len();
            let told = behind.starts_with("to ");
            let word = first.chars().all(char::is_alphabetic) && span.start > 0;
            Some(first).filter(|_| word && (told || timed && is_capital(first)))?
        }
    };
    let near = near::nearest(name, names.iter().map(String::as_str), 1);
    let near = stranger::called(&names, name).or(near.first().copied());
    let meant = near.map(|near| line.replacen(name, &format!("@{near} "), 1));
    let mine = match turn.lang() {
        Lang::Zh => format!("提醒我 {rest}"),
        Lang::En => format!("remind me {rest}"),
    };
    Some((name.to_owned(), meant.into_iter().chain([mine]).collect()))
}

/// The same where the time stands before the word: `每周五下午5点提醒韩梅梅和王芳填工时`.
fn without_time(names: &[String], rest: &str) -> Option<String> {
    let known = |head: &str| names.iter().any(|name| name == head);
    let mut heads = rest.split(['和', '与', '跟', '、']);
    let (first, next) = (heads.next()?.trim(), heads.next());
    if next.is_some() && !known(first) && stranger::is_name(first) {
        return Some(first.to_owned());
    }
    let ends = rest.char_indices().map(|(at, _)| at).skip(2).take(2);
    let mut heads = ends.map(|at| &rest[..at]);
    if let Some(head) = heads.find(|head| stranger::called(names, head).is_some()) {
        return Some(head.to_owned());
    }
    let name = stranger::before_a_deed(rest)?;
    (!known(name)).then(|| name.to_owned())
}

/// Whether a word looks like somebody's name, or is what a group of people is called by.
fn stands_for_somebody(word: &str) -> bool {
    stranger::is_name(word) || stranger::is_group(word) || is_capital(word)
}

/// Whether a word is written as Latin names are: `Anna`.
fn is_capital(word: &str) -> bool {
    let mut chars = word.chars();
    chars.next().is_some_and(|c| c.is_ascii_uppercase())
        && word.len() > 1
        && chars.all(|c| c.is_ascii_lowercase())
}

/// A reminder's text: one line with a word in it, not too long.
pub fn text(content: &str) -> Result<String, Refusal> {
    let line = cut::one_line(content);
    let line = line.trim_end_matches('。').to_owned();
    if line.is_empty() {
        return Err(Refusal::Missing { word: "remind", what: Missing::Content });
    }
    if !line.chars().any(char::is_alphanumeric) {
        return Err(Refusal::NoWords { word: "remind", part: line });
    }
    match line.chars().nth(TEXT_CHARS_MAX) {
        None => Ok(line),
        Some(_) => Err(Refusal::Limit { what: "reminder", most: TEXT_CHARS_MAX }),
    }
}
