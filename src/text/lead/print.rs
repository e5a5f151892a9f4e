//! Lead times as they are said: `1小时`, `2 days`.

use crate::model::Lang;
use crate::model::lead::Lead;

/// How long it is: `1小时30分钟`, `1 hour 30 minutes`. Reading `提前` and it again gives the same.
pub fn print(lead: Lead, lang: Lang) -> String {
    let Lead { months, days, workdays, seconds, also: _ } = lead;
    let (weeks, days) = if days.is_multiple_of(7) { (days / 7, 0) } else { (0, days) };
    let parts = [
        (months, "个月", "month"),
        (weeks, "周", "week"),
        (days, "天", "day"),
        (workdays, "个工作日", "working day"),
        (seconds / 3_600, "小时", "hour"),
        (seconds % 3_600 / 60, "分钟", "minute"),
        (seconds % 60, "秒", "second"),
    ];
    let said = parts.iter().filter(|(count, ..)| *count > 0);
    let all: Vec<String> = match lang {
        Lang::Zh => said.map(|(count, zh, _)| format!("{count}{zh}")).collect(),
        Lang::En => said
            .map(|(count, _, en)| format!("{count} {en}{}", if *count == 1 { "" } else { "s" }))
            .collect(),
    };
    all.join(match lang {
        Lang::Zh => "",
        Lang::En => " ",
    })
}
