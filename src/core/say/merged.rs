//! The sentence that stands for many: what there was too much of to say one by one.

use crate::model::outgoing::{Block, Outgoing, Span};
use crate::model::told::{Kind, Sum, Told};
use crate::model::{Lang, PersonId};
use crate::text::cut;

/// Longest line of the last one that is repeated, in characters.
const LAST_CHARS_MAX: usize = 80;

/// Everything told, counted, with the last of it and the way to see all. `called` are those whom
/// the messages called, and their names.
pub fn card(told: &Told, called: &[(PersonId, String)], last: Option<&str>) -> Outgoing {
    let pick = |zh: String, en: String| match told.lang {
        Lang::Zh => zh,
        Lang::En => en,
    };
    let count = told.count();
    let mut card = Outgoing::text(pick(
        format!("来得太密，{count} 条合成了这一条："),
        format!("Too many at once: {count} in this one message"),
    ));
    let lines = told.sums.iter().map(|sum| vec![Span::from(line(told.lang, sum))]);
    card.blocks.push(Block::List(lines.collect()));
    if let Some(last) = last {
        let last = cut::chars(&cut::one_line(last), LAST_CHARS_MAX);
        let last = pick(format!("最后一条：{last}"), format!("The last one: {last}"));
        card = card.and_line(vec![Span::from(last)]);
    }
    if !called.is_empty() {
        let mention = |(person, name): &(PersonId, String)| {
            let (person, name) = (person.clone(), name.clone());
            [Span::Mention { person, name }, Span::from(" ")]
        };
        card = card.and_line(called.iter().flat_map(mention).collect());
    }
    let has = |kind| told.sums.iter().any(|sum| sum.kind == kind || sum.kind == Kind::Other);
    if has(Kind::Alert) {
        card = card.and_button(
            pick("看全部告警".into(), "All alerts".into()),
            pick("告警".into(), "alert".into()),
        );
    }
    if has(Kind::Keyword) {
        card = card.and_button(
            pick("看全部消息".into(), "All messages".into()),
            pick("消息".into(), "message".into()),
        );
    }
    card
}

fn line(lang: Lang, sum: &Sum) -> String {
    let Sum { kind, name, first, last, count } = sum;
    let letter = match kind {
        Kind::Alert => "A",
        Kind::Keyword => "M",
        Kind::Other => "",
    };
    let range = match kind {
        Kind::Other => String::new(),
        Kind::Alert | Kind::Keyword if first == last => format!(" {letter}{first}"),
        Kind::Alert | Kind::Keyword => format!(" {letter}{first}–{letter}{last}"),
    };
    match (lang, kind) {
        (Lang::Zh, Kind::Alert | Kind::Keyword) => format!("{name}：{count} 条{range}"),
        (Lang::Zh, Kind::Other) => format!("其他：{count} 条"),
        (Lang::En, Kind::Alert | Kind::Keyword) => format!("{name}: {count},{range}"),
        (Lang::En, Kind::Other) => format!("others: {count}"),
    }
}
