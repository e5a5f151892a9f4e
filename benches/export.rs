//! What exports cost: `cargo bench --bench export -- 100000`. It keeps so many messages of one
//! group on disk and writes all of them into a file of each kind: how long that takes, how large
//! the file is, and by how much the process grew at most.

use std::fs::{self, File};
use std::io::BufWriter;

use steward::core::export::{Export, Job, State};
use steward::model::export::FORMATS;
use steward::model::message::Message;
use steward::model::task::Named;
use steward::model::{ConversationId, Lang, PersonId, Scope, Secret, Timestamp};
use steward::shell::clock::Stopwatch;
use steward::shell::exporter::job;
use steward::shell::exporter::reading::Source;
use steward::store::{Kind, Master, open};
use steward::text::sought::Sought;

#[path = "../tests/search/filled.rs"]
mod filled;

const NOW: Timestamp = Timestamp(1_795_140_000_000);
/// Between two messages: a hundred thousand of them take half a year.
const EVERY_MS: i64 = 150_000;
const ZONE: chrono_tz::Tz = chrono_tz::Asia::Shanghai;
/// Messages kept at once.
const A_PART: usize = 10_000;

fn main() {
    let count = std::env::args().find_map(|word| word.parse().ok()).unwrap_or(100_000);
    let folder = tempfile::tempdir().expect("a folder");
    let master = Master::Given(Secret::new([7; 32]));
    let opened = open(Kind::Sled, &folder.path().join("data"), &master).expect("it opens");
    let place = ConversationId { account: "play".into(), id: "客服群".into() };
    let scope = Scope::Conversation(place);
    let hash = opened.keys.scope(&scope);
    for from in (0..count).step_by(A_PART) {
        let all: Vec<Message> = (from..count.min(from + A_PART)).map(message).collect();
        filled::keep(&*opened.store, hash, &all);
    }
    println!("{count} messages kept, {} MB", memory_mb("VmRSS:"));
    let source = Source { store: &*opened.store, keys: &opened.keys, zone: ZONE };
    for format in FORMATS {
        let path = folder.path().join(format.ending());
        let file = BufWriter::new(File::create(&path).expect("a file"));
        // From here on the peak is counted anew.
        fs::write("/proc/self/clear_refs", "5").expect("Linux");
        let before = memory_mb("VmRSS:");
        let (watch, job) = (Stopwatch::start(), Job { scope: scope.clone(), number: 1 });
        let asked = Export { format, ..asked(count) };
        let written = job::write(&source, &job, &asked, (file, &[3; 32]), &mut |_| true);
        let (_, holds) = written.unwrap_or_else(|ended| panic!("{ended:?}"));
        assert_eq!(holds.count as usize, count);
        let seconds = watch.seconds();
        let (peak, kib) = (memory_mb("VmHWM:"), holds.bytes / 1024);
        let grew = peak.saturating_sub(before);
        println!(
            "{:>5}: {seconds:.1} s, {:.0} µs a message, {kib} KiB, \
             at most {grew} MB more ({peak} MB)",
            format.ending(),
            seconds * 1e6 / count as f64,
        );
    }
}

/// Everything, with a word to mark.
fn asked(count: usize) -> Export {
    Export {
        by: person(0),
        leave: None,
        format: FORMATS[0],
        sought: Sought { words: vec!["发货".into()], ..Sought::default() },
        asked: "发货".into(),
        upto: u32::try_from(count).unwrap_or(u32::MAX),
        watermark: Some("XX餐饮-客诉处理专用".into()),
        purpose: Some("复盘".into()),
        snapshot: false,
        unmasked: false,
        hears_all: true,
        asked_at: NOW,
        lang: Lang::Zh,
        state: State::Working,
        holds: None,
    }
}

fn person(n: usize) -> Named {
    let person = PersonId { account: "play".into(), id: format!("u{n}") };
    Named { person, name: format!("用户{n}") }
}

/// The nth message of all.
fn message(nth: usize) -> Message {
    let sent_at = NOW.plus_ms(-(EVERY_MS * (1_000_000 - nth as i64)));
    Message {
        sender: Some(person(nth % 40)),
        text: format!(
            "客户问起第{nth}单的发货时间，电话 1380000{:04}，仓库说今天下午能出，我先回复他们等通知",
            nth % 10_000
        ),
        sent_at,
        day: sent_at.day(ZONE),
        ..Message::heard(String::new(), Timestamp::default(), Default::default())
    }
}

/// A line of the process's status, in MB.
fn memory_mb(line: &str) -> u64 {
    let status = fs::read_to_string("/proc/self/status").expect("Linux");
    let found = status.lines().find_map(|known| known.strip_prefix(line)).unwrap_or_default();
    found.split_whitespace().next().and_then(|kb| kb.parse::<u64>().ok()).unwrap_or(0) / 1024
}
