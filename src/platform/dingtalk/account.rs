//! The settings of one DingTalk account. Reads no file and asks no environment.

use crate::model::{PersonId, Secret};
use crate::platform::Limits;

/// What `[[account]]` says of a DingTalk account, its secrets resolved.
#[derive(Debug, Clone)]
pub struct Account {
    /// The account's name: the first half of every id that comes through it.
    pub name: String,
    /// Client id of the app (`ding…`).
    pub app_key: String,
    /// Client secret: key of the callback's signature too.
    pub app_secret: Secret,
    /// Robot code; for an app's own robot it is the app key.
    pub robot_code: String,
    /// The organisation; where it is set, callbacks of another one are refused.
    pub corp_id: Option<String>,
    /// Token of encrypted event callbacks.
    pub event_token: Option<Secret>,
    /// AES key of encrypted event callbacks, 43 characters.
    pub event_aes_key: Option<Secret>,
    /// Secret of card callbacks.
    pub card_secret: Option<Secret>,
    /// A custom robot of one group.
    pub custom_robot: Option<CustomRobot>,
    /// Base of the new API, without a final slash: `https://api.dingtalk.com`.
    pub api_base: String,
    /// Base of the old API, without a final slash: `https://oapi.dingtalk.com`.
    pub oapi_base: String,
    /// Origins to which answers may be posted; empty means the default ones.
    pub webhook_origins: Vec<String>,
    /// The account opens a long connection instead of being called back, to these origins
    /// (`wss://…`); empty means the default ones. `None`: it is called back.
    pub stream: Option<Vec<String>>,
    /// How fast the API may be called.
    pub limits: Limits,
    /// Names the bot is called by in texts, the display name first.
    pub bot_names: Vec<String>,
}

/// A custom robot (群自定义机器人).
#[derive(Debug, Clone)]
pub struct CustomRobot {
    /// Its address with the access token in it, hence a secret, without timestamp and sign.
    pub url: Secret,
    /// The secret of its signature (`SEC…`).
    pub secret: Secret,
    /// The `openConversationId` of the group it stands in; the platform does not tell.
    pub conversation: Option<String>,
}

/// What an id begins with that is not a staff id. Platform-made ids cannot be mistaken for a staff
/// id, hence for an admin of the settings, behind it (docs/platforms/dingtalk.md#people).
const OUTSIDE: &str = "dingtalkId:";

impl Account {
    /// A member of the organisation.
    pub(super) fn member(&self, staff_id: String) -> PersonId {
        PersonId { account: self.name.clone(), id: staff_id }
    }

    /// Somebody of whom only the `dingtalkId` is known.
    pub(super) fn outsider(&self, dingtalk_id: &str) -> PersonId {
        PersonId { account: self.name.clone(), id: format!("{OUTSIDE}{dingtalk_id}") }
    }
}

/// The staff id of a person, if they have one: only then can they be @-ed and written to.
pub(super) fn staff_id(person: &PersonId) -> Option<&str> {
    (!person.id.starts_with(OUTSIDE)).then_some(person.id.as_str())
}

/// The header of every call.
pub(super) fn json_header() -> Vec<(&'static str, String)> {
    vec![("content-type", "application/json; charset=utf-8".into())]
}
