//! A line taken apart once: folded characters, then typed tokens of dates in Chinese and English.
//! Knows words, no grammar.

mod chinese;
mod dated;
mod english;
mod feasts;
mod glyph;
mod known;
mod line;
mod marks;
pub mod number;
mod phrase;
mod token;

pub use glyph::Glyph;
pub use line::{Line, Token};
pub use number::is_han as is_numeral;
pub use token::{En, Festival, Form, Num, Tok, Unit, Zh};
