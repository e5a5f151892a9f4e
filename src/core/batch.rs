//! Many kept messages put into a cabinet at once: they are counted first, and only as many as were
//! counted are put there.

use super::cabinets;
use super::hits;
use super::masking;
use super::question;
use super::refusal::Refusal;
use super::say;
use super::say::message::Batch;
use super::seek::Seek;
use super::turn::Turn;
use crate::command::Invocation;
use crate::model::request::About;
use crate::text::fold::fold;

/// Most messages of one batch: a turn that writes them all takes some tens of milliseconds.
pub const BATCH_MAX: usize = 1_000;

/// How many of them are shown before it is done.
const SHOWN_MAX: usize = 3;

/// Says that so many are meant: before the number and behind it; folded.
const SURE: [(&str, &str); 2] = [("确定", "条"), ("sure ", "")];

/// What is asked for, and how many were said to be meant: `确定128条 上周`.
pub fn sure(content: &str) -> (&str, Option<usize>) {
    let folded = fold(content);
    let said = SURE.iter().find_map(|(begin, behind)| {
        let rest = folded.text.strip_prefix(begin)?;
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let end = begin.len() + digits + behind.len();
        let count = rest[..digits].parse().ok()?;
        let apart = rest[digits..].strip_prefix(behind)?;
        let apart = apart.chars().next().is_none_or(|c| !c.is_alphanumeric());
        apart.then(|| (count, folded.original(0..end).end))
    });
    match said {
        Some((count, end)) => (content[end..].trim_start(), Some(count)),
        None => (content, None),
    }
}

/// Archives what fits, if as many as that were said to be meant; else says how many they are.
pub fn archive(
    turn: &mut Turn,
    invocation: &Invocation,
    mut seek: Seek,
    cabinet: String,
    sure: Option<usize>,
) -> Result<(), Refusal> {
    // Another cabinet is emptied only where it was named.
    seek.sought.unfiled = seek.sought.cabinet.is_none();
    if let Some(emptied) = seek.cabinet.as_deref() {
        cabinets::opens(turn, emptied)?;
    }
    let hits = hits::of(turn, &seek.sought, BATCH_MAX);
    let count = hits.found.len();
    let card = if count == 0 {
        say::message::none_to_archive(&turn.voice(), &seek.asked())
    } else if sure == Some(count) {
        cabinets::know(turn, &cabinet)?;
        for (number, mut message) in hits.found {
            message.cabinet = Some(cabinet.clone());
            turn.put(number, &message);
        }
        say::message::batched(&turn.voice(), count, &cabinet)
    } else {
        let newest = hits.found.into_iter().take(SHOWN_MAX);
        let newest = newest.map(|(n, message)| (n, masking::shown(turn, message))).collect();
        let line = confirmed(turn, invocation, count);
        let batch =
            Batch { count, most: hits.count.is_none_or(|all| all > count), newest, cabinet, line };
        question::ask(turn, About::Meant(vec![batch.line.clone()]));
        say::message::batch(&turn.voice(), &batch, turn.scope().is_direct())
    };
    turn.say(card);
    Ok(())
}

/// The same line, with how many it is about.
fn confirmed(turn: &Turn, invocation: &Invocation, count: usize) -> String {
    let behind = invocation.behind();
    let head = invocation.line[..invocation.line.len() - behind.len()].trim_end();
    let (behind, _) = sure(behind);
    let sure = turn.voice().pick(format!("确定{count}条"), format!("sure {count}"));
    format!("{head} {sure} {behind}")
}

#[cfg(test)]
mod tests {
    use super::sure;

    #[test]
    fn a_count_is_told_from_words_that_begin_like_one() {
        assert_eq!(sure("确定128条 上周"), ("上周", Some(128)));
        assert_eq!(sure("Sure 3"), ("", Some(3)));
        for said in ["确定条款", "sure 3rd", "确定3条款", "确定99999999999999999999条", "sure"]
        {
            assert_eq!(sure(said), (said, None));
        }
    }
}
