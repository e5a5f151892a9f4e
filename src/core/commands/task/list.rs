//! Tasks listed: by people, tags, a stretch of time and where they stand.

use super::title::actor;
use crate::command::{Args, Invocation, Shape, parse, stranger};
use crate::core::elsewhere;
use crate::core::numbers::TASKS_MAX;
use crate::core::paging;
use crate::core::people::{self, resolve};
use crate::core::refusal::Refusal;
use crate::core::reread;
use crate::core::say;
use crate::core::say::task_list::{Asked, Listed};
use crate::core::tables::deadline_at;
use crate::core::tags;
use crate::core::turn::Turn;
use crate::model::post::Mirrored;
use crate::model::task::{Deadline, Named, Task, TaskState};
use crate::model::{Handle, PersonId, Scope, Timestamp};
use crate::store::Order;
use crate::text::branch::is_under;
use crate::text::fold::fold;
use crate::text::when::{Reference, When};

/// The names of the word that list the asker's tasks alone.
const MINE: [&str; 2] = ["我的任务", "my tasks"];

/// Which tasks are asked for.
struct Wanted<'a> {
    people: Vec<Named>,
    tags: &'a [String],
    /// Due from, and before.
    due: Option<(Timestamp, Timestamp)>,
    filters: &'a [String],
    /// The group they are in, in a direct chat.
    group: Option<&'a str>,
    now: Timestamp,
    reference: Reference<'a>,
}

fn has_tag(tags: &[String], wanted: &str) -> bool {
    let wanted = fold(wanted).text;
    tags.iter().any(|tag| is_under(tag, &wanted))
}

/// `任务 王芳`, `任务 王芳 逾期` ask for hers: nobody makes a task that is only somebody's name.
pub fn of_somebody(turn: &mut Turn, invocation: &Invocation) -> Option<Invocation> {
    let Args { content, people, tags, .. } = &invocation.args;
    let looks = |word: &&str| stranger::is_name(word) || is_one_capital(word);
    let words = content.split(' ').filter(|word| !reread::asks_how(word));
    let (names, rest): (Vec<&str>, Vec<&str>) = words.partition(looks);
    if names.is_empty() || !people.is_empty() || !tags.is_empty() {
        return None;
    }
    let spelled = turn.core.catalogue.word("task")?.names(invocation.lang);
    let filters = match rest.is_empty() {
        true => Vec::new(),
        false => parse::filters(spelled, &rest.join(" "))?,
    };
    let known = names.iter().all(|name| people::is_known(turn, name));
    let people = names.into_iter().map(str::to_owned).collect();
    let when = invocation.args.when.clone();
    let args = Args { people, filters, when, ..Args::default() };
    known.then(|| Invocation { shape: Shape::List, args, ..invocation.clone() })
}

/// `任务 今天`: those due then; nothing is said that a new one could be. `任务 周五前` begins one.
pub fn of_a_day(invocation: &Invocation) -> Option<Invocation> {
    let Args { content, when, lead, people, .. } = &invocation.args;
    let line = invocation.line.trim();
    let plain = people.is_empty() && lead.is_none() && !line.ends_with('前');
    let by = [" by ", " before "].iter().any(|by| line.contains(by));
    let dated = matches!(when, Some(When::Date(_))) && content.is_empty() && plain && !by;
    dated.then(|| Invocation { shape: Shape::List, ..invocation.clone() })
}

fn is_one_capital(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_uppercase()) && word.chars().all(char::is_alphabetic)
}

/// `任务 项目群` in a direct chat: what that group shows there.
pub fn of_group(turn: &mut Turn, invocation: &Invocation) -> Option<Invocation> {
    let Args { content, people, tags, when, quoted, .. } = &invocation.args;
    if !turn.scope().is_direct() || *quoted || when.is_some() || !people.is_empty() {
        return None;
    }
    let name = content.strip_prefix("in ").unwrap_or(content).trim_end_matches('的').trim();
    let known = elsewhere::shown(turn).iter().any(|mirror| mirror.shown.title == name);
    let args = Args { target: Some(name.to_owned()), tags: tags.clone(), ..Args::default() };
    known.then(|| Invocation { shape: Shape::List, args, ..invocation.clone() })
}

/// Lists tasks, the most urgent first.
pub fn list(turn: &mut Turn, invocation: &Invocation) -> Result<(), Refusal> {
    let args = &invocation.args;
    let mut people = resolve(turn, &args.people)?;
    if MINE.contains(&invocation.typed.as_str()) {
        people.push(actor(turn)?);
    }
    let tags = &tags::meant(turn, &args.tags);
    let (now, reference) = (turn.now(), turn.reference());
    let due = due(turn, args);
    let (group, filters) = (args.target.as_deref(), args.filters.as_slice());
    let wanted = Wanted { people, tags, due, filters, group, now, reference };
    let all = turn.list::<Task>(TASKS_MAX, Order::Down);
    let mut tasks: Vec<(u32, Task)> = all.into_iter().filter(|(_, t)| wanted.fits(t)).collect();
    tasks.sort_by_key(|(number, task)| (wanted.last(task), *number));
    let late = |task: &Task| task.state == TaskState::Open && wanted.last(task) < now;
    let tasks: Vec<Listed> = tasks
        .into_iter()
        .map(|(number, task)| Listed {
            late: late(&task),
            handle: Handle { letter: 'T', number },
            task,
        })
        .collect();
    let mut mirrors = Vec::new();
    if let Scope::Person(me) = turn.scope() {
        mirrors = elsewhere::of(turn, 'T');
        mirrors.retain(|mirror| wanted.fits_elsewhere(&mirror.shown, me));
    }
    let asked = wanted.asked(turn);
    let long = say::task_list::list(&turn.voice(), &tasks, &mirrors, &asked);
    paging::say(turn, long);
    Ok(())
}

impl Wanted<'_> {
    /// What an empty list says there is none of.
    fn asked(&self, turn: &Turn) -> Asked {
        let me = turn.acting.actor.as_ref().map(|me| &me.person);
        let people = match self.people.as_slice() {
            [] => None,
            [one] if Some(&one.person) == me => Some(Asked::Mine),
            others => Some(Asked::Theirs(others.to_vec())),
        };
        let filters = self.filters.iter().map(|key| Asked::Filter(key.clone()));
        let tags = self.tags.iter().map(|tag| Asked::Tag(tag.clone()));
        let due = self.due.map(|_| Asked::Due);
        let group = self.group.map(|group| Asked::Group(group.to_owned()));
        let mut all = people.into_iter().chain(filters).chain(tags).chain(due).chain(group);
        match (all.next(), all.next()) {
            (None, _) => Asked::Open,
            (Some(only), None) => only,
            (Some(_), Some(_)) => Asked::Several,
        }
    }

    fn last(&self, task: &Task) -> Timestamp {
        self.moment(task.due)
    }

    /// The last moment of a deadline: what has none comes after all that have one.
    fn moment(&self, due: Option<Deadline>) -> Timestamp {
        due.map_or(Timestamp(i64::MAX), |due| deadline_at(due, self.reference))
    }

    /// Whether it fits what a group shows of a task that is open for them.
    fn fits_elsewhere(&self, shown: &Mirrored, me: &PersonId) -> bool {
        let last = self.moment(shown.due);
        let stands = |filter: &String| match filter.as_str() {
            "all" => true,
            "overdue" => last < self.now,
            "undated" => shown.due.is_none(),
            _ => false,
        };
        (self.people.is_empty() || self.people.iter().any(|who| who.person == *me))
            && self.group.is_none_or(|group| group == shown.title)
            && self.filters.iter().all(stands)
            && self.tags.iter().all(|wanted| has_tag(&shown.tags, wanted))
            && self.due.is_none_or(|(from, before)| from <= last && last < before)
    }

    fn fits(&self, task: &Task) -> bool {
        let asked = |who: &Named| self.people.iter().any(|p| p.person == who.person);
        // What was done in a stretch of time is asked for by when it was done.
        let done = self.filters.iter().any(|filter| filter == "done");
        let done = task.done_on.filter(|_| done).and_then(|day| day.and_hms_opt(12, 0, 0));
        let last = match done {
            Some(noon) => Timestamp::from_local(noon, self.reference.zone),
            None => self.last(task),
        };
        // Whoever has done their part is through with it.
        let theirs = match task.state {
            TaskState::Open => task.open_parts(),
            TaskState::Submitted | TaskState::Done => task.assignees.clone(),
        };
        self.group.is_none()
            && self.stands(task)
            && (self.people.is_empty() || theirs.iter().any(asked))
            && self.tags.iter().all(|wanted| has_tag(&task.tags, wanted))
            && self.due.is_none_or(|(from, before)| from <= last && last < before)
    }

    /// Where it stands: open ones unless something else is asked for.
    fn stands(&self, task: &Task) -> bool {
        let open = task.state != TaskState::Done;
        if self.filters.is_empty() {
            return open;
        }
        self.filters.iter().all(|filter| match filter.as_str() {
            "all" => true,
            "done" => !open,
            "overdue" => open && self.last(task) < self.now,
            "submitted" => task.state == TaskState::Submitted,
            "blocked" => open && task.blocked().is_some(),
            "undated" => open && task.due.is_none(),
            _ => open,
        })
    }
}

/// The stretch of time in which they are due.
fn due(turn: &Turn, args: &Args) -> Option<(Timestamp, Timestamp)> {
    match args.when.as_ref()? {
        When::Range(from, before) => {
            let from = from.unwrap_or(Timestamp(i64::MIN));
            // A day's last deadline may be the end itself.
            Some((from, before.map_or(Timestamp(i64::MAX), |before| before.plus_ms(1))))
        }
        When::Date(day) => {
            let midnight = |day: chrono::NaiveDate| {
                let wall = day.and_hms_opt(0, 0, 0)?;
                Some(Timestamp::from_local(wall, turn.zone()))
            };
            midnight(*day).zip(day.succ_opt().and_then(midnight))
        }
        When::Instant(_) | When::Recurrence(_) | When::Ambiguous(_) | When::Impossible(_) => None,
    }
}
