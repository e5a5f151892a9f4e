//! Words that join: names to names, commands to commands, words to words. All of them stand here;
//! what is made of them is said where they are used.

/// Between two names. Longer spellings first.
pub const NAMES: [&str; 12] =
    [",还有", "还有", "以及", "和", "与", "及", "跟", "同", "、", "and", "&", "+"];

/// What a word such as `提醒我` ends with: whoever speaks.
const ME: [&str; 5] = ["我", "自己", "我 一下", "me", "me to"];

/// Whether whoever speaks is named by the word itself: `提醒我`, `remind me to`.
pub fn is_mine(typed: &str) -> bool {
    ME.iter().any(|me| typed.ends_with(me))
}

/// Words and marks between two things done to records, of which neither says anything freely.
pub const COMMANDS: [&str; 10] =
    ["、", " 和 ", " 和", "和", " and ", " then ", "然后", "再", "并且", " "];

/// Joins two halves of an edit in the middle of what is left of it.
pub const HALVES: [&str; 10] =
    ["并且", "并", "然后", "同时", "再", "也", " and then ", " and ", " then ", " also "];

/// Among the words of a keyword rule: joins them, excludes some or says what they are; folded.
pub const WORDS: [&str; 37] = [
    "和",
    "与",
    "且",
    "并且",
    "而且",
    "及",
    "以及",
    "或",
    "或者",
    "同时",
    "同时出现",
    "一起",
    "但",
    "但是",
    "不",
    "非",
    "词",
    "关键词",
    "这个词",
    "and",
    "or",
    "but",
    "not",
    "except",
    "without",
    "unless",
    "if",
    "when",
    "only",
    "then",
    "both",
    "together",
    "word",
    "words",
    "keyword",
    "also",
    "plus",
];
