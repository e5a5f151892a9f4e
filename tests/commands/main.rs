//! The vocabulary as a whole, and lines read as commands. What the commands do is in `tests/talks`.

use std::fmt::Write;

use chrono::NaiveDate;
use chrono_tz::Asia::Shanghai;
use steward::command::catalogue::Kind;
use steward::command::parse::{LINE_CHARS_MAX, parse};
use steward::command::{Args, Catalogue, Invocation, ParseError, Role, Shape, help};
use steward::model::event::Field;
use steward::model::{Lang, Timestamp};
use steward::text::when::{Reference, When};

mod lines;
mod proposed;

/// The files of `commands/`, sorted by name.
fn files() -> Vec<(String, String)> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/commands");
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .map(|path| {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            (name, std::fs::read_to_string(&path).unwrap())
        })
        .collect();
    files.sort();
    files
}

fn read(files: &[(String, String)]) -> Result<Catalogue, Vec<String>> {
    let files: Vec<_> = files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    Catalogue::read(&files)
}

fn catalogue() -> Catalogue {
    read(&files()).unwrap_or_else(|problems| panic!("{}", problems.join("\n")))
}

/// Monday, 2 March 2026, 9:00 in Shanghai.
fn reference() -> Reference<'static> {
    let day = NaiveDate::from_ymd_opt(2026, 3, 2).unwrap();
    let now = Timestamp::from_local(day.and_hms_opt(9, 0, 0).unwrap(), Shanghai);
    Reference::usual(now, Shanghai)
}

fn said(catalogue: &Catalogue, line: &str) -> Result<Invocation, ParseError> {
    parse(catalogue, line, reference(), Lang::En)
}

/// What a line was read as, in one line: `zh task create [写周报] @乙 when=03-02 18:00`.
fn summary(read: &Result<Invocation, ParseError>) -> String {
    match read {
        Ok(Invocation { word, shape, also, args, lang, .. }) => {
            let shape = match shape {
                Shape::List => "list".into(),
                Shape::Create => "create".into(),
                Shape::Show(handle) => format!("show {handle}"),
                Shape::Act(handle, verb) => format!("{verb} {handle}"),
            };
            let also: String = also.iter().map(|handle| format!(" {handle}")).collect();
            format!("{} {word} {shape}{also}{}", code(*lang), arguments(args))
        }
        Err(ParseError::Talk) => "talk".into(),
        Err(ParseError::Empty) => "empty".into(),
        Err(ParseError::Unknown { word, near, lang }) => {
            format!("{} unknown {word}: {}", code(*lang), near.join(" "))
        }
        Err(ParseError::UnknownLetter { handle, lang }) => {
            format!("{} unknown letter {handle}", code(*lang))
        }
        Err(ParseError::UnknownVerb { handle, word, verbs, lang }) => {
            format!("{} unknown verb {handle} {word}: {}", code(*lang), verbs.join(" "))
        }
        Err(ParseError::VerbAlone { verb, lang }) => format!("{} verb alone {verb}", code(*lang)),
        Err(ParseError::TooLong { lang }) => format!("{} too long", code(*lang)),
    }
}

fn arguments(args: &Args) -> String {
    let Args { content, when, every, people, tags, pairs, tests, .. } = args;
    let Args { handles, count, target, filters, .. } = args;
    let mut text = String::new();
    let mut add = |part: std::fmt::Arguments| write!(text, " {part}").unwrap();
    if !content.is_empty() {
        add(format_args!("[{content}]"));
    }
    people.iter().for_each(|name| add(format_args!("@{name}")));
    tags.iter().for_each(|tag| add(format_args!("#{tag}")));
    match when {
        None => {}
        Some(When::Instant(at)) => {
            add(format_args!("when={}", at.local(Shanghai).format("%m-%d %H:%M")));
        }
        Some(When::Date(day)) => add(format_args!("when={}", day.format("%m-%d"))),
        Some(When::Range(..)) => add(format_args!("when=range")),
        Some(When::Recurrence(_) | When::Ambiguous(_) | When::Impossible(_)) => {
            add(format_args!("when=odd"));
        }
    }
    if let Some(every) = every {
        let times = every.times.iter().map(|time| time.format("%H:%M").to_string());
        add(format_args!("every={:?} {}", every.rule, times.collect::<Vec<_>>().join(",")));
    }
    pairs.iter().for_each(|(key, value)| add(format_args!("{key}=({value})")));
    for test in tests {
        let value = match &test.value {
            Field::Number(number) => number.to_string(),
            Field::Text(text) => text.clone(),
            Field::Bool(truth) => truth.to_string(),
        };
        add(format_args!("{}{}{value}", test.field, test.operator.sign()));
    }
    filters.iter().for_each(|key| add(format_args!("only={key}")));
    handles.iter().for_each(|handle| add(format_args!("{handle}")));
    count.iter().for_each(|count| add(format_args!("×{count}")));
    target.iter().for_each(|target| add(format_args!("to={target}")));
    text
}

fn code(lang: Lang) -> &'static str {
    match lang {
        Lang::Zh => "zh",
        Lang::En => "en",
    }
}

#[test]
fn lines_are_read_as_what_they_say() {
    let catalogue = catalogue();
    let wrong: Vec<_> = lines::LINES
        .iter()
        .filter_map(|(line, expected)| {
            let read = summary(&said(&catalogue, line));
            (read != *expected).then(|| format!("{line:?}\n  wanted {expected}\n  but is {read}"))
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_line_of_help_parses_as_its_word() {
    let catalogue = catalogue();
    for word in catalogue.words() {
        for lang in [Lang::Zh, Lang::En] {
            for line in &word.names(lang).lines {
                let read = said(&catalogue, line).unwrap_or_else(|e| panic!("{line}: {e:?}"));
                match (word.kind, &read.shape) {
                    (Kind::Noun, _) => assert_eq!(read.word, word.key, "{line}"),
                    (Kind::Verb, Shape::Act(_, verb)) => assert_eq!(verb, &word.key, "{line}"),
                    (Kind::Verb, _) => panic!("{line} does not act"),
                }
                assert_eq!(read.lang, lang, "{line}");
            }
        }
    }
}

#[test]
fn a_broken_file_is_reported_with_its_name_and_line_and_so_are_the_others() {
    let problems = Catalogue::read(&[
        ("a.toml", "key = \"a\"\nkind = \"nuon\"\n"),
        ("b.toml", "key = \"b\"\nkind = \n"),
    ])
    .unwrap_err();
    assert_eq!(problems.len(), 2, "{problems:?}");
    assert!(problems[0].starts_with("a.toml:2: kind:"), "{problems:?}");
    assert!(problems[1].starts_with("b.toml:2:"), "{problems:?}");
}

#[test]
fn words_that_do_not_fit_together_are_reported_all_at_once() {
    let change = |file: &str, from: &str, to: &str, files: &mut Vec<(String, String)>| {
        let (_, text) = files.iter_mut().find(|(name, _)| name == file).unwrap();
        assert!(text.contains(from), "{file} has no {from}");
        *text = text.replace(from, to);
    };
    let mut files = files();
    change("find.toml", "key = \"find\"", "key = \"seek\"", &mut files);
    change("alert.toml", "letter = \"A\"", "letter = \"T\"", &mut files);
    change("report.toml", "\"日报\"", "\"任务\"", &mut files);
    change("source.toml", "\"enable\", ", "\"fly\", ", &mut files);
    change("undo.toml", "undo U3", "undo", &mut files);
    change("why.toml", "> @管家 为什么", "> @管家 缘何", &mut files);
    change("status.toml", "'状态',\n    '状态 发送',", "", &mut files);
    let problems = read(&files).unwrap_err();
    let expected = [
        "find.toml: key: `seek` is not the file's name",
        "source.toml: roles.enable: neither list, create, show nor one of verbs",
        "source.toml: verbs[0]: `fly` is no verb",
        "status.toml: zh.lines: must be 1 to 3",
        "why.toml: zh.example: none uses this word",
        "task.toml: letter T is taken by alert.toml",
        "task.toml: name `任务` is taken by report.toml",
    ];
    for problem in expected {
        assert!(problems.iter().any(|p| p == problem), "no {problem} in\n{}", problems.join("\n"));
    }
    assert_eq!(problems.len(), expected.len(), "{}", problems.join("\n"));
}

#[test]
fn help_shows_a_member_what_a_member_may_do() {
    let catalogue = catalogue();
    let keys = |role| -> Vec<&str> {
        help::visible(&catalogue, role).iter().map(|word| word.key.as_str()).collect()
    };
    assert!(keys(Role::Member).contains(&"task"));
    assert!(keys(Role::Member).contains(&"keyword"), "members may read the list");
    assert_eq!(keys(Role::Admin).len(), catalogue.words().len());
}

#[test]
fn the_table_for_the_readme_has_a_row_for_each_word_and_four_cells_in_each() {
    let catalogue = catalogue();
    for lang in [Lang::Zh, Lang::En] {
        let table = help::markdown(&catalogue, lang);
        assert_eq!(table.lines().count(), catalogue.words().len() + 2);
        for row in table.lines() {
            assert_eq!(row.replace("\\|", "").matches('|').count(), 5, "{row}");
        }
        for word in catalogue.words() {
            assert!(table.contains(&format!("| `{}` |", word.names(lang).name)), "{}", word.key);
        }
    }
}

#[test]
fn the_line_is_kept_as_it_was_written() {
    let read = said(&catalogue(), "／TASK　Ｗrite\u{200b} it\nsoon").unwrap();
    assert_eq!(read.line, "／TASK Ｗrite it soon");
    assert_eq!(read.args.content, "Ｗrite it soon");
    assert_eq!(read.typed, "task");
}

#[test]
fn the_alias_that_was_typed_is_known() {
    let catalogue = catalogue();
    for (line, typed) in [
        ("仍撤销 U3", "仍撤销"),
        ("Undo  Anyway U3", "undo anyway"),
        ("t1 搞定", "搞定"),
        ("待办", "待办"),
    ] {
        assert_eq!(said(&catalogue, line).unwrap().typed, typed);
    }
}

#[test]
fn long_lines_are_refused_as_commands_and_left_alone_as_talk() {
    let catalogue = catalogue();
    let long = "很".repeat(20_000);
    assert_eq!(
        said(&catalogue, &format!("任务 {long}")),
        Err(ParseError::TooLong { lang: Lang::Zh })
    );
    assert_eq!(said(&catalogue, &long), Err(ParseError::Talk));
    let blank = " \u{200b}\n".repeat(20_000);
    assert_eq!(said(&catalogue, &blank), Err(ParseError::Empty));
    let fits = format!("任务 {}", "长".repeat(LINE_CHARS_MAX - 3));
    assert_eq!(said(&catalogue, &fits).unwrap().shape, Shape::Create);
}

/// Pieces that commands are made of, and pieces that break careless readers.
const PIECES: [&str; 62] = [
    "任务",
    "task",
    "T1",
    "Ｔ１２",
    "完成",
    "done",
    "改",
    "edit",
    "=",
    "截止=",
    "标题=\"",
    "@",
    "@乙",
    "＠所有人",
    "@all",
    "#",
    "#a/b",
    "＃客户",
    "/",
    "→",
    "->",
    "「",
    "」",
    "\"",
    "“",
    "”",
    "<",
    ">=",
    "!=",
    "≤",
    "数量<50",
    "每个工作日18:00",
    "今天18:00",
    "下周一",
    "by Fri",
    "的",
    "到",
    "to",
    "归档到",
    "撤销",
    "U3",
    "3次",
    "undo anyway",
    "关键词",
    "订阅",
    "库存",
    "且",
    "，",
    "、",
    ":",
    "\u{200b}",
    "\u{202e}",
    "\u{fe0f}",
    "👩‍👩‍👧",
    "ﬀ",
    "㎏",
    "İ",
    "\n",
    "```",
    ">",
    "　",
    "é",
];

#[test]
fn no_line_made_of_our_own_pieces_panics() {
    let catalogue = catalogue();
    // A fixed linear congruence: the same lines every time, printed when one fails.
    let mut seed: u64 = 20_260_302;
    let mut next = |below: usize| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) as usize % below
    };
    let mut commands = 0;
    for _ in 0..4_000 {
        let mut line = String::new();
        for _ in 0..next(12) {
            line.push_str(PIECES[next(PIECES.len())]);
            if next(2) == 0 {
                line.push(' ');
            }
        }
        let read = std::panic::catch_unwind(|| said(&catalogue, &line))
            .unwrap_or_else(|_| panic!("panics on {line:?}"));
        if let Ok(invocation) = read {
            commands += 1;
            assert!(!invocation.line.contains(['\n', '\u{202e}']), "{line:?}");
            if !line.contains('\n') {
                assert_eq!(said(&catalogue, &invocation.line), Ok(invocation), "{line:?}");
            }
        }
    }
    assert!(commands > 300, "only {commands} of the lines were commands");
}
