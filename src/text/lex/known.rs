//! Finding the Chinese words of dates in a line. Longer words win over shorter ones.

use std::sync::LazyLock;

use super::chinese::{DAYS, UNITS, WORDS};
use super::feasts::FEASTS;
use super::number::is_han;
use super::token::Tok;

/// The first of the characters that words begin with, and how many there may be.
const FIRST: usize = 0x4e00;
const CHARACTERS: usize = 0x9fff - FIRST + 1;

/// All words by their first character, longest first.
struct Words {
    /// For each character the number of its bucket, from 1; 0 if no word begins with it, `NUMERAL`
    /// if only a number does.
    numbers: Vec<u8>,
    /// What follows the first character, and what the word is.
    buckets: Vec<Vec<(Vec<char>, Tok)>>,
}

/// Stands for a bucket at characters of numbers that begin no word.
const NUMERAL: u8 = u8::MAX;

static KNOWN: LazyLock<Words> = LazyLock::new(|| {
    let feasts = FEASTS.iter().map(|(word, feast)| (*word, Tok::Festival(*feast)));
    let words = WORDS.iter().map(|(word, zh)| (*word, Tok::Zh(*zh)));
    let all = DAYS.iter().copied().chain(feasts).chain(words).chain(UNITS);
    let mut known = Words { numbers: vec![0; CHARACTERS], buckets: Vec::new() };
    for (word, tok) in all {
        let mut chars = word.chars();
        let Some(place) = chars.next().and_then(|c| (c as usize).checked_sub(FIRST)) else {
            continue;
        };
        let Some(number) = known.numbers.get_mut(place) else { continue };
        if *number == 0 {
            known.buckets.push(Vec::new());
            // Fewer than 255 characters begin a word; one more would only not be known.
            let next = u8::try_from(known.buckets.len()).ok().filter(|next| *next < NUMERAL);
            *number = next.unwrap_or(0);
        }
        if let Some(bucket) = known.buckets.get_mut(usize::from(*number).wrapping_sub(1)) {
            bucket.push((chars.collect(), tok));
        }
    }
    for (place, number) in known.numbers.iter_mut().enumerate() {
        let c = u32::try_from(FIRST + place).ok().and_then(char::from_u32);
        if *number == 0 && c.is_some_and(is_han) {
            *number = NUMERAL;
        }
    }
    for bucket in &mut known.buckets {
        bucket.sort_by_key(|(rest, _)| std::cmp::Reverse(rest.len()));
    }
    known
});

/// Whether a character is Chinese and no word of dates begins with it.
pub fn means_nothing(c: char) -> bool {
    matches!(number(c), Some(0 | NUMERAL))
}

/// The same, and no number either.
pub fn says_nothing(c: char) -> bool {
    number(c) == Some(0)
}

fn number(c: char) -> Option<u8> {
    KNOWN.numbers.get((c as usize).checked_sub(FIRST)?).copied()
}

/// The longest word that begins with `first` and goes on as `next` tells, and its length.
pub fn word(first: char, next: impl Fn(usize) -> Option<char>) -> Option<(Tok, usize)> {
    let known = &*KNOWN;
    let place = (first as usize).checked_sub(FIRST)?;
    let bucket = usize::from(*known.numbers.get(place)?).checked_sub(1)?;
    known.buckets.get(bucket)?.iter().find_map(|(rest, tok)| {
        let fits = rest.iter().enumerate().all(|(n, c)| next(n + 1) == Some(*c));
        fits.then_some((*tok, rest.len() + 1))
    })
}
