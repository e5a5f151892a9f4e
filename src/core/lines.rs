//! A message that holds several commands, in lines of their own or one behind the other: each as it
//! would be read alone. Carries nothing out.

use super::chained;
use super::itemized;
use super::read;
use super::several::Lines;
use super::times;
use super::turn::Turn;
use crate::command::asking::takes_back;
use crate::command::catalogue::Form;
use crate::command::{Invocation, ParseError, Shape, joints};
use crate::model::Lang;
use crate::text::cut::one_line;

/// Marks between two sentences: a whole command of any kind may follow.
const ENDS: [char; 5] = ['；', ';', '。', '！', '!'];

/// Marks between two parts of a sentence: only what is done to a record may follow.
const COMMAS: [char; 2] = ['，', ','];

/// Words between two commands, of which the second one is a whole command too.
const ON_TOP: [&str; 12] = [
    "，另外",
    ",另外",
    "；另外",
    " 另外",
    "，还有",
    "，顺便",
    "，同时",
    " & ",
    "&",
    " and also ",
    ", also ",
    " plus ",
];

/// What a command that makes something begins with, where a comma or `and` is enough before it.
const MAKES: [&str; 6] = ["提醒", "任务", "再提醒", "也提醒", "remind ", "task "];

/// Verbs behind which anything may be written.
const FREE: [&str; 3] = ["progress", "edit", "reject"];

/// Words behind which anything may be written; behind the others nothing may be left over.
const TOLD: [&str; 6] = ["task", "remind", "follow", "keyword", "find", "settings"];

/// How strongly two parts of a line are kept apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Apart {
    Joined,
    Comma,
    End,
}

/// Opens and closes a code block.
const CODE: &str = "```";

/// Most places of a message at which it is tried to cut it: twice as many as there may be commands,
/// and some to spare. Without it a line of many free notes would be tried in every combination.
const CUTS_MAX: usize = 60;

/// The commands of a message, if it holds more than one; `whole` is what it was read as by itself.
/// Lines that are none of their own belong to the command before them.
pub fn read(turn: &mut Turn, text: &str, whole: &Result<Invocation, ParseError>) -> Option<Lines> {
    // What stands in a code block is shown and not meant.
    if text.contains(CODE) || takes_back(text) {
        return None;
    }
    let mut groups: Vec<String> = Vec::new();
    for line in text.lines().filter(|line| !line.trim().is_empty()) {
        let own = groups.is_empty() || stands_alone(turn, line).is_some();
        match groups.last_mut().filter(|_| !own) {
            Some(group) => *group = format!("{group}\n{line}"),
            None => groups.push(line.to_owned()),
        }
    }
    let mut all = Lines::new();
    if let [only] = groups.as_slice() {
        let again = (only != text).then(|| read::read(turn, only));
        let whole = again.as_ref().unwrap_or(whole).as_ref().ok();
        let swapped = whole.and_then(|whole| swapped(turn, only, whole));
        let items = whole.and_then(|whole| itemized::read(turn, only, whole));
        return swapped
            .or(items)
            .or_else(|| cut(turn, only, &mut { CUTS_MAX }))
            .or_else(|| chained::read(turn, only))
            .or_else(|| times::several(turn, only, whole?));
    }
    let mut left = CUTS_MAX;
    for group in groups {
        match cut(turn, &group, &mut left) {
            Some(several) => all.extend(several),
            None => all.push(read::read(turn, &group).ok()?),
        }
    }
    (all.len() > 1).then_some(all)
}

/// Whether a line, in lower case, holds a name of a verb in either language.
fn says(turn: &Turn, lower: &str, verb: &str) -> bool {
    let word = turn.core.catalogue.word(verb);
    let names = word.into_iter().flat_map(|word| [word.names(Lang::Zh), word.names(Lang::En)]);
    let mut all = names.flat_map(|names| std::iter::once(&names.name).chain(&names.aliases));
    all.any(|name| lower.contains(&name.to_lowercase()))
}

/// `D1 减 @甲 加 @乙`: somebody more and somebody less, each a command of its own; who is added comes
/// first, or nobody might be left in between.
fn swapped(turn: &mut Turn, line: &str, first: &Invocation) -> Option<Lines> {
    let Shape::Act(handle, verb) = &first.shape else { return None };
    let (handle, verb) = (*handle, verb.as_str());
    let other = match verb {
        "add" => "drop",
        "drop" => "add",
        _ => return None,
    };
    let lower = line.to_lowercase();
    if ![verb, other].iter().all(|verb| says(turn, &lower, verb)) {
        return None;
    }
    let word = turn.core.catalogue.word(other)?.names(first.lang);
    let names: Vec<String> =
        std::iter::once(&word.name).chain(&word.aliases).map(|name| name.to_lowercase()).collect();
    let offset = line.len() - first.behind().len();
    let mark = |c: char| c.is_whitespace() || "，,、；;并再且".contains(c);
    let begins = |at: &usize| {
        let before = lower[..*at].ends_with(mark) || lower[..*at].ends_with(" and ");
        let named = names.iter().any(|name| {
            let behind = lower[*at..].strip_prefix(name.as_str());
            behind.is_some_and(|rest| rest.starts_with([' ', '@', '#']))
        });
        before && named
    };
    let places = lower.char_indices().map(|(at, _)| at);
    let at = places.filter(|at| *at > offset && lower.len() == line.len()).find(begins)?;
    let left = line[..at].trim_end_matches(mark).trim_end_matches(" and").to_owned();
    // `R1 加 退货；R1 减 退款` are two commands, each with its number.
    if left.to_uppercase().ends_with(&format!(" {handle}"))
        || left.to_uppercase().ends_with(&format!("；{handle}"))
        || left.to_uppercase().ends_with(&format!(";{handle}"))
    {
        return None;
    }
    let handles: Vec<String> =
        std::iter::once(handle).chain(first.also.iter().copied()).map(|h| h.to_string()).collect();
    let right = format!("{} {}", handles.join("、"), &line[at..]);
    let mut lines = Vec::new();
    for part in [left, right] {
        let read = read::read(turn, &part).ok()?;
        let says = !read.args.people.is_empty()
            || !read.args.tags.is_empty()
            || !read.args.content.is_empty();
        lines.push(Some(read).filter(|read| says && matches!(read.shape, Shape::Act(..)))?);
    }
    lines.sort_by_key(|line| !matches!(&line.shape, Shape::Act(_, verb) if verb == "add"));
    Some(lines)
}

/// What stands behind a greeting in a line of its own, if that is a command.
pub fn behind_talk(turn: &mut Turn, text: &str) -> Option<String> {
    let mut all = text.lines().filter(|line| !line.trim().is_empty());
    let first = all.next()?;
    let rest: Vec<&str> = all.collect();
    let talk = read::read(turn, first).is_err();
    stands_alone(turn, rest.first()?).filter(|_| talk).map(|_| rest.join("\n"))
}

/// A line that is plainly a command of its own: something done to a record, or a word that stands
/// apart from what follows.
fn stands_alone(turn: &mut Turn, line: &str) -> Option<Invocation> {
    let read = read::read(turn, line).ok()?;
    let args = &read.args;
    let named = args.when.is_some() || args.every.is_some() || !args.people.is_empty();
    let line = one_line(line).to_lowercase();
    let behind = line.strip_prefix(&read.typed.to_lowercase());
    let apart = behind.is_some_and(|rest| {
        rest.is_empty() || rest.starts_with([' ', ':', '：', '，', ',', '@', '#'])
    });
    let plain = match &read.shape {
        Shape::Act(..) => is_clean(turn, &read),
        Shape::Show(_) => args.content.is_empty(),
        Shape::Create if read.word == "remind" || read.word == "follow" => named,
        Shape::Create if !args.content.is_empty() && !TOLD.contains(&read.word.as_str()) => false,
        Shape::List | Shape::Create => apart || named && behind.is_some(),
    };
    plain.then_some(read)
}

/// Whether nothing is left over of what is done to a record.
fn is_clean(turn: &Turn, read: &Invocation) -> bool {
    let Shape::Act(_, verb) = &read.shape else { return false };
    let word = turn.core.catalogue.word(verb);
    let takes = word.is_some_and(|word| word.takes.contains(&Form::Content));
    takes || read.args.content.is_empty()
}

/// One line cut where one command ends and another begins: `T1 搞定了，T2 也搞定了`; gives up after
/// so many `tries`.
fn cut(turn: &mut Turn, line: &str, tries: &mut usize) -> Option<Lines> {
    let on_top = || ON_TOP.iter().any(|word| line.contains(word));
    let makes = || MAKES.iter().any(|word| line.match_indices(word).count() > 1);
    let some = line.contains(|c: char| c.is_ascii_digit()) || line.contains(ENDS);
    if line.contains('\n') || !some && !on_top() && !makes() {
        return None;
    }
    for (end, begin, apart) in places(line) {
        let left = line[..end].trim().trim_end_matches(COMMAS).trim_end();
        let right = line[begin..].trim();
        if left.is_empty() || right.is_empty() || !opens(turn, right, apart) {
            continue;
        }
        *tries = tries.checked_sub(1)?;
        let Some(first) = whole(turn, left, apart) else { continue };
        let mut all = vec![first];
        match cut(turn, right, tries) {
            Some(more) => all.extend(more),
            None => match whole(turn, right, apart) {
                Some(last) => all.push(last),
                None => continue,
            },
        }
        return Some(all);
    }
    None
}

/// What all of `ON_TOP`, `ENDS`, `COMMAS` and the joints begin with.
fn may_cut(c: char) -> bool {
    matches!(
        c,
        '，' | ',' | '；' | ';' | '。' | '！' | '!' | ' ' | '&' | '、' | '和' | '然' | '再' | '并'
    )
}

/// Where a line may be cut: the end of the part before, the beginning of the one behind.
fn places(line: &str) -> Vec<(usize, usize, Apart)> {
    let mut places = Vec::new();
    for (at, c) in line.char_indices().skip(1).filter(|(_, c)| may_cut(*c)) {
        let joint = || joints::COMMANDS.iter().find(|joint| line[at..].starts_with(**joint));
        if let Some(word) = ON_TOP.iter().find(|word| line[at..].starts_with(**word)) {
            places.push((at, at + word.len(), Apart::End));
        } else if ENDS.contains(&c) {
            places.push((at, at + c.len_utf8(), Apart::End));
        } else if COMMAS.contains(&c) {
            places.push((at, at + c.len_utf8(), Apart::Comma));
        } else if let Some(joint) = joint() {
            let behind = &line[at + joint.len()..];
            let makes = *joint == " and " && makes(behind);
            let apart = if makes { Apart::Comma } else { Apart::Joined };
            places.push((at, at + joint.len(), apart));
        }
    }
    places
}

/// Whether a command may begin here: a record's number, or any word behind the end of a sentence.
fn opens(turn: &Turn, text: &str, apart: Apart) -> bool {
    let mut chars = text.chars();
    let letter = chars.next().filter(char::is_ascii_alphabetic);
    let numbered = chars.next().is_some_and(|c| c.is_ascii_digit());
    let noun = || letter.and_then(|c| turn.core.catalogue.noun_of(c.to_ascii_uppercase()));
    apart == Apart::End
        || numbered && noun().is_some()
        || apart == Apart::Comma && makes(text)
        || names_soon(turn, text)
}

/// Whether a record's number stands near the beginning: `删除 T5`.
fn names_soon(turn: &Turn, text: &str) -> bool {
    let begin = text.char_indices().nth(BEGIN_CHARS).map_or(text, |(at, _)| &text[..at]);
    begin.as_bytes().windows(2).any(|two| {
        two[1].is_ascii_digit()
            && two[0].is_ascii_alphabetic()
            && turn.core.catalogue.noun_of(char::from(two[0].to_ascii_uppercase())).is_some()
    })
}

/// Whether a command that makes something begins here.
fn makes(text: &str) -> bool {
    let text = text.to_lowercase();
    let begin: String = text.chars().take(BEGIN_CHARS).collect();
    let told = ["提醒我", "提醒大家", "提醒@", "提醒 @"].iter().any(|word| begin.contains(word));
    told || MAKES.iter().any(|word| text.starts_with(word))
}

/// Within so many characters a reminder that begins with its time says that it is one.
const BEGIN_CHARS: usize = 14;

/// A part that is a whole command: something done to a record with nothing left over; behind the
/// end of a sentence any command that stands alone.
fn whole(turn: &mut Turn, text: &str, apart: Apart) -> Option<Invocation> {
    let text = text.trim_start_matches(['再', '也']).trim_start_matches(['，', ',']).trim();
    let read = stands_alone(turn, text)?;
    let made = apart >= Apart::Comma;
    let fits = match &read.shape {
        Shape::Create if read.word == "remind" || read.word == "task" => made,
        // What somebody writes about a record may well name another one.
        Shape::Act(_, verb) if FREE.contains(&verb.as_str()) => {
            let numbered = text.starts_with(|c: char| c.is_ascii_alphabetic());
            apart > Apart::Joined && (numbered || apart == Apart::End)
                || read.args.content.is_empty()
        }
        Shape::Act(..) => true,
        Shape::Show(_) | Shape::List | Shape::Create => apart == Apart::End,
    };
    fits.then_some(read)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_cuts_a_line_begins_with_what_may_cut_it() {
        for word in ON_TOP.iter().chain(&joints::COMMANDS) {
            assert!(word.starts_with(may_cut), "{word}");
        }
        assert!(ENDS.into_iter().chain(COMMAS).all(may_cut));
    }
}
