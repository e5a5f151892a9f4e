//! Seeded rounds of what goes wrong at once: power cuts at any write or flush, callbacks delayed,
//! out of order and again, answers of the platform lost, jumps of the clock. Afterwards every event
//! has had one effect, every message is accounted for, and all of it can be undone.
//!
//! `STEWARD_ROUNDS=10000 cargo test --release --test crash_rounds` is the full set.

mod bot;
mod rounds;
mod world;

use std::sync::{Mutex, PoisonError};

use bot::same::{assert_same, sent_once};
use bot::{Bot, Said};
use rounds::Dice;
use steward::model::Timestamp;
use steward::platform::Raw;
use steward::store::faulty::{Cut, PowerCut};
use steward::store::memory::Memory;
use steward::store::{Fault, Position};
use world::steps::{Step, anything, morning, open};
use world::{STEPS, Seen, World};

/// Rounds of each kind unless more are asked for.
const ROUNDS: u64 = 60;

#[test]
fn a_power_cut_at_any_write_or_flush_is_not_to_be_seen_afterwards() {
    rounds::each(rounds::wanted(ROUNDS), |round| {
        let mut dice = Dice::new(round);
        let steps: Vec<Step> = (0..STEPS).map(|n| anything(&mut dice, n)).collect();
        let (whole, calls) = Day::new(&steps).until_the_end(None, &mut dice);
        let at_call = dice.roll(calls as usize) as u64 + 1;
        let cut = PowerCut { at_call, survive: *dice.pick(&[&0, &1, &2, &usize::MAX]) };
        let context = format!("round {round}, {cut:?} of {calls}");
        let (day, _) = Day::new(&steps).until_the_end(Some(cut), &mut dice);
        assert_same(&day.disk, &whole.disk, &context);
        sent_once(&day.said, &whole.said, &context);
    });
}

#[test]
fn whatever_goes_wrong_at_once_every_event_has_one_effect_and_can_be_undone() {
    let all = Mutex::new(Seen::default());
    rounds::each(rounds::wanted(ROUNDS), |round| {
        let mut world = World::new(round);
        world.live();
        world.check();
        world.undo_everything();
        all.lock().unwrap_or_else(PoisonError::into_inner).add(&world.seen);
    });
    let seen = all.into_inner().unwrap_or_else(PoisonError::into_inner);
    println!("{seen:?}");
    assert!(seen.cuts > 0 && seen.again > 0, "{seen:?}");
    assert!(seen.copies > 0 && seen.failed > 0 && seen.undone > 0, "{seen:?}");
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
    fn until_the_end(mut self, cut: Option<PowerCut>, dice: &mut Dice) -> (Self, u64) {
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
