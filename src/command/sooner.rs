//! How a record is to come later, sooner, or not for a while, in words that name no verb: `往后推两天`,
//! `再早半小时`, `这个月先不发`.

/// Says that it is to come later, before how much later. Longer spellings first.
const LATER: [&str; 29] = [
    "往后挪",
    "往后拖一拖",
    "再往后推",
    "再推",
    "再晚",
    "往后推",
    "往后拖",
    "向后推",
    "推后",
    "再宽限",
    "宽限",
    "再给我",
    "再给",
    "再缓",
    "缓一缓",
    "缓",
    "拖",
    "晚点",
    "晚",
    "延",
    "推",
    "需要再",
    "还要",
    "再要",
    "give me",
    "another",
    "move back",
    "back by",
    "back",
];

/// Says that it is to come earlier, before how much earlier. Longer spellings first.
const EARLIER: [&str; 12] = [
    "再提前",
    "往前挪",
    "往前提",
    "往前",
    "再早",
    "早点",
    "早",
    "提早",
    "forward by",
    "forward",
    "up by",
    "up",
];

/// The same in English behind how much.
const EARLIER_BEHIND: [&str; 2] = ["earlier", "sooner"];

/// The same in English behind how much.
const LATER_BEHIND: [&str; 3] = ["later", "more", "longer"];

/// It is to say nothing for a while.
const SILENT: [&str; 25] = [
    "不开",
    "停开",
    "取消一次",
    "先不用提醒",
    "先不提醒",
    "先别提醒",
    "不用提醒",
    "不提醒",
    "别提醒",
    "不要提醒",
    "不用叫",
    "不要响",
    "先不要发",
    "先不用发",
    "先不发",
    "先别发",
    "不用发",
    "不要发",
    "不发",
    "别发",
    "don't remind",
    "no reminder",
    "don't send",
    "do not send",
    "no report",
];

/// It is to rest. Longer spellings first.
const RESTS: [&str; 12] = [
    "先停一停",
    "先停一下",
    "先停几天",
    "先停着",
    "停一停",
    "停一下",
    "停几天",
    "停两天",
    "先停",
    "先关",
    "关了",
    "not this",
];

/// Stretches in which it comes more than once, or for which nothing is left out by itself.
const STRETCHES: [&str; 10] =
    ["这个月", "本月", "下个月", "下月", "这几天", "最近", "暂时", "一直", "以后", "这段时间"];

/// What a length of time ends with.
const LENGTHS: [&str; 20] = [
    "天",
    "周",
    "个月",
    "月",
    "小时",
    "钟头",
    "分钟",
    "星期",
    "礼拜",
    "钟",
    "半",
    "工作日",
    "day",
    "days",
    "week",
    "weeks",
    "hour",
    "hours",
    "minutes",
    "months",
];

/// What is to be left out, and whether it is rather to rest: `明天不用提醒` is of one day, `先停着` of none.
pub fn silent<'r>(rest: &'r str, lower: &str) -> Option<(&'r str, bool)> {
    if RESTS.iter().any(|rests| lower.starts_with(rests)) {
        return Some(("", true));
    }
    // Which one, is said before it.
    let at = SILENT.iter().find_map(|silent| lower.find(silent))?;
    let day = rest.get(..at).unwrap_or_default().trim();
    let long = STRETCHES.iter().any(|stretch| day.contains(stretch));
    // The next one is the one of this week.
    let week = ["这周", "本周", "这星期", "这礼拜", "这次"].contains(&day);
    Some((if long || week { "" } else { day }, long || lower.contains('先')))
}

/// By how much something is to come later, if that is all that is said.
pub fn later(said: &str) -> Option<String> {
    let front = LATER.iter().find_map(|word| said.strip_prefix(word));
    let behind = || LATER_BEHIND.iter().find_map(|word| said.strip_suffix(word));
    let by = front.or_else(behind)?.trim();
    let by = LATER_BEHIND.iter().find_map(|word| by.strip_suffix(word)).unwrap_or(by).trim();
    let by = by.strip_prefix("一下").unwrap_or(by).trim();
    is_length(by).then(|| by.to_owned())
}

/// By how much something is to come earlier, if that is all that is said.
pub fn earlier(said: &str) -> Option<String> {
    let front = EARLIER.iter().find_map(|word| said.strip_prefix(word));
    let behind = || EARLIER_BEHIND.iter().find_map(|word| said.strip_suffix(word));
    let by = front.or_else(behind)?.trim();
    let by = by.strip_prefix("一下").unwrap_or(by).trim();
    is_length(by).then(|| by.to_owned())
}

/// Whether words are a length of time: `两天`, `half an hour`.
fn is_length(by: &str) -> bool {
    let counts =
        by.starts_with(|c: char| c.is_ascii_digit() || "一两二三四五六七八九十几半".contains(c));
    let words = ["one ", "two ", "three ", "a ", "an ", "another ", "half "];
    let counts = counts || words.iter().any(|word| by.starts_with(word));
    counts && LENGTHS.iter().any(|length| by.ends_with(length))
}
