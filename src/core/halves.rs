//! The second half of an edit that is not read: what stands behind the date or the people and is no
//! title, but asks for something more. Reads nothing out of it; it is refused as it stands.

use super::fields;
use crate::command::{Args, joints};

/// The verbs that would take the rest as a title, or leave it out.
const EDIT: &str = "edit";
const SNOOZE: &str = "snooze";

/// What records of a date and a title are called.
const NOUNS: [&str; 3] = ["task", "remind", "follow"];

/// Fields whose value is taken as it is written.
const TEXTS: [&str; 8] = ["标题", "题目", "内容", "名称", "名字", "title", "text", "name"];

/// Other fields, as a second half names them.
const FIELDS: [&str; 10] =
    ["截止时间", "截止日期", "截止", "时间", "日期", "负责人", "deadline", "time", "date", "due"];

/// Behind such a field, the beginning of another value.
const BECOMES: [&str; 10] =
    ["改成", "改为", "改到", "换成", "设为", "调到", " to ", "=", ":", "："];

/// What a second half begins with.
const BEGINS: [&str; 46] = [
    "并",
    "也",
    "然后",
    "同时",
    "另外",
    "顺便",
    "以及",
    "且",
    "而且",
    "还要",
    "还得",
    "还有",
    "还加",
    "还给",
    "还叫",
    "还让",
    "还通知",
    "还提醒",
    "还需",
    "还@",
    "再加",
    "再给",
    "再叫",
    "再让",
    "再通知",
    "再提醒",
    "再转",
    "再发给",
    "再把",
    "再@",
    "加上",
    "因为",
    "原因",
    "由于",
    "理由",
    "除了",
    "不包括",
    "and ",
    "also ",
    "then ",
    "plus ",
    "as well as ",
    "because ",
    "since ",
    "except ",
    "excluding ",
];

/// What begins like one, and is a word of a title.
const TITLES: [&str; 13] = [
    "并购",
    "并网",
    "并行",
    "并联",
    "并案",
    "并表",
    "并轨",
    "并排",
    "并发症",
    "并发测试",
    "也门",
    "原因分析",
    "理由书",
];

/// What a second half ends with.
const ENDS: [&str; 9] =
    ["一起", "除外", "也要", "也是", "也算", " too", " also", " as well", " excepted"];

/// What is left of the second half where its people were read: `并发给 @王芳`.
const VERBS: [&str; 30] = [
    "",
    "发",
    "发给",
    "转",
    "转给",
    "交",
    "交给",
    "给",
    "加",
    "加上",
    "通知",
    "提醒",
    "告诉",
    "抄送",
    "抄送给",
    "叫",
    "叫上",
    "让",
    "请",
    "找",
    "add",
    "give",
    "give it",
    "send",
    "send it",
    "notify",
    "tell",
    "remind",
    "assign",
    "cc",
];

/// How many characters may stand before 也 in a second half about somebody: `韩梅梅也参加`.
const NAME_CHARS_MAX: usize = 4;

/// The part of a command that asks for something more and would become a title or be left out, as
/// it was typed; `word` is the noun's key, `verb` the verb's.
pub fn unread(word: &str, verb: &str, args: &Args, line: &str) -> Option<String> {
    if !NOUNS.contains(&word) || args.quoted {
        return None;
    }
    let rest = match verb {
        EDIT => field(args, line).or_else(|| joined(args))?,
        SNOOZE => behind(args)?,
        _ => return None,
    };
    // The people it names were taken out of it: it is shown as it was typed.
    let part = line.find(rest).and_then(|at| line.get(at..)).unwrap_or(rest);
    Some(part.trim().to_owned())
}

/// Another field in the value of a title: `内容为 打卡，时间改成8:50`.
fn field<'a>(args: &'a Args, line: &str) -> Option<&'a str> {
    let texts = args.pairs.iter().filter(|(key, _)| TEXTS.contains(&key.as_str()));
    texts.map(|(_, value)| value.as_str()).find_map(|value| {
        let quoted = line
            .find(value)
            .is_some_and(|at| line[..at].ends_with(['"', '“', '「', '『', '‘', '\'', '《']));
        let named = |rest: &&str| {
            let lower = rest.to_lowercase();
            let behind = FIELDS.iter().find_map(|field| lower.strip_prefix(field));
            behind.is_some_and(|behind| BECOMES.iter().any(|to| behind.starts_with(to)))
        };
        let marks = value.match_indices(['，', ',', '；', ';']);
        let mut rests = marks.map(|(at, mark)| value[at + mark.len()..].trim_start());
        rests.find(named).filter(|_| !quoted)
    })
}

/// Behind a date or people, what begins with a joint, ends with one, or is one with its verb.
fn joined(args: &Args) -> Option<&str> {
    let people = !args.people.is_empty();
    if !people && args.when.is_none() && args.every.is_none() && args.tags.is_empty() {
        return None;
    }
    let rest = trimmed(&args.content);
    let lower = rest.to_lowercase();
    if fields::says_no_more(&lower) || TITLES.iter().any(|title| lower.starts_with(title)) {
        return None;
    }
    let begins = BEGINS.iter().any(|word| lower.starts_with(word) || lower == word.trim_end());
    let ends = ENDS.iter().any(|word| lower.ends_with(word));
    let also = lower.chars().take(NAME_CHARS_MAX + 1).any(|c| c == '也');
    if begins || ends || also {
        return Some(rest);
    }
    // Cut from the text as typed: in lower case it may be of another length.
    let joint = |joint: &str| {
        let at = rest.rfind(joint)?;
        let verb = rest[at + joint.len()..].trim();
        let verb = verb.strip_suffix(" to").unwrap_or(verb);
        VERBS.contains(&verb).then(|| rest[at..].trim_start())
    };
    joints::HALVES.iter().find_map(|word| joint(word)).filter(|_| people)
}

/// What stands beside the date something is put off to, and is not read.
fn behind(args: &Args) -> Option<&str> {
    args.when.as_ref()?;
    let rest = trimmed(&args.content);
    (!rest.is_empty() && !fields::says_no_more(&rest.to_lowercase())).then_some(rest)
}

/// Without the marks around it, and what closes a polite sentence.
fn trimmed(content: &str) -> &str {
    let mark = |c: char| c.is_whitespace() || "，,、；;。.!！~～".contains(c);
    content.trim_matches(mark).trim_end_matches(['吧', '了', '哈', '啊']).trim_matches(mark)
}
