//! A line as tokens, each with the characters it stands for.

use std::ops::Range;

use chrono::Weekday;

use super::dated::can_date;
use super::glyph::{Glyph, glyphs};
use super::marks::{sign, weekday_of};
use super::token::{En, Form, Num, Tok, Unit, Zh};
use super::{english, known, number, phrase};

/// More blanks than this end a phrase.
const BLANKS_MAX: usize = 4;
/// Longer Latin words mean nothing here.
const LATIN_MAX: usize = 14;

/// A token and where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token {
    /// What it is.
    pub tok: Tok,
    /// Its first character.
    pub from: u32,
    /// One past its last character.
    pub to: u32,
    /// Whether a blank stands before it.
    pub gap: bool,
}

/// A text taken apart.
pub struct Line {
    glyphs: Vec<Glyph>,
    tokens: Vec<Token>,
    /// Whether any token can be part of a date.
    dated: bool,
    /// Whether any token is an English word of dates.
    english: bool,
}

impl Line {
    /// Folds a text and takes it apart.
    pub fn new(text: &str) -> Self {
        Self::of(glyphs(text))
    }

    /// Takes folded characters apart.
    pub fn of(glyphs: Vec<Glyph>) -> Self {
        let mut line =
            Self { tokens: Vec::with_capacity(glyphs.len()), glyphs, dated: false, english: false };
        let mut at = 0;
        let mut gap = false;
        while let Some(c) = line.char_at(at) {
            if matches!(c, ' ' | '\t') {
                let blanks = line.run(at, |c| matches!(c, ' ' | '\t'));
                at += blanks;
                gap = true;
                if blanks > BLANKS_MAX {
                    line.push(Tok::Break, at - 1, at, true);
                }
                continue;
            }
            if known::says_nothing(c) {
                let nothing = line.run(at, known::says_nothing);
                line.push(Tok::Other, at, at + nothing, gap);
                (at, gap) = (at + nothing, false);
                continue;
            }
            let (tok, length) = line.token(at);
            let tok = if gap && line.begins_a_word(at, tok, length) { Tok::Other } else { tok };
            line.push(tok, at, at + length, gap);
            at += length;
            gap = false;
        }
        line
    }

    /// Reads nothing more from these bytes of the original.
    pub fn pass_over(&mut self, span: Range<usize>) {
        for token in &mut self.tokens {
            let from = self.glyphs.get(token.from as usize).map(|glyph| glyph.start as usize);
            if from.is_some_and(|from| span.contains(&from)) {
                token.tok = Tok::Break;
            }
        }
    }

    /// Whether anything in it can be part of a date; if not, there is no need to look.
    pub fn is_dated(&self) -> bool {
        self.dated
    }

    /// Whether any of it is an English word of dates; if not, no English grammar need be tried.
    pub fn is_english(&self) -> bool {
        self.english
    }

    /// How many tokens there are.
    pub fn token_count(&self) -> usize {
        self.tokens.len()
    }

    /// A token; behind the last, `None`.
    pub fn token_at(&self, at: usize) -> Option<&Token> {
        self.tokens.get(at)
    }

    /// The folded character at a place.
    pub fn char_at(&self, at: usize) -> Option<char> {
        self.glyphs.get(at).map(|glyph| glyph.folded)
    }

    /// Whether the character at a place was written as a capital.
    pub fn is_capital(&self, at: usize) -> bool {
        self.glyphs.get(at).is_some_and(|glyph| glyph.capital)
    }

    /// The bytes of the original that became these tokens.
    pub fn span(&self, tokens: Range<usize>) -> Range<usize> {
        let from = self.tokens.get(tokens.start).and_then(|t| self.glyphs.get(t.from as usize));
        let last = tokens.end.checked_sub(1).and_then(|last| self.tokens.get(last));
        let to = last.and_then(|t| self.glyphs.get((t.to as usize).checked_sub(1)?));
        match (from, to) {
            (Some(from), Some(to)) => from.start as usize..to.end as usize,
            (None, _) | (_, None) => 0..0,
        }
    }

    /// The bytes of the original that became these characters.
    pub fn bytes(&self, chars: Range<usize>) -> Range<usize> {
        let from = self.glyphs.get(chars.start);
        let last = chars.end.checked_sub(1).and_then(|last| self.glyphs.get(last));
        match (from, last) {
            (Some(from), Some(last)) => from.start as usize..last.end as usize,
            (None, _) | (_, None) => 0..0,
        }
    }

    /// The folded characters of these tokens.
    pub fn chars(&self, tokens: Range<usize>) -> String {
        let from = self.token_at(tokens.start).map_or(0, |token| token.from as usize);
        let last = tokens.end.checked_sub(1).and_then(|last| self.token_at(last));
        let to = last.map_or(from, |token| token.to as usize);
        (from..to).filter_map(|at| self.char_at(at)).collect()
    }

    fn push(&mut self, tok: Tok, from: usize, to: usize, gap: bool) {
        // What means nothing makes one token with its like, up to a gap.
        if matches!(tok, Tok::Other)
            && !gap
            && let Some(last) = self.tokens.last_mut()
            && matches!(last.tok, Tok::Other)
        {
            last.to = to as u32;
            return;
        }
        // 本周 and 下周; 周会 is none.
        let counted = || matches!(self.tokens.last(), Some(last) if matches!(last.tok, Tok::Zh(_)));
        self.dated = self.dated || can_date(tok) || matches!(tok, Tok::Zh(Zh::Week)) && counted();
        let latin = self.glyphs[from].folded.is_ascii_alphabetic();
        self.english |= latin && !matches!(tok, Tok::Latin | Tok::Name);
        self.tokens.push(Token { tok, from: from as u32, to: to as u32, gap });
    }

    /// Whether a sign that goes on with a date begins a word of its own behind a blank: 明天18点 整理,
    /// 下周 三方会议, 本月 底稿.
    fn begins_a_word(&self, at: usize, tok: Tok, length: usize) -> bool {
        let goes_on = matches!(
            tok,
            Tok::Num(_) | Tok::Half | Tok::Weekday(..) | Tok::Zh(Zh::Sharp | Zh::Bottom)
        );
        let han = |c: char| matches!(c, '\u{4e00}'..='\u{9fff}');
        let one = length == 1 && han(self.glyphs[at].folded);
        let word = self.char_at(at + 1).is_some_and(|c| han(c) && known::means_nothing(c));
        goes_on && one && word && !self.tokens.is_empty()
    }

    fn run(&self, at: usize, fits: impl Fn(char) -> bool) -> usize {
        self.glyphs[at..].iter().take_while(|glyph| fits(glyph.folded)).count()
    }

    fn token(&self, at: usize) -> (Tok, usize) {
        let c = self.glyphs[at].folded;
        match c {
            '0'..='9' => self.digits(at),
            'a'..='z' => self.latin(at),
            '\n' | '\r' | '|' | ';' | '!' | '?' | '。' => (Tok::Break, 1),
            '@' => {
                let name = self.run(at, |c| !c.is_whitespace());
                if name > 1 { (Tok::Name, name) } else { (Tok::At, 1) }
            }
            '\0'..='\u{7f}'
            | '\u{a2}'..='\u{b0}'
            | '\u{2010}'..='\u{203b}'
            | '、'
            | '½'
            | '\u{223c}'
            | '∙'
            | '€' => (sign(c), 1),
            c if number::is_han(c) => self.numeral(at),
            c => self.chinese(at, c),
        }
    }

    fn chinese(&self, at: usize, c: char) -> (Tok, usize) {
        let found = known::word(c, |n| self.char_at(at + n));
        if !matches!(c, '日' | '天') {
            return found.unwrap_or((Tok::Other, 1));
        }
        // 周日, 周六日; but 一周天气.
        // 本周日程 is this week's.
        let other = c == '日' && self.char_at(at + 1).is_some_and(|c| "程志记期常".contains(c));
        let days = !other && (self.weekday_follows(at) || c == '日' && self.lists_weekdays(at));
        if days
            && found.is_none_or(|(_, length)| length == 1)
            && let Some(day) = weekday_of(c)
        {
            return (Tok::Weekday(day, false), 1);
        }
        found.unwrap_or((Tok::Other, 1))
    }

    fn numeral(&self, at: usize) -> (Tok, usize) {
        // A word such as 一大早, 三八节, 五一.
        if let Some(found) = self.numeral_word(at) {
            return found;
        }
        if self.weekday_follows(at)
            && let Some(day) = weekday_of(self.glyphs[at].folded)
        {
            return (Tok::Weekday(day, false), 1);
        }
        // 周一三五: a weekday for each digit, but 周一三点.
        let listed = self.lists_weekdays(at) && !self.is_counted(at + 1);
        if let Some(day) = weekday_of(self.glyphs[at].folded).filter(|_| listed) {
            return (Tok::Weekday(day, false), 1);
        }
        let mut run = ['\0'; 9];
        let mut count = 0;
        for (place, glyph) in run.iter_mut().zip(&self.glyphs[at..]) {
            *place = glyph.folded;
            count += 1;
        }
        match number::han(&run[..count]) {
            Some((num, length)) => (Tok::Num(num), length),
            None => (Tok::Other, self.run(at, number::is_han)),
        }
    }

    fn numeral_word(&self, at: usize) -> Option<(Tok, usize)> {
        let found = known::word(self.glyphs[at].folded, |n| self.char_at(at + n))?;
        let inside = self
            .tokens
            .last()
            .is_some_and(|last| matches!(last.tok, Tok::Num(_)) && last.to as usize == at);
        // 十一 of 十一月 and 五一 of 五一十 are numbers.
        let total = found.0 == Tok::Zh(Zh::Total);
        let goes_on = !total && self.char_at(at + found.1).is_some_and(number::is_han);
        (!inside && !goes_on && !self.weekday_follows(at)).then_some(found)
    }

    /// Whether 周 stands right before, perhaps with a blank.
    fn weekday_follows(&self, at: usize) -> bool {
        let Some(last) = self.tokens.last() else { return false };
        match last.tok {
            Tok::Zh(Zh::Week) => at - last.to as usize <= 1,
            Tok::Zh(Zh::Weeks(_)) => at == last.to as usize,
            _ => false,
        }
    }

    /// Whether a weekday in Chinese stands right before.
    /// Whether what stands here makes a number of the digit before it: 一三点, but 一三五下午.
    fn is_counted(&self, at: usize) -> bool {
        let counts = |c| "点时月号十刻起次个下定直同般边并样位天周小".contains(c);
        self.char_at(at + 1) != Some('午') && self.char_at(at).is_some_and(counts)
    }

    fn lists_weekdays(&self, at: usize) -> bool {
        let Some(last) = self.tokens.last() else { return false };
        matches!(last.tok, Tok::Weekday(..))
            && last.to as usize == at
            && !self.glyphs[last.from as usize].folded.is_ascii()
    }

    fn digits(&self, at: usize) -> (Tok, usize) {
        let length = self.run(at, |c| c.is_ascii_digit());
        let num = number::arabic(self.glyphs[at..at + length].iter().map(|g| g.folded));
        if self.weekday_follows(at) && length == 1 && (1..=6).contains(&num.value) {
            let clock = matches!(self.char_at(at + 1), Some('点' | ':' | '时' | '次'));
            if !clock {
                let day = weekday_of(char::from_digit(num.value, 10).unwrap_or(' '));
                return day.map_or((Tok::Num(num), 1), |day| (Tok::Weekday(day, false), 1));
            }
        }
        let suffix = (self.char_at(at + length), self.char_at(at + length + 1));
        let ends = self.char_at(at + length + 2).is_none_or(|c| !c.is_ascii_alphanumeric());
        if ends
            && length <= 2
            && matches!(
                suffix,
                (Some('s'), Some('t')) | (Some('n' | 'r'), Some('d')) | (Some('t'), Some('h'))
            )
        {
            return (Tok::Num(Num { form: Form::Ordinal, ..num }), length + 2);
        }
        (Tok::Num(num), length)
    }

    fn latin(&self, at: usize) -> (Tok, usize) {
        if let (Some('q'), Some(nth @ '1'..='4')) = (self.char_at(at), self.char_at(at + 1))
            && self.char_at(at + 2).is_none_or(|c| !c.is_ascii_alphanumeric())
        {
            return (Tok::En(En::QuarterOf(nth as u8 - b'0')), 2);
        }
        if let Some(feast) = phrase::phrase(self.glyphs[at].folded, |n| self.char_at(at + n)) {
            return feast;
        }
        let length = self.run(at, |c| c.is_ascii_alphabetic());
        // An address or a file is one name.
        let behind = (self.char_at(at + length), self.char_at(at + length + 1));
        if behind == (Some(':'), Some('/')) {
            return (Tok::Name, self.run(at, |c| c.is_ascii_graphic()));
        }
        let mut buffer = [0_u8; LATIN_MAX];
        if length > LATIN_MAX {
            return (Tok::Latin, length);
        }
        for (byte, glyph) in buffer.iter_mut().zip(&self.glyphs[at..at + length]) {
            *byte = u8::try_from(glyph.folded).unwrap_or(b'?');
        }
        let word = std::str::from_utf8(&buffer[..length]).unwrap_or_default();
        match english::word(word) {
            // Only with a capital: may, march.
            Some(Tok::Month(month, false)) => {
                let sure = self.is_capital(at) && !self.tokens.is_empty();
                (Tok::Month(month, sure), length)
            }
            Some(Tok::Unit(Unit::Week)) if self.week_end(at + length) => {
                (Tok::Unit(Unit::Weekend), length + 4)
            }
            Some(Tok::Weekday(day, false)) if word == "sat" || word == "sun" || word == "wed" => {
                let written = self.is_capital(at) || word == "wed";
                (if written { Tok::Weekday(day, false) } else { self.lower(at, day) }, length)
            }
            Some(Tok::Num(num)) if num.form == Form::Word && num.value >= 20 => {
                self.tens(at, length, num)
            }
            Some(tok) => (tok, length),
            None => (Tok::Latin, length),
        }
    }

    /// `week-end`, `week end`.
    fn week_end(&self, at: usize) -> bool {
        matches!(self.char_at(at), Some('-' | ' '))
            && "end".chars().enumerate().all(|(n, c)| self.char_at(at + 1 + n) == Some(c))
            && self.char_at(at + 4).is_none_or(|c| !c.is_ascii_alphanumeric())
    }

    /// `sun` and `sat` in small letters are days only behind a word that asks for one.
    fn lower(&self, at: usize, day: Weekday) -> Tok {
        let asked = self.tokens.last().is_some_and(|last| {
            matches!(
                last.tok,
                Tok::En(En::On | En::Next | En::This | En::Last | En::By | En::Every | En::Until)
                    | Tok::Num(_)
            )
        });
        let mut behind =
            self.glyphs[at..].iter().map(|g| g.folded).skip_while(|c| c.is_alphabetic());
        let first = behind.find(|c| *c != ' ');
        let alone = self.tokens.is_empty() && first.is_none_or(|c| c.is_ascii_digit());
        if asked || alone { Tok::Weekday(day, false) } else { Tok::Latin }
    }

    /// `twenty-four`, `twenty second`.
    fn tens(&self, at: usize, length: usize, tens: Num) -> (Tok, usize) {
        let rest = at + length + 1;
        let joined = matches!(self.char_at(rest - 1), Some('-' | ' '));
        let count = if joined {
            self.glyphs.get(rest..).map_or(0, |_| self.run(rest, |c| c.is_ascii_alphabetic()))
        } else {
            0
        };
        let word: String = (rest..rest + count).filter_map(|n| self.char_at(n)).collect();
        match english::word(&word) {
            Some(Tok::Num(num)) if (1..10).contains(&num.value) => {
                let value = tens.value + num.value;
                (Tok::Num(Num { value, width: 0, form: num.form }), length + 1 + count)
            }
            Some(Tok::En(En::Second)) if tens.value <= 30 => {
                let num = Num { value: tens.value + 2, width: 0, form: Form::Ordinal };
                (Tok::Num(num), length + 1 + count)
            }
            Some(_) | None => (Tok::Num(tens), length),
        }
    }
}
