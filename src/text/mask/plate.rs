//! Mainland number plates: province, letter, five characters, or six of a new-energy car.

use super::edges::is_hyphen;
use super::groups::Groups;
use super::hit::Hit;
use super::kind::Kind;

/// The provinces' characters.
const PROVINCES: &str = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼";
/// Words that end in one of them, and so begin no plate.
const WORDS: [&str; 37] = [
    "更新", "最新", "全新", "重新", "刷新", "创新", "翻新", "焕新", "上新", "崭新", "革新", "里云",
    "讯云", "度云", "为云", "公云", "私云", "有云", "混云", "北京", "南京", "东京", "天津", "南宁",
    "西宁", "辽宁", "四川", "银川", "江苏", "内蒙", "西藏", "收藏", "库藏", "丹青", "沥青", "年青",
    "漆黑",
];
/// What the last character may be besides a letter or a digit.
const LAST: &str = "领学警挂港澳试超使";
/// Digits among five, so that no word is taken for one.
const DIGITS_MIN: usize = 2;
/// The same among six.
const DIGITS_OF_SIX_MIN: usize = 4;

/// All of them.
pub fn find(groups: &Groups) -> Vec<Hit> {
    let chars = groups.chars;
    let coded = |at: &usize| chars.get(at + 1).is_some_and(char::is_ascii_alphanumeric);
    let starts = (0..chars.len()).filter(|at| coded(at) && PROVINCES.contains(chars[*at]));
    starts.filter_map(|start| at(chars, start)).collect()
}

fn at(chars: &[char], start: usize) -> Option<Hit> {
    let word = |word: &str| start > 0 && word.chars().eq(chars[start - 1..=start].iter().copied());
    if WORDS.iter().any(|name| word(name)) {
        return None;
    }
    if !chars.get(start + 1)?.is_ascii_alphabetic() {
        let end = consular_end(chars, start + 1)?;
        return Some(Hit::starred(Kind::Plate, start..end, start + 2..end - 2));
    }
    let dot = chars.get(start + 2).is_some_and(|c| is_dot(*c));
    let serial = start + 2 + usize::from(dot);
    let count = serial_length(chars.get(serial..)?)?;
    let end = serial + count;
    Some(Hit::starred(Kind::Plate, start..end, serial..end - 2))
}

/// Where the plate of a consulate ends, which has digits alone: `闽20401领`.
fn consular_end(chars: &[char], from: usize) -> Option<usize> {
    let digits = chars[from..].iter().take(7).take_while(|c| c.is_ascii_digit()).count();
    let last = from + digits;
    // `粤20401领取` tells who fetches what.
    let word = chars.get(last + 1).is_some_and(|c| matches!(c, '\u{4e00}'..='\u{9fff}'));
    ((4..=6).contains(&digits) && chars.get(last) == Some(&'领') && !word).then_some(last + 1)
}

/// How many of these characters are the serial part of a plate.
fn serial_length(chars: &[char]) -> Option<usize> {
    let part = |c: &&char| c.is_ascii_alphanumeric();
    let plain = chars.iter().take(7).take_while(part).count();
    let digits = chars[..plain].iter().filter(|c| c.is_ascii_digit()).count();
    let last = chars.get(plain).is_some_and(|c| LAST.contains(*c));
    let hyphen = chars.get(plain).is_some_and(|c| is_hyphen(*c) || *c == '_');
    let token = hyphen && chars.get(plain + 1).is_some_and(char::is_ascii_alphanumeric);
    match plain {
        4 if last && digits >= DIGITS_MIN => Some(5),
        5 if digits >= DIGITS_MIN && !token => Some(5),
        6 if (DIGITS_OF_SIX_MIN..6).contains(&digits) && !token => Some(6),
        _ => None,
    }
}

/// Whether this is what people write behind the letter.
fn is_dot(c: char) -> bool {
    matches!(c, '·' | '•' | '.' | '・' | '‧' | '∙' | '⋅' | ' ') || is_hyphen(c)
}
