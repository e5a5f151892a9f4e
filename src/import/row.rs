//! One message of a file: whether its time, its sender and its text can be taken.

use chrono::{DateTime, NaiveDateTime};
use chrono_tz::Tz;

use crate::model::Timestamp;
use crate::model::import::{Row, Why, YEARS_MAX};
use crate::model::message::{CABINET_CHARS_MAX, CHARS_MAX, TAG_CHARS_MAX, TAGS_MAX};
use crate::text::cut;

/// How far another clock may be ahead, in ms.
const AHEAD_MS: i64 = 60_000;
/// Milliseconds of a year, leap days left aside.
const YEAR_MS: i64 = 365 * 24 * 3_600_000;
/// From here on a number counts milliseconds and not seconds: as seconds it would be the year 5138.
const MILLISECONDS_FROM: i64 = 100_000_000_000;
/// How times are written, on the clock of the conversation.
const WALLS: [&str; 9] = [
    "%Y-%m-%d %H:%M:%S",
    "%Y-%m-%d %H:%M:%S%.f",
    "%Y-%m-%d %H:%M",
    "%Y-%m-%dT%H:%M:%S",
    "%Y-%m-%dT%H:%M",
    "%Y/%m/%d %H:%M:%S",
    "%Y/%m/%d %H:%M",
    "%Y年%m月%d日 %H:%M:%S",
    "%Y年%m月%d日 %H:%M",
];

/// A message as it stands in the file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Fields {
    /// When it was said.
    pub time: String,
    /// Who said it.
    pub who: String,
    /// What was said.
    pub text: String,
    /// Its id.
    pub id: String,
    /// Its tags.
    pub tags: Vec<String>,
    /// Its cabinet.
    pub cabinet: String,
    /// It was known from a quote alone.
    pub copied: bool,
}

/// The rows of a file: an object a line, or a table.
pub type Read = Vec<(u32, Result<Fields, Why>)>;

/// By what times are judged.
pub struct Clock {
    zone: Tz,
    latest: Timestamp,
    earliest: Timestamp,
}

impl Clock {
    /// Now, in that zone.
    pub fn new(now: Timestamp, zone: Tz) -> Self {
        let earliest = now.plus_ms(-i64::from(YEARS_MAX) * YEAR_MS);
        Self { zone, latest: now.plus_ms(AHEAD_MS), earliest }
    }

    fn read(&self, time: &str) -> Result<Timestamp, Why> {
        let at = self.parse(time.trim()).ok_or(Why::Time)?;
        match at {
            at if at > self.latest => Err(Why::Future),
            at if at < self.earliest => Err(Why::Old),
            at => Ok(at),
        }
    }

    fn parse(&self, time: &str) -> Option<Timestamp> {
        if let Ok(number) = time.parse::<i64>() {
            // Eight digits and fewer are a day or a number of a row, and no time.
            let plausible = number >= MILLISECONDS_FROM / 100;
            let ms = if number < MILLISECONDS_FROM { number.checked_mul(1_000)? } else { number };
            return plausible.then_some(Timestamp(ms));
        }
        if let Ok(at) = DateTime::parse_from_rfc3339(time) {
            return Some(Timestamp(at.timestamp_millis()));
        }
        let wall = WALLS.iter().find_map(|how| NaiveDateTime::parse_from_str(time, how).ok())?;
        Some(Timestamp::from_local(wall, self.zone))
    }
}

/// The message, if all of it can be taken.
pub fn checked(fields: Fields, row: u32, clock: &Clock) -> Result<Row, Why> {
    let at = clock.read(&fields.time)?;
    let who = cut::one_line(&fields.who);
    if who.is_empty() && !fields.copied {
        return Err(Why::Nobody);
    }
    let text = fields.text.trim().to_owned();
    if text.is_empty() {
        return Err(Why::NoText);
    }
    if text.chars().count() > CHARS_MAX {
        return Err(Why::LongText);
    }
    let tag = |tag: &String| cut::one_line(tag.trim_start_matches(['#', '＃']));
    let mut tags: Vec<String> = fields.tags.iter().map(tag).collect();
    tags.retain(|tag| !tag.is_empty());
    let cabinet = cut::one_line(&fields.cabinet);
    let long = |text: &str, most: usize| text.chars().count() > most;
    if tags.len() > TAGS_MAX
        || tags.iter().any(|tag| long(tag, TAG_CHARS_MAX))
        || long(&cabinet, CABINET_CHARS_MAX)
    {
        return Err(Why::Tags);
    }
    let id = Some(fields.id.trim().to_owned()).filter(|id| !id.is_empty() && !is_own(id));
    let cabinet = Some(cabinet).filter(|cabinet| !cabinet.is_empty());
    Ok(Row { row, at, who, text, id, tags, cabinet, copied: fields.copied })
}

/// `M12` is a number of ours: it says nothing in another conversation.
fn is_own(id: &str) -> bool {
    let number = id.strip_prefix(['M', 'm']);
    number.is_some_and(|digits| !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit()))
}
