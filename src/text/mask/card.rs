//! Numbers of bank cards: 13 to 19 digits with a right Luhn sum.

use super::edges::{closes, opens};
use super::groups::Groups;
use super::hit::Hit;
use super::id_number::is_dated;
use super::kind::Kind;

/// How the digits are grouped, longer ones first.
const SHAPES: [&[usize]; 17] = [
    &[4, 4, 4, 4, 3],
    &[4, 4, 4, 4, 2],
    &[4, 4, 4, 4, 1],
    &[4, 4, 4, 7],
    &[6, 13],
    &[6, 12],
    &[6, 11],
    &[6, 10],
    &[6, 9],
    &[6, 8],
    &[6, 7],
    &[4, 4, 4, 4],
    &[4, 6, 5],
    &[4, 6, 4],
    &[4, 4, 4, 3],
    &[4, 4, 4, 2],
    &[4, 4, 4, 1],
];
/// Digits of one that is not grouped.
const PLAIN: std::ops::RangeInclusive<usize> = 13..=19;

/// How time stamps and batch numbers of this century begin, and no card of any issuer.
const STAMP: [u32; 2] = [2, 0];

/// All of them.
pub fn find(groups: &Groups) -> Vec<Hit> {
    groups.each(at)
}

fn at(groups: &Groups, nth: usize) -> Option<Hit> {
    let run = groups.run(nth)?;
    let start = run.start;
    if !matches!(groups.chars[start], '2'..='6' | '9') || !opens(groups.chars, start) {
        return None;
    }
    let is_card = |end: &usize| {
        let digits = groups.digits(start..*end);
        // With a birth date in its place it is an identity number or, checked wrong, none.
        let other = digits.starts_with(&STAMP) || is_dated(&digits);
        luhn(&digits) && !other && closes(groups.chars, *end)
    };
    let end = match PLAIN.contains(&run.len()) {
        true => Some(run.end).filter(is_card),
        false => {
            let mut ends = SHAPES.iter().filter_map(|shape| groups.shaped(nth, start, shape));
            ends.find(is_card)
        }
    }?;
    let count = groups.digits(start..end).len();
    let hidden = groups.digit(start, 4)..groups.digit(start, count - 4);
    Some(Hit::starred(Kind::BankCard, start..end, hidden))
}

/// Whether the last digit checks the others: from the right every second one is doubled, the digits
/// of all are added, and the sum ends in 0.
fn luhn(digits: &[u32]) -> bool {
    let sum: u32 = digits
        .iter()
        .rev()
        .enumerate()
        .map(|(nth, digit)| if nth % 2 == 0 { *digit } else { digit * 2 / 10 + digit * 2 % 10 })
        .sum();
    sum.is_multiple_of(10)
}
