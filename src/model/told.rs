//! What a message tells of, counted: messages that say so may become one where there are too many
//! of them. Merges nothing.

use serde::{Deserialize, Serialize};

use super::Lang;

/// Different sums of one message; what is beyond them is counted together.
pub const SUMS_MAX: usize = 20;

/// What a message tells of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told {
    /// The language it was said in.
    pub lang: Lang,
    /// What it tells of; one with a count of 1 until messages are merged.
    pub sums: Vec<Sum>,
}

/// Things of one kind and name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sum {
    /// Of which kind.
    pub kind: Kind,
    /// Of which source or rule.
    pub name: String,
    /// The lowest of their numbers.
    pub first: u32,
    /// The highest of them.
    pub last: u32,
    /// How many.
    pub count: u32,
}

/// What can be counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Kind {
    /// Reports of a source that a subscription let through, `A…`.
    Alert,
    /// Messages in which a rule found a word, `M…`.
    Keyword,
    /// Of several names: there were too many to tell them apart.
    Other,
}

impl Told {
    /// One thing.
    pub fn one(lang: Lang, kind: Kind, name: impl Into<String>, number: u32) -> Self {
        let sum = Sum { kind, name: name.into(), first: number, last: number, count: 1 };
        Self { lang, sums: vec![sum] }
    }

    /// How many things in all.
    pub fn count(&self) -> u32 {
        self.sums.iter().fold(0, |all, sum| all.saturating_add(sum.count))
    }

    /// Counts another message's things in.
    pub fn add(&mut self, other: &Self) {
        for sum in &other.sums {
            let same = |own: &&mut Sum| own.kind == sum.kind && own.name == sum.name;
            if let Some(own) = self.sums.iter_mut().find(same) {
                own.take(sum);
            } else if self.sums.len() < SUMS_MAX {
                self.sums.push(sum.clone());
            } else if let Some(last) = self.sums.last_mut() {
                *last = Sum { kind: Kind::Other, name: String::new(), ..last.clone() };
                last.take(sum);
            }
        }
    }
}

impl Sum {
    fn take(&mut self, other: &Self) {
        self.first = self.first.min(other.first);
        self.last = self.last.max(other.last);
        self.count = self.count.saturating_add(other.count);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_lost_however_many_names_there_are() {
        let mut all = Told::one(Lang::Zh, Kind::Alert, "库存", 1);
        for n in 2..=300 {
            all.add(&Told::one(Lang::Zh, Kind::Alert, format!("源{}", n % 50), n));
        }
        assert_eq!((all.sums.len(), all.count()), (SUMS_MAX, 300));
        let mut twice = all.clone();
        twice.add(&all);
        assert_eq!((twice.sums.len(), twice.count()), (SUMS_MAX, 600));
    }
}
