//! The command line: one function a verb. Errors go to stderr, a line each; what was asked for goes
//! to stdout.

pub mod mask;
pub mod outbox;
pub mod seal;
pub mod verify;
pub mod when;

use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use chrono::NaiveDate;
use clap::{Args, Parser, Subcommand};

use crate::app::{App, AppConfig, platforms};
use crate::command::{Catalogue, help};
use crate::config::{self, Config, LogFormat, LogLevel, World};
use crate::core::commands;
use crate::model::{Calendar, Lang, Settings, Timestamp};
use crate::platform::playground::Playground;
use crate::shell::clock::Clock;
use crate::shell::web::Cast;
use crate::shell::{fatal, log};
use crate::store::{self, Kind, Master, Opened};

/// Exit code when a second signal cuts a stop short: what shells report for an interrupt.
const EXIT_INTERRUPTED: i32 = 130;
/// The playground's account in `demo`.
const DEMO_ACCOUNT: &str = "play";
/// The playground's port in `demo`, unless another is asked for.
const DEMO_PORT: u16 = 8090;

/// 管家 Steward: a bot that lives inside group conversations. Without a verb: demo.
#[derive(Debug, Parser)]
#[command(name = "steward", version)]
struct Cli {
    #[command(subcommand)]
    verb: Option<Verb>,
}

#[derive(Debug, Subcommand)]
enum Verb {
    /// Runs the bot with the accounts of bot.toml
    Serve(ConfigArgs),
    /// Opens the playground on this machine: no settings, no account, no network
    Demo(DemoArgs),
    /// Checks bot.toml and the secrets it names, without starting anything
    Check(ConfigArgs),
    /// Prints the vocabulary
    Commands {
        /// As the table of the README
        #[arg(long, required = true)]
        markdown: bool,
        /// zh or en
        #[arg(long, default_value = "zh", value_parser = language)]
        lang: Lang,
    },
    /// Messages that failed for good: lists them, shows one, sends it again or drops it; only while
    /// the bot is not running
    Outbox(OutboxArgs),
    /// Writes a conversation's journal as a file that `verify` judges; only while the bot is not
    /// running
    Seal(SealArgs),
    /// Judges a sealed file by itself: needs no store, no key and no bot
    Verify {
        /// What `seal` wrote
        #[arg(long)]
        seal: PathBuf,
        /// A head that was posted in the chat, in hex: its beginning is enough
        #[arg(long)]
        head: Option<String>,
    },
    /// Reads JSON lines {"id","text","now","tz","use"}, writes the time found in each
    When,
    /// Reads JSON lines {"id","text"}, writes the personal data found in each and the masked text
    Mask,
}

#[derive(Debug, Args)]
struct ConfigArgs {
    /// The settings
    #[arg(long, default_value = "bot.toml")]
    config: PathBuf,
}

#[derive(Debug, Args)]
struct SealArgs {
    /// The conversation, as members see it called
    conversation: String,
    /// The first day, as 2026-03-01
    #[arg(long)]
    since: Option<NaiveDate>,
    /// The last day
    #[arg(long)]
    until: Option<NaiveDate>,
    /// With what was said, as far as it was not erased: the file is then legible to everybody
    #[arg(long)]
    contents: bool,
    /// The settings
    #[arg(long, default_value = "bot.toml")]
    config: PathBuf,
}

#[derive(Debug, Args)]
struct OutboxArgs {
    /// The settings
    #[arg(long, default_value = "bot.toml", global = true)]
    config: PathBuf,
    #[command(subcommand)]
    verb: Option<OutboxVerb>,
}

#[derive(Debug, Subcommand)]
enum OutboxVerb {
    /// One line each, and how many messages wait
    List,
    /// All of one, its words too
    Show { id: String },
    /// Puts one back, to be sent at the next start
    Resend { id: String },
    /// Removes one for good
    Drop { id: String },
}

#[derive(Debug, Args)]
struct DemoArgs {
    /// Port on 127.0.0.1; 0 takes a free one
    #[arg(long, default_value_t = DEMO_PORT)]
    port: u16,
    /// Keep the data in this folder; without it, a temporary one is removed at the end
    #[arg(long)]
    data: Option<PathBuf>,
}

/// Runs the verb that was typed.
pub fn run() -> ExitCode {
    let verb = Cli::parse().verb.unwrap_or(Verb::Demo(DemoArgs { port: DEMO_PORT, data: None }));
    let done = match verb {
        Verb::Serve(args) => serve(&args.config),
        Verb::Demo(args) => demo(args),
        Verb::Check(args) => check(&args.config),
        Verb::Outbox(args) => undelivered(args),
        Verb::Seal(args) => sealed(args),
        Verb::Verify { seal, head } => return verified(&seal, head.as_deref()),
        Verb::Commands { lang, .. } => print_commands(lang),
        Verb::When => read_times(),
        Verb::Mask => mask_texts(),
    };
    done.map_or_else(failed, |()| ExitCode::SUCCESS)
}

fn failed(problems: Problems) -> ExitCode {
    problems.iter().for_each(|problem| eprintln!("{problem}"));
    ExitCode::FAILURE
}

/// What an operator reads, a line each.
type Problems = Vec<String>;

fn serve(path: &Path) -> Result<(), Problems> {
    let config = load(path)?;
    let level = match config.log.level {
        LogLevel::Error => "error",
        LogLevel::Warn => "warn",
        LogLevel::Info => "info",
        LogLevel::Debug => "debug",
    };
    let form = match config.log.format {
        LogFormat::Text => log::Form::Text,
        LogFormat::Json => log::Form::Json,
    };
    log::install(form, level);
    run_bot(app_config(&config)?, |_| {})
}

fn demo(args: DemoArgs) -> Result<(), Problems> {
    log::install(log::Form::Text, "warn");
    // A temporary folder is removed when `_temporary` goes, at the end of the run.
    let (folder, _temporary) = match args.data {
        Some(folder) => (folder, None),
        None => {
            let temporary = tempfile::tempdir().map_err(|error| vec![error.to_string()])?;
            (temporary.path().to_owned(), Some(temporary))
        }
    };
    let listen = SocketAddr::from((Ipv4Addr::LOCALHOST, args.port));
    let settings = demo_settings(listen);
    let names = [&settings.name].into_iter().chain(&settings.aliases).cloned().collect();
    let playground = Playground::new(DEMO_ACCOUNT, names);
    let config = AppConfig {
        listen,
        store: Kind::Sled,
        path: folder.join("data"),
        master: Master::File(folder.join("data.key")),
        settings,
        platforms: vec![(DEMO_ACCOUNT.into(), Arc::new(playground))],
        page: Some(DEMO_ACCOUNT.into()),
        fatal: fatal::exit(),
    };
    run_bot(config, |addr| println!("管家 is listening: http://{addr}/play"))
}

fn check(path: &Path) -> Result<(), Problems> {
    let config = load(path)?;
    app_config(&config)?.check_page().map_err(|error| vec![error.to_string()])?;
    println!("{}: ok", path.display());
    Ok(())
}

fn undelivered(args: OutboxArgs) -> Result<(), Problems> {
    let config = app_config(&load(&args.config)?)?;
    let opened = opened(&config)?;
    let verb = match args.verb.unwrap_or(OutboxVerb::List) {
        OutboxVerb::List => outbox::Verb::List,
        OutboxVerb::Show { id } => outbox::Verb::Show(id),
        OutboxVerb::Resend { id } => outbox::Verb::Resend(id),
        OutboxVerb::Drop { id } => outbox::Verb::Drop(id),
    };
    let lines = outbox::run(&*opened.store, &verb, clock_now(), config.settings.zone)?;
    lines.iter().for_each(|line| println!("{line}"));
    Ok(())
}

/// A store that is there, opened.
fn opened(config: &AppConfig) -> Result<Opened, Problems> {
    if !store::stands_in(&config.path) {
        return Err(vec![format!("no store in {}: nothing was made", config.path.display())]);
    }
    let opened = store::open(config.store, &config.path, &config.master);
    opened.map_err(|fault| vec![fault.to_string()])
}

fn sealed(args: SealArgs) -> Result<(), Problems> {
    let SealArgs { conversation, since, until, contents, config } = args;
    let config = app_config(&load(&config)?)?;
    let opened = opened(&config)?;
    let wanted = seal::Wanted { conversation, since, until, contents };
    let output = std::io::BufWriter::new(std::io::stdout().lock());
    let header = seal::run(&*opened.store, &wanted, config.settings.zone, output)?;
    eprintln!("{} entries from #{}, head {}", header.count, header.first, header.head);
    Ok(())
}

fn verified(file: &Path, head: Option<&str>) -> ExitCode {
    let input = std::fs::File::open(file).map_err(|e| vec![format!("{}: {e}", file.display())]);
    let judged = input.and_then(|file| verify::run(std::io::BufReader::new(file), head));
    match judged {
        Ok(judged) => {
            judged.lines.iter().for_each(|line| println!("{line}"));
            if judged.whole { ExitCode::SUCCESS } else { ExitCode::FAILURE }
        }
        Err(problems) => failed(problems),
    }
}

fn clock_now() -> Timestamp {
    Clock::default().now()
}

fn print_commands(lang: Lang) -> Result<(), Problems> {
    let catalogue = Catalogue::read(&commands::files())?;
    print!("{}", help::markdown(&catalogue, lang));
    Ok(())
}

fn read_times() -> Result<(), Problems> {
    let (input, output) = (std::io::stdin().lock(), std::io::stdout().lock());
    when::answer_all(input, std::io::BufWriter::new(output)).map_err(|e| vec![e.to_string()])
}

fn mask_texts() -> Result<(), Problems> {
    let (input, output) = (std::io::stdin().lock(), std::io::stdout().lock());
    mask::answer_all(input, std::io::BufWriter::new(output)).map_err(|e| vec![e.to_string()])
}

fn load(path: &Path) -> Result<Config, Problems> {
    let name = path.display().to_string();
    let text = std::fs::read_to_string(path).map_err(|error| {
        vec![format!("{name}: {error}; `steward demo` needs no settings, bot.toml shows them all")]
    })?;
    Config::load(&text, &name).map_err(platforms::lines)
}

fn app_config(config: &Config) -> Result<AppConfig, Problems> {
    let world = World { env: &environment, file: &file };
    let platforms = platforms::build(config, &world)?;
    let calendar = config.calendar(&world).map_err(platforms::lines)?;
    // A key file is made by the store if there is no data yet; anything else must be there.
    let master = match config.keys.master.file() {
        Some(file) => Master::File(file.to_owned()),
        None => {
            let key = config.keys.master.resolve_key(&world);
            Master::Given(key.map_err(|problem| platforms::lines(vec![problem]))?)
        }
    };
    Ok(AppConfig {
        listen: config.server.listen,
        store: match config.store.backend {
            config::Backend::Memory => Kind::Memory,
            config::Backend::Sled => Kind::Sled,
        },
        path: config.store.path.clone(),
        master,
        settings: config.settings(calendar),
        platforms: platforms.all,
        page: platforms.page,
        fatal: fatal::exit(),
    })
}

fn demo_settings(listen: SocketAddr) -> Settings {
    Settings {
        name: "管家".into(),
        aliases: vec!["steward".into()],
        lang: Lang::Zh,
        zone: chrono_tz::Asia::Shanghai,
        admins: Cast::sample(DEMO_ACCOUNT, Lang::Zh).admins(),
        claim_code_hash: None,
        public_url: format!("http://{listen}"),
        calendar: Calendar::official().clone().into(),
    }
}

/// Runs until a signal; a second one ends the process at once.
fn run_bot(config: AppConfig, started: impl FnOnce(SocketAddr)) -> Result<(), Problems> {
    let runtime = tokio::runtime::Runtime::new().map_err(|error| vec![error.to_string()])?;
    runtime.block_on(async {
        let running = App::start(config).await.map_err(|error| vec![error.to_string()])?;
        started(running.addr);
        if let Some(code) = &running.claim_code {
            println!("还没有管理员：私聊机器人发送「认领 管理员 {code}」");
            println!("Nobody is admin yet: send the bot \"claim admin {code}\" in a direct chat");
        }
        signal().await;
        tracing::info!("stopping; once more ends it at once");
        tokio::spawn(async {
            signal().await;
            std::process::exit(EXIT_INTERRUPTED);
        });
        running.stop().await;
        Ok(())
    })
}

/// The next SIGINT or SIGTERM.
async fn signal() {
    use tokio::signal::unix::{SignalKind, signal};
    // Without a handler the system's default stands: the signal ends the process.
    let (Ok(mut interrupt), Ok(mut terminate)) =
        (signal(SignalKind::interrupt()), signal(SignalKind::terminate()))
    else {
        return std::future::pending().await;
    };
    tokio::select! {
        _ = interrupt.recv() => {}
        _ = terminate.recv() => {}
    }
}

fn language(text: &str) -> Result<Lang, String> {
    match text {
        "zh" => Ok(Lang::Zh),
        "en" => Ok(Lang::En),
        other => Err(format!("{other:?} is neither zh nor en")),
    }
}

#[expect(clippy::disallowed_methods, reason = "the home of this call")]
fn environment(name: &str) -> Option<String> {
    std::env::var(name).ok()
}

fn file(path: &Path) -> Result<Vec<u8>, String> {
    std::fs::read(path).map_err(|error| error.to_string())
}
