//! Words that say that something has no deadline (any more), as a whole: `不限时`, `不要截止了`, `no
//! deadline`.

use crate::text::fold::fold;

/// What is said to be gone. Longer spellings first.
const DATES: [&str; 12] = [
    "截止时间",
    "截止日期",
    "截止",
    "到期时间",
    "到期日",
    "期限",
    "时限",
    "时间限制",
    "deadline",
    "due date",
    "the deadline",
    "the due date",
];

/// Before it. Longer spellings first.
const NONE_BEFORE: [&str; 17] = [
    "不需要",
    "不要",
    "不用",
    "不设",
    "不限",
    "没有",
    "取消",
    "去掉",
    "去除",
    "删掉",
    "删除",
    "清除",
    "清空",
    "无",
    "no",
    "without",
    "remove",
];

/// Behind it.
const NONE_BEHIND: [&str; 11] =
    ["不要", "不需要", "不用", "不限", "取消", "去掉", "删掉", "删除", "清除", "清空", "无"];

/// Alone.
const ALONE: [&str; 7] =
    ["不限时", "不限时间", "不限", "不限期", "any time", "anytime", "clear deadline"];

/// Whether this is all that a text says.
pub fn is_undated(text: &str) -> bool {
    let text = fold(text).text;
    let text = text.trim_matches(|c: char| c.is_whitespace() || "。.!,;".contains(c));
    let text = text.trim_end_matches(['了', '吧', '啦', '掉']).trim_end();
    let behind = |rest: &str| {
        let rest = rest.strip_prefix('都').unwrap_or(rest).trim();
        NONE_BEHIND.contains(&rest)
    };
    ALONE.contains(&text)
        || NONE_BEFORE
            .iter()
            .any(|none| text.strip_prefix(none).is_some_and(|rest| DATES.contains(&rest.trim())))
        || DATES.iter().any(|date| text.strip_prefix(date).is_some_and(behind))
}

#[cfg(test)]
mod tests {
    use super::is_undated;

    #[test]
    fn only_what_says_it_as_a_whole_is_without_a_deadline() {
        for text in
            ["不限时", "不要截止了", "截止不要了", "取消截止时间", "No deadline", "无截止。"]
        {
            assert!(is_undated(text), "{text}");
        }
        for text in ["不要截止日期前一天的会", "截止", "不要了", "deadline", "no", "期限不变"]
        {
            assert!(!is_undated(text), "{text}");
        }
    }
}
