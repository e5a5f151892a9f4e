//! Steward 群管家: a bot that lives inside group conversations.
//!
//! Pure inside, I/O outside: `model text command store core platform` decide and translate with
//! values only; `shell` touches the world. The map, the invariants and a message's way are in
//! `docs/ARCHITECTURE.md`.

pub mod app;
pub mod cli;
pub mod command;
pub mod config;
pub mod core;
pub mod evidence;
pub mod export;
pub mod import;
pub mod model;
pub mod platform;
pub mod search;
pub mod shell;
pub mod store;
pub mod text;
