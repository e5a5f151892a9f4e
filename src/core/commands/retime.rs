//! When a reminder comes from now on, where an edit says so; asks where what repeats would end.

use chrono::Datelike;

use crate::command::Args;
use crate::core::refusal::{Missing, Refusal};
use crate::core::schedule::next_of;
use crate::core::timing::{self, Timing};
use crate::core::turn::Turn;
use crate::model::recurrence::{OffDays, Rule};
use crate::model::reminder::Reminder;
use crate::model::{Handle, Lang, Recurrence, Timestamp};
use crate::store::Order;
use crate::text::every;
use crate::text::when::{self, When};

/// Most occurrences that are counted for what is left of so many.
const COUNTED_MAX: usize = 10_000;

/// When it comes from now on. A time of day alone leaves the days of one that repeats.
pub fn retimed(
    turn: &Turn,
    handle: Handle,
    args: &Args,
    before: &Reminder,
    said: &str,
) -> Result<Option<Timing>, Refusal> {
    if let Some(every) = &before.every {
        if let Some(every) = limited(turn, every, said) {
            return timing::again_and_again(turn, every).map(Some);
        }
        let args = within_its_limits(turn, args, every);
        return again(turn, handle, &args, every, said);
    }
    // A day alone leaves the time of day of one that comes once.
    if let (true, Some(at), Some(When::Date(day)), None) =
        (before.exact, before.due_at.or(before.next_at), &args.when, &args.every)
    {
        let time = at.local(turn.zone()).time();
        let first = Timestamp::from_local(day.and_time(time), turn.zone());
        if first > turn.now() {
            return Ok(Some(Timing::once(first, true)));
        }
    }
    if let Some(first) = hour_alone(turn, args, before, said) {
        return Ok(Some(Timing::once(first, true)));
    }
    timing::typed(turn, args, said)
}

/// Of one that repeats.
fn again(
    turn: &Turn,
    handle: Handle,
    args: &Args,
    every: &Recurrence,
    said: &str,
) -> Result<Option<Timing>, Refusal> {
    let repeats = !matches!(args.when, Some(When::Recurrence(_)));
    if let (None, Some(when)) = (&args.every, &args.when)
        && repeats
    {
        let words = when::find(said, turn.reference()).and_then(|found| said.get(found.span));
        let words = words.unwrap_or_default();
        if let Some(every) = timing::at_another_time(turn, every, words) {
            return timing::again_and_again(turn, every).map(Some);
        }
        let at = timing::moment(turn, when, said)?;
        return Err(which_time(turn, handle, every, (when, words, at)));
    }
    timing::typed(turn, args, said)
}

/// It goes on within limits that are all that was said: `J1 改成只提醒到12月18号`.
pub fn limited(turn: &Turn, every: &Recurrence, said: &str) -> Option<Recurrence> {
    let edit = turn.core.catalogue.word("edit")?;
    let names = [Lang::Zh, Lang::En].map(|lang| edit.names(lang));
    let all = names.iter().flat_map(|names| names.aliases.iter().chain([&names.name]));
    let behind = |name: &String| {
        let (head, rest) = said.split_once(name.as_str())?;
        // Behind the number, the verb comes first.
        let first = head.trim().chars().skip(1).all(|c| c.is_ascii_digit());
        // 改到周二 moves it there.
        let first = first && !rest.starts_with(['到', '至', '在']);
        every::with_limits(rest, turn.reference(), every).filter(|_| first)
    };
    all.into_iter().find_map(behind)
}

/// A new rule keeps the limits of the old one, where it says none of its own.
fn within_its_limits(turn: &Turn, args: &Args, before: &Recurrence) -> Args {
    match (&args.every, &args.when) {
        (Some(new), _) => Args { every: Some(kept(turn, new, before)), ..args.clone() },
        (None, Some(When::Recurrence(new))) => {
            Args { when: Some(When::Recurrence(kept(turn, new, before))), ..args.clone() }
        }
        (None, _) => args.clone(),
    }
}

/// Days alone (`J1 改成每周四`) keep the hour as well.
pub fn days_alone(turn: &Turn, new: Timing, before: &Reminder) -> Result<Timing, Refusal> {
    match (&new.every, &before.every) {
        (Some(every), Some(before)) => {
            let mut every = kept(turn, every, before);
            if before.rule.seconds().is_none() && !before.times.is_empty() {
                every.times.clone_from(&before.times);
            }
            timing::again_and_again(turn, every)
        }
        (Some(_), None) | (None, _) => Ok(new),
    }
}

/// A new rule within the limits of the old one.
fn kept(turn: &Turn, new: &Recurrence, before: &Recurrence) -> Recurrence {
    let today = turn.today();
    let mut every = new.clone();
    every.until = new.until.or(before.until);
    every.from = new.from.or(before.from.filter(|from| *from > today));
    if new.off_days == OffDays::Keep && new.rule != Rule::Workdays {
        every.off_days = before.off_days;
    }
    let days_said = matches!(new.rule, Rule::Weekly(_) | Rule::Workdays);
    if new.except.is_empty() && !days_said {
        every.except.clone_from(&before.except);
    }
    if new.rule.seconds().is_some() && new.window.is_none() {
        every.window = before.window;
    }
    if let (None, Some(count)) = (new.count, before.count) {
        let calendar = turn.calendar();
        let next = |at: Timestamp| every::next(before, at, calendar);
        let begin = before.since.and_then(next);
        let all = std::iter::successors(begin, |at| next(*at)).take_while(|at| *at <= turn.now());
        let done = u32::try_from(all.take(COUNTED_MAX).count()).unwrap_or(u32::MAX);
        every.count = Some(count.saturating_sub(done).max(1));
        every.since = Some(turn.now());
    }
    every
}

/// An hour alone leaves the day of one that comes once, as long as that lies ahead.
fn hour_alone(turn: &Turn, args: &Args, before: &Reminder, said: &str) -> Option<Timestamp> {
    let (None, None, Some(When::Instant(_))) = (&before.every, &args.every, &args.when) else {
        return None;
    };
    let now_at = before.due_at.or(before.next_at)?;
    timing::hour_of_day(turn, now_at, said).filter(|at| *at > turn.now())
}

/// One that repeats is moved to a single date: only this time, or every week from now on? It is
/// asked, for it would not come again otherwise.
fn which_time(
    turn: &Turn,
    handle: Handle,
    every: &Recurrence,
    (when, words, at): (&When, &str, Timestamp),
) -> Refusal {
    let name = |verb: &str| {
        let word = turn.core.catalogue.word(verb);
        word.map(|word| word.names(turn.lang()).name.clone()).unwrap_or_default()
    };
    let wall = at.local(turn.zone());
    let days = match (&every.rule, when) {
        (Rule::Weekly(_), When::Date(_) | When::Instant(_)) => {
            Some(Rule::Weekly(vec![wall.weekday()]))
        }
        _ => None,
    };
    let times = match when {
        When::Date(_) => every.times.clone(),
        _ => vec![wall.time()],
    };
    let often = days.map(|rule| Recurrence { rule, times: times.clone(), ..every.clone() });
    let often = often.map(|every| every::print(&every, turn.lang()));
    let often = often.map(|every| format!("{handle} {} {every}", name("edit")));
    let once = times
        .first()
        .map_or(at, |time| Timestamp::from_local(wall.date().and_time(*time), turn.zone()));
    let until = turn.voice().pick("延后到", "snooze until");
    let once = format!("{handle} {until} {}", turn.voice().at(once));
    let lines = often.into_iter().chain([once]).collect();
    Refusal::Which { part: words.to_owned(), lines }
}

/// Most reminders among which one is asked for.
const LED_MAX: usize = 4;

/// `会前15分钟提醒我` names none of those to come: it is asked which one is told so long before.
pub fn which_led(turn: &mut Turn, line: &str) -> Refusal {
    let me = turn.acting.actor.clone();
    let mut all = turn.list::<Reminder>(LOOKED_MAX, Order::Down);
    all.retain(|(_, reminder)| {
        let mine = me.as_ref().is_some_and(|me| reminder.to.contains(me));
        let calendar = turn.calendar();
        mine && reminder.lead.is_none() && next_of(reminder, calendar).is_some()
    });
    let lead = line.replace("会前", "提前").replace("提醒我", "提醒").replace(' ', "");
    let lead = lead.trim_end_matches(['吧', '。', '下', '一']);
    let lines = all.iter().take(LED_MAX).map(|(number, _)| format!("J{number} {lead}"));
    let lines: Vec<String> = lines.collect();
    match lines.is_empty() {
        true => Refusal::Missing { word: "remind", what: Missing::When },
        false => Refusal::Which { part: line.to_owned(), lines },
    }
}

/// Most reminders looked through for them.
const LOOKED_MAX: usize = 200;
