//! Words of a line that say no more about what is to be done: thanks behind it, `麻烦` before it,
//! `ddl` beside the date. They are left out of a title.

use super::glyphs::{is_cjk, is_latin, is_separator};
use super::scan::{Mark, Scan};

/// Behind what is to be done. Longer spellings first.
const BEHIND: [&str; 22] = [
    "谢谢大家",
    "谢谢啦",
    "谢谢你",
    "谢谢",
    "谢啦",
    "谢了",
    "多谢",
    "感谢",
    "辛苦啦",
    "辛苦了",
    "辛苦大家",
    "麻烦了",
    "麻烦啦",
    "麻烦你了",
    "拜托了",
    "拜托",
    "thank you",
    "many thanks",
    "thanks",
    "thx",
    "please",
    "pls",
];

/// Before it. Longer spellings first.
const BEFORE: [&str; 22] = [
    "任务内容是",
    "任务内容:",
    "内容是",
    "内容为",
    "内容:",
    "标题是",
    "标题为",
    "标题:",
    "麻烦你帮忙",
    "麻烦帮忙",
    "麻烦帮我",
    "麻烦你",
    "麻烦",
    "拜托",
    "请帮我",
    "请帮忙",
    "帮我",
    "记得",
    "别忘了",
    "please",
    "pls",
    "kindly",
];

/// Goes on another word: `麻烦事`, `记得的`.
const GOES_ON: [char; 5] = ['的', '事', '了', '人', '你'];

/// Beside a date that was taken: it is a deadline. All begin with d or e.
const DEADLINE: [&str; 4] = ["deadline", "ddl", "dl", "eta"];

/// Fewest characters that must be left to be done.
const LEFT_CHARS_MIN: usize = 2;

/// Takes them out, where something else is said.
pub fn take(scan: &mut Scan, dated: bool) {
    if dated {
        take_deadline(scan);
        take_done(scan);
    }
    take_behind(scan);
    take_before(scan);
}

/// How many characters say something between two places.
fn says(scan: &Scan, from: usize, to: usize) -> usize {
    let shows = |at: &usize| scan.glyphs.get(*at).is_some_and(|c| is_latin(c) || is_cjk(c));
    (from..to).filter(|at| shows(at) && scan.mark(*at) != Mark::Taken).count()
}

fn take_behind(scan: &mut Scan) {
    let loose = |c: char| is_separator(c) || "。.!~～".contains(c);
    let end = scan.run_back(scan.end(), loose);
    let Some(last) = scan.glyphs.before(end) else { return };
    let found = BEHIND.iter().filter(|word| word.ends_with(last)).find_map(|word| {
        let start = end.checked_sub(word.chars().count()).filter(|start| *start >= scan.from)?;
        (scan.glyphs.word_at(start, word) && scan.is_open(start..end)).then_some(start)
    });
    if let Some(start) = found.filter(|start| says(scan, scan.from, *start) >= LEFT_CHARS_MIN) {
        scan.take(start..scan.end());
    }
}

fn take_before(scan: &mut Scan) {
    let loose =
        |at: &usize| scan.mark(*at) == Mark::Taken || scan.open(*at).is_some_and(is_separator);
    let Some(start) = (scan.from..scan.end()).find(|at| !loose(at)) else { return };
    let word = BEFORE.iter().find(|word| scan.glyphs.word_at(start, word));
    let Some(end) = word.map(|word| start + word.chars().count()) else { return };
    let goes_on = scan.open(end).is_some_and(|c| GOES_ON.contains(&c));
    let left = says(scan, end, scan.end());
    if !goes_on && left >= LEFT_CHARS_MIN && scan.is_open(start..end) {
        scan.take(start..end);
    }
}

/// Behind a deadline, these say no more: 周五前搞定.
const DONE: [&str; 10] =
    ["完成", "做完", "搞定", "弄完", "办完", "搞完", "弄好", "办好", "做好", "办妥"];

fn take_done(scan: &mut Scan) {
    let begins = |at: &usize| {
        scan.mark(at - 1) == Mark::Taken && scan.open(*at).is_some_and(|c| "完做搞弄办".contains(c))
    };
    let Some(start) = (scan.from + 1..scan.end()).find(begins) else { return };
    let Some(done) = DONE.iter().find(|done| scan.glyphs.word_at(start, done)) else { return };
    let end = start + done.chars().count();
    let apart = scan.open(end).is_none_or(|c| is_separator(c) || c == '。');
    let before = scan.glyphs.before(start) == Some('前');
    let left = says(scan, scan.from, start) + says(scan, end, scan.end());
    if apart && before && left >= LEFT_CHARS_MIN && scan.is_open(start..end) {
        scan.take(start..end);
    }
}

fn take_deadline(scan: &mut Scan) {
    let begins = |at: &usize| matches!(scan.glyphs.get(*at), Some('d' | 'e'));
    let starts: Vec<usize> = (scan.from..scan.end()).filter(begins).collect();
    for start in starts {
        let Some(word) = DEADLINE.iter().find(|word| scan.glyphs.word_at(start, word)) else {
            continue;
        };
        let end = start + word.chars().count();
        let next = scan.run(end, is_separator);
        let beside = next < scan.end() && scan.mark(next) == Mark::Taken;
        if beside && scan.is_open(start..end) {
            scan.take(start..next);
        }
    }
}
