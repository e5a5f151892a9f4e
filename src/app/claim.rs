//! The one-time code of a deployment that has no admin: whoever sends it to the bot becomes the
//! first one.

use sha2::{Digest, Sha256};

use crate::core::rights;
use crate::model::member::{Grant, Rank};
use crate::model::{Scope, Settings};
use crate::shell::entropy;
use crate::store::{Fault, Key, KeyHasher, Order, Store, View};

/// Letters and digits that nobody takes for another; 32 of them, so that a random byte's rest is
/// even.
const ALPHABET: &[u8; 32] = b"ABCDEFGHJKLMNPQRSTUVWXYZ23456789";

/// A new code, its hash put into the settings; `None` if somebody is admin already.
pub fn code(
    store: &dyn Store,
    keys: &KeyHasher,
    settings: &mut Settings,
) -> Result<Option<String>, Fault> {
    let view = View { store, keys };
    let organisation = keys.scope(&Scope::Organisation);
    let grants = view.list::<Grant>(organisation, rights::GRANTS_MAX, Order::Up)?;
    let admin = |(_, grant): &(Key, Grant)| grant.rank == Rank::Admin;
    if !settings.admins.is_empty() || grants.iter().any(admin) {
        return Ok(None);
    }
    let letters = entropy::bytes::<8>().map(|byte| char::from(ALPHABET[usize::from(byte % 32)]));
    let (first, second) = letters.split_at(4);
    let code = format!("{}-{}", String::from_iter(first), String::from_iter(second));
    settings.claim_code_hash = Some(Sha256::digest(code.as_bytes()).into());
    Ok(Some(code))
}
