//! Mistyped commands, made by rule from the catalogue: the right suggestion comes first, nothing is
//! carried out before a yes, and talk is left alone.

mod bot;

use std::collections::BTreeSet;

use bot::line::Line;
use bot::{Bot, catalogue, settings};
use steward::command::{Catalogue, Invocation, ParseError, Shape, Word, parse};
use steward::model::journal::{Entry, What};
use steward::model::{Lang, Timestamp};
use steward::text::when::Reference;

/// A mistyped line, and the key and verb that were meant.
struct Mistyped {
    line: String,
    meant: (String, Option<String>),
    rule: &'static str,
}

/// Characters that sound or look like one of the catalogue, as people type them by mistake; written
/// by hand, apart from the tables that the repair goes by.
const SLIPS: [(char, &str); 42] = [
    ('任', "认人仁"),
    ('务', "物误雾各"),
    ('关', "观官美"),
    ('键', "健建见"),
    ('词', "次辞"),
    ('档', "当挡"),
    ('消', "销小"),
    ('息', "西习思"),
    ('来', "莱"),
    ('源', "原员愿"),
    ('订', "定钉"),
    ('阅', "月越"),
    ('告', "高搞"),
    ('警', "井景"),
    ('报', "抱包"),
    ('撤', "彻撒"),
    ('销', "消肖"),
    ('日', "曰"),
    ('志', "至制"),
    ('状', "壮装"),
    ('态', "太"),
    ('角', "脚"),
    ('色', "涩"),
    ('设', "社没"),
    ('置', "制至治"),
    ('申', "身伸审"),
    ('请', "情清"),
    ('帮', "邦"),
    ('助', "住组"),
    ('完', "玩宁"),
    ('成', "城程"),
    ('重', "冲"),
    ('开', "凯"),
    ('转', "专"),
    ('给', "级"),
    ('启', "起"),
    ('停', "听庭"),
    ('用', "永"),
    ('同', "铜"),
    ('意', "义易"),
    ('拒', "具巨"),
    ('绝', "决"),
];

/// Traditional spellings.
const TRADITIONAL: [(&str, &str); 11] = [
    ("任务", "任務"),
    ("关键词", "關鍵詞"),
    ("归档", "歸檔"),
    ("来源", "來源"),
    ("订阅", "訂閱"),
    ("报告", "報告"),
    ("撤销", "撤銷"),
    ("日志", "日誌"),
    ("状态", "狀態"),
    ("设置", "設置"),
    ("帮助", "幫助"),
];

const KEYS: [&str; 3] = ["qwertyuiop", "asdfghjkl", "zxcvbnm"];

/// Talk to the bot that is near to no command.
const TALK: [&str; 40] = [
    "任意时间都行",
    "设备坏了",
    "设计稿好了吗",
    "角度不对",
    "帮忙看一下",
    "完美",
    "完了完了",
    "状况不太好",
    "日子过得真快",
    "消失了",
    "告诉他一声",
    "报名截止了吗",
    "来了来了",
    "同一个问题又来了",
    "关于明天的会",
    "请问几点开会",
    "谢谢",
    "收到",
    "好的",
    "辛苦了",
    "哈哈哈",
    "今天天气怎么样",
    "我也觉得",
    "为啥呀",
    "人呢",
    "fine",
    "thanks a lot",
    "ok",
    "sounds good",
    "nice one",
    "what a day",
    "helpful as ever",
    "the taskforce meets on Monday",
    "taskforce meets on Monday",
    "findings are in",
    "kind regards",
    "who knows",
    "gone for lunch",
    "hello there",
    "well done everybody",
];

fn reference() -> Reference<'static> {
    Reference::usual(Timestamp(1_772_413_200_000), settings().zone)
}

fn read(catalogue: &Catalogue, line: &str) -> Result<Invocation, ParseError> {
    parse::parse(catalogue, line, reference(), Lang::Zh)
}

fn meant(invocation: &Invocation) -> (String, Option<String>) {
    let verb = match &invocation.shape {
        Shape::Act(_, verb) => Some(verb.clone()),
        Shape::List | Shape::Create | Shape::Show(_) => None,
    };
    (invocation.word.clone(), verb)
}

/// Every slip of every name of every word, in a line of that word's help.
fn corpus(catalogue: &Catalogue) -> Vec<Mistyped> {
    let mut all: Vec<Mistyped> = Vec::new();
    let mut seen = BTreeSet::new();
    for word in catalogue.words() {
        for lang in [Lang::Zh, Lang::En] {
            let names = word.names(lang);
            let lines = names.lines.iter().chain([&names.name]);
            for line in lines.filter(|line| line.contains(&names.name)) {
                let Ok(right) = read(catalogue, line) else { continue };
                for (rule, typed) in slips(word, lang) {
                    let line = line.replacen(&names.name, &typed, 1);
                    // What is a command as it stands is none that was mistyped.
                    if read(catalogue, &line).is_err() && seen.insert(line.clone()) {
                        all.push(Mistyped { line, meant: meant(&right), rule });
                    }
                }
            }
        }
    }
    all
}

/// The slips of a word's first name in a language.
fn slips(word: &Word, lang: Lang) -> Vec<(&'static str, String)> {
    let name: Vec<char> = word.names(lang).name.chars().collect();
    let mut found = Vec::new();
    // One character alone is no word that could be known again.
    if name.len() < 2 || (lang == Lang::En && name.len() < 4) {
        return found;
    }
    let put = |at: usize, with: &str| -> String {
        name[..at]
            .iter()
            .copied()
            .chain(with.chars())
            .chain(name[at + 1..].iter().copied())
            .collect()
    };
    for (at, c) in name.iter().copied().enumerate().filter(|(_, c)| *c != ' ') {
        match lang {
            Lang::Zh => {
                let others = SLIPS.iter().find(|(meant, _)| *meant == c).map_or("", |s| s.1);
                found.extend(others.chars().map(|o| ("sound or shape", put(at, &o.to_string()))));
            }
            Lang::En => {
                found.push(("letter missing", put(at, "")));
                for row in KEYS {
                    let beside = row.find(c).and_then(|n| row.get(n + 1..n + 2));
                    found.extend(beside.map(|key| ("key beside", put(at, key))));
                }
            }
        }
        found.push(("twice", put(at, &format!("{c}{c}"))));
        if name.get(at + 1).is_some_and(|next| *next != c) {
            let mut swapped = name.clone();
            swapped.swap(at, at + 1);
            found.push(("swapped", swapped.into_iter().collect()));
        }
    }
    let whole: String = name.iter().collect();
    let traditional = TRADITIONAL.iter().find(|(simple, _)| *simple == whole);
    found.extend(traditional.map(|(_, written)| ("traditional", (*written).to_owned())));
    if name.len() >= 3 && lang == Lang::Zh {
        found.extend((0..name.len()).map(|at| ("character missing", put(at, ""))));
    }
    found.retain(|(_, typed)| *typed != whole);
    found
}

#[test]
fn nine_in_ten_mistyped_commands_get_the_right_suggestion_first() {
    let catalogue = catalogue();
    let corpus = corpus(&catalogue);
    let mut wrong = Vec::new();
    for mistyped in &corpus {
        let first = match read(&catalogue, &mistyped.line) {
            Err(ParseError::Unknown { word, near, .. }) => {
                near.first().map(|right| mistyped.line.replacen(&word, right, 1))
            }
            Ok(_) | Err(_) => None,
        };
        let suggested = first.as_deref().and_then(|line| read(&catalogue, line).ok());
        if suggested.as_ref().map(meant) != Some(mistyped.meant.clone()) {
            let (rule, line) = (mistyped.rule, &mistyped.line);
            wrong.push(format!("{rule}: {line} → {}", first.unwrap_or_default()));
        }
    }
    println!("{} of {} wrong:\n{}", wrong.len(), corpus.len(), wrong.join("\n"));
    assert!(corpus.len() >= 300, "{} are too few", corpus.len());
    assert!(wrong.len() * 10 <= corpus.len(), "{} of {}", wrong.len(), corpus.len());
}

#[test]
fn no_mistyped_command_is_carried_out_before_a_yes() {
    let corpus = corpus(&catalogue());
    let mut bot = Bot::new();
    let mut said = 0;
    for (n, mistyped) in corpus.iter().enumerate().step_by(3) {
        let text = format!("@管家 {}", mistyped.line);
        let id = format!("m{n}");
        let at = bot.now;
        let line =
            Line { place: "项目群", speaker: "经理", text: &text, id: &id, quoted: None, at };
        bot.callback(&line.raw(["甲", "乙", "经理"])).expect("memory");
        said += 1;
    }
    let scope = steward::model::Scope::Conversation(steward::model::ConversationId {
        account: bot::ACCOUNT.into(),
        id: "项目群".into(),
    });
    let entries: Vec<Entry> =
        bot.journal(bot.keys.scope(&scope)).into_iter().map(|row| row.entry.into_value()).collect();
    assert_eq!(entries.len(), said);
    let done = entries.iter().filter(|e| matches!(e.what, What::Command(_)) || e.step.is_some());
    assert_eq!(done.count(), 0, "executed without confirmation");
}

#[test]
fn talk_is_not_taken_for_a_mistyped_command() {
    let catalogue = catalogue();
    let mut asked = Vec::new();
    for line in TALK {
        if let Err(ParseError::Unknown { word, near, .. }) = read(&catalogue, line) {
            let line = near.iter().map(|right| line.replacen(&word, right, 1));
            asked.extend(line.filter(|line| read(&catalogue, line).is_ok()));
        }
    }
    assert_eq!(asked, [""; 0]);
}
