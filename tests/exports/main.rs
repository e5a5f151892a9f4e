//! Exports as files: read by strict readers, handed out once by the real server, sealed on disk,
//! and written though the process ends in the middle; and records that are brought back.

mod back;
mod brought;
mod files;
mod long;
mod read;
mod resumed;
mod server;

#[path = "../search/filled.rs"]
mod filled;

#[path = "../bot/mod.rs"]
mod bot;
#[path = "../fake/mod.rs"]
#[expect(dead_code, reason = "its client and settings alone")]
mod fake;
