//! Who a request is of: the session in its cookie, kept as a hash alone, and the stamp by which a
//! window knows that it still speaks for the same visit.

use axum::http::HeaderMap;
use axum::http::header::COOKIE;
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;
use url::Url;

use super::super::State;
use crate::core::visit::{VISIT_LIFE_MS, VisitKey, hash_of, visit_key};
use crate::model::{Cause, Event, Post, Scope};
use crate::store::Fault;
use crate::store::table::decode;

/// The cookie's name.
const COOKIE_NAME: &str = "steward-archive";
/// The stamp's header.
const STAMP: &str = "x-archive-stamp";
/// Longest token that is looked up; ours have 43 characters.
pub const TOKEN_CHARS_MAX: usize = 64;

/// Whose a request is.
pub struct Session {
    /// Hash of the token in the cookie.
    pub hash: [u8; 16],
    /// The conversation.
    pub scope: Scope,
    /// Number of the visit there.
    pub number: u32,
    /// What every request of one of its windows bears.
    pub stamp: String,
}

impl Session {
    /// The session of a request, if its cookie leads to one.
    pub fn of(state: &State, headers: &HeaderMap) -> Option<Self> {
        let token = token(headers)?;
        let hash = hash_of(token);
        let to = find(state, &hash).unwrap_or_else(|fault| {
            tracing::error!(%fault, "a visit cannot be read: {fault}");
            None
        })?;
        Some(Self { hash, scope: to.scope, number: to.number, stamp: stamp(token) })
    }

    /// Whether the request is of a window of this very visit: another tab may have begun another
    /// one since, and what is done in this one must not happen there.
    pub fn is_stamped(&self, headers: &HeaderMap) -> bool {
        let given = headers.get(STAMP).map(|value| value.as_bytes()).unwrap_or_default();
        given.ct_eq(self.stamp.as_bytes()).into()
    }

    /// An event of its conversation.
    pub fn event(&self, post: Post) -> Event {
        Event { scope: self.scope.clone(), key: None, cause: Cause::Post(post) }
    }
}

/// What the hash of an address or a session leads to.
pub fn find(state: &State, hash: &[u8; 16]) -> Result<Option<VisitKey>, Fault> {
    let key = visit_key(hash);
    let value = state.store.get(&key)?;
    value.map(|value| decode(&key, &value)).transpose()
}

/// The cookie of a new session; of none, the one that takes it away.
pub fn cookie(token: Option<&str>, public_url: &str) -> String {
    let url = Url::parse(public_url).ok();
    let path = url.as_ref().map(|url| url.path().trim_end_matches('/')).unwrap_or_default();
    let secure = url.as_ref().is_some_and(|url| url.scheme() == "https");
    let secure = if secure { "; Secure" } else { "" };
    let (value, age) = match token {
        Some(token) => (token, VISIT_LIFE_MS / 1000),
        None => ("", 0),
    };
    format!(
        "{COOKIE_NAME}={value}; Path={path}/archive; Max-Age={age}; HttpOnly; \
         SameSite=Strict{secure}"
    )
}

/// The stamp of a session.
fn stamp(token: &str) -> String {
    let hash = Sha256::new().chain_update(b"stamp\0").chain_update(token).finalize();
    hex::encode(&hash[..16])
}

fn token(headers: &HeaderMap) -> Option<&str> {
    let cookies = headers.get_all(COOKIE).iter().filter_map(|value| value.to_str().ok());
    let mut pairs = cookies.flat_map(|line| line.split(';')).filter_map(|one| one.split_once('='));
    let (_, token) = pairs.find(|(name, _)| name.trim() == COOKIE_NAME)?;
    let token = token.trim();
    (!token.is_empty() && token.len() <= TOKEN_CHARS_MAX).then_some(token)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cookie_is_the_pages_alone_and_secure_where_the_address_is() {
        let plain = cookie(Some("t"), "http://127.0.0.1:8090");
        assert_eq!(
            plain,
            "steward-archive=t; Path=/archive; Max-Age=3600; HttpOnly; SameSite=Strict"
        );
        let secure = cookie(Some("t"), "https://bot.example.com/steward/");
        assert!(secure.contains("; Path=/steward/archive;") && secure.ends_with("; Secure"));
        assert!(cookie(None, "").starts_with("steward-archive=; Path=/archive; Max-Age=0;"));
    }

    #[test]
    fn a_stamp_tells_nothing_of_its_token_and_sessions_apart() {
        assert_ne!(stamp("a"), stamp("b"));
        assert_ne!(stamp("a"), hex::encode(hash_of("a")));
    }
}
