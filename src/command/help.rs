//! Help made from the catalogue: what a role may use, and the README's table.

use std::fmt::Write;

use super::catalogue::Catalogue;
use super::word::{Kind, Role, Word};
use crate::model::Lang;

/// The words a person of this role may use, in the catalogue's order: nouns with a shape they may
/// use, and the verbs of those nouns. An owner's right counts as everybody's: whoever makes a
/// record owns it.
pub fn visible(catalogue: &Catalogue, role: Role) -> Vec<&Word> {
    let words = catalogue.words();
    let verb_usable = |key: &str| {
        let takes_it = |noun: &&Word| noun.verbs.iter().any(|verb| verb == key);
        words.iter().filter(takes_it).any(|noun| may(noun, key, role))
    };
    let usable = |word: &&Word| match word.kind {
        Kind::Noun => shapes(word).iter().any(|shape| may(word, shape, role)),
        Kind::Verb => verb_usable(&word.key),
    };
    words.iter().filter(usable).collect()
}

/// The README's command table, in Markdown: nouns first, then verbs, each in the catalogue's order.
pub fn markdown(catalogue: &Catalogue, lang: Lang) -> String {
    let (word, other, does, line) = match lang {
        Lang::Zh => ("命令", "英文", "作用", "这样写"),
        Lang::En => ("Command", "Chinese", "What it does", "For example"),
    };
    let mut table = format!("| {word} | {other} | {does} | {line} |\n|---|---|---|---|\n");
    let kinds = [Kind::Noun, Kind::Verb];
    let sorted = kinds.iter().flat_map(|kind| catalogue.words().iter().filter(|w| w.kind == *kind));
    for entry in sorted {
        let names = entry.names(lang);
        let twin = match lang {
            Lang::Zh => &entry.en.name,
            Lang::En => &entry.zh.name,
        };
        let line = names.lines.first().map(String::as_str).unwrap_or_default();
        let cells = [code(&names.name), code(twin), cell(&names.help), code(line)];
        // Writing to a string cannot fail.
        let _ = writeln!(table, "| {} |", cells.join(" | "));
    }
    table
}

/// The shapes a noun has that need no verb.
fn shapes(word: &Word) -> &'static [&'static str] {
    if word.bare_creates { &["create"] } else { &["list", "create"] }
}

fn may(noun: &Word, what: &str, role: Role) -> bool {
    match noun.roles.get(what).copied().unwrap_or(Role::Member) {
        Role::Member | Role::Owner => true,
        needs @ (Role::Lead | Role::Admin | Role::Organisation) => role >= needs,
    }
}

fn code(text: &str) -> String {
    format!("`{}`", cell(text))
}

/// A bar would end the cell, in code too.
fn cell(text: &str) -> String {
    text.replace('|', "\\|")
}
