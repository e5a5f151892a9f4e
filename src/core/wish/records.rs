//! Something is to become of records that are not named by their numbers: `恢复 T28`, `打错了`,
//! `买菜完成了`, `删除所有任务`.

use super::plain::{CONTENT_CHARS_MIN, Wish, plain};
use crate::command::catalogue::Names;
use crate::core::read;
use crate::core::turn::Turn;
use crate::model::task::{Task, TaskState};
use crate::model::{Handle, Lang};
use crate::store::Order;

/// A number to show how records are named.
const EXAMPLE_NUMBER: u32 = 1;

/// Most lines that are offered.
const LINES_MAX: usize = 3;

/// Words that do away with a record, before the name of a noun.
const GONE: [&str; 9] =
    ["删除", "删掉", "删", "取消", "清空", "不要", "delete", "remove", "cancel"];

/// Brings back what was removed.
const BACK: [&str; 6] = ["恢复", "找回", "还原", "restore", "bring back", "recover"];

/// Something went wrong just now.
const MISTAKES: [&str; 19] = [
    "刚才那个不算",
    "刚才的不算",
    "刚才那条不算",
    "刚刚那个不算",
    "打错",
    "写错",
    "说错",
    "弄错",
    "搞错",
    "发错",
    "点错",
    "刚才那个不要",
    "刚才的不要",
    "刚刚那个不要",
    "刚才那个取消",
    "my mistake",
    "that was wrong",
    "wrong one",
    "cancel that",
];

/// Longest order to undo, in characters.
const UNDO_CHARS_MAX: usize = 12;

/// Ends what says that something is done. Longer spellings first.
const FINISHED: [&str; 31] = [
    "已经完成了",
    "已完成",
    "完成了",
    "做完了",
    "搞定了",
    "办完了",
    "办好了",
    "弄完了",
    "弄好了",
    "做好了",
    "写完了",
    "写好了",
    "改完了",
    "改好了",
    "发完了",
    "发出去了",
    "确认好了",
    "确认完了",
    "处理完了",
    "处理好了",
    "提交了",
    "交上去了",
    "完成",
    "做完",
    "搞定",
    " is all done",
    " is done",
    " is finished",
    " is complete",
    " is completed",
    " done",
];

/// Begins it, in English.
const FINISHED_FIRST: [&str; 12] = [
    "i have finished ",
    "i've finished ",
    "i finished ",
    "i have completed ",
    "i've completed ",
    "i completed ",
    "i've done ",
    "i am done with ",
    "i'm done with ",
    "im done with ",
    "done with ",
    "finished ",
];

/// Behind the words of a title, and no part of it. Longer spellings first.
const THAT: [&str; 12] = [
    "那个任务",
    "这个任务",
    "那个",
    "这个",
    "那件事",
    "这件事",
    "的事",
    "那份",
    "这份",
    "都",
    "已经",
    "我",
];

/// Most tasks among which one is looked for by its title.
const TITLES_MAX: usize = 200;

/// The verb and the kind of records that `删除所有任务`, `cancel my reminders` would do away with, as
/// one of their numbers: they are named one by one.
pub fn verb_alone(turn: &Turn, text: &str) -> Option<(&'static str, Handle, Lang)> {
    let text = plain(text)?.to_lowercase();
    if is_all_done(&text) {
        return Some(("done", Handle { letter: 'T', number: EXAMPLE_NUMBER }, Lang::Zh));
    }
    let rest = GONE.iter().find_map(|gone| text.strip_prefix(gone))?;
    let rest = ["所有的", "所有", "全部", "我的", "一个", "这个", " all", " my", " the", " that"]
        .iter()
        .fold(rest, |rest, word| rest.strip_prefix(word).unwrap_or(rest));
    let rest = rest.trim_end_matches(['了', '吧', '。', '！']).trim();
    let named = |names: &Names| {
        let mut names = std::iter::once(&names.name).chain(&names.aliases);
        names.any(|name| rest == name || rest.strip_suffix('s') == Some(name))
    };
    turn.core.catalogue.words().iter().find_map(|word| {
        let lang = match (named(&word.zh), named(&word.en)) {
            (true, _) => Lang::Zh,
            (false, true) => Lang::En,
            (false, false) => return None,
        };
        let removed = word.verbs.iter().any(|verb| verb == "remove");
        let letter = word.letter.filter(|_| removed)?;
        Some(("remove", Handle { letter, number: EXAMPLE_NUMBER }, lang))
    })
}

/// `恢复 T28`: the last thing that was done to it is undone.
pub fn brought_back(turn: &mut Turn, text: &str) -> Option<Wish> {
    let lower = text.to_lowercase();
    // `把T1恢复`
    let turned = lower.strip_prefix('把').and_then(|rest| {
        let rest = rest.trim_end_matches(['了', '吧', '。', '一', '下']);
        BACK.iter().find_map(|back| Some(format!("{back} {}", rest.strip_suffix(back)?)))
    });
    let lower = turned.unwrap_or(lower);
    let (back, rest) = BACK.iter().find_map(|back| Some((back, lower.strip_prefix(back)?)))?;
    let rest = rest.trim();
    let handle = rest.trim_end_matches(['了', '吧', '。']).to_uppercase();
    let undo = if back.is_ascii() { "undo" } else { "撤销" };
    let line = format!("{undo} {handle}");
    let read = read::read(turn, &line).ok()?;
    let named = read.word == "undo" && !read.args.handles.is_empty();
    (named && read.args.content.is_empty()).then(|| Wish::Ask(vec![line]))
}

/// `打错了`: the last step may be meant.
pub fn mistaken(text: &str) -> Option<Wish> {
    let lower = text.to_lowercase();
    let says = |words: &[&str]| words.iter().any(|word| lower.contains(word));
    // `把刚才的撤销掉`
    if says(&["刚才", "刚刚", "上一步", "上一条", "上一个"])
        && says(&["撤销", "撤回", "撤消", "收回"])
        && lower.chars().nth(UNDO_CHARS_MAX).is_none()
    {
        return Some(Wish::Ask(vec!["撤销".to_owned()]));
    }
    let found = MISTAKES.iter().find(|word| lower.starts_with(**word))?;
    Some(Wish::Ask(vec![if found.is_ascii() { "undo" } else { "撤销" }.to_owned()]))
}

/// `买菜完成了`: the open task of that title.
pub fn finished(turn: &mut Turn, text: &str) -> Option<Wish> {
    let lower = text.to_lowercase();
    let lower = lower.trim_end_matches(['。', '.', '！', '!']);
    let ended =
        FINISHED.iter().find_map(|end| Some((lower.strip_suffix(end)?.trim(), end.is_ascii())));
    let begun = || FINISHED_FIRST.iter().find_map(|first| Some((lower.strip_prefix(first)?, true)));
    let (mut what, latin) = ended.or_else(begun)?;
    what =
        ["the ", "my ", "把", "我"].iter().find_map(|lead| what.strip_prefix(lead)).unwrap_or(what);
    while let Some(shorter) = THAT.iter().find_map(|that| what.strip_suffix(that)) {
        what = shorter.trim_end();
    }
    // `1号任务完成了`
    let number =
        what.trim_end_matches("任务").trim_end_matches(['号', '的']).trim_start_matches('第');
    if let Ok(number) = number.parse::<u32>() {
        return Some(Wish::Ask(vec![format!("T{number} {}", if latin { "done" } else { "完成" })]));
    }
    what.chars().nth(CONTENT_CHARS_MIN - 1)?;
    let open = |task: &Task| task.state == TaskState::Open;
    let tasks = turn.list::<Task>(TITLES_MAX, Order::Down).into_iter();
    let fits = |task: &Task| {
        let title = task.title.to_lowercase();
        title.contains(what) || what.contains(&title)
    };
    let found = tasks.filter(|(_, task)| open(task) && fits(task)).take(LINES_MAX);
    let done = if latin { "done" } else { "完成" };
    let lines: Vec<String> = found.map(|(number, _)| format!("T{number} {done}")).collect();
    (!lines.is_empty()).then_some(Wish::Ask(lines))
}

/// What may be said of all tasks at once, besides that they are done.
const ALL: [&str; 11] =
    ["把", "所有", "全部", "今天", "我的", "这些", "任务", "都", "的", "了", "已经"];

/// `今天的任务都完成了`: of which, nobody says.
fn is_all_done(text: &str) -> bool {
    let rest = ALL.iter().fold(text.to_owned(), |rest, word| rest.replace(word, ""));
    ["完成", "做完", "搞定", "办完"].contains(&rest.trim_matches([' ', '。', '！']))
        && rest.len() < text.len()
}
