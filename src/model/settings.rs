//! What the operator set and decisions depend on. Read once at start, handed to every turn.

use std::sync::Arc;

use chrono_tz::Tz;

use super::{Calendar, Lang, PersonId};

/// Settings that core sees; the rest of `bot.toml` concerns shell.
#[derive(Debug, Clone, PartialEq)]
pub struct Settings {
    /// Display name of the bot.
    pub name: String,
    /// Other names it is called by.
    pub aliases: Vec<String>,
    /// Language where no command sets it.
    pub lang: Lang,
    /// Zone of dates where no conversation sets another.
    pub zone: Tz,
    /// People who are admins from the start.
    pub admins: Vec<PersonId>,
    /// SHA-256 of the one-time claim code, when there is no admin yet.
    pub claim_code_hash: Option<[u8; 32]>,
    /// Base of the address that `来源 新建` prints, without a final slash.
    pub public_url: String,
    /// The days on which people work.
    pub calendar: Arc<Calendar>,
}
