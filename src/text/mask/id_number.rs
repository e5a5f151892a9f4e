//! Numbers of mainland identity cards: 18 digits with check digit and birth date (GB 11643), or the
//! older 15 with a birth date. The region's code is not looked up: codes come and go.

use chrono::NaiveDate;

use super::edges::{closes, opens};
use super::groups::Groups;
use super::hit::Hit;
use super::kind::Kind;

/// How the 18 digits are grouped; and the 17, where the check digit is an X.
const SHAPES: [(&[usize], &[usize]); 3] =
    [(&[18], &[17]), (&[6, 8, 4], &[6, 8, 3]), (&[6, 4, 4, 4], &[6, 4, 4, 3])];
/// The same of the older ones.
const OLD_SHAPES: [&[usize]; 2] = [&[15], &[6, 6, 3]];
/// Weight of each digit before the check digit.
const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
/// Check digits by the rest of the weighted sum; 10 is written X.
const CHECKS: [u32; 11] = [1, 0, 10, 9, 8, 7, 6, 5, 4, 3, 2];
/// Years that somebody who has a card can be born in.
const YEARS: std::ops::RangeInclusive<u32> = 1900..=2099;

/// All of them.
pub fn find(groups: &Groups) -> Vec<Hit> {
    groups.each(at)
}

fn at(groups: &Groups, nth: usize) -> Option<Hit> {
    let start = groups.run(nth)?.start;
    let end = new(groups, nth, start).or_else(|| old(groups, nth, start))?;
    let fits = opens(groups.chars, start) && closes(groups.chars, end.0);
    let hidden = groups.digit(start, 6)..end.1;
    fits.then(|| Hit::starred(Kind::CnId, start..end.0, hidden))
}

/// Where one of 18 digits ends, and where its last four begin.
fn new(groups: &Groups, nth: usize, start: usize) -> Option<(usize, usize)> {
    for (shape, short) in SHAPES {
        let (end, x) = match groups.shaped(nth, start, shape) {
            Some(end) => (end, false),
            None => match groups.shaped(nth, start, short) {
                Some(end) if groups.chars.get(end) == Some(&'x') => (end + 1, true),
                _ => continue,
            },
        };
        let mut digits = groups.digits(start..end);
        digits.extend(x.then_some(10));
        let sum: u32 = digits.iter().zip(WEIGHTS).map(|(digit, weight)| digit * weight).sum();
        let right = digits.last() == Some(&CHECKS[(sum % 11) as usize]);
        if right && is_dated(&digits) {
            return Some((end, groups.digit(start, 14)));
        }
    }
    None
}

/// Where one of 15 digits ends, and where its last three begin.
fn old(groups: &Groups, nth: usize, start: usize) -> Option<(usize, usize)> {
    let end = OLD_SHAPES.iter().find_map(|shape| groups.shaped(nth, start, shape))?;
    let digits = groups.digits(start..end);
    // No region's code begins with 0; a mobile number with the country's prefix does.
    let born = digits[0] > 0 && is_date(1900 + number(&digits[6..8]), &digits[8..12]);
    born.then(|| (end, groups.digit(start, 12)))
}

/// Whether 18 digits hold a birth date where such a number has it.
pub fn is_dated(digits: &[u32]) -> bool {
    digits.len() == 18 && is_date(number(&digits[6..10]), &digits[10..14])
}

fn number(digits: &[u32]) -> u32 {
    digits.iter().fold(0, |number, digit| number * 10 + digit)
}

fn is_date(year: u32, month_and_day: &[u32]) -> bool {
    let (month, day) = month_and_day.split_at(2);
    let date = NaiveDate::from_ymd_opt(year as i32, number(month), number(day));
    YEARS.contains(&year) && date.is_some()
}
