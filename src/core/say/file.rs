//! Sentences about files that were sent.

use super::Voice;
use super::more::Long;
use super::voice::excerpt;
use crate::model::message::{Form, Message};
use crate::model::outgoing::{Outgoing, Span};

/// A file was sent to the bot: what is kept of it.
pub fn kept(voice: &Voice, number: u32, message: &Message) -> Outgoing {
    let name = voice.quote(&excerpt(&message.text));
    let version = match message.form {
        Some(Form::File { version }) if version > 1 => {
            voice.pick(format!("，第 {version} 版"), format!(", version {version}"))
        }
        Some(Form::File { .. } | Form::Voice | Form::Picture | Form::Video) | None => String::new(),
    };
    Outgoing::text(voice.pick(
        format!("记下了文件{name}{version}（M{number}）。我只记名字，内容不下载；找文件就说：文件"),
        format!(
            "Noted the file {name}{version} (M{number}). I keep its name and not its content; to \
             find files: files"
        ),
    ))
}

/// Files with their versions, the last ones first: without a name the last version of each.
pub fn list(voice: &Voice, name: &str, files: &[Vec<(u32, Message)>]) -> Long {
    if files.is_empty() {
        let name = voice.quote(name);
        return Long::none(match name.chars().count() {
            2 => voice.lines("这里还没有人发过文件", "No files were sent here yet"),
            _ => voice.lines(
                &format!("没有名字里有{name}的文件。看全部：文件"),
                &format!("No file has {name} in its name. See all: files"),
            ),
        });
    }
    let line = |(number, message): &(u32, Message), count: Option<usize>| {
        let (text, at) = (excerpt(&message.text), voice.at(message.sent_at));
        let who = message.sender.as_ref().map(|s| s.name.as_str()).unwrap_or_default();
        let version = match (count, message.form) {
            (Some(1), _) | (_, None | Some(Form::Voice | Form::Picture | Form::Video)) => {
                String::new()
            }
            (_, Some(Form::File { version })) => {
                voice.pick(format!(" 第 {version} 版"), format!(", version {version}"))
            }
        };
        let tags: String = message.tags.iter().map(|t| format!(" #{}", t.tag)).collect();
        vec![Span::from(format!("M{number} {text}{version} · {who} · {at}{tags}"))]
    };
    let lines: Vec<Vec<Span>> = match name {
        "" => files.iter().map(|versions| line(&versions[0], Some(versions.len()))).collect(),
        _ => files.iter().flatten().map(|version| line(version, None)).collect(),
    };
    let head = match name {
        "" => voice.pick("最近的文件".to_owned(), "Latest files".to_owned()),
        _ => {
            let name = voice.quote(name);
            voice.pick(format!("文件{name}"), format!("Files {name}"))
        }
    };
    Long::new(Outgoing::text(head), lines)
}
