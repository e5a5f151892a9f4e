//! The tour: what is practised, and the line to type for it. Every card begins with the same word,
//! by which what is practised is known from what is real.

use super::Voice;
use crate::model::Handle;
use crate::model::outgoing::{Block, Outgoing, Span};
use crate::model::tour::{LESSONS, Lesson};

/// Where a tour is taken: in a group it is said whose it is, and lines need the bot's @.
pub enum Place {
    /// With the bot alone.
    Direct,
    /// Among others; the name of whose it is.
    Group(String),
}

/// Where a tour stands.
pub struct Stand {
    /// The lesson.
    pub lesson: Lesson,
    /// The task to be done in it.
    pub task: Option<Handle>,
    /// The bot waits for a yes.
    pub asks: bool,
}

/// What came of what was practised.
pub struct Answer<'a> {
    /// What the bot said to it.
    pub cards: &'a [Outgoing],
    /// The lines, where the bot said them in somebody's place.
    pub shown: Option<String>,
}

/// With what each card begins, and what may follow.
const MARKS: [&str; 4] = ["试玩：", "试玩 · ", "Tour: ", "Tour · "];

/// Most lines of an answer that are shown: with the next lesson it still fits a phone.
const ANSWER_LINES_MAX: usize = 4;

/// Whether a text is one of these cards, or begins like one.
pub fn is_practice(text: &str) -> bool {
    MARKS.iter().any(|mark| text.trim_start().starts_with(mark))
}

/// The first step, and how to go on.
pub fn begun(voice: &Voice, place: &Place) -> Outgoing {
    let (next, leave) = voice.pick(("下一步", "退出"), ("next", "quit"));
    let (next, leave) = (typed(voice, place, next), typed(voice, place, leave));
    let lines = voice.pick(
        [
            "五步，一分钟。任务、提醒和撤销都只是练习，什么都不留下；别的话照常。".to_owned(),
            format!("想看我做：{next}；不玩了：{leave}"),
        ],
        [
            "five steps, one minute. Tasks, reminders and undo are only practice and leave \
             nothing behind; everything else works as usual."
                .to_owned(),
            format!("To see a step done for you: {next}. To leave: {leave}"),
        ],
    );
    let [first, how] = lines;
    let card = Outgoing::line(vec![Span::from(format!("{}{first}", mark(voice, place)))]);
    let stand = Stand { lesson: Lesson::Task, task: None, asks: false };
    with_lesson(voice, place, card.and_line(vec![Span::from(how)]), &stand, lead)
}

/// Where they are, once more.
pub fn again(voice: &Voice, place: &Place, stand: &Stand) -> Outgoing {
    let anew = typed(voice, place, voice.pick("试玩 重来", "tour restart"));
    let text = voice.pick(
        format!("{}接着上次来。从头来：{anew}", mark(voice, place)),
        format!("{}on from where you were. From the start: {anew}", mark(voice, place)),
    );
    with_lesson(voice, place, Outgoing::text(text), stand, lead)
}

/// The answer to what was practised, and what comes next.
pub fn went(voice: &Voice, place: &Place, answer: Answer, stand: &Stand, passed: bool) -> Outgoing {
    let lead = if passed { lead } else { repeated };
    with_lesson(voice, place, answered(voice, place, answer), stand, lead)
}

/// The answer to the last step, and the end.
pub fn over(voice: &Voice, place: &Place, answer: Answer) -> Outgoing {
    let text = voice.pick(
        "五步走完了：刚才都是练习，什么都没留下。真用起来就这样说；我还会什么：",
        "Those were the five steps: all of it was practice, nothing is left. For real, say it the \
         same way. What else I do:",
    );
    let mut card = answered(voice, place, answer).and_line(vec![Span::from(text)]);
    let help = voice.pick("帮助", "help");
    card.blocks.push(Block::List(vec![vec![Span::from(typed(voice, place, help))]]));
    card.and_button(voice.pick("帮助", "Help"), help)
}

/// They left.
pub fn left(voice: &Voice, place: &Place) -> Outgoing {
    let tour = typed(voice, place, voice.pick("试玩", "tour"));
    Outgoing::text(voice.pick(
        format!("{}好，到这里。什么都没留下；想再来：{tour}", mark(voice, place)),
        format!(
            "{}all right, that’s it. Nothing is left; to come back: {tour}",
            mark(voice, place)
        ),
    ))
}

/// Nobody went on.
pub fn expired(voice: &Voice, place: &Place, lesson: Lesson) -> Outgoing {
    let tour = typed(voice, place, voice.pick("试玩", "tour"));
    let number = lesson.number();
    Outgoing::text(voice.pick(
        format!(
            "{}停在第 {number} 步有一小时了，先收起来。什么都没留下；想再来：{tour}",
            mark(voice, place)
        ),
        format!(
            "{}an hour at step {number}, so I put it away. Nothing is left; to come back: {tour}",
            mark(voice, place)
        ),
    ))
}

/// There is no tour to go on with.
pub fn none(voice: &Voice) -> Outgoing {
    voice.lines("你没有在试玩。开始：试玩", "You are on no tour. To begin: tour")
}

/// They practised more than a tour is for.
pub fn enough(voice: &Voice, place: &Place) -> Outgoing {
    let (anew, leave) = voice.pick(("重来", "退出"), ("restart", "quit"));
    let (anew, leave) = (typed(voice, place, anew), typed(voice, place, leave));
    let mark = mark(voice, place);
    Outgoing::text(voice.pick(
        format!("{mark}这一轮练得够多了。从头来：{anew}；不玩了：{leave}"),
        format!("{mark}that is plenty for one tour. From the start: {anew}. To leave: {leave}"),
    ))
}

/// The line a lesson asks for, without the @ of the bot.
pub fn line(voice: &Voice, stand: &Stand) -> String {
    let task = stand.task.unwrap_or(Handle { letter: 'T', number: 1 });
    match stand.lesson {
        Lesson::Task => {
            voice.pick("任务 明天18点 发报价单", "task send the quote tomorrow 18:00").to_owned()
        }
        Lesson::Done => format!("{task} {}", voice.pick("完成", "done")),
        Lesson::Reminder => voice
            .pick("提醒我 明天9点 交报告", "remind me tomorrow 9:00 to submit the report")
            .to_owned(),
        Lesson::Slip if stand.asks => yes(voice).to_owned(),
        Lesson::Slip => {
            voice.pick("任物 下周一 写周报", "taks write the report next Monday").to_owned()
        }
        Lesson::Undo => voice.pick("撤销", "undo").to_owned(),
    }
}

/// The yes to what the bot asks.
pub fn yes(voice: &Voice) -> &'static str {
    voice.pick("对", "yes")
}

/// What stands between two lines that are said one after the other.
pub fn then(voice: &Voice) -> &'static str {
    voice.pick("」「", "”, “")
}

/// What a lesson is about.
fn lead(voice: &Voice, stand: &Stand) -> &'static str {
    match stand.lesson {
        Lesson::Task => voice.pick(
            "记一件事：做什么、什么时候；谁来做就 @谁，顺序随意。照着说：",
            "Note something to do: what, when, and @ whoever is to do it, in any order. Type:",
        ),
        Lesson::Done => voice.pick(
            "记好了，到时间会提醒负责的人。做完就说：",
            "Noted, and whoever is to do it is reminded in time. When it is done, say:",
        ),
        Lesson::Reminder => voice.pick(
            "提醒也这样说，一次的、每周的都行；时间我会念一遍：",
            "Reminders work alike, once or every week; I read the time back:",
        ),
        Lesson::Slip if stand.asks => {
            voice.pick("没有你这一声，我什么都不会做：", "Without this from you I do nothing:")
        }
        Lesson::Slip => voice.pick(
            "打错字不要紧，拿不准的我会先问。就照错的打：",
            "Typos do no harm: where I’m not sure, I ask first. Type it wrong, like this:",
        ),
        Lesson::Undo => voice
            .pick("做错了也不要紧，一个词就能收回：", "Changed your mind? One word takes it back:"),
    }
}

/// The same step once more.
fn repeated(voice: &Voice, stand: &Stand) -> &'static str {
    match stand.lesson {
        Lesson::Slip if stand.asks => lead(voice, stand),
        Lesson::Task | Lesson::Done | Lesson::Reminder | Lesson::Slip | Lesson::Undo => {
            voice.pick("还是这一步，照着说：", "Still this step. Type:")
        }
    }
}

/// The card with the lesson's line to type, and buttons that go on or end it.
fn with_lesson(
    voice: &Voice,
    place: &Place,
    mut card: Outgoing,
    stand: &Stand,
    lead: impl Fn(&Voice, &Stand) -> &'static str,
) -> Outgoing {
    let (at, of) = (stand.lesson.number(), LESSONS.len());
    let head = format!("{at}/{of} {}", lead(voice, stand));
    card = card.and_line(vec![Span::from(head)]);
    let line = typed(voice, place, &line(voice, stand));
    card.blocks.push(Block::List(vec![vec![Span::from(line)]]));
    let buttons = voice.pick(
        [("下一步", "试玩 下一步"), ("退出", "试玩 退出")],
        [("Next", "tour next"), ("Quit", "tour quit")],
    );
    buttons.into_iter().fold(card, |card, (label, types)| card.and_button(label, types))
}

/// What the bot answered in practice: without what could be pressed or would call somebody, for
/// nothing of it is there.
fn answered(voice: &Voice, place: &Place, answer: Answer) -> Outgoing {
    let mut lines = answer.cards.iter().flat_map(|card| card.blocks.iter().cloned()).map(quiet);
    let mut first = mark(voice, place);
    if let Some(shown) = answer.shown {
        first +=
            &voice.pick(format!("替你说了「{shown}」。"), format!("I said “{shown}” for you. "));
    }
    let mut card = Outgoing::default();
    match lines.next() {
        Some(Block::Line(spans)) => {
            card.blocks.push(Block::Line([vec![Span::from(first)], spans].concat()));
        }
        Some(block) => {
            card.blocks.push(Block::Line(vec![Span::from(first)]));
            card.blocks.push(block);
        }
        None => card.blocks.push(Block::Line(vec![Span::from(first)])),
    }
    card.blocks.extend(lines);
    short(card)
}

/// People are spoken of, not called.
fn quiet(block: Block) -> Block {
    let plain = |spans: Vec<Span>| {
        let span = |span| match span {
            Span::Mention { name, .. } => Span::Text(format!("@{name}")),
            Span::Text(_) | Span::Strong(_) => span,
        };
        spans.into_iter().map(span).collect()
    };
    match block {
        Block::Line(spans) => Block::Line(plain(spans)),
        Block::List(items) => Block::List(items.into_iter().map(plain).collect()),
        Block::Fields(_) | Block::Quote(_) | Block::Code(_) => block,
    }
}

/// No more lines than fit.
fn short(mut card: Outgoing) -> Outgoing {
    let mut left = ANSWER_LINES_MAX;
    let mut kept = Vec::new();
    for mut block in std::mem::take(&mut card.blocks) {
        if left == 0 {
            break;
        }
        let lines = match &mut block {
            Block::List(items) => {
                items.truncate(left);
                items.len()
            }
            Block::Fields(rows) => {
                rows.truncate(left);
                rows.len()
            }
            Block::Line(_) | Block::Quote(_) | Block::Code(_) => 1,
        };
        left -= lines;
        kept.push(block);
    }
    card.blocks = kept;
    card
}

/// With what a card begins.
fn mark(voice: &Voice, place: &Place) -> String {
    match place {
        Place::Direct => voice.pick("试玩：", "Tour: ").to_owned(),
        Place::Group(name) => voice.pick(format!("试玩 · {name}："), format!("Tour · {name}: ")),
    }
}

/// A line as it is typed here.
fn typed(voice: &Voice, place: &Place, line: &str) -> String {
    match place {
        Place::Direct => line.to_owned(),
        Place::Group(_) => voice.addressed(line),
    }
}
