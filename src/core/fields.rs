//! Fields of a record as an edit names them: without the sign, without a value, with several names.

use super::people;
use super::turn::Turn;
use crate::command::Args;
use crate::text::when::{self, Reference, When};

/// Words for no value; folded.
const NONE: [&str; 14] = [
    "无",
    "没有",
    "不限",
    "不限时",
    "取消",
    "去掉",
    "空",
    "不要",
    "none",
    "no",
    "never",
    "off",
    "clear",
    "-",
];

/// What may stand between a field and its value.
const JOINTS: [&str; 20] = [
    "改成",
    "改为",
    "换成",
    "改到",
    "提前到",
    "延后到",
    "延到",
    "推迟到",
    "推到",
    "挪到",
    "调到",
    "调整到",
    "定在",
    "定到",
    "设为",
    "设成",
    "为",
    "到",
    "to",
    "is",
];

/// What may be left of an edit once its date and people are read, and says no more.
const LEFT: [&str; 80] = [
    "全天",
    "整天",
    "当天",
    "all day",
    "必须交",
    "要交",
    "得交",
    "必须完成",
    "要完成",
    "得完成",
    "必须做完",
    "要做完",
    "now",
    "is now",
    "changed to",
    "is changed to",
    "moved to",
    "is moved to",
    "has moved to",
    "has changed to",
    "到",
    "至",
    "在",
    "成",
    "为",
    "是",
    "给",
    "于",
    "前",
    "之前",
    "以前",
    "吧",
    "了",
    "一下",
    "的",
    "把",
    "就",
    "再",
    "完成",
    "做完",
    "弄完",
    "办完",
    "交",
    "提交",
    "上交",
    "交付",
    "做",
    "弄",
    "截止",
    "到期",
    "再做",
    "再说",
    "再交",
    "负责",
    "to",
    "by",
    "on",
    "for",
    "at",
    "until",
    "it",
    "is",
    "instead",
    "please",
    "来做",
    "来负责",
    "来弄",
    "处理",
    "来处理",
    "跟进",
    "时间",
    "时间改",
    "时间改到",
    "时间改成",
    "时间改为",
    "改",
    "改成",
    "改到",
    "改为",
    "调到",
];

/// Around a date that is all a value says.
const AROUND: [&str; 15] = [
    "之前", "以前", "前", "吧", "了", "到", "为", "在", "before", "by", "on", "to", "now", "is",
    "is now",
];

/// Whether what is left beside a date or people says no more; folded.
pub fn says_no_more(left: &str) -> bool {
    LEFT.contains(&left) || LEFT.contains(&left.trim_end_matches(['吧', '了', '。', '！']))
}

/// What stands behind the verb of a line: `19:00` of `D1 改到19:00`.
pub fn behind_verb<'l>(line: &'l str, typed: &str) -> Option<&'l str> {
    let rest = line.get(line.find(typed)? + typed.len()..)?.trim();
    let rest = rest.strip_prefix(['到', '成', '为']).unwrap_or(rest);
    Some(rest.strip_prefix("to ").unwrap_or(rest).trim_end_matches(['吧', '了', '。', '.']).trim())
}

/// Whether a value says that there is none.
pub fn is_none(value: &str) -> bool {
    NONE.contains(&value.trim().to_lowercase().as_str())
}

/// The field a content begins with, of those given the first that fits, and its value: `标题 复核合同`,
/// `标题改成复核合同`, `title to review`.
pub fn worded<'c, 'k>(content: &'c str, keys: &[&'k str]) -> Option<(&'k str, &'c str)> {
    keys.iter().find_map(|key| {
        let head = content.get(..key.len()).filter(|head| head.eq_ignore_ascii_case(key))?;
        let rest = &content[head.len()..];
        let value = rest.trim_start_matches([' ', ':', '：']);
        let joint = JOINTS.iter().find_map(|joint| {
            let value = value.strip_prefix(joint)?;
            (!joint.is_ascii() || value.starts_with(' ')).then(|| value.trim_start())
        });
        // Glued to what follows it is a word of its own: `时间表`.
        let apart = value.len() < rest.len() || joint.is_some();
        Some(joint.unwrap_or(value))
            .filter(|value| apart && !value.is_empty())
            .map(|value| (*key, value))
    })
}

/// The fields an edit names, with their values, and the rest of what it says. `标题 复核合同` is as good
/// as `标题=复核合同`; a field of `dated` whose value was read as a date says no more, nor does one of
/// the last of `keys` whose value was read as a person.
pub fn said(args: &Args, keys: &[&[&str]], dated: &[&str]) -> (Vec<(String, String)>, String) {
    let mut pairs = args.pairs.clone();
    let all: Vec<&str> = keys.iter().flat_map(|keys| keys.iter().copied()).collect();
    let read = args.when.is_some() || args.every.is_some() || !args.people.is_empty();
    // `deadline is now Friday 3pm`: the date was taken out of it.
    if let Some((_, value)) = worded(&args.content, &all)
        && read
        && says_no_more(&value.to_lowercase())
    {
        return (pairs, String::new());
    }
    if let Some((key, value)) = worded(&args.content, &all) {
        pairs.push((key.to_owned(), value.to_owned()));
        return (pairs, String::new());
    }
    let lower = args.content.to_lowercase();
    let lower = JOINTS.iter().find_map(|j| lower.strip_suffix(j)).unwrap_or(&lower).trim_end();
    let time = args.when.is_some() || args.every.is_some();
    if !time && args.people.is_empty() && all.contains(&lower) {
        // A field without a value: it is no title.
        pairs.push((lower.to_owned(), String::new()));
        return (pairs, String::new());
    }
    let content = args.content.to_lowercase();
    let left = |content: &str| content.is_empty() || LEFT.contains(&content);
    let read = (time || !args.people.is_empty()) && (left(&content) || left(lower))
        || time && dated.contains(&lower)
        || !args.people.is_empty() && keys.last().is_some_and(|k| k.contains(&lower));
    (pairs, if read { String::new() } else { args.content.clone() })
}

/// The date that is all a value says; `None` if it says anything else, which would be lost.
pub fn date(value: &str, reference: Reference) -> Option<When> {
    let found = when::find(value, reference).filter(|found| found.also.is_none())?;
    let says = |part: &str| {
        let part = part.trim_matches(|c: char| c.is_whitespace() || "，,。.".contains(c));
        !part.is_empty() && !AROUND.contains(&part)
    };
    let (before, behind) = (&value[..found.span.start], &value[found.span.end..]);
    (!says(before) && !says(behind)).then_some(found.when)
}

/// What is said of tags where the word says so: `T2 加标签 法务`, `T2 add tag legal`, and behind a plain
/// verb `T2 加 标签 法务`.
const TAG_WORDS: [&str; 7] = ["标签", "标记", "tags", "tag", "label", "untag", "打标"];

/// The arguments with those that are tags without a # among the tags.
pub fn tagged(args: &Args, typed: &str) -> Args {
    let (mut args, typed) = (args.clone(), typed.to_lowercase());
    let named = TAG_WORDS.iter().any(|word| typed.contains(word));
    let behind = TAG_WORDS.iter().find_map(|word| {
        let rest = args.content.strip_prefix(word)?;
        rest.starts_with([' ', ':', '：']).then(|| rest.trim_start_matches([' ', ':', '：']))
    });
    let content = match (behind, named) {
        (Some(rest), _) => rest.to_owned(),
        (None, true) => args.content.clone(),
        (None, false) => return args,
    };
    let content = content.trim_start_matches("为").trim_start_matches("成");
    let parts = content.split([' ', '、', ',', '，']).filter(|part| !part.is_empty());
    args.tags.extend(parts.map(str::to_owned));
    args.content.clear();
    args
}

/// What may stand before somebody's name where an edit says only whom something concerns.
const CONCERNS: [&str; 18] = [
    "只提醒",
    "仅提醒",
    "提醒",
    "只通知",
    "通知",
    "只给",
    "只让",
    "只要",
    "只",
    "仅",
    "换成",
    "归",
    "找",
    "remind only",
    "only remind",
    "remind",
    "only",
    "notify",
];

/// The name of somebody known that is all a content says, with what may stand before: `只提醒李雷`.
pub fn named_alone(turn: &mut Turn, content: &str) -> Option<String> {
    let content = content.trim();
    let rests = CONCERNS.iter().filter_map(|word| content.strip_prefix(word));
    let mut names = std::iter::once(content).chain(rests).map(|rest| rest.trim_matches(' '));
    names.find(|name| people::is_known(turn, name)).map(str::to_owned)
}

/// Names with or without the @, apart by blanks or commas.
pub fn names(value: &str) -> Vec<String> {
    let value = value.strip_prefix("to ").unwrap_or(value);
    let parts =
        value.split([' ', '、', ',', '，']).map(|part| part.trim_start_matches(['@', '＠']));
    parts.filter(|part| !part.is_empty()).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_is_named_with_or_without_a_sign() {
        let keys = ["截止时间", "截止", "标题", "title"];
        assert_eq!(worded("标题 复核合同", &keys), Some(("标题", "复核合同")));
        assert_eq!(worded("标题改成复核合同", &keys), Some(("标题", "复核合同")));
        assert_eq!(worded("标题：改为 复核合同", &keys), Some(("标题", "复核合同")));
        assert_eq!(worded("Title to review it", &keys), Some(("title", "review it")));
        assert_eq!(worded("截止时间 无", &keys), Some(("截止时间", "无")));
        assert_eq!(worded("标题党文章", &keys), None);
        assert_eq!(worded("titles of all", &keys), None);
        assert_eq!(worded("标题", &keys), None);
    }
}
