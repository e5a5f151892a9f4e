//! The rest of a long list, kept for whoever asked, until they ask for more or for something else.

use super::people::person_name;
use super::say;
use super::say::more::{HEAD_LINES, Long};
use super::say::voice::shown_of;
use super::tables::More;
use super::turn::Turn;
use crate::model::{Lane, Outgoing};
use crate::store::Table;

/// How long the rest is kept, in ms: by then the list has changed.
const KEPT_MS: i64 = 60 * 60 * 1000;
/// Most lines kept: nobody pages further.
const KEPT_MAX: usize = 100;

/// Says the beginning of a list and keeps the rest.
pub fn say(turn: &mut Turn, long: Long) {
    let shown = shown_of(long.lines.len(), HEAD_LINES);
    let rest = long.lines.iter().skip(shown).take(KEPT_MAX).cloned().collect();
    let card = say::more::first(&turn.voice(), long);
    turn.say(card);
    keep(turn, rest);
}

/// Messages that a long answer may take; beyond that it is said bit by bit.
const MESSAGES_MAX: usize = 3;
/// Longest bit, in characters: a screen of a phone.
const BIT_CHARS_MAX: usize = 300;

/// Leaves of each answer that is too long for the platform its beginning, and keeps the rest for
/// whoever asked.
pub fn fit(turn: &mut Turn) {
    let Some(most) = turn.capabilities().map(|c| c.text_max.saturating_mul(MESSAGES_MAX)) else {
        return;
    };
    for nth in 0..turn.draft.said.len() {
        let card = &turn.draft.said[nth];
        let asked = card.lane == Lane::Answer && turn.acting.actor.is_some();
        if card.bytes() > most && asked && !card.confidential {
            let bits = bits(&card.plain());
            let long = Long::new(Outgoing::default(), bits);
            let shown = shown_of(long.lines.len(), HEAD_LINES);
            let rest = long.lines.iter().skip(shown).take(KEPT_MAX).cloned().collect();
            turn.draft.said[nth] = say::more::first(&turn.voice(), long);
            keep(turn, rest);
        }
    }
}

/// A text as lines of which each fits a phone, to the ends of sentences.
fn bits(text: &str) -> Vec<Vec<crate::model::Span>> {
    let mut bits = Vec::new();
    for line in text.lines() {
        let mut rest = line;
        while let Some((end, _)) = rest.char_indices().nth(BIT_CHARS_MAX) {
            let stop = rest[..end].rfind(['。', '！', '？', '；', '.', '!', '?', ';']);
            let stop = stop.filter(|stop| *stop > end / 2).unwrap_or(end);
            let stop = rest[stop..].char_indices().nth(1).map_or(end, |(n, _)| stop + n).min(end);
            let (bit, behind) = rest.split_at(stop);
            bits.push(vec![crate::model::Span::from(bit)]);
            rest = behind;
        }
        if !rest.is_empty() {
            bits.push(vec![crate::model::Span::from(rest)]);
        }
    }
    bits
}

/// Says the next lines of the last list.
pub fn more(turn: &mut Turn) {
    let kept = key(turn).and_then(|key| turn.get_at::<More>(&key));
    let Some(kept) = kept.filter(|kept| kept.until > turn.now()) else {
        let card = say::more::nothing(&turn.voice());
        return turn.say(card);
    };
    let (now, rest) = kept.lines.split_at(shown_of(kept.lines.len(), HEAD_LINES));
    let card = say::more::next(&turn.voice(), now.to_vec(), rest.len());
    turn.say(card);
    keep(turn, rest.to_vec());
}

fn keep(turn: &mut Turn, lines: Vec<Vec<crate::model::Span>>) {
    let Some(key) = key(turn) else { return };
    if !lines.is_empty() {
        let until = turn.now().plus_ms(KEPT_MS);
        turn.put_at(&key, &More { lines, until });
    } else if turn.get_at::<More>(&key).is_some() {
        turn.remove_at::<More>(&key);
    }
}

fn key(turn: &Turn) -> Option<[u8; 16]> {
    let actor = turn.acting.actor.as_ref()?;
    Some(turn.name_rest(More::ID, person_name(&actor.person).as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Span;

    #[test]
    fn a_long_text_in_bits_loses_nothing_and_ends_them_with_sentences() {
        let text = "一句话到此为止。".repeat(200);
        let bits = bits(&format!("{text}\n{}", "x".repeat(700)));
        let plain = |bit: &Vec<Span>| match bit.as_slice() {
            [Span::Text(text)] => text.clone(),
            other => panic!("{other:?}"),
        };
        let bits: Vec<String> = bits.iter().map(plain).collect();
        assert!(bits.iter().all(|bit| bit.chars().count() <= BIT_CHARS_MAX));
        assert_eq!(bits.concat(), format!("{text}{}", "x".repeat(700)));
        let (words, rest): (Vec<&String>, _) = bits.iter().partition(|bit| bit.contains('句'));
        assert!(words.iter().all(|bit| bit.ends_with('。')) && rest.len() == 3, "{bits:?}");
    }
}
