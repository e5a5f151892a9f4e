//! Sentences about keyword rules.

use super::Voice;
use super::more::Long;
use super::status::switched;
use super::voice::{excerpt, mentions, names};
use crate::model::Handle;
use crate::model::keyword::Keyword;
use crate::model::message::Message;
use crate::model::outgoing::{Block, Outgoing, Span};

/// Most words of a rule that are shown.
const WORDS_SHOWN_MAX: usize = 5;

/// The words of a rule.
pub fn words(voice: &Voice, rule: &Keyword) -> String {
    let mut words = voice.joined(rule.words.iter().take(WORDS_SHOWN_MAX).cloned());
    if rule.words.len() > WORDS_SHOWN_MAX {
        words.push('…');
    }
    words
}

/// `退费、转班 → #教务/退费 · 通知 @乙`
fn summary(voice: &Voice, rule: &Keyword) -> String {
    let mut effects: Vec<String> = rule.tags.iter().map(|tag| format!("#{tag}")).collect();
    if let Some(cabinet) = &rule.cabinet {
        let cabinet = voice.quote(cabinet);
        effects.push(voice.pick(format!("归档到{cabinet}"), format!("archive to {cabinet}")));
    }
    if !rule.notify.is_empty() {
        let people = names(&rule.notify);
        effects.push(voice.pick(format!("通知 {people}"), format!("notify {people}")));
    }
    format!("{} → {}", words(voice, rule), effects.join(" · "))
}

/// A rule was made, and how often it would have acted lately.
pub fn created(voice: &Voice, handle: Handle, rule: &Keyword, hits: usize) -> Outgoing {
    let text = voice.pick(
        format!("{handle} {}\n已启用；近7天命中 {hits} 条", summary(voice, rule)),
        format!("{handle} {}\nEnabled; {hits} hits in the last 7 days", summary(voice, rule)),
    );
    Outgoing::text(text)
        .and_button(
            voice.pick("停用", "Disable"),
            format!("{handle} {}", voice.pick("停用", "disable")),
        )
        .and_button(voice.pick("撤销", "Undo"), voice.pick("撤销", "undo"))
}

/// Every rule, a line each; `narrowed` by tags or people.
pub fn list(voice: &Voice, rules: &[(u32, Keyword)], narrowed: bool) -> Long {
    if rules.is_empty() && narrowed {
        return Long::none(
            voice.lines("没有这样的关键词。看全部：关键词", "No such keywords. See all: keyword"),
        );
    }
    if rules.is_empty() {
        return Long::none(voice.lines(
            "还没有关键词。管理员可以建：关键词 退费,转班 → #教务/退费",
            "No keywords yet. An admin can set some: keyword refund, cancel -> #billing/refund",
        ));
    }
    let line = |(number, rule): &(u32, Keyword)| {
        let handle = Handle { letter: 'R', number: *number };
        let state = switched(voice, rule.enabled);
        vec![Span::from(format!("{handle} {} · {state}", summary(voice, rule)))]
    };
    let head =
        Outgoing::text(voice.pick(
            format!("关键词规则 {} 条", rules.len()),
            format!("{} keyword rules", rules.len()),
        ));
    Long::new(head, rules.iter().map(line).collect())
}

/// One rule, whole.
pub fn shown(voice: &Voice, handle: Handle, rule: &Keyword) -> Outgoing {
    let state = switched(voice, rule.enabled);
    let (name, at) = (&rule.creator.name, voice.at(rule.created_at));
    let by = voice.pick(
        format!("{state} · 第{}版 · {name} 建于 {at}", rule.version),
        format!("{state} · version {} · made by {name} on {at}", rule.version),
    );
    Outgoing::text(format!("{handle} {}\n{by}", summary(voice, rule)))
}

/// Somebody is told that a word was said.
pub fn notice(
    voice: &Voice,
    handle: Handle,
    rule: &Keyword,
    word: &str,
    number: u32,
    message: &Message,
) -> Outgoing {
    let mut spans = mentions(&rule.notify);
    let word = voice.quote(word);
    spans.push(Span::from(voice.pick(
        format!(" 有人提到{word}（{handle} · M{number}）"),
        format!(" somebody mentioned {word} ({handle} · M{number})"),
    )));
    let who = message.sender.as_ref().map(|s| s.name.as_str()).unwrap_or_default();
    let said = excerpt(&message.text);
    let mut card = Outgoing::line(spans);
    card.blocks.push(Block::Quote(voice.pick(format!("{who}：{said}"), format!("{who}: {said}"))));
    card
}
