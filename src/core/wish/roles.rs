//! Roles given or taken in everyday words: `给李雷管理员权限`, `把王芳的管理员去掉`, `make Ben an admin`.
//! Every word must be known: one too many and it is talk.

use super::plain::{Wish, is_question, names_only};
use crate::core::people;
use crate::core::turn::Turn;
use crate::text::fold::fold;

/// Most words of such a line.
const WORDS_MAX: usize = 24;

/// What is given or taken, as the word for roles spells it. Longer spellings first.
const RANKS: [(&str, &str, &str); 8] = [
    ("管理员", "管理员", "admin"),
    ("管理权限", "管理员", "admin"),
    ("负责人", "负责人", "lead"),
    ("普通成员", "成员", "member"),
    ("administrator", "管理员", "admin"),
    ("admin", "管理员", "admin"),
    ("leader", "负责人", "lead"),
    ("lead", "负责人", "lead"),
];

/// Takes it away. Longer spellings first.
const TAKES: [&str; 35] = [
    "不再担任",
    "不再当",
    "不再是",
    "不再做",
    "不让",
    "不当",
    "不要",
    "不做",
    "去掉",
    "去除",
    "取消",
    "撤掉",
    "撤销",
    "撤了",
    "收回",
    "移除",
    "拿掉",
    "删掉",
    "删除",
    "解除",
    "免去",
    "免了",
    "降为",
    "no longer",
    "take away",
    "remove",
    "revoke",
    "demote",
    "take",
    "drop",
    "strip",
    "is not",
    "isn't",
    "away",
    "撤",
];

/// Gives it. Longer spellings first.
const GIVES: [&str; 37] = [
    "设置为",
    "设置成",
    "设为",
    "设成",
    "设",
    "变成",
    "改为",
    "改成",
    "升级为",
    "升为",
    "提升为",
    "提拔为",
    "任命为",
    "任命",
    "指定为",
    "指定",
    "授予",
    "授权",
    "加为",
    "添加为",
    "成为",
    "担任",
    "当",
    "做",
    "任",
    "给",
    "make",
    "give",
    "set",
    "promote",
    "appoint",
    "assign",
    "grant",
    "add",
    "加",
    "开",
    "升",
];

/// Says no more. Longer spellings first.
const FILLS: [&str; 33] = [
    "把",
    "将",
    "让",
    "的",
    "权限",
    "角色",
    "身份",
    "职务",
    "一个",
    "本群",
    "这个群",
    "群里",
    "群",
    "了",
    "吧",
    "一下",
    "为",
    "是",
    "掉",
    "'s",
    "as",
    "to",
    "an",
    "a",
    "the",
    "rights",
    "right",
    "access",
    "role",
    "permissions",
    "permission",
    "from",
    "here",
];

/// The role line that was meant.
pub fn given(turn: &mut Turn, text: &str) -> Option<Wish> {
    if is_question(text) || !RANKS.iter().any(|(word, _, _)| text.to_lowercase().contains(word)) {
        return None;
    }
    let names = people::names(turn);
    let latin = names_only(&names, text);
    let folded = fold(text).text;
    let mut rest = folded.as_str();
    let (mut who, mut rank) = (Vec::new(), None);
    let (mut gives, mut takes, mut everywhere) = (false, false, false);
    for _ in 0..WORDS_MAX {
        let marked = rest.trim_start().starts_with('@');
        rest = rest.trim_start_matches([' ', ',', '，', '@', '。', '.', '!', '、']);
        if rest.is_empty() {
            break;
        }
        let starts = |word: &str| {
            let goes_on = |c: char| word.is_ascii() && c.is_ascii_alphanumeric();
            rest.strip_prefix(word).filter(|rest| !rest.starts_with(goes_on))
        };
        let longest = |words: &[&str]| {
            let found = words.iter().filter_map(|word| starts(word));
            found.min_by_key(|rest| rest.len())
        };
        let named = names.iter().find_map(|n| Some((n.clone(), starts(&fold(n).text)?)));
        if let Some((name, behind)) = named {
            who.push(name);
            rest = behind;
        } else if let Some((me, behind)) =
            starts("我").and_then(|rest| Some((turn.acting.actor.as_ref()?.name.clone(), rest)))
        {
            who.push(me);
            rest = behind;
        } else if marked {
            let end = rest.find(|c: char| c.is_whitespace()).unwrap_or(rest.len());
            who.push(rest[..end].to_owned());
            rest = &rest[end..];
        } else if let Some((found, behind)) =
            RANKS.iter().find_map(|rank| Some((rank, starts(rank.0)?)))
        {
            rank = Some(if latin { found.2 } else { found.1 });
            rest = behind;
        } else if let Some(behind) = longest(&["组织", "公司", "全公司", "org", "organisation"])
        {
            everywhere = true;
            rest = behind;
        } else if let Some(behind) = longest(&TAKES) {
            takes = true;
            rest = behind;
        } else if let Some(behind) = longest(&GIVES) {
            gives = true;
            rest = behind;
        } else {
            rest = longest(&FILLS)?;
        }
    }
    let rank = rank.filter(|_| rest.trim().is_empty() && !who.is_empty() && (gives || takes))?;
    let who: Vec<String> = who.iter().map(|name| format!("@{name}")).collect();
    let (word, member, org) =
        if latin { ("role", "member", "org ") } else { ("角色", "成员", "组织") };
    let rank = if takes { member } else { rank };
    let org = if everywhere { org } else { "" };
    Some(Wish::Ask(vec![format!("{word} {} {org}{rank}", who.join(" "))]))
}
