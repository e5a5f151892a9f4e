//! Help, from the catalogue's own words.

use super::Voice;
use crate::command::Word;
use crate::command::catalogue::Kind;
use crate::model::outgoing::{Block, Outgoing, Span};

/// The words somebody may use, three to a line, with two lines to try.
pub fn overview(voice: &Voice, words: &[&Word]) -> Outgoing {
    let names = |kind: Kind| {
        let of_kind = words.iter().filter(|w| w.kind == kind);
        let names: Vec<&str> = of_kind.map(|w| w.names(voice.lang).name.as_str()).collect();
        names.join(voice.pick("、", ", "))
    };
    let (nouns, verbs) = (names(Kind::Noun), names(Kind::Verb));
    let text = voice.pick(
        format!(
            "可以说：{nouns}\n对编号可以：{verbs}，例如 T1 完成\n单说词是列表，词加内容是新建，编号是查看\n\
             看用法：帮助 任务\n记一件事：任务 明天18点 发报价单"
        ),
        format!(
            "Words: {nouns}\nOn a number: {verbs}, as in T1 done\nA word alone lists, a word with \
             text makes, a number shows\nHow to use one: help task\nMake a task: task send the \
             quote tomorrow 18:00"
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
