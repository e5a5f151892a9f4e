//! Help made from the catalogue: the overview, one word's page, and the README's table.

use super::{Catalogue, Role, Word};
use crate::model::Lang;

/// The words a person of this role may use, in the catalogue's order.
pub fn visible(catalogue: &Catalogue, role: Role) -> Vec<&Word> {
    let _ = (catalogue, role);
    todo!()
}

/// The README's command table, in Markdown.
pub fn markdown(catalogue: &Catalogue, lang: Lang) -> String {
    let _ = (catalogue, lang);
    todo!()
}
