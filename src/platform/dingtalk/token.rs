//! Access tokens of DingTalk's OpenAPI: the call that fetches one, and its answer. Keeps none.

use serde::Deserialize;

use super::account::{Account, json_header};
use crate::model::Secret;
use crate::platform::{HttpCall, Reply, Token, TokenUse};

/// The header that carries the token. Source: docs/platforms/dingtalk.md#token.
pub const TOKEN_HEADER: &str = "x-acs-dingtalk-access-token";
/// The life of a token whose answer does not say: what the vendor documents.
const LIFE_S: u64 = 7200;
/// A longer life is not believed; a token is simply fetched again after a day.
const LIFE_S_MAX: u64 = 24 * 60 * 60;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Answer {
    access_token: String,
    expire_in: Option<u64>,
}

/// `POST /v1.0/oauth2/accessToken`. Source: docs/platforms/dingtalk.md#token.
pub fn call(account: &Account) -> HttpCall {
    let secret = String::from_utf8_lossy(account.app_secret.expose());
    let body = serde_json::json!({ "appKey": account.app_key, "appSecret": secret });
    HttpCall {
        method: "POST",
        url: format!("{}/v1.0/oauth2/accessToken", account.api_base),
        headers: json_header(),
        body: body.to_string().into_bytes(),
        token: TokenUse::None,
    }
}

/// The token in the answer; `None` if it holds none, whatever the reason.
pub fn read(reply: &Reply) -> Option<Token> {
    if reply.status != 200 {
        return None;
    }
    let answer: Answer = serde_json::from_slice(&reply.body).ok()?;
    let expires_in_s = answer.expire_in.unwrap_or(LIFE_S).min(LIFE_S_MAX);
    // A header takes visible ASCII only; anything else is no token.
    let fit = answer.access_token.bytes().all(|b| b.is_ascii_graphic());
    (fit && !answer.access_token.is_empty())
        .then(|| Token { value: Secret::new(answer.access_token), expires_in_s })
}
