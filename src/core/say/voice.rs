//! What every sentence needs: the language, the clock and the bot's name; and the small words they
//! share.

use crate::model::event::Field;
use crate::model::outgoing::{Outgoing, Span};
use crate::model::task::{Deadline, Named};
use crate::model::{Lang, Timestamp};
use crate::text::cut;
use crate::text::hours::print_end;
use crate::text::when::{Reference, print_date, print_instant};

/// With what a sentence is made.
#[derive(Debug, Clone, Copy)]
pub struct Voice<'a> {
    /// Its language.
    pub lang: Lang,
    /// From where its dates are told.
    pub reference: Reference<'a>,
    /// What the bot calls itself here.
    pub bot: &'a str,
    /// The name by which it is @-ed.
    pub called: &'a str,
}

/// Longest stretch of somebody's words inside a line, in characters.
const EXCERPT_CHARS_MAX: usize = 60;

impl Voice<'_> {
    /// One of two texts.
    pub fn pick<T>(&self, zh: T, en: T) -> T {
        match self.lang {
            Lang::Zh => zh,
            Lang::En => en,
        }
    }

    /// An answer of plain lines.
    pub fn lines(&self, zh: &str, en: &str) -> Outgoing {
        Outgoing::text(self.pick(zh, en))
    }

    /// A moment, with weekday.
    pub fn at(&self, at: Timestamp) -> String {
        print_instant(at, self.reference, self.lang)
    }

    /// A deadline, with weekday; a day's says when work ends.
    pub fn due(&self, due: Deadline) -> String {
        match due {
            Deadline::At(at) => self.at(at),
            Deadline::On(day) => {
                let day = print_date(day, self.reference, self.lang);
                let end = print_end(self.reference.work);
                self.pick(format!("{day}{end}前"), format!("{day}, by {end}"))
            }
        }
    }

    /// The same of another group, whose working hours are not known here: a day's says no hour.
    pub fn due_elsewhere(&self, due: Deadline) -> String {
        match due {
            Deadline::At(at) => self.at(at),
            Deadline::On(day) => {
                let day = print_date(day, self.reference, self.lang);
                self.pick(format!("{day}前"), format!("by {day}"))
            }
        }
    }

    /// A line with the bot's @ in front, to copy in a group.
    pub fn addressed(&self, line: &str) -> String {
        format!("@{} {line}", self.called)
    }

    /// Several names, joined.
    pub fn joined(&self, items: impl IntoIterator<Item = String>) -> String {
        let items: Vec<String> = items.into_iter().collect();
        items.join(self.pick("、", ", "))
    }

    /// 「text」 or “text”.
    pub fn quote(&self, text: &str) -> String {
        self.pick(format!("「{text}」"), format!("“{text}”"))
    }
}

/// Most lines of a list that are said at once: what fits a phone.
pub const LISTED_MAX: usize = 5;

/// Most lines of an answer that lists something, what stands above and below included.
const LINES_MAX: usize = 6;

/// How many of so many lines are shown where `others` stand around them: all, or as many as leave
/// room to say how many there still are.
pub fn shown_of(lines: usize, others: usize) -> usize {
    let room = LINES_MAX.saturating_sub(others);
    if lines <= room { lines } else { room.saturating_sub(1) }
}

/// Mentions of people, with blanks between.
pub fn mentions(people: &[Named]) -> Vec<Span> {
    let mut spans = Vec::new();
    for who in people {
        if !spans.is_empty() {
            spans.push(Span::from(" "));
        }
        spans.push(Span::Mention { person: who.person.clone(), name: who.name.clone() });
    }
    spans
}

/// Names of people as plain text: they are spoken of, not called.
pub fn names(people: &[Named]) -> String {
    people.iter().map(|who| format!("@{}", who.name)).collect::<Vec<_>>().join(" ")
}

/// Somebody's words within a line: one line, cut.
pub fn excerpt(text: &str) -> String {
    cut::chars(&cut::one_line(text), EXCERPT_CHARS_MAX)
}

/// A reported value.
pub fn field(value: &Field) -> String {
    match value {
        Field::Number(n) => n.to_string(),
        Field::Text(text) => text.clone(),
        Field::Bool(yes) => yes.to_string(),
    }
}
