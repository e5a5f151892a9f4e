//! What a keyword rule is to do, as it is said behind the arrow without signs: `→ 标签 售后，归档
//! 报价库，通知陈经理`. What has a sign (`#`, `@`, `到`) is read before.

use super::wordlist::condition;
use crate::command::Args;
use crate::core::fields;
use crate::core::refusal::Refusal;

/// Lead to what is done. Longer spellings first.
const LEADS: [(&str, Kind); 30] = [
    ("归档", Kind::File),
    ("存档", Kind::File),
    ("存进", Kind::File),
    ("archive in", Kind::File),
    ("archive", Kind::File),
    ("file under", Kind::File),
    ("file in", Kind::File),
    ("file", Kind::File),
    ("打上标签", Kind::Tag),
    ("加上标签", Kind::Tag),
    ("打标签", Kind::Tag),
    ("加标签", Kind::Tag),
    ("贴标签", Kind::Tag),
    ("标签", Kind::Tag),
    ("标上", Kind::Tag),
    ("打上", Kind::Tag),
    ("标", Kind::Tag),
    ("tag it as", Kind::Tag),
    ("tag with", Kind::Tag),
    ("tag as", Kind::Tag),
    ("tags", Kind::Tag),
    ("tag", Kind::Tag),
    ("通知", Kind::Tell),
    ("告诉", Kind::Tell),
    ("告知", Kind::Tell),
    ("提醒", Kind::Tell),
    ("notify", Kind::Tell),
    ("alert", Kind::Tell),
    ("tell", Kind::Tell),
    ("ping", Kind::Tell),
];

/// What is done with a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// It goes into a cabinet.
    File,
    /// It is tagged.
    Tag,
    /// Somebody is told.
    Tell,
}

/// Between what is done and what else is, at the beginning of the second.
const JOINTS: [&str; 9] = ["并且", "同时", "然后", "并", "再", "和", "and also ", "and ", "then "];

/// Between words and effects where the arrow itself was read with an effect.
const ENDS: [&str; 8] = [" and", " then", "，并", ",并", " 并", " 和", "，再", " 再"];

/// A rule's line with what stands behind its arrow among tags, people and cabinet. What is none of
/// these is refused, never dropped.
pub fn read(args: &Args) -> Result<Args, Refusal> {
    let arrow = ["→", "->", "=>"].iter().find_map(|arrow| args.content.split_once(arrow));
    let Some((words, behind)) = arrow.filter(|_| !args.quoted) else { return Ok(ended(args)) };
    let mut read = ended(&Args { content: words.trim().to_owned(), ..args.clone() });
    let mut kind = None;
    for part in behind.replace(" and ", ",and ").split([',', '，', '、', ';', '；']) {
        let part = part.trim().trim_end_matches('。');
        let part = JOINTS.iter().find_map(|joint| part.strip_prefix(joint)).unwrap_or(part).trim();
        let lower = part.to_lowercase();
        let lead = LEADS.iter().find(|(lead, _)| begins(&lower, lead));
        let said = match lead {
            Some((lead, of)) => {
                kind = Some(*of);
                part[lead.len()..].trim_start_matches([' ', ':', '：'])
            }
            None => part,
        };
        match kind {
            _ if said.is_empty() => {}
            Some(Kind::File) if lead.is_some() && read.target.is_none() => {
                read.target = Some(said.to_owned());
            }
            Some(Kind::Tag) => read.tags.extend(said.split(' ').map(str::to_owned)),
            Some(Kind::Tell) => {
                read.people.extend(fields::names(&said.replace('和', " ").replace(" and ", " ")));
            }
            Some(Kind::File) | None => return Err(condition(&format!("→ {said}"))),
        }
    }
    Ok(read)
}

/// Whether a part begins with a lead; a Latin one ends there. Of what it leads to there may be
/// nothing left, if that had a sign.
fn begins(part: &str, lead: &str) -> bool {
    part.strip_prefix(lead)
        .is_some_and(|rest| !lead.is_ascii() || !rest.starts_with(|c: char| c.is_alphanumeric()))
}

/// Without the joint that led to an effect which had a sign.
fn ended(args: &Args) -> Args {
    let acts = !args.tags.is_empty() || !args.people.is_empty() || args.target.is_some();
    match acts && !args.quoted {
        true => Args { content: without_joint(&args.content).to_owned(), ..args.clone() },
        false => args.clone(),
    }
}

/// Words without what joins them to an effect: `投诉，并`, `refund and`.
pub fn without_joint(words: &str) -> &str {
    let bare = words.trim_end();
    ENDS.iter().find_map(|end| bare.strip_suffix(end)).unwrap_or(words)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(content: &str) -> Result<Args, String> {
        match read(&Args { content: content.to_owned(), ..Args::default() }) {
            Ok(args) => Ok(args),
            Err(Refusal::NotUnderstood { part, .. }) => Err(part),
            Err(other) => panic!("{other:?}"),
        }
    }

    fn owned(words: &[&str]) -> Vec<String> {
        words.iter().map(|word| (*word).to_owned()).collect()
    }

    #[test]
    fn what_stands_behind_the_arrow_is_done_or_refused() {
        type Case<'a> = (&'a str, &'a str, &'a [&'a str], &'a [&'a str], Option<&'a str>);
        let cases: [Case; 6] = [
            ("价格 → 归档 价格库，通知李雷", "价格", &[], &["李雷"], Some("价格库")),
            ("报价 → 归档 报价库", "报价", &[], &[], Some("报价库")),
            ("退款 → 标签 售后 投诉", "退款", &["售后", "投诉"], &[], None),
            ("投诉 → 通知 李雷、王芳和甲", "投诉", &[], &["李雷", "王芳", "甲"], None),
            ("refund -> tag billing and notify Ann", "refund", &["billing"], &["Ann"], None),
            ("退费,转班 → 通知", "退费,转班", &[], &[], None),
        ];
        for (content, words, tags, people, target) in cases {
            let wanted = Args {
                content: words.to_owned(),
                tags: owned(tags),
                people: owned(people),
                target: target.map(str::to_owned),
                ..Args::default()
            };
            assert_eq!(line(content), Ok(wanted), "{content}");
        }
        assert_eq!(line("加急 → 建任务给"), Err("→ 建任务给".into()));
        assert_eq!(line("加急 → 通知李雷，归档 甲库，归档 乙库"), Err("→ 乙库".into()));
    }
}
