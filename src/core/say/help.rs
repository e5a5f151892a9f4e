//! Help, from the catalogue's own words.

use super::Voice;
use crate::command::catalogue::Kind;
use crate::command::{Role, Word};
use crate::model::outgoing::{Block, Outgoing, Span};

/// The words there are, by who may use them, with two lines to try. The one-time claim is not among
/// them.
pub fn overview(voice: &Voice, words: &[&Word], admin: bool) -> Outgoing {
    let names = |fits: &dyn Fn(&Word) -> bool| {
        let fitting = words.iter().filter(|w| fits(w));
        let names: Vec<&str> = fitting.map(|w| w.names(voice.lang).name.as_str()).collect();
        names.join(voice.pick("、", ", "))
    };
    let set_by_admins = |w: &Word| w.roles.get("create").is_some_and(|role| *role >= Role::Lead);
    let noun = |w: &Word| w.kind == Kind::Noun && w.key != "claim";
    let all = names(&|w| noun(w) && !set_by_admins(w));
    let set = names(&|w| noun(w) && set_by_admins(w));
    let verbs = names(&|w| w.kind == Kind::Verb);
    let look = match admin {
        true => String::new(),
        false => voice.pick("（大家都能看）".to_owned(), " (all may look)".to_owned()),
    };
    let text = voice.pick(
        format!(
            "可以说：{all}\n负责人和管理员设置：{set}{look}\n编号后面可以加：{verbs}\n\
             例如：任务 明天18点 发报价单，再说：T1 完成\n某个词怎么用：帮助 任务；想先练练手：试玩"
        ),
        format!(
            "Words: {all}\nSet by leads and admins: {set}{look}\nBehind a number: {verbs}\n\
             For example: task send the quote tomorrow 18:00, then: T1 done\n\
             How to use a word: help task. To practise first: tour"
        ),
    );
    Outgoing::text(text)
        .and_button(voice.pick("任务", "task"), voice.pick("任务", "task"))
        .and_button(voice.pick("状态", "status"), voice.pick("状态", "status"))
}

/// One word: what it does, and lines to copy.
pub fn word(voice: &Voice, word: &Word) -> Outgoing {
    let names = word.names(voice.lang);
    let mut card = Outgoing::line(vec![
        Span::Strong(names.name.clone()),
        Span::from(format!("{}{}", voice.pick("：", ": "), names.help)),
    ]);
    let lines = names.lines.iter().map(|l| vec![Span::from(voice.addressed(l))]).collect();
    card.blocks.push(Block::List(lines));
    card
}
