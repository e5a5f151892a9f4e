//! What a search costs in a large archive: `cargo bench --bench search -- 1000000 1`. It keeps so
//! many messages of so many groups on disk, has them indexed a batch at a time, says what the index
//! weighs, and searches through whole turns. Pin it to one core.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use serde_json::{Value, json};
use steward::core::index::Index as _;
use steward::core::{Core, Input, remembered};
use steward::model::message::Message;
use steward::model::task::Named;
use steward::model::{Event, PersonId, Secret, Timestamp};
use steward::platform::playground::Playground;
use steward::platform::{Arrived, Platform, Raw, Received};
use steward::shell::clock::Stopwatch;
use steward::shell::indexer::follow::{Follower, Step};
use steward::store::{KeyHasher, Kind, Master, Opened, Position, ScopeHash, Store, View, open};
use steward::text::terms;

#[path = "../tests/bot/mod.rs"]
mod bot;
#[path = "../tests/search/filled.rs"]
mod filled;

/// Invented messages of an office, of which others are put together.
const TEXTS: &str = include_str!("../tests/data/search/messages.jsonl");
const NOW: Timestamp = Timestamp(1_795_140_000_000);
/// Between two messages: a million of them take four months.
const EVERY_MS: i64 = 10_000;
const MEMBERS: usize = 40;
const SEARCHES: usize = 1_000;
/// The clock of `/proc`, per second.
const TICKS: f64 = 100.0;
/// Messages kept between two looks of the index, as in a busy second.
const A_ROUND: usize = 500;

fn main() {
    let mut words = std::env::args().filter_map(|word| word.parse().ok());
    let (count, groups) = (words.next().unwrap_or(1_000_000), words.next().unwrap_or(1));
    let folder = tempfile::tempdir().expect("a folder");
    let mut bench = Bench::open(folder.path(), groups);
    bench.fill(count);
    bench.weigh(folder.path(), count);
    bench.search("no index, the newest 5,000", &Wanted::Any, 20, false);
    bench.search("a word of two characters", &Wanted::Any, SEARCHES, true);
    bench.search("one that is in more than 200", &Wanted::Frequent, SEARCHES, true);
    bench.search("a phrase of six characters", &Wanted::Phrase, SEARCHES, true);
    bench.search("a word, a person and a month", &Wanted::Narrowed, SEARCHES, true);
}

/// Which line is typed.
#[derive(Clone, Copy)]
enum Wanted {
    Any,
    Frequent,
    Phrase,
    Narrowed,
}

struct Bench {
    core: Core,
    platform: Playground,
    store: Arc<dyn Store>,
    keys: KeyHasher,
    follower: Follower,
    seen: remembered::Memory,
    texts: Vec<Vec<char>>,
    random: u64,
    groups: usize,
    now: Timestamp,
    typed: usize,
}

impl Bench {
    fn open(folder: &Path, groups: usize) -> Self {
        let master = Master::Given(Secret::new([7; 32]));
        let data = folder.join("data");
        let Opened { store, keys } = open(Kind::Sled, &data, &master).expect("the store opens");
        let index = folder.join("index");
        let follower = Follower::new(index, Secret::new([8; 32]), store.clone(), keys.clone());
        let text = |line: &str| {
            let line: Value = serde_json::from_str(line).expect("JSON lines");
            line["text"].as_str().unwrap_or_default().chars().collect()
        };
        Self {
            core: Core { settings: bot::settings(), catalogue: bot::catalogue() },
            platform: Playground::new(bot::ACCOUNT, vec!["管家".into()]),
            store,
            keys,
            follower,
            seen: remembered::Memory::default(),
            texts: TEXTS.lines().map(text).collect(),
            random: 20_261_122,
            groups,
            now: NOW,
            typed: 0,
        }
    }

    fn below(&mut self, end: usize) -> usize {
        self.random = self.random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        (self.random >> 33) as usize % end.max(1)
    }

    /// A stretch of one of the texts.
    fn piece(&mut self, length: usize) -> String {
        let text = self.below(self.texts.len());
        let from = self.below(self.texts[text].len().saturating_sub(length) + 1);
        self.texts[text].iter().skip(from).take(length).collect()
    }

    fn turn(&self, event: &Event, indexed: bool) -> Vec<String> {
        let input = Input {
            event,
            wake: None,
            now: self.now,
            seed: [5; 32],
            fresh_secret: "",
            capabilities: Some(self.platform.capabilities()),
            seen: &self.seen,
            index: indexed.then_some(&self.follower as &dyn steward::core::index::Index),
        };
        let view = View { store: &*self.store, keys: &self.keys };
        let decision = self.core.decide(&input, view).expect("the store is readable");
        let commit = decision.commit.expect("it is kept");
        self.store.apply(vec![commit]).expect("the store is writable").remove(0).expect("no race");
        decision.sends.iter().map(|(_, unsent)| unsent.card.plain()).collect()
    }

    fn said(&mut self, group: usize, text: &str) -> Event {
        self.typed += 1;
        let who = self.below(MEMBERS);
        let named = text.split_once("@用户").and_then(|(_, rest)| rest.split(' ').next());
        let mention = |n| json!({ "id": format!("u{n}"), "name": format!("用户{n}") });
        let named: Vec<_> = named.into_iter().map(mention).collect();
        let body = json!({
            "conversation": format!("群{group}"), "title": format!("群{group}"),
            "sender": { "id": format!("u{who}"), "name": format!("用户{who}") },
            "text": text, "id": format!("typed {}", self.typed),
            "mentions": named,
        });
        let raw = Raw { body: body.to_string().into_bytes(), ..Raw::default() };
        match self.platform.receive(Arrived::Callback(&raw), self.now) {
            Received::Events { mut events, .. } => events.remove(0),
            other => panic!("{other:?}"),
        }
    }

    fn scope(&mut self, group: usize) -> ScopeHash {
        let event = self.said(group, "x");
        self.keys.scope(&event.scope)
    }

    /// Keeps messages, and has them indexed as the program does.
    fn fill(&mut self, count: usize) {
        let (mut indexing, mut nth) = (0.0, 0);
        while nth < count {
            let group = nth / A_ROUND % self.groups;
            let some: Vec<Message> = (nth..count.min(nth + A_ROUND))
                .map(|nth| {
                    self.now = NOW.plus_ms(nth as i64 * EVERY_MS);
                    self.message()
                })
                .collect();
            let scope = self.scope(group);
            filled::keep(&*self.store, scope, &some);
            self.store.sync(Position(u64::MAX)).expect("the disk takes it");
            let before = cpu_seconds();
            self.follow(group);
            indexing += cpu_seconds() - before;
            nth += some.len();
        }
        let each = indexing * 1e6 / count as f64;
        println!("{count} messages of {} groups; indexing: {each:.1} µs CPU each", self.groups);
    }

    /// A message of three pieces, as it is kept.
    fn message(&mut self) -> Message {
        let (head, middle, tail) = (self.below(14), self.below(14), self.below(14));
        let text = [head, middle, tail].map(|n| self.piece(n + 2)).concat();
        let who = self.below(MEMBERS);
        let person = PersonId { account: bot::ACCOUNT.into(), id: format!("u{who}") };
        Message {
            sender: Some(Named { person, name: format!("用户{who}") }),
            text,
            sent_at: self.now,
            day: self.now.day(chrono_tz::Asia::Shanghai),
            ..Message::heard(String::new(), Timestamp::default(), Default::default())
        }
    }

    fn follow(&mut self, group: usize) {
        let scope = self.scope(group);
        while self.follower.step(scope).expect("it follows") == Step::More {}
    }

    fn weigh(&mut self, folder: &Path, count: usize) {
        let bytes = |folder: &Path| files(folder).iter().map(|(_, bytes)| bytes).sum::<u64>();
        let of_index = files(&folder.join("index"));
        let index: u64 = of_index.iter().map(|(_, bytes)| bytes).sum();
        let store = bytes(&folder.join("data"));
        let each = |bytes: u64| bytes as f64 / count as f64;
        println!(
            "index: {:.1} bytes a message in {} files; store: {:.0} bytes a message",
            each(index),
            of_index.len(),
            each(store),
        );
        let watch = Stopwatch::start();
        fs::remove_dir_all(folder.join("index")).expect("an index");
        (0..self.groups).for_each(|group| {
            let scope = self.scope(group);
            // Whoever searches finds it gone.
            let _ = self.follower.look(scope, &[terms::pairs("退费").collect()]);
            self.follow(group);
        });
        println!("made anew in {:.1} s", watch.seconds());
    }

    fn search(&mut self, what: &str, wanted: &Wanted, times: usize, indexed: bool) {
        let (mut took, mut found) = (Vec::new(), BTreeSet::new());
        for _ in 0..times {
            let line = loop {
                let line = self.line(*wanted);
                if let Some(line) = line {
                    break line;
                }
            };
            let group = self.below(self.groups);
            let event = self.said(group, &format!("@管家 {line}"));
            let watch = Stopwatch::start();
            let said = self.turn(&event, indexed).concat();
            took.push(watch.seconds() * 1e3);
            found.insert(said.lines().next().unwrap_or_default().to_owned());
        }
        took.sort_by(f64::total_cmp);
        let at = |part: f64| took[((took.len() - 1) as f64 * part) as usize];
        let (p50, p99, most) = (at(0.5), at(0.99), at(1.0));
        println!("{what}: p50 {p50:.2} ms, p99 {p99:.2} ms, most {most:.2} ms");
        println!("    for example: {}", found.iter().next().map_or("", String::as_str));
    }

    /// A line to be typed; `None` if the text it was taken from does not do.
    fn line(&mut self, wanted: Wanted) -> Option<String> {
        let length = if matches!(wanted, Wanted::Phrase) { 6 } else { 2 };
        let word = self.piece(length);
        let han = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c);
        if word.chars().count() < length || !word.chars().all(han) {
            return None;
        }
        Some(match wanted {
            Wanted::Frequent => "搜 \"今天\"".to_owned(),
            Wanted::Any | Wanted::Phrase => format!("搜 \"{word}\""),
            Wanted::Narrowed => {
                format!("搜 \"{word}\" @用户{} 上月", self.below(MEMBERS))
            }
        })
    }
}

/// CPU time of this process so far, user and system.
fn cpu_seconds() -> f64 {
    let stat = fs::read_to_string("/proc/self/stat").expect("Linux");
    let after_name = stat.rsplit(')').next().unwrap_or_default();
    let fields: Vec<f64> =
        after_name.split_whitespace().map(|f| f.parse().unwrap_or(0.0)).collect();
    (fields[11] + fields[12]) / TICKS
}

/// All files of a folder, with their lengths.
fn files(folder: &Path) -> Vec<(String, u64)> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let of = |entry: fs::DirEntry| match entry.path() {
        path if path.is_dir() => files(&path),
        path => vec![(path.display().to_string(), entry.metadata().map_or(0, |m| m.len()))],
    };
    entries.flat_map(of).collect()
}
