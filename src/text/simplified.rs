//! Traditional characters as simplified ones, each by itself; what depends on the word is not
//! known here. `data/traditional.txt` pairs them, generated with OpenCC (Apache-2.0).

use std::sync::LazyLock;

/// Pairs: a traditional character, then its simplified one.
const TRADITIONAL: &str = include_str!("data/traditional.txt");

/// The characters that may be in a pair.
const FIRST: u32 = 0x4e00;
const LAST: u32 = 0x9fff;

/// By character from `FIRST` on: its simplified one, 0 for itself. Each message's characters are
/// looked up.
static TABLE: LazyLock<Vec<u16>> = LazyLock::new(|| {
    let mut table = vec![0; (LAST - FIRST + 1) as usize];
    for (from, to) in pairs() {
        if let (Some(at), Ok(to)) = (place(from), u16::try_from(u32::from(to))) {
            table[at] = to;
        }
    }
    table
});

/// Every pair: traditional, simplified.
pub fn pairs() -> impl Iterator<Item = (char, char)> {
    let mut chars = TRADITIONAL.chars().filter(|c| *c != '\n');
    std::iter::from_fn(move || Some((chars.next()?, chars.next()?)))
}

/// The simplified form; itself where it has none. Both take the same number of bytes.
pub fn simplified(c: char) -> char {
    let known = place(c).map(|at| TABLE[at]).filter(|to| *to != 0);
    known.and_then(|to| char::from_u32(u32::from(to))).unwrap_or(c)
}

fn place(c: char) -> Option<usize> {
    (FIRST..=LAST).contains(&u32::from(c)).then(|| (u32::from(c) - FIRST) as usize)
}

#[cfg(test)]
mod tests {
    use super::{pairs, simplified};

    #[test]
    fn each_traditional_character_has_a_simplified_one_of_as_many_bytes() {
        assert!(pairs().count() > 1_000);
        for (from, to) in pairs() {
            assert_eq!(simplified(from), to);
            assert_eq!(from.len_utf8(), to.len_utf8(), "{from}");
        }
        assert_eq!("退費 Refund ①".chars().map(simplified).collect::<String>(), "退费 Refund ①");
    }
}
