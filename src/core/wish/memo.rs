//! Something is not to be forgotten: `别忘了明天交房租`, or only `明天交房租`.

use super::plain::{CONTENT_CHARS_MIN, Wish, is_question, reminder};
use crate::command::Shape;
use crate::core::read;
use crate::core::turn::Turn;
use crate::text::when;

/// Said before something that is not to be forgotten. Longer spellings first.
const MEMO: [&str; 21] = [
    "不要忘记",
    "不要忘了",
    "别忘记",
    "别忘了",
    "不能忘",
    "要记得",
    "记得",
    "记一下",
    "记下来",
    "记下",
    "记住",
    "备忘",
    "don't forget to",
    "dont forget to",
    "do not forget to",
    "remember to",
    "make a note to",
    "note to self",
    "i need to",
    "i have to",
    "i must",
];

/// Asks for a change to what there is: that is nothing to be reminded of.
const ORDERS: [&str; 15] = [
    "提醒改",
    "提醒都",
    "提醒推",
    "任务都",
    "任务全",
    "任务推",
    "任务改",
    "任务顺延",
    "提醒顺延",
    "reminders",
    "all tasks",
    "all my tasks",
    "pause ",
    "暂停",
    "任务延",
];

/// Tells of a day and asks for nothing, where a text ends so.
const FACTS: [&str; 20] = [
    "上班", "放假", "午休", "休息", "调休", "补班", "请假", "休假", "出差", "加班", "不在", "在家",
    "值班", "有空", "没空", "有事", "到货", "下雨", "下雪", "堵车",
];

/// Says how somebody feels, or what the weather is like.
const FEELS: [&str; 20] = [
    "long day", "so tired", "so busy", "haha", "好累", "真累", "太累", "好忙", "真忙", "太忙",
    "好困", "期待", "开心", "降温", "升温", "变天", "天气", "好冷", "好热", "心情",
];

/// Answers somebody. Longer spellings first.
const ANSWERS: [&str; 20] = [
    "收到",
    "好的",
    "好嘞",
    "好滴",
    "知道了",
    "明白",
    "了解",
    "没问题",
    "可以",
    "行，",
    "行,",
    "嗯",
    "是的",
    "对的",
    "ok",
    "okay",
    "got it",
    "sure",
    "sounds good",
    "noted",
];

/// Others of whom it is told what they do. Longer spellings first.
const OTHERS: [&str; 18] = [
    "会议改",
    "会议推",
    "会议取消",
    "他们",
    "她们",
    "他",
    "她",
    "i'm ",
    "i am ",
    "i'll be ",
    "he ",
    "she ",
    "they ",
    "it ",
    "it's ",
    "we're ",
    "see you",
    "let's ",
];

/// Others who may as well be what something is done about.
const THIRD: [&str; 8] =
    ["客户", "快递", "老板", "领导", "对方", "供应商", "the client", "the customer"];

/// What they do, where it is only told.
const DO: [&str; 14] = [
    "说",
    "来电",
    "来了",
    "到货",
    "到了",
    "催",
    "同意",
    "想要",
    "要求",
    "反馈",
    "来吗",
    "来公司",
    "来访",
    "到访",
];

/// What is told in English.
const TOLD_EN: [&str; 12] = [
    " said ",
    " says ",
    " moved to ",
    " is ",
    " are ",
    " was ",
    " were ",
    " arrives",
    " arrive ",
    " comes ",
    " will be ",
    " got ",
];

/// Has to be done: a sentence that ends like a remark may well want it.
const ERRANDS: [&str; 30] = [
    "交",
    "买",
    "寄",
    "取",
    "还",
    "订",
    "付",
    "缴",
    "打电话",
    "联系",
    "写",
    "送",
    "拿",
    "领",
    "报名",
    "提交",
    "开会",
    "面试",
    "体检",
    "续",
    "回复",
    "确认",
    "汇报",
    "签",
    "审",
    "查",
    "做",
    "改",
    "发",
    "去",
];

/// Whether a text only tells something.
pub fn remarks(text: &str) -> bool {
    let lower = text.to_lowercase();
    let ends = lower.trim_end_matches(['。', '.', '！', '!', '~', ' ']);
    let bare = ends.trim_end_matches(['了', '吧', '啊', '呀', '啦', '哦', '呢', '哈', '嘛']);
    let begins = |words: &[&str]| words.iter().any(|word| lower.starts_with(word));
    let says = |words: &[&str]| words.iter().any(|word| lower.contains(word));
    let sighs = bare.len() < ends.len() && !says(&ERRANDS);
    FACTS.iter().any(|word| bare.ends_with(word))
        || says(&FEELS)
        || begins(&ANSWERS)
        || begins(&OTHERS)
        || begins(&THIRD) && (says(&DO) || bare.ends_with(['到', '来', '走']))
        || lower.is_ascii() && says(&TOLD_EN)
        || sighs
}

/// `别忘了明天交房租`: to be reminded of, or to be done.
pub fn memo(turn: &mut Turn, text: &str) -> Option<Wish> {
    let lower = text.to_lowercase();
    let word = MEMO.iter().find(|word| lower.starts_with(**word))?;
    let rest = text.get(word.len()..)?.trim_start_matches([' ', ',', '，', ':', '：', '了']);
    lines(turn, rest, word.is_ascii(), true)
}

/// `明天交房租`: a time and something to do.
pub fn dated(turn: &mut Turn, text: &str) -> Option<Wish> {
    let latin = !text.chars().any(|c| ('\u{3400}'..='\u{9fff}').contains(&c));
    let lower = text.to_lowercase();
    let due = [" is due ", " are due "].iter().any(|due| lower.contains(due));
    let tells = ORDERS.iter().any(|word| lower.contains(word)) || remarks(text) && !due;
    // Hours of today alone (中午12点到1点半午休，别打扰) tell when something is.
    let hours = || when::hours_today(&when::Line::new(text), turn.reference()).is_some();
    if tells || is_question(text) || hours() { None } else { lines(turn, text, latin, false) }
}

/// A reminder of it, or a task; without a time only a task, if that is said to be wanted.
fn lines(turn: &mut Turn, text: &str, latin: bool, memo: bool) -> Option<Wish> {
    let (remind, task) = if latin { ("remind me", "task") } else { ("提醒我", "任务") };
    let (remind, task) = (format!("{remind} {text}"), format!("{task} {text}"));
    let timed = reminder(turn, &remind);
    let again = timed.as_ref().is_some_and(|read| read.args.when.is_none());
    let made = read::read(turn, &task).ok().filter(|read| read.shape == Shape::Create && !again);
    let made = made.filter(|read| read.args.content.chars().nth(CONTENT_CHARS_MIN - 1).is_some());
    let mut lines: Vec<String> = timed.map(|_| remind).into_iter().collect();
    lines.extend(made.map(|_| task).filter(|_| memo || !lines.is_empty()));
    (!lines.is_empty()).then_some(Wish::Ask(lines))
}
