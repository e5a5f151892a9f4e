//! One or the other, `王芳或者韩梅梅`, `Ben or Anna`: it is for the asker to say which.

use std::ops::Range;

use crate::command::catalogue::Form;
use crate::command::{Invocation, Shape, joints};
use crate::core::named::{marked, name_at, put};
use crate::core::people;
use crate::core::refusal::Refusal;
use crate::core::turn::Turn;

/// Between two of whom one is meant. Longer spellings first.
const OR: [&str; 7] = ["或者是", "或者", "还是", "或是", "或", "or ", "/"];

/// Before somebody who is to do or to hear something. Longer spellings first.
const LEADS: [&str; 16] = [
    "提醒", "通知", "交给", "转给", "派给", "让", "请", "叫", "由", "给", "任务", "remind", "for",
    "ask", "give", "to",
];

/// Most people of whom one is meant: what can be listed.
const PEOPLE_MAX: usize = 4;

/// Asked where names are joined so and are those it is for.
pub fn either(turn: &mut Turn, invocation: &Invocation) -> Option<Refusal> {
    let line = invocation.line.as_str();
    if !line.contains(['或', '/']) && !line.contains(" or ") && !line.contains("还是") {
        return None;
    }
    let key = match &invocation.shape {
        Shape::Act(_, verb) => verb,
        Shape::Create => &invocation.word,
        Shape::List | Shape::Show(_) => return None,
    };
    let word = turn.core.catalogue.word(key)?;
    (word.takes.contains(&Form::People) && word.calls.is_some()).then_some(())?;
    let known = people::names(turn);
    let from = line.len() - invocation.behind().len();
    let (span, names) = choice(&known, line, from)?;
    let with =
        |who: &str| put(line, span.clone(), who).replacen(" :", ":", 1).replacen(" ：", "：", 1);
    let each = names.iter().map(|name| with(&format!("@{name}")));
    let all = with(&marked(&names));
    let lines = each.chain([all]).collect();
    Some(Refusal::Which { part: line[span].to_owned(), lines })
}

/// Where the names stand of which one is meant, and whose they are.
fn choice(known: &[String], line: &str, from: usize) -> Option<(Range<usize>, Vec<String>)> {
    let starts: Vec<usize> =
        line.char_indices().map(|(at, _)| at).filter(|at| *at >= from).collect();
    starts.into_iter().find_map(|start| {
        if !begins(line, from, start) {
            return None;
        }
        let (mut names, mut at, mut end, mut or) = (Vec::new(), start, start, false);
        while let Some((name, length)) = name_at(known, &line[at..]) {
            names.push(name);
            end = at + length;
            let rest = line[end..].trim_start();
            let blank = rest.len() < line[end..].len();
            let next = OR.iter().find_map(|word| {
                let behind = rest.strip_prefix(word)?;
                (!word.is_ascii() || blank || *word == "/").then_some(behind)
            });
            or |= next.is_some();
            let next = next.or_else(|| joints::NAMES.iter().find_map(|j| rest.strip_prefix(j)));
            let Some(next) = next else { break };
            at = line.len() - next.trim_start().len();
        }
        let several = names.len() > 1 && names.len() <= PEOPLE_MAX;
        (or && several).then_some((start..end, names))
    })
}

/// Whether those it is for may begin here: apart, marked, or behind a word that leads to them.
fn begins(line: &str, from: usize, at: usize) -> bool {
    let before = &line[..at];
    let apart = |c: char| c.is_whitespace() || "，,：:；;（(".contains(c);
    let word = before.trim_end_matches(apart);
    let led = LEADS.iter().any(|lead| word.to_lowercase().ends_with(lead));
    at == from || line[at..].starts_with(['@', '＠']) || before.ends_with(apart) || led
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_which_one_is_meant_are_found() {
        let known = ["韩梅梅", "王芳", "李雷", "Ben", "Anna"].map(str::to_owned);
        for (line, part, count) in [
            ("提醒王芳或者韩梅梅明天9点开门", "王芳或者韩梅梅", 2),
            ("任务 订票 明天 @王芳 或 @李雷", "@王芳 或 @李雷", 2),
            ("任务 王芳/李雷 订票", "王芳/李雷", 2),
            ("提醒王芳、李雷或韩梅梅开门", "王芳、李雷或韩梅梅", 3),
            ("task for Ben or Anna: book it", "Ben or Anna", 2),
        ] {
            let (span, names) = choice(&known, line, 6).unwrap_or_else(|| panic!("{line}"));
            assert_eq!((&line[span], names.len()), (part, count));
        }
        for line in ["任务 问王芳或李雷要合同", "任务 买茶或咖啡", "任务 王芳 李雷 订票"]
        {
            assert_eq!(choice(&known, line, 7), None, "{line}");
        }
    }
}
