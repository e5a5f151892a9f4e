//! Several times in one line of a reminder: 下午5点和6点各提醒我一次, 9点喝水，10点吃药. Each becomes a line of
//! its own, as it would be typed alone. Carries nothing out.

use super::read;
use super::say;
use super::several::Lines;
use super::timing;
use super::turn::Turn;
use crate::command::{Invocation, Shape};
use crate::model::{Recurrence, Timestamp};
use crate::text::every;
use crate::text::when::{self, When};

/// The word that several times make several of.
const REMIND: &str = "remind";

/// Most times of one line.
const TIMES_MAX: usize = 10;

/// Marks between two parts of a sentence.
const CLAUSES: [&str; 6] = ["，", ",", "；", ";", "、", "。"];

/// Words between two clauses.
const WORDS: [&str; 5] = [" and ", " & ", "和", "然后", "再"];

/// Between two times of a list. Longer spellings first.
const JOINTS: [&str; 13] =
    ["，", "、", " and ", ", ", ",", " & ", "&", "和", "跟", "与", "及", " 和 ", "以及"];

/// Between times of which only one is meant.
const OR: [&str; 3] = ["或", "还是", " or "];

/// Behind a list, these say that each is meant.
const EACH: [&str; 20] = [
    "各",
    "分别",
    "都",
    "每次",
    "各自",
    "提醒",
    "通知",
    "叫",
    "我",
    "大家",
    "我们",
    "一次",
    "一下",
    "一声",
    "一遍",
    "each",
    "both",
    "once",
    "respectively",
    "，",
];

/// So many of these say nothing but that each is meant.
const APART: usize = 5;

/// A time that was read: once, or what repeats.
#[derive(Debug, Clone)]
enum Time {
    Once(Timestamp, When),
    Every(Box<Recurrence>),
}

/// The lines of a reminder of several times, from what it was read as; `None` for any other line.
pub fn several(turn: &mut Turn, line: &str, whole: &Invocation) -> Option<Lines> {
    let makes = whole.word == REMIND && whole.shape == Shape::Create;
    if !makes || whole.args.lead.is_some() || whole.args.quoted || !may_be_several(line) {
        return None;
    }
    let lines = clauses(turn, line).or_else(|| list(turn, line, whole))?;
    let read = |line: &String| {
        let one = read::read(turn, line).ok()?;
        (one.word == REMIND && one.shape == Shape::Create).then_some(one)
    };
    lines.iter().map(read).collect()
}

/// Whether any mark or word of `CLAUSES`, `WORDS` and `JOINTS` stands in a line.
fn may_be_several(line: &str) -> bool {
    let marked = || CLAUSES.iter().chain(&WORDS).chain(&JOINTS).any(|mark| line.contains(mark));
    line.matches(['点', ':', '：']).nth(1).is_some() || marked()
}

/// 9点喝水，10点吃药: each clause begins with its time and says what for.
fn clauses(turn: &mut Turn, line: &str) -> Option<Vec<String>> {
    let begin = when::find(line, turn.reference())?.span.start;
    let begin =
        every::find(line, turn.reference()).map_or(begin, |(span, _)| begin.min(span.start));
    // 提醒我3点拿快递，5点交钥匙: the first of them stands before the one that is found.
    let first = line.char_indices().map(|(at, _)| at).take_while(|at| *at < begin);
    let first = first.take(HEAD_CHARS_MAX).find(|at| {
        line.get(*at..).is_some_and(|rest| when::at_start(rest, turn.reference()).is_some())
    });
    let begin = first.unwrap_or(begin);
    let (head, said) = line.split_at_checked(begin)?;
    let parts = parts(turn, said);
    (2..=TIMES_MAX).contains(&parts.len()).then_some(())?;
    // Between the word and the time stand only people.
    let probe = read::read(turn, &format!("{head}{}", probe(turn))).ok()?;
    (probe.args.content == PROBE).then_some(())?;
    let mut before: Option<Time> = None;
    let mut lines = Vec::new();
    for part in parts {
        let end = when::at_start(part, turn.reference())?;
        let (words, rest) = part.split_at_checked(end)?;
        let rest = rest.trim_matches([' ', '，', ',', '：', ':']);
        let same = SAME.iter().any(|word| rest.to_lowercase().starts_with(word));
        // 今天下午5点发 says when all of it is told.
        (!same && !TOLD.contains(&rest) && rest.chars().any(char::is_alphanumeric)).then_some(())?;
        let time = of_the_week(turn, said, words).map_or_else(
            || time(turn, words, before.as_ref()),
            |of_week| time(turn, &of_week, before.as_ref()),
        )?;
        lines.push(format!("{head}{} {rest}", printed(turn, &time, words, before.is_none())?));
        before = Some(time);
    }
    Some(lines)
}

/// A first time is looked for behind a word and the people it is for.
const HEAD_CHARS_MAX: usize = 40;

/// What a clause begins with that asks for the same again: 后天也是.
const SAME: [&str; 8] = ["也", "同样", "再", "一样", "again", "as well", "too", "same"];

/// Clauses that say no more than that something is told.
const TOLD: [&str; 9] =
    ["发", "发出", "发送", "发布", "再发", "通知", "提醒", "通知大家", "再提醒我一次"];

/// What is read in place of the content.
const PROBE: &str = "q";

fn probe(turn: &Turn) -> String {
    format!("{} {PROBE}", turn.voice().pick("明天9:00", "tomorrow 9:00"))
}

/// The clauses of what is said, if each begins with a time.
fn parts<'t>(turn: &Turn, said: &'t str) -> Vec<&'t str> {
    let mut parts = Vec::new();
    let (mut from, mut at) = (0, 0);
    while at < said.len() {
        let rest = &said[at..];
        let mark = CLAUSES.iter().chain(&WORDS).find(|mark| rest.starts_with(**mark));
        let blank = || rest.starts_with(' ') && is_a_clause(turn, &said[from..at]);
        let hour = || is_a_clause(turn, rest.trim_start());
        let mark = mark.copied().or_else(|| (blank() && hour()).then_some(" "));
        let Some(mark) = mark else {
            at += rest.chars().next().map_or(1, char::len_utf8);
            continue;
        };
        let behind = said[at + mark.len()..].trim_start();
        let behind = behind.strip_prefix("and ").unwrap_or(behind);
        let day = !when::begins_number(behind) || when::begins_number(&said[from..]);
        if at > from && day && begins(turn, behind).is_some() {
            parts.push(said[from..at].trim());
            from = said.len() - behind.len();
        }
        at = (at + mark.len()).max(from);
    }
    parts.push(said[from..].trim());
    parts
}

/// Whether words begin with a time of day and say what is done then: 9点写方案.
fn is_a_clause(turn: &Turn, words: &str) -> bool {
    let hour = |at: usize| words[..at].contains(['点', ':', '：']);
    let end = when::at_start(words, turn.reference()).filter(|at| hour(*at));
    let end = end.filter(|at| !is_deadline(&words[..*at]));
    end.is_some_and(|at| words[at..].starts_with(|c: char| c.is_alphabetic() && c != '的'))
}

/// 下午5点和6点 收衣服, 周一和周三9点: the same at each of several times.
fn list(turn: &mut Turn, line: &str, whole: &Invocation) -> Option<Vec<String>> {
    if whole.args.every.is_some() {
        return None;
    }
    let found = when::find(line, turn.reference())?;
    let words = line.get(found.span.clone())?;
    if OR.iter().any(|or| words.contains(or)) {
        return None;
    }
    let mut times: Vec<Time> = Vec::new();
    let mut end = found.span.end;
    match &found.when {
        // 周五和2号客户对账 is asked about.
        When::Ambiguous(_) if is_of_a_number(line, &found.span) => return None,
        When::Ambiguous(all) if JOINTS.iter().any(|joint| words.contains(joint)) => {
            times.extend(all.iter().map(|when| once(turn, when)).collect::<Option<Vec<_>>>()?);
        }
        // 上午和下午9点 and their like are asked about.
        When::Ambiguous(_) | When::Impossible(_) | When::Recurrence(_) | When::Range(..) => {
            let begin = when::at_start(&line[found.span.start..], turn.reference())?;
            end = found.span.start + begin;
            times.push(time(turn, &line[found.span.start..end], None)?);
        }
        When::Instant(_) | When::Date(_) => {
            let begin = when::at_start(&line[found.span.start..], turn.reference())?;
            end = found.span.start + begin;
            times.push(time(turn, &line[found.span.start..end], None)?);
        }
    }
    while times.len() < TIMES_MAX {
        let rest = &line[end..];
        let Some(joint) = JOINTS.iter().find(|joint| rest.starts_with(**joint)) else { break };
        let next = &rest[joint.len()..];
        // 周五和2号客户对账 and 5号跟2号客户对账 are of one day.
        if when::begins_number(next) && (*joint == "跟" || !line[..end].ends_with('号')) {
            break;
        }
        let Some(long) = begins(turn, next) else { break };
        let of_week = of_the_week(turn, words, &next[..long]);
        let next_words = of_week.as_deref().unwrap_or(&next[..long]);
        let Some(time) = time(turn, next_words, times.last()) else { break };
        if !times.iter().all(|known| alike(known, &time)) || is_deadline(&next[..long]) {
            break;
        }
        times.push(time);
        end += joint.len() + long;
    }
    (times.len() > 1).then_some(())?;
    let mut rest = line[end..].trim_start();
    let head = &line[..found.span.start];
    // 明天和后天10点提醒我打针: the word stands behind them, and is not theirs.
    let each = if head.trim().is_empty() { &EACH[..APART] } else { &EACH[..] };
    while let Some(next) = each.iter().find_map(|word| rest.strip_prefix(word)) {
        rest = next.trim_start();
    }
    let lines = times.iter().map(|time| {
        let at = printed(turn, time, "", false)?;
        Some(format!("{head}{at} {rest}").trim_end().to_owned())
    });
    lines.collect()
}

/// Whether the last of several days is glued to a thing, and the one before is no such number.
fn is_of_a_number(line: &str, span: &std::ops::Range<usize>) -> bool {
    let words = &line[span.clone()];
    let last = JOINTS.iter().filter_map(|joint| Some((words.rfind(joint)?, joint.len()))).max();
    last.is_some_and(|(at, long)| {
        let next = &line[span.start + at + long..];
        when::begins_number(next) && !words[..at].ends_with('号')
    })
}

/// 周四 behind 下周三 is of that week as well.
fn of_the_week(turn: &Turn, before: &str, words: &str) -> Option<String> {
    let week = ["周", "星期", "礼拜"];
    let begins = |text: &str| week.iter().any(|week| text.starts_with(week));
    let next = before.strip_prefix('下')?.trim_start_matches(['下', '个']);
    (begins(next) && begins(words)).then_some(())?;
    let lead = before.get(..before.len() - next.len())?;
    let whole = format!("{lead}{words}");
    (when::at_start(&whole, turn.reference()) == Some(whole.len())).then_some(whole)
}

/// Where the time ends that a text begins with, if it does not only tell which one: 周五的客户.
fn begins(turn: &Turn, text: &str) -> Option<usize> {
    let end = when::at_start(text, turn.reference())?;
    let behind = text[end..].trim_start();
    let tells = ["的", "'s", "’s"].iter().any(|of| behind.starts_with(of));
    (!tells).then_some(end)
}

/// Whether both are moments, or both days.
fn alike(one: &Time, other: &Time) -> bool {
    match (one, other) {
        (Time::Once(_, one), Time::Once(_, other)) => {
            std::mem::discriminant(one) == std::mem::discriminant(other)
        }
        (Time::Every(_), Time::Every(_)) => true,
        (Time::Once(..), Time::Every(_)) | (Time::Every(_), Time::Once(..)) => false,
    }
}

/// Whether words are a deadline, and not when something happens: 周五前.
fn is_deadline(words: &str) -> bool {
    let words = words.trim().to_lowercase();
    let ends = ["前", "截止", "内", "为止"].iter().any(|end| words.ends_with(end));
    let begins = ["截止", "最晚", "by ", "before ", "until "];
    ends || begins.iter().any(|begin| words.starts_with(begin))
}

/// A time as it would be typed: as it was, where it needs nothing of another one.
fn printed(turn: &Turn, time: &Time, words: &str, first: bool) -> Option<String> {
    match time {
        _ if first => Some(words.trim().to_owned()),
        Time::Once(_, when) => say::when::printed(&turn.voice(), when),
        Time::Every(every) => Some(every::print(every, turn.voice().lang)),
    }
}

fn once(turn: &Turn, when: &When) -> Option<Time> {
    match when {
        When::Instant(at) => Some(Time::Once(*at, when.clone())),
        When::Date(day) => {
            let nine = day.and_hms_opt(9, 0, 0)?;
            Some(Time::Once(Timestamp::from_local(nine, turn.zone()), when.clone()))
        }
        When::Range(..) | When::Recurrence(_) | When::Ambiguous(_) | When::Impossible(_) => None,
    }
}

/// The time that words are; an hour alone is one of the day, or the days, of the time before, and
/// later.
fn time(turn: &Turn, words: &str, before: Option<&Time>) -> Option<Time> {
    if let Some(every) = every::whole(words.trim(), turn.reference()) {
        return Some(Time::Every(Box::new(every)));
    }
    match before {
        Some(Time::Once(at, _)) => {
            if let Some(hour) = timing::hour_of_day(turn, *at, words) {
                let half_day = hour.plus_ms(HALF_DAY_MS);
                let later = [hour, half_day].into_iter().find(|hour| hour > at);
                return later.map(|at| Time::Once(at, When::Instant(at)));
            }
        }
        Some(Time::Every(every)) => {
            if let Some(every) = timing::at_another_time(turn, every, words.trim()) {
                return Some(Time::Every(Box::new(every)));
            }
        }
        None => {}
    }
    let found = when::find(words, turn.reference())?;
    once(turn, &found.when)
}

/// From a morning hour to the same of the evening, in ms.
const HALF_DAY_MS: i64 = 12 * 60 * 60 * 1000;
