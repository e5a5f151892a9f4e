//! The real program on a disk that fails it: no room, no leave to write, another process on its
//! folder. Nothing that was answered is lost, and what it says names the cure.

#[expect(dead_code, reason = "only a platform's side of it")]
mod fake;
mod program;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use fake::bot::{SECRET, Said, client, sign, toml};
use fake::dingtalk::{FakeDingTalk, Recorded};
use program::Running;
use reqwest::Client;
use steward::model::{ConversationId, Scope};
use steward::shell::clock::Clock;
use steward::store::backend::{Backend, Rows};
use steward::store::directory::Directory;
use steward::store::sled::Sled;
use steward::store::table::id;
use steward::store::{Commit, Key, Kind, Master, Opened, Position, open};

/// The program's exit code when the store fails while it runs.
const FAULT: Option<i32> = Some(3);
/// Its exit code when it does not start.
const NO_START: Option<i32> = Some(1);
/// More lines than fit under any limit here.
const LINES: usize = 2000;

const SECRETS: &[(&str, &str)] = &[("STEWARD_TEST_SECRET", SECRET)];

/// A platform, and a folder with the settings and the data of a bot.
struct Office {
    fake: FakeDingTalk,
    folder: tempfile::TempDir,
    client: Client,
}

impl Office {
    async fn new() -> Self {
        let _ = rustls::crypto::ring::default_provider().install_default();
        let fake = FakeDingTalk::start().await;
        let folder = tempfile::tempdir().expect("a folder");
        let office = Self { fake, folder, client: client() };
        let settings = toml(office.folder.path(), &office.fake.base, None);
        std::fs::write(office.config(), settings).expect("written");
        office
    }

    fn config(&self) -> PathBuf {
        self.folder.path().join("bot.toml")
    }

    fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    /// The bot; no file of it grows over so many bytes: the system refuses it.
    fn start(&self, file_bytes_max: Option<usize>) -> Running {
        program::serve_limited(&self.config(), SECRETS, &limit(file_bytes_max))
    }

    /// The data itself, while the bot is not there.
    fn open(&self) -> Opened {
        let key = Master::File(self.folder.path().join("data.key"));
        open(Kind::Sled, &self.data(), &key).expect("it opens")
    }

    /// Does something with the bare database.
    fn in_database<T>(&self, work: impl FnOnce(&Sled) -> T) -> T {
        let directory = Directory::open(&self.data()).expect("free");
        work(&Sled::open(Arc::new(directory)).expect("it opens"))
    }

    /// Says the n-th line; whether it was taken.
    async fn say(&self, bot: &Running, n: usize) -> bool {
        self.deliver(bot, &line(n)).await
    }

    /// Says something; whether it was taken.
    async fn deliver(&self, bot: &Running, line: &Said) -> bool {
        let now = Clock::default().now().0;
        let request = self.client.post(format!("{}/callback/main", bot.said));
        let request = request
            .header("content-type", "application/json; charset=utf-8")
            .header("timestamp", now.to_string())
            .header("sign", sign(now, SECRET))
            .body(line.body(&self.fake.base, now).to_string());
        request.send().await.is_ok_and(|answer| answer.status().as_u16() == 200)
    }

    /// Each of the first lines has one effect, in order, and one reply, or two if the first was in
    /// doubt.
    async fn settled(&self, lines: usize) {
        let of = |calls: &[Recorded], n: usize| {
            let mine = calls.iter().filter(|call| call.is_message());
            mine.filter(|call| call.session() == line(n).id).cloned().collect::<Vec<_>>()
        };
        let all = |calls: &[Recorded]| (0..lines).all(|n| !of(calls, n).is_empty());
        let calls = self.fake.until("reply to every line", all).await;
        for n in 0..lines {
            let replies = of(&calls, n);
            assert!(replies.len() <= 2, "{replies:?}");
            let number = format!("T{} ", n + 1);
            let right = replies.iter().all(|reply| reply.body.to_string().contains(&number));
            assert!(right, "not {number}: {replies:?}");
        }
    }
}

fn line(n: usize) -> Said {
    Said { group: "cid-one==".into(), ..Said::new(&format!("m{n}"), &format!("任务 事{n}")) }
}

/// Files by their path.
fn files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let entries = std::fs::read_dir(folder).expect("a folder").map(|entry| {
        let path = entry.expect("a file").path();
        let bytes = std::fs::read(&path).expect("readable");
        (path, bytes)
    });
    entries.collect()
}

/// Words of a shell; a limit in blocks of 512 bytes, whose signal is not for us.
fn limit(file_bytes_max: Option<usize>) -> String {
    file_bytes_max.map_or_else(String::new, |max| {
        format!("trap '' XFSZ; ulimit -f {} || exit 99;", max / 512)
    })
}

#[tokio::test(flavor = "multi_thread")]
async fn a_full_disk_ends_the_program_and_the_next_start_has_all_that_was_answered() {
    for file_bytes_max in [16 << 10, 40 << 10, 600 << 10] {
        let office = Office::new().await;
        let bot = office.start(Some(file_bytes_max));
        let mut answered = 0;
        while answered < LINES && office.say(&bot, answered).await {
            answered += 1;
        }
        let (code, said) = bot.ended();
        assert!((1..LINES).contains(&answered), "{answered} answered under {file_bytes_max}");
        assert!(code == FAULT && said.contains("the store failed"), "{code:?} {said}");
        let bot = office.start(None);
        assert!(office.say(&bot, answered).await, "with room");
        office.settled(answered + 1).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn without_room_it_does_not_start_says_so_and_changes_nothing() {
    let office = Office::new().await;
    let bot = office.start(None);
    for n in 0..40 {
        assert!(office.say(&bot, n).await);
    }
    drop(bot);
    for file_bytes_max in [512, 4096, 20 << 10] {
        let limit = limit(Some(file_bytes_max));
        let (code, said) = program::serve_in_vain(&office.config(), SECRETS, &limit);
        let cure =
            said.contains("Nothing is lost: make room there") && said.contains("os error 27");
        assert!(code == NO_START && cure, "{file_bytes_max}: {code:?} {said}");
        assert!(!office.data().join("sled.damaged").exists(), "a whole database was set aside");
    }
    let bot = office.start(None);
    assert!(office.say(&bot, 40).await);
    office.settled(41).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn another_process_on_the_same_folder_does_not_start_and_names_the_first() {
    let office = Office::new().await;
    let bot = office.start(None);
    assert!(office.say(&bot, 0).await);
    let (code, said) = program::serve_in_vain(&office.config(), SECRETS, "");
    let holder = std::fs::read_to_string(office.data().join("lock")).expect("its lock");
    let named = format!("is in use by process {}: stop it first", holder.trim());
    assert!(code == NO_START && said.contains(&named), "{code:?} {said}");
    // The first goes on, and once it is gone, however it went, the folder is free.
    assert!(office.say(&bot, 1).await);
    drop(bot);
    let bot = office.start(None);
    assert!(office.say(&bot, 2).await);
    office.settled(3).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_list_of_failed_messages_makes_no_store_where_there_is_none() {
    let office = Office::new().await;
    let listed = std::process::Command::new(env!("CARGO_BIN_EXE_steward"))
        .args(["outbox", "list", "--config"])
        .arg(office.config())
        .envs(SECRETS.iter().copied())
        .output()
        .expect("it runs");
    let said = String::from_utf8_lossy(&listed.stderr).into_owned();
    assert!(said.contains("no store in"), "{said}");
    assert_eq!(listed.status.code(), NO_START);
    assert!(!office.data().exists() && !office.folder.path().join("data.key").exists());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_folder_of_another_version_is_refused_and_left_alone() {
    let office = Office::new().await;
    let bot = office.start(None);
    assert!(office.say(&bot, 0).await);
    drop(bot);
    // The bot's own stop brings the database up to the log.
    drop(office.open());
    let at = Key::global(id::META, b"F").0;
    let format = office.in_database(|database| {
        let format = database.get(&at).expect("readable").expect("a format");
        database.write(Rows::from([(at.clone(), Some(vec![format[0] - 1]))])).expect("written");
        database.sync().expect("durable");
        format
    });
    let before = files(&office.data().join("log"));
    for _ in 0..2 {
        let (code, said) = program::serve_in_vain(&office.config(), SECRETS, "");
        let (theirs, ours) = (format[0] - 1, format[0]);
        let told = format!("has format {theirs}, and this version reads format {ours}: start the");
        assert!(code == NO_START && said.contains(&told), "{code:?} {said}");
    }
    assert_eq!(files(&office.data().join("log")), before);
    office.in_database(|database| {
        database.write(Rows::from([(at.clone(), Some(format.clone()))])).expect("written");
        database.sync().expect("durable");
    });
    let bot = office.start(None);
    assert!(office.say(&bot, 1).await);
    office.settled(2).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_record_that_does_not_open_stops_what_needs_it_and_nothing_else() {
    let office = Office::new().await;
    let bot = office.start(None);
    for n in 0..2 {
        assert!(office.say(&bot, n).await);
    }
    office.settled(2).await;
    drop(bot);
    {
        let opened = office.open();
        let group = ConversationId { account: "main".into(), id: line(0).group };
        let scope = opened.keys.scope(&Scope::Conversation(group));
        let first = Key::new(id::TASK, scope, &1_u32.to_be_bytes());
        assert!(opened.store.get(&first).expect("readable").is_some(), "no such task");
        let writes = vec![(first, Some(vec![1, 0xC1]))];
        let applied = opened.store.apply(vec![Commit { scope, writes, ..Commit::default() }]);
        assert!(applied.is_ok_and(|all| all.iter().all(Result::is_ok)));
        opened.store.sync(Position(u64::MAX)).expect("durable");
    }
    let mut bot = office.start(None);
    let commands = [("T1 完成", false), ("任务", false), ("T2 完成", true), ("任务 第三件", true)];
    for (text, taken) in commands {
        let said = Said { text: text.into(), id: format!("x {text}"), ..line(0) };
        assert_eq!(office.deliver(&bot, &said).await, taken, "{text}");
    }
    let other = Said { id: "other".into(), group: "cid-two==".into(), ..line(0) };
    assert!(office.deliver(&bot, &other).await, "another group");
    bot.kill();
    let (_, said) = bot.ended();
    assert_eq!(said.matches("has a record that does not open").count(), 2, "{said}");
}
