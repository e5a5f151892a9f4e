//! From an account's settings to its platform: the only place that knows all platforms by name.

use std::sync::Arc;

use crate::config::{
    Account, Budgets, Config, CustomRobot, Dingtalk, Mode, PlatformConfig, Problem, World,
};
use crate::model::Secret;
use crate::platform::dingtalk::{self, DingTalk, LIMITS};
use crate::platform::playground::Playground;
use crate::platform::{Limits, Platform};

/// The platforms of a deployment.
pub struct Platforms {
    /// Every account's name and platform.
    pub all: Vec<(String, Arc<dyn Platform>)>,
    /// The first playground account: the one with a page.
    pub page: Option<String>,
}

/// Builds every account's platform, its secrets fetched. All problems at once, a line each.
pub fn build(config: &Config, world: &World) -> Result<Platforms, Vec<String>> {
    let accounts = config.resolve_accounts(world).map_err(lines)?;
    let names: Vec<String> =
        [&config.bot.name].into_iter().chain(&config.bot.aliases).cloned().collect();
    let is_page = |account: &&Account<Secret>| account.platform == PlatformConfig::Playground;
    let page = accounts.iter().find(is_page).map(|account| account.name.clone());
    let (mut all, mut problems) = (Vec::new(), Vec::new());
    for account in accounts {
        let name = account.name.clone();
        match platform(account, names.clone()) {
            Ok(platform) => all.push((name, platform)),
            Err(problem) => problems.push(format!("[[account]] {name:?}: {problem}")),
        }
    }
    if problems.is_empty() { Ok(Platforms { all, page }) } else { Err(problems) }
}

/// Problems as lines.
pub fn lines(problems: Vec<Problem>) -> Vec<String> {
    problems.iter().map(ToString::to_string).collect()
}

fn platform(account: Account<Secret>, bot_names: Vec<String>) -> Result<Arc<dyn Platform>, String> {
    match account.platform {
        PlatformConfig::Playground => Ok(Arc::new(Playground::new(account.name, bot_names))),
        PlatformConfig::Dingtalk(it) => {
            Ok(Arc::new(DingTalk::new(dingtalk(account.name, *it, bot_names))?))
        }
    }
}

fn dingtalk(name: String, it: Dingtalk<Secret>, bot_names: Vec<String>) -> dingtalk::Account {
    let robot = it.custom_robot;
    dingtalk::Account {
        name,
        app_key: it.app_key,
        app_secret: it.app_secret,
        robot_code: it.robot_code,
        corp_id: it.corp_id,
        event_token: it.event_token,
        event_aes_key: it.event_aes_key,
        card_secret: it.card_secret,
        custom_robot: robot.map(|CustomRobot { url, secret, conversation }| {
            dingtalk::CustomRobot { url, secret, conversation }
        }),
        api_base: it.api_base,
        oapi_base: it.oapi_base,
        webhook_origins: it.webhook_origins,
        stream: match it.mode {
            Mode::Http => None,
            Mode::Stream => Some(it.stream_origins),
        },
        limits: limits(&it.limits),
        bot_names,
    }
}

/// What the settings say, and the platform's own limits for the rest.
fn limits(set: &Budgets) -> Limits {
    Limits {
        calls_per_s: set.calls_per_s.unwrap_or(LIMITS.calls_per_s),
        calls_per_min: set.calls_per_min.unwrap_or(LIMITS.calls_per_min),
        calls_per_month: set.calls_per_month.unwrap_or(LIMITS.calls_per_month),
        target_per_min: set.target_per_min.unwrap_or(LIMITS.target_per_min),
        robot_per_min: set.robot_per_min.unwrap_or(LIMITS.robot_per_min),
        ..LIMITS
    }
}
