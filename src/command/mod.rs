//! The command language: the catalogue of words, and a line read as an invocation of one of them.

pub mod args;
pub mod catalogue;
pub mod help;
pub mod parse;

pub use args::Args;
pub use catalogue::{Catalogue, Role, Word};
pub use parse::{Invocation, ParseError, Shape};
