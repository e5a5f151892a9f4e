//! Who may import whom, and what the pure layers never touch.

use crate::modules::{Module, Modules};

/// Each layer and what it may import besides itself: docs/ARCHITECTURE.md tells why.
const LAYERS: [(&str, &[&str]); 14] = [
    ("model", &[]),
    ("text", &["model"]),
    ("command", &["model", "text"]),
    ("store", &["model"]),
    ("core", &["model", "text", "command", "store"]),
    ("platform", &["model", "text"]),
    ("search", &["model", "text", "store"]),
    ("export", &["model", "text"]),
    ("import", &["model", "text", "export"]),
    ("evidence", &["model"]),
    (
        "shell",
        &["model", "text", "command", "store", "core", "platform", "search", "export", "import"],
    ),
    ("config", &["model", "command"]),
    (
        "app",
        &[
            "model", "text", "command", "store", "core", "platform", "search", "export", "shell",
            "config",
        ],
    ),
    (
        "cli",
        &[
            "model", "text", "command", "store", "core", "platform", "search", "export", "shell",
            "config", "app", "evidence",
        ],
    ),
];

/// Plain values that cross a wall: (importing layer, path).
const VALUES: [(&str, &[&str]); 1] = [("core", &["platform", "Capabilities"])];

/// Layers that decide and translate with values only.
const PURE: [&str; 6] = ["model", "text", "command", "core", "platform", "evidence"];

/// Parts of the outside world: paths that begin so.
const WORLD: [&[&str]; 11] = [
    &["std", "fs"],
    &["std", "net"],
    &["std", "env"],
    &["std", "thread"],
    &["std", "process"],
    &["tokio"],
    &["reqwest"],
    &["axum"],
    &["getrandom"],
    &["rand"],
    &["fastrand"],
];

/// Every import that the table does not allow.
pub fn wrong_edges(modules: &Modules) -> Vec<String> {
    let mut found = Vec::new();
    for module in &modules.list {
        let layer = layer(module);
        let allowed = LAYERS.iter().find(|(name, _)| *name == layer).map(|(_, allowed)| *allowed);
        for named in &module.uses.own {
            let Some(target) = named.path.first().map(String::as_str) else { continue };
            let value =
                VALUES.iter().any(|(from, path)| *from == layer && begins(&named.path, path));
            let top = matches!(layer, "lib" | "main") || target == layer || value;
            let known = LAYERS.iter().any(|(name, _)| *name == target);
            if known && !top && !allowed.is_some_and(|allowed| allowed.contains(&target)) {
                let path = named.path.join("::");
                found.push(module.file.at(named.line, format!("{layer} may not import {path}")));
            }
        }
        if allowed.is_none() && !matches!(layer, "lib" | "main") {
            found.push(module.file.at(1, format!("{layer} is no layer of the table")));
        }
    }
    found.sort();
    found.dedup();
    found
}

/// Whatever a pure layer has of async, of the outside world, of clocks and of randomness.
pub fn impure(modules: &Modules) -> Vec<String> {
    let mut found = Vec::new();
    for module in modules.list.iter().filter(|module| PURE.contains(&layer(module))) {
        for named in &module.uses.foreign {
            if WORLD.iter().any(|world| begins(&named.path, world)) {
                found.push(module.file.at(named.line, named.path.join("::")));
            }
        }
        let tokens = &module.file.tokens;
        for (index, token) in tokens.iter().enumerate() {
            let asks = module.file.reads(index, &["::", "now", "("]);
            if asks || matches!(token.text.as_str(), "async" | "await" | "thread_rng") {
                let text = if asks { "now()" } else { &token.text };
                found.push(module.file.at(token.line, text));
            }
        }
    }
    found
}

/// The layer of a module: its first folder, or its own name.
fn layer<'a>(module: &'a Module) -> &'a str {
    module.path.first().map_or("lib", String::as_str)
}

fn begins(path: &[String], start: &[&str]) -> bool {
    path.len() >= start.len() && path.iter().zip(start).all(|(a, b)| a == b)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tree::File;

    fn files(text: &str) -> [File; 4] {
        let lib = "mod text; mod model; mod platform;";
        let [model, platform] = ["src/model.rs", "src/platform.rs"].map(|path| File::new(path, ""));
        [File::new("src/lib.rs", lib), File::new("src/text.rs", text), model, platform]
    }

    #[test]
    fn an_edge_that_the_table_lacks_is_found_in_use_lines_and_in_code() {
        let files =
            files("use crate::{model::A, platform::{B, C}};\nfn f() { crate::shell::go() }");
        let found = wrong_edges(&Modules::read(&files));
        let wanted = [
            "1: text may not import platform::B",
            "1: text may not import platform::C",
            "2: text may not import shell::go",
        ];
        assert_eq!(found, wanted.map(|text| format!("src/text.rs:{text}")));
    }

    #[test]
    fn the_world_is_found_in_a_pure_layer() {
        let text =
            "use std::{fs, fmt};\nasync fn f() { chrono::Utc::now() }\nfn g() { fs::read() }";
        let found = impure(&Modules::read(&files(text)));
        assert_eq!(found.len(), 3, "{found:?}");
    }
}
