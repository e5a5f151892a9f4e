//! Stored revisions: 8 bytes and a keyed hash over them and their key. Not sealed, as a count is no
//! secret and must outlive every data key; the hash shows a damaged or moved one.

use super::table::id::REVISION;
use super::{Fault, Key, KeyHasher, Revision, ScopeHash};

const KIND: &[u8] = b"revision";
const COUNT_BYTES: usize = 8;

/// Where a scope's revision stands.
pub fn key(scope: ScopeHash) -> Vec<u8> {
    Key::new(REVISION, scope, &[]).0
}

/// The row of a revision.
pub fn encode(keys: &KeyHasher, key: &[u8], revision: Revision) -> Vec<u8> {
    let count = revision.to_be_bytes();
    [&count[..], &hash(keys, key, &count)].concat()
}

/// The revision in a row; 0 where there is none.
pub fn decode(keys: &KeyHasher, key: &[u8], row: Option<&[u8]>) -> Result<Revision, Fault> {
    let Some(row) = row else { return Ok(0) };
    match row.split_first_chunk::<COUNT_BYTES>() {
        // No secret is compared: whoever can read the row knows the hash.
        Some((count, seen)) if seen == hash(keys, key, count) => Ok(u64::from_be_bytes(*count)),
        _ => Err(Fault::Unreadable { key: hex::encode(key), why: "damaged or moved" }),
    }
}

fn hash(keys: &KeyHasher, key: &[u8], count: &[u8; COUNT_BYTES]) -> [u8; 16] {
    keys.name(KIND, &[count, key].concat())
}
