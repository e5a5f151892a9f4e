//! What whole-bot tests run against: a fake platform on loopback, and the real bot started in this
//! process.

pub mod bot;
pub mod cue;
pub mod dingtalk;
pub mod play;
pub mod stream;
