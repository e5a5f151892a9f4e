//! The words for what a schedule does about missed times.

use crate::model::occurrence::Missed;
use crate::text::fold;

/// Words and what they mean; the first of each meaning is what is said.
const WORDS: [(&str, Missed); 12] = [
    ("补一次", Missed::Once),
    ("不补", Missed::Skip),
    ("并入下次", Missed::Fold),
    ("once", Missed::Once),
    ("skip", Missed::Skip),
    ("fold", Missed::Fold),
    ("补", Missed::Once),
    ("补发", Missed::Once),
    ("跳过", Missed::Skip),
    ("合并", Missed::Fold),
    ("并入", Missed::Fold),
    ("catch up", Missed::Once),
];

/// The policy of a typed value.
pub fn policy(value: &str) -> Option<Missed> {
    let wanted = fold::fold(value.trim()).text;
    WORDS.iter().find(|(word, _)| *word == wanted).map(|(_, missed)| *missed)
}
