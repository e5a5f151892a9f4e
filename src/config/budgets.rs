//! `limits` of an account: how much it may say. What a platform allows by itself is not known here.

use std::ops::RangeInclusive;

use super::problem::Problems;
use super::section::{Found, Section};

/// Highest settable numbers: above them, no platform's limit would ever be reached.
const CALLS_PER_S: RangeInclusive<u32> = 1..=1000;
const CALLS_PER_MIN: RangeInclusive<u32> = 0..=60_000;
const CALLS_PER_MONTH: RangeInclusive<u32> = 0..=1_000_000_000;
const MESSAGES_PER_MIN: RangeInclusive<u32> = 0..=1000;

/// What was set; `None`: as the platform says, 0: no limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Budgets {
    /// Calls a second of the account's API, 1 to 1000.
    pub calls_per_s: Option<u32>,
    /// Calls a minute of it.
    pub calls_per_min: Option<u32>,
    /// Calls a month of it.
    pub calls_per_month: Option<u32>,
    /// Messages a minute to one conversation or person by it.
    pub target_per_min: Option<u32>,
    /// Messages a minute through a custom robot.
    pub robot_per_min: Option<u32>,
}

impl Budgets {
    pub(super) fn read(section: &Section, problems: &mut Problems) -> Self {
        let Some(limits) = section.table("limits", problems) else { return Self::default() };
        let keys =
            ["calls_per_s", "calls_per_min", "calls_per_month", "target_per_min", "robot_per_min"];
        limits.check_keys(&keys, problems);
        let [second, minute, month, target, robot] = keys;
        Self {
            calls_per_s: number(&limits, second, CALLS_PER_S, problems),
            calls_per_min: number(&limits, minute, CALLS_PER_MIN, problems),
            calls_per_month: number(&limits, month, CALLS_PER_MONTH, problems),
            target_per_min: number(&limits, target, MESSAGES_PER_MIN, problems),
            robot_per_min: number(&limits, robot, MESSAGES_PER_MIN, problems),
        }
    }
}

fn number(
    limits: &Section,
    key: &str,
    range: RangeInclusive<u32>,
    problems: &mut Problems,
) -> Option<u32> {
    let Found { place, value } = limits.find(key)?;
    let wanted = format!("a whole number from {} to {}", range.start(), range.end());
    let Some(integer) = value.as_integer() else {
        limits.wrong_type(key, &place, &wanted, value, problems);
        return None;
    };
    match u32::from_str_radix(integer.as_str(), integer.radix()) {
        Ok(number) if range.contains(&number) => Some(number),
        Ok(_) | Err(_) => {
            let text = format!("{key:?} in {} is {integer}; write {wanted}", limits.name);
            problems.add(&place, text);
            None
        }
    }
}
