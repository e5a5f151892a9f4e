//! Brings records to the addresses of imports, as the server does.

use steward::core::import::{Link, key_of};
use steward::model::{Cause, Event, Post};
use steward::shell::exporter::reading::Source;
use steward::shell::importer::{self, Brought};
use steward::store::{Fault, table};

use super::Bot;

impl Bot {
    /// Brings a record to an address, with all that follows; `false` if it leads nowhere.
    pub fn bring(&mut self, url: &str, bytes: &[u8]) -> Result<bool, Fault> {
        let (link, key) = key_of(url.rsplit('/').next().unwrap_or_default());
        let Some(value) = self.store.get(&key)? else { return Ok(false) };
        let to: Link = table::decode(&key, &value)?;
        let mut posts: Vec<Post> = Vec::new();
        let zone = self.core.settings.zone;
        let source = Source { store: &*self.store, keys: &self.keys, zone };
        let brought = Brought { to: &to, link, claim: [3; 16], bytes };
        let last = importer::read(&source, &brought, self.now, &mut |post| posts.push(post))?;
        posts.push(last);
        for post in posts {
            let cause = Cause::Post(post);
            self.event(&Event { scope: to.scope.clone(), key: None, cause })?;
        }
        Ok(true)
    }
}
