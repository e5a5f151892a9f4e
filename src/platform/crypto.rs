//! The few cryptographic steps that platforms share. Holds no keys and makes no randomness.

use base64::alphabet;
use base64::engine::general_purpose::{GeneralPurpose, GeneralPurposeConfig, STANDARD};
use base64::engine::{DecodePaddingMode, Engine};
use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

/// Base64 that ignores surplus bits of the last symbol and missing padding. A 43-character AES key
/// carries two bits too many, and most real keys do not end on zero bits
/// (docs/platforms/dingtalk.md#events).
const LENIENT: GeneralPurpose = GeneralPurpose::new(
    &alphabet::STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_allow_trailing_bits(true)
        .with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// Whether two byte strings are equal, in a time that depends on their lengths alone.
pub fn same(left: &[u8], right: &[u8]) -> bool {
    left.ct_eq(right).into()
}

/// HMAC-SHA256 over the concatenation of `parts`.
pub fn hmac_sha256(key: &[u8], parts: &[&[u8]]) -> [u8; 32] {
    // HMAC takes keys of every length: `new_from_slice` has no error to return.
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("HMAC keys have any length");
    for part in parts {
        mac.update(part);
    }
    mac.finalize().into_bytes().into()
}

/// The same in padded standard base64.
pub fn hmac_sha256_base64(key: &[u8], parts: &[&[u8]]) -> String {
    STANDARD.encode(hmac_sha256(key, parts))
}

/// SHA-256 over the concatenation of `parts`, in lower-case hex.
pub fn sha256_hex(parts: &[&[u8]]) -> String {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update(part);
    }
    hex::encode(hash.finalize())
}

/// The 32 bytes of a 43-character AES key; `None` if it is anything else.
pub fn aes_key(text: &[u8]) -> Option<Zeroizing<[u8; 32]>> {
    let bytes = Zeroizing::new(LENIENT.decode(text).ok()?);
    let mut key = Zeroizing::new([0; 32]);
    if bytes.len() != key.len() {
        return None;
    }
    key.copy_from_slice(&bytes);
    Some(key)
}

/// Standard base64, white space within ignored; `None` if it is none.
pub fn base64_spaced(text: &str) -> Option<Vec<u8>> {
    let dense: Vec<u8> = text.bytes().filter(|b| !b.is_ascii_whitespace()).collect();
    STANDARD.decode(dense).ok()
}

/// Padded standard base64.
pub fn base64(bytes: &[u8]) -> String {
    STANDARD.encode(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_aes_key_with_surplus_bits_is_read() {
        assert!(aes_key(b"4g5j64qlyl3zvetqxz5jiocdr586fn2zvjpa8zls3ij").is_some());
        assert!(aes_key(b"abcdefghijklmnopqrstuvwxyz0123456789ABCDEFA").is_some());
        assert!(aes_key(b"abcdefghijklmnopqrstuvwxyz0123456789ABCDEF").is_none(), "42 symbols");
        assert!(aes_key(b"*bcdefghijklmnopqrstuvwxyz0123456789ABCDEFA").is_none());
    }

    #[test]
    fn strings_of_different_length_are_not_the_same() {
        assert!(same(b"abc", b"abc"));
        assert!(!same(b"abc", b"abd"));
        assert!(!same(b"abc", b"ab"));
        assert!(!same(b"", b"a"));
    }
}
