//! Several tasks in one message, one a line or one a number: `任务 1.写方案 2.订机票`. Each as it would
//! be typed alone; a heading before them makes them steps of one.

use super::read;
use super::refusal::Refusal;
use super::several::Lines;
use super::turn::Turn;
use crate::command::{Invocation, Shape};
use crate::model::Lang;

/// The word whose records they are.
const TASK: &str = "task";

/// Most of them: more are a document.
const ITEMS_MAX: usize = 20;

/// Behind the word, these only say that they follow.
const FOLLOW: [&str; 6] = ["如下", "清单", "列表", "有", "list", "these"];

/// Marks behind the number of one.
const MARKS: [char; 7] = ['.', '．', '、', ')', '）', ':', '：'];

/// The tasks of a message; `None` where it is one, or where it is asked about.
pub fn read(turn: &mut Turn, text: &str, whole: &Invocation) -> Option<Lines> {
    if !may_be_several(text) {
        return None;
    }
    let lines = lines(text, whole)?;
    let all = made(turn, &lines)?;
    // Below each other, each says what is its own.
    (text.contains('\n') || !is_shared(&all)).then_some(all)
}

/// Asked where only the last one says when or whose: of all of them, or of itself?
pub fn doubted(turn: &mut Turn, whole: &Invocation) -> Option<Refusal> {
    if !may_be_several(&whole.line) || whole.args.quoted {
        return None;
    }
    let lines = lines(&whole.line, whole)?;
    let all = made(turn, &lines).filter(is_shared)?;
    let (last, rest) = all.split_last()?;
    let said = lines.last()?.strip_suffix(&*last.args.content).map_or_else(
        || lines.last().map(|line| line.replacen(&last.args.content, "", 1)),
        |head| Some(head.to_owned()),
    )?;
    let said = said.trim_start_matches(noun(whole)).trim();
    let mark = if whole.lang == Lang::Zh { "；" } else { "; " };
    let each = |all: Vec<String>| all.join(mark);
    let alone = each(lines.clone());
    let names = rest.iter().map(|one| format!("{} {} {said}", noun(whole), one.args.content));
    let shared = each(names.chain(lines.last().cloned()).collect());
    Some(Refusal::Which { part: said.to_owned(), lines: vec![shared, alone] })
}

/// Whether a second number or line may stand in a text: most are passed over at a glance.
fn may_be_several(text: &str) -> bool {
    text.contains(['\n', '②']) || text.contains('2') && text.contains('1')
}

/// Whether when or whose is said of the last one alone, and it may hold for all.
fn is_shared(all: &Lines) -> bool {
    let says = |one: &Invocation| one.args.when.is_some() || !one.args.people.is_empty();
    let Some((last, rest)) = all.split_last() else { return false };
    says(last) && !rest.iter().any(says)
}

fn made(turn: &mut Turn, lines: &[String]) -> Option<Lines> {
    let one = |line: &String| {
        let read = read::read(turn, line).ok()?;
        let makes = read.word == TASK && read.shape == Shape::Create;
        (makes && !read.args.content.is_empty()).then_some(read)
    };
    lines.iter().map(one).collect()
}

fn noun(whole: &Invocation) -> &'static str {
    if whole.lang == Lang::Zh { "任务" } else { "task" }
}

/// Each as it would be typed.
fn lines(text: &str, whole: &Invocation) -> Option<Vec<String>> {
    if whole.word != TASK || whole.shape != Shape::Create {
        return None;
    }
    let lower = text.to_ascii_lowercase();
    let from = lower.find(&whole.typed)? + whole.typed.len();
    let loose = |c: char| c.is_whitespace() && c != '\n' || matches!(c, ':' | '：');
    let mut body = text.get(from..)?.trim_start_matches(loose);
    for word in FOLLOW {
        body = body.strip_prefix(word).unwrap_or(body).trim_start_matches(loose);
    }
    let items = numbered(body).or_else(|| of_lines(body))?;
    let lines = items.iter().map(|item| format!("{} {item}", noun(whole)));
    (2..=ITEMS_MAX).contains(&items.len()).then(|| lines.collect())
}

/// One a line, below the word alone.
fn of_lines(body: &str) -> Option<Vec<&str>> {
    let below = body.strip_prefix('\n')?;
    let items = below.lines().map(|line| line.trim().trim_start_matches(['-', '*', '•', '·', ' ']));
    Some(items.filter(|item| !item.is_empty()).collect())
}

/// One behind each number, from 1 on.
fn numbered(body: &str) -> Option<Vec<&str>> {
    let body = body.trim_start();
    let mut from = begins(body, 1)?;
    let mut items = Vec::new();
    for number in 2..=ITEMS_MAX + 1 {
        let rest = &body[from..];
        let apart = |at: usize| {
            rest[..at].ends_with(|c: char| c.is_whitespace() || "，,；;。、".contains(c))
        };
        let places = rest.char_indices().map(|(at, _)| at).filter(|at| apart(*at));
        let next = places.into_iter().find_map(|at| Some((at, begins(&rest[at..], number)?)));
        let ends = |c: char| c.is_whitespace() || "，,；;、。".contains(c);
        match next {
            Some((at, length)) => {
                items.push(rest[..at].trim_matches(ends));
                from += at + length;
            }
            None => {
                items.push(rest.trim_matches(ends));
                break;
            }
        }
    }
    items.iter().all(|item| !item.is_empty()).then_some(items)
}

/// Where the item begins behind its number, if that is the one.
fn begins(text: &str, number: usize) -> Option<usize> {
    let circled = u32::try_from(number).ok().and_then(|n| char::from_u32(0x245f + n));
    if let Some(rest) = circled.and_then(|circled| text.strip_prefix(circled)) {
        return Some(text.len() - rest.trim_start_matches([' ', '.', '、']).len());
    }
    let bare = text.strip_prefix(['(', '（']).unwrap_or(text);
    let rest = bare.strip_prefix(&number.to_string())?.strip_prefix(MARKS)?;
    // 1.5 is no number of an item, and 10:30 is a time.
    let item = rest.trim_start();
    (!rest.starts_with(|c: char| c.is_ascii_digit())).then(|| text.len() - item.len())
}

#[cfg(test)]
mod tests {
    use super::{numbered, of_lines};

    #[test]
    fn items_are_told_from_steps_and_figures() {
        let three = vec!["写方案", "订机票", "对账"];
        for body in
            ["1.写方案 2.订机票 3.对账", "1、写方案；2、订机票；3、对账", "①写方案 ②订机票 ③对账"]
        {
            assert_eq!(numbered(body), Some(three.clone()), "{body}");
        }
        for body in ["1.5版本发布", "写方案 2.订机票", "12:30 开会"] {
            assert_eq!(numbered(body), None, "{body}");
        }
        assert_eq!(of_lines("\n- 写方案\n订机票\n"), Some(vec!["写方案", "订机票"]));
        assert_eq!(of_lines("周会\n写方案"), None);
    }
}
