//! `帮助`: the words this person may use here, or one word with lines to copy.

use crate::command::{Invocation, Role, help};
use crate::core::refusal::Refusal;
use crate::core::rights;
use crate::core::say;
use crate::core::turn::Turn;
use crate::text::fold::fold;

/// Shows help.
pub fn run(turn: &mut Turn, invocation: &Invocation) -> Result<(), Refusal> {
    let role = rights::highest(turn);
    let core = turn.core;
    let words = help::visible(&core.catalogue, role);
    let asked = fold(&invocation.args.content).text;
    let card = if asked.is_empty() {
        say::help::overview(&turn.voice(), &words, role >= Role::Lead)
    } else {
        let is = |name: &String| fold(name).text == asked;
        let found = core.catalogue.words().iter().find(|word| {
            let names = [&word.zh, &word.en];
            names.iter().any(|n| is(&n.name) || n.aliases.iter().any(is))
        });
        // `帮助 T1` is about tasks.
        let letter =
            asked.strip_suffix(|c: char| c.is_ascii_digit()).and_then(|a| a.chars().next());
        let found = found.or(letter.and_then(|l| core.catalogue.noun_of(l.to_ascii_uppercase())));
        let unknown = || Refusal::NotUnderstood {
            word: "help".into(),
            part: invocation.args.content.clone(),
        };
        say::help::word(&turn.voice(), found.ok_or_else(unknown)?)
    };
    turn.say(card);
    Ok(())
}
