//! Sentences about how sending goes: for admins, numbers only.

use super::Voice;
use crate::core::tally::{LANES, Sends, Tally};
use crate::model::outgoing::{Block, Outgoing, Span};

/// How sending goes.
#[derive(Debug, Clone, Default)]
pub struct Sending {
    /// What each account has sent.
    pub tallies: Vec<Tally>,
    /// Messages that wait, and those of them that may have arrived, by lane.
    pub waiting: [(usize, usize); LANES],
    /// Messages that failed for good and are kept.
    pub undelivered: usize,
    /// No more than so many were counted.
    pub most: usize,
}

/// The whole of it.
pub fn card(voice: &Voice, sending: &Sending) -> Outgoing {
    let mut card = Outgoing::default();
    for tally in &sending.tallies {
        card = card.and_line(vec![Span::from(account(voice, tally))]);
        let lanes = tally.lanes.iter().enumerate();
        let lines: Vec<_> = lanes.filter_map(|(nth, sends)| lane(voice, nth, sends)).collect();
        card.blocks.push(Block::List(lines.into_iter().map(|l| vec![Span::from(l)]).collect()));
    }
    if sending.tallies.is_empty() {
        card = card.and_line(vec![Span::from(voice.pick("还没有发送记录", "Nothing sent yet"))]);
    }
    card = card.and_line(vec![Span::from(waiting(voice, sending))]);
    let failed = some(sending.undelivered, sending.most);
    let failed = match sending.undelivered {
        0 => voice.pick("没有发送失败的消息".to_owned(), "No failed messages".to_owned()),
        _ => voice.pick(
            format!("没送到 {failed} 条：在服务器上用 steward outbox 查看、重发或丢弃"),
            format!("{failed} failed: see, resend or drop them with steward outbox on the server"),
        ),
    };
    card.and_line(vec![Span::from(failed)])
}

fn account(voice: &Voice, tally: &Tally) -> String {
    let (name, at) = (&tally.account, voice.at(tally.at));
    let state = match tally.down_since {
        None => voice.pick("正常".to_owned(), "fine".to_owned()),
        Some(since) => {
            let since = voice.at(since);
            voice.pick(
                format!("平台没有回应，{since} 起暂停发送"),
                format!("the platform does not answer, paused since {since}"),
            )
        }
    };
    let calls = match tally.quota {
        0 => tally.calls.to_string(),
        quota => format!("{}/{quota}", tally.calls),
    };
    voice.pick(
        format!("{name}：{state} · 本月调用 {calls} · 截至 {at}"),
        format!("{name}: {state} · calls this month {calls} · as of {at}"),
    )
}

/// What became of a lane's messages; nothing if there were none.
fn lane(voice: &Voice, nth: usize, sends: &Sends) -> Option<String> {
    let Sends { sent, failed, expired, copies, merged } = *sends;
    let counts = [
        (sent, "已发", "sent"),
        (merged, "合并", "merged"),
        (failed, "失败", "failed"),
        (expired, "过期", "expired"),
        (copies, "可能重复", "possible copies"),
    ];
    let counts = counts.into_iter().filter(|(count, ..)| *count > 0);
    let counts: Vec<String> = counts
        .map(|(count, zh, en)| voice.pick(format!("{zh} {count}"), format!("{count} {en}")))
        .collect();
    let name = lane_name(voice, nth);
    let counts = counts.join(voice.pick("，", ", "));
    (!counts.is_empty())
        .then(|| voice.pick(format!("{name}：{counts}"), format!("{name}: {counts}")))
}

fn waiting(voice: &Voice, sending: &Sending) -> String {
    let lanes = sending.waiting.iter().enumerate().filter(|(_, (count, _))| *count > 0);
    let lanes: Vec<String> = lanes
        .map(|(nth, (count, doubts))| {
            let doubts = match doubts {
                0 => String::new(),
                doubts => voice.pick(format!("（存疑 {doubts}）"), format!(" ({doubts} in doubt)")),
            };
            format!("{} {count}{doubts}", lane_name(voice, nth))
        })
        .collect();
    if lanes.is_empty() {
        return voice.pick("没有等待发送的消息".into(), "Nothing waits to be sent".into());
    }
    let all: usize = sending.waiting.iter().map(|(count, _)| count).sum();
    let (all, lanes) = (some(all, sending.most), voice.joined(lanes));
    voice.pick(format!("等待发送 {all} 条：{lanes}"), format!("{all} wait to be sent: {lanes}"))
}

fn lane_name(voice: &Voice, nth: usize) -> &'static str {
    match nth {
        0 => voice.pick("紧急", "urgent"),
        1 => voice.pick("答复", "answers"),
        2 => voice.pick("提醒和告警", "reminders and alerts"),
        _ => voice.pick("报告", "reports"),
    }
}

fn some(count: usize, most: usize) -> String {
    if count >= most { format!("{count}+") } else { count.to_string() }
}
