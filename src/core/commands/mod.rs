//! One handler file a word. A new noun is one TOML, one file here and one line in [`LIST`].

pub mod agenda;
pub mod alert;
pub mod archive;
pub mod cabinet;
pub mod claim;
mod effects;
pub mod erase;
pub mod export;
pub mod file;
pub mod find;
pub mod follow;
pub mod help;
pub mod import;
pub mod keep;
pub mod keyword;
pub mod log;
pub mod mask;
mod matched;
pub mod message;
pub mod more;
pub mod page;
pub mod record;
pub mod remind;
pub mod rename;
pub mod report;
mod retime;
pub mod role;
pub mod seal;
pub mod settings;
pub mod skip;
pub mod snooze;
pub mod source;
pub mod status;
pub mod subscribe;
pub mod tag;
pub mod task;
pub mod tour;
mod tried;
pub mod undo;
pub mod whom;
pub mod why;
mod wording;
mod wordlist;

use super::handler::{Handler, by_dispatch, by_noun, nobody};
use super::requests;

macro_rules! word {
    ($key:literal, $run:path, $owners:path) => {
        Handler {
            key: $key,
            file: concat!($key, ".toml"),
            toml: include_str!(concat!("../../../commands/", $key, ".toml")),
            run: $run,
            owners: $owners,
        }
    };
}

/// Every word, in the order in which help shows them: nouns first, then the verbs they share.
pub const LIST: &[Handler] = &[
    word!("task", task::run, task::owners),
    word!("remind", remind::run, remind::owners),
    word!("follow", follow::run, follow::owners),
    word!("agenda", agenda::run, nobody),
    word!("keyword", keyword::run, keyword::owners),
    word!("tag", tag::run, nobody),
    word!("rename", rename::run, nobody),
    word!("archive", archive::run, nobody),
    word!("cabinet", cabinet::run, cabinet::owners),
    word!("find", find::run, nobody),
    word!("message", message::run, nobody),
    word!("file", file::run, nobody),
    word!("keep", keep::run, nobody),
    word!("erase", erase::run, nobody),
    word!("export", export::run, export::owners),
    word!("snapshot", export::run, nobody),
    word!("import", import::run, nobody),
    word!("page", page::run, nobody),
    word!("seal", seal::run, nobody),
    word!("source", source::run, nobody),
    word!("subscribe", subscribe::run, subscribe::owners),
    word!("alert", alert::run, nobody),
    word!("report", report::run, report::owners),
    word!("more", more::run, nobody),
    word!("undo", undo::run, nobody),
    word!("log", log::run, nobody),
    word!("why", why::run, nobody),
    word!("status", status::run, nobody),
    word!("role", role::run, nobody),
    word!("settings", settings::run, nobody),
    word!("mask", mask::run, nobody),
    word!("record", record::run, nobody),
    word!("request", by_dispatch, requests::owners),
    word!("help", help::run, nobody),
    word!("tour", tour::run, nobody),
    word!("claim", claim::run, nobody),
    word!("done", by_noun, nobody),
    word!("progress", by_noun, nobody),
    word!("accept", by_noun, nobody),
    word!("reject", by_noun, nobody),
    word!("reopen", by_noun, nobody),
    word!("edit", by_noun, nobody),
    word!("give", by_noun, nobody),
    word!("add", by_noun, nobody),
    word!("drop", by_noun, nobody),
    word!("versions", by_noun, nobody),
    word!("snooze", by_noun, nobody),
    word!("skip", by_noun, nobody),
    word!("enable", by_noun, nobody),
    word!("disable", by_noun, nobody),
    word!("remove", by_noun, nobody),
    word!("approve", by_noun, nobody),
    word!("decline", by_noun, nobody),
];

/// Name and text of every word's file, for the catalogue.
pub fn files() -> Vec<(&'static str, &'static str)> {
    LIST.iter().map(|handler| (handler.file, handler.toml)).collect()
}
