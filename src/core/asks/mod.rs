//! Questions in everyday words that a command answers: what there is, how something is written.
//! Every word of them must be known; a word too many is talk.

mod words;

use words::{ASKS, ASKS_EN, DONE, FILLS, FILLS_EN, HOW, MINE, NOBODYS, SUBJECTS};

use super::elsewhere;
use super::people;
use super::read;
use super::turn::Turn;
use crate::command::{Args, Invocation, Shape};
use crate::text::fold::fold;
use crate::text::when::{self, When};

/// Longest date that is looked for in a question, in characters.
const DATE_CHARS_MAX: usize = 16;

/// Asks how something stands, and not how it is written.
const STANDS: [&str; 7] = ["怎么样", "怎样了", "咋样", "度如何", "展如何", "况如何", "完成情况"];

/// The help on the word that a question how to do something names.
pub fn how(turn: &mut Turn, text: &str) -> Option<Invocation> {
    if STANDS.iter().any(|stands| text.contains(stands)) {
        return None;
    }
    let lower = fold(text).text;
    let at = HOW.iter().find_map(|how| lower.find(how).map(|at| at + how.len()))?;
    let zh = !lower[..at].is_ascii();
    let rest = lower.get(at..)?;
    let mut best: Option<(usize, usize, &str)> = None;
    for word in turn.core.catalogue.words() {
        let names = if zh { &word.zh } else { &word.en };
        for name in std::iter::once(&names.name).chain(&names.aliases) {
            let folded = fold(name).text;
            let glued: String = if zh { folded.replace(' ', "") } else { folded };
            // A name of one character is in many a word, unless it is all that is said.
            let long = glued.chars().nth(1).is_some() || rest == glued;
            let Some(found) = rest.find(&glued).filter(|_| long) else {
                continue;
            };
            let end = found + glued.len();
            let apart = |c: Option<char>| zh || c.is_none_or(|c| !c.is_ascii_alphanumeric());
            let whole =
                apart(rest[..found].chars().next_back()) && apart(rest[end..].chars().next());
            // `怎么设置提醒` asks about the last word, the longest of those that end there.
            let better = best.is_none_or(|(ends, length, _)| (end, glued.len()) > (ends, length));
            if whole && better && word.key != "help" {
                best = Some((end, glued.len(), names.name.as_str()));
            }
        }
    }
    let (_, _, name) = best?;
    let line = if zh { format!("帮助 {name}") } else { format!("help {name}") };
    read::read(turn, &line).ok()
}

/// What of a question was understood.
#[derive(Debug, Default)]
struct Asked {
    subject: Option<&'static str>,
    asks: bool,
    mine: bool,
    says: bool,
    handle: Option<String>,
    names: Vec<String>,
    when: Option<When>,
    filters: Vec<String>,
    group: Option<String>,
    latin: bool,
}

/// Whether tasks are asked for that nobody is to do: there are none.
pub fn nobodys(text: &str) -> bool {
    let lower = text.to_lowercase();
    let says = |words: &[&str]| words.iter().any(|word| lower.contains(word));
    says(&["任务", "待办", "task", "todo"]) && says(&NOBODYS)
}

/// The command that shows what is asked for.
pub fn list(turn: &mut Turn, text: &str) -> Option<Invocation> {
    let plain = text.trim_end_matches(|c: char| "?？。.!！ ".contains(c));
    // `晚上提醒我`: of what is asked there.
    if let Some(time) = plain.strip_suffix("提醒我").filter(|time| !time.is_empty())
        && let Ok(bare) = read::read(turn, &format!("提醒我 {time}"))
        && bare.shape == Shape::List
    {
        return Some(bare);
    }
    let mut asked = understood(turn, plain)?;
    let ends = |words: &[&str]| words.iter().any(|word| text.trim_end().ends_with(word));
    let stands = STANDS.iter().any(|stands| text.contains(stands));
    let question = asked.asks
        || stands && asked.handle.is_none()
        || ends(&["?", "？", "吗", "没", "没有", "了么"]);
    // Whether all is done is answered by what is not.
    let of_some = asked.subject.is_some() || asked.mine || !asked.names.is_empty();
    let whether = of_some && asked.when.is_none() && asked.filters == ["done"];
    if question && !asked.asks && whether && asked.handle.is_none() {
        asked.filters = Vec::new();
        asked.subject = asked.subject.or(Some("task"));
    }
    if asked.says && !question {
        return None;
    }
    if let Some(handle) = asked.handle {
        let noun = handle.chars().next().and_then(|letter| turn.core.catalogue.noun_of(letter));
        let name = noun.map(|noun| if asked.latin { &noun.en.name } else { &noun.zh.name });
        let line = format!("{} {handle}", name.map_or("", String::as_str));
        let asks = question && !plain.starts_with("什么"); // A mistyped `为什么 M3`.
        return read::read(turn, line.trim()).ok().filter(|_| asks);
    }
    let all = ["所有", "全部", "all "].iter().any(|all| plain.starts_with(all));
    let does = text.contains("要做什么") && turn.scope().is_direct();
    let subject = match asked.subject.filter(|_| !does).or(does.then_some("agenda")) {
        Some(subject) => subject,
        None if question && asked.filters.iter().any(|key| asked.asks || key != "done") => "task",
        None if asked.asks && !asked.names.is_empty() => "task",
        // `what do I have today`, `今天有什么`
        None if asked.asks && asked.when.is_some() => "agenda",
        None => return None,
    };
    // `任务` alone is a command, and `本周 任务` says what it wants.
    let bare = asked.filters.is_empty() && asked.names.is_empty() && asked.group.is_none();
    let own = asked.mine && subject == "remind";
    if !question && !all && asked.when.is_none() && bare && !own {
        return None;
    }
    let name = turn.core.catalogue.word(subject).map(|word| match asked.latin {
        true => word.en.name.clone(),
        false => word.zh.name.clone(),
    })?;
    let read = read::read(turn, &name).ok()?;
    let (mut people, filters) = (asked.names, asked.filters);
    if subject == "agenda" {
        // What is planned is shown whole.
        people.clear();
    } else if asked.mine && subject != "remind" {
        people.push("我".into());
    }
    let shape = if subject == "agenda" { Shape::Create } else { Shape::List };
    let target = asked.group.filter(|_| subject == "task");
    let args = Args { people, when: asked.when, filters, target, ..Args::default() };
    Some(Invocation { shape, args, line: text.to_owned(), ..read })
}

/// Takes a question apart; `None` if a word of it is not known.
fn understood(turn: &mut Turn, text: &str) -> Option<Asked> {
    let folded = fold(text).text;
    let mut asked = Asked { latin: folded.is_ascii() || !has_han(&folded), ..Asked::default() };
    let names = people::names(turn);
    let groups: Vec<String> = match turn.scope().is_direct() {
        true => elsewhere::shown(turn).into_iter().map(|mirror| mirror.shown.title).collect(),
        false => Vec::new(),
    };
    asked.latin |=
        !has_han(&names.iter().fold(folded.clone(), |rest, name| rest.replace(name, "")));
    let mut rest = folded.as_str();
    while !rest.is_empty() {
        let blank = rest.trim_start_matches(|c: char| c.is_whitespace() || ",，、'@".contains(c));
        if blank.len() < rest.len() {
            rest = blank;
            continue;
        }
        if let Some(group) =
            groups.iter().find(|group| !group.is_empty() && starts(rest, &fold(group).text))
        {
            rest = rest.get(fold(group).text.len()..)?;
            asked.group = Some(group.clone());
            continue;
        }
        rest = part(turn, &mut asked, &names, rest)?;
    }
    Some(asked)
}

/// One part of the question; what is behind it.
fn part<'t>(turn: &Turn, asked: &mut Asked, names: &[String], text: &'t str) -> Option<&'t str> {
    if let Some(name) = names.iter().find(|name| starts(text, &fold(name).text)) {
        asked.names.push(name.clone());
        return text.get(fold(name).text.len()..);
    }
    let filters = turn.core.catalogue.word("task").into_iter().flat_map(|word| {
        let spelled = if asked.latin { &word.en.filters } else { &word.zh.filters };
        let kept = spelled.iter().filter(|(key, _)| *key != "all");
        kept.flat_map(|(key, names)| names.iter().map(move |name| (name, key)))
    });
    let mut filters: Vec<_> = filters.filter(|(name, _)| starts(text, name)).collect();
    filters.sort_by_key(|(name, _)| std::cmp::Reverse(name.len()));
    if let Some((name, key)) = filters.first() {
        asked.filters.push((*key).clone());
        return text.get(name.len()..);
    }
    if let Some(end) = handle_end(turn, text).filter(|_| asked.handle.is_none()) {
        asked.handle = text.get(..end).map(str::to_uppercase);
        return text.get(end..);
    }
    if let Some(done) = DONE.iter().find(|done| starts(text, done)) {
        asked.filters.push("done".into());
        let behind = text.get(done.len()..)?;
        asked.says |= behind.trim_matches(['了', '。', ' ']).is_empty();
        return Some(behind);
    }
    if let Some((word, key)) = SUBJECTS.iter().find(|(word, _)| starts(text, word)) {
        // The first one counts, but for what is only done.
        let weak = asked.subject.is_none() || matches!(asked.subject, Some("task"));
        asked.subject = if weak { Some(key) } else { asked.subject };
        asked.mine |= word.starts_with('我');
        return text.get(word.len()..);
    }
    if let Some((end, when)) = date(turn, text).filter(|_| asked.when.is_none()) {
        asked.when = Some(when);
        return text.get(end..);
    }
    let mine = MINE.iter().filter(|mine| starts(text, mine)).max_by_key(|mine| mine.len());
    if let Some(mine) = mine {
        asked.mine = true;
        return text.get(mine.len()..);
    }
    let longest = |words: &mut dyn Iterator<Item = &&str>| {
        let fits = words.filter(|word| starts(text, word)).map(|word| word.len());
        fits.max().unwrap_or_default()
    };
    let ask = longest(&mut ASKS.iter().chain(&ASKS_EN));
    let fill = longest(&mut FILLS.iter().chain(&FILLS_EN));
    asked.asks |= ask > 0 && ask >= fill;
    text.get(ask.max(fill)..).filter(|_| ask.max(fill) > 0)
}

/// Where a record's number ends that a text begins with.
fn handle_end(turn: &Turn, text: &str) -> Option<usize> {
    let letter = text.chars().next().filter(char::is_ascii_alphabetic)?;
    turn.core.catalogue.noun_of(letter.to_ascii_uppercase())?;
    let digits = text[1..].chars().take_while(char::is_ascii_digit).count();
    let apart = !text[1 + digits..].starts_with(|c: char| c.is_ascii_alphanumeric());
    (digits > 0 && apart).then_some(1 + digits)
}

/// The day or stretch of time that a text begins with.
fn date(turn: &Turn, text: &str) -> Option<(usize, When)> {
    let ends: Vec<usize> =
        text.char_indices().map(|(at, c)| at + c.len_utf8()).take(DATE_CHARS_MAX).collect();
    ends.into_iter().rev().find_map(|end| {
        let found = when::find(text.get(..end)?, turn.reference())?;
        let looks = matches!(found.when, When::Date(_) | When::Range(..));
        (found.span == (0..end) && looks).then_some((end, found.when))
    })
}

/// Whether a text begins with a word, which ends there if it is a Latin one.
fn starts(text: &str, word: &str) -> bool {
    let ends =
        |rest: &str| !word.is_ascii() || !rest.starts_with(|c: char| c.is_ascii_alphanumeric());
    text.strip_prefix(word).is_some_and(ends)
}

fn has_han(text: &str) -> bool {
    text.chars().any(|c| ('\u{3400}'..='\u{9fff}').contains(&c))
}
