//! `steward mask` as a tool uses it: JSON lines in, JSON lines out.

use std::io::Write;
use std::process::{Command, Stdio};

use serde_json::{Value, json};

fn run(input: &[u8]) -> Vec<Value> {
    let mut program = Command::new(env!("CARGO_BIN_EXE_steward"))
        .arg("mask")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let mut stdin = program.stdin.take().expect("it was piped");
    stdin.write_all(input).expect("the program reads");
    drop(stdin);
    let output = program.wait_with_output().expect("the program ends");
    assert!(output.status.success());
    let lines = String::from_utf8(output.stdout).expect("JSON is UTF-8");
    lines.lines().map(|line| serde_json::from_str(line).expect("a line is JSON")).collect()
}

#[test]
fn each_line_is_answered_with_spans_in_characters_and_the_masked_text() {
    let input = concat!(
        "{\"id\":\"a\",\"text\":\"😀 手机138 0000 1234，邮箱 li@example.com\",\"licence\":\"own\"}\n",
        "\n",
        "{\"id\":7,\"text\":\"没有什么\"}\r\n",
        "{\"text\":\"\"}",
    );
    let expected = [
        json!({ "id": "a", "masked": "😀 手机138 **** 1234，邮箱 l***@example.com", "spans": [
            { "start_char": 4, "end_char": 17, "type": "cn_mobile" },
            { "start_char": 21, "end_char": 35, "type": "email" },
        ] }),
        json!({ "id": 7, "spans": [], "masked": "没有什么" }),
        json!({ "id": null, "spans": [], "masked": "" }),
    ];
    assert_eq!(run(input.as_bytes()), expected);
}

#[test]
fn a_bad_line_is_answered_without_repeating_it_and_the_rest_goes_on() {
    let input =
        b"{\"id\":1,\"text\":13800001234}\nno 13800001234\n{\"text\":\"\xff13800001234\"}\n\
        {\"id\":2}\n{\"id\":3,\"text\":\"13800001234\"}\n";
    let answers = run(input);
    assert_eq!(answers.len(), 5);
    for answer in &answers[..4] {
        assert!(answer["error"].is_string(), "{answer}");
        assert!(!answer.to_string().contains("13800001234"), "{answer}");
    }
    assert_eq!(answers[4]["masked"], "138****1234");
}
