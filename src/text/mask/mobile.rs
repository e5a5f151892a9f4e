//! Mainland mobile numbers: eleven digits from 13… to 19…, with or without the country's prefix.

use super::country::{Prefixed, prefix, trunk};
use super::edges::{closes, opens};
use super::groups::Groups;
use super::hit::Hit;
use super::kind::Kind;

/// How people group the eleven digits.
const SHAPES: [&[usize]; 6] = [&[11], &[3, 4, 4], &[3, 8], &[7, 4], &[4, 3, 4], &[3, 3, 5]];

/// All of them.
pub fn find(groups: &Groups) -> Vec<Hit> {
    groups.each(at)
}

fn at(groups: &Groups, nth: usize) -> Option<Hit> {
    let start = groups.run(nth)?.start;
    let plain = Prefixed { start, run: nth, from: start };
    let places = [prefix(groups, nth), trunk(groups, nth), Some(plain)];
    places.into_iter().flatten().find_map(|place| number(groups, place))
}

fn number(groups: &Groups, place: Prefixed) -> Option<Hit> {
    let Prefixed { start, run, from } = place;
    let mobile = matches!(groups.chars[from..], ['1', '3'..='9', ..]);
    let end = SHAPES.iter().find_map(|shape| groups.shaped(run, from, shape))?;
    // Nothing longer has a bracket in front.
    let opens = groups.chars[start] == '(' || opens(groups.chars, start);
    let hidden = groups.digit(from, 3)..groups.digit(from, 7);
    let fits = mobile && opens && closes(groups.chars, end);
    fits.then(|| Hit::starred(Kind::Mobile, start..end, hidden))
}
