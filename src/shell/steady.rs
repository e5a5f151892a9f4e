//! Whether the system's clock goes as time does. What would be lost for good waits until it has
//! done so for a while. It asks no clock itself.

use std::time::Duration;

/// A clock that is further from where it should be has jumped.
const JUMP: Duration = Duration::from_secs(5 * 60);
/// How long a clock must have gone well after a jump.
const STEADY: Duration = Duration::from_secs(10 * 60);

/// What was seen of a clock.
#[derive(Debug, Default)]
pub struct Steady {
    /// What it showed, and how much time had passed, when it was last seen.
    seen: Option<(i64, Duration)>,
    /// How much time had passed when it jumped.
    jumped: Option<Duration>,
}

impl Steady {
    /// The clock shows so many milliseconds, so much time after the start of the process; whether
    /// it is to be trusted.
    pub fn is_so(&mut self, shows_ms: i64, passed: Duration) -> bool {
        if let Some((before_ms, before)) = self.seen.replace((shows_ms, passed)) {
            let went = i128::from(shows_ms) - i128::from(before_ms);
            let should = i128::try_from((passed.saturating_sub(before)).as_millis());
            let off = went.abs_diff(should.unwrap_or(i128::MAX));
            if off > JUMP.as_millis() {
                tracing::warn!("the clock jumped: nothing is cleared until it has gone well");
                self.jumped = Some(passed);
            }
        }
        self.jumped.is_none_or(|at| passed.saturating_sub(at) >= STEADY)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A clock that is off by `off_ms` from the third minute on.
    fn after_jump(off_ms: i64) -> Vec<bool> {
        let mut steady = Steady::default();
        let minutes = 0..20_i64;
        let shown = minutes.map(|m| m * 60_000 + if m < 3 { 0 } else { off_ms });
        let seen = (0..20).zip(shown);
        seen.map(|(m, shows)| steady.is_so(shows, Duration::from_secs(m * 60))).collect()
    }

    #[test]
    fn a_clock_that_jumped_is_trusted_after_ten_good_minutes() {
        let jumped: Vec<bool> = (0..20).map(|m| !(3..13).contains(&m)).collect();
        for off in [3_600_000, 86_400_000, 315_360_000_000, -3_600_000] {
            assert_eq!(after_jump(off), jumped, "{off}");
        }
    }

    #[test]
    fn small_steps_are_no_jump() {
        for off in [0, 1_000, 60_000, -240_000] {
            assert_eq!(after_jump(off), [true; 20], "{off}");
        }
    }
}
