//! What the catalogue must satisfy as a whole. Whether each line of help parses is left to the
//! tests.

use std::collections::{BTreeMap, BTreeSet};

use super::word::{Kind, Names, Word};
use crate::model::Lang;
use crate::text::fold::fold;

/// Most lines to copy a word may show: a help page fits a phone's screen.
const LINES_MAX: usize = 3;

/// Keys of `roles` besides the verbs.
const ROLE_KEYS: [&str; 3] = ["list", "create", "show"];

/// Every problem of these words, a line each; `(file name, word)` pairs.
pub fn problems(files: &[(&str, &Word)]) -> Vec<String> {
    let verbs: BTreeSet<&str> =
        files.iter().filter(|(_, w)| w.kind == Kind::Verb).map(|(_, w)| w.key.as_str()).collect();
    let used: BTreeSet<&str> =
        files.iter().flat_map(|(_, w)| w.verbs.iter().map(String::as_str)).collect();
    let mut found = Vec::new();
    for (file, word) in files {
        let own = own_problems(file, word)
            .into_iter()
            .chain(kind_problems(word, &verbs, &used))
            .chain(role_problems(word))
            .chain(language_problems(word, Lang::Zh))
            .chain(language_problems(word, Lang::En));
        found.extend(own.map(|problem| format!("{file}: {problem}")));
    }
    found.extend(shared(files));
    found
}

/// The key, and nothing said twice.
fn own_problems(file: &str, word: &Word) -> Vec<String> {
    let mut found = Vec::new();
    if file.rsplit('/').next() != Some(&format!("{}.toml", word.key)) {
        found.push(format!("key: `{}` is not the file's name", word.key));
    }
    for (at, form) in word.takes.iter().enumerate() {
        if word.takes[..at].contains(form) {
            found.push(format!("takes[{at}]: said twice"));
        }
    }
    for (at, verb) in word.verbs.iter().enumerate() {
        if word.verbs[..at].contains(verb) {
            found.push(format!("verbs[{at}]: said twice"));
        }
    }
    found
}

/// Letters, verbs and `bare_creates` fit the kind.
fn kind_problems(word: &Word, verbs: &BTreeSet<&str>, used: &BTreeSet<&str>) -> Vec<String> {
    let mut found = Vec::new();
    if word.letter.is_some_and(|letter| !letter.is_ascii_uppercase()) {
        found.push("letter: must be one of A to Z".into());
    }
    match word.kind {
        Kind::Noun => {
            for (at, verb) in word.verbs.iter().enumerate() {
                if !verbs.contains(verb.as_str()) {
                    found.push(format!("verbs[{at}]: `{verb}` is no verb"));
                }
            }
            if word.letter.is_none() && !word.verbs.is_empty() {
                found.push("verbs: a word without a letter has no records to act on".into());
            }
        }
        Kind::Verb => {
            if word.letter.is_some() || !word.verbs.is_empty() || word.bare_creates {
                found.push("kind: a verb has no letter, verbs or bare_creates".into());
            }
            if !used.contains(word.key.as_str()) {
                found.push("key: no noun takes this verb".into());
            }
        }
    }
    found
}

/// The keys of `roles` are shapes the word has.
fn role_problems(word: &Word) -> Vec<String> {
    let known = |key: &str| match word.kind {
        Kind::Noun => ROLE_KEYS.contains(&key) || word.verbs.iter().any(|verb| verb == key),
        Kind::Verb => false,
    };
    let unknown = word.roles.keys().filter(|key| !known(key));
    unknown.map(|key| format!("roles.{key}: neither list, create, show nor one of verbs")).collect()
}

/// Name, help, lines and example of one language.
fn language_problems(word: &Word, lang: Lang) -> Vec<String> {
    let names = word.names(lang);
    let mut found = Vec::new();
    let mut say = |place: &str, what: &str| found.push(format!("{}.{place}: {what}", code(lang)));
    for name in spellings(names) {
        if fold(name).text.trim().is_empty() {
            say("name", "empty");
        }
        if contains_cjk(name) != (lang == Lang::Zh) {
            say("name", &format!("`{name}` is not in this language's script"));
        }
    }
    if names.help.trim().is_empty() || names.help.contains('\n') {
        say("help", "must be one sentence");
    }
    if names.lines.is_empty() || names.lines.len() > LINES_MAX {
        say("lines", &format!("must be 1 to {LINES_MAX}"));
    }
    if !word.examples.iter().any(|example| shows(&example.talk, names)) {
        say("example", "none uses this word");
    }
    found
}

/// Whether a member's line in this talk uses one of the names.
fn shows(talk: &str, names: &Names) -> bool {
    let said = |line: &str| line.split_once("> @").map(|(_, said)| fold(said).text);
    talk.lines()
        .filter_map(said)
        .any(|said| spellings(names).any(|name| said.contains(&fold(name).text)))
}

/// Names and letters that two words have.
fn shared(files: &[(&str, &Word)]) -> Vec<String> {
    let mut names: BTreeMap<String, &str> = BTreeMap::new();
    let mut letters: BTreeMap<char, &str> = BTreeMap::new();
    let mut found = Vec::new();
    for (file, word) in files {
        for name in spellings(&word.zh).chain(spellings(&word.en)) {
            let folded = fold(name).text.split_whitespace().collect();
            if let Some(other) = names.insert(folded, file) {
                found.push(format!("{file}: name `{name}` is taken by {other}"));
            }
        }
        if let Some(letter) = word.letter
            && let Some(other) = letters.insert(letter, file)
        {
            found.push(format!("{file}: letter {letter} is taken by {other}"));
        }
    }
    found
}

fn spellings(names: &Names) -> impl Iterator<Item = &str> {
    std::iter::once(&names.name).chain(&names.aliases).map(String::as_str)
}

fn code(lang: Lang) -> &'static str {
    match lang {
        Lang::Zh => "zh",
        Lang::En => "en",
    }
}

fn contains_cjk(text: &str) -> bool {
    text.chars().any(super::glyphs::is_cjk)
}
