//! Colleagues who are named in a task without an @: theirs where that is plain (`我和王芳 对账`), else it
//! is asked whose it is, in lines that work. Says nothing itself.

use super::named::{is_apart, marked, names_at, put};
use super::people::{self, NAMED_MAX};
use super::refusal::{Cannot, Refusal};
use super::turn::Turn;
use crate::command::{Invocation, joints};
use crate::model::Lang;
use crate::text::when;

/// What a task with such names is.
pub enum Whose {
    /// This line, in which they are @-ed.
    Plain(String),
    /// One of several, or nothing that can be had.
    Unclear(Refusal),
}

/// Behind a name in brackets: it is theirs to do.
const DOES: [&str; 8] = ["负责", "来做", "做", "跟进", "处理", "执行", "来办", "办"];

/// The same before it.
const BY: [&str; 7] = ["负责人：", "负责人:", "负责人", "由", "给", "owner: ", "@"];

/// The same behind a name where a clause begins. Longer spellings first.
const OWNS: [&str; 28] = [
    "来做",
    "来写",
    "来办",
    "来处理",
    "来负责",
    "来跟进",
    "来弄",
    "来搞",
    "来盯",
    "来跟",
    "去弄",
    "去办",
    "牵头",
    "主办",
    "主笔",
    "owns this",
    "owns it",
    "will own it",
    "will do it",
    "does it",
    "will take it",
    "takes it",
    "is in charge",
    "is responsible",
    "is the owner",
    "to own it",
    "has this one",
    "has it",
];

/// So many of these are Chinese and begin with 来.
const OWNS_ZH: usize = 10;

/// Before a name that is all a clause says.
const LED: [&str; 2] = ["归", "找"];

/// Said of what several do.
const TOGETHER: [&str; 3] = ["一起", "一块", "共同"];

/// Each of all.
const EACH: [&str; 5] = ["每人", "每个人", "人人", "每位同事", "各自"];

/// Before somebody with whom it is done.
const WITH: [&str; 4] = ["和", "跟", "与", "同"];

/// Longest Chinese name that stands beside another without a joint.
const NAME_CHARS_MAX: usize = 4;

/// Whose a new task is that names people without an @; `None` where it names none so.
pub fn whose(turn: &mut Turn, invocation: &Invocation) -> Option<Whose> {
    if invocation.args.quoted || !invocation.args.people.is_empty() {
        return None;
    }
    let line = invocation.line.as_str();
    let from = line.len() - invocation.behind().len();
    if !may_name(&line[from..]) {
        return None;
    }
    let known = people::names(turn);
    each(turn, invocation, &known, from)
        .or_else(|| first(&known, line, from))
        .or_else(|| together(&known, line, from))
        .or_else(|| bracketed(&known, line, from))
        .or_else(|| charged(&known, line, from))
        .or_else(|| apart(turn, &known, line, from))
}

/// Whether somebody may be named as these readers look for them: most tasks name nobody, and the
/// directory need not be read for them.
fn may_name(text: &str) -> bool {
    let says = |at: usize| {
        let mut words = EACH
            .iter()
            .chain(&joints::NAMES)
            .chain(&LED)
            .chain(&["牵头", "主办", "主笔", "我", "me ", "（", "("])
            .chain(&OWNS[..OWNS_ZH]);
        words.any(|word| text[at..].starts_with(word))
    };
    if text.char_indices().any(|(at, c)| opens_a_name(c) && says(at)) {
        return true;
    }
    let words: Vec<&str> = text
        .split([' ', '\u{3000}', '，', ',', '：', ':'])
        .filter(|word| !word.is_empty())
        .collect();
    words.windows(2).any(|two| two.iter().all(|word| is_like_a_name(word)))
}

/// What all of `EACH`, the joints between names and what else is looked for begin with: most of a
/// line is passed over at a glance.
fn opens_a_name(c: char) -> bool {
    matches!(
        c,
        '每' | '人'
            | '各'
            | ','
            | '还'
            | '以'
            | '和'
            | '与'
            | '及'
            | '跟'
            | '同'
            | '、'
            | 'a'
            | '&'
            | '+'
            | '我'
            | '来'
            | 'm'
            | '牵'
            | '主'
            | '归'
            | '找'
            | '（'
            | '('
    )
}

/// Any word of few Chinese characters.
fn is_like_a_name(word: &str) -> bool {
    // Those take three bytes each; letters of Europe take two at most.
    word.chars().filter(|c| c.len_utf8() > 2).count() <= NAME_CHARS_MAX
}

/// `我和王芳 对账`, `for me and Ben to clean up`.
fn first(known: &[String], line: &str, from: usize) -> Option<Whose> {
    let rest = &line[from..];
    let start = from + rest.len() - rest.strip_prefix("for ").unwrap_or(rest).len();
    let found = names_at(known, &line[start..])?;
    let end = start + found.end;
    let mine = found.names.iter().any(|name| name == "我");
    if !mine || found.names.len() < 2 || !(is_apart(line, end) || joined(&line[end..])) {
        return None;
    }
    let behind = line[end..].trim_start();
    let end = line.len() - behind.strip_prefix("to ").unwrap_or(behind).len();
    Some(Whose::Plain(put(line, from..end, &marked(&found.names))))
}

/// `和王芳一起布置会场`: hers as well?
fn together(known: &[String], line: &str, from: usize) -> Option<Whose> {
    let rest = &line[from..];
    let with = WITH.iter().find_map(|with| rest.strip_prefix(with))?;
    let start = line.len() - with.len();
    let found = names_at(known, with)?;
    let end = start + found.end;
    let behind = joined(&line[end..]).then_some(&line[end..])?.trim_start();
    let end = line.len() - behind.len();
    let work = TOGETHER.iter().find_map(|word| behind.strip_prefix(word))?;
    let both = put(line, from..line.len() - work.len(), &format!("@我 {}", marked(&found.names)));
    let part = line[from..end].to_owned();
    Some(which(part, vec![both, format!("{line} @我")]))
}

/// `修打印机（王芳）`, `修电脑（韩梅梅负责）`.
fn bracketed(known: &[String], line: &str, from: usize) -> Option<Whose> {
    let open = from + line[from..].find(['（', '('])?;
    let close = open + line[open..].find(['）', ')'])?;
    let inside = &line[open + line[open..].chars().next()?.len_utf8()..close];
    let (mut name, mut does) = (inside.trim(), false);
    while let Some(rest) = BY.iter().find_map(|by| name.strip_prefix(by)) {
        (name, does) = (rest.trim_start(), true);
    }
    while let Some(rest) = DOES.iter().find_map(|word| name.strip_suffix(word)) {
        (name, does) = (rest.trim_end(), true);
    }
    let found = names_at(known, name).filter(|found| found.end == name.len())?;
    let end = close + line[close..].chars().next()?.len_utf8();
    let theirs = put(line, open..end, &marked(&found.names));
    Some(match does {
        true => Whose::Plain(theirs),
        false => which(line[open..end].to_owned(), vec![theirs, format!("{line} @我")]),
    })
}

/// `修门锁 王芳来弄`, `fix login, Ben owns it`, `修门锁 归王芳`: a clause says whose it is; `找王芳` may only say
/// whom to see about it.
fn charged(known: &[String], line: &str, from: usize) -> Option<Whose> {
    let mark = |c: char| c.is_whitespace() || "，,：:；;。".contains(c);
    let begins = |at: &usize| *at == from || line[..*at].ends_with(mark);
    let places = line.char_indices().map(|(at, _)| at).filter(|at| *at >= from).filter(begins);
    for at in places {
        let rest = &line[at..];
        let led = LED.iter().find_map(|lead| Some((lead, rest.strip_prefix(lead)?)));
        let (start, lead) = led.map_or((at, None), |(lead, _)| (at + lead.len(), Some(*lead)));
        let Some(found) = names_at(known, &line[start..]) else { continue };
        let end = start + found.end;
        let behind = line[end..].trim_start();
        let does = OWNS.iter().find_map(|owns| behind.strip_prefix(owns));
        // `任务 王芳：写周报`
        let named = at == from && lead.is_none() && found.names.len() == 1;
        let does = does.or_else(|| behind.strip_prefix([':', '：']).filter(|_| named));
        let end = does.map_or(end, |behind| line.len() - behind.len());
        let colon = line[..end].ends_with([':', '：']);
        if !colon && !is_apart(line, end) && !line[end..].starts_with('.')
            || lead.is_none() && does.is_none()
        {
            continue;
        }
        let theirs = put(line, at..end, &marked(&found.names));
        return Some(match lead {
            Some("找") => which(line[at..end].to_owned(), vec![theirs, format!("{line} @我")]),
            Some(_) | None => Whose::Plain(theirs),
        });
    }
    None
}

/// `搬家 王芳和韩梅梅 周六`: several names that stand apart from the words.
fn apart(turn: &Turn, known: &[String], line: &str, from: usize) -> Option<Whose> {
    // `李雷和韩梅梅明天去客户那`: a date may follow without a blank.
    let each = ["各", "都", "分别", "一起", "一块", "共同", "轮流"];
    let ends = |at: usize| {
        is_apart(line, at)
            || each.iter().any(|word| line[at..].starts_with(word))
            || when::at_start(&line[at..], turn.reference()).is_some()
    };
    let begins = |at: &usize| {
        *at == from || line[..*at].ends_with(|c: char| c.is_whitespace() || "，,：:".contains(c))
    };
    let places = line.char_indices().map(|(at, _)| at).filter(|at| *at >= from);
    let (at, found) = places.filter(begins).find_map(|at| {
        let found = names_at(known, &line[at..])?;
        (found.names.len() > 1 && ends(at + found.end)).then_some((at, found))
    })?;
    let span = at..at + found.end;
    let theirs = put(line, span.clone(), &marked(&found.names));
    Some(which(line[span].to_owned(), vec![theirs, format!("{line} @我")]))
}

/// `周报 每人一份`: a task needs names.
fn each(turn: &Turn, invocation: &Invocation, known: &[String], from: usize) -> Option<Whose> {
    let line = invocation.line.as_str();
    let says = |word: &str| EACH.iter().any(|each| word.starts_with(each));
    let part = line[from..].split_whitespace().find(|word| says(word))?.to_owned();
    if turn.scope().is_direct() {
        return None;
    }
    let all = (known.len() <= NAMED_MAX).then(|| put(line, from..from, &marked(known)));
    let lines = all.into_iter().chain([format!("{line} @我")]).collect();
    Some(Whose::Unclear(Refusal::Cannot { what: Cannot::TaskForAll, part, lines }))
}

fn which(part: String, lines: Vec<String>) -> Whose {
    Whose::Unclear(Refusal::Which { part, lines })
}

fn joined(rest: &str) -> bool {
    TOGETHER.iter().any(|word| rest.trim_start().starts_with(word))
}

/// Done with somebody, and no errand of both: `提醒我和王芳开会`.
const MEETS: [&str; 22] = [
    "开会",
    "对账",
    "对一下",
    "见面",
    "吃",
    "聊",
    "谈",
    "沟通",
    "讨论",
    "确认",
    "核对",
    "商量",
    "碰",
    "约",
    "签",
    "面谈",
    "电话",
    "视频",
    "对接",
    "过一",
    "联系",
    "开",
];

/// `提醒我和王芳去接客户`: is she told as well, or does it go with her?
pub fn told(turn: &mut Turn, invocation: &Invocation, content: &str) -> Option<Refusal> {
    if invocation.args.quoted || invocation.lang == Lang::En {
        return None;
    }
    let joint = WITH.iter().find(|with| content.starts_with(**with))?;
    let known = people::names(turn);
    let found = names_at(&known, &content[joint.len()..])?;
    let rest = &content[joint.len() + found.end..];
    let mine = joints::is_mine(&invocation.typed);
    let fits = mine && invocation.args.people.is_empty()
        || found.names == ["我"] && !invocation.args.people.is_empty();
    let meets = rest.trim().is_empty() || MEETS.iter().any(|word| rest.starts_with(word));
    if !fits || meets || rest.starts_with(char::is_whitespace) {
        return None;
    }
    let said = &content[..joint.len() + found.end];
    let at = invocation.line.find(said)?;
    let span = at..at + said.len();
    let apart = format!("{} {}", &invocation.line[..span.end], &invocation.line[span.end..]);
    let with = format!("（{said}）");
    let only = put(&invocation.line, span, "");
    Some(Refusal::Which { part: said.to_owned(), lines: vec![apart, format!("{only}{with}")] })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_may_name_somebody_is_looked_at() {
        for word in EACH.iter().chain(&joints::NAMES) {
            assert!(word.starts_with(opens_a_name), "{word}");
        }
        for text in
            ["周报 每人一份", "我 对账", "me to do", "修电脑（甲）", "甲以及乙", "王芳 对账"]
        {
            assert!(may_name(text), "{text}");
        }
        assert!(!may_name("整理本季度的周会纪要 abc123"));
    }
}
