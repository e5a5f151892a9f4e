//! Headers of a request, read so that none can be said twice with two meanings.

use axum::http::header::{HeaderMap, HeaderName};

/// A header's value, if there is exactly one.
pub fn only(headers: &HeaderMap, name: HeaderName) -> Option<&str> {
    let mut all = headers.get_all(name).iter();
    let first = all.next()?;
    all.next().is_none().then(|| first.to_str().ok()).flatten()
}
