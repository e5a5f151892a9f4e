//! `bot.toml` and its checks: the defaults load, and every mistake is named with its line and a
//! cure.

use std::collections::BTreeSet;
use std::path::Path;

use steward::config::{Backend, Budgets, Config, DEFAULTS, Mode, PlatformConfig, World};
use steward::model::{Calendar, Lang, Secret};

/// An account that needs nothing more.
const ACCOUNT: &str = "[[account]]\nname = \"main\"\nplatform = \"dingtalk\"\n\
                       app_key = \"dingkey\"\napp_secret = { env = \"SECRET\" }\n\
                       robot_code = \"dingrobot\"\n";

fn problems(text: &str) -> Vec<String> {
    match Config::load(text, "bot.toml") {
        Ok(_) => Vec::new(),
        Err(problems) => problems.iter().map(ToString::to_string).collect(),
    }
}

/// The shipped file with the sample account no longer commented out.
fn manual() -> String {
    let (before, account) = DEFAULTS.split_once("# [[account]]").expect("the sample account");
    let bare = account.lines().map(|line| line.strip_prefix("# ").unwrap_or(line));
    format!("{before}[[account]]{}\n", bare.collect::<Vec<_>>().join("\n"))
}

/// Line number, key and value of every setting in a text.
fn settings(text: &str) -> Vec<(usize, &str, &str)> {
    let lines = text.lines().enumerate().filter(|(_, line)| !line.starts_with(['#', '[']));
    lines.filter_map(|(n, line)| line.split_once(" = ").map(|(k, v)| (n + 1, k, v))).collect()
}

/// The text with one line replaced.
fn with_line(text: &str, number: usize, line: &str) -> String {
    let lines = text.lines().enumerate();
    lines.map(|(n, old)| if n + 1 == number { line } else { old }).collect::<Vec<_>>().join("\n")
}

fn official() -> Calendar {
    Calendar::official().clone()
}

fn world<'a>(env: &'a dyn Fn(&str) -> Option<String>) -> World<'a> {
    World { env, file: &|_: &Path| Err("no such file".into()) }
}

#[test]
fn the_defaults_load_without_an_account() {
    let config = Config::load("", "bot.toml").expect("an empty file is the defaults");
    assert_eq!(
        Config::load(DEFAULTS, "bot.toml").map(|c| c.settings(official())),
        Ok(config.settings(official()))
    );
    assert_eq!(config.server.listen.to_string(), "127.0.0.1:8080");
    assert_eq!(config.server.public_url(), "http://127.0.0.1:8080");
    assert_eq!(config.store.backend, Backend::Sled);
    assert_eq!(config.keys.master.file(), Some(Path::new("data.key")));
    assert_eq!((config.bot.name.as_str(), config.bot.language), ("管家", Lang::Zh));
    assert!(config.accounts.is_empty() && config.bot.admins.is_empty());
}

#[test]
fn the_sample_account_shows_the_defaults_of_an_account() {
    let shown = Config::load(&manual(), "bot.toml").expect("the manual is valid");
    let bare = Config::load(ACCOUNT, "bot.toml").expect("the account is valid");
    let [PlatformConfig::Dingtalk(shown), PlatformConfig::Dingtalk(bare)] =
        [&shown.accounts[0].platform, &bare.accounts[0].platform]
    else {
        panic!("both are of DingTalk");
    };
    assert_eq!((&shown.api_base, &shown.oapi_base), (&bare.api_base, &bare.oapi_base));
    assert_eq!(shown.webhook_origins, bare.webhook_origins);
    assert_eq!((shown.mode, &shown.stream_origins), (bare.mode, &bare.stream_origins));
    assert_eq!(bare.mode, Mode::Http);
    assert_eq!((shown.limits.calls_per_s, bare.limits), (Some(20), Budgets::default()));
}

#[test]
fn every_misspelt_key_is_named_with_its_line_and_the_right_word() {
    let manual = manual();
    let keys = settings(&manual);
    assert_eq!(keys.len(), 29, "settings in the manual");
    for (line, key, value) in keys {
        let typo = format!("{}x{}", &key[..1], &key[1..]);
        let found = problems(&with_line(&manual, line, &format!("{typo} = {value}")));
        let start = format!("bot.toml:{line}: unknown key {typo:?} in [");
        let told = found.iter().any(|p| p.starts_with(&start) && p.contains(&format!("{key:?}")));
        assert!(told, "{key}: {found:?}");
    }
}

#[test]
fn every_value_of_a_wrong_type_is_named_with_its_line() {
    let manual = manual();
    for (line, key, _) in settings(&manual) {
        let found = problems(&with_line(&manual, line, &format!("{key} = true")));
        let start = format!("bot.toml:{line}: {key:?} ");
        assert!(found.iter().any(|problem| problem.starts_with(&start)), "{key}: {found:?}");
    }
}

#[test]
fn a_bare_secret_is_refused_and_not_repeated() {
    let manual = manual();
    let secrets: Vec<_> =
        settings(&manual).into_iter().filter(|(_, _, value)| value.starts_with("{ env")).collect();
    assert_eq!(secrets.len(), 4);
    for (line, key, _) in secrets {
        let found = problems(&with_line(&manual, line, &format!("{key} = \"hunter2\"")));
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].starts_with(&format!("bot.toml:{line}: {key:?}")), "{found:?}");
        assert!(found[0].contains(&format!("write {key} = {{ env = ")), "{found:?}");
        assert!(!found[0].contains("hunter2"), "{found:?}");
    }
    let found = problems("[keys]\nmaster = \"hunter2\"");
    assert!(found[0].starts_with("bot.toml:2: \"master\" in [keys] is a secret"), "{found:?}");
}

#[test]
fn several_problems_come_at_once_in_the_order_of_the_file() {
    let text = "[server]\nlistn = \"x\"\nlisten = \"localhost\"\n[bot]\nlanguage = \"zhh\"\n\
                timezone = \"Asia/Shanghia\"\nadmins = [\"secnd:a\"]\n[storage]\n";
    let found = problems(text);
    assert_eq!(
        found,
        [
            "bot.toml:2: unknown key \"listn\" in [server]; did you mean \"listen\"?",
            "bot.toml:3: \"listen\" in [server] is \"localhost\"; write an IP address and a port, \
             such as \"127.0.0.1:8080\"",
            "bot.toml:5: \"language\" in [bot] is \"zhh\"; did you mean \"zh\"?",
            "bot.toml:6: \"timezone\" in [bot] is \"Asia/Shanghia\", which is no time zone; \
             did you mean \"Asia/Shanghai\"?",
            "bot.toml:7: \"admins\" in [bot] names \"secnd:a\", but there is no [[account]] that \
             knows them",
            "bot.toml:8: unknown section [storage]; did you mean \"store\"?",
        ]
    );
}

#[test]
fn wrong_syntax_is_told_with_its_line_and_without_the_text_around_it() {
    let found = problems("[bot]\nname = \"管家\"\n[keys]\nmaster = hunter2\n");
    assert!(found.iter().any(|problem| problem.starts_with("bot.toml:4: ")), "{found:?}");
    assert!(!found.concat().contains("hunter2"), "{found:?}");
}

/// A file, and a part of each problem it must have: exactly these.
const WRONG_ACCOUNTS: [(&str, &[&str]); 9] = [
    ("[account]\nname = \"a\"", &[":1: accounts are a list; write [[account]]"]),
    ("account = [1]", &[":1: an account is a section"]),
    ("[[account]]", &[":1: [[account]] 1 lacks \"name\"", ":1: [[account]] 1 lacks \"platform\""]),
    (
        "[[account]]\nname = \"a b\"\nplatform = \"playground\"",
        &[":2: \"name\" in [[account]] 1 is"],
    ),
    (
        "[[account]]\nname = \"a\"\nplatform = \"dingtlk\"",
        &[":3: unknown platform \"dingtlk\" in [[account]] \"a\"; did you mean \"dingtalk\"?"],
    ),
    (
        "[[account]]\nname = \"a\"\nplatform = \"playground\"\napp_key = \"x\"",
        &[":4: unknown key \"app_key\" in [[account]] \"a\""],
    ),
    (
        "[[account]]\nname = \"a\"\nplatform = \"dingtalk\"",
        &[
            "lacks \"app_key\"",
            "lacks \"app_secret\"; write app_secret = {",
            "lacks \"robot_code\"",
        ],
    ),
    (
        "[[account]]\nname = \"a\"\nplatform = \"playground\"\n\
         [[account]]\nname = \"a\"\nplatform = \"playground\"",
        &[":5: there is another [[account]] \"a\""],
    ),
    (
        "[bot]\nadmins = [\"x\", \"b:y\"]\n[[account]]\nname = \"a\"\nplatform = \"playground\"",
        &[":2: \"admins\" in [bot] names account \"b\", which is not here"],
    ),
];

#[test]
fn a_wrong_account_is_told_what_it_lacks() {
    for (text, wanted) in WRONG_ACCOUNTS {
        let found = problems(text);
        assert_eq!(found.len(), wanted.len(), "{text}: {found:?}");
        for (problem, part) in found.iter().zip(wanted) {
            assert!(problem.contains(part), "{problem:?} should contain {part:?}");
        }
    }
}

/// Lines added to a good account, and a part of the one problem they make.
const WRONG_VALUES: [(&str, &str); 19] = [
    ("api_base = \"api.dingtalk.com\"", "write an address"),
    ("oapi_base = \"ftp://oapi.dingtalk.com\"", "write an address"),
    ("api_base = \"https://me:pw@api.dingtalk.com\"", "write an address"),
    ("webhook_origins = [\"https://oapi.dingtalk.com/robot\"]", "write an origin"),
    ("webhook_origins = [\"http://10.0.0.1\"]", "http is only for this machine"),
    ("event_token = { env = \"T\" }", "lacks \"event_aes_key\""),
    ("event_aes_key = { env = \"T\" }", "lacks \"event_token\""),
    ("card_secret = { env = \"T\", file = \"t\" }", "write card_secret = { env = "),
    ("custom_robot = { url = { env = \"U\" } }", "lacks \"secret\""),
    ("limits = { calls_per_s = 0 }", "a whole number from 1 to 1000"),
    ("limits = { target_per_min = 1001 }", "a whole number from 0 to 1000"),
    ("limits = { robot_per_min = -1 }", "a whole number from 0 to 1000"),
    ("limits = { calls_per_month = \"5000\" }", "a whole number from 0 to"),
    ("limits = { calls_per_hour = 1 }", "unknown key \"calls_per_hour\""),
    ("corp_id = \" \"", "is empty"),
    ("mode = \"steam\"", "did you mean \"stream\"?"),
    ("stream_origins = [\"https://a.example\"]", "write an origin such as \"wss://"),
    ("stream_origins = [\"wss://a.example/connect\"]", "write an origin such as \"wss://"),
    ("stream_origins = [\"ws://10.0.0.1\"]", "ws is only for this machine"),
];

#[test]
fn a_wrong_value_of_an_account_is_told_what_to_write() {
    for (line, part) in WRONG_VALUES {
        let found = problems(&format!("{ACCOUNT}{line}\n"));
        assert!(found.len() == 1 && found[0].contains(part), "{line}: {found:?}");
    }
    let good = "webhook_origins = [\"http://127.0.0.1:9000\", \"https://a.example\"]\n\
                custom_robot = { url = \"http://127.0.0.1:9/robot/send?access_token=x\", \
                secret = { file = \"s\" } }\nmode = \"stream\"\n\
                stream_origins = [\"wss://a.example:8443\", \"ws://127.0.0.1:9000\"]";
    assert_eq!(problems(&format!("{ACCOUNT}{good}\n")), Vec::<String>::new());
}

#[test]
fn admins_are_of_the_first_account_unless_they_name_another() {
    let text = format!(
        "[bot]\nadmins = [\"a\", \"second:b\"]\n{ACCOUNT}\
         [[account]]\nname = \"second\"\nplatform = \"playground\"\n"
    );
    let settings = Config::load(&text, "bot.toml").expect("valid").settings(official());
    let admins: Vec<_> = settings.admins.iter().map(|p| (&*p.account, &*p.id)).collect();
    assert_eq!(admins, [("main", "a"), ("second", "b")]);
    assert_eq!(settings.claim_code_hash, None);
}

#[test]
fn the_public_address_is_one_that_can_be_reached() {
    let url =
        |text: &str| Config::load(text, "bot.toml").expect("valid").settings(official()).public_url;
    assert_eq!(url("[server]\nlisten = \"0.0.0.0:80\""), "http://127.0.0.1:80");
    assert_eq!(url("[server]\nlisten = \"[::]:80\""), "http://[::1]:80");
    assert_eq!(url("[server]\npublic_url = \"https://b.example/x/\""), "https://b.example/x");
}

#[test]
fn secrets_come_from_where_the_file_says() {
    let text = format!("{ACCOUNT}card_secret = {{ file = \"card\" }}\n");
    let config = Config::load(&text, "bot.toml").expect("valid");
    let env = |name: &str| (name == "SECRET").then(|| "s3cret\n".to_owned());
    let file = |path: &Path| {
        if path == Path::new("card") { Ok(b"c4rd".to_vec()) } else { Err("?".into()) }
    };
    let accounts = config.resolve_accounts(&World { env: &env, file: &file }).expect("resolved");
    let PlatformConfig::Dingtalk(account) = &accounts[0].platform else { panic!("DingTalk") };
    assert_eq!(account.app_secret.expose(), b"s3cret");
    assert_eq!(account.card_secret.as_ref().map(Secret::expose), Some(&b"c4rd"[..]));
    assert!(!format!("{config:?}{accounts:?}").contains("s3cret"));
}

#[test]
fn missing_secrets_are_named_all_at_once_with_their_lines() {
    let text = format!(
        "{ACCOUNT}card_secret = {{ file = \"card\" }}\n\
         event_token = {{ env = \"EMPTY\" }}\nevent_aes_key = {{ env = \"SHORT\" }}\n"
    );
    let config = Config::load(&text, "bot.toml").expect("valid");
    let env = |name: &str| match name {
        "EMPTY" => Some(String::new()),
        "SHORT" => Some("hunter2".into()),
        _ => None,
    };
    let problems = config.resolve_accounts(&world(&env)).expect_err("nothing is there");
    let found: BTreeSet<String> = problems.iter().map(ToString::to_string).collect();
    let wanted = [
        "bot.toml:5: \"app_secret\" in [[account]] \"main\" (env SECRET): \
         environment variable SECRET is not set",
        "bot.toml:7: \"card_secret\" in [[account]] \"main\" (file card): \
         cannot read card: no such file",
        "bot.toml:8: \"event_token\" in [[account]] \"main\" (env EMPTY): it is empty",
        "bot.toml:9: \"event_aes_key\" in [[account]] \"main\" (env SHORT): \
         an EncodingAESKey has 43 Latin letters and digits; this has 7 characters",
    ];
    assert_eq!(found, wanted.map(str::to_owned).into());
}

#[test]
fn a_master_key_is_32_bytes_in_base64() {
    let config = Config::load("[keys]\nmaster = { env = \"KEY\" }", "bot.toml").expect("valid");
    let good = |_: &str| Some("AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n".to_owned());
    let key = config.keys.master.resolve_key(&world(&good)).expect("32 bytes");
    assert_eq!(key.expose(), (0..32).collect::<Vec<u8>>());
    let short = |_: &str| Some("AAEC".to_owned());
    let problem = config.keys.master.resolve_key(&world(&short)).expect_err("3 bytes");
    assert!(problem.to_string().starts_with("bot.toml:2: \"master\" in [keys]"), "{problem}");
}

/// What a list of days off makes of the settings.
fn calendar(list: &str) -> Result<Calendar, Vec<String>> {
    let config = Config::load("[time]\nholidays = \"days.csv\"\n", "bot.toml").expect("valid");
    let file = |path: &Path| match path.to_str() {
        Some("days.csv") if !list.is_empty() => Ok(list.as_bytes().to_vec()),
        _ => Err("no such file".to_owned()),
    };
    let calendar = config.calendar(&World { env: &|_| None, file: &file });
    calendar.map_err(|problems| problems.iter().map(ToString::to_string).collect())
}

#[test]
fn a_list_of_days_off_is_read_over_the_official_one() {
    let day = |text: &str| text.parse().expect("a day");
    let list: String = (1..=7).map(|n| format!("2027-01-0{n},off,x\n")).collect();
    let own = calendar(&format!("date,kind,name\n{list}")).expect("a good list");
    assert!(own.is_known(2027) && !own.is_workday(day("2027-01-05")));
    assert!(!own.is_workday(day("2026-10-01")), "other years stay");
    let unset = Config::load("", "bot.toml").expect("valid").calendar(&world(&|_| None));
    assert_eq!(unset, Ok(official()));
}

#[test]
fn what_is_wrong_in_a_list_of_days_off_is_named_with_its_line() {
    assert_eq!(
        calendar("2027-01-01,off,元旦\n2027-13-01,off,x\n2027-01-02,free,x\n"),
        Err(vec![
            "days.csv:2: \"2027-13-01\" is no date; write it as 2027-01-01,off,元旦".to_owned(),
            "days.csv:3: \"free\" is neither off nor work".to_owned(),
        ])
    );
    let missing = calendar("").expect_err("a missing file");
    assert_eq!(missing, ["bot.toml:2: \"holidays\" in [time] names days.csv: no such file"]);
}
