//! More than one lead time in a text: 提前一天和提前半小时, `1 day before and 1 hour before`.

use std::ops::Range;

use super::found::{Found, amount_at, lead_of};
use super::tail::strip;
use crate::model::lead::Lead;

/// Between two of them.
const JOINTS: [&str; 12] =
    ["和", "与", "跟", "及", "以及", "、", "，", ",", "and", "&", ", and", "，和"];

/// Between a joint and a length.
const EARLIER: [&str; 5] = ["提前", "提早", "再提前", "again", "another"];

/// Behind the last of them.
const ENDS: [&str; 14] = [
    "各提醒我一次",
    "各提醒一次",
    "都提醒我",
    "都提醒",
    "提醒我",
    "提醒",
    "beforehand",
    "before that",
    "before it",
    "before",
    "in advance",
    "ahead",
    "earlier",
    "too",
];

/// The lead times of a text and the bytes of all of them, if the one that was found is not alone.
pub fn several(text: &str, found: &Found) -> Option<(Range<usize>, Vec<Lead>)> {
    let at = begin(text, found);
    let mut from = at;
    let mut rest = &text[at..];
    let mut all = Vec::new();
    loop {
        let next = strip(rest.trim_start(), &EARLIER).unwrap_or(rest).trim_start();
        let joint = |at: &usize| JOINTS.iter().any(|joint| strip(&next[*at..], &[joint]).is_some());
        let cut = next.char_indices().map(|(at, _)| at).find(joint).unwrap_or(next.len());
        let Some((amount, long)) = amount_at(&next[..cut]) else { break };
        all.push((amount, lead_of(amount, false)?));
        let mut behind = &next[long..];
        while let Some(more) = strip(behind.trim_start(), &ENDS) {
            behind = more;
        }
        from = text.len() - behind.len();
        let Some(more) = strip(behind.trim_start(), &JOINTS) else { break };
        rest = more.trim_start();
    }
    let latin = text[at..from].is_ascii();
    // `1 hour and 30 minutes before` is one length.
    let units = |days: bool| all.iter().any(|(amount, _)| (amount.is_dayly()) == days);
    let said_twice = text[at..from].matches("before").count() > 1;
    let apart = !latin || said_twice || units(true) && units(false);
    let leads: Vec<Lead> = all.into_iter().map(|(_, lead)| lead).collect();
    (leads.len() > 1 && apart)
        .then_some((at.min(found.span.start)..from.max(found.span.end), leads))
}

/// Where the first of them begins.
fn begin(text: &str, found: &Found) -> usize {
    let earlier = ["提前", "提早"].iter().filter_map(|word| text.find(word)).min();
    match earlier {
        Some(at) if at < found.bare.start => at,
        _ => found.bare.start,
    }
}
