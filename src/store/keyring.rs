//! Data keys: one a scope and month, made when first needed, stored wrapped, opened ones
//! remembered. Destroying a wrapped key erases all it sealed. It holds no values.
//!
//! Two rows a key: (scope, month) → id, and id → scope, month, wrapped key. Both are written in the
//! batch of the first value that the key seals, and nothing is remembered before that batch stands,
//! so a batch that fails cannot leave values behind whose key was never written.

use std::sync::{Arc, PoisonError, RwLock};

use chrono::Datelike;
use zeroize::Zeroizing;

use super::backend::{Backend, Rows, pending};
use super::recent::Recent;
use super::seal::{self, Cipher, KEY_BYTES, SEALS_MAX};
use super::table::id::META;
use super::{Fault, Key, Order, ScopeHash};
use crate::model::Timestamp;

/// Opened keys remembered, a generation: about 1 KiB each, so at most 4 MiB for two generations.
const OPENED_MAX: usize = 2048;
/// Months remembered for writing, a generation: one a scope that writes.
const MONTHS_MAX: usize = 2048;

/// Rest of a META key: the id of the key of a scope and month follows.
const BY_MONTH: u8 = b'K';
/// Rest of a META key: the wrapped key of an id follows.
const BY_ID: u8 = b'D';
/// Scope hash and month, in front of a wrapped key.
const OWNER_BYTES: usize = 16 + 4;

/// Whose key: scope and month, as months since year 0, UTC.
type Owner = (ScopeHash, i32);

/// Opens what any data key sealed.
pub struct Keyring {
    wrapping: Cipher,
    opened: RwLock<Recent<u32, Arc<Cipher>>>,
}

impl Keyring {
    /// With the key that wraps data keys.
    pub fn new(wrapping: Cipher) -> Self {
        Self { wrapping, opened: RwLock::new(Recent::new(OPENED_MAX)) }
    }

    /// Opens the sealed bytes at a key.
    pub fn open(&self, backend: &impl Backend, key: &[u8], sealed: Vec<u8>) -> Opened {
        let unreadable = |why| Fault::Unreadable { key: hex::encode(key), why };
        let id = seal::key_id(&sealed)
            .ok_or_else(|| unreadable("not a sealed value of a known version"))?;
        let cipher = match self.cipher(backend, id) {
            Ok(Some(cipher)) => cipher,
            Ok(None) => return Err(unreadable("its data key is gone")),
            // Said of the value that was asked for: whoever reads can pass it over.
            Err(Fault::Unreadable { .. }) => return Err(unreadable("its data key does not open")),
            Err(fault) => return Err(fault),
        };
        cipher.open(key, sealed).map_err(unreadable)
    }

    /// The data key of an id, if it stands.
    fn cipher(&self, backend: &impl Backend, id: u32) -> Result<Option<Arc<Cipher>>, Fault> {
        // A cache left by a panic is still a cache.
        if let Some(cipher) = self.opened.read().unwrap_or_else(PoisonError::into_inner).peek(&id) {
            return Ok(Some(Arc::clone(cipher)));
        }
        let mut opened = self.opened.write().unwrap_or_else(PoisonError::into_inner);
        if let Some(cipher) = opened.get(&id) {
            return Ok(Some(Arc::clone(cipher)));
        }
        let key = id_key(id);
        let Some(row) = backend.get(&key)? else { return Ok(None) };
        let cipher = Arc::new(self.opened_key(&key, &row)?);
        opened.put(id, Arc::clone(&cipher));
        Ok(Some(cipher))
    }

    fn wrap(&self, key: &[u8], owner: Owner, data_key: &[u8]) -> Result<Vec<u8>, Fault> {
        let mut row = owner_bytes(owner);
        let wrapped = self.wrapping.seal(0, &[key, &row].concat(), data_key)?;
        row.extend_from_slice(&wrapped);
        Ok(row)
    }

    fn opened_key(&self, key: &[u8], row: &[u8]) -> Result<Cipher, Fault> {
        let unreadable = |why| Fault::Unreadable { key: hex::encode(key), why };
        let (owner, wrapped) =
            row.split_at_checked(OWNER_BYTES).ok_or_else(|| unreadable("not a wrapped key"))?;
        let plain = self.wrapping.open(&[key, owner].concat(), wrapped.to_vec());
        let plain = Zeroizing::new(plain.map_err(unreadable)?);
        let data_key: &[u8; KEY_BYTES] =
            plain.as_slice().try_into().map_err(|_| unreadable("not a key of 32 bytes"))?;
        Ok(Cipher::new(data_key))
    }
}

/// A plain value, or why there is none.
type Opened = Result<Vec<u8>, Fault>;

/// Chooses and makes keys for writing. One writer at a time owns it.
pub struct Months {
    current: Recent<Owner, Current>,
    /// Ids go up; one of a batch that failed is left out.
    next_id: Option<u32>,
}

struct Current {
    id: u32,
    cipher: Arc<Cipher>,
    /// Seals since the start of the process.
    seals: u64,
}

impl Months {
    /// Looks once which id comes next.
    pub fn open(backend: &impl Backend) -> Result<Self, Fault> {
        let start = Key::global(META, &[BY_ID]).0;
        let end = Key::after_prefix(&start);
        let last = backend.scan(&start..&end, 1, Order::Down)?;
        let last_id = last.first().and_then(|(key, _)| key.last_chunk());
        let next_id = last_id.map_or(Some(1), |id| u32::from_be_bytes(*id).checked_add(1));
        Ok(Self { current: Recent::new(MONTHS_MAX), next_id })
    }

    /// The key for `seals` values of a scope at an instant, and its id. A new key is added to
    /// `rows`.
    pub fn cipher(
        &mut self,
        ring: &Keyring,
        backend: &impl Backend,
        rows: &mut Rows,
        (scope, at, seals): (ScopeHash, Timestamp, u64),
    ) -> Result<(u32, Arc<Cipher>), Fault> {
        let owner = (scope, month(at));
        if let Some(current) = self.current.get(&owner) {
            current.seals = current.seals.saturating_add(seals);
            if current.seals <= SEALS_MAX {
                return Ok((current.id, Arc::clone(&current.cipher)));
            }
            self.current.remove(&owner);
            return self.make(ring, rows, owner);
        }
        let by_month = month_key(owner);
        let Some(id) = pending(backend, rows, &by_month)? else {
            return self.make(ring, rows, owner);
        };
        let id = id.first_chunk().map(|id| u32::from_be_bytes(*id)).ok_or_else(|| {
            Fault::Unreadable { key: hex::encode(&by_month), why: "not a key id" }
        })?;
        let key = id_key(id);
        if let Some(Some(row)) = rows.get(&key) {
            return Ok((id, Arc::new(ring.opened_key(&key, row)?)));
        }
        let cipher = match ring.cipher(backend, id) {
            Ok(Some(cipher)) => cipher,
            // Destroyed or damaged within its month: what comes now needs another one.
            Ok(None) | Err(Fault::Unreadable { .. }) => return self.make(ring, rows, owner),
            Err(fault) => return Err(fault),
        };
        self.current.put(owner, Current { id, cipher: Arc::clone(&cipher), seals });
        Ok((id, cipher))
    }

    fn make(
        &mut self,
        ring: &Keyring,
        rows: &mut Rows,
        owner: Owner,
    ) -> Result<(u32, Arc<Cipher>), Fault> {
        let id =
            self.next_id.ok_or_else(|| Fault::Engine("no data key ids are left".to_owned()))?;
        self.next_id = id.checked_add(1);
        let data_key = Zeroizing::new(seal::random::<KEY_BYTES>()?);
        let key = id_key(id);
        let row = ring.wrap(&key, owner, data_key.as_slice())?;
        rows.insert(key, Some(row));
        rows.insert(month_key(owner), Some(id.to_be_bytes().to_vec()));
        Ok((id, Arc::new(Cipher::new(&data_key))))
    }
}

fn month(at: Timestamp) -> i32 {
    let utc = at.to_utc();
    utc.year() * 12 + utc.month0() as i32
}

fn owner_bytes((scope, month): Owner) -> Vec<u8> {
    [&scope.0[..], &month.to_be_bytes()].concat()
}

fn month_key(owner: Owner) -> Vec<u8> {
    Key::global(META, &[&[BY_MONTH], &owner_bytes(owner)[..]].concat()).0
}

fn id_key(id: u32) -> Vec<u8> {
    Key::global(META, &[&[BY_ID], &id.to_be_bytes()[..]].concat()).0
}
