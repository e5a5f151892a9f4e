//! Understanding and shaping of text: folding, cutting, dates, recurrences, keywords. Pure; imports
//! `model` only.

pub mod branch;
pub mod condition;
pub mod cut;
pub mod daytime;
pub mod every;
pub mod fold;
pub mod hours;
pub mod keyword;
pub mod lead;
pub mod mask;
pub mod near;
pub mod pattern;
pub mod period;
pub mod progress;
pub mod slip;
pub mod sought;
pub mod terms;
pub mod when;
pub mod workday;
pub mod zone;

mod clock;
mod cron;
mod grammar;
mod lex;
mod next;
mod reach;
mod reference;
mod simplified;
mod stance;
mod starts;
mod weekday;
