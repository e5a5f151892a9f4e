//! The tree of modules: which file is which module, which files no `mod` line reaches, and which
//! file a path leads to.

use std::collections::HashMap;

use crate::tree::File;
use crate::uses::{self, Uses};

/// A file that is a module of the library.
pub struct Module<'a> {
    pub file: &'a File,
    /// From the crate's root: `["store", "key"]`; empty for `lib.rs`, `["main"]` for `main.rs`.
    pub path: Vec<String>,
    pub uses: Uses,
}

/// All modules that `lib.rs` and `main.rs` reach.
pub struct Modules<'a> {
    pub list: Vec<Module<'a>>,
    by_path: HashMap<Vec<String>, usize>,
}

impl<'a> Modules<'a> {
    pub fn read(files: &'a [File]) -> Self {
        let mut modules = Self { list: Vec::new(), by_path: HashMap::new() };
        modules.add(files, "src/main.rs", vec!["main".into()]);
        modules.add(files, "src/lib.rs", Vec::new());
        modules
    }

    fn add(&mut self, files: &'a [File], path: &str, module: Vec<String>) {
        let Some(file) = files.iter().find(|file| file.path == path) else { return };
        let children = children(file);
        let uses = uses::read(file, &module, &children);
        self.by_path.insert(module.clone(), self.list.len());
        self.list.push(Module { file, path: module.clone(), uses });
        for child in children {
            let path = child_path(files, path, &child);
            self.add(files, &path, [&module[..], &[child]].concat());
        }
    }

    /// The module in whose file the item at a path is written, seen through re-exports.
    pub fn home(&self, path: &[String]) -> Option<usize> {
        self.home_within(path, 16)
    }

    fn home_within(&self, path: &[String], hops: usize) -> Option<usize> {
        let length = (1..=path.len()).rev().find(|n| self.by_path.contains_key(&path[..*n]))?;
        let module = self.by_path[&path[..length]];
        let Some(item) = path.get(length).filter(|item| *item != "*" && hops > 0) else {
            return Some(module);
        };
        let exports = &self.list[module].uses.exports;
        let named = exports.iter().find(|(name, _)| name == item).map(|(_, from)| from.clone());
        let from_glob = || {
            let globs = exports.iter().filter(|(name, _)| name == "*");
            let mut homes = globs
                .map(|(_, from)| [&from[..from.len() - 1], std::slice::from_ref(item)].concat());
            homes.find(|path| self.defines(path))
        };
        match named.or_else(from_glob) {
            Some(from) => self.home_within(&[&from, &path[length + 1..]].concat(), hops - 1),
            None => Some(module),
        }
    }

    /// Whether the module at the path's front writes an item of the name at its end.
    fn defines(&self, path: &[String]) -> bool {
        let Some((name, module)) = path.split_last() else { return false };
        let Some(index) = self.by_path.get(module) else { return false };
        let kinds = ["struct", "enum", "fn", "trait", "type", "const", "static", "mod"];
        let tokens = &self.list[*index].file.tokens;
        tokens.windows(2).any(|two| kinds.contains(&&*two[0].text) && two[1].text == *name)
    }
}

/// Files of the library and of the tests that no `mod` line reaches.
pub fn unreached(files: &[File]) -> Vec<String> {
    let is_root = |path: &str| {
        let test = path.strip_prefix("tests/").map(|rest| rest.split('/').collect::<Vec<_>>());
        match test.as_deref() {
            Some([_] | [_, "main.rs"]) => true,
            Some(_) | None => {
                let bench = path.strip_prefix("benches/").is_some_and(|name| !name.contains('/'));
                bench || matches!(path, "src/lib.rs" | "src/main.rs" | "build.rs")
            }
        }
    };
    let rust = |file: &&File| file.path.ends_with(".rs");
    let mut reached: Vec<String> =
        files.iter().filter(rust).map(|f| f.path.clone()).filter(|path| is_root(path)).collect();
    let mut next = 0;
    while let Some(path) = reached.get(next).cloned() {
        next += 1;
        let Some(file) = files.iter().find(|file| file.path == path) else { continue };
        reached.extend(children(file).iter().map(|child| child_path(files, &path, child)));
    }
    let left = files.iter().filter(rust).filter(|file| !reached.contains(&file.path));
    left.map(|file| file.at(1, "no `mod` line reaches this file")).collect()
}

/// Names of the `mod name;` lines of a file.
fn children(file: &File) -> Vec<String> {
    let tokens = &file.tokens;
    let lines = (0..tokens.len()).filter(|n| tokens[*n].text == "mod" && file.reads(n + 2, &[";"]));
    lines.map(|n| tokens[n + 1].text.clone()).collect()
}

/// The file of `mod child;` in `path`: beside a root or a `mod.rs`, else in the folder of its name.
fn child_path(files: &[File], path: &str, child: &str) -> String {
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    let is_root = matches!(name, "lib.rs" | "main.rs" | "mod.rs") || folder == "tests";
    let base = if is_root { folder } else { path.trim_end_matches(".rs") };
    let flat = format!("{base}/{child}.rs");
    let exists = files.iter().any(|file| file.path == flat);
    if exists { flat } else { format!("{base}/{child}/mod.rs") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_without_a_mod_line_is_found() {
        let files = [
            File::new("src/lib.rs", "mod a;"),
            File::new("src/a.rs", "mod b;"),
            File::new("src/a/b.rs", ""),
            File::new("src/a/c.rs", ""),
            File::new("tests/x/main.rs", "mod y;"),
            File::new("tests/x/y.rs", ""),
            File::new("tests/z/w.rs", ""),
        ];
        let found = unreached(&files);
        assert_eq!(found.len(), 2, "{found:?}");
        assert!(found[0].starts_with("src/a/c.rs:1") && found[1].starts_with("tests/z/w.rs:1"));
    }

    #[test]
    fn a_path_leads_through_re_exports_to_the_file_of_the_item() {
        let files = [
            File::new("src/lib.rs", "pub mod a;"),
            File::new("src/a/mod.rs", "pub mod b; mod c; pub use b::{B, self as d}; pub use c::*;"),
            File::new("src/a/b.rs", "pub struct B;"),
            File::new("src/a/c.rs", "pub struct C;"),
        ];
        let modules = Modules::read(&files);
        let home = |path: &str| {
            let path: Vec<String> = path.split("::").map(Into::into).collect();
            modules.home(&path).map(|index| modules.list[index].file.path.as_str())
        };
        assert_eq!(home("a::B"), Some("src/a/b.rs"));
        assert_eq!(home("a::d::B"), Some("src/a/b.rs"));
        assert_eq!(home("a::C"), Some("src/a/c.rs"));
        assert_eq!(home("a::Other"), Some("src/a/mod.rs"));
        assert_eq!(home("serde::Serialize"), None);
    }
}
