//! What a line must not hold: left-overs, paths of one machine, sleeps in tests, lines too wide.

use crate::tree::File;

/// Widest line, in characters.
const LINE_CHARS_MAX: usize = 100;

/// Macros that are left over from writing.
const LEFT_OVER: [&str; 3] = ["dbg", "todo", "unimplemented"];

/// Rust files that do not say in their first line what they are for.
pub fn without_purpose(files: &[File]) -> Vec<String> {
    let rust = files.iter().filter(|file| file.path.ends_with(".rs"));
    let silent = rust.filter(|file| !file.text.starts_with("//! "));
    silent
        .map(|file| file.at(1, "the first line must be `//! ` and say what the file is for"))
        .collect()
}

/// Left-over macros, lints switched off for a whole file, tests that are switched off or sleep.
pub fn left_over(files: &[File]) -> Vec<String> {
    let mut found = Vec::new();
    for file in files {
        let tests = file.path.starts_with("tests/");
        for (index, token) in file.tokens.iter().enumerate() {
            let word = token.text.as_str();
            if LEFT_OVER.contains(&word) && file.reads(index + 1, &["!"]) {
                found.push(file.at(token.line, format!("{word}!")));
            }
            if file.reads(index, &["#", "!", "[", "allow"]) {
                found.push(
                    file.at(token.line, "#![allow: use #[expect(…, reason = …)] at the item"),
                );
            }
            if file.reads(index, &["#", "[", "ignore"]) {
                found.push(file.at(token.line, "a test that is switched off"));
            }
            if (tests || token.test) && word == "sleep" && file.reads(index + 1, &["("]) {
                found.push(file.at(token.line, "a test that sleeps"));
            }
        }
    }
    found
}

/// `unwrap()` outside of tests with no comment that says why it cannot fail.
pub fn bare_unwraps(files: &[File]) -> Vec<String> {
    let mut found = Vec::new();
    for file in files.iter().filter(|file| file.path.starts_with("src/")) {
        let lines: Vec<&str> = file.text.lines().collect();
        for (index, token) in file.tokens.iter().enumerate().filter(|(_, token)| !token.test) {
            let near = lines[token.line.saturating_sub(2)..token.line].iter();
            let told = near.clone().any(|line| line.contains("//") && !line.contains("///"));
            if file.reads(index, &[".", "unwrap", "("]) && !told {
                found.push(file.at(token.line, "unwrap() without a comment why it cannot fail"));
            }
        }
    }
    found
}

/// Lines of Rust, settings and scripts that are too wide.
pub fn wide_lines(files: &[File]) -> Vec<String> {
    let mut found = Vec::new();
    let code =
        |file: &&File| [".rs", "bot.toml", ".ci/run"].iter().any(|end| file.path.ends_with(end));
    for file in files.iter().filter(code) {
        for (number, line) in file.text.lines().enumerate() {
            let width = line.chars().count();
            if width > LINE_CHARS_MAX {
                found.push(file.at(number + 1, format!("{width} columns")));
            }
        }
    }
    found
}

/// Absolute paths of somebody's machine.
pub fn machine_paths(files: &[File]) -> Vec<String> {
    let mut found = Vec::new();
    for file in files {
        for (number, line) in file.text.lines().enumerate() {
            // Written in two parts, so that this file does not hold them.
            for folder in ["work", "root", "home"].map(|name| format!("/{name}/")) {
                let starts = line.match_indices(&folder).any(|(at, _)| {
                    let before = line[..at].chars().next_back();
                    !before.is_some_and(|c| c.is_alphanumeric() || "._-}/".contains(c))
                });
                if starts {
                    found.push(file.at(number + 1, folder));
                }
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_left_over_is_found_and_its_name_in_a_text_is_not() {
        let text = "//! A.\n#![allow(dead_code)]\nfn f() { todo!() }\n#[ignore]\n\
                    fn g() { sleep(1) }\n\
                    const A: &str = \"dbg!\"; // dbg!(1)\n";
        assert_eq!(left_over(&[File::new("tests/a.rs", text)]).len(), 4);
        assert_eq!(left_over(&[File::new("src/a.rs", text)]).len(), 3);
        let inside = "#[cfg(test)]\nmod tests { fn f() { sleep(1) } }";
        assert_eq!(left_over(&[File::new("src/a.rs", inside)]).len(), 1);
    }

    #[test]
    fn an_unwrap_needs_its_reason() {
        let text =
            "fn f() { a.unwrap() }\n// Cannot fail: it was set above.\nfn g() { a.unwrap() }";
        assert_eq!(bare_unwraps(&[File::new("src/a.rs", text)]).len(), 1);
    }

    #[test]
    fn width_is_counted_in_characters() {
        let text = format!("//! {}\n//! {}\n", "宽".repeat(96), "宽".repeat(97));
        let found = wide_lines(&[File::new("src/a.rs", &text)]);
        assert_eq!(found, ["src/a.rs:2: 101 columns"]);
    }

    #[test]
    fn a_path_of_a_machine_is_found_and_an_address_is_not() {
        let path = format!("see /{}/me/notes", "home");
        let text = format!("{path}\nhttps://a.example/{}/x\n", "home");
        assert_eq!(machine_paths(&[File::new("a.md", &text)]).len(), 1);
    }

    #[test]
    fn a_file_without_a_purpose_is_found() {
        let files = [File::new("src/a.rs", "//! A.\n"), File::new("src/b.rs", "use a;\n")];
        assert_eq!(without_purpose(&files).len(), 1);
    }
}
