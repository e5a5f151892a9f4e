//! The words for what is done with kept messages, and those that only join. How a line of
//! them is read is the business of `messages`.

use Act::{File, Hold, Release, Retag, Tag, Unfile, Untag};

/// What is done with messages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Act {
    /// A tag more.
    Tag,
    /// A tag less.
    Untag,
    /// Other tags than before.
    Retag,
    /// Into a cabinet.
    File,
    /// Out of it.
    Unfile,
    /// Kept for ever.
    Hold,
    /// No longer.
    Release,
}

/// How each is said. Of those that fit the longest counts.
pub const ACTS: &[(&str, Act)] = &[
    ("标签改成", Retag),
    ("标签改为", Retag),
    ("标签换成", Retag),
    ("标签换为", Retag),
    ("标签改", Retag),
    ("改标签为", Retag),
    ("改标签", Retag),
    ("retag as", Retag),
    ("change the tag to", Retag),
    ("set the tag to", Retag),
    ("set the tag", Retag),
    ("retag", Retag),
    ("换个标签", Retag),
    ("换标签", Retag),
    ("change tag to", Retag),
    ("打上标签", Tag),
    ("加上标签", Tag),
    ("贴上标签", Tag),
    ("打个标签", Tag),
    ("加个标签", Tag),
    ("贴个标签", Tag),
    ("添加标签", Tag),
    ("打标签", Tag),
    ("加标签", Tag),
    ("贴标签", Tag),
    ("标签", Tag),
    ("标记为", Tag),
    ("标记成", Tag),
    ("标记", Tag),
    ("标注为", Tag),
    ("标注", Tag),
    ("标上", Tag),
    ("标成", Tag),
    ("标为", Tag),
    ("打标为", Tag),
    ("打标", Tag),
    ("打上", Tag),
    ("贴上", Tag),
    ("标", Tag),
    ("tag", Tag),
    ("label", Tag),
    ("mark", Tag),
    ("add the tag", Tag),
    ("add tag", Tag),
    ("put the tag", Tag),
    ("去掉", Untag),
    ("删掉", Untag),
    ("删除", Untag),
    ("取消", Untag),
    ("移除", Untag),
    ("摘掉", Untag),
    ("清除", Untag),
    ("清空", Untag),
    ("untag", Untag),
    ("remove the tag", Untag),
    ("remove the tags", Untag),
    ("remove tag", Untag),
    ("remove tags", Untag),
    ("remove all tags", Untag),
    ("remove its tags", Untag),
    ("clear the tags", Untag),
    ("drop the tag", Untag),
    ("delete the tag", Untag),
    ("撤掉", Untag),
    ("归档", File),
    ("归个档", File),
    ("存下来", File),
    ("存一下", File),
    ("收藏", File),
    ("存档", File),
    ("存到", File),
    ("存进", File),
    ("存入", File),
    ("放到", File),
    ("放进", File),
    ("放入", File),
    ("收进", File),
    ("收到", File),
    ("归到", File),
    ("归入", File),
    ("移到", File),
    ("移进", File),
    ("转到", File),
    ("换到", File),
    ("挪到", File),
    ("archive", File),
    ("file", File),
    ("put", File),
    ("move", File),
    ("store", File),
    ("save", File),
    ("取消归档", Unfile),
    ("撤销归档", Unfile),
    ("不用归档", Unfile),
    ("移出归档", Unfile),
    ("移出", Unfile),
    ("撤出", Unfile),
    ("取出", Unfile),
    ("拿出", Unfile),
    ("unarchive", Unfile),
    ("take", Unfile),
    ("remove", Unfile),
    ("永久", Hold),
    ("保留永久", Hold),
    ("hold", Hold),
    ("forever", Hold),
    ("keep", Hold),
    ("保留", Hold),
    ("不用永久", Release),
    ("取消永久", Release),
    ("解除永久", Release),
];

/// The same for messages that are to stay, by themselves.
pub const STAYS: &[(&str, Act)] = &[
    ("永久保留", Hold),
    ("永久保存", Hold),
    ("保留永久", Hold),
    ("一直保留", Hold),
    ("一直留着", Hold),
    ("长期保留", Hold),
    ("永远保留", Hold),
    ("别清", Hold),
    ("别清掉", Hold),
    ("别清理", Hold),
    ("不要清", Hold),
    ("不要清理", Hold),
    ("never delete", Hold),
    ("never clear", Hold),
    ("always keep", Hold),
    ("不再永久", Release),
    ("可以清了", Release),
    ("no longer keep", Release),
    ("no longer forever", Release),
    ("release", Release),
];

/// Before the numbers, and says nothing more.
pub const LEADS: &[&str] = &[
    "麻烦帮我",
    "麻烦",
    "请帮我",
    "请",
    "帮我",
    "帮忙",
    "把",
    "将",
    "给",
    "对",
    "please",
    "could you",
    "can you",
    "pls",
];

/// Between the numbers and what is done. Longer spellings first.
pub const AFTER: &[&str] = &[
    "这几条消息",
    "这条消息",
    "这几条",
    "这条",
    "的消息",
    "消息",
    "全部",
    "都",
    "也",
    "再",
    "上面",
    "上",
    "里",
    "的",
];

/// Between what is done and the tag or cabinet. Longer spellings first.
pub const TO: &[&str] = &[
    "这条消息",
    "这条",
    "这个",
    "为",
    "成",
    "到",
    "进",
    "入",
    "在",
    "上",
    "了",
    "一下",
    "一个",
    "个",
    "this",
    "it",
    "as",
    "with",
    "into the",
    "into",
    "in the",
    "in",
    "to the",
    "to",
    "under the",
    "under",
    "out of the",
    "out of",
    "from the",
    "from",
    "off",
    "the",
];

/// Behind all of it.
pub const ENDS: [&str; 12] =
    ["的标签", "标签", "一下", "里面", "里", "中", "了", "吧", "哦", "。", " cabinet", " tag"];

/// Behind what is taken away: `把 M2 的标签去掉`, `把M3从售后库里拿出来`.
pub const AWAY: &[(&str, Act)] = &[
    ("去掉", Untag),
    ("去了", Untag),
    ("删掉", Untag),
    ("删了", Untag),
    ("删除", Untag),
    ("取消", Untag),
    ("移除", Untag),
    ("拿掉", Untag),
    ("拿出来", Unfile),
    ("移出来", Unfile),
    ("取出来", Unfile),
    ("撤出来", Unfile),
    ("移出", Unfile),
    ("取出", Unfile),
    ("撤出", Unfile),
];

/// From the first number of a stretch to its last.
pub const THROUGH: &[&str] = &["-", "~", "—", "–", "到", "至", "through ", "to "];

/// Between two numbers.
pub const AND: &[&str] = &["、", "，", ",", "和", "及", "与", "跟", "and ", "&", ""];

/// Asks something, and orders nothing.
pub const ASKS: &[&str] = &[
    "什么", "哪", "谁", "为何", "多少", "几条", "吗", "?", "？", "what ", "who ", "which ", "why ",
    "does ", "how ",
];
