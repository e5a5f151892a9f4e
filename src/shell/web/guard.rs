//! Lets in only this machine's own browser at the page itself, and sets the headers every answer
//! carries.
//! Another web site, or a name that was re-bound to 127.0.0.1, gets 403 and learns nothing.

use axum::extract::Request;
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, HOST, HeaderMap, HeaderName, HeaderValue, ORIGIN,
    REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{StatusCode, Uri};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::shell::header::only;

/// Nothing from elsewhere, nothing inline, no frame around it.
const POLICY: &str = "default-src 'self'; base-uri 'none'; form-action 'none'; \
                      frame-ancestors 'none'; object-src 'none'";

/// What a proxy adds. One in front of the page would make every visitor look like this machine.
const PROXIED: [&str; 4] = ["forwarded", "via", "x-forwarded-for", "x-real-ip"];

/// The middleware around every route.
pub(super) async fn guard(request: Request, next: Next) -> Response {
    let mut response = match is_own(request.headers()) {
        true => next.run(request).await,
        false => StatusCode::FORBIDDEN.into_response(),
    };
    let headers = response.headers_mut();
    for (name, value) in [
        (CONTENT_SECURITY_POLICY, POLICY),
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (REFERRER_POLICY, "no-referrer"),
        (CACHE_CONTROL, "no-store"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    response
}

/// Whether a request is made to a loopback name, and not by another site's page.
fn is_own(headers: &HeaderMap) -> bool {
    let Some(host) = only(headers, HOST) else { return false };
    let is_loopback = host.parse::<Uri>().is_ok_and(|uri| {
        matches!(uri.host(), Some("localhost" | "127.0.0.1" | "[::1]")) && !host.contains('@')
    });
    let is_same_origin = !headers.contains_key(ORIGIN)
        || only(headers, ORIGIN).and_then(|o| o.strip_prefix("http://")) == Some(host);
    // `none` is a person who typed the address. Browsers that don't send this header send `Origin`.
    let site = HeaderName::from_static("sec-fetch-site");
    let is_same_site =
        !headers.contains_key(&site) || matches!(only(headers, site), Some("same-origin" | "none"));
    let is_direct = !PROXIED.iter().any(|name| headers.contains_key(*name));
    is_loopback && is_same_origin && is_same_site && is_direct
}

#[cfg(test)]
mod tests {
    use super::*;

    fn own(lines: &[(&'static str, &'static str)]) -> bool {
        let mut headers = HeaderMap::new();
        for (name, value) in lines {
            headers.append(*name, HeaderValue::from_static(value));
        }
        is_own(&headers)
    }

    #[test]
    fn this_machines_own_browser_is_let_in() {
        assert!(own(&[("host", "127.0.0.1:8090")]));
        assert!(own(&[("host", "localhost:8090"), ("origin", "http://localhost:8090")]));
        assert!(own(&[("host", "[::1]:8090"), ("sec-fetch-site", "same-origin")]));
        assert!(own(&[("host", "localhost"), ("sec-fetch-site", "none")]));
    }

    #[test]
    fn a_rebound_name_is_kept_out() {
        for host in ["evil.example:8090", "127.0.0.1.evil.example", "localhost.", "u@localhost"] {
            assert!(!own(&[("host", host)]), "{host}");
        }
        assert!(!own(&[]));
        assert!(!own(&[("host", "localhost"), ("host", "evil.example")]));
    }

    #[test]
    fn what_came_through_a_proxy_is_kept_out() {
        for name in PROXIED {
            assert!(!own(&[("host", "127.0.0.1:8090"), (name, "203.0.113.7")]), "{name}");
        }
    }

    #[test]
    fn another_sites_page_is_kept_out() {
        for origin in
            ["http://evil.example", "http://localhost:1", "https://localhost:8090", "null"]
        {
            assert!(!own(&[("host", "localhost:8090"), ("origin", origin)]), "{origin}");
        }
        for site in ["cross-site", "same-site", ""] {
            assert!(!own(&[("host", "localhost:8090"), ("sec-fetch-site", site)]), "{site}");
        }
    }
}
