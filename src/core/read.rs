//! A line read as a command with what is known here: the clock, the language, the members' names.

use super::named::names_at;
use super::people;
use super::reread;
use super::turn::Turn;
use crate::command::{Args, Invocation, ParseError, Shape, asking, parse};
use crate::model::Lang;
use crate::model::reminder::Reminder;
use crate::text::every;
use crate::text::fold::fold;
use crate::text::when;

/// Reads a line; the directory is only looked at where a name may stand.
pub fn read(turn: &mut Turn, line: &str) -> Result<Invocation, ParseError> {
    let (core, reference, lang) = (turn.core, turn.reference(), turn.usual_lang());
    let mut names: Option<Vec<String>> = None;
    let mut known = |text: &str| {
        let folded = |turn: &mut Turn| {
            people::names(turn).iter().map(|name| fold(name).text).collect::<Vec<_>>()
        };
        let names = names.get_or_insert_with(|| folded(turn));
        names.iter().find(|name| text.starts_with(*name)).map(|name| name.chars().count())
    };
    let read = parse::parse_among(&core.catalogue, line, reference, lang, &mut known);
    if let Ok(found) = &read
        && let Some(meant) = reread::line(found)
    {
        return parse::parse_among(&core.catalogue, &meant, reference, found.lang, &mut known);
    }
    match read {
        Err(error @ (ParseError::UnknownVerb { .. } | ParseError::Unknown { .. })) => {
            let edit = limits(turn, line).ok_or(error)?;
            parse::parse_among(&core.catalogue, &edit, reference, lang, &mut |_| None)
        }
        // `J1 skip holidays` leaves out more than the next one.
        Ok(found) if matches!(&found.shape, Shape::Act(_, verb) if verb == "skip") => {
            let edit = limits(turn, line).filter(|_| !found.args.content.is_empty());
            match edit {
                Some(edit) => {
                    parse::parse_among(&core.catalogue, &edit, reference, lang, &mut |_| None)
                }
                None => Ok(found),
            }
        }
        // `J2 换成每3小时`: nobody is called so; it comes at another time.
        Ok(found) if is_given_a_time(turn, &found) => {
            let Shape::Act(handle, _) = &found.shape else { return Ok(found) };
            let edit = core.catalogue.word("edit").map_or("", |word| &word.names(found.lang).name);
            let edit = format!("{handle} {edit} {}", found.args.content);
            parse::parse_among(&core.catalogue, &edit, reference, lang, &mut |_| None)
        }
        // `查一下T1`: the record, not what was said of it.
        Ok(found) if found.word == "find" && !found.typed.starts_with(['搜', 's']) => {
            match parse::parse(&core.catalogue, &found.args.content, reference, lang) {
                Ok(shown) if matches!(shown.shape, Shape::Show(_)) => Ok(shown),
                Ok(_) | Err(_) => Ok(found),
            }
        }
        // `报告 每天9点 发给我和王芳`
        Ok(found) if found.word == "report" && !found.args.content.is_empty() => {
            Ok(sent_to(turn, found))
        }
        // `任务怎么删` asks, and is no task of that name.
        Ok(found) if found.word == "task" && found.shape == Shape::Create => {
            let lists = found.lang == Lang::En && asking::only_lists(&found.args.content);
            match (asking::is_talk(&found.line), lists) {
                (true, _) => Err(ParseError::Talk),
                (false, true) => {
                    let args = Args { content: String::new(), ..found.args };
                    Ok(Invocation { shape: Shape::List, args, ..found })
                }
                (false, false) => Ok(found),
            }
        }
        read => read,
    }
}

/// Whether all that a record is given is a time.
fn is_given_a_time(turn: &Turn, found: &Invocation) -> bool {
    let content = found.args.content.trim();
    let gives = matches!(&found.shape, Shape::Act(_, verb) if verb == "give");
    gives
        && found.args.people.is_empty()
        && found.also.is_empty()
        && !content.is_empty()
        && (every::whole(content, turn.reference()).is_some()
            || when::at_start(content, turn.reference()) == Some(content.len())
            || every::at_an_end(content, turn.reference()) == Some(0..content.len()))
}

/// Before those a report is sent to. Longer spellings first.
const SENT_TO: [&str; 8] =
    ["私聊发给", "私发给", "发送给", "发给", "推送给", "给", "send to ", "to "];

/// A report with those who are named behind `发给`, if they are all that is left of it.
fn sent_to(turn: &mut Turn, found: Invocation) -> Invocation {
    let content = found.args.content.trim().trim_end_matches(['吧', '。', '.']);
    let rest = SENT_TO.iter().find_map(|word| content.strip_prefix(word)).map(str::trim);
    let Some(rest) = rest else { return found };
    let known = people::names(turn);
    let Some(names) = names_at(&known, rest).filter(|names| names.end == rest.len()) else {
        return found;
    };
    let mut people = found.args.people.clone();
    people.extend(names.names);
    let args = Args { people, content: String::new(), ..found.args };
    let shape = if args.every.is_some() { Shape::Create } else { found.shape };
    Invocation { args, shape, ..found }
}

/// `J16 到12月3号为止` as an edit: limits of what repeats that are said without the verb.
fn limits(turn: &mut Turn, line: &str) -> Option<String> {
    let line = line.trim();
    let rest = line.strip_prefix(['J', 'j'])?;
    let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let (number, said) = (rest.get(..digits)?.parse().ok()?, rest.get(digits..)?.trim());
    let every = turn.get::<Reminder>(number)?.every?;
    // 到12月3号 alone may be where it is to be moved.
    let moves = said.starts_with(['到', '至']) && !said.contains('止');
    every::with_limits(said, turn.reference(), &every).filter(|_| !moves)?;
    let lang = if said.is_ascii() { Lang::En } else { Lang::Zh };
    let edit = &turn.core.catalogue.word("edit")?.names(lang).name;
    Some(format!("J{number} {edit} {said}"))
}
