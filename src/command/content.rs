//! What is left of a line when its arguments were taken out, as one tidy line.

use super::glyphs::{is_cjk, is_separator};
use super::read_people::ARROWS;
use super::scan::{Mark, Scan, unquoted};

/// Marks between clauses, which stay where what stood between was taken out.
const CLAUSES: [char; 5] = ['，', ',', '；', ';', '、'];

/// The content: stretches that were not taken, joined as they would have been written without the
/// rest; and whether all of it stood between quotation marks, which are left out.
pub fn content(scan: &Scan) -> (String, bool) {
    let mut text = String::new();
    let mut marked = false;
    let mut at = scan.from;
    while at < scan.end() {
        let end = (at..scan.end()).find(|i| scan.mark(*i) == Mark::Taken).unwrap_or(scan.end());
        let stretch = scan.glyphs.original(at..end);
        let kept = tidy(stretch);
        if !kept.is_empty() {
            marked |= stretch.trim_start().starts_with(CLAUSES);
            if marked && !text.is_empty() {
                text.push_str(if kept.starts_with(is_cjk) { "，" } else { ", " });
            } else if joins_with_blank(&text, stretch, kept) {
                text.push(' ');
            }
            text.push_str(kept);
            marked = false;
        }
        marked |= stretch.trim_end().ends_with(CLAUSES);
        at = end.max(at + 1);
    }
    match unquoted(&text) {
        Some(inside) => (inside.to_owned(), true),
        None => (text, false),
    }
}

/// Without the separators and arrows that led to an argument; nothing if only marks are left.
fn tidy(stretch: &str) -> &str {
    let loose = |c: char| is_separator(c) || matches!(c, '，' | '；' | '：');
    let mut kept = stretch.trim_matches(loose);
    for arrow in &ARROWS[..4] {
        kept = kept.strip_suffix(arrow).unwrap_or(kept).trim_end_matches(loose);
    }
    let says = |c: char| !".。!！?？…~～".contains(c);
    if kept.chars().any(says) { kept } else { "" }
}

/// Chinese that an argument stood in the middle of closes up again; everything else gets a blank.
fn joins_with_blank(text: &str, stretch: &str, kept: &str) -> bool {
    let (Some(last), Some(first)) = (text.chars().last(), kept.chars().next()) else {
        return false;
    };
    !is_cjk(last) || !is_cjk(first) || stretch.starts_with(char::is_whitespace)
}
