//! Sentences about reminders.

use super::Voice;
use super::more::Long;
use super::schedule::{self, late};
use super::voice::{excerpt, mentions, names};
use crate::core::schedule::{Plan, Run, next_of};
use crate::core::tables::Mirror;
use crate::model::occurrence::Occurrence;
use crate::model::outgoing::{self, Outgoing};
use crate::model::preferences::Span;
use crate::model::reminder::Reminder;
use crate::model::task::Named;
use crate::model::{Handle, Timestamp};
use crate::text::hours;

/// Handle and words of a reminder, for a line about it.
pub fn what(voice: &Voice, handle: Handle, reminder: &Reminder) -> String {
    let text = excerpt(&reminder.text);
    voice.pick(format!("提醒 {handle} {text}"), format!("Reminder {handle} {text}"))
}

/// Who is reminded, spoken of and not called.
fn whom(voice: &Voice, reminder: &Reminder) -> String {
    match reminder.to.as_slice() {
        [] => voice.pick("大家", "everybody").to_owned(),
        people => names(people),
    }
}

/// `每周五17:00` or the moment; `None` when it is over.
fn time(voice: &Voice, reminder: &Reminder) -> Option<String> {
    match (&reminder.every, reminder.lead) {
        (Some(every), Some(lead)) => {
            Some(super::lead::repeats(voice, &schedule::every(voice, every), lead))
        }
        (Some(every), None) => Some(schedule::every(voice, every)),
        // Of one that is disabled its time is told all the same.
        (None, lead) => {
            let enabled = Reminder { enabled: true, ..reminder.clone() };
            let at = next_of(&enabled, voice.reference.calendar)?;
            match (lead, reminder.due_at.filter(|due| *due > at && reminder.again_at.is_none())) {
                (Some(lead), Some(due)) => {
                    Some(super::lead::told(voice, &voice.at(due), lead, (due, at)))
                }
                _ => Some(voice.at(at)),
            }
        }
    }
}

/// `J1 交报告 · @甲 · 3月3日(周二)9:00`
fn summary(voice: &Voice, handle: Handle, reminder: &Reminder) -> String {
    let parts = [Some(reminder.text.clone()), Some(whom(voice, reminder)), time(voice, reminder)];
    format!("{handle} {}", parts.into_iter().flatten().collect::<Vec<_>>().join(" · "))
}

/// The next two times of one that repeats, and of one that was put off.
pub fn next(voice: &Voice, reminder: &Reminder) -> Option<String> {
    let runs = Plan::of_reminder(reminder, voice.reference.calendar).runs();
    let mut times: Vec<Timestamp> = reminder.again_at.into_iter().chain(runs.take(2)).collect();
    times.sort();
    reminder.every.as_ref()?;
    (reminder.enabled || !times.is_empty()).then(|| schedule::next(voice, &times))
}

/// A reminder was made.
pub fn created(voice: &Voice, handle: Handle, reminder: &Reminder) -> Outgoing {
    let mut lines = vec![summary(voice, handle, reminder)];
    lines.extend(next(voice, reminder));
    Outgoing::text(lines.join("\n"))
        .and_button(voice.pick("撤销", "Undo"), voice.pick("撤销", "undo"))
}

/// The word for one that will not come any more.
pub fn over(voice: &Voice, reminder: &Reminder) -> &'static str {
    match reminder.done_at {
        Some(_) => voice.pick("已完成", "done"),
        None => voice.pick("已结束", "over"),
    }
}

/// One reminder, whole.
pub fn shown(
    voice: &Voice,
    handle: Handle,
    reminder: &Reminder,
    last: Option<&(Timestamp, Occurrence)>,
) -> Outgoing {
    let state = match (reminder.enabled, next_of(reminder, voice.reference.calendar)) {
        (false, _) => super::status::switched(voice, false),
        (true, None) => over(voice, reminder),
        (true, Some(_)) => super::status::switched(voice, true),
    };
    let (who, at) = (&reminder.creator.name, voice.at(reminder.created_at));
    let mut lines = vec![
        summary(voice, handle, reminder),
        voice
            .pick(format!("{state} · {who} 建于 {at}"), format!("{state} · made by {who} on {at}")),
    ];
    lines.extend(next(voice, reminder).filter(|_| reminder.enabled));
    lines.extend(last.map(|(at, row)| {
        let (at, what) = (voice.at(*at), schedule::outcome(voice, &row.outcome, ran(voice)));
        voice.pick(format!("上次：{at} {what}"), format!("Last: {at}, {what}"))
    }));
    lines.extend(schedule::policy(voice, reminder.missed).map(str::to_owned));
    Outgoing::text(lines.join("\n"))
}

/// The word for an occurrence that was said.
pub fn ran(voice: &Voice) -> &'static str {
    voice.pick("已提醒", "reminded")
}

/// Reminders to come, soonest first, and those that groups show here.
pub fn list(voice: &Voice, all: &[(u32, Reminder)], elsewhere: &[Mirror]) -> Long {
    let count = all.len() + elsewhere.len();
    if count == 0 {
        return Long::none(voice.lines(
            "没有要来的提醒。新建一个：提醒我 明天9点 交报告",
            "No reminders to come. Make one: remind me tomorrow 9:00 to submit the report",
        ));
    }
    let own = all.iter().map(|(number, reminder)| {
        let handle = Handle { letter: 'J', number: *number };
        let short = Reminder { text: excerpt(&reminder.text), ..reminder.clone() };
        let mut line = summary(voice, handle, &short);
        match (reminder.enabled, &reminder.every, next_of(reminder, voice.reference.calendar)) {
            (false, _, _) => {
                line = format!("{line} · {}", super::status::switched(voice, false));
            }
            (true, Some(_), Some(next)) => {
                let next = schedule::next(voice, &[next]);
                line = format!("{line} · {next}");
            }
            (true, _, _) => {}
        }
        line
    });
    let theirs = elsewhere.iter().map(|mirror| mirrored(voice, mirror));
    let lines = own.chain(theirs).map(|line| vec![outgoing::Span::from(line)]).collect();
    let head = voice.pick(format!("提醒 {count} 个"), format!("{count} reminders"));
    Long::new(Outgoing::line(vec![outgoing::Span::from(head)]), lines)
}

/// `项目群 J1 交报告 · 3月3日(周二)9:00`
fn mirrored(voice: &Voice, mirror: &Mirror) -> String {
    let shown = &mirror.shown;
    let due = shown.due.map(|due| format!(" · {}", voice.due(due))).unwrap_or_default();
    format!("{} {} {}{due}", shown.title, shown.handle, excerpt(&shown.text))
}

/// What it is about; where it comes before its time, with that time.
fn timed_text(voice: &Voice, reminder: &Reminder, run: Run) -> String {
    let text = &reminder.text;
    match Plan::of_reminder(reminder, voice.reference.calendar).time_of(run.at) {
        time if time == run.at => text.clone(),
        time => voice
            .pick(format!("{text}（{}）", voice.at(time)), format!("{text} ({})", voice.at(time))),
    }
}

/// Its time has come: those it is for are called.
pub fn comes(voice: &Voice, handle: Handle, reminder: &Reminder, run: Run) -> Outgoing {
    let mut spans = mentions(&reminder.to);
    let text = &timed_text(voice, reminder, run);
    spans.push(outgoing::Span::from(match reminder.to.is_empty() {
        true => voice.pick(
            format!("提醒大家 {handle}：{text}"),
            format!("Everybody, reminder {handle}: {text}"),
        ),
        false => {
            voice.pick(format!(" 提醒 {handle}：{text}"), format!(" reminder {handle}: {text}"))
        }
    }));
    let mut card = Outgoing::line(spans);
    card = late(voice, run).into_iter().fold(card, |card, late| card.and_line(vec![late.into()]));
    let types = |zh: &str, en: &str| format!("{handle} {}", voice.pick(zh, en));
    card.and_button(voice.pick("完成", "Done"), types("完成", "done"))
        .and_button(
            voice.pick("延后10分钟", "In 10 minutes"),
            types("延后 10分钟", "snooze 10 minutes"),
        )
        .and_button(voice.pick("延后1小时", "In 1 hour"), types("延后 1小时", "snooze 1 hour"))
}

/// The same for somebody who does not read the chat where it was made: its handle says nothing to
/// them, and buttons would type into the wrong conversation.
pub fn asked_for(voice: &Voice, reminder: &Reminder, run: Run) -> Outgoing {
    let (who, text) = (&reminder.creator.name, timed_text(voice, reminder, run));
    let line = voice
        .pick(format!("{who} 让我提醒你：{text}"), format!("{who} asked me to remind you: {text}"));
    let card = Outgoing::text(line);
    late(voice, run).into_iter().fold(card, |card, late| card.and_line(vec![late.into()]))
}

/// It went to others, for the chat where it was made.
pub fn passed_on(voice: &Voice, handle: Handle, reminder: &Reminder, to: &[Named]) -> Outgoing {
    let (text, to) = (excerpt(&reminder.text), plain(voice, to));
    Outgoing::text(voice.pick(
        format!("{handle} {text}：已安排私聊提醒 {to}"),
        format!("{handle} {text}: on its way to {to} directly"),
    ))
}

/// Whoever is reminded did it from their own direct chat.
pub fn by_receiver(voice: &Voice, name: &str) -> String {
    voice.pick(format!("（{name} 在私聊里说的）"), format!("({name} said so in their direct chat)"))
}

/// That it will be told to others directly, for whoever makes it.
pub fn directly(voice: &Voice, others: &[Named]) -> String {
    let names = plain(voice, others);
    voice.pick(format!("会私聊提醒 {names}"), format!("I will tell {names} directly"))
}

/// `王芳、李雷`: spoken of in a chat they don't read.
fn plain(voice: &Voice, people: &[Named]) -> String {
    voice.joined(people.iter().map(|who| who.name.clone()))
}

/// Others can't be reminded from here.
pub fn only_you(voice: &Voice, others: &[Named], line: Option<&str>) -> String {
    let (names, bot) = (plain(voice, others), voice.called);
    match line {
        Some(line) => voice.pick(
            format!("在私聊里我只能提醒你自己。要提醒 {names}，到群里说：@{bot} {line}"),
            format!("Here I can only remind you. For {names}, say in the group: @{bot} {line}"),
        ),
        None => voice.pick(
            format!("在私聊里我只能提醒你自己。要提醒 {names}，到群里说"),
            format!("Here I can only remind you. For {names}, say it in the group"),
        ),
    }
}

/// For how many that came in quiet hours a message stands besides its own.
pub fn waited(voice: &Voice, count: usize) -> String {
    voice.pick(
        format!("免打扰期间还有 {count} 次，合并在这一条里"),
        format!("{count} more came in quiet hours and are part of this one"),
    )
}

/// It falls into quiet hours, sometimes or always.
pub fn in_quiet(voice: &Voice, quiet: Span, until: Timestamp, many: bool) -> String {
    let span = hours::print(&[quiet], "");
    let end = hours::print_end(quiet);
    match many {
        true => voice.pick(
            format!("免打扰（{span}）里的不单独发，到 {end} 合成一条"),
            format!("Those in quiet hours ({span}) come as one message at {end}"),
        ),
        false => {
            let until = voice.at(until);
            voice.pick(
                format!("这时在免打扰（{span}）里，会等到 {until} 再发"),
                format!("That is in quiet hours ({span}): it will wait until {until}"),
            )
        }
    }
}

/// It was put off.
pub fn put_off(voice: &Voice, handle: Handle, reminder: &Reminder, at: Timestamp) -> Outgoing {
    let (text, at) = (excerpt(&reminder.text), voice.at(at));
    Outgoing::text(
        voice.pick(
            format!("{handle} {text} 延后到 {at}"),
            format!("{handle} {text}: put off to {at}"),
        ),
    )
    .and_button(voice.pick("撤销", "Undo"), voice.pick("撤销", "undo"))
}

/// It was done; one that repeats goes on.
pub fn done(voice: &Voice, handle: Handle, reminder: &Reminder, next: &[Timestamp]) -> Outgoing {
    let text = excerpt(&reminder.text);
    let done = match reminder.every {
        None => voice.pick(format!("{handle} {text} 已完成"), format!("{handle} {text}: done")),
        Some(_) => {
            let next = schedule::next(voice, next);
            voice.pick(
                format!("{handle} {text} 这次完成了。{next}"),
                format!("{handle} {text}: done for this time. {next}"),
            )
        }
    };
    Outgoing::text(done)
}

/// It was changed: what it was and what it is.
pub fn edited(voice: &Voice, handle: Handle, before: &Reminder, after: &Reminder) -> Outgoing {
    let mut changes = Vec::new();
    if before.text != after.text {
        changes.push(format!("{} → {}", excerpt(&before.text), after.text));
    }
    let when = |r: &Reminder| (r.every.clone(), r.next_at, r.lead);
    if when(before) != when(after) {
        let time = |r: &Reminder| time(voice, r).unwrap_or_else(|| over(voice, r).to_owned());
        changes.push(format!("{} → {}", time(before), time(after)));
    }
    if before.to != after.to {
        changes.push(format!("{} → {}", whom(voice, before), whom(voice, after)));
    }
    if before.missed != after.missed {
        changes.push(schedule::policy_said(voice, after.missed).to_owned());
    }
    let mut lines = vec![format!("{handle} {}", changes.join(voice.pick("；", "; ")))];
    lines.extend(next(voice, after));
    if !after.enabled {
        lines.push(voice.pick(
            format!("它现在是停用的。要它响：{handle} 启用"),
            format!("It is disabled now. To have it speak: {handle} enable"),
        ));
    }
    Outgoing::text(lines.join("\n"))
        .and_button(voice.pick("撤销", "Undo"), voice.pick("撤销", "undo"))
}
