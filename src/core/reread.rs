//! What a line was read as, where its words plainly want something else: the line as it would have
//! been typed for that. Reads nothing itself, and is asked only about what was read.

use super::fields;
use crate::command::{Args, Invocation, Shape, sooner};
use crate::model::Lang;

/// Behind the word for tasks, these ask how they stand; they are no title.
const STANDS: [&str; 20] = [
    "完成情况",
    "完成情况如何",
    "完成得怎么样",
    "完成得怎么样了",
    "完成的怎么样了",
    "做得怎么样了",
    "怎么样了",
    "进行得怎么样了",
    "进度",
    "进度如何",
    "进度怎么样",
    "进展",
    "进展如何",
    "情况",
    "情况如何",
    "执行情况",
    "progress",
    "status",
    "how far",
    "how is it going",
];

/// What whoever speaks is not going to do. Longer spellings first.
const NOT_MINE: [&str; 15] = [
    "我不做",
    "我不干",
    "我不弄",
    "我不参",
    "我不负责",
    "我不用做",
    "我不用管",
    "我不用跟",
    "我不跟",
    "我不管",
    "我退出",
    "我做不了",
    "我没法做",
    "我弄不了",
    "不用我",
];

/// The line that is meant by one that was read so; `None` where it is what it was read as.
pub fn line(found: &Invocation) -> Option<String> {
    match &found.shape {
        Shape::Create if found.word == "task" => stands(found).or_else(|| whose(found)),
        Shape::Act(handle, verb) if verb == "remove" && handle.letter == 'T' => not_mine(found),
        Shape::Act(_, verb) if verb == "edit" => sooner_or_later(found),
        // `push it back a week`
        Shape::Act(_, verb) if verb == "snooze" && found.args.content.starts_with("it ") => {
            sooner_or_later(found)
        }
        Shape::Act(..) | Shape::Create | Shape::List | Shape::Show(_) => None,
    }
}

/// Whether a word only asks how tasks stand.
pub fn asks_how(word: &str) -> bool {
    STANDS.contains(&word.trim_end_matches(['?', '？', '。']))
}

/// `任务 @李雷 完成情况`: how his stand.
fn stands(found: &Invocation) -> Option<String> {
    let Args { content, people, tags, when, .. } = &found.args;
    if !asks_how(content) || found.args.quoted || when.is_some() || !tags.is_empty() {
        return None;
    }
    let noun = if found.lang == Lang::Zh { "任务" } else { "task" };
    let names: Vec<String> = people.iter().map(|name| format!(" @{name}")).collect();
    Some(format!("{noun}{}", names.concat()))
}

/// Apart from what is to be done, these are whose it is.
const WHOSE: [&str; 5] = ["我", "大家", "所有人", "全体", "全员"];

/// What is done with everybody, and not by them.
const WITH: [&str; 12] =
    ["通知", "告诉", "告知", "提醒", "感谢", "邀请", "召集", "和", "跟", "发", "给", "送"];

/// `任务 团建方案 大家 周五`, `任务 出差申请 我 周四`: the last word by itself is whose it is.
fn whose(found: &Invocation) -> Option<String> {
    let Args { content, people, quoted, .. } = &found.args;
    let (said, last) = content.rsplit_once(' ')?;
    let apart = WHOSE.contains(&last) && !WITH.iter().any(|with| said.ends_with(with));
    if *quoted || !people.is_empty() || !apart {
        return None;
    }
    let word = format!(" {last}");
    let at = found.line.rfind(&word)?;
    let (head, tail) = found.line.split_at(at);
    Some(format!("{head} @{last}{}", tail.strip_prefix(&word)?))
}

/// `T1 我不做了`: one less is to do it, and nothing is done away with.
fn not_mine(found: &Invocation) -> Option<String> {
    let said = behind_handles(&found.line);
    let mine = NOT_MINE.iter().any(|word| said.starts_with(word));
    mine.then(|| format!("{} 减 @我", handles(found)))
}

/// `T3 move it a day later`, `J1 改晚半小时`: so much from when it is, and no title.
fn sooner_or_later(found: &Invocation) -> Option<String> {
    let Args { people, pairs, .. } = &found.args;
    if !people.is_empty() || !pairs.is_empty() {
        return None;
    }
    let said = fields::behind_verb(&found.line, &found.typed)?.to_lowercase();
    // `move T3 a day earlier`
    let number = |word: &&str| {
        let digits = word.trim_end_matches([',', '、']).strip_prefix(['t', 'j', 'f']);
        digits.is_some_and(|d| !d.is_empty() && d.bytes().all(|b| b.is_ascii_digit()))
    };
    let said = said.split(' ').skip_while(number).collect::<Vec<_>>().join(" ");
    let said = ["it ", "this ", "the deadline "]
        .iter()
        .find_map(|word| said.strip_prefix(word))
        .unwrap_or(&said);
    let zh = found.lang == Lang::Zh;
    let (verb, by) = match (sooner::later(said), sooner::earlier(said)) {
        (Some(by), _) => (if zh { "延后" } else { "postpone" }, by),
        (None, Some(by)) => (if zh { "提前" } else { "bring forward by" }, by),
        (None, None) => return None,
    };
    Some(format!("{} {verb} {by}", handles(found)))
}

/// The records that a command is about, as they are typed.
fn handles(found: &Invocation) -> String {
    let first = found.handle().into_iter();
    let all = first.chain(found.also.iter().copied()).map(|handle| handle.to_string());
    all.collect::<Vec<_>>().join("、")
}

/// What stands behind the numbers a line begins with.
fn behind_handles(line: &str) -> &str {
    let loose = |c: char| c.is_ascii_alphanumeric() || c.is_whitespace() || "、,，".contains(c);
    line.trim_start_matches(loose)
}
