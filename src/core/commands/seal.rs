//! `存证`: says the head of the journal here, of all of it or of a stretch of time, once or at set
//! times. Whoever saw it can tell later whether anything before it was changed.

use crate::command::{Invocation, Role};
use crate::core::journal::{self, Row, Stretch};
use crate::core::refusal::Refusal;
use crate::core::rights;
use crate::core::say;
use crate::core::stretch;
use crate::core::timing;
use crate::core::turn::{OWN_NUMBER, Turn};
use crate::model::outgoing::Lane;
use crate::model::post::Due;
use crate::model::witness::Witness;
use crate::model::{Recurrence, Timestamp};
use crate::text::every;
use crate::text::fold::fold;

/// Words for off; folded.
const OFF: [&str; 8] = ["关", "关闭", "关掉", "取消", "停", "不用了", "off", "stop"];

/// Says a head, or sets when it is said.
pub fn run(turn: &mut Turn, invocation: &Invocation) -> Result<(), Refusal> {
    let args = &invocation.args;
    let said = args.content.trim();
    let off = OFF.contains(&fold(said).text.as_str());
    if off || args.every.is_some() {
        // What is said again and again is for those who look after the conversation.
        if !rights::has(turn, Role::Lead, None) {
            return Err(Refusal::NotAllowed { needs: Role::Lead });
        }
        return match args.every.clone().filter(|_| !off) {
            Some(every) if said.is_empty() => again(turn, every),
            Some(_) => Err(unread(said)),
            None => stop(turn),
        };
    }
    let stretch = match said {
        "" => stretch(turn, None, None),
        said => {
            let (from, to) = stretch::past(said, turn.reference()).ok_or_else(|| unread(said))?;
            stretch(turn, from, to)
        }
    };
    let set = turn.get::<Witness>(OWN_NUMBER);
    let card = say::seal::sealed(&turn.voice(), stretch, set.map(|set| set.next_at));
    turn.say(card);
    Ok(())
}

fn unread(said: &str) -> Refusal {
    Refusal::NotUnderstood { word: "seal".into(), part: said.to_owned() }
}

fn again(turn: &mut Turn, every: Recurrence) -> Result<(), Refusal> {
    let timing = timing::again_and_again(turn, every)?;
    let every = timing.every.ok_or(Refusal::Never)?;
    let lang = turn.lang();
    turn.put(OWN_NUMBER, &Witness { every: every.clone(), next_at: timing.first, lang });
    let card = say::seal::again(&turn.voice(), &every, timing.first);
    turn.say(card);
    Ok(())
}

fn stop(turn: &mut Turn) -> Result<(), Refusal> {
    let was = turn.get::<Witness>(OWN_NUMBER).is_some();
    turn.remove::<Witness>(OWN_NUMBER);
    let card = say::seal::stopped(&turn.voice(), was);
    turn.say(card);
    Ok(())
}

/// The hour has come: the head is said.
pub fn come(turn: &mut Turn, due: &Due) {
    let Some(mut witness) = turn.get::<Witness>(OWN_NUMBER) else { return };
    if witness.next_at != due.at {
        return;
    }
    match every::next(&witness.every, turn.now(), turn.calendar()) {
        Some(next) => {
            witness.next_at = next;
            turn.put(OWN_NUMBER, &witness);
        }
        None => turn.remove::<Witness>(OWN_NUMBER),
    }
    turn.acting.lang = turn.unasked_lang(witness.lang);
    let stretch = stretch(turn, None, None);
    let card = say::seal::witnessed(&turn.voice(), stretch);
    turn.say(card.in_lane(Lane::Notice));
}

/// The entries of a time, or all before this one; `None` if there are none.
fn stretch(turn: &mut Turn, from: Option<Timestamp>, to: Option<Timestamp>) -> Option<Stretch> {
    let first = from.map_or(1, |from| first_at(turn, from));
    let last = to.map_or(turn.draft.head.seq, |to| first_at(turn, to) - 1);
    if first > last {
        return None;
    }
    let (first, last) = (row(turn, first)?, row(turn, last)?);
    Some(Stretch {
        seqs: (first.entry.seq, last.entry.seq),
        times: (first.entry.at, last.entry.at),
        head: journal::hash(&last.entry),
    })
}

/// The first entry at a moment or behind it; behind the last one if there is none.
fn first_at(turn: &mut Turn, at: Timestamp) -> u64 {
    let (mut low, mut high) = (1, turn.draft.head.seq + 1);
    while low < high {
        let middle = low + (high - low) / 2;
        match row(turn, middle) {
            Some(row) if row.entry.at < at => low = middle + 1,
            Some(_) | None => high = middle,
        }
    }
    low
}

fn row(turn: &mut Turn, seq: u64) -> Option<Row> {
    turn.get_at::<Row>(&seq.to_be_bytes())
}
