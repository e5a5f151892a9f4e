//! The keyword rules of conversations at work, read and compiled once per revision of them and kept
//! in memory. It is never the only place of anything: the rules are in their rows.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::model::keyword::Keyword;
use crate::store::ScopeHash;
use crate::text::keyword::{Hit, Matcher, Words, find_once};

/// Bytes of words that are compiled: 10,000 words of twenty characters, in some hundredths of a
/// second. Of more than that those alone are, for each message, that may be in it.
const COMPILED_BYTES_MAX: usize = 600_000;

/// Bytes of automata in memory, about, before all are forgotten and made anew.
const KEPT_BYTES_MAX: usize = 64 << 20;

/// What a conversation without rules weighs, in bytes.
const LEAST_BYTES: usize = 256;

/// Compiled rules of scopes.
#[derive(Default)]
pub struct Memory(Mutex<Kept>);

#[derive(Default)]
struct Kept {
    /// With the revision of the rules that each is of.
    rules: HashMap<ScopeHash, (u32, Arc<Rules>)>,
    bytes: usize,
}

/// The enabled rules of a scope.
pub struct Rules {
    /// In the order of their numbers.
    pub rules: Vec<(u32, Keyword)>,
    /// `None` where there are none, or more words than are compiled.
    matcher: Option<Matcher>,
}

impl Rules {
    /// Of these rules, with their numbers.
    pub fn new(rules: Vec<(u32, Keyword)>) -> Self {
        let bytes: usize = rules.iter().flat_map(|(_, rule)| &rule.words).map(String::len).sum();
        let compiles = (1..=COMPILED_BYTES_MAX).contains(&bytes);
        let matcher = compiles.then(|| Matcher::new(rules.iter().map(|(_, rule)| words(rule))));
        Self { rules, matcher }
    }

    /// Where their words are in a text.
    pub fn find(&self, text: &str) -> Vec<Hit> {
        match &self.matcher {
            Some(matcher) => matcher.find(text),
            None if self.rules.is_empty() => Vec::new(),
            None => find_once(self.rules.iter().map(|(_, rule)| words(rule)), text),
        }
    }

    fn bytes(&self) -> usize {
        LEAST_BYTES + self.matcher.as_ref().map_or(0, Matcher::bytes)
    }
}

/// What a rule looks for.
pub fn words(rule: &Keyword) -> Words<'_> {
    Words { words: &rule.words, except: &rule.except, matching: rule.matching }
}

impl Memory {
    /// Forgets a scope.
    pub fn forget(&self, scope: ScopeHash) {
        let mut kept = self.kept();
        if let Some((_, rules)) = kept.rules.remove(&scope) {
            kept.bytes -= rules.bytes();
        }
    }

    /// The rules of a scope if they are known as of this revision.
    pub fn get(&self, scope: ScopeHash, revision: u32) -> Option<Arc<Rules>> {
        let kept = self.kept();
        kept.rules.get(&scope).filter(|(of, _)| *of == revision).map(|(_, rules)| rules.clone())
    }

    /// Keeps the rules of a scope, as of a revision.
    pub fn put(&self, scope: ScopeHash, revision: u32, rules: &Arc<Rules>) {
        self.forget(scope);
        let mut kept = self.kept();
        if kept.bytes + rules.bytes() > KEPT_BYTES_MAX {
            *kept = Kept::default();
        }
        kept.bytes += rules.bytes();
        kept.rules.insert(scope, (revision, rules.clone()));
    }

    fn kept(&self) -> MutexGuard<'_, Kept> {
        // Changed by whole operations only: one left by a panic is whole.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::keyword::Matching;
    use crate::model::task::Named;
    use crate::model::{Lang, PersonId, Timestamp};

    const SCOPE: ScopeHash = ScopeHash([3; 16]);

    fn rule(words: Vec<String>) -> Keyword {
        let person = PersonId { account: "a".into(), id: "b".into() };
        Keyword {
            words,
            matching: Matching::Substring,
            except: vec!["免退费".into()],
            tags: Vec::new(),
            notify: Vec::new(),
            cabinet: None,
            enabled: true,
            version: 1,
            creator: Named { person, name: "甲".into() },
            created_at: Timestamp(0),
            lang: Lang::Zh,
        }
    }

    #[test]
    fn rules_are_known_as_of_their_revision_alone() {
        let memory = Memory::default();
        let rules = Arc::new(Rules::new(vec![(1, rule(vec!["退费".into()]))]));
        assert!(memory.get(SCOPE, 0).is_none());
        memory.put(SCOPE, 0, &rules);
        assert_eq!(memory.get(SCOPE, 0).unwrap().find("免退费，要退费").len(), 1);
        assert!(memory.get(SCOPE, 1).is_none());
        memory.put(SCOPE, 1, &Arc::new(Rules::new(Vec::new())));
        assert!(memory.get(SCOPE, 0).is_none());
        assert_eq!(memory.get(SCOPE, 1).unwrap().find("要退费"), []);
        memory.forget(SCOPE);
        assert_eq!(memory.kept().bytes, 0);
    }

    #[test]
    fn more_words_than_are_compiled_are_found_all_the_same() {
        let mut words: Vec<String> = (0..40_000).map(|n| format!("第{n}号词很长很长")).collect();
        words.push("退费".into());
        let rules = Rules::new(vec![(1, rule(words))]);
        assert!(rules.matcher.is_none());
        assert_eq!(rules.find("免退费，第77号词很长很长，退费").len(), 2);
    }

    #[test]
    fn memory_is_bounded() {
        let memory = Memory::default();
        memory.kept().bytes = KEPT_BYTES_MAX;
        memory.put(SCOPE, 0, &Arc::new(Rules::new(Vec::new())));
        assert_eq!(memory.kept().bytes, LEAST_BYTES);
    }
}
