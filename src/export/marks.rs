//! Where looked-for words stand in a text, and the text in pieces, marked or not.

use std::ops::Range;

use crate::text::fold::fold;

/// Most marks in a text: more show nothing any more.
const MARKS_MAX: usize = 200;

/// The places of folded words in a text: byte ranges in order, those that touch joined.
pub fn find(text: &str, words: &[String]) -> Vec<Range<usize>> {
    if words.is_empty() {
        return Vec::new();
    }
    let folded = fold(text);
    let mut found: Vec<Range<usize>> = Vec::new();
    for word in words.iter().filter(|word| !word.is_empty()) {
        let places = folded.text.match_indices(word.as_str()).take(MARKS_MAX);
        found.extend(places.map(|(at, _)| folded.original(at..at + word.len())));
    }
    found.retain(|range| !range.is_empty());
    found.sort_by_key(|range| (range.start, range.end));
    let mut joined: Vec<Range<usize>> = Vec::new();
    for range in found {
        match joined.last_mut().filter(|last| range.start <= last.end) {
            Some(last) => last.end = last.end.max(range.end),
            None => joined.push(range),
        }
    }
    joined.truncate(MARKS_MAX);
    joined
}

/// The text in pieces, in order, each with whether it is marked.
pub fn pieces<'a>(text: &'a str, marks: &[Range<usize>]) -> Vec<(&'a str, bool)> {
    let (mut pieces, mut from) = (Vec::new(), 0);
    for mark in marks {
        // Ranges come from `find` for this very text; one that does not fit marks nothing.
        let (Some(before), Some(marked)) = (text.get(from..mark.start), text.get(mark.clone()))
        else {
            continue;
        };
        pieces.push((before, false));
        pieces.push((marked, true));
        from = mark.end;
    }
    pieces.push((&text[from..], false));
    pieces.retain(|(piece, _)| !piece.is_empty());
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_marked_where_they_stand_whatever_their_width_and_case() {
        let text = "要ＲＥＦＵＮＤ，退费退费！refund";
        let words = ["refund".to_owned(), "退费".to_owned(), "费退".to_owned()];
        let marks = find(text, &words);
        let marked: Vec<&str> = marks.iter().map(|range| &text[range.clone()]).collect();
        assert_eq!(marked, ["ＲＥＦＵＮＤ", "退费退费", "refund"]);
        let pieces = pieces(text, &marks);
        assert_eq!(pieces.iter().map(|(piece, _)| *piece).collect::<String>(), text);
        assert_eq!(pieces.iter().filter(|(_, marked)| *marked).count(), 3);
        assert!(find(text, &[]).is_empty());
    }
}
