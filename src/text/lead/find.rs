//! Where a lead time stands in a text, in either language.

use super::found::Found;
use super::{chinese, english};
use crate::text::reference::Reference;

/// The lead time of a text that was folded before; `None` if it has none.
pub fn find(folded: &str, reference: Reference) -> Option<Found> {
    chinese::find(folded).or_else(|| english::find(folded, reference))
}
