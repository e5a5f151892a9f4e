//! `[[account]]`: one bot on a platform. Plain settings; which platform they build is for `app`.

use super::dingtalk::{self, Dingtalk};
use super::problem::{Problem, Problems, suggestion};
use super::secret::{SecretRef, World};
use super::section::Section;
use super::values::account_name;
use crate::model::Secret;

/// Keys of every account.
const COMMON: [&str; 2] = ["name", "platform"];

/// One bot on a platform. `S` is a reference until secrets are resolved, then the [`Secret`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account<S = SecretRef> {
    /// Unique; Latin letters, digits, `-` and `_`: part of the callback's path and of stored ids.
    pub name: String,
    /// Its platform, with that platform's settings.
    pub platform: PlatformConfig<S>,
}

/// What differs from platform to platform.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PlatformConfig<S = SecretRef> {
    /// DingTalk.
    Dingtalk(Box<Dingtalk<S>>),
    /// The web page under `/play`.
    Playground,
}

impl Account {
    /// Reads one `[[account]]`, and adds its name to `names`, which must not have it yet.
    pub(super) fn read(
        mut section: Section,
        names: &mut Vec<String>,
        problems: &mut Problems,
    ) -> Option<Self> {
        let name = section.required("name", "name = \"main\"", problems, account_name);
        if let Some(name) = &name {
            section.name = format!("[[account]] {name:?}");
            if names.contains(name) {
                let place = section.find("name").and_then(|found| found.place);
                problems
                    .add(&place, format!("there is another {}; names are unique", section.name));
            }
            names.push(name.clone());
        }
        let any = |text: &str| Ok(text.to_owned());
        let platform = section.required("platform", "platform = \"dingtalk\"", problems, any);
        let own: &[&str] =
            if platform.as_deref() == Some("playground") { &[] } else { &dingtalk::KEYS };
        section.check_keys(&[&COMMON, own].concat(), problems);
        let platform = match platform.as_deref()? {
            "dingtalk" => {
                Dingtalk::read(&section, problems).map(Box::new).map(PlatformConfig::Dingtalk)
            }
            "playground" => Some(PlatformConfig::Playground),
            unknown => {
                let place = section.find("platform").and_then(|found| found.place);
                let end = suggestion(unknown, &["dingtalk", "playground"]);
                problems
                    .add(&place, format!("unknown platform {unknown:?} in {}{end}", section.name));
                None
            }
        };
        Some(Self { name: name?, platform: platform? })
    }

    /// Fetches its secrets. All problems at once.
    pub fn resolve(&self, world: &World) -> Result<Account<Secret>, Vec<Problem>> {
        let platform = match &self.platform {
            PlatformConfig::Dingtalk(it) => PlatformConfig::Dingtalk(Box::new(it.resolve(world)?)),
            PlatformConfig::Playground => PlatformConfig::Playground,
        };
        Ok(Account { name: self.name.clone(), platform })
    }
}
