//! What a turn costs, step by step: `cargo bench --bench turn`. Pin it to one core. The whole
//! server under load is in docs/performance.md.

use std::cell::Cell;
use std::hint::black_box;
use std::sync::Arc;

use criterion::{BatchSize, Criterion, criterion_group, criterion_main};
use steward::command::parse::parse;
use steward::core::{Core, Decision, Input, remembered};
use steward::model::{Event, Lang, Secret, Timestamp};
use steward::platform::playground::Playground;
use steward::platform::{Arrived, Platform, Raw, Received};
use steward::store::memory::Memory;
use steward::store::{Commit, KeyHasher, Kind, Master, Position, Sealed, Store, View, open};
use steward::text::fold::fold;
use steward::text::when::Reference;

#[path = "../tests/bot/mod.rs"]
mod bot;

const LINE: &str = "任务 整理周会纪要 tok123";
const NOW: Timestamp = Timestamp(1_795_140_000_000);
/// Messages before the one that is measured: the group has tasks, members and a history.
const EARLIER: usize = 200;

/// The nth message of a group of 20.
fn message(platform: &Playground, nth: usize) -> Event {
    let body = format!(
        r#"{{"conversation":"项目群","title":"项目群","sender":{{"id":"u{0}","name":"用户{0}"}},
            "text":"@管家 {LINE}","id":"m{nth}"}}"#,
        nth % 20
    );
    let raw = Raw { body: body.into_bytes(), ..Raw::default() };
    match platform.receive(Arrived::Callback(&raw), NOW) {
        Received::Events { mut events, .. } => events.remove(0),
        Received::Answer(_) | Received::Reject(_) => panic!("a line of the page is an event"),
    }
}

/// A group on a store.
struct Group {
    core: Core,
    platform: Playground,
    store: Arc<dyn Store>,
    keys: KeyHasher,
    seen: remembered::Memory,
    said: Cell<usize>,
}

impl Group {
    fn on(store: Arc<dyn Store>, keys: KeyHasher) -> Self {
        let core = Core { settings: bot::settings(), catalogue: bot::catalogue() };
        let platform = Playground::new(bot::ACCOUNT, vec!["管家".into()]);
        let seen = remembered::Memory::default();
        let group = Self { core, platform, store, keys, seen, said: Cell::new(0) };
        for _ in 0..EARLIER {
            group.apply(group.next());
        }
        group
    }

    fn decide(&self, event: &Event) -> Decision {
        let input = Input {
            event,
            wake: None,
            now: NOW,
            seed: [5; 32],
            fresh_secret: "",
            capabilities: Some(self.platform.capabilities()),
            seen: &self.seen,
            index: None,
        };
        let view = View { store: &*self.store, keys: &self.keys };
        self.core.decide(&input, view).expect("the store is readable")
    }

    /// The commit of the next message.
    fn next(&self) -> Commit {
        self.said.set(self.said.get() + 1);
        let event = message(&self.platform, self.said.get());
        self.decide(&event).commit.expect("a task is written")
    }

    fn apply(&self, commit: Commit) -> Position {
        let applied = self.store.apply(vec![commit]).expect("the store is writable").remove(0);
        applied.expect("one turn at a time conflicts with nothing")
    }
}

fn in_memory() -> Group {
    let opened = Sealed::open(Memory::default(), &Secret::new([7; 32]));
    let (store, keys) = opened.expect("an empty store opens");
    Group::on(Arc::new(store), keys)
}

fn pure(bench: &mut Criterion) {
    let catalogue = bot::catalogue();
    let reference = Reference::usual(NOW, chrono_tz::Asia::Shanghai);
    bench.bench_function("fold", |b| b.iter(|| fold(black_box(LINE))));
    bench.bench_function("parse", |b| {
        b.iter(|| parse(&catalogue, black_box(LINE), reference, Lang::Zh).is_ok());
    });
    let group = in_memory();
    let event = message(&group.platform, EARLIER + 1);
    bench.bench_function("decide", |b| b.iter(|| group.decide(black_box(&event))));
}

/// All rows of a turn sealed and put into a map.
fn seal(bench: &mut Criterion) {
    let group = in_memory();
    bench.bench_function("seal", |b| {
        b.iter_batched(|| group.next(), |commit| group.apply(commit), BatchSize::PerIteration);
    });
}

/// The same with log and engine on disk: until others read it, and until it is durable.
fn commit(bench: &mut Criterion) {
    let folder = tempfile::tempdir().expect("a folder");
    let master = Master::Given(Secret::new([7; 32]));
    let opened = open(Kind::Sled, folder.path(), &master).expect("an empty store opens");
    let group = Group::on(opened.store, opened.keys);
    bench.bench_function("commit", |b| {
        b.iter_batched(|| group.next(), |commit| group.apply(commit), BatchSize::PerIteration);
    });
    let durable = |commit| group.store.sync(group.apply(commit)).expect("the disk takes it");
    bench.bench_function("commit and sync", |b| {
        b.iter_batched(|| group.next(), durable, BatchSize::PerIteration);
    });
}

criterion_group!(benches, pure, seal, commit);
criterion_main!(benches);
