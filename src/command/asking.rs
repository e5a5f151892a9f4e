//! A noun with a question or a sigh glued to it, `任务怎么删`, `任务太多了`: it is talked about, and no
//! record is wanted. Apart from the noun the same words are a title: `任务 怎么写周报培训`.

use std::cmp::Reverse;

/// The nouns that people talk about.
const NOUNS: [&str; 3] = ["我的任务", "任务", "待办"];

/// A question begins so.
const BEGINS: [&str; 42] = [
    "完成得",
    "完成的怎",
    "做得怎",
    "进行得",
    "进行的怎",
    "进度怎",
    "进度如何",
    "状态",
    "没人",
    "没有人",
    "无人",
    "清单",
    "列表",
    "完成情况",
    "情况",
    "排期",
    "进展",
    "还有几个",
    "还有什么",
    "还剩",
    "分别",
    "怎么",
    "怎样",
    "如何",
    "咋",
    "为什么",
    "为啥",
    "有没有",
    "有哪些",
    "有多少",
    "能不能",
    "可不可以",
    "可以不可以",
    "是不是",
    "会不会",
    "什么时候",
    "是什么",
    "都有",
    "还有多少",
    "还有哪些",
    "在哪",
    "谁",
];

/// A question ends so.
const ENDS: [&str; 7] = ["吗", "么", "呢", "没有", "了没", "?", "？"];

/// What is to be found out is something to do: `任务问王芳明天来吗`.
const FINDS_OUT: [&str; 8] = ["问", "确认", "核实", "核对", "查", "看", "了解", "打听"];

/// A sigh begins so.
const SIGHS: [&str; 7] = ["太", "好多", "真多", "这么多", "那么多", "多得", "多死"];

/// Rules are made of what is done with each task: `任务做完要我验收才行`.
const RULES: [&str; 10] = [
    "验收",
    "确认",
    "审核",
    "审批",
    "approval",
    "approved",
    "accepted",
    "acceptance",
    "sign",
    "sign-off",
];

/// What shows that a rule is meant.
const MUST: [&str; 16] = [
    "做完",
    "完成",
    "都要",
    "都得",
    "需要",
    "必须",
    "才行",
    "才算",
    "不用",
    "不需要",
    "要我",
    "need",
    "must",
    "should",
    "have to",
    "require",
];

/// Whether a line says of the tasks it begins with that each is, or is not, to be accepted.
pub fn rules_acceptance(line: &str) -> bool {
    let lower = line.to_lowercase();
    let rest = glued(line).or_else(|| lower.strip_prefix("tasks "));
    let said = |words: &[&str]| rest.is_some_and(|rest| words.iter().any(|w| rest.contains(w)));
    let begins = rest.is_some_and(|rest| MUST.iter().any(|must| rest.starts_with(must)));
    begins && said(&RULES)
}

/// What adds nothing to `task list`.
const LISTS: [&str; 10] =
    ["list", "for", "of", "please", "me", "the", "all", "my", "our", "everything"];

/// What is glued to the noun a line begins with.
fn glued(line: &str) -> Option<&str> {
    let rest = NOUNS.iter().find_map(|noun| line.trim_start().strip_prefix(noun))?;
    (!rest.starts_with(|c: char| c.is_whitespace() || "：:，,".contains(c))).then_some(rest)
}

/// Whether a line asks about the noun it begins with.
pub fn asks(line: &str) -> bool {
    let Some(rest) = glued(line) else { return false };
    let end = rest.trim_end_matches(['。', '.', '！', '!', ' ']);
    let begins = |words: &[&str]| words.iter().any(|word| rest.starts_with(word));
    begins(&BEGINS) || ENDS.iter().any(|word| end.ends_with(word)) && !begins(&FINDS_OUT)
}

/// Whether a line asks or sighs about the noun it begins with.
pub fn is_talk(line: &str) -> bool {
    asks(line)
        || rules_acceptance(line)
        || glued(line).is_some_and(|rest| SIGHS.iter().any(|sigh| rest.starts_with(sigh)))
}

/// Whether `task list for tomorrow please` says nothing beside its date.
pub fn only_lists(content: &str) -> bool {
    let lower = content.to_lowercase();
    lower.starts_with("list")
        && lower.split([' ', ',', '.', '?']).all(|w| w.is_empty() || LISTS.contains(&w))
}

/// What says that what stands before it is not meant.
const TAKEN_BACK: [&str; 9] =
    [",哦不", ",噢不", ",啊不", ",不对,", ",不是,", ",说错了", ",i mean", ",no wait", ",sorry"];

/// What takes back, as it stands in a line.
const BACK: [&str; 11] = [
    "说错了",
    "啊不对",
    "哦不对",
    "噢不对",
    "啊不",
    "哦不",
    "噢不",
    "不对",
    "不是",
    "no wait",
    "i mean",
];

/// What a line says before it takes that back, and what it says instead.
pub fn instead(line: &str) -> Option<(&str, &str)> {
    if !takes_back(line) {
        return None;
    }
    let lower = line.to_ascii_lowercase();
    let spans = BACK.iter().filter_map(|back| lower.rfind(back).map(|at| at..at + back.len()));
    // The last one, and the longest spelling of it.
    let back = spans.max_by_key(|span| (span.end, Reverse(span.start)))?;
    let loose = |c: char| c.is_whitespace() || "，,；;。、—…".contains(c);
    let behind = line.get(back.end..)?.trim_start_matches(loose);
    let behind = behind.strip_prefix(['是', '应']).unwrap_or(behind);
    Some((line.get(..back.start)?.trim_end_matches(loose), behind))
}

/// Whether a line takes back what it has said.
pub fn takes_back(line: &str) -> bool {
    // Mostly it stands behind a mark, and most lines need not be copied to see that it does not.
    let says = line.contains('不')
        || line.contains("说错了")
        || line.contains(|c: char| c.is_ascii_alphabetic());
    if !says {
        return false;
    }
    // `周三 啊不 周四`
    if [" 哦不", " 噢不", " 啊不"].iter().any(|back| line.contains(back)) {
        return true;
    }
    if !line.contains(['，', ',', '；', ';', '。', '、', '—', '…']) {
        return false;
    }
    let mut marks = line.to_lowercase().replace(['，', '；', ';', '。', '、', '—', '…'], ",");
    marks = marks.replace(", ", ",").replace(",,", ",");
    TAKEN_BACK.iter().any(|back| marks.contains(back))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_asked_is_told_from_what_is_to_be_done() {
        for line in ["任务怎么删", "任务可以设重复吗", "任务太多了", "待办有没有逾期的"]
        {
            assert!(is_talk(line), "{line}");
        }
        for line in ["任务 怎么写周报培训", "任务写周报", "任务问王芳明天来吗", "任务：太阳能"]
        {
            assert!(!is_talk(line), "{line}");
        }
        for (line, said) in [
            ("提醒我周三，啊不对，周四交", ("提醒我周三", "周四交")),
            ("提醒我周三 啊不 周四交", ("提醒我周三", "周四交")),
            ("remind me Wed, I mean Thu", ("remind me Wed", "Thu")),
        ] {
            assert_eq!(instead(line), Some(said));
        }
        assert!(only_lists("list for please") && !only_lists("list page for shop"));
    }
}
