//! Seeded rounds of what goes wrong at once: power cuts at any write or flush, callbacks delayed,
//! out of order and again, answers of the platform lost, jumps of the clock. Afterwards every event
//! has had one effect, every message is accounted for, and all of it can be undone.
//!
//! `STEWARD_ROUNDS=10000 cargo test --release --test crash_rounds` is the full set.

mod bot;
mod rounds;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, LazyLock};

use bot::line::Line;
use bot::same::{assert_same, scope_of, sent_once};
use bot::{ACCOUNT, Answer, Bot, Said, catalogue, instant, master, settings};
use rounds::Dice;
use steward::core::Core;
use steward::core::journal::{Head, Row, value_hash, verify};
use steward::core::outbox::{Dead, Unsent, place, target, wake_due};
use steward::core::tables;
use steward::model::follow::Follow;
use steward::model::journal::{Step as UndoStep, What};
use steward::model::keyword::Keyword;
use steward::model::message::Message;
use steward::model::reminder::Reminder;
use steward::model::report::Report;
use steward::model::task::Task;
use steward::model::{ConversationId, Lane, PersonId, Scope, Timestamp};
use steward::platform::{Platform, Raw, Received};
use steward::store::faulty::{Cut, PowerCut};
use steward::store::memory::Memory;
use steward::store::{Fault, Key, Position, ScopeHash, Sealed, Table, TableId};

/// Rounds of each kind unless more are asked for.
const ROUNDS: u64 = 60;
/// Things that happen in a round.
const STEPS: usize = 18;
/// Power cuts in a round of everything.
const CUTS: usize = 3;
/// A round has fewer calls of the engine until a cut.
const CALLS: usize = 160;
/// Callbacks that may be under way at once, and so overtake one another.
const UNDER_WAY: usize = 3;
/// How often what waits is looked at, at the end: the longest pause is short of an hour.
const SETTLING: usize = 200;

const HOUR_MS: i64 = 3_600_000;

const GROUPS: [&str; 2] = ["项目群", "客服群"];
const CHATS: [&str; 2] = ["甲", "乙"];
const CAST: [&str; 4] = ["甲", "乙", "丙", "经理"];

/// Tables of what members make.
const MADE: [TableId; 5] = [Task::ID, Keyword::ID, Report::ID, Reminder::ID, Follow::ID];

static CORE: LazyLock<Arc<Core>> =
    LazyLock::new(|| Arc::new(Core { settings: settings(), catalogue: catalogue() }));

/// One thing that happens.
#[derive(Debug, Clone)]
enum Step {
    /// Somebody says something somewhere.
    Say { place: String, speaker: &'static str, text: String },
    /// So much later, in ms.
    Later(i64),
}

#[test]
fn a_power_cut_at_any_write_or_flush_is_not_to_be_seen_afterwards() {
    rounds::each(rounds::wanted(ROUNDS), |round| {
        let mut dice = Dice::new(round);
        let steps: Vec<Step> = (0..STEPS).map(|n| anything(&mut dice, n)).collect();
        let (whole, calls) = Day::new(&steps).to_the_end(None, &mut dice);
        let at_call = dice.roll(calls as usize) as u64 + 1;
        let cut = PowerCut { at_call, survive: *dice.pick(&[&0, &1, &2, &usize::MAX]) };
        let context = format!("round {round}, {cut:?} of {calls}");
        let (day, _) = Day::new(&steps).to_the_end(Some(cut), &mut dice);
        assert_same(&day.disk, &whole.disk, &context);
        sent_once(&day.said, &whole.said, &context);
    });
}

#[test]
fn whatever_goes_wrong_at_once_every_event_has_one_effect_and_can_be_undone() {
    let mut seen = Seen::default();
    let all = std::sync::Mutex::new(&mut seen);
    rounds::each(rounds::wanted(ROUNDS), |round| {
        let mut world = World::new(round);
        world.live();
        let seen = world.check();
        world.undo_everything();
        all.lock().unwrap_or_else(std::sync::PoisonError::into_inner).add(&seen);
    });
    println!("{seen:?}");
    assert!(seen.cuts > 0 && seen.copies > 0 && seen.again > 0, "nothing went wrong: {seen:?}");
}

/// The same steps with and without a cut; nothing else is different.
struct Day<'a> {
    steps: &'a [Step],
    disk: Memory,
    /// The step that is next, and the time before it.
    at: usize,
    now: Timestamp,
    /// The callbacks of the steps so far.
    raws: Vec<Option<Raw>>,
    said: Vec<Said>,
}

impl<'a> Day<'a> {
    fn new(steps: &'a [Step]) -> Self {
        let (disk, now) = (Memory::default(), morning());
        Self { steps, disk, at: 0, now, raws: Vec::new(), said: Vec::new() }
    }

    /// The day once it is over, and how many calls of the engine it took until the cut.
    fn to_the_end(mut self, cut: Option<PowerCut>, dice: &mut Dice) -> (Self, u64) {
        let engine = Cut::new(self.disk.clone(), cut).expect("in memory");
        let done = self.live(&engine, None);
        assert_eq!(done.is_err(), cut.is_some());
        if done.is_err() {
            let engine = Cut::new(self.disk.clone(), None).expect("in memory");
            self.live(&engine, Some(dice)).expect("nothing stops it any more");
        }
        (self, engine.calls())
    }

    fn live(&mut self, engine: &Cut, again: Option<&mut Dice>) -> Result<(), Fault> {
        let mut bot = open(engine, self.now)?;
        let done = self.go_on(&mut bot, again);
        self.said.append(&mut bot.said);
        // What nobody has asked to be durable is so at the latest now.
        done.and_then(|()| bot.store.sync(Position(u64::MAX)))
    }

    fn go_on(&mut self, bot: &mut Bot, again: Option<&mut Dice>) -> Result<(), Fault> {
        if let Some(dice) = again {
            bot.send_left()?;
            // Platforms redeliver also what was answered, out of order.
            for _ in 0..2 {
                let n = dice.roll(STEPS);
                bot.turns = n as u64 * 1000;
                if let Some(Some(raw)) = self.raws.get(n).filter(|_| n < self.at) {
                    bot.callback(raw)?;
                }
            }
        }
        while let Some(step) = self.steps.get(self.at) {
            self.now = bot.now;
            bot.turns = self.at as u64 * 1000;
            if self.raws.len() == self.at {
                self.raws.push(step.raw(self.at, self.now));
            }
            match (step, &self.raws[self.at]) {
                (_, Some(raw)) => bot.callback(raw)?,
                (Step::Later(ms), None) => bot.jump(self.now.plus_ms(*ms))?,
                (Step::Say { .. }, None) => unreachable!("it has a callback"),
            }
            self.at += 1;
            self.now = bot.now;
        }
        bot.run_due()?;
        bot.send_all()
    }
}

/// A bot to which everything happens at once.
struct World {
    dice: Dice,
    disk: Memory,
    engine: Cut,
    bot: Bot,
    cuts: usize,
    /// Callbacks under way, and those that are known to be answered.
    under_way: Vec<(Raw, bool)>,
    /// Events by their keys.
    events: BTreeSet<String>,
    said: Vec<Said>,
    given_up: BTreeSet<Key>,
    /// Messages of groups as they were kept at first.
    heard: BTreeMap<Key, Vec<u8>>,
    seen: Seen,
}

/// What went wrong.
#[derive(Debug, Default)]
struct Seen {
    cuts: usize,
    events: usize,
    again: usize,
    messages: usize,
    copies: usize,
    given_up: usize,
    undone: usize,
}

impl Seen {
    fn add(&mut self, other: &Self) {
        self.cuts += other.cuts;
        self.events += other.events;
        self.again += other.again;
        self.messages += other.messages;
        self.copies += other.copies;
        self.given_up += other.given_up;
        self.undone += other.undone;
    }
}

impl World {
    fn new(round: u64) -> Self {
        let (dice, disk) = (Dice::new(round), Memory::default());
        let engine = Cut::new(disk.clone(), None).expect("in memory");
        let bot = open(&engine, morning()).expect("in memory");
        let mut world = Self {
            dice,
            disk,
            engine,
            bot,
            cuts: CUTS,
            under_way: Vec::new(),
            events: BTreeSet::new(),
            said: Vec::new(),
            given_up: BTreeSet::new(),
            heard: BTreeMap::new(),
            seen: Seen::default(),
        };
        // With a cut ahead.
        world.restart();
        world
    }

    fn live(&mut self) {
        let mut next = 0;
        while next < STEPS || !self.under_way.is_empty() {
            let room = next < STEPS && self.under_way.len() < UNDER_WAY;
            if room && (self.under_way.is_empty() || self.dice.one_in(2)) {
                let step = anything(&mut self.dice, next);
                match (step.raw(next, self.bot.now), step) {
                    (Some(raw), _) => self.under_way.push((raw, false)),
                    (None, Step::Later(ms)) => self.later(ms),
                    (None, Step::Say { .. }) => unreachable!("it has a callback"),
                }
                next += 1;
            } else {
                self.deliver();
            }
        }
        for _ in 0..SETTLING {
            if self.bot.all::<Unsent>().is_empty() {
                break;
            }
            self.later(60_000);
        }
    }

    /// One of the callbacks under way arrives.
    fn deliver(&mut self) {
        let nth = self.dice.roll(self.under_way.len());
        let (raw, answered) = self.under_way[nth].clone();
        if let Received::Events { events, .. } = self.bot.platform.receive(&raw, self.bot.now) {
            self.events.extend(events.into_iter().filter_map(|event| event.key));
        }
        if self.act(|bot| bot.callback(&raw)) {
            self.seen.again += usize::from(answered);
            if !answered && self.dice.one_in(3) {
                self.under_way[nth].1 = true;
            } else {
                self.under_way.remove(nth);
            }
        }
    }

    fn later(&mut self, ms: i64) {
        let to = self.bot.now.plus_ms(ms);
        let jump = |bot: &mut Bot| {
            bot.send_all()?;
            bot.jump(to.max(bot.now))?;
            bot.send_all()
        };
        while !self.act(jump) {}
    }

    /// Does something; after a cut the bot starts again, and it has not been done to the end.
    fn act(&mut self, act: impl Fn(&mut Bot) -> Result<(), Fault>) -> bool {
        let done = act(&mut self.bot);
        if done.is_err() {
            assert!(self.engine.stopped(), "{done:?}");
            self.restart();
        }
        self.collect();
        done.is_ok()
    }

    fn restart(&mut self) {
        loop {
            self.collect();
            let cut = (self.cuts > 0).then(|| PowerCut {
                at_call: self.dice.roll(CALLS) as u64 + 1,
                survive: *self.dice.pick(&[&0, &1, &2, &usize::MAX]),
            });
            self.cuts -= usize::from(cut.is_some());
            self.engine = Cut::new(self.disk.clone(), cut).expect("in memory");
            let (hour, minute) = (HOUR_MS, HOUR_MS / 60);
            let off = *self.dice.pick(&[&0, &0, &minute, &(3 * hour), &(-10 * minute), &-hour]);
            let started = open(&self.engine, self.bot.now.plus_ms(off)).and_then(|bot| {
                self.bot = bot;
                self.bot.answers = Some(answers(Dice::new(self.dice.roll(1 << 30) as u64)));
                self.bot.send_left()?;
                self.bot.run_due()
            });
            if started.is_ok() {
                return self.collect();
            }
            assert!(self.engine.stopped());
            self.seen.cuts += 1;
        }
    }

    /// Takes down what the bot said, and what it has heard.
    fn collect(&mut self) {
        self.said.append(&mut self.bot.said);
        self.given_up.extend(self.bot.given_up.drain(..));
        for scope in scopes() {
            let rows = self.bot.rows(self.bot.keys.scope(&scope), Message::ID);
            let is_new = |(key, _): &(Key, Vec<u8>)| !self.heard.contains_key(key);
            let new: Vec<_> = rows.into_iter().filter(is_new).collect();
            self.heard.extend(new);
        }
    }
}

impl World {
    /// Nothing is lost, nothing came twice, and the journal says the same as the records.
    fn check(&mut self) -> Seen {
        let bot = &self.bot;
        let due = bot.next_wake().expect("readable").and_then(|(key, _)| wake_due(&key));
        assert!(due.is_none_or(|due| due > bot.now), "due and not done");
        assert!(bot.all::<Dead>().is_empty(), "dead letters");
        assert!(bot.all::<Unsent>().is_empty(), "unsent");
        let mut effects: BTreeMap<String, usize> = BTreeMap::new();
        let (mut sent, mut failures) = (0, 0);
        for (key, head) in bot.all::<Head>() {
            let journal = bot.journal(scope_of(&key.0));
            assert_eq!(verify(&journal), Ok(head.hash));
            assert_eq!(journal.len() as u64, head.seq);
            for Row { entry, content } in &journal {
                sent += usize::from(entry.sent);
                failures += usize::from(entry.what == What::SendFailed);
                let event = content.as_ref().and_then(|content| content.event.as_ref());
                if let Some(key) = event.and_then(|event| event.key.clone()) {
                    *effects.entry(key).or_default() += 1;
                }
            }
            is_fold(bot, scope_of(&key.0), &journal);
        }
        for scope in scopes() {
            bot.derived_is_right(&scope);
        }
        let twice: Vec<_> = effects.iter().filter(|(_, times)| **times != 1).collect();
        assert!(twice.is_empty(), "more than one effect: {twice:?}");
        let lost: Vec<_> = self.events.iter().filter(|e| !effects.contains_key(*e)).collect();
        assert!(lost.is_empty(), "no effect: {lost:?}");
        self.messages(sent, failures)
    }

    /// Every message that a turn said was sent or is known not to have been; at most one copy, and
    /// only in doubt; in order.
    fn messages(&self, sent: usize, failures: usize) -> Seen {
        let mut firsts: BTreeMap<&Key, usize> = BTreeMap::new();
        let mut last: BTreeMap<ScopeHash, (u64, u16)> = BTreeMap::new();
        let mut copies = 0;
        for said in &self.said {
            let times = firsts.entry(&said.key).or_default();
            *times += 1;
            if *times > 1 {
                assert!(said.in_doubt, "sent again without a doubt: {said:?}");
                copies += 1;
            } else if said.card.lane != Lane::Urgent {
                let before = last.insert(target(&said.key), place(&said.key));
                assert!(before < Some(place(&said.key)), "out of order: {said:?}");
            }
            assert!(*times <= 2, "two copies: {said:?}");
        }
        let known: BTreeSet<&Key> = firsts.keys().copied().chain(&self.given_up).collect();
        assert_eq!(known.len(), sent, "messages that nobody knows of");
        assert!(failures <= self.given_up.len(), "told of what was sent");
        let (messages, given_up) = (firsts.len(), self.given_up.len());
        let Seen { cuts, again, .. } = self.seen;
        Seen { cuts, events: self.events.len(), again, messages, copies, given_up, undone: 0 }
    }

    /// Every step still in effect, newest first, until nothing is left.
    fn undo_everything(&mut self) {
        self.bot.answers = None;
        let mut lines = 0;
        for (place, speaker, scope) in places() {
            let hash = self.bot.keys.scope(&scope);
            let head = self.bot.view().get::<Head>(hash, &[]).expect("readable");
            let steps = head.and_then(|head| head.numbers.get(&UndoStep::ID.0).copied());
            for number in (1..=steps.unwrap_or_default()).rev() {
                let step = self.bot.view().get::<UndoStep>(hash, &number.to_be_bytes());
                if step.expect("readable").expect("a step").undone_by.is_some() {
                    continue;
                }
                lines += 1;
                let (id, text) = (format!("undo{lines}"), format!("@管家 撤销 U{number}"));
                let (place, at, text) = (&*place, self.bot.now, &*text);
                let line = Line { place, speaker, text, id: &id, quoted: None, at };
                self.bot.said.clear();
                self.bot.callback(&line.raw(CAST)).expect("in memory");
                let answers = self.bot.said.iter().map(|said| said.card.plain());
                let answers = answers.collect::<Vec<_>>().join("\n");
                assert!(answers.contains(&format!("已撤销 U{number}")), "{answers}");
            }
        }
        let mut messages = BTreeMap::new();
        for scope in scopes() {
            let hash = self.bot.keys.scope(&scope);
            let left = MADE.iter().find(|table| !self.bot.rows(hash, **table).is_empty());
            assert_eq!(left, None, "records left");
            assert_eq!(self.bot.dates(&scope), [], "dates left");
            assert_eq!(self.bot.mirrors_from(&scope), [], "mirrors left");
            self.bot.derived_is_right(&scope);
            messages.extend(self.bot.rows(hash, Message::ID));
        }
        assert!(messages == self.heard, "messages are not as they were heard");
    }
}

/// The records of a scope are what its journal says last of each, and nothing changed a record
/// without an entry.
fn is_fold(bot: &Bot, scope: ScopeHash, journal: &[Row]) {
    let mut after: BTreeMap<Key, [u8; 16]> = BTreeMap::new();
    for Row { entry, content } in journal {
        for (n, touched) in entry.touched.iter().enumerate() {
            let key = Key::new(TableId(touched.table), scope, &touched.rest);
            let before = content.as_ref().and_then(|content| content.before.get(n));
            if let Some(before) = before {
                let was = after.get(&key).copied().unwrap_or_default();
                let before = before.as_ref().map(|bytes| bytes.as_slice());
                assert_eq!(value_hash(before), was, "entry {}", entry.seq);
            }
            after.insert(key, touched.after);
        }
    }
    after.retain(|_, hash| *hash != [0; 16]);
    let mut stands = BTreeMap::new();
    for entry in tables::TABLES {
        let rows = bot.rows(scope, entry.id).into_iter();
        stands.extend(rows.map(|(key, value)| (key, value_hash(Some(&value)))));
    }
    assert!(after == stands, "the records are not what the journal says");
}

impl Step {
    fn raw(&self, nth: usize, at: Timestamp) -> Option<Raw> {
        let Self::Say { place, speaker, text } = self else { return None };
        let line = Line { place, speaker, text, id: &format!("m{nth}"), quoted: None, at };
        Some(line.raw(CAST))
    }
}

/// Somebody does something; much of it is refused.
fn anything(dice: &mut Dice, n: usize) -> Step {
    let (who, whom, k) = (dice.roll(CAST.len()), *dice.pick(&CAST.each_ref()), dice.roll(4) + 1);
    let (who, hour) = (CAST[who], dice.roll(12) + 10);
    if dice.one_in(6) {
        return Step::Later(dice.roll(5) as i64 * HOUR_MS / 2);
    }
    let say = |place: &str, speaker, text: String| {
        let text = if place.starts_with('~') { text } else { format!("@管家 {text}") };
        Step::Say { place: place.to_owned(), speaker, text }
    };
    if dice.one_in(5) {
        let chat = CHATS[dice.roll(CHATS.len())];
        let text = match dice.roll(4) {
            0 => format!("任务 今天{hour}点 私事{n}"),
            1 => format!("T{k} 完成"),
            2 => format!("提醒 我 今天{hour}点 私事{n}"),
            _ => format!("T{k} 改 标题=私事{n}"),
        };
        return say(&format!("~{chat}"), chat, text);
    }
    let group = GROUPS[dice.roll(GROUPS.len())];
    let switch = ["启用", "停用", "停用", "删"][dice.roll(4)];
    match dice.roll(20) {
        0 | 1 => say(group, who, format!("任务 今天{hour}点 事{n} @{whom}")),
        2 => say(group, who, format!("任务 明天 事{n} @{who} @{whom}")),
        3 => say(group, who, format!("T{k} 完成")),
        4 => say(group, who, format!("T{k} 重开")),
        5 => say(group, who, format!("T{k} 改 标题=事{n}")),
        6 => say(group, who, format!("T{k} 转给 @{whom}")),
        7 => say(group, who, format!("T{k} 删")),
        8 => say(group, "经理", format!("关键词 词{k} → #标签{k} 通知@{whom}")),
        9 => say(group, "经理", format!("R{k} {switch}")),
        10 => say(group, "经理", format!("报告 每天{hour}:00 给 @{whom}")),
        11 => say(group, who, format!("标 M{k} 标签{n}")),
        12 => say(group, who, format!("提醒 @{whom} 今天{hour}点 事{n}")),
        13 => say(group, who, format!("提醒 @{whom} 每天{hour}:30 事{n}")),
        14 => say(group, who, format!("J{k} {switch}")),
        15 => say(group, who, format!("跟进 @{whom} 今天{hour}点 事{n}")),
        16 => say(group, who, format!("F{k} 已办")),
        17 => say(group, who, "撤销".to_owned()),
        _ => Step::Say { place: group.to_owned(), speaker: who, text: format!("词{k}又来了") },
    }
}

/// Most messages arrive.
fn answers(mut dice: Dice) -> Box<dyn FnMut() -> Answer> {
    Box::new(move || match dice.roll(20) {
        0 | 1 => Answer::ShownUnknown,
        2 => Answer::LostUnknown,
        3 | 4 => Answer::Busy,
        _ => Answer::Shown,
    })
}

/// Where something is said, who may undo it there, and its scope.
fn places() -> Vec<(String, &'static str, Scope)> {
    let group =
        |id: &str| Scope::Conversation(ConversationId { account: ACCOUNT.into(), id: id.into() });
    let groups = GROUPS.iter().map(|id| ((*id).to_owned(), "经理", group(id)));
    let chat = |id: &str| Scope::Person(PersonId { account: ACCOUNT.into(), id: id.into() });
    groups.chain(CAST.into_iter().map(|id| (format!("~{id}"), id, chat(id)))).collect()
}

fn scopes() -> Vec<Scope> {
    places().into_iter().map(|(.., scope)| scope).collect()
}

fn morning() -> Timestamp {
    instant("2026-03-02 09:00", "+08:00")
}

fn open(engine: &Cut, now: Timestamp) -> Result<Bot, Fault> {
    let (store, _) = Sealed::open(engine.clone(), &master())?;
    let mut bot = Bot::of(Arc::clone(&CORE), Arc::new(store));
    bot.now = now;
    Ok(bot)
}
