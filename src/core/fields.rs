//! Fields of a record as an edit names them: without the sign, without a value, with several names.

use crate::command::Args;

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
const JOINTS: [&str; 6] = ["改成", "改为", "改到", "为", "to", "is"];

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
    let read = time && dated.contains(&lower)
        || !args.people.is_empty() && keys.last().is_some_and(|k| k.contains(&lower));
    (pairs, if read { String::new() } else { args.content.clone() })
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
