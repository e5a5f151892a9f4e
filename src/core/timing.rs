//! When a reminder comes, from what was typed. Dates are read in `text`; a deadline's are in `due`.

use chrono::{Days, NaiveDate, NaiveTime, Timelike};

use super::due::{deadline, remind_at};
use super::refusal::Refusal;
use super::say;
use super::schedule::{self, EVERY_MS_MIN, Unfit};
use super::tables::deadline_at;
use super::turn::Turn;
use crate::command::Args;
use crate::model::lead::Lead;
use crate::model::task::Deadline;
use crate::model::{Recurrence, Timestamp};
use crate::text::daytime::{self, Half};
use crate::text::every;
use crate::text::fold::fold;
use crate::text::when::{self, When};

/// Milliseconds of a minute.
const MINUTE_MS: i64 = 60_000;

/// From the beginning of an afternoon or evening to when its reminder comes: 14:00, 20:00.
const INTO_PART_MS: i64 = 2 * 60 * MINUTE_MS;

/// Longest recurrence that is looked for in front of words without a blank, in characters.
const GLUED_CHARS_MAX: usize = 12;

/// Behind what repeats, these make other days of it: 每周三次, 每年元旦前一天.
const GOES_ON: [&str; 8] = ["次", "前一天", "前1天", "前两天", "前2天", "前夕", "后一天", "后两天"];

/// Longest stretch of time that is looked for behind a timer, in characters.
const LONGEST_CHARS: usize = 16;

/// Days of a stretch of time that are looked through for nine o'clock: two years.
const DAYS_MAX: usize = 731;

/// Once, or again and again.
#[derive(Debug, Clone, PartialEq)]
pub struct Timing {
    /// How it repeats.
    pub every: Option<Recurrence>,
    /// When it comes first.
    pub first: Timestamp,
    /// The time of day was said.
    pub exact: bool,
    /// It is told so long before its time; `first` is when it is told first.
    pub lead: Option<Lead>,
    /// Its time, of one that comes once and has a lead.
    pub due_at: Option<Timestamp>,
}

impl Timing {
    /// Once, at its time.
    pub fn once(first: Timestamp, exact: bool) -> Self {
        Self { every: None, first, exact, lead: None, due_at: None }
    }
}

/// The time among the arguments; `None` if there is none.
pub fn typed(turn: &Turn, args: &Args, line: &str) -> Result<Option<Timing>, Refusal> {
    match (&args.every, &args.when) {
        (Some(every), None) | (None, Some(When::Recurrence(every))) => {
            of_this_half(turn, every, args, line)?;
            again_and_again(turn, every.clone()).map(Some)
        }
        (Some(every), Some(when)) => bounded(turn, every.clone(), when, line).map(Some),
        (None, Some(when)) => {
            let first = moment(turn, when, line)?;
            let exact = matches!(when, When::Instant(_)) || begins_at(turn, when).is_some();
            Ok(Some(Timing::once(first, exact)))
        }
        (None, None) => Ok(None),
    }
}

/// Asked where an hour that was said alone is beside words of the other half of the day: 每天6点 起床
/// would come at 18:00.
fn of_this_half(turn: &Turn, every: &Recurrence, args: &Args, line: &str) -> Result<(), Refusal> {
    let ([time], Some(half)) = (&every.times[..], daytime::of(&args.content.to_lowercase())) else {
        return Ok(());
    };
    let read_as = if time.hour() < 12 { Half::Morning } else { Half::Evening };
    let said = fold(line).text;
    let exact = format!("{}", time.hour());
    let plain = read_as == Half::Evening && time.hour() > 12 && said.contains(&exact)
        || HALVES.iter().any(|word| said.contains(word));
    let shift = if half == Half::Morning { -12 } else { 12 };
    let other = NaiveTime::from_hms_opt(0, time.minute(), 0).map(|zero| {
        let hour = i64::from(time.hour()) + shift;
        zero.overflowing_add_signed(chrono::Duration::hours(hour)).0
    });
    let Some(other) = other.filter(|_| half != read_as && !plain) else { return Ok(()) };
    let other = Recurrence { times: vec![other], ..every.clone() };
    let choices = [every, &other].map(|every| every::print(every, turn.voice().lang));
    Err(Refusal::Unclear { choices: choices.to_vec() })
}

/// What says which half of the day is meant.
const HALVES: [&str; 13] = [
    "上午", "早上", "早晨", "清晨", "凌晨", "中午", "下午", "晚上", "傍晚", "am", "pm", "a.m",
    "p.m",
];
/// Names of the word that count down: a stretch of time behind them says when.
const TIMERS: [&str; 3] = ["倒计时", "timer", "countdown"];

/// Whether a word counts down.
pub fn is_timer(typed: &str) -> bool {
    TIMERS.iter().any(|timer| typed.contains(timer))
}

/// `倒计时30分钟 开会`, `timer for 30 minutes`: how long at the beginning of the content, and the rest.
pub fn counted_down(turn: &Turn, typed: &str, content: &str) -> Option<(Timing, String)> {
    if !is_timer(typed) {
        return None;
    }
    let content = content.strip_prefix("for ").unwrap_or(content);
    let ends = content.char_indices().map(|(at, c)| at + c.len_utf8()).take(LONGEST_CHARS);
    let ends: Vec<usize> = ends.collect();
    ends.into_iter().rev().find_map(|end| {
        let long = content.get(..end)?.trim();
        let said = [format!("{long}后"), format!("in {long}")];
        let at = said.iter().find_map(|said| {
            let found = when::find(said, turn.reference())?;
            match found.when {
                When::Instant(at) if found.span == (0..said.len()) => Some(at),
                _ => None,
            }
        });
        let first = at.filter(|at| *at > turn.now())?;
        let rest = content.get(end..)?.trim_start_matches([' ', ',', '，', '后']);
        let rest = rest.strip_prefix("to ").unwrap_or(rest).to_owned();
        Some((Timing::once(first, true), rest))
    })
}

/// A recurrence within a stretch of days: `12月1日到12月5日每天9点`. Any other date beside it is asked
/// about, never dropped.
fn bounded(turn: &Turn, mut every: Recurrence, when: &When, line: &str) -> Result<Timing, Refusal> {
    if let When::Range(from, end) = when {
        every.from = from.map(|from| from.day(turn.zone())).or(every.from);
        every.until = end.map(|end| end.plus_ms(-1).day(turn.zone())).or(every.until);
        return again_and_again(turn, every);
    }
    // 明天下午两点到四点每20分钟.
    if let (When::Date(day), Some(_)) = (when, every.window) {
        (every.from, every.until) = (Some(*day), Some(*day));
        return again_and_again(turn, every);
    }
    let part = say::when::printed(&turn.voice(), when).unwrap_or_else(|| line.to_owned());
    Err(Refusal::NotUnderstood { word: "remind".into(), part })
}

/// What repeats, at another time of day, if these words are a time of day alone: the days stay.
pub fn at_another_time(turn: &Turn, every: &Recurrence, words: &str) -> Option<Recurrence> {
    let times = vec![hour(turn, words).filter(|_| every.times.len() == 1)?];
    Some(Recurrence { times, ..every::rooted(every, turn.calendar()) })
}

/// The time of day in a line that says no day, on the day of a moment: half past eight of a
/// Saturday.
pub fn hour_of_day(turn: &Turn, at: Timestamp, line: &str) -> Option<Timestamp> {
    let found = when::find(line, turn.reference()).filter(|found| found.also.is_none())?;
    let time = hour(turn, line.get(found.span)?)?;
    let day = at.local(turn.zone()).date();
    Some(Timestamp::from_local(day.and_time(time), turn.zone()))
}

/// A deadline that an edit moves, with what it says nothing of: a day alone leaves the hour, and an
/// hour alone (in `said`) the day, as long as that lies ahead.
pub fn with_the_rest(
    turn: &Turn,
    before: Option<Deadline>,
    (then, when): (Deadline, &When),
    said: &str,
) -> Deadline {
    let ahead = |at: &Timestamp| *at > turn.now();
    let kept = match (before, then, when) {
        (Some(Deadline::At(at)), Deadline::On(day), When::Date(_)) if !is_all_day(said) => {
            let time = at.local(turn.zone()).time();
            Some(Timestamp::from_local(day.and_time(time), turn.zone()))
        }
        (Some(before), Deadline::At(_), When::Instant(_)) => {
            hour_of_day(turn, deadline_at(before, turn.reference()), said)
        }
        (_, _, _) => None,
    };
    kept.filter(ahead).map_or(then, Deadline::At)
}

/// Whether words say that no hour is meant.
fn is_all_day(said: &str) -> bool {
    ["全天", "整天", "当天", "all day"].iter().any(|day| said.contains(day))
}

/// The time of day that words are, if they are nothing more.
fn hour(turn: &Turn, words: &str) -> Option<NaiveTime> {
    let words = words.trim_start_matches(['到', '在', '于']).trim();
    let before = ["之前", "以前", "前"].iter().find_map(|before| words.strip_suffix(before));
    let words = before.unwrap_or(words);
    let led = ["at ", "by ", "before "].iter().find_map(|lead| words.strip_prefix(lead));
    let words = led.unwrap_or(words);
    let daily = [format!("每天{words}"), format!("every day at {words}")];
    let daily = daily.iter().find_map(|daily| every::whole(daily, turn.reference()))?;
    let [time] = daily.times[..] else { return None };
    let only_a_time = Recurrence { times: Vec::new(), ..daily };
    let plain = every::whole("每天0:00", turn.reference())?;
    (only_a_time == Recurrence { times: Vec::new(), ..plain }).then_some(time)
}

/// A recurrence without a time of day at an end of the content, or glued to its beginning as in
/// `每周五交周报`: it comes at nine. The rest of the content is what remains.
pub fn timeless(turn: &Turn, content: &str) -> Result<Option<(Timing, String)>, Refusal> {
    let at_nine = |part: &str| {
        // 每周五下午 comes at two and 每天晚上 at eight, like 周五下午 and 今晚.
        let hours = ["9:00", "at 9:00", "2点", "8点", "at 2", "at 8"];
        let begins = |every: &Recurrence| match every.times.as_slice() {
            [at] => [9, 14, 20].contains(&at.hour()),
            _ => false,
        };
        let found = hours.map(|hour| format!("{part} {hour}"));
        let whole = |timed: &String| every::whole(timed, turn.reference());
        let found = found.iter().filter_map(whole).find(begins);
        found.map(|every| (part.to_owned(), every))
    };
    let glued = || {
        // English words stand apart: `every mon` of `every months` is none of it.
        if content.starts_with(|c: char| c.is_ascii_alphabetic()) {
            return None;
        }
        let ends = content.char_indices().map(|(at, c)| at + c.len_utf8()).take(GLUED_CHARS_MAX);
        let ends: Vec<usize> = ends.collect();
        let part = ends.into_iter().rev().find_map(|end| content.get(..end).and_then(at_nine));
        part.filter(|(part, _)| {
            let rest = content.get(part.len()..).unwrap_or_default();
            !GOES_ON.iter().any(|word| rest.starts_with(word))
        })
    };
    let at_an_end =
        || every::at_an_end(content, turn.reference()).and_then(|span| content.get(span));
    let part = at_an_end().and_then(at_nine).or_else(glued);
    let Some((part, every)) = part else { return Ok(None) };
    let rest = content.strip_prefix(&part).or_else(|| content.strip_suffix(&part));
    let rest = rest.unwrap_or(content).trim().to_owned();
    let timing = again_and_again(turn, every)?;
    // Nine o'clock was not said.
    Ok(Some((Timing { exact: false, ..timing }, rest)))
}

/// A recurrence that can be kept.
pub fn again_and_again(turn: &Turn, every: Recurrence) -> Result<Timing, Refusal> {
    let exact = !every.times.is_empty();
    let every = schedule::timed(every);
    match schedule::first(&every, turn.now(), turn.calendar()) {
        Ok(first) => Ok(Timing { every: Some(every), ..Timing::once(first, exact) }),
        Err(Unfit::TooOften) => Err(Refusal::TooOften { minutes: EVERY_MS_MIN / MINUTE_MS }),
        Err(Unfit::Never) => Err(Refusal::Never),
    }
}

/// The moment a single date means: a day's is nine in the morning, or 18:00 when that is over; a
/// stretch of time is met at its first nine o'clock ahead, an afternoon at 14:00. Never in the
/// past.
pub fn moment(turn: &Turn, when: &When, line: &str) -> Result<Timestamp, Refusal> {
    let at = match when {
        When::Range(..) if begins_at(turn, when).is_some() => {
            begins_at(turn, when).filter(|start| *start > turn.now())
        }
        When::Range(Some(start), end) => within(turn, *start, *end),
        _ => remind_at(turn, deadline(turn, when, line).map_err(unread)?, None),
    };
    at.ok_or_else(|| past(turn, line))
}

/// The hour from which on something may be: 今晚九点以后, `after 6pm`. A day begins at no hour.
fn begins_at(turn: &Turn, when: &When) -> Option<Timestamp> {
    let When::Range(Some(start), None) = when else { return None };
    (start.local(turn.zone()).time() != NaiveTime::MIN).then_some(*start)
}

/// What repeats in a way that is not read is no matter of happening only once.
fn unread(refusal: Refusal) -> Refusal {
    match refusal {
        Refusal::Recurring { part } => Refusal::NotUnderstood { word: "remind".into(), part },
        other => other,
    }
}

fn within(turn: &Turn, start: Timestamp, end: Option<Timestamp>) -> Option<Timestamp> {
    let fits = |at: &Timestamp| *at > turn.now() && *at >= start && end.is_none_or(|end| *at < end);
    let days = start.max(turn.now()).day(turn.zone()).iter_days().take(DAYS_MAX);
    let days = days.take_while(|day| end.is_none_or(|end| nine(turn, *day) < end));
    let mornings = days.map(|day| nine(turn, day));
    let part = [start.plus_ms(INTO_PART_MS), start];
    mornings.chain(part).find(fits)
}

/// A day that is over already: the same line with tomorrow in its place.
fn past(turn: &Turn, line: &str) -> Refusal {
    let Some(span) = when::find(line, turn.reference()).map(|found| found.span) else {
        return Refusal::NoSuchDay { part: line.to_owned() };
    };
    let tomorrow = nine(turn, turn.today() + Days::new(1));
    let part = line.get(span.clone()).unwrap_or(line).to_owned();
    let mut line = line.to_owned();
    line.replace_range(span, &turn.voice().at(tomorrow));
    Refusal::Past { part, line }
}

/// Nine in the morning of a day.
fn nine(turn: &Turn, day: NaiveDate) -> Timestamp {
    // 9:00 exists on every day.
    let wall = day.and_hms_opt(9, 0, 0).unwrap_or_default();
    Timestamp::from_local(wall, turn.zone())
}
