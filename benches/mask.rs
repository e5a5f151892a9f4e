//! What masking a text costs: `cargo bench --bench mask`. Prints microseconds a text and
//! nanoseconds a character; the latter must not grow with the length, however hostile the text.

use std::hint::black_box;
use std::time::Instant;

use steward::text::mask::mask;

/// Characters that each length of text takes in all, so that every line costs about the same time.
const CHARS: usize = 4_000_000;
/// Lengths in characters.
const LENGTHS: [usize; 3] = [200, 2_000, 20_000];

/// Texts made of one piece again and again, each hard for some kind.
const HOSTILE: [(&str, &str); 12] = [
    ("plain talk", "大家好，麻烦各位在本周内更新到表格里，"),
    ("talk with numbers", "3月12个客户，5号楼10点半，编号2026-0098，"),
    ("one run of digits", "6"),
    ("digits and blanks", "6200 "),
    ("mobile prefixes", "+86-0086 "),
    ("mobile numbers", "13800001234 "),
    ("area codes", "(010) 8000 "),
    ("at signs", "a@b."),
    ("one long name", "a.1"),
    ("numbers and dots", "255."),
    ("streets", "区示例路5号"),
    ("passport words", "visa护照E1234567"),
];

#[expect(clippy::disallowed_methods, reason = "a bench asks the time")]
fn main() {
    for (name, piece) in HOSTILE {
        print!("{name:<20}");
        for length in LENGTHS {
            let text: String = piece.chars().cycle().take(length).collect();
            let runs = CHARS / length;
            let start = Instant::now();
            for _ in 0..runs {
                black_box(mask(black_box(&text)));
            }
            let ns = start.elapsed().as_nanos() as f64;
            let (each, char) = (ns / runs as f64 / 1_000.0, ns / CHARS as f64);
            print!("   {length:>6}: {each:>9.1} µs {char:>6.1} ns");
        }
        println!();
    }
}
