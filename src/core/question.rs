//! What the bot asked somebody: one open question a person and conversation, theirs alone to
//! answer, gone when it was answered, when they say something else to the bot, or when its time is
//! over.

use super::people::person_name;
use super::turn::Turn;
use crate::model::Lang;
use crate::model::request::{About, Question};
use crate::store::Table;
use crate::text::fold;

/// How long a question about a mistyped line is open, in ms: by then the talk is about other
/// things.
pub const MEANT_MS: i64 = 10 * 60 * 1000;
/// How long it can be said that somebody is to be asked, in ms.
pub const REQUEST_MS: i64 = 24 * 60 * 60 * 1000;

/// A yes, folded, without full stops.
const YES: [&str; 18] = [
    "对", "对的", "对啊", "是", "是的", "没错", "嗯", "好", "好的", "可以", "确定", "确认", "yes",
    "y", "yep", "ok", "sure", "right",
];
/// A no.
const NO: [&str; 12] = [
    "不",
    "不是",
    "不对",
    "不用",
    "不要",
    "算了",
    "取消",
    "都不是",
    "no",
    "nope",
    "never mind",
    "cancel",
];

/// What somebody answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// This line is to be carried out.
    Line(String),
    /// Somebody who may is to be asked.
    Request,
    /// Nothing is to be done.
    No,
}

/// Asks the acting person.
pub fn ask(turn: &mut Turn, about: About) {
    let life = match &about {
        About::Request(_) => REQUEST_MS,
        About::Meant(_) => MEANT_MS,
    };
    let Some(rest) = rest(turn) else { return };
    let until = turn.now().plus_ms(life);
    let question = Question { about, until, lang: turn.lang() };
    turn.put_at(&rest, &question);
    let last = &mut turn.draft.head.asked_until;
    *last = until.max(*last);
}

/// What the acting person was asked and has not answered.
pub fn open(turn: &mut Turn) -> Option<Question> {
    // Most of the time nobody here has a question, and none is looked for.
    let waits = turn.draft.head.asked_until > turn.now();
    let rest = waits.then(|| rest(turn)).flatten()?;
    turn.get_at::<Question>(&rest).filter(|question| question.until > turn.now())
}

/// The acting person's question is settled. A question that is not open costs no write.
pub fn close(turn: &mut Turn) {
    if open(turn).is_some()
        && let Some(rest) = rest(turn)
    {
        turn.remove_at::<Question>(&rest);
    }
}

/// What a line may have meant is settled once its writer says something else. Whether somebody is
/// to be asked for leave stays open until it is answered or they give another command: says whether
/// there is a question still.
pub fn pass_over(turn: &mut Turn) -> bool {
    let Some(question) = open(turn) else { return false };
    let meant = matches!(question.about, About::Meant(_));
    if meant {
        close(turn);
    }
    !meant
}

/// Whether a text can be the answer to a question.
pub fn is_answer(text: &str) -> bool {
    let first = text.trim_start_matches(is_loose).chars().next().and_then(fold::plain);
    if first.is_some_and(|first| !may_answer(first)) {
        return false;
    }
    let said = plain(text);
    YES.contains(&&*said) || NO.contains(&&*said) || said.parse::<usize>().is_ok()
}

/// What a text says to the open question of the acting person, and the language it was asked in;
/// `None` where it is no answer.
pub fn answer(turn: &mut Turn, text: &str) -> Option<(Answer, Lang)> {
    if !is_answer(text) {
        return None;
    }
    let said = plain(text);
    let (yes, no) = (YES.contains(&&*said), NO.contains(&&*said));
    let number: Option<usize> = said.parse().ok();
    let question = open(turn)?;
    let answer = match question.about {
        About::Request(_) | About::Meant(_) if no => Answer::No,
        About::Request(_) if yes => Answer::Request,
        About::Request(_) => return None,
        About::Meant(lines) => {
            let at = number.unwrap_or(1).checked_sub(1)?;
            Answer::Line(lines.get(at)?.clone())
        }
    };
    Some((answer, question.lang))
}

/// A text folded, without blanks and full stops around it.
fn plain(text: &str) -> String {
    fold::fold(text).text.trim_matches(is_loose).to_owned()
}

/// Blanks and full stops.
fn is_loose(c: char) -> bool {
    c.is_whitespace() || "。.!~".contains(c)
}

/// Whether a number or any of `YES` and `NO` may begin with this folded character, or with what
/// stands behind it: nearly every line begins otherwise.
fn may_answer(first: char) -> bool {
    let begins = |word: &&str| word.starts_with(first);
    first.is_ascii_digit()
        || first == '+'
        || is_loose(first)
        || first.is_control()
        || YES.iter().chain(&NO).any(begins)
}

fn rest(turn: &Turn) -> Option<[u8; 16]> {
    let actor = turn.acting.actor.as_ref()?;
    Some(turn.name_rest(Question::ID, person_name(&actor.person).as_bytes()))
}
