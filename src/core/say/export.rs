//! Sentences about exports: begun, on their way, ready, had, over.

use super::Voice;
use super::more::Long;
use super::voice::excerpt;
use crate::core::export::{Export, LINK_LIFE_MS, State};
use crate::core::refusal::OfExport;
use crate::model::export::{Format, Holds, NoFile};
use crate::model::outgoing::{Block, Outgoing, Span};
use crate::model::task::Named;
use crate::model::{Handle, Timestamp};

/// For how long an address is good, in minutes.
const MINUTES: i64 = LINK_LIFE_MS / 60_000;

/// It was asked for.
pub fn begun(voice: &Voice, handle: Handle, export: &Export) -> Outgoing {
    let (kind, asked) = (kind(voice, export.format), excerpt(&export.asked));
    let head = voice.pick(
        format!("{handle} 正在导出：{kind}，{asked}"),
        format!("{handle} is being exported as {kind}: {asked}"),
    );
    let mut card = Outgoing::text(head).and_line(vec![Span::from(voice.pick(
        format!("好了把下载地址私信给你，{MINUTES} 分钟内有效，只能下载一次"),
        format!("Its address comes to you directly: good for {MINUTES} minutes and one download"),
    ))]);
    if let Some(watermark) = &export.watermark {
        let watermark = voice.quote(watermark);
        card = card.and_line(vec![Span::from(
            voice.pick(format!("水印：{watermark}"), format!("Watermark: {watermark}")),
        )]);
    }
    let purpose = match &export.purpose {
        Some(purpose) => {
            let purpose = voice.quote(&excerpt(purpose));
            voice.pick(format!("用途：{purpose}"), format!("Purpose: {purpose}"))
        }
        None => voice.pick(
            "没写用途；写了会记进文件和日志，例如加上 用途:客诉复盘".to_owned(),
            "No purpose given; add one for file and log, such as purpose:review".to_owned(),
        ),
    };
    card.and_line(vec![Span::from(purpose)])
}

/// Messages looked at, of how many, how many of them fit.
pub fn progress(voice: &Voice, number: u32, [looked, of, found]: [u32; 3]) -> Outgoing {
    Outgoing::text(voice.pick(
        format!("X{number} 已看 {looked} / {of} 条，其中 {found} 条符合"),
        format!("X{number}: {looked} of {of} messages looked at, {found} fit"),
    ))
}

/// It is written; the chat hears so, and what it can be told by later.
pub fn ready(voice: &Voice, handle: Handle, export: &Export) -> Outgoing {
    let name = &export.by.name;
    let held = export.holds.as_ref().map(|holds| held(voice, holds)).unwrap_or_default();
    let sha = export.holds.as_ref().map(|holds| hex::encode(holds.sha256)).unwrap_or_default();
    let head = voice.pick(
        format!("{handle} 导出好了：{held}。下载地址已私信 {name}"),
        format!("{handle} is ready: {held}. Its address went to {name} directly"),
    );
    Outgoing::text(head).and_line(vec![Span::from(
        voice.pick(format!("文件 SHA-256：{sha}"), format!("SHA-256 of the file: {sha}")),
    )])
}

/// The address, for one person.
pub fn link(
    voice: &Voice,
    handle: Handle,
    export: &Export,
    place: &str,
    url: &str,
    until: Timestamp,
) -> Outgoing {
    let kind = kind(voice, export.format);
    let from = match place {
        "" => String::new(),
        place => voice.pick(format!("「{place}」的"), format!(" from “{place}”")),
    };
    let held = export.holds.as_ref().map(|holds| held(voice, holds)).unwrap_or_default();
    let sha = export.holds.as_ref().map(|holds| hex::encode(holds.sha256)).unwrap_or_default();
    let until = voice.at(until);
    let head = voice.pick(
        format!("{from}导出 {handle} 好了：{kind}，{held}"),
        format!("Export {handle}{from} is ready: {kind}, {held}"),
    );
    let mut card = Outgoing::text(head);
    card.blocks.push(Block::Code(url.to_owned()));
    let lines = [
        voice.pick(
            format!("{until}前有效，只能下载一次。请不要转发：谁打开就算谁下载"),
            format!(
                "Good until {until}, for one download. Don’t pass it on: whoever opens it has it"
            ),
        ),
        voice.pick(format!("文件 SHA-256：{sha}"), format!("SHA-256 of the file: {sha}")),
    ];
    for line in lines {
        card = card.and_line(vec![Span::from(line)]);
    }
    card.confidential = true;
    card
}

/// Somebody had it.
pub fn fetched(voice: &Voice, number: u32, by: &Named) -> Outgoing {
    let name = &by.name;
    Outgoing::text(voice.pick(
        format!("X{number} 已用 {name} 的地址下载，地址失效"),
        format!("X{number} was downloaded from {name}’s address, which is used up"),
    ))
}

/// There is no file.
pub fn failed(voice: &Voice, number: u32, why: NoFile) -> Outgoing {
    Outgoing::text(match why {
        NoFile::Nothing => voice.pick(
            format!("X{number} 没有符合的消息，没有生成文件"),
            format!("X{number}: no message fits, so there is no file"),
        ),
        NoFile::TooLarge => voice.pick(
            format!("X{number} 太大，没有导出。加个日期或词，分几次导"),
            format!("X{number} is too large. Add a date or a word, and export it in parts"),
        ),
        NoFile::Broken => voice.pick(
            format!("X{number} 没能写出文件，请再导一次；还不行就找管理员看日志"),
            format!("X{number} could not be written. Try again; if that fails, ask an admin"),
        ),
        NoFile::TooLong => voice.pick(
            format!("X{number} 太久没写完，已经停下。分几次导，例如按月"),
            format!("X{number} took too long and was stopped. Export it in parts, a month each"),
        ),
        NoFile::NotAllowed => voice.pick(
            format!("X{number} 作废了：要它的人现在没有权限"),
            format!("X{number} is void: whoever asked for it may not have it any more"),
        ),
    })
}

/// It is not wanted any more.
pub fn removed(voice: &Voice, handle: Handle) -> Outgoing {
    Outgoing::text(voice.pick(
        format!("{handle} 已取消，文件和下载地址都没有了"),
        format!("{handle} is cancelled; its file and address are gone"),
    ))
}

/// Why there is nothing to be had.
pub fn refused(voice: &Voice, why: &OfExport) -> String {
    match why {
        OfExport::NoPdf => voice.pick(
            "这份程序没有装 PDF；可以要 网页（可打印）或 Word".to_owned(),
            "This program was built without PDF; ask for html (to print) or word".to_owned(),
        ),
        OfExport::TwoFiles { part } => {
            let part = voice.quote(&excerpt(part));
            voice.pick(
                format!("一次导出一种文件，{part}里有几种。留一种再发"),
                format!("{part} names several kinds of file. Keep one of them and send it again"),
            )
        }
        OfExport::NotForOthers => voice.pick(
            "文件只发给要它的人，请让对方自己来要。只要某人发的消息就直接写 @名字".to_owned(),
            "A file goes to whoever asks for it: have them ask. For what somebody said, just write \
             @name"
                .to_owned(),
        ),
        OfExport::NotPrivate => voice.pick(
            "文件只能私信给要的人，而我在这个平台上发不了私信，所以没有导出".to_owned(),
            "Files go to whoever asked, directly. I can’t write to people here: nothing exported"
                .to_owned(),
        ),
        OfExport::UnderWay(handle) => voice.pick(
            format!("{handle} 还在导出，好了再要下一个。不要它了就说：{handle} 删"),
            format!("{handle} is still being exported. Wait for it, or drop it: {handle} remove"),
        ),
        OfExport::Over { handle, state } => voice.pick(
            format!("{handle} 已经是「{state}」，没有文件了。再导一次：导出 …"),
            format!("{handle} is {state} already, without a file. To have it again: export …"),
        ),
    }
}

/// How it stands, in a word.
pub fn state(voice: &Voice, export: &Export) -> &'static str {
    match &export.state {
        State::Working => voice.pick("导出中", "being written"),
        State::Ready { .. } => voice.pick("待下载", "ready"),
        State::Fetched { .. } => voice.pick("已下载", "downloaded"),
        State::Expired => voice.pick("已过期", "expired"),
        State::Removed => voice.pick("已取消", "cancelled"),
        State::Failed(_) => voice.pick("没有文件", "without a file"),
    }
}

/// The last ones.
pub fn list(voice: &Voice, exports: &[(u32, Export)]) -> Long {
    if exports.is_empty() {
        return Long::none(voice.lines(
            "还没有导出过。例如：导出 上月 表格",
            "Nothing was exported yet. Try: export last month xlsx",
        ));
    }
    let line = |(number, export): &(u32, Export)| {
        let (at, by) = (voice.at(export.asked_at), &export.by.name);
        let (kind, asked) = (kind(voice, export.format), excerpt(&export.asked));
        let state = state(voice, export);
        vec![Span::from(format!("X{number} {at} {by} · {kind} · {asked} · {state}"))]
    };
    let head = Outgoing::text(voice.pick("最近的导出", "Latest exports"));
    Long::new(head, exports.iter().map(line).collect())
}

/// One, whole.
pub fn shown(voice: &Voice, handle: Handle, export: &Export) -> Outgoing {
    let name = |zh: &str, en: &str| voice.pick(zh, en).to_owned();
    let mut rows = vec![
        (name("导出人", "By"), export.by.name.clone()),
        (name("时间", "Asked"), voice.at(export.asked_at)),
        (name("范围", "What"), export.asked.clone()),
        (name("文件", "File"), kind(voice, export.format).to_owned()),
        (name("状态", "State"), state(voice, export).to_owned()),
    ];
    if let Some(purpose) = &export.purpose {
        rows.push((name("用途", "Purpose"), purpose.clone()));
    }
    if let Some(watermark) = &export.watermark {
        rows.push((name("水印", "Watermark"), watermark.clone()));
    }
    if let Some(holds) = &export.holds {
        rows.push((name("内容", "Holds"), held(voice, holds)));
        rows.push(("SHA-256".to_owned(), hex::encode(holds.sha256)));
        rows.push((name("消息摘要", "Of its messages"), hex::encode(holds.digest)));
    }
    let mut card = Outgoing::text(handle.to_string());
    card.blocks.push(Block::Fields(rows));
    card
}

fn kind(voice: &Voice, format: Format) -> &'static str {
    match format {
        Format::Xlsx => voice.pick("Excel 表格", "Excel"),
        Format::Docx => voice.pick("Word 文档", "Word"),
        Format::Html => voice.pick("网页（可打印）", "a printable page"),
        Format::Csv => voice.pick("CSV 表格", "CSV"),
        Format::Jsonl => voice.pick("JSON 行", "JSON lines"),
    }
}

fn held(voice: &Voice, holds: &Holds) -> String {
    let (count, kib) = (holds.count, holds.bytes.div_ceil(1024));
    let many = if count == 1 { "" } else { "s" };
    let span = match holds.span {
        Some((from, to)) if from != to => {
            let (from, to) = (voice.at(from), voice.at(to));
            voice.pick(format!("（{from}—{to}）"), format!(" ({from} – {to})"))
        }
        Some(_) | None => String::new(),
    };
    voice.pick(
        format!("{count} 条{span}，{kib} KB"),
        format!("{count} message{many}{span}, {kib} KB"),
    )
}
