//! A store that stops at the n-th write of a scripted day, for every n: after a restart and a
//! redelivery everything has happened once and nothing is missing. Two crashes in a row are tried
//! on a sample.

mod bot;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, LazyLock};

use bot::line::{Line, Quote};
use bot::{Bot, Said, catalogue, instant, master, settings};
use steward::command::catalogue::Kind;
use steward::core::Core;
use steward::core::journal::{Head, verify};
use steward::core::outbox::{Dead, Unsent, wake_due};
use steward::model::journal::{Content, Entry, What};
use steward::model::{Scope, Timestamp};
use steward::platform::Raw;
use steward::store::backend::{Backend, Rows};
use steward::store::faulty::{Faulty, Stop};
use steward::store::memory::Memory;
use steward::store::table::{decode, id};
use steward::store::{Fault, Key, Order, Sealed, Store, Table};

/// The day: two groups, two direct chats, a source, reports on schedule, jumps of the clock.
const SCRIPT: &str = include_str!("crash/day.talk");

/// People who may be @-ed.
const CAST: [&str; 4] = ["甲", "乙", "丙", "经理"];

/// Callbacks before the one in flight that are redelivered as well.
const REDELIVERED: usize = 3;

/// Read once: every restart has the same vocabulary.
static CORE: LazyLock<Arc<Core>> =
    LazyLock::new(|| Arc::new(Core { settings: settings(), catalogue: catalogue() }));

/// More rows than the script leaves.
const ROWS_MAX: usize = 100_000;

/// One thing that happens to the bot.
enum Step {
    /// A member's callback.
    Say(Raw),
    /// A report to a source, signed when it was first sent.
    Report(String, Raw),
    /// The clock jumps.
    Jump(Timestamp),
}

/// What the undisturbed day left, and where it stood before every step.
struct Day {
    steps: Vec<Step>,
    before: Vec<Frame>,
    /// Writes of each step; the first one's include the set-up of the store.
    writes: Vec<u64>,
    said: Vec<Said>,
    end: End,
    turns: u64,
}

/// A moment between two steps.
struct Frame {
    memory: Memory,
    now: Timestamp,
    said: usize,
}

/// Everything a store holds, in plain form. Seeds depend on scope and revision alone, so salts and
/// hashes are among it; the engine's rows are compared by key, as every sealing has its own nonce.
#[derive(PartialEq)]
struct End {
    rows: BTreeMap<Key, Vec<u8>>,
    revisions: BTreeMap<Vec<u8>, u64>,
    engine: BTreeSet<Vec<u8>>,
}

#[test]
fn a_store_that_stops_at_any_write_leaves_all_or_nothing_and_everything_happens_once() {
    let day = Day::undisturbed();
    day.covers_every_command();
    let stops: Vec<(usize, Stop)> = (0..day.steps.len())
        .flat_map(|step| (1..=day.writes[step]).map(move |at_write| (step, at_write)))
        .flat_map(|(step, at_write)| {
            [false, true].map(|applied| (step, Stop { at_write, applied }))
        })
        .collect();
    each(&stops, |&(step, stop)| day.crash(step, stop));
    let writes: u64 = day.writes.iter().sum();
    println!(
        "{} steps, {} turns, {writes} writes, {} stops",
        day.steps.len(),
        day.turns,
        stops.len()
    );
    assert!(day.turns >= 30, "a conversation of at least 30 turns");
}

#[test]
fn two_crashes_in_a_row_leave_one_copy_at_most_and_what_was_not_sent_is_known() {
    let day = Day::undisturbed();
    let all: Vec<(usize, u64)> = (0..day.steps.len())
        .flat_map(|step| (1..=day.writes[step]).map(move |at_write| (step, at_write)))
        .collect();
    // Every seventh write, each with the first writes after it: seven shares no factor with the
    // rhythm of the script.
    let stops: Vec<(usize, [Stop; 2])> = all
        .into_iter()
        .step_by(7)
        .flat_map(|(step, at_write)| {
            (1..=4).flat_map(move |second| {
                [(true, true), (true, false), (false, true)].map(|(one, two)| {
                    let first = Stop { at_write, applied: one };
                    (step, [first, Stop { at_write: second, applied: two }])
                })
            })
        })
        .collect();
    each(&stops, |&(step, stops)| day.crash_twice(step, stops));
}

/// Checks every case, side by side.
fn each<T: Sync>(cases: &[T], check: impl Fn(&T) + Sync) {
    let next = AtomicUsize::new(0);
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                while let Some(case) = cases.get(next.fetch_add(1, Ordering::Relaxed)) {
                    check(case);
                }
            });
        }
    });
}

impl Day {
    fn undisturbed() -> Self {
        let (memory, mut now, mut lines) = (Memory::default(), Timestamp(0), Vec::new());
        let (mut steps, mut before, mut writes) = (Vec::new(), Vec::new(), Vec::new());
        let (mut said, mut turns) = (Vec::new(), 0);
        for line in SCRIPT.lines().filter(|line| !line.starts_with('#')) {
            before.push(Frame { memory: copy(&memory), now, said: said.len() });
            let counting = Faulty::new(memory.clone(), None);
            let mut bot = open(&counting, now, steps.len()).expect("nothing stops it");
            bot.said = said;
            let first = bot.turns;
            let step = read(line, &bot, &mut lines);
            take(&mut bot, &step).expect("nothing stops it");
            turns += bot.turns - first;
            (now, said) = (bot.now, bot.said);
            steps.push(step);
            writes.push(counting.writes());
        }
        let end = End::of(&memory, now);
        let day = Self { steps, before, writes, said, end, turns };
        day.left_in_order(&open(&memory, now, 0).expect("it opens"));
        day
    }

    /// A word of the catalogue that the script forgets would go untested.
    fn covers_every_command(&self) {
        let mut done = BTreeSet::new();
        for (key, value) in &self.end.rows {
            if key.table() == Entry::ID
                && let What::Command(name) = decode::<Entry>(key, value).expect("readable").what
            {
                done.insert(name);
            }
        }
        let is_done = |key: &str, kind| {
            done.iter().any(|name| match name.split_once('.') {
                Some((noun, _)) if kind == Kind::Noun => noun == key,
                Some((_, verb)) => verb == key,
                None => false,
            })
        };
        for word in catalogue().words() {
            assert!(is_done(&word.key, word.kind), "no {} in the script: {done:?}", word.key);
        }
    }

    /// The day with one crash.
    fn crash(&self, step: usize, stop: Stop) {
        let (memory, mut said) = self.until_stopped(step, stop);
        let mut bot = open(&memory, self.before[step].now, step).expect("it opens again");
        self.recover(&mut bot, step).expect("nothing stops it any more");
        self.to_the_end(&mut bot, step);
        said.append(&mut bot.said);
        let context = format!("step {step}, {stop:?}");
        End::of(&memory, bot.now).assert_is(&self.end, &context);
        self.left_in_order(&bot);
        let copies = self.sent_once(&said, &context);
        assert!(copies <= 1, "{context}: {copies} copies");
    }

    /// The day with a crash, and another while what the first left is put right. A message in doubt
    /// twice may be missing, but then its scope was told, and nothing else is different.
    fn crash_twice(&self, step: usize, stops: [Stop; 2]) {
        let context = format!("step {step}, {stops:?}");
        let (memory, mut said) = self.until_stopped(step, stops[0]);
        let faulty = Faulty::new(memory.clone(), Some(stops[1]));
        if let Ok(mut bot) = open(&faulty, self.before[step].now, step) {
            let recovered = self.recover(&mut bot, step);
            assert_eq!(recovered.is_err(), faulty.stopped(), "{context}");
            said.append(&mut bot.said);
        }
        let mut bot = open(&memory, self.before[step].now, step).expect("it opens again");
        self.recover(&mut bot, step).expect("nothing stops it any more");
        self.to_the_end(&mut bot, step);
        said.append(&mut bot.said);
        self.left_in_order(&bot);
        let records = |end: &End| -> BTreeMap<Key, Vec<u8>> {
            let is_record = |key: &Key| key.table() >= id::TASK;
            end.rows.clone().into_iter().filter(|(key, _)| is_record(key)).collect()
        };
        let end = End::of(&memory, bot.now);
        assert!(records(&end) == records(&self.end), "{context}: other records");
        let told = end.entries().filter(|entry| entry.what == What::SendFailed).count();
        let places: BTreeSet<&Key> = said.iter().map(|said| &said.key).collect();
        let missing = self.said.len() - places.len();
        assert!(missing <= told && told <= 1, "{context}: {missing} missing, {told} told");
        for key in places {
            assert!(said.iter().filter(|s| s.key == *key).count() <= 2, "{context}: two copies");
        }
    }

    /// Runs a step from the state before it until the store stops: what the engine holds then, and
    /// what had been said.
    fn until_stopped(&self, step: usize, stop: Stop) -> (Memory, Vec<Said>) {
        let before = &self.before[step];
        let memory = copy(&before.memory);
        let faulty = Faulty::new(memory.clone(), Some(stop));
        let mut said = self.said[..before.said].to_vec();
        if let Ok(mut bot) = open(&faulty, before.now, step) {
            take(&mut bot, &self.steps[step]).expect_err("the store has stopped");
            said.append(&mut bot.said);
        }
        assert!(faulty.stopped(), "step {step}, {stop:?}");
        (memory, said)
    }

    /// After a restart: what is left is sent and what is due runs; platforms redeliver what was not
    /// answered and, out of order, what was; the clock jumps again if it did.
    fn recover(&self, bot: &mut Bot, step: usize) -> Result<(), Fault> {
        bot.send_left()?;
        let first = step.saturating_sub(REDELIVERED);
        for again in (first..=step).rev().chain(first..=step) {
            bot.turns = turns_before(again);
            match &self.steps[again] {
                Step::Jump(_) if again < step => {}
                callback => take(bot, callback)?,
            }
        }
        bot.run_due()?;
        bot.send_all()
    }

    fn to_the_end(&self, bot: &mut Bot, step: usize) {
        for (n, step) in self.steps.iter().enumerate().skip(step + 1) {
            bot.turns = turns_before(n);
            take(bot, step).expect("nothing stops it any more");
        }
    }

    /// Nothing waits that could have happened, nothing was given up, every journal is whole.
    fn left_in_order(&self, bot: &Bot) {
        let due = bot.next_wake().expect("readable").and_then(|(key, _)| wake_due(&key));
        assert!(due.is_none_or(|due| due > bot.now), "due and not done");
        assert!(bot.all::<Dead>().is_empty(), "dead letters");
        assert!(bot.all::<Unsent>().is_empty(), "unsent");
        for (key, head) in bot.all::<Head>() {
            let entries =
                bot.all::<Entry>().into_iter().filter(|(k, _)| k.0[1..17] == key.0[1..17]);
            let content = |at: &Key| {
                let at = Key([&[Content::ID.0], &at.0[1..]].concat());
                bot.view().raw(&at).expect("readable").map(|v| decode(&at, &v).expect("readable"))
            };
            let chain: Vec<(Entry, Option<Content>)> =
                entries.map(|(at, entry)| (entry, content(&at))).collect();
            assert_eq!(verify(&chain), Ok(head.hash));
        }
    }

    /// Every message of the undisturbed day was sent, in the order of its target and in the same
    /// words; again only if that was in doubt. Returns how many were.
    fn sent_once(&self, said: &[Said], context: &str) -> usize {
        let targets: BTreeSet<&Scope> = said.iter().chain(&self.said).map(|s| &s.target).collect();
        let mut copies = 0;
        for target in targets {
            let to = |said: &[Said]| -> Vec<Said> {
                said.iter().filter(|s| s.target == *target).cloned().collect()
            };
            let mut seen = BTreeSet::new();
            let mut firsts = Vec::new();
            for said in to(said) {
                if seen.insert(said.key.clone()) {
                    firsts.push((said.key, said.card));
                } else {
                    assert!(said.in_doubt, "{context}: sent again without a doubt");
                    copies += 1;
                }
            }
            let wanted: Vec<_> = to(&self.said).into_iter().map(|s| (s.key, s.card)).collect();
            assert_eq!(firsts, wanted, "{context}");
        }
        copies
    }
}

impl End {
    fn of(memory: &Memory, now: Timestamp) -> Self {
        let bot = open(memory, now, 0).expect("it opens");
        let rows = bot.store.scan(vec![0]..vec![u8::MAX], ROWS_MAX, Order::Up).expect("readable");
        let rows: BTreeMap<Key, Vec<u8>> = rows.into_iter().collect();
        let engine: BTreeSet<Vec<u8>> = raw_rows(memory).into_keys().collect();
        let scope = |key: &Key| {
            let mut scope = steward::store::ScopeHash::default();
            scope.0.copy_from_slice(&key.0[1..17]);
            (key.0.clone(), bot.store.revision(scope).expect("readable"))
        };
        let revisions = rows.keys().filter(|k| k.table() == Head::ID).map(scope).collect();
        Self { rows, revisions, engine }
    }

    fn entries(&self) -> impl Iterator<Item = Entry> {
        let entries = self.rows.iter().filter(|(key, _)| key.table() == Entry::ID);
        entries.map(|(key, value)| decode(key, value).expect("readable"))
    }

    fn assert_is(&self, wanted: &Self, context: &str) {
        let keys: BTreeSet<&Key> = self.rows.keys().chain(wanted.rows.keys()).collect();
        for key in keys {
            let shown =
                |value: Option<&Vec<u8>>| value.map(|v| String::from_utf8_lossy(v).into_owned());
            let (is, was) = (self.rows.get(key), wanted.rows.get(key));
            assert_eq!(shown(is), shown(was), "{context}: table {:?}", key.table());
            assert_eq!(is, was, "{context}: table {:?}", key.table());
        }
        assert_eq!(self.revisions, wanted.revisions, "{context}");
        assert_eq!(self.engine, wanted.engine, "{context}");
    }
}

/// A bot on this engine, its clock as it was, its turns counted as before this step.
fn open<B: Backend + Clone + 'static>(
    engine: &B,
    now: Timestamp,
    step: usize,
) -> Result<Bot, Fault> {
    let (store, _) = Sealed::open(engine.clone(), &master())?;
    let mut bot = Bot::of(Arc::clone(&CORE), Arc::new(store));
    bot.now = now;
    bot.turns = turns_before(step);
    Ok(bot)
}

/// Fixed for each step, so that a step run again makes the same secrets.
fn turns_before(step: usize) -> u64 {
    step as u64 * 1000
}

fn take(bot: &mut Bot, step: &Step) -> Result<(), Fault> {
    match step {
        Step::Say(raw) => bot.callback(raw),
        Step::Report(source, raw) => bot.reported(source, raw),
        Step::Jump(to) => bot.jump(*to),
    }
}

/// A line of the script as the callback that it was at that moment.
fn read(line: &str, bot: &Bot, lines: &mut Vec<(String, String, String)>) -> Step {
    if let Some(at) = line.strip_prefix("at ") {
        return Step::Jump(instant(at, "+08:00"));
    }
    if let Some((source, body)) = line.strip_prefix("event ").and_then(|rest| rest.split_once(' '))
    {
        return Step::Report(source.into(), bot.signed(source, body));
    }
    let (place, rest) = line.strip_prefix('[').and_then(|l| l.split_once("] ")).expect("a place");
    let (head, text) = rest.split_once("> ").unwrap_or((rest.trim_end_matches('>'), ""));
    let (speaker, quoted) = head.split_once(" quotes ").map_or((head, None), |(s, q)| (s, Some(q)));
    let id = format!("m{}", lines.len() + 1);
    let quoted = quoted.map(|wanted| {
        let found = lines.iter().rev().find(|(_, _, text)| text.starts_with(wanted));
        let (id, speaker, text) = found.expect("a line that begins so");
        Quote { id, speaker, text }
    });
    let raw = Line { place, speaker, text, id: &id, quoted, at: bot.now }.raw(CAST);
    lines.push((id, speaker.into(), text.into()));
    Step::Say(raw)
}

fn raw_rows(memory: &Memory) -> BTreeMap<Vec<u8>, Vec<u8>> {
    let rows = memory.scan(&[][..]..&[u8::MAX; 64][..], ROWS_MAX, Order::Up).expect("in memory");
    rows.into_iter().collect()
}

/// An engine of its own with the same rows.
fn copy(memory: &Memory) -> Memory {
    let copied = Memory::default();
    let rows: Rows = raw_rows(memory).into_iter().map(|(key, row)| (key, Some(row))).collect();
    copied.write(rows).expect("in memory");
    copied
}
