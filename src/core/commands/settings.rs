//! `设置`: what a conversation sets for itself, or a person for their direct chat. Each change is
//! read back with its effect.

use crate::command::{Invocation, Shape};
use crate::core::paging;
use crate::core::refusal::Refusal;
use crate::core::say;
use crate::core::say::settings::Standing;
use crate::core::setting::{self, SETTINGS, Setting};
use crate::core::turn::{OWN_NUMBER, Turn};
use crate::model::preferences::Preferences;
use crate::model::{Lang, Timestamp};
use crate::text::fold::fold;
use crate::text::{cut, hours, near, zone};

/// Longest name the bot takes, in characters: what a heading shows.
pub const NAME_CHARS_MAX: usize = 32;
/// Longest signature, in characters: a line.
pub const SIGNATURE_CHARS_MAX: usize = 60;

/// Most names suggested for a setting there is none of: what fits a line.
const NEAR_MAX: usize = 3;

/// Words that put a setting, or all of them, back; folded.
const DEFAULT: [&str; 9] = [
    "恢复默认",
    "恢复默认值",
    "默认",
    "重置",
    "全部恢复默认",
    "default",
    "defaults",
    "reset",
    "restore defaults",
];
/// Words for off.
const OFF: [&str; 10] = ["关", "关闭", "关掉", "不要", "无", "没有", "取消", "off", "none", "no"];
/// Words for on.
const ON: [&str; 6] = ["开", "打开", "开启", "要", "on", "yes"];
/// Words for a language.
const LANGS: [(&str, Lang); 9] = [
    ("中文", Lang::Zh),
    ("汉语", Lang::Zh),
    ("简体中文", Lang::Zh),
    ("chinese", Lang::Zh),
    ("zh", Lang::Zh),
    ("英文", Lang::En),
    ("英语", Lang::En),
    ("english", Lang::En),
    ("en", Lang::En),
];

/// Carries out a command on settings.
pub fn run(turn: &mut Turn, invocation: &Invocation) -> Result<(), Refusal> {
    match &invocation.shape {
        Shape::Create => change(turn, &invocation.args.content),
        // `设置 时区` is no change, so everybody may ask.
        Shape::List if !invocation.args.filters.is_empty() => {
            let of = |key: &String| SETTINGS.iter().find(|entry| entry.2 == key).map(|e| e.0);
            let asked: Vec<Setting> = invocation.args.filters.iter().filter_map(of).collect();
            show(turn, &asked);
            Ok(())
        }
        Shape::List | Shape::Show(_) | Shape::Act(..) => {
            let long = say::settings::list(&turn.voice(), &standing(turn));
            paging::say(turn, long);
            Ok(())
        }
    }
}

fn show(turn: &mut Turn, asked: &[Setting]) {
    let card = say::settings::shown(&turn.voice(), asked, &standing(turn));
    turn.say(card);
}

/// Changes one setting, or all, as the text behind the word says.
pub fn change(turn: &mut Turn, content: &str) -> Result<(), Refusal> {
    if DEFAULT.contains(&fold(content).text.trim()) {
        keep(turn, Preferences::default());
        let card = say::settings::reset(&turn.voice(), &standing(turn));
        turn.say(card);
        return Ok(());
    }
    let (setting, from) = setting::read(content).ok_or_else(|| no_such(content))?;
    let value = cut::one_line(content.get(from..).unwrap_or_default());
    // `set timezone to Tokyo`
    let value = value.strip_prefix("to ").map(str::to_owned).unwrap_or(value);
    if value.is_empty() {
        show(turn, &[setting]);
        return Ok(());
    }
    let mut preferences = turn.preferences.clone();
    apply(&mut preferences, setting, &value, turn.now())?;
    let before = standing(turn);
    keep(turn, preferences);
    let (voice, now) = (turn.voice(), standing(turn));
    let mut card = say::settings::changed(&voice, setting, &now);
    if let Some(was) = say::settings::was(&voice, setting, &before, &now) {
        card = card.and_line(vec![was.into()]);
    }
    turn.say(card);
    Ok(())
}

/// Whether a setting can have this value; of names and signatures, that can be any text, it is not
/// known.
pub fn fits(setting: Setting, value: &str, now: Timestamp) -> bool {
    let free = matches!(setting, Setting::Name | Setting::Signature);
    !free && apply(&mut Preferences::default(), setting, value, now).is_ok()
}

/// Writes the settings; from here on the turn goes by them.
fn keep(turn: &mut Turn, preferences: Preferences) {
    match preferences == Preferences::default() {
        true => turn.remove::<Preferences>(OWN_NUMBER),
        false => turn.put(OWN_NUMBER, &preferences),
    }
    turn.preferences = preferences;
}

/// Whether a text says no more than on or off.
pub fn is_switch(text: &str) -> bool {
    let folded = fold(text).text;
    [&ON[..], &OFF, &DEFAULT].concat().contains(&folded.trim())
}

/// How all settings stand here.
pub fn standing(turn: &Turn) -> Standing {
    Standing {
        set: turn.preferences.clone(),
        zone: turn.zone(),
        lang: turn.usual_lang(),
        hours: turn.hours(),
        direct: turn.scope().is_direct(),
        hears_all: turn.capabilities().is_none_or(|c| c.hears_all),
    }
}

fn apply(
    to: &mut Preferences,
    setting: Setting,
    value: &str,
    now: Timestamp,
) -> Result<(), Refusal> {
    let folded = fold(value).text;
    let folded = folded.trim();
    let default = DEFAULT.contains(&folded);
    let off = default || OFF.contains(&folded);
    let bad = |near: Vec<String>| Refusal::BadSetting { setting, value: value.to_owned(), near };
    let unread = || bad(Vec::new());
    match setting {
        Setting::Zone if default => to.zone = None,
        Setting::Zone => {
            let found = zone::read(value);
            to.zone = Some(found.ok_or_else(|| bad(zone::near(value)))?);
        }
        Setting::Lang if default => to.lang = None,
        Setting::Lang => {
            let found = LANGS.iter().find(|(name, _)| *name == folded).map(|(_, lang)| *lang);
            to.lang = Some(found.ok_or_else(unread)?);
        }
        Setting::Hours if default => to.hours = Vec::new(),
        Setting::Hours => to.hours = hours::read_work(value).ok_or_else(unread)?,
        Setting::Quiet if off => to.quiet = None,
        Setting::Quiet => to.quiet = Some(hours::read_quiet(value).ok_or_else(unread)?),
        Setting::Acceptance if off => to.acceptance = false,
        Setting::Acceptance if ON.contains(&folded) => to.acceptance = true,
        Setting::Acceptance => return Err(unread()),
        Setting::Name if off => to.name = None,
        Setting::Name => to.name = Some(short(setting, value, NAME_CHARS_MAX)?),
        // The default is on.
        Setting::Masking if default || ON.contains(&folded) => to.unmasked = false,
        Setting::Masking if off => to.unmasked = true,
        Setting::Masking => return Err(unread()),
        Setting::Record if default || ON.contains(&folded) => to.unrecorded_since = None,
        Setting::Record if off => {
            to.unrecorded_since.get_or_insert(now);
        }
        Setting::Record => return Err(unread()),
        Setting::Signature if off => to.signature = None,
        Setting::Signature => to.signature = Some(short(setting, value, SIGNATURE_CHARS_MAX)?),
    }
    Ok(())
}

/// A text of one line, neither empty nor too long, that calls nobody.
fn short(setting: Setting, value: &str, most: usize) -> Result<String, Refusal> {
    let text = value.trim_start_matches(['@', '＠', '—', '-']).trim();
    if text.is_empty() {
        let (value, near) = (value.to_owned(), Vec::new());
        return Err(Refusal::BadSetting { setting, value, near });
    }
    match text.chars().nth(most) {
        None => Ok(text.to_owned()),
        Some(_) => Err(Refusal::Limit { what: setting.names().1, most }),
    }
}

fn no_such(content: &str) -> Refusal {
    let name = content.split([' ', '=', '＝', ':', '：']).next().unwrap_or_default();
    let names = SETTINGS.iter().flat_map(|(_, zh, en, _)| [*zh, *en]);
    let near = near::nearest(name, names, NEAR_MAX).into_iter().map(str::to_owned).collect();
    Refusal::NoSuchSetting { name: cut::chars(name, NAME_CHARS_MAX), near }
}
