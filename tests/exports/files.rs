//! What is in the files: the same messages in every format, Chinese as it was typed, nothing that a
//! program would compute, run or load, and what the file says of itself.

use sha2::{Digest, Sha256};

use crate::bot::line::Line;
use crate::bot::{Bot, Said};
use crate::read;

const PLACE: &str = "售后群";

/// What members said, in order.
const SAID: [&str; 9] = [
    "三班家长要退费，退费原因：转学。电话 13800001234",
    "=HYPERLINK(\"http://evil.example\",\"点我\") 退费",
    "＝1+1 退费",
    "@甲 退费已处理",
    "-2+3 退费",
    "退费 <script>alert(1)</script> & \"引号\"，逗号,和\n换行",
    "退费 \u{0}\u{b}控制 _x0041_ 😀 𠮷",
    "  +cmd 退费",
    "明天开会",
];

/// A bot with all that said, and the file of the line that asks for it.
pub fn exported(line: &str) -> (Bot, Vec<u8>) {
    let mut bot = Bot::new();
    for (n, text) in SAID.iter().enumerate() {
        say(&mut bot, "甲", text, n);
    }
    let file = ask(&mut bot, line);
    (bot, file)
}

fn say(bot: &mut Bot, speaker: &str, text: &str, n: usize) {
    let id = format!("m{n}");
    let line = Line { place: PLACE, speaker, text, id: &id, quoted: None, at: bot.now };
    bot.callback(&line.raw(["甲", "经理"])).unwrap();
}

fn ask(bot: &mut Bot, line: &str) -> Vec<u8> {
    say(bot, "经理", &format!("@管家 {line}"), 1_000);
    bot.write_exports().unwrap();
    let link = |said: &Said| {
        let text = said.card.plain();
        text.lines().find(|line| line.contains("/export/")).map(str::to_owned)
    };
    let url = bot.said.iter().rev().find_map(link).expect("an address");
    bot.open(&url).unwrap().expect("a file")
}

fn hash(bytes: &[u8]) -> String {
    hex::encode(Sha256::digest(bytes))
}

/// What must be found in each message as it is shown: a number hidden, invisible things harmless.
fn shown(n: usize) -> String {
    SAID[n].trim().replace("13800001234", "138****1234").replace(['\u{0}', '\u{b}'], "\u{fffd}")
}

#[test]
fn a_table_of_plain_text_holds_every_message_and_no_formula() {
    let (bot, file) = exported("导出 退费 csv 用途:复盘 水印:内部资料");
    let rows = read::csv(&file);
    assert_eq!(rows[0][..4], ["编号", "时间", "发言人", "内容"]);
    assert_eq!(rows[1][..3], ["M1", "2026-03-02 09:00:00", "甲"]);
    for (row, n) in rows[1..9].iter().zip(0..) {
        let text = &row[3];
        let typed = SAID[n].trim().replace("13800001234", "138****1234");
        assert!(*text == typed || *text == format!("'{typed}"), "{text}");
        let first = text.trim_start().chars().next().unwrap();
        assert!(!"=+-@＝＋－＠".contains(first) && !text.starts_with('\t'), "{text}");
    }
    assert_eq!(rows[1][7], "退费", "what was looked for");
    let fact = |name: &str| rows.iter().find(|row| row[0] == name).map(|row| row[1].as_str());
    assert_eq!(fact("导出人"), Some("经理"));
    assert_eq!(fact("用途"), Some("复盘"));
    assert_eq!(fact("水印"), Some("内部资料"));
    assert_eq!(fact("条数"), Some("8"));
    let said = bot.said.iter().map(|said| said.card.plain()).collect::<String>();
    assert!(said.contains(&hash(&file)), "the chat knows the file");
}

#[test]
fn lines_of_json_give_the_digest_that_every_format_bears() {
    let (_, file) = exported("导出 退费 json");
    let text = String::from_utf8(file).unwrap();
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    let messages = &lines[1..lines.len() - 1];
    let first: serde_json::Value = serde_json::from_str(messages[0]).unwrap();
    assert_eq!(first["text"], shown(0));
    assert_eq!(first["at"], "2026-03-02T09:00:00+08:00");
    let second: serde_json::Value = serde_json::from_str(messages[1]).unwrap();
    assert_eq!(second["text"], SAID[1], "no spreadsheet reads these");
    let digest = hash(messages.concat().as_bytes());
    let end: serde_json::Value = serde_json::from_str(lines[lines.len() - 1]).unwrap();
    assert_eq!(end["end"]["消息摘要 SHA-256"], digest);
    for format in ["csv", "网页", "表格", "word"] {
        let (bot, file) = exported(&format!("导出 退费 {format}"));
        let text = match format {
            "表格" | "word" => read::zip(&file).into_values().collect(),
            _ => String::from_utf8(file).unwrap(),
        };
        assert!(text.contains(&digest), "{format}");
        drop(bot);
    }
}

#[test]
fn a_page_runs_nothing_and_loads_nothing() {
    let (_, file) = exported("导出 退费 网页 水印:<b>内部</b>");
    let page = String::from_utf8(file).unwrap();
    for bad in ["<script", "<b>内部", "src=", "href=", "url(", "onerror", "javascript:"] {
        assert!(!page.contains(bad), "{bad}");
    }
    assert!(page.contains("&lt;script&gt;alert(1)&lt;/script&gt;"));
    assert!(page.contains("三班家长要<mark>退费</mark>，<mark>退费</mark>原因"));
    assert_eq!(page.matches("<span>&lt;b&gt;内部&lt;/b&gt;</span>").count(), 24);
    assert!(page.contains("138****1234") && !page.contains("13800001234"));
    assert!(!page.contains("明天开会"));
}

#[test]
fn a_spreadsheet_holds_texts_and_times_and_nothing_else() {
    let (_, file) = exported("导出 退费 表格 水印:A&B 2");
    let parts = read::zip(&file);
    for (name, xml) in &parts {
        roxmltree::Document::parse(xml).unwrap_or_else(|why| panic!("{name}: {why}"));
    }
    let sheet = &parts["xl/worksheets/sheet1.xml"];
    assert!(!sheet.contains("<f>") && !sheet.contains("<f "), "no formula");
    let rows = read::rows(sheet);
    assert_eq!(rows.len(), 9);
    for (row, n) in rows[1..].iter().zip(0..) {
        let (look, text) = &row[3];
        assert_eq!(text.replace("_x005F_x", "_x"), shown(n));
        assert_eq!(look == "3", [1, 2, 3, 4, 7].contains(&n), "{text}");
    }
    // 2 March 2026, 9:00.
    assert!(sheet.contains("<c s=\"1\"><v>46083.375000</v></c>"));
    assert!(
        sheet.contains("<r><rPr><b/><color rgb=\"FFC00000\"/></rPr><t xml:space=\"preserve\">退费")
    );
    assert!(sheet.contains("&amp;C&amp;16 A&amp;&amp;B"));
    let about = read::texts(&parts["xl/worksheets/sheet2.xml"], "c", "t");
    assert!(about.windows(2).any(|pair| pair[0] == "导出人" && pair[1] == "经理"), "{about:?}");
    let wanted = ["[Content_Types].xml", "_rels/.rels", "xl/styles.xml", "xl/workbook.xml"];
    assert!(wanted.iter().all(|name| parts.contains_key(*name)));
}

#[test]
fn a_document_shows_each_message_and_the_watermark_across_its_pages() {
    let (_, file) = exported("快照 今天8:00-10:00 word 水印:XX餐饮-客诉处理专用 用途:客诉");
    let parts = read::zip(&file);
    for (name, xml) in &parts {
        roxmltree::Document::parse(xml).unwrap_or_else(|why| panic!("{name}: {why}"));
    }
    let paragraphs = read::texts(&parts["word/document.xml"], "p", "t");
    assert_eq!(paragraphs[0], "售后群 · 消息快照");
    for n in [0, 1, 2, 3, 4, 6, 8] {
        assert!(paragraphs.contains(&shown(n)), "{}", shown(n));
    }
    assert!(paragraphs.iter().any(|text| text.starts_with("M1 · 2026-03-02 09:00:00 · 甲")));
    assert!(parts["word/header1.xml"].contains("string=\"XX餐饮-客诉处理专用\""));
    let outside = parts.values().any(|xml| xml.contains("TargetMode") || xml.contains("fldSimple"));
    assert!(!outside, "nothing leads elsewhere");
}
