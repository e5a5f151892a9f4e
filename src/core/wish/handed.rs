//! Somebody is to be told or to do something: `通知王芳明天9点开会`, `请王芳周四前交合同`.

use super::memo;
use super::plain::{CONTENT_CHARS_MIN, Wish, is_question, names_only, plain};
use crate::command::{Args, Shape};
use crate::core::reminded::whom;
use crate::core::turn::Turn;
use crate::core::{people, read};
use crate::text::when;

/// What begins a request to tell somebody something. Longer spellings first.
const TELLS: [&str; 11] =
    ["通知", "告诉", "转告", "叫上", "叫", "喊", "催一下", "催", "让", "tell", "notify"];

/// The same in English where a `to` follows the name.
const TELLS_TO: [&str; 4] = ["ask ", "get ", "let ", "have "];

/// Before a name: it is theirs to do.
const ORDERS: [&str; 9] = ["安排", "需要", "要", "叫", "派", "由", "给", "请", "让"];

/// Before somebody with whom something is done.
const WITH: [&str; 6] = ["和@", "跟@", "与@", "同@", "和 @", "with @"];

/// Behind a name: what they get.
const GIVEN: [&str; 8] = [
    "派个任务",
    "派一个任务",
    "安排个任务",
    "安排一个任务",
    "建个任务",
    "建一个任务",
    "加个任务",
    "布置个任务",
];

/// Behind a name in English: it is theirs to do.
const SHOULD: [&str; 8] =
    [" should ", " must ", " needs to ", " has to ", " will ", " please ", " can you ", " to "];

/// The line a request to tell a member of something at a time may have meant: `通知王芳明天3点开会`.
pub fn told(turn: &mut Turn, text: &str) -> Option<String> {
    let lower = text.to_lowercase();
    let leads = TELLS.iter().chain(&TELLS_TO).copied();
    let mut polite = vec![text.to_owned()];
    polite.extend(plain(text));
    let line = polite.iter().find_map(|text| {
        let lower = text.to_lowercase();
        leads.clone().find_map(|lead| {
            lower.strip_prefix(lead)?;
            let rest = text.get(lead.len()..)?.trim_start();
            Some(if lead.is_ascii() { format!("remind {rest}") } else { format!("提醒{rest}") })
        })
    })?;
    let asks = lower.ends_with(['?', '？', '吗']);
    let args = read::read(turn, &line).ok().filter(|_| !asks)?.args;
    let timed = args.when.is_some() || args.every.is_some();
    let (to, rest) = whom(turn, &args.people, &args.content).ok()?;
    (timed && to.is_some() && !rest.is_empty()).then_some(line)
}

/// `和@李雷 明天3点对账`: it is the speaker's own to do.
fn with(turn: &mut Turn, text: &str) -> Option<Wish> {
    let line = format!("{} {text}", if text.starts_with("with") { "task" } else { "任务" });
    let read = read::read(turn, &line).ok().filter(|read| read.shape == Shape::Create)?;
    let Args { content, when, .. } = &read.args;
    let says = content.chars().nth(CONTENT_CHARS_MIN - 1).is_some();
    (says && when.is_some()).then(|| Wish::Ask(vec![line]))
}

/// `请王芳周四前交合同`, `周四前王芳交合同`, `Ben should review it by Thursday`: somebody known is to do
/// something.
pub fn handed(turn: &mut Turn, text: &str) -> Option<Wish> {
    if is_question(text) || memo::remarks(text) {
        return None;
    }
    let away = [" sick", " off", " out", " away", " on leave", " late ", " here "];
    if text.is_ascii() && away.iter().any(|away| text.contains(away)) && text.contains(" is ") {
        return None;
    }
    if WITH.iter().any(|with| text.to_lowercase().starts_with(with)) {
        return with(turn, text);
    }
    let names = people::names(turn);
    let named = |text: &str| {
        let lower = text.to_lowercase();
        names.iter().find(|name| lower.starts_with(&name.to_lowercase())).cloned()
    };
    let latin = names_only(&names, text);
    // `安排周强…`, `给周强派个任务：…`
    let led = ORDERS.iter().find_map(|lead| text.strip_prefix(lead));
    let text = led.filter(|rest| named(rest).is_some()).unwrap_or(text);
    let time = when::at_start(text, turn.reference()).and_then(|end| text.split_at_checked(end));
    let behind = time.map(|(time, rest)| (time, rest.trim_start_matches([' ', ',', '，'])));
    let mut tries = Vec::new();
    if let Some(name) = named(text) {
        let rest = text.get(name.len()..).unwrap_or_default();
        let rest = GIVEN.iter().find_map(|given| rest.strip_prefix(given)).unwrap_or(rest);
        let rest = match rest.trim_start_matches([' ', ',', '，', ':', '：']) {
            does if does.len() < rest.len() && does.starts_with("please ") => &does[6..],
            does if does.len() < rest.len() && !rest.starts_with(' ') => does,
            _ => rest,
        };
        let does = SHOULD.iter().find_map(|should| rest.strip_prefix(should)).unwrap_or(rest);
        let line = match latin {
            true => format!("task for {name}: {}", does.trim_start()),
            false => format!("任务 让{name}{rest}"),
        };
        tries.push(line);
    } else if let Some((time, rest)) = behind.filter(|(_, rest)| named(rest).is_some()) {
        tries.push(format!("任务 让{rest} {time}"));
    }
    tries.push(if latin { format!("task {text}") } else { format!("任务 {text}") });
    tries.push(format!("任务 请{text}"));
    tries.into_iter().find_map(|line| {
        let read = read::read(turn, &line).ok().filter(|read| read.shape == Shape::Create)?;
        let Args { people, content, when, .. } = &read.args;
        let says = content.chars().nth(CONTENT_CHARS_MIN - 1).is_some();
        (!people.is_empty() && says && when.is_some()).then(|| Wish::Ask(vec![line]))
    })
}
