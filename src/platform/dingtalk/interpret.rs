//! What DingTalk's answer to a send means: HTTP status and error code to an outcome, as one table.
//! Never passes the platform's own message on, for it carries addresses and ids.

use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::Value;

use crate::platform::{Reply, SendOutcome};

/// Never wait longer, in ms: an answer lives ten minutes.
const RETRY_MS_MAX: u64 = 10 * 60 * 1000;
/// A second's quota is over. Source: docs/platforms/dingtalk.md#outcomes.
const SECOND_MS: u64 = 1000;
/// Busy: give it a little longer than a second.
const BUSY_MS: u64 = 5 * 1000;
/// A minute's quota is over. A custom robot stays blocked for ten minutes, but answers, which live
/// no longer than that, mostly go another way; asking again each minute harms nothing.
const MINUTE_MS: u64 = 60 * 1000;
/// The public address is banned for five minutes.
const BAN_MS: u64 = 5 * 60 * 1000;
/// Most bytes of a code, and most scopes, that go into a log.
const WORD_BYTES_MAX: usize = 80;
const SCOPES_MAX: usize = 5;

/// Answers in one body that are looked at: a gateway that repeats one repeats it once.
const DOCUMENTS_MAX: usize = 4;

#[derive(Clone, Copy)]
enum Meaning {
    Sent,
    Retry(u64),
    Moved,
    Token,
    Unclear,
}
use Meaning::{Moved, Retry, Sent, Token, Unclear};

/// Codes of both API families that do not mean refusal; every other code does.
/// Source: docs/platforms/dingtalk.md#outcomes.
const CODES: &[(&str, Meaning)] = &[
    ("0", Sent),
    ("-1", Retry(BUSY_MS)),
    ("15", Unclear),
    ("88", Unclear),
    ("40014", Token),
    ("42001", Token),
    ("90002", Retry(SECOND_MS)),
    ("90018", Retry(SECOND_MS)),
    ("130101", Retry(MINUTE_MS)),
    ("410100", Retry(MINUTE_MS)),
    ("300001", Moved),
    ("400101", Moved),
    ("Forbidden.AccessDenied.QpmLimitForApi", Retry(MINUTE_MS)),
    ("Forbidden.AccessDenied.QpmLimitForAppkeyAndApi", Retry(MINUTE_MS)),
    ("Forbidden.AccessDenied.QpsLimitForApi", Retry(SECOND_MS)),
    ("Forbidden.AccessDenied.QpsLimitForAppkeyAndApi", Retry(SECOND_MS)),
    ("InvalidAuthentication", Token),
    ("send.byToken.tooFast", Retry(MINUTE_MS)),
    ("send.too.fast", Retry(MINUTE_MS)),
    ("session.expired", Moved),
    ("session.notExisted", Moved),
    ("system.busy", Retry(BUSY_MS)),
    ("system.error", Unclear),
    ("too.many.group", Retry(MINUTE_MS)),
    ("too.many.people", Retry(MINUTE_MS)),
];

/// What of an answer says that all went well, and all that may speak against it.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Plain {
    errcode: i64,
    process_query_key: Option<String>,
    status: Option<IgnoredAny>,
    invalid_staff_id_list: Option<IgnoredAny>,
    flow_controlled_staff_id_list: Option<IgnoredAny>,
}

/// The outcome that nearly every answer says in so many words. Whatever else one says is for the
/// table.
fn plainly_sent(body: &[u8]) -> Option<SendOutcome> {
    let text = std::str::from_utf8(body).ok().filter(|text| text.starts_with('{'))?;
    match serde_json::from_str::<Plain>(text) {
        Ok(Plain {
            errcode: 0,
            process_query_key: id,
            status: None,
            invalid_staff_id_list: None,
            flow_controlled_staff_id_list: None,
        }) => Some(SendOutcome::Sent { id }),
        Ok(_) | Err(_) => None,
    }
}

/// The outcome of a send.
pub fn interpret(reply: &Reply) -> SendOutcome {
    match reply.status {
        429 => return retry(reply.retry_after_s.map_or(BUSY_MS, |s| s.saturating_mul(1000))),
        // The message may have gone out before the gateway gave up.
        408 | 500.. => return unclear(format!("http {}", reply.status)),
        _ => {}
    }
    if let Some(sent) = plainly_sent(&reply.body) {
        return sent;
    }
    match documents(&reply.body).as_slice() {
        [] => without_code(reply.status, "no json"),
        [one] => of_document(reply.status, one),
        // Said twice, it is still one answer; said differently, nobody knows.
        [one, others @ ..] => {
            let first = of_document(reply.status, one);
            let same = others.iter().all(|other| of_document(reply.status, other) == first);
            if same { first } else { unclear("two answers".into()) }
        }
    }
}

/// The objects of which a body consists; none if there is anything else in it.
fn documents(body: &[u8]) -> Vec<Value> {
    let read = serde_json::Deserializer::from_slice(body).into_iter::<Value>();
    let read: Result<Vec<Value>, _> = read.take(DOCUMENTS_MAX).collect();
    let objects = read.ok().filter(|all| all.iter().all(Value::is_object));
    objects.unwrap_or_default()
}

/// The outcome that one object says.
fn of_document(status: u16, body: &Value) -> SendOutcome {
    if body.get("status").and_then(Value::as_u64) == Some(1111) {
        return retry(BAN_MS);
    }
    let Some(code) = code(body) else {
        return match body.get("processQueryKey").and_then(Value::as_str) {
            Some(id) if is_success(status) => delivered(body, id),
            _ => without_code(status, "no code"),
        };
    };
    match CODES.iter().find(|(name, _)| *name == code).map(|(_, meaning)| *meaning) {
        Some(Sent) => match body.get("processQueryKey").and_then(Value::as_str) {
            Some(id) => delivered(body, id),
            None => SendOutcome::Sent { id: None },
        },
        Some(Retry(delay_ms)) => retry(delay_ms),
        Some(Moved) => SendOutcome::Moved,
        Some(Token) => SendOutcome::TokenExpired,
        Some(Unclear) => unclear(word(&code)),
        None if status == 401 => SendOutcome::TokenExpired,
        None => SendOutcome::Refused { why: with_scopes(&code, body) },
    }
}

/// `errcode` of the old family (a number, or a text of digits), else `code` of the new one.
fn code(body: &Value) -> Option<String> {
    [body.get("errcode"), body.get("code")].into_iter().flatten().find_map(|value| match value {
        Value::String(text) if !text.is_empty() => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    })
}

/// A send by API reports the people it did not reach in lists of an answer that is otherwise good;
/// we send to one person at a time. Source: docs/platforms/dingtalk.md#outcomes.
fn delivered(body: &Value, id: &str) -> SendOutcome {
    let some = |list: &str| body.get(list).and_then(Value::as_array).is_some_and(|l| !l.is_empty());
    if some("invalidStaffIdList") {
        SendOutcome::Refused { why: "invalidStaffIdList".into() }
    } else if some("flowControlledStaffIdList") {
        retry(MINUTE_MS)
    } else {
        SendOutcome::Sent { id: Some(id.to_owned()) }
    }
}

fn without_code(status: u16, why: &str) -> SendOutcome {
    match status {
        200..300 => unclear(why.into()),
        401 => SendOutcome::TokenExpired,
        _ => SendOutcome::Refused { why: format!("http {status}") },
    }
}

/// A missing permission names the scopes to ask for; the operator needs them.
fn with_scopes(code: &str, body: &Value) -> String {
    let scopes = body.pointer("/accessdenieddetail/requiredScopes").and_then(Value::as_array);
    let names = scopes.into_iter().flatten().filter_map(Value::as_str).take(SCOPES_MAX).map(word);
    [word(code)].into_iter().chain(names).collect::<Vec<_>>().join(" ")
}

/// What of a platform's word may stand in a log.
pub(super) fn word(text: &str) -> String {
    let fit = |c: &char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
    text.chars().filter(fit).take(WORD_BYTES_MAX).collect()
}

fn is_success(status: u16) -> bool {
    (200..300).contains(&status)
}

fn retry(delay_ms: u64) -> SendOutcome {
    SendOutcome::RetryAfter { delay_ms: delay_ms.clamp(SECOND_MS, RETRY_MS_MAX) }
}

fn unclear(why: String) -> SendOutcome {
    SendOutcome::Unclear { why }
}
