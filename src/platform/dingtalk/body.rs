//! The JSON of a robot callback as serde reads it: every member optional, numbers and texts
//! interchangeable, unknown members ignored. Decides nothing.

use std::borrow::Cow;
use std::fmt;

use serde::de::Visitor;
use serde::{Deserialize, Deserializer};
use serde_json::Value;

/// A text of a callback, as far as possible within its body.
pub type Word<'a> = Option<Cow<'a, str>>;

/// A callback, its members under the platform's names. Source: docs/platforms/dingtalk.md#wire.
/// `isAdmin` is left out on purpose: roles are ours, and the signature does not cover the body.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Callback<'a> {
    #[serde(borrow, deserialize_with = "word")]
    pub msgtype: Word<'a>,
    #[serde(borrow, deserialize_with = "word")]
    pub conversation_id: Word<'a>,
    #[serde(borrow, deserialize_with = "word")]
    pub conversation_type: Word<'a>,
    #[serde(borrow, deserialize_with = "word")]
    pub conversation_title: Word<'a>,
    #[serde(borrow, deserialize_with = "word")]
    pub chatbot_corp_id: Word<'a>,
    #[serde(borrow, deserialize_with = "word")]
    pub chatbot_user_id: Word<'a>,
    #[serde(borrow, deserialize_with = "word")]
    pub robot_code: Word<'a>,
    #[serde(borrow, deserialize_with = "word")]
    pub msg_id: Word<'a>,
    #[serde(deserialize_with = "ms")]
    pub create_at: Option<i64>,
    #[serde(borrow, deserialize_with = "word")]
    pub sender_id: Word<'a>,
    #[serde(borrow, deserialize_with = "word")]
    pub sender_nick: Word<'a>,
    #[serde(borrow, deserialize_with = "word")]
    pub sender_staff_id: Word<'a>,
    #[serde(borrow, deserialize_with = "word")]
    pub sender_corp_id: Word<'a>,
    pub is_in_at_list: Option<bool>,
    #[serde(borrow)]
    pub at_users: Option<Vec<AtUser<'a>>>,
    #[serde(borrow, deserialize_with = "word")]
    pub session_webhook: Word<'a>,
    #[serde(deserialize_with = "ms")]
    pub session_webhook_expired_time: Option<i64>,
    #[serde(borrow, deserialize_with = "word")]
    pub error_code: Word<'a>,
    /// Payload of `text`; replies keep what they quote here too.
    pub text: Value,
    /// Payload of every other type.
    pub content: Value,
    #[serde(borrow, deserialize_with = "word")]
    pub original_msg_id: Word<'a>,
    #[serde(borrow, deserialize_with = "word")]
    pub original_process_query_key: Word<'a>,
    pub quote_message: Value,
}

/// Somebody @-ed, the robot among them.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct AtUser<'a> {
    #[serde(borrow, deserialize_with = "word")]
    pub dingtalk_id: Word<'a>,
    #[serde(borrow, deserialize_with = "word")]
    pub staff_id: Word<'a>,
}

/// What the platform writes now as a number, now as a text; null is absent.
enum Scalar<'de> {
    Absent,
    Text(Cow<'de, str>),
    Int(i64),
    Float(f64),
}

struct ScalarVisitor;

impl<'de> Visitor<'de> for ScalarVisitor {
    type Value = Scalar<'de>;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("a text, a number or null")
    }

    fn visit_unit<E>(self) -> Result<Scalar<'de>, E> {
        Ok(Scalar::Absent)
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Scalar<'de>, E> {
        Ok(Scalar::Text(Cow::Borrowed(text)))
    }

    fn visit_str<E>(self, text: &str) -> Result<Scalar<'de>, E> {
        Ok(Scalar::Text(Cow::Owned(text.to_owned())))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Scalar<'de>, E> {
        Ok(Scalar::Int(number))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Scalar<'de>, E> {
        Ok(i64::try_from(number).map_or(Scalar::Float(number as f64), Scalar::Int))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Scalar<'de>, E> {
        Ok(Scalar::Float(number))
    }
}

/// A text or a number as text; null and empty are absent.
pub fn word<'de, D: Deserializer<'de>>(from: D) -> Result<Word<'de>, D::Error> {
    Ok(match from.deserialize_any(ScalarVisitor)? {
        Scalar::Text(text) if !text.is_empty() => Some(text),
        Scalar::Text(_) | Scalar::Absent => None,
        Scalar::Int(number) => Some(Cow::Owned(number.to_string())),
        Scalar::Float(number) => Some(Cow::Owned(number.to_string())),
    })
}

/// Milliseconds as a number or a text of one; a text that is none is an error.
fn ms<'de, D: Deserializer<'de>>(from: D) -> Result<Option<i64>, D::Error> {
    Ok(match from.deserialize_any(ScalarVisitor)? {
        Scalar::Text(text) if !text.is_empty() => {
            Some(text.parse().map_err(serde::de::Error::custom)?)
        }
        Scalar::Text(_) | Scalar::Absent => None,
        Scalar::Int(number) => Some(number),
        // A float saturates: an absurd time is an absurd time, no error.
        Scalar::Float(number) => Some(number as i64),
    })
}

/// The first of these members that is a text and not blank.
pub fn text_of<'a>(value: &'a Value, members: &[&str]) -> Option<&'a str> {
    members
        .iter()
        .filter_map(|member| value.get(member)?.as_str())
        .find(|text| !text.trim().is_empty())
}
