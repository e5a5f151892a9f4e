//! Secrets as references: where one is kept, and how it is fetched through closures. None is ever
//! printed.

use std::path::{Path, PathBuf};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use toml::de::DeValue;
use zeroize::Zeroizing;

use super::problem::{Problem, Problems};
use super::section::{Found, Section};
use crate::model::Secret;

/// Longest secret, in bytes: keys and tokens are far shorter, so a longer file is the wrong file.
const SECRET_BYTES_MAX: usize = 4096;

/// The world outside, as far as secrets need it.
pub struct World<'a> {
    /// The environment variable of this name, if it is set.
    pub env: &'a dyn Fn(&str) -> Option<String>,
    /// The file's content, or why it cannot be read.
    pub file: &'a dyn Fn(&Path) -> Result<Vec<u8>, String>,
}

/// Where a secret is kept. Holds no secret, except an address that the file itself spells out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SecretRef {
    source: Source,
    /// Key and section, for the sentence.
    what: String,
    /// File and line of the reference; its text is empty.
    place: Problem,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Source {
    Env(String),
    File(PathBuf),
    Written(Secret),
}

impl SecretRef {
    /// Reads `key = { env = "…" }` or `key = { file = "…" }`; `None` if it is not there or wrong.
    pub(super) fn read(section: &Section, key: &str, problems: &mut Problems) -> Option<Self> {
        let Found { place, value } = section.find(key)?;
        match source(value) {
            Some(source) => Some(Self::new(source, section, key, problems.at(&place, ""))),
            None => {
                let text = format!(
                    "{key:?} in {} is a secret, and secrets are kept outside of this file; \
                     write {key} = {{ env = \"NAME\" }} or {key} = {{ file = \"path\" }}",
                    section.name
                );
                problems.add(&place, text);
                None
            }
        }
    }

    /// Like [`Self::read`], and it must be there.
    pub(super) fn required(section: &Section, key: &str, problems: &mut Problems) -> Option<Self> {
        if section.find(key).is_none() {
            section.missing(key, &format!("{key} = {{ env = \"NAME\" }}"), problems);
        }
        Self::read(section, key, problems)
    }

    /// Reads an address that may carry a token: a reference, or the address itself.
    pub(super) fn read_url(section: &Section, key: &str, problems: &mut Problems) -> Option<Self> {
        let Some(Found { place, value }) = section.find(key) else {
            return Self::required(section, key, problems);
        };
        let Some(text) = value.as_str() else { return Self::read(section, key, problems) };
        if let Err(error) = super::values::secret_url(text) {
            problems.add(&place, format!("{key:?} in {} {error}", section.name));
        }
        Some(Self::new(Source::Written(Secret::new(text)), section, key, problems.at(&place, "")))
    }

    fn new(source: Source, section: &Section, key: &str, place: Problem) -> Self {
        Self { source, what: format!("{key:?} in {}", section.name), place }
    }

    /// The file it is kept in, if it is one: what makes a new master key.
    pub fn file(&self) -> Option<&Path> {
        match &self.source {
            Source::File(path) => Some(path),
            Source::Env(_) | Source::Written(_) => None,
        }
    }

    /// Fetches the secret, without blanks and line ends around it.
    pub fn resolve(&self, world: &World) -> Result<Secret, Problem> {
        let bytes = match &self.source {
            Source::Env(name) => match (world.env)(name) {
                Some(text) => text.into_bytes(),
                None => return Err(self.problem(format!("environment variable {name} is not set"))),
            },
            Source::File(path) => (world.file)(path)
                .map_err(|why| self.problem(format!("cannot read {}: {why}", path.display())))?,
            Source::Written(secret) => return Ok(secret.clone()),
        };
        let bytes = Zeroizing::new(bytes);
        match bytes.trim_ascii() {
            [] => Err(self.problem("it is empty")),
            long if long.len() > SECRET_BYTES_MAX => {
                Err(self.problem(format!("it is longer than {SECRET_BYTES_MAX} bytes")))
            }
            secret => Ok(Secret::new(secret)),
        }
    }

    /// Fetches the secret as text that passes `check`, whose error never repeats it.
    pub(super) fn resolve_checked(
        &self,
        world: &World,
        check: fn(&str) -> Result<(), String>,
    ) -> Result<Secret, Problem> {
        let secret = self.resolve(world)?;
        let text = str::from_utf8(secret.expose()).map_err(|_| self.problem("it is no text"))?;
        check(text).map_err(|why| self.problem(why))?;
        Ok(secret)
    }

    /// Fetches a master key: 32 bytes, written in base64.
    pub fn resolve_key(&self, world: &World) -> Result<Secret, Problem> {
        let text = self.resolve(world)?;
        let bytes = STANDARD.decode(text.expose()).map(Zeroizing::new).unwrap_or_default();
        if bytes.len() == 32 {
            return Ok(Secret::new(bytes.as_slice()));
        }
        Err(self.problem("it must be 32 bytes in base64, such as `openssl rand -base64 32` prints"))
    }

    /// A problem with what this refers to; names where it is kept, never what it is.
    fn problem(&self, why: impl AsRef<str>) -> Problem {
        let kept = match &self.source {
            Source::Env(name) => format!("env {name}"),
            Source::File(path) => format!("file {}", path.display()),
            Source::Written(_) => "written here".into(),
        };
        let text = format!("{} ({kept}): {}", self.what, why.as_ref());
        Problem { text, ..self.place.clone() }
    }
}

fn source(value: &DeValue) -> Option<Source> {
    let table = value.as_table().filter(|table| table.len() == 1)?;
    let (key, value) = table.iter().next()?;
    let text = value.get_ref().as_str().filter(|text| !text.trim().is_empty())?;
    match key.get_ref().as_ref() {
        "env" => Some(Source::Env(text.into())),
        "file" => Some(Source::File(text.into())),
        _ => None,
    }
}
