//! Days that are not all read: `周三周五9点` of two days, `2月14号前三天`, `周末` without a day, `3、4点钟`,
//! `晚上10点以后不要`. Asked with each in its place.

use chrono::{Datelike, Days, NaiveDate};

use super::typed::{REMIND, count, reminder, without};
use crate::command::Invocation;
use crate::core::read;
use crate::core::refusal::Refusal;
use crate::core::say;
use crate::core::turn::Turn;
use crate::model::Recurrence;
use crate::text::every;
use crate::text::when::When;

/// Before the name of a day of the week. Longer spellings first.
const WEEK: [&str; 3] = ["星期", "礼拜", "周"];

/// The question about such days.
pub fn days(turn: &mut Turn, invocation: &Invocation) -> Option<Refusal> {
    side_by_side(turn, invocation)
        .or_else(|| before(turn, invocation))
        .or_else(|| weekend(turn, invocation))
        .or_else(|| two_hours(invocation))
        .or_else(|| not_after(turn, invocation))
}

/// A day of the week that a text begins with, and what is behind it.
fn weekday(text: &str) -> Option<(&str, &str)> {
    let rest = WEEK.iter().find_map(|week| text.strip_prefix(week))?;
    let day = rest.chars().next().filter(|c| "一二三四五六日天".contains(*c))?;
    let rest = &rest[day.len_utf8()..];
    Some((&text[..text.len() - rest.len()], rest))
}

/// `周三周五9点交表`: both days, once or every week.
fn side_by_side(turn: &mut Turn, invocation: &Invocation) -> Option<Refusal> {
    let line = invocation.line.as_str();
    if invocation.word != REMIND || !line.contains(['周', '星', '礼']) {
        return None;
    }
    let (at, first, second) = line.char_indices().find_map(|(at, _)| {
        let (first, rest) = weekday(&line[at..])?;
        let (second, rest) = weekday(rest)?;
        // 每周三周五 is read; 周一到周三周四 is no pair.
        let plain = !line[..at].ends_with(['每', '到', '至', '上', '和', '、']);
        (plain && weekday(rest).is_none()).then_some((at, first, second))
    })?;
    let end = at + first.len() + second.len();
    let put = |by: &str| format!("{}{by}{}", &line[..at], &line[end..]);
    let both = put(&format!("{first}和{second}"));
    let last = |day: &str| day.chars().next_back().unwrap_or_default();
    let weekly = put(&format!("每周{}、{}", last(first), last(second)));
    let often = read::read(turn, &weekly).is_ok_and(|read| read.args.every.is_some());
    let part = line[at..end].to_owned();
    let lines = std::iter::once(both).chain(often.then_some(weekly)).collect();
    Some(Refusal::Which { part, lines })
}

/// `2月14号前三天买礼物`: so many days before it.
fn before(turn: &Turn, invocation: &Invocation) -> Option<Refusal> {
    let args = &invocation.args;
    let Some(When::Date(day)) = &args.when else { return None };
    let line = invocation.line.as_str();
    let (at, days, end) = line.match_indices('前').find_map(|(at, front)| {
        let (days, rest) = count(&line[at + front.len()..])?;
        let rest = rest.strip_prefix('天')?;
        let dated = line[..at].ends_with(['号', '日', '节']);
        (dated && days > 0).then_some((at, days, line.len() - rest.len()))
    })?;
    let left = &line[at + '前'.len_utf8()..end];
    let content = args.content.contains(left).then(|| without(&args.content, left))?;
    let earlier = |day: NaiveDate| day.checked_sub_days(Days::new(days.into()));
    let told = say::when::printed(&turn.voice(), &When::Date(earlier(*day)?))?;
    let line = match invocation.word.as_str() {
        REMIND => format!("提醒我 {told} {content}"),
        _ => format!("任务 {content} {told}"),
    };
    Some(Refusal::Which { part: invocation.line[at..end].to_owned(), lines: vec![line] })
}

/// `周末去看房`: on which of its days?
fn weekend(turn: &Turn, invocation: &Invocation) -> Option<Refusal> {
    let args = &invocation.args;
    let open = args.when.is_none() && args.every.is_none() && invocation.word == REMIND;
    if !open || !invocation.line.contains("周末") {
        return None;
    }
    let said = ["这个周末", "这周末", "本周末", "周末"].iter().find(|word| {
        args.content.starts_with(**word) || args.content.ends_with(&format!(" {word}"))
    })?;
    let content = without(&args.content, said);
    let today = turn.today();
    let day = |number: u32| {
        let mut days = today.iter_days();
        let day = days.find(|day| day.weekday().num_days_from_monday() == number)?;
        say::when::printed(&turn.voice(), &When::Date(day))
    };
    let days = [5, 6].into_iter().filter_map(day);
    let lines: Vec<String> = days.map(|day| format!("提醒我 {day} {content}")).collect();
    (!content.is_empty()).then(|| Refusal::Which { part: (*said).to_owned(), lines })
}

/// `3、4点钟`: one of the two; both hours of what repeats are meant.
fn two_hours(invocation: &Invocation) -> Option<Refusal> {
    let line = invocation.line.as_str();
    if !line.contains('、') || !line.contains('点') || invocation.args.every.is_some() {
        return None;
    }
    let (from, end, hours) = line.match_indices('、').find_map(|(at, mark)| {
        let head = &line[..at];
        let digits = head.len() - head.trim_end_matches(|c: char| c.is_ascii_digit()).len();
        let first: u32 = head[head.len() - digits..].parse().ok()?;
        let (second, rest) = count(&line[at + mark.len()..])?;
        let rest = rest.strip_prefix('点')?;
        let rest = rest.strip_prefix('钟').unwrap_or(rest);
        let pair = second == first + 1 && second <= 24;
        pair.then_some((at - digits, line.len() - rest.len(), [first, second]))
    })?;
    let put = |hour: u32| format!("{}{hour}点{}", &line[..from], &line[end..]);
    Some(Refusal::Which { part: line[from..end].to_owned(), lines: hours.map(put).to_vec() })
}

/// Says that it is not to come. Longer spellings first.
const NOT: [&str; 8] =
    ["不用提醒", "不要提醒", "别提醒", "不提醒", "不用了", "不要了", "不用", "不要"];

/// `每两个小时喝水，晚上10点以后不要`: within the hours that are left.
fn not_after(turn: &mut Turn, invocation: &Invocation) -> Option<Refusal> {
    let args = &invocation.args;
    args.every.as_ref().filter(|every| every.rule.seconds().is_some())?;
    let line = invocation.line.trim_end_matches(['了', '。', '吧']);
    let rest = NOT.iter().find_map(|not| line.strip_suffix(not))?;
    let mark = |c: char| c.is_whitespace() || "，,".contains(c);
    let (head, said) = rest.trim_end_matches(mark).rsplit_once(mark)?;
    let said = said.trim_end_matches(['就', '都']);
    let hour = ["以后", "之后", "过后", "后"].iter().find_map(|then| said.strip_suffix(then))?;
    let until = every::whole(&format!("每天{hour}"), turn.reference())?;
    let head = read::read(turn, head.trim_end_matches(mark)).ok()?;
    let every = head.args.every?;
    let from = every.window.map_or(turn.reference().work.from, |(from, _)| from);
    let every = Recurrence { window: Some((from, *until.times.first()?)), ..every };
    let line = reminder(invocation, &every, &head.args.content);
    Some(Refusal::Which { part: said.to_owned(), lines: vec![line] })
}
