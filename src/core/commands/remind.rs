//! `提醒`: made, listed, shown, changed. What it does when its time comes is in `core::reminders`.

use super::wording::{another_time, said, two_times, unsure, when};
use super::{retime, skip, snooze, whom};
use crate::command::{Ahead, Args, Invocation, Role, Shape, joints};
use crate::core::due;
use crate::core::elsewhere;
use crate::core::fields;
use crate::core::for_others;
use crate::core::led;
use crate::core::ledger;
use crate::core::paging;
use crate::core::people::resolve;
use crate::core::policy::policy;
use crate::core::quoted;
use crate::core::refusal::{Missing, Refusal};
use crate::core::reminded::{self, TEXT_CHARS_MAX, stranger, text};
use crate::core::reminders::{self, handle};
use crate::core::say;
use crate::core::schedule::{Plan, is_over, next_of};
use crate::core::tables::deadline_at;
use crate::core::timing::{self, Timing};
use crate::core::turn::Turn;
use crate::core::whom_else;
use crate::model::occurrence::{Missed, Why};
use crate::model::reminder::Reminder;
use crate::model::task::{Named, Task};
use crate::model::{Handle, Outgoing, PersonId, Timestamp};
use crate::store::{Order, Table};
use crate::text::cut;
use crate::text::when::When;

/// Most reminders to come in one conversation: what a list can be narrowed down from.
pub const REMINDERS_MAX: usize = 200;

/// Most reminders looked through for them, those that are over included.
pub const LOOKED_MAX: usize = 2_000;

/// What an edit calls the time. Longer spellings first.
const TIME: [&str; 9] = ["时间", "周期", "截止", "到期", "日期", "time", "when", "due", "by"];
/// The text.
const TEXT: [&str; 4] = ["内容", "标题", "text", "title"];
/// What it does about missed times.
const MISSED: [&str; 2] = ["错过", "missed"];

/// Carries out a command on reminders.
pub fn run(turn: &mut Turn, invocation: &Invocation) -> Result<(), Refusal> {
    let asks = ["哪", "什么", "?", "？", "吗", "what ", "which "];
    let asks = asks.iter().any(|word| invocation.line.contains(word));
    let quotes = turn.incoming().is_some_and(|m| m.quoted.is_some()) && !asks;
    match &invocation.shape {
        // With a message quoted, `提醒 @乙` makes one of it; the line alone would be a list.
        Shape::List if quotes => create(turn, invocation),
        // `会前15分钟提醒我`: of which of them?
        Shape::List if led::said(turn, &invocation.line).is_some() => {
            Err(retime::which_led(turn, &invocation.line))
        }
        // `晚上提醒我`: of what is not said.
        Shape::List if joints::is_mine(&invocation.typed) && invocation.args.when.is_some() => {
            Err(Refusal::Missing { word: "remind", what: Missing::Content })
        }
        Shape::List => list(turn, invocation),
        Shape::Create => create(turn, invocation),
        Shape::Show(handle) => show(turn, *handle),
        Shape::Act(handle, verb) => act(turn, invocation, *handle, verb),
    }
}

/// Whoever made it and whoever is reminded.
pub fn owners(turn: &mut Turn, number: u32) -> Option<Vec<PersonId>> {
    let reminder = turn.get::<Reminder>(number)?;
    let people = std::iter::once(&reminder.creator).chain(&reminder.to);
    Some(people.map(|who| who.person.clone()).collect())
}

/// Reminders to come, soonest first; those that are disabled are among them.
pub fn to_come(turn: &mut Turn) -> Vec<(u32, Reminder)> {
    let mut all = turn.list::<Reminder>(LOOKED_MAX, Order::Down);
    all.retain(|(_, reminder)| !is_over(reminder));
    let soonest = |r: &Reminder| next_of(r, turn.calendar()).unwrap_or(Timestamp(i64::MAX));
    all.sort_by_key(|(number, reminder)| (soonest(reminder), *number));
    all
}

fn find(turn: &mut Turn, handle: Handle) -> Result<Reminder, Refusal> {
    turn.get(handle.number).ok_or(Refusal::NoSuch(handle))
}

fn create(turn: &mut Turn, invocation: &Invocation) -> Result<(), Refusal> {
    let quoted = quoted::title(turn);
    let (to, content) = whom_else::reminded(turn, invocation)?;
    let Some(creator) = turn.acting.actor.clone() else {
        return Err(Refusal::NotAllowed { needs: Role::Member });
    };
    if let Some((name, lines)) = to.is_none().then(|| stranger(turn, invocation)).flatten() {
        return Err(Refusal::NobodyCalled { name, lines });
    }
    if let Some(part) = another_time(turn, &content).or_else(|| unsure(&invocation.line, &content))
    {
        return Err(Refusal::NotUnderstood { word: "remind".into(), part });
    }
    let (timing, content) = when(turn, invocation, content)?;
    let timing = led::led(turn, timing, invocation.args.lead, None, &invocation.line)?;
    let content = if quoted::points(turn, &content) { String::new() } else { content };
    let text = titled(turn, said(&content, quoted)?);
    let all = to_come(turn);
    if all.len() >= REMINDERS_MAX {
        return Err(Refusal::Limit { what: "reminders", most: REMINDERS_MAX });
    }
    let Timing { every, first, exact, lead, due_at } = timing;
    let to = to.unwrap_or_else(|| vec![creator.clone()]);
    for_others::reachable(turn.scope(), turn.capabilities(), &to, Some(&invocation.line))?;
    // What comes once may well be wanted twice; what repeats would only call everybody twice.
    let same = |r: &Reminder| {
        r.enabled
            && every.is_some()
            && (&r.text, &r.to, &r.every, r.lead) == (&text, &to, &every, lead)
    };
    if let Some((number, _)) = all.iter().find(|(_, reminder)| same(reminder)) {
        return Err(Refusal::Exists(handle(*number)));
    }
    let guessed = due::guessed_year(turn, first, &invocation.line).filter(|_| every.is_none());
    let reminder = Reminder {
        text,
        to,
        every,
        next_at: Some(first),
        again_at: None,
        skip: None,
        done_at: None,
        enabled: true,
        exact,
        lead,
        due_at,
        held: None,
        missed: Missed::default(),
        creator,
        created_at: turn.now(),
        lang: turn.lang(),
        place: turn.title().to_owned(),
    };
    let number = turn.next_number::<Reminder>();
    turn.put(number, &reminder);
    let voice = turn.voice();
    let card = say::remind::created(&voice, handle(number), &reminder);
    let card = with_quiet(turn, with_directly(turn, card, &reminder), &reminder);
    let card = with_guess(turn, card, guessed.or_else(|| due::guessed_years(turn, &reminder)));
    turn.say(card);
    Ok(())
}

/// A task's number with what it says, where that is all there is: `提醒我 T24 明天上午`.
fn titled(turn: &mut Turn, text: String) -> String {
    let number = text.strip_prefix(['T', 't']).and_then(|digits| digits.parse().ok());
    let task = number.and_then(|number| Some((number, turn.get::<Task>(number)?)));
    task.map_or(text, |(number, task)| {
        cut::chars(&format!("T{number} {}", task.title), TEXT_CHARS_MAX)
    })
}

fn list(turn: &mut Turn, invocation: &Invocation) -> Result<(), Refusal> {
    let people = resolve(turn, &invocation.args.people)?;
    let (from, until) = match &invocation.args.when {
        Some(When::Range(from, until)) => (*from, *until),
        Some(When::Date(day)) => {
            let midnight = |day: chrono::NaiveDate| {
                let wall = day.and_time(chrono::NaiveTime::MIN);
                Timestamp::from_local(wall, turn.zone())
            };
            (Some(midnight(*day)), day.succ_opt().map(midnight))
        }
        _ => (None, None),
    };
    let calendar = turn.calendar();
    let fits = |r: &Reminder| {
        let asked = |who: &Named| people.iter().any(|p| p.person == who.person);
        let next = next_of(r, calendar);
        (people.is_empty() || r.to.iter().any(asked))
            && from.is_none_or(|from| next.is_some_and(|next| next >= from))
            && until.is_none_or(|until| next.is_some_and(|next| next < until))
    };
    let mut all = to_come(turn);
    all.retain(|(_, reminder)| fits(reminder));
    let direct = turn.scope().is_direct();
    let mut mirrors = if direct { elsewhere::of(turn, 'J') } else { Vec::new() };
    mirrors.sort_by_key(|mirror| mirror.shown.due.map(|due| deadline_at(due, turn.reference())));
    let long = say::remind::list(&turn.voice(), &all, &mirrors);
    paging::say(turn, long);
    Ok(())
}

fn show(turn: &mut Turn, handle: Handle) -> Result<(), Refusal> {
    let reminder = find(turn, handle)?;
    let last = ledger::past(turn, Reminder::ID, handle.number, 1).into_iter().next();
    let card = say::remind::shown(&turn.voice(), handle, &reminder, last.as_ref());
    turn.say(card);
    Ok(())
}

fn act(
    turn: &mut Turn,
    invocation: &Invocation,
    handle: Handle,
    verb: &str,
) -> Result<(), Refusal> {
    reminders::catch_up(turn, handle.number);
    // What was caught up with may have been in another language.
    turn.acting.lang = invocation.lang;
    let reminder = find(turn, handle)?;
    let is_done = reminder.done_at.is_some() && verb == "done";
    if is_over(&reminder) && (is_done || ["disable", "enable", "skip"].contains(&verb)) {
        let state = say::remind::over(&turn.voice(), &reminder);
        return Err(Refusal::Already { handle, state, instead: "snooze" });
    }
    match verb {
        "done" => done(turn, handle, reminder),
        "edit" => edit(turn, invocation, handle, reminder),
        // `J1 提前10分钟` is told so long before, as `J1 提前10分钟提醒` is.
        "snooze" => match led::said(turn, &invocation.line).or_else(|| {
            let ahead = invocation.typed == "提前" && !invocation.behind().contains(['到', '至']);
            ahead.then(|| led::said(turn, &format!("{}提醒", invocation.line))).flatten()
        }) {
            Some(lead) => led_by(turn, &invocation.line, handle, reminder, lead),
            None => snooze::snooze(turn, invocation, handle, reminder),
        },
        verb if whom::VERBS.contains(&verb) => {
            let to = whom::changed(turn, &invocation.args, handle, verb, &reminder.to)?;
            for_others::reachable(turn.scope(), turn.capabilities(), &to, None)?;
            let after = Reminder { to, ..reminder.clone() };
            turn.put(handle.number, &after);
            let card = say::remind::edited(&turn.voice(), handle, &reminder, &after);
            turn.say(with_directly(turn, card, &after));
            Ok(())
        }
        "skip" => skip::reminder(turn, invocation.args.when.as_ref(), handle, reminder),
        "remove" => {
            turn.remove::<Reminder>(handle.number);
            let card = say::task::removed(&turn.voice(), handle, &reminder.text);
            turn.say(card);
            Ok(())
        }
        _ => switch(turn, handle, reminder, verb == "enable"),
    }
}

/// `J1 提前一小时提醒`: it is told so long before its time from now on.
fn led_by(
    turn: &mut Turn,
    line: &str,
    handle: Handle,
    before: Reminder,
    lead: Ahead,
) -> Result<(), Refusal> {
    let mut reminder = before.clone();
    let timing = led::led(turn, led::of(turn, &before)?, Some(lead), None, line)?;
    led::put(&mut reminder, timing);
    turn.put(handle.number, &reminder);
    let card = say::remind::edited(&turn.voice(), handle, &before, &reminder);
    let card = with_quiet(turn, card, &reminder);
    turn.say(card);
    Ok(())
}

/// `J1 改 明天10点`, `J1 改 时间=每周五9:00 内容=交周报 错过=不补`.
fn edit(
    turn: &mut Turn,
    invocation: &Invocation,
    handle: Handle,
    before: Reminder,
) -> Result<(), Refusal> {
    let args = &invocation.args;
    let mut reminder = before.clone();
    let (mut timing, whole) = timed(turn, invocation, handle, &before)?;
    let (pairs, content) = match whole {
        true => (Vec::new(), String::new()),
        false => fields::said(args, &[&TIME, &TEXT, &MISSED], &TIME),
    };
    for (key, value) in &pairs {
        let unread = || Refusal::NotUnderstood { word: "edit".into(), part: value.clone() };
        match key.as_str() {
            key if TIME.contains(&key) => {
                let when = fields::date(value, turn.reference()).ok_or_else(unread)?;
                let args = Args { when: Some(when), ..Args::default() };
                timing = retime::retimed(turn, handle, &args, &before, value)?;
            }
            key if TEXT.contains(&key) => reminder.text = text(value)?,
            key if MISSED.contains(&key) => reminder.missed = policy(value).ok_or_else(unread)?,
            _ => return Err(Refusal::NotUnderstood { word: "edit".into(), part: key.clone() }),
        }
    }
    let named = fields::named_alone(turn, &content).filter(|_| args.people.is_empty());
    let (names, content) = match named {
        Some(name) => (vec![name], String::new()),
        None => (args.people.clone(), content),
    };
    let (to, content) = reminded::whom(turn, &names, &content)?;
    reminder.to = to.unwrap_or(reminder.to);
    if reminder.to != before.to {
        for_others::reachable(turn.scope(), turn.capabilities(), &reminder.to, None)?;
    }
    if !content.is_empty() {
        let timeless = match &timing {
            None => timing::timeless(turn, &content)?,
            Some(_) => None,
        };
        let rest = timeless.as_ref().map_or(content, |(_, rest)| rest.clone());
        let days = timeless.map(|(timing, _)| retime::days_alone(turn, timing, &before));
        timing = timing.or(days.transpose()?);
        if !rest.is_empty() {
            reminder.text = text(&rest)?;
        }
    }
    if timing.is_some() || args.lead.is_some() {
        let timing = timing.map_or_else(|| led::of(turn, &before), Ok)?;
        let timing = led::led(turn, timing, args.lead, before.lead, &invocation.line)?;
        led::put(&mut reminder, timing);
    }
    if reminder == before {
        return Err(Refusal::Missing { word: "edit", what: Missing::Pairs });
    }
    turn.put(handle.number, &reminder);
    let card = say::remind::edited(&turn.voice(), handle, &before, &reminder);
    let moved = (&before.every, before.next_at) != (&reminder.every, reminder.next_at);
    let card = if moved { with_quiet(turn, card, &reminder) } else { card };
    let card = with_guess(turn, card, due::guessed_years(turn, &reminder).filter(|_| moved));
    let card = if before.to == reminder.to { card } else { with_directly(turn, card, &reminder) };
    turn.say(card);
    Ok(())
}

/// When it comes from now on, and whether that is all an edit says.
fn timed(
    turn: &Turn,
    invocation: &Invocation,
    handle: Handle,
    before: &Reminder,
) -> Result<(Option<Timing>, bool), Refusal> {
    if let Some((part, both)) = two_times(turn, invocation, before) {
        let every = both.ok_or(Refusal::NotUnderstood { word: "edit".into(), part })?;
        return Ok((Some(timing::again_and_again(turn, every)?), true));
    }
    let line = &invocation.line;
    let limits = before.every.as_ref().and_then(|every| retime::limited(turn, every, line));
    Ok((retime::retimed(turn, handle, &invocation.args, before, line)?, limits.is_some()))
}

/// The answer, with a line that says so if others will be told in their own direct chats.
fn with_directly(turn: &Turn, card: Outgoing, reminder: &Reminder) -> Outgoing {
    match for_others::others(turn.scope(), &reminder.to).as_slice() {
        [] => card,
        others => card.and_line(vec![say::remind::directly(&turn.voice(), others).into()]),
    }
}

/// The answer, with a line that says so if the days off of a year are not known.
fn with_guess(turn: &Turn, card: Outgoing, year: Option<i32>) -> Outgoing {
    let note = year.map(|year| say::when::unannounced(&turn.voice(), year));
    note.into_iter().fold(card, |card, note| card.and_line(vec![note.into()]))
}

/// The answer, with a line that says so if quiet hours will hold it back.
fn with_quiet(turn: &Turn, card: Outgoing, reminder: &Reminder) -> Outgoing {
    let note = reminders::quiet_note(turn, reminder);
    note.into_iter().fold(card, |card, note| card.and_line(vec![note.into()]))
}

/// One that comes once is over; of one that comes again, what was put off is.
fn done(turn: &mut Turn, handle: Handle, mut reminder: Reminder) -> Result<(), Refusal> {
    reminders::forget_held(turn, handle.number, Why::ByHand);
    (reminder.again_at, reminder.done_at, reminder.held) = (None, Some(turn.now()), None);
    if reminder.every.is_none() {
        reminder.next_at = None;
    }
    turn.put(handle.number, &reminder);
    let next: Vec<Timestamp> =
        Plan::of_reminder(&reminder, turn.calendar()).runs().take(1).collect();
    let card = say::remind::done(&turn.voice(), handle, &reminder, &next);
    turn.say(card);
    Ok(())
}

fn switch(
    turn: &mut Turn,
    handle: Handle,
    mut reminder: Reminder,
    on: bool,
) -> Result<(), Refusal> {
    if reminder.enabled == on {
        let state = say::status::switched(&turn.voice(), on);
        let instead = if on { "disable" } else { "enable" };
        return Err(Refusal::Already { handle, state, instead });
    }
    reminder.enabled = on;
    turn.put(handle.number, &reminder);
    let card = say::status::switch(&turn.voice(), &handle.to_string(), &reminder.text, on);
    let next = say::remind::next(&turn.voice(), &reminder).filter(|_| on);
    let card = next.into_iter().fold(card, |card, next| card.and_line(vec![next.into()]));
    turn.say(card);
    Ok(())
}
