//! `搜`: kept messages that hold every word and carry every tag. A plain scan within a named limit;
//! it stays as the oracle of the index that is to come.

use super::tag::is_under;
use crate::command::Invocation;
use crate::core::masking;
use crate::core::paging;
use crate::core::people::{self, resolve};
use crate::core::refusal::{Missing, Refusal};
use crate::core::say;
use crate::core::turn::Turn;
use crate::model::message::Message;
use crate::store::Order;
use crate::text::fold::fold;
use crate::text::when;

/// How many of the newest messages are looked through.
pub const SCANNED_MAX: usize = 5_000;

/// Most words and tags of a search: each is looked for in every message.
pub const WANTED_MAX: usize = 10;

/// Searches and shows the newest hits.
pub fn run(turn: &mut Turn, invocation: &Invocation) -> Result<(), Refusal> {
    let args = &invocation.args;
    let words: Vec<String> =
        args.content.split_whitespace().map(|w| fold(w).text).filter(|w| !w.is_empty()).collect();
    let people = resolve(turn, &args.people)?;
    // Stretches of the past are not understood yet: better say so than look for their letters.
    if let Some(found) = when::find(&args.content, turn.reference()) {
        let part = args.content.get(found.span).unwrap_or_default().to_owned();
        return Err(Refusal::NotUnderstood { word: "find".into(), part });
    }
    if words.len() + args.tags.len() > WANTED_MAX {
        return Err(Refusal::Limit { what: "wanted", most: WANTED_MAX });
    }
    if words.is_empty() && args.tags.is_empty() && people.is_empty() {
        return Err(Refusal::Missing { word: "find", what: Missing::Content });
    }
    let fits = |message: &Message| {
        // A cabinet's name finds what is in it.
        let cabinet = message.cabinet.as_deref().unwrap_or_default();
        let text = fold(&format!("{}\n{cabinet}", message.text)).text;
        words.iter().all(|word| text.contains(word.as_str()))
            && args.tags.iter().all(|tag| has_tag(message, tag))
            && (people.is_empty() || people.iter().any(|p| said_by(message, &p.person)))
    };
    let scanned = turn.list::<Message>(SCANNED_MAX, Order::Down);
    let cut = scanned.len() == SCANNED_MAX;
    let hits = scanned.into_iter().filter(|(_, m)| fits(m));
    let hits: Vec<_> = hits.map(|(n, message)| (n, masking::shown(turn, message))).collect();
    let hears_all = turn.capabilities().is_none_or(|c| c.hears_all);
    let wanted: Vec<String> = (args.content.split_whitespace().map(str::to_owned))
        .chain(args.tags.iter().map(|tag| format!("#{tag}")))
        .chain(people.iter().map(|who| format!("@{}", who.name)))
        .collect();
    let name = args.content.trim();
    let by = (people.is_empty() && people::is_known(turn, name)).then(|| name.to_owned());
    let mut long =
        say::message::found(&turn.voice(), &wanted, &hits, cut.then_some(SCANNED_MAX), hears_all);
    if let Some(name) = by {
        long.head = long.head.and_line(vec![say::message::of_whom(&turn.voice(), &name).into()]);
    }
    paging::say(turn, long);
    Ok(())
}

fn has_tag(message: &Message, wanted: &str) -> bool {
    let wanted = fold(wanted).text;
    message.tags.iter().any(|tagged| is_under(&tagged.tag, &wanted))
}

fn said_by(message: &Message, person: &crate::model::PersonId) -> bool {
    message.sender.as_ref().is_some_and(|s| s.person == *person)
}
