//! How long files and functions are, and whether what is public is explained.

use crate::tree::File;

/// Longest function, in lines: one screen.
const FUNCTION_LINES_MAX: usize = 70;

/// Longest file, in lines, its tests included.
const FILE_LINES_MAX: usize = 400;

/// The marker of a function that is longer because it is a flat table.
const FLAT_TABLE: &str = "flat table";

/// Functions that do not fit a screen and are no flat table.
pub fn long_functions(files: &[File]) -> Vec<String> {
    let mut found = Vec::new();
    for file in files {
        for (index, token) in file.tokens.iter().enumerate().filter(|(_, t)| t.text == "fn") {
            let ends = |n: &usize| matches!(file.tokens[*n].text.as_str(), "{" | ";");
            let Some(open) = (index..file.tokens.len()).find(ends) else { continue };
            let lines = file.tokens[file.close(open)].line - token.line + 1;
            if lines > FUNCTION_LINES_MAX && !is_flat_table(file, token.line) {
                let name = file.tokens.get(index + 1).map_or("", |token| &token.text);
                found.push(file.at(token.line, format!("fn {name} has {lines} lines")));
            }
        }
    }
    found
}

/// Whether the comments and attributes right above a line say so.
fn is_flat_table(file: &File, line: usize) -> bool {
    let above: Vec<&str> = file.text.lines().take(line - 1).collect();
    let mut head = above.iter().rev().take_while(|text| text.trim().starts_with(['#', '/']));
    head.any(|text| text.contains(FLAT_TABLE))
}

/// Files beyond the hard limit.
pub fn long_files(files: &[File]) -> Vec<String> {
    let rust = files.iter().filter(|file| file.path.ends_with(".rs"));
    let long = rust.filter(|file| file.text.lines().count() > FILE_LINES_MAX);
    long.map(|file| file.at(file.text.lines().count(), "too long: one subject a file")).collect()
}

/// The middle length of the library's files, in lines.
pub fn median_lines(files: &[File]) -> usize {
    let rust = |file: &&File| file.path.starts_with("src/") && file.path.ends_with(".rs");
    let mut lines: Vec<usize> = files.iter().filter(rust).map(|f| f.text.lines().count()).collect();
    lines.sort_unstable();
    lines.get(lines.len() / 2).copied().unwrap_or(0)
}

/// Public items of the library without a doc comment.
pub fn undocumented(files: &[File]) -> Vec<String> {
    let kinds = ["fn", "struct", "enum", "trait", "type", "const", "static", "async", "unsafe"];
    let mut found = Vec::new();
    for file in files.iter().filter(|file| file.path.starts_with("src/")) {
        for (index, token) in file.tokens.iter().enumerate().filter(|(_, t)| t.text == "pub") {
            let Some(next) = file.tokens.get(index + 1) else { continue };
            if kinds.contains(&&*next.text) && !has_doc(file, index) {
                let name = file.tokens.get(index + 2).map_or("", |token| &token.text);
                found.push(file.at(token.line, format!("{} {name} has no doc comment", next.text)));
            }
        }
    }
    found
}

/// Whether one of the attributes right before a token is a doc comment.
fn has_doc(file: &File, index: usize) -> bool {
    let mut end = index;
    while end > 0 && file.tokens[end - 1].text == "]" {
        let opens = |n: &usize| file.tokens[*n].text == "[" && file.close(*n) == end - 1;
        let Some(open) = (0..end - 1).rev().find(opens) else { return false };
        if file.reads(open, &["[", "doc"]) {
            return true;
        }
        end = open.saturating_sub(1);
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    fn function(head: &str, lines: usize) -> [File; 1] {
        [File::new("src/a.rs", &format!("{head}\nfn f() {{\n{}}}\n", "a();\n".repeat(lines - 2)))]
    }

    #[test]
    fn a_function_over_a_screen_is_found_unless_it_is_a_flat_table() {
        assert_eq!(long_functions(&function("", 70)), [""; 0]);
        assert_eq!(long_functions(&function("", 71)), ["src/a.rs:2: fn f has 71 lines"]);
        assert_eq!(long_functions(&function("// flat table", 71)), [""; 0]);
        let lint = "#[expect(clippy::too_many_lines, reason = \"flat table\")]";
        assert_eq!(long_functions(&function(lint, 71)), [""; 0]);
    }

    #[test]
    fn a_public_item_needs_a_doc_comment_before_or_among_its_attributes() {
        let text = "/// A.\n#[derive(Debug)]\npub struct A;\n#[inline]\npub fn b() {}\n\
                    pub(super) fn c() {}";
        let found = undocumented(&[File::new("src/a.rs", text)]);
        assert_eq!(found, ["src/a.rs:5: fn b has no doc comment"]);
    }

    #[test]
    fn long_files_and_the_middle_length_are_counted() {
        let files = [1, 2, 401].map(|n| File::new("src/a.rs", &"//! A.\n".repeat(n)));
        assert_eq!(long_files(&files).len(), 1);
        assert_eq!(median_lines(&files), 2);
    }
}
