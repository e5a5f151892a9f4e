//! The names of the days of the week, in both languages.

use chrono::Weekday;

use super::scan::Cursor;
use crate::model::Lang;

/// English names and abbreviations, longer ones first.
pub const ENGLISH: [(&str, Weekday); 18] = [
    ("monday", Weekday::Mon),
    ("tuesday", Weekday::Tue),
    ("wednesday", Weekday::Wed),
    ("thursday", Weekday::Thu),
    ("friday", Weekday::Fri),
    ("saturday", Weekday::Sat),
    ("sunday", Weekday::Sun),
    ("thurs", Weekday::Thu),
    ("thur", Weekday::Thu),
    ("tues", Weekday::Tue),
    ("weds", Weekday::Wed),
    ("mon", Weekday::Mon),
    ("tue", Weekday::Tue),
    ("wed", Weekday::Wed),
    ("thu", Weekday::Thu),
    ("fri", Weekday::Fri),
    ("sat", Weekday::Sat),
    ("sun", Weekday::Sun),
];

const CHINESE: [(Weekday, char); 7] = [
    (Weekday::Mon, '一'),
    (Weekday::Tue, '二'),
    (Weekday::Wed, '三'),
    (Weekday::Thu, '四'),
    (Weekday::Fri, '五'),
    (Weekday::Sat, '六'),
    (Weekday::Sun, '日'),
];

/// All seven, Monday first.
pub const WEEK: [Weekday; 7] = [
    Weekday::Mon,
    Weekday::Tue,
    Weekday::Wed,
    Weekday::Thu,
    Weekday::Fri,
    Weekday::Sat,
    Weekday::Sun,
];

/// Eats 周, 星期 or 礼拜.
pub fn week_word(cursor: &mut Cursor) -> bool {
    cursor.any(&["周", "星期", "礼拜"])
}

/// Eats the character or digit that follows 周: 一 to 六, 日, 天, 1 to 7.
pub fn chinese(cursor: &mut Cursor) -> Option<Weekday> {
    let mut next = *cursor;
    let c = next.peek()?;
    next.step();
    let day = match c {
        '天' => Weekday::Sun,
        '1'..='7'
            if next.peek().is_none_or(|c| !matches!(c, '0'..='9' | ':' | '点' | '/' | '-')) =>
        {
            WEEK[c as usize - '1' as usize]
        }
        _ => CHINESE.iter().find(|(_, name)| *name == c)?.0,
    };
    *cursor = next;
    Some(day)
}

/// The character behind 周, as 一.
pub fn chinese_name(day: Weekday) -> char {
    CHINESE[day.num_days_from_monday() as usize].1
}

/// As it is read back: `周一`, `Mon`.
pub fn print(day: Weekday, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("周{}", chinese_name(day)),
        Lang::En => day.to_string(),
    }
}
