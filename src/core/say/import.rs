//! Sentences about records that are brought from elsewhere.

use super::Voice;
use crate::core::import::LINK_LIFE_MS;
use crate::core::refusal::OfImport;
use crate::model::Timestamp;
use crate::model::import::{BYTES_MAX, NotRead, ROWS_MAX, Why, Wrong, YEARS_MAX};
use crate::model::message::{CABINET_CHARS_MAX, CHARS_MAX, TAG_CHARS_MAX, TAGS_MAX};
use crate::model::outgoing::{Block, Outgoing, Span};
use crate::model::task::Named;

/// For how long an address is good, in minutes.
const MINUTES: i64 = LINK_LIFE_MS / 60_000;
/// The longest file, in MB.
const MB: usize = BYTES_MAX >> 20;

/// An address was asked for: the chat hears so.
pub fn begun(voice: &Voice) -> Outgoing {
    voice.lines(
        &format!("上传地址已私信给你，{MINUTES} 分钟内有效。整份收下或整份不收，撤销能全部收回"),
        &format!(
            "The address to upload to comes to you directly, good for {MINUTES} minutes. A file \
             is taken whole or not at all, and one undo takes it back"
        ),
    )
}

/// The address, for one person.
pub fn link(voice: &Voice, place: &str, url: &str, until: Timestamp) -> Outgoing {
    let into = match place {
        "" => String::new(),
        place => voice.pick(format!("到「{place}」"), format!(" into “{place}”")),
    };
    let until = voice.at(until);
    let mut card = Outgoing::text(
        voice.pick(format!("导入记录{into}：打开这里，选文件上传"), {
            format!("Import a record{into}: open this and choose the file")
        }),
    );
    card.blocks.push(Block::Code(url.to_owned()));
    let lines = [
        voice.pick(
            "我导出的 csv、json，或有「时间、发言人、内容」三列的 csv（UTF-8），都可以".to_owned(),
            "A csv or json exported from here, or any csv (UTF-8) of time, sender and text"
                .to_owned(),
        ),
        voice.pick(
            format!("最多 {ROWS_MAX} 条、{MB} MB。{until}前有效，收下一份就失效，请不要转发"),
            format!(
                "Up to {ROWS_MAX} messages and {MB} MB. Good until {until} and for one record; \
                 don’t pass it on"
            ),
        ),
    ];
    for line in lines {
        card = card.and_line(vec![Span::from(line)]);
    }
    card.confidential = true;
    card
}

/// A long record has come.
pub fn progress(voice: &Voice, rows: u32) -> Outgoing {
    Outgoing::text(voice.pick(
        format!("收到 {rows} 条，正在核对哪些已经有了"),
        format!("{rows} messages have come; looking which are here already"),
    ))
}

/// It was taken: where the messages are, how many, how many were there before, how often keywords
/// stand in them.
pub fn taken(
    voice: &Voice,
    by: &Named,
    [first, new, same, hits]: [u32; 4],
    span: Option<(Timestamp, Timestamp)>,
) -> Outgoing {
    let name = &by.name;
    let Some((from, to)) = span else {
        return Outgoing::text(voice.pick(
            format!("{name} 的记录没有新消息：{same} 条都已经有了"),
            format!("{name}’s record holds nothing new: all {same} messages are here already"),
        ));
    };
    let last = first + new - 1;
    let numbers = match new {
        1 => format!("M{first}"),
        _ => format!("M{first}–M{last}"),
    };
    let (from, to) = (voice.at(from), voice.at(to));
    let span = if from == to {
        from
    } else {
        voice.pick(format!("{from}—{to}"), format!("{from} – {to}"))
    };
    let many = if new == 1 { "" } else { "s" };
    let mut card = Outgoing::text(voice.pick(
        format!("{name} 导入了 {new} 条：{numbers}，{span}"),
        format!("{name} imported {new} message{many}: {numbers}, {span}"),
    ));
    if same > 0 {
        card = card.and_line(vec![Span::from(voice.pick(
            format!("另有 {same} 条是重复的，没有再收"),
            format!("{same} more are here already or came twice, and were left out"),
        ))]);
    }
    if hits > 0 {
        card = card.and_line(vec![Span::from(voice.pick(
            format!("关键词命中 {hits} 次，已打标签，没有通知人"),
            format!("Keywords occur {hits} times: tagged, and nobody notified"),
        ))]);
    }
    let line = voice.pick("不要了就回：撤销", "To take it all back: undo");
    let (label, types) = voice.pick(("撤销", "撤销"), ("Undo", "undo"));
    card.and_line(vec![Span::from(line)]).and_button(label, types)
}

/// Nothing was taken, and why; whether another file may be brought.
pub fn refused(voice: &Voice, why: &NotRead, again: bool) -> Outgoing {
    let mut card = Outgoing::text(voice.pick(
        format!("一条都没有导入：{}", not_read(voice, why)),
        format!("Nothing was imported: {}", not_read(voice, why)),
    ));
    if let NotRead::Rows(rows, count) = why {
        let rows: Vec<Vec<Span>> =
            rows.iter().map(|wrong| vec![row(voice, *wrong).into()]).collect();
        let more = count.saturating_sub(u32::try_from(rows.len()).unwrap_or(u32::MAX));
        card.blocks.push(Block::List(rows));
        if more > 0 {
            card = card.and_line(vec![Span::from(
                voice.pick(format!("还有 {more} 行"), format!("and {more} more")),
            )]);
        }
    }
    card.and_line(vec![Span::from(match again {
        true => voice.pick("改好后用同一个地址再传", "Mend it and bring it to the same address"),
        false => voice.pick(
            "地址用完了，要再来就说：导入",
            "The address is used up; ask for another: import",
        ),
    })])
}

fn not_read(voice: &Voice, why: &NotRead) -> String {
    match why {
        NotRead::Rows(_, count) => voice.pick(
            format!("有 {count} 行不对"),
            match count {
                1 => "1 row is wrong".to_owned(),
                _ => format!("{count} rows are wrong"),
            },
        ),
        NotRead::TooMany => voice.pick(
            format!("超过 {ROWS_MAX} 条，请分几份"),
            format!("it holds more than {ROWS_MAX} messages; bring it in parts"),
        ),
        NotRead::TooLong => voice.pick(
            format!("超过 {MB} MB，请分几份"),
            format!("it is larger than {MB} MB; bring it in parts"),
        ),
        NotRead::Empty => voice.pick("文件里没有消息".to_owned(), "it holds no message".to_owned()),
        NotRead::NotUtf8 => voice.pick(
            "文件不是 UTF-8。在 Excel 里另存为「CSV UTF-8」再传".to_owned(),
            "it is not UTF-8. In Excel, save it as “CSV UTF-8”".to_owned(),
        ),
        NotRead::NoColumns => voice.pick(
            "第一行要有「时间、发言人、内容」，或者每行正好这三列".to_owned(),
            "its first row must name time, sender and text, or every row hold just these three"
                .to_owned(),
        ),
    }
}

/// A row that is wrong, and why.
pub fn row(voice: &Voice, wrong: Wrong) -> String {
    let row = wrong.row;
    let (zh, en) = match wrong.why {
        Why::NoObject => ("不是一个 JSON 对象".to_owned(), "is no object of JSON".to_owned()),
        Why::Quotes => ("引号没有配对".to_owned(), "has an odd quotation mark".to_owned()),
        Why::Columns => ("列数不对；内容里有逗号要用引号括起来".to_owned(), {
            "has not as many columns as it should; quote a text with commas".to_owned()
        }),
        Why::Time => (
            "时间看不懂，写成 2026-03-02 09:00".to_owned(),
            "has no time like 2026-03-02 09:00".to_owned(),
        ),
        Why::Future => ("时间在将来".to_owned(), "is of the future".to_owned()),
        Why::Old => {
            (format!("早于 {YEARS_MAX} 年前"), format!("is more than {YEARS_MAX} years old"))
        }
        Why::Cleared => (
            "早于这里的保留天数，收下也会被清".to_owned(),
            "is older than messages are kept here".to_owned(),
        ),
        Why::Nobody => ("没有发言人".to_owned(), "names nobody".to_owned()),
        Why::NoText => ("没有内容".to_owned(), "says nothing".to_owned()),
        Why::LongText => {
            (format!("超过 {CHARS_MAX} 字"), format!("is longer than {CHARS_MAX} characters"))
        }
        Why::Tags => (
            format!("标签多于 {TAGS_MAX} 个，或标签、库名超过 {TAG_CHARS_MAX} 字"),
            format!(
                "has more than {TAGS_MAX} tags, or a tag or cabinet longer than \
                 {CABINET_CHARS_MAX} characters"
            ),
        ),
    };
    voice.pick(format!("第 {row} 行：{zh}"), format!("row {row} {en}"))
}

/// Whoever asked for the address may not have it any more.
pub fn not_allowed(voice: &Voice, by: &Named) -> Outgoing {
    let name = &by.name;
    Outgoing::text(voice.pick(
        format!("没有导入：{name} 现在没有权限"),
        format!("Nothing was imported: {name} may not do that any more"),
    ))
}

/// Why there is no address.
pub fn not_begun(voice: &Voice, why: &OfImport) -> String {
    match why {
        OfImport::NotPrivate => voice.pick(
            "上传地址只能私信给要的人，而我在这个平台上发不了私信".to_owned(),
            "The address goes to whoever asked, directly, and I can’t write to people here"
                .to_owned(),
        ),
        OfImport::NotRecorded => voice.pick(
            "这里没有开记录，不收导入。先说：记录 开".to_owned(),
            "Nothing is recorded here, so nothing is imported. First: record on".to_owned(),
        ),
    }
}
