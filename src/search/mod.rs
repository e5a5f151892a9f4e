//! The blind index: where in a scope's kept messages a term stands, in sealed files beside the
//! store. It is made from the store, can be made anew from it at any time, and is never the only
//! place of anything. Told in docs/search.md.

mod batch;
mod block;
mod fault;
mod index;
mod keys;
mod manifest;
mod merge;
mod of_scope;
mod segment;

pub use batch::Batch;
pub use fault::Fault;
pub use index::{Index, Looked};
