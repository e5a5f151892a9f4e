//! Writes exports as the exporter's thread does, into memory and at once, and opens their
//! addresses.

use std::collections::BTreeMap;

use steward::core::derive::rest_of;
use steward::core::export::{Export, Job, Link, State, link_key, link_of};
use steward::model::export::Written;
use steward::model::{Cause, Event, Post, Scope};
use steward::shell::exporter::job::{self, Ended};
use steward::shell::exporter::reading::Source;
use steward::shell::exporter::sealed::Opening;
use steward::store::{Fault, table};

use super::Bot;

/// Sealed files by their names.
pub type Files = BTreeMap<String, Vec<u8>>;

/// What all of them are sealed with.
const KEY: [u8; 32] = [5; 32];

impl Bot {
    /// Writes what is to be written, with all that follows.
    pub fn write_exports(&mut self) -> Result<(), Fault> {
        for (_, job) in self.all::<Job>() {
            let scope = self.keys.scope(&job.scope);
            let asked: Option<Export> = self.view().get(scope, &rest_of(job.number))?;
            let Some(asked) = asked.filter(|asked| asked.state == State::Working) else { continue };
            let zone = self.core.settings.zone;
            let source = Source { store: &*self.store, keys: &self.keys, zone };
            let number = job.number;
            let out = (Vec::new(), &KEY);
            let post = match job::write(&source, &job, &asked, out, &mut |_| true) {
                Ok((bytes, holds)) => {
                    let file = format!("file-{}", self.exports.len() + 1);
                    self.exports.insert(file.clone(), bytes);
                    Post::Exported(Box::new(Written { number, file, key: KEY, holds }))
                }
                Err(Ended::NoFile(why)) => Post::NotExported { number, why },
                Err(Ended::Fault(fault)) => return Err(fault),
                Err(Ended::Stopped) => unreachable!("nobody stops it"),
            };
            self.event(&told(job.scope, post))?;
        }
        Ok(())
    }

    /// Opens an address; the file, if it is handed out.
    pub fn open(&mut self, url: &str) -> Result<Option<Vec<u8>>, Fault> {
        let token = url.rsplit('/').next().unwrap_or_default();
        let link = link_of(token);
        let Some(value) = self.store.get(&link_key(&link))? else { return Ok(None) };
        let to: Link = table::decode(&link_key(&link), &value)?;
        let claim = [7; 16];
        let post = Post::ExportOpened { number: to.number, link, claim };
        self.event(&told(to.scope.clone(), post))?;
        let scope = self.keys.scope(&to.scope);
        let export: Option<Export> = self.view().get(scope, &rest_of(to.number))?;
        let theirs = export.is_some_and(|export| matches!(export.state, State::Fetched { .. }));
        Ok(theirs.then(|| self.file(&to.file)))
    }

    /// A file as it is downloaded.
    pub fn file(&self, name: &str) -> Vec<u8> {
        let (mut opening, mut bytes) = (Opening::new(&self.exports[name][..], &KEY), Vec::new());
        while let Some(chunk) = opening.chunk().expect("it opens") {
            bytes.extend(chunk);
        }
        bytes
    }
}

fn told(scope: Scope, post: Post) -> Event {
    Event { scope, key: None, cause: Cause::Post(post) }
}
