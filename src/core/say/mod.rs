//! Every sentence the bot says, in Chinese and English. Nothing is decided here.

pub mod agenda;
pub mod cabinet;
pub mod erase;
pub mod export;
pub mod file;
pub mod follow;
pub mod found;
pub mod hello;
pub mod help;
pub mod import;
pub mod keep;
pub mod keyword;
pub mod lacking;
pub mod lead;
mod limit;
pub mod log;
pub mod mask;
pub mod merged;
pub mod message;
pub mod misread;
pub mod more;
pub mod page;
pub mod refusal;
pub mod remind;
pub mod report;
pub mod request;
pub mod role;
pub mod schedule;
pub mod seal;
pub mod sending;
pub mod settings;
pub mod source;
pub mod status;
pub mod tags;
pub mod task;
pub mod task_list;
pub mod tour;
pub mod undo;
pub mod unheard;
pub mod voice;
pub mod when;

pub use voice::Voice;

use crate::model::Outgoing;

/// A group's answer in somebody's direct chat: it says which group. Its buttons would type into the
/// wrong conversation.
pub fn elsewhere(card: Outgoing, place: &str) -> Outgoing {
    let title = card.title.or_else(|| Some(place.to_owned()).filter(|place| !place.is_empty()));
    Outgoing { title, buttons: Vec::new(), ..card }
}
