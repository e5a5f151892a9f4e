//! `关键词 试`: words tried on what was kept lately, before or when a rule is made of them; those of
//! one character are doubted. Makes nothing.

use crate::command::Invocation;
use crate::core::compiled;
use crate::core::masking;
use crate::core::refusal::{Cannot, Refusal};
use crate::core::say;
use crate::core::turn::Turn;
use crate::model::keyword::{Keyword, Tried};
use crate::model::message::Message;
use crate::store::Order;
use crate::text::fold::fold;
use crate::text::keyword::Matcher;

/// On how many kept messages words are tried.
const TRIED_MAX: usize = 2_000;

/// How far back, in ms: seven days.
const TRIED_MS: i64 = 7 * 86_400_000;

/// How many of the messages found are shown: with the lines around them what fits a phone.
const SHOWN_MAX: usize = 3;

/// Behind the noun these ask for a trial. Longer spellings first; folded.
const TRY: [&str; 4] = ["试一下", "试试", "试", "try"];

/// The same where nothing is said of what to do with the messages: else they are words.
const TRY_ALONE: [&str; 5] = ["测试", "预览", "test", "testing", "preview"];

/// What is to be tried, behind the word that asks for it; `effects`: something is to be done.
pub fn asked(content: &str, effects: bool) -> Option<&str> {
    let folded = fold(content);
    let words = TRY.iter().chain(TRY_ALONE.iter().filter(|_| !effects));
    let said = words.filter(|word| folded.text.starts_with(**word));
    let rest = said.map(|word| folded.original(0..word.len()).end);
    let apart = |c: char| c.is_whitespace() || matches!(c, ':' | '：');
    // Glued to what follows it is a word to look for: `试用`.
    let mut rest = rest.filter_map(|end| content.get(end..)?.strip_prefix(apart));
    let rest = rest.next()?.trim_start_matches(apart);
    let said = !rest.is_empty() && !["→", "->", "=>"].iter().any(|arrow| rest.starts_with(arrow));
    said.then_some(rest)
}

/// Says that a word of one character is meant, before a colon; folded.
const SURE: [&str; 2] = ["确定:", "sure:"];

/// What is listed, and whether it was said that all of it is meant: `确定：费`.
pub fn sure(content: &str) -> (&str, bool) {
    let folded = fold(content);
    let said = SURE.iter().find(|word| folded.text.starts_with(**word));
    let end = said.map_or(0, |word| folded.original(0..word.len()).end);
    (content[end..].trim_start(), said.is_some())
}

/// A word of one character finds what nobody meant: it is asked about, with how often it would have
/// been found and the line that insists.
pub fn doubted(
    turn: &mut Turn,
    invocation: &Invocation,
    rule: &Keyword,
    new: &[String],
) -> Result<(), Refusal> {
    let is_short = |word: &&String| fold(word).text.chars().nth(1).is_none();
    let words: Vec<String> = new.iter().filter(is_short).cloned().collect();
    if words.is_empty() {
        return Ok(());
    }
    let part = turn.voice().joined(words.clone());
    let hits = past(turn, &Keyword { words, ..rule.clone() }).count;
    let behind = invocation.behind();
    let head = invocation.line[..invocation.line.len() - behind.len()].trim_end();
    let sure = turn.voice().pick("确定：", "sure: ");
    let lines = vec![format!("{head} {sure}{behind}")];
    Err(Refusal::Cannot { what: Cannot::Short { hits }, part, lines })
}

/// Says what a rule would have found.
pub fn run(turn: &mut Turn, rule: &Keyword) {
    let past = past(turn, rule);
    let hears_all = turn.capabilities().is_none_or(|c| c.hears_all);
    let card = say::keyword::tried(&turn.voice(), rule, &past, hears_all);
    turn.say(card);
}

/// What a rule would have found in the last week.
pub fn past(turn: &mut Turn, rule: &Keyword) -> Tried {
    let since = turn.now().plus_ms(-TRIED_MS);
    let matcher = Matcher::new([compiled::words(rule)]);
    let messages = turn.list::<Message>(TRIED_MAX, Order::Down);
    let all = messages.len();
    let mut past = Tried::default();
    let mut looked_at = 0;
    for (number, message) in messages.into_iter().take_while(|(_, m)| m.sent_at >= since) {
        looked_at += 1;
        if !message.is_shown() {
            continue;
        }
        let Some(hit) = matcher.find(&message.text).into_iter().next() else { continue };
        past.count += 1;
        if past.newest.len() < SHOWN_MAX {
            let message = masking::shown(turn, message);
            past.newest.push((number, message, rule.words[hit.word].clone()));
        }
    }
    past.cut = (looked_at == all && all == TRIED_MAX).then_some(TRIED_MAX);
    past
}

#[cfg(test)]
mod tests {
    use super::{asked, sure};

    #[test]
    fn a_trial_is_asked_for_by_a_word_that_stands_apart() {
        assert_eq!(asked("试 退费,转班", false), Some("退费,转班"));
        assert_eq!(asked("试试：退费", true), Some("退费"));
        assert_eq!(asked("Try refund", true), Some("refund"));
        assert_eq!(asked("测试 退费", false), Some("退费"));
        assert_eq!(sure("确定：费"), ("费", true));
        assert_eq!(sure("Sure: x"), ("x", true));
        assert_eq!(sure("确定,取消"), ("确定,取消", false));
        for (words, effects) in [
            ("试用,试听", true),
            ("试", true),
            ("试 →", true),
            ("测试 退费", true),
            ("退费", false),
        ] {
            assert_eq!(asked(words, effects), None, "{words}");
        }
    }
}
