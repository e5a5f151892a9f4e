//! Texts of the settings as values: addresses, zones, names, choices. Each error completes the
//! sentence `"key" in [section] …`.

use std::net::{IpAddr, SocketAddr};

use chrono_tz::Tz;
use reqwest::Url;

use super::problem::suggestion;
use crate::model::Lang;

/// Longest name of the bot or an account, in characters: it is shown before every line.
const NAME_CHARS_MAX: usize = 32;

/// A socket address such as `127.0.0.1:8080`.
pub(super) fn listen(text: &str) -> Result<SocketAddr, String> {
    text.parse().map_err(|_| {
        format!("is {text:?}; write an IP address and a port, such as \"127.0.0.1:8080\"")
    })
}

/// An IANA time zone.
pub(super) fn zone(text: &str) -> Result<Tz, String> {
    text.parse().map_err(|_| {
        let known: Vec<&str> = chrono_tz::TZ_VARIANTS.iter().map(|zone| zone.name()).collect();
        let near = suggestion(text, &known);
        let end = if near.contains("did you mean") {
            &near
        } else {
            "; write one such as \"Asia/Shanghai\""
        };
        format!("is {text:?}, which is no time zone{end}")
    })
}

/// A language.
pub(super) fn language(text: &str) -> Result<Lang, String> {
    choice(text, &[("zh", Lang::Zh), ("en", Lang::En)])
}

/// One of a few words.
pub(super) fn choice<T: Copy>(text: &str, choices: &[(&str, T)]) -> Result<T, String> {
    if let Some((_, value)) = choices.iter().find(|(word, _)| *word == text) {
        return Ok(*value);
    }
    let words: Vec<&str> = choices.iter().map(|(word, _)| *word).collect();
    Err(format!("is {text:?}{}", suggestion(text, &words)))
}

/// A name that is shown to people.
pub(super) fn display_name(text: &str) -> Result<String, String> {
    let name = text.trim();
    if name.is_empty() || name.chars().count() > NAME_CHARS_MAX || name.contains(char::is_control) {
        return Err(format!("is {text:?}; write 1 to {NAME_CHARS_MAX} characters"));
    }
    Ok(name.into())
}

/// The name of an account: part of a path and of stored ids.
pub(super) fn account_name(text: &str) -> Result<String, String> {
    let fits = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    if text.is_empty() || text.len() > NAME_CHARS_MAX || !text.chars().all(fits) {
        return Err(format!(
            "is {text:?}; write 1 to {NAME_CHARS_MAX} Latin letters, digits, - or _"
        ));
    }
    Ok(text.into())
}

/// A text that is not blank.
pub(super) fn filled(text: &str) -> Result<String, String> {
    if text.trim().is_empty() { Err("is empty".into()) } else { Ok(text.trim().into()) }
}

/// The base of addresses: http or https, a host, perhaps a path; returned without a final slash.
pub(super) fn base_url(text: &str) -> Result<String, String> {
    let wrong = || format!("is {text:?}; write an address such as \"https://api.example.com\"");
    let url = Url::parse(text).map_err(|_| wrong())?;
    if !is_plain_http(&url) || url.query().is_some() || url.fragment().is_some() {
        return Err(wrong());
    }
    Ok(text.trim_end_matches('/').into())
}

/// A whole address, which may hold a token and is therefore never repeated.
pub(super) fn secret_url(text: &str) -> Result<(), String> {
    match Url::parse(text) {
        Ok(url) if is_plain_http(&url) => Ok(()),
        Ok(_) | Err(_) => Err("is no address that begins with https://".into()),
    }
}

/// Scheme, host and port, and nothing else; http only for this machine.
pub(super) fn origin(text: &str) -> Result<String, String> {
    let wrong = || format!("is {text:?}; write an origin such as \"https://oapi.dingtalk.com\"");
    let url = Url::parse(text).map_err(|_| wrong())?;
    let bare = url.path() == "/" && url.query().is_none() && url.fragment().is_none();
    if !is_plain_http(&url) || !bare {
        return Err(wrong());
    }
    if url.scheme() == "http" && !is_loopback(&url) {
        return Err(format!("is {text:?}; http is only for this machine, write https"));
    }
    Ok(url.origin().ascii_serialization())
}

/// The same of a long connection: `wss://`, and `ws://` only for this machine.
pub(super) fn stream_origin(text: &str) -> Result<String, String> {
    let wrong = || format!("is {text:?}; write an origin such as \"wss://stream.example.com\"");
    let url = Url::parse(text).map_err(|_| wrong())?;
    let named = url.username().is_empty() && url.password().is_none() && url.has_host();
    let bare = url.path() == "/" && url.query().is_none() && url.fragment().is_none();
    if !named || !bare || !matches!(url.scheme(), "ws" | "wss") {
        return Err(wrong());
    }
    if url.scheme() == "ws" && !is_loopback(&url) {
        return Err(format!("is {text:?}; ws is only for this machine, write wss"));
    }
    Ok(url.origin().ascii_serialization())
}

fn is_plain_http(url: &Url) -> bool {
    let named = url.username().is_empty() && url.password().is_none() && url.has_host();
    named && matches!(url.scheme(), "http" | "https")
}

fn is_loopback(url: &Url) -> bool {
    let host = url.host_str().unwrap_or_default().trim_matches(['[', ']']);
    host == "localhost" || host.parse().is_ok_and(|ip: IpAddr| ip.is_loopback())
}
