//! What a file covers: how much was looked at, on which days nothing was kept, what never came.

use std::collections::BTreeSet;

use chrono::{NaiveDate, NaiveDateTime};

use crate::model::Lang;

/// Days that are counted: more than ten years. Beyond them nothing is said of single days.
const DAYS_MAX: usize = 4_000;
/// Stretches without messages that are named one by one.
const GAPS_MAX: usize = 12;

/// What was looked at.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Coverage {
    /// Messages that are kept here, whether they fit or not.
    pub looked: u32,
    /// Messages that could not be read.
    pub unreadable: u32,
    /// There was more than a file may hold.
    pub cut: bool,
    /// The platform hands over every message, and not only those that @ the bot.
    pub hears_all: bool,
    /// The days asked for, both included; where an end is open, that of what is kept.
    pub from: Option<NaiveDate>,
    /// See `from`.
    pub to: Option<NaiveDate>,
    /// When the bot did not run: how often, from and to on the clock there, and how many minutes.
    pub down: Option<(u32, NaiveDateTime, NaiveDateTime, i64)>,
    days: BTreeSet<NaiveDate>,
    uncounted: bool,
}

impl Coverage {
    /// Of nothing yet: whether every message comes, and the days asked for.
    pub fn new(hears_all: bool, from: Option<NaiveDate>, to: Option<NaiveDate>) -> Self {
        Self { hears_all, from, to, ..Self::default() }
    }

    /// A message of this day is kept.
    pub fn saw(&mut self, day: NaiveDate) {
        self.looked += 1;
        if self.days.len() < DAYS_MAX || self.days.contains(&day) {
            self.days.insert(day);
        } else {
            self.uncounted = true;
        }
    }

    /// Stretches of days within what was asked for of which nothing at all is kept, both ends
    /// included; `None` if that is not known.
    pub fn gaps(&self) -> Option<Vec<(NaiveDate, NaiveDate)>> {
        let from = self.from.or_else(|| self.days.first().copied());
        let to = self.to.or_else(|| self.days.last().copied());
        let (Some(from), Some(to)) = (from, to) else { return Some(Vec::new()) };
        let wide = (to - from).num_days() > DAYS_MAX as i64;
        if self.uncounted || wide {
            return None;
        }
        let mut gaps: Vec<(NaiveDate, NaiveDate)> = Vec::new();
        for day in from.iter_days().take_while(|day| *day <= to) {
            if self.days.contains(&day) {
                continue;
            }
            match gaps.last_mut().filter(|(_, last)| last.succ_opt() == Some(day)) {
                Some((_, last)) => *last = day,
                None => gaps.push((day, day)),
            }
        }
        Some(gaps)
    }

    /// The same in words.
    pub fn facts(&self, lang: Lang) -> Vec<(String, String)> {
        let pick = |zh: &str, en: &str| match lang {
            Lang::Zh => zh.to_owned(),
            Lang::En => en.to_owned(),
        };
        let looked = match lang {
            Lang::Zh => format!("看过这里留存的全部 {} 条", self.looked),
            Lang::En => format!("all {} messages kept here were looked at", self.looked),
        };
        let mut facts = vec![
            (pick("覆盖", "Coverage"), looked),
            (pick("没有留存消息的日子", "Days without any kept message"), self.days_missing(lang)),
        ];
        let absent = match self.hears_all {
            true => pick(
                "机器人不在群里、停机或记录关闭时的消息不在内",
                "what was said while the bot was not there is not in it",
            ),
            false => pick(
                "平台只把 @机器人 和被引用的消息交给机器人，其余的不在内",
                "the platform hands over only messages that @ the bot, and quoted ones",
            ),
        };
        facts.push((pick("不在内的", "Not in it"), absent));
        if let Some((count, from, to, minutes)) = self.down {
            let (from, to) = (from.format("%Y-%m-%d %H:%M"), to.format("%Y-%m-%d %H:%M"));
            facts.push((
                pick("停机", "Down"),
                pick(
                    &format!("{from} — {to} 之间 {count} 次，共 {minutes} 分钟"),
                    &format!("{count} times between {from} and {to}, {minutes} minutes in all"),
                ),
            ));
        }
        if self.unreadable > 0 {
            let name = pick("打不开的", "Unreadable");
            let count = self.unreadable;
            facts.push((name, pick(&format!("{count} 条，不在内"), &format!("{count}, left out"))));
        }
        if self.cut {
            facts.push((
                pick("没有导完", "Cut off"),
                pick(
                    "一个文件装不下，后面的不在内",
                    "one file holds no more; the rest is not in it",
                ),
            ));
        }
        facts
    }

    fn days_missing(&self, lang: Lang) -> String {
        let pick = |zh: &str, en: &str| match lang {
            Lang::Zh => zh.to_owned(),
            Lang::En => en.to_owned(),
        };
        let Some(gaps) = self.gaps() else {
            return pick("时间太长，没有逐日统计", "too long a time to be told day by day");
        };
        if gaps.is_empty() {
            return pick("没有", "none");
        }
        let stretch = |(from, to): &(NaiveDate, NaiveDate)| match from == to {
            true => from.to_string(),
            false => format!("{from} — {to}"),
        };
        let named: Vec<String> = gaps.iter().take(GAPS_MAX).map(stretch).collect();
        let named = named.join(&pick("、", ", "));
        match gaps.len().saturating_sub(GAPS_MAX) {
            0 => named,
            more => {
                pick(&format!("{named} 等，另有 {more} 段"), &format!("{named} and {more} more"))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn days_of_which_nothing_is_kept_are_told_as_stretches() {
        let mut seen = Coverage::default();
        for text in ["2026-08-20", "2026-08-21", "2026-08-24", "2026-08-24"] {
            seen.saw(day(text));
        }
        assert_eq!(seen.looked, 4);
        assert_eq!(seen.gaps(), Some(vec![(day("2026-08-22"), day("2026-08-23"))]));
        seen.from = Some(day("2026-08-18"));
        seen.to = Some(day("2026-08-25"));
        let gaps = seen.days_missing(Lang::Zh);
        assert_eq!(gaps, "2026-08-18 — 2026-08-19、2026-08-22 — 2026-08-23、2026-08-25");
        seen.from = Some(day("1970-01-01"));
        assert_eq!(seen.gaps(), None);
    }
}
