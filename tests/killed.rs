//! The real program on a real disk, killed at random moments while groups talk to it: what it had
//! answered is there, what it had not is redelivered, each command counts once and each reply is
//! sent, twice at most.
//!
//! `STEWARD_ROUNDS=200 cargo test --release --test killed` is the full set.

#[expect(dead_code, reason = "only a platform's side of it")]
mod fake;
mod program;
#[expect(dead_code, reason = "rounds follow one another here")]
mod rounds;

use std::collections::BTreeMap;
use std::path::PathBuf;

use fake::bot::{SECRET, Said, client, sign, toml};
use fake::dingtalk::{FakeDingTalk, Recorded};
use fake::stream::Gateway;
use program::Running;
use reqwest::Client;
use rounds::Dice;
use steward::config::Mode;
use steward::shell::clock::Clock;
use tokio::task::JoinSet;

/// Kills, unless more are asked for.
const ROUNDS: u64 = 5;
/// Groups that talk at once, and what each says in a round.
const GROUPS: usize = 6;
const LINES: usize = 5;
/// Looks at other tasks before a kill, so that it comes at any point of a turn.
const YIELDS: usize = 400;

#[tokio::test(flavor = "multi_thread")]
async fn a_killed_bot_has_one_effect_an_event_and_one_copy_of_a_reply_at_most() {
    rounds_of_kills(Mode::Http).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bot_killed_over_its_connection_has_one_effect_an_event_likewise() {
    rounds_of_kills(Mode::Stream).await;
}

async fn rounds_of_kills(mode: Mode) {
    // Another test of this process may have been first.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let mut office = Office::new(mode).await;
    let (mut copies, mut unanswered) = (0, 0);
    for round in 1..=rounds::wanted(ROUNDS) {
        let mut dice = Dice::new(round);
        let said: Vec<Vec<Said>> = (0..GROUPS).map(|group| office.lines(round, group)).collect();
        let answered = office.talk_until_killed(&said, &mut dice).await;
        let all = said.iter().map(Vec::len).sum::<usize>();
        unanswered += all - answered.iter().sum::<usize>();
        office.start().await;
        office.redeliver(&said, &answered, &mut dice).await;
        copies += office.settled(round, &said).await;
    }
    println!("{unanswered} lines unanswered when it was killed, {copies} copies");
    office.fake.assert_well_formed();
}

/// The groups, their platform, and the bot.
struct Office {
    mode: Mode,
    fake: FakeDingTalk,
    folder: tempfile::TempDir,
    config: PathBuf,
    bot: Option<Running>,
    client: Client,
}

impl Office {
    async fn new(mode: Mode) -> Self {
        let fake = FakeDingTalk::start().await;
        let folder = tempfile::tempdir().expect("a folder");
        let config = folder.path().join("bot.toml");
        let stream = (mode == Mode::Stream).then_some(&fake.gateway);
        std::fs::write(&config, toml(folder.path(), &fake.base, stream)).expect("written");
        let mut office = Self { mode, fake, folder, config, bot: None, client: client() };
        office.start().await;
        office
    }

    /// Starts the bot, or another after the one that was killed.
    async fn start(&mut self) {
        let lines = self.fake.gateway.lines().0;
        self.bot = Some(program::serve(&self.config, &[("STEWARD_TEST_SECRET", SECRET)]));
        assert!(self.folder.path().join("data").exists());
        if self.mode == Mode::Stream {
            self.fake.gateway.connected(lines + 1).await;
        }
    }

    /// What a group says in a round.
    fn lines(&self, round: u64, group: usize) -> Vec<Said> {
        let line = |n| Said {
            group: format!("cid-{group}=="),
            ..Said::new(&format!("r{round}-g{group}-{n}"), &format!("任务 第{round}轮{n}"))
        };
        (0..LINES).map(line).collect()
    }

    /// Every group talks, each line after the answer to the one before, until a kill; how
    /// many lines of each group were answered.
    async fn talk_until_killed(&mut self, said: &[Vec<Said>], dice: &mut Dice) -> Vec<usize> {
        let mut groups = JoinSet::new();
        for (group, lines) in said.iter().cloned().enumerate() {
            let post = self.poster();
            groups.spawn(async move {
                for (n, line) in lines.iter().enumerate() {
                    if !post.deliver(line).await {
                        return (group, n);
                    }
                }
                (group, lines.len())
            });
        }
        let before = self.fake.calls().len();
        let enough = before + dice.roll(GROUPS * LINES);
        self.fake.until("replies", |calls| calls.len() >= enough).await;
        for _ in 0..dice.roll(YIELDS) {
            tokio::task::yield_now().await;
        }
        self.bot.take().expect("it runs").kill();
        groups.join_all().await.into_iter().collect::<BTreeMap<_, _>>().into_values().collect()
    }

    /// What was not answered comes again, in order, after something that was.
    async fn redeliver(&self, said: &[Vec<Said>], answered: &[usize], dice: &mut Dice) {
        for (lines, answered) in said.iter().zip(answered) {
            let post = self.poster();
            let again = (*answered > 0).then(|| dice.roll(*answered));
            for line in again.map(|n| &lines[n]).into_iter().chain(&lines[*answered..]) {
                assert!(post.deliver(line).await, "{line:?} was not taken");
            }
        }
    }

    /// Every line has its reply, in order and with the number of one effect; how many have two.
    async fn settled(&self, round: u64, said: &[Vec<Said>]) -> usize {
        let of = |calls: &[Recorded], line: &Said| {
            calls.iter().filter(|call| call.is_message() && call.session() == line.id).count()
        };
        let lines = || said.iter().flatten();
        let all = |calls: &[Recorded]| lines().all(|line| of(calls, line) > 0);
        let calls = self.fake.until("reply to every line", all).await;
        for (group, lines) in said.iter().enumerate() {
            let mut firsts: Vec<&Recorded> = Vec::new();
            for call in calls.iter().filter(|call| lines.iter().any(|l| l.id == call.session())) {
                if firsts.iter().all(|first| first.session() != call.session()) {
                    firsts.push(call);
                }
            }
            for (n, (call, line)) in firsts.iter().zip(lines).enumerate() {
                assert_eq!(call.session(), line.id, "out of order in group {group}");
                let number = (round as usize - 1) * LINES + n + 1;
                let body = call.body.to_string();
                assert!(body.contains(&format!("T{number} ")), "not T{number}: {body}");
            }
        }
        let copies: Vec<usize> = lines().map(|line| of(&calls, line) - 1).collect();
        assert!(copies.iter().all(|copies| *copies <= 1), "two copies: {copies:?}");
        copies.into_iter().sum()
    }

    fn poster(&self) -> Poster {
        let way = match self.mode {
            Mode::Http => {
                let base = self.bot.as_ref().expect("it runs").said.clone();
                Way::Callback { client: self.client.clone(), base }
            }
            Mode::Stream => Way::Frame(self.fake.gateway.clone()),
        };
        Poster { fake: self.fake.base.clone(), way }
    }
}

/// Delivers as the platform does.
struct Poster {
    fake: String,
    way: Way,
}

enum Way {
    Callback { client: Client, base: String },
    Frame(Gateway),
}

impl Poster {
    /// Whether it was taken.
    async fn deliver(&self, line: &Said) -> bool {
        let now = Clock::default().now().0;
        let body = line.body(&self.fake, now);
        match &self.way {
            Way::Frame(gateway) => gateway.deliver(&body).await,
            Way::Callback { client, base } => {
                let request = client.post(format!("{base}/callback/main"));
                let request = request
                    .header("content-type", "application/json; charset=utf-8")
                    .header("timestamp", now.to_string())
                    .header("sign", sign(now, SECRET))
                    .body(body.to_string());
                request.send().await.is_ok_and(|answer| answer.status().as_u16() == 200)
            }
        }
    }
}
