//! A reminder whose last clause says when it is to be told, while the words before it have a date
//! of their own: `提醒大家：明天停电，今天下午5点发`. Which of both is meant, is asked.

use super::typed::REMIND;
use crate::command::everybody::{self, EVERYBODY};
use crate::command::{Invocation, joints};
use crate::core::named::names_at;
use crate::core::people;
use crate::core::refusal::Refusal;
use crate::core::timing;
use crate::core::turn::Turn;
use crate::model::Lang;
use crate::text::when;

/// Behind the time, these say that it is when to tell. Longer spellings first.
const TELLS: [&str; 15] = [
    "提醒大家",
    "通知大家",
    "告诉大家",
    "提醒我",
    "通知我",
    "叫我",
    "发出去",
    "再提醒",
    "提醒",
    "通知",
    "发出",
    "发送",
    "发布",
    "再发",
    "发",
];

/// Asked where the time that was read is not that of the last clause.
pub fn last(turn: &mut Turn, invocation: &Invocation) -> Option<Refusal> {
    let args = &invocation.args;
    if invocation.word != REMIND || invocation.lang != Lang::Zh || args.every.is_some() {
        return None;
    }
    let (said, tail) = invocation.behind().rsplit_once(['，', ',', '；'])?;
    let tail = tail.trim().trim_end_matches(['。', '！', '吧']);
    let tells = TELLS.iter().find_map(|tells| tail.strip_suffix(tells));
    let time = tells.unwrap_or(tail).trim();
    if when::at_start(time, turn.reference())? != time.len() {
        return None;
    }
    // An hour alone belongs to the day before it: 提醒我明天开会，下午3点.
    let hour = timing::hour_of_day(turn, turn.now(), time).is_some();
    if hour && tells.is_none() || when::find(said, turn.reference()).is_none() {
        return None;
    }
    let loose = |c: char| c.is_whitespace() || "：:，,".contains(c);
    let all = args.people.iter().any(|name| name == EVERYBODY);
    let mine = args.people.is_empty() && joints::is_mine(&invocation.typed);
    let mut rest = said.trim_matches(loose);
    let begins = everybody::at_start(rest, false).filter(|_| !mine);
    let known = people::names(turn);
    let named = names_at(&known, rest).filter(|_| !mine && begins.is_none());
    let who = match (&named, begins) {
        (_, Some(end)) => {
            rest = &rest[end..];
            "大家".to_owned()
        }
        (Some(found), None) => {
            rest = &rest[found.end..];
            let names: Vec<String> = found.names.iter().map(|name| format!("@{name}")).collect();
            format!(" {}", names.join(" "))
        }
        (None, None) if all => "大家".to_owned(),
        (None, None) => "我".to_owned(),
    };
    let rest = rest.trim_start_matches(['她', '他']).trim_matches(loose);
    let line = format!("提醒{who} {time} 「{rest}」");
    (!rest.is_empty()).then(|| Refusal::Which { part: tail.to_owned(), lines: vec![line] })
}
