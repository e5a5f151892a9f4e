//! A place among the tokens of a line. Copied to try something; written back when it worked.

use crate::model::preferences::Span;
use crate::text::hours::USUAL;
use crate::text::lex::{En, Line, Num, Tok, Zh};

/// A place in a line.
#[derive(Clone, Copy)]
pub struct Cursor<'a> {
    line: &'a Line,
    work: &'a Span,
    /// Number of the next token.
    pub at: usize,
}

impl<'a> Cursor<'a> {
    /// The place before token number `at`.
    pub fn new(line: &'a Line, at: usize) -> Self {
        Self { line, work: &USUAL, at }
    }

    /// The same where these are the working hours.
    pub fn at_work(self, work: &'a Span) -> Self {
        Self { work, ..self }
    }

    /// The working hours: 上班 and 下班.
    pub fn work(self) -> Span {
        *self.work
    }

    /// The next token.
    #[inline]
    pub fn tok(self) -> Tok {
        self.peek(0)
    }

    /// The token `n` behind the next.
    #[inline]
    pub fn peek(self, n: usize) -> Tok {
        self.line.token_at(self.at + n).map_or(Tok::End, |token| token.tok)
    }

    /// The token before the place.
    pub fn before(self) -> Tok {
        let before = self.at.checked_sub(1).and_then(|at| self.line.token_at(at));
        before.map_or(Tok::End, |token| token.tok)
    }

    /// Whether a weekday stands right before the place.
    pub fn before_is_weekday(self) -> bool {
        matches!(self.before(), Tok::Weekday(..))
    }

    /// Whether a blank or nothing stands before the next token.
    pub fn gap(self) -> bool {
        self.at == 0 || self.gap_at(0)
    }

    /// Whether a blank or nothing stands before the token `n` behind the next.
    pub fn gap_at(self, n: usize) -> bool {
        self.line.token_at(self.at + n).is_none_or(|token| token.gap)
    }

    /// The first character of the next token if no blank stands before it.
    pub fn next_char(self) -> Option<char> {
        let token = self.line.token_at(self.at).filter(|token| !token.gap)?;
        self.line.char_at(token.from as usize)
    }

    /// The character `n` behind the first of the next token.
    pub fn char_at(self, n: usize) -> Option<char> {
        let token = self.line.token_at(self.at)?;
        self.line.char_at(token.from as usize + n)
    }

    /// The last character before the place if no blank is between.
    pub fn last_char(self) -> Option<char> {
        if self.gap() {
            return None;
        }
        let token = self.at.checked_sub(1).and_then(|at| self.line.token_at(at))?;
        self.line.char_at((token.to as usize).checked_sub(1)?)
    }

    /// The characters of the next token.
    pub fn chars(self) -> impl Iterator<Item = char> + 'a {
        let (from, to) = self.line.token_at(self.at).map_or((0, 0), |token| (token.from, token.to));
        let line = self.line;
        (from as usize..to as usize).filter_map(move |at| line.char_at(at))
    }

    /// Whether any word of the line is an English one of dates.
    pub fn in_english(self) -> bool {
        self.line.is_english()
    }

    /// Whether the next token is written in Latin letters.
    pub fn is_latin(self) -> bool {
        self.char_at(0).is_some_and(|c| c.is_ascii_alphabetic())
    }

    /// Whether the next token begins with a capital.
    pub fn is_capital(self) -> bool {
        self.line.token_at(self.at).is_some_and(|token| self.line.is_capital(token.from as usize))
    }

    /// Goes one token on.
    pub fn bump(&mut self) {
        self.at = (self.at + 1).min(self.line.token_count());
    }

    /// Eats a token if it stands here.
    pub fn eat(&mut self, tok: Tok) -> bool {
        let there = self.tok() == tok && tok != Tok::End;
        if there {
            self.at += 1;
        }
        there
    }

    /// Eats a Chinese word if it stands here.
    pub fn zh(&mut self, word: Zh) -> bool {
        let there = matches!(self.tok(), Tok::Zh(here) if here == word);
        self.at += usize::from(there);
        there
    }

    /// Eats an English word if it stands here.
    pub fn en(&mut self, word: En) -> bool {
        let there = matches!(self.tok(), Tok::En(here) if here == word);
        self.at += usize::from(there);
        there
    }

    /// Eats one of these Chinese words.
    pub fn zh_of(&mut self, words: &[Zh]) -> Option<Zh> {
        let Tok::Zh(word) = self.tok() else { return None };
        words.contains(&word).then(|| {
            self.at += 1;
            word
        })
    }

    /// Eats one of these English words.
    pub fn en_of(&mut self, words: &[En]) -> Option<En> {
        let Tok::En(word) = self.tok() else { return None };
        words.contains(&word).then(|| {
            self.at += 1;
            word
        })
    }

    /// Eats a number.
    pub fn num(&mut self) -> Option<Num> {
        let Tok::Num(num) = self.tok() else { return None };
        self.at += 1;
        Some(num)
    }

    /// Tries to read something; stays here if it is not there.
    pub fn attempt<T>(&mut self, read: impl FnOnce(&mut Self) -> Option<T>) -> Option<T> {
        let mut next = *self;
        let found = read(&mut next)?;
        *self = next;
        Some(found)
    }

    /// Whether something could be read here.
    pub fn sees<T>(self, read: impl FnOnce(&mut Self) -> Option<T>) -> bool {
        let mut next = self;
        read(&mut next).is_some()
    }
}
