//! A folded line as characters, and a cursor that eats words and numbers from it. Knows no grammar
//! of dates.

use std::ops::Range;

use super::fold::{Folded, fold};

/// Only so much of a text is searched: the longest line that can be a command.
pub const SCAN_CHARS_MAX: usize = 4_000;
/// More blanks than this end a phrase, so that a run of blanks costs no time.
const BLANKS_MAX: usize = 4;

/// Traditional characters that occur in dates, and the simplified ones the grammar is written in.
const SIMPLIFIED: [(char, char); 15] = [
    ('後', '后'),
    ('點', '点'),
    ('禮', '礼'),
    ('個', '个'),
    ('鐘', '钟'),
    ('鍾', '钟'),
    ('時', '时'),
    ('號', '号'),
    ('週', '周'),
    ('兩', '两'),
    ('內', '内'),
    ('這', '这'),
    ('裡', '里'),
    ('節', '节'),
    ('間', '间'),
];

/// A text made ready for reading.
pub struct Line<'a> {
    original: &'a str,
    folded: Folded,
    chars: Vec<char>,
    /// Byte offset of each character in the folded text, and the end.
    starts: Vec<usize>,
    /// Whether the character belongs to a name behind an @ (up to the next blank).
    named: Vec<bool>,
}

impl<'a> Line<'a> {
    /// Folds a text and takes it apart.
    pub fn new(original: &'a str) -> Self {
        let end = original.char_indices().nth(SCAN_CHARS_MAX).map_or(original.len(), |(at, _)| at);
        let folded = fold(&original[..end]);
        let mut starts: Vec<usize> = folded.text.char_indices().map(|(at, _)| at).collect();
        starts.push(folded.text.len());
        let mut inside = false;
        let mut named = Vec::with_capacity(starts.len());
        let mut chars = Vec::with_capacity(starts.len());
        for c in folded.text.chars() {
            inside = !c.is_whitespace() && (inside || c == '@');
            named.push(inside);
            let simple = SIMPLIFIED.iter().find(|(traditional, _)| *traditional == c);
            chars.push(simple.map_or(c, |(_, simple)| *simple));
        }
        Self { original, folded, chars, starts, named }
    }

    /// A cursor on the character number `at`.
    pub fn cursor(&self, at: usize) -> Cursor<'_> {
        Cursor { line: self, at }
    }

    /// How many characters there are.
    pub fn len(&self) -> usize {
        self.chars.len()
    }

    /// The bytes of the original that became these characters.
    pub fn span(&self, chars: Range<usize>) -> Range<usize> {
        self.folded.original(self.starts[chars.start]..self.starts[chars.end])
    }
}

/// A place in a line. Copied to try something; the copy is written back when it worked.
#[derive(Clone, Copy)]
pub struct Cursor<'a> {
    line: &'a Line<'a>,
    /// Number of the next character.
    pub at: usize,
}

/// A run of ASCII digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Digits {
    /// Its value.
    pub value: u32,
    /// How many digits were written.
    pub count: usize,
}

impl Digits {
    /// Whether it was written with a leading zero, as `09`.
    pub fn padded(self) -> bool {
        self.count == 2 && self.value < 10
    }
}

impl Cursor<'_> {
    /// The next character.
    pub fn peek(self) -> Option<char> {
        self.peek_after(0)
    }

    /// The character `n` behind the next.
    pub fn peek_after(self, n: usize) -> Option<char> {
        self.line.chars.get(self.at + n).copied()
    }

    /// The character before the place.
    pub fn before(self) -> Option<char> {
        self.at.checked_sub(1).and_then(|at| self.line.chars.get(at).copied())
    }

    /// Whether the place lies in a name behind an @.
    pub fn in_name(self) -> bool {
        self.line.named.get(self.at).copied().unwrap_or(false)
    }

    /// Whether the next character is an upper-case letter in the original.
    pub fn is_capital(self) -> bool {
        if self.at >= self.line.len() {
            return false;
        }
        let span = self.line.span(self.at..self.at + 1);
        self.line.original[span].starts_with(char::is_uppercase)
    }

    /// Whether the text before the place ends with `word`.
    pub fn follows(self, word: &str) -> bool {
        let mut before = self.line.chars[..self.at].iter().rev();
        word.chars().rev().all(|c| before.next() == Some(&c))
    }

    /// The ASCII word before the place, blanks between them skipped; empty if there is none. At
    /// most 12 letters.
    pub fn word_before(self) -> String {
        let before = self.line.chars[..self.at].iter().rev();
        let word: String = before
            .skip_while(|c| **c == ' ')
            .take_while(|c| c.is_ascii_alphanumeric())
            .take(12)
            .collect();
        word.chars().rev().collect()
    }

    /// Whether two numbers joined by a dot or a hyphen stand before the place: 12.1 or 6-3, perhaps
    /// a date.
    pub fn pair_before(self) -> bool {
        let before = self.line.chars[..self.at].iter().rev().skip_while(|c| **c == ' ');
        let token: String =
            before.take_while(|c| c.is_ascii_digit() || matches!(c, '.' | '-')).take(8).collect();
        token.split(['.', '-']).filter(|part| matches!(part.len(), 1 | 2)).count() == 2
            && matches!(token.len(), 3..=5)
    }

    /// Goes one character on.
    pub fn step(&mut self) {
        self.at = (self.at + 1).min(self.line.len());
    }

    /// Eats `word` if it stands here.
    pub fn eat(&mut self, word: &str) -> bool {
        let mut next = *self;
        for c in word.chars() {
            if next.peek() != Some(c) {
                return false;
            }
            next.at += 1;
        }
        *self = next;
        true
    }

    /// Eats the Latin `word` if it stands here and ends here.
    pub fn eat_word(&mut self, word: &str) -> bool {
        let mut next = *self;
        let eaten = next.eat(word) && next.at_word_end();
        if eaten {
            *self = next;
        }
        eaten
    }

    /// Whether no Latin letter or digit goes on here.
    pub fn at_word_end(self) -> bool {
        self.peek().is_none_or(|c| !c.is_ascii_alphanumeric())
    }

    /// Eats the first of the words that stands here; longer ones must come first.
    pub fn one_of<T: Copy>(&mut self, words: &[(&str, T)]) -> Option<T> {
        words.iter().find(|(word, _)| self.eat(word)).map(|(_, value)| *value)
    }

    /// Like [`Cursor::one_of`], for Latin words that must end here.
    pub fn word_of<T: Copy>(&mut self, words: &[(&str, T)]) -> Option<T> {
        words.iter().find(|(word, _)| self.eat_word(word)).map(|(_, value)| *value)
    }

    /// Eats one of the words; whether it did.
    pub fn any(&mut self, words: &[&str]) -> bool {
        words.iter().any(|word| self.eat(word))
    }

    /// Eats one of the Latin words; whether it did.
    pub fn any_word(&mut self, words: &[&str]) -> bool {
        words.iter().any(|word| self.eat_word(word))
    }

    /// Eats a few blanks; whether there were any.
    pub fn blanks(&mut self) -> bool {
        let start = self.at;
        while self.at - start < BLANKS_MAX && self.peek().is_some_and(|c| c == ' ' || c == '\t') {
            self.at += 1;
        }
        self.at > start
    }

    /// Eats a whole run of at most `most` ASCII digits; a longer run is none.
    pub fn digits(&mut self, most: usize) -> Option<Digits> {
        let mut next = *self;
        let mut value = 0;
        while let Some(digit) =
            next.peek().filter(char::is_ascii_digit).and_then(|c| c.to_digit(10))
        {
            if next.at - self.at == most.min(8) {
                return None;
            }
            value = value * 10 + digit;
            next.at += 1;
        }
        let count = next.at - self.at;
        *self = next;
        (count > 0).then_some(Digits { value, count })
    }

    /// Eats a number: up to four digits, or a Chinese numeral up to 99.
    pub fn number(&mut self) -> Option<u32> {
        self.digits(4).map(|digits| digits.value).or_else(|| self.numeral())
    }

    /// Eats a Chinese numeral up to 99: `三`, `十五`, `二十`, `零五`; not two digits side by side, which
    /// are a guess (两三).
    pub fn numeral(&mut self) -> Option<u32> {
        let mut next = *self;
        let first = next.numeral_digit();
        let value = if next.eat("十") {
            first.unwrap_or(1) * 10 + next.numeral_digit().unwrap_or(0)
        } else if first == Some(0) {
            next.numeral_digit().unwrap_or(0)
        } else {
            first?
        };
        if next.peek().is_some_and(|c| digit_of(c).is_some() || "十百千万亿".contains(c)) {
            return None;
        }
        *self = next;
        Some(value)
    }

    /// Eats one Chinese digit.
    pub fn numeral_digit(&mut self) -> Option<u32> {
        let digit = digit_of(self.peek()?)?;
        self.at += 1;
        Some(digit)
    }
}

/// The value of a Chinese digit.
pub fn digit_of(c: char) -> Option<u32> {
    Some(match c {
        '零' | '〇' => 0,
        '一' => 1,
        '二' | '两' => 2,
        '三' => 3,
        '四' => 4,
        '五' => 5,
        '六' => 6,
        '七' => 7,
        '八' => 8,
        '九' => 9,
        _ => return None,
    })
}
