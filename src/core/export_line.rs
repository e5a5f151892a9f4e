//! A line of `导出` and `快照` taken apart: the kind of file, the watermark, the purpose; what is left
//! is a search. Between quotation marks everything is searched for.

use super::seek::QUOTES;
use crate::model::export::Format;
use crate::text::fold::fold;
use crate::text::when::{self, Reference};

/// A kind of file as it may be asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// One that is written.
    Of(Format),
    /// Pages with a fixed layout: not in every program.
    Pdf,
}

/// Names of the kinds, folded.
const KINDS: [(Kind, &[&str]); 6] = [
    (
        Kind::Of(Format::Xlsx),
        &["表格", "电子表格", "excel", "excel表格", "excel表", "xlsx", "xls", "spreadsheet"],
    ),
    (Kind::Of(Format::Docx), &["word", "word文档", "文档", "docx", "doc"]),
    (Kind::Of(Format::Html), &["网页", "html", "打印", "打印版", "webpage", "printable"]),
    (Kind::Of(Format::Csv), &["csv", "csv表格"]),
    (Kind::Of(Format::Jsonl), &["json", "jsonl", "ndjson", "json lines"]),
    (Kind::Pdf, &["pdf"]),
];

/// What may stand before a kind, and goes with it.
const AS: [&str; 9] = ["成", "为", "做成", "存成", "导成", "格式", "格式:", "as", "to"];
/// What may stand behind one.
const FORM: [&str; 5] = ["格式", "文件", "形式", "format", "file"];

/// What leads to a watermark, folded.
const WATERMARK: [&str; 3] = ["水印", "watermark", "加水印"];
/// What leads to a purpose, folded.
const PURPOSE: [&str; 4] = ["用途", "目的", "purpose", "用于"];

/// Whatever was said, folded: with nothing else, everything; with something else, what fits that.
const ALL: [&str; 15] = [
    "全部",
    "所有",
    "全部消息",
    "所有消息",
    "全部记录",
    "所有记录",
    "聊天记录",
    "全部聊天记录",
    "消息",
    "记录",
    "聊天内容",
    "all",
    "everything",
    "messages",
    "all messages",
];

/// What a line asks for.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Asked {
    /// Kinds of file, each once, in the order in which they were named.
    pub kinds: Vec<Kind>,
    /// The watermark.
    pub watermark: Option<String>,
    /// The purpose.
    pub purpose: Option<String>,
    /// It says that everything is meant.
    pub all: bool,
    /// All else: what is searched for.
    pub rest: String,
}

/// Whether a line says that somebody else is to have the file.
pub fn is_for_others(line: &str) -> bool {
    let folded = fold(line).text;
    ["给@", "给 @", " to @", " for @"].iter().any(|to| folded.contains(to))
}

/// Reads what stands behind the word.
pub fn read(content: &str, reference: Reference) -> Asked {
    let mut asked = Asked::default();
    let mut words = split(content).into_iter().peekable();
    let mut rest: Vec<String> = Vec::new();
    while let Some(word) = words.next() {
        let folded = fold(&word).text;
        if let Some((label, value)) = labelled(&word) {
            let mut value = value.to_owned();
            if value.is_empty() {
                value = words.next().unwrap_or_default();
            }
            // Latin words stand apart and belong together; Chinese ones end with the blank.
            while !is_quoted(&value) && value.is_ascii() {
                let more = |next: &String| {
                    labelled(next).is_none() && kind(next).is_none() && next.is_ascii()
                };
                let Some(next) = words.next_if(more) else { break };
                value = format!("{value} {next}");
            }
            let value = unquoted(&value);
            let place = match label {
                Label::Watermark => &mut asked.watermark,
                Label::Purpose => &mut asked.purpose,
            };
            *place = (!value.is_empty()).then(|| value.to_owned());
            continue;
        }
        let two = words.peek().map(|next| format!("{folded} {}", fold(next).text));
        let two = two.as_deref();
        if let Some(found) = two.and_then(kind) {
            words.next();
            asked.add(found);
        } else if two.is_some_and(|two| ALL.contains(&two)) {
            words.next();
            asked.all = true;
        } else if let Some(found) = kind(&word) {
            asked.add(found);
            words.next_if(|next| FORM.contains(&fold(next).text.as_str()));
        } else if is_all(&folded) {
            asked.all = true;
        } else if AS.contains(&folded.as_str()) && words.peek().is_some_and(|n| kind(n).is_some()) {
            // Goes with what follows.
        } else if let Some((date, found)) = glued(&word, reference) {
            match found {
                Some(found) => asked.add(found),
                None => asked.all = true,
            }
            rest.push(date.to_owned());
        } else {
            rest.push(word);
        }
    }
    asked.rest = rest.join(" ");
    asked
}

impl Asked {
    fn add(&mut self, kind: Kind) {
        if !self.kinds.contains(&kind) {
            self.kinds.push(kind);
        }
    }
}

/// What a label leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Label {
    Watermark,
    Purpose,
}

/// A label and what stands glued behind it; without a colon the label is the whole word.
fn labelled(word: &str) -> Option<(Label, &str)> {
    let labels = [(Label::Watermark, &WATERMARK[..]), (Label::Purpose, &PURPOSE[..])];
    let (head, value) = word.split_once([':', '：', '=', '＝']).unwrap_or((word, ""));
    let head = fold(head).text;
    let found = labels.into_iter().find(|(_, names)| names.contains(&head.as_str()));
    found.map(|(label, _)| (label, value))
}

/// The kind that a word names.
fn kind(word: &str) -> Option<Kind> {
    let folded = fold(word).text;
    let bare = ["做成", "存成", "导成", "成", "为", "."]
        .into_iter()
        .find_map(|lead| folded.strip_prefix(lead))
        .unwrap_or(&folded);
    let bare =
        ["格式", "文件"].into_iter().find_map(|form| bare.strip_suffix(form)).unwrap_or(bare);
    KINDS.iter().find(|(_, names)| names.contains(&bare)).map(|(kind, _)| *kind)
}

/// A date with a kind glued behind it, or with what stands for everything: `上月表格`,
/// `上周的聊天记录`.
fn glued<'a>(word: &'a str, reference: Reference) -> Option<(&'a str, Option<Kind>)> {
    let ends = word.char_indices().map(|(at, _)| at).skip(1);
    ends.into_iter().find_map(|at| {
        let (date, behind) = word.split_at(at);
        let found = kind(behind);
        if found.is_none() && !is_all(&fold(behind).text) {
            return None;
        }
        let date = date.trim_end_matches('的');
        let (span, _) = when::read(date, reference, true)?;
        (span == (0..date.len())).then_some((date, found))
    })
}

/// Whether a folded word stands for everything.
fn is_all(folded: &str) -> bool {
    ALL.contains(&folded.strip_prefix('的').unwrap_or(folded))
}

/// The words of a line; what stands between quotation marks is one, and so is a label with such a
/// value.
fn split(content: &str) -> Vec<String> {
    let (mut words, mut word, mut closing) = (Vec::new(), String::new(), None);
    for (at, c) in content.char_indices() {
        if closing.is_none() {
            let pair = QUOTES.iter().find(|(open, _)| *open == c).map(|(_, close)| *close);
            closing = pair.filter(|close| content[at + c.len_utf8()..].contains(*close));
        } else if closing == Some(c) {
            closing = None;
        }
        if closing.is_none() && (c.is_whitespace() || matches!(c, '，' | ',' | '；' | ';')) {
            words.push(std::mem::take(&mut word));
        } else {
            word.push(c);
        }
    }
    words.push(word);
    words.retain(|word| !word.is_empty());
    words
}

fn is_quoted(value: &str) -> bool {
    unquoted(value) != value
}

fn unquoted(value: &str) -> &str {
    let inner = QUOTES.iter().find_map(|(open, close)| {
        value.strip_prefix(*open).and_then(|rest| rest.strip_suffix(*close))
    });
    inner.unwrap_or(value)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Calendar, Timestamp};

    fn read_now(line: &str) -> Asked {
        let reference = Reference {
            now: Timestamp(1_772_413_200_000),
            zone: chrono_tz::Asia::Shanghai,
            work: crate::text::hours::USUAL,
            calendar: Calendar::official(),
        };
        read(line, reference)
    }

    #[test]
    fn kinds_labels_and_what_is_searched_for_are_told_apart() {
        let cases = [
            ("上月 表格", Some(Kind::Of(Format::Xlsx)), "上月"),
            ("上月表格", Some(Kind::Of(Format::Xlsx)), "上月"),
            ("上月的表格", Some(Kind::Of(Format::Xlsx)), "上月"),
            ("退费 成 Word 文件", Some(Kind::Of(Format::Docx)), "退费"),
            ("退费 成Excel", Some(Kind::Of(Format::Xlsx)), "退费"),
            ("refund last month as json lines", Some(Kind::Of(Format::Jsonl)), "refund last month"),
            ("\"表格\" csv", Some(Kind::Of(Format::Csv)), "\"表格\""),
            ("昨天 PDF", Some(Kind::Pdf), "昨天"),
            ("表格怎么填", None, "表格怎么填"),
            ("上月的聊天记录 word", Some(Kind::Of(Format::Docx)), "上月"),
            ("8月1日到8月5日 的消息 csv", Some(Kind::Of(Format::Csv)), "8月1日到8月5日"),
        ];
        for (line, kind, rest) in cases {
            let asked = read_now(line);
            let found = (asked.kinds.first().copied(), asked.rest.as_str());
            assert_eq!(found, (kind, rest), "{line}");
        }
        assert!(read_now("全部 csv").all && read_now("all messages html").all);
        assert_eq!(read_now("表格 csv").kinds.len(), 2);
    }

    #[test]
    fn labels_take_what_belongs_to_them() {
        let asked = read_now("8月20日14:30-16:30 水印:XX餐饮-客诉处理专用 用途：复盘 网页");
        assert_eq!(asked.watermark.as_deref(), Some("XX餐饮-客诉处理专用"));
        assert_eq!(asked.purpose.as_deref(), Some("复盘"));
        assert_eq!(asked.rest, "8月20日14:30-16:30");
        let asked = read_now("yesterday watermark: ACME after sales only purpose=review xlsx");
        assert_eq!(asked.watermark.as_deref(), Some("ACME after sales only"));
        assert_eq!(asked.purpose.as_deref(), Some("review"));
        assert_eq!(asked.rest, "yesterday");
        let asked = read_now("上周 水印「甲 乙」 水印 「内部 资料」");
        assert_eq!(asked.watermark.as_deref(), Some("内部 资料"));
    }
}
