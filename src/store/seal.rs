//! AES-256-GCM over stored bytes, and the randomness it needs. It keeps no keys and reads no store.
//!
//! The only file of the layer that asks for randomness: a nonce must be new even when the same turn
//! runs twice, so it cannot come from a turn's seed, and no caller should be able to choose it.

use std::cell::RefCell;

use aes_gcm::aead::{AeadInOut, KeyInit};
use aes_gcm::{Aes256Gcm, Nonce, Tag};
use hkdf::Hkdf;
use sha2::Sha256;
use zeroize::Zeroizing;

use super::Fault;
use crate::model::Secret;

/// Length of a key.
pub const KEY_BYTES: usize = 32;
/// How many values one key may seal. Random 96-bit nonces allow 2^32 (NIST SP 800-38D, section
/// 8.3); the rest is room for counts that a restart forgets.
pub const SEALS_MAX: u64 = 1 << 28;

/// First byte of sealed bytes: the layout below.
const VERSION: u8 = 1;
const NONCE_BYTES: usize = 12;
/// Nonces drawn at once, a thread.
const NONCES_DRAWN: usize = 64;
const TAG_BYTES: usize = 16;
/// Version, key id, nonce; the ciphertext and its tag follow.
const HEAD_BYTES: usize = 1 + 4 + NONCE_BYTES;
/// What a seal adds to a value.
pub const SEAL_BYTES: usize = HEAD_BYTES + TAG_BYTES;
/// Says which key of the master secret this is, so that other uses of it get other keys.
const WRAP_INFO: &[u8] = b"steward store wrap 1";
const LOG_INFO: &[u8] = b"steward store log 1";

/// A key, its schedule computed once.
pub struct Cipher(Aes256Gcm);

impl Cipher {
    /// Of a key.
    pub fn new(key: &[u8; KEY_BYTES]) -> Self {
        Self(Aes256Gcm::new(key.into()))
    }

    /// Of the key that wraps data keys, derived from the master key.
    pub fn wrapping(master: &Secret) -> Self {
        Self::derived(master, WRAP_INFO)
    }

    /// Of the key that seals frames of the commit log, derived from the master key.
    pub fn of_log(master: &Secret) -> Self {
        Self::derived(master, LOG_INFO)
    }

    fn derived(master: &Secret, info: &[u8]) -> Self {
        let mut key = Zeroizing::new([0; KEY_BYTES]);
        // HKDF-SHA256 gives up to 8,160 bytes.
        Hkdf::<Sha256>::new(None, master.expose())
            .expand(info, key.as_mut())
            .expect("32 bytes are few enough");
        Self::new(&key)
    }

    /// Seals `plain` so that it opens only beside the same `place` (the row's key).
    pub fn seal(&self, key_id: u32, place: &[u8], plain: &[u8]) -> Result<Vec<u8>, Fault> {
        let nonce = nonce()?;
        let mut bytes = Vec::with_capacity(HEAD_BYTES + plain.len() + TAG_BYTES);
        bytes.push(VERSION);
        bytes.extend_from_slice(&key_id.to_be_bytes());
        bytes.extend_from_slice(&nonce);
        bytes.extend_from_slice(plain);
        let body = &mut bytes[HEAD_BYTES..];
        let tag = self
            .0
            .encrypt_inout_detached(&Nonce::from(nonce), place, body.into())
            .map_err(|_| Fault::Engine("a value is too long to seal".to_owned()))?;
        bytes.extend_from_slice(&tag);
        Ok(bytes)
    }

    /// Opens what [`Cipher::seal`] made for the same `place`; in place, as the bytes are thrown
    /// away.
    pub fn open(&self, place: &[u8], mut sealed: Vec<u8>) -> Result<Vec<u8>, &'static str> {
        if sealed.len() < HEAD_BYTES + TAG_BYTES || sealed[0] != VERSION {
            return Err("not a sealed value of a known version");
        }
        let (head, rest) = sealed.split_at_mut(HEAD_BYTES);
        let (body, tag) = rest.split_at_mut(rest.len() - TAG_BYTES);
        let mut nonce = [0; NONCE_BYTES];
        nonce.copy_from_slice(&head[HEAD_BYTES - NONCE_BYTES..]);
        let mut seen = [0; TAG_BYTES];
        seen.copy_from_slice(tag);
        self.0
            .decrypt_inout_detached(&Nonce::from(nonce), place, body.into(), &Tag::from(seen))
            .map_err(|_| "damaged, moved from another key, or sealed by another key")?;
        sealed.truncate(sealed.len() - TAG_BYTES);
        sealed.drain(..HEAD_BYTES);
        Ok(sealed)
    }
}

/// Which key sealed these bytes.
pub fn key_id(sealed: &[u8]) -> Option<u32> {
    let (&version, rest) = sealed.split_first()?;
    (version == VERSION).then(|| rest.first_chunk().map(|id| u32::from_be_bytes(*id)))?
}

/// A nonce from the operating system's randomness, drawn for many at once: a call for each costs
/// more than the cipher.
fn nonce() -> Result<[u8; NONCE_BYTES], Fault> {
    thread_local! {
        static DRAWN: RefCell<Vec<[u8; NONCE_BYTES]>> = const { RefCell::new(Vec::new()) };
    }
    DRAWN.with_borrow_mut(|drawn| {
        if drawn.is_empty() {
            let bytes = random::<{ NONCE_BYTES * NONCES_DRAWN }>()?;
            let (nonces, _) = bytes.as_chunks::<NONCE_BYTES>();
            drawn.extend_from_slice(nonces);
        }
        // Each is taken out, so none is ever used twice.
        drawn.pop().ok_or_else(|| Fault::Engine("no nonce was drawn".to_owned()))
    })
}

/// Bytes from the operating system.
#[expect(clippy::disallowed_methods, reason = "keys and nonces are made where they are used")]
pub fn random<const N: usize>() -> Result<[u8; N], Fault> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes)
        .map_err(|cause| Fault::Engine(format!("no randomness from the system: {cause}")))?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::{Cipher, key_id, random};

    #[test]
    fn a_value_opens_only_whole_at_its_place_and_with_its_key() {
        let cipher = Cipher::new(&[7; 32]);
        let sealed = cipher.seal(9, b"here", b"plain").unwrap();
        assert_eq!(key_id(&sealed), Some(9));
        assert_eq!(cipher.open(b"here", sealed.clone()).as_deref(), Ok(&b"plain"[..]));
        assert!(cipher.open(b"there", sealed.clone()).is_err());
        assert!(Cipher::new(&[8; 32]).open(b"here", sealed.clone()).is_err());
        for cut in 0..sealed.len() {
            assert!(cipher.open(b"here", sealed[..cut].to_vec()).is_err());
        }
    }

    #[test]
    fn the_same_value_never_looks_the_same() {
        let cipher = Cipher::new(&random().unwrap());
        assert_ne!(cipher.seal(1, b"k", b"v").unwrap(), cipher.seal(1, b"k", b"v").unwrap());
    }
}
