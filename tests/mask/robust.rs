//! Hostile texts: nothing panics, spans lie on characters, and no text takes more than its length
//! in steps.

use steward::text::mask::{mask, read};

/// Pieces that numbers and addresses are made of, whole and broken.
const PIECES: [&str; 60] = [
    "1",
    "38",
    "0000",
    "13800001234",
    "+86",
    "0086",
    "86-",
    "(",
    ")",
    "（",
    "）",
    "０１０",
    "-",
    "－",
    " ",
    "\u{3000}",
    ".",
    "．",
    ",",
    "，",
    "@",
    "＠",
    "a",
    "li.si",
    "example.com",
    "。",
    "4403051990",
    "07",
    "15001",
    "X",
    "Ｘ",
    "6222",
    "621000438197929711",
    "5",
    "粤",
    "B",
    "12345",
    "·",
    "学",
    "护照",
    "passport",
    "E",
    "1234567",
    "v",
    "10.0",
    "255",
    "256",
    "北京市",
    "海淀区",
    "示例路",
    "号",
    "栋",
    "室",
    "\u{200b}",
    "😀",
    "e\u{301}",
    "⑿",
    "㏢",
    "\n",
    "*",
];

/// Numbers that look random and are the same on every machine.
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % most
    }
}

fn check(text: &str) {
    let masked = read(text);
    let mut end = 0;
    for found in &masked.found {
        assert!(found.bytes.start >= end && found.bytes.end > found.bytes.start, "{text:?}");
        let part = text.get(found.bytes.clone());
        let part = part.unwrap_or_else(|| panic!("{text:?}: {found:?} is no whole characters"));
        let before = text[..found.bytes.start].chars().count();
        assert_eq!(found.chars, before..before + part.chars().count(), "{text:?}");
        end = found.bytes.end;
    }
    assert_eq!(masked.text == text, masked.found.is_empty(), "{text:?}");
}

#[test]
fn random_texts_never_panic_and_spans_lie_on_characters() {
    let mut dice = Dice(7);
    for _ in 0..20_000 {
        let count = 1 + dice.below(12);
        let text: String = (0..count).map(|_| PIECES[dice.below(PIECES.len())]).collect();
        check(&text);
    }
}

#[test]
fn every_cut_of_a_text_is_read() {
    let text = "护照E24893054，+86 (10) 8000-5464转，粤B·12345，6200 0013 4396 2398 \
        73990419730927687X a@b.cn";
    for (from, _) in text.char_indices() {
        check(&text[from..]);
        check(&text[..from]);
    }
}

#[test]
fn what_stands_around_a_number_does_not_change_what_is_found() {
    let text = "电话 13800001234，邮箱 li@example.com";
    let found = read(text).found.len();
    for filler in ["谈", "a ", "1 ", "@ ", "粤 ", "区 ", "，"] {
        let long = format!("{} {text}", filler.repeat(10_000));
        assert_eq!(read(&long).found.len(), found, "{filler:?}");
    }
}

#[test]
fn a_text_without_personal_data_is_handed_back() {
    assert!(matches!(mask("大家好，周五 18:00 前交，T12 完成 60%"), std::borrow::Cow::Borrowed(_)));
}
