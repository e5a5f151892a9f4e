//! Lines that could not be read, as sentences.

use super::Voice;
use super::lacking::{Said, example, near_line};
use super::voice::excerpt;
use crate::command::{Catalogue, ParseError};
use crate::core::refusal::Cannot;
use crate::model::Handle;
use crate::model::outgoing::{Block, Outgoing, Span};
use crate::text::pattern::Wrong;

/// Most records that are listed before something is done to all of them: with the lines around them
/// what fits a phone.
const BULK_MAX: usize = 4;

/// The answer to a line that is no command.
pub fn card(voice: &Voice, catalogue: &Catalogue, error: &ParseError, said: Said) -> Outgoing {
    let text = match error {
        ParseError::Talk | ParseError::Empty => return super::hello::greeting(voice),
        ParseError::Unknown { word, near, lang } => {
            return unknown(&Voice { lang: *lang, ..*voice }, word, near, said);
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
            unknown_verb(&voice, catalogue, *handle, word, verbs)
        }
        ParseError::VerbAlone { verb, lang } => {
            let voice = Voice { lang: *lang, ..*voice };
            let (name, line) =
                (verb_name(&voice, catalogue, verb), example(&voice, catalogue, verb, said));
            voice.pick(
                format!("要{name}哪一个？带上编号，例如：{line}"),
                format!("Which one? Give its number, as in: {line}"),
            )
        }
        ParseError::TooLong { lang } => {
            let voice = Voice { lang: *lang, ..*voice };
            let most = crate::command::parse::LINE_CHARS_MAX;
            voice.pick(
                format!("太长了：一条命令最多 {most} 字。先发出内容，再引用它说：任务 明天18点"),
                format!(
                    "Too long: a command has at most {most} characters. Send the text first, then \
                     quote it and say: task tomorrow 18:00"
                ),
            )
        }
    };
    Outgoing::text(text)
}

fn verb_name(voice: &Voice, catalogue: &Catalogue, verb: &str) -> String {
    catalogue.word(verb).map(|w| w.names(voice.lang).name.clone()).unwrap_or_default()
}

/// What a mistyped line may have meant: nothing is done before a yes or a number.
pub fn meant(voice: &Voice, word: &str, lines: &[String], direct: bool) -> Outgoing {
    let question = which(voice, word, lines);
    let [line] = lines else { return asked(voice, Outgoing::text(question), lines, direct) };
    let yes = reply(voice, voice.pick("对", "yes"), direct);
    let text =
        voice.pick(format!("{question}是就回：{yes}"), format!("{question} If so, say: {yes}"));
    Outgoing::text(text).and_button(voice.pick("是", "Yes"), line.as_str())
}

/// Words that can mean several things, which are listed behind it; of one it is asked.
pub fn which(voice: &Voice, part: &str, lines: &[String]) -> String {
    let part = voice.quote(&excerpt(part));
    if let [only] = lines {
        let only = voice.quote(&excerpt(only));
        return voice
            .pick(format!("{part}是想说{only}吗？"), format!("{part}: did you mean {only}?"));
    }
    voice.pick(format!("{part}是哪个意思？"), format!("What does {part} mean?"))
}

/// Said where tasks are asked for that nobody is to do.
const NOBODYS: (&str, &str) = (
    "每项任务都有负责人：没写名字的，归建它的人。看全部：任务",
    "Every task is somebody’s: where no name was said, whoever made it. See all: task",
);

/// What cannot be done as it was said; of one line that can it is asked, several are listed behind.
pub fn cannot(voice: &Voice, what: &Cannot, part: &str, lines: &[String]) -> String {
    let part = voice.quote(&excerpt(part));
    let why = match what {
        Cannot::Except => voice.pick(
            format!("{part}我算不了，请直接写名字"),
            format!("I can’t leave anybody out ({part}); please name whom it is for"),
        ),
        Cannot::TaskForAll => voice.pick(
            format!("任务要写明是谁的，不能派给{part}"),
            format!("A task needs names; it can’t go to {part}"),
        ),
        Cannot::AllHere(there) => {
            let there = voice.addressed(there);
            voice.pick(
                format!("私聊里只有你，没有{part}。到群里说：{there}"),
                format!("Only you are here, not {part}. In a group say: {there}"),
            )
        }
        Cannot::OtherGroup(there) => {
            let there = voice.addressed(there);
            voice.pick(
                format!("从这里提醒不到{part}。到那个群里说：{there}"),
                format!("I can’t reach {part} from here. Say it there: {there}"),
            )
        }
        Cannot::Condition => voice.pick(
            format!("我没法等条件（{part}），所以什么都没建"),
            format!("I can’t wait for a condition ({part}), so nothing was made"),
        ),
        Cannot::Short { hits } => {
            let line = lines.first().map(String::as_str).unwrap_or_default();
            let many = if *hits == 1 { "" } else { "s" };
            return voice.pick(
                format!("{part}只有一个字，近7天会命中 {hits} 条。确定要这样就说：{line}"),
                format!(
                    "{part} is a single character: {hits} hit{many} in the last 7 days. If you \
                     mean it, say: {line}"
                ),
            );
        }
        Cannot::Excluded => voice.pick(
            format!(
                "{part}没法排除：「不含」后面写含有关键词的更长说法。\
                 例如：关键词 退费 不含 免退费 → #教务/退费"
            ),
            format!(
                "{part} can’t be excluded: what follows “but not” is a longer phrase with one of \
                 the words in it. Try: keyword refund but not refund policy -> #billing"
            ),
        ),
        Cannot::Pattern(wrong) => return pattern(voice, &part, *wrong),
        Cannot::Nobodys => {
            return voice.pick(NOBODYS.0, NOBODYS.1).to_owned();
        }
        Cannot::Days => voice.pick(
            format!("还不能只在某几天不提醒（{part}），可以先停用，回来再启用"),
            format!(
                "Reminders can’t be off on some days ({part}); one can be disabled for a while"
            ),
        ),
    };
    match lines {
        [] => why,
        [only] => {
            let only = voice.quote(&excerpt(only));
            voice.pick(format!("{why}。是想说{only}吗？"), format!("{why}. Did you mean {only}?"))
        }
        [_, ..] => voice.pick(format!("{why}。是想说："), format!("{why}. Did you mean:")),
    }
}

/// What is to be done to several records at once: how many they are and which, before it is done.
pub fn bulk(
    voice: &Voice,
    of: Option<&str>,
    records: &[(Handle, String)],
    line: &str,
    direct: bool,
) -> Outgoing {
    let count = records.len();
    let head = match of {
        Some(name) => voice.pick(
            format!("{name} 有 {count} 项没做完的任务："),
            format!("{name} has {count} open tasks:"),
        ),
        None => voice
            .pick(format!("没做完的任务有 {count} 项："), format!("There are {count} open tasks:")),
    };
    let shown = if count > BULK_MAX { BULK_MAX - 1 } else { count };
    let line_of = |(handle, title): &(Handle, String)| {
        vec![Span::from(format!("{handle} {}", excerpt(title)))]
    };
    let mut lines: Vec<Vec<Span>> = records.iter().take(shown).map(line_of).collect();
    if shown < count {
        let left = count - shown;
        let more = voice.pick(format!("还有 {left} 项"), format!("{left} more"));
        lines.push(vec![Span::from(more)]);
    }
    let mut card = Outgoing::text(head);
    card.blocks.push(Block::List(lines));
    let yes = reply(voice, voice.pick("确定", "yes"), direct);
    let does = voice.quote(&all_at_once(voice, count, line));
    card.and_line(vec![Span::from(voice.pick(
        format!("会执行{does}，一次撤销就能全部收回。确定就回：{yes}"),
        format!("This would do {does}; one undo takes all of it back. If so, say: {yes}"),
    ))])
    .and_button(voice.pick("确定", "Yes"), line)
}

/// The line as it is, or what it does where the numbers of all would hide that.
fn all_at_once(voice: &Voice, count: usize, line: &str) -> String {
    let whole = excerpt(line);
    if whole.as_str() == line {
        return whole;
    }
    let number = |word: &&str| word.starts_with(|c: char| c.is_ascii_uppercase());
    let action = |part: &str| -> String {
        part.trim().split(' ').skip_while(number).collect::<Vec<_>>().join(" ")
    };
    let actions: Vec<String> = line.split(['；', ';']).map(action).collect();
    let all = voice.pick(format!("全部 {count} 项"), format!("all {count}"));
    excerpt(&format!("{all} {}", actions.join(voice.pick("；", "; "))))
}

/// A refusal that knows what may have been meant: how to say yes, or which of the lines it is.
pub fn asked(voice: &Voice, card: Outgoing, lines: &[String], direct: bool) -> Outgoing {
    if let [_] = lines {
        let yes = reply(voice, voice.pick("对", "yes"), direct);
        return card.and_line(vec![Span::from(
            voice.pick(format!("是就回：{yes}"), format!("If so, say: {yes}")),
        )]);
    }
    let numbered = (1..).zip(lines).map(|(n, line)| vec![Span::from(format!("{n} {line}"))]);
    let mut card = card;
    card.blocks.push(Block::List(numbered.collect()));
    let one = reply(voice, "1", direct);
    card.and_line(vec![Span::from(
        voice.pick(format!("回编号就行，例如：{one}"), format!("Say its number, such as: {one}")),
    )])
}

/// What to say back: in a group only what is addressed is heard.
pub fn reply(voice: &Voice, word: &str, direct: bool) -> String {
    if direct { word.to_owned() } else { voice.addressed(word) }
}

fn unknown(voice: &Voice, word: &str, near: &[String], said: Said) -> Outgoing {
    let first = near.first().map(String::as_str).unwrap_or_default();
    let line = near_line(said, word, first);
    let others = voice.joined(near.iter().skip(1).cloned());
    let others = match others.is_empty() {
        true => String::new(),
        false => voice.pick(format!("（或 {others}）"), format!(" (or {others})")),
    };
    let word = excerpt(word);
    let text = voice.pick(
        format!("没有「{word}」这个词。是不是想说：{line}{others}"),
        format!("There is no word “{word}”. Did you mean: {line}{others}"),
    );
    Outgoing::text(text).and_button(voice.pick("是", "Yes"), line)
}

fn unknown_verb(
    voice: &Voice,
    catalogue: &Catalogue,
    handle: Handle,
    word: &str,
    verbs: &[String],
) -> String {
    // What is done with messages by words of their own is said behind the number as well.
    let own = if handle.letter == 'M' { &["tag", "archive", "keep"][..] } else { &[] };
    let name = |key: &&str| Some(catalogue.word(key)?.names(voice.lang).name.clone());
    let all = verbs.iter().cloned().chain(own.iter().filter_map(name));
    let (word, all) = (excerpt(word), all.collect::<Vec<_>>().join(voice.pick("、", ", ")));
    match verbs.first() {
        Some(first) => {
            let said = Said { line: "", handle: Some(handle) };
            let adds = name(&"add").is_some_and(|add| add == *first);
            let line = match adds {
                true => example(voice, catalogue, "add", said),
                false => format!("{handle} {first}"),
            };
            voice.pick(
                format!("{handle} 不能「{word}」。可以：{all}。例如：{line}"),
                format!("“{word}” doesn’t go with {handle}. These do: {all}. Try: {line}"),
            )
        }
        None => voice.pick(
            format!("{handle} 不能「{word}」，只能查看：{handle}"),
            format!("“{word}” doesn’t go with {handle}, it can only be shown: {handle}"),
        ),
    }
}

/// Nothing was changed; both halves can be said apart.
pub fn second_half(voice: &Voice, catalogue: &Catalogue, handle: Handle, part: &str) -> String {
    let name = |key: &str| catalogue.word(key).map_or("", |w| w.names(voice.lang).name.as_str());
    let (part, edit, add) = (excerpt(part), name("edit"), name("add"));
    voice.pick(
        format!(
            "没看懂「{part}」，什么都没改。几件事用分号隔开，每件都带编号，\
             例如：{handle} {edit} 周五；{handle} {add} @名字"
        ),
        format!(
            "I didn’t get “{part}”, so nothing was changed. Say one thing at a time, each with its \
             number: {handle} {edit} Friday; {handle} {add} @name"
        ),
    )
}

/// Why something is no pattern.
fn pattern(voice: &Voice, part: &str, wrong: Wrong) -> String {
    let why = match wrong {
        Wrong::Unreadable => voice.pick("看不懂", "can’t be read"),
        Wrong::Large => voice.pick("太长或重复太多次", "is too long or repeats too often"),
        Wrong::Empty => voice.pick("什么都不用有也算命中", "is found where nothing is said"),
    };
    voice.pick(
        format!("模式{part}{why}，没有建规则。例如：关键词 模式 退.{{0,3}}费 → #教务/退费"),
        format!(
            "Pattern {part} {why}; nothing was made. Try: keyword pattern refunds? -> #billing"
        ),
    )
}
