//! Tags as branches, their levels joined by `/`, and what they are called since some were renamed.

use super::fold::fold;

/// Names of tags that changed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Names {
    /// From what to what, the longest first.
    pairs: Vec<(String, String)>,
}

impl Names {
    /// Of pairs: from what, to what. No name of the second kind may be changed by another pair.
    pub fn new(pairs: impl IntoIterator<Item = (String, String)>) -> Self {
        let mut pairs: Vec<_> = pairs.into_iter().collect();
        pairs.sort_by_key(|(from, _)| std::cmp::Reverse(from.matches('/').count()));
        Self { pairs }
    }

    /// Nothing was renamed.
    pub fn is_empty(&self) -> bool {
        self.pairs.is_empty()
    }

    /// What a tag is called now.
    pub fn now(&self, tag: &str) -> String {
        let renamed = self.pairs.iter().find_map(|(from, to)| grafted(tag, from, to));
        renamed.unwrap_or_else(|| tag.to_owned())
    }

    /// Under what else, folded, messages were tagged that a tag finds now. `wanted` is folded.
    pub fn before(&self, wanted: &str) -> Vec<String> {
        let told = |(from, to): &(String, String)| {
            let to = fold(to).text;
            match grafted(wanted, &to, from) {
                Some(from) => Some(fold(&from).text),
                None => is_under(&to, wanted).then(|| fold(from).text),
            }
        };
        self.pairs.iter().filter_map(told).collect()
    }
}

/// A tag that is `from` or lies below it, with `to` in its place.
pub fn grafted(tag: &str, from: &str, to: &str) -> Option<String> {
    let mut levels = tag.split('/');
    for level in from.split('/') {
        levels.next().filter(|own| *own == level || fold(own).text == fold(level).text)?;
    }
    let rest = levels.map(|level| format!("/{level}"));
    Some(std::iter::once(to.to_owned()).chain(rest).collect())
}

/// A tag fits itself and everything below it: `教务` finds `教务/退费`, and so does `退费`. `wanted` is
/// folded.
pub fn is_under(tag: &str, wanted: &str) -> bool {
    let tag = fold(tag).text;
    tag == wanted
        || tag.strip_prefix(wanted).is_some_and(|rest| rest.starts_with('/'))
        || tag.split('/').any(|level| level == wanted)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(pairs: &[(&str, &str)]) -> Names {
        Names::new(pairs.iter().map(|(from, to)| ((*from).to_owned(), (*to).to_owned())))
    }

    #[test]
    fn a_branch_takes_what_is_below_it_along() {
        let names = names(&[("客户A", "华东/甲"), ("客户A/合同", "合同库")]);
        for (tag, now) in [
            ("客户A", "华东/甲"),
            ("客户a/发票", "华东/甲/发票"),
            ("客户A/合同/终稿", "合同库/终稿"),
            ("客户AB", "客户AB"),
            ("老/客户A", "老/客户A"),
        ] {
            assert_eq!(names.now(tag), now);
        }
    }

    #[test]
    fn what_is_found_by_its_name_now_is_found_under_the_one_before() {
        let names = names(&[("客户A", "华东/甲"), ("发票", "票据")]);
        for (tag, wanted) in [
            ("客户A", "华东"),
            ("客户A", "甲"),
            ("客户A/合同", "华东/甲"),
            ("客户A/合同", "华东/甲/合同"),
            ("客户A/合同", "合同"),
            ("发票/专票", "票据/专票"),
        ] {
            assert!(is_under(&names.now(tag), wanted), "{tag}: {wanted}");
            let mut under = names.before(wanted);
            under.push(wanted.to_owned());
            assert!(under.iter().any(|name| is_under(tag, name)), "{tag}: {under:?}");
        }
        assert_eq!(names.before("合同"), Vec::<String>::new());
    }
}
