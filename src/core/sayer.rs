//! Who said what is looked for, and what of a search only leads to it: `王芳昨天说的快递单号`, `messages from
//! Ben about the contract`, `提到退费的消息`. Works on words alone.

/// Behind somebody's name: they said what follows. Longer spellings first.
const SAID: &[&str] = &[
    "说过的",
    "说的",
    "发过的",
    "发的",
    "提过的",
    "提到的",
    "提的",
    "讲的",
    "贴的",
    "的聊天记录",
    "的消息",
    "的发言",
    "的信息",
    "’s messages about",
    "'s messages about",
    "’s messages",
    "'s messages",
    " said about",
    " say about",
    " said",
    " sent",
    " posted",
];

/// Before somebody's name, in English: they said it.
const FROM: &[&str] = &["from ", "by ", "sent by ", "posted by "];

/// And before that.
const MESSAGES: &[&str] =
    &["", "messages", "message", "all messages", "everything", "anything", "posts", "all"];

/// Between that name and what was said. Longer spellings first.
const ABOUT: &[&str] =
    &["that mention ", "mentioning ", "regarding ", "containing ", "about ", "with ", "on "];

/// Words that only say that messages are looked for, beside anything else.
const FILLERS: &[&str] = &[
    "消息",
    "的消息",
    "信息",
    "的信息",
    "内容",
    "的内容",
    "聊天记录",
    "的聊天记录",
    "记录",
    "的",
    "话",
    "的话",
    "所有消息",
    "全部消息",
    "messages",
    "message",
];

/// Before what a message is about. Longer spellings first.
const HOLDS: &[&str] =
    &["含有", "包含", "带有", "提到", "提及", "说到", "关于", "有关", "含", "带"];

/// Behind it. Longer spellings first.
const OF: &[&str] =
    &["的所有消息", "的全部消息", "的聊天记录", "的消息", "的信息", "的内容", "相关的消息", "的"];

/// Before it, in English. Longer spellings first.
const OPENS: &[&str] = &[
    "all messages about ",
    "all messages with ",
    "about ",
    "either ",
    "messages that mention ",
    "messages mentioning ",
    "messages containing ",
    "messages about ",
    "messages with ",
    "anything about ",
    "everything about ",
];

/// Whether a word adds nothing to a search that says anything else.
pub fn is_filler(folded: &str) -> bool {
    FILLERS.contains(&folded.trim())
}

/// A line without what only says that messages are looked for: `提到退费的消息` is 退费. What stands
/// between quotation marks is left alone, and so is a line without any such word.
pub fn plain(content: &str) -> String {
    let content = content.strip_prefix("all of ").unwrap_or(content);
    let lower = content.to_lowercase();
    if lower.len() == content.len()
        && let Some(open) = OPENS.iter().find(|open| lower.starts_with(**open))
    {
        return content[open.len()..].trim_start().to_owned();
    }
    let quoted = content.contains(['"', '“', '「', '『', '＂']);
    if quoted || !content.contains(['的', '含', '提', '关', '带']) {
        return content.to_owned();
    }
    let word = |word: &str| {
        let stem = OF.iter().find_map(|of| word.strip_suffix(of)).filter(|stem| !stem.is_empty());
        let Some(stem) = stem else { return word.to_owned() };
        let held = HOLDS.iter().find_map(|holds| stem.strip_prefix(holds));
        let messages = word.len() - stem.len() > "的".len();
        match held.filter(|held| !held.is_empty()) {
            Some(held) => held.to_owned(),
            None if messages => stem.to_owned(),
            None => word.to_owned(),
        }
    };
    content.split(' ').map(word).collect::<Vec<_>>().join(" ")
}

/// Who said it, of people of these names, and the rest of what is looked for. `is_time`: whether a
/// text is a stretch of the past and nothing else.
pub fn said_by(
    names: &[String],
    content: &str,
    is_time: impl Fn(&str) -> bool,
) -> Option<(String, String)> {
    from(names, content)
        .or_else(|| behind(names, content, &is_time))
        .or_else(|| owned(names, content, &is_time))
}

/// `messages from Ben about the contract`
fn from(names: &[String], content: &str) -> Option<(String, String)> {
    let lower = content.to_lowercase();
    let (at, word) = FROM
        .iter()
        .filter_map(|word| Some((lower.find(word)?, *word)))
        .find(|(at, _)| *at == 0 || lower[..*at].ends_with(' '))?;
    let before = content.get(..at)?.trim();
    let rest = content.get(at + word.len()..)?.trim_start_matches('@');
    let name = names.iter().find(|name| starts(rest, name))?;
    let rest = rest[name.len()..].trim_start();
    if !MESSAGES.contains(&before.to_lowercase().as_str()) {
        // `refund from Ben`
        return Some((name.clone(), format!("{before} {rest}").trim().to_owned()));
    }
    let lower = rest.to_lowercase();
    let about = ABOUT.iter().find(|about| lower.starts_with(**about));
    let rest = about.map_or(rest, |about| &rest[about.len()..]);
    Some((name.clone(), rest.strip_prefix("the ").unwrap_or(rest).to_owned()))
}

/// `王芳昨天说的快递单号`, `what Ben said yesterday`
fn behind(
    names: &[String],
    content: &str,
    is_time: &impl Fn(&str) -> bool,
) -> Option<(String, String)> {
    let (at, said) = SAID.iter().find_map(|said| Some((content.find(said)?, *said)))?;
    let head = &content[..at];
    let lower = head.to_lowercase();
    let lower = if lower.len() == head.len() { lower.as_str() } else { head };
    let begins = |name: &String| lower.rfind(&name.to_lowercase());
    let (from, name) = names.iter().find_map(|name| Some((begins(name)?, name)))?;
    let between = &head[from + name.len()..];
    let begins = |c: char| c.is_ascii_alphanumeric();
    let whole = !(head[..from].ends_with(begins) && name.starts_with(begins));
    let apart = between.trim().is_empty() || is_time(between.trim());
    let before = head[..from].trim();
    let before = before.strip_suffix("what").unwrap_or(before);
    let before = before.strip_suffix("what did").unwrap_or(before);
    let rest = format!("{before} {between} {}", &content[at + said.len()..]);
    (whole && apart).then(|| (name.clone(), rest.trim().to_owned()))
}

/// `Ben's last week`, `my messages`: all that they said, in some time.
fn owned(
    names: &[String],
    content: &str,
    is_time: &impl Fn(&str) -> bool,
) -> Option<(String, String)> {
    let rest = content.strip_prefix("my ").map(|rest| ("me".to_owned(), rest));
    let (name, rest) = rest.or_else(|| {
        let name = names.iter().find(|name| starts(content, name))?;
        let rest = content[name.len()..].strip_prefix("'s");
        Some((name.clone(), rest.or_else(|| content[name.len()..].strip_prefix("’s"))?))
    })?;
    let rest = rest.trim().trim_start_matches("messages").trim_start_matches("from").trim();
    (rest.is_empty() || is_time(rest)).then(|| (name, rest.to_owned()))
}

/// Whether a text begins with a name that ends there.
fn starts(text: &str, name: &str) -> bool {
    let head = text.get(..name.len()).filter(|head| head.eq_ignore_ascii_case(name));
    let latin = |c: char| c.is_ascii_alphanumeric();
    head.is_some_and(|head| !(head.ends_with(latin) && text[name.len()..].starts_with(latin)))
}

/// Between two words of which either will do.
const OR: &[&str] = &["或", "或者", "或是", "or", "|", "||", "｜"];

/// Behind it something may not be there.
const OUT: &[&str] =
    &["不含", "不包含", "不包括", "除了", "除去", "排除", "without", "except", "excluding"];

/// Whether what follows may not be there.
pub fn is_out(word: &str) -> bool {
    OUT.iter().any(|out| word.eq_ignore_ascii_case(out))
}

/// A word, and whether it is said of it that it may not be there: `不含五班`.
pub fn left_out(word: &str) -> (String, bool) {
    let not = OUT[..6].iter().find_map(|out| word.strip_prefix(out));
    let word = word.trim_end_matches([',', ';']);
    match not.filter(|rest| !rest.is_empty()) {
        Some(rest) => (rest.trim_end_matches("的").to_owned(), true),
        None => (word.to_owned(), false),
    }
}

/// Whether a word only joins two others, of which both must be there.
pub fn joins(word: &str) -> bool {
    ["和", "且", "以及", "and", "&"].iter().any(|joint| word.eq_ignore_ascii_case(joint))
}

/// Whether a word stands between two of which either will do.
pub fn is_or(word: &str) -> bool {
    OR.iter().any(|or| word.eq_ignore_ascii_case(or))
}

#[cfg(test)]
mod tests {
    use super::{plain, said_by};

    #[test]
    fn what_only_leads_to_what_is_looked_for_is_left_out() {
        for (line, left) in [
            ("含退费的消息", "退费"),
            ("提到退费的", "退费"),
            ("退费的消息", "退费"),
            ("退费的流程", "退费的流程"),
            ("你的", "你的"),
            ("\"退费的消息\"", "\"退费的消息\""),
            ("messages about the refund", "the refund"),
        ] {
            assert_eq!(plain(line), left, "{line}");
        }
    }

    #[test]
    fn whoever_said_it_is_told_from_what_they_said() {
        let names = ["李雷".to_owned(), "Ben".to_owned()];
        for (line, who, rest) in [
            ("李雷说的合同", "李雷", "合同"),
            ("合同 李雷发的", "李雷", "合同"),
            ("李雷今天发的消息", "李雷", "今天 消息"),
            ("messages from ben about the contract", "Ben", "contract"),
            ("from 李雷 yesterday", "李雷", "yesterday"),
            ("what Ben said about leave", "Ben", "leave"),
            ("refund from ben", "Ben", "refund"),
            ("Ben's messages", "Ben", ""),
            ("my messages", "me", ""),
        ] {
            let found = said_by(&names, line, |text| text == "今天");
            let found = found.map(|(who, rest)| (who, rest.trim().to_owned()));
            assert_eq!(found, Some((who.to_owned(), rest.to_owned())), "{line}");
        }
        assert_eq!(said_by(&names, "Benny said", |_| false), None);
        assert_eq!(said_by(&names, "合同说的", |_| false), None);
    }
}
