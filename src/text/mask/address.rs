//! Chinese street addresses with their district: what stands behind the district is hidden. An
//! address without a district, or without a number in a street, is not found.

use std::ops::Range;

use super::groups::Groups;
use super::hit::Hit;
use super::kind::Kind;

/// What hides the rest.
const HIDDEN: &str = "***";
/// How the name of a street ends.
const STREETS: &str = "路街道巷弄里村胡同坊园";
/// What stands behind the number in a street.
const NUMBERS: &str = "号號弄";
/// What stands behind the numbers of house, stair, floor and room.
const UNITS: &str = "号號弄栋幢座楼层室户单元门房";
/// How a district ends, and a town where there is none.
const DISTRICTS: &str = "区县旗區縣";
/// How a town ends.
const TOWNS: &str = "市镇乡鎮鄉";
/// Longest way back from a number to its district, in characters.
const DISTRICT_WITHIN: usize = 24;
/// Longest way back from a district to the beginning, in characters.
const BEGINNING_WITHIN: usize = 20;
/// Longest name of a house between its number and that of the room, in characters.
const HOUSE_MAX: usize = 10;
/// Most numbers behind that in the street.
const NUMBERS_MAX: usize = 6;
/// Most digits of one.
const DIGITS_MAX: usize = 5;
/// Provinces by the first two characters of their names.
const PROVINCES: [&str; 34] = [
    "北京", "天津", "上海", "重庆", "河北", "山西", "辽宁", "吉林", "黑龙", "江苏", "浙江", "安徽",
    "福建", "江西", "山东", "河南", "湖北", "湖南", "广东", "海南", "四川", "贵州", "云南", "陕西",
    "甘肃", "青海", "台湾", "内蒙", "广西", "西藏", "宁夏", "新疆", "香港", "澳门",
];
/// Longest name of a town or a district, in characters.
const NAME_MAX: usize = 4;
/// What leads to a place and is no part of its name.
const LEADS: &str = "到在寄送至往从于是住址为去来发给";

/// All of them.
pub fn find(groups: &Groups) -> Vec<Hit> {
    groups.each(|groups, nth| {
        let run = groups.run(nth)?;
        let chars = groups.chars;
        let street = run.start > 0 && STREETS.contains(chars[run.start - 1]);
        let number = chars.get(run.end).is_some_and(|c| NUMBERS.contains(*c));
        if !street || !number || run.len() > DIGITS_MAX {
            return None;
        }
        let district = district(chars, run.start - 1)?;
        let (start, end) = (beginning(chars, district), end(groups, nth));
        Some(Hit::covered(Kind::Address, start..end, district + 1..end, HIDDEN))
    })
}

/// The last character of the district before a street; of the town if there is none.
fn district(chars: &[char], street: usize) -> Option<usize> {
    let from = name_start(chars, street, DISTRICT_WITHIN);
    let last = |ends: &str| (from + 1..street).rev().find(|at| ends.contains(chars[*at]));
    last(DISTRICTS).or_else(|| last(TOWNS))
}

/// Where the unbroken Chinese before a place begins, not further back than `most`.
fn name_start(chars: &[char], end: usize, most: usize) -> usize {
    let before = chars[..end].iter().rev().take(most);
    end - before.take_while(|c| matches!(c, '\u{4e00}'..='\u{9fff}')).count()
}

/// Where an address begins that has its district here: at the province, else behind what leads to
/// it, else with the two characters before the town or the district.
fn beginning(chars: &[char], district: usize) -> usize {
    let from = name_start(chars, district, BEGINNING_WITHIN);
    let at = |at: &usize| {
        PROVINCES.iter().any(|name| name.chars().eq(chars[*at..district].iter().take(2).copied()))
    };
    if let Some(province) = (from..district).find(at) {
        return province;
    }
    let town = (from..district).find(|at| chars[*at] == '市').unwrap_or(district);
    let led = (from..town).rev().find(|at| LEADS.contains(chars[*at]));
    match led {
        Some(lead) if lead + 1 < town => lead + 1,
        _ if town - from <= NAME_MAX => from,
        _ => town - 2,
    }
}

/// Where it ends: behind the last number with its unit.
fn end(groups: &Groups, nth: usize) -> usize {
    let unit = |from: usize| {
        let units = groups.chars[from..].iter().take(2).take_while(|c| UNITS.contains(**c));
        from + units.count()
    };
    // The caller saw the run and a unit behind it.
    let mut end = groups.run(nth).map_or(0, |run| unit(run.end));
    for run in (nth + 1..nth + 1 + NUMBERS_MAX).map_while(|nth| groups.run(nth)) {
        let Range { start, end: digits } = run;
        let house = start >= end && start - end <= HOUSE_MAX;
        let letter = |c: &char| matches!(c, '\u{4e00}'..='\u{9fff}' | 'a'..='z' | '-' | '#');
        let named = house && groups.chars[end..start].iter().all(letter);
        let numbered = unit(digits) > digits;
        let joined = end == start || start == end + 1 && groups.chars[end] == '-';
        if !named || digits - start > DIGITS_MAX || !numbered && !joined {
            break;
        }
        end = unit(digits);
    }
    end
}
