//! The only part that touches the world: sockets, clock, threads, randomness. Decides nothing:
//! `core` does. A message's way: `http` → `worker` → `committer` → `outbox` → `transport`.

pub mod accounts;
pub mod alive;
pub mod bell;
pub mod circuit;
pub mod clock;
pub mod committer;
pub mod door;
pub mod entropy;
pub mod eraser;
pub mod exporter;
pub mod fatal;
pub mod forget;
pub mod gate;
mod header;
pub mod http;
pub mod importer;
pub mod indexer;
pub mod intake;
pub mod limiter;
pub mod links;
pub mod log;
pub mod metrics;
pub mod outbox;
pub mod rows;
pub mod steady;
pub mod ticker;
pub mod transport;
pub mod tray;
pub mod web;
pub mod worker;
