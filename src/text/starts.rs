//! Where in a text words can begin at all: a glance before the automaton of all of them.

use aho_corasick::{Anchored, Input};

/// Most places of a message that are looked at one by one; where there are more, all of it is.
pub const PLACES_MAX: usize = 48;

/// Bits of [`Starts`] a word: of 32 places where no word begins, one is taken for one.
const STARTS_BITS: usize = 32;

/// The first two characters of words, as bits of their hashes: in most messages few words can begin
/// anywhere.
pub struct Starts {
    bits: Vec<u64>,
    /// There are words of one character.
    single: bool,
}

impl Starts {
    /// Of folded words.
    pub fn new(words: &[String]) -> Self {
        let bits = (words.len() * STARTS_BITS).next_power_of_two().max(64);
        let mut starts = Self { bits: vec![0; bits / 64], single: false };
        for word in words {
            let mut chars = word.chars();
            let (first, second) = (chars.next().unwrap_or_default(), chars.next());
            starts.single |= second.is_none();
            let (at, bit) = starts.place(first, second);
            starts.bits[at] |= bit;
        }
        starts
    }

    /// Bytes it takes in memory.
    pub fn bytes(&self) -> usize {
        self.bits.len() * 8
    }

    /// Where the bit of a start is.
    fn place(&self, first: char, second: Option<char>) -> (usize, u64) {
        let both = u64::from(u32::from(first)) << 32 | second.map_or(0, u64::from);
        // Fibonacci hashing: the upper bits of the product are well mixed.
        let hash = both.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32;
        let bit = hash as usize & (self.bits.len() * 64 - 1);
        (bit / 64, 1 << (bit % 64))
    }

    fn has(&self, first: char, second: Option<char>) -> bool {
        let (at, bit) = self.place(first, second);
        self.bits[at] & bit != 0
    }

    /// What is to be searched: from each place where a word can begin, or all of the text if there
    /// are many.
    pub fn inputs<'t>(&self, text: &'t str) -> Vec<Input<'t>> {
        let mut inputs = Vec::new();
        let mut chars = text.char_indices();
        let mut next = chars.next();
        while let Some((at, first)) = next {
            next = chars.next();
            let second = next.map(|(_, c)| c);
            if second.is_some() && self.has(first, second) || self.single && self.has(first, None) {
                if inputs.len() == PLACES_MAX {
                    return vec![Input::new(text)];
                }
                inputs.push(Input::new(text).range(at..).anchored(Anchored::Yes));
            }
        }
        inputs
    }
}
