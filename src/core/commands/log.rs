//! `日志`: who changed what, when and by which command.

use super::source;
use crate::command::{Invocation, Role};
use crate::core::audit;
use crate::core::journal::Row;
use crate::core::paging;
use crate::core::people::resolve;
use crate::core::refusal::Refusal;
use crate::core::rights;
use crate::core::say;
use crate::core::tables;
use crate::core::turn::Turn;
use crate::model::Handle;
use crate::model::journal::{Entry, Touched};
use crate::model::task::Named;
use crate::store::Order;

/// How many of the newest entries are looked through.
pub const ENTRIES_MAX: usize = 2_000;

/// Shows entries: those of a record, or the last ones that changed something.
pub fn run(turn: &mut Turn, invocation: &Invocation) -> Result<(), Refusal> {
    if !invocation.args.filters.is_empty() {
        return roles(turn);
    }
    let wanted = invocation.args.handles.first().copied();
    let people = resolve(turn, &invocation.args.people)?;
    let by = |entry: &Entry| {
        let is = |who: &Named| entry.actor.as_ref().is_some_and(|a| a.person == who.person);
        people.is_empty() || people.iter().any(is)
    };
    if let Some(handle) = wanted {
        is_here(turn, handle)?;
    }
    let mut entries = touching(turn, wanted);
    entries.retain(by);
    if let (Some(handle), true, true) = (wanted, entries.is_empty(), people.is_empty()) {
        return Err(Refusal::NoSuch(handle));
    }
    let long = say::log::entries(&turn.voice(), wanted, &entries);
    paging::say(turn, long);
    Ok(())
}

/// `日志 角色`: who gave whom which role. In a group its own; those of the organisation, and who used
/// the claim code, are for its admins, in their direct chats.
fn roles(turn: &mut Turn) -> Result<(), Refusal> {
    let all = rights::has(turn, Role::Organisation, None);
    let direct = turn.scope().is_direct();
    if direct && !all {
        return Err(Refusal::NotAllowed { needs: Role::Organisation });
    }
    let found = if direct { audit::everywhere(turn) } else { audit::here(turn) };
    let long = say::role::audited(&turn.voice(), &found, direct, all);
    paging::say(turn, long);
    Ok(())
}

/// Sources belong to the organisation, and so does their log.
pub fn is_here(turn: &mut Turn, handle: Handle) -> Result<(), Refusal> {
    let known = handle.letter == 'E'
        && source::listed(turn).iter().any(|(number, _)| *number == handle.number);
    if known { Err(Refusal::LoggedElsewhere(handle)) } else { Ok(()) }
}

/// The entries that touched a record (or any), newest first.
pub fn touching(turn: &mut Turn, wanted: Option<Handle>) -> Vec<Entry> {
    let rows = turn.rows::<Row>(ENTRIES_MAX, Order::Down);
    let fits = |entry: &Entry| match wanted {
        Some(Handle { letter: 'U', number }) => entry.step == Some(number),
        Some(handle) => entry.touched.iter().any(|touched| is(touched, handle)),
        None => !entry.touched.is_empty() && entry.step.is_some(),
    };
    rows.into_iter().map(|(_, row)| row.entry.into_value()).filter(fits).collect()
}

fn is(touched: &Touched, handle: Handle) -> bool {
    tables::touched_handle(touched) == Some(handle)
}
