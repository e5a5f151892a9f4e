//! Platforms against byte vectors: what comes in, what goes out, what answers mean. No network.

#[path = "platforms/hostile.rs"]
mod hostile;
#[path = "platforms/outcomes.rs"]
mod outcomes;
#[path = "platforms/playground.rs"]
mod playground;
#[path = "platforms/quotes.rs"]
mod quotes;
#[path = "platforms/receive.rs"]
mod receive;
#[path = "platforms/render.rs"]
mod render;
#[path = "platforms/source.rs"]
mod source;
#[path = "platforms/support.rs"]
mod support;
#[path = "platforms/vectors.rs"]
mod vectors;
