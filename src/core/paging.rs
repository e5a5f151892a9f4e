//! The rest of a long list, kept for whoever asked, until they ask for more or for something else.

use super::people::person_name;
use super::say;
use super::say::more::Long;
use super::say::voice::LISTED_MAX;
use super::tables::More;
use super::turn::Turn;
use crate::store::Table;

/// How long the rest is kept, in ms: by then the list has changed.
const KEPT_MS: i64 = 60 * 60 * 1000;
/// Most lines kept: nobody pages further.
const KEPT_MAX: usize = 100;

/// Says the beginning of a list and keeps the rest.
pub fn say(turn: &mut Turn, long: Long) {
    let rest = long.lines.iter().skip(LISTED_MAX).take(KEPT_MAX).cloned().collect();
    let card = say::more::first(&turn.voice(), long);
    turn.say(card);
    keep(turn, rest);
}

/// Says the next lines of the last list.
pub fn more(turn: &mut Turn) {
    let kept = key(turn).and_then(|key| turn.get_at::<More>(&key));
    let Some(kept) = kept.filter(|kept| kept.until > turn.now()) else {
        let card = say::more::nothing(&turn.voice());
        return turn.say(card);
    };
    let (now, rest) = kept.lines.split_at(kept.lines.len().min(LISTED_MAX));
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
