//! What is looked for in kept messages, and whether one of them is it. It says which terms lead
//! there; nothing here knows an index.

use serde::{Deserialize, Serialize};

use super::branch;
use super::fold::fold;
use super::terms::{self, Term};
use crate::model::message::Message;
use crate::model::time::DAY_MS;
use crate::model::{PersonId, Timestamp};

/// Neighbouring characters of one word that are asked for: no word of a language needs more, and
/// the text is looked at afterwards.
const PAIRS_MAX: usize = 8;
/// Groups of terms that are asked for: each is looked up in every part of an index.
const GROUPS_MAX: usize = 24;

/// A search: everything in it must hold.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Sought {
    /// Words and phrases that must stand in it, folded, none empty.
    pub words: Vec<String>,
    /// Groups of words and phrases of which one must stand in it, folded, none empty.
    #[serde(default)]
    pub any: Vec<Vec<String>>,
    /// Tags it must be under, folded.
    pub tags: Vec<String>,
    /// Of these tags, under what else messages were tagged before it was renamed; folded.
    pub former: Vec<(String, String)>,
    /// People of whom one must have said it, if there are any.
    pub people: Vec<PersonId>,
    /// The cabinet it must lie in, folded.
    pub cabinet: Option<String>,
    /// It may lie in none.
    pub unfiled: bool,
    /// From when on, and until before when, it must have been said.
    pub from: Option<Timestamp>,
    /// See `from`.
    pub to: Option<Timestamp>,
    /// Words that may not stand in it, folded, none empty.
    pub without: Vec<String>,
    /// Tags it may not be under, folded.
    pub without_tags: Vec<String>,
    /// People who may not have said it.
    pub without_people: Vec<PersonId>,
}

impl Sought {
    /// Whether a message is what was looked for.
    pub fn fits(&self, message: &Message) -> bool {
        let said_by = |people: &[PersonId]| {
            message.sender.as_ref().is_some_and(|who| people.contains(&who.person))
        };
        let under = |wanted: &String| {
            message.tags.iter().any(|tagged| branch::is_under(&tagged.tag, wanted))
        };
        let cabinet = || message.cabinet.as_deref().map(|cabinet| fold(cabinet).text);
        self.from.is_none_or(|from| from <= message.sent_at)
            && self.to.is_none_or(|to| message.sent_at < to)
            && (self.people.is_empty() || said_by(&self.people))
            && !said_by(&self.without_people)
            && self.tags.iter().all(under)
            && !self.without_tags.iter().any(under)
            && !(self.unfiled && message.cabinet.is_some())
            && (self.cabinet.is_none() || self.cabinet == cabinet())
            && self.fits_text(message)
    }

    fn fits_text(&self, message: &Message) -> bool {
        if self.words.is_empty() && self.any.is_empty() && self.without.is_empty() {
            return true;
        }
        let text = terms::haystack(message);
        let one = |words: &Vec<String>| words.iter().any(|word| text.contains(word.as_str()));
        self.words.iter().all(|word| text.contains(word.as_str()))
            && self.any.iter().all(one)
            && !self.without.iter().any(|word| text.contains(word.as_str()))
    }

    /// Whether it says what is wanted, and not only what is not.
    pub fn says_something(&self) -> bool {
        let dated = self.from.is_some() || self.to.is_some();
        let named = !self.tags.is_empty() || !self.people.is_empty() || self.cabinet.is_some();
        let worded = !self.words.is_empty() || !self.any.is_empty();
        dated || named || self.unfiled || worded
    }

    /// Terms that every message it fits has: of each group one. No group if nothing that is wanted
    /// has a term; `now` ends a stretch of time that is open.
    pub fn terms(&self, now: Timestamp) -> Vec<Vec<Term>> {
        let mut groups = Vec::new();
        if !self.people.is_empty() {
            groups.push(self.people.iter().cloned().map(Term::Person).collect());
        }
        if let Some(from) = self.from {
            // What was said later than now had a clock ahead: a day more is looked for.
            let ahead = now.plus_ms(DAY_MS);
            groups.extend(terms::between(from, self.to.unwrap_or(ahead)));
        }
        groups.extend(self.tags.iter().map(|tag| {
            let former = self.former.iter().filter(|(now, _)| now == tag).map(|(_, name)| name);
            former.chain([tag]).cloned().map(Term::Tag).collect()
        }));
        let texts = self.words.iter().chain(&self.cabinet);
        let pairs = texts.flat_map(|word| terms::pairs(word).take(PAIRS_MAX));
        groups.extend(pairs.map(|term| vec![term]));
        for words in &self.any {
            groups.extend(one_of(words));
        }
        groups.truncate(GROUPS_MAX);
        groups.sort();
        groups.dedup();
        groups
    }
}

/// Groups for words of which one must be there: whatever has all neighbours of one of them has one
/// of each group.
fn one_of(words: &[String]) -> Vec<Vec<Term>> {
    let all: Vec<Vec<Term>> =
        words.iter().map(|word| terms::pairs(word).take(PAIRS_MAX).collect()).collect();
    let most = all.iter().map(Vec::len).min().unwrap_or_default();
    (0..most).map(|nth| all.iter().map(|pairs| pairs[nth].clone()).collect()).collect()
}
