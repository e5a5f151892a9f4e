//! A small data directory of a real bot, mutated: whatever happened to one of its files, opening
//! gives every row as it was, or a fault that names a file and what to do.
//!
//! `STEWARD_ROUNDS=10000 cargo test --release --test mutations` is the full set.

mod bot;
mod rounds;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock, Mutex};

use bot::line::Line;
use bot::{Bot, catalogue, master, settings};
use rounds::Dice;
use steward::core::Core;
use steward::model::Timestamp;
use steward::store::directory::Directory;
use steward::store::logged::Logged;
use steward::store::packed::Packed;
use steward::store::sled::Sled;
use steward::store::{
    Commit, Fault, Key, Kind, Master, Order, Position, ScopeHash, Sealed, Store, copy, open,
    table::id,
};

/// Mutations tried unless more are asked for.
const ROUNDS: u64 = 60;

/// A log of so many bytes is copied: a small directory has a base copy too.
const LOG_BYTES: u64 = 24 << 10;

/// Bases of which most rounds take one.
const SHORT_BASES: usize = 4;

/// More rows than the bot leaves.
const ROWS_MAX: usize = 100_000;

const CAST: [&str; 4] = ["甲", "乙", "丙", "经理"];

/// The files of a data directory, by their path in it.
type Files = BTreeMap<PathBuf, Vec<u8>>;

/// All that a store answers: values by key, and the revisions of the scopes in them.
type Content = (BTreeMap<Key, Vec<u8>>, BTreeMap<ScopeHash, u64>);

/// What the rounds begin with.
struct Base {
    name: &'static str,
    files: Files,
    /// What a file once was.
    older: Vec<Files>,
    content: Arc<Content>,
}

/// How a round ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum End {
    /// Everything was there.
    Whole,
    /// It broke while it was read or written, and the next start had everything.
    WholeAfterRestart,
    /// It said what to do.
    Refused,
}

static CORE: LazyLock<Arc<Core>> =
    LazyLock::new(|| Arc::new(Core { settings: settings(), catalogue: catalogue() }));

#[test]
fn a_mutated_directory_is_whole_or_says_what_to_do() {
    let count = rounds::wanted(ROUNDS);
    let mut bases = bases(&Talk::Short);
    if count > ROUNDS {
        bases.extend(self::bases(&Talk::Long));
    }
    let tally: Mutex<BTreeMap<(&str, String, End), usize>> = Mutex::default();
    for base in &bases {
        let folder = tempfile::tempdir().unwrap();
        lay(&base.files, folder.path());
        assert_eq!(try_open(folder.path(), &base.content, true, base.name), End::Whole);
    }
    rounds::each(count, |round| {
        let mut dice = Dice::new(round);
        // Large ones take their time.
        let many = if dice.one_in(8) { bases.len() } else { SHORT_BASES };
        let base = &bases[dice.roll(many)];
        let mut files = base.files.clone();
        let (file, what) = mutate(&mut files, &base.older, &mut dice);
        let folder = tempfile::tempdir().unwrap();
        lay(&files, folder.path());
        let context = format!("round {round}, {}, {}: {what}", base.name, file.display());
        let end = try_open(folder.path(), &base.content, dice.one_in(4), &context);
        let kind = file.extension().unwrap_or(file.as_os_str()).to_string_lossy().into_owned();
        *tally.lock().unwrap().entry((base.name, kind, end)).or_default() += 1;
    });
    let tally = tally.into_inner().unwrap();
    for ((base, kind, end), count) in &tally {
        println!("{count:6} {base}, {kind}: {end:?}");
    }
    assert!(tally.keys().any(|(.., end)| *end == End::Whole), "nothing was repaired");
    assert!(tally.keys().any(|(.., end)| *end == End::Refused), "nothing was damaged");
}

/// Opens a mutated directory and says how that ended; anything else than the three ends panics.
fn try_open(path: &Path, content: &Content, write: bool, context: &str) -> End {
    let broke = match read_all(path, write, context) {
        Ok(Ok(read)) => {
            is_same(&read, content, context);
            false
        }
        Ok(Err(fault)) => {
            assert!(matches!(fault, Fault::Engine(_)), "{context}: {fault}");
            true
        }
        Err(refused) => return refused,
    };
    // What stands then is what everybody finds from now on.
    match read_all(path, false, context) {
        Ok(Ok(read)) => is_same(&read, content, context),
        Ok(Err(fault)) => panic!("{context}: again {fault}"),
        Err(refused) if broke => return refused,
        Err(_) => panic!("{context}: opened once, and then refused"),
    }
    if broke { End::WholeAfterRestart } else { End::Whole }
}

/// Everything that an opened store answers, or how it broke in use; `Err` if it was refused.
fn read_all(path: &Path, write: bool, context: &str) -> Result<Result<Content, Fault>, End> {
    let opened = match open(Kind::Sled, path, &Master::Given(master())) {
        Ok(opened) => opened,
        Err(Fault::Directory(text)) => {
            let names = text.contains(&path.display().to_string());
            let remedy = ["put the last copy", "put back the last copy", "put the right key back"];
            assert!(names && remedy.iter().any(|says| text.contains(says)), "{context}: {text}");
            return Err(End::Refused);
        }
        Err(fault) => panic!("{context}: opening: {fault}"),
    };
    let all = content_of(&*opened.store);
    Ok(all
        .and_then(|all| if write { rewrite(&*opened.store, &all).map(|()| all) } else { Ok(all) }))
}

/// Every value once more: what is written meets what is damaged.
fn rewrite(store: &dyn Store, (rows, _): &Content) -> Result<(), Fault> {
    let writes = rows.iter().map(|(key, value)| (key.clone(), Some(value.clone()))).collect();
    let at = Timestamp(1_772_413_200_000);
    store.apply(vec![Commit { at, writes, ..Commit::default() }])?;
    store.sync(Position(u64::MAX))
}

fn content_of(store: &dyn Store) -> Result<Content, Fault> {
    let rows = store.scan(vec![]..vec![u8::MAX], ROWS_MAX, Order::Up)?;
    let mut revisions = BTreeMap::new();
    for (key, _) in rows.iter().filter(|(key, _)| key.table() == id::HEAD) {
        let mut scope = ScopeHash::default();
        scope.0.copy_from_slice(&key.0[1..17]);
        revisions.insert(scope, store.revision(scope)?);
    }
    Ok((rows.into_iter().collect(), revisions))
}

fn is_same(read: &Content, content: &Content, context: &str) {
    let wrong = |key: &&Key| read.0.get(*key) != content.0.get(*key);
    let keys: BTreeSet<&Key> = read.0.keys().chain(content.0.keys()).collect();
    let tables: Vec<u8> = keys.into_iter().filter(wrong).map(|key| key.table().0).collect();
    assert!(tables.is_empty(), "{context}: other rows in tables {tables:?}");
    assert_eq!(read.1, content.1, "{context}: revisions");
}

/// Does one thing to one file. Returns which, and what.
fn mutate(files: &mut Files, older: &[Files], dice: &mut Dice) -> (PathBuf, String) {
    let names: Vec<PathBuf> = files.keys().cloned().collect();
    let dull = |name: &Path| ["lock", "REBUILD"].iter().any(|dull| name.ends_with(dull));
    loop {
        let mut name = &names[dice.roll(names.len())];
        if dull(name) {
            name = &names[dice.roll(names.len())];
        }
        let before = files[name].clone();
        if dice.one_in(16) {
            files.remove(name);
            return (name.clone(), "deleted".to_owned());
        }
        let mut bytes = before.clone();
        let what = match older[dice.roll(older.len())].get(name) {
            Some(older) if dice.one_in(8) => {
                bytes.clone_from(older);
                "an older version".to_owned()
            }
            Some(_) | None if bytes.is_empty() => continue,
            Some(_) | None => damage(&mut bytes, dice),
        };
        if bytes != before {
            files.insert(name.clone(), bytes);
            return (name.clone(), what);
        }
    }
}

/// Flips, zeroes, cuts or swaps.
fn damage(bytes: &mut Vec<u8>, dice: &mut Dice) -> String {
    let at = place(bytes, dice);
    let most = *dice.pick(&[&8, &64, &600, &5000, &70_000]);
    let length = (dice.roll(most) + 1).min(bytes.len() - at);
    match dice.roll(4) {
        0 => {
            bytes[at] ^= 1 << dice.roll(8);
            format!("flipped at {at}")
        }
        1 => {
            bytes[at..at + length].fill(0);
            format!("zeroed {length} at {at}")
        }
        2 => {
            bytes.truncate(at);
            format!("cut at {at}")
        }
        _ => {
            let other = place(bytes, dice);
            let (first, second) = (at.min(other), at.max(other));
            let length = length.min(second - first).min(bytes.len() - second);
            let (head, tail) = bytes.split_at_mut(second);
            head[first..first + length].swap_with_slice(&mut tail[..length]);
            format!("swapped {length} at {first} and {second}")
        }
    }
}

/// Somewhere: near the beginning, where anything is written, or anywhere.
fn place(bytes: &[u8], dice: &mut Dice) -> usize {
    let used = bytes.iter().rposition(|byte| *byte != 0).map_or(1, |last| last + 1);
    match dice.roll(8) {
        0 => dice.roll(bytes.len().min(100)),
        1 => dice.roll(bytes.len()),
        _ => dice.roll(used),
    }
}

/// Data directories as a bot leaves them, and what the bot had written.
fn bases(talk: &Talk) -> Vec<Base> {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let mut older = Vec::new();
    let mut story = Story { lines: 0, now: Timestamp(1_772_413_200_000), long: talk.long() };
    story.part(&data, u64::MAX, FIRST);
    older.push(read(&data));
    story.part(&data, LOG_BYTES, SECOND);
    older.push(read(&data));
    story.part(&data, u64::MAX, THIRD);
    let files = read(&data);
    let opened = open(Kind::Sled, &data, &Master::Given(master())).unwrap();
    let content = Arc::new(content_of(&*opened.store).unwrap());
    assert!(content.0.len() > 200, "{} rows are too few", content.0.len());
    let is_sled = |name: &Path| name.starts_with("sled");
    let mut lost = files.clone();
    lost.retain(|name, _| !is_sled(name));
    let mut behind = lost.clone();
    behind.extend(older[1].clone().into_iter().filter(|(name, _)| is_sled(name)));
    let mut broken = files.clone();
    broken.insert("REBUILD".into(), b"broke".to_vec());
    let states = [files, lost, behind, broken].into_iter().zip(match talk {
        Talk::Short => ["as closed", "database lost", "database behind", "broken in use"],
        Talk::Long => ["long", "long, lost", "long, behind", "long, broken"],
    });
    let base = |(files, name)| Base { name, files, older: older.clone(), content: content.clone() };
    states.map(base).collect()
}

/// A bot's life, in parts with a stop between them.
struct Story {
    lines: usize,
    now: Timestamp,
    /// Long messages in each part.
    long: usize,
}

/// How much is said.
enum Talk {
    /// As little as shows everything.
    Short,
    /// More than fits into one of the engine's segments.
    Long,
}

impl Talk {
    fn long(&self) -> usize {
        match self {
            Self::Short => 1,
            Self::Long => 90,
        }
    }
}

impl Story {
    fn part(&mut self, data: &Path, log_bytes: u64, lines: &[(&str, &str, &str)]) {
        let directory = Arc::new(Directory::open(data).unwrap());
        let engine = Packed(Sled::open(Arc::clone(&directory)).unwrap());
        let logged = Logged::open(engine, directory, &master(), log_bytes).unwrap();
        let (store, _) = Sealed::open(logged, &master()).unwrap();
        let mut bot = Bot::of(Arc::clone(&CORE), Arc::new(store));
        bot.now = self.now;
        for (place, speaker, text) in lines {
            self.say(&mut bot, place, speaker, text);
        }
        for n in 0..12 {
            self.say(&mut bot, "项目群", "乙", &format!("故障 {n}"));
            self.say(&mut bot, "杂务群", CAST[n % 4], &format!("@管家 任务 杂事{n} @丙"));
        }
        // Longer than a row of the engine.
        for _ in 0..self.long {
            self.say(&mut bot, "项目群", "丙", &format!("故障{}", "很长".repeat(1500)));
        }
        self.now = bot.now;
        // The next one replaces it only after as much again.
        while log_bytes == LOG_BYTES && copy::newest(&data.join("log")).unwrap().is_none() {
            std::thread::yield_now();
        }
    }

    fn say(&mut self, bot: &mut Bot, place: &str, speaker: &str, text: &str) {
        self.lines += 1;
        let id = format!("m{}", self.lines);
        let line = Line { place, speaker, text, id: &id, quoted: None, at: bot.now };
        bot.callback(&line.raw(CAST)).unwrap();
        bot.jump(bot.now.plus_ms(600_000)).unwrap();
    }
}

const FIRST: &[(&str, &str, &str)] = &[
    ("项目群", "甲", "@管家 任务 写周报 @乙 今天18:00"),
    ("项目群", "乙", "@管家 任务 订会议室"),
    ("项目群", "经理", "@管家 关键词 故障 → #故障 通知@丙"),
    ("项目群", "丙", "线上又有故障了"),
    ("客服群", "甲", "@管家 提醒 @乙 每天17:30 清点工单"),
    ("客服群", "乙", "@管家 任务 明天 回访客户 @甲"),
    ("~甲", "甲", "任务 买花"),
];
const SECOND: &[(&str, &str, &str)] = &[
    ("项目群", "乙", "@管家 T1 完成"),
    ("项目群", "甲", "@管家 撤销"),
    ("项目群", "丙", "故障已经恢复"),
    ("客服群", "甲", "@管家 T1 改 截止=后天"),
    ("~甲", "甲", "T1 完成"),
    ("项目群", "经理", "@管家 报告 每天18:00 给 @经理"),
];
const THIRD: &[(&str, &str, &str)] = &[
    ("项目群", "甲", "@管家 任务 复盘故障 @丙 明天10:00"),
    ("客服群", "乙", "@管家 T1 完成"),
    ("客服群", "乙", "@管家 撤销"),
    ("项目群", "丙", "故障报告在这里"),
    ("项目群", "甲", "@管家 T2 删"),
];

/// Every file of a directory.
fn read(data: &Path) -> Files {
    let mut files = Files::new();
    let mut folders = vec![data.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(data).unwrap().to_owned();
                files.insert(name, fs::read(&path).unwrap());
            }
        }
    }
    files
}

/// The same files at another place.
fn lay(files: &Files, data: &Path) {
    for (name, bytes) in files {
        let path = data.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
}
