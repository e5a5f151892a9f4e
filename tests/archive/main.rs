//! The archive page over real HTTP, with the whole bot behind it: who gets in, what they read, and
//! that what they do is a command like any other.

mod acts;
mod page;
mod reads;
mod way_in;

#[path = "../fake/mod.rs"]
#[expect(dead_code, reason = "its client and settings alone")]
mod fake;
