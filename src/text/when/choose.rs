//! Which of several dates in a line is meant.

use chrono::{NaiveDate, NaiveTime};

use super::told::when;
use super::types::{Found, When};
use crate::model::Timestamp;
use crate::text::clock::Clock;
use crate::text::grammar::{Context, Day, Draft, Moment, Read, meaning};
use crate::text::lex::Line;
use crate::text::stance::Stance;

/// A date that may be the one that is meant.
pub struct Candidate {
    /// Where and what.
    pub read: Read,
    /// Its meaning.
    pub when: When,
    /// How it stands.
    pub stance: Stance,
}

impl Candidate {
    /// Only a clock time, or only a day.
    fn moment(&self, clocked: bool) -> Option<Moment> {
        let Draft::Moment(moment) = self.read.draft else { return None };
        let kind = moment.clock.is_some() == clocked && moment.day.is_some() != clocked;
        (kind && moment.zone.is_none() && moment.or_hour.is_none()).then_some(moment)
    }

    /// Its day, if it is only a day.
    pub fn day(&self) -> Option<Day> {
        self.moment(false)?.day
    }

    /// As one of several to choose from: a moment or a day.
    pub fn found(&self, line: &Line, ctx: &Context) -> Found {
        let when = single(ctx, &self.when);
        Found { span: line.span(self.read.tokens.clone()), also: None, when }
    }
}

/// The one that is meant, or the question which.
pub fn choose(line: &Line, ctx: &Context, all: &[Candidate]) -> Option<Found> {
    if let [one] = all {
        let span = line.span(one.read.tokens.clone());
        return Some(Found { span, also: None, when: one.when.clone() });
    }
    if let Some((day, clock, when)) = joined(ctx, all) {
        let also = Some(line.span(clock.read.tokens.clone()));
        return Some(Found { span: line.span(day.read.tokens.clone()), also, when });
    }
    let rivals = foremost(all);
    let first = rivals.first()?;
    let span = line.span(first.read.tokens.clone());
    let repeats = rivals.iter().find(|one| matches!(one.when, When::Recurrence(_)));
    let when = match (rivals.len(), repeats) {
        (1, _) => first.when.clone(),
        (_, Some(every)) => {
            let span = line.span(every.read.tokens.clone());
            return Some(Found { span, also: None, when: every.when.clone() });
        }
        (_, None) => {
            let all = of_one_day(ctx, &rivals).into_iter().flat_map(|one| match one {
                When::Ambiguous(all) => all,
                one => vec![one],
            });
            When::Ambiguous(all.collect())
        }
    };
    Some(Found { span, also: None, when })
}

/// What each of several means: `明天3点或4点`, an hour alone behind a moment is one of its day.
pub fn of_one_day(ctx: &Context, rivals: &[&Candidate]) -> Vec<When> {
    let mut last: Option<Moment> = None;
    let mut one = |one: &&Candidate| {
        if let Draft::Moment(moment) = one.read.draft
            && moment.day.is_some()
            && moment.clock.is_some()
        {
            last = Some(moment);
            return single(ctx, &one.when);
        }
        let hour = one.moment(true).and_then(|moment| Some((moment, moment.clock?, last?)));
        let when = hour.and_then(|(moment, said, of)| {
            let half = of.clock.and_then(|clock| clock.part).or(of.part);
            let part = said.part.or(moment.part).or(half);
            let draft = Draft::Moment(Moment { clock: Some(Clock { part, ..said }), ..of });
            when(ctx, &draft, meaning(ctx, &draft)?)
        });
        single(ctx, &when.unwrap_or_else(|| one.when.clone()))
    };
    rivals.iter().map(&mut one).collect()
}

/// Those that stand apart most, each meaning once; of a day and a moment of that day the moment.
pub fn foremost(all: &[Candidate]) -> Vec<&Candidate> {
    let Some(top) = all.iter().map(|one| one.stance).max() else { return Vec::new() };
    let mut rivals: Vec<&Candidate> = Vec::new();
    for one in all.iter().filter(|one| one.stance == top) {
        if rivals.iter().all(|known| known.when != one.when) {
            rivals.push(one);
        }
    }
    let day = |one: &Candidate| one.moment(false).and_then(|moment| moment.day).map(|d| d.date);
    let timed = |date: NaiveDate| {
        move |one: &&Candidate| match one.read.draft {
            Draft::Moment(Moment { day: Some(day), clock: Some(_), .. }) => day.date == date,
            _ => false,
        }
    };
    let days: Vec<NaiveDate> = rivals.iter().filter_map(|one| day(one)).collect();
    let said_again: Vec<NaiveDate> =
        days.into_iter().filter(|date| rivals.iter().any(timed(*date))).collect();
    rivals.retain(|one| day(one).is_none_or(|date| !said_again.contains(&date)));
    rivals
}

/// A day and a clock time that were said apart: `明天 开会 下午3点`. One of them glued into words may be
/// a topic, so that is asked.
pub fn joined<'a>(
    ctx: &Context,
    all: &'a [Candidate],
) -> Option<(&'a Candidate, &'a Candidate, When)> {
    let one = |clocked: bool| {
        let mut fitting = all.iter().filter(|one| one.moment(clocked).is_some());
        let best = fitting.clone().map(|one| one.stance).max()?;
        let first = fitting.find(|one| one.stance == best)?;
        fitting.all(|one| one.stance != best).then_some(first)
    };
    let (day, clock) = (one(false)?, one(true)?);
    let low = day.stance.min(clock.stance);
    let high = all.iter().map(|one| one.stance).max()?;
    if day.stance.max(clock.stance) != high || low == Stance::Topic {
        return None;
    }
    let (of, at) = (day.moment(false)?, clock.moment(true)?);
    let said = at.clock?;
    let part = said.part.or(of.part);
    let both = Moment { clock: Some(Clock { part, ..said }), part: None, ..of };
    let draft = Draft::Moment(both);
    let whole = when(ctx, &draft, meaning(ctx, &draft)?)?;
    let sure = low >= Stance::Done || day.stance == clock.stance && low == Stance::Edge;
    if sure {
        return Some((day, clock, whole));
    }
    let glued = clock.stance < day.stance && clock.stance < Stance::Edge;
    if glued || matches!(whole, When::Impossible(_)) {
        return None;
    }
    let alone = if day.stance > clock.stance { &day.when } else { &clock.when };
    Some((day, clock, When::Ambiguous(vec![whole, single(ctx, alone)])))
}

/// A meaning as one to choose: the last day of whole days, the beginning of a part of a day.
fn single(ctx: &Context, when: &When) -> When {
    let When::Range(from, to) = when else { return when.clone() };
    let whole = |at: Timestamp| at.local(ctx.zone).time() == NaiveTime::MIN;
    match (from, to) {
        (Some(from), Some(to)) if whole(*from) && whole(*to) => {
            When::Date(to.plus_ms(-1).day(ctx.zone))
        }
        (Some(from), _) => When::Instant(*from),
        (None, Some(to)) => When::Instant(*to),
        (None, None) => when.clone(),
    }
}
