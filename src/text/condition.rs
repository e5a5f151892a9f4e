//! Filters such as `数量<50 级别=高`: reading, printing and testing them. Which fields exist is not
//! known here.

use std::cmp::Ordering;
use std::sync::LazyLock;

use regex::Regex;

use super::fold::fold;
use crate::model::condition::{Condition, Operator, Test};
use crate::model::event::Field;

/// Every spelling of an operator after folding, longer ones first.
static SIGN: LazyLock<Regex> = LazyLock::new(|| {
    // A constant that the tests below read.
    Regex::new("<=|>=|!=|<>|==|[≤≥≠<>=]").expect("a regex")
});

/// What a spelling means.
fn operator(sign: &str) -> Operator {
    match sign {
        "<" => Operator::Less,
        "<=" | "≤" => Operator::AtMost,
        ">" => Operator::More,
        ">=" | "≥" => Operator::AtLeast,
        "!=" | "<>" | "≠" => Operator::NotEqual,
        // `=` and `==`: the only spellings left.
        _ => Operator::Equal,
    }
}

/// The test that a whole word such as `数量<50` or `数量＜５０` writes; `None` if it is none.
pub fn read_test(word: &str) -> Option<Test> {
    let folded = fold(word);
    let sign = SIGN.find(&folded.text)?;
    let span = folded.original(sign.range());
    let (field, value) = (word[..span.start].trim(), word[span.end..].trim());
    let blank = |part: &str| part.is_empty() || part.contains(char::is_whitespace);
    // An arrow (`a->b`) and an address (`https://…?a=1`) hold a sign, too.
    if blank(field) || blank(value) || field.ends_with(['-', '!', '！']) || field.contains("://") {
        return None;
    }
    if SIGN.find(&fold(value).text).is_some_and(|another| another.start() == 0) {
        return None;
    }
    let value = number(value).map_or_else(|| Field::Text(value.to_owned()), Field::Number);
    Some(Test { field: field.to_owned(), operator: operator(sign.as_str()), value })
}

/// How a comparison is said. Longer spellings first.
const SAID: [(&str, Operator); 32] = [
    ("不少于", Operator::AtLeast),
    ("不低于", Operator::AtLeast),
    ("不小于", Operator::AtLeast),
    ("大于等于", Operator::AtLeast),
    ("至少", Operator::AtLeast),
    ("不超过", Operator::AtMost),
    ("不大于", Operator::AtMost),
    ("不高于", Operator::AtMost),
    ("不多于", Operator::AtMost),
    ("小于等于", Operator::AtMost),
    ("最多", Operator::AtMost),
    ("不等于", Operator::NotEqual),
    ("少于", Operator::Less),
    ("小于", Operator::Less),
    ("低于", Operator::Less),
    ("不到", Operator::Less),
    ("不足", Operator::Less),
    ("多于", Operator::More),
    ("大于", Operator::More),
    ("高于", Operator::More),
    ("超过", Operator::More),
    ("等于", Operator::Equal),
    (" at least ", Operator::AtLeast),
    (" at most ", Operator::AtMost),
    (" less than ", Operator::Less),
    (" fewer than ", Operator::Less),
    (" more than ", Operator::More),
    (" greater than ", Operator::More),
    (" below ", Operator::Less),
    (" under ", Operator::Less),
    (" above ", Operator::More),
    (" over ", Operator::More),
];

/// Comparisons in words, `数量少于50`, `stock below 50`, with nothing between them but 且 or a comma;
/// `None` if a part is none.
pub fn worded(text: &str) -> Option<Vec<Test>> {
    let text = text.replace(" and ", "，").replace([',', '且', '；', ';'], "，");
    let parts = text.split('，').map(str::trim).filter(|part| !part.is_empty());
    parts.map(said).collect::<Option<Vec<_>>>().filter(|tests| !tests.is_empty())
}

/// One of them.
fn said(part: &str) -> Option<Test> {
    let part = part.trim_end_matches(['时', '的']);
    let (at, word, operator) =
        SAID.iter().find_map(|(word, operator)| Some((part.find(word)?, *word, *operator)))?;
    let field = part[..at].trim().trim_end_matches(" is").trim_end_matches('是').trim();
    let value = part[at + word.len()..].trim();
    let blank = field.is_empty() || field.contains(char::is_whitespace);
    let value = number(value).filter(|_| !blank)?;
    Some(Test { field: field.to_owned(), operator, value: Field::Number(value) })
}

/// As members type it.
pub fn print(condition: &Condition) -> String {
    let tests = condition.tests.iter().map(|test| {
        let value = match &test.value {
            Field::Number(number) => number.to_string(),
            Field::Text(text) => text.clone(),
            Field::Bool(yes) => yes.to_string(),
        };
        format!("{}{}{value}", test.field, test.operator.sign())
    });
    tests.collect::<Vec<_>>().join(" ")
}

/// Whether every test holds. A field that is missing fails its test.
pub fn holds(condition: &Condition, fields: &[(String, Field)]) -> bool {
    condition.tests.iter().all(|test| {
        let name = fold(&test.field).text;
        fields
            .iter()
            .find(|(field, _)| fold(field).text == name)
            .is_some_and(|(_, value)| passes(test, value))
    })
}

/// Numbers compare as numbers; text and truth values only as equal or not.
fn passes(test: &Test, value: &Field) -> bool {
    let order = match (as_number(value), as_number(&test.value)) {
        (Some(left), Some(right)) => left.partial_cmp(&right),
        (None, _) | (_, None) => None,
    };
    let equal = order.map_or_else(|| as_text(value) == as_text(&test.value), Ordering::is_eq);
    match test.operator {
        Operator::Less => order.is_some_and(Ordering::is_lt),
        Operator::AtMost => order.is_some_and(Ordering::is_le),
        Operator::More => order.is_some_and(Ordering::is_gt),
        Operator::AtLeast => order.is_some_and(Ordering::is_ge),
        Operator::Equal => equal,
        Operator::NotEqual => !equal,
    }
}

fn as_number(field: &Field) -> Option<f64> {
    match field {
        Field::Number(number) => Some(*number),
        Field::Text(text) => number(text),
        Field::Bool(_) => None,
    }
}

/// A finite decimal number such as `-12.5`; the words `inf` and `nan`, which Rust reads as numbers,
/// are text.
fn number(text: &str) -> Option<f64> {
    let folded = fold(text.trim()).text;
    let plain = folded.chars().all(|c| c.is_ascii_digit() || matches!(c, '+' | '-' | '.' | 'e'));
    if plain { folded.parse().ok().filter(|number: &f64| number.is_finite()) } else { None }
}

fn as_text(field: &Field) -> String {
    match field {
        Field::Number(number) => number.to_string(),
        Field::Text(text) => match fold(text.trim()).text.as_str() {
            "是" | "yes" => "true".to_owned(),
            "否" | "no" => "false".to_owned(),
            folded => folded.to_owned(),
        },
        Field::Bool(yes) => yes.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn condition(line: &str) -> Condition {
        Condition { tests: line.split(' ').filter_map(read_test).collect() }
    }

    #[test]
    fn a_test_is_read_in_every_width_and_printed_plainly() {
        for (word, expected) in [
            ("数量<50", "数量<50"),
            ("数量＜５０", "数量<50"),
            ("级别>=高", "级别>=高"),
            ("级别≥3", "级别>=3"),
            ("价格≤9.5", "价格<=9.5"),
            ("仓库≠上海", "仓库!=上海"),
            ("仓库！＝上海", "仓库!=上海"),
            ("level==high", "level=high"),
            ("x<>-1", "x!=-1"),
            ("order.qty>0", "order.qty>0"),
        ] {
            assert_eq!(print(&condition(word)), expected, "{word}");
            assert_eq!(condition(expected), condition(word), "{word}");
        }
    }

    #[test]
    fn other_words_are_no_tests() {
        for word in [
            "",
            "数量",
            "<50",
            "数量<",
            "a->b",
            "<<",
            "a<=>b",
            "https://x.cn/?a=1",
            "a b=1",
            "a=1 b",
        ] {
            assert_eq!(read_test(word), None, "{word}");
        }
    }

    #[test]
    fn tests_hold_as_written() {
        let fields = [
            ("数量".to_owned(), Field::Number(12.0)),
            ("级别".to_owned(), Field::Text("High".to_owned())),
            ("版本".to_owned(), Field::Text("10".to_owned())),
            ("ok".to_owned(), Field::Bool(true)),
        ];
        for (line, expected) in [
            ("", true),
            ("数量<50", true),
            ("数量<12", false),
            ("数量<=12", true),
            ("数量=12.0", true),
            ("数量!=12", false),
            ("级别=ｈｉｇｈ", true),
            ("级别!=low", true),
            ("级别>a", false),
            ("版本>9", true),
            ("OK=true", true),
            ("ok=是", true),
            ("ok!=否", true),
            ("没有=1", false),
            ("没有!=1", false),
            ("数量<50 级别=low", false),
        ] {
            assert_eq!(holds(&condition(line), &fields), expected, "{line}");
        }
    }
}
