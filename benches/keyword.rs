//! What looking for keywords in a message costs: `cargo bench --bench keyword`. Prints microseconds
//! a message of 200 characters, and what compiling the words takes, once per change of the rules.

use std::hint::black_box;
use std::time::Instant;

use steward::text::keyword::{Matcher, Words, find_once};

/// Words in all, in rules of `RULE_WORDS`: as many as a conversation can have.
const WORDS: usize = 10_000;
const RULE_WORDS: usize = 50;
/// Messages that each line of the table is measured on.
const RUNS: u32 = 20_000;
/// Different characters that the words are made of.
const CHARACTERS: usize = 2_000;
/// Characters of a message.
const CHARS: usize = 200;

/// What words and messages are made of.
const TALK: &str = "大家好麻烦各位在本周内把报名信息更新到表格里退费转班优惠活动从下个月开始家长如果有问题\
请先联系班主任老师确认时间和教室安排上课前十分钟到请假要提前一天说明原因发票可以在前台领取暑假班的费用\
包含教材不含午餐校车线路有调整请看群公告谢谢配合";

#[expect(clippy::disallowed_methods, reason = "a bench asks the time")]
fn timed<T>(runs: u32, mut run: impl FnMut() -> T) -> f64 {
    let start = Instant::now();
    for _ in 0..runs {
        black_box(run());
    }
    start.elapsed().as_nanos() as f64 / f64::from(runs) / 1_000.0
}

/// The nth number of a row that looks like chance and is always the same.
fn chance(nth: usize) -> usize {
    let mixed = (nth as u64 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    ((mixed ^ (mixed >> 29)).wrapping_mul(0xbf58_476d_1ce4_e5b9) >> 33) as usize
}

fn main() {
    // Those of the message, and others as they stand in the block.
    let characters: Vec<char> = TALK.chars().chain('\u{4e00}'..).take(CHARACTERS).collect();
    let word = |nth: usize| -> String {
        (0..2 + nth % 4).map(|at| characters[chance(nth * 8 + at) % CHARACTERS]).collect()
    };
    let words: Vec<String> = (0..WORDS).map(word).collect();
    let except: Vec<String> = words.iter().map(|word| format!("免{word}")).collect();
    let rules = || words.chunks(RULE_WORDS).map(|words| Words::new(words, &[])).collect::<Vec<_>>();
    let guarded = || {
        let phrases = except.chunks(RULE_WORDS);
        let rules = words.chunks(RULE_WORDS).zip(phrases);
        rules.map(|(words, except)| Words::new(words, except)).collect::<Vec<_>>()
    };
    let talk: String = TALK.chars().cycle().take(CHARS).collect();
    let some: String = words[..20].concat().chars().chain(talk.chars()).take(CHARS).collect();
    let all: String = words[..100].concat().chars().take(CHARS).collect();
    let latin: String = "please send the report to the office by Friday ".repeat(5);
    let texts = [
        ("talk", &*talk),
        ("talk with words", &some),
        ("nothing but words", &all),
        ("Latin", &latin[..CHARS]),
    ];
    let (matcher, apart) = (Matcher::new(rules()), Matcher::new(guarded()));
    println!("compiling {WORDS} words: {:>9.0} µs", timed(5, || Matcher::new(rules())));
    println!("in memory: {} kB", matcher.bytes() / 1024);
    for (name, text) in texts {
        let hits = matcher.find(text).len();
        let (each, with) = (timed(RUNS, || matcher.find(text)), timed(RUNS, || apart.find(text)));
        let once = timed(RUNS / 100, || find_once(rules(), text));
        println!(
            "{name:<17} {hits:>4} hits: {each:>7.2} µs, with exceptions {with:>7.2}, \
             compiled for it alone {once:>9.1}"
        );
    }
}
