//! The JSON of a robot callback as serde reads it: every member optional, numbers and texts
//! interchangeable, unknown members ignored. Decides nothing.

use serde::{Deserialize, Deserializer};
use serde_json::Value;

/// A callback, its members under the platform's names. Source: docs/platforms/dingtalk.md#wire.
/// `isAdmin` is left out on purpose: roles are ours, and the signature does not cover the body.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Callback {
    #[serde(deserialize_with = "word")]
    pub msgtype: Option<String>,
    #[serde(deserialize_with = "word")]
    pub conversation_id: Option<String>,
    #[serde(deserialize_with = "word")]
    pub conversation_type: Option<String>,
    #[serde(deserialize_with = "word")]
    pub conversation_title: Option<String>,
    #[serde(deserialize_with = "word")]
    pub chatbot_corp_id: Option<String>,
    #[serde(deserialize_with = "word")]
    pub chatbot_user_id: Option<String>,
    #[serde(deserialize_with = "word")]
    pub robot_code: Option<String>,
    #[serde(deserialize_with = "word")]
    pub msg_id: Option<String>,
    #[serde(deserialize_with = "ms")]
    pub create_at: Option<i64>,
    #[serde(deserialize_with = "word")]
    pub sender_id: Option<String>,
    #[serde(deserialize_with = "word")]
    pub sender_nick: Option<String>,
    #[serde(deserialize_with = "word")]
    pub sender_staff_id: Option<String>,
    #[serde(deserialize_with = "word")]
    pub sender_corp_id: Option<String>,
    pub is_in_at_list: Option<bool>,
    pub at_users: Option<Vec<AtUser>>,
    #[serde(deserialize_with = "word")]
    pub session_webhook: Option<String>,
    #[serde(deserialize_with = "ms")]
    pub session_webhook_expired_time: Option<i64>,
    #[serde(deserialize_with = "word")]
    pub error_code: Option<String>,
    /// Payload of `text`; replies keep what they quote here too.
    pub text: Value,
    /// Payload of every other type.
    pub content: Value,
    #[serde(deserialize_with = "word")]
    pub original_msg_id: Option<String>,
    #[serde(deserialize_with = "word")]
    pub original_process_query_key: Option<String>,
    pub quote_message: Value,
}

/// Somebody @-ed, the robot among them.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct AtUser {
    #[serde(deserialize_with = "word")]
    pub dingtalk_id: Option<String>,
    #[serde(deserialize_with = "word")]
    pub staff_id: Option<String>,
}

/// What the platform writes now as a number, now as a text.
#[derive(Deserialize)]
#[serde(untagged)]
enum Scalar {
    Text(String),
    Int(i64),
    Float(f64),
}

/// A text or a number as text; null and empty are absent.
fn word<'de, D: Deserializer<'de>>(from: D) -> Result<Option<String>, D::Error> {
    Ok(match Option::<Scalar>::deserialize(from)? {
        Some(Scalar::Text(text)) if !text.is_empty() => Some(text),
        Some(Scalar::Text(_)) | None => None,
        Some(Scalar::Int(number)) => Some(number.to_string()),
        Some(Scalar::Float(number)) => Some(number.to_string()),
    })
}

/// Milliseconds as a number or a text of one; a text that is none is an error.
fn ms<'de, D: Deserializer<'de>>(from: D) -> Result<Option<i64>, D::Error> {
    Ok(match Option::<Scalar>::deserialize(from)? {
        Some(Scalar::Text(text)) if !text.is_empty() => {
            Some(text.parse().map_err(serde::de::Error::custom)?)
        }
        Some(Scalar::Text(_)) | None => None,
        Some(Scalar::Int(number)) => Some(number),
        // A float saturates: an absurd time is an absurd time, no error.
        Some(Scalar::Float(number)) => Some(number as i64),
    })
}

/// The first of these members that is a text and not blank.
pub fn text_of<'a>(value: &'a Value, members: &[&str]) -> Option<&'a str> {
    members
        .iter()
        .filter_map(|member| value.get(member)?.as_str())
        .find(|text| !text.trim().is_empty())
}
