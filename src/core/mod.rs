//! What the bot decides: one event in, one commit out. Values only: no clock, no randomness, no
//! I/O.

pub mod commands;
pub mod decide;
pub mod derive;
pub mod dispatch;
pub mod due;
pub mod elsewhere;
pub mod fields;
pub mod finish;
pub mod handler;
pub mod input;
pub mod journal;
pub mod keep;
pub mod ledger;
pub mod meant;
pub mod notices;
pub mod numbers;
pub mod outbox;
pub mod paging;
pub mod pass;
pub mod people;
pub mod policy;
pub mod posts;
pub mod practice;
pub mod question;
pub mod quoted;
pub mod read;
pub mod refusal;
pub mod reminded;
pub mod reminders;
pub mod requests;
pub mod rights;
pub mod say;
pub mod schedule;
pub mod scheduled;
pub mod schedules;
pub mod seen;
pub mod setting;
pub mod several;
pub mod tables;
pub mod timing;
pub mod tour;
pub mod turn;
pub mod typed;
pub mod undo;

pub use input::{Core, Decision, Input};
