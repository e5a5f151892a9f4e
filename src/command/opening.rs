//! How a line opens, as a value.

use super::invocation::Shape;
use crate::model::{Handle, Lang};

/// A line's beginning, understood.
#[derive(Debug)]
pub struct Opening {
    /// Key of the noun.
    pub noun: String,
    /// Its handle, and the verb's key if it is acted on; `None` for lines that open with a noun.
    pub record: Option<(Handle, Option<String>)>,
    /// More handles that stood with it.
    pub also: Vec<Handle>,
    /// A word such as `新建` stood behind the noun.
    pub creates: bool,
    /// Where a word such as `列表` behind the noun ends.
    pub list_end: Option<usize>,
    /// Language of the words used.
    pub lang: Lang,
    /// The name that was typed, as the catalogue spells it.
    pub typed: String,
    /// Where the arguments begin.
    pub from: usize,
}

impl Opening {
    /// The shape of a line that opens with a handle.
    pub fn record_shape(&self) -> Option<Shape> {
        self.record.as_ref().map(|(handle, verb)| match verb {
            Some(verb) => Shape::Act(*handle, verb.clone()),
            None => Shape::Show(*handle),
        })
    }
}
