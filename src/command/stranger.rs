//! What looks like a Chinese name though nobody here bears it. It is asked about, never taken for
//! one.

/// Common surnames that begin few other words.
const SURNAMES: &str = "王李张刘陈杨赵吴徐孙朱胡郭林何罗郑梁谢宋唐许韩冯邓曹彭曾萧田董袁潘蔡蒋余杜叶魏吕丁\
                        沈姚卢傅钟姜崔谭廖范汪陆戴贾韦邱邹熊孟秦阎薛侯雷龙陶黎贺顾毛郝龚邵覃武钱严赖洪莫";

/// Words of everyday that begin with one of them.
const WORDS: [&str; 30] = [
    "张贴",
    "林业",
    "何时",
    "罗列",
    "谢谢",
    "宋体",
    "唐装",
    "许可",
    "许可证",
    "田径",
    "田径赛",
    "余额",
    "余款",
    "叶子",
    "丁点",
    "钟点",
    "钟点工",
    "范围",
    "范文",
    "陆续",
    "雷雨",
    "龙舟",
    "顾客",
    "顾问",
    "贺卡",
    "毛利",
    "武术",
    "钱款",
    "严查",
    "洪水",
];

/// What somebody is called by their work, behind the surname.
const TITLES: [&str; 8] = ["总", "工", "经理", "主任", "老师", "总监", "部长", "主管"];

/// Before a surname among colleagues.
const BEFORE: [char; 3] = ['小', '老', '阿'];

/// Those who are called by what they do: nobody here bears such a name.
const GROUPS: [&str; 32] = [
    "财务",
    "销售",
    "客户",
    "行政",
    "人事",
    "研发",
    "产品",
    "运营",
    "市场",
    "法务",
    "前台",
    "老板",
    "领导",
    "经理",
    "主管",
    "总监",
    "客服",
    "采购",
    "仓库",
    "司机",
    "供应商",
    "技术",
    "设计",
    "测试",
    "开发",
    "运维",
    "实习生",
    "新人",
    "同事",
    "组长",
    "老师",
    "甲方",
];

/// Behind what a group of people is called by.
const OF_GROUP: [&str; 10] =
    ["部", "部门", "组", "小组", "团队", "同事", "同学", "人员", "经理", "负责人"];

/// Ends what some people are called by who are not named.
const SOME: [&str; 14] = [
    "的人",
    "同事",
    "同学",
    "男生",
    "女生",
    "个人",
    "员工",
    "实习生",
    "师傅",
    "阿姨",
    "家属",
    "组员",
    "负责人",
    "值班人员",
];

/// Whether a word is what a group of people is called by: `财务`, `销售部`, `市场部的同事`.
pub fn is_group(word: &str) -> bool {
    let mut word = word.trim_end_matches('们');
    if GROUPS.contains(&word) {
        return true;
    }
    let length = word.chars().count();
    if length > 10 {
        return false;
    }
    // 没交周报的人, 相关同事, 男生, 前台小王.
    let some = SOME.iter().any(|end| word.ends_with(end));
    let post = GROUPS.iter().find_map(|group| word.strip_prefix(group));
    if some || post.is_some_and(|rest| !rest.is_empty() && is_name(rest)) {
        return true;
    }
    if length > 6 {
        return false;
    }
    while let Some(rest) = OF_GROUP.iter().find_map(|end| word.strip_suffix(end)) {
        let rest = rest.trim_end_matches('的');
        if GROUPS.contains(&rest) || rest.chars().count() == 2 && word.ends_with(['部', '门']) {
            return true;
        }
        word = rest;
    }
    false
}

/// What people call somebody whom they know, behind a part of the name.
const FRIENDLY: [&str; 8] = ["姐", "哥", "总", "工", "老师", "师傅", "叔", "姨"];

/// Who here is called so among colleagues: 韩梅梅 of 梅梅, 王芳 of 芳姐.
pub fn called<'n>(names: &'n [String], word: &str) -> Option<&'n str> {
    let count = word.chars().count();
    if !(2..=3).contains(&count) || !word.chars().all(super::glyphs::is_cjk) {
        return None;
    }
    let given = |part: &str| {
        let mut names = names.iter().map(String::as_str);
        names.find(|name| name.len() > part.len() && name.ends_with(part))
    };
    let part = FRIENDLY.iter().find_map(|end| word.strip_suffix(end)).filter(|p| !p.is_empty());
    let twice = word.get(..3).filter(|first| count == 2 && word.ends_with(first));
    let part = part.or(twice).and_then(given);
    part.or_else(|| if count == 2 { given(word) } else { None })
}

/// What somebody does, right behind their name.
const DEEDS: &str = "填交写开去来看做买发给准备提签打报接订改审查参完处整确回领取送吃带换拿检登";

/// The name that a text seems to begin with, right before what they do: 王芳 of 王芳填工时.
pub fn before_a_deed(text: &str) -> Option<&str> {
    let ends = text.char_indices().map(|(at, _)| at).skip(2).take(2);
    let mut heads = ends.filter(|at| text[*at..].starts_with(|c| DEEDS.contains(c)));
    heads.find_map(|at| Some(&text[..at]).filter(|head| is_name(head)))
}

/// Whether a word looks like a name: `韩梅梅`, `张总`, `小李`.
pub fn is_name(word: &str) -> bool {
    let is_surname = |c: char| SURNAMES.contains(c);
    let mut chars = word.chars();
    let Some(first) = chars.next() else { return false };
    let rest = chars.as_str();
    let length = || word.chars().count();
    if BEFORE.contains(&first) {
        return length() == 2 && rest.chars().all(is_surname);
    }
    let titled = || TITLES.contains(&rest);
    let named = || (2..=3).contains(&length()) && word.chars().all(super::glyphs::is_cjk);
    first.len_utf8() > 2 && is_surname(first) && (titled() || named() && !WORDS.contains(&word))
}

#[cfg(test)]
mod tests {
    use super::is_name;

    #[test]
    fn names_are_told_from_words() {
        for name in ["韩梅梅", "李雷", "张总", "王经理", "小李", "老王"] {
            assert!(is_name(name), "{name}");
        }
        for word in
            ["开会", "周会", "交报告", "余额", "谢谢", "小会", "陈", "李雷的报告", "anna", ""]
        {
            assert!(!is_name(word), "{word}");
        }
    }
}
