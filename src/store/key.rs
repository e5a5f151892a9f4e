//! Keys: table byte, keyed hash of the scope, rest. They name no person, group or word.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use crate::model::{Scope, Secret};

/// First byte of a key. The list of all of them is in `table::id`, so that none is used twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TableId(pub u8);

/// Keyed hash of a scope's path; zeros stand for indexes over all scopes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct ScopeHash(pub [u8; 16]);

/// A key as bytes, ordered bytewise.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key(pub Vec<u8>);

/// Length of table byte and scope hash.
const HEAD_BYTES: usize = 17;

impl Key {
    /// The key of `rest` in a table of a scope.
    pub fn new(table: TableId, scope: ScopeHash, rest: &[u8]) -> Self {
        let mut bytes = Vec::with_capacity(HEAD_BYTES + rest.len());
        bytes.push(table.0);
        bytes.extend_from_slice(&scope.0);
        bytes.extend_from_slice(rest);
        Self(bytes)
    }

    /// A key of an index over all scopes: table byte and rest only.
    pub fn global(table: TableId, rest: &[u8]) -> Self {
        let mut bytes = Vec::with_capacity(1 + rest.len());
        bytes.push(table.0);
        bytes.extend_from_slice(rest);
        Self(bytes)
    }

    /// The table.
    pub fn table(&self) -> TableId {
        TableId(self.0.first().copied().unwrap_or_default())
    }

    /// The rest, for a key with a scope; empty if it is too short to have one.
    pub fn rest(&self) -> &[u8] {
        self.0.get(HEAD_BYTES..).unwrap_or_default()
    }

    /// The smallest key above every key that begins with `prefix`.
    pub fn after_prefix(prefix: &[u8]) -> Vec<u8> {
        let mut end = prefix.to_vec();
        while let Some(last) = end.pop() {
            if last < u8::MAX {
                end.push(last + 1);
                return end;
            }
        }
        vec![u8::MAX; 64]
    }
}

/// Hashes names into keys with a secret of the deployment. Cheap to clone.
#[derive(Clone)]
pub struct KeyHasher(Hmac<Sha256>);

impl KeyHasher {
    /// With the key-hash secret: random, stored wrapped, never rotated.
    pub fn new(secret: &Secret) -> Self {
        // HMAC takes a key of any length.
        Self(Hmac::new_from_slice(secret.expose()).expect("any length"))
    }

    /// The hash of a scope.
    pub fn scope(&self, scope: &Scope) -> ScopeHash {
        ScopeHash(self.name(b"scope", scope.path().as_bytes()))
    }

    /// The hash of a name within a kind of names.
    pub fn name(&self, kind: &[u8], name: &[u8]) -> [u8; 16] {
        let mut mac = self.0.clone();
        mac.update(&[kind.len() as u8]);
        mac.update(kind);
        mac.update(name);
        let full: [u8; 32] = mac.finalize().into_bytes().into();
        let mut half = [0; 16];
        half.copy_from_slice(&full[..16]);
        half
    }
}

impl std::fmt::Debug for KeyHasher {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("KeyHasher(…)")
    }
}
