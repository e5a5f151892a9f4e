//! `搜`: kept messages that hold every word, carry every tag and were said by whom and when was
//! asked, newest first. What is found where is `core::hits`' business.

use crate::command::Invocation;
use crate::core::refusal::Refusal;
use crate::core::seek::{self, Seek};
use crate::core::turn::Turn;
use crate::core::{gaps, hits, masking, outage, paging, people, say};

/// Searches and shows the newest hits.
pub fn run(turn: &mut Turn, invocation: &Invocation) -> Result<(), Refusal> {
    let seek = seek::read(turn, invocation)?;
    let mut hits = hits::of(turn, &seek.sought, hits::FOUND_MAX);
    let none = hits.count == Some(0);
    let found = std::mem::take(&mut hits.found);
    hits.found = found.into_iter().map(|(n, message)| (n, masking::shown(turn, message))).collect();
    let hears_all = turn.capabilities().is_none_or(|c| c.hears_all);
    let name = match seek.wanted.as_slice() {
        [only] => only.clone(),
        _ => invocation.args.content.trim().to_owned(),
    };
    let name = name.as_str();
    let mentions = invocation.args.quoted && people::is_known(turn, name);
    let whose = owner(turn, &seek);
    let spelled = spelled(turn, &seek);
    let gap = gaps::within(turn, seek.sought.from, seek.sought.to);
    let down = outage::within(turn, seek.sought.from, seek.sought.to);
    let mut long = say::found::found(&turn.voice(), &seek, &hits, hears_all, gap.as_ref());
    let notes = [
        say::found::down(&turn.voice(), down),
        mentions.then(|| say::found::of_whom(&turn.voice(), name)),
        seek.by_name.as_ref().map(|name| say::found::by_name(&turn.voice(), name)),
        whose.filter(|_| none).map(|(name, rest)| say::found::whose(&turn.voice(), &name, &rest)),
        spelled.map(|(word, count)| say::found::spelled(&turn.voice(), &word, count)),
    ];
    for note in notes.into_iter().flatten() {
        long.head = long.head.and_line(vec![note.into()]);
    }
    paging::say(turn, long);
    Ok(())
}

/// Fewest digits of a number that is written with commas.
const DIGITS_MIN: usize = 4;
/// Most digits of one.
const DIGITS_MAX: usize = 15;

/// `李雷的合同`, `李雷 合同`: a name that a word begins with or is, and what else is looked for.
fn owner(turn: &mut Turn, seek: &Seek) -> Option<(String, String)> {
    if let [only] = seek.wanted.as_slice() {
        let (head, rest) = only.split_once('的')?;
        let fits = !rest.is_empty() && people::is_known(turn, head);
        return fits.then(|| (head.to_owned(), rest.to_owned()));
    }
    let words = seek.only_words() && seek.sought.any.is_empty();
    let at = seek.wanted.iter().position(|word| words && people::is_known(turn, word))?;
    let mut rest = seek.wanted.clone();
    let name = rest.remove(at);
    Some((name, rest.join(" ")))
}

/// The only number that is looked for as it may be written too (`3,200` of `3200`), and how many
/// messages hold it so.
fn spelled(turn: &mut Turn, seek: &Seek) -> Option<(String, usize)> {
    let word = seek.sought.words.iter().find(|word| {
        let digits = word.bytes().filter(u8::is_ascii_digit).count();
        let number = word.bytes().all(|b| b.is_ascii_digit() || b == b',');
        number && (DIGITS_MIN..=DIGITS_MAX).contains(&digits)
    })?;
    let other = match word.contains(',') {
        true => word.replace(',', ""),
        false => {
            let first = word.len() % 3;
            let (head, tail) = word.split_at(first);
            let groups = tail.as_bytes().chunks(3).map(String::from_utf8_lossy);
            let head = (!head.is_empty()).then(|| head.into());
            head.into_iter().chain(groups).collect::<Vec<_>>().join(",")
        }
    };
    let mut sought = seek.sought.clone();
    sought.words.iter_mut().filter(|own| *own == word).for_each(|own| own.clone_from(&other));
    let count = hits::of(turn, &sought, hits::FOUND_MAX).found.len();
    (count > 0).then_some((other, count))
}
