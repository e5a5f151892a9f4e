//! Which addresses that arrive inside a callback may be called. Opens no connection and resolves no
//! name.

use url::{Host, Origin, Url};

/// Longest address taken, in bytes; real ones are under 300.
const URL_BYTES_MAX: usize = 2048;

/// The origins (scheme, host, port) to which an account may answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origins(Vec<Origin>);

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
        let url = Url::parse(address).ok()?;
        let bare =
            url.username().is_empty() && url.password().is_none() && url.fragment().is_none();
        (bare && url.path() == path && safe(&url) && self.0.contains(&url.origin()))
            .then(|| url.into())
    }
}

fn origin(text: &str) -> Option<Origin> {
    Url::parse(text).ok().filter(safe).map(|url| url.origin())
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
