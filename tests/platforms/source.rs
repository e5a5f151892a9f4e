//! Reports of outside systems: signature, identity, flattening, and the sample call.

use serde_json::json;
use steward::model::event::{Field, Report};
use steward::model::{Cause, Event, Scope, Timestamp};
use steward::platform::{Raw, Received, Reject, source};

use super::support::{NOW, event, with_headers};

const SECRET: &[u8] = b"demo-source-secret";

fn signed(body: &[u8], at: Timestamp) -> Raw {
    let timestamp = at.0.to_string();
    let signature = source::signature(SECRET, &timestamp, body);
    with_headers(body, [("x-steward-timestamp", timestamp), ("x-steward-signature", signature)])
}

fn receive(raw: &Raw) -> Received {
    source::receive("库存", SECRET, raw, NOW)
}

fn report(body: &str) -> Vec<(String, Field)> {
    let Event { scope, cause, .. } = event(receive(&signed(body.as_bytes(), NOW)));
    assert_eq!(scope, Scope::Source("库存".into()));
    match cause {
        Cause::Reported(Report { fields }) => fields,
        other => panic!("no report: {other:?}"),
    }
}

fn malformed(body: impl AsRef<[u8]>) -> Reject {
    match receive(&signed(body.as_ref(), NOW)) {
        Received::Reject(reject) => reject,
        other => panic!("taken: {other:?}"),
    }
}

#[test]
fn the_signature_is_the_documented_one() {
    // echo -n '1760000000500.{"a":1}' | openssl dgst -sha256 -hmac demo-source-secret
    let expected = "sha256=c51bfc174bf46e915b20bd05c19201f97eca65e7fc2b11703051bec8dbde3445";
    assert_eq!(source::signature(SECRET, "1760000000500", br#"{"a":1}"#), expected);
}

#[test]
fn fields_are_flat_and_in_order() {
    let body = json!({ "z": 1 }).to_string();
    assert_eq!(report(&body), [("z".into(), Field::Number(1.0))]);
    let body = r#"{"sku":"A100","数量":12,"gone":null,"库":{"区":{"号":"b","满":true}},
        "items":[1.5,{"x":-2},[]],"sku":"A200"}"#;
    let expected = [
        ("sku", Field::Text("A200".into())),
        ("数量", Field::Number(12.0)),
        ("库.区.号", Field::Text("b".into())),
        ("库.区.满", Field::Bool(true)),
        ("items.0", Field::Number(1.5)),
        ("items.1.x", Field::Number(-2.0)),
    ];
    assert_eq!(report(body), expected.map(|(name, field)| (name.to_owned(), field)));
    assert_eq!(report("{}"), []);
}

#[test]
fn limits_hold() {
    let nested = |depth: usize| format!("{}1{}", "{\"a\":".repeat(depth), "}".repeat(depth));
    assert_eq!(report(&nested(16)).len(), 1);
    assert_eq!(malformed(nested(17)), Reject::Malformed("json"));
    assert_eq!(malformed(nested(2000)), Reject::Malformed("json"));
    let many: Vec<String> = (0..100).map(|i| format!("\"f{i}\":{i}")).collect();
    assert_eq!(report(&format!("{{{}}}", many.join(","))).len(), 64);
    let long = report(&json!({ "长": "字".repeat(2000) }).to_string());
    let Field::Text(text) = &long[0].1 else { panic!("no text") };
    assert_eq!(text.chars().count(), 500);
    assert_eq!(malformed(vec![b' '; 256 * 1024 + 1]), Reject::Malformed("size"));
}

#[test]
fn what_is_no_object_is_malformed() {
    for body in ["", "1", "\"x\"", "null", "[]", "[{}]", "{} {}", "{\"a\":1e999}", "{\"a\"}"] {
        assert_eq!(malformed(body), Reject::Malformed("json"), "{body}");
    }
    assert_eq!(malformed(b"{\"a\":\"\xff\"}"), Reject::Malformed("utf8"));
}

#[test]
fn only_the_right_signature_of_now_is_taken() {
    let body = br#"{"a":1}"#;
    let word = |raw: &Raw| match receive(raw) {
        Received::Reject(Reject::Unauthorized(word)) => word,
        other => panic!("{other:?}"),
    };
    for ms in [300_000, -300_000] {
        event(receive(&signed(body, NOW.plus_ms(ms))));
        assert_eq!(word(&signed(body, NOW.plus_ms(ms + ms.signum()))), "expired");
    }
    assert_eq!(word(&signed(body, Timestamp(i64::MIN))), "expired");
    let with = |signature: &str| {
        let mut raw = signed(body, NOW);
        raw.headers.insert("x-steward-signature", signature.parse().expect("a header"));
        raw
    };
    let right = signed(body, NOW).header("x-steward-signature").expect("signed").to_owned();
    for wrong in ["", "sha256=", &right.to_uppercase(), &right[7..], &right[..70]] {
        assert_eq!(word(&with(wrong)), "sign_mismatch", "{wrong}");
    }
    let mut other_body = signed(body, NOW);
    other_body.body = br#"{"a":2}"#.to_vec();
    assert_eq!(word(&other_body), "sign_mismatch");
    let mut bare = signed(body, NOW);
    bare.headers.clear();
    assert_eq!(word(&bare), "sign_missing");
    let empty = source::receive("库存", b"", &signed(body, NOW), NOW);
    assert_eq!(empty, Received::Reject(Reject::Unauthorized("sign_mismatch")));
}

#[test]
fn a_source_without_a_secret_takes_nothing() {
    let timestamp = NOW.0.to_string();
    let signature = source::signature(b"", &timestamp, b"{}");
    let headers = [("x-steward-timestamp", timestamp), ("x-steward-signature", signature)];
    let raw = with_headers(b"{}", headers);
    let refused = Received::Reject(Reject::Unauthorized("sign_mismatch"));
    assert_eq!(source::receive("库存", b"", &raw, NOW), refused);
}

#[test]
fn the_key_is_the_senders_id_or_made_of_what_was_signed() {
    let key = |raw: &Raw| event(receive(raw)).key.expect("a key");
    let first = signed(b"{}", NOW);
    assert_eq!(key(&first), key(&signed(b"{}", NOW)), "the same once more");
    assert_ne!(key(&first), key(&signed(b"{}", NOW.plus_ms(1))));
    assert_ne!(key(&first), key(&signed(b"{ }", NOW)));
    let with_id = |id: &str| {
        let mut raw = signed(b"{}", NOW);
        raw.headers.insert("x-steward-event-id", id.parse().expect("a header"));
        raw
    };
    assert_eq!(key(&with_id("evt-1")), "id:evt-1");
    assert_ne!(key(&with_id(&key(&first))), key(&first), "an id cannot pose as a hash");
    let refused = Received::Reject(Reject::Malformed("event id"));
    assert_eq!(receive(&with_id("")), refused);
    assert_eq!(receive(&with_id(&"x".repeat(513))), refused);
}
