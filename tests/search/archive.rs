//! A bot with an archive of invented messages, and an index that follows when it is told to.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Arc, LazyLock};

use serde_json::Value;
use steward::core::index::{Index, behind};
use steward::model::message::Message;
use steward::model::task::Named;
use steward::model::time::DAY_MS;
use steward::model::{ConversationId, PersonId, Scope, Secret, Timestamp};
use steward::shell::indexer::follow::{Follower, Step};
use steward::store::{Kind, Master, Order, ScopeHash, open};
use steward::text::sought::Sought;

use crate::bot::line::Line;
use crate::bot::{self, ACCOUNT, Bot};
use crate::filled;

/// The group that most is said in.
pub const GROUP: &str = "客服群";

/// An invented message.
pub struct Text {
    pub sender: String,
    pub at: Timestamp,
    pub text: String,
}

/// The messages of `tests/data/search`, by their time.
pub static TEXTS: LazyLock<Vec<Text>> = LazyLock::new(|| {
    let read = |line: &str| {
        let line: Value = serde_json::from_str(line).unwrap();
        let text = |key: &str| line[key].as_str().unwrap().to_owned();
        let at = chrono::DateTime::parse_from_rfc3339(line["ts"].as_str().unwrap()).unwrap();
        Text { sender: text("sender"), at: Timestamp(at.timestamp_millis()), text: text("text") }
    };
    include_str!("../data/search/messages.jsonl").lines().map(read).collect()
});

/// The nth message of all as it is kept.
fn message(nth: usize) -> Message {
    let text = &TEXTS[nth % TEXTS.len()];
    let sent_at = text.at.plus_ms((nth / TEXTS.len()) as i64 * 61 * DAY_MS);
    let person = PersonId { account: ACCOUNT.into(), id: text.sender.clone() };
    Message {
        sender: Some(Named { person, name: text.sender.clone() }),
        text: text.text.clone(),
        sent_at,
        day: sent_at.day(chrono_tz::Asia::Shanghai),
        ..Message::heard(String::new(), Timestamp::default(), Default::default())
    }
}

/// Messages by their numbers.
pub type Kept = BTreeMap<u32, Message>;

/// The archive.
pub struct Archive {
    pub bot: Bot,
    pub follower: Arc<Follower>,
    pub folder: tempfile::TempDir,
    said: usize,
}

impl Archive {
    /// An empty one, its store in memory.
    pub fn new() -> Self {
        Self::of(Bot::new(), tempfile::tempdir().unwrap())
    }

    /// An empty one on disk.
    pub fn on_disk() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let master = Master::Given(Secret::new([7; 32]));
        let opened = open(Kind::Sled, &folder.path().join("data"), &master).unwrap();
        Self::of(Bot::on(opened.store, bot::settings()), folder)
    }

    /// As another process would find it.
    pub fn reopen(&mut self) {
        let (index, key) = (self.folder.path().join("index"), Secret::new([8; 32]));
        let (store, keys) = (self.bot.store.clone(), self.bot.keys.clone());
        self.follower = Arc::new(Follower::new(index, key, store, keys));
        self.bot.index = Some(self.follower.clone());
    }

    fn of(mut bot: Bot, folder: tempfile::TempDir) -> Self {
        let (index, key) = (folder.path().join("index"), Secret::new([8; 32]));
        let follower = Follower::new(index, key, bot.store.clone(), bot.keys.clone());
        let follower = Arc::new(follower);
        bot.index = Some(follower.clone());
        Self { bot, follower, folder, said: 0 }
    }

    /// With so many messages said in the group, and the index up to them.
    pub fn with(mut self, count: usize) -> Self {
        self.keep(GROUP, 0..count);
        self.catch_up(GROUP);
        self
    }

    /// Has some of the messages said somewhere; from the last the list begins anew, later.
    pub fn keep(&mut self, place: &str, range: std::ops::Range<usize>) {
        let all: Vec<Message> = range.map(message).collect();
        if let Some(last) = all.last() {
            self.bot.now = last.sent_at;
        }
        filled::keep(&*self.bot.store, self.scope(place), &all);
    }

    /// What the bot answers to a line.
    pub fn ask(&mut self, place: &str, line: &str) -> String {
        let before = self.bot.said.len();
        let line = if place.starts_with('~') { line.to_owned() } else { format!("@管家 {line}") };
        let speaker = place.strip_prefix('~').unwrap_or("经理");
        self.line(place, speaker, &line);
        let said: Vec<String> = self.bot.said[before..].iter().map(|s| s.card.plain()).collect();
        said.join("\n")
    }

    /// Somebody says something.
    pub fn line(&mut self, place: &str, speaker: &str, text: &str) {
        self.said += 1;
        let id = format!("m{}", self.said);
        let line = Line { place, speaker, text, id: &id, quoted: None, at: self.bot.now };
        self.bot.callback(&line.raw(["甲", "乙"])).unwrap();
        if !text.starts_with("@管家") && !place.starts_with('~') {
            self.bot.said.clear();
        }
    }

    /// Lets the index follow until it has all.
    pub fn catch_up(&self, place: &str) {
        while self.follower.step(self.scope(place)).unwrap() == Step::More {}
    }

    /// The scope of a place.
    pub fn scope(&self, place: &str) -> ScopeHash {
        let account = ACCOUNT.to_owned();
        let scope = match place.strip_prefix('~') {
            Some(id) => Scope::Person(PersonId { account, id: id.into() }),
            None => Scope::Conversation(ConversationId { account, id: place.into() }),
        };
        self.bot.keys.scope(&scope)
    }

    /// The folder of a place's index.
    pub fn index_of(&self, place: &str) -> PathBuf {
        self.folder.path().join("index").join(hex::encode(self.scope(place).0))
    }

    /// All messages that are kept somewhere.
    pub fn messages(&self, place: &str) -> Kept {
        let rows = self.bot.view().list::<Message>(self.scope(place), 100_000, Order::Up).unwrap();
        let number = |key: &steward::store::Key| key.rest().try_into().map(u32::from_be_bytes);
        rows.into_iter().map(|(key, message)| (number(&key).unwrap(), message)).collect()
    }

    /// Which of these messages index and journal lead to, judged as the bot judges them.
    pub fn found(&self, place: &str, all: &Kept, sought: &Sought) -> Vec<u32> {
        let looked = self.follower.look(self.scope(place), &sought.terms(self.bot.now));
        let mut looked = looked.expect("there is an index");
        assert!(looked.place.below <= 1, "all of it is in the index");
        let behind = behind(self.bot.view(), self.scope(place), &looked.place, 128).unwrap();
        looked.numbers.extend(behind.expect("it follows this journal").touched);
        looked.numbers.sort_unstable();
        looked.numbers.dedup();
        let fits = |number: &u32| all.get(number).is_some_and(|message| sought.fits(message));
        looked.numbers.into_iter().filter(fits).collect()
    }
}

/// Numbers that look random.
pub struct Random(pub u64);

impl Random {
    pub fn below(&mut self, end: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % end.max(1)
    }

    /// A stretch of a text, of so many characters where it has them.
    pub fn piece<'t>(&mut self, text: &'t str, length: usize) -> &'t str {
        let starts: Vec<usize> =
            text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
        let from = self.below((starts.len() - 1).saturating_sub(length) + 1);
        &text[starts[from]..starts[(from + length).min(starts.len() - 1)]]
    }
}

/// How many an answer says there are, and the handles that it lists.
pub fn read(answer: &str) -> (usize, Vec<u32>) {
    let count = answer.strip_prefix("找到 ").and_then(|rest| rest.split(' ').next());
    let count = count.map_or(0, |count| count.parse().unwrap());
    let handle =
        |line: &str| line.trim_start().strip_prefix("- M")?.split(' ').next()?.parse().ok();
    (count, answer.lines().filter_map(handle).collect())
}
