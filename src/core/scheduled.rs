//! What follows from what comes at its time: reports, reminders, questions that are followed up.

use super::derive::{Derived, Derives};
use super::schedule::{Plan, next_of};
use crate::model::follow::Follow;
use crate::model::post::{DueName, Mirrored};
use crate::model::reminder::Reminder;
use crate::model::report::Report;
use crate::model::task::{Deadline, Named};
use crate::model::{Calendar, Handle, PersonId, Scope, Timestamp};
use crate::store::table::id;
use crate::store::{Table, TableId};

impl Table for Report {
    const ID: TableId = id::REPORT;
}

impl Derives for Report {
    const LETTER: Option<char> = Some('D');

    /// It waits for its occurrences also while it is disabled: each is put on record. Those who get
    /// it see it in their direct chats.
    fn derive(&self, scope: &Scope, number: u32, calendar: &Calendar) -> Derived {
        let handle = Handle { letter: 'D', number };
        let next = Plan::of_report(self, calendar).runs().next();
        Derived {
            dates: self.next_at.map(|at| (DueName::Occur, at)).into_iter().collect(),
            mirrors: scheduled(scope, &self.to, (&self.place, handle, ""), next),
            ..Derived::default()
        }
    }
}

impl Table for Reminder {
    const ID: TableId = id::REMINDER;
}

impl Derives for Reminder {
    const LETTER: Option<char> = Some('J');

    /// Like a report, and those it reminds see it in their direct chats.
    fn derive(&self, scope: &Scope, number: u32, calendar: &Calendar) -> Derived {
        let handle = Handle { letter: 'J', number };
        let occur = self.next_at.map(|at| (DueName::Occur, at));
        let again = self.again_at.map(|at| (DueName::Again, at));
        let held = self.held.map(|held| (DueName::Held, held.until));
        let next = next_of(self, calendar);
        Derived {
            dates: occur.into_iter().chain(again).chain(held).collect(),
            mirrors: match scope {
                Scope::Person(own) => directly(self, own, handle, next),
                Scope::Conversation(_) | Scope::Source(_) | Scope::Organisation => {
                    scheduled(scope, &self.to, (&self.place, handle, &self.text), next)
                }
            },
            ..Derived::default()
        }
    }
}

/// What others see in their direct chats of a reminder made for them in somebody's: whose it is
/// stands where a group's name would.
fn directly(
    reminder: &Reminder,
    own: &PersonId,
    handle: Handle,
    next: Option<Timestamp>,
) -> Vec<(Scope, Mirrored)> {
    let Some(at) = next else { return Vec::new() };
    let shown = || Mirrored {
        title: reminder.creator.name.clone(),
        handle: handle.to_string(),
        text: reminder.text.clone(),
        due: Some(Deadline::At(at)),
        tags: Vec::new(),
    };
    let others = reminder.to.iter().filter(|who| who.person != *own);
    others.map(|who| (Scope::Person(who.person.clone()), shown())).collect()
}

impl Table for Follow {
    const ID: TableId = id::FOLLOW;
}

impl Derives for Follow {
    const LETTER: Option<char> = Some('F');

    /// Those who are to answer see it in their direct chats until they have.
    fn derive(&self, scope: &Scope, number: u32, _: &Calendar) -> Derived {
        let handle = Handle { letter: 'F', number };
        let open = self.answered.is_none().then_some(self.until);
        Derived {
            dates: self.remind_at.map(|at| (DueName::Remind, at)).into_iter().collect(),
            mirrors: scheduled(scope, &self.whom, (&self.place, handle, &self.text), open),
            ..Derived::default()
        }
    }
}

/// What people see in their direct chats of a group's schedule while it has a next run: the group,
/// the handle, the words.
fn scheduled(
    scope: &Scope,
    to: &[Named],
    (place, handle, text): (&str, Handle, &str),
    next: Option<Timestamp>,
) -> Vec<(Scope, Mirrored)> {
    let shown = next.filter(|_| matches!(scope, Scope::Conversation(_))).map(|at| Mirrored {
        title: place.to_owned(),
        handle: handle.to_string(),
        text: text.to_owned(),
        due: Some(Deadline::At(at)),
        tags: Vec::new(),
    });
    let person = |who: &Named| Some((Scope::Person(who.person.clone()), shown.clone()?));
    to.iter().filter_map(person).collect()
}
