//! English names of several words: feasts, and names that only look like a date.

use std::sync::LazyLock;

use super::token::{Festival as F, Tok};

/// Feasts of several words, apostrophes left out; longer ones first.
const PHRASES: [(&str, F); 38] = [
    ("new years eve", F::Fixed(12, 31)),
    ("new year eve", F::Fixed(12, 31)),
    ("new years day", F::Fixed(1, 1)),
    ("new year day", F::Fixed(1, 1)),
    ("chinese new year", F::Spring(0)),
    ("lunar new year", F::Spring(0)),
    ("spring festival", F::Spring(0)),
    ("new years", F::Fixed(1, 1)),
    ("new year", F::Fixed(1, 1)),
    ("christmas eve", F::Fixed(12, 24)),
    ("xmas eve", F::Fixed(12, 24)),
    ("christmas day", F::Fixed(12, 25)),
    ("xmas day", F::Fixed(12, 25)),
    ("christmas", F::Fixed(12, 25)),
    ("xmas", F::Fixed(12, 25)),
    ("boxing day", F::Fixed(12, 26)),
    ("halloween", F::Fixed(10, 31)),
    ("valentines day", F::Fixed(2, 14)),
    ("valentine day", F::Fixed(2, 14)),
    ("st patricks day", F::Fixed(3, 17)),
    ("april fools day", F::Fixed(4, 1)),
    ("labour day", F::Fixed(5, 1)),
    ("labor day", F::Nth(9, 1, 0, 0)),
    ("childrens day", F::Fixed(6, 1)),
    ("independence day", F::Fixed(7, 4)),
    ("national day", F::Fixed(10, 1)),
    ("mothers day", F::Nth(5, 2, 6, 0)),
    ("fathers day", F::Nth(6, 3, 6, 0)),
    ("memorial day", F::Nth(5, -1, 0, 0)),
    ("veterans day", F::Fixed(11, 11)),
    ("thanksgiving day", F::Nth(11, 4, 3, 0)),
    ("thanksgiving", F::Nth(11, 4, 3, 0)),
    ("black friday", F::Nth(11, 4, 3, 1)),
    ("good friday", F::Easter(-2)),
    ("easter monday", F::Easter(1)),
    ("easter sunday", F::Easter(0)),
    ("easter", F::Easter(0)),
    ("dragon boat festival", F::DragonBoat),
];

/// Names that hold the word of a day and mean none.
const NAMES: [&str; 4] = ["sunday school", "today show", "casual friday", "monday blues"];

/// Both by their first letter.
static BY_FIRST: LazyLock<[Vec<(&str, Tok)>; 26]> = LazyLock::new(|| {
    let mut all: [Vec<(&str, Tok)>; 26] = Default::default();
    let feasts = PHRASES.iter().map(|(words, feast)| (*words, Tok::Festival(*feast)));
    for (words, tok) in feasts.chain(NAMES.iter().map(|words| (*words, Tok::Latin))) {
        if let Some(begun) = words.chars().next().and_then(place).and_then(|at| all.get_mut(at)) {
            begun.push((words, tok));
        }
    }
    all
});

/// Which letter this is.
fn place(letter: char) -> Option<usize> {
    (letter as usize).checked_sub('a' as usize)
}

/// The feast of several words that begins here, and how many characters it takes.
pub fn phrase(first: char, at: impl Fn(usize) -> Option<char>) -> Option<(Tok, usize)> {
    BY_FIRST.get(place(first)?)?.iter().find_map(|(words, tok)| {
        let mut place = 0;
        for c in words.chars() {
            if matches!(at(place), Some('\'' | '\u{2019}')) && c != at(place)? {
                place += 1;
            }
            if at(place) != Some(c) {
                return None;
            }
            place += 1;
        }
        let ends = at(place).is_none_or(|c| !c.is_ascii_alphanumeric());
        ends.then_some((*tok, place))
    })
}
