//! The settings of a DingTalk account, and their checks.

use super::budgets::Budgets;
use super::problem::{Problem, Problems};
use super::secret::{SecretRef, World};
use super::section::Section;
use super::values::{base_url, choice, filled, origin, secret_url, stream_origin};
use crate::model::Secret;

/// Its keys, besides those of every account.
pub(super) const KEYS: [&str; 14] = [
    "app_key",
    "app_secret",
    "robot_code",
    "api_base",
    "oapi_base",
    "corp_id",
    "event_token",
    "event_aes_key",
    "card_secret",
    "custom_robot",
    "webhook_origins",
    "mode",
    "stream_origins",
    "limits",
];

/// Length of an EncodingAESKey: 32 bytes in base64 without padding. Source:
/// docs/platforms/dingtalk.md, §3.1.
const AES_KEY_CHARS: usize = 43;

/// A DingTalk account. Meaning of each value: docs/platforms/dingtalk.md, §1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dingtalk<S = SecretRef> {
    /// The app's key.
    pub app_key: String,
    /// The app's secret: fetches access tokens, signs robot callbacks.
    pub app_secret: S,
    /// The robot's code.
    pub robot_code: String,
    /// Base of the new API, without a final slash.
    pub api_base: String,
    /// Base of the old API, without a final slash.
    pub oapi_base: String,
    /// The organisation, which encrypted events may be addressed to.
    pub corp_id: Option<String>,
    /// Token of the event subscription; there exactly if `event_aes_key` is.
    pub event_token: Option<S>,
    /// EncodingAESKey of the event subscription; 43 characters once resolved.
    pub event_aes_key: Option<S>,
    /// Signs card callbacks.
    pub card_secret: Option<S>,
    /// A custom robot of one group.
    pub custom_robot: Option<CustomRobot<S>>,
    /// Origins that a `sessionWebhook` may have; empty: the platform's defaults.
    pub webhook_origins: Vec<String>,
    /// How much may be said.
    pub limits: Budgets,
    /// How messages come.
    pub mode: Mode,
    /// Origins that the connection of `Mode::Stream` may go to; empty: the platform's defaults.
    pub stream_origins: Vec<String>,
}

/// How what is said to the robot reaches the bot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// The platform calls the bot back.
    Http,
    /// The bot opens a connection to the platform.
    Stream,
}

/// A custom robot (群自定义机器人): posts to one group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CustomRobot<S = SecretRef> {
    /// Its address, which carries its token.
    pub url: S,
    /// Signs what is posted.
    pub secret: S,
    /// The conversation it stands in, as the platform calls it; none: it is not used.
    pub conversation: Option<String>,
}

impl Dingtalk {
    pub(super) fn read(section: &Section, problems: &mut Problems) -> Option<Self> {
        let app_key = section.required("app_key", "app_key = \"dingkey\"", problems, filled);
        let app_secret = SecretRef::required(section, "app_secret", problems);
        let robot_code =
            section.required("robot_code", "robot_code = \"dingrobot\"", problems, filled);
        let api_base = section.parsed("api_base", problems, base_url);
        let oapi_base = section.parsed("oapi_base", problems, base_url);
        let corp_id = section.parsed("corp_id", problems, filled);
        let event_token = SecretRef::read(section, "event_token", problems);
        let event_aes_key = SecretRef::read(section, "event_aes_key", problems);
        for (key, other) in [("event_token", "event_aes_key"), ("event_aes_key", "event_token")] {
            if section.find(key).is_none() && section.find(other).is_some() {
                section.missing(key, &format!("both it and {other:?}, or neither"), problems);
            }
        }
        let card_secret = SecretRef::read(section, "card_secret", problems);
        let custom_robot = section
            .table("custom_robot", problems)
            .map(|robot| CustomRobot::read(&robot, problems));
        let origins = section.list("webhook_origins", problems, origin);
        let modes = [("http", Mode::Http), ("stream", Mode::Stream)];
        let mode = section.parsed("mode", problems, |text| choice(text, &modes));
        let stream_origins = section.list("stream_origins", problems, stream_origin);
        let limits = Budgets::read(section, problems);
        Some(Self {
            app_key: app_key?,
            app_secret: app_secret?,
            robot_code: robot_code?,
            api_base: api_base.unwrap_or_else(|| "https://api.dingtalk.com".into()),
            oapi_base: oapi_base.unwrap_or_else(|| "https://oapi.dingtalk.com".into()),
            corp_id,
            event_token,
            event_aes_key,
            card_secret,
            custom_robot: custom_robot.flatten(),
            webhook_origins: origins.into_iter().map(|(_, origin)| origin).collect(),
            mode: mode.unwrap_or(Mode::Http),
            stream_origins: stream_origins.into_iter().map(|(_, origin)| origin).collect(),
            limits,
        })
    }

    /// Fetches its secrets. All problems at once.
    pub(super) fn resolve(&self, world: &World) -> Result<Dingtalk<Secret>, Vec<Problem>> {
        let mut problems = Vec::new();
        let mut fetch = |secret: &SecretRef, check: fn(&str) -> Result<(), String>| {
            secret.resolve_checked(world, check).map_err(|problem| problems.push(problem)).ok()
        };
        let app_secret = fetch(&self.app_secret, any);
        let mut optional = |secret: &Option<SecretRef>, check| match secret {
            Some(secret) => fetch(secret, check),
            None => None,
        };
        let event_token = optional(&self.event_token, any);
        let event_aes_key = optional(&self.event_aes_key, aes_key);
        let card_secret = optional(&self.card_secret, any);
        let custom_robot = self.custom_robot.as_ref().map(|robot| {
            let (url, secret) = (fetch(&robot.url, secret_url), fetch(&robot.secret, any));
            let conversation = robot.conversation.clone();
            Some(CustomRobot { url: url?, secret: secret?, conversation })
        });
        match app_secret {
            Some(app_secret) if problems.is_empty() => Ok(Dingtalk {
                app_key: self.app_key.clone(),
                app_secret,
                robot_code: self.robot_code.clone(),
                api_base: self.api_base.clone(),
                oapi_base: self.oapi_base.clone(),
                corp_id: self.corp_id.clone(),
                event_token,
                event_aes_key,
                card_secret,
                custom_robot: custom_robot.flatten(),
                webhook_origins: self.webhook_origins.clone(),
                mode: self.mode,
                stream_origins: self.stream_origins.clone(),
                limits: self.limits,
            }),
            Some(_) | None => Err(problems),
        }
    }
}

impl CustomRobot {
    fn read(section: &Section, problems: &mut Problems) -> Option<Self> {
        section.check_keys(&["url", "secret", "conversation"], problems);
        let url = SecretRef::read_url(section, "url", problems);
        let secret = SecretRef::required(section, "secret", problems);
        let conversation = section.parsed("conversation", problems, filled);
        Some(Self { url: url?, secret: secret?, conversation })
    }
}

fn any(_: &str) -> Result<(), String> {
    Ok(())
}

fn aes_key(text: &str) -> Result<(), String> {
    let count = text.chars().count();
    if count == AES_KEY_CHARS && text.chars().all(|c| c.is_ascii_alphanumeric()) {
        return Ok(());
    }
    Err(format!(
        "an EncodingAESKey has {AES_KEY_CHARS} Latin letters and digits; \
         this has {count} characters"
    ))
}
