//! The lines that may have been meant by one whose date is over, taken back, or can mean several
//! things. Says nothing itself.

use std::ops::Range;

use super::elsewhere;
use super::fields;
use super::read;
use super::refusal::{Cannot, Refusal};
use super::turn::Turn;
use crate::command::{Invocation, Shape, Word, asking, guess};
use crate::model::post::Mirrored;
use crate::model::report::Report;
use crate::model::{Handle, Lang};
use crate::store::Order;
use crate::text::when::{self, Aim, When};

/// The lines of which one was meant by a date that is over or can mean several things.
pub fn lines(turn: &mut Turn, invocation: &Invocation, refusal: &Refusal) -> Vec<String> {
    let lines = match (refusal, turn.incoming()) {
        (Refusal::Past { line, .. } | Refusal::Earlier { line, .. }, Some(_)) => vec![line.clone()],
        (Refusal::Unclear { choices }, Some(_)) => chosen(turn, invocation, choices),
        (Refusal::Several { rest, .. }, Some(_)) => rest.iter().cloned().collect(),
        (
            Refusal::NobodyCalled { lines, .. }
            | Refusal::Which { lines, .. }
            | Refusal::Cannot { lines, .. },
            Some(_),
        ) => lines.clone(),
        (_, _) => Vec::new(),
    };
    // A line that names a group goes there from a direct chat.
    let there = matches!(refusal, Refusal::NoSuch(_))
        || turn.scope().is_direct() && matches!(refusal, Refusal::Which { .. });
    lines.into_iter().filter(|line| there || read::read(turn, line).is_ok()).collect()
}

/// The same refusal, or the question that fits it better: `J1 不要提醒林晓` takes somebody off and does
/// away with nothing.
pub fn better(turn: &mut Turn, invocation: &Invocation, refusal: Refusal) -> Refusal {
    if let Refusal::NoSuch(handle) = refusal {
        let lines = of_a_group(turn, invocation, handle);
        let part = handle.to_string();
        return if lines.is_empty() { refusal } else { Refusal::Which { part, lines } };
    }
    let first = match &refusal {
        Refusal::Several { failed, .. } => failed.first().map(|(_, why)| why),
        other => Some(other),
    };
    let Some(Refusal::NotUnderstood { word, part }) = first else { return refusal };
    if let Some(lines) = of_the_report(turn, invocation, part) {
        return Refusal::Which { part: invocation.line.clone(), lines };
    }
    if let ("done", Some(line)) = (word.as_str(), afterwards(invocation, part)) {
        let part = invocation.line.clone();
        return Refusal::Cannot { what: Cannot::Condition, part, lines: vec![line] };
    }
    if let ("give", Some(line)) = (word.as_str(), together(turn, invocation, part)) {
        return Refusal::Which { part: invocation.line.clone(), lines: vec![line] };
    }
    if let Some(line) = apart(turn, invocation, part) {
        return Refusal::Which { part: invocation.line.clone(), lines: vec![line] };
    }
    if !["remove", "disable"].contains(&word.as_str()) {
        return refusal;
    }
    // `R1 不要差评了`: a word less.
    if let Some(handle) = invocation.handle().filter(|handle| handle.letter == 'R')
        && let Some(drop) = turn.core.catalogue.word("drop")
        && fields::named_alone(turn, part.trim_end_matches('了')).is_none()
        && word == "remove"
    {
        let word = part.trim().trim_end_matches(['了', '吧', '。', '.']);
        let word = ["通知", "提醒"].iter().all(|tell| !word.starts_with(tell)).then_some(word);
        if let Some(word) = word {
            let line = format!("{handle} {} {word}", drop.names(invocation.lang).name);
            return Refusal::Which { part: part.clone(), lines: vec![line] };
        }
    }
    match less(turn, invocation, part) {
        Some(line) => Refusal::Which { part: part.clone(), lines: vec![line] },
        None => refusal,
    }
}

/// `T18 改到下午` in a direct chat that has no such record, while a group shows one there.
fn of_a_group(turn: &mut Turn, invocation: &Invocation, handle: Handle) -> Vec<String> {
    if !turn.scope().is_direct() || !invocation.also.is_empty() {
        return Vec::new();
    }
    let line = invocation.line.trim();
    let (line, named) = (line.to_owned(), handle.to_string());
    let begins = line.to_uppercase().starts_with(&named);
    let fits = |shown: &Mirrored| shown.handle == named && !shown.title.is_empty() && begins;
    let all = elsewhere::shown(turn).into_iter().filter(|mirror| fits(&mirror.shown));
    all.map(|mirror| format!("{} {line}", mirror.shown.title)).take(LINES_MAX).collect()
}

/// Most groups whose records are offered.
const LINES_MAX: usize = 4;

/// `报告停了吧`, `报告改到19点`: of the only one there is.
fn of_the_report(turn: &mut Turn, invocation: &Invocation, part: &str) -> Option<Vec<String>> {
    let made = invocation.word == "report" && invocation.args.every.is_none();
    if !made || invocation.handle().is_some() {
        return None;
    }
    let all = turn.list::<Report>(2, Order::Up);
    let [(number, _)] = all.as_slice() else { return None };
    let said = part.trim().trim_end_matches(['吧', '了', '。', '.']);
    let line = format!("D{number} {said}");
    let lines = match read::read(turn, &line) {
        Ok(_) => vec![line],
        Err(error) => guess::meant(&turn.core.catalogue, &error, &line, turn.reference()),
    };
    let acts = |turn: &mut Turn, line: &String| {
        read::read(turn, line).is_ok_and(|read| matches!(read.shape, Shape::Act(..)))
    };
    let lines: Vec<String> = lines.into_iter().filter(|line| acts(turn, line)).collect();
    (!lines.is_empty()).then_some(lines)
}

/// `T3 让林晓也一起`: one more is to do it.
fn together(turn: &Turn, invocation: &Invocation, part: &str) -> Option<String> {
    let handle = invocation.handle()?;
    let also = ["也", "一起", "一块", "as well", "too"];
    let people: Vec<String> = invocation.args.people.iter().map(|n| format!("@{n}")).collect();
    let add = &turn.core.catalogue.word("add")?.names(invocation.lang).name;
    let fits = also.iter().any(|word| part.trim().starts_with(word)) && !people.is_empty();
    fits.then(|| format!("{handle} {add} {}", people.join(" ")))
}

/// `T2已完成 T3也好了`, `T1、T2完成，T3还没`: what is said of another record is a command of its own, or
/// changes nothing.
fn apart(turn: &mut Turn, invocation: &Invocation, part: &str) -> Option<String> {
    let line = invocation.line.as_str();
    let from = line.find(part)?;
    let letter = |at: &usize| {
        let mut chars = line[*at..].chars();
        let letter = chars.next().filter(char::is_ascii_alphabetic);
        let named = letter.and_then(|c| turn.core.catalogue.noun_of(c.to_ascii_uppercase()));
        let alone = !line[..*at].ends_with(|c: char| c.is_ascii_alphanumeric());
        alone && named.is_some() && chars.next().is_some_and(|c| c.is_ascii_digit())
    };
    let at = line.char_indices().map(|(at, _)| at).filter(|at| *at >= from).find(letter)?;
    let loose = |c: char| c.is_whitespace() || "，,、；;。".contains(c);
    let (first, second) = (line[..at].trim_end_matches(loose), line[at..].trim());
    let digits = |c: char| c.is_ascii_digit();
    let said = second.get(1..)?.trim_start_matches(digits).trim_start_matches(loose);
    let first_reads = read::read(turn, first).is_ok_and(|read| read.args.content.is_empty());
    if !first_reads {
        return None;
    }
    let open = ["还没", "没", "未", "还在", "not yet", "not ", "isn't", "still"];
    if open.iter().any(|not| said.starts_with(not)) {
        return Some(first.to_owned());
    }
    let mark = if invocation.lang == Lang::Zh { "；" } else { "; " };
    let reads = read::read(turn, second)
        .is_ok_and(|read| matches!(read.shape, Shape::Act(..)) && read.args.content.is_empty());
    reads.then(|| format!("{first}{mark}{second}"))
}

/// `T1 完成后提醒我`: nobody waits for that; a time can be said.
fn afterwards(invocation: &Invocation, part: &str) -> Option<String> {
    let handle = invocation.handle()?;
    let after = ["后", "之后", "以后", "then", "after", "and then"];
    let tells = ["提醒", "通知", "告诉", "remind", "tell", "notify"];
    let lower = part.to_lowercase();
    let fits = after.iter().any(|word| lower.starts_with(word))
        && tells.iter().any(|word| lower.contains(word));
    fits.then(|| match invocation.lang {
        Lang::Zh => format!("提醒我 明天9:00 看 {handle}"),
        Lang::En => format!("remind me tomorrow 9:00 about {handle}"),
    })
}

/// Somebody is not to be told any more: they are taken off, the record stays.
fn less(turn: &mut Turn, invocation: &Invocation, part: &str) -> Option<String> {
    let Shape::Act(handle, _) = &invocation.shape else { return None };
    let part = part.trim_end_matches(['了', '吧', '。', '.']);
    let part = part.strip_prefix("notifying ").unwrap_or(part);
    // `不用韩梅梅做了`
    let does = ["来做", "参加", "参与", "负责", "跟进", "管", "做", "弄", "来"];
    let part = does.iter().find_map(|does| part.strip_suffix(does)).unwrap_or(part);
    let name = fields::named_alone(turn, part)?;
    let drop = turn.core.catalogue.word("drop")?.names(invocation.lang).name.clone();
    Some(format!("{handle} {drop} @{name}"))
}

/// `提醒我周三 啊不 周四交材料`: the line with the date that takes the place of another.
pub fn corrected(turn: &Turn, invocation: &Invocation) -> Option<String> {
    if invocation.shape != Shape::Create {
        return None;
    }
    let (before, behind) = asking::instead(&invocation.line)?;
    let instead = behind.get(..when::at_start(behind, turn.reference())?)?;
    let mut gone = when::find(before, turn.reference())?.span;
    // `明天9点，哦不，10点` is 10:00 tomorrow.
    if day(turn, instead).is_none() {
        gone.start += day(turn, &before[gone.clone()]).map_or(0, str::len);
    }
    let kept = format!("{} {}", before[..gone.start].trim_end(), before[gone.end..].trim_start());
    Some(format!("{} {behind}", kept.trim_end()))
}

/// The day that a time begins with: 明天 of 明天9点.
fn day<'t>(turn: &Turn, time: &'t str) -> Option<&'t str> {
    let ends = time.char_indices().map(|(at, c)| at + c.len_utf8());
    let begins = ends.filter_map(|end| time.get(..end));
    let whole = |text: &&str| {
        when::find(text, turn.reference()).is_some_and(|found| {
            found.span.len() == text.len() && matches!(found.when, When::Date(_))
        })
    };
    begins.rev().find(whole)
}

/// The line with each choice in place of the date that could mean it. Where two dates compete, the
/// other stays in the text, unless it would be taken again.
fn chosen(turn: &mut Turn, invocation: &Invocation, choices: &[String]) -> Vec<String> {
    let line = &invocation.line;
    let begin = line.find(&invocation.typed).map_or(0, |at| at + invocation.typed.len());
    let core = turn.core;
    let word = core.catalogue.word(&invocation.word);
    let aim = word.map_or(Aim::Deadline, Word::aim);
    let rivals = when::rivals(&line[begin..], turn.reference(), aim);
    let spans: Vec<_> = rivals.iter().map(|r| begin + r.span.start..begin + r.span.end).collect();
    if spans.len() != choices.len() {
        let found = when::find_in(&when::Line::new(line), turn.reference(), aim);
        let Some(found) = found else { return Vec::new() };
        let put = |choice: &String| replaced(line, &[(found.span.clone(), choice)]);
        return choices.iter().map(put).collect();
    }
    let apart = worded_clauses(line, &spans) > 1;
    let mut one = |(nth, choice): (usize, &String)| {
        if apart && let Some(line) = with_deadline(turn, invocation, choice, &rivals[nth].when) {
            return line;
        }
        let apart = format!(" {choice} ");
        let tidy = |line: String| line.split_whitespace().collect::<Vec<_>>().join(" ");
        let kept = tidy(replaced(line, &[(spans[nth].clone(), &apart)]));
        let when = read::read(turn, &kept).ok().and_then(|read| read.args.when);
        if when.as_ref() == Some(&rivals[nth].when) {
            return kept;
        }
        let text = |at: usize| if at == nth { apart.as_str() } else { " " };
        let parts: Vec<_> = (0..spans.len()).map(|at| (spans[at].clone(), text(at))).collect();
        tidy(replaced(line, &parts))
    };
    choices.iter().enumerate().map(&mut one).collect()
}

/// The whole line with its deadline named behind it, where each clause has a date of its own;
/// `None` where that would be read as something else.
fn with_deadline(
    turn: &mut Turn,
    invocation: &Invocation,
    choice: &str,
    when: &When,
) -> Option<String> {
    let until = turn.voice().pick("，截止", ", due");
    let line = format!("{}{until} {choice}", invocation.line.trim_end_matches(['。', '.']));
    let read = read::read(turn, &line).ok()?;
    (read.args.when.as_ref() == Some(when)).then_some(line)
}

/// How many of these dates stand in a clause of their own that says something else as well.
fn worded_clauses(line: &str, dates: &[Range<usize>]) -> usize {
    let mark = |c: char| "，,、；;。".contains(c);
    let mut clauses: Vec<Range<usize>> = Vec::new();
    for date in dates {
        let from = line[..date.start].rfind(mark).map_or(0, |at| at + 1);
        let from = (from..=date.start).find(|at| line.is_char_boundary(*at)).unwrap_or(date.start);
        let to = line[date.end..].find(mark).map_or(line.len(), |at| date.end + at);
        let behind = line[date.end..to].trim_start_matches(['前', '之', '以']);
        let worded = |text: &str| text.chars().any(char::is_alphanumeric);
        // The word of the command opens the first clause.
        let opens = from == 0 && line[..date.start].split_whitespace().count() <= 1;
        let says = worded(behind) || worded(&line[from..date.start]) && !opens;
        if says && !clauses.contains(&(from..to)) {
            clauses.push(from..to);
        }
    }
    clauses.len()
}

/// A text with other words at some places, which stand in order.
fn replaced(text: &str, places: &[(Range<usize>, &str)]) -> String {
    let mut text = text.to_owned();
    for (span, words) in places.iter().rev() {
        text.replace_range(span.clone(), words);
    }
    text
}
