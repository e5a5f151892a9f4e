//! DingTalk's three HMAC signatures: robot callbacks, custom robots, card callbacks. Knows no
//! bodies.

use url::form_urlencoded;

use crate::model::{Secret, Timestamp};
use crate::platform::crypto;

/// How far a callback's timestamp may be from now, in ms, both ways; exactly this far still passes.
/// Source: docs/platforms/dingtalk.md#sign (D/receive-message: 相差1小时以上 is illegal).
pub const WINDOW_MS: u64 = 60 * 60 * 1000;

/// Why a signature is not taken; the word is for a counter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SignError {
    /// A header is missing.
    Missing,
    /// The signature is another one.
    Mismatch,
    /// Rightly signed, but not now: a replay, or one of the two clocks is wrong.
    Expired,
}

impl SignError {
    /// Its name, for counters and tests.
    pub fn name(self) -> &'static str {
        match self {
            SignError::Missing => "sign_missing",
            SignError::Mismatch => "sign_mismatch",
            SignError::Expired => "expired",
        }
    }
}

/// Checks a robot callback's headers `timestamp` and `sign`. The signature does not cover the body:
/// whoever saw one pair can sign any body for an hour, so events are deduplicated too.
/// Source: docs/platforms/dingtalk.md#sign.
pub fn check_callback(
    app_secret: &Secret,
    timestamp: Option<&str>,
    sign: Option<&str>,
    now: Timestamp,
) -> Result<(), SignError> {
    let (timestamp, sign) = timestamp.zip(sign).ok_or(SignError::Missing)?;
    check(&timestamp_sign(app_secret, timestamp), sign, timestamp, now)
}

/// Checks a card callback's `x-ddpaas-signature-timestamp` and `x-ddpaas-signature`. The window is
/// ours: the vendor names none. Source: docs/platforms/dingtalk.md#sign.
pub fn check_card(
    api_secret: &Secret,
    timestamp: Option<&str>,
    sign: Option<&str>,
    now: Timestamp,
) -> Result<(), SignError> {
    let (timestamp, sign) = timestamp.zip(sign).ok_or(SignError::Missing)?;
    check(&card_sign(api_secret, timestamp), sign, timestamp, now)
}

/// `base64(HMAC-SHA256(secret, timestamp + "\n" + secret))`: robot callbacks and custom robots.
pub fn timestamp_sign(secret: &Secret, timestamp: &str) -> String {
    let secret = secret.expose();
    crypto::hmac_sha256_base64(secret, &[timestamp.as_bytes(), b"\n", secret])
}

/// `base64(HMAC-SHA256(secret, timestamp))`: card callbacks, whose message has no second line.
pub fn card_sign(api_secret: &Secret, timestamp: &str) -> String {
    crypto::hmac_sha256_base64(api_secret.expose(), &[timestamp.as_bytes()])
}

/// A custom robot's address for one call at `now`. Always made from the bare address: signing a
/// signed one would make it grow call by call. Source: docs/platforms/dingtalk.md#sign.
pub fn custom_robot_url(bare: &str, secret: &Secret, now: Timestamp) -> String {
    let timestamp = now.0.to_string();
    let sign = timestamp_sign(secret, &timestamp);
    let joint = if bare.contains('?') { '&' } else { '?' };
    let sign: String = form_urlencoded::byte_serialize(sign.as_bytes()).collect();
    format!("{bare}{joint}timestamp={timestamp}&sign={sign}")
}

/// The signature first, so that nobody learns from the answer whether only the clock was wrong.
fn check(right: &str, given: &str, timestamp: &str, now: Timestamp) -> Result<(), SignError> {
    if !crypto::same(right.as_bytes(), given.as_bytes()) {
        return Err(SignError::Mismatch);
    }
    match timestamp.parse::<i64>() {
        Ok(signed_at) if signed_at.abs_diff(now.0) <= WINDOW_MS => Ok(()),
        Ok(_) | Err(_) => Err(SignError::Expired),
    }
}
