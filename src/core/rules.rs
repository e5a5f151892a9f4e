//! The keyword pass.
