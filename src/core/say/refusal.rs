//! Refusals as sentences: what was understood, the one thing missing, and a line that works.

use super::Voice;
use super::voice::excerpt;
use crate::command::{Catalogue, ParseError, Role};
use crate::core::refusal::{Missing, Refusal};
use crate::model::outgoing::Outgoing;

/// The answer to a refused command.
pub fn card(voice: &Voice, catalogue: &Catalogue, refusal: &Refusal) -> Outgoing {
    let example = |word: &str| example(voice, catalogue, word);
    let text = match refusal {
        Refusal::Parse(error) => return parse(voice, catalogue, error),
        Refusal::NotAllowed { needs } => not_allowed(voice, *needs),
        Refusal::NoSuch(handle) => voice.pick(
            format!("这里没有 {handle}。看有哪些：任务、关键词、订阅"),
            format!("There is no {handle} here. See what there is: task, keyword, subscribe"),
        ),
        Refusal::Missing { word, what } => missing(voice, *what, &example(word)),
        Refusal::Past { meant } => past(voice, meant.as_deref()),
        Refusal::Unclear { choices } => {
            let choices = choices.join(voice.pick("、还是 ", " or "));
            voice.pick(format!("时间有几种可能：{choices}？"), format!("Which time: {choices}?"))
        }
        Refusal::NoSuchPerson { name } => voice.pick(
            format!("还不认识「{name}」。请 TA 在群里说句话，或直接 @ 本人"),
            format!("I don’t know “{name}” yet. Have them say something here, or @ them directly"),
        ),
        Refusal::SeveralPeople { name, count } => voice.pick(
            format!("有 {count} 位「{name}」。请直接 @ 本人"),
            format!("There are {count} people called “{name}”. Please @ the right one"),
        ),
        Refusal::Already { handle, state } => {
            voice.pick(format!("{handle} 已经是{state}"), format!("{handle} is {state} already"))
        }
        Refusal::NothingToUndo => voice.pick(
            "没有可撤销的操作。看最近的改动：日志".to_owned(),
            "Nothing of yours to undo. See the latest changes: log".to_owned(),
        ),
        Refusal::UndoConflict { step, later, insist } => conflict(voice, *step, later, insist),
        Refusal::CannotUndo { step } => voice.pick(
            format!("U{step} 已经撤销过，或没有这一步。看最近的改动：日志"),
            format!("U{step} was undone before, or never was. See the latest changes: log"),
        ),
        Refusal::Limit { what, most } => limit(voice, what, *most),
        Refusal::NoSuchSource { name, near } => no_such_source(voice, name, near),
        Refusal::Taken { name } => voice.pick(
            format!("已经有「{name}」了。看有哪些：来源"),
            format!("There is a “{name}” already. See what there is: source"),
        ),
        Refusal::WrongCode => voice.pick(
            "认领码不对，或已经用过。它在服务第一次启动时打印在屏幕上".to_owned(),
            "This claim code is wrong or used up. It was printed when the server first started"
                .to_owned(),
        ),
        Refusal::QuoteHidden => voice.pick(
            "我看不到被引用的内容，请转发或复制过来".to_owned(),
            "I can’t see what you quoted. Please forward or copy it".to_owned(),
        ),
        Refusal::NotUnderstood { word, part } => {
            let (part, line) = (excerpt(part), example(word));
            match part.is_empty() {
                true => voice.pick(
                    format!("没看懂。例如：{line}"),
                    format!("I didn’t get that. Try: {line}"),
                ),
                false => voice.pick(
                    format!("没看懂「{part}」。例如：{line}"),
                    format!("I didn’t get “{part}”. Try: {line}"),
                ),
            }
        }
    };
    Outgoing::text(text)
}

/// A line of the catalogue that works.
fn example(voice: &Voice, catalogue: &Catalogue, word: &str) -> String {
    let line = catalogue.word(word).and_then(|w| w.names(voice.lang).lines.first());
    line.cloned().unwrap_or_else(|| voice.pick("帮助", "help").to_owned())
}

fn parse(voice: &Voice, catalogue: &Catalogue, error: &ParseError) -> Outgoing {
    let text = match error {
        ParseError::Talk | ParseError::Empty => return super::hello::greeting(voice),
        ParseError::Unknown { word, near, lang } => {
            let voice = Voice { lang: *lang, ..*voice };
            let (word, near) = (excerpt(word), voice.joined(near.iter().cloned()));
            voice.pick(
                format!("没有「{word}」这个词。是不是：{near}？"),
                format!("There is no word “{word}”. Did you mean: {near}?"),
            )
        }
        ParseError::UnknownLetter { handle, lang } => {
            let voice = Voice { lang: *lang, ..*voice };
            voice.pick(
                format!("没有 {handle} 这样的编号。编号形如 T1（任务）、R1（关键词）、S1（订阅）"),
                format!(
                    "No number looks like {handle}. They look like T1 (task), R1 (keyword) or S1 \
                     (subscription)"
                ),
            )
        }
        ParseError::UnknownVerb { handle, word, verbs, lang } => {
            let voice = Voice { lang: *lang, ..*voice };
            let names: Vec<&str> = verbs
                .iter()
                .filter_map(|key| catalogue.word(key))
                .map(|w| w.names(voice.lang).name.as_str())
                .collect();
            let first = names.first().copied().unwrap_or_default();
            let (word, all) = (excerpt(word), names.join(voice.pick("、", ", ")));
            voice.pick(
                format!("对 {handle} 没有「{word}」。可以：{all}。例如：{handle} {first}"),
                format!("{handle} can’t be “{word}”. It can be: {all}. Try: {handle} {first}"),
            )
        }
        ParseError::TooLong { lang } => {
            let voice = Voice { lang: *lang, ..*voice };
            let most = crate::command::parse::LINE_CHARS_MAX;
            voice.pick(
                format!("太长了：一条命令最多 {most} 字。可以引用长消息，再说「任务 明天18点」"),
                format!(
                    "Too long: a command has at most {most} characters. Quote the long message \
                     and say “task tomorrow 18:00”"
                ),
            )
        }
    };
    Outgoing::text(text)
}

fn not_allowed(voice: &Voice, needs: Role) -> String {
    match needs {
        Role::Admin => voice.pick(
            "这要管理员来做。看谁改过什么：日志",
            "Only admins may do this. See who changed what: log",
        ),
        Role::Owner => voice.pick(
            "这要建它的人、负责人或管理员来做",
            "Only whoever made it, is assigned to it, or an admin may do this",
        ),
        Role::Member => voice.pick("这里不能这样做", "This can’t be done here"),
    }
    .to_owned()
}

fn missing(voice: &Voice, what: Missing, line: &str) -> String {
    let (zh, en) = match what {
        Missing::Content => ("缺「做什么」", "What is it about?"),
        Missing::When => ("缺时间", "When?"),
        Missing::Every => ("缺周期和时刻", "How often, and at what time?"),
        Missing::People => ("缺「谁」", "Who?"),
        Missing::Tags => ("缺「做什么」：打标签、通知人，或归档到哪个库", "Which tag?"),
        Missing::Quote => ("要先引用一条消息", "Quote the message you mean"),
        Missing::Name => ("缺名字", "Which name?"),
        Missing::Pairs => ("没有要改的内容", "What is to change?"),
        Missing::Target => ("缺「到哪里」", "Where to?"),
    };
    voice.pick(format!("{zh}。例如：{line}"), format!("{en} Try: {line}"))
}

fn past(voice: &Voice, meant: Option<&str>) -> String {
    match meant {
        Some(meant) => voice.pick(
            format!("这个时间已经过去了。是「{meant}」吗？请带上它再说一次"),
            format!("That time is over. Did you mean {meant}? Please say it again with that"),
        ),
        None => voice.pick(
            "没有这个日期。例如：明天18点、周五、12月1日".to_owned(),
            "There is no such date. Try: tomorrow 18:00, Fri, 2026-12-01".to_owned(),
        ),
    }
}

fn conflict(voice: &Voice, step: u32, later: &[(u32, String)], insist: &str) -> String {
    let lines = voice.joined(
        later.iter().take(3).map(|(n, line)| format!("U{n}{}", voice.quote(&excerpt(line)))),
    );
    voice.pick(
        format!("U{step} 之后又改过：{lines}，撤销会丢掉它们。要撤就回「{insist}」"),
        format!("Changed since U{step}: {lines}; undoing would lose that. To do it: {insist}"),
    )
}

fn limit(voice: &Voice, what: &str, most: usize) -> String {
    let (zh, unit) = match what {
        "title" => ("任务内容", "字"),
        "word" => ("关键词", "字"),
        "tag" => ("标签", "字"),
        "cabinet" => ("库名", "字"),
        "words" => ("一条规则的词", "个"),
        "tags" => ("一条消息的标签", "个"),
        "rules" => ("关键词规则", "条"),
        "sources" => ("来源", "个"),
        "subscriptions" => ("订阅", "条"),
        "reports" => ("报告", "份"),
        "people" => ("一次提到的人", "个"),
        "wanted" => ("一次搜的词和标签", "个"),
        "tests" => ("一个订阅的条件", "条"),
        other => (other, ""),
    };
    voice.pick(format!("{zh}最多 {most} {unit}"), format!("At most {most} for: {what}"))
}

fn no_such_source(voice: &Voice, name: &str, near: &[String]) -> String {
    if near.is_empty() {
        return voice.pick(
            format!("没有来源「{name}」。管理员可以建：来源 新建 {name}"),
            format!("There is no source “{name}”. An admin can make it: source add {name}"),
        );
    }
    let names: Vec<String> = near.iter().map(|n| voice.quote(n)).collect();
    let names = names.join(voice.pick("", ", "));
    voice.pick(
        format!("没有来源「{name}」，有{names}"),
        format!("There is no source “{name}”, but {names}"),
    )
}
