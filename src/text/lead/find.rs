//! Where a lead time stands in a text, in either language.

use super::found::Found;
use super::{chinese, english};
use crate::text::reference::Reference;

/// Whether a word that every lead time has may stand at a place of a folded text: in most lines
/// there is none, and no more need be looked at.
pub fn may_stand(at: usize, char_at: impl Fn(usize) -> Option<char>) -> bool {
    match char_at(at) {
        Some(c @ ('前' | '早')) => {
            let behind = (at + 1..).map_while(&char_at).find(|c| !c.is_whitespace());
            chinese::may_lead(c, at.checked_sub(1).and_then(&char_at), behind)
        }
        Some(first) if first.is_ascii_lowercase() => english::SAYS
            .iter()
            .any(|word| word.chars().enumerate().all(|(n, c)| char_at(at + n) == Some(c))),
        Some(_) | None => false,
    }
}

/// The lead time of a text that was folded before; `None` if it has none.
pub fn find(folded: &str, reference: Reference) -> Option<Found> {
    chinese::find(folded).or_else(|| english::find(folded, reference))
}
