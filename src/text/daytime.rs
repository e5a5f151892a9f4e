//! Words for what people do in the one half of the day only: 起床, 晚饭. They tell that an hour may
//! have been meant of the other half than it is read as.

/// Done before noon.
const MORNING: [&str; 19] = [
    "起床",
    "早饭",
    "早餐",
    "早起",
    "晨跑",
    "晨会",
    "早会",
    "晨练",
    "早读",
    "早自习",
    "上班",
    "上学",
    "叫醒",
    "早安",
    "wake",
    "get up",
    "breakfast",
    "morning",
    "sunrise",
];

/// Done behind it.
const EVENING: [&str; 19] = [
    "晚饭",
    "晚餐",
    "睡",
    "夜宵",
    "宵夜",
    "下班",
    "晚自习",
    "晚会",
    "晚安",
    "夜跑",
    "关灯",
    "泡脚",
    "dinner",
    "supper",
    "bedtime",
    "to bed",
    "sleep",
    "evening",
    "night",
];

/// Done with others at work.
const WORK: [&str; 15] = [
    "会议室",
    "开会",
    "面试",
    "文件",
    "客户",
    "评审",
    "例会",
    "拜访",
    "验收",
    "签到",
    "培训",
    "meeting",
    "interview",
    "client",
    "review",
];

/// Halves of the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Half {
    /// Before noon.
    Morning,
    /// From noon on.
    Evening,
}

/// Whether the words of a folded text are of work that is done with others.
pub fn is_work(folded: &str) -> bool {
    WORK.iter().any(|word| folded.contains(word))
}

/// The half of the day that the words of a folded text are of; `None` if they are of none or both.
pub fn of(folded: &str) -> Option<Half> {
    let says = |words: &[&str]| words.iter().any(|word| folded.contains(word));
    match (says(&MORNING), says(&EVENING)) {
        (true, false) => Some(Half::Morning),
        (false, true) => Some(Half::Evening),
        (true, true) | (false, false) => None,
    }
}
