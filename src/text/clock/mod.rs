//! Clock times in text: `18:00`, `下午3点半`, `6pm`. Days are not known here.

mod read;
mod value;

pub use read::{bare_hour, read, whole_part};
pub use value::{Clock, Part, Reading, Wall};
