//! The settings as values, all valid. Made by `load`; secrets in them are references.

use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;

use chrono_tz::Tz;

use super::account::Account;
use super::problem::Problem;
use super::secret::{SecretRef, World};
use crate::model::{Calendar, Lang, PersonId, Secret, Settings};

/// Longest list of days off, in bytes: a century of them.
const HOLIDAYS_BYTES_MAX: usize = 200_000;

/// Everything `bot.toml` says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Config {
    /// `[server]`
    pub server: Server,
    /// `[store]`
    pub store: Store,
    /// `[keys]`
    pub keys: Keys,
    /// `[bot]`
    pub bot: Bot,
    /// `[time]`
    pub time: Time,
    /// `[log]`
    pub log: Log,
    /// Every `[[account]]`, in the order of the file; names are unique.
    pub accounts: Vec<Account>,
}

/// How it is reached.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Server {
    /// Where it listens.
    pub listen: SocketAddr,
    /// Base that outside systems reach, without a final slash; empty: made from `listen`.
    pub public_url: String,
}

/// Where the data is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Store {
    /// Which engine.
    pub backend: Backend,
    /// Folder of the data, as written.
    pub path: PathBuf,
}

/// A storage engine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Backend {
    /// Forgets everything at exit.
    Memory,
    /// On disk, sealed.
    Sled,
}

/// What seals the data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Keys {
    /// The master key; see [`SecretRef::resolve_key`].
    pub master: SecretRef,
}

/// The bot itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bot {
    /// Display name.
    pub name: String,
    /// Other names.
    pub aliases: Vec<String>,
    /// Language where nothing else sets it.
    pub language: Lang,
    /// Zone where nothing else sets it.
    pub timezone: Tz,
    /// Admins from the start, of accounts that exist.
    pub admins: Vec<PersonId>,
}

/// By which calendar it reckons.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Time {
    /// A list of days off and make-up days over the official one.
    pub holidays: Option<HolidayFile>,
}

/// A list of days off.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HolidayFile {
    /// Where it is, as written.
    pub path: PathBuf,
    /// File and line that name it; its text is empty.
    pub place: Problem,
}

/// What is logged, and how.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Log {
    /// In which form.
    pub format: LogFormat,
    /// From which severity on.
    pub level: LogLevel,
}

/// Form of a log line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LogFormat {
    /// For people.
    Text,
    /// One object a line.
    Json,
}

/// Severity of a log line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LogLevel {
    /// Somebody must act.
    Error,
    /// Somebody should look.
    Warn,
    /// What happens in normal operation.
    Info,
    /// For finding a fault.
    Debug,
}

impl Server {
    /// Base that outside systems reach: as written, else `http://` and the address listened on.
    pub fn public_url(&self) -> String {
        if !self.public_url.is_empty() {
            return self.public_url.clone();
        }
        let loopback: IpAddr = match self.listen {
            SocketAddr::V4(_) => std::net::Ipv4Addr::LOCALHOST.into(),
            SocketAddr::V6(_) => std::net::Ipv6Addr::LOCALHOST.into(),
        };
        let any = self.listen.ip().is_unspecified();
        let ip = if any { loopback } else { self.listen.ip() };
        format!("http://{}", SocketAddr::new(ip, self.listen.port()))
    }
}

impl Config {
    /// What decisions depend on, with the calendar that `holidays` gave. The claim code is left for
    /// whoever makes it.
    pub fn settings(&self, calendar: Calendar) -> Settings {
        Settings {
            name: self.bot.name.clone(),
            aliases: self.bot.aliases.clone(),
            lang: self.bot.language,
            zone: self.bot.timezone,
            admins: self.bot.admins.clone(),
            claim_code_hash: None,
            public_url: self.server.public_url(),
            calendar: calendar.into(),
        }
    }

    /// The days on which people work: the list that is named over the official one. All problems at
    /// once, with their lines in the list.
    pub fn calendar(&self, world: &World) -> Result<Calendar, Vec<Problem>> {
        let official = Calendar::official();
        let Some(HolidayFile { path, place }) = &self.time.holidays else {
            return Ok(official.clone());
        };
        let unread = |why: String| {
            let text = format!("\"holidays\" in [time] names {}: {why}", path.display());
            vec![Problem { text, ..place.clone() }]
        };
        let bytes = (world.file)(path).map_err(unread)?;
        if bytes.len() > HOLIDAYS_BYTES_MAX {
            return Err(unread(format!("more than {HOLIDAYS_BYTES_MAX} bytes")));
        }
        let text = String::from_utf8(bytes).map_err(|_| unread("it is no UTF-8 text".into()))?;
        let file = path.display().to_string();
        let problem = |(line, text)| Problem { file: file.clone(), line: Some(line), text };
        match Calendar::read(&text) {
            Ok(own) => Ok(own.over(official)),
            Err(wrong) => Err(wrong.into_iter().map(problem).collect()),
        }
    }

    /// Every account with its secrets fetched. All problems at once.
    pub fn resolve_accounts(&self, world: &World) -> Result<Vec<Account<Secret>>, Vec<Problem>> {
        let (mut accounts, mut problems) = (Vec::new(), Vec::new());
        for account in &self.accounts {
            match account.resolve(world) {
                Ok(account) => accounts.push(account),
                Err(more) => problems.extend(more),
            }
        }
        if problems.is_empty() { Ok(accounts) } else { Err(problems) }
    }
}
