//! A store that stops at the n-th write of a scripted day, for every n: after a restart and a
//! redelivery everything has happened once and nothing is missing. Two crashes in a row are tried
//! on a sample.

mod bot;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, LazyLock};

use bot::line::{Line, Quote};
use bot::same::{assert_same, copy, scope_of, sent_once};
use bot::{Bot, Said, catalogue, instant, master, settings};
use steward::command::catalogue::Kind;
use steward::core::Core;
use steward::core::journal::{Head, Row, verify};
use steward::core::outbox::{Dead, Unsent, wake_due};
use steward::model::Timestamp;
use steward::model::journal::What;
use steward::platform::Raw;
use steward::store::backend::Backend;
use steward::store::faulty::{Faulty, Stop};
use steward::store::memory::Memory;
use steward::store::table::id;
use steward::store::{Fault, Key, Order, Sealed};

/// The day: two groups, two direct chats, a source, reports on schedule, jumps of the clock.
const SCRIPT: &str = include_str!("crash/day.talk");

/// People who may be @-ed.
const CAST: [&str; 4] = ["甲", "乙", "丙", "经理"];

/// Run once, for every test.
static DAY: LazyLock<Day> = LazyLock::new(Day::undisturbed);

/// Callbacks before the one in flight that are redelivered as well.
const REDELIVERED: usize = 3;

/// Read once: every restart has the same vocabulary.
static CORE: LazyLock<Arc<Core>> =
    LazyLock::new(|| Arc::new(Core { settings: settings(), catalogue: catalogue() }));

/// Every which crash is tried at greater length; prime, to share no rhythm with the script.
const SAMPLED_EVERY: usize = 29;

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

/// The undisturbed day: its steps, and how things stood before each and at the end.
struct Day {
    steps: Vec<Step>,
    frames: Vec<Frame>,
    /// Writes of each step; the first one's include the set-up of the store.
    writes: Vec<u64>,
    said: Vec<Said>,
    turns: u64,
}

/// A moment between two steps.
struct Frame {
    memory: Memory,
    now: Timestamp,
    /// Messages said before it.
    said: usize,
}

/// A crash: in which step, and where the store stops in it.
type Crash = (usize, Stop);

#[test]
fn a_store_that_stops_at_any_write_leaves_all_or_nothing_and_everything_happens_once() {
    let day = &*DAY;
    day.covers_every_command();
    let crashes: Vec<Crash> = day.crashes().collect();
    each(&crashes, |crash| day.crash(*crash));
    let (turns, writes) = (day.turns, day.writes.iter().sum::<u64>());
    println!("{turns} turns, {writes} writes, a crash before and after each");
    assert_eq!(crashes.len() as u64, 2 * writes);
    assert!(turns >= 30, "a conversation of at least 30 turns");
}

#[test]
fn a_day_with_a_crash_ends_as_the_undisturbed_one() {
    let day = &*DAY;
    let crashes: Vec<Crash> = day.crashes().step_by(SAMPLED_EVERY).collect();
    each(&crashes, |crash| day.crash_and_go_on(*crash));
}

#[test]
fn two_crashes_in_a_row_leave_one_copy_at_most_and_what_was_not_sent_is_known() {
    let day = &*DAY;
    let twice: Vec<(Crash, Stop)> = day
        .crashes()
        .step_by(SAMPLED_EVERY)
        .flat_map(|crash| (1..=4).map(move |at_write| (crash, at_write)))
        .flat_map(|(crash, at_write)| {
            [false, true].map(|applied| (crash, Stop { at_write, applied }))
        })
        .collect();
    each(&twice, |(crash, second)| day.crash_twice(*crash, *second));
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
        let (memory, mut lines) = (Memory::default(), Vec::new());
        let (mut frames, mut steps, mut writes) = (Vec::new(), Vec::new(), Vec::new());
        let (mut now, mut said, mut turns) = (Timestamp(0), Vec::new(), 0);
        for line in SCRIPT.lines().filter(|line| !line.starts_with('#')) {
            frames.push(Frame { memory: copy(&memory), now, said: said.len() });
            let counting = Faulty::new(memory.clone(), None);
            let mut bot = open(&counting, now, steps.len()).expect("nothing stops it");
            bot.said = said;
            let step = read(line, &bot, &mut lines);
            take(&mut bot, &step).expect("nothing stops it");
            in_order(&bot);
            turns += bot.turns - turns_before(steps.len());
            (now, said) = (bot.now, bot.said);
            steps.push(step);
            writes.push(counting.writes());
        }
        frames.push(Frame { memory, now, said: said.len() });
        Self { steps, frames, writes, said, turns }
    }

    /// Every write of the day, lost and then with only its answer lost.
    fn crashes(&self) -> impl Iterator<Item = Crash> {
        let steps = self.writes.iter().enumerate();
        let writes = steps.flat_map(|(step, writes)| (1..=*writes).map(move |n| (step, n)));
        writes.flat_map(|(step, at_write)| {
            [false, true].map(|applied| (step, Stop { at_write, applied }))
        })
    }

    /// A word of the catalogue that the script forgets would go untested.
    fn covers_every_command(&self) {
        let end = self.frames.last().expect("an end");
        let entries = open(&end.memory, end.now, 0).expect("it opens").all::<Row>();
        let command = |(_, row): (Key, Row)| match row.entry.into_value().what {
            What::Command(name) => name.split_once('.').map(|(n, v)| (n.to_owned(), v.to_owned())),
            _ => None,
        };
        // What somebody agreed to is on record as what was done, by their leave.
        let agreed = entries.iter().any(|(_, row)| row.entry.leave.is_some());
        let agreed = agreed.then(|| ("request".to_owned(), "approve".to_owned()));
        let done = entries.into_iter().filter_map(command).chain(agreed);
        let done: BTreeSet<(String, String)> = done.collect();
        for word in catalogue().words() {
            let is_it = |(noun, verb): &(String, String)| match word.kind {
                Kind::Noun => *noun == word.key,
                Kind::Verb => *verb == word.key,
            };
            assert!(done.iter().any(is_it), "no {} in the script: {done:?}", word.key);
        }
    }

    /// After a crash in a step, a restart and a redelivery, everything is as it was after that step
    /// in the undisturbed day. What comes later depends on nothing else.
    fn crash(&self, (step, stop): Crash) {
        let context = format!("step {step}, {stop:?}");
        let (memory, mut said) = self.until_stopped((step, stop));
        let mut bot = self.restarted(&memory, step).expect("it opens again");
        self.recover(&mut bot, step).expect("nothing stops it any more");
        said.append(&mut bot.said);
        let after = &self.frames[step + 1];
        assert_eq!(bot.now, after.now, "{context}");
        assert_same(&memory, &after.memory, &context);
        let copies = sent_once(&said, &self.said[..after.said], &context);
        assert!(copies <= 1, "{context}: {copies} copies");
    }

    /// The same, with the rest of the day.
    fn crash_and_go_on(&self, (step, stop): Crash) {
        let context = format!("step {step}, {stop:?}, to the end");
        let (memory, mut said) = self.until_stopped((step, stop));
        let mut bot = self.restarted(&memory, step).expect("it opens again");
        self.recover(&mut bot, step).expect("nothing stops it any more");
        for (n, step) in self.steps.iter().enumerate().skip(step + 1) {
            bot.turns = turns_before(n);
            take(&mut bot, step).expect("nothing stops it any more");
        }
        said.append(&mut bot.said);
        in_order(&bot);
        assert_same(&memory, &self.frames[self.steps.len()].memory, &context);
        sent_once(&said, &self.said, &context);
    }

    /// A second crash meanwhile: a message in doubt twice may be missing, and that is on record.
    fn crash_twice(&self, (step, first): Crash, second: Stop) {
        let context = format!("step {step}, {first:?}, {second:?}");
        let (memory, mut said) = self.until_stopped((step, first));
        let faulty = Faulty::new(memory.clone(), Some(second));
        if let Ok(mut bot) = self.restarted(&faulty, step) {
            let recovered = self.recover(&mut bot, step);
            assert_eq!(recovered.is_err(), faulty.stopped(), "{context}");
            said.append(&mut bot.said);
        }
        let mut bot = self.restarted(&memory, step).expect("it opens again");
        self.recover(&mut bot, step).expect("nothing stops it any more");
        said.append(&mut bot.said);
        in_order(&bot);
        let after = &self.frames[step + 1];
        let records = |memory: &Memory| -> BTreeMap<Key, Vec<u8>> {
            let store = open(memory, after.now, 0).expect("it opens").store;
            let rows = store.scan(vec![id::TASK.0]..vec![id::SAID_FOR.0], ROWS_MAX, Order::Up);
            let settled = |key: &Key| key.table() == id::OCCURRENCE;
            let row = |(key, row): (Key, _)| if settled(&key) { (key, vec![]) } else { (key, row) };
            rows.expect("readable").into_iter().map(row).collect()
        };
        assert!(records(&memory) == records(&after.memory), "{context}: other records");
        let failed = |(_, row): &(Key, Row)| row.entry.what == What::SendFailed;
        let told = bot.all::<Row>().iter().filter(|entry| failed(entry)).count();
        let mut times: BTreeMap<&Key, usize> = BTreeMap::new();
        said.iter().for_each(|said| *times.entry(&said.key).or_default() += 1);
        let missing = after.said - times.len();
        assert!(missing <= told && told <= 1, "{context}: {missing} missing, {told} told");
        assert!(times.values().all(|times| *times <= 2), "{context}: two copies");
    }

    /// Runs a step from the state before it until the store stops: what the engine holds then, and
    /// what had been said.
    fn until_stopped(&self, (step, stop): Crash) -> (Memory, Vec<Said>) {
        let before = &self.frames[step];
        let memory = copy(&before.memory);
        let faulty = Faulty::new(memory.clone(), Some(stop));
        let mut said = self.said[..before.said].to_vec();
        if let Ok(mut bot) = self.restarted(&faulty, step) {
            take(&mut bot, &self.steps[step]).expect_err("the store has stopped");
            said.append(&mut bot.said);
        }
        assert!(faulty.stopped(), "step {step}, {stop:?}");
        (memory, said)
    }

    /// A bot as it starts before a step: a jump that broke off has not moved the clock.
    fn restarted<B>(&self, engine: &B, step: usize) -> Result<Bot, Fault>
    where
        B: Backend + Clone + 'static,
    {
        open(engine, self.frames[step].now, step)
    }

    /// After a restart: what is left is sent; platforms redeliver what was not answered and, out of
    /// order, what was; what is due runs; the clock jumps again if it did.
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
        bot.send_all()?;
        // What could not be sent is told to where it came from.
        bot.run_due()?;
        bot.send_all()
    }
}

/// Nothing waits that could have happened, nothing was given up, every journal is whole.
fn in_order(bot: &Bot) {
    let due = bot.next_wake().expect("readable").and_then(|(key, _)| wake_due(&key));
    assert!(due.is_none_or(|due| due > bot.now), "due and not done");
    assert!(bot.all::<Dead>().is_empty(), "dead letters");
    assert!(bot.all::<Unsent>().is_empty(), "unsent");
    for (key, head) in bot.all::<Head>() {
        assert_eq!(verify(&bot.journal(scope_of(&key.0))), Ok(head.hash));
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
