//! Which addresses that arrive inside a callback may be called. Opens no connection and resolves no
//! name.

use url::{Host, Origin, Url};

/// Longest address taken, in bytes; real ones are under 300.
const URL_BYTES_MAX: usize = 2048;

/// The origins (scheme, host, port) to which an account may answer, each with its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origins(Vec<(Origin, String)>);

impl Origins {
    /// Reads origins such as `https://oapi.dingtalk.com`; what follows the port is ignored. The
    /// error is the first one that is not https, nor http to this machine itself.
    pub fn new<'a>(list: impl IntoIterator<Item = &'a str>) -> Result<Self, String> {
        list.into_iter()
            .map(|text| origin(text).ok_or_else(|| text.to_owned()))
            .collect::<Result<_, _>>()
            .map(Self)
    }

    /// The same, leaving out what cannot be an origin instead of failing.
    pub fn lenient<'a>(list: impl IntoIterator<Item = &'a str>) -> Self {
        Self(list.into_iter().filter_map(origin).collect())
    }

    /// The address in its normal form, if it may be called: one of the origins, exactly this path,
    /// no user name, no password, no fragment. The normal form is what must be called, not the
    /// text, so that no second reader understands it differently
    /// (docs/platforms/dingtalk.md#origins).
    pub fn checked(&self, address: &str, path: &str) -> Option<String> {
        if address.len() > URL_BYTES_MAX {
            return None;
        }
        if self.is_normal(address, path) {
            return Some(address.to_owned());
        }
        let url = Url::parse(address).ok()?;
        let bare =
            url.username().is_empty() && url.password().is_none() && url.fragment().is_none();
        (bare && url.path() == path && safe(&url) && self.has(&url.origin())).then(|| url.into())
    }

    fn has(&self, origin: &Origin) -> bool {
        self.0.iter().any(|(allowed, _)| allowed == origin)
    }

    /// Whether an address is one that may be called and its own normal form, as far as that shows
    /// without reading it as a URL: the text of an origin, the path, a query of characters that
    /// stand for themselves. Most are; the others are read.
    fn is_normal(&self, address: &str, path: &str) -> bool {
        let calm = |b: u8| b.is_ascii_alphanumeric() || b"=&-_.~%+".contains(&b);
        let is_query = |rest: &str| match rest.strip_prefix('?') {
            Some(query) => query.bytes().all(calm),
            None => rest.is_empty(),
        };
        self.0.iter().any(|(_, origin)| {
            let rest = address.strip_prefix(origin.as_str()).and_then(|a| a.strip_prefix(path));
            rest.is_some_and(is_query)
        })
    }
}

fn origin(text: &str) -> Option<(Origin, String)> {
    let origin = Url::parse(text).ok().filter(safe)?.origin();
    let text = origin.ascii_serialization();
    Some((origin, text))
}

/// Encrypted, or not leaving this machine.
fn safe(url: &Url) -> bool {
    match url.scheme() {
        "https" => true,
        "http" => match url.host() {
            Some(Host::Domain(name)) => name == "localhost",
            Some(Host::Ipv4(address)) => address.is_loopback(),
            Some(Host::Ipv6(address)) => address.is_loopback(),
            None => false,
        },
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_taken_unread_is_what_reading_would_give() {
        let origins = Origins::lenient(["https://a.example/x", "http://127.0.0.1:9900"]);
        for (address, unread) in [
            ("https://a.example/hook?session=a1-_.~%2B+&b=", true),
            ("https://a.example/hook?", true),
            ("https://a.example/hook", true),
            ("http://127.0.0.1:9900/hook?session=1", true),
            ("https://A.example/hook?session=1", false),
            ("https://a.example:443/hook?session=1", false),
            ("https://a.example/hook?session='", false),
        ] {
            assert_eq!(origins.is_normal(address, "/hook"), unread, "{address}");
            let read = Url::parse(address).map(String::from);
            assert_eq!(origins.checked(address, "/hook"), read.ok(), "{address}");
        }
        for address in [
            "https://a.example.evil/hook?session=1",
            "https://a.example/hook/../other?session=1",
            "https://a.example/hooks?session=1",
            "https://a.example/hook#?session=1",
            "https://a.example@evil/hook?session=1",
            "http://127.0.0.1:99001/hook",
        ] {
            assert!(!origins.is_normal(address, "/hook"), "{address}");
            assert_eq!(origins.checked(address, "/hook"), None, "{address}");
        }
    }
}
