//! An hour that was said alone and would be of the other half of the day than most people mean:
//! work at ten in the evening, bed in the afternoon, tomorrow shortly after midnight.

use chrono::{Days, NaiveDateTime, Timelike};

use crate::command::Invocation;
use crate::core::refusal::Refusal;
use crate::core::turn::Turn;
use crate::model::Timestamp;
use crate::text::when::When;

/// Say which half of the day is meant.
const HALVES: [&str; 14] = [
    "晚", "夜", "凌晨", "早", "上午", "下午", "中午", "傍晚", "am", "pm", "a.m", "p.m", "night",
    "evening",
];

/// From this hour on nobody works; until then an evening may well be meant.
const LATE: u32 = 22;

/// Until this hour people still say tonight and mean today.
const SMALL: u32 = 4;

/// From this hour on a bare hour is one of the same evening.
const EVENING: u32 = 18;

/// Say tomorrow.
const TOMORROW: [&str; 3] = ["明早", "明天", "tomorrow"];

/// Asked which of the two is meant.
pub fn hours(turn: &mut Turn, invocation: &Invocation) -> Option<Refusal> {
    let Some(When::Instant(at)) = &invocation.args.when else { return None };
    if invocation.args.lead.is_some() {
        return None;
    }
    let (now, at) = (turn.now().local(turn.zone()), at.local(turn.zone()));
    let line = invocation.line.to_lowercase();
    let halved = HALVES.iter().any(|word| line.contains(word));
    let today = at.date() == now.date();
    let half_day = chrono::Duration::hours(12);
    let other = if now.hour() < SMALL && TOMORROW.iter().any(|word| line.contains(word)) {
        (at.date() == now.date() + Days::new(1)).then(|| at - Days::new(1)).filter(|at| *at > now)
    } else if halved || !today || !says_bare(&line, at) {
        None
    } else if now.hour() < SMALL && at.hour() >= 12 {
        Some(at - half_day).filter(|earlier| *earlier > now)
    } else if at.hour() >= LATE && now.hour() < EVENING {
        Some(at + half_day)
    } else {
        None
    };
    let mut both = [at, other?];
    both.sort_unstable();
    let zone = turn.zone();
    let voice = turn.voice();
    let choices = both.iter().map(|wall| voice.at(Timestamp::from_local(*wall, zone)));
    Some(Refusal::Unclear { choices: choices.collect() })
}

/// Whether the hour stands in a line as one of twelve.
fn says_bare(line: &str, at: NaiveDateTime) -> bool {
    let hour = at.hour();
    hour >= 12 && !line.contains(&hour.to_string())
}
