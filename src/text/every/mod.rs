//! Recurrences: reading `每个工作日18:00`, printing them, and their next occurrence.

mod next;
mod print;
mod rrule;

use std::ops::Range;

pub use next::next;
pub use print::{print, print_time};
pub use rrule::rrule;

use super::grammar::{Context, Draft, all};
use super::lex::Line;
use crate::model::Recurrence;
use crate::model::recurrence::Rule;
use crate::text::reference::Reference;

/// The first recurrence in `text` with its byte span: `每天9:00`, `每个工作日18:00`, `every weekday
/// 18:00`, or a cron expression of five fields behind `cron`. It must name a time, or repeat within
/// the day.
pub fn find(text: &str, reference: Reference) -> Option<(Range<usize>, Recurrence)> {
    find_in(&Line::new(text), reference)
}

/// Like [`find`], in a line that was taken apart before.
pub fn find_in(line: &Line, reference: Reference) -> Option<(Range<usize>, Recurrence)> {
    let ctx = Context::new(reference, false);
    let mut found = None;
    all(line, &ctx, |read| {
        let every = match read.draft {
            Draft::Every(every) => every,
            Draft::Choices(all) => match all.into_iter().next() {
                Some(Draft::Every(every)) => every,
                Some(_) | None => return true,
            },
            _ => return true,
        };
        if is_whole(&every) {
            found = Some((line.span(read.tokens), every));
        }
        found.is_none()
    });
    found
}

/// The recurrence that `text` begins or ends with and that says its days, with or without times
/// (`每周五 写周报`, `standup every weekday at 9`): its bytes. One in the middle is what a text is
/// about.
pub fn at_an_end(text: &str, reference: Reference) -> Option<Range<usize>> {
    let line = Line::new(text);
    let ctx = Context::new(reference, false);
    let mut found = None;
    all(&line, &ctx, |read| {
        let Draft::Every(every) = read.draft else { return true };
        let span = line.span(read.tokens);
        let blank = |at: Option<char>| at.is_none_or(char::is_whitespace);
        let stands =
            blank(text[..span.start].chars().next_back()) && blank(text[span.end..].chars().next());
        let end = text[..span.start].trim().is_empty() || text[span.end..].trim().is_empty();
        if stands && end && says_its_days(&every) {
            found = Some(span);
        }
        found.is_none()
    });
    found
}

/// Whether it says on which days and when: so that it can be done.
pub fn is_whole(every: &Recurrence) -> bool {
    let within_day =
        matches!(every.rule, Rule::Secondly | Rule::Minutely | Rule::Hourly | Rule::Cron(_));
    within_day || says_its_days(every) && !every.times.is_empty()
}

fn says_its_days(every: &Recurrence) -> bool {
    match &every.rule {
        Rule::Weekly(days) => !days.is_empty(),
        Rule::Monthly(days) => !days.is_empty(),
        Rule::Yearly(months, days) => !months.is_empty() && !days.is_empty(),
        Rule::Daily
        | Rule::Workdays
        | Rule::Secondly
        | Rule::Minutely
        | Rule::Hourly
        | Rule::Cron(_) => true,
    }
}
