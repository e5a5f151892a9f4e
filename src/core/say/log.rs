//! Sentences about what happened and why.

use super::Voice;
use super::voice::excerpt;
use crate::core::tables::touched_handle;
use crate::model::Handle;
use crate::model::journal::{Entry, What};
use crate::model::message::Tagged;
use crate::model::outgoing::{Block, Outgoing, Span};

/// Most entries shown at once.
const SHOWN_MAX: usize = 5;

/// Entries, newest first: when, who, what.
pub fn entries(voice: &Voice, wanted: Option<Handle>, entries: &[Entry]) -> Outgoing {
    if entries.is_empty() {
        return voice.lines("还没有改动记录", "Nothing has been changed yet");
    }
    let head = match wanted {
        Some(handle) => voice.pick(format!("{handle} 的记录"), format!("Log of {handle}")),
        None => voice.pick("最近的改动", "Latest changes").to_owned(),
    };
    let mut lines: Vec<Vec<Span>> = entries
        .iter()
        .take(SHOWN_MAX)
        .map(|entry| vec![Span::from(line(voice, entry, wanted.is_none()))])
        .collect();
    if entries.len() > SHOWN_MAX {
        let more = entries.len() - SHOWN_MAX;
        let text = voice.pick(format!("更早还有 {more} 条"), format!("{more} earlier ones"));
        lines.push(vec![Span::from(text)]);
    }
    let mut card = Outgoing::line(vec![Span::from(head)]);
    card.blocks.push(Block::List(lines));
    card
}

fn line(voice: &Voice, entry: &Entry, with_records: bool) -> String {
    let who = entry.actor.as_ref().map_or(voice.bot, |a| a.name.as_str());
    let step = entry.step.map(|n| format!(" · U{n}")).unwrap_or_default();
    let records = match with_records {
        true => {
            voice.joined(entry.touched.iter().filter_map(touched_handle).map(|h| h.to_string()))
        }
        false => String::new(),
    };
    let blank = if records.is_empty() { "" } else { " " };
    format!("{} {who} {}{blank}{records}{step}", voice.at(entry.at), what(voice, entry))
}

/// What an entry did, in a word or two.
fn what(voice: &Voice, entry: &Entry) -> String {
    if let [undone, ..] = entry.undoes.as_slice() {
        return voice.pick(format!("撤销 U{undone}"), format!("undid U{undone}"));
    }
    let command = match &entry.what {
        What::Command(command) => command.as_str(),
        What::Refused(_) => return voice.pick("被拒", "was refused").to_owned(),
        What::Message => return voice.pick("说了这条", "said it").to_owned(),
        What::Post(_) => return voice.pick("到时处理", "did what was due").to_owned(),
        What::Reported => return voice.pick("上报", "reported").to_owned(),
        What::SendFailed => return voice.pick("发送失败", "failed to send").to_owned(),
    };
    let (word, shape) = command.split_once('.').unwrap_or((command, ""));
    let name = match (word, shape) {
        (_, "done") => voice.pick("完成", "finished it"),
        (_, "reopen") => voice.pick("重开", "reopened it"),
        (_, "edit") => voice.pick("修改", "edited it"),
        (_, "give") => voice.pick("转交", "handed it over"),
        (_, "remove") => voice.pick("删除", "removed it"),
        (_, "enable") => voice.pick("启用", "enabled it"),
        (_, "disable") => voice.pick("停用", "disabled it"),
        ("tag", _) => voice.pick("加标签", "tagged it"),
        ("archive", _) => voice.pick("归档", "archived it"),
        (_, _) => voice.pick("新建", "made it"),
    };
    name.to_owned()
}

/// Why a record is as it is: the last entry that touched it, its command or its rules, and the
/// tags' words.
pub fn why(
    voice: &Voice,
    handle: Handle,
    entry: &Entry,
    line: Option<&str>,
    tags: &[Tagged],
) -> Outgoing {
    let who = entry.actor.as_ref().map_or(voice.bot, |a| a.name.as_str());
    let did = what(voice, entry);
    let mut lines = vec![voice.pick(
        format!("{handle}：{} {who} {did}", voice.at(entry.at)),
        format!("{handle}: {who} {did}, {}", voice.at(entry.at)),
    )];
    if let Some(line) = line {
        let said = voice.quote(&excerpt(line));
        lines
            .push(voice.pick(format!("因为这句：{said}"), format!("Because of this line: {said}")));
    }
    for rule in &entry.rules {
        lines.push(voice.pick(
            format!("规则 {} 第{}版起了作用", rule.handle, rule.version),
            format!("Rule {}, version {}, acted", rule.handle, rule.version),
        ));
    }
    for tagged in tags {
        if let (Some(rule), Some(word)) = (tagged.rule, &tagged.word) {
            let word = voice.quote(word);
            lines.push(voice.pick(
                format!("#{} 来自 R{rule}：含{word}", tagged.tag),
                format!("#{} comes from R{rule}: it holds {word}", tagged.tag),
            ));
        }
    }
    lines.push(voice.pick(format!("全部记录：日志 {handle}"), format!("All of it: log {handle}")));
    Outgoing::text(lines.join("\n"))
}
