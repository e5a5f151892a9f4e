//! What is to happen only on a condition (`没回就告诉陈经理`, `unless he replies`): nobody here can wait
//! for one, so that it is refused with the line that works without, and the one that keeps it as
//! text. What stands in quotation marks is text.

use std::ops::Range;

use super::people;
use super::read;
use super::refusal::{Cannot, Refusal};
use super::turn::Turn;
use crate::command::{Invocation, Shape};
use crate::model::Lang;

/// Words whose records something could be made of.
const MADE: [&str; 3] = ["task", "remind", "follow"];

/// Begins a condition in Chinese, at the beginning of a clause or with a `就` behind it.
const IF: [&str; 10] =
    ["如果", "要是", "假如", "倘若", "若是", "万一", "一旦", "除非", "要不是", "只要"];

/// Something is not so: with `就` and something to do behind it, a condition.
const NOT: [&str; 6] = ["没有", "没人", "没", "未", "不", "无人"];

/// What is to be done then.
const ACTS: [&str; 30] = [
    "告诉", "通知", "提醒", "找", "联系", "叫", "转", "取消", "删", "再", "打", "发", "报", "改",
    "延", "推", "升级", "催", "@", "不用", "别", "由", "交给", "让", "请", "把", "给", "换", "去",
    "问",
];

/// What the bot would be asked to do then.
const TELLS: [&str; 7] = ["提醒", "通知", "告诉", "叫我", "喊我", "转告", "催"];

/// Farthest `就` behind what is not so, in characters.
const THEN_CHARS_MAX: usize = 14;

/// Begins a condition in English.
const IF_EN: [&str; 9] = [
    "unless",
    "in case",
    "otherwise",
    "or else",
    "provided that",
    "as long as",
    "only if",
    "if",
    "as soon as",
];

/// Before an `if` that asks whether.
const WHETHER: [&str; 16] = [
    "check",
    "see",
    "ask",
    "know",
    "confirm",
    "decide",
    "determine",
    "wonder",
    "find out",
    "verify",
    "tell",
    "test",
    "figure out",
    "even",
    "what",
    "as",
];

/// With somebody behind them, and no time, these wait for what they do.
const WHEN_EN: [&str; 4] = ["once", "when", "after", "until"];

/// Who or what is waited for.
const WHO_EN: [&str; 10] =
    ["he", "she", "they", "it", "we", "i", "you", "someone", "somebody", "everyone"];

/// Refused where something is to be made on a condition.
pub fn refused(turn: &mut Turn, invocation: &Invocation) -> Option<Refusal> {
    let made = invocation.shape == Shape::Create && MADE.contains(&invocation.word.as_str());
    let args = &invocation.args;
    if !made || args.quoted {
        return None;
    }
    let timed = args.when.is_some() || args.every.is_some();
    let line = &invocation.line;
    let from = line.len() - invocation.behind().len();
    let span = condition(&line[from..], timed)?;
    let span = from + span.start..from + span.end;
    let part = line[span.clone()].trim_matches([' ', '，', ',']).to_owned();
    let mark = |c: char| c.is_whitespace() || "，,；;。".contains(c);
    let head = line[..span.start].trim_end_matches(mark);
    let without = tidy(&format!("{head} {}", &line[span.end..]));
    let quoted = match args.content.as_str() {
        content if content.contains(&part) || !line.contains(content) || content.is_empty() => {
            tidy(&format!(
                "{}{}{}",
                &line[..span.start],
                quote(&part, invocation),
                &line[span.end..]
            ))
        }
        content => line.replacen(content, &quote(content, invocation), 1),
    };
    let is_whole = |line: &String, turn: &mut Turn| {
        let read = read::read(turn, line).ok()?;
        let args = read.args;
        let same = args.when.is_some() == timed || args.every.is_some() == timed;
        (read.shape == Shape::Create && !args.content.is_empty() && same).then_some(())
    };
    let mut lines = Vec::new();
    if is_whole(&without, turn).is_some() {
        lines.push(without);
    }
    if read::read(turn, &quoted).is_ok_and(|read| read.shape == Shape::Create) {
        lines.push(quoted);
    }
    Some(Refusal::Cannot { what: Cannot::Condition, part, lines })
}

/// The same where the bot is asked in plain words to tell of something: `如果李雷没交报告就提醒我`.
pub fn wished(turn: &mut Turn, text: &str) -> Option<Refusal> {
    // Most words hold none, and the directory is not read for them.
    let span = condition(text, false)?;
    let (lower, names) = (text.to_lowercase(), people::names(turn));
    let plain = names.iter().fold(text.to_owned(), |rest, name| rest.replace(&**name, ""));
    let latin = !plain.chars().any(|c| ('\u{3400}'..='\u{9fff}').contains(&c));
    let tells = match latin {
        true => ["remind me", "tell me", "let me know", "notify me", "ping me"]
            .iter()
            .any(|tell| lower.contains(tell)),
        false => TELLS.iter().any(|tell| text.contains(tell)),
    };
    tells.then_some(())?;
    let part = text[span.clone()].trim();
    // What is to be looked at: the part before `就`, or before the comma.
    let what = part.split(['，', ',']).next().unwrap_or(part);
    let what = what.split_once('就').map_or(what, |(what, _)| what);
    let lead = IF.iter().chain(&IF_EN).find_map(|lead| {
        what.get(..lead.len()).filter(|head| head.eq_ignore_ascii_case(lead)).map(|_| lead.len())
    });
    let what = what.get(lead.unwrap_or_default()..).unwrap_or(what).trim();
    let line = match latin {
        true => format!("remind me tomorrow 9:00 to check: {what}"),
        false => format!("提醒我 明天9:00 看一下：{what}"),
    };
    let part = text.trim().to_owned();
    Some(Refusal::Cannot { what: Cannot::Condition, part, lines: vec![line] })
}

fn quote(text: &str, invocation: &Invocation) -> String {
    match invocation.lang {
        Lang::Zh => format!("「{}」", text.trim()),
        Lang::En => format!("\"{}\"", text.trim()),
    }
}

fn tidy(line: &str) -> String {
    line.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Where a condition stands, with what is to be done on it.
fn condition(text: &str, timed: bool) -> Option<Range<usize>> {
    if !may_be_one(text) {
        return None;
    }
    let open = outside_quotes(text);
    chinese(&open)
        .or_else(|| english(&open, timed))
        .filter(|span| text.is_char_boundary(span.start) && text.is_char_boundary(span.end))
}

/// Whether any word that a condition needs stands in a text, quoted or not: in most there is none.
fn may_be_one(text: &str) -> bool {
    let mut before = ' ';
    text.char_indices().any(|(at, c)| {
        let begins = !before.is_alphanumeric();
        before = c;
        let rest = &text[at..];
        let latin = |word: &&str| {
            let head = rest.as_bytes().get(..word.len());
            head.is_some_and(|head| head.eq_ignore_ascii_case(word.as_bytes()))
        };
        match c {
            '就' => true,
            '的' => rest.starts_with("的话"),
            '如' | '要' | '假' | '倘' | '若' | '万' | '一' | '除' | '只' => {
                IF.iter().any(|word| rest.starts_with(word))
            }
            _ => begins && c.is_ascii() && IF_EN.iter().chain(&WHEN_EN).any(latin),
        }
    })
}

/// The text with blanks in place of what is quoted, byte by byte.
fn outside_quotes(text: &str) -> String {
    let mut close: Option<char> = None;
    let mut open = String::with_capacity(text.len());
    for c in text.chars() {
        let closes = match c {
            '「' => Some('」'),
            '『' => Some('』'),
            '“' => Some('”'),
            '"' => Some('"'),
            _ => None,
        };
        let within = close.is_some() || closes.is_some();
        match (close, closes) {
            (Some(end), _) if end == c => close = None,
            (None, Some(end)) => close = Some(end),
            (Some(_) | None, _) => {}
        }
        match within {
            true => open.extend(std::iter::repeat_n(' ', c.len_utf8())),
            false => open.push(c),
        }
    }
    open
}

fn is_mark(c: char) -> bool {
    c.is_whitespace() || "，,；;。！!（(".contains(c)
}

fn chinese(text: &str) -> Option<Range<usize>> {
    let end_from = |at: usize| {
        let then = text[at..].find('就').map_or(at, |then| at + then);
        let stop =
            |c: char| c.is_whitespace() || "；;。".contains(c) || then == at && "，,".contains(c);
        text[then..].find(stop).map_or(text.len(), |end| then + end)
    };
    let begins = |at: usize| {
        let before = text[..at].trim_end();
        at == 0 || before.len() < at || before.is_empty() || before.ends_with(is_mark)
    };
    for word in IF {
        for (at, _) in text.match_indices(word) {
            let part = word == "要是" && text[..at].ends_with(['主', '只', '重', '需', '首', '不']);
            let then = text[at..].contains('就');
            // `只要` is a condition with what follows from it alone.
            let alone = word != "只要" && begins(at);
            if !part && (then || alone) {
                return Some(at..end_from(at));
            }
        }
    }
    let clause = |at: usize| {
        text[..at]
            .rfind(is_mark)
            .map_or(0, |mark| mark + text[mark..].chars().next().map_or(0, char::len_utf8))
    };
    for (then, _) in text.match_indices('就') {
        let acts = ACTS.iter().any(|act| text[then + '就'.len_utf8()..].starts_with(act));
        let from = clause(then);
        let before = &text[from..then];
        let short = before.chars().count() <= THEN_CHARS_MAX;
        let told = before.ends_with('了')
            && TELLS.iter().any(|tell| text[then + '就'.len_utf8()..].starts_with(tell));
        let not = NOT.iter().any(|not| before.contains(not));
        let if_so = before.ends_with("的话");
        if acts && short && (not || told || if_so) && !before.is_empty() {
            return Some(from..end_from(then));
        }
    }
    let so = ["的话，", "的话,", "的话告诉", "的话通知", "的话提醒", "的话叫"];
    let at = so.iter().find_map(|so| text.find(so))?;
    Some(clause(at)..text.len())
}

fn english(text: &str, timed: bool) -> Option<Range<usize>> {
    let lower = text.to_lowercase();
    if lower.len() != text.len() {
        return None;
    }
    let whole = |at: usize, word: &str| {
        let behind = lower[at + word.len()..].starts_with(|c: char| c.is_alphanumeric());
        let before = lower[..at].ends_with(|c: char| c.is_alphanumeric() || c == '-');
        !behind && !before
    };
    let find = |word: &'static str| {
        lower.match_indices(word).map(|(at, _)| at).find(|at| whole(*at, word)).map(|at| (at, word))
    };
    let asks = |at: usize| {
        let before = lower[..at].trim_end();
        WHETHER.iter().any(|word| before.ends_with(word))
    };
    let sure = |(at, word): &(usize, &str)| match *word {
        "if" => !asks(*at),
        "as soon as" => !lower[*at..].starts_with("as soon as poss"),
        // `order 5 in case of need` and `otherwise` alone say no condition to wait for.
        "in case" => !lower[*at..].starts_with("in case of"),
        _ => true,
    };
    let waits = |word: &'static str| {
        let (at, word) = find(word).filter(|_| !timed)?;
        let next = lower[at + word.len()..].split_whitespace().next()?;
        WHO_EN.contains(&next).then_some((at, word))
    };
    let found = IF_EN.iter().find_map(|word| find(word).filter(sure));
    let (at, _) = found.or_else(|| WHEN_EN.iter().find_map(|word| waits(word)))?;
    Some(at..text.len())
}

#[cfg(test)]
mod tests {
    use super::{IF, condition, may_be_one};

    #[test]
    fn whatever_begins_a_condition_is_looked_at() {
        for word in IF {
            assert!(may_be_one(word), "{word}");
        }
        for text in ["没回就告诉他", "他来的话，说", "Call IF late", "x (once he"] {
            assert!(may_be_one(text), "{text}");
        }
        assert!(!may_be_one("任务 整理周会纪要 abc123"));
    }

    #[test]
    fn conditions_are_told_from_what_only_sounds_like_one() {
        for (text, part) in [
            ("明天9点问李雷报价，没回就告诉陈经理", "没回就告诉陈经理"),
            ("如果下雨就带伞 明天8点", "如果下雨就带伞"),
            ("发合同 除非客户取消", "除非客户取消"),
            ("明天 李雷交了就通知我", "李雷交了就通知我"),
            ("about the quote unless he replies", "unless he replies"),
            ("call Ben if he is late", "if he is late"),
        ] {
            let span = condition(text, true).unwrap_or_else(|| panic!("{text}"));
            assert_eq!(&text[span], part, "{text}");
        }
        for text in [
            "主要是核对数据",
            "check if the server is up",
            "没问题就好",
            "「如果下雨就带伞」",
            "一下班就走",
            "call back as soon as possible",
            "写成就报告",
        ] {
            assert_eq!(condition(text, true), None, "{text}");
        }
    }
}
