//! The language somebody seems to speak who has used none of our words.

use super::people;
use super::turn::Turn;
use crate::model::Lang;

/// The language somebody seems to speak who has used none of our words.
pub fn script(text: &str) -> Lang {
    let latin = text.chars().any(|c| c.is_ascii_alphabetic());
    let han = text.chars().any(|c| ('\u{3400}'..='\u{9fff}').contains(&c));
    if latin && !han { Lang::En } else { Lang::Zh }
}

/// The same where names are said, which tell nothing of it.
pub fn spoken(turn: &mut Turn, text: &str) -> Lang {
    let names = people::names(turn);
    script(&names.iter().fold(text.to_owned(), |rest, name| rest.replace(name.as_str(), "")))
}
