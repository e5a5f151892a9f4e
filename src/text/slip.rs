//! How far a mistyped word is from a known one: by sound, by shape, by spelling. Which words there
//! are is not known here.
//!
//! `data/sounds.txt` lists the characters of GB 2312 level 1 by syllable, generated with pypinyin
//! (MIT); `data/traditional.txt` pairs traditional characters with simplified ones, generated with
//! OpenCC (Apache-2.0).

use std::collections::HashMap;
use std::sync::LazyLock;

/// Characters by syllable without tone, a line each.
const SOUNDS: &str = include_str!("data/sounds.txt");
/// Pairs: a traditional character, then its simplified one.
const TRADITIONAL: &str = include_str!("data/traditional.txt");

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

/// Rows of a keyboard.
const KEYS: [&str; 3] = ["qwertyuiop", "asdfghjkl", "zxcvbnm"];

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

/// What is known of characters, read once.
struct Tables {
    simple: HashMap<char, char>,
    sounds: HashMap<char, [u16; 2]>,
    /// By syllable: the first syllable that is blurred alike.
    blurs: Vec<u16>,
    shapes: HashMap<char, u64>,
}

static TABLES: LazyLock<Tables> = LazyLock::new(Tables::read);

impl Tables {
    fn read() -> Self {
        let mut simple = HashMap::new();
        let mut pairs = TRADITIONAL.chars().filter(|c| *c != '\n');
        while let (Some(from), Some(to)) = (pairs.next(), pairs.next()) {
            simple.insert(from, to);
        }
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
        Self { simple, sounds, blurs, shapes }
    }

    fn sign(&self, c: char) -> Sign {
        let simple = self.simple.get(&c).copied().unwrap_or(c);
        let sounds = self.sounds.get(&simple).copied().unwrap_or_default();
        let blur = |n: u16| self.blurs.get(usize::from(n)).copied().unwrap_or_default();
        let shapes = self.shapes.get(&simple).copied().unwrap_or_default();
        Sign { c, simple, sounds, blurs: sounds.map(blur), shapes }
    }
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
    let mut pairs = typed.iter().zip(meant).map(|(from, to)| cost(from, to));
    let sum = pairs.try_fold(0, |sum, cost| Some(sum + cost).filter(|sum| *sum <= most));
    sum.filter(|_| typed.len() == meant.len())
}

/// How far apart two words are, in hundredths of a slip; the work grows with the product of their
/// lengths.
pub fn distance(typed: &[Sign], meant: &[Sign]) -> u32 {
    let mut rows: Vec<Vec<u32>> = vec![(0..=meant.len() as u32).map(|n| n * ANY_COST).collect()];
    for (i, from) in typed.iter().enumerate() {
        let twice = i > 0 && typed[i - 1] == *from;
        let extra = if twice { SMALL_COST } else { ANY_COST };
        let mut row = vec![rows[i][0] + ANY_COST];
        for (j, to) in meant.iter().enumerate() {
            let mut best = (rows[i][j] + cost(from, to)).min(rows[i][j + 1] + extra);
            best = best.min(row[j] + ANY_COST);
            if i > 0 && j > 0 && typed[i - 1] == *to && *from == meant[j - 1] && from != to {
                best = best.min(rows[i - 1][j - 1] + SMALL_COST);
            }
            row.push(best);
        }
        rows.push(row);
    }
    rows.last().and_then(|row| row.last()).copied().unwrap_or_default()
}

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
    KEYS.iter().any(|row| {
        let (a, b) = (row.find(a), row.find(b));
        a.zip(b).is_some_and(|(a, b)| a.abs_diff(b) == 1)
    })
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
}
