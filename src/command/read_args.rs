//! The rest of a line read into [`Args`]: each form the word takes in a fixed order, then the
//! content.

use super::args::Args;
use super::content::content;
use super::glyphs::Glyphs;
use super::scan::Scan;
use super::word::{Form, Word};
use super::{read_pairs, read_people, read_time};
use crate::text::when::{Reference, When};

/// Reads the arguments of `word` from a position on. Order matters:
///
/// 1. quotations become literal;
/// 2. pairs and tests, whose values may hold anything;
/// 3. what has a mark of its own: handles, people, tags (kept as text where the word does not
///    take them, so that no date is read out of `@五月` or `M3`);
/// 4. places, dates, numbers;
/// 5. the rest is content.
pub fn read(
    glyphs: &Glyphs,
    from: usize,
    word: &Word,
    known_letter: impl Fn(char) -> bool,
    reference: Reference,
) -> Args {
    let takes = |form| word.takes.contains(&form);
    let mut scan = Scan::new(glyphs, from);
    let mut args = Args::default();
    if takes(Form::Pairs) {
        args.pairs = read_pairs::pairs(&mut scan);
    }
    if takes(Form::Tests) {
        args.tests = read_pairs::tests(&mut scan);
    }
    args.handles = read_people::handles(&mut scan, word, known_letter);
    args.tags = read_people::tags(&mut scan, word);
    args.people = read_people::people(&mut scan, word);
    if takes(Form::Target) {
        args.target = read_time::target(&mut scan, word);
    }
    if takes(Form::Every) {
        args.every = read_time::every(&mut scan, reference);
    }
    if takes(Form::When) {
        args.when = read_time::when(&mut scan, word, reference);
    }
    if takes(Form::Every)
        && args.every.is_none()
        && let Some(When::Recurrence(every)) = &args.when
    {
        args.every = Some(every.clone());
        args.when = None;
    }
    if takes(Form::Count) {
        args.count = read_time::count(&mut scan);
    }
    args.content = content(&scan);
    args
}
