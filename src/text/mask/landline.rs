//! Mainland landline numbers with their area code. A number without one is not told from any other.

use super::country::{Prefixed, is_told, prefix};
use super::edges::{closes, is_hyphen, is_joint, opens};
use super::groups::Groups;
use super::hit::Hit;
use super::kind::Kind;

/// How a local number is grouped.
const LOCALS: [&[usize]; 4] = [&[8], &[7], &[4, 4], &[3, 4]];
/// Second and third digit of the area codes of four: the numbering plan has none beside them.
const AREAS: [(u32, &[u32]); 7] = [
    (3, &[1, 3, 4, 5, 7, 9]),
    (4, &[1, 2, 3, 5, 6, 7, 8]),
    (5, &[1, 2, 3, 4, 5, 6, 7, 8, 9]),
    (6, &[3, 6, 9]),
    (7, &[0, 1, 2, 3, 4, 5, 6, 7, 9]),
    (8, &[1, 2, 3, 5, 7, 8, 9]),
    (9, &[0, 1, 3, 4, 5, 7, 9]),
];
/// Longest extension behind a hyphen.
const EXTENSION_MAX: usize = 6;

/// All of them.
pub fn find(groups: &Groups) -> Vec<Hit> {
    groups.each(at)
}

/// What was read: where it begins and ends, and where its local part begins.
struct Line {
    start: usize,
    local: usize,
    end: usize,
}

fn at(groups: &Groups, nth: usize) -> Option<Hit> {
    let start = groups.run(nth)?.start;
    let plain = Prefixed { start, run: nth, from: start };
    let read = |place: Prefixed, prefixed: bool| {
        apart(groups, place, prefixed).or_else(|| glued(groups, place, prefixed))
    };
    let abroad = prefix(groups, nth).and_then(|place| read(place, true));
    let line = abroad.or_else(|| read(plain, false))?;
    let opens = groups.chars[line.start] == '(' || opens(groups.chars, line.start);
    let locals = groups.digits(line.local..line.end);
    let fits = opens && ends(groups.chars, line.end) && locals[0] > 0;
    let hidden = line.local..groups.digit(line.local, locals.len() - 4);
    fits.then(|| Hit::starred(Kind::Landline, line.start..line.end, hidden))
}

/// Area code and local number apart: `010-…`, `(0571)…`, `+86 10 …`.
fn apart(groups: &Groups, place: Prefixed, prefixed: bool) -> Option<Line> {
    let area = place.from..groups.run(place.run)?.end;
    if !is_area(&groups.digits(area.clone()), prefixed) {
        return None;
    }
    let local = groups.run(place.run + 1)?.start;
    let opened = area.start > 0 && groups.chars[area.start - 1] == '(';
    let bracket = opened && groups.chars[area.end] == ')';
    let joined = match &groups.chars[area.end + usize::from(bracket)..local] {
        [] => bracket,
        [c] => is_joint(*c),
        _ => false,
    };
    let end = LOCALS.iter().find_map(|shape| groups.shaped(place.run + 1, local, shape))?;
    let start = place.start - usize::from(bracket && !prefixed);
    joined.then_some(Line { start, local, end })
}

/// Both in one run of digits.
fn glued(groups: &Groups, place: Prefixed, prefixed: bool) -> Option<Line> {
    let run = place.from..groups.run(place.run)?.end;
    let digits = groups.digits(run.clone());
    let trunk = digits.first() == Some(&0);
    // The longer area codes have a 3 to 9 where the short ones have a 1 or 2.
    let leading = digits.get(usize::from(trunk))?;
    let area = usize::from(trunk) + if *leading < 3 { 2 } else { 3 };
    let local = digits.len().checked_sub(area)?;
    // Eleven digits with a trunk 0 are a number; ten or twelve may be the code of an invoice.
    let told = trunk && digits.len() == 11 || prefixed || is_told(groups.chars, run.start);
    let fits = is_area(&digits[..area], prefixed) && matches!(local, 7 | 8) && told;
    fits.then_some(Line { start: place.start, local: run.start + area, end: run.end })
}

/// Whether this is an area code, with its trunk 0 or, behind the country's prefix, without.
fn is_area(digits: &[u32], prefixed: bool) -> bool {
    let code = match digits {
        [0, code @ ..] => code,
        code if prefixed => code,
        _ => return false,
    };
    match code {
        [1, 0] => true,
        [2, rest] => *rest != 6,
        [first, second, _] => {
            AREAS.iter().any(|(a, seconds)| a == first && seconds.contains(second))
        }
        _ => false,
    }
}

/// Whether a number ends here, also before an extension.
fn ends(chars: &[char], end: usize) -> bool {
    if closes(chars, end) {
        return true;
    }
    let hyphen = chars.get(end).is_some_and(|c| is_hyphen(*c));
    let behind = chars[end + 1..].iter().take(EXTENSION_MAX + 1);
    let digits = behind.take_while(|c| c.is_ascii_digit()).count();
    hyphen && (1..=EXTENSION_MAX).contains(&digits) && closes(chars, end + 1 + digits)
}
