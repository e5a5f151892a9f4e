//! Whether a platform is down, by what its calls came to: after some failures in a row nothing is
//! sent, until a probe is answered. Plain arithmetic; it has no clock and calls nobody.

use crate::model::Timestamp;

/// Failures in a row after which a platform counts as down: one message in trouble is none.
pub const FAILURES_MAX: u32 = 5;
/// First pause before a probe, in ms; doubles each time.
const PAUSE_MS_MIN: i64 = 1_000;
/// Longest pause, in ms: how long a platform that is back may go unnoticed.
const PAUSE_MS_MAX: i64 = 60_000;

/// The state of one account's platform.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Circuit {
    failures: u32,
    down: Option<Down>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Down {
    since: Timestamp,
    /// No probe before this.
    until: Timestamp,
    pause_ms: i64,
    probing: bool,
}

impl Circuit {
    /// Since when it is down.
    pub fn down_since(&self) -> Option<Timestamp> {
        self.down.map(|down| down.since)
    }

    /// When the next probe may be made; `None` if none is needed, or one is under way.
    pub fn probe_at(&self) -> Option<Timestamp> {
        self.down.filter(|down| !down.probing).map(|down| down.until)
    }

    /// Failures in a row so far.
    pub fn failures(&self) -> u32 {
        self.failures
    }

    /// A call was answered. One that was under way when others failed says nothing of now: only a
    /// probe ends what is down.
    pub fn answered(&mut self) {
        self.failures = 0;
    }

    /// A call was not answered; whether that is one too many.
    pub fn failed(&mut self, now: Timestamp) -> bool {
        self.failures = self.failures.saturating_add(1);
        let opens = self.down.is_none() && self.failures >= FAILURES_MAX;
        if opens {
            let until = now.plus_ms(PAUSE_MS_MIN);
            self.down = Some(Down { since: now, until, pause_ms: PAUSE_MS_MIN, probing: false });
        }
        opens
    }

    /// A probe is made now, if it is time for one.
    pub fn probe(&mut self, now: Timestamp) -> bool {
        let due = self.down.as_mut().filter(|down| !down.probing && down.until <= now);
        due.map(|down| down.probing = true).is_some()
    }

    /// What came of the probe.
    pub fn probed(&mut self, answered: bool, now: Timestamp) {
        if answered {
            *self = Self::default();
        } else if let Some(down) = &mut self.down {
            down.pause_ms = down.pause_ms.saturating_mul(2).min(PAUSE_MS_MAX);
            (down.until, down.probing) = (now.plus_ms(down.pause_ms), false);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const T0: Timestamp = Timestamp(1_790_000_000_000);

    #[test]
    fn failures_in_a_row_open_it_and_an_answer_between_them_does_not() {
        let mut circuit = Circuit::default();
        for _ in 0..3 {
            (1..FAILURES_MAX).for_each(|_| assert!(!circuit.failed(T0)));
            circuit.answered();
        }
        (1..FAILURES_MAX).for_each(|_| assert!(!circuit.failed(T0)));
        assert!(circuit.failed(T0));
        assert!(!circuit.failed(T0), "it is open already");
        assert_eq!(circuit.down_since(), Some(T0));
        circuit.answered();
        assert_eq!(circuit.down_since(), Some(T0), "a late answer says nothing of now");
    }

    #[test]
    fn one_probe_at_a_time_seldomer_and_seldomer() {
        let mut circuit = Circuit::default();
        (0..FAILURES_MAX).for_each(|_| {
            circuit.failed(T0);
        });
        let (mut now, mut pauses) = (T0, Vec::new());
        for _ in 0..8 {
            assert!(!circuit.probe(now));
            let at = circuit.probe_at().expect("it is down");
            pauses.push((at.0 - now.0) / 1000);
            now = at;
            assert!(circuit.probe(now) && !circuit.probe(now), "one");
            assert_eq!(circuit.probe_at(), None);
            circuit.probed(false, now);
        }
        assert_eq!(pauses, [1, 2, 4, 8, 16, 32, 60, 60]);
        circuit.probed(true, now);
        assert_eq!(circuit, Circuit::default());
    }
}
