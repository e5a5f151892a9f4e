//! How far a mistyped word is from a known one: by sound, by shape, by spelling. Which words there
//! are is not known here.
//!
//! `data/sounds.txt` lists the characters of GB 2312 level 1 by syllable, generated with pypinyin
//! (MIT).

use std::collections::HashMap;
use std::sync::LazyLock;

use super::simplified;

/// Characters by syllable without tone, a line each.
const SOUNDS: &str = include_str!("data/sounds.txt");

/// Characters that look alike, a group each.
const SHAPES: [&str; 45] = [
    "务各备",
    "完宁宗",
    "成戍戌咸",
    "关美并",
    "键健建",
    "词诃司",
    "标柝杯",
    "归旧扫",
    "档挡当",
    "搜嗖叟",
    "消销俏",
    "息思恩",
    "来未米末",
    "源愿原",
    "订钉汀",
    "阅阔问",
    "告吿舌",
    "警擎敬",
    "报抱服拔",
    "撤撒澈辙",
    "日曰目白",
    "志忘态",
    "状壮伏",
    "角甪用甩",
    "色绝包",
    "帮邦绑",
    "助肋劝",
    "认仞让",
    "领须颁",
    "管营官",
    "理埋里",
    "重童董",
    "开井升",
    "转砖传",
    "给拾结",
    "启后居",
    "停亭仃",
    "删册珊",
    "同间周问",
    "意竟忆",
    "拒柜巨",
    "设没议",
    "置罩直",
    "申甲由电请清情晴猜",
    "天夭夫",
];

/// Same character, but traditional.
pub const TRADITIONAL_COST: u32 = 10;
/// Another character of the same sound.
const SOUND_COST: u32 = 30;
/// One that looks alike.
const SHAPE_COST: u32 = 40;
/// One whose sound many people confuse: zh and z, n and l, ing and in.
const BLURRED_COST: u32 = 50;
/// Two neighbours swapped, a character twice, a key beside.
const SMALL_COST: u32 = 60;
/// Anything else, one character.
pub const ANY_COST: u32 = 100;

/// Where the letters from a to z are on a keyboard: its rows one behind the other, with a gap.
const KEYS: [u8; 26] =
    [20, 44, 42, 22, 2, 23, 24, 25, 7, 26, 27, 28, 46, 45, 8, 9, 0, 3, 21, 4, 6, 43, 1, 41, 5, 40];

/// A character with all that is known of it, so that comparing two costs next to nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sign {
    /// The character.
    c: char,
    /// Its simplified form; itself where it is none of the traditional ones.
    simple: char,
    /// Its syllables; 0 for none.
    sounds: [u16; 2],
    /// The same without what many people do not tell apart.
    blurs: [u16; 2],
    /// The groups of look-alikes it is in, a bit each.
    shapes: u64,
    /// Bits of all that it can be taken for: without one in common, two are not alike.
    kin: u128,
}

impl Sign {
    /// Whether it is a blank.
    pub fn is_blank(&self) -> bool {
        self.c == ' '
    }
}

/// A text, character by character.
pub fn signs(text: &str) -> Vec<Sign> {
    text.chars().map(|c| TABLES.sign(c)).collect()
}

/// Bits of all that these can be taken for: what a word is compared by before its distance is
/// reckoned.
pub fn kin(signs: &[Sign]) -> u128 {
    signs.iter().fold(0, |all, sign| all | sign.kin)
}

/// Whether a text may be as near as `most` to a word of this kin. A character that is like none of
/// its characters costs as much as any, but for one that was typed twice.
pub fn may_be_near(typed: &[Sign], kin: u128, most: u32) -> bool {
    let mut cost = 0;
    for (n, sign) in typed.iter().enumerate() {
        let twice = n > 0 && typed[n - 1] == *sign;
        if !twice && sign.kin & kin == 0 {
            cost += ANY_COST;
            if cost > most {
                return false;
            }
        }
    }
    true
}

/// What is known of characters, read once.
struct Tables {
    /// By character from [`FIRST`] on: the place of what is known of it, from 1; 0 for nothing.
    places: Vec<u16>,
    /// All that is known of a character of Chinese, but for itself.
    known: Vec<Sign>,
}

/// The characters of which something can be known.
const FIRST: u32 = 0x4e00;
const CHARACTERS: u32 = 0x9fff - FIRST + 1;

static TABLES: LazyLock<Tables> = LazyLock::new(Tables::read);

impl Tables {
    fn read() -> Self {
        let simple: HashMap<char, char> = simplified::pairs().collect();
        let mut sounds: HashMap<char, [u16; 2]> = HashMap::new();
        let (mut blurs, mut seen) = (vec![0], HashMap::new());
        let lines = SOUNDS.lines().filter_map(|line| line.split_once(' '));
        for (n, (sound, chars)) in (1u16..).zip(lines) {
            for c in chars.chars() {
                let known = sounds.entry(c).or_default();
                known[usize::from(known[0] != 0)] = n;
            }
            blurs.push(*seen.entry(blurred(sound)).or_insert(n));
        }
        let mut shapes: HashMap<char, u64> = HashMap::new();
        for (n, group) in SHAPES.iter().enumerate() {
            for c in group.chars() {
                *shapes.entry(c).or_default() |= 1 << n;
            }
        }
        let mut tables = Self { places: vec![0; CHARACTERS as usize], known: Vec::new() };
        let all = simple.keys().chain(sounds.keys()).chain(shapes.keys());
        for c in all.copied() {
            let simple = simple.get(&c).copied().unwrap_or(c);
            let sounds = sounds.get(&simple).copied().unwrap_or_default();
            let blur = |n: u16| blurs.get(usize::from(n)).copied().unwrap_or_default();
            let shapes = shapes.get(&simple).copied().unwrap_or_default();
            let blurs = sounds.map(blur);
            tables.put(Sign { c, simple, sounds, blurs, shapes, kin: 0 });
        }
        tables
    }

    fn put(&mut self, sign: Sign) {
        // A character is among several of the lists.
        let Some(place) = place_of(sign.c).and_then(|place| self.places.get_mut(place)) else {
            return;
        };
        if *place == 0 {
            let sounds = sign.blurs.iter().filter(|n| **n != 0).map(|n| bit(u32::from(*n)));
            let shapes = (0..SHAPES.len() as u32).filter(|n| sign.shapes & (1 << n) != 0);
            let alike = sounds.chain(shapes.map(|n| bit(SHAPE_SEED + n)));
            let kin = alike.fold(bit(sign.simple as u32), |all, one| all | one);
            self.known.push(Sign { kin, ..sign });
            // Fewer than 2^16 characters are known; one more would only not be.
            *place = u16::try_from(self.known.len()).unwrap_or(0);
        }
    }

    fn sign(&self, c: char) -> Sign {
        let place = place_of(c).and_then(|place| self.places.get(place)).copied().unwrap_or(0);
        let known = usize::from(place).checked_sub(1).and_then(|place| self.known.get(place));
        known.copied().unwrap_or_else(|| Sign {
            c,
            simple: c,
            sounds: [0; 2],
            blurs: [0; 2],
            shapes: 0,
            kin: bit(c as u32) | beside_bits(c),
        })
    }
}

fn place_of(c: char) -> Option<usize> {
    (c as u32).checked_sub(FIRST).map(|place| place as usize)
}

/// Apart from characters and syllables.
const SHAPE_SEED: u32 = 0x0020_0000;

/// One bit of 128 for a number, well spread.
fn bit(number: u32) -> u128 {
    1 << (number.wrapping_mul(0x9e37_79b1) >> 25)
}

/// The bits of the keys beside a letter.
fn beside_bits(c: char) -> u128 {
    if !c.is_ascii_lowercase() {
        return 0;
    }
    let neighbours = ('a'..='z').filter(|key| beside(c, *key));
    neighbours.fold(0, |all, key| all | bit(key as u32))
}

/// What it costs to take one character for another, in hundredths of a slip.
fn cost(typed: &Sign, meant: &Sign) -> u32 {
    let alike = |a: [u16; 2], b: [u16; 2]| a.iter().any(|n| *n != 0 && b.contains(n));
    if typed.c == meant.c {
        0
    } else if typed.c.is_ascii() || meant.c.is_ascii() {
        if beside(typed.c, meant.c) { SMALL_COST } else { ANY_COST }
    } else if typed.simple == meant.c {
        TRADITIONAL_COST
    } else if alike(typed.sounds, meant.sounds) {
        SOUND_COST
    } else if typed.shapes & meant.shapes != 0 {
        SHAPE_COST
    } else if alike(typed.blurs, meant.blurs) {
        BLURRED_COST
    } else {
        ANY_COST
    }
}

/// How far apart two words of one length are, character by character; `None` beyond `most`.
pub fn aligned(typed: &[Sign], meant: &[Sign], most: u32) -> Option<u32> {
    if typed.len() != meant.len() {
        return None;
    }
    let mut pairs = typed.iter().zip(meant).map(|(from, to)| cost(from, to));
    pairs.try_fold(0, |sum, cost| Some(sum + cost).filter(|sum| *sum <= most))
}

/// Longer words are not compared: names are short.
const COMPARED_MAX: usize = 32;

/// How far apart two words are, in hundredths of a slip; [`FAR`] for longer ones than anybody would
/// compare. The work grows with the product of their lengths.
pub fn distance(typed: &[Sign], meant: &[Sign]) -> u32 {
    if typed.len() > COMPARED_MAX || meant.len() > COMPARED_MAX {
        return FAR;
    }
    // The rows for what was typed before, for one character less, and for one less again.
    let mut rows = [[0; COMPARED_MAX + 1]; 3];
    for (n, cost) in rows[0].iter_mut().enumerate() {
        *cost = n as u32 * ANY_COST;
    }
    for (i, from) in typed.iter().enumerate() {
        let twice = i > 0 && typed[i - 1] == *from;
        let extra = if twice { SMALL_COST } else { ANY_COST };
        let (row, above, before) = ((i + 1) % 3, i % 3, (i + 2) % 3);
        rows[row][0] = rows[above][0] + ANY_COST;
        for (j, to) in meant.iter().enumerate() {
            let mut best = (rows[above][j] + cost(from, to)).min(rows[above][j + 1] + extra);
            best = best.min(rows[row][j] + ANY_COST);
            if i > 0 && j > 0 && typed[i - 1] == *to && *from == meant[j - 1] && from != to {
                best = best.min(rows[before][j - 1] + SMALL_COST);
            }
            rows[row][j + 1] = best;
        }
    }
    rows[typed.len() % 3][meant.len()]
}

/// Farther than any word that is compared.
const FAR: u32 = u32::MAX;

/// A syllable without what many people do not tell apart.
fn blurred(sound: &str) -> String {
    let sound = sound.replacen("zh", "z", 1).replacen("ch", "c", 1).replacen("sh", "s", 1);
    let sound = sound.strip_suffix("ng").map_or(sound.clone(), |open| format!("{open}n"));
    match sound.strip_prefix('l') {
        Some(rest) => format!("n{rest}"),
        None => sound,
    }
}

/// Whether two keys are neighbours in a row.
fn beside(a: char, b: char) -> bool {
    let place = |c: char| (c as usize).checked_sub('a' as usize).and_then(|n| KEYS.get(n));
    place(a).zip(place(b)).is_some_and(|(a, b)| a.abs_diff(*b) == 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_of_sound_shape_and_spelling_cost_less_than_another_word() {
        let costs = [
            ("任务", "任务", 0),
            ("任務", "任务", TRADITIONAL_COST),
            ("關鍵詞", "关键词", 3 * TRADITIONAL_COST),
            ("任物", "任务", SOUND_COST),
            ("撒销", "撤销", SHAPE_COST),
            ("帮组", "帮助", BLURRED_COST),
            ("务任", "任务", SMALL_COST),
            ("任务务", "任务", SMALL_COST),
            ("任意", "任务", ANY_COST),
            ("tsak", "task", SMALL_COST),
            ("tasj", "task", SMALL_COST),
            ("tak", "task", ANY_COST),
            ("", "ab", 2 * ANY_COST),
        ];
        for (typed, meant, expected) in costs {
            assert_eq!(distance(&signs(typed), &signs(meant)), expected, "{typed} {meant}");
        }
    }

    #[test]
    fn no_word_that_is_near_is_passed_over() {
        let words =
            ["任务", "任物", "帮组", "帮助", "撒销", "撤销", "關鍵詞", "关键词", "任务务", "完成"];
        let latin = ["task", "tsak", "tasj", "tak", "taask", "done", "dome", "xyzw", "subscirbe"];
        let all: Vec<&str> = words.into_iter().chain(latin).collect();
        for typed in &all {
            for meant in &all {
                let (typed, meant) = (signs(typed), signs(meant));
                let far = distance(&typed, &meant);
                assert!(may_be_near(&typed, kin(&meant), far), "{typed:?} {meant:?}");
            }
        }
        assert!(!may_be_near(&signs("你好吗"), kin(&signs("任务")), ANY_COST));
    }
}
