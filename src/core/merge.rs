//! Several messages that wait for one target as one. When there are too many is for the outbox.

use super::outbox::Unsent;
use super::say;
use crate::model::outgoing::{Block, Span};
use crate::model::{Outgoing, PersonId};

/// Most people whom a merged message calls: no platform calls more.
const CALLED_MAX: usize = 50;

/// The messages as one, in the place of the first; `None` if one of them cannot be merged. It waits
/// as if none of them had been tried: doubts stay, for what may have arrived may then come again.
pub fn merge<'a>(rows: impl Iterator<Item = &'a Unsent> + Clone) -> Option<Unsent> {
    let first = rows.clone().next()?;
    let mut told = first.card.told.clone()?;
    let (mut called, mut last, mut doubts) = (Vec::new(), None, first.doubts);
    for (n, row) in rows.enumerate() {
        let own = row.card.told.as_ref()?;
        if n > 0 {
            told.add(own);
        }
        doubts = doubts.max(row.doubts);
        call(&mut called, &row.card);
        // Of what was merged before, the last one is not known any more.
        last = (own.count() == 1).then_some(&row.card);
    }
    let line = last.map(|card| card.plain().lines().next().unwrap_or_default().to_owned());
    let mut card = say::merged::card(&told, &called, line.as_deref());
    (card.lane, card.told) = (first.card.lane, Some(told));
    Some(Unsent {
        card,
        attempts: 0,
        doubts,
        expires_at: None,
        not_before: first.created_at.plus_ms(1),
        ..first.clone()
    })
}

fn call(called: &mut Vec<(PersonId, String)>, card: &Outgoing) {
    let lines = card.blocks.iter().flat_map(|block| match block {
        Block::Line(spans) => std::slice::from_ref(spans),
        Block::List(items) => items.as_slice(),
        Block::Fields(_) | Block::Quote(_) | Block::Code(_) => &[],
    });
    for span in lines.flatten() {
        if let Span::Mention { person, name } = span
            && called.len() < CALLED_MAX
            && !called.iter().any(|(known, _)| known == person)
        {
            called.push((person.clone(), name.clone()));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::told::{Kind, Told};
    use crate::model::{Lane, Lang, Scope, Timestamp};

    const T0: Timestamp = Timestamp(1_790_000_000_000);

    fn unsent(n: u32, lang: Lang, doubts: u32) -> Unsent {
        let mut card = Outgoing::text(format!("A{n} 库存 上报")).in_lane(Lane::Notice);
        card.told = Some(Told::one(lang, Kind::Alert, "库存", n));
        Unsent { doubts, ..Unsent::new(Scope::Organisation, card, T0.plus_ms(n.into())) }
    }

    #[test]
    fn a_merged_message_counts_all_and_shows_the_last() {
        let rows: Vec<Unsent> = (1..=3).map(|n| unsent(n, Lang::Zh, 0)).collect();
        let one = merge(rows.iter()).expect("they can be merged");
        let text = "来得太密，3 条合成了这一条：\n- 库存：3 条 A1–A3\n最后一条：A3 库存 上报";
        assert_eq!(one.card.plain(), text);
        assert_eq!(one.card.lane, Lane::Notice);
        assert!(one.not_before > one.created_at, "a restart finds it waiting, not in doubt");
        let more = [one, unsent(4, Lang::Zh, 0)];
        let more = merge(more.iter()).expect("and again");
        assert_eq!(more.card.told.map(|told| told.count()), Some(4));
        let en: Vec<Unsent> = (1..=2).map(|n| unsent(n, Lang::En, 1)).collect();
        let en = merge(en.iter()).expect("they can be merged");
        let text = "Too many at once: 2 in this one message\n- 库存: 2, A1–A2\n\
                    The last one: A2 库存 上报";
        assert_eq!((en.card.plain().as_str(), en.doubts), (text, 1));
    }

    #[test]
    fn what_is_not_counted_is_not_merged() {
        let mut plain = unsent(2, Lang::Zh, 0);
        plain.card.told = None;
        assert_eq!(merge([unsent(1, Lang::Zh, 0), plain].iter()), None);
    }
}
