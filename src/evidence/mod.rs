//! What a sealed stretch of a journal proves to somebody who trusts neither the bot nor its
//! operator: a file format and its verifier. It reads no store and asks nobody.

pub mod finding;
pub mod seal;
pub mod verify;
