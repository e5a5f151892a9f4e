//! What a mistyped word probably meant. Compares spelling only, not sound or meaning.

use strsim::generic_damerau_levenshtein;

use super::fold::fold;

/// Longer words are not compared: nobody's command is so long, and the work grows with the square.
const WORD_CHARS_MAX: usize = 32;

/// Up to `most` of `candidates` that are near to `word`, nearest first; none if nothing is.
pub fn nearest<'a>(
    word: &str,
    candidates: impl IntoIterator<Item = &'a str>,
    most: usize,
) -> Vec<&'a str> {
    let word: Vec<char> = fold(word).text.chars().take(WORD_CHARS_MAX + 1).collect();
    if word.is_empty() || word.len() > WORD_CHARS_MAX {
        return Vec::new();
    }
    let mut found: Vec<(usize, usize, &str)> = Vec::new();
    for candidate in candidates {
        let other: Vec<char> = fold(candidate).text.chars().take(WORD_CHARS_MAX + 1).collect();
        if other.len().abs_diff(word.len()) > 2 || found.iter().any(|seen| seen.2 == candidate) {
            continue;
        }
        let distance = generic_damerau_levenshtein(&word, &other);
        if distance <= allowed(&word, &other) {
            let differing = word.len() - shared_start(&word, &other);
            found.push((distance, differing, candidate));
        }
    }
    found.sort_by_key(|(distance, differing, _)| (*distance, *differing));
    found.into_iter().take(most).map(|(_, _, candidate)| candidate).collect()
}

/// How many slips are forgiven: in Chinese one from two characters on, in Latin one from three
/// letters on (of three, only behind the same first letter), two in long words.
fn allowed(word: &[char], other: &[char]) -> usize {
    let shorter = word.len().min(other.len());
    if word.iter().chain(other).any(|c| !c.is_ascii()) {
        return match shorter {
            0 | 1 => 0,
            2..=4 => 1,
            _ => 2,
        };
    }
    match shorter {
        0..=2 => 0,
        3 => usize::from(word[0] == other[0]),
        4..=7 => 1,
        _ => 2,
    }
}

fn shared_start(word: &[char], other: &[char]) -> usize {
    word.iter().zip(other).take_while(|(a, b)| a == b).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    const WORDS: [&str; 10] =
        ["任务", "完成", "关键词", "订阅", "撤销", "task", "done", "keyword", "subscribe", "tag"];

    #[test]
    fn a_slip_finds_the_word_and_an_unrelated_word_finds_none() {
        let cases: [(&str, &[&str]); 16] = [
            ("任物", &["任务"]),
            ("完乘", &["完成"]),
            ("务任", &["任务"]),
            ("任务务", &["任务"]),
            ("关健词", &["关键词"]),
            ("关键", &["关键词"]),
            ("tsak", &["task"]),
            ("TASKS", &["task"]),
            ("ｔａｓ", &["task", "tag"]),
            ("tah", &["tag"]),
            ("subscirbe", &["subscribe"]),
            ("你好", &[]),
            ("任", &[]),
            ("hello", &[]),
            ("bag", &[]),
            ("", &[]),
        ];
        for (word, expected) in cases {
            assert_eq!(nearest(word, WORDS, 3), expected, "{word}");
        }
    }

    #[test]
    fn the_nearest_comes_first_and_no_more_than_asked() {
        assert_eq!(nearest("task", ["tasks", "task", "mask"], 2), ["task", "tasks"]);
    }
}
