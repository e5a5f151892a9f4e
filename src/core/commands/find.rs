//! `搜`: kept messages that hold every word, carry every tag and were said by whom and when was
//! asked, newest first. What is found where is `core::hits`' business.

use crate::command::Invocation;
use crate::core::refusal::Refusal;
use crate::core::turn::Turn;
use crate::core::{gaps, hits, masking, paging, people, say, seek};

/// Searches and shows the newest hits.
pub fn run(turn: &mut Turn, invocation: &Invocation) -> Result<(), Refusal> {
    let seek = seek::read(turn, invocation)?;
    let mut hits = hits::of(turn, &seek.sought, hits::FOUND_MAX);
    let found = std::mem::take(&mut hits.found);
    hits.found = found.into_iter().map(|(n, message)| (n, masking::shown(turn, message))).collect();
    let hears_all = turn.capabilities().is_none_or(|c| c.hears_all);
    let name = match seek.wanted.as_slice() {
        [only] => only.clone(),
        _ => invocation.args.content.trim().to_owned(),
    };
    let name = name.as_str();
    let by = seek.sought.people.is_empty() && people::is_known(turn, name);
    let gap = gaps::within(turn, seek.sought.from, seek.sought.to);
    let mut long = say::found::found(&turn.voice(), &seek, &hits, hears_all, gap.as_ref());
    if by {
        long.head = long.head.and_line(vec![say::found::of_whom(&turn.voice(), name).into()]);
    }
    paging::say(turn, long);
    Ok(())
}
