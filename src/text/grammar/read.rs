//! All that can be read in a line, left to right, each with the tokens it takes.

use std::ops::Range;

use super::cursor::Cursor;
use super::draft::{Context, Draft};
use super::{cron, en_every, phrase, zh_every};
use crate::text::lex::{En, Line, Tok, Unit, Zh};

/// Something read and its tokens.
#[derive(Debug, Clone, PartialEq)]
pub struct Read {
    /// What it is.
    pub draft: Draft,
    /// From which token to which.
    pub tokens: Range<usize>,
}

/// Reads a line from left to right, as far as `go_on` wants.
pub fn all(line: &Line, ctx: &Context, mut go_on: impl FnMut(Read) -> bool) {
    if !line.is_dated() {
        return;
    }
    let mut at = 0;
    while at < line.token_count() {
        let Some(read) = read_at(line, ctx, at) else {
            at += 1;
            continue;
        };
        at = read.tokens.end;
        if !go_on(read) {
            return;
        }
    }
}

/// What can be read from a token on.
pub fn read_at(line: &Line, ctx: &Context, at: usize) -> Option<Read> {
    let mut cursor = Cursor::new(line, at).at_work(&ctx.work);
    let draft = at_token(&mut cursor, ctx).filter(|_| cursor.at > at && !splits_a_word(cursor))?;
    Some(Read { draft, tokens: at..cursor.at })
}

/// Whether something may begin at a token.
pub fn begins_at(line: &Line, at: usize) -> bool {
    let c = Cursor::new(line, at);
    can_begin(c) && !joined(c) && !ends_a_word(c)
}

/// Whether what was read ends within Latin letters and digits: `1h` of `1h30`.
fn splits_a_word(c: Cursor) -> bool {
    let letters = |at: Option<char>| at.is_some_and(|at| at.is_ascii_alphanumeric());
    letters(c.last_char()) && letters(c.next_char())
}

/// What begins at a token.
fn at_token(c: &mut Cursor, ctx: &Context) -> Option<Draft> {
    if !can_begin(*c) || joined(*c) || ends_a_word(*c) {
        return None;
    }
    if c.tok() == Tok::Latin {
        return c.attempt(|c| cron::read(c, ctx));
    }
    if let Some(draft) = c.attempt(|c| zh_every::read(c, ctx)) {
        let timeless = match &draft {
            Draft::Every(every) => every.times.is_empty() && every.window.is_none(),
            _ => false,
        };
        let other = timeless && (goes_on(c) || counts_on(c));
        return Some(if other { Draft::Unread } else { draft });
    }
    if c.in_english()
        && let Some(draft) = c.attempt(|c| en_every::read(c, ctx))
    {
        return Some(draft);
    }
    if let Some(draft) = c.attempt(unread) {
        return Some(draft);
    }
    let start = *c;
    let draft = c.attempt(|c| phrase::read(c, ctx))?;
    if misled(start, *c) || start.last_char() == Some(LUNAR) {
        return Some(Draft::Unread);
    }
    if let Draft::Moment(moment) = draft
        && let Some(choices) = phrase::choices(*c, moment)
    {
        return Some(choices);
    }
    Some(draft)
}

/// Ends 农历 and 阴历: the days behind it are of a calendar that is not read here.
const LUNAR: char = '历';

/// Whether a character such as 同 or 本 ends the word before a blank, as in 交合同 月底.
fn ends_a_word(c: Cursor) -> bool {
    let leads = matches!(c.tok(), Tok::Zh(Zh::Up | Zh::Down | Zh::This));
    leads && c.gap_at(1) && c.last_char().is_some_and(char::is_alphanumeric)
}

/// Whether anything can begin with this token: a flat table.
#[expect(clippy::too_many_lines, reason = "a flat table")]
fn can_begin(c: Cursor) -> bool {
    match c.tok() {
        Tok::End
        | Tok::Break
        | Tok::Other
        | Tok::Name
        | Tok::Colon
        | Tok::Dot
        | Tok::Dash
        | Tok::Slash
        | Tok::Comma
        | Tok::Pause
        | Tok::Open
        | Tok::Close
        | Tok::At
        | Tok::Plus
        | Tok::Sign
        | Tok::Zone(_) => false,
        Tok::Latin => c.chars().next() == Some('c'),
        // The day behind 周.
        Tok::Weekday(..) => c.is_latin(),
        // Not 周会 and 周报.
        Tok::Zh(Zh::Week) => matches!(c.peek(1), Tok::Weekday(..)) || zh_every::twice(c),
        Tok::Zh(Zh::Day | Zh::Month | Zh::Year) => zh_every::twice(c),
        // Words that lead to a date: 上, but not 上会; 下个, but not 下一步.
        Tok::Zh(
            Zh::Up
            | Zh::Down
            | Zh::This
            | Zh::Nth
            | Zh::First
            | Zh::Front
            | Zh::Back
            | Zh::Before
            | Zh::After
            | Zh::From
            | Zh::Due
            | Zh::In
            | Zh::Recent
            | Zh::Coming
            | Zh::Pass
            | Zh::About
            | Zh::Few,
        ) => leads_on(c),
        Tok::Zh(word) => matches!(
            word,
            Zh::Every
                | Zh::Skip
                | Zh::Half(_)
                | Zh::MonthEnd
                | Zh::MonthStart
                | Zh::MonthMiddle
                | Zh::Ten(_)
                | Zh::YearEnd
                | Zh::YearStart
                | Zh::QuarterEnd
                | Zh::OffWork
                | Zh::OnWork
                | Zh::Weeks(_)
                | Zh::Meets
                | Zh::Feast
                | Zh::AllDay
                | Zh::TwoDays(_)
                | Zh::Nightly
                | Zh::Without
                | Zh::Short(_)
        ),
        Tok::En(word) => !matches!(
            word,
            En::And
                | En::Of
                | En::Is
                | En::Only
                | En::Or
                | En::Ago
                | En::Times
                | En::Later
                | En::To
                | En::Long
                | En::Am
                | En::Pm
                | En::Clock
        ),
        // A number that nothing of a date follows, but for a year that begins the line.
        Tok::Num(_) => {
            let counts = c.peek(1) == Tok::Zh(Zh::Piece) && c.peek(2) == Tok::Other;
            c.at == 0
                || !counts
                    && !matches!(
                        c.peek(1),
                        Tok::End | Tok::Break | Tok::Other | Tok::Sign | Tok::Name | Tok::Close
                    )
        }
        Tok::Half
        | Tok::Unit(_)
        | Tok::DayWord(_)
        | Tok::Part(_)
        | Tok::DayPart(..)
        | Tok::YearWord(_)
        | Tok::Month(..)
        | Tok::Festival(_)
        | Tok::Now => true,
    }
}

/// Whether something of a date follows a word that leads to one.
fn leads_on(c: Cursor) -> bool {
    let nothing = |tok: Tok| matches!(tok, Tok::Other | Tok::End | Tok::Break | Tok::Sign);
    let counts = matches!(c.peek(1), Tok::Num(_)) && nothing(c.peek(2)) && !c.in_english();
    let short = matches!(c.tok(), Tok::Zh(Zh::Up | Zh::Down | Zh::Pass | Zh::Few));
    !(nothing(c.peek(1)) || short && counts)
}

/// A Latin word that goes on from another one or a number: `v2`, `x-may`.
fn joined(c: Cursor) -> bool {
    if c.gap() {
        return false;
    }
    let latin = matches!(c.char_at(0), Some('a'..='z'));
    let last = c.last_char();
    latin && last.is_some_and(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '/' | '-'))
        || matches!(c.tok(), Tok::Num(_)) && last.is_some_and(|c| c == '_')
}

/// Something repeats here in a way that is not read: 每月上旬, 每个交易日, 每两周的第三天. It is eaten, so that
/// nothing of it is taken for a date.
fn unread(c: &mut Cursor) -> Option<Draft> {
    let upon = c.char_at(1) == Some('逢');
    let chinese = c.zh(Zh::Every);
    let english = !chinese && c.en_of(&[En::Every, En::Each]).is_some();
    if !chinese && !english {
        return None;
    }
    let start = c.at;
    if chinese {
        // 每逢初一.
        if upon && c.eat(Tok::Other) {
            c.num();
            return Some(Draft::Unread);
        }
        c.zh(Zh::Piece);
        // 每个交易日: a noun of time; but 每个人.
        let noun = c.tok() == Tok::Other && !c.gap();
        let unit = !c.gap_at(1) && c.peek(1) == Tok::Zh(Zh::Day);
        if noun && (unit || c.chars().last().is_some_and(|last| TIMELY.contains(last))) {
            c.at += if unit { 2 } else { 1 };
            return Some(Draft::Unread);
        }
        if c.at > start && !repeating(*c, false) {
            return None;
        }
    }
    while repeating(*c, english) {
        c.bump();
    }
    (c.at > start).then_some(Draft::Unread)
}

/// What goes on directly behind days that were read changes them: 每月第二周的周五.
fn goes_on(c: &mut Cursor) -> bool {
    let start = c.at;
    while !c.gap() && repeating(*c, false) && !matches!(c.tok(), Tok::Part(_)) {
        c.bump();
    }
    c.at > start
}

/// Days that are counted from those that were read are others: 每月15号前一天.
fn counts_on(c: &mut Cursor) -> bool {
    let counted = c.attempt(|c| {
        let glued = !c.gap();
        c.zh_of(&[Zh::Front, Zh::Before, Zh::Back, Zh::After]).filter(|_| glued)?;
        c.num()?;
        c.zh(Zh::Piece);
        (c.eat(Tok::Unit(Unit::Day)) || c.eat(Tok::Unit(Unit::Workday))).then_some(())
    });
    counted.is_some()
}

/// Ends of nouns that name times.
const TIMELY: &str = "日天周月季年时课班次节";

fn repeating(c: Cursor, english: bool) -> bool {
    match c.tok() {
        Tok::Num(_)
        | Tok::Unit(_)
        | Tok::Weekday(..)
        | Tok::Part(_)
        | Tok::Half
        | Tok::Colon
        | Tok::Festival(_)
        | Tok::Month(..) => true,
        Tok::Dash => !c.gap() && matches!(c.peek(1), Tok::Num(_)),
        Tok::Pause | Tok::Comma => !c.gap() && !english,
        // Not 周会 and 周报.
        Tok::Zh(Zh::Week) => matches!(c.peek(1), Tok::Weekday(..)),
        Tok::Zh(word) => matches!(
            word,
            Zh::Year
                | Zh::Month
                | Zh::Day
                | Zh::Number
                | Zh::Hour
                | Zh::Minute
                | Zh::Second
                | Zh::Point
                | Zh::Quarter
                | Zh::Bell
                | Zh::Piece
                | Zh::Week
                | Zh::Skip
                | Zh::Nth
                | Zh::Last
                | Zh::FromEnd
                | Zh::Bottom
                | Zh::MonthEnd
                | Zh::MonthStart
                | Zh::YearEnd
                | Zh::And
                | Zh::To
                | Zh::Few
                | Zh::MonthMiddle
                | Zh::Ten(_)
                | Zh::QuarterEnd
                | Zh::Times
                | Zh::First
        ),
        Tok::En(word) => {
            english
                && matches!(
                    word,
                    En::On
                        | En::The
                        | En::Of
                        | En::At
                        | En::And
                        | En::Quarter
                        | En::Am
                        | En::Pm
                        | En::In
                        | En::Other
                        | En::Second
                        | En::Last
                        | En::Weekday
                )
        }
        _ => false,
    }
}

/// Something beside it changes the meaning and is not read: `3 of 5`, 节, more digits.
fn misled(start: Cursor, end: Cursor) -> bool {
    let digits = matches!(end.tok(), Tok::Num(_))
        && !end.gap()
        && matches!(end.before(), Tok::Num(_) | Tok::Dash | Tok::Slash);
    let before = start.before();
    let feast = before == Tok::Zh(Zh::Feast) && !start.gap();
    let count = before == Tok::Zh(Zh::Nth) && !start.gap();
    let unit = matches!(start.tok(), Tok::Unit(Unit::Workday)) && count;
    // 12.1 18:00: a date or a version?
    let pair = matches!(before, Tok::Num(_)) && start.at > 2 && {
        let mut dot = start;
        dot.at -= 1;
        dot.before() == Tok::Dot && !dot.gap()
    };
    digits || feast || unit || pair
}
