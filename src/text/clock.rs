//! A clock time as written, and what it can mean on a day. Reads no text.

use chrono::NaiveTime;

/// A clock time as written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Clock {
    /// 0 to 24 as written; not yet moved by the part of the day.
    pub hour: u32,
    /// Minute of the hour.
    pub minute: u32,
    /// Second of the minute.
    pub second: u32,
    /// Whether the second was said.
    pub seconds: bool,
    /// 上午, pm …
    pub part: Option<Part>,
    /// Written so that it cannot be half a day off: `03:00`, noon.
    pub exact: bool,
    /// Of the next day: 下班 where people work over midnight.
    pub next_day: bool,
}

/// Parts of the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// a.m.
    Am,
    /// p.m.
    Pm,
    /// 凌晨: 0 to 6.
    Dawn,
    /// 早上, 上午: 6 to 12.
    Morning,
    /// 中午.
    Noon,
    /// 下午: 12 to 18.
    Afternoon,
    /// 晚上, 夜里: 18 to 24, and a little of the next day.
    Evening,
    /// 午夜: the end of the day.
    Midnight,
    /// 全天.
    All,
}

/// A time of day, so many days after the day it was written with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wall {
    /// 0, or 1 past midnight.
    pub days: i64,
    /// The time of that day.
    pub time: NaiveTime,
}

/// What a clock time means on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reading {
    /// One thing.
    One(Wall),
    /// The first, but the second if the day is today and the first is over: 9点 said at noon.
    Else(Wall, Wall),
    /// Either: 晚上2点 of a later day can be the night before or behind it.
    Either(Wall, Wall),
}

impl Clock {
    /// On the hour.
    pub fn at(hour: u32, minute: u32) -> Self {
        Self { hour, minute, second: 0, seconds: false, part: None, exact: false, next_day: false }
    }

    /// A named time, such as noon.
    pub fn named(hour: u32) -> Self {
        Self { exact: true, ..Self::at(hour, 0) }
    }

    /// What it means; `None` if there is no such time, such as 25:00 or 14 p.m.
    pub fn reading(self) -> Option<Reading> {
        let hour = self.hour;
        if self.next_day {
            return Some(Reading::One(Wall { days: 1, ..self.wall(hour)? }));
        }
        Some(match self.part {
            None | Some(Part::All) if self.exact => Reading::One(self.wall(hour)?),
            None | Some(Part::All) => match hour {
                1..=6 => Reading::One(self.wall(hour + 12)?),
                7..=11 => Reading::Else(self.wall(hour)?, self.wall(hour + 12)?),
                _ => Reading::One(self.wall(hour)?),
            },
            Some(Part::Am) => Reading::One(self.wall(match hour {
                12 => 0,
                1..=11 => hour,
                _ => return None,
            })?),
            Some(Part::Pm) => Reading::One(self.wall(match hour {
                12 => 12,
                1..=11 => hour + 12,
                _ => return None,
            })?),
            Some(Part::Dawn) => Reading::One(self.wall(match hour {
                12 | 24 => 0,
                0..=11 => hour,
                _ => return None,
            })?),
            Some(Part::Morning) => Reading::One(self.wall((hour <= 12).then_some(hour)?)?),
            Some(Part::Noon) => Reading::One(self.wall(match hour {
                1..=3 => hour + 12,
                10..=15 => hour,
                _ => return None,
            })?),
            Some(Part::Afternoon) => Reading::One(self.wall(match hour {
                1..=11 => hour + 12,
                12..=23 => hour,
                _ => return None,
            })?),
            Some(Part::Midnight) => Reading::One(self.wall(if hour == 12 { 24 } else { hour })?),
            Some(Part::Evening) => match hour {
                0 | 12 | 24 => Reading::One(self.wall(24)?),
                1..=3 => Reading::Either(self.wall(hour)?, self.wall(24 + hour)?),
                4..=11 => Reading::One(self.wall(hour + 12)?),
                _ => Reading::One(self.wall(hour)?),
            },
        })
    }

    /// Hours from 24 on are of the next day; only a part of the day leads past 24:00.
    fn wall(self, hour: u32) -> Option<Wall> {
        if hour == 24 && self.hour == 24 && (self.minute, self.second) != (0, 0) {
            return None;
        }
        if self.hour > 24 {
            return None;
        }
        let time = NaiveTime::from_hms_opt(hour % 24, self.minute, self.second)?;
        Some(Wall { days: i64::from(hour / 24), time })
    }
}

impl Part {
    /// The hours it spans, as from–to of the day; 24 is the next midnight.
    pub fn hours(self) -> (u32, u32) {
        match self {
            Part::Dawn => (0, 6),
            Part::Am | Part::Morning => (6, 12),
            Part::Noon => (11, 13),
            Part::Pm | Part::Afternoon => (12, 18),
            Part::Evening | Part::Midnight => (18, 24),
            Part::All => (0, 24),
        }
    }
}
