//! Lead times in Chinese: 提前一小时, 提前10分钟再提醒我一次, 会前半小时叫我, 30分钟前提醒.

use super::found::{Found, amount_at, lead_of};
use super::tail::{closes, strip, strip_end};
use crate::text::lex::is_numeral;

/// What makes a length behind it a lead.
const EARLIER: [&str; 3] = ["提前", "提早", "早"];

/// These before it say something else: 遇周末提前, 不用提前.
const ELSE: [&str; 14] = [
    "节假日",
    "假日",
    "周末",
    "假期",
    "休息日",
    "工作日",
    "放假",
    "不用",
    "不要",
    "不必",
    "不需要",
    "无需",
    "别",
    "不能",
];

/// Before 早, these make another word of it: 太早, 明早.
const EARLY: &str = "不太最一大清明今后当";

/// Between 提前 and its length.
const ABOUT: [&str; 8] = ["个", "大概", "大约", "约", "至少", "最少", "各", "就"];

/// Between a length and what is told.
const THEN: [&str; 15] = [
    "左右",
    "的时候",
    "时",
    "再",
    "又",
    "也",
    "就",
    "先",
    "都",
    "来",
    "给我",
    "请",
    "帮我",
    "会",
    "要",
];

/// Of these, those that say that it is told at its time as well.
const AGAIN: [&str; 3] = ["再", "又", "也"];

/// Telling somebody.
const TELL: [&str; 15] = [
    "提醒",
    "提示",
    "通知",
    "叫",
    "喊",
    "告诉",
    "告知",
    "发提醒",
    "发通知",
    "发消息",
    "发个提醒",
    "说",
    "催",
    "响",
    "吱",
];

/// Who is told, and how often.
const WHOM: [&str; 24] = [
    "一下",
    "一次",
    "一声",
    "一遍",
    "一回",
    "我们",
    "我",
    "咱们",
    "大家",
    "他们",
    "她们",
    "他",
    "她",
    "各位",
    "群里",
    "就行",
    "就好",
    "即可",
    "就可以",
    "吧",
    "哦",
    "啊",
    "下",
    "自己",
];

/// Before it, and it adds nothing but that it comes on top.
const LEADS: [&str; 18] = [
    "另外", "此外", "还有", "还要", "还", "并且", "并", "而且", "同时", "然后", "再", "也", "要",
    "记得", "请", "，", ",", " ",
];

/// Of these, those that say that it is told at its time as well.
const ON_TOP: [&str; 8] = ["另外", "此外", "还有", "还要", "还", "再", "也", "同时"];

/// What begins then: 会前10分钟提醒.
const EVENTS: [&str; 7] = ["会议", "开会", "会", "开始", "到期", "截止", "到点"];

/// Before 前, these make a date or another word of it: 9点前, 下班前, 目前.
const DATED: &str = "点天周日号月年节班午晚目之以提刻分半时秒度末初底庆旦秋夕明夜期0123456789";

/// What `ABOUT` begins with.
const ABOUT_BEGINS: &str = "个大约至最各就";

/// What `THEN` and `TELL` begin with.
const TELL_BEGINS: &str = "左的时再又也就先都来给请帮会要提通叫喊告发说催响吱";

/// Whether this 前 or 早 may be of a lead time, by the character before it and the next one behind
/// it that is no blank. Nearly all dates of deadlines have 前 behind them, and none of these.
pub fn may_lead(c: char, before: Option<char>, next: Option<char>) -> bool {
    let counts = |c: char| {
        c.is_numeric() || c.is_ascii_alphabetic() || "半几幾数數兩萬".contains(c) || is_numeral(c)
    };
    let goes_on = |next| {
        counts(next) || TELL_BEGINS.contains(next) || c == '早' && ABOUT_BEGINS.contains(next)
    };
    before == Some('提') || next.is_some_and(goes_on)
}

/// The first one of a text.
pub fn find(text: &str) -> Option<Found> {
    let may = |(at, c): (usize, char)| {
        let behind = &text[at + c.len_utf8()..];
        let next = behind.chars().find(|c| !c.is_whitespace());
        matches!(c, '前' | '早') && may_lead(c, text[..at].chars().next_back(), next)
    };
    if !text.char_indices().any(may) {
        return None;
    }
    let earlier = |word: &'static str| {
        text.match_indices(word).filter_map(move |(at, _)| led(text, at, word)).next()
    };
    let found = EARLIER.iter().filter_map(|word| earlier(word)).min_by_key(|f| f.span.start);
    found
        .or_else(|| text.match_indices('前').find_map(|(at, _)| before_it(text, at)))
        .or_else(|| text.match_indices('前').find_map(|(at, _)| so_long_before(text, at)))
}

/// 提前一小时, 提前一天提醒我.
fn led(text: &str, at: usize, word: &str) -> Option<Found> {
    let before = text[..at].trim_end();
    let other = word == "早" && before.chars().next_back().is_some_and(|c| EARLY.contains(c));
    if other || ELSE.iter().any(|word| before.ends_with(word)) {
        return None;
    }
    let mut behind = &text[at + word.len()..];
    while let Some(rest) = strip(behind.trim_start(), &ABOUT) {
        behind = rest;
    }
    let from = text.len() - behind.len();
    let Some((amount, long)) = amount_at(behind) else {
        // 提前提醒我: how long before is not said.
        let (rest, told, _) = told(behind);
        let span = at..text.len() - rest.len();
        let unsaid = Found { bare: span.clone(), span, lead: None, told, goes_on: false };
        return (told && word != "早").then_some(unsaid);
    };
    let (rest, told, again) = told(&text[from + long..]);
    // 早 alone needs the telling: 早10分钟到.
    if !told && (word == "早" || !closes(rest)) {
        return None;
    }
    let (start, on_top) = leads(text, at);
    let span = start..text.len() - rest.len();
    let lead = lead_of(amount, again || on_top);
    Some(Found { span, bare: at..from + long, lead, told, goes_on: false })
}

/// 会前10分钟提醒我: behind the name of something, and only where something is told.
fn before_it(text: &str, at: usize) -> Option<Found> {
    let head = &text[..at];
    let last = head.chars().next_back()?;
    if DATED.contains(last) || !last.is_alphanumeric() || last.is_ascii() {
        return None;
    }
    let behind = &text[at + '前'.len_utf8()..];
    let (amount, long) = amount_at(behind)?;
    let (rest, told, again) = told(&behind[long..]);
    let event = EVENTS.iter().filter(|event| head.ends_with(**event)).max_by_key(|e| e.len());
    let own = event.map(|event| at - event.len()).filter(|from| {
        *from > 0 && text[..*from].chars().next_back().is_some_and(|c| !c.is_alphanumeric())
    });
    let (start, on_top) = leads(text, own.unwrap_or(at));
    let span = start..text.len() - rest.len();
    let bare = at..text.len() - behind.len() + long;
    let lead = lead_of(amount, again || on_top);
    told.then_some(Found { span, bare, lead, told, goes_on: false })
}

/// 30分钟前提醒我: only where something is told.
fn so_long_before(text: &str, at: usize) -> Option<Found> {
    let head = strip_end(&text[..at], &["之", "以"]).unwrap_or(&text[..at]);
    let (rest, told, again) = told(&text[at + '前'.len_utf8()..]);
    told.then_some(())?;
    let starts = head.char_indices().map(|(from, _)| from);
    let (from, amount) = starts
        .filter_map(|from| {
            let before = text[..from].chars().next_back();
            let clean = before.is_none_or(|c| !c.is_ascii_alphanumeric() && !"第点".contains(c));
            let (amount, long) = amount_at(&head[from..]).filter(|_| clean)?;
            (from + long == head.len() && !head[from..].starts_with(' ')).then_some((from, amount))
        })
        .next()?;
    let (start, on_top) = leads(text, from);
    let lead = lead_of(amount, again || on_top);
    let span = start..text.len() - rest.len();
    Some(Found { span, bare: from..at + '前'.len_utf8(), lead, told, goes_on: false })
}

/// The rest behind the words of telling; whether there were any, and whether it is told again.
fn told(text: &str) -> (&str, bool, bool) {
    let (mut rest, mut again) = (text, false);
    while let Some(next) = strip(rest.trim_start(), &THEN) {
        let word = &rest.trim_start()[..rest.trim_start().len() - next.len()];
        again |= AGAIN.contains(&word);
        rest = next;
    }
    let Some(mut next) = strip(rest.trim_start(), &TELL) else { return (text, false, false) };
    while let Some(more) = strip(next, &WHOM) {
        next = more;
    }
    (next, true, again)
}

/// Where the words before it begin that say that it comes on top, and whether they do.
fn leads(text: &str, at: usize) -> (usize, bool) {
    let (mut head, mut on_top) = (&text[..at], false);
    while let Some(next) = strip_end(head, &LEADS) {
        let word = &head[next.len()..];
        // 会 of 开会 is no word of these, and 再 behind a word may end it.
        on_top |= ON_TOP.contains(&word);
        head = next;
    }
    match on_top {
        true => (head.len(), true),
        false => (at, false),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_follows_in_a_lead_time_is_looked_at() {
        let next = |word: &str| word.chars().next();
        for word in THEN.iter().chain(&TELL) {
            assert!(may_lead('前', Some('钟'), next(word)), "{word}");
        }
        for word in ABOUT {
            assert!(may_lead('早', None, next(word)), "{word}");
        }
        for count in ["1小时", "一刻钟", "两天", "半小时", "几天", "½小时", "an hour"]
        {
            assert!(may_lead('前', Some('会'), next(count)), "{count}");
        }
        assert!(may_lead('前', Some('提'), None) && !may_lead('前', Some('点'), Some('汇')));
    }
}
