//! Encrypted event callbacks: signature, decryption, and the encrypted answer. Takes no routes and
//! reads no event; randomness for the answer is handed in.

use aes::Aes256;
use aes::cipher::block_padding::NoPadding;
use aes::cipher::{BlockModeDecrypt, BlockModeEncrypt, KeyIvInit};
use sha1::{Digest, Sha1};
use zeroize::Zeroizing;

use crate::model::Secret;
use crate::platform::crypto;

/// AES works on 16 bytes, but the padding fills blocks of 32.
const CIPHER_BLOCK: usize = 16;
const PAD_BLOCK: usize = 32;
/// 16 random bytes and the length stand before the message.
const RANDOM_BYTES: usize = 16;
const HEAD_BYTES: usize = RANDOM_BYTES + 4;

/// What an account's events are signed and encrypted with.
pub struct EventKeys<'a> {
    /// The token of the console's event page, 3 to 32 letters and digits.
    pub token: &'a Secret,
    /// The 43-character AES key.
    pub aes_key: &'a Secret,
    /// Who the event may be for: the app key (events chosen in the console) and the corp id (events
    /// registered by the old API). The vendor's pages disagree, so both are taken. The first one
    /// goes into answers.
    pub owners: &'a [&'a str],
}

/// An encrypted callback, as query and body give it.
pub struct SealedEvent<'a> {
    /// `msg_signature`, or `signature` where that is missing.
    pub msg_signature: &'a str,
    /// `timestamp`, opaque.
    pub timestamp: &'a str,
    /// `nonce`, opaque.
    pub nonce: &'a str,
    /// `encrypt` of the body.
    pub encrypt: &'a str,
}

/// Why an event is not taken, in the order of the checks. The sender is told none of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EventError {
    /// The account's AES key is not 43 characters of base64.
    BadKey,
    /// The signature is another one; nothing was decrypted.
    BadSignature,
    /// Not base64.
    BadBase64,
    /// Not whole cipher blocks.
    BadCiphertextLength,
    /// The padding is not 1 to 32 equal bytes of that value.
    BadPadding,
    /// The length field points outside.
    BadLength,
    /// For somebody else.
    OwnerMismatch,
    /// The message is not UTF-8.
    BadText,
}

impl EventError {
    /// Its name, for counters and tests.
    pub fn name(self) -> &'static str {
        match self {
            EventError::BadKey => "bad_key",
            EventError::BadSignature => "bad_signature",
            EventError::BadBase64 => "bad_base64",
            EventError::BadCiphertextLength => "bad_ciphertext_length",
            EventError::BadPadding => "bad_padding",
            EventError::BadLength => "bad_length",
            EventError::OwnerMismatch => "owner_mismatch",
            EventError::BadText => "bad_text",
        }
    }
}

/// Lower-case hex SHA-1 over the four texts, sorted by bytes and joined.
/// Source: docs/platforms/dingtalk.md#events.
pub fn signature(token: &Secret, timestamp: &str, nonce: &str, encrypt: &str) -> String {
    let mut parts = [token.expose(), timestamp.as_bytes(), nonce.as_bytes(), encrypt.as_bytes()];
    parts.sort_unstable();
    hex::encode(Sha1::digest(Zeroizing::new(parts.concat())))
}

/// Verifies and decrypts: the event's JSON text.
pub fn open(keys: &EventKeys, sealed: &SealedEvent) -> Result<String, EventError> {
    let right = signature(keys.token, sealed.timestamp, sealed.nonce, sealed.encrypt);
    if !crypto::same(right.as_bytes(), sealed.msg_signature.as_bytes()) {
        return Err(EventError::BadSignature);
    }
    let cipher = crypto::base64_spaced(sealed.encrypt).ok_or(EventError::BadBase64)?;
    if cipher.is_empty() || cipher.len() % CIPHER_BLOCK != 0 {
        return Err(EventError::BadCiphertextLength);
    }
    let plain = decrypt(keys, &cipher)?;
    let (message, owner) = split(unpadded(&plain)?)?;
    if !keys.owners.iter().any(|known| crypto::same(known.as_bytes(), owner)) {
        return Err(EventError::OwnerMismatch);
    }
    String::from_utf8(message.to_vec()).map_err(|_| EventError::BadText)
}

/// Encrypts a message the same way: the `encrypt` of an answer.
pub fn seal(
    keys: &EventKeys,
    random: [u8; RANDOM_BYTES],
    message: &str,
) -> Result<String, EventError> {
    let length = u32::try_from(message.len()).map_err(|_| EventError::BadLength)?;
    let owner = keys.owners.first().ok_or(EventError::OwnerMismatch)?;
    let mut plain =
        [&random[..], &length.to_be_bytes(), message.as_bytes(), owner.as_bytes()].concat();
    let pad = PAD_BLOCK - plain.len() % PAD_BLOCK;
    // At most 32, so it fits a byte.
    plain.resize(plain.len() + pad, pad as u8);
    let (key, iv) = key_and_iv(keys)?;
    let cipher = cbc::Encryptor::<Aes256>::new((&*key).into(), (&iv).into());
    Ok(crypto::base64(&cipher.encrypt_padded_vec::<NoPadding>(&plain)))
}

/// The body that says an event has arrived; anything else counts as a failed push.
/// Source: docs/platforms/dingtalk.md#events.
pub fn success(
    keys: &EventKeys,
    random: [u8; RANDOM_BYTES],
    timestamp: &str,
    nonce: &str,
) -> Result<Vec<u8>, EventError> {
    let encrypt = seal(keys, random, "success")?;
    let answer = serde_json::json!({
        "msg_signature": signature(keys.token, timestamp, nonce, &encrypt),
        "timeStamp": timestamp,
        "nonce": nonce,
        "encrypt": encrypt,
    });
    Ok(answer.to_string().into_bytes())
}

fn key_and_iv(keys: &EventKeys) -> Result<(Zeroizing<[u8; 32]>, [u8; CIPHER_BLOCK]), EventError> {
    let key = crypto::aes_key(keys.aes_key.expose()).ok_or(EventError::BadKey)?;
    let mut iv = [0; CIPHER_BLOCK];
    iv.copy_from_slice(&key[..CIPHER_BLOCK]);
    Ok((key, iv))
}

fn decrypt(keys: &EventKeys, cipher: &[u8]) -> Result<Vec<u8>, EventError> {
    let (key, iv) = key_and_iv(keys)?;
    cbc::Decryptor::<Aes256>::new((&*key).into(), (&iv).into())
        .decrypt_padded_vec::<NoPadding>(cipher)
        .map_err(|_| EventError::BadCiphertextLength)
}

fn unpadded(plain: &[u8]) -> Result<&[u8], EventError> {
    let pad = usize::from(*plain.last().ok_or(EventError::BadPadding)?);
    if !(1..=PAD_BLOCK).contains(&pad) {
        return Err(EventError::BadPadding);
    }
    let (content, tail) = plain.split_at_checked(plain.len().wrapping_sub(pad)).unwrap_or_default();
    let even = tail.len() == pad && tail.iter().all(|byte| usize::from(*byte) == pad);
    if even { Ok(content) } else { Err(EventError::BadPadding) }
}

/// The message and the owner behind it.
fn split(content: &[u8]) -> Result<(&[u8], &[u8]), EventError> {
    let (head, rest) = content.split_at_checked(HEAD_BYTES).ok_or(EventError::BadLength)?;
    let length: [u8; 4] = head[RANDOM_BYTES..].try_into().map_err(|_| EventError::BadLength)?;
    let length = usize::try_from(u32::from_be_bytes(length)).map_err(|_| EventError::BadLength)?;
    rest.split_at_checked(length).ok_or(EventError::BadLength)
}
