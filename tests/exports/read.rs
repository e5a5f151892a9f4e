//! Reads what was written, strictly: a zip by its list with every checksum looked at, XML by a
//! parser that forgives nothing, a table by the letter of RFC 4180.

use std::collections::BTreeMap;
use std::io::Read;

use flate2::Crc;
use flate2::read::DeflateDecoder;

/// The files of a zip, by name.
pub fn zip(bytes: &[u8]) -> BTreeMap<String, String> {
    let half = |at: usize| u16::from_le_bytes(bytes[at..at + 2].try_into().unwrap()) as usize;
    let word = |at: usize| u32::from_le_bytes(bytes[at..at + 4].try_into().unwrap()) as usize;
    let end = bytes.len() - 22;
    assert_eq!(&bytes[end..end + 4], b"PK\x05\x06", "an end without a comment");
    let (count, size, mut at) = (half(end + 10), word(end + 12), word(end + 16));
    assert_eq!(at + size, end, "the list stands right before the end");
    let mut files = BTreeMap::new();
    for _ in 0..count {
        assert_eq!(&bytes[at..at + 4], b"PK\x01\x02");
        let (crc, packed, plain) = (word(at + 16), word(at + 20), word(at + 24));
        let (name, local) = (half(at + 28), word(at + 42));
        let name = std::str::from_utf8(&bytes[at + 46..at + 46 + name]).unwrap();
        at += 46 + name.len();
        assert_eq!(&bytes[local..local + 4], b"PK\x03\x04");
        let from = local + 30 + half(local + 26) + half(local + 28);
        assert_eq!(&bytes[local + 30..local + 30 + name.len()], name.as_bytes());
        let behind = from + packed;
        assert_eq!(&bytes[behind..behind + 4], b"PK\x07\x08");
        assert_eq!([word(behind + 4), word(behind + 8), word(behind + 12)], [crc, packed, plain]);
        let mut text = String::new();
        DeflateDecoder::new(&bytes[from..behind]).read_to_string(&mut text).unwrap();
        let mut sum = Crc::new();
        sum.update(text.as_bytes());
        assert_eq!((text.len(), sum.sum() as usize), (plain, crc), "{name}");
        assert!(files.insert(name.to_owned(), text).is_none(), "{name} comes once");
    }
    files
}

/// The text of every element of this name, joined within each `of`.
pub fn texts(xml: &str, of: &str, name: &str) -> Vec<String> {
    let document = roxmltree::Document::parse(xml).unwrap();
    let all = document.descendants().filter(|node| node.tag_name().name() == of);
    let text = |node: roxmltree::Node| -> String {
        let inner = node.descendants().filter(|node| node.tag_name().name() == name);
        inner.filter_map(|node| node.text()).collect()
    };
    all.map(text).collect()
}

/// The rows of a sheet: look and text of each cell, all of them text or numbers.
pub fn rows(xml: &str) -> Vec<Vec<(String, String)>> {
    let document = roxmltree::Document::parse(xml).unwrap();
    let named = |of: &str| {
        let of = of.to_owned();
        move |node: &roxmltree::Node| node.tag_name().name() == of
    };
    let cell = |cell: roxmltree::Node| {
        let text = cell.descendants().filter(|n| n.is_text()).filter_map(|n| n.text()).collect();
        let inline = cell.attribute("t") == Some("inlineStr");
        let number = cell.attribute("t").is_none() && cell.descendants().any(|n| named("v")(&n));
        assert!(inline || number, "{text}");
        (cell.attribute("s").unwrap_or_default().to_owned(), text)
    };
    let row = |row: roxmltree::Node| row.children().filter(named("c")).map(cell).collect();
    document.descendants().filter(named("row")).map(row).collect()
}

/// The rows of a table as plain text.
pub fn csv(bytes: &[u8]) -> Vec<Vec<String>> {
    let text = std::str::from_utf8(bytes).unwrap().strip_prefix('\u{feff}').expect("a mark");
    let (mut rows, mut row, mut rest) = (Vec::new(), Vec::new(), text);
    while !rest.is_empty() {
        rest = rest.strip_prefix('"').expect("every field is quoted");
        let (mut field, mut from) = (String::new(), 0);
        loop {
            let at = from + rest[from..].find('"').expect("it is closed");
            field.push_str(&rest[from..at]);
            if !rest[at + 1..].starts_with('"') {
                rest = &rest[at + 1..];
                break;
            }
            field.push('"');
            from = at + 2;
        }
        row.push(field);
        match rest.strip_prefix(',') {
            Some(more) => rest = more,
            None => {
                rest = rest.strip_prefix("\r\n").expect("the end of a row");
                rows.push(std::mem::take(&mut row));
            }
        }
    }
    rows
}
