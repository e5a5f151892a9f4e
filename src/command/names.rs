//! Every name of every word, longest first: which word stands at a place of a line.

use std::collections::BTreeMap;

use super::glyphs::{Glyphs, is_cjk};
use super::word::{Kind, Word};
use crate::model::Lang;
use crate::text::fold::fold;
use crate::text::slip::{Sign, kin, signs};

/// All names of a catalogue, folded, the longest first.
#[derive(Debug, Clone)]
pub struct Index {
    names: Vec<Entry>,
    /// Which of them begin with a character, the longest first.
    by_first: BTreeMap<char, Vec<usize>>,
}

/// A name of a word.
#[derive(Debug, Clone)]
pub struct Entry {
    /// The name, folded.
    pub folded: String,
    /// It is written in Latin letters.
    pub latin: bool,
    /// The same, character by character; without the blanks of a Chinese name.
    pub signs: Vec<Sign>,
    /// Bits of all that these can be taken for.
    pub kin: u128,
    /// How many blanks are in it.
    pub blanks: usize,
    /// The word's kind.
    pub kind: Kind,
    /// The word's key.
    pub key: String,
    /// The language the name belongs to.
    pub lang: Lang,
    /// As the catalogue spells it.
    pub name: String,
}

/// A name found in a line.
pub struct Found<'i> {
    /// Key of its word.
    pub key: &'i str,
    /// The language it belongs to.
    pub lang: Lang,
    /// As the catalogue spells it.
    pub name: &'i str,
    /// The position behind it.
    pub end: usize,
}

impl Index {
    /// Indexes these words.
    pub fn new(words: &[Word]) -> Self {
        let mut names = Vec::new();
        for word in words {
            for lang in [Lang::Zh, Lang::En] {
                let spelled = word.names(lang);
                for name in std::iter::once(&spelled.name).chain(&spelled.aliases) {
                    // Between Chinese characters a blank may be left out, and mostly is.
                    let glued: String = match lang {
                        Lang::Zh => fold(name).text.split_whitespace().collect(),
                        Lang::En => fold(name).text,
                    };
                    let signs = signs(&glued);
                    names.push(Entry {
                        latin: lang == Lang::En,
                        kin: kin(&signs),
                        blanks: signs.iter().filter(|sign| sign.is_blank()).count(),
                        signs,
                        folded: fold(name).text,
                        kind: word.kind,
                        key: word.key.clone(),
                        lang,
                        name: name.clone(),
                    });
                }
            }
        }
        names.sort_by_key(|entry| std::cmp::Reverse(entry.folded.chars().count()));
        let mut by_first: BTreeMap<char, Vec<usize>> = BTreeMap::new();
        for (nth, entry) in names.iter().enumerate() {
            if let Some(first) = entry.folded.chars().next() {
                by_first.entry(first).or_default().push(nth);
            }
        }
        Self { names, by_first }
    }

    /// The longest name of this kind at a position.
    pub fn at(&self, kind: Kind, glyphs: &Glyphs, at: usize) -> Option<Found<'_>> {
        let named = self.by_first.get(&glyphs.get(at)?)?;
        let entries = named.iter().filter_map(|nth| self.names.get(*nth));
        entries.filter(|entry| entry.kind == kind).find_map(|entry| {
            let end = end_of(&entry.folded, glyphs, at)?;
            Some(Found { key: &entry.key, lang: entry.lang, name: &entry.name, end })
        })
    }

    /// Every name.
    pub fn entries(&self) -> impl Iterator<Item = &Entry> {
        self.names.iter()
    }
}

/// Where a name that begins at `at` ends. A blank in a name stands for any blanks, between Chinese
/// characters also for none; a Latin name needs a boundary behind it, a Chinese one does not.
fn end_of(name: &str, glyphs: &Glyphs, at: usize) -> Option<usize> {
    let mut place = at;
    for c in name.chars() {
        if c == ' ' {
            let next = glyphs.skip_blanks(place);
            if next == place && !glyphs.before(place).is_some_and(is_cjk) {
                return None;
            }
            place = next;
        } else if glyphs.get(place) == Some(c) {
            place += 1;
        } else {
            return None;
        }
    }
    // `提醒我们开会` is for us all, and `提醒下周三交表` says when.
    let goes_on = |end: char, by: &str| {
        name.ends_with(end) && glyphs.get(place).is_some_and(|c| by.contains(c))
    };
    let goes_on = goes_on('我', "们") || !name.ends_with("一下") && goes_on('下', BEHIND_NEXT);
    (glyphs.boundary(place) && !goes_on).then_some(place)
}

/// What makes 下 the beginning of a time: 下周, 下个月, 下午, 下半年, 下下周.
const BEHIND_NEXT: &str = "周个月午礼星半班下次旬季学年";
