//! Every sentence the bot says, in Chinese and English. Nothing is decided here.

pub mod hello;
pub mod help;
pub mod keyword;
pub mod log;
pub mod message;
pub mod refusal;
pub mod report;
pub mod source;
pub mod status;
pub mod task;
pub mod undo;
pub mod voice;
pub mod when;

pub use voice::Voice;
