//! Sentences about questions that are followed up.

use super::Voice;
use super::more::Long;
use super::voice::{excerpt, mentions, names};
use crate::model::Handle;
use crate::model::follow::Follow;
use crate::model::outgoing::{Outgoing, Span};

/// Somebody is asked.
pub fn asked(voice: &Voice, handle: Handle, follow: &Follow) -> Outgoing {
    let mut spans = mentions(&follow.whom);
    spans.push(Span::from(format!(" {handle} {}", voice.quote(&excerpt(&follow.text)))));
    let (until, who) = (voice.at(follow.until), &follow.creator.name);
    let then = voice.pick(
        format!("到 {until} 没回复会再提醒一次，并告诉 {who}。回复这条消息，或说：{handle} 已办"),
        format!(
            "Without a reply by {until} I ask once more and tell {who}. Reply to this, or say: \
             {handle} done"
        ),
    );
    let types = |zh: &str, en: &str| format!("{handle} {}", voice.pick(zh, en));
    Outgoing::line(spans)
        .and_line(vec![then.into()])
        .and_button(voice.pick("已办", "Done"), types("已办", "done"))
}

/// No reply in time.
pub fn waits(voice: &Voice, handle: Handle, follow: &Follow) -> Outgoing {
    let mut spans = mentions(&follow.whom);
    let text = voice.quote(&excerpt(&follow.text));
    spans.push(Span::from(voice.pick(
        format!(" {handle} 还没回复：{text}。"),
        format!(" {handle} is still without a reply: {text}. "),
    )));
    spans.extend(mentions(std::slice::from_ref(&follow.creator)));
    spans.push(Span::from(voice.pick(" 在等", " is waiting")));
    let types = |zh: &str, en: &str| format!("{handle} {}", voice.pick(zh, en));
    Outgoing::line(spans)
        .and_button(voice.pick("已办", "Done"), types("已办", "done"))
        .and_button(voice.pick("1小时后再问", "In 1 hour"), types("延后 1小时", "snooze 1 hour"))
}

/// Somebody answered, or it was said to be done.
pub fn answered(voice: &Voice, handle: Handle, follow: &Follow) -> Outgoing {
    let text = excerpt(&follow.text);
    let who = who_answered(voice, follow).unwrap_or_default();
    Outgoing::text(voice.pick(
        format!("{handle} {text}：{who}，不再提醒"),
        format!("{handle} {text}: {who}, no more reminders"),
    ))
}

/// It is asked later.
pub fn put_off(voice: &Voice, handle: Handle, follow: &Follow) -> Outgoing {
    let (text, until) = (excerpt(&follow.text), voice.at(follow.until));
    Outgoing::text(voice.pick(
        format!("{handle} {text} 等到 {until}"),
        format!("{handle} {text}: waiting until {until}"),
    ))
    .and_button(voice.pick("撤销", "Undo"), voice.pick("撤销", "undo"))
}

/// The word for one that waits or does not.
pub fn state(voice: &Voice, open: bool) -> &'static str {
    match open {
        true => voice.pick("等回复", "waiting"),
        false => voice.pick("已回复", "answered"),
    }
}

/// `乙 已回复`; of somebody who was not asked, `甲 说已办`.
fn who_answered(voice: &Voice, follow: &Follow) -> Option<String> {
    let who = follow.answered.as_ref()?;
    let name = &who.name;
    Some(match follow.whom.iter().any(|asked| asked.person == who.person) {
        true => voice.pick(format!("{name} 已回复"), format!("{name} replied")),
        false => voice.pick(format!("{name} 说已办"), format!("{name} said it is done")),
    })
}

fn line(voice: &Voice, handle: Handle, follow: &Follow) -> String {
    let (text, whom, until) = (excerpt(&follow.text), names(&follow.whom), voice.at(follow.until));
    let late = follow.until <= voice.reference.now && follow.answered.is_none();
    let late = if late { voice.pick(" · 没等到", " · no reply") } else { "" };
    voice.pick(
        format!("{handle} {text} · 等 {whom} · 到 {until}{late}"),
        format!("{handle} {text} · from {whom} · by {until}{late}"),
    )
}

/// One of them.
pub fn shown(voice: &Voice, handle: Handle, follow: &Follow) -> Outgoing {
    let waiting = || state(voice, true).to_owned();
    let state = who_answered(voice, follow).unwrap_or_else(waiting);
    let (who, at) = (&follow.creator.name, voice.at(follow.created_at));
    let by = voice
        .pick(format!("{state} · {who} 建于 {at}"), format!("{state} · made by {who} on {at}"));
    Outgoing::text(format!("{}\n{by}", line(voice, handle, follow)))
}

/// Those without an answer.
pub fn list(voice: &Voice, open: &[(u32, Follow)]) -> Long {
    if open.is_empty() {
        return Long::none(voice.lines(
            "没有在等的回复。跟进一个：跟进 @乙 2小时内 报价什么时候给",
            "No reply is waited for. Try: follow @b within 2 hours when do we get the quote",
        ));
    }
    let handle = |number: u32| Handle { letter: 'F', number };
    let line = |(n, follow): &(u32, Follow)| vec![Span::from(line(voice, handle(*n), follow))];
    let lines = open.iter().map(line).collect();
    let count = open.len();
    let head = voice.pick(format!("在等 {count} 个回复"), format!("Waiting for {count}"));
    Long::new(Outgoing::text(head), lines)
}
