//! When a schedule is due, and what becomes of the occurrences whose time has come. Values only:
//! the ledger keeps them. Recurrences are reckoned here and nowhere else in core.

use chrono::NaiveTime;

use super::ahead;
use crate::model::lead::Lead;
use crate::model::occurrence::{Missed, Outcome, Why};
use crate::model::recurrence::{OffDays, Rule};
use crate::model::reminder::{Reminder, Skip};
use crate::model::report::Report;
use crate::model::{Calendar, Recurrence, Timestamp};
use crate::text::every;

/// An occurrence settled later than this was missed, in ms: the bot was not running. Less is a busy
/// moment or a restart.
pub const LATE_MS: i64 = 5 * 60 * 1000;

/// Shortest time between two occurrences, in ms: a group is not to be called more often.
pub const EVERY_MS_MIN: i64 = 5 * 60 * 1000;

/// Most occurrences settled by one turn: what is left is due at once and has a turn of its own.
pub const SETTLED_MAX: usize = 500;

/// Most runs of one schedule that are counted; more than that is said to be more.
pub const RUNS_MAX: usize = 100;

/// How many occurrences of a new recurrence are compared with the next one.
const COMPARED_MAX: usize = 50;

/// What a schedule is, whatever it is a schedule of.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Plan<'a> {
    /// How it repeats.
    pub every: Option<&'a Recurrence>,
    /// Its next occurrence.
    pub next_at: Option<Timestamp>,
    /// Whether occurrences are carried out.
    pub enabled: bool,
    /// Occurrences left out.
    pub skip: Option<Skip>,
    /// What becomes of those that were missed.
    pub missed: Missed,
    /// Occurrences come so long before their time.
    pub lead: Option<Lead>,
    /// That time, of one that comes once.
    pub due_at: Option<Timestamp>,
    /// The days on which people work.
    pub calendar: &'a Calendar,
}

/// Occurrences whose time has come.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Due {
    /// Those not yet settled, oldest first.
    pub times: Vec<Timestamp>,
    /// The first one after them; due as well if there were more than [`SETTLED_MAX`].
    pub next_at: Option<Timestamp>,
}

/// What becomes of them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Settled {
    /// The outcome of each.
    pub outcomes: Vec<(Timestamp, Outcome)>,
    /// The one to carry out now.
    pub run: Option<Run>,
    /// The ones left out of which members are to be told, oldest first.
    pub missed: Vec<Timestamp>,
    /// The next one.
    pub next_at: Option<Timestamp>,
}

/// An occurrence to carry out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Run {
    /// When it was due.
    pub at: Timestamp,
    /// That was while the bot was not running.
    pub late: bool,
    /// How many earlier ones it stands for.
    pub folded: usize,
}

/// Why a recurrence is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unfit {
    /// Two occurrences lie closer together than [`EVERY_MS_MIN`].
    TooOften,
    /// It has no occurrence.
    Never,
}

impl<'a> Plan<'a> {
    /// That of a reminder.
    pub fn of_reminder(reminder: &'a Reminder, calendar: &'a Calendar) -> Self {
        let Reminder { every, next_at, enabled, skip, missed, lead, due_at, .. } = reminder;
        let (next_at, enabled, skip, missed) = (*next_at, *enabled, *skip, *missed);
        let (lead, due_at) = (*lead, *due_at);
        Self { every: every.as_ref(), next_at, enabled, skip, missed, lead, due_at, calendar }
    }

    /// That of a report.
    pub fn of_report(report: &'a Report, calendar: &'a Calendar) -> Self {
        let skip = report.skip_through.map(|through| Skip { through, put_off: false });
        let Report { every, next_at, enabled, missed, .. } = report;
        let (next_at, enabled, missed) = (*next_at, *enabled, *missed);
        let every = Some(every);
        Self { every, next_at, enabled, skip, missed, lead: None, due_at: None, calendar }
    }

    /// The same, looked at from a later moment on.
    #[must_use]
    pub fn from(self, from: Timestamp) -> Self {
        match self.every {
            Some(every) if self.next_at.is_some_and(|next| next < from) => {
                Self { next_at: self.behind(Some(&with_holidays(every)), from.plus_ms(-1)), ..self }
            }
            Some(_) | None => self,
        }
    }

    /// Every occurrence from the next one on, also those that will be left out.
    pub fn occurrences(self) -> impl Iterator<Item = Timestamp> {
        let every = self.every.map(with_holidays);
        let after = move |at: &Timestamp| self.behind(every.as_ref(), *at);
        std::iter::successors(self.next_at, after)
    }

    /// The first occurrence behind a moment.
    fn behind(self, every: Option<&Recurrence>, at: Timestamp) -> Option<Timestamp> {
        match self.lead {
            Some(lead) => ahead::next(every, self.due_at, lead, at, self.calendar),
            None => every.and_then(|every| every::next(every, at, self.calendar)),
        }
    }

    /// The time that an occurrence leads up to; itself where it comes at its time.
    pub fn time_of(self, at: Timestamp) -> Timestamp {
        let every = self.every.map(with_holidays);
        let time = self
            .lead
            .and_then(|lead| ahead::leads_to(every.as_ref(), self.due_at, lead, at, self.calendar));
        time.unwrap_or(at)
    }

    /// The occurrences that will be carried out; none while it is disabled.
    pub fn runs(self) -> impl Iterator<Item = Timestamp> {
        let skipped = move |at: &Timestamp| self.skip.is_some_and(|skip| *at <= skip.through);
        let works = move |at: &Timestamp| !self.is_holiday(*at);
        self.occurrences().take_while(move |_| self.enabled).skip_while(skipped).filter(works)
    }

    /// The occurrences whose time has come.
    pub fn due(self, now: Timestamp) -> Due {
        let mut due = Due::default();
        for at in self.occurrences() {
            due.next_at = Some(at);
            if at > now || due.times.len() == SETTLED_MAX {
                return due;
            }
            due.times.push(at);
        }
        Due { next_at: None, ..due }
    }

    /// What becomes of occurrences that have come and are not settled yet.
    pub fn settle(self, due: &Due, now: Timestamp) -> Settled {
        let mut settled = Settled { next_at: due.next_at, ..Settled::default() };
        let mut waiting = Vec::new();
        for at in due.times.iter().copied() {
            match self.left_out(at) {
                Some(why) => settled.outcomes.push((at, Outcome::Skipped(why))),
                None => waiting.push(at),
            }
        }
        let more = due.next_at.is_some_and(|next| next <= now);
        let Some((last, earlier)) = waiting.split_last() else { return settled };
        let late = last.plus_ms(LATE_MS) < now;
        // Folded into what would never come, it would be lost.
        let folds = self.missed == Missed::Fold && due.next_at.is_some();
        let runs = !late || !folds && self.missed != Missed::Skip;
        let (left, ran) = if runs && !more { (earlier, Some(*last)) } else { (&waiting[..], None) };
        let why = if self.missed == Missed::Skip { Why::Missed } else { Why::Folded };
        settled.outcomes.extend(left.iter().map(|at| (*at, Outcome::Skipped(why))));
        settled.outcomes.extend(ran.map(|at| (at, Outcome::Ran)));
        settled.outcomes.sort_by_key(|(at, _)| *at);
        let folded = if why == Why::Folded { left.len() } else { 0 };
        settled.run = ran.map(|at| Run { at, late, folded });
        if why == Why::Missed {
            settled.missed = left.to_vec();
        }
        settled
    }

    /// Whether its recurrence leaves it out because people don't work on that day.
    fn is_holiday(self, at: Timestamp) -> bool {
        let skips = |every: &&Recurrence| every.off_days == OffDays::Skip;
        self.every.filter(skips).is_some_and(|every| !self.calendar.is_workday(at.day(every.zone)))
    }

    fn left_out(self, at: Timestamp) -> Option<Why> {
        let skip = self.skip.filter(|skip| at <= skip.through);
        match skip {
            _ if !self.enabled => Some(Why::Disabled),
            _ if self.is_holiday(at) => Some(Why::Holiday),
            Some(Skip { put_off: true, through }) if through == at => Some(Why::PutOff),
            Some(_) => Some(Why::ByHand),
            None => None,
        }
    }
}

/// When a reminder speaks next, put off or not.
pub fn next_of(reminder: &Reminder, calendar: &Calendar) -> Option<Timestamp> {
    let regular = Plan::of_reminder(reminder, calendar).runs().next();
    reminder.again_at.into_iter().chain(regular).min()
}

/// Whether nothing of a reminder is to come, even were it enabled.
pub fn is_over(reminder: &Reminder) -> bool {
    reminder.next_at.is_none() && reminder.again_at.is_none()
}

/// The first occurrence of a new recurrence; refused if it comes too often or never.
pub fn first(every: &Recurrence, now: Timestamp, calendar: &Calendar) -> Result<Timestamp, Unfit> {
    let plan = Plan {
        every: Some(every),
        next_at: every::next(&with_holidays(every), now, calendar),
        enabled: true,
        skip: None,
        missed: Missed::Once,
        lead: None,
        due_at: None,
        calendar,
    };
    let times: Vec<Timestamp> = plan.occurrences().take(COMPARED_MAX).collect();
    plan.runs().next().ok_or(Unfit::Never)?;
    if times.windows(2).any(|pair| pair[0].plus_ms(EVERY_MS_MIN) > pair[1]) {
        return Err(Unfit::TooOften);
    }
    times.first().copied().ok_or(Unfit::Never)
}

/// The same recurrence with the days off that it leaves out: those are occurrences as well, and
/// their outcome says why nothing came.
fn with_holidays(every: &Recurrence) -> Recurrence {
    let off_days = match every.off_days {
        OffDays::Skip => OffDays::Keep,
        kept => kept,
    };
    Recurrence { off_days, ..every.clone() }
}

/// The same recurrence, at nine where it names no time of day.
pub fn timed(every: Recurrence) -> Recurrence {
    let timeless = every.times.is_empty()
        && match every.rule {
            Rule::Daily
            | Rule::Workdays
            | Rule::Weekly(_)
            | Rule::Monthly(_)
            | Rule::Yearly(..) => true,
            Rule::Cron(_) | Rule::Secondly | Rule::Minutely | Rule::Hourly => false,
        };
    let nine: Vec<NaiveTime> = NaiveTime::from_hms_opt(9, 0, 0).into_iter().collect();
    if timeless { Recurrence { times: nine, ..every } } else { every }
}

#[cfg(test)]
mod tests {
    use chrono_tz::Asia::Shanghai;

    use super::*;
    use crate::text::when::Reference;

    const HOUR_MS: i64 = 3_600_000;

    /// 2026-03-02 09:00 in Shanghai.
    const NINE: Timestamp = Timestamp(1_772_413_200_000);

    fn daily() -> Recurrence {
        every::find("每天9:00", Reference::usual(NINE, Shanghai)).expect("a recurrence").1
    }

    fn plan(every: &Recurrence, missed: Missed) -> Plan<'_> {
        let calendar = Calendar::official();
        Plan {
            every: Some(every),
            next_at: Some(NINE),
            enabled: true,
            skip: None,
            missed,
            lead: None,
            due_at: None,
            calendar,
        }
    }

    fn settled(plan: Plan, now: Timestamp) -> Settled {
        plan.settle(&plan.due(now), now)
    }

    #[test]
    fn every_policy_gives_each_missed_occurrence_one_outcome() {
        let every = daily();
        let back = NINE.plus_ms(50 * HOUR_MS);
        for (missed, why, runs, told) in [
            (Missed::Once, Why::Folded, true, 0),
            (Missed::Skip, Why::Missed, false, 3),
            (Missed::Fold, Why::Folded, false, 0),
        ] {
            let settled = settled(plan(&every, missed), back);
            assert_eq!(settled.outcomes.len(), 3, "{missed:?}");
            assert_eq!(settled.outcomes[0].1, Outcome::Skipped(why), "{missed:?}");
            assert_eq!(settled.outcomes[1].1, Outcome::Skipped(why), "{missed:?}");
            let late = Run { at: NINE.plus_ms(48 * HOUR_MS), late: true, folded: 2 };
            assert_eq!(settled.run, runs.then_some(late), "{missed:?}");
            assert_eq!(settled.missed.len(), told, "{missed:?}");
            assert_eq!(settled.next_at, Some(NINE.plus_ms(72 * HOUR_MS)), "{missed:?}");
        }
    }

    #[test]
    fn one_that_comes_once_is_never_folded_into_nothing() {
        let every = daily();
        let plan = Plan { every: None, ..plan(&every, Missed::Fold) };
        let settled = settled(plan, NINE.plus_ms(HOUR_MS));
        assert_eq!(settled.run, Some(Run { at: NINE, late: true, folded: 0 }));
        assert_eq!(settled.next_at, None);
    }

    #[test]
    fn what_was_skipped_or_disabled_says_so() {
        let every = daily();
        let skip = |put_off| Some(Skip { through: NINE, put_off });
        let by_hand = Plan { skip: skip(false), ..plan(&every, Missed::Once) };
        let put_off = Plan { skip: skip(true), ..by_hand };
        let disabled = Plan { enabled: false, ..by_hand };
        for (plan, why) in
            [(by_hand, Why::ByHand), (put_off, Why::PutOff), (disabled, Why::Disabled)]
        {
            let settled = settled(plan, NINE);
            assert_eq!(settled.outcomes, [(NINE, Outcome::Skipped(why))]);
            assert_eq!(settled.run, None);
        }
        assert_eq!(by_hand.runs().next(), Some(NINE.plus_ms(24 * HOUR_MS)));
        assert_eq!(disabled.runs().next(), None);
    }

    #[test]
    fn a_long_outage_is_settled_in_turns_and_made_up_for_once() {
        let every = every::find("cron */5 * * * *", Reference::usual(NINE, Shanghai))
            .expect("a recurrence")
            .1;
        let now = NINE.plus_ms(100 * HOUR_MS);
        let first = plan(&every, Missed::Once);
        let mut plan = first;
        let (mut outcomes, mut runs) = (Vec::new(), Vec::new());
        while plan.next_at.is_some_and(|next| next <= now) {
            let settled = settled(plan, now);
            assert!(settled.outcomes.len() <= SETTLED_MAX);
            outcomes.extend(settled.outcomes);
            runs.extend(settled.run);
            plan.next_at = settled.next_at;
        }
        let wanted: Vec<Timestamp> = first.occurrences().take_while(|at| *at <= now).collect();
        assert_eq!(outcomes.iter().map(|(at, _)| *at).collect::<Vec<_>>(), wanted);
        assert_eq!(runs.len(), 1);
    }

    #[test]
    fn too_often_and_never_are_refused() {
        for (text, expected) in [
            ("cron */2 * * * *", Err(Unfit::TooOften)),
            ("每天9:00和9:04", Err(Unfit::TooOften)),
            ("cron */5 * * * *", Ok(NINE.plus_ms(5 * 60_000))),
            ("每天9:00", Ok(NINE.plus_ms(24 * HOUR_MS))),
        ] {
            let every =
                every::find(text, Reference::usual(NINE, Shanghai)).expect("a recurrence").1;
            assert_eq!(first(&every, NINE, Calendar::official()), expected, "{text}");
        }
    }
}
