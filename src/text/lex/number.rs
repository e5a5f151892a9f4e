//! Numbers as they are written: `12`, 十二, 二零一六. English words for numbers are with the English
//! words.

use super::token::{Form, Num};

/// More Chinese digits than this are no number of a date.
const HAN_MAX: usize = 8;

/// The value of a Chinese digit.
pub fn digit(c: char) -> Option<u32> {
    Some(match c {
        '零' | '〇' => 0,
        '一' => 1,
        '二' | '两' | '俩' => 2,
        '三' => 3,
        '四' => 4,
        '五' => 5,
        '六' => 6,
        '七' => 7,
        '八' => 8,
        '九' => 9,
        _ => return None,
    })
}

/// A character of a Chinese number.
pub fn is_han(c: char) -> bool {
    digit(c).is_some() || matches!(c, '十' | '廿' | '百' | '千' | '万')
}

/// The number that these ASCII digits make.
pub fn arabic(digits: impl Iterator<Item = char>) -> Num {
    let mut value: u32 = 0;
    let mut width: u8 = 0;
    for c in digits {
        value = value.saturating_mul(10).saturating_add(c.to_digit(10).unwrap_or(0));
        width = width.saturating_add(1);
    }
    Num { value, width, form: Form::Arabic }
}

/// The number that begins with these Chinese characters, and how many it takes.
pub fn han(chars: &[char]) -> Option<(Num, usize)> {
    let count = chars.iter().take(HAN_MAX + 1).take_while(|c| is_han(**c)).count();
    if count == 0 || count > HAN_MAX {
        return None;
    }
    let run = &chars[..count];
    let width = u8::try_from(count).ok()?;
    let plain = run.iter().try_fold(0, |value, c| digit(*c).map(|digit| value * 10 + digit));
    if let Some(value) = plain {
        // 零五 is five; 三五 and 二零一六 are digits.
        let form = match run {
            [_] | ['零' | '〇', _] => Form::Han,
            _ => Form::Digits,
        };
        return Some((Num { value, width, form }, count));
    }
    let value = places(run)?;
    Some((Num { value, width, form: Form::Han }, count))
}

/// A number with places: 二十四, 一百零五, 一万二千.
fn places(run: &[char]) -> Option<u32> {
    let (mut total, mut section, mut last): (u32, u32, Option<u32>) = (0, 0, None);
    for c in run {
        let place = match c {
            '十' => 10,
            '百' => 100,
            '千' => 1_000,
            '万' => 10_000,
            '廿' => {
                section += 20;
                continue;
            }
            c => {
                let digit = digit(*c)?;
                // Two digits side by side are a guess: 二三十.
                if last.is_some_and(|last| last > 0) {
                    return None;
                }
                last = Some(digit);
                continue;
            }
        };
        let digit = last.take().unwrap_or(u32::from(place == 10 && section == 0));
        if place == 10_000 {
            total += (section + digit).checked_mul(place)?;
            section = 0;
        } else {
            section += digit.checked_mul(place)?;
        }
    }
    total.checked_add(section + last.unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chinese_numbers_have_their_values() {
        for (text, value, form) in [
            ("三", 3, Form::Han),
            ("零五", 5, Form::Han),
            ("十", 10, Form::Han),
            ("十五", 15, Form::Han),
            ("二十", 20, Form::Han),
            ("二十四", 24, Form::Han),
            ("廿三", 23, Form::Han),
            ("一百零五", 105, Form::Han),
            ("一万二千", 12_000, Form::Han),
            ("二零一六", 2016, Form::Digits),
            ("三五", 35, Form::Digits),
        ] {
            let chars: Vec<char> = text.chars().collect();
            let width = u8::try_from(chars.len()).expect("short");
            let expected = Some((Num { value, width, form }, chars.len()));
            assert_eq!(han(&chars), expected, "{text}");
        }
        assert_eq!(han(&"二三十".chars().collect::<Vec<_>>()), None);
    }
}
