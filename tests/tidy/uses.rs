//! Which paths a file names: every `use` line taken apart, and every path inside the code.

use std::collections::HashMap;

use crate::tree::File;

/// A path that a file names, absolute from the crate's root (`std::fs` keeps its `std`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    pub path: Vec<String>,
    pub line: usize,
    /// Inside `#[cfg(test)]`.
    pub test: bool,
}

/// What a file says about names.
#[derive(Debug, Default)]
pub struct Uses {
    /// Paths of our own crate without the leading `crate`; others as written.
    pub own: Vec<Named>,
    pub foreign: Vec<Named>,
    /// `pub use`: the name bound here and where it comes from; `*` for a glob.
    pub exports: Vec<(String, Vec<String>)>,
}

/// Reads the file of module `module` (`["store", "key"]`); `children` are its `mod` lines.
pub fn read(file: &File, module: &[String], children: &[String]) -> Uses {
    let mut reader = Reader {
        file,
        module: module.to_vec(),
        children,
        bound: HashMap::new(),
        uses: Uses::default(),
        used: Vec::new(),
    };
    reader.use_lines();
    reader.inline_paths();
    reader.uses
}

struct Reader<'a> {
    file: &'a File,
    module: Vec<String>,
    children: &'a [String],
    /// Names bound by `use`, to absolute paths of our own.
    bound: HashMap<String, Vec<String>>,
    uses: Uses,
    /// Token ranges of `use` lines, which `inline_paths` passes over.
    used: Vec<(usize, usize)>,
}

impl Reader<'_> {
    fn use_lines(&mut self) {
        let tokens = &self.file.tokens;
        let starts: Vec<usize> = (0..tokens.len())
            .filter(|n| tokens[*n].text == "use" && !self.file.reads(n + 1, &["<"]))
            .collect();
        for start in starts {
            let end = (start..tokens.len()).find(|n| tokens[*n].text == ";").unwrap_or(start);
            self.used.push((start, end));
            let public = start > 0 && tokens[start - 1].text == "pub";
            let restricted = start > 3 && self.file.reads(start - 4, &["pub", "("]);
            let mut index = start + 1;
            let mut leaves = Vec::new();
            self.tree(&mut index, &[], &mut leaves);
            for (written, name) in leaves {
                let line = tokens[start].line;
                let Some(path) = self.own(&written, start) else {
                    let test = tokens[start].test;
                    self.uses.foreign.push(Named { path: written, line, test });
                    continue;
                };
                self.bound.insert(name.clone(), path.clone());
                if public || restricted {
                    self.uses.exports.push((name, path));
                } else {
                    self.uses.own.push(Named { path, line, test: tokens[start].test });
                }
            }
        }
    }

    /// One use tree from `index`: its leaves as (path, name bound).
    fn tree(&self, index: &mut usize, prefix: &[String], leaves: &mut Vec<(Vec<String>, String)>) {
        let mut path = prefix.to_vec();
        while let Some(token) = self.file.tokens.get(*index) {
            *index += 1;
            match token.text.as_str() {
                "::" => {}
                "{" => {
                    while self.file.tokens.get(*index).is_some_and(|token| token.text != "}") {
                        self.tree(index, &path, leaves);
                    }
                    *index += 1;
                    // The `,` behind a group belongs to the list around it.
                    if self.file.reads(*index, &[","]) {
                        *index += 1;
                    }
                    return;
                }
                "as" => {
                    let name = self.file.tokens[*index].text.clone();
                    *index += 2;
                    leaves.push((path, name));
                    return;
                }
                "," | ";" => break,
                "}" => {
                    *index -= 1;
                    break;
                }
                "self" if !path.is_empty() => {}
                word => path.push(word.into()),
            }
        }
        let name = path.last().cloned().unwrap_or_default();
        leaves.push((path, name));
    }

    /// Every `a::b::c` in the code whose first word is ours, and every lone word that a `use` line
    /// of this file binds.
    fn inline_paths(&mut self) {
        let tokens = &self.file.tokens;
        let mut index = 0;
        while index < tokens.len() {
            if let Some((_, end)) = self.used.iter().find(|(start, _)| *start == index) {
                index = end + 1;
                continue;
            }
            let start = index;
            let mut path = vec![tokens[index].text.clone()];
            while self.file.reads(index + 1, &["::"]) && is_word(tokens.get(index + 2)) {
                path.push(tokens[index + 2].text.clone());
                index += 2;
            }
            index += 1;
            let inner = start > 0 && matches!(tokens[start - 1].text.as_str(), "::" | ".");
            let plain = path.len() == 1 && !self.bound.contains_key(&path[0]);
            if !is_word(tokens.get(start)) || inner || plain {
                continue;
            }
            let (line, test) = (tokens[start].line, tokens[start].test);
            match self.own(&path, start) {
                Some(path) => self.uses.own.push(Named { path, line, test }),
                None => self.uses.foreign.push(Named { path, line, test }),
            }
        }
    }

    /// The absolute path, if the first word leads into our own crate.
    fn own(&self, path: &[String], at: usize) -> Option<Vec<String>> {
        let (first, rest) = path.split_first()?;
        let alone = rest.is_empty();
        match first.as_str() {
            "crate" | "steward" if !alone => Some(rest.to_vec()),
            "self" if !alone => Some([&self.module, rest].concat()),
            "super" if !alone => {
                let up = path.iter().take_while(|word| *word == "super").count();
                let inline = self.inline_modules(at);
                let keep = (self.module.len() + inline).checked_sub(up)?.min(self.module.len());
                Some([&self.module[..keep], &path[up..]].concat())
            }
            word if self.bound.contains_key(word) => Some([&self.bound[word], rest].concat()),
            word if self.children.iter().any(|child| child == word) => {
                Some([&self.module, path].concat())
            }
            _ => None,
        }
    }

    /// How many `mod name { … }` of this file the token stands in.
    fn inline_modules(&self, at: usize) -> usize {
        let opens = (0..at).filter(|n| self.file.tokens[*n].text == "mod");
        opens.filter(|n| self.file.reads(n + 2, &["{"]) && self.file.close(n + 2) > at).count()
    }
}

fn is_word(token: Option<&crate::tree::Token>) -> bool {
    token.is_some_and(|token| token.text.starts_with(|c: char| c.is_alphabetic() || c == '_'))
}
