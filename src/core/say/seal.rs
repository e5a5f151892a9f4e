//! Sentences about heads of the journal: said now, or at set times.

use super::{Voice, schedule};
use crate::core::journal::Stretch;
use crate::model::outgoing::{Block, Outgoing};
use crate::model::{Recurrence, Timestamp};

/// A head was asked for; where it is said at set times, the next one.
pub fn sealed(voice: &Voice, stretch: Option<Stretch>, next: Option<Timestamp>) -> Outgoing {
    let Some(stretch) = stretch else {
        return voice.lines(
            "那段时间这里没有日志，没什么可存证的",
            "Nothing is in the journal of that time",
        );
    };
    let mut card = head(voice, stretch);
    let again = match next {
        Some(next) => {
            let next = voice.at(next);
            voice.pick(format!("定时存证下次 {next}"), format!("It is said again {next}"))
        }
        None => voice
            .pick(
                "要定时发在群里：存证 每天18:00",
                "To have it said daily: seal every day at 18:00",
            )
            .to_owned(),
    };
    card = card.and_line(vec![
        voice
            .pick(
                "留着这条消息：以后日志被插、删、改、换序、截断，拿它一对就知道；只证明记下的没变，不证明话是谁说的",
                "Keep this message: with it anybody can tell later whether an entry was inserted, \
                 deleted, changed or moved. It does not prove who said what was recorded",
            )
            .into(),
    ]);
    card.and_line(vec![again.into()])
}

/// The head as it is said at its time.
pub fn witnessed(voice: &Voice, stretch: Option<Stretch>) -> Outgoing {
    match stretch {
        Some(stretch) => head(voice, stretch),
        None => voice.lines("日志还是空的", "The journal is empty"),
    }
}

/// It is said at set times from now on.
pub fn again(voice: &Voice, every: &Recurrence, first: Timestamp) -> Outgoing {
    let (every, first) = (schedule::every(voice, every), voice.at(first));
    Outgoing::text(voice.pick(
        format!("从现在起{every}把日志指纹发在这里，第一次：{first}。要停：存证 关"),
        format!("The journal’s head is said here {every}, first {first}. To stop it: seal off"),
    ))
}

/// It is said no more.
pub fn stopped(voice: &Voice, was: bool) -> Outgoing {
    match was {
        true => voice.lines("定时存证已关", "The head is said no more"),
        false => voice.lines("本来就没开定时存证", "It was not said at set times"),
    }
}

fn head(voice: &Voice, stretch: Stretch) -> Outgoing {
    let ((first, last), count) = (stretch.seqs, stretch.seqs.1 - stretch.seqs.0 + 1);
    let (from, to) = (voice.at(stretch.times.0), voice.at(stretch.times.1));
    let text = voice.pick(
        format!("存证：日志 #{first} 到 #{last}，共 {count} 条，{from} 到 {to}，指纹："),
        format!("Sealed: journal #{first} to #{last}, {count} entries, {from} to {to}. Head:"),
    );
    let mut card = Outgoing::text(text);
    card.blocks.push(Block::Code(hex::encode(stretch.head)));
    card
}
