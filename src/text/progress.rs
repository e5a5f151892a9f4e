//! A note on progress: a share, what holds it up, and the rest. It knows no tasks.

/// What opens the words on what holds something up. Longer spellings first.
const BLOCKED: [&str; 11] = [
    "卡在",
    "卡住了",
    "卡住",
    "阻塞于",
    "阻塞",
    "等待",
    "blocked by",
    "blocked on",
    "blocked",
    "waiting for",
    "stuck on",
];

/// A note, read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Progress {
    /// The share that is done, 0 to 100.
    pub percent: Option<u8>,
    /// What holds it up; empty if only that something does was said.
    pub blocked: Option<String>,
    /// What is left.
    pub text: String,
}

/// Reads a note such as `60% 卡在法务` or `60% blocked: legal`. A share above 100 is the error, as
/// typed.
pub fn read(note: &str) -> Result<Progress, String> {
    let mut progress = Progress::default();
    let mut rest = note.trim().to_owned();
    if let Some((from, to, share)) = share(&rest) {
        let percent = share.parse().ok().filter(|percent: &u8| *percent <= 100);
        progress.percent = Some(percent.ok_or_else(|| rest[from..to].to_owned())?);
        rest.replace_range(from..to, " ");
    }
    let lower = rest.to_ascii_lowercase();
    let found = BLOCKED.iter().filter_map(|word| lower.find(word).map(|at| (at, word)));
    if let Some((at, word)) = found.min_by_key(|(at, word)| (*at, std::cmp::Reverse(word.len()))) {
        progress.blocked = Some(tidy(&rest[at + word.len()..]));
        rest.truncate(at);
    }
    progress.text = tidy(&rest);
    Ok(progress)
}

/// Where a share stands, and its digits.
fn share(note: &str) -> Option<(usize, usize, &str)> {
    let (at, sign) = note.char_indices().find(|(_, c)| matches!(c, '%' | '％'))?;
    let before = note[..at].trim_end();
    let digits = before.len() - before.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    let from = before.len() - digits;
    (digits > 0).then(|| (from, at + sign.len_utf8(), &note[from..before.len()]))
}

fn tidy(text: &str) -> String {
    let loose = |c: char| c.is_whitespace() || "：:，,。.；;、".contains(c);
    text.trim_matches(loose).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_as(note: &str) -> (Option<u8>, Option<String>, String) {
        let Progress { percent, blocked, text } = read(note).unwrap();
        (percent, blocked, text)
    }

    #[test]
    fn share_block_and_rest_are_told_apart() {
        let blocked = |on: &str| Some(on.to_owned());
        assert_eq!(read_as("60% 卡在法务"), (Some(60), blocked("法务"), String::new()));
        assert_eq!(read_as("60% blocked: legal"), (Some(60), blocked("legal"), String::new()));
        assert_eq!(read_as("初稿完成，80％"), (Some(80), None, "初稿完成".into()));
        assert_eq!(read_as("卡住"), (None, blocked(""), String::new()));
        assert_eq!(read_as("waiting for the Quote"), (None, blocked("the Quote"), String::new()));
        assert_eq!(read_as("写完 3 章"), (None, None, "写完 3 章".into()));
        assert_eq!(read_as("%"), (None, None, "%".into()));
    }

    #[test]
    fn more_than_all_is_no_share() {
        assert_eq!(read("160%"), Err("160%".to_owned()));
        assert_eq!(read("99999999999%"), Err("99999999999%".to_owned()));
    }
}
