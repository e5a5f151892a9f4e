//! Something is to become of a record that is told by what it says: `海报文案往后推两天`, `鼠标垫不买了`,
//! `the poster copy is done`. It is always asked; of several records which one.

use super::acts::{actions, lang};
use super::plain::{CONTENT_CHARS_MIN, Wish, is_question};
use crate::core::commands::remind;
use crate::core::read;
use crate::core::turn::Turn;
use crate::model::Handle;
use crate::model::task::{Task, TaskState};
use crate::store::Order;
use crate::text::when;

/// Most records among which one is looked for.
const RECORDS_MAX: usize = 200;

/// Most lines that are offered.
const LINES_MAX: usize = 4;

/// Before what a record says. Longer spellings first.
const BEFORE: [&str; 9] =
    ["把", "将", "那个", "关于", "the ", "my ", "our ", "that ", "we don't need the "];

/// Behind what a record says, and no more of it. Longer spellings first.
const BEHIND: [&str; 22] = [
    "这个任务",
    "那个任务",
    "这个提醒",
    "那个提醒",
    "的任务",
    "的提醒",
    "的事情",
    "那件事",
    "这件事",
    "这事",
    "那事",
    "的事",
    "那个",
    "这个",
    "任务",
    "提醒",
    "那份",
    "这份",
    "已经",
    "的",
    "了",
    "都",
];

/// The same in English. Longer spellings first.
const BEHIND_EN: [&str; 4] = [" reminder", " task", " thing", " is"];

/// Orders before what a record says, with the verb that does it. Longer spellings first.
const ORDERS: [(&str, &str); 20] = [
    ("finish", "done"),
    ("complete", "done"),
    ("close", "done"),
    ("取消", "remove"),
    ("删掉", "remove"),
    ("删除", "remove"),
    ("完成了", "done"),
    ("做完了", "done"),
    ("搞定了", "done"),
    ("搞定", "done"),
    ("停用", "disable"),
    ("暂停", "disable"),
    ("关掉", "disable"),
    ("we don't need", "remove"),
    ("no need for", "remove"),
    ("cancel", "remove"),
    ("delete", "remove"),
    ("remove", "remove"),
    ("pause", "disable"),
    ("stop", "disable"),
];

/// The same where more follows what it says: `postpone the poster to Monday`, `推迟海报文案两天`.
const MOVES: [&str; 15] = [
    "推迟",
    "延后",
    "延期",
    "转交",
    "postpone",
    "push back",
    "push",
    "delay",
    "move",
    "reschedule",
    "reassign",
    "assign",
    "give",
    "hand",
    "mark",
];

/// What somebody says of a record that its words name.
pub fn told(turn: &mut Turn, text: &str) -> Option<Wish> {
    let latin = !text.chars().any(|c| ('\u{3400}'..='\u{9fff}').contains(&c));
    // `明天…` begins with no record.
    let dated = when::at_start(text, turn.reference()).is_some();
    if dated || is_question(text) || text.contains(['；', ';', '\n']) {
        return None;
    }
    let ends = |c: char| c.is_whitespace() || "。.！!~".contains(c);
    let lower = text.to_lowercase();
    let lower = lower.trim_end_matches(ends);
    let records = open(turn);
    let mut lines = Vec::new();
    let order = ORDERS.iter().find_map(|(word, verb)| Some((verb, lower.strip_prefix(word)?)));
    let moves = MOVES.iter().find_map(|word| Some((*word, lower.strip_prefix(word)?)));
    let moves = moves.filter(|(_, rest)| !latin || rest.starts_with(' '));
    for (handle, title) in &records {
        let line = match (order, moves) {
            (Some((verb, rest)), _) => ordered(turn, *handle, title, (*verb, rest), latin),
            (None, Some((verb, rest))) => moved(turn, *handle, title, (verb, rest), latin),
            (None, None) => said(turn, *handle, title, lower, latin),
        };
        // Likeliest is the record of which most is said.
        lines.extend(line);
    }
    let most = lines.iter().map(|(length, _)| *length).max()?;
    let lines = lines.into_iter().filter(|(length, _)| *length == most).map(|(_, lines)| lines);
    let lines = lines.flatten().take(LINES_MAX).map(|line| as_typed(&line, text));
    Some(Wish::Ask(lines.collect()))
}

/// A line in which the words of a text are spelled as they were typed: names and days.
fn as_typed(line: &str, text: &str) -> String {
    let typed = |word: &str| {
        let found = text.split(' ').find(|typed| typed.eq_ignore_ascii_case(word));
        found.unwrap_or(word).to_owned()
    };
    line.split(' ').map(typed).collect::<Vec<_>>().join(" ")
}

/// Asks how a record stands, behind what it says.
const HOW: [&str; 22] = [
    "几点",
    "哪天",
    "何时",
    "开了",
    "做得",
    "做到",
    "做完",
    "写完",
    "写得",
    "弄完",
    "完成",
    "搞定",
    "好了",
    "怎么样",
    "咋样",
    "进度",
    "进展",
    "什么时候",
    "几号",
    "谁在",
    "是谁",
    "到哪",
];

/// `海报文案做得怎么样了`: the record that says so, shown.
pub fn asked(turn: &mut Turn, text: &str) -> Option<Wish> {
    let lower = text.to_lowercase();
    if let Some(wish) = english(turn, &lower) {
        return Some(wish);
    }
    let asks = is_question(text) || lower.ends_with("进度") || lower.ends_with("进展");
    let how = |text: &str| HOW.iter().any(|how| behind(text).starts_with(how));
    if !asks || !HOW.iter().any(|how| lower.contains(how)) {
        return None;
    }
    let found: Vec<(usize, Handle)> = open(turn)
        .iter()
        .filter_map(|(handle, title)| {
            let end = named_until(&lower, title, false)?;
            how(&lower[end..]).then_some((end, *handle))
        })
        .collect();
    let most = found.iter().map(|(end, _)| *end).max()?;
    let all = found.iter().filter(|(end, _)| *end == most).map(|(_, handle)| *handle);
    let handles: Vec<String> = all.take(LINES_MAX).map(|handle| handle.to_string()).collect();
    let read = read::read(turn, &handles.join(" ")).ok()?;
    Some(Wish::Do(Box::new(read)))
}

/// Asks how something stands, before what it is.
const HOW_EN: [&str; 12] = [
    "when is ",
    "when's ",
    "when are ",
    "where is ",
    "how's ",
    "how is ",
    "how are ",
    "what's the status of ",
    "status of ",
    "progress on ",
    "any news on ",
    "what about ",
];

/// Behind it.
const GOING: [&str; 6] = [" due", " going", " coming along", " doing", " coming", " so far"];

/// `how's the poster copy going?`
fn english(turn: &mut Turn, lower: &str) -> Option<Wish> {
    let rest = HOW_EN.iter().find_map(|how| lower.strip_prefix(how))?;
    let rest = rest.trim_end_matches(['?', '.', '!', ' ']);
    let rest = GOING.iter().find_map(|going| rest.strip_suffix(going)).unwrap_or(rest);
    let what = bare(rest);
    what.chars().nth(CONTENT_CHARS_MIN)?;
    let found = open(turn).into_iter().find(|(_, title)| title.contains(what));
    let (handle, _) = found?;
    // With the word before it, so that the answer is in its language.
    let noun = &turn.core.catalogue.noun_of(handle.letter)?.en.name;
    let read = read::read(turn, &format!("{noun} {handle}")).ok()?;
    Some(Wish::Do(Box::new(read)))
}

/// The open records here, with what they say in lower case.
fn open(turn: &mut Turn) -> Vec<(Handle, String)> {
    let tasks = turn.list::<Task>(RECORDS_MAX, Order::Down).into_iter();
    let tasks = tasks.filter(|(_, task)| task.state == TaskState::Open);
    let mut all: Vec<(Handle, String)> = tasks
        .map(|(number, task)| (Handle { letter: 'T', number }, task.title.to_lowercase()))
        .collect();
    let reminders = remind::to_come(turn).into_iter().take(RECORDS_MAX);
    all.extend(
        reminders.map(|(number, reminder)| {
            (Handle { letter: 'J', number }, reminder.text.to_lowercase())
        }),
    );
    all
}

/// `取消海报文案`: the verb, where all behind it is what the record says.
fn ordered(
    turn: &Turn,
    handle: Handle,
    title: &str,
    (verb, rest): (&str, &str),
    latin: bool,
) -> Option<(usize, Vec<String>)> {
    let what = bare(rest);
    let long = what.chars().nth(CONTENT_CHARS_MIN - 1).is_some();
    let noun = turn.core.catalogue.noun_of(handle.letter)?;
    let fits = noun.verbs.iter().any(|own| own == verb);
    let says = title.contains(what) || what.contains(title);
    let name = &turn.core.catalogue.word(verb)?.names(lang(latin)).name;
    (long && fits && says).then(|| (what.len(), vec![format!("{handle} {name}")]))
}

/// `postpone the poster to Monday`: the verb, what the record says, and where to.
fn moved(
    turn: &mut Turn,
    handle: Handle,
    title: &str,
    (verb, rest): (&str, &str),
    latin: bool,
) -> Option<(usize, Vec<String>)> {
    let rest = rest.trim_start();
    let rest = BEFORE.iter().find_map(|word| rest.strip_prefix(word)).unwrap_or(rest);
    let end = named_until(rest, title, latin)?;
    let to = behind(&rest[end..]);
    let action = match verb {
        "mark" => to.strip_prefix("as ").unwrap_or(to).to_owned(),
        "转交" => format!("转{to}"),
        _ => format!("{verb} {to}"),
    };
    let lines = actions(turn, handle, &action, latin);
    (!to.is_empty() && !lines.is_empty()).then_some((end, lines))
}

/// `海报文案往后推两天`: as much of the beginning as the record says, then what is done.
fn said(
    turn: &mut Turn,
    handle: Handle,
    title: &str,
    text: &str,
    latin: bool,
) -> Option<(usize, Vec<String>)> {
    let text = BEFORE.iter().find_map(|word| text.strip_prefix(word)).unwrap_or(text);
    let end = named_until(text, title, latin)?;
    let lines = actions(turn, handle, behind(&text[end..]), latin);
    (!lines.is_empty()).then_some((end, lines))
}

/// How much of the beginning of a text a record says, if that is enough to name it.
fn named_until(text: &str, title: &str, latin: bool) -> Option<usize> {
    let ends = text.char_indices().map(|(at, c)| at + c.len_utf8()).take(TITLE_CHARS_MAX);
    let whole = |end: &usize| !latin || !text[*end..].starts_with(char::is_alphanumeric);
    let named = |end: &usize| title.contains(text[..*end].trim_end());
    let ends: Vec<usize> = ends.take_while(named).filter(whole).collect();
    let end = ends.into_iter().next_back()?;
    let what = text[..end].trim();
    // Two characters in the middle of a title are mostly a part of a word.
    let edge = title.starts_with(what) || title.ends_with(what);
    what.chars().nth(if edge { CONTENT_CHARS_MIN - 1 } else { CONTENT_CHARS_MIN })?;
    Some(end)
}

/// Longest beginning that is compared, in characters.
const TITLE_CHARS_MAX: usize = 40;

/// Without what says no more around the words of a record.
fn bare(text: &str) -> &str {
    let text = text.trim();
    let text = BEFORE.iter().find_map(|word| text.strip_prefix(word)).unwrap_or(text);
    let text = text.trim_end_matches(['吧', '了', '啊']);
    let text = ["anymore", "any more"].iter().find_map(|w| text.strip_suffix(w)).unwrap_or(text);
    let text = text.trim();
    let all = || BEHIND.iter().chain(&BEHIND_EN);
    all().find_map(|word| text.strip_suffix(word)).unwrap_or(text).trim()
}

/// What is done, without what only says that the record was named.
fn behind(text: &str) -> &str {
    let mut rest = text;
    for word in BEHIND_EN {
        rest = rest.strip_prefix(word).unwrap_or(rest);
    }
    rest = rest.trim_start_matches([' ', ',', '，']);
    for word in BEHIND {
        rest = rest.strip_prefix(word).unwrap_or(rest);
    }
    rest.trim_start_matches([' ', ',', '，'])
}
