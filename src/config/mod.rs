//! `bot.toml` read and checked: every problem at once, each with its line and what to write
//! instead. It reads no file and no environment itself; secrets are resolved through closures it is
//! handed.

mod account;
mod budgets;
mod dingtalk;
mod load;
mod problem;
mod secret;
mod section;
mod settings;
mod values;

pub use account::{Account, PlatformConfig};
pub use budgets::Budgets;
pub use dingtalk::{CustomRobot, Dingtalk, Mode};
pub use load::DEFAULTS;
pub use problem::Problem;
pub use secret::{SecretRef, World};
pub use settings::{
    Backend, Bot, Config, HolidayFile, Keys, Log, LogFormat, LogLevel, Server, Store, Time,
};
