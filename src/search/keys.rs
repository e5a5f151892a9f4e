//! The keys of one scope's index: terms go blind through one, blocks are sealed with the other.
//! Both follow from the deployment's index key, the scope, and a number drawn whenever the index is
//! made anew.

use hkdf::Hkdf;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use zeroize::Zeroizing;

use super::fault::Fault;
use crate::model::Secret;
use crate::store::{Cipher, KEY_BYTES, ScopeHash};
use crate::text::terms::Term;

/// A term as the index knows it: four bytes of a keyed hash. Two terms that share them lead to each
/// other's messages, of which each is read and judged; in an archive of a million different terms
/// that befalls one in four thousand.
pub type Token = u32;

/// What makes an index unlike the one before it.
pub type Generation = [u8; 16];

/// The keys.
pub struct Keys {
    blind: Hmac<Sha256>,
    cipher: Cipher,
}

impl Keys {
    /// Of a scope's index.
    pub fn new(secret: &Secret, scope: ScopeHash, generation: &Generation) -> Self {
        let derived = Hkdf::<Sha256>::new(Some(generation), secret.expose());
        let key = |purpose: &[u8]| {
            let mut key = Zeroizing::new([0; KEY_BYTES]);
            // HKDF-SHA256 gives up to 8,160 bytes.
            let info: [&[u8]; 3] = [b"steward index 1 ", purpose, &scope.0];
            derived.expand_multi_info(&info, key.as_mut()).expect("32 bytes are few enough");
            key
        };
        // HMAC takes a key of any length.
        let blind = Hmac::new_from_slice(key(b"blind").as_slice()).expect("any length");
        Self { blind, cipher: Cipher::new(&key(b"seal")) }
    }

    /// The token of a term.
    pub fn token(&self, term: &Term) -> Token {
        let mut mac = self.blind.clone();
        match term {
            Term::Pair(a, b) => {
                mac.update(b"2");
                mac.update(&u32::from(*a).to_be_bytes());
                mac.update(&u32::from(*b).to_be_bytes());
            }
            Term::Person(person) => {
                mac.update(b"@");
                mac.update(person.account.as_bytes());
                mac.update(&[0]);
                mac.update(person.id.as_bytes());
            }
            Term::Tag(tag) => {
                mac.update(b"#");
                mac.update(tag.as_bytes());
            }
            Term::Day(day) => {
                mac.update(b"d");
                mac.update(&day.to_be_bytes());
            }
            Term::Days(days) => {
                mac.update(b"D");
                mac.update(&days.to_be_bytes());
            }
        }
        let [a, b, c, d, ..]: [u8; 32] = mac.finalize().into_bytes().into();
        Token::from_be_bytes([a, b, c, d])
    }

    /// Seals bytes for a place of the index.
    pub fn seal(&self, place: &[u8], plain: &[u8]) -> Result<Vec<u8>, Fault> {
        Ok(self.cipher.seal(0, place, plain)?)
    }

    /// Opens what was sealed for the same place.
    pub fn open(&self, place: &[u8], sealed: Vec<u8>) -> Result<Vec<u8>, Fault> {
        self.cipher.open(place, sealed).map_err(Fault::Damaged)
    }
}
