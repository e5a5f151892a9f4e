//! Sentences about how long messages are kept: set, announced, cleared, held.

use chrono::NaiveDate;

use super::Voice;
use crate::model::message::Gone;
use crate::model::outgoing::Outgoing;
use crate::model::retention::{Announced, Clearing, OLD_MAX, Old, Retention};
use crate::model::{Handle, Timestamp};
use crate::text::when::print_date;

/// How it stands: the days that are set, and what is older.
pub fn standing(
    voice: &Voice,
    set: Option<(&Retention, Old)>,
    announced: Option<Announced>,
) -> Outgoing {
    let Some((set, old)) = set else {
        return voice.lines(
            "消息一直保留。要到期清理：保留 7天；保留一条不清：保留 M3 永久",
            "Messages are kept for ever. To clear old ones: keep 7d; to hold one: keep M3 forever",
        );
    };
    let days = days(voice, set.days);
    if set.paused {
        return Outgoing::text(voice.pick(
            format!("消息保留 {days}，清理已暂停。继续：保留 继续；不再清：保留 永久"),
            format!(
                "Messages are kept for {days}; clearing is paused. To go on: keep resume; to clear \
                 none: keep forever"
            ),
        ));
    }
    let next = voice.at(set.next_at);
    let text = match announced {
        Some(announced) => voice.pick(
            format!(
                "消息保留 {days}。{next} 将清 {}{}",
                counted(voice, old),
                upto(voice, announced.upto)
            ),
            format!(
                "Messages are kept for {days}. {next}: {} go{}",
                counted(voice, old),
                upto(voice, announced.upto)
            ),
        ),
        None => voice.pick(
            format!("消息保留 {days}，下次看哪些到期：{next}"),
            format!("Messages are kept for {days}; the next look at what is due: {next}"),
        ),
    };
    Outgoing::text(format!("{text}{}", kept(voice, old.kept))).and_line(vec![stop(voice).into()])
}

/// It was set: what that does, and when.
pub fn set(voice: &Voice, set: &Retention, old: Old) -> Outgoing {
    let (days, next) = (days(voice, set.days), voice.at(set.next_at));
    let head = match old.count {
        0 => voice.pick(
            format!("消息从现在起保留 {days}。现在没有到期的；每天 9:00 看一次，清之前一天先说"),
            format!(
                "Messages are kept for {days} from now on. None is older yet; each day at 9:00 I \
                 look, and say so a day before any go"
            ),
        ),
        _ => voice.pick(
            format!(
                "消息从现在起保留 {days}。{}已到期：{next} 先说一声，再过一天才清",
                counted(voice, old)
            ),
            format!(
                "Messages are kept for {days} from now on. {} are older: {next} I announce them, \
                 and they go a day later",
                counted(voice, old)
            ),
        ),
    };
    let stays = voice.pick(
        "归档的和标为永久的不清，任务、提醒等记录不动；清掉的消息和那时的操作内容找不回来，也不能撤销",
        "What is archived or held stays, and so do tasks and reminders; what is cleared cannot be \
         brought back, nor can steps of those days be undone",
    );
    Outgoing::text(head).and_line(vec![stays.into()]).and_line(vec![stop(voice).into()])
}

/// They are kept for ever, as they were before or not.
pub fn forever(voice: &Voice, was_set: bool) -> Outgoing {
    match was_set {
        true => voice.lines(
            "从现在起消息一直保留，不再清理",
            "From now on messages are kept for ever; none is cleared any more",
        ),
        false => voice.lines("消息本来就一直保留", "Messages are kept for ever as it is"),
    }
}

/// Clearing is paused, or goes on.
pub fn paused(voice: &Voice, set: &Retention) -> Outgoing {
    let next = voice.at(set.next_at);
    Outgoing::text(match set.paused {
        true => voice.pick(
            "清理已暂停，什么都不会清。继续：保留 继续".to_owned(),
            "Clearing is paused: nothing goes. To go on: keep resume".to_owned(),
        ),
        false => voice.pick(
            format!("清理继续：{next} 先说哪些到期，再过一天才清"),
            format!("Clearing goes on: {next} I say what is due, and it goes a day later"),
        ),
    })
}

/// What was cleared, and what will be next.
pub fn cleared(
    voice: &Voice,
    done: &Clearing,
    next_at: Timestamp,
    next_upto: NaiveDate,
    old: Old,
) -> Outgoing {
    let mut card = Outgoing::default();
    if done.cleared > 0 {
        let (count, upto) = (messages(voice, done.cleared as usize), upto(voice, done.upto));
        let kept = kept(voice, done.kept as usize);
        card = card.and_line(vec![
            voice
                .pick(format!("已清 {count}{upto}{kept}"), format!("Cleared {count}{upto}{kept}"))
                .into(),
        ]);
    }
    if old.count == 0 {
        return card;
    }
    let (next, upto) = (voice.at(next_at), upto(voice, next_upto));
    let (count, stay) = (counted(voice, old), if done.cleared > 0 { 0 } else { old.kept });
    let kept = kept(voice, stay);
    card.and_line(vec![
        voice
            .pick(
                format!("{next} 将清 {count}{upto}{kept}"),
                format!("{next}: {count} will go{upto}{kept}"),
            )
            .into(),
    ])
    .and_line(vec![
        voice
            .pick(
                "先别清就回：暂停；要留一条，引用它说：保留 永久",
                "To stop it answer: keep pause; to hold one, quote it and say: keep forever",
            )
            .into(),
    ])
    .and_button(voice.pick("暂停", "Pause"), voice.pick("保留 暂停", "keep pause"))
}

/// Messages are held, or no longer; or were so before.
pub fn held(voice: &Voice, handles: &[Handle], release: bool, before: bool) -> Outgoing {
    let all = voice.joined(handles.iter().map(Handle::to_string));
    let text = match (release, before) {
        (false, false) => voice.pick(
            format!("{all} 已标为永久：到期不清，也不随人抹除"),
            format!("{all} held for ever: neither cleared nor erased"),
        ),
        (false, true) => {
            voice.pick(format!("{all} 之前就是永久"), format!("{all} was held before"))
        }
        (true, false) => voice.pick(
            format!("{all} 不再永久，和别的消息一样到期清"),
            format!("{all} held no longer: it goes when it is due"),
        ),
        (true, true) => voice.pick(format!("{all} 本来就没标永久"), format!("{all} was not held")),
    };
    let card = Outgoing::text(text);
    match before {
        true => card,
        false => card.and_button(voice.pick("撤销", "Undo"), voice.pick("撤销", "undo")),
    }
}

/// There is nothing left of a message.
pub fn gone(voice: &Voice, handle: Handle, how: Gone) -> String {
    match how {
        Gone::Cleared => voice.pick(
            format!("{handle} 已到期清掉，内容找不回来"),
            format!("{handle} was cleared when its time was over; it cannot be brought back"),
        ),
        Gone::Erased => voice.pick(
            format!("{handle} 已应本人要求抹除，内容找不回来"),
            format!("{handle} was erased as its author asked; it cannot be brought back"),
        ),
    }
}

fn stop(voice: &Voice) -> &'static str {
    voice.pick(
        "先停：保留 暂停；不再清：保留 永久；留一条：保留 M3 永久",
        "To pause: keep pause; to clear none: keep forever; to hold one: keep M3 forever",
    )
}

fn days(voice: &Voice, days: u32) -> String {
    let many = if days == 1 { "day" } else { "days" };
    voice.pick(format!("{days} 天"), format!("{days} {many}"))
}

fn messages(voice: &Voice, count: usize) -> String {
    let many = if count == 1 { "message" } else { "messages" };
    voice.pick(format!("{count} 条"), format!("{count} {many}"))
}

/// `312 条，含 2 条有标签`
fn counted(voice: &Voice, old: Old) -> String {
    let more = if old.count >= OLD_MAX { voice.pick("以上", " or more") } else { "" };
    let tagged = match old.tagged {
        0 => String::new(),
        tagged => voice.pick(format!("（含 {tagged} 条有标签）"), format!(" ({tagged} tagged)")),
    };
    format!("{}{more}{tagged}", messages(voice, old.count))
}

fn upto(voice: &Voice, day: NaiveDate) -> String {
    let day = print_date(day, voice.reference, voice.lang);
    voice.pick(format!("，{day}和更早的"), format!(", of {day} and before"))
}

fn kept(voice: &Voice, kept: usize) -> String {
    match kept {
        0 => String::new(),
        _ => voice.pick(
            format!("；归档或永久的 {kept} 条留着"),
            format!("; {kept} archived or held stay"),
        ),
    }
}
