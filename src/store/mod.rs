//! One ordered key space with atomic commits. Nothing outside may assume an engine, one process or
//! a local disk.

mod contract;
mod fault;
pub mod key;
pub mod stored;
pub mod table;
pub mod view;

mod open;
mod sealed;

mod keyring;
mod lately;
mod meta;
mod parts;
mod revision;
mod seal;

pub mod backend;
pub mod commit_log;
pub mod copy;
pub mod faulty;
pub mod logged;
pub mod memory;
mod merge;
pub mod overlay;
pub mod packed;
pub mod sled;

pub mod directory;
pub mod keyfile;
pub mod rebuild;
mod recent;

pub use contract::{Commit, Conflict, Order, Position, Revision, Store, Value};
pub use fault::Fault;
pub use key::{Key, KeyHasher, ScopeHash, TableId};
pub use open::{Kind, Master, Opened, open, stands_in};
pub use seal::{Cipher, KEY_BYTES, SEAL_BYTES, random};
pub use sealed::Sealed;
pub use table::Table;
pub use view::View;
