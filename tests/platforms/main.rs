//! Platforms against byte vectors: what comes in, what goes out, what answers mean. No network.

mod hostile;
mod outcomes;
mod parts;
mod playground;
mod quotes;
mod receive;
mod render;
mod source;
mod stream;
mod support;
mod vectors;
