//! The matrix of evidence: each way of tampering with a seal gets its own verdict, and what was
//! erased by right gets none. The seal is written by the operator's side from a real journal.

mod bot;

use bot::Bot;
use bot::line::Line as Said;
use serde_json::Value;
use steward::cli::{seal, verify as shown};
use steward::evidence::finding::Finding;
use steward::evidence::seal::{Header, Line, hash};
use steward::evidence::verify::{NoSeal, Report, header, verify};

/// Entries before anything is erased.
const SAID: u64 = 12;

/// The lines of a seal, the header first.
type File = Vec<String>;

fn say(bot: &mut Bot, speaker: &str, text: &str) {
    bot.now = bot.now.plus_ms(60_000);
    let (id, at) = (format!("m{}", bot.now.0), bot.now);
    let line = Said { place: "项目群", speaker, text, id: &id, quoted: None, at };
    bot.callback(&line.raw(["甲", "乙", "经理"])).expect("memory");
}

/// A group that talked.
fn talked() -> Bot {
    let mut bot = Bot::new();
    for nth in 0..SAID {
        say(&mut bot, if nth % 3 == 0 { "甲" } else { "乙" }, &format!("第{nth}句"));
    }
    bot
}

/// The same, with what 甲 said erased.
fn erased() -> Bot {
    let mut bot = talked();
    say(&mut bot, "甲", "@管家 抹除 我的消息");
    say(&mut bot, "甲", "@管家 申请");
    say(&mut bot, "经理", "@管家 同意");
    say(&mut bot, "乙", "第13句");
    bot
}

fn sealed(bot: &Bot, contents: bool) -> File {
    let wanted =
        seal::Wanted { conversation: "项目群".into(), since: None, until: None, contents };
    let mut out = Vec::new();
    seal::run(&*bot.store, &wanted, chrono_tz::UTC, &mut out).expect("a conversation");
    String::from_utf8(out).expect("text").lines().map(str::to_owned).collect()
}

fn judged(file: &File, head: Option<&str>) -> Report {
    let head = head.map(|head| hex::decode(head).expect("hex"));
    let lines = file[1..].iter().map(String::as_str);
    verify(&header(&file[0]).expect("a header"), lines, head.as_deref()).expect("a seal")
}

fn findings(file: &File) -> Vec<Finding> {
    judged(file, None).findings
}

/// Changes the stored form of the entry on a line: what a forger who knows the format can do.
fn forge(file: &mut File, line: usize, change: impl FnOnce(&mut steward::model::journal::Entry)) {
    use base64::Engine;
    let base64 = base64::engine::general_purpose::STANDARD;
    let mut read: Value = serde_json::from_str(&file[line]).expect("a line");
    let bytes = base64.decode(read["entry"].as_str().expect("an entry")).expect("base64");
    let mut entry = rmp_serde::from_slice(&bytes).expect("an entry");
    change(&mut entry);
    let forged = rmp_serde::to_vec_named(&entry).expect("an entry");
    read["entry"] = Value::String(base64.encode(forged));
    file[line] = read.to_string();
}

fn swap_content(file: &mut File, a: usize, b: usize) {
    let read = |line: usize| -> Value { serde_json::from_str(&file[line]).expect("a line") };
    let (mut first, mut second) = (read(a), read(b));
    std::mem::swap(&mut first["content"], &mut second["content"]);
    (file[a], file[b]) = (first.to_string(), second.to_string());
}

fn without_content(file: &mut File, line: usize) {
    let mut read: Value = serde_json::from_str(&file[line]).expect("a line");
    read.as_object_mut().expect("an object").remove("content");
    file[line] = read.to_string();
}

/// What is done to a file, by name, and what is found.
type Case = (&'static str, fn(&mut File), Vec<Finding>);

/// Line 1 of the file is the header, so #n is on index n, line n + 1.
fn missing_or_added() -> Vec<Case> {
    vec![
        ("nothing", |_| {}, vec![]),
        (
            "a line twice",
            |file| file.insert(6, file[4].clone()),
            vec![Finding::Inserted { line: 7, seq: 4 }],
        ),
        (
            "an entry made up",
            |file| {
                file.insert(5, file[4].clone());
                forge(file, 5, |entry| entry.sent += 1);
            },
            vec![Finding::Inserted { line: 6, seq: 4 }],
        ),
        (
            "an entry made up behind the end",
            |file| {
                file.push(file[12].clone());
                forge(file, 13, |entry| entry.seq += 1);
            },
            vec![Finding::Inserted { line: 14, seq: 13 }],
        ),
        (
            "one taken out",
            |file| drop(file.remove(4)),
            vec![Finding::Deleted { first: 4, last: 4 }],
        ),
        (
            "several taken out, twice",
            |file| {
                file.drain(7..10);
                file.drain(2..4);
            },
            vec![Finding::Deleted { first: 2, last: 3 }, Finding::Deleted { first: 7, last: 9 }],
        ),
        (
            "the beginning taken out",
            |file| drop(file.drain(1..3)),
            vec![Finding::Deleted { first: 1, last: 2 }],
        ),
    ]
}

fn moved_or_changed() -> Vec<Case> {
    vec![
        ("two exchanged", |file| file.swap(5, 6), vec![Finding::Reordered { seqs: vec![6] }]),
        (
            "one put further back",
            |file| {
                let line = file.remove(3);
                file.insert(9, line);
            },
            vec![Finding::Reordered { seqs: vec![4, 5, 6, 7, 8, 9] }],
        ),
        (
            "the end cut off",
            |file| file.truncate(9),
            vec![Finding::Truncated { first: 9, last: 12 }],
        ),
        ("all cut off", |file| file.truncate(1), vec![Finding::Truncated { first: 1, last: 12 }]),
        (
            "who said it",
            |file| forge(file, 7, |entry| entry.actor = None),
            vec![Finding::Altered { seq: 7 }],
        ),
        (
            "when the last was said",
            |file| forge(file, 12, |entry| entry.at.0 += 1),
            vec![Finding::Altered { seq: 12 }],
        ),
        (
            "what the first follows",
            |file| forge(file, 1, |entry| entry.previous = [1; 32]),
            vec![Finding::Altered { seq: 1 }, Finding::Beginning],
        ),
        (
            "what was said, taken from another",
            |file| swap_content(file, 3, 5),
            vec![Finding::ContentAltered { seq: 3 }, Finding::ContentAltered { seq: 5 }],
        ),
        (
            "contents left out",
            |file| {
                without_content(file, 3);
                without_content(file, 4);
                without_content(file, 8);
            },
            vec![Finding::LeftOut { first: 3, last: 4 }, Finding::LeftOut { first: 8, last: 8 }],
        ),
        (
            "a line that is none",
            |file| file.insert(3, "{}".into()),
            vec![Finding::Unreadable { line: 4 }],
        ),
        (
            "an erasure made up for a content left out",
            |file| {
                without_content(file, 3);
                forge(file, 9, |entry| entry.erased = vec![(3, 3)]);
            },
            vec![Finding::Altered { seq: 9 }],
        ),
    ]
}

#[test]
fn each_way_of_tampering_has_its_verdict() {
    let whole = sealed(&talked(), true);
    assert_eq!(whole.len() as u64, 1 + SAID);
    for (name, tamper, expected) in missing_or_added().into_iter().chain(moved_or_changed()) {
        let mut file = whole.clone();
        tamper(&mut file);
        assert_eq!(findings(&file), expected, "{name}");
    }
}

#[test]
fn every_changed_byte_of_a_line_is_found() {
    let whole = sealed(&talked(), true);
    let bytes = whole[5].len();
    for at in (0..bytes).step_by(7) {
        let mut file = whole.clone();
        let mut line = file[5].clone().into_bytes();
        line[at] = if line[at] == b'A' { b'B' } else { b'A' };
        file[5] = String::from_utf8(line).expect("letters");
        assert_ne!(findings(&file), [], "byte {at}");
    }
}

#[test]
fn what_was_erased_by_right_leaves_the_chain_whole_and_is_told() {
    let before = sealed(&talked(), true);
    let file = sealed(&erased(), true);
    let report = judged(&file, None);
    assert_eq!(report.findings, []);
    let erased: Vec<u64> = report.erased.iter().map(|(seq, _)| *seq).collect();
    for seq in [1, 4, 7, 10] {
        assert!(erased.contains(&seq), "{erased:?}");
    }
    assert!(report.erased.iter().all(|(seq, by)| by > seq && *by > SAID));
    // Entries stay byte for byte as they were sealed before.
    for line in 1..=SAID as usize {
        let entry = |file: &File| -> Line { serde_json::from_str(&file[line]).expect("a line") };
        assert_eq!(entry(&before).entry, entry(&file).entry);
    }
    // A content that is left out besides is told apart from those that were erased.
    let mut file = file;
    without_content(&mut file, 2);
    assert_eq!(findings(&file), [Finding::LeftOut { first: 2, last: 2 }]);
    // The head that was shown before the erasure is still in the chain.
    let head: Header = header(&before[0]).expect("a header");
    assert_eq!(judged(&file, Some(&head.head[..32])).witnessed, Some(SAID));
}

#[test]
fn a_file_made_anew_from_one_end_to_the_other_is_found_by_a_head_seen_elsewhere() {
    let seen: Header = header(&sealed(&talked(), true)[0]).expect("a header");
    // Another history with a chain of its own: nothing in the file itself is wrong.
    let mut other = talked();
    say(&mut other, "乙", "别的");
    let whole = sealed(&other, true);
    assert_eq!(judged(&whole, None).findings, []);
    assert_eq!(judged(&whole, Some(&seen.head)).witnessed, Some(SAID));
    let strange = "ab".repeat(32);
    assert_eq!(judged(&whole, Some(&strange)).findings, [Finding::OtherHead]);
    // The beginning of a head that is too short to tell anything.
    assert_eq!(judged(&whole, Some(&seen.head[..8])).findings, [Finding::OtherHead]);
    // Cut off with the header adjusted: only the head seen elsewhere tells.
    let row = |line: &String| -> Line { serde_json::from_str(line).expect("a line") };
    let mut cut: Header = header(&whole[0]).expect("a header");
    use base64::Engine;
    let base64 = base64::engine::general_purpose::STANDARD;
    let bytes = base64.decode(row(&whole[5]).entry).expect("base64");
    (cut.count, cut.head) = (5, hex::encode(hash(&bytes)));
    let mut file = whole[..6].to_vec();
    file[0] = serde_json::to_string(&cut).expect("a header");
    assert_eq!(judged(&file, None).findings, []);
    assert_eq!(judged(&file, Some(&seen.head)).findings, [Finding::OtherHead]);
}

#[test]
fn without_contents_nothing_is_said_of_them_and_nothing_is_legible() {
    let file = sealed(&talked(), false);
    let report = judged(&file, None);
    assert_eq!((report.findings, report.erased), (vec![], vec![]));
    assert!(file[1..].iter().all(|line| !line.contains("content")));
    let lines = shown::run(file.join("\n").as_bytes(), None).expect("a seal").lines;
    assert!(lines.iter().any(|line| line.contains("nothing about contents")), "{lines:?}");
}

#[test]
fn the_program_tells_its_verdict_and_what_is_not_proven() {
    let bot = erased();
    let file = sealed(&bot, true);
    let told = shown::run(file.join("\n").as_bytes(), None).expect("a seal");
    assert!(told.whole && told.lines[0].starts_with("INTACT"), "{:?}", told.lines);
    assert!(told.lines.iter().any(|line| line.starts_with("ERASED ON RECORD")));
    assert!(told.lines.iter().any(|line| line == "Not proven:"));
    let cut = file[..5].join("\n");
    let told = shown::run(cut.as_bytes(), None).expect("a seal");
    assert!(!told.whole && told.lines[1].contains("TRUNCATED"), "{:?}", told.lines);
    for (text, why) in [("", "empty"), ("x", "no seal"), ("{}", "no seal")] {
        let error = shown::run(text.as_bytes(), None).map(|_| ()).expect_err("no seal");
        assert!(error[0].contains(why), "{error:?}");
    }
    assert!(shown::run(file.join("\n").as_bytes(), Some("xyz")).is_err());
    let mut huge: Header = header(&file[0]).expect("a header");
    huge.count = u64::MAX;
    let lines = file[1..].iter().map(String::as_str);
    assert_eq!(verify(&huge, lines.clone(), None), Err(NoSeal::Header));
    huge.count = u64::MAX - 1;
    assert!(!verify(&huge, lines, None).expect("judged").findings.is_empty());
}

#[test]
fn a_stretch_of_days_is_sealed_and_names_what_it_follows() {
    let mut bot = talked();
    bot.now = bot.now.plus_ms(3 * 86_400_000);
    say(&mut bot, "乙", "三天后");
    say(&mut bot, "乙", "还是三天后");
    let day = bot.now.day(chrono_tz::UTC);
    let wanted = |conversation: &str, since| seal::Wanted {
        conversation: conversation.into(),
        since,
        until: since,
        contents: true,
    };
    let mut out = Vec::new();
    let head = seal::run(&*bot.store, &wanted("项目群", Some(day)), chrono_tz::UTC, &mut out);
    let head = head.expect("a conversation");
    assert_eq!((head.first, head.count), (SAID + 1, 2));
    let told = shown::run(&out[..], None).expect("a seal");
    assert!(told.whole, "{:?}", told.lines);
    let earlier = day.pred_opt();
    for (conversation, since, why) in
        [("没有的群", None, "no conversation"), ("项目群", earlier, "nothing to seal")]
    {
        let error =
            seal::run(&*bot.store, &wanted(conversation, since), chrono_tz::UTC, Vec::new());
        assert!(error.expect_err("nothing")[0].contains(why));
    }
}
