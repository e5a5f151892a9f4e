//! Lines that begin with the time and go on with the word: the usual order is put in its place.

use super::catalogue::Catalogue;
use super::glyphs::{Glyphs, is_cjk, is_separator};
use super::shape::opening;
use super::word::Form;
use crate::model::Lang;
use crate::text::lead;
use crate::text::when::{self, Reference};

/// What people put before the time, in this order; it adds nothing.
const LEADS: [&str; 7] = ["麻烦", "请", "你", "帮我", "记得", "在", "please"];

/// The word for what is told before its time.
const REMIND: &str = "remind";

/// Where a line begins with a date or recurrence and a word that takes both follows: the same with
/// the time behind the word. `None` for any other line.
pub fn time_behind(
    catalogue: &Catalogue,
    (line, glyphs): (&str, &Glyphs),
    lang: Lang,
    reference: Reference,
) -> Option<String> {
    let led = (0..glyphs.len()).any(|at| lead::may_stand(at, |at| glyphs.get(at)));
    let mut line = line.trim_start_matches(is_separator);
    for lead in LEADS {
        line = line.strip_prefix(lead).unwrap_or(line).trim_start_matches(is_separator);
    }
    let told_before = || led.then(|| told_before(catalogue, line, lang, reference)).flatten();
    let Some((time, end)) = time_at_start(line, led, reference) else { return told_before() };
    let rest = line.get(end..)?.trim_start_matches(is_separator);
    let glyphs = Glyphs::new(rest);
    let opened = opening(catalogue, &glyphs, lang).ok().filter(|o| o.record.is_none());
    let Some(opening) = opened else { return told_before() };
    let word = catalogue.word(&opening.noun)?;
    let fits = [Form::When, Form::Every].iter().all(|form| word.takes.contains(form));
    let (name, rest) = rest.split_at_checked(glyphs.byte(opening.from))?;
    fits.then(|| format!("{name} {time} {rest}"))
}

/// As much of a line shows whether it begins with a lead time.
const BEGIN_CHARS: usize = 64;

/// The time or the lead time, if there may be one (`led`), that a line begins with, and where it
/// ends.
fn time_at_start(line: &str, led: bool, reference: Reference) -> Option<(String, usize)> {
    // 30分钟前提醒我 is no moment that is over.
    if let Some(lead) = led.then(|| lead_at_start(line, reference)).flatten() {
        return Some(lead);
    }
    let end = when::at_start(line, reference)?;
    Some((line.get(..end)?.to_owned(), end))
}

/// The lead time that a line begins with, and where it ends.
fn lead_at_start(line: &str, reference: Reference) -> Option<(String, usize)> {
    let begin = line.char_indices().nth(BEGIN_CHARS).map_or(line.len(), |(at, _)| at);
    let glyphs = Glyphs::new(&line[..begin]);
    let folded = glyphs.folded(0..glyphs.len());
    let found = lead::find(&folded, reference).filter(|led| led.bare.start == 0 && !led.goes_on)?;
    let end = glyphs.byte(folded[..found.bare.end].chars().count());
    let said = found.lead.filter(|_| line.contains(is_cjk));
    let said = said.map(|lead| format!("提前{}", lead::print(lead, Lang::Zh)));
    Some((said.unwrap_or_else(|| line[..end].to_owned()), end))
}

/// `明天3点开会，提前10分钟提醒我`: that something is to be told before a time is a reminder, whatever the line
/// begins with.
fn told_before(
    catalogue: &Catalogue,
    line: &str,
    lang: Lang,
    reference: Reference,
) -> Option<String> {
    let glyphs = Glyphs::new(line);
    let found = lead::find(&glyphs.folded(0..glyphs.len()), reference).filter(|f| f.told)?;
    found.lead?;
    when::find(line, reference)?;
    let chinese = line.contains(is_cjk);
    let lang = if chinese { lang } else { Lang::En };
    let name = &catalogue.word(REMIND)?.names(lang).name;
    Some(match lang {
        Lang::Zh => format!("{name}我 {line}"),
        Lang::En => format!("{name} me {line}"),
    })
}
