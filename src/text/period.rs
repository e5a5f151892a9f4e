//! How long something lasts, in whole days: `7天`, 三个月, `2 weeks`. Months and years are reckoned
//! with 30 and 365 days.

use super::fold::fold;
use super::lex::number::han;

/// Words in front of it that say nothing more; longer ones first.
const BEFORE: [&str; 10] =
    ["最近", "只留", "保留", "留", "近", "for the last", "for", "last", "=", ":"];
/// Units, longer ones first, and their days.
const UNITS: [(&str, u64); 24] = [
    ("个月", 30),
    ("个星期", 7),
    ("个礼拜", 7),
    ("星期", 7),
    ("礼拜", 7),
    ("天", 1),
    ("日", 1),
    ("周", 7),
    ("月", 30),
    ("年", 365),
    ("days", 1),
    ("day", 1),
    ("weeks", 7),
    ("week", 7),
    ("months", 30),
    ("month", 30),
    ("years", 365),
    ("year", 365),
    ("mo", 30),
    ("yr", 365),
    ("d", 1),
    ("w", 7),
    ("m", 30),
    ("y", 365),
];
/// Whole phrases.
const PHRASES: [(&str, u64); 6] =
    [("半个月", 15), ("半月", 15), ("半年", 183), ("a week", 7), ("a month", 30), ("a year", 365)];

/// The days of a period; `None` if the text is anything else.
pub fn days(text: &str) -> Option<u64> {
    let folded = fold(text).text;
    let mut rest = folded.trim();
    while let Some(behind) = BEFORE.iter().find_map(|word| rest.strip_prefix(word)) {
        rest = behind.trim_start();
    }
    if let Some((_, days)) = PHRASES.iter().find(|(phrase, _)| *phrase == rest) {
        return Some(*days);
    }
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let (count, unit) = match digits {
        0 => {
            let chars: Vec<char> = rest.chars().collect();
            let (number, taken) = han(&chars)?;
            let unit: String = chars[taken..].iter().collect();
            (u64::from(number.value), unit)
        }
        // More digits than a number of days has are as wrong as the largest.
        _ => (rest[..digits].parse().unwrap_or(u64::MAX), rest[digits..].to_owned()),
    };
    let unit = unit.trim();
    let (_, days) = UNITS.iter().find(|(name, _)| *name == unit)?;
    Some(count.saturating_mul(*days))
}

#[cfg(test)]
mod tests {
    use super::days;

    #[test]
    fn periods_are_read_as_days() {
        for (text, expected) in [
            ("7天", 7),
            ("７ 天", 7),
            ("七天", 7),
            ("最近三十天", 30),
            ("两周", 14),
            ("1个星期", 7),
            ("3个月", 90),
            ("半年", 183),
            ("100年", 36_500),
            ("0天", 0),
            ("7d", 7),
            ("for 2 weeks", 14),
            ("a month", 30),
            ("99999999999999999999天", u64::MAX),
        ] {
            assert_eq!(days(text), Some(expected), "{text}");
        }
        for text in ["", "天", "7", "七", "M81", "永久", "7天吧", "-3天", "7天和8天"] {
            assert_eq!(days(text), None, "{text}");
        }
    }
}
