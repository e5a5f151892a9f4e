//! Sentences about settings: how they stand, and what a change does from now on.

use chrono_tz::Tz;

use super::Voice;
use super::more::Long;
use super::voice::excerpt;
use crate::core::setting::{SETTINGS, Setting};
use crate::model::Lang;
use crate::model::outgoing::{Outgoing, Span};
use crate::model::preferences::{self, Preferences};
use crate::text::{hours, zone};

/// How the settings of a scope stand.
#[derive(Debug, Clone, PartialEq)]
pub struct Standing {
    /// What was set.
    pub set: Preferences,
    /// The zone that counts.
    pub zone: Tz,
    /// The language that counts.
    pub lang: Lang,
    /// The working hours that count.
    pub hours: Vec<preferences::Span>,
    /// It is somebody's direct chat.
    pub direct: bool,
    /// The platform hands over what is said to nobody in particular.
    pub hears_all: bool,
}

/// Every setting, a line each, and how to change one.
pub fn list(voice: &Voice, standing: &Standing) -> Long {
    let head = match standing.direct {
        true => voice.pick("你的设置（只在私聊里起作用）", "Your settings (they act in this chat)"),
        false => voice.pick("这里的设置", "Settings here"),
    };
    let line = |setting: Setting| vec![Span::from(line(voice, setting, standing))];
    let head = voice.pick(
        format!("{head}。改一项：设置 时区 柏林；都还原：设置 恢复默认"),
        format!("{head}. To change one: settings timezone Berlin; all back: settings default"),
    );
    // What was set here comes first: the rest is as everywhere.
    let (set, usual): (Vec<Setting>, Vec<Setting>) =
        SETTINGS.iter().map(|entry| entry.0).partition(|setting| is_set(*setting, &standing.set));
    Long::new(Outgoing::text(head), set.into_iter().chain(usual).map(line).collect())
}

/// What quiet hours were set before, where others take their place.
pub fn was(voice: &Voice, setting: Setting, before: &Standing, now: &Standing) -> Option<String> {
    let both = is_set(setting, &before.set) && is_set(setting, &now.set);
    let (was, is) = (value(voice, setting, before), value(voice, setting, now));
    (setting == Setting::Quiet && both && was != is).then(|| {
        voice.pick(
            format!("免打扰只有一段，原来的 {was} 换掉了"),
            format!("There is one stretch of them: it takes the place of {was}"),
        )
    })
}

/// How one stands, or several, and lines that change the first.
pub fn shown(voice: &Voice, asked: &[Setting], standing: &Standing) -> Outgoing {
    let mut card = Outgoing::default();
    for setting in asked {
        card = card.and_line(vec![Span::from(line(voice, *setting, standing))]);
    }
    let Some(first) = asked.first() else { return card };
    let ((zh, en), example) = (first.names(), example(voice, *first));
    card.and_line(vec![Span::from(voice.pick(
        format!("要改：设置 {zh} {example}；要还原：设置 {zh} 恢复默认"),
        format!("To change it: settings {en} {example}; to put it back: settings {en} default"),
    ))])
}

/// `时区：上海（UTC+8），默认`
fn line(voice: &Voice, setting: Setting, standing: &Standing) -> String {
    let (zh, en) = setting.names();
    let (name, value) = (voice.pick(zh, en), value(voice, setting, standing));
    let usual = match is_set(setting, &standing.set) {
        true => "",
        false => voice.pick("，默认", ", default"),
    };
    voice.pick(format!("{name}：{value}{usual}"), format!("{name}: {value}{usual}"))
}

/// A value each setting can have.
fn example(voice: &Voice, setting: Setting) -> &'static str {
    match setting {
        Setting::Zone => voice.pick("柏林", "Berlin"),
        Setting::Lang => voice.pick("英文", "Chinese"),
        Setting::Hours => "9:00-12:00,13:30-18:00",
        Setting::Quiet => "22:00-8:00",
        Setting::Acceptance => voice.pick("开", "on"),
        Setting::Masking | Setting::Record => voice.pick("关", "off"),
        Setting::Name => voice.pick("小助手", "Helper"),
        Setting::Signature => voice.pick("XX餐饮客服", "The Support Team"),
    }
}

/// One setting changed: what it is and what it does.
pub fn changed(voice: &Voice, setting: Setting, standing: &Standing) -> Outgoing {
    let value = value(voice, setting, standing);
    let now = voice.at(voice.reference.now);
    let set = &standing.set;
    let text = match setting {
        Setting::Zone => voice.pick(
            format!("从现在起这里的时间按{value}算，现在是 {now}。以前定好的时刻不变"),
            format!("From now on times here are {value}: it is {now}. Times set before stay"),
        ),
        Setting::Lang => voice.pick(
            format!("从现在起我主动说话用{value}。你用哪种语言问，我就用哪种答"),
            format!("What I say of my own accord is in {value} now. Answers follow your command"),
        ),
        Setting::Hours => {
            let end = standing.hours.last().map(|span| hours::print_end(*span));
            let end = end.unwrap_or_default();
            voice.pick(
                format!("从现在起工作时间是 {value}，{end} 下班"),
                format!("Working hours are {value} now; the day ends at {end}"),
            )
        }
        Setting::Quiet => quiet(voice, standing),
        Setting::Acceptance => match set.acceptance {
            true => voice.pick(
                "验收已打开：任务做完后，由创建者验收".to_owned(),
                "Acceptance is on: a finished task is for its creator to accept".to_owned(),
            ),
            false => voice.pick(
                "验收已关闭：任务做完就算完成".to_owned(),
                "Acceptance is off: a finished task is done".to_owned(),
            ),
        },
        Setting::Masking => masking(voice, standing).to_owned(),
        Setting::Record => record(voice, standing),
        Setting::Name if set.name.is_none() => {
            voice.pick(format!("从现在起我又叫「{value}」"), format!("I am “{value}” again"))
        }
        Setting::Name => voice.pick(
            format!("从现在起我在这里叫「{value}」。叫我的时候还是 @{}", voice.called),
            format!("I am “{value}” here from now on. To address me it is still @{}", voice.called),
        ),
        Setting::Signature => match &set.signature {
            Some(_) => voice.pick(
                format!("从现在起我主动发的提醒和告警，最后一行是：—— {value}"),
                format!("Reminders and alerts here now end with: —— {value}"),
            ),
            None => voice.pick(
                "从现在起我发的消息不带签名".to_owned(),
                "My messages bear no signature now".to_owned(),
            ),
        },
    };
    Outgoing::text(text).and_button(voice.pick("撤销", "Undo"), voice.pick("撤销", "undo"))
}

fn masking(voice: &Voice, standing: &Standing) -> &'static str {
    match standing.set.unmasked {
        true => voice.pick(
            "脱敏已关闭：搜索结果和留存的消息里，证件号、电话、卡号等会完整显示",
            "Masking is off: ID, phone and card numbers in kept messages are shown whole",
        ),
        false => voice.pick(
            "脱敏已打开：搜索结果和留存的消息里，证件号、电话、卡号等只显示头尾",
            "Masking is on: ID, phone and card numbers in kept messages are shown in part",
        ),
    }
}

/// Whether what is said is kept.
pub fn recording(voice: &Voice, standing: &Standing) -> Outgoing {
    Outgoing::text(record(voice, standing))
}

/// Whether what is said is kept, and what of it never reaches the bot.
fn record(voice: &Voice, standing: &Standing) -> String {
    if standing.set.unrecorded_since.is_some() {
        return voice.pick(
            "记录已关闭：群里说的话不留存、不看关键词，只数有几条。命令照常".to_owned(),
            "Recording is off: what is said here is neither kept nor matched, only counted. \
             Commands work as before"
                .to_owned(),
        );
    }
    let on = voice.pick(
        "记录已打开：群里说的话会留存，可以搜，也看关键词",
        "Recording is on: what is said here is kept, can be found, and is matched with keywords",
    );
    match standing.hears_all {
        true => on.to_owned(),
        false => voice.pick(
            format!("{on}\n本平台只把 @我 的消息给我，其他的我看不到"),
            format!("{on}\nThis platform gives me only messages that @ me; I can’t see others"),
        ),
    }
}

fn quiet(voice: &Voice, standing: &Standing) -> String {
    let Some(quiet) = standing.set.quiet else {
        return voice.pick(
            "免打扰已关闭：提醒、告警和报告随到随发".to_owned(),
            "Quiet hours are off: reminders, alerts and reports come as they are due".to_owned(),
        );
    };
    let (span, end) = (hours::print(&[quiet], ""), hours::print_end(quiet));
    if standing.direct {
        return voice.pick(
            format!(
                "{span} 免打扰：这段时间的消息等到 {end} 再发；你在这里给自己定了钟点的，照常提醒"
            ),
            format!(
                "Quiet {span}: what comes in that time waits until {end}; what you set here for \
                 yourself at a time comes at its time"
            ),
        );
    }
    voice.pick(
        format!("{span} 免打扰：这段时间的提醒、告警和报告等到 {end} 再发；你问我，我照常答"),
        format!(
            "Quiet {span}: reminders, alerts and reports of that time wait until {end}; \
             what you ask is answered at once"
        ),
    )
}

/// All settings were put back.
pub fn reset(voice: &Voice, standing: &Standing) -> Outgoing {
    let head = voice.pick("都恢复默认了：", "All settings are as at first: ");
    let each = [Setting::Zone, Setting::Lang, Setting::Hours, Setting::Quiet].map(|setting| {
        let (zh, en) = setting.names();
        format!("{} {}", voice.pick(zh, en), value(voice, setting, standing))
    });
    Outgoing::text(format!("{head}{}", each.join(voice.pick("，", ", "))))
        .and_button(voice.pick("撤销", "Undo"), voice.pick("撤销", "undo"))
}

/// There is no such setting.
pub fn no_such(voice: &Voice, name: &str, near: &[String]) -> String {
    let name = voice.quote(&excerpt(name));
    if near.is_empty() {
        let all = voice.joined(SETTINGS.iter().map(|e| voice.pick(e.1, e.2).to_owned()));
        return voice.pick(
            format!("没有{name}这项设置。可以设：{all}。例如：设置 时区 柏林"),
            format!("There is no setting {name}. These are: {all}. Try: settings timezone Berlin"),
        );
    }
    let near = voice.joined(near.iter().cloned());
    voice.pick(
        format!("没有{name}这项设置。是不是：{near}。看全部：设置"),
        format!("There is no setting {name}. Did you mean {near}? See them all: settings"),
    )
}

/// A value that a setting cannot have, and a line that works.
pub fn bad(voice: &Voice, setting: Setting, value: &str, near: &[String]) -> String {
    let (zh, en) = setting.names();
    let (name, value) = (voice.pick(zh, en), voice.quote(&excerpt(value)));
    let example = near.first().map_or_else(|| example(voice, setting), String::as_str);
    voice.pick(
        format!("{name}不能是{value}。例如：设置 {name} {example}"),
        format!("{value} is no {name}. Try: settings {name} {example}"),
    )
}

fn value(voice: &Voice, setting: Setting, standing: &Standing) -> String {
    let set = &standing.set;
    match setting {
        Setting::Zone => {
            let name = zone::print(standing.zone, voice.lang);
            let offset = zone::offset(standing.zone, voice.reference.now);
            match name == offset {
                true => name,
                false => voice.pick(format!("{name}（{offset}）"), format!("{name} ({offset})")),
            }
        }
        Setting::Lang => match standing.lang {
            Lang::Zh => voice.pick("中文", "Chinese").to_owned(),
            Lang::En => voice.pick("英文", "English").to_owned(),
        },
        Setting::Hours => hours::print(&standing.hours, voice.pick("、", ", ")),
        Setting::Quiet => set.quiet.map_or_else(
            || voice.pick("没有", "none").to_owned(),
            |quiet| hours::print(&[quiet], ""),
        ),
        Setting::Acceptance => on_or_off(voice, set.acceptance).to_owned(),
        Setting::Masking => on_or_off(voice, !set.unmasked).to_owned(),
        Setting::Record => on_or_off(voice, set.unrecorded_since.is_none()).to_owned(),
        Setting::Name => voice.bot.to_owned(),
        Setting::Signature => {
            set.signature.clone().unwrap_or_else(|| voice.pick("没有", "none").to_owned())
        }
    }
}

fn on_or_off(voice: &Voice, on: bool) -> &'static str {
    if on { voice.pick("开", "on") } else { voice.pick("关", "off") }
}

fn is_set(setting: Setting, set: &Preferences) -> bool {
    match setting {
        Setting::Zone => set.zone.is_some(),
        Setting::Lang => set.lang.is_some(),
        Setting::Hours => !set.hours.is_empty(),
        Setting::Quiet => set.quiet.is_some(),
        Setting::Acceptance => set.acceptance,
        Setting::Name => set.name.is_some(),
        Setting::Signature => set.signature.is_some(),
        Setting::Masking => set.unmasked,
        Setting::Record => set.unrecorded_since.is_some(),
    }
}
