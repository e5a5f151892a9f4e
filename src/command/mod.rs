//! The command language: the catalogue of words, and a line read as an invocation of one of them.

pub mod args;
pub mod called;
pub mod catalogue;
mod check;
mod clauses;
mod content;
mod glyphs;
pub mod guess;
mod handles;
pub mod help;
mod instead;
mod invocation;
mod names;
mod opening;
pub mod parse;
mod read_args;
mod read_lead;
mod read_pairs;
mod read_people;
mod read_time;
mod record;
mod repair;
mod scan;
mod shape;
pub mod stranger;
mod turned;
pub mod undated;
pub mod word;

pub use args::{Ahead, Args};
pub use catalogue::{Catalogue, Role, Word};
pub use handles::HANDLES_MAX;
pub use parse::{Invocation, ParseError, Shape};
