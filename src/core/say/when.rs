//! Dates that are asked back or refused.

use super::Voice;
use super::voice::excerpt;
use crate::model::Handle;
use crate::model::task::Deadline;
use crate::text::every;
use crate::text::when::{When, print_date};

/// A single moment, a day or what repeats as a member would type it; `None` for what has no short
/// form.
pub fn printed(voice: &Voice, when: &When) -> Option<String> {
    match when {
        When::Instant(at) => Some(voice.at(*at)),
        When::Date(day) => Some(print_date(*day, voice.reference, voice.lang)),
        When::Recurrence(rule) => Some(every::print(rule, voice.lang)),
        When::Range(..) | When::Ambiguous(_) | When::Impossible(_) => None,
    }
}

/// A date that is over; the whole line with what may have been meant.
pub fn past(voice: &Voice, part: &str, line: &str) -> String {
    let (part, line) = (voice.quote(&excerpt(part)), voice.quote(&excerpt(line)));
    voice.pick(
        format!("{part}已经过去了。是想说{line}吗？"),
        format!("{part} is over. Did you mean {line}?"),
    )
}

/// What is to be put off would come earlier than now.
pub fn earlier(voice: &Voice, handle: Handle, now: Deadline, line: &str) -> String {
    let (now, line) = (voice.due(now), voice.quote(&excerpt(line)));
    voice.pick(
        format!("{handle} 现在的截止是 {now}，这样反而提前了。是想说{line}吗？"),
        format!("{handle} is due {now}, so this would be earlier. Did you mean {line}?"),
    )
}

/// The year's make-up days are not known: what was reckoned with them is a guess.
pub fn unannounced(voice: &Voice, year: i32) -> String {
    voice.pick(
        format!("{year}年的放假安排还没公布，先按周一到周五算"),
        format!("The holidays of {year} are not announced yet; counted as Monday to Friday"),
    )
}

/// A day no calendar has.
pub fn no_such_day(voice: &Voice, part: &str) -> String {
    let part = voice.quote(&excerpt(part));
    voice.pick(
        format!("没有{part}这个时间。可以写：明天18点、周五、12月1日"),
        format!("There is no {part}. You can say: tomorrow 18:00, Fri, Dec 1"),
    )
}

/// A recurrence where one date is needed.
pub fn recurring(voice: &Voice, part: &str) -> String {
    let part = voice.quote(&excerpt(part));
    voice.pick(
        format!("任务只做一次，还不能{part}。写一个日子，例如：任务 写周报 周五18:00"),
        format!("A task happens once, not {part}. Give one date: task write a report Fri 18:00"),
    )
}

/// A date that can mean several things.
pub fn unclear(voice: &Voice, choices: &[String]) -> String {
    let choices = choices.join(voice.pick("，还是 ", " or "));
    voice.pick(format!("时间是 {choices}？"), format!("Which time: {choices}?"))
}
