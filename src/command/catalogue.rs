//! `commands/*.toml` read and checked: the only place where a word, its help and its examples are
//! written.

pub use super::word::{Example, Form, Kind, Names, Role, Word};

use super::check;
use super::names::Index;
use crate::text::fold::fold;

/// All words, checked as a whole.
#[derive(Debug, Clone)]
pub struct Catalogue {
    words: Vec<Word>,
    index: Index,
}

impl Catalogue {
    /// Reads `(file name, text)` pairs. All problems at once, a line each, naming file and place.
    pub fn read(files: &[(&str, &str)]) -> Result<Self, Vec<String>> {
        let mut problems = Vec::new();
        let mut words = Vec::new();
        for (file, text) in files {
            match read_word(file, text) {
                Ok(word) => words.push(word),
                Err(problem) => problems.push(problem),
            }
        }
        // A file that cannot be read would make every mention of its word a second, misleading
        // problem.
        if problems.is_empty() {
            let named: Vec<_> = files.iter().map(|(file, _)| *file).zip(&words).collect();
            problems = check::problems(&named);
        }
        for names in words.iter_mut().flat_map(|word: &mut Word| [&mut word.zh, &mut word.en]) {
            // Once, and not for every line that is read.
            names.filters.values_mut().flatten().for_each(|name| *name = fold(name).text);
        }
        if problems.is_empty() {
            let index = Index::new(&words);
            Ok(Self { words, index })
        } else {
            Err(problems)
        }
    }

    /// The words in the order given.
    pub fn words(&self) -> &[Word] {
        &self.words
    }

    /// The word of this key.
    pub fn word(&self, key: &str) -> Option<&Word> {
        self.words.iter().find(|w| w.key == key)
    }

    /// The noun whose handles have this letter.
    pub fn noun_of(&self, letter: char) -> Option<&Word> {
        self.words.iter().find(|w| w.letter == Some(letter))
    }

    /// Every name of every word, ready to be matched.
    pub(super) fn index(&self) -> &Index {
        &self.index
    }
}

/// One file; the problem names the file, the path of the key and the line.
fn read_word(file: &str, text: &str) -> Result<Word, String> {
    let reader =
        toml::Deserializer::parse(text).map_err(|error| problem(file, text, None, &error))?;
    serde_path_to_error::deserialize(reader).map_err(|error| {
        let path = error.path().to_string();
        problem(file, text, Some(&path), error.inner())
    })
}

fn problem(file: &str, text: &str, path: Option<&str>, error: &toml::de::Error) -> String {
    // The span comes from the reader of this very text; were it not on a boundary, only the line
    // is lost.
    let before = error.span().and_then(|span| text.get(..span.start)).unwrap_or_default();
    let line = before.matches('\n').count() + 1;
    let path = path.filter(|p| *p != ".").map(|p| format!(" {p}:")).unwrap_or_default();
    format!("{file}:{line}:{path} {}", error.message())
}
