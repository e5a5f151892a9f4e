//! Whom a reminder, a report, a question or a rule is for, with somebody more or less, or somebody
//! else: `J3 加 @李雷`, `D1 减 @王芳`, `F2 转给 @李雷`.

use crate::command::Args;
use crate::core::fields;
use crate::core::people::resolve;
use crate::core::refusal::{Missing, OfTask, Refusal};
use crate::core::turn::Turn;
use crate::model::Handle;
use crate::model::task::Named;

/// The verbs that change whom something is for.
pub const VERBS: [&str; 3] = ["add", "drop", "give"];

/// Those it is for from now on; refused where nothing would change or nobody would be left.
pub fn changed(
    turn: &mut Turn,
    args: &Args,
    handle: Handle,
    verb: &str,
    before: &[Named],
) -> Result<Vec<Named>, Refusal> {
    let word = VERBS.iter().find(|known| **known == verb).copied().unwrap_or("add");
    let people = match args.people.is_empty() {
        true => resolve(turn, &fields::names(&args.content))?,
        false if args.content.is_empty() || fields::says_no_more(&args.content) => {
            resolve(turn, &args.people)?
        }
        false => {
            let part = args.content.clone();
            return Err(Refusal::NotUnderstood { word: word.into(), part });
        }
    };
    if people.is_empty() {
        return Err(Refusal::Missing { word, what: Missing::People });
    }
    let holds = |all: &[Named], who: &Named| all.iter().any(|other| other.person == who.person);
    let after: Vec<Named> = match word {
        "give" => people.clone(),
        "drop" => {
            if let Some(other) = people.iter().find(|who| !holds(before, who)) {
                let name = other.name.clone();
                return Err(Refusal::Task(OfTask::NotAssigned { handle, name }));
            }
            before.iter().filter(|who| !holds(&people, who)).cloned().collect()
        }
        _ => {
            let new = people.iter().filter(|who| !holds(before, who));
            before.iter().chain(new).cloned().collect()
        }
    };
    if after.is_empty() {
        return Err(Refusal::Task(OfTask::NobodyLeft { handle }));
    }
    let same = after.len() == before.len() && after.iter().all(|who| holds(before, who));
    // What is for everybody is for them already.
    if same || before.is_empty() && word == "add" {
        return Err(Refusal::Task(OfTask::AlreadyTheirs { handle, names: people }));
    }
    Ok(after)
}
