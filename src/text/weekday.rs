//! The days of the week: their names in both languages, and their order.

use chrono::Weekday;

use crate::model::Lang;

const CHINESE: [(Weekday, char); 7] = [
    (Weekday::Mon, '一'),
    (Weekday::Tue, '二'),
    (Weekday::Wed, '三'),
    (Weekday::Thu, '四'),
    (Weekday::Fri, '五'),
    (Weekday::Sat, '六'),
    (Weekday::Sun, '日'),
];

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

/// Monday to Friday.
pub const WEEKDAYS: [Weekday; 5] =
    [Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri];

/// Monday first, none twice.
pub fn in_order(mut days: Vec<Weekday>) -> Vec<Weekday> {
    days.sort_by_key(|day| day.num_days_from_monday());
    days.dedup();
    days
}
