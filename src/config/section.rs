//! One table of the file over its defaults: finds keys, checks their type, names unknown ones.
//! What a value means is for the caller.

use toml::de::{DeTable, DeValue};

use super::problem::{Place, Problems, suggestion};

/// A table as written, with the defaults behind it.
pub(super) struct Section<'t> {
    /// As a sentence names it, such as `[server]`.
    pub name: String,
    /// Its heading.
    pub place: Place,
    pub written: Option<&'t DeTable<'t>>,
    pub defaults: Option<&'t DeTable<'t>>,
}

/// A value, and where it is written.
pub(super) struct Found<'t> {
    pub place: Place,
    pub value: &'t DeValue<'t>,
}

impl<'t> Section<'t> {
    /// The value of a key: as written, else the default.
    pub(super) fn find(&self, key: &str) -> Option<Found<'t>> {
        let written = self.written.and_then(|table| table.get(key));
        let default = self.defaults.and_then(|table| table.get(key));
        match written {
            Some(value) => Some(Found { place: Some(value.span()), value: value.get_ref() }),
            None => default.map(|value| Found { place: None, value: value.get_ref() }),
        }
    }

    /// Names every key that is none of `known`.
    pub(super) fn check_keys(&self, known: &[&str], problems: &mut Problems) {
        for key in self.written.into_iter().flat_map(|table| table.keys()) {
            let word = key.get_ref().as_ref();
            if !known.contains(&word) {
                let end = suggestion(word, known);
                problems
                    .add(&Some(key.span()), format!("unknown key {word:?} in {}{end}", self.name));
            }
        }
    }

    /// A string; `None` if there is none, or something else, which is then a problem.
    pub(super) fn text(&self, key: &str, problems: &mut Problems) -> Option<(Place, &'t str)> {
        let Found { place, value } = self.find(key)?;
        match value.as_str() {
            Some(text) => Some((place, text)),
            None => {
                self.wrong_type(key, &place, "a string in quotes", value, problems);
                None
            }
        }
    }

    /// A string that `parse` understands; its error completes the sentence `"key" in [section] …`.
    pub(super) fn parsed<T>(
        &self,
        key: &str,
        problems: &mut Problems,
        parse: impl Fn(&str) -> Result<T, String>,
    ) -> Option<T> {
        let (place, text) = self.text(key, problems)?;
        let wrong = |error| problems.add(&place, format!("{key:?} in {} {error}", self.name));
        parse(text).map_err(wrong).ok()
    }

    /// A string that must be there; `write` is the line to write if it is not.
    pub(super) fn required<T>(
        &self,
        key: &str,
        write: &str,
        problems: &mut Problems,
        parse: impl Fn(&str) -> Result<T, String>,
    ) -> Option<T> {
        if self.find(key).is_none() {
            self.missing(key, write, problems);
        }
        self.parsed(key, problems, parse)
    }

    /// A list of strings that `parse` understands; empty if there is none.
    pub(super) fn list<T>(
        &self,
        key: &str,
        problems: &mut Problems,
        parse: impl Fn(&str) -> Result<T, String>,
    ) -> Vec<(Place, T)> {
        let Some(Found { place, value }) = self.find(key) else { return Vec::new() };
        let Some(items) = value.as_array() else {
            self.wrong_type(key, &place, "a list such as [\"one\", \"two\"]", value, problems);
            return Vec::new();
        };
        let mut list = Vec::new();
        for item in items.iter() {
            let place = place.is_some().then(|| item.span());
            match item.get_ref().as_str().map(&parse) {
                Some(Ok(value)) => list.push((place, value)),
                Some(Err(error)) => {
                    problems.add(&place, format!("{key:?} in {} {error}", self.name));
                }
                None => {
                    self.wrong_type(key, &place, "a list of strings", item.get_ref(), problems);
                }
            }
        }
        list
    }

    /// A table within this one, such as `limits = { … }`.
    pub(super) fn table(&self, key: &str, problems: &mut Problems) -> Option<Section<'t>> {
        let Found { place, value } = self.find(key)?;
        let name = format!("{key:?} of {}", self.name);
        match value.as_table() {
            Some(table) => Some(Section { name, place, written: Some(table), defaults: None }),
            None => {
                self.wrong_type(key, &place, "a table such as { … }", value, problems);
                None
            }
        }
    }

    /// Adds that a key is missing, with the line to write.
    pub(super) fn missing(&self, key: &str, write: &str, problems: &mut Problems) {
        problems.add(&self.place, format!("{} lacks {key:?}; write {write}", self.name));
    }

    /// Adds that a value has the wrong type. The value itself is not repeated: it may be a secret.
    pub(super) fn wrong_type(
        &self,
        key: &str,
        place: &Place,
        wanted: &str,
        value: &DeValue,
        problems: &mut Problems,
    ) {
        let found = value.type_str();
        problems.add(place, format!("{key:?} in {} must be {wanted}, not {found}", self.name));
    }
}
