//! What was erased is nowhere: in no row of the store, in no file beside it, and in no store made
//! anew or restored from what is left. What stays has a chain that holds.

mod bot;

use std::fs;
use std::path::{Path, PathBuf};

use bot::line::Line;
use bot::{ACCOUNT, Bot, settings};
use steward::core::journal::verify;
use steward::model::{ConversationId, Scope};
use steward::shell::clock::Clock;
use steward::shell::eraser::erase;
use steward::store::{Kind, Master, Order, Position, Store, open};

/// What was said, and nothing else here says.
const CANARY: &str = "蓝莓松饼的秘方";
/// What another one said.
const OTHER: &str = "食堂今天有饺子";
/// More rows than this leaves.
const ROWS_MAX: usize = 100_000;

struct Place(tempfile::TempDir);

impl Place {
    fn data(&self) -> PathBuf {
        self.0.path().join("data")
    }

    /// A bot on the store in a folder of this place.
    fn bot(&self, data: &Path) -> Bot {
        let master = Master::File(self.0.path().join("data.key"));
        let opened = open(Kind::Sled, data, &master).expect("opens");
        let mut bot = Bot::on(opened.store, settings());
        bot.keys = opened.keys;
        bot
    }
}

fn say(bot: &mut Bot, speaker: &str, text: &str) -> String {
    bot.now = bot.now.plus_ms(1_000);
    let (id, at) = (format!("m{}", bot.now.0), bot.now);
    let line = Line { place: "项目群", speaker, text, id: &id, quoted: None, at };
    let before = bot.said.len();
    bot.callback(&line.raw(["甲", "乙", "经理"])).expect("a store that works");
    let said: Vec<String> = bot.said[before..].iter().map(|s| s.card.plain()).collect();
    said.join("\n")
}

/// Whether any row holds these words, once opened.
fn holds(store: &dyn Store, words: &str) -> bool {
    let rows = store.scan(vec![0]..vec![255], ROWS_MAX, Order::Up).expect("readable");
    rows.iter().any(|(_, value)| value.windows(words.len()).any(|part| part == words.as_bytes()))
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}

fn copied(from: &Path, to: &Path) {
    for path in files(from) {
        let target = to.join(path.strip_prefix(from).unwrap());
        fs::create_dir_all(target.parent().unwrap()).unwrap();
        fs::copy(&path, &target).unwrap();
    }
}

/// Files of the commit log and copies of the database.
fn history(data: &Path) -> Vec<PathBuf> {
    files(&data.join("log"))
}

fn is_rid(bot: &Bot) {
    assert!(!holds(&*bot.store, CANARY));
    assert!(holds(&*bot.store, OTHER));
    let id = ConversationId { account: ACCOUNT.into(), id: "项目群".into() };
    let journal = bot.journal(bot.keys.scope(&Scope::Conversation(id)));
    verify(&journal).expect("the chain is whole");
    let erased = journal.iter().flat_map(|row| row.entry.erased.clone());
    let mut erased = erased.flat_map(|(first, last)| first..=last).collect::<Vec<_>>();
    erased.sort_unstable();
    let without = journal.iter().filter(|row| row.content.is_none());
    let without: Vec<u64> = without.map(|row| row.entry.seq).collect();
    assert_eq!(without, erased, "each content that is missing is on record as erased");
    assert!(without.len() > 4);
}

fn filled(place: &Place) -> Bot {
    let mut bot = place.bot(&place.data());
    say(&mut bot, "经理", "@管家 关键词 秘方 → #配方 通知@乙");
    for nth in 0..30 {
        say(&mut bot, "甲", &format!("{CANARY}，第{nth}步"));
        say(&mut bot, "乙", &format!("{OTHER}，{nth}号窗口"));
    }
    say(&mut bot, "甲", &format!("@管家 {CANARY}在哪"));
    say(&mut bot, "乙", "@管家 标 M3 甜点");
    assert!(say(&mut bot, "乙", "@管家 搜 松饼的秘方").contains(CANARY));
    say(&mut bot, "乙", "@管家 消息");
    bot
}

fn erased(bot: &mut Bot) {
    say(bot, "甲", "@管家 抹除 我的消息");
    say(bot, "甲", "@管家 申请");
    let told = say(bot, "经理", "@管家 同意");
    assert!(told.contains("已抹除 @甲 的 31 条消息"), "{told}");
}

#[test]
fn what_was_erased_is_nowhere_in_the_store_and_in_no_store_made_of_its_files() {
    let place = Place(tempfile::tempdir().unwrap());
    let bot = filled(&place);
    bot.store.sync(Position(u64::MAX)).unwrap();
    drop(bot);
    // From here on the database itself has it too, and the log is of several segments.
    let mut bot = place.bot(&place.data());
    bot.now = bot.now.plus_ms(1_000_000);
    assert!(holds(&*bot.store, CANARY));
    let before = history(&place.data());
    assert!(before.len() > 1, "{before:?}");
    erased(&mut bot);
    erase(&*bot.store, None, &Clock::default()).unwrap();
    is_rid(&bot);
    // No file of the log and no copy of then is left: what is left was written later.
    for path in &before {
        assert!(!path.exists(), "{}", path.display());
    }
    // A copy of the whole directory, taken now and put back elsewhere.
    bot.store.sync(Position(u64::MAX)).unwrap();
    drop(bot);
    let backup = place.0.path().join("backup");
    copied(&place.data(), &backup);
    is_rid(&place.bot(&backup));
    // The next start makes the database's own files anew, and keeps nothing aside.
    assert!(place.data().join("RENEW").exists());
    let bot = place.bot(&place.data());
    is_rid(&bot);
    assert!(!place.data().join("RENEW").exists());
    let aside = fs::read_dir(place.data()).unwrap().map(|entry| entry.unwrap().file_name());
    let aside: Vec<String> = aside.map(|name| name.to_string_lossy().into_owned()).collect();
    assert!(!aside.iter().any(|name| name.contains("damaged")), "{aside:?}");
    drop(bot);
    // A lost database is made anew from log and copy alone.
    let database: Vec<String> = aside.into_iter().filter(|n| n.contains("sled")).collect();
    for name in &database {
        fs::remove_dir_all(place.data().join(name)).unwrap();
    }
    assert_eq!(database.len(), 1);
    is_rid(&place.bot(&place.data()));
}

#[test]
fn a_stop_before_files_are_rid_is_made_up_for() {
    let place = Place(tempfile::tempdir().unwrap());
    let mut bot = filled(&place);
    erased(&mut bot);
    let before = history(&place.data());
    drop(bot);
    let bot = place.bot(&place.data());
    // The mark is still there, so the next look sees to it.
    erase(&*bot.store, None, &Clock::default()).unwrap();
    assert!(before.iter().all(|path| !path.exists()));
    let marks = history(&place.data());
    erase(&*bot.store, None, &Clock::default()).unwrap();
    assert_eq!(history(&place.data()), marks, "nothing is left to do");
}

#[test]
fn whoever_said_more_meanwhile_keeps_that() {
    let place = Place(tempfile::tempdir().unwrap());
    let mut bot = filled(&place);
    erased(&mut bot);
    say(&mut bot, "甲", "以后我少说点");
    assert!(say(&mut bot, "乙", "@管家 搜 @甲").contains("少说点"));
    assert!(!say(&mut bot, "乙", "@管家 仍撤销 U2").contains(CANARY));
    assert!(!holds(&*bot.store, CANARY));
}
