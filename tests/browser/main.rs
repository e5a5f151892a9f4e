//! The pages in a real browser, with the whole bot behind them.
//! Needs chromium and chromedriver; without them it is passed over, except where `CI=true`.

mod archive;
mod bench;
mod play;

#[path = "../program/mod.rs"]
mod program;
