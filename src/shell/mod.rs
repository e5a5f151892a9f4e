//! The only part that touches the world: sockets, clock, threads, randomness.

pub mod web;
