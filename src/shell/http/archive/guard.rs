//! What every answer of the page carries, and who may post to it: the page itself. Another site's
//! page gets 403, whatever its visitor's browser would send along.

use std::sync::Arc;

use axum::extract::{Request, State as Shared};
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HOST, HeaderMap, HeaderName, HeaderValue,
    ORIGIN, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use url::Url;

use super::super::State;
use crate::shell::header::only;

/// Nothing from elsewhere, nothing inline, no text as markup, no frame around it.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; \
                      connect-src 'self'; base-uri 'none'; form-action 'none'; \
                      frame-ancestors 'none'; require-trusted-types-for 'script'; \
                      trusted-types 'none'";

const SITE: HeaderName = HeaderName::from_static("sec-fetch-site");
const OPENER: HeaderName = HeaderName::from_static("cross-origin-opener-policy");
const RESOURCE: HeaderName = HeaderName::from_static("cross-origin-resource-policy");

/// The middleware around every route.
pub(super) async fn guard(
    Shared(state): Shared<Arc<State>>,
    request: Request,
    next: Next,
) -> Response {
    let reads = matches!(*request.method(), Method::GET | Method::HEAD);
    let mut response = match reads || is_own(request.headers(), &state.public_url) {
        true => next.run(request).await,
        false => StatusCode::FORBIDDEN.into_response(),
    };
    let headers = response.headers_mut();
    for (name, value) in [
        (CONTENT_SECURITY_POLICY, POLICY),
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (REFERRER_POLICY, "no-referrer"),
        (CACHE_CONTROL, "no-store"),
        (OPENER, "same-origin"),
        (RESOURCE, "same-origin"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    response
}

/// Whether a request was made by a page of the address that it is made to, and as only such a page
/// may without being asked for leave.
fn is_own(headers: &HeaderMap, public_url: &str) -> bool {
    let Some(origin) = only(headers, ORIGIN) else { return false };
    let host = origin.split_once("://").map(|(_, host)| host);
    let is_host = host.is_some() && host == only(headers, HOST);
    // Behind a proxy the bot may be called by another name than the browser calls it.
    let public = Url::parse(public_url).ok().map(|url| url.origin().ascii_serialization());
    let is_public = public.as_deref() == Some(origin);
    let is_site = !headers.contains_key(SITE) || only(headers, SITE) == Some("same-origin");
    let is_json = only(headers, CONTENT_TYPE) == Some("application/json");
    (is_host || is_public) && is_site && is_json
}

#[cfg(test)]
mod tests {
    use super::*;

    fn own(lines: &[(&'static str, &'static str)]) -> bool {
        let mut headers = HeaderMap::new();
        for (name, value) in lines {
            headers.append(*name, HeaderValue::from_static(value));
        }
        headers.append(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        is_own(&headers, "https://bot.example.com/steward")
    }

    #[test]
    fn the_page_itself_may_post_by_its_own_name_or_the_proxys() {
        assert!(own(&[("host", "127.0.0.1:8090"), ("origin", "http://127.0.0.1:8090")]));
        let public = ("origin", "https://bot.example.com");
        assert!(own(&[("host", "127.0.0.1:8090"), public, ("sec-fetch-site", "same-origin")]));
    }

    #[test]
    fn whoever_does_not_say_where_they_come_from_or_comes_from_elsewhere_may_not() {
        assert!(!own(&[("host", "127.0.0.1:8090")]));
        for origin in ["null", "https://evil.example", "http://bot.example.com", "https://"] {
            assert!(!own(&[("host", "127.0.0.1:8090"), ("origin", origin)]), "{origin}");
        }
        let own_origin = ("origin", "http://127.0.0.1:8090");
        let host = ("host", "127.0.0.1:8090");
        for site in ["cross-site", "same-site", "none", ""] {
            assert!(!own(&[host, own_origin, ("sec-fetch-site", site)]), "{site}");
        }
        assert!(!own(&[host, own_origin, ("origin", "https://evil.example")]));
        assert!(!own(&[host, own_origin, ("content-type", "text/plain")]));
    }
}
