//! Dates and times as people type them, in Chinese and English. One interface for all that is to
//! come. Everything is read as a deadline: what is undecided lies ahead. Weeks begin on Monday, a
//! bare 3点 is 15:00, 周五前 is Friday itself.

mod around;
mod chinese;
mod distance;
mod draft;
mod english;
mod numeric;
mod phrase;
mod print;
mod resolve;
mod types;

use phrase::Phrase;
pub use print::{print_date, print_instant};
pub use types::{Found, Reference, When};

use super::every;
use super::reach;
use super::scan::{Cursor, Line};

/// The first date, time or recurrence in `text`, longest reading first; `None` if there is none.
/// One that only describes something (`整理周一的纪要 周五交`) or is over (`补昨天会议的纪要 周五交`) gives way to a
/// later one. What stands behind an @ up to the next blank is a name. At most the first 4,000
/// characters are searched, and nothing is found outside the years 1 to 9000.
pub fn find(text: &str, reference: Reference) -> Option<Found> {
    if !reach::holds(reference.now) {
        return None;
    }
    let line = Line::new(text);
    let mut aside = None;
    let mut at = 0;
    while at < line.len() {
        let start = line.cursor(at);
        let (end, when) = read(start, reference);
        if let Some(when) = when {
            let found = Found { span: line.span(at..end), when };
            let over = matches!(found.when, When::Impossible(Some(_)));
            if !over && line.cursor(end).peek() != Some('的') {
                return Some(found);
            }
            aside.get_or_insert(found);
        }
        at = end;
    }
    aside
}

/// What begins at a place, if anything does, and where to go on.
fn read(start: Cursor, reference: Reference) -> (usize, Option<When>) {
    let mut cursor = start;
    if let Some(every) = every::read_at(&mut cursor, reference.zone) {
        return (cursor.at, Some(When::Recurrence(every)));
    }
    if every::opening(&mut cursor) {
        return (cursor.at, None);
    }
    match phrase::read(&mut cursor, reference.today()) {
        None => (start.at + 1, None),
        Some(Phrase::Other) => (cursor.at, None),
        Some(Phrase::Drafts(drafts)) => (cursor.at, Some(resolve::resolve(&drafts, reference))),
    }
}
