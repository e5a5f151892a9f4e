//! One handler file a word.
