//! Words that mean everybody here, where somebody's name could stand: `大家`, `@所有人`, `us`. Who that
//! is, is for core to say.

use super::glyphs::is_cjk;

/// In Chinese, folded. Longer spellings first.
const ZH: [&str; 30] = [
    "我们部门",
    "我们团队",
    "我们小组",
    "我们所有人",
    "我们大家",
    "我们组",
    "我们班",
    "我们科",
    "我们",
    "咱们大家",
    "咱们",
    "群里所有人",
    "群里的所有人",
    "群里的人",
    "群里面的人",
    "群里大家",
    "群里",
    "本群",
    "全群",
    "所有同事",
    "所有成员",
    "所有人",
    "每个人",
    "全体成员",
    "全体同事",
    "全体",
    "全员",
    "各位",
    "大伙儿",
    "大伙",
];

/// The commonest of them, by which they are all called in `Args::people`.
pub const EVERYBODY: &str = "大家";

/// The same in English. Longer spellings first.
const EN: [&str; 11] = [
    "everyone here",
    "everybody here",
    "everyone",
    "everybody",
    "the whole team",
    "the whole group",
    "the team",
    "the group",
    "all of us",
    "us all",
    "us",
];

/// Only behind an @.
const MARKED: [&str; 3] = ["all", "here", "channel"];

/// Goes on a word that begins with one of those and means something else: `大家电`, `我们的报告`.
const OTHERWISE: [&str; 27] = [
    "的", "电", "庭", "居", "闺", "会", "大会", "培训", "版", "股", "俩", "仨", "两", "三", "四",
    "几", "公司", "这", "那", "家", "口", "自", "置", "通知", "公告", "聊", "相册",
];

/// What all of these begin with: most texts are passed over at a glance.
pub fn may_begin(c: char) -> bool {
    let latin = matches!(c, 'a' | 'c' | 'e' | 'h' | 't' | 'u');
    latin || matches!(c, '大' | '我' | '咱' | '群' | '本' | '全' | '所' | '每' | '各')
}

/// Where the word for everybody ends that a folded text begins with, in bytes. `marked`: behind an
/// @, where `here` and `channel` are meant too.
pub fn at_start(text: &str, marked: bool) -> Option<usize> {
    text.starts_with(may_begin).then_some(())?;
    let zh = std::iter::once(&EVERYBODY).chain(&ZH).find_map(|word| {
        let rest = text.strip_prefix(word)?;
        let other = OTHERWISE.iter().any(|other| rest.starts_with(other));
        (!other).then_some(word.len())
    });
    let latin = |word: &&&str| {
        let goes_on = |c: char| c.is_alphanumeric() && !is_cjk(c) || matches!(c, '\'' | '-' | '_');
        text.strip_prefix(**word).is_some_and(|rest| !rest.starts_with(goes_on))
    };
    let marks = MARKED.iter().filter(|_| marked);
    zh.or_else(|| EN.iter().chain(marks).find(latin).map(|word| word.len()))
}

/// Whether a whole name means everybody.
pub fn is_everybody(name: &str) -> bool {
    at_start(&crate::text::fold::fold(name).text, true) == Some(name.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_is_looked_at() {
        let all = ZH.iter().chain(&EN).chain(&MARKED).chain([&EVERYBODY]);
        assert!(all.into_iter().all(|word| word.starts_with(may_begin)));
    }

    #[test]
    fn words_that_begin_alike_are_something_else() {
        for (text, end) in
            [("大家 开会", 6), ("所有人明天", 9), ("us tomorrow", 2), ("咱们交表", 6)]
        {
            assert_eq!(at_start(text, false), Some(end), "{text}");
        }
        for text in
            ["大家电采购", "我们的报告", "全员大会", "used cars", "allison", "here", "我们俩"]
        {
            assert_eq!(at_start(text, false), None, "{text}");
        }
        assert!(is_everybody("所有人") && is_everybody("Everyone") && is_everybody("here"));
        assert!(!is_everybody("王芳") && !is_everybody("all hands"));
    }
}
