//! By which terms a kept message can be found: neighbouring characters, who said it, its tags, its
//! day. An index keeps them; whether a message is what was looked for, its text alone says.

use crate::model::message::Message;
use crate::model::time::DAY_MS;
use crate::model::{PersonId, Timestamp};
use crate::text::fold::fold;

/// One of the things by which messages are found. A message has each term of every query that it
/// fits, and may have those of others.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Term {
    /// Two characters that stand beside each other in the folded text.
    Pair(char, char),
    /// Who said it.
    Person(PersonId),
    /// A tag of it, folded; also what stands above it, and each of its levels.
    Tag(String),
    /// The day it was said, in days since 1970 UTC.
    Day(i64),
    /// That day's group of [`DAYS`].
    Days(i64),
}

/// Days that have a term together, so that a year is not 366 terms.
pub const DAYS: i64 = 32;

/// Most terms of a stretch of time: about fifteen years. A longer one has none.
const SPAN_TERMS_MAX: i64 = 240;

/// What words are looked for in: what was said and the cabinet's name, folded.
pub fn haystack(message: &Message) -> String {
    let cabinet = message.cabinet.as_deref().unwrap_or_default();
    fold(&format!("{}\n{cabinet}", message.text)).text
}

/// All terms of a message, none of one that is gone; some may come twice.
pub fn of(message: &Message) -> Vec<Term> {
    if message.gone.is_some() {
        return Vec::new();
    }
    let mut terms: Vec<Term> = pairs(&haystack(message)).collect();
    terms.extend(message.sender.as_ref().map(|who| Term::Person(who.person.clone())));
    for tagged in &message.tags {
        let tag = fold(&tagged.tag).text;
        let above = tag.match_indices('/').map(|(at, _)| &tag[..at]);
        let names = above.chain(tag.split('/')).chain([tag.as_str()]);
        terms.extend(names.map(|name| Term::Tag(name.to_owned())));
    }
    let day = day(message.sent_at);
    terms.extend([Term::Day(day), Term::Days(day.div_euclid(DAYS))]);
    terms
}

/// The neighbouring characters of a folded text; none in a single character.
pub fn pairs(folded: &str) -> impl Iterator<Item = Term> {
    folded.chars().zip(folded.chars().skip(1)).map(|(a, b)| Term::Pair(a, b))
}

/// Terms of which every message of a stretch of time has one; `None` if they were too many.
pub fn between(from: Timestamp, to: Timestamp) -> Option<Vec<Term>> {
    let (mut day, end) = (day(from), day(to));
    if end.saturating_sub(day) > SPAN_TERMS_MAX / 2 * DAYS {
        return None;
    }
    let mut terms = Vec::new();
    while day <= end {
        if day.rem_euclid(DAYS) == 0 && day + DAYS - 1 <= end {
            terms.push(Term::Days(day.div_euclid(DAYS)));
            day += DAYS;
        } else {
            terms.push(Term::Day(day));
            day += 1;
        }
    }
    Some(terms)
}

fn day(at: Timestamp) -> i64 {
    at.0.div_euclid(DAY_MS)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::branch::is_under;

    #[test]
    fn every_day_of_a_stretch_has_one_of_its_terms_and_no_other_day_has() {
        for (from, to) in [(0, 0), (-40, 70), (31, 32), (32, 63), (5, 1_000), (20_000, 21_830)] {
            let terms = between(Timestamp(from * DAY_MS), Timestamp(to * DAY_MS)).unwrap();
            assert!(terms.len() < 240, "{}", terms.len());
            for day in from - 70..to + 70 {
                let own = [Term::Day(day), Term::Days(day.div_euclid(DAYS))];
                let found = terms.iter().filter(|term| own.contains(term)).count();
                assert_eq!(found, usize::from((from..=to).contains(&day)), "{from} {to} {day}");
            }
        }
        assert_eq!(between(Timestamp(i64::MIN), Timestamp(i64::MAX)), None);
    }

    #[test]
    fn a_tag_has_a_term_for_everything_it_is_under() {
        let tag = "客户A/合同/终稿";
        let message = Message {
            tags: vec![crate::model::message::Tagged { tag: tag.into(), rule: None, word: None }],
            ..Message::heard("x".into(), Timestamp(0), chrono::NaiveDate::default())
        };
        for wanted in ["客户a", "客户a/合同", "客户a/合同/终稿", "合同", "终稿"] {
            assert!(is_under(tag, wanted), "{wanted}");
            assert!(of(&message).contains(&Term::Tag(wanted.into())), "{wanted}");
        }
        assert!(!is_under(tag, "合同/终稿") && !is_under(tag, "客户"));
    }
}
