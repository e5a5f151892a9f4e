//! Refusals as sentences: what was understood, the one thing missing, and a line that works.

use super::Voice;
use super::lacking::{Said, example, missing, near_line, not_understood};
use super::voice::{excerpt, names, shown_of};
use super::{
    cabinet, export, import, keep, lead, limit, misread, page, remind, request, role, schedule,
    settings, tags, undo, when,
};
use crate::command::{Catalogue, Role};
use crate::core::refusal::{OfTask, Refusal};
use crate::model::Handle;
use crate::model::outgoing::{Outgoing, Span};

/// The answer to a refused command.
pub fn card(voice: &Voice, catalogue: &Catalogue, refusal: &Refusal, said: Said) -> Outgoing {
    let text = match refusal {
        Refusal::Parse(error) => return misread::card(voice, catalogue, error, said),
        Refusal::NotAllowed { needs } => not_allowed(voice, *needs),
        Refusal::WouldOverride { step, other } => undo::would_override(voice, *step, other),
        Refusal::NotYourStep { step, records } => undo::not_yours(voice, *step, records),
        Refusal::NoSuch(handle) => no_such(voice, catalogue, *handle),
        Refusal::Gone(handle, how) => keep::gone(voice, *handle, *how),
        Refusal::LoggedElsewhere(handle) => logged_elsewhere(voice, *handle),
        Refusal::NoSuchGroup => no_such_group(voice),
        Refusal::SeveralGroups => several_groups(voice),
        Refusal::Missing { word, what } => missing(voice, catalogue, word, *what, said),
        Refusal::Past { part, line } => when::past(voice, part, line),
        Refusal::TooOften { minutes } => schedule::too_often(voice, *minutes),
        Refusal::Lead(refusal) => lead::refused(voice, refusal),
        Refusal::Never => schedule::never(voice),
        Refusal::OnlyNext { handle, next } => schedule::only_next(voice, *handle, *next),
        Refusal::NoWords { word, part } => no_words(voice, catalogue, word, part),
        Refusal::NoSuchDay { part } => when::no_such_day(voice, part),
        Refusal::Recurring { part } => when::recurring(voice, part),
        Refusal::Unclear { choices } => when::unclear(voice, choices),
        Refusal::Earlier { handle, now, line } => when::earlier(voice, *handle, *now, line),
        Refusal::Which { part, lines } => misread::which(voice, part, lines),
        Refusal::Cannot { what, part, lines } => misread::cannot(voice, what, part, lines),
        Refusal::NoSuchPerson { name, near } => no_such_person(voice, name, near),
        Refusal::SeveralPeople { name, count } => several_people(voice, name, *count),
        Refusal::Already { handle: h, state, instead } => {
            already(voice, catalogue, *h, (state, instead))
        }
        Refusal::Task(refusal) => of_task(voice, refusal),
        Refusal::Tag(refusal) => tags::refused(voice, refusal),
        Refusal::Cabinet(refusal) => cabinet::refused(voice, refusal),
        Refusal::NothingToUndo => undo::nothing(voice),
        Refusal::UndoConflict { step, later, insist } => {
            undo::conflict(voice, *step, later, insist)
        }
        Refusal::Several { failed, rest } => {
            return several(voice, catalogue, failed, rest.as_deref());
        }
        Refusal::Lines { failed } => return several_lines(voice, catalogue, failed),
        Refusal::Apart { line } => apart(voice, line),
        Refusal::OneByOne(handle) => request::one_by_one(voice, *handle),
        Refusal::NobodyCalled { name, lines } => nobody_called(voice, name, lines),
        Refusal::OnlyYouHere { others, line } => remind::only_you(voice, others, line.as_deref()),
        Refusal::CannotUndo { step, gone } => undo::stays(voice, *step, *gone),
        Refusal::Export(why) => export::refused(voice, why),
        Refusal::Import(why) => import::not_begun(voice, why),
        Refusal::PageNotPrivate => page::not_private(voice),
        Refusal::PageInQuotes => page::in_quotes(voice),
        Refusal::PageNothingToUndo => page::nothing(voice),
        Refusal::Limit { what, most } => limit::limit(voice, what, *most),
        Refusal::NoSuchSource { name, near } => no_such_source(voice, name, near, said),
        Refusal::BadName { name, fit, most } => bad_name(voice, name, fit, *most),
        Refusal::Exists(handle) => exists(voice, *handle),
        Refusal::Taken { name } => taken(voice, name),
        Refusal::WrongCode => wrong_code(voice),
        Refusal::QuoteHidden => quote_hidden(voice),
        Refusal::NotUnderstood { word, part } => not_understood(voice, catalogue, word, part, said),
        Refusal::SecondHalf { handle: h, part } => misread::second_half(voice, catalogue, *h, part),
        Refusal::Settled { handle, state } => request::settled(voice, *handle, state),
        Refusal::NoRolesHere => role::none_here(voice),
        Refusal::SameRank { name, rank, everywhere } => role::same(voice, name, *rank, *everywhere),
        Refusal::FixedAdmin { name } => role::fixed(voice, name),
        Refusal::LastAdmin { name } => role::last(voice, name),
        Refusal::NoSuchSetting { name, near } => settings::no_such(voice, name, near),
        Refusal::BadSetting { setting, value, near } => settings::bad(voice, *setting, value, near),
    };
    with_button(voice, Outgoing::text(text), refusal)
}

/// Of what can be done all the same, the button that does it.
fn with_button(voice: &Voice, card: Outgoing, refusal: &Refusal) -> Outgoing {
    if let Refusal::UndoConflict { insist, .. } = refusal {
        return card.and_button(voice.pick("仍撤销", "Undo anyway"), insist.as_str());
    }
    if let Refusal::Past { line, .. } = refusal {
        return card.and_button(voice.pick("是", "Yes"), line.as_str());
    }
    card
}

/// Of several records some refuse: which and why, and that nothing was done.
fn several(
    voice: &Voice,
    catalogue: &Catalogue,
    failed: &[(Handle, Refusal)],
    rest: Option<&str>,
) -> Outgoing {
    let mut answer = Outgoing::default();
    let shown = shown_of(failed.len(), 1);
    for (handle, why) in failed.iter().take(shown) {
        let why = card(voice, catalogue, why, Said { line: "", handle: Some(*handle) }).plain();
        let named = why.contains(&handle.to_string());
        let line = match named {
            true => why,
            false => voice.pick(format!("{handle}：{why}"), format!("{handle}: {why}")),
        };
        answer = answer.and_line(vec![Span::from(line)]);
    }
    if let more @ 1.. = failed.len() - shown {
        let line = voice.pick(format!("还有 {more} 个也不行"), format!("{more} more won’t do"));
        answer = answer.and_line(vec![Span::from(line)]);
    }
    let nothing = voice.pick("所以什么都没改", "So nothing was changed");
    let last = match rest {
        Some(rest) => voice.pick(
            format!("{nothing}。只做其余的：{rest}"),
            format!("{nothing}. For the others alone: {rest}"),
        ),
        None => nothing.to_owned(),
    };
    answer.and_line(vec![Span::from(last)])
}

/// Of several commands in one message some refuse.
fn several_lines(voice: &Voice, catalogue: &Catalogue, failed: &[(String, Refusal)]) -> Outgoing {
    let mut answer = Outgoing::default();
    let shown = shown_of(failed.len(), 1);
    for (line, why) in failed.iter().take(shown) {
        let why = card(voice, catalogue, why, Said { line, handle: None }).plain();
        let line = voice.quote(&excerpt(line));
        let line = voice.pick(format!("{line}：{why}"), format!("{line}: {why}"));
        answer = answer.and_line(vec![Span::from(line)]);
    }
    if let more @ 1.. = failed.len() - shown {
        let line = voice.pick(format!("还有 {more} 条也不行"), format!("{more} more won’t do"));
        answer = answer.and_line(vec![Span::from(line)]);
    }
    let last = voice.pick(
        "所以这条消息里的命令都没执行，改好再发",
        "So none of the commands in this message was carried out: mend it and send it again",
    );
    answer.and_line(vec![Span::from(last)])
}

fn exists(voice: &Voice, handle: Handle) -> String {
    voice.pick(
        format!("已经有一样的 {handle}，没有再建。看它：{handle}"),
        format!("{handle} is the same, so no other was made. To see it: {handle}"),
    )
}

fn taken(voice: &Voice, name: &str) -> String {
    voice.pick(
        format!("已经有来源「{name}」了，换个名字吧。看有哪些：来源"),
        format!("There is a source “{name}” already. See what there is: source"),
    )
}

fn wrong_code(voice: &Voice) -> String {
    voice.pick(
        "认领码不对，或已经用过。它在服务第一次启动时打印在屏幕上".to_owned(),
        "This claim code is wrong or used up. It was printed when the server first started"
            .to_owned(),
    )
}

fn apart(voice: &Voice, line: &str) -> String {
    let line = voice.quote(&excerpt(line));
    voice.pick(
        format!("一条消息里有几条命令，{line}要单独发。什么都没做"),
        format!("Several commands in one message: {line} has to be sent alone. Nothing was done"),
    )
}

fn several_people(voice: &Voice, name: &str, count: usize) -> String {
    voice.pick(
        format!("这里有 {count} 位「{name}」，请在 @ 列表里点选本人"),
        format!("There are {count} people called “{name}”: please pick one from the @ list"),
    )
}

fn nobody_called(voice: &Voice, name: &str, lines: &[String]) -> String {
    let name = voice.quote(&excerpt(name));
    let head = voice.pick(
        format!("还不认识{name}。请在 @ 列表里点选，或让对方先在群里说句话"),
        format!("I don’t know {name} yet. Pick them from the @ list, or have them speak here"),
    );
    match lines {
        [only] => voice
            .pick(format!("{head}。还是想说：{only}"), format!("{head}. Or did you mean: {only}")),
        [] => head,
        [_, ..] => voice.pick(format!("{head}。还是想说："), format!("{head}. Or did you mean:")),
    }
}

fn quote_hidden(voice: &Voice) -> String {
    voice.pick(
        "我看不到被引用的内容，请把它转发或复制过来".to_owned(),
        "I can’t see what you quoted. Please forward or copy it".to_owned(),
    )
}

fn no_words(voice: &Voice, catalogue: &Catalogue, word: &str, part: &str) -> String {
    let line = example(voice, catalogue, word, Said::default());
    let part = voice.quote(&excerpt(part));
    voice.pick(
        format!("{part}里没有字，到时候没人看得懂。例如：{line}"),
        format!("{part} holds no word, nobody would know what is meant. Try: {line}"),
    )
}

fn several_groups(voice: &Voice) -> String {
    voice.pick(
        "有几个群叫这个名字，请到那个群里说".to_owned(),
        "Several groups have that name: please say it in the group itself".to_owned(),
    )
}

fn of_task(voice: &Voice, refusal: &OfTask) -> String {
    match refusal {
        OfTask::PartDone { handle, open } => {
            let open = names(open);
            voice.pick(
                format!("{handle} 的这一部分已记为完成，还差 {open}。要改回来：{handle} 重开"),
                format!("That part is done, still open: {open}. To go back: {handle} reopen"),
            )
        }
        // What is for somebody and not theirs to do.
        OfTask::NotAssigned { handle, name } if handle.letter != 'T' => voice.pick(
            format!("{handle} 里没有 @{name}，没有变。看现在有谁：{handle}"),
            format!("@{name} is not among those of {handle}. To see them: {handle}"),
        ),
        OfTask::AlreadyTheirs { handle, names: theirs } if handle.letter != 'T' => {
            let theirs = names(theirs);
            voice.pick(
                format!("{handle} 已经包括 {theirs}，没有变。看现在有谁：{handle}"),
                format!("{handle} is for {theirs} already. To see for whom: {handle}"),
            )
        }
        OfTask::NobodyLeft { handle } if handle.letter != 'T' => voice.pick(
            format!("{handle} 不能一个人都不留。不要了就说：{handle} 删"),
            format!("{handle} has to be for somebody. To drop it: {handle} remove"),
        ),
        OfTask::NotAssigned { handle, name } => voice.pick(
            format!("{handle} 没有交给 @{name}。要换人就说：{handle} 转给 @{name}"),
            format!("{handle} is not @{name}’s. To hand it over: {handle} give @{name}"),
        ),
        OfTask::AlreadyTheirs { handle, names: theirs } => {
            let theirs = names(theirs);
            voice.pick(
                format!("{handle} 本来就是 {theirs} 的，没有变。加人就说：{handle} 加 @名字"),
                format!("{handle} is {theirs}’s already. To add somebody: {handle} add @name"),
            )
        }
        OfTask::NobodyLeft { handle } => voice.pick(
            format!("{handle} 不能没有人做。换人就说：{handle} 转给 @名字"),
            format!("Somebody has to do {handle}. To hand it over: {handle} give @name"),
        ),
        OfTask::NoDeadline { handle } => voice.pick(
            format!("{handle} 没有截止时间，没法延。定一个：{handle} 改 明天18:00"),
            format!("{handle} has no deadline to move. To set one: {handle} edit tomorrow 18:00"),
        ),
        OfTask::NotSubmitted { handle, state } => voice.pick(
            format!("{handle} 是【{state}】，现在不用验收。看详情：{handle}"),
            format!("{handle} is {state}, not waiting for acceptance. To see it: {handle}"),
        ),
    }
}

fn logged_elsewhere(voice: &Voice, handle: Handle) -> String {
    voice.pick(
        format!("来源不属于某个群，这里没有 {handle} 的记录。看它的状态：{handle}"),
        format!("Sources belong to no group, so {handle} has no log here. See it: {handle}"),
    )
}

fn no_such_group(voice: &Voice) -> String {
    voice.pick(
        "私聊里只能处理派给你的、还在进行的群任务，和等你答复的申请。看有哪些：任务、申请"
            .to_owned(),
        "Here you can only handle open group tasks of yours and requests that wait for you. See \
         them: task, request"
            .to_owned(),
    )
}

fn already(
    voice: &Voice,
    catalogue: &Catalogue,
    handle: Handle,
    (state, instead): (&str, &str),
) -> String {
    let verb = catalogue.word(instead).map(|w| w.names(voice.lang).name.as_str());
    let verb = verb.unwrap_or_default();
    if instead == "done" && handle.letter == 'T' {
        return still_open(voice, handle, verb);
    }
    voice.pick(
        format!("{handle} 本来就是「{state}」。要改回来：{handle} {verb}"),
        format!("{handle} is {state} already. To change that: {handle} {verb}"),
    )
}

/// Somebody says that it is not done, and nobody had said so.
fn still_open(voice: &Voice, handle: Handle, done: &str) -> String {
    voice.pick(
        format!("好，{handle} 还在进行中，没有变。做完了就说：{handle} {done}"),
        format!("Right, {handle} is still open, nothing changed. Once it is: {handle} {done}"),
    )
}

fn bad_name(voice: &Voice, name: &str, fit: &str, most: usize) -> String {
    let name = voice.quote(&excerpt(name));
    voice.pick(
        format!("名字{name}不行：最多 {most} 字，不含空格和 / ? # %。例如：来源 新建 {fit}"),
        format!(
            "{name} won’t do: at most {most} characters, no blanks, / ? # or %. Try: source add \
             {fit}"
        ),
    )
}

fn no_such(voice: &Voice, catalogue: &Catalogue, handle: Handle) -> String {
    // Steps belong to no noun; the log lists them.
    let list = catalogue.noun_of(handle.letter).or_else(|| catalogue.word("log"));
    let list = list.map(|w| w.names(voice.lang).name.clone()).unwrap_or_default();
    voice.pick(
        format!("这里没有 {handle}。看有哪些：{list}"),
        format!("There is no {handle} here. See what there is: {list}"),
    )
}

fn not_allowed(voice: &Voice, needs: Role) -> String {
    let who = role::who(voice, needs);
    voice.pick(format!("这要{who}来做"), format!("This takes {who}"))
}

fn no_such_person(voice: &Voice, name: &str, near: &[String]) -> String {
    if near.is_empty() {
        return voice.pick(
            format!("还不认识「{name}」。请在 @ 列表里点选，或让对方先在群里说句话"),
            format!(
                "I don’t know “{name}” yet. Pick them from the @ list, or have them speak here"
            ),
        );
    }
    let near = voice.joined(near.iter().map(|n| format!("@{n}")));
    voice.pick(
        format!("还不认识「{name}」。是不是 {near}？"),
        format!("I don’t know “{name}” yet. Did you mean {near}?"),
    )
}

fn no_such_source(voice: &Voice, name: &str, near: &[String], said: Said) -> String {
    let Some(first) = near.first() else {
        return voice.pick(
            format!("没有来源「{name}」。管理员可以建：来源 新建 {name}"),
            format!("There is no source “{name}”. An admin can make it: source add {name}"),
        );
    };
    let names: Vec<String> = near.iter().map(|n| voice.quote(n)).collect();
    let names = names.join(voice.pick("", ", "));
    let line = near_line(said, name, first);
    voice.pick(
        format!("没有来源「{name}」，有{names}。例如：{line}"),
        format!("There is no source “{name}”, but {names}. Try: {line}"),
    )
}
