//! The file's text as settings: parsed with positions, laid over the defaults, checked as a whole.

use std::path::PathBuf;

use toml::de::{DeTable, DeValue};

use super::account::Account;
use super::problem::{Problem, Problems, suggestion};
use super::secret::SecretRef;
use super::section::Section;
use super::settings::{
    Backend, Bot, Config, HolidayFile, Keys, Log, LogFormat, LogLevel, Server, Store, Time,
};
use super::values::{base_url, choice, display_name, filled, language, listen, zone};
use crate::model::PersonId;

/// `bot.toml` as it is shipped: the manual of the settings, and their defaults.
pub const DEFAULTS: &str = include_str!("../../bot.toml");

/// The tables of the file, and the list of accounts.
const SECTIONS: [&str; 7] = ["server", "store", "keys", "bot", "time", "log", "account"];

impl Config {
    /// Reads settings. `file` is the name that problems give; all of them come at once, in the
    /// order of the file.
    pub fn load(text: &str, file: &str) -> Result<Self, Vec<Problem>> {
        let mut problems = Problems::new(file, text);
        let (written, errors) = DeTable::parse_recoverable(text);
        for error in &errors {
            problems.add(&error.span(), error.message());
        }
        let (defaults, _) = DeTable::parse_recoverable(DEFAULTS);
        let config = read(written.get_ref(), defaults.get_ref(), &mut problems);
        match (config, problems.sorted()) {
            (Some(config), problems) if problems.is_empty() => Ok(config),
            (_, problems) => Err(problems),
        }
    }
}

fn read(written: &DeTable, defaults: &DeTable, problems: &mut Problems) -> Option<Config> {
    for key in written.keys().filter(|key| !SECTIONS.contains(&key.get_ref().as_ref())) {
        let word = key.get_ref();
        let end = suggestion(word, &SECTIONS);
        problems.add(&Some(key.span()), format!("unknown section [{word}]{end}"));
    }
    let server = server(&section("server", written, defaults, problems), problems);
    let store = store(&section("store", written, defaults, problems), problems);
    let keys = section("keys", written, defaults, problems);
    let master = SecretRef::required(&keys, "master", problems);
    let (accounts, names) = accounts(written, problems);
    let bot = bot(&section("bot", written, defaults, problems), &names, problems);
    let time = time(&section("time", written, defaults, problems), problems);
    let log = log(&section("log", written, defaults, problems), problems);
    Some(Config {
        server: server?,
        store: store?,
        keys: Keys { master: master? },
        bot: bot?,
        time: time?,
        log: log?,
        accounts,
    })
}

/// A table of the file over its defaults; its keys are those that the defaults have.
fn section<'t>(
    name: &str,
    written: &'t DeTable<'t>,
    defaults: &'t DeTable<'t>,
    problems: &mut Problems,
) -> Section<'t> {
    let value = written.get(name);
    let place = value.map(|value| value.span());
    let table = value.and_then(|value| value.get_ref().as_table());
    if value.is_some() && table.is_none() {
        problems.add(&place, format!("{name:?} is a section; write [{name}] on a line of its own"));
    }
    let defaults = defaults.get(name).and_then(|value| value.get_ref().as_table());
    let section = Section { name: format!("[{name}]"), place, written: table, defaults };
    let known: Vec<&str> =
        defaults.into_iter().flat_map(|table| table.keys()).map(|key| &**key.get_ref()).collect();
    section.check_keys(&known, problems);
    section
}

fn server(section: &Section, problems: &mut Problems) -> Option<Server> {
    let listen = section.parsed("listen", problems, listen);
    let public_url = section.parsed("public_url", problems, |text| match text {
        "" => Ok(String::new()),
        written => base_url(written),
    });
    Some(Server { listen: listen?, public_url: public_url? })
}

fn store(section: &Section, problems: &mut Problems) -> Option<Store> {
    let backends = [("memory", Backend::Memory), ("sled", Backend::Sled)];
    let backend = section.parsed("backend", problems, |text| choice(text, &backends));
    let path = section.parsed("path", problems, filled);
    Some(Store { backend: backend?, path: PathBuf::from(path?) })
}

fn bot(section: &Section, accounts: &[String], problems: &mut Problems) -> Option<Bot> {
    let name = section.parsed("name", problems, display_name);
    let aliases = section.list("aliases", problems, display_name);
    let language = section.parsed("language", problems, language);
    let timezone = section.parsed("timezone", problems, zone);
    let admins = section.list("admins", problems, |text| admin(text, accounts));
    Some(Bot {
        name: name?,
        aliases: aliases.into_iter().map(|(_, alias)| alias).collect(),
        language: language?,
        timezone: timezone?,
        admins: admins.into_iter().map(|(_, person)| person).collect(),
    })
}

fn time(section: &Section, problems: &mut Problems) -> Option<Time> {
    let path = section.parsed("holidays", problems, |text| Ok(PathBuf::from(text)))?;
    let written = section.find("holidays").and_then(|found| found.place);
    let place = problems.at(&written, "");
    let named = !path.as_os_str().is_empty();
    Some(Time { holidays: named.then_some(HolidayFile { path, place }) })
}

/// A bare id is of the first account, `account:id` of that one. `accounts` are the names of all,
/// also of those with a problem.
fn admin(text: &str, accounts: &[String]) -> Result<PersonId, String> {
    let id = filled(text)?;
    let Some(first) = accounts.first() else {
        return Err(format!("names {id:?}, but there is no [[account]] that knows them"));
    };
    let (account, id) = id.split_once(':').unwrap_or((first, &id));
    if accounts.iter().any(|known| known == account) && !id.is_empty() {
        return Ok(PersonId { account: account.into(), id: id.into() });
    }
    let names: Vec<&str> = accounts.iter().map(String::as_str).collect();
    Err(format!("names account {account:?}, which is not here{}", suggestion(account, &names)))
}

fn log(section: &Section, problems: &mut Problems) -> Option<Log> {
    let formats = [("text", LogFormat::Text), ("json", LogFormat::Json)];
    let levels = [
        ("error", LogLevel::Error),
        ("warn", LogLevel::Warn),
        ("info", LogLevel::Info),
        ("debug", LogLevel::Debug),
    ];
    let format = section.parsed("format", problems, |text| choice(text, &formats));
    let level = section.parsed("level", problems, |text| choice(text, &levels));
    Some(Log { format: format?, level: level? })
}

/// The accounts, and the names of all, also of those with a problem.
fn accounts(written: &DeTable, problems: &mut Problems) -> (Vec<Account>, Vec<String>) {
    let (mut accounts, mut names) = (Vec::new(), Vec::new());
    let Some(value) = written.get("account") else { return (accounts, names) };
    let Some(items) = value.get_ref().as_array() else {
        let text = "accounts are a list; write [[account]] with two brackets";
        problems.add(&Some(value.span()), text);
        return (accounts, names);
    };
    for (index, item) in items.iter().enumerate() {
        let place = Some(item.span());
        let DeValue::Table(table) = item.get_ref() else {
            problems.add(&place, "an account is a section; write [[account]] on a line of its own");
            continue;
        };
        let name = format!("[[account]] {}", index + 1);
        let section = Section { name, place, written: Some(table), defaults: None };
        accounts.extend(Account::read(section, &mut names, problems));
    }
    (accounts, names)
}
