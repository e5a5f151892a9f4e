//! The signed and encrypted vectors of tests/data/vectors/dingtalk.json, each kind.

use serde_json::Value;
use steward::model::{Secret, Timestamp};
use steward::platform::dingtalk::event::{self, EventKeys, SealedEvent};
use steward::platform::dingtalk::sign;

fn vectors(kind: &str, count: usize) -> Vec<Value> {
    let text = include_str!("../data/vectors/dingtalk.json");
    let all: Vec<Value> = serde_json::from_str(text).expect("JSON");
    let found: Vec<Value> = all.into_iter().filter(|v| v["kind"] == kind).collect();
    assert_eq!(found.len(), count, "{kind}");
    found
}

fn word<'a>(vector: &'a Value, name: &str) -> &'a str {
    vector[name].as_str().unwrap_or_else(|| panic!("{name} in {}", vector["name"]))
}

fn secret(vector: &Value, name: &str) -> Secret {
    Secret::new(word(vector, name))
}

#[test]
fn robot_callbacks_are_taken_or_refused_as_the_vectors_say() {
    for vector in vectors("robot_callback_sign", 9) {
        let (key, timestamp) = (secret(&vector, "app_secret"), word(&vector, "header_timestamp"));
        let now = Timestamp(vector["now_ms"].as_i64().expect("now_ms"));
        let given = word(&vector, "header_sign");
        let result = sign::check_callback(&key, Some(timestamp), Some(given), now);
        let expected = &vector["expected"];
        assert_eq!(result.is_ok(), expected["accept"] == true, "{}", vector["name"]);
        let reason = result.err().map(|error| error.name());
        assert_eq!(reason, expected["reason"].as_str(), "{}", vector["name"]);
        assert_eq!(sign::timestamp_sign(&key, timestamp), word(expected, "correct_sign"));
    }
}

#[test]
fn custom_robots_are_signed_as_the_vectors_say() {
    for vector in vectors("custom_robot_sign", 5) {
        let (key, timestamp) = (secret(&vector, "secret"), word(&vector, "timestamp"));
        let expected = &vector["expected"];
        assert_eq!(sign::timestamp_sign(&key, timestamp), word(expected, "sign_base64"));
        let now = Timestamp(timestamp.parse().expect("ms"));
        let bare = "https://oapi.dingtalk.com/robot/send?access_token=TOKEN";
        let url = sign::custom_robot_url(bare, &key, now);
        if let Some(expected) = expected["url"].as_str() {
            assert_eq!(url, expected, "{}", vector["name"]);
        }
    }
}

#[test]
fn card_callbacks_are_signed_as_the_vectors_say() {
    for vector in vectors("card_http_callback_sign", 3) {
        let key = secret(&vector, "api_secret");
        let timestamp = word(&vector, "x-ddpaas-signature-timestamp");
        let right = word(&vector["expected"], "x-ddpaas-signature");
        let now = Timestamp(timestamp.parse().expect("ms"));
        assert_eq!(sign::check_card(&key, Some(timestamp), Some(right), now), Ok(()));
        let other = sign::timestamp_sign(&key, timestamp);
        let mismatch = Err(sign::SignError::Mismatch);
        assert_eq!(sign::check_card(&key, Some(timestamp), Some(&other), now), mismatch);
    }
}

#[test]
fn events_are_decrypted_or_refused_as_the_vectors_say() {
    for vector in vectors("event_crypto", 17) {
        let expected = &vector["expected"];
        let (token, aes_key) = (secret(&vector, "token"), secret(&vector, "encoding_aes_key"));
        let owners = ["somebody-else", word(&vector, "owner_key")];
        let keys = EventKeys { token: &token, aes_key: &aes_key, owners: &owners };
        let either = |name: &str| vector[name].as_str().or(expected[name].as_str());
        let sealed = SealedEvent {
            msg_signature: either("msg_signature").expect("msg_signature"),
            timestamp: word(&vector, "timestamp"),
            nonce: word(&vector, "nonce"),
            encrypt: either("encrypt").expect("encrypt"),
        };
        let opened = event::open(&keys, &sealed);
        if expected["ok"] == true {
            assert_eq!(opened.as_deref(), Ok(either("plaintext").expect("plaintext")));
        } else {
            let name = opened.err().map(|error| error.name());
            assert_eq!(name, expected["error"].as_str(), "{}", vector["name"]);
        }
    }
}

#[test]
fn what_is_sealed_equals_the_vectors_byte_for_byte() {
    let all = vectors("event_crypto", 17);
    let sealed: Vec<_> = all.iter().filter(|v| v["random16"].is_string()).collect();
    assert_eq!(sealed.len(), 6);
    for vector in sealed {
        let (token, aes_key) = (secret(vector, "token"), secret(vector, "encoding_aes_key"));
        let owners = [word(vector, "owner_key")];
        let keys = EventKeys { token: &token, aes_key: &aes_key, owners: &owners };
        let random = word(vector, "random16").as_bytes().try_into().expect("16 bytes");
        let encrypt = event::seal(&keys, random, word(vector, "plaintext"));
        assert_eq!(encrypt.as_deref(), Ok(word(&vector["expected"], "encrypt")));
    }
}

#[test]
fn the_success_answer_opens_again() {
    let (token, aes_key) =
        (Secret::new("token123"), Secret::new("abcdefghijklmnopqrstuvwxyz0123456789ABCDEFA"));
    let keys = EventKeys { token: &token, aes_key: &aes_key, owners: &["dingdemoappkey01"] };
    let body = event::success(&keys, [7; 16], "1760000000001", "XyZ12345").expect("sealed");
    let body: Value = serde_json::from_slice(&body).expect("JSON");
    let sealed = SealedEvent {
        msg_signature: word(&body, "msg_signature"),
        timestamp: word(&body, "timeStamp"),
        nonce: word(&body, "nonce"),
        encrypt: word(&body, "encrypt"),
    };
    assert_eq!(event::open(&keys, &sealed).as_deref(), Ok("success"));
}
