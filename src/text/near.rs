//! What a mistyped word probably meant.

/// Up to `most` of `candidates` that are near to `word`, nearest first; none if nothing is.
pub fn nearest<'a>(
    word: &str,
    candidates: impl IntoIterator<Item = &'a str>,
    most: usize,
) -> Vec<&'a str> {
    let _ = (word, candidates.into_iter().count(), most);
    todo!()
}
