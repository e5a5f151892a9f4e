//! E-mail addresses in Latin letters. Everything before the @ but the first character is hidden,
//! and how much that is.

use super::groups::Groups;
use super::hit::Hit;
use super::kind::Kind;

/// What hides the name.
const NAME: &str = "***";
/// Endings of files that are named `icon@2x.png`: no address ends so.
const FILES: [&str; 6] = ["png", "jpg", "jpeg", "gif", "webp", "svg"];

/// All of them.
pub fn find(groups: &Groups) -> Vec<Hit> {
    let chars = groups.chars;
    let ats = (0..chars.len()).filter(|at| chars[*at] == '@');
    ats.filter_map(|at| {
        let start = name(chars, at)?;
        let end = domain(chars, at + 1)?;
        // One character alone is hidden as well.
        let kept = usize::from(at - start > 1);
        (!is_remote(chars, start, at, end))
            .then(|| Hit::covered(Kind::Email, start..end, start + kept..at, NAME))
    })
    .collect()
}

/// Where the name before an @ begins.
fn name(chars: &[char], at: usize) -> Option<usize> {
    let part = |c: &&char| c.is_ascii_alphanumeric() || matches!(**c, '.' | '_' | '%' | '+' | '-');
    let start = at - chars[..at].iter().rev().take_while(part).count();
    let begins = |at: &usize| chars[*at].is_ascii_alphanumeric() || chars[*at] == '_';
    (start..at).find(begins)
}

/// Where the domain ends: at least two parts, the last of letters.
fn domain(chars: &[char], from: usize) -> Option<usize> {
    let part = |c: &&char| c.is_ascii_alphanumeric() || matches!(**c, '.' | '-');
    let run = &chars[from..from + chars[from..].iter().take_while(part).count()];
    let hyphens = run.iter().rev().take_while(|c| **c == '-').count();
    let run = &run[..run.len() - hyphens];
    let (mut end, mut at) = (None, 0);
    for (nth, label) in run.split(|c| *c == '.').enumerate() {
        let latin = label.iter().all(char::is_ascii_alphabetic) && label.len() > 1;
        let coded = label.starts_with(&['x', 'n', '-', '-']);
        let (Some(first), Some(last)) = (label.first(), label.last()) else { break };
        if *first == '-' {
            break;
        }
        let file = || FILES.iter().any(|file| label.iter().copied().eq(file.chars()));
        at += label.len();
        if nth > 0 && (latin || coded) && !file() {
            end = Some(from + at);
        }
        if *last == '-' {
            break;
        }
        at += 1;
    }
    end
}

/// Whether this is where a repository lies: `git@host:path`.
fn is_remote(chars: &[char], start: usize, at: usize, end: usize) -> bool {
    let git = chars[start..at] == ['g', 'i', 't'];
    git && chars.get(end) == Some(&':')
        && chars.get(end + 1).is_some_and(|c| c.is_ascii_alphanumeric())
}
