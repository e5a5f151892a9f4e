//! Colleagues named in a line without an @, one or several: where the names end, and the line with
//! something else in their place. It reads no directory itself.

use std::ops::Range;

use crate::command::joints;

/// Names that stand one behind the other.
#[derive(Debug, Clone)]
pub struct Names {
    /// Each as it is known here; `我` for whoever speaks.
    pub names: Vec<String>,
    /// Where they end.
    pub end: usize,
}

/// The names a text begins with.
pub fn names_at(known: &[String], text: &str) -> Option<Names> {
    let (mut names, mut end, mut from) = (Vec::new(), 0, 0);
    while let Some((name, length)) = name_at(known, &text[from..]) {
        names.push(name);
        end = from + length;
        let rest = &text[end..];
        let blank = rest.trim_start();
        let joint = joints::NAMES.iter().filter_map(|joint| blank.strip_prefix(joint)).next();
        // `李雷王芳`
        let glued = || known.iter().any(|name| rest.starts_with(name.as_str()));
        let apart = blank.len() < rest.len() || glued();
        let next = joint.unwrap_or(if apart { blank } else { "" });
        from = text.len() - next.trim_start().len();
    }
    (!names.is_empty()).then_some(Names { names, end })
}

/// The name a text begins with, and where it ends.
pub fn name_at(known: &[String], text: &str) -> Option<(String, usize)> {
    let bare = text.strip_prefix(['@', '＠']).unwrap_or(text);
    let marked = text.len() - bare.len();
    let ends = |name: &str| {
        let head = bare.get(..name.len()).filter(|head| head.eq_ignore_ascii_case(name))?;
        let latin = |c: char| c.is_ascii_alphanumeric();
        let goes_on = head.ends_with(latin) && bare[name.len()..].starts_with(latin);
        (!goes_on).then_some(marked + name.len())
    };
    let me = ["我", "me"].iter().find_map(|me| Some(("我".to_owned(), ends(me)?)));
    me.or_else(|| known.iter().find_map(|name| Some((name.clone(), ends(name)?))))
}

/// Whether something else begins here.
pub fn is_apart(line: &str, at: usize) -> bool {
    let stop = |c: char| c.is_whitespace() || "，,：:；;。".contains(c);
    line[at..].is_empty() || line[at..].starts_with(stop)
}

/// These as they are @-ed.
pub fn marked(names: &[String]) -> String {
    names.iter().map(|name| format!("@{name}")).collect::<Vec<_>>().join(" ")
}

/// A line with other words in a place of it, apart from what stands around.
pub fn put(line: &str, span: Range<usize>, by: &str) -> String {
    let whole = format!("{} {by} {}", &line[..span.start], &line[span.end..]);
    whole.split_whitespace().collect::<Vec<_>>().join(" ")
}
