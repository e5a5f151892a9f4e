//! Whether the README, the settings and the list of handlers say what the vocabulary says.

use crate::tree::File;

fn text<'a>(files: &'a [File], path: &str) -> &'a str {
    files.iter().find(|file| file.path == path).map_or("", |file| &file.text)
}

/// Words of `commands/` that the list of handlers does not name.
pub fn without_handler(files: &[File]) -> Vec<String> {
    let list = files.iter().find(|file| file.path == "src/core/commands/mod.rs");
    let names: Vec<&str> =
        list.into_iter().flat_map(|file| &file.tokens).map(|t| t.text.trim_matches('"')).collect();
    let mut found = Vec::new();
    for (file, _) in words(files) {
        let key = file.trim_start_matches("commands/").trim_end_matches(".toml");
        if !names.contains(&key) {
            found.push(format!("{file}:1: src/core/commands/mod.rs does not name {key:?}"));
        }
    }
    found
}

/// The files of the vocabulary: (path, text).
fn words(files: &[File]) -> Vec<(&str, &str)> {
    let is_word = |file: &&File| file.path.starts_with("commands/") && file.path.ends_with(".toml");
    files.iter().filter(is_word).map(|file| (file.path.as_str(), file.text.as_str())).collect()
}

/// README.md without one of these tables: at least one must be in it, word for word.
pub fn without_table(files: &[File], tables: &[String]) -> Vec<String> {
    let readme = text(files, "README.md");
    let has = tables.iter().any(|table| !table.trim().is_empty() && readme.contains(table.trim()));
    if has {
        return Vec::new();
    }
    vec!["README.md:1: the command table is not what `steward commands --markdown` prints".into()]
}

/// TOML blocks of README.md that are no part of bot.toml. Leading `# ` do not count: the sample
/// account is a comment there.
pub fn foreign_settings(files: &[File]) -> Vec<String> {
    let readme = text(files, "README.md");
    let bare = |text: &str| {
        let lines = text.lines().map(|line| line.trim_start_matches(['#', ' ']).trim_end());
        lines.filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
    };
    let settings = bare(text(files, "bot.toml"));
    let blocks: Vec<&str> = readme.split("```toml\n").skip(1).collect();
    let texts = blocks.iter().filter_map(|block| block.split("```").next());
    let foreign = texts.filter(|block| !settings.contains(&bare(block)));
    let mut found: Vec<String> = foreign
        .map(|block| {
            let line = readme.find(block).map_or(1, |at| readme[..at].lines().count() + 1);
            format!("README.md:{line}: this block is no part of bot.toml, word for word")
        })
        .collect();
    if blocks.is_empty() {
        found.push("README.md:1: there is no block of settings".into());
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_that_the_list_of_handlers_lacks_is_found() {
        let list = "mod task; const ALL: [(&str, F); 2] = [(\"task\", task::run), (\"undo\", x)];";
        let mut files = vec![File::new("src/core/commands/mod.rs", list)];
        files.extend(
            ["task", "undo", "tag"].map(|key| File::new(&format!("commands/{key}.toml"), "")),
        );
        let found = without_handler(&files);
        assert_eq!(found, ["commands/tag.toml:1: src/core/commands/mod.rs does not name \"tag\""]);
    }

    #[test]
    fn the_readme_is_compared_word_for_word() {
        let readme = "# A\n| a |\n```toml\n[bot]\nname = \"x\"\n```\n";
        let settings = |text: &str| [File::new("README.md", readme), File::new("bot.toml", text)];
        assert_eq!(foreign_settings(&settings("[a]\n# [bot]\n# name = \"x\"\n")), [""; 0]);
        assert_eq!(foreign_settings(&settings("[bot]\nname = \"y\"\n")).len(), 1);
        let files = settings("");
        assert_eq!(without_table(&files, &["| a |\n".into()]), [""; 0]);
        assert_eq!(without_table(&files, &["| b |".into(), String::new()]).len(), 1);
    }
}
