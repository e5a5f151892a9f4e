//! How far a date stands apart from the words around it: which of several dates in a line is the
//! one that is meant. Reads no dates.

use std::ops::Range;

use crate::text::grammar::Cursor;
use crate::text::lex::{En, Line, Tok, Zh};

/// From what something is about to the deadline itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stance {
    /// What something is about: `slides for Friday`.
    Topic,
    /// In the middle of words: 和客户周一见面, `review Monday notes`.
    Inside,
    /// Glued to words at an end of the line: 周一例会.
    Edge,
    /// Glued to what is to be done by then: 周三交.
    Done,
    /// With blanks or signs of its own.
    Apart,
    /// Named as the deadline: 周五前, `by Friday`.
    Deadline,
}

/// What a date is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Aim {
    /// By when something is to be done.
    Deadline,
    /// When something happens: a deadline beside it (`明天9点 周五前交报告`) is what it is about.
    Moment,
}

/// Shorter words between what repeats and a date are part of the days: 每月初一9点.
const NAME_CHARS_MIN: usize = 2;

/// Words that say of the date before them that something is to be done by then.
const DONE: [&str; 12] =
    ["交", "提交", "上交", "完成", "做完", "写完", "弄完", "搞定", "交付", "到期", "发出", "给我"];

/// What begins the words for doing something. A feast before one is a date (中秋发月饼), before
/// anything else a topic (中秋月饼采购).
const DOING: &str = "交提完做发给去开回买订送打约带看写办准检查通知联系寄吃过请到和跟与向把让\
                     叫拿取领换改修装搬弄搞汇拜定签付还退聚出上下";

/// English words that something to be done begins with: `Monday send slides`, but `Monday notes`.
const VERBS: [&str; 44] = [
    "add", "approve", "arrange", "ask", "attend", "book", "bring", "buy", "cancel", "close",
    "collect", "complete", "confirm", "contact", "create", "deliver", "deploy", "discuss", "do",
    "finalise", "finalize", "find", "finish", "fix", "get", "give", "go", "invite", "join",
    "leave", "let", "make", "meet", "pay", "pick", "prepare", "publish", "remove", "renew",
    "reply", "send", "submit", "tell", "write",
];

/// Those that are as often a thing: only what follows tells, as in `Monday call Bob`.
const EITHER: [&str; 24] = [
    "call", "change", "check", "clean", "draft", "email", "file", "follow", "help", "hold", "move",
    "order", "plan", "post", "present", "read", "return", "review", "set", "ship", "sign", "talk",
    "update", "visit",
];

/// How the date of these tokens stands in its line.
pub fn stance(line: &Line, tokens: &Range<usize>, aim: Aim) -> Stance {
    let (start, behind) = (Cursor::new(line, tokens.start), Cursor::new(line, tokens.end));
    let marked = marked(line, tokens);
    if marked && aim == Aim::Moment {
        return Stance::Topic;
    }
    let open = start.gap() || opens(start.before());
    let closed = closes(behind);
    let (first, last) = (is_first(line, tokens.start), is_last(line, tokens.end));
    if marked {
        let ends = closed || last || done(behind).is_some_and(|ends| ends);
        return if ends { Stance::Deadline } else { Stance::Apart };
    }
    let latin = start.is_latin() || behind.is_latin() && behind.gap();
    if latin && open && closed {
        return in_english(start, behind, first, last);
    }
    match done(behind) {
        Some(true) if open => return Stance::Apart,
        Some(_) => return Stance::Done,
        None => {}
    }
    match (open && closed, first || last) {
        (true, _) => Stance::Apart,
        (false, true) => Stance::Edge,
        (false, false) => Stance::Inside,
    }
}

/// Words with blanks around: only place and the words beside it tell.
fn in_english(start: Cursor, behind: Cursor, first: bool, last: bool) -> Stance {
    let about = matches!(start.before(), Tok::En(En::For | En::Of | En::Around | En::From));
    let led = matches!(start.tok(), Tok::En(En::On | En::At | En::In | En::During));
    let signed = |c: Cursor| !c.is_latin();
    let goes_on = || behind.is_latin() && !begins_a_deed(behind);
    match () {
        () if about => Stance::Topic,
        () if last || led => Stance::Apart,
        () if first && goes_on() => Stance::Edge,
        () if first || signed(behind) && opens(start.before()) => Stance::Apart,
        () if goes_on() || behind.is_latin() => Stance::Inside,
        () => Stance::Apart,
    }
}

/// Words for doing something that only behind what repeats are sure to be one: 每天跑步.
const DAILY: &str = "跑喝背读学练洗浇喂巡擦扫复";

/// Whether words for doing something in Chinese go on without a blank.
pub fn begins_deed(c: Cursor) -> bool {
    let deed = |c: char| DOING.contains(c) || DAILY.contains(c);
    c.tok() == Tok::Other && c.next_char().is_some_and(deed)
}

/// Whether `to`, or a verb, begins here.
fn begins_a_deed(c: Cursor) -> bool {
    let is = |words: &[&str]| words.iter().any(|verb| verb.chars().eq(c.chars()));
    let article = |tok: Tok| matches!(tok, Tok::En(En::The | En::A | En::LoneA | En::My));
    let mut object = c;
    object.bump();
    let does = article(object.tok()) || object.tok() == Tok::Name || object.is_capital();
    c.tok() == Tok::En(En::To) || article(c.tok()) || is(&VERBS) || is(&EITHER) && does
}

/// Whether a feast alone, or 年终, is the topic of the words that follow it: 国庆活动方案, 年终总结,
/// `Black Friday plan`.
pub fn is_topic(line: &Line, tokens: &Range<usize>) -> bool {
    let feast = |tok: Tok| matches!(tok, Tok::Festival(_));
    let named =
        (tokens.clone()).filter_map(|at| Some((at, line.token_at(at)?))).all(|(at, token)| {
            let closing =
                token.tok == Tok::Zh(Zh::YearEnd) && Cursor::new(line, at).char_at(1) == Some('终');
            closing || feast(token.tok) || token.tok == Tok::Zh(Zh::Feast)
        });
    if !named || tokens.is_empty() {
        return false;
    }
    let behind = Cursor::new(line, tokens.end);
    if behind.is_latin() {
        return behind.tok() == Tok::Latin && !begins_a_deed(behind);
    }
    behind.tok() == Tok::Other && behind.next_char().is_some_and(|c| !DOING.contains(c))
}

/// Words right before a number of something that is no day: 找8号技师.
const OF_WHOM: &str = "去给找跟对向帮为替";

/// The same, where a thing follows: 从3号仓库, unlike 从3号开始.
const OF_WHAT: &str = "在到从和与把将让叫用坐住进送往";

/// Whether N号 is the number of a room, a table, a customer: 去3号会议室, 给5号桌加菜, (3号会议室).
pub fn numbers(line: &Line, tokens: &Range<usize>) -> bool {
    let (mut start, behind) = (Cursor::new(line, tokens.start), Cursor::new(line, tokens.end));
    start.zh(Zh::In);
    let numbered = tokens.end == start.at + 2
        && matches!(start.tok(), Tok::Num(_))
        && start.peek(1) == Tok::Zh(Zh::Number);
    if !numbered || start.gap_at(1) {
        return false;
    }
    let thing = names_a_thing(behind);
    match start.before() {
        _ if is_of_two(line, tokens) => false,
        Tok::Open => thing,
        _ => start.last_char().is_some_and(|last| {
            let alone = matches!(behind.tok(), Tok::Other | Tok::End | Tok::Break | Tok::Comma);
            OF_WHOM.contains(last) && alone || OF_WHAT.contains(last) && thing
        }),
    }
}

/// Whether a day is joined to another one before it: 15号 of 1号和15号房租.
pub fn is_of_two(line: &Line, tokens: &Range<usize>) -> bool {
    tokens.start > 1 && {
        let joint = Cursor::new(line, tokens.start - 1);
        joint.before() == Tok::Zh(Zh::Number) && joint.next_char() != Some('跟')
    }
}

/// Whether a text begins with what may be the number of a thing as well as a day: 2号客户对账.
pub fn begins_number(text: &str) -> bool {
    let line = Line::new(text);
    let start = Cursor::new(&line, 0);
    let numbered = matches!(start.tok(), Tok::Num(_)) && start.peek(1) == Tok::Zh(Zh::Number);
    numbered && names_a_thing(Cursor::new(&line, 2))
}

/// Whether the name of a thing goes on without a blank: 3号会议室, unlike 3号交 and 3号例会.
pub fn names_a_thing(behind: Cursor) -> bool {
    let meets = behind.chars().eq("会".chars()) || behind.char_at(1) == Some('会');
    let starts = |c: char| !DOING.contains(c) && !"起始为是有就要会".contains(c);
    let room = behind.chars().take(3).eq("会议室".chars());
    behind.tok() == Tok::Other && (room || !meets && behind.next_char().is_some_and(starts))
}

/// Whether it only tells which one: 周一的纪要, `tomorrow's demo`.
pub fn describes(line: &Line, tokens: &Range<usize>) -> bool {
    let behind = Cursor::new(line, tokens.end);
    let apostrophe = matches!(behind.next_char(), Some('\'' | '\u{2019}'));
    behind.tok() == Tok::Zh(Zh::Of) || apostrophe && behind.char_at(1) == Some('s')
}

/// Whether something that repeats is said of the whole line (每逢初一, 每周五 交周报), and is not part of a
/// name (每周例会纪要, `weekly report`). In what happens at a moment, one that begins the line is said
/// of all of it; so is one with its time (`whole`).
pub fn repeats_all(line: &Line, tokens: &Range<usize>, aim: Aim, whole: bool) -> bool {
    let (start, behind) = (Cursor::new(line, tokens.start), Cursor::new(line, tokens.end));
    let open = start.gap() || opens(start.before()) || start.before() == Tok::Zh(Zh::Ends);
    let first = is_first(line, tokens.start);
    let verb = behind.next_char().is_some_and(|c| DOING.contains(c));
    if describes(line, tokens) {
        return false;
    }
    // 每周五下周 is no name, and 初一 of 每月初一9点 belongs to the days.
    let mut next = behind;
    next.bump();
    let short = behind.tok() == Tok::Other && behind.chars().count() <= NAME_CHARS_MIN;
    if dates(behind) || short && behind.next_char().is_some() && dates(next) {
        return true;
    }
    let named = if start.is_latin() {
        behind.tok() == Tok::Latin && !begins_a_deed(behind) && !(whole && first)
    } else {
        !closes(behind) && !verb
    };
    open && (!named || aim == Aim::Moment && first)
}

/// Whether a date goes on without a blank.
fn dates(c: Cursor) -> bool {
    let dated = matches!(
        c.tok(),
        Tok::Num(_)
            | Tok::Weekday(..)
            | Tok::DayWord(_)
            | Tok::Part(_)
            | Tok::Month(..)
            | Tok::Zh(Zh::Week)
    );
    dated && c.next_char().is_some()
}

/// Whether the words of a deadline belong to it: 前, 截止, `by`, `due`.
fn marked(line: &Line, tokens: &Range<usize>) -> bool {
    let tok = |at: Option<usize>| at.and_then(|at| line.token_at(at)).map(|token| token.tok);
    let first = tok(Some(tokens.start));
    let last = tok(tokens.end.checked_sub(1));
    let leads = matches!(
        first,
        Some(Tok::Zh(Zh::Due) | Tok::En(En::By | En::Before | En::Until | En::EndOf(_)))
    );
    let ends =
        matches!(last, Some(Tok::Zh(Zh::Before | Zh::Front | Zh::Due | Zh::Ends | Zh::Inside)));
    leads || ends
}

/// Whether 交 or its like follows directly, and whether that ends the phrase.
fn done(c: Cursor) -> Option<bool> {
    c.next_char()?;
    let spelt = |word: &&&str| word.chars().enumerate().all(|(n, w)| c.char_at(n) == Some(w));
    let word = DONE.iter().filter(spelt).max_by_key(|word| word.len())?;
    let behind = c.char_at(word.chars().count());
    Some(behind.is_none_or(|c| !c.is_alphanumeric()))
}

fn opens(before: Tok) -> bool {
    matches!(
        before,
        Tok::Break | Tok::Comma | Tok::Pause | Tok::Open | Tok::Close | Tok::Colon | Tok::Name
    )
}

fn closes(behind: Cursor) -> bool {
    let sign = matches!(
        behind.tok(),
        Tok::End | Tok::Break | Tok::Comma | Tok::Pause | Tok::Open | Tok::Close | Tok::Colon
    );
    sign || behind.gap_at(0)
}

/// Whether nothing that says something stands before a token.
pub fn is_first(line: &Line, at: usize) -> bool {
    (0..at).filter_map(|at| line.token_at(at)).all(|token| says_nothing(token.tok))
}

/// Whether nothing that says something stands from a token on.
fn is_last(line: &Line, at: usize) -> bool {
    (at..line.token_count()).filter_map(|at| line.token_at(at)).all(|t| says_nothing(t.tok))
}

fn says_nothing(tok: Tok) -> bool {
    matches!(
        tok,
        Tok::Break | Tok::Name | Tok::Comma | Tok::Pause | Tok::Open | Tok::Close | Tok::Dot
    )
}
