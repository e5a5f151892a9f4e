//! What tests of many seeded rounds share: how many, numbers that come again with the seed, and
//! rounds side by side.

use std::sync::atomic::{AtomicU64, Ordering};

/// How many rounds are asked for by `STEWARD_ROUNDS`, else so many.
#[expect(clippy::disallowed_methods, reason = "a knob of tests, not a setting of the bot")]
pub fn wanted(otherwise: u64) -> u64 {
    match std::env::var("STEWARD_ROUNDS") {
        Ok(count) => count.parse().expect("STEWARD_ROUNDS is a number"),
        Err(_) => otherwise,
    }
}

/// Which one alone is asked for by `STEWARD_ROUND`, to look at it again.
#[expect(clippy::disallowed_methods, reason = "a knob of tests, not a setting of the bot")]
fn alone() -> Option<u64> {
    let round = std::env::var("STEWARD_ROUND").ok()?;
    Some(round.parse().expect("STEWARD_ROUND is a number"))
}

/// Runs rounds 1 to `count` side by side. A round that fails is named.
pub fn each(count: u64, round: impl Fn(u64) + Sync) {
    if let Some(alone) = alone() {
        return round(alone);
    }
    let next = AtomicU64::new(1);
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                loop {
                    let number = next.fetch_add(1, Ordering::Relaxed);
                    if number > count {
                        return;
                    }
                    let named = Named(number);
                    round(number);
                    drop(named);
                }
            });
        }
    });
}

/// Names its round if that panics.
struct Named(u64);

impl Drop for Named {
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!("round {} failed; STEWARD_ROUND={} runs it alone", self.0, self.0);
        }
    }
}

/// Numbers that look random and come again with the seed.
pub struct Dice(u64);

impl Dice {
    /// Of a seed; neighbours differ at once.
    pub fn new(seed: u64) -> Self {
        let mut dice = Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15));
        dice.roll(2);
        dice
    }

    /// 0 to below `sides`.
    pub fn roll(&mut self, sides: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % sides
    }

    /// One of them.
    pub fn pick<'a, T: ?Sized>(&mut self, from: &[&'a T]) -> &'a T {
        from[self.roll(from.len())]
    }

    /// Yes one time in so many.
    pub fn one_in(&mut self, sides: usize) -> bool {
        self.roll(sides) == 0
    }
}
