//! Dates and times as people type them, in Chinese and English. Weeks begin on Monday, a bare 3点
//! is 15:00, 周五前 is Friday itself; all conventions are in docs/time.md.

mod choose;
mod doubt;
mod find;
mod hours;
mod mistyped;
mod print;
mod told;
mod types;

pub use find::{at_start, find, find_in, read, rivals};
pub use hours::{hour_on, hours, hours_today};
pub use print::{print_date, print_instant};
pub use types::{Found, When};

pub use super::clock::Part;
pub use super::grammar::{Amount, Meaning, Range};
pub use super::lex::{Glyph, Line};
pub use super::reference::Reference;
pub use super::stance::{Aim, begins_number};
