//! One file of `commands/` as values. What the whole catalogue must satisfy is checked in `check`.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::model::Lang;
use crate::text::when::Aim;

/// What an argument looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Form {
    /// Free text.
    Content,
    /// A date or time.
    When,
    /// A recurrence.
    Every,
    /// How long before its time something is told.
    Lead,
    /// `@person`.
    People,
    /// `#tag`.
    Tags,
    /// `key=value`.
    Pairs,
    /// `field<50`.
    Tests,
    /// `T12`.
    Handles,
    /// A bare number.
    Count,
    /// `到 name` / `to name`.
    Target,
}

/// Where somebody may be named without an @; the directory says that it is a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Calls {
    /// Right behind the word: `提醒王芳 …`.
    Behind,
    /// Behind a word that leads to them: `任务 让王芳 …`.
    Led,
}

/// Who may do something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// Everybody in the conversation.
    Member,
    /// Whoever made the record or is assigned to it, leads and admins.
    Owner,
    /// Leads of the conversation or of the organisation, and admins.
    Lead,
    /// Admins of the conversation or of the organisation.
    Admin,
    /// Admins of the organisation: what reaches beyond the conversation.
    Organisation,
}

/// Noun or verb.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// Opens a line: `任务 …`.
    Noun,
    /// Follows a handle: `T12 完成`.
    Verb,
}

/// A word's names and help in one language.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Names {
    /// The word.
    pub name: String,
    /// Other spellings.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// Words that narrow its list, by what they mean: `overdue = ["逾期"]`. Folded by the catalogue.
    #[serde(default)]
    pub filters: BTreeMap<String, Vec<String>>,
    /// One sentence: what it does.
    pub help: String,
    /// One to three lines to copy, without the @ of the bot.
    pub lines: Vec<String>,
}

/// An example that is run as a test.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Example {
    /// In the format of `tests/talks/*.talk`.
    pub talk: String,
}

/// One file of `commands/`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Word {
    /// What code calls it; the file's name without `.toml`.
    pub key: String,
    /// Noun or verb.
    pub kind: Kind,
    /// Letter of its handles, for nouns that number records.
    pub letter: Option<char>,
    /// Forms that arguments of `List`/`Create` (noun) or of the verb may have.
    #[serde(default)]
    pub takes: Vec<Form>,
    /// How people may be named without an @.
    #[serde(default)]
    pub calls: Option<Calls>,
    /// A line with no arguments is still `Create` (`撤销`, `帮助`), for nouns that have no list.
    #[serde(default)]
    pub bare_creates: bool,
    /// Keys of the verbs that fit its handles.
    #[serde(default)]
    pub verbs: Vec<String>,
    /// Who may: keys are `list`, `create`, `show` or a verb's key; `member` where nothing is said.
    #[serde(default)]
    pub roles: BTreeMap<String, Role>,
    /// Chinese.
    pub zh: Names,
    /// English.
    pub en: Names,
    /// At least one in each language.
    #[serde(default, rename = "example")]
    pub examples: Vec<Example>,
}

impl Word {
    /// Its names in a language.
    pub fn names(&self, lang: Lang) -> &Names {
        match lang {
            Lang::Zh => &self.zh,
            Lang::En => &self.en,
        }
    }

    /// What its date says: a word that also takes recurrences tells when something happens.
    pub fn aim(&self) -> Aim {
        if self.takes.contains(&Form::Every) { Aim::Moment } else { Aim::Deadline }
    }
}
