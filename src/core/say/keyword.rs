//! Sentences about keyword rules.

use super::Voice;
use super::more::Long;
use super::status::switched;
use super::voice::{excerpt, mentions, names};
use crate::model::Handle;
use crate::model::keyword::{Keyword, Matching, Tried};
use crate::model::message::Message;
use crate::model::outgoing::{Block, Outgoing, Span};

/// Most words of a rule that are shown.
const WORDS_SHOWN_MAX: usize = 5;

/// The words of a rule, and the phrases in which they do not count.
pub fn words(voice: &Voice, rule: &Keyword) -> String {
    let words = format!("{}{}", kind(voice, rule.matching), listed(voice, &rule.words));
    if rule.except.is_empty() {
        return words;
    }
    let except = listed(voice, &rule.except);
    voice.pick(format!("{words} 不含 {except}"), format!("{words} but not {except}"))
}

/// How they are looked for, as it is typed before them.
fn kind(voice: &Voice, matching: Matching) -> &'static str {
    match matching {
        Matching::Substring => "",
        Matching::Word => voice.pick("整词 ", "whole word "),
        Matching::Pattern => voice.pick("模式 ", "pattern "),
    }
}

fn listed(voice: &Voice, words: &[String]) -> String {
    let mut listed = voice.joined(words.iter().take(WORDS_SHOWN_MAX).cloned());
    if words.len() > WORDS_SHOWN_MAX {
        listed.push('…');
    }
    listed
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

/// What words would have found, of which no rule was made yet, and the line that makes one.
pub fn tried(voice: &Voice, rule: &Keyword, past: &Tried, hears_all: bool) -> Outgoing {
    let (words, count) = (words(voice, rule), past.count);
    let mut card = Outgoing::text(match count {
        0 => voice.pick(
            format!("{words}：近7天没有命中，也没有建规则"),
            format!("{words}: no hit in the last 7 days; no rule was made"),
        ),
        _ => voice.pick(
            format!("{words}：近7天会命中 {count} 条，还没建规则"),
            format!("{words}: would have hit {count} in the last 7 days; no rule was made"),
        ),
    });
    if let Some(most) = past.cut {
        card =
            card.and_line(vec![Span::from(voice.pick(
                format!("只试了最近 {most} 条"),
                format!("Only the latest {most} were tried"),
            ))]);
    } else if !hears_all {
        card = card.and_line(vec![Span::from(voice.pick(
            "只含 @我 和被引用的消息",
            "Only messages that @ me, and quoted ones, are kept",
        ))]);
    }
    let shown = past.newest.iter().map(|(number, message, word)| {
        let mut line = super::message::line(voice, *number, message);
        let word = voice.quote(word);
        line.push(Span::from(voice.pick(format!(" · 命中{word}"), format!(" · hit by {word}"))));
        line
    });
    if count > 0 {
        card.blocks.push(Block::List(shown.collect()));
    }
    let line = typed(voice, rule);
    card.and_line(vec![Span::from(
        voice.pick(format!("要建就说：{line}"), format!("To make it, say: {line}")),
    )])
}

/// The line that makes a rule; where nothing is to be done yet, it tells whoever says it.
fn typed(voice: &Voice, rule: &Keyword) -> String {
    let spelled = |word: &String| match word.contains([' ', ',', '，', '、', ';', '；', '/']) {
        true => format!("\"{word}\""),
        false => word.clone(),
    };
    let joined = |words: &[String]| {
        words.iter().map(spelled).collect::<Vec<_>>().join(voice.pick(",", ", "))
    };
    let listed = match rule.matching {
        Matching::Pattern => rule.words.concat(),
        Matching::Substring | Matching::Word => joined(&rule.words),
    };
    let mut words = format!("{}{listed}", kind(voice, rule.matching));
    if !rule.except.is_empty() {
        words.push_str(voice.pick(" 不含 ", " but not "));
        words.push_str(&joined(&rule.except));
    }
    let mut effects: Vec<String> = rule.tags.iter().map(|tag| format!("#{tag}")).collect();
    if !rule.notify.is_empty() || rule.tags.is_empty() && rule.cabinet.is_none() {
        let people = match rule.notify.is_empty() {
            true => voice.pick("@我", "@me").to_owned(),
            false => names(&rule.notify),
        };
        effects.push(voice.pick(format!("通知 {people}"), format!("notify {people}")));
    }
    if let Some(cabinet) = &rule.cabinet {
        effects.push(voice.pick(format!("归档到 {cabinet}"), format!("archive to {cabinet}")));
    }
    let effects = effects.join(" ");
    voice.pick(format!("关键词 {words} → {effects}"), format!("keyword {words} -> {effects}"))
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
