//! The rest of a line read into [`Args`]: each form the word takes in a fixed order, then the
//! content.

use super::args::{Args, Of};
use super::called::{Known, called};
use super::content::content;
use super::glyphs::Glyphs;
use super::scan::Scan;
use super::word::Form;
use super::{clauses, handles, parts, polite, read_lead, read_pairs, read_people, read_time};
use crate::text::when::{Aim, When};

/// Reads the arguments of a word from a position on. Order matters:
///
/// 1. quotations become literal;
/// 2. pairs and tests, whose values may hold anything;
/// 3. what has a mark of its own: handles, people, tags (kept as text where the word does not
///    take them, so that no date is read out of `@五月` or `M3`);
/// 4. places, dates, numbers;
/// 5. people named without a mark, who begin a phrase where a date was taken out;
/// 6. the rest is content.
pub fn read(
    glyphs: &Glyphs,
    from: usize,
    of: Of,
    known_letter: impl Fn(char) -> bool,
    known: &mut Known,
) -> Args {
    let Of { word, typed, reference } = of;
    let takes = |form| word.takes.contains(&form);
    let mut scan = Scan::new(glyphs, from);
    let mut args = Args::default();
    if takes(Form::Pairs) {
        args.pairs = read_pairs::pairs(&mut scan);
        args.pairs.extend(read_pairs::text(&mut scan, typed));
    }
    if takes(Form::Tests) {
        args.tests = read_pairs::tests(&mut scan);
    }
    args.handles = handles::handles(&mut scan, word, known_letter);
    args.tags = read_people::tags(&mut scan, word);
    let read_people::People { names, parts } = read_people::people(&mut scan, of, known);
    args.people = names;
    if takes(Form::Target) {
        args.target = read_time::target(&mut scan, word);
    }
    let ahead = if takes(Form::Lead) { read_lead::lead(&mut scan, reference) } else { None };
    // What is open is taken apart once, unless a recurrence was taken out of it.
    let mut dates = [Form::Every, Form::When].into_iter().any(takes).then(|| scan.dates());
    if let Some(line) = dates.as_ref().filter(|_| takes(Form::Every)) {
        args.every = read_time::every(&mut scan, line, reference);
        if args.every.is_some() {
            dates = Some(scan.dates());
        }
    }
    if let Some(line) = dates.filter(|_| takes(Form::When)) {
        args.when = read_time::when(&mut scan, line, word, reference, ahead.is_some());
        if args.when.is_none() && args.every.is_none() && takes(Form::Every) && takes(Form::Lead) {
            args.when = read_time::hours_today(&mut scan, reference);
        }
        args.clauses = !takes(Form::Every)
            && !takes(Form::Pairs)
            && takes(Form::Content)
            && args.when.is_some()
            && clauses::give_back(&mut scan, reference);
    }
    if takes(Form::Every)
        && args.every.is_none()
        && let Some(When::Recurrence(every)) = &args.when
    {
        args.every = Some(every.clone());
        args.when = None;
    }
    if let Some(ahead) = ahead {
        let timed = args.when.is_some() || args.every.is_some();
        args.lead = ahead.kept(&mut scan, timed || word.aim() == Aim::Moment);
    }
    if takes(Form::Count) {
        args.count = read_time::count(&mut scan);
    }
    args.parts = parts::settle(&mut scan, parts, &mut args.people);
    args.people.extend(called(&mut scan, of, known, &mut args.parts));
    if takes(Form::When) && takes(Form::Content) {
        polite::take(&mut scan, args.when.is_some() && !args.clauses);
    }
    (args.content, args.quoted) = content(&scan);
    args
}
