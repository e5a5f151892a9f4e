//! What is said otherwise than in words: speech, pictures and files, kept as messages by what is
//! known of them. A file that comes again under its name is another version of it. No content is
//! fetched.

use serde::{Deserialize, Serialize};

use super::turn::Turn;
use crate::model::event::Body;
use crate::model::message::{Form, Message};
use crate::store::table::id;
use crate::store::{Order, Table, TableId};
use crate::text::fold::fold;

/// Names of files of a conversation that are looked through.
pub const NAMES_MAX: usize = 5_000;
/// Versions of one file that are kept track of.
const COPIES_MAX: usize = 100;

/// The messages that brought a file of one name. The name itself stands in the messages alone, so
/// that it goes with them. Bookkeeping, by hash of the name.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Copies {
    /// Versions before those listed.
    before: u32,
    /// The messages, the oldest first.
    numbers: Vec<u32>,
}

impl Table for Copies {
    const ID: TableId = id::FILE;
}

/// In what form something was said, and what is kept of it in words.
pub fn said(body: &Body) -> Option<(Option<Form>, &str)> {
    Some(match body {
        Body::Text(text) => (None, text.trim()),
        Body::Audio { transcript } => {
            let words = transcript.as_deref().map(str::trim).filter(|text| !text.is_empty());
            (Some(Form::Voice), words.unwrap_or("[语音]"))
        }
        Body::Picture => (Some(Form::Picture), "[图片]"),
        Body::Video => (Some(Form::Video), "[视频]"),
        Body::File { name } if name.trim().is_empty() => {
            (Some(Form::File { version: 1 }), "[文件]")
        }
        Body::File { name } => (Some(Form::File { version: 1 }), name.trim()),
        Body::Unknown { .. } => return None,
    })
}

/// The form of a file as the next version of its name, which this message brought.
pub fn another(turn: &mut Turn, name: &str, number: u32) -> Form {
    let rest = turn.name_rest(Copies::ID, fold(name).text.as_bytes());
    let mut copies: Copies = turn.get_at(&rest).unwrap_or_default();
    copies.numbers.push(number);
    if copies.numbers.len() > COPIES_MAX {
        copies.numbers.remove(0);
        copies.before += 1;
    }
    turn.put_at(&rest, &copies);
    let count = u32::try_from(copies.numbers.len()).unwrap_or(u32::MAX);
    Form::File { version: copies.before + count }
}

/// Files whose names hold all these words, the one that came last first: each with its versions,
/// the last one first.
pub fn named(turn: &mut Turn, words: &str) -> Vec<Vec<(u32, Message)>> {
    let words = fold(words).text;
    let words: Vec<&str> = words.split_whitespace().collect();
    let mut files = Vec::new();
    for (_, copies) in turn.rows::<Copies>(NAMES_MAX, Order::Up) {
        let mut versions = Vec::new();
        for number in copies.numbers.into_iter().rev() {
            let Some(message) = turn.get::<Message>(number).filter(Message::is_shown) else {
                continue;
            };
            // All bear the same name.
            let name = fold(&message.text).text;
            if !words.iter().all(|word| name.contains(word)) {
                break;
            }
            versions.push((number, message));
        }
        if !versions.is_empty() {
            files.push(versions);
        }
    }
    files.sort_by_key(|versions| std::cmp::Reverse(versions[0].0));
    files
}
