//! Sentences about a search: what was found, how the line was read, what was not looked through.

use super::Voice;
use super::message::line;
use super::more::Long;
use super::voice::excerpt;
use crate::core::hits::{FOUND_MAX, Hits, Reach, Why};
use crate::core::outage::Missing;
use crate::core::seek::Seek;
use crate::model::gap::Gap;
use crate::model::outgoing::{Outgoing, Span};
use crate::model::{Lang, Timestamp};
use crate::text::when::print_date;

/// Hits, newest first, how the line was read where that is not plain, and what could not be looked
/// through.
pub fn found(voice: &Voice, seek: &Seek, hits: &Hits, hears_all: bool, gap: Option<&Gap>) -> Long {
    let mut card = Outgoing::text(head(voice, seek, hits));
    let short = seek.is_short();
    let none = hits.count == Some(0);
    let literal = seek.as_written.as_deref().filter(|_| none).map(|said| as_written(voice, said));
    let said = [narrowed(voice, seek), literal, reach(voice, hits.reach, short)];
    let unheard = (!hears_all).then(|| {
        let (zh, en) =
            ("只含 @我 和被引用的消息", "Only messages that @ me, and quoted ones, are kept");
        voice.pick(zh, en).to_owned()
    });
    let gap = gap.map(|gap| missing(voice, gap));
    for sentence in said.into_iter().chain([unheard, gap]).flatten() {
        card = card.and_line(vec![Span::from(sentence)]);
    }
    let lines = hits.found.iter().map(|(n, m)| line(voice, *n, m)).collect();
    let hint = Some(voice.pick("加词、@人、#标签、日期", "words, @person, #tag, a date"));
    Long { head: card, lines, hint }
}

/// What came while recording was off.
pub fn missing(voice: &Voice, gap: &Gap) -> String {
    let (count, from, to) = (gap.count, voice.at(gap.first), voice.at(gap.last));
    let (dash, many) = (voice.pick("—", " – "), if count == 1 { "" } else { "s" });
    let when = if from == to { from } else { format!("{from}{dash}{to}") };
    voice.pick(
        format!("有 {count} 条没有记录（{when}，记录关着）"),
        format!("{count} message{many} not recorded ({when}: recording was off)"),
    )
}

/// What was not heard because the bot did not run.
pub fn down(voice: &Voice, missing: Missing) -> Option<String> {
    let (from, to) = missing.span?;
    let (from, to, count) = (voice.at(from), voice.at(to), missing.count);
    Some(match count {
        1 => voice.pick(
            format!("我停机时（{from}—{to}）说的没有收到"),
            format!("What was said while I was down ({from} – {to}) never came"),
        ),
        _ => voice.pick(
            format!("我停机 {count} 次（{from}—{to}之间），那时说的没有收到"),
            format!("I was down {count} times between {from} and {to}: what was said never came"),
        ),
    })
}

/// What was looked for, as it was read.
pub fn asked(voice: &Voice, seek: &Seek) -> String {
    let wanted = seek.wanted.iter().map(|part| excerpt(part));
    let narrowed = restrictions(voice, seek);
    let all: Vec<String> = wanted.chain(narrowed).collect();
    match all.is_empty() {
        true => voice.pick("全部消息", "all messages").to_owned(),
        false => all.join(voice.pick("，", ", ")),
    }
}

/// Somebody's name was looked for: how what they said is found.
pub fn of_whom(voice: &Voice, name: &str) -> String {
    voice.pick(
        format!("这是提到「{name}」的；{name} 自己发的：搜 @{name}"),
        format!("These mention “{name}”; for what they said: find @{name}"),
    )
}

/// Somebody's bare name was taken for the sender: how the text is searched instead.
pub fn by_name(voice: &Voice, name: &str) -> String {
    voice.pick(
        format!("这是 {name} 发的；要找提到「{name}」的：搜 \"{name}\""),
        format!("Said by {name}; for messages that mention the name: find \"{name}\""),
    )
}

/// Nothing holds `李雷的合同`: what may be meant.
pub fn whose(voice: &Voice, name: &str, rest: &str) -> String {
    voice.pick(
        format!("要找 {name} 自己说的：搜 @{name} {rest}"),
        format!("For what {name} said: find @{name} {rest}"),
    )
}

/// A number is there in another spelling.
pub fn spelled(voice: &Voice, word: &str, count: usize) -> String {
    let most = if count >= FOUND_MAX { voice.pick(" 以上", " or more") } else { "" };
    voice.pick(
        format!("写作「{word}」的有 {count} 条{most}：搜 {word}"),
        format!("Written “{word}”: {count}{most}. To see them: find {word}"),
    )
}

fn head(voice: &Voice, seek: &Seek, hits: &Hits) -> String {
    match hits.count {
        Some(0) => none(voice, &seek.wanted),
        Some(count) => voice.pick(format!("找到 {count} 条"), format!("{count} found")),
        None => voice.pick(
            format!("找到 {FOUND_MAX} 条以上，先列最新的"),
            format!("More than {FOUND_MAX} found, the latest first"),
        ),
    }
}

/// What was looked for is said, so that nobody wonders how the line was read.
fn none(voice: &Voice, wanted: &[String]) -> String {
    let all: Vec<String> = wanted.iter().map(|part| voice.quote(&excerpt(part))).collect();
    match all.as_slice() {
        [] => voice.pick("没有找到".to_owned(), "Nothing found".to_owned()),
        [one] => voice.pick(format!("没找到{one}"), format!("Nothing found for {one}")),
        all => {
            let (zh, en) = (all.join(""), all.join(", "));
            voice.pick(format!("没找到同时有{zh}的消息"), format!("No message has all of {en}"))
        }
    }
}

/// What was read as a date can also be looked for.
fn as_written(voice: &Voice, said: &str) -> String {
    let said = excerpt(said);
    voice.pick(format!("要找这几个字：搜 \"{said}\""), format!("As written: find \"{said}\""))
}

/// What narrowed the search besides words, people and tags.
fn narrowed(voice: &Voice, seek: &Seek) -> Option<String> {
    let said = restrictions(voice, seek).join(voice.pick("，", ", "));
    (!said.is_empty()).then(|| voice.pick(format!("只看：{said}"), format!("Only: {said}")))
}

fn restrictions(voice: &Voice, seek: &Seek) -> Vec<String> {
    let days = days(voice, seek.sought.from, seek.sought.to);
    let cabinet = seek.cabinet.as_deref().map(|cabinet| {
        let cabinet = voice.quote(&excerpt(cabinet));
        voice.pick(format!("在{cabinet}里"), format!("in {cabinet}"))
    });
    let not: Vec<String> = seek.unwanted.iter().map(|part| voice.quote(&excerpt(part))).collect();
    let not = (!not.is_empty()).then(|| {
        voice.pick(format!("不含{}", not.join("")), format!("without {}", not.join(", ")))
    });
    [days, cabinet, not].into_iter().flatten().collect()
}

/// A stretch of time, its last day included.
fn days(voice: &Voice, from: Option<Timestamp>, to: Option<Timestamp>) -> Option<String> {
    let zone = voice.reference.zone;
    let whole = |at: Timestamp| at == Timestamp::from_local(at.day(zone).into(), zone);
    let day = |at: Timestamp| print_date(at.day(zone), voice.reference, voice.lang);
    let begin = |at: Timestamp| if whole(at) { day(at) } else { voice.at(at) };
    let end = |at: Timestamp| if whole(at) { day(at.plus_ms(-1)) } else { voice.at(at) };
    match (from, to) {
        (None, None) => None,
        (Some(from), None) => {
            let from = begin(from);
            Some(voice.pick(format!("{from}以来"), format!("since {from}")))
        }
        (None, Some(to)) => {
            // Whole days end before this one begins.
            let to = begin(to);
            Some(voice.pick(format!("{to}之前"), format!("before {to}")))
        }
        (Some(from), Some(to)) => {
            let (from, to) = (begin(from), end(to));
            let dash = if voice.lang == Lang::Zh { "—" } else { " – " };
            Some(if from == to { from } else { format!("{from}{dash}{to}") })
        }
    }
}

/// What was not looked through.
fn reach(voice: &Voice, reach: Reach, short: bool) -> Option<String> {
    let Reach::Newest(count, why) = reach else { return None };
    let only = voice
        .pick(format!("只查了最近 {count} 条"), format!("Only the latest {count} were searched"));
    Some(match why {
        Why::Unindexed if short => voice.pick(
            format!("{only}；两个字以上的词查全部"),
            format!("{only}; words of two characters or more search everything"),
        ),
        Why::Unindexed => only,
        Why::Indexing => voice.pick(
            format!("{only}：索引正在重建，过一会儿再搜就全了"),
            format!("{only}: the index is being rebuilt; search again in a while for the rest"),
        ),
        Why::Many => voice.pick(
            format!("{only}：相近的太多，加个词或日期再搜"),
            format!("{only}: too many look alike; add a word or a date"),
        ),
    })
}
