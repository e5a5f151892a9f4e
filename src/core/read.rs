//! A line read as a command with what is known here: the clock, the language, the members' names.

use super::people;
use super::turn::Turn;
use crate::command::{Args, Invocation, ParseError, Shape, asking, parse};
use crate::model::Lang;
use crate::model::reminder::Reminder;
use crate::text::every;
use crate::text::fold::fold;

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
