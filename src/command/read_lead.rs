//! How long before its time something is to be told: `提前一小时提醒`, `10 min before`.

use std::ops::Range;

use super::args::Ahead;
use super::scan::Scan;
use crate::text::lead;
use crate::text::when::Reference;

/// Stands for what is not open: no words go across.
const BARRIER: char = '|';

/// A lead time of a line, before it is known whether the line has a time for it to lead up to.
pub struct Led {
    span: Range<usize>,
    ahead: Ahead,
    told: bool,
}

/// Takes a lead time. One in the middle of what it says (`call Bob 10 min before the meeting`)
/// stays in the content as well.
pub fn lead(scan: &mut Scan, reference: Reference) -> Option<Led> {
    if !(scan.from..scan.end()).any(|at| lead::may_stand(at, |at| scan.glyphs.get(at))) {
        return None;
    }
    let open = |at| scan.open(at).unwrap_or(BARRIER);
    let text: String = (scan.from..scan.end()).map(open).collect();
    let mut found = lead::find(&text, reference)?;
    if let Some((all, _)) = lead::several(&text, &found) {
        (found.span, found.lead, found.goes_on, found.told) = (all, None, false, true);
    }
    let place = |byte: usize| scan.from + text[..byte].chars().count();
    let span = place(found.span.start)..place(found.span.end);
    let inside = found.goes_on && !text[..found.span.start].trim().is_empty();
    if inside {
        scan.keep(span.clone());
    } else {
        scan.take(span.clone());
    }
    let ahead = found.lead.map_or(Ahead::Unread, Ahead::By);
    Some(Led { span, ahead, told: found.told })
}

impl Led {
    /// What it says; given back to the content where there is no time (`timed`) for it to lead up
    /// to and nobody is said to be told: `任务 提前一天 订会议室`.
    pub fn kept(self, scan: &mut Scan, timed: bool) -> Option<Ahead> {
        if timed || self.told {
            return Some(self.ahead);
        }
        scan.keep(self.span);
        None
    }
}
