//! The lines that may have been meant by one whose date is over or can mean several things. Says
//! nothing itself.

use std::ops::Range;

use super::read;
use super::refusal::Refusal;
use super::turn::Turn;
use crate::command::{Invocation, Word};
use crate::text::when::{self, Aim};

/// The lines of which one was meant by a date that is over or can mean several things.
pub fn lines(turn: &mut Turn, invocation: &Invocation, refusal: &Refusal) -> Vec<String> {
    let lines = match (refusal, turn.incoming()) {
        (Refusal::Past { line, .. }, Some(_)) => vec![line.clone()],
        (Refusal::Unclear { choices }, Some(_)) => chosen(turn, invocation, choices),
        (Refusal::Several { rest, .. }, Some(_)) => rest.iter().cloned().collect(),
        (Refusal::NobodyCalled { lines, .. }, Some(_)) => lines.clone(),
        (_, _) => Vec::new(),
    };
    lines.into_iter().filter(|line| read::read(turn, line).is_ok()).collect()
}

/// The line with each choice in place of the date that could mean it. Where two dates compete, the
/// other stays in the text, unless it would be taken again.
fn chosen(turn: &mut Turn, invocation: &Invocation, choices: &[String]) -> Vec<String> {
    let line = &invocation.line;
    let begin = line.find(&invocation.typed).map_or(0, |at| at + invocation.typed.len());
    let core = turn.core;
    let word = core.catalogue.word(&invocation.word);
    let aim = word.map_or(Aim::Deadline, Word::aim);
    let rivals = when::rivals(&line[begin..], turn.reference(), aim);
    let spans: Vec<_> = rivals.iter().map(|r| begin + r.span.start..begin + r.span.end).collect();
    if spans.len() != choices.len() {
        let found = when::find_in(&when::Line::new(line), turn.reference(), aim);
        let Some(found) = found else { return Vec::new() };
        let put = |choice: &String| replaced(line, &[(found.span.clone(), choice)]);
        return choices.iter().map(put).collect();
    }
    let mut one = |(nth, choice): (usize, &String)| {
        let apart = format!(" {choice} ");
        let tidy = |line: String| line.split_whitespace().collect::<Vec<_>>().join(" ");
        let kept = tidy(replaced(line, &[(spans[nth].clone(), &apart)]));
        let when = read::read(turn, &kept).ok().and_then(|read| read.args.when);
        if when.as_ref() == Some(&rivals[nth].when) {
            return kept;
        }
        let text = |at: usize| if at == nth { apart.as_str() } else { " " };
        let parts: Vec<_> = (0..spans.len()).map(|at| (spans[at].clone(), text(at))).collect();
        tidy(replaced(line, &parts))
    };
    choices.iter().enumerate().map(&mut one).collect()
}

/// A text with other words at some places, which stand in order.
fn replaced(text: &str, places: &[(Range<usize>, &str)]) -> String {
    let mut text = text.to_owned();
    for (span, words) in places.iter().rev() {
        text.replace_range(span.clone(), words);
    }
    text
}
