//! All sentences.
