//! Sentences about what comes at its time: next runs, what was missed, what became of it.

use super::Voice;
use crate::core::schedule::Run;
use crate::model::occurrence::{Missed, Outcome, Why};
use crate::model::outgoing::Outgoing;
use crate::model::{Handle, Recurrence, Timestamp};
use crate::text::{every, zone};

/// `下次：…；再下次：…`, as far as there are any.
pub fn next(voice: &Voice, next: &[Timestamp]) -> String {
    match next {
        [] => voice.pick("不会再来了", "It will not come again").to_owned(),
        [one] => {
            voice.pick(format!("下次：{}", voice.at(*one)), format!("Next: {}", voice.at(*one)))
        }
        [one, two, ..] => {
            let (one, two) = (voice.at(*one), voice.at(*two));
            voice.pick(format!("下次：{one}；再下次：{two}"), format!("Next: {one}, then {two}"))
        }
    }
}

/// A recurrence in words; with its zone where its wall clock is not the one of this place.
pub fn every(voice: &Voice, every: &Recurrence) -> String {
    let printed = every::print(every, voice.lang);
    if every.times.is_empty() || every.zone == voice.reference.zone {
        return printed;
    }
    let zone = zone::print(every.zone, voice.lang);
    voice.pick(format!("{printed}（{zone}时间）"), format!("{printed} ({zone} time)"))
}

/// What is to be known of a run that is late or stands for others; `None` for any other.
pub fn late(voice: &Voice, run: Run) -> Option<String> {
    let Run { at, late, folded } = run;
    let at = voice.at(at);
    match (late, folded) {
        (false, 0) => None,
        (true, 0) => Some(voice.pick(
            format!("原定 {at}，当时没在运行，现在补上"),
            format!("It was due {at}, when I was not running"),
        )),
        (true, n) => Some(voice.pick(
            format!("原定 {at}，当时没在运行，现在补上；之前错过的 {n} 次并入这一次"),
            format!("It was due {at}, when I was not running; {n} missed before are part of it"),
        )),
        (false, n) => Some(voice.pick(
            format!("之前没在运行，错过的 {n} 次并入这一次"),
            format!("I was not running before: {n} missed are part of it"),
        )),
    }
}

/// Occurrences were missed and are not made up for.
pub fn missed(
    voice: &Voice,
    what: &str,
    missed: &[Timestamp],
    next: Option<Timestamp>,
) -> Outgoing {
    let first = missed.first().map(|at| voice.at(*at)).unwrap_or_default();
    let next = self::next(voice, next.as_slice());
    let text = match missed.len() {
        1 => voice.pick(
            format!("{what}：{first} 那次错过了（当时没在运行），按设定不补。{next}"),
            format!("{what}: missed on {first} as I was not running, and not made up. {next}"),
        ),
        n => voice.pick(
            format!("{what}：从 {first} 起错过 {n} 次（当时没在运行），按设定不补。{next}"),
            format!("{what}: {n} missed from {first} on as I was not running. {next}"),
        ),
    };
    Outgoing::text(text)
}

/// What became of an occurrence, in a word and the reason. `ran` says it of one carried out.
pub fn outcome(voice: &Voice, outcome: &Outcome, ran: &str) -> String {
    match outcome {
        Outcome::Ran => ran.to_owned(),
        Outcome::Skipped(why) => {
            let why = self::why(voice, *why);
            voice.pick(format!("跳过：{why}"), format!("skipped: {why}"))
        }
        Outcome::Failed(why) => {
            let why = failed(voice, why);
            voice.pick(format!("没送到：{why}"), format!("not delivered: {why}"))
        }
    }
}

fn why(voice: &Voice, why: Why) -> &'static str {
    match why {
        Why::Holiday => voice.pick("节假日", "a day off"),
        Why::ByHand => voice.pick("有人说了跳过", "somebody said so"),
        Why::PutOff => voice.pick("延后了", "put off"),
        Why::Disabled => voice.pick("当时停用", "it was disabled"),
        Why::Folded => {
            voice.pick("当时没在运行，并入后一次", "I was not running; a later one stands for it")
        }
        Why::Missed => voice.pick("当时没在运行，按设定不补", "I was not running; not made up for"),
        Why::Quiet => voice.pick("免打扰，并入后一次", "quiet hours; a later one stands for it"),
        Why::NotInEffect => {
            voice.pick("当时已删除或改期，后来才撤销", "it was removed or moved then, undone later")
        }
    }
}

/// The outcome of a send, in its own word.
fn failed<'a>(voice: &Voice, why: &'a str) -> &'a str {
    match why {
        "refused" => voice.pick("平台拒收", "the platform refused it"),
        "expired" => voice.pick("过期没发出", "it expired"),
        "unclear" => voice.pick("不确定是否送达", "nobody knows whether it arrived"),
        other => other,
    }
}

/// The next run is left out.
pub fn skipped(
    voice: &Voice,
    handle: Handle,
    what: &str,
    skipped: Timestamp,
    next: &[Timestamp],
) -> Outgoing {
    let (skipped, next) = (voice.at(skipped), self::next(voice, next));
    Outgoing::text(voice.pick(
        format!("{handle} {what}：跳过 {skipped} 那次。{next}"),
        format!("{handle} {what}: leaving out {skipped}. {next}"),
    ))
    .and_button(voice.pick("撤销", "Undo"), voice.pick("撤销", "undo"))
}

/// What a schedule does about missed times, unless it is what all do.
pub fn policy(voice: &Voice, missed: Missed) -> Option<&'static str> {
    (missed != Missed::Once).then(|| policy_said(voice, missed))
}

/// The same in any case.
pub fn policy_said(voice: &Voice, missed: Missed) -> &'static str {
    match missed {
        Missed::Once => voice.pick("错过时：补一次", "if missed: made up for once"),
        Missed::Skip => voice.pick("错过时：不补", "if missed: not made up for"),
        Missed::Fold => voice.pick("错过时：并入下一次", "if missed: part of the next one"),
    }
}

/// Times that an undo found over already; they are not made up for.
pub fn outdated(voice: &Voice, handle: Handle, first: Timestamp, count: usize) -> String {
    let first = voice.at(first);
    match count {
        1 => voice.pick(
            format!("{handle} {first} 那次已经过了，不补发"),
            format!("{handle}: the one of {first} is over and not made up for"),
        ),
        _ => voice.pick(
            format!("{handle} 从 {first} 起的 {count} 次已经过了，不补发"),
            format!("{handle}: {count} from {first} on are over and not made up for"),
        ),
    }
}

/// A recurrence that would call too often.
pub fn too_often(voice: &Voice, minutes: i64) -> String {
    voice.pick(
        format!("太频繁了：两次之间至少隔 {minutes} 分钟。例如：提醒 大家 每天9:00和15:00 喝水"),
        format!(
            "Too often: leave at least {minutes} minutes in between, as in: remind everyone every \
             day at 9:00 and 15:00 drink water"
        ),
    )
}

/// A recurrence that never comes.
pub fn never(voice: &Voice) -> String {
    voice.pick(
        "这个周期永远等不到。例如：提醒 大家 每个工作日9:00 站会".to_owned(),
        "That would never come. Try: remind everyone every weekday 9:00 stand-up".to_owned(),
    )
}

/// What was to be left out is not what is next, or there is nothing behind it.
pub fn only_next(voice: &Voice, handle: Handle, next: Option<Timestamp>) -> String {
    let Some(next) = next else {
        return voice.pick(
            format!("{handle} 只来一次，没有下一次可跳。不要了就说：{handle} 删"),
            format!("{handle} comes once, there is no next one. To drop it: {handle} remove"),
        );
    };
    let next = voice.at(next);
    voice.pick(
        format!("只能跳过下一次，{handle} 的下一次是 {next}。要跳过那次就说：{handle} 跳过"),
        format!("Only the next one can be left out: {next}. To do that: {handle} skip"),
    )
}
