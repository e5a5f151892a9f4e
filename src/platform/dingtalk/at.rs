//! Mentions in what is sent: who really gets one, and how it is written. Sends nothing.

use std::borrow::Cow;

use super::account::staff_id;
use super::neutral;
use crate::model::{PersonId, Span};

/// Most people in the `at` of one message. Source: docs/platforms/dingtalk.md#limits.
const AT_MAX: usize = 50;
/// Longest staff id. Source: docs/platforms/dingtalk.md#people.
const STAFF_ID_BYTES_MAX: usize = 64;

/// The mentions of one message while it is written.
#[derive(Debug, Default)]
pub struct At {
    live: bool,
    ids: Vec<String>,
}

impl At {
    /// `live`: by id, so that people are notified; otherwise only names are written.
    pub fn new(live: bool) -> Self {
        Self { live, ids: Vec::new() }
    }

    /// The staff ids for `atUserIds`, each once.
    pub fn ids(&self) -> &[String] {
        &self.ids
    }

    /// Writes a line in the platform's text behind `out`. `draw` writes a span's words (escaping,
    /// emphasis); it is told whether the line is still empty, where more characters are markup.
    pub fn line(
        &mut self,
        spans: &[Span],
        out: &mut String,
        draw: impl Fn(&Words, bool, &mut String),
    ) {
        let start = out.len();
        let mut owes_blank = false;
        for span in spans {
            let (words, live) = match span {
                Span::Text(text) => (Words::Text(neutral::clean(text)), false),
                Span::Strong(text) => (Words::Strong(neutral::clean(text)), false),
                Span::Mention { person, name } => self.mention(person, name),
            };
            let before = out.len();
            draw(&words, before == start, out);
            let drawn = &out[before..];
            let is_empty = drawn.is_empty();
            // The id ends where a blank stands.
            if owes_blank && !is_empty && !drawn.starts_with(char::is_whitespace) {
                out.insert(before, ' ');
            }
            owes_blank = live || (owes_blank && is_empty);
        }
    }

    /// By id where the platform can notify them: the id must stand in the text and in `atUserIds`
    /// (docs/platforms/dingtalk.md#mentions).
    fn mention(&mut self, person: &PersonId, name: &str) -> (Words<'static>, bool) {
        let id = staff_id(person).filter(|id| self.live && is_plain(id));
        let known = id.is_some_and(|id| self.ids.iter().any(|known| known == id));
        match id {
            Some(id) if known || self.ids.len() < AT_MAX => {
                if !known {
                    self.ids.push(id.to_owned());
                }
                (Words::Id(format!("@{id}")), true)
            }
            Some(_) | None => {
                let called = format!("@{}", name.trim());
                (Words::Text(Cow::Owned(neutral::clean(&called).into_owned())), false)
            }
        }
    }
}

/// What a span says, without its force but not yet escaped.
#[derive(Debug)]
pub enum Words<'a> {
    /// Plain words.
    Text(Cow<'a, str>),
    /// Emphasis.
    Strong(Cow<'a, str>),
    /// `@` and a staff id, to be written exactly so.
    Id(String),
}

/// An id of the documented characters, which cannot be taken for a call of everybody or for markup.
fn is_plain(id: &str) -> bool {
    let fit = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-' | b'.');
    id.len() <= STAFF_ID_BYTES_MAX
        && id.starts_with(|c: char| c.is_ascii_alphanumeric())
        && id.bytes().all(fit)
        && neutral::clean(&format!("@{id}")).starts_with('@')
}
