//! Lines that begin with the time and go on with the word: the usual order is put in its place.

use super::catalogue::Catalogue;
use super::glyphs::{Glyphs, is_separator};
use super::shape::opening;
use super::word::Form;
use crate::model::Lang;
use crate::text::when::{self, Reference};

/// What people put before the time, in this order; it adds nothing.
const LEADS: [&str; 7] = ["麻烦", "请", "你", "帮我", "记得", "在", "please"];

/// Where a line begins with a date or recurrence and a word that takes both follows: the same with
/// the time behind the word. `None` for any other line.
pub fn time_behind(
    catalogue: &Catalogue,
    line: &str,
    lang: Lang,
    reference: Reference,
) -> Option<String> {
    let mut line = line.trim_start_matches(is_separator);
    for lead in LEADS {
        line = line.strip_prefix(lead).unwrap_or(line).trim_start_matches(is_separator);
    }
    let (time, rest) = line.split_at_checked(when::at_start(line, reference)?)?;
    let rest = rest.trim_start_matches(is_separator);
    let glyphs = Glyphs::new(rest);
    let opening = opening(catalogue, &glyphs, lang).ok().filter(|o| o.record.is_none())?;
    let word = catalogue.word(&opening.noun)?;
    let fits = [Form::When, Form::Every].iter().all(|form| word.takes.contains(form));
    let (name, rest) = rest.split_at_checked(glyphs.byte(opening.from))?;
    fits.then(|| format!("{name} {time} {rest}"))
}
