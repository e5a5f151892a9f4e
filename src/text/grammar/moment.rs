//! A day and a clock time in either order, with what may stand between: `at 7:30 PM on Fri, Sep
//! 20`, 后天早上8点, `tomorrow at 5`.

use super::clock;
use super::cursor::Cursor;
use super::draft::{Context, Draft, Flex, Moment};
use super::en_words::year;
use super::{distance, en_day, numeric, zh_day};
use crate::text::clock::{Clock, Part};
use crate::text::lex::{En, Form, Tok, Zh};

/// More pieces are no moment.
const PIECES_MAX: usize = 6;

/// Eats a moment, a stretch of days, a distance or a length. `told`: an hour is asked for.
pub fn read(c: &mut Cursor, ctx: &Context, told: bool) -> Option<Draft> {
    let mut moment = Moment::default();
    let mut pieces = 0;
    while pieces < PIECES_MAX {
        let mut next = *c;
        let mut told = told || moment.day.is_some() || moment.part.is_some();
        let mut opened = false;
        if pieces > 0 {
            let joint = connect(&mut next);
            told = match joint {
                Joint::Told => true,
                // `tonight 9`; `tomorrow 5` is not said.
                Joint::None => moment.part.is_some() && moment.clock.is_none(),
                Joint::Plain => false,
            };
            opened = next.before() == Tok::Open;
        }
        // 10点在2号仓库盘点: a place.
        let led = pieces > 0 && next.before() == Tok::Zh(Zh::In);
        let numbered = matches!(next.tok(), Tok::Num(_)) && next.peek(1) == Tok::Zh(Zh::Number);
        if led && numbered && next.peek(2) == Tok::Other && !next.gap_at(2) {
            break;
        }
        let Some(piece) = piece(&mut next, ctx, told, &moment) else { break };
        match piece {
            Piece::Whole(draft) if pieces == 0 => {
                *c = next;
                return Some(draft);
            }
            Piece::Whole(_) => break,
            Piece::Moment(found) => {
                if !merge(&mut moment, found) {
                    break;
                }
            }
        }
        if opened {
            next.eat(Tok::Close);
        }
        *c = next;
        pieces += 1;
    }
    (pieces > 0).then_some(Draft::Moment(moment))
}

/// What stands between two pieces.
enum Joint {
    None,
    Plain,
    /// An hour follows: at, by.
    Told,
}

fn connect(c: &mut Cursor) -> Joint {
    let start = c.at;
    c.zh(Zh::Of);
    if matches!(c.tok(), Tok::Comma | Tok::Open) {
        c.bump();
    }
    let mut told = false;
    for _ in 0..2 {
        // `tomorrow about Friday's party`.
        if c.tok() == Tok::En(En::Around) && !matches!(c.peek(1), Tok::Num(_) | Tok::Part(_)) {
            break;
        }
        match c.en_of(&[En::At, En::By, En::Before, En::Around, En::On, En::For, En::In, En::Of]) {
            Some(En::At | En::By | En::Before | En::Around) => told = true,
            Some(_) => {}
            None => break,
        }
    }
    if c.eat(Tok::At) {
        told = true;
    }
    c.zh_of(&[Zh::In, Zh::About, Zh::Due]);
    if told {
        Joint::Told
    } else if c.at > start {
        Joint::Plain
    } else {
        Joint::None
    }
}

/// One piece.
enum Piece {
    /// Part of a moment.
    Moment(Moment),
    /// Something that takes no clock time.
    Whole(Draft),
}

fn piece(c: &mut Cursor, ctx: &Context, told: bool, so_far: &Moment) -> Option<Piece> {
    let clocked = |read: clock::Read| {
        Piece::Moment(Moment {
            clock: Some(read.clock),
            or_hour: read.or_hour,
            ..Moment::default()
        })
    };
    if let Tok::Zone(zone) = c.tok() {
        c.bump();
        let moment = Moment { zone: Some(zone), ..Moment::default() };
        return so_far.clock.is_some().then_some(Piece::Moment(moment));
    }
    if let Tok::Now = c.tok() {
        return now(c, ctx).map(Piece::Whole);
    }
    // The year behind a clock time: Wed Oct 26 15:50:06 2016.
    if so_far.clock.is_some()
        && so_far.day.is_some_and(|day| day.flex == Flex::Year)
        && let Some(year) = c.attempt(year)
    {
        let day = so_far.day.and_then(|day| {
            use chrono::Datelike;
            let date = day.date.with_year(year)?;
            Some(super::draft::Day::fixed(date))
        });
        return day.map(|day| Piece::Moment(Moment { day: Some(day), ..Moment::default() }));
    }
    if let Some(read) = c.attempt(|c| clock::read(c, told)) {
        return Some(clocked(read));
    }
    if let Some(draft) = c.attempt(|c| numeric::read(c, ctx)) {
        return Some(whole(draft));
    }
    let mut behind = *c;
    let length = match distance::read(&mut behind, ctx) {
        Some(draft) if !is_length(&draft) => {
            *c = behind;
            return Some(whole(draft));
        }
        length => length,
    };
    let english = c.in_english();
    let day = c
        .attempt(|c| zh_day::read(c, ctx))
        .or_else(|| english.then(|| c.attempt(|c| en_day::read(c, ctx)))?);
    if let Some(draft) = day {
        return Some(whole(draft));
    }
    if english && let Some(clock) = c.attempt(|c| hour_of_part(c)) {
        return Some(Piece::Moment(Moment { clock: Some(clock), ..Moment::default() }));
    }
    if let Some(part) = c.attempt(part) {
        return Some(Piece::Moment(Moment { part: Some(part), ..Moment::default() }));
    }
    length.map(|length| {
        *c = behind;
        Piece::Whole(length)
    })
}

fn is_length(draft: &Draft) -> bool {
    matches!(draft, Draft::Length(_))
}

fn whole(draft: Draft) -> Piece {
    match draft {
        Draft::Moment(moment) => Piece::Moment(moment),
        other => Piece::Whole(other),
    }
}

fn now(c: &mut Cursor, ctx: &Context) -> Option<Draft> {
    let moment = c.char_at(0) == Some('m');
    if moment && c.before() != Tok::En(En::The) {
        return None;
    }
    c.bump();
    Some(Draft::Point(ctx.at, false))
}

/// `8 this evening`, `11 at night`, `7, this morning`: an hour that the words behind make one.
fn hour_of_part(c: &mut Cursor) -> Option<Clock> {
    if !clock::starts_clean(*c) {
        return None;
    }
    // `building 4 this afternoon`.
    let noun = c.before() == Tok::Latin;
    let num = c.num().filter(|n| matches!(n.form, Form::Arabic | Form::Word) && n.width <= 2)?;
    if noun && c.tok() != Tok::Comma {
        return None;
    }
    if num.value == 0 || num.value > 24 {
        return None;
    }
    let behind = c.sees(|c| {
        c.eat(Tok::Comma);
        let part = match c.tok() {
            Tok::DayPart(..) => true,
            Tok::Part(_) if c.is_latin() => true,
            _ => {
                c.en_of(&[En::In, En::At, En::This]);
                c.en(En::The);
                let this = c.before() != Tok::Num(num);
                this && matches!(c.tok(), Tok::Part(_)) && c.is_latin()
            }
        };
        part.then_some(())
    });
    behind.then_some(Clock::at(num.value, 0))
}

/// A part of the day alone; 早 and 晚 only where nothing goes on.
fn part(c: &mut Cursor) -> Option<Part> {
    let latin = c.sees(|c| en_day::part(c));
    if latin {
        return en_day::part(c);
    }
    let Tok::Part(part) = c.tok() else { return None };
    let single = c.char_at(1).is_some() && c.chars().count() == 1;
    let at = c.at;
    c.bump();
    let _ = at;
    let goes_on = matches!(c.tok(), Tok::Other | Tok::Latin | Tok::Num(_)) && !c.gap();
    let led = matches!(
        {
            let mut before = *c;
            before.at -= 1;
            before.before()
        },
        Tok::DayWord(_) | Tok::Weekday(..) | Tok::Zh(Zh::Number | Zh::Day)
    );
    if single && goes_on && !led {
        return None;
    }
    if single && led && goes_on && !c.chars().next().is_some_and(|c| "在有去到开前要做".contains(c))
    {
        return None;
    }
    Some(part)
}

/// Adds a piece to a moment; whether it fits.
fn merge(moment: &mut Moment, piece: Moment) -> bool {
    if let Some(clock) = piece.clock {
        if moment.clock.is_some() {
            return false;
        }
        // 凌晨3点 of 今晚.
        moment.clock_first = moment.day.is_none();
        let part = clock.part.or(moment.part);
        moment.clock = Some(Clock { part, ..clock });
        moment.or_hour = piece.or_hour;
    }
    if let Some(day) = piece.day {
        let date = |flex| matches!(flex, Flex::Fixed | Flex::Year | Flex::Month);
        match moment.day {
            None => moment.day = Some(day),
            Some(known)
                if known.flex == Flex::Week && (date(day.flex) || day.flex == Flex::Near) =>
            {
                use chrono::Datelike;
                moment.weekday = Some(known.date.weekday());
                moment.day = Some(day);
            }
            Some(known)
                if (date(known.flex) || known.flex == Flex::Near) && day.flex == Flex::Week =>
            {
                use chrono::Datelike;
                // 明天9点 周五前交报告: the weekday is another date.
                let behind_clock = moment.clock.is_some() && !moment.clock_first;
                if behind_clock && known.date.weekday() != day.date.weekday() {
                    return false;
                }
                moment.weekday = Some(day.date.weekday());
            }
            Some(known) if known.flex == Flex::Year && day.flex == Flex::Fixed => {
                moment.day = Some(day);
            }
            Some(_) => return false,
        }
    }
    if let Some(part) = piece.part {
        match &mut moment.clock {
            Some(clock) if clock.part.is_none() && !clock.exact => clock.part = Some(part),
            Some(clock) if clock.part.is_none() || clock.part == Some(part) => {}
            Some(clock) if same_half(clock.part, part) => {}
            Some(_) => return false,
            None if moment.part.is_some_and(|known| known != part) => return false,
            None => moment.part = Some(part),
        }
    }
    if piece.zone.is_some() {
        moment.zone = piece.zone;
    }
    true
}

/// `8am this morning`: said twice.
fn same_half(known: Option<Part>, part: Part) -> bool {
    match known {
        Some(Part::Am) => matches!(part, Part::Morning | Part::Dawn),
        Some(Part::Pm) => matches!(part, Part::Afternoon | Part::Evening),
        _ => false,
    }
}
