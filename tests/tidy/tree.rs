//! The project's files as text and as tokens. Reads; judges nothing.

use std::path::Path;

use proc_macro2::{Delimiter, TokenStream, TokenTree};

/// Folders of the root that are not part of the project.
const FOREIGN: [&str; 3] = ["target", ".git", "data"];

/// Endings of files that are read as text.
const TEXT: [&str; 9] = ["rs", "toml", "md", "talk", "html", "css", "js", "run", "json"];

/// A word of Rust. Comments are gone; a doc comment is the attribute that it stands for.
#[derive(Debug, Clone)]
pub struct Token {
    pub text: String,
    /// From 1.
    pub line: usize,
    /// Whether it stands in an item marked `#[cfg(test)]`.
    pub test: bool,
}

/// A file.
pub struct File {
    /// From the project's root, with `/`.
    pub path: String,
    pub text: String,
    /// Empty unless it is Rust.
    pub tokens: Vec<Token>,
}

impl File {
    pub fn new(path: &str, text: &str) -> Self {
        let mut tokens = Vec::new();
        if path.ends_with(".rs") {
            match text.parse::<TokenStream>() {
                Ok(stream) => flatten(stream, &mut tokens),
                Err(error) => panic!("{path} is no Rust: {error}"),
            }
            mark_tests(&mut tokens);
        }
        Self { path: path.into(), text: text.into(), tokens }
    }

    /// `path:line: why`, as every check reports.
    pub fn at(&self, line: usize, why: impl std::fmt::Display) -> String {
        format!("{}:{line}: {why}", self.path)
    }

    /// Whether the tokens from `index` on are these words.
    pub fn reads(&self, index: usize, words: &[&str]) -> bool {
        let found = self.tokens.iter().skip(index).map(|token| token.text.as_str());
        self.tokens.len() >= index + words.len() && found.zip(words).all(|(a, b)| a == *b)
    }

    /// Index of the token that closes the bracket at `open`.
    pub fn close(&self, open: usize) -> usize {
        let mut depth = 0_usize;
        for (index, token) in self.tokens.iter().enumerate().skip(open) {
            match token.text.as_str() {
                "(" | "[" | "{" => depth += 1,
                ")" | "]" | "}" => depth -= 1,
                _ => {}
            }
            if depth == 0 {
                return index;
            }
        }
        self.tokens.len() - 1
    }
}

/// All text files below the project's root, sorted by path.
pub fn read() -> Vec<File> {
    let mut files = Vec::new();
    read_folder(Path::new(env!("CARGO_MANIFEST_DIR")), "", &mut files);
    files.sort_by(|a, b| a.path.cmp(&b.path));
    files
}

fn read_folder(folder: &Path, prefix: &str, files: &mut Vec<File>) {
    let entries = std::fs::read_dir(folder).expect("the project's own folder can be read");
    for entry in entries.map(|entry| entry.expect("an entry of the project's own folder")) {
        let name = entry.file_name().to_string_lossy().into_owned();
        let path = format!("{prefix}{name}");
        if entry.path().is_dir() && !FOREIGN.contains(&path.as_str()) {
            read_folder(&entry.path(), &format!("{path}/"), files);
        } else if TEXT.iter().any(|end| name == *end || name.ends_with(&format!(".{end}"))) {
            let text = std::fs::read_to_string(entry.path()).expect("a text file of the project");
            files.push(File::new(&path, &text));
        }
    }
}

/// Tokens in the order of the text; `::` and `->` and the like stay single characters, except `::`.
fn flatten(stream: TokenStream, tokens: &mut Vec<Token>) {
    for tree in stream {
        let line = tree.span().start().line;
        let end = tree.span().end().line;
        let mut push = |text: &str, line| {
            tokens.push(Token { text: text.into(), line, test: false });
        };
        match tree {
            TokenTree::Group(group) => {
                let (open, close) = match group.delimiter() {
                    Delimiter::Parenthesis => ("(", ")"),
                    Delimiter::Brace => ("{", "}"),
                    Delimiter::Bracket => ("[", "]"),
                    Delimiter::None => continue,
                };
                push(open, line);
                flatten(group.stream(), tokens);
                tokens.push(Token { text: close.into(), line: end, test: false });
            }
            TokenTree::Punct(punct) => match tokens.last_mut() {
                Some(last) if punct.as_char() == ':' && last.text == ":" => last.text = "::".into(),
                Some(_) | None => {
                    let text = punct.as_char().to_string();
                    tokens.push(Token { text, line, test: false });
                }
            },
            TokenTree::Ident(ident) => push(&ident.to_string(), line),
            TokenTree::Literal(literal) => push(&literal.to_string(), line),
        }
    }
}

/// Marks the item behind each `#[cfg(test)]`, up to the end of its braces or its `;`.
fn mark_tests(tokens: &mut Vec<Token>) {
    let file = File { path: String::new(), text: String::new(), tokens: std::mem::take(tokens) };
    let mut ranges = Vec::new();
    for index in 0..file.tokens.len() {
        if file.reads(index, &["#", "[", "cfg", "(", "test", ")", "]"]) {
            let ends = |token: &Token| matches!(token.text.as_str(), "{" | ";");
            let end = file.tokens.iter().skip(index).position(ends).map_or(index, |n| index + n);
            ranges.push(index..=file.close(end));
        }
    }
    *tokens = file.tokens;
    for range in ranges {
        tokens[range].iter_mut().for_each(|token| token.test = true);
    }
}
