//! Somebody of all who is left out in a clause of its own: `提醒大家明天开会，李雷不用来`,
//! `（王芳除外）`, `standup for everyone, not Ben`. Where the clause stands and who it is; reads no
//! directory itself.

use std::ops::Range;

use super::named::names_at;

/// Behind the names. Longer spellings first.
const SPARED: [&str; 20] = [
    "不包括在内",
    "不需要",
    "不参加",
    "除外",
    "例外",
    "不用",
    "不必",
    "不来",
    "不去",
    "不算",
    "doesn't need to come",
    "does not need to come",
    "doesn't have to come",
    "can skip it",
    "can skip",
    "excluded",
    "excepted",
    "is excused",
    "not included",
    "isn't coming",
];

/// What may follow, and says no more.
const MORE: [&str; 9] = ["参加", "提醒", "通知", "过来", "来", "去", "到", "管", "了"];

/// Between the names and that.
const BETWEEN: [&str; 6] = ["他们", "那边", "就", "也", "可以", "is"];

/// Before the names. Longer spellings first.
const EXCEPT: [&str; 11] = [
    "不包括",
    "除了",
    "除去",
    "除开",
    "不含",
    "除",
    "except for",
    "except",
    "excluding",
    "without",
    "not",
];

/// Closes what stands before the names.
const BEYOND: [&str; 4] = ["以外", "之外", "外", "都"];

/// Means everybody else. Longer spellings first.
const OTHERS: [&str; 9] = [
    "的其他人",
    "的其他同事",
    "的所有同事",
    "的其余人",
    "的同事",
    "的同学",
    "的人",
    "其他人",
    "其余人",
];

/// Somebody who is left out.
#[derive(Debug, PartialEq, Eq)]
pub struct Spared {
    /// All that says so.
    pub clause: Range<usize>,
    /// It names the others as well: 除了我以外的人.
    pub others: bool,
    /// Who it is, in lower case.
    pub gone: Vec<String>,
}

/// Who is left out behind `from`.
pub fn spared(line: &str, from: usize, known: &[String]) -> Option<Spared> {
    before(line, from, known).or_else(|| behind(line, from, known))
}

/// `李雷不用来`, `Ben excluded`.
fn behind(line: &str, from: usize, known: &[String]) -> Option<Spared> {
    let begins = |at: &usize| {
        let latin = |c: char| c.is_ascii_alphanumeric();
        !(line[*at..].starts_with(latin) && line[..*at].ends_with(latin))
    };
    let places = line.char_indices().map(|(at, _)| at).filter(|at| *at >= from).filter(begins);
    places.into_iter().find_map(|at| {
        let found = names_at(known, &line[at..])?;
        let mut rest = line[at + found.end..].trim_start();
        for word in BETWEEN {
            rest = rest.strip_prefix(word).unwrap_or(rest).trim_start();
        }
        let mut rest = SPARED.iter().find_map(|word| rest.strip_prefix(word))?;
        for word in MORE {
            rest = rest.strip_prefix(word).unwrap_or(rest);
        }
        let end = line.len() - rest.len();
        ends(rest).then(|| clause(line, at..end, false, found.names))
    })
}

/// `（不含李雷）`, `除了我以外的人`, `not Ben`.
fn before(line: &str, from: usize, known: &[String]) -> Option<Spared> {
    let lower = line.to_ascii_lowercase();
    EXCEPT.iter().find_map(|word| {
        let at = from + lower[from..].find(word)?;
        let start = at + word.len();
        let rest = line[start..].trim_start();
        if word.is_ascii() && rest.len() == line[start..].len() {
            return None;
        }
        let found = names_at(known, rest)?;
        let mut rest = &rest[found.end..];
        for word in BEYOND {
            rest = rest.strip_prefix(word).unwrap_or(rest);
        }
        let others = OTHERS.iter().find_map(|word| rest.strip_prefix(word));
        let end = line.len() - others.unwrap_or(rest).len();
        let plain = others.is_some() || ends(rest);
        plain.then(|| clause(line, at..end, others.is_some(), found.names))
    })
}

fn ends(rest: &str) -> bool {
    rest.is_empty()
        || rest.starts_with(|c: char| c.is_whitespace() || "，,；;。.！!)）".contains(c))
}

/// The clause with the marks or brackets around it, unless others stand in it.
fn clause(line: &str, span: Range<usize>, others: bool, gone: Vec<String>) -> Spared {
    let open = |c: char| c.is_whitespace() || "，,（(".contains(c);
    let (head, tail) = (&line[..span.start], &line[span.end..]);
    let bracket = head.trim_end().ends_with(['（', '(']);
    let start = if others && !bracket { span.start } else { head.trim_end_matches(open).len() };
    let close = tail.len() - tail.strip_prefix(['）', ')']).unwrap_or(tail).len();
    let end = span.end + if bracket { close } else { 0 };
    let gone = gone.iter().map(|name| name.to_lowercase()).collect();
    // In brackets the others are those who were named before.
    Spared { clause: start..end, others: others && !bracket, gone }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_is_left_out_is_found_with_the_clause() {
        let known = ["陈经理", "王芳", "李雷", "Ben"].map(str::to_owned);
        for (line, part, gone, others) in [
            ("提醒大家(李雷除外)明天9点开会", "(李雷除外)", "李雷", false),
            ("提醒大家明天9点开会，陈经理不用", "，陈经理不用", "陈经理", false),
            ("提醒大家明天9点开会 李雷不参加", " 李雷不参加", "李雷", false),
            ("提醒大家明天9点开会（不含李雷和王芳）", "（不含李雷和王芳）", "李雷 王芳", false),
            ("提醒除了我以外的人明天9点开会", "除了我以外的人", "我", true),
            ("提醒大家9点开会（除了我以外的人）", "（除了我以外的人）", "我", false),
            ("remind everyone 9am standup, not Ben", ", not Ben", "ben", false),
            ("remind everyone 9am standup (Ben excluded)", " (Ben excluded)", "ben", false),
        ] {
            let found = spared(line, 6, &known).unwrap_or_else(|| panic!("{line}"));
            assert_eq!((&line[found.clause], found.others), (part, others), "{line}");
            assert_eq!(found.gone.join(" "), gone);
        }
        for line in
            ["提醒大家明天体检，李雷不用空腹", "remind everyone not to be late", "提醒大家除草"]
        {
            assert_eq!(spared(line, 6, &known), None, "{line}");
        }
    }
}
