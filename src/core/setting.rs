//! The settings there are, and what people call them. What a value means is `commands::settings`.

use crate::text::fold::fold;

/// A setting of a conversation, or of a person's direct chat.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Setting {
    /// The zone of the wall clock.
    Zone,
    /// The language of what nobody typed a command for.
    Lang,
    /// The working hours of a day.
    Hours,
    /// When notices wait.
    Quiet,
    /// Tasks that were done wait for their creator.
    Acceptance,
    /// What the bot calls itself.
    Name,
    /// The last line of what it says of its own accord.
    Signature,
    /// Personal data in kept messages is hidden where they are shown.
    Masking,
    /// What is said is kept and looked at.
    Record,
}

/// Every setting with its Chinese name, its English one, and other spellings.
pub const SETTINGS: [(Setting, &str, &str, &[&str]); 9] = [
    (Setting::Zone, "时区", "timezone", &["time zone", "tz", "zone"]),
    (Setting::Lang, "语言", "language", &["lang"]),
    (
        Setting::Hours,
        "工作时间",
        "hours",
        &["上班时间", "工时", "working hours", "work hours", "office hours"],
    ),
    (
        Setting::Quiet,
        "免打扰",
        "quiet",
        &["免打扰时间", "免打扰时段", "勿扰", "静音", "quiet hours", "dnd", "do not disturb"],
    ),
    (Setting::Acceptance, "验收", "acceptance", &[]),
    (Setting::Name, "名字", "name", &["名称", "昵称"]),
    (Setting::Signature, "签名", "signature", &["落款"]),
    (Setting::Masking, "脱敏", "masking", &["打码", "mask"]),
    (Setting::Record, "记录", "record", &["录入", "recording", "capture"]),
];

impl Setting {
    /// Its Chinese and its English name.
    pub fn names(self) -> (&'static str, &'static str) {
        // Every setting is in the list.
        SETTINGS.iter().find(|entry| entry.0 == self).map_or(("", ""), |entry| (entry.1, entry.2))
    }
}

/// The setting a text begins with, the longest name first, and where in the text its value begins:
/// `时区 柏林`, `时区=柏林`, `时区柏林`.
pub fn read(text: &str) -> Option<(Setting, usize)> {
    let folded = fold(text);
    let mut names: Vec<(Setting, &str)> = Vec::new();
    for (setting, zh, en, others) in SETTINGS {
        names.extend([zh, en].iter().chain(others).map(|name| (setting, *name)));
    }
    names.sort_by_key(|(_, name)| std::cmp::Reverse(name.len()));
    let (setting, name) = names.into_iter().find(|(_, name)| {
        let goes_on = |c: char| name.is_ascii() && c.is_ascii_alphanumeric();
        folded.text.strip_prefix(name).is_some_and(|rest| !rest.starts_with(goes_on))
    })?;
    let loose = |c: char| c.is_whitespace() || matches!(c, '=' | '＝' | ':' | '：' | '为' | '是');
    let begins = folded.original(name.len()..folded.text.len()).start;
    let value = text.get(begins..).unwrap_or_default().trim_start_matches(loose);
    Some((setting, text.len() - value.len()))
}
