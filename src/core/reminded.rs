//! Who is reminded, and of what, from what was typed. The time is read in `timing`.

use super::people::{MEMBERS_MAX, resolve};
use super::refusal::{Missing, Refusal};
use super::turn::Turn;
use crate::model::member::Member;
use crate::model::task::Named;
use crate::store::Order;
use crate::text::{cut, fold};

/// Longest text of a reminder, in characters: one screen line or two.
pub const TEXT_CHARS_MAX: usize = 200;

/// Words at the beginning that mean everybody here.
const EVERYBODY: [&str; 8] =
    ["@所有人", "所有人", "大家", "@everyone", "everyone", "everybody", "@all", "us"];

/// Between two bare names.
const AND: [char; 5] = ['和', '与', '、', ',', '，'];

/// Words that begin with one of those and mean something else.
const NOT_EVERYBODY: [&str; 1] = ["大家电"];

/// Who is to be reminded: named people, everybody (an empty list), or `None` where nobody is
/// named; and the content without them. Members' bare names at its beginning are names.
pub fn whom(
    turn: &mut Turn,
    names: &[String],
    content: &str,
) -> Result<(Option<Vec<Named>>, String), Refusal> {
    let content = content.strip_prefix("to ").unwrap_or(content).to_owned();
    let named = resolve(turn, names)?;
    if !named.is_empty() {
        return Ok((Some(named), content));
    }
    let lower = content.to_lowercase();
    let everybody = EVERYBODY.iter().find(|all| {
        let goes_on = |rest: &str| all.is_ascii() && rest.starts_with(char::is_alphanumeric);
        lower.strip_prefix(**all).is_some_and(|rest| !goes_on(rest))
    });
    if let Some(all) = everybody.filter(|_| !NOT_EVERYBODY.iter().any(|w| lower.starts_with(w))) {
        // Lower case changes no length of these words.
        let rest = content.get(all.len()..).unwrap_or_default().trim_start();
        return Ok((Some(Vec::new()), rest.trim_start_matches("to ").to_owned()));
    }
    let Some((first, rest)) = content.split_once(' ') else { return Ok((None, content)) };
    let names: Vec<String> = first.split(AND).map(str::to_owned).collect();
    let members = turn.rows::<Member>(MEMBERS_MAX, Order::Up);
    let known: Vec<String> =
        members.into_iter().map(|(_, member)| fold::fold(&member.name).text).collect();
    if !names.iter().all(|name| known.contains(&fold::fold(name).text)) {
        return Ok((None, content));
    }
    let named = resolve(turn, &names)?;
    Ok((Some(named), rest.trim_start().trim_start_matches("to ").to_owned()))
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
