//! Reports of outside systems, `POST /events/{source}`: signature and identity. Which sources there
//! are, and their secrets, is known elsewhere.

use super::{Passive, Raw, Received, Reject, crypto, inbound, report};
use crate::model::{Cause, Event, Scope, Timestamp};

/// How far a report's timestamp may be from now, in ms, both ways: network and clocks, no more.
pub const WINDOW_MS: u64 = 5 * 60 * 1000;
/// Longest body of a report, in bytes: far above any alert, far below what hurts.
pub const BODY_BYTES_MAX: usize = 256 * 1024;

/// When it was signed, in ms since 1970 UTC.
pub const TIMESTAMP_HEADER: &str = "x-steward-timestamp";
/// `sha256=` and the HMAC-SHA256 over `timestamp.body` in lower-case hex.
pub const SIGNATURE_HEADER: &str = "x-steward-signature";
/// The sender's own id of the event, if it has one: the same id is taken once.
pub const EVENT_ID_HEADER: &str = "x-steward-event-id";

/// Translates a call to a source with this secret into its report.
pub fn receive(source: &str, secret: &[u8], raw: &Raw, now: Timestamp) -> Received {
    match read(source, secret, raw, now) {
        Ok(event) => Received::Events {
            events: vec![event],
            answer: Passive { content_type: "application/json", body: br#"{"ok":true}"#.to_vec() },
            left_out: None,
        },
        Err(reject) => Received::Reject(reject),
    }
}

fn read(source: &str, secret: &[u8], raw: &Raw, now: Timestamp) -> Result<Event, Reject> {
    if raw.body.len() > BODY_BYTES_MAX {
        return Err(Reject::Malformed("size"));
    }
    let timestamp = verify(secret, raw, now)?;
    let report = report::read(&raw.body).map_err(Reject::Malformed)?;
    let key = event_key(timestamp, raw)?;
    Ok(Event {
        scope: Scope::Source(source.to_owned()),
        key: Some(key),
        cause: Cause::Reported(report),
    })
}

/// Checks signature, then time; the timestamp as it was signed.
fn verify<'a>(secret: &[u8], raw: &'a Raw, now: Timestamp) -> Result<&'a str, Reject> {
    let given = raw.header(TIMESTAMP_HEADER).zip(raw.header(SIGNATURE_HEADER));
    let (timestamp, given) = given.ok_or(Reject::Unauthorized("sign_missing"))?;
    let right = signature(secret, timestamp, &raw.body);
    if secret.is_empty() || !crypto::same(right.as_bytes(), given.as_bytes()) {
        return Err(Reject::Unauthorized("sign_mismatch"));
    }
    match timestamp.parse::<i64>() {
        Ok(signed_at) if signed_at.abs_diff(now.0) <= WINDOW_MS => Ok(timestamp),
        Ok(_) | Err(_) => Err(Reject::Unauthorized("expired")),
    }
}

/// The value of `SIGNATURE_HEADER` for a body signed at `timestamp`.
pub fn signature(secret: &[u8], timestamp: &str, body: &[u8]) -> String {
    let mac = crypto::hmac_sha256(secret, &[timestamp.as_bytes(), b".", body]);
    format!("sha256={}", hex::encode(mac))
}

/// The sender's id, or one of the signed bytes; marked apart, so that neither can pose as the
/// other.
fn event_key(timestamp: &str, raw: &Raw) -> Result<String, Reject> {
    match raw.header(EVENT_ID_HEADER) {
        Some(id) => {
            inbound::id(id).map(|id| format!("id:{id}")).ok_or(Reject::Malformed("event id"))
        }
        None => Ok(format!("sha256:{}", crypto::sha256_hex(&[timestamp.as_bytes(), &raw.body]))),
    }
}
