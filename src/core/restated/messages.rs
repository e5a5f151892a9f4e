//! What is said of kept messages by their numbers, in whatever order: `给M4打上标签 重要`, `把 M1 到 M3
//! 归档到合同库`, `take M3 out of aftersales`. As the line that does it; reads nothing of the messages.

use super::words::Act::{File, Hold, Release, Retag, Tag, Unfile, Untag};
use super::words::{ACTS, AFTER, AND, ASKS, AWAY, Act, ENDS, LEADS, STAYS, THROUGH, TO};

/// A line with the numbers of messages in it.
struct Parts<'t> {
    before: &'t str,
    handles: String,
    behind: &'t str,
}

/// Whether a line may name a message; the one look at every line.
pub fn may_name(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.windows(2).any(|two| matches!(two[0], b'M' | b'm') && two[1].is_ascii_digit())
}

/// The line that does what is said of messages that are named; `None` where nothing is.
pub fn named(text: &str) -> Option<String> {
    // `M2的标签是什么`, `who tagged M2`
    if ASKS.iter().any(|asks| text.contains(asks)) {
        return None;
    }
    let parts = parts(text)?;
    let latin = !text.chars().any(|c| ('\u{3400}'..='\u{9fff}').contains(&c));
    // `change M2's tag to complaint`
    let tag = ["'s tags", "’s tags", "'s tag", "’s tag"];
    if let Some(rest) = tag.iter().find_map(|tag| parts.behind.strip_prefix(tag)) {
        let (act, word, said) = act(&format!("{} the tag{rest}", parts.before))
            .map(|(act, word, said)| (act, word, said.to_owned()))?;
        return line((act, word), &parts.handles, &said, latin);
    }
    let (act, word, said) = match parts.before.is_empty() {
        false => {
            let (act, word, rest) = act(parts.before)?;
            (act, word, [rest, parts.behind].join(" ").trim().to_owned())
        }
        true => done(parts.behind)?,
    };
    line((act, word), &parts.handles, &said, latin && word.is_ascii())
}

/// The numbers of messages in a line, in the order in which they stand.
pub fn handles_of(text: &str) -> Option<String> {
    handles(text).map(|(_, _, all)| all)
}

/// The word for what is done that a text begins with.
pub fn begins_with(text: &str) -> Option<&'static str> {
    act(text).map(|(_, word, _)| word)
}

/// The same of one message, with nothing but what is done.
pub fn of(handle: &str, text: &str) -> Option<String> {
    let (act, word, said) = done(text.trim())?;
    line((act, word), handle, &said, word.is_ascii())
}

/// What a text begins or ends with doing: the word for it, and the rest.
pub fn done(text: &str) -> Option<(Act, &'static str, String)> {
    let text = text.trim_end_matches(['。', '.', '！', '!', '吧', ' ']);
    let bare = text.trim_end_matches(['了', '掉']);
    let ends = |(word, act): &(&'static str, Act)| {
        let said = text.strip_suffix(word).or_else(|| bare.strip_suffix(word))?;
        Some((*act, *word, said.trim().trim_end_matches('都').trim()))
    };
    let away = AWAY.iter().find_map(ends);
    if let Some((act, word, said)) = away.filter(|(_, _, said)| !said.is_empty() && !is_act(said)) {
        return Some((act, word, said.strip_prefix('从').unwrap_or(said).to_owned()));
    }
    // `从 售后库 移到 维修库`
    let out = text.strip_prefix('从').filter(|_| text.contains('到'));
    let moved = out.and_then(|out| out.char_indices().find_map(|(at, _)| act(&out[at..])));
    let (act, word, rest) = moved.filter(|(act, ..)| *act == File).or_else(|| act(text))?;
    Some((act, word, rest.to_owned()))
}

fn is_act(text: &str) -> bool {
    text.trim() != "标签" && ACTS.iter().any(|(word, _)| *word == text.trim())
}

/// What a text begins with doing: the word for it, and the rest.
fn act(text: &str) -> Option<(Act, &'static str, &str)> {
    let fits = |word: &str| {
        let head = text.get(..word.len())?;
        let rest = &text[word.len()..];
        let apart = !word.is_ascii() || !rest.starts_with(|c: char| c.is_ascii_alphanumeric());
        (head.eq_ignore_ascii_case(word) && apart).then_some(rest)
    };
    let all = ACTS.iter().chain(STAYS);
    let (word, act, rest) = all
        .filter_map(|(word, act)| Some((*word, *act, fits(word)?)))
        .max_by_key(|(word, ..)| word.len())?;
    Some((act, word, rest.trim_start()))
}

/// The line for it; `None` where more or something else is said.
fn line((act, word): (Act, &str), handles: &str, said: &str, latin: bool) -> Option<String> {
    let said = bare(said);
    // `put M4 in contracts` and `remove M4 from contracts` name the cabinet.
    let loose = ["put", "move", "take", "remove"].contains(&word);
    if loose && TO.iter().all(|to| after(said, to).is_none_or(str::is_empty)) {
        return None;
    }
    let moved = || {
        let mut rest = said;
        while let Some(shorter) = TO.iter().find_map(|to| after(rest, to)) {
            rest = shorter;
        }
        rest
    };
    let pick = |zh: &'static str, en: &'static str| if latin { en } else { zh };
    Some(match act {
        Tag | Retag => {
            let tags = moved();
            let tags = ENDS.iter().find_map(|end| tags.strip_suffix(end)).unwrap_or(tags).trim();
            let anew = if act == Retag { pick("改成 ", "anew as ") } else { "" };
            let word = if act == Retag { pick("标签", "tag") } else { pick("标", "tag") };
            format!("{word} {handles} {anew}{tags}")
        }
        Untag => {
            let named = said.contains("标签") || word.contains("标签") || word.contains("tag");
            let tagged = named || said.contains(['#', '＃']);
            let tags = moved();
            let tags = tags.strip_prefix("标签").unwrap_or(tags).trim();
            let tags = tags.strip_suffix("标签").unwrap_or(tags).trim_end_matches('的').trim();
            tagged.then_some(())?;
            match ["", "所有", "全部", "tags", "all tags"].contains(&tags) {
                true => format!("{handles} {}", pick("去掉 全部标签", "drop all tags")),
                false => format!("{handles} {} {tags}", pick("去掉标签", "untag")),
            }
        }
        File => {
            let cabinet = moved();
            // `move M3 from aftersales to repairs`
            let from = said.starts_with("from ").then(|| cabinet.split_once(" to ")).flatten();
            let cabinet = from.map_or(cabinet, |(_, to)| to.strip_prefix("the ").unwrap_or(to));
            let cabinet = cabinet.strip_suffix(" cabinet").unwrap_or(cabinet);
            let cabinet = cabinet.trim_end_matches(['里', '中']).trim();
            match cabinet.is_empty() {
                true => format!("{} {handles}", pick("归档", "archive")),
                false => {
                    format!("{} {handles} {} {cabinet}", pick("归档", "archive"), pick("到", "to"))
                }
            }
        }
        Unfile => {
            let cabinet = moved();
            let cabinet = cabinet.strip_prefix('从').unwrap_or(cabinet);
            let cabinet = cabinet.strip_suffix(" cabinet").unwrap_or(cabinet);
            let cabinet =
                cabinet.trim_end_matches(['里', '中', '面']).trim_start_matches("来").trim();
            match cabinet.is_empty() {
                true => format!("{handles} {}", pick("取消归档", "unarchive")),
                false => format!("{handles} {} {cabinet}", pick("移出", "take out of")),
            }
        }
        Hold | Release => held(act == Hold, handles, said, latin)?,
    })
}

/// The line by which messages stay, or stay no longer.
fn held(holds: bool, handles: &str, said: &str, latin: bool) -> Option<String> {
    let said = said.trim_start_matches("保留").trim_start_matches(['了', '着']).trim();
    let ends = ["取消", "解除", "release"].contains(&said);
    let more = ["", "forever", "for ever", "it", "this", "永久", "一直"];
    (ends || more.contains(&said)).then_some(())?;
    Some(match (latin, holds && !ends) {
        (true, true) => format!("keep {handles} forever"),
        (true, false) => format!("keep {handles} release"),
        (false, true) => format!("保留 {handles} 永久"),
        (false, false) => format!("保留 {handles} 取消"),
    })
}

/// A text without a word it begins with.
fn after<'t>(text: &'t str, word: &str) -> Option<&'t str> {
    let head = text.get(..word.len()).filter(|head| head.eq_ignore_ascii_case(word))?;
    let rest = &text[head.len()..];
    let apart = !word.is_ascii() || rest.is_empty() || rest.starts_with(' ');
    apart.then(|| rest.trim_start_matches([' ', ':', '：', '，', ',']))
}

/// Without marks and kind words at its ends.
fn bare(text: &str) -> &str {
    let text = text.trim().trim_start_matches([' ', ':', '：', '，', ',']);
    text.trim_end_matches(|c: char| c.is_whitespace() || "。.！!吧".contains(c))
}

/// The numbers of messages in a line, and what stands around them.
fn parts(text: &str) -> Option<Parts<'_>> {
    let text = text.trim();
    let (from, to, handles) = handles(text)?;
    let mut before = text[..from].trim();
    while let Some(rest) = LEADS.iter().find_map(|lead| after(before, lead)) {
        before = rest;
    }
    for end in ["从", "给", "到", "of", "from", "to", "on"] {
        let cut = before.strip_suffix(end).unwrap_or(before);
        let whole = !end.is_ascii() || cut.is_empty() || cut.ends_with(' ');
        before = if whole { cut.trim_end() } else { before };
    }
    let mut behind = bare(&text[to..]);
    while let Some(rest) = AFTER.iter().find_map(|word| behind.strip_prefix(word)) {
        behind = bare(rest);
    }
    Some(Parts { before, handles, behind })
}

/// Where the first numbers of messages stand, and which they are: `M1`, `M1、M3`, `M1 到 M3`.
fn handles(text: &str) -> Option<(usize, usize, String)> {
    let number = |at: usize| {
        let digits = text.get(at..)?.strip_prefix(['M', 'm'])?;
        let count = digits.bytes().take_while(u8::is_ascii_digit).count();
        let apart = !text[..at].ends_with(|c: char| c.is_ascii_alphanumeric());
        let ends = !digits[count..].starts_with(|c: char| c.is_ascii_alphanumeric());
        (count > 0 && apart && ends).then_some(at + 1 + count)
    };
    let from = text.match_indices(['M', 'm']).map(|(at, _)| at).find(|at| number(*at).is_some())?;
    let mut to = number(from)?;
    let mut all = text[from..to].to_uppercase();
    loop {
        let blank = text[to..].trim_start().trim_start_matches([',', '，']).trim_start();
        let next = |joints: &[&str]| {
            joints.iter().find_map(|joint| {
                let behind = blank.strip_prefix(joint)?.trim_start();
                let begins = text.len() - behind.len();
                Some((begins, number(begins)?))
            })
        };
        let (joint, found) = match next(THROUGH) {
            Some(found) => ("-", Some(found)),
            None => (" ", next(AND)),
        };
        let Some((begins, end)) = found else { return Some((from, to, all)) };
        all = format!("{all}{joint}{}", text[begins..end].to_uppercase());
        to = end;
    }
}

#[cfg(test)]
mod tests {
    use super::named;

    #[test]
    fn what_is_done_with_messages_is_one_line_however_it_is_said() {
        for (said, line) in [
            ("给M4标上重要", "标 M4 重要"),
            ("给M4打上标签 重要", "标 M4 重要"),
            ("把M4标为重要", "标 M4 重要"),
            ("M4 M5 标 重要", "标 M4 M5 重要"),
            ("标签改成", ""),
            ("M4 标签改成 重要", "标签 M4 改成 重要"),
            ("M4 保留永久", "保留 M4 永久"),
            ("永久保留 M4", "保留 M4 永久"),
            ("M4 不用永久了", "保留 M4 取消"),
            ("把 M1 到 M3 归档到合同库", "归档 M1-M3 到 合同库"),
            ("把 M3 从售后库移出", "M3 移出 售后库"),
            ("把M3从售后库里拿出来", "M3 移出 售后库"),
            ("M3 撤出", "M3 取消归档"),
            ("删掉 M2 的标签 教务/退费", "M2 去掉标签 教务/退费"),
            ("把 M2 的标签去掉", "M2 去掉 全部标签"),
            ("M2 取消标签 教务/退费", "M2 去掉标签 教务/退费"),
            ("tag M4 as important", "tag M4 important"),
            ("put M4 in contracts", "archive M4 to contracts"),
            ("move M4 to the contracts cabinet", "archive M4 to contracts"),
            ("take M3 out of aftersales", "M3 take out of aftersales"),
            ("remove the tag legal from M2", "M2 untag legal"),
            ("remove M4", ""),
            ("move M4", ""),
            ("M3 从 售后库 移到 维修库", "归档 M3 到 维修库"),
            ("move M3 from aftersales to repairs", "archive M3 to repairs"),
            ("change M2's tag to complaint", "tag M2 anew as complaint"),
            ("delete M2's tags", "M2 drop all tags"),
            ("M2的标签是什么", ""),
            ("never delete M4", "keep M4 forever"),
            ("archive M1, M2 and M4", "archive M1 M2 M4"),
            ("归档 M1 和 M4 到 合同库", "归档 M1 M4 到 合同库"),
            ("M4 说的对", ""),
            ("删除 M4", ""),
            ("见M4x", ""),
        ] {
            assert_eq!(named(said).unwrap_or_default(), line, "{said}");
        }
    }
}
