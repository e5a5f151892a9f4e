//! Sentences about what happened and why.

use super::Voice;
use super::more::Long;
use super::voice::excerpt;
use crate::core::export::OPENED;
use crate::core::tables::touched_handle;
use crate::model::Handle;
use crate::model::journal::{Entry, What};
use crate::model::message::Tagged;
use crate::model::outgoing::{Outgoing, Span};
use crate::model::source::{Alert, Subscription};

/// Most records that are named of one entry: a batch has many.
const RECORDS_MAX: usize = 20;

/// Entries, newest first: when, who, what.
pub fn entries(voice: &Voice, wanted: Option<Handle>, entries: &[Entry]) -> Long {
    if entries.is_empty() {
        return Long::none(voice.lines("还没有改动记录", "Nothing has been changed yet"));
    }
    let head = match wanted {
        Some(handle) => voice.pick(format!("{handle} 的记录"), format!("Log of {handle}")),
        None => voice.pick("最近的改动", "Latest changes").to_owned(),
    };
    let with_records = wanted.is_none_or(|handle| handle.letter == 'U');
    let line = |entry: &Entry| vec![Span::from(line(voice, entry, with_records))];
    let hint = voice.pick("日志 T1、日志 @人", "log T1, log @person");
    let head = Outgoing::line(vec![Span::from(head)]);
    let hint = wanted.is_none().then_some(hint);
    Long { head, lines: entries.iter().map(line).collect(), hint }
}

/// Who did it, and by whose leave.
fn who(voice: &Voice, entry: &Entry) -> String {
    let who = entry.actor.as_ref().map_or(voice.bot, |a| a.name.as_str());
    match &entry.leave {
        Some(by) => voice
            .pick(format!("{who}（{}同意）", by.name), format!("{who} (approved by {})", by.name)),
        None => who.to_owned(),
    }
}

fn line(voice: &Voice, entry: &Entry, with_records: bool) -> String {
    let who = who(voice, entry);
    let step = entry.step.map(|n| format!(" · U{n}")).unwrap_or_default();
    // The request itself is named by the leave.
    let told = |h: &Handle| entry.leave.is_none() || h.letter != 'Q';
    let records = entry.touched.iter().filter_map(touched_handle).filter(told);
    let records: Vec<_> = records.map(|h| h.to_string()).filter(|_| with_records).collect();
    let (count, many) = (records.len(), records.len() > RECORDS_MAX);
    let records = voice.joined(records.into_iter().take(RECORDS_MAX));
    let records = match many {
        true => {
            voice.pick(format!("{records}……共 {count} 条"), format!("{records} … {count} in all"))
        }
        false => records,
    };
    let records = match (records.is_empty(), entry.undoes.is_empty()) {
        (true, true) if bare(entry) => String::new(),
        (true, true) => voice.pick("", " it").to_owned(),
        (true, false) => String::new(),
        (false, true) => format!(" {records}"),
        (false, false) => voice.pick(format!("（{records}）"), format!(" ({records})")),
    };
    format!("{} {who} {}{records}{step}", voice.at(entry.at), what(voice, entry))
}

/// Whether what was done says it all: settings and roles bear no number.
fn bare(entry: &Entry) -> bool {
    let bare = |command: &String| command.starts_with("settings.") || command.starts_with("role.");
    matches!(&entry.what, What::Command(command) if bare(command))
}

/// What an entry did, in a word or two; a record's name may follow.
fn what(voice: &Voice, entry: &Entry) -> String {
    if !entry.undoes.is_empty() {
        let steps = voice.joined(entry.undoes.iter().map(|step| format!("U{step}")));
        return voice.pick(format!("撤销 {steps}"), format!("undid {steps}"));
    }
    let exports = entry.touched.iter().filter_map(touched_handle).any(|h| h.letter == 'X');
    let command = match &entry.what {
        What::Post(name) if exports => {
            let fetched = name == OPENED;
            return match fetched {
                true => voice.pick("下载", "downloaded").to_owned(),
                false => voice.pick("处理导出", "took care of").to_owned(),
            };
        }
        What::Command(command) => command.as_str(),
        What::Refused(_) => return voice.pick("被拒", "was refused").to_owned(),
        What::Message => return voice.pick("发了这条消息", "said").to_owned(),
        What::Edited => return voice.pick("改了这条消息", "edited").to_owned(),
        What::Recalled => return voice.pick("撤回了这条消息", "recalled").to_owned(),
        What::Post(_) => return came(voice, entry).to_owned(),
        What::Reported => return voice.pick("上报", "reported").to_owned(),
        What::SendFailed => return voice.pick("发送失败", "failed to send").to_owned(),
    };
    let (word, shape) = command.split_once('.').unwrap_or((command, ""));
    let name = match (word, shape) {
        (_, "done") => voice.pick("完成", "finished"),
        (_, "reopen") => voice.pick("重开", "reopened"),
        (_, "progress") => voice.pick("报进度", "reported on"),
        (_, "accept") => voice.pick("验收", "accepted"),
        (_, "reject") => voice.pick("退回", "sent back"),
        (_, "edit") => voice.pick("修改", "edited"),
        (_, "give") => voice.pick("转交", "handed over"),
        (_, "add") => voice.pick("加上", "added to"),
        (_, "drop") => voice.pick("去掉", "took off"),
        (_, "remove") => voice.pick("删除", "removed"),
        (_, "enable") => voice.pick("启用", "enabled"),
        (_, "disable") => voice.pick("停用", "disabled"),
        (_, "snooze") => voice.pick("延后", "put off"),
        (_, "skip") => voice.pick("跳过下一次", "skipped the next one of"),
        ("settings", _) => voice.pick("改设置", "changed settings"),
        ("role", _) => voice.pick("改角色", "changed roles"),
        (_, "approve") => voice.pick("同意", "approved"),
        (_, "decline") => voice.pick("拒绝", "declined"),
        ("import", _) => voice.pick("导入", "imported"),
        ("export" | "snapshot", _) => voice.pick("导出", "exported"),
        ("tag", _) => voice.pick("加标签", "tagged"),
        ("archive", _) => voice.pick("归档", "archived"),
        (_, _) => voice.pick("新建", "made"),
    };
    name.to_owned()
}

/// What the bot did of its own accord, by the record it touched.
fn came(voice: &Voice, entry: &Entry) -> &'static str {
    match entry.touched.iter().find_map(touched_handle).map(|handle| handle.letter) {
        Some('T' | 'J' | 'F') if entry.sent > 0 => voice.pick("提醒", "reminded of"),
        Some('D') if entry.posted > 0 => voice.pick("发出报告", "sent"),
        Some('T' | 'J' | 'F' | 'D') => voice.pick("跳过一次", "left out"),
        Some('A') => voice.pick("收到上报，发出告警", "heard a report and raised"),
        Some(_) | None => voice.pick("到时处理", "took care of"),
    }
}

/// Why a record is as it is: the last entry that touched it, its command or its rules, and what
/// else is known of the cause.
pub fn why(
    voice: &Voice,
    handle: Handle,
    entry: &Entry,
    line: Option<&str>,
    causes: &[String],
) -> Outgoing {
    let who = who(voice, entry);
    let did = what(voice, entry);
    let it = if entry.undoes.is_empty() { " it" } else { "" };
    let mut lines = vec![voice.pick(
        format!("{handle}：{} {who} {did}", voice.at(entry.at)),
        format!("{handle}: {who} {did}{it}, {}", voice.at(entry.at)),
    )];
    if let Some(line) = line {
        let said = voice.quote(&excerpt(line));
        lines.push(voice.pick(format!("原话：{said}"), format!("The line: {said}")));
    }
    if causes.is_empty() {
        lines.extend(entry.rules.iter().map(|rule| {
            voice.pick(
                format!("起作用的规则：{}（第{}版）", rule.handle, rule.version),
                format!("Rule {}, version {}, acted", rule.handle, rule.version),
            )
        }));
    }
    lines.extend(causes.iter().cloned());
    lines.push(voice.pick(format!("全部记录：日志 {handle}"), format!("All of it: log {handle}")));
    Outgoing::text(lines.join("\n"))
}

/// Where a tag came from that nobody typed.
pub fn tag_cause(voice: &Voice, tagged: &Tagged) -> Option<String> {
    let (rule, word) = tagged.rule.zip(tagged.word.as_ref())?;
    let word = voice.quote(word);
    Some(voice.pick(
        format!("#{} 来自 R{rule}：含{word}", tagged.tag),
        format!("#{} comes from R{rule}: it holds {word}", tagged.tag),
    ))
}

/// Which subscription let an alert through, with its condition while that is still the same.
pub fn alert_cause(voice: &Voice, alert: &Alert, by: Option<&Subscription>) -> String {
    let (number, version) = (alert.subscription, alert.version);
    let wanted = by.filter(|s| s.version == version).map(super::source::wanted);
    match wanted {
        Some(wanted) => voice.pick(
            format!("符合订阅 S{number}：{wanted}"),
            format!("It fits subscription S{number}: {wanted}"),
        ),
        None => voice.pick(
            format!("符合订阅 S{number} 的第{version}版，它后来改过"),
            format!("It fitted subscription S{number}, version {version}, changed since"),
        ),
    }
}
