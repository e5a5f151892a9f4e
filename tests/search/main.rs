//! Searching an archive through its index: everything that a plain look finds and nothing else,
//! nothing legible on disk, and an index that may be damaged or gone at any time.

mod archive;
mod damage;
mod disk;
mod erased;
mod filled;
mod follows;
mod paged;
mod recall;

#[path = "../bot/mod.rs"]
mod bot;
