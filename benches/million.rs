//! What a large store costs: `cargo bench --bench million -- 1000000`. It keeps so many messages of
//! 64 groups on disk, says what each hundred thousand cost, then starts the program on them. Pin it
//! to one core.
//!
//! CPU time is compared, not the clock: the machine is shared.

use std::fs;
use std::io::{Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use steward::core::{Core, Input, remembered};
use steward::model::{Event, Secret, Timestamp};
use steward::platform::playground::Playground;
use steward::platform::{Arrived, Platform, Raw, Received};
use steward::shell::clock::Stopwatch;
use steward::store::{Kind, Master, Opened, View, open};

#[path = "../tests/bot/mod.rs"]
mod bot;

const MASTER: [u8; 32] = [7; 32];
const NOW: Timestamp = Timestamp(1_795_140_000_000);
/// Between two messages: a million of them take a month.
const EVERY_MS: i64 = 2_600;
const GROUPS: usize = 64;
const MEMBERS: usize = 20;
/// Messages made durable together.
const A_SYNC: usize = 32;
/// Messages of one line of the answer, and of the first part that the others are compared with.
const A_PART: usize = 100_000;
/// The clock of `/proc`, per second.
const TICKS: f64 = 100.0;

fn main() {
    let count = std::env::args().find_map(|word| word.parse().ok()).unwrap_or(1_000_000);
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path().join("data");
    fill(&data, count);

    let begun = Stopwatch::start();
    drop(open_store(&data));
    println!("opened and closed in {:.0} ms", begun.seconds() * 1e3);
    start(folder.path());
}

fn open_store(data: &Path) -> Opened {
    let master = Master::Given(Secret::new(MASTER));
    open(Kind::Sled, data, &master).expect("the store opens")
}

/// Keeps messages, through whole turns.
fn fill(data: &Path, count: usize) {
    let core = Core { settings: bot::settings(), catalogue: bot::catalogue() };
    let platform = Playground::new(bot::ACCOUNT, vec!["管家".into()]);
    let Opened { store, keys } = open_store(data);
    let seen = remembered::Memory::default();
    let (mut before, mut first) = (cpu_seconds("self"), None);
    for nth in 0..count {
        let (event, now) = message(&platform, nth);
        let input = Input {
            event: &event,
            wake: None,
            now,
            seed: [5; 32],
            fresh_secret: "",
            capabilities: Some(platform.capabilities()),
            seen: &seen,
            index: None,
        };
        let decision = core.decide(&input, View { store: &*store, keys: &keys });
        let commit = decision.expect("the store is readable").commit.expect("it is kept");
        let applied = store.apply(vec![commit]).expect("the store is writable").remove(0);
        let at = applied.expect("one turn at a time conflicts with nothing");
        if nth % A_SYNC == 0 {
            store.sync(at).expect("the disk takes it");
        }
        if (nth + 1) % A_PART == 0 {
            let spent = cpu_seconds("self") - before;
            before += spent;
            let ratio = spent / *first.get_or_insert(spent);
            let each = spent * 1e6 / A_PART as f64;
            let memory = resident_mb("self");
            println!("{:>9}: {each:.1} µs CPU each, ratio {ratio:.2}, {memory} MB", nth + 1);
        }
    }
}

/// The nth message of all: talk, kept and not answered.
fn message(platform: &Playground, nth: usize) -> (Event, Timestamp) {
    let body = format!(
        r#"{{"conversation":"群{0}","title":"群{0}","sender":{{"id":"u{1}","name":"用户{1}"}},
            "text":"客户问起第{nth}单的发货时间，仓库说今天下午能出，我先回复他们等通知","id":"m{nth}"}}"#,
        nth % GROUPS,
        nth / GROUPS % MEMBERS,
    );
    let now = NOW.plus_ms(nth as i64 * EVERY_MS);
    let raw = Raw { body: body.into_bytes(), ..Raw::default() };
    match platform.receive(Arrived::Callback(&raw), now) {
        Received::Events { mut events, .. } => (events.remove(0), now),
        Received::Answer(_) | Received::Reject(_) => panic!("a line of the page is an event"),
    }
}

/// Starts the program on the folder's data, and says how long it took until it was ready.
fn start(folder: &Path) {
    let (address, data) = (free_address(), folder.join("data"));
    let data = data.display();
    let key = STANDARD.encode(MASTER);
    let text = format!(
        "[server]\nlisten = \"{address}\"\n[store]\nbackend = \"sled\"\npath = \"{data}\"\n\
         [keys]\nmaster = {{ env = \"MILLION_KEY\" }}\n[bot]\nadmins = [\"u1\"]\n\
         [[account]]\nname = \"play\"\nplatform = \"playground\"\n"
    );
    let config = folder.join("bot.toml");
    fs::write(&config, text).expect("a settings file");
    let begun = Stopwatch::start();
    let mut program = Command::new(env!("CARGO_BIN_EXE_steward"))
        .args(["serve", "--config"])
        .arg(&config)
        .env("MILLION_KEY", key)
        .stdout(Stdio::null())
        .spawn()
        .expect("the program starts");
    assert!(until_ready(&mut program, address), "it says why above");
    let pid = program.id().to_string();
    println!("started: ready after {:.0} ms, {} MB", begun.seconds() * 1e3, resident_mb(&pid));
    let _ = program.kill();
    let _ = program.wait();
}

fn free_address() -> SocketAddr {
    let socket = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a port");
    socket.local_addr().expect("it has an address")
}

/// Whether the program says that it is ready before it ends.
fn until_ready(program: &mut Child, address: SocketAddr) -> bool {
    loop {
        if program.try_wait().expect("it is our child").is_some() {
            return false;
        }
        let asked = TcpStream::connect(address).and_then(|mut socket| {
            socket.set_read_timeout(Some(Duration::from_secs(1)))?;
            socket.write_all(b"GET /readyz HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n")?;
            let mut answer = [0; 12];
            socket.read_exact(&mut answer).map(|()| answer)
        });
        if asked.is_ok_and(|answer| answer.ends_with(b"200")) {
            return true;
        }
    }
}

/// CPU time of a process so far, user and system.
fn cpu_seconds(pid: &str) -> f64 {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat")).expect("Linux");
    let after_name = stat.rsplit(')').next().unwrap_or_default();
    let fields: Vec<f64> =
        after_name.split_whitespace().map(|f| f.parse().unwrap_or(0.0)).collect();
    (fields[11] + fields[12]) / TICKS
}

fn resident_mb(pid: &str) -> u64 {
    let status = fs::read_to_string(format!("/proc/{pid}/status")).expect("Linux");
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap_or_default();
    line.split_whitespace().next().and_then(|kb| kb.parse::<u64>().ok()).unwrap_or(0) / 1024
}
