//! What is found is what a plain look at every message finds: no more, no less, and of one's own
//! place only.

use steward::model::time::DAY_MS;
use steward::model::{PersonId, Timestamp};
use steward::text::sought::Sought;
use steward::text::terms::haystack;

use crate::archive::{Archive, GROUP, Kept, Random, TEXTS, read};
use crate::bot::ACCOUNT;

const QUERIES: usize = 1_000;
/// Queries of several parts.
const COMBINED: usize = 300;

/// The plain look.
fn plainly(messages: &Kept, sought: &Sought) -> Vec<u32> {
    messages.iter().filter(|(_, m)| sought.fits(m)).map(|(number, _)| *number).collect()
}

/// A stretch of two to eight characters of what is kept.
fn piece(random: &mut Random, messages: &Kept) -> String {
    loop {
        let number = 1 + random.below(messages.len()) as u32;
        let text = haystack(&messages[&number]);
        let length = 2 + random.below(7);
        let piece = random.piece(text.trim(), length);
        let marks = |c: char| "\"「」『』“”＂\n\u{1}".contains(c);
        if piece.chars().count() >= 2 && piece.trim() == piece && !piece.contains(marks) {
            return piece.to_owned();
        }
    }
}

#[test]
fn a_thousand_random_pieces_are_found_wherever_they_stand_and_nowhere_else() {
    let mut archive = Archive::new();
    // In batches, so that there are segments of several sizes, and some are yet to come.
    for from in (0..TEXTS.len()).step_by(300) {
        archive.keep(GROUP, from..TEXTS.len().min(from + 300));
        archive.catch_up(GROUP);
    }
    archive.bot.now = TEXTS[TEXTS.len() - 1].at;
    // Pieces of what is hidden are not found.
    let answer = archive.ask(GROUP, "设置 脱敏 关");
    assert!(answer.contains("脱敏"), "{answer}");
    let messages = archive.messages(GROUP);
    assert_eq!(messages.len(), TEXTS.len());
    let folded: Vec<(u32, String)> =
        messages.iter().map(|(number, message)| (*number, haystack(message))).collect();
    let mut random = Random(20_261_122);
    for nth in 0..QUERIES {
        let piece = piece(&mut random, &messages);
        let sought = Sought { words: vec![piece.clone()], ..Sought::default() };
        let plainly = folded.iter().filter(|(_, text)| text.contains(&piece));
        let mut all: Vec<u32> = plainly.map(|(number, _)| *number).collect();
        assert!(!all.is_empty());
        assert_eq!(archive.found(GROUP, &messages, &sought), all, "{nth} {piece:?}");
        if nth % 10 > 0 {
            continue;
        }
        // What is said of it through a whole turn.
        let answer = archive.ask(GROUP, &format!("搜 \"{piece}\""));
        let (count, listed) = read(&answer);
        all.reverse();
        assert_eq!(count, all.len().min(200), "{nth} {piece:?}: {answer}");
        assert!(listed.len() >= all.len().min(4) && all.starts_with(&listed), "{piece}: {answer}");
        assert!(!answer.contains("只查了"), "{answer}");
    }
}

#[test]
fn whatever_is_asked_for_is_found_as_by_a_plain_look() {
    let mut archive = Archive::new();
    archive.keep(GROUP, 0..1_500);
    for (tag, number) in [("缴费/退费", 5), ("缴费", 40), ("客户A/合同/终稿", 900), ("合同", 1_400)]
    {
        archive.ask(GROUP, &format!("标 M{number} {tag}"));
    }
    archive.ask(GROUP, "归档 M7 到 售后问题库");
    archive.catch_up(GROUP);
    archive.ask(GROUP, "归档 M8 到 售后问题库");
    archive.keep(GROUP, 1_500..1_640);
    archive.catch_up(GROUP);
    let messages = archive.messages(GROUP);
    let mut random = Random(7);
    let (mut some, tags) = (0, ["缴费", "退费", "缴费/退费", "合同", "客户a", "没有"]);
    for nth in 0..COMBINED {
        let mut sought = Sought::default();
        for _ in 0..random.below(3) {
            sought.words.push(piece(&mut random, &messages));
        }
        if random.below(3) == 0 {
            let long = piece(&mut random, &messages);
            sought.without.push(random.piece(&long, 1).to_owned());
        }
        if random.below(4) == 0 {
            sought.tags.push(tags[random.below(tags.len())].to_owned());
        }
        for _ in 0..random.below(4).saturating_sub(1) {
            let id = TEXTS[random.below(TEXTS.len())].sender.clone();
            sought.people.push(PersonId { account: ACCOUNT.into(), id });
        }
        if random.below(8) == 0 {
            sought.cabinet = Some("售后问题库".into());
        }
        if random.below(3) == 0 {
            let from = TEXTS[0].at.0 + random.below(61) as i64 * DAY_MS / 2;
            sought.from = Some(Timestamp(from));
            let to = from + random.below(40) as i64 * DAY_MS / 3;
            sought.to = (random.below(3) > 0).then_some(Timestamp(to));
        }
        if !sought.terms(archive.bot.now).is_empty() {
            let all = plainly(&messages, &sought);
            some += usize::from(!all.is_empty());
            assert_eq!(archive.found(GROUP, &messages, &sought), all, "{nth}: {sought:?}");
        }
    }
    assert!(some > COMBINED / 10, "{some} found anything");
}

#[test]
fn a_renamed_tag_is_found_by_either_name_though_the_index_knows_only_the_first() {
    let mut archive = Archive::new().with(1_200);
    archive.ask(GROUP, "标 M5 客户A/合同");
    archive.ask(GROUP, "标 M6 客户A/发票");
    archive.ask(GROUP, "标 M7 老客户");
    archive.catch_up(GROUP);
    let renamed = archive.ask(GROUP, "标签改名 #客户A #老客户 → #华东/客户甲");
    assert!(renamed.contains("3 条消息"), "{renamed}");
    archive.ask(GROUP, "标 M8 客户A");
    for (line, all) in [
        ("#客户A", &[8, 7, 6, 5][..]),
        ("#老客户", &[8, 7, 6, 5]),
        ("#客户甲", &[8, 7, 6, 5]),
        ("#华东", &[8, 7, 6, 5]),
        ("#华东/客户甲/发票", &[6]),
        ("#合同", &[5]),
    ] {
        let answer = archive.ask(GROUP, &format!("搜 {line}"));
        assert_eq!(read(&answer).1, all, "{line}: {answer}");
        assert!(!answer.contains("只查了"), "{answer}");
    }
    let left = archive.ask(GROUP, "搜 #客户甲 -#客户A/合同");
    assert_eq!(read(&left).1, [8, 7, 6], "{left}");
}

#[test]
fn another_places_messages_are_never_found() {
    let mut archive = Archive::new().with(1_200);
    archive.keep("财务群", 1_200..2_300);
    archive.line("财务群", "甲", "十三薪的名单先别外传");
    archive.catch_up("财务群");
    archive.keep("~乙", 0..1_100);
    archive.catch_up("~乙");
    assert!(archive.ask("财务群", "搜 十三薪").starts_with("找到 1 条"));
    for place in [GROUP, "~乙"] {
        for line in ["搜 十三薪", "搜 \"十三薪的名单\"", "搜 @甲 十三", "搜 外传 今天"]
        {
            let answer = archive.ask(place, line);
            assert!(answer.starts_with("没找到") || answer.starts_with("还不认识"), "{answer}");
        }
    }
}

#[test]
fn what_was_tagged_or_taken_back_a_moment_ago_is_found_as_it_is_now() {
    let mut archive = Archive::new().with(1_300);
    let count = |archive: &mut Archive, line: &str| read(&archive.ask(GROUP, line)).0;
    assert_eq!(count(&mut archive, "搜 #加急"), 0);
    archive.ask(GROUP, "标 M3 加急");
    assert_eq!(count(&mut archive, "搜 #加急"), 1, "it stands in the journal alone");
    archive.keep(GROUP, 1_300..1_440);
    archive.catch_up(GROUP);
    assert_eq!(count(&mut archive, "搜 #加急"), 1, "it stands in the index");
    archive.ask(GROUP, "M3 去掉标签 #加急");
    assert_eq!(count(&mut archive, "搜 #加急"), 0, "the index still leads there");
    archive.ask(GROUP, "撤销");
    assert_eq!(count(&mut archive, "搜 #加急"), 1, "it is tagged again");
    archive.line(GROUP, "甲", "这句话刚说完");
    assert_eq!(count(&mut archive, "搜 这句话刚说"), 1);
}

#[test]
fn a_single_character_is_looked_for_in_what_was_said_last_and_that_is_said() {
    let mut archive = Archive::new().with(5_100);
    let answer = archive.ask(GROUP, "搜 的");
    assert!(answer.contains("只查了最近 5000 条；两个字以上的词查全部"), "{answer}");
    let answer = archive.ask(GROUP, "搜 退费");
    assert!(!answer.contains("最近"), "{answer}");
    let answer = archive.ask(GROUP, "搜 退费 的");
    assert!(!answer.contains("最近"), "{answer}");
}

#[test]
fn a_line_of_five_thousand_characters_gets_a_clear_answer() {
    let mut archive = Archive::new().with(1_100);
    let answer = archive.ask(GROUP, &format!("搜 {}", "退费".repeat(2_500)));
    assert!(answer.contains("4000"), "{answer}");
    let answer = archive.ask(GROUP, &format!("搜 {}", "退费".repeat(1_900)));
    assert!(answer.starts_with("没找到「退费"), "{answer}");
    let answer = archive.ask(GROUP, &format!("搜 {}", "退费 ".repeat(1_000)));
    assert!(answer.contains("一次最多 10 个"), "{answer}");
}
