//! What the platform's answers mean, one row each, and the token's call and answer.

use serde_json::{Value, json};
use steward::platform::{Platform, Reply, SendOutcome, TokenUse};

use super::support::*;

fn outcome(status: u16, body: &str) -> SendOutcome {
    let body = body.as_bytes().to_vec();
    bot().interpret(&Reply { status, retry_after_s: None, body })
}

fn refused(why: &str) -> SendOutcome {
    SendOutcome::Refused { why: why.into() }
}

fn retry(delay_ms: u64) -> SendOutcome {
    SendOutcome::RetryAfter { delay_ms }
}

fn unclear(why: &str) -> SendOutcome {
    SendOutcome::Unclear { why: why.into() }
}

#[test]
fn each_code_of_the_old_family_has_its_outcome() {
    for (code, expected) in [
        (json!(0), SendOutcome::Sent { id: None }),
        (json!("0"), SendOutcome::Sent { id: None }),
        (json!(-1), retry(5_000)),
        (json!("-1"), retry(5_000)),
        (json!(15), unclear("15")),
        (json!(88), unclear("88")),
        (json!(40014), SendOutcome::TokenExpired),
        (json!(42001), SendOutcome::TokenExpired),
        (json!(90002), retry(1_000)),
        (json!(90018), retry(1_000)),
        (json!(90020), refused("90020")),
        (json!(130101), retry(60_000)),
        (json!(410100), retry(60_000)),
        (json!(300001), SendOutcome::Moved),
        (json!(400101), SendOutcome::Moved),
        (json!(310000), refused("310000")),
        (json!(400013), refused("400013")),
        (json!(400106), refused("400106")),
        (json!(430102), refused("430102")),
        (json!(460101), refused("460101")),
        (json!(99999999), refused("99999999")),
    ] {
        let body = json!({ "errcode": code, "errmsg": "ip 10.0.0.1 not in whitelist" });
        assert_eq!(outcome(200, &body.to_string()), expected, "{code}");
    }
}

#[test]
fn each_code_of_the_new_family_has_its_outcome() {
    let qps = "Forbidden.AccessDenied.QpsLimitForAppkeyAndApi";
    let month = "Forbidden.AccessDenied.ApiCountLimitForOrg";
    let too_long = "invalidParameter.msgParam.tooLong";
    for (status, code, expected) in [
        (400, "session.expired", SendOutcome::Moved),
        (400, "session.notExisted", SendOutcome::Moved),
        (400, "send.too.fast", retry(60_000)),
        (400, "send.byToken.tooFast", retry(60_000)),
        (400, "too.many.group", retry(60_000)),
        (400, "too.many.people", retry(60_000)),
        (403, qps, retry(1_000)),
        (403, "Forbidden.AccessDenied.QpsLimitForApi", retry(1_000)),
        (403, "Forbidden.AccessDenied.QpmLimitForAppkeyAndApi", retry(60_000)),
        (403, "Forbidden.AccessDenied.QpmLimitForApi", retry(60_000)),
        (403, month, refused(month)),
        (400, "system.busy", retry(5_000)),
        (400, "system.error", unclear("system.error")),
        (400, "InvalidAuthentication", SendOutcome::TokenExpired),
        (401, "Whatever", SendOutcome::TokenExpired),
        (400, too_long, refused(too_long)),
        (400, "group.disbanded", refused("group.disbanded")),
        (400, "never.seen\nbefore 张三", refused("never.seenbefore")),
    ] {
        let body = json!({ "code": code, "requestid": "r", "message": "张三" });
        assert_eq!(outcome(status, &body.to_string()), expected, "{code}");
    }
}

#[test]
fn a_send_by_api_returns_its_key_and_whom_it_missed() {
    let sent = SendOutcome::Sent { id: Some("pqk".into()) };
    for (more, expected) in [
        (json!({}), sent.clone()),
        (json!({ "errcode": 0 }), sent.clone()),
        (json!({ "invalidStaffIdList": [], "flowControlledStaffIdList": [] }), sent),
        (json!({ "invalidStaffIdList": ["x"] }), refused("invalidStaffIdList")),
        (json!({ "flowControlledStaffIdList": ["x"] }), retry(60_000)),
    ] {
        let mut body = json!({ "processQueryKey": "pqk" });
        body.as_object_mut().expect("object").extend(more.as_object().expect("object").clone());
        assert_eq!(outcome(200, &body.to_string()), expected, "{body}");
    }
}

#[test]
fn answers_without_a_code_go_by_their_status() {
    for (status, body, expected) in [
        (200, "<html>", unclear("no json")),
        (200, "", unclear("no json")),
        (200, "[]", unclear("no json")),
        (200, "{}", unclear("no code")),
        (200, r#"{"errcode":null}"#, unclear("no code")),
        (500, r#"{"errcode":0}"#, unclear("http 500")),
        (502, "<html>", unclear("http 502")),
        (504, "", unclear("http 504")),
        (408, "", unclear("http 408")),
        (302, "", refused("http 302")),
        (401, "<html>", SendOutcome::TokenExpired),
        (403, "<html>", refused("http 403")),
        (404, "{}", refused("http 404")),
        (200, "{\"errcode\":0}{\"errcode\":0}", SendOutcome::Sent { id: None }),
        (200, "{\"errcode\":0}\n{\"errcode\":310000}", unclear("two answers")),
        (200, "{\"errcode\":0}<html>", unclear("no json")),
        (200, "{\"errcode\":0} 1", unclear("no json")),
        (200, r#"{"status":1111,"wait":5,"punish":"deny"}"#, retry(300_000)),
    ] {
        assert_eq!(outcome(status, body), expected, "{status} {body}");
    }
}

#[test]
fn a_429_waits_as_long_as_it_says_within_bounds() {
    for (retry_after_s, delay_ms) in [
        (None, 5_000),
        (Some(0), 1_000),
        (Some(7), 7_000),
        (Some(604_800), 600_000),
        (Some(u64::MAX), 600_000),
    ] {
        let reply = Reply { status: 429, retry_after_s, body: b"<html>".to_vec() };
        assert_eq!(bot().interpret(&reply), retry(delay_ms));
    }
}

#[test]
fn a_missing_permission_names_its_scopes() {
    let code = "Forbidden.AccessDenied.AccessTokenPermissionDenied";
    let body = json!({
        "code": code,
        "message": "应用尚未开通所需的权限",
        "accessdenieddetail": { "requiredScopes": ["qyapi_robot_sendmsg", "bad\nscope", 3] },
    });
    let expected = refused(&format!("{code} qyapi_robot_sendmsg badscope"));
    assert_eq!(outcome(403, &body.to_string()), expected);
}

#[test]
fn a_token_is_asked_for_and_read() {
    let call = bot().token_call().expect("a call");
    assert_eq!(call.url, "https://api.dingtalk.com/v1.0/oauth2/accessToken");
    assert_eq!((call.method, call.token), ("POST", TokenUse::None));
    let body: Value = serde_json::from_slice(&call.body).expect("JSON");
    assert_eq!(body, json!({ "appKey": "dingkey", "appSecret": APP_SECRET }));
    let read = |status, body: &str| {
        let reply = Reply { status, retry_after_s: None, body: body.as_bytes().to_vec() };
        let token = bot().read_token(&reply)?;
        Some((String::from_utf8_lossy(token.value.expose()).into_owned(), token.expires_in_s))
    };
    assert_eq!(read(200, r#"{"accessToken":"t","expireIn":7200}"#), Some(("t".into(), 7200)));
    assert_eq!(read(200, r#"{"accessToken":"t"}"#), Some(("t".into(), 7200)));
    let longest = Some(("t".into(), 86_400));
    assert_eq!(read(200, r#"{"accessToken":"t","expireIn":99999999}"#), longest);
    assert_eq!(read(400, r#"{"accessToken":"t","expireIn":7200}"#), None);
    for bad in [r#"{"code":"invalidClientIdOrSecret"}"#, r#"{"accessToken":""}"#, "<html>"] {
        assert_eq!(read(200, bad), None, "{bad}");
    }
    assert_eq!(read(200, "{\"accessToken\":\"a\\r\\nx: y\"}"), None, "no header may be smuggled");
}
